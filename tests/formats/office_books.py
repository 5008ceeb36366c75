"""Workbooks as offices of a district make them, drawn by hand: merged owners, two tables on a sheet, notes, sums …

``python -m tests.formats.office_books > tests/data/workbooks/office.yaml`` writes down what is read of each; the file was
compared with the sheets by eye.
"""

from __future__ import annotations

import io
import sys
from collections.abc import Callable, Sequence
from datetime import datetime

import openpyxl
import yaml
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.comments import Comment
from openpyxl.drawing.image import Image as Picture
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet
from PIL import Image

from planextract.dictionaries import load_dictionaries
from planextract.model.decision import Overrides
from planextract.model.plan import Extraction
from planextract.pipeline import extract_document
from planextract.read import read_document
from planextract.settings import ReadSettings, Settings

_THIN = Side(style="thin")
_BORDER = Border(left=_THIN, right=_THIN, top=_THIN, bottom=_THIN)
BOOKS: dict[str, Callable[[Workbook], None]] = {}


def _book(make: Callable[[Workbook], None]) -> Callable[[Workbook], None]:
    BOOKS[make.__name__] = make
    return make


def _put(sheet: Worksheet, row: int, values: Sequence[object], first: int = 1) -> None:
    for col, value in enumerate(values, first):
        cell = sheet.cell(row, col, value)
        cell.border, cell.alignment = _BORDER, Alignment(wrap_text=True, vertical="center")


def _fill(sheet: Worksheet, first: int, rows: Sequence[Sequence[object]], merged: str = "") -> None:
    for number, row in enumerate(rows, first):
        _put(sheet, number, row)
    for area in merged.split():
        sheet.merge_cells(area)


@_book
def owners_merged_over_rows(book: Workbook) -> None:
    sheet = book.active
    sheet["A1"], sheet["A2"] = "附件1", "东城区2024年城市更新重点任务分解表"
    sheet["F4"] = "填表日期：2024年3月1日"
    rows = [
        ("工作领域", "重点任务", "具体措施", "牵头单位", "配合单位", "完成时限"),
        (
            "老旧小区改造",
            "推进综合整治",
            "完成20个老旧小区综合整治。",
            "区住房城乡建设委",
            "区财政局、各街道",
            "2024/6/30",
        ),
        (None, None, "加装电梯30部。", None, "区城市管理委", "6月底"),
        (None, "完善物业管理", "实现业委会覆盖率达到90%以上。", None, "各街道", datetime(2024, 12, 31)),
        ("背街小巷", "精细化整治", "完成背街小巷整治50条。", "区城市管理委", "各街道", "9月底前"),
        (None, None, "架空线入地10公里。", None, "国网城区供电公司", "11月底前"),
    ]
    _fill(sheet, 5, rows, "A2:F3 A6:A8 A9:A10 B6:B7 B9:B10 D6:D8 D9:D10")
    sheet["F8"].number_format = "yyyy/m/d"
    sheet["A12"], sheet["A13"] = "备注：1. 各牵头单位于每季度末报送进展。", "联系人：张三，电话：64000000"


@_book
def two_tables_on_a_sheet(book: Workbook) -> None:
    sheet = book.active
    sheet["A1"] = "东城区2024年重点工程和民生实事任务分工"
    sheet["A2"], sheet["A8"] = "一、重点工程", "二、民生实事"
    works = [
        ("序号", "项目名称", "建设内容", "责任单位", "完成时间"),
        (1, "体育公园", "建成体育公园一座，面积5万平方米。", "区体育局", "2024年10月"),
        (2, "综合管廊", "新建管廊2.5公里。", "区住房城乡建设委", "2024年12月"),
    ]
    deeds = [
        ("序号", "事项", "目标任务", "牵头单位", "协办单位", "完成时限"),
        (1, "幼儿园学位", "新增普惠性学位1200个。", "区教委", "各街道、区财政局", "8月底前"),
        (2, "养老驿站", "建成养老服务驿站6家。", "区民政局", "各街道", "年底前"),
    ]
    _fill(sheet, 3, works, "A1:E1")
    _fill(sheet, 9, deeds)


@_book
def a_sheet_for_each_department(book: Workbook) -> None:
    tasks = {
        "区教委": [
            ("扩大学位供给", "新增中小学学位3000个。", "2024年8月底前"),
            ("深化双减", "开展检查200次。", "全年"),
        ],
        "区卫生健康委": [("提升基层医疗", "新建社区卫生服务站5个。", "2024年11月底前")],
        "区民政局": [
            ("发展养老服务", "建设家庭养老床位500张。", "12月底前"),
            ("完善救助", "核查2轮。", "6月、12月底前"),
        ],
    }
    book.remove(book.active)
    for body, rows in tasks.items():
        sheet = book.create_sheet(body)
        sheet["A1"] = f"{body}2024年重点任务清单"
        made = [(number, task, text, body, due) for number, (task, text, due) in enumerate(rows, 1)]
        _fill(sheet, 2, [("序号", "重点任务", "工作措施", "责任单位", "完成时限"), *made], "A1:E1")


@_book
def subtotals_and_units(book: Workbook) -> None:
    sheet = book.active
    sheet["A1"], sheet["G2"] = "2024年度重点建设项目任务表", "单位：万元"
    rows = [
        ("序号", "项目名称", "建设内容", "总投资", "年度投资", "责任单位", "完成时限"),
        ("（一）交通类",),
        (1, "学院路改造", "道路改造3.2公里", 12000, 5000, "区交通局", "12月底"),
        (2, "停车楼", "新建停车位800个", 8000, 3000, "区城市管理委", "10月底"),
        ("小计", None, None, 20000, 8000, None, None),
        ("（二）水务类",),
        (1, "河道治理", "治理河道6公里", 6000, 6000, "区水务局", "汛期前"),
        ("小计", None, None, 6000, 6000, None, None),
        ("合计", None, "共3项", 26000, 14000, None, None),
    ]
    _fill(sheet, 3, rows, "A1:G1 A4:G4 A8:G8")


@_book
def who_leads_within_the_cell(book: Workbook) -> None:
    sheet = book.active
    sheet["A1"] = "东城区优化营商环境任务分工方案"
    rows = [
        ("序号", "任务内容", "责任分工", "时间要求"),
        (
            1,
            "推进企业开办“一网通办”，1个工作日办结。",
            "牵头：区市场监管局；配合：区税务局、区公安分局",
            "2024年3月底前",
        ),
        (2, "兑现资金不少于2亿元。", "牵头单位：区财政局\n配合单位：区发展改革委、区科信局", "持续推进"),
        (3, "走访企业1000家次。", "区投促局牵头，各街道、区发展改革委配合", "2024年底前"),
        (4, "清理拖欠账款。", "【牵头】：区科信局\n【配合】：区财政局", "2024年底前"),
    ]
    _fill(sheet, 2, rows, "A1:D1")


@_book
def breaks_in_names_rich_text_and_colors(book: Workbook) -> None:
    sheet = book.active
    sheet["A1"] = "东城区2024年重点工作任务台账"
    rows = [
        ("序\n号", "工作\n任务", "工作\n举措", "牵头\n单位", "配合\n单位", "完成\n时限"),
        (1, "科技\n创新", None, "区科学技术和信\n息化局", "区发展改\n革委\n区财政局", "2024.6.30"),
        (2, "数字\n经济", "建设示范园区\n2个；引进数字企业30家。", "区市场监管\n局", "各街道办\n事处", "2024.12"),
    ]
    _fill(sheet, 2, rows, "A1:F1")
    bold, red = InlineFont(b=True), InlineFont(b=True, color="FFFF0000")
    sheet["C3"] = CellRichText(
        "新增高新技术企业", TextBlock(red, "200家"), "以上，培育“专精特新”企业", TextBlock(bold, "50家"), "。"
    )
    for row, color in ((3, "FF92D050"), (4, "FFFF0000")):
        for cell in sheet[row]:
            cell.fill = PatternFill("solid", fgColor=color)


@_book
def progress_beside_the_tasks(book: Workbook) -> None:
    sheet = book.active
    sheet["A1"], sheet["A2"] = "东城区2024年政府工作报告重点任务完成情况", "（截至2024年6月底）"
    rows = [
        ("序号", "重点任务", "目标要求", "牵头单位", "责任单位", "完成时限", "进展情况", "完成情况"),
        (
            1,
            "稳定就业",
            "城镇新增就业3万人。",
            "区人力社保局",
            "各街道",
            "12月底",
            "新增就业1.8万人，完成60%。",
            "按计划推进",
        ),
        (2, "绿化美化", "新增城市绿地15公顷。", "区园林绿化局", "区财政局", "10月底", "已完成16公顷。", "已完成"),
        (3, "保障性住房", "筹集住房2000套。", "区住房城乡建设委", "区财政局", "12月底", "手续滞后，尚未开工。", "滞后"),
    ]
    _fill(sheet, 3, rows, "A1:H1")


@_book
def hidden_rows_and_columns(book: Workbook) -> None:
    sheet = book.active
    sheet["A1"] = "东城区2024年安全生产重点任务清单"
    rows = [
        ("序号", "任务", "措施", "主责单位", "协办单位", "完成时限", "内部编号"),
        (1, "危化品整治", "检查企业120家。", "区应急局", "区消防救援支队", "6月底", "AQ-001"),
        (2, "燃气安全", "更换老旧管线8公里。", "区城市管理委", "燃气公司", "年底", "AQ-002"),
        (3, "电动自行车", "新建充电接口5000个。", "区消防救援支队", "各街道", "9月底", "AQ-003"),
    ]
    _fill(sheet, 2, rows, "A1:G1")
    sheet.column_dimensions["G"].hidden = sheet.row_dimensions[4].hidden = True
    sheet["C3"].comment = Comment("领导批示：加快", "王五")


@_book
def a_picture_for_a_title(book: Workbook) -> None:
    sheet, picture = book.active, io.BytesIO()
    Image.new("RGB", (300, 60), "red").save(picture, "PNG")
    sheet.add_image(Picture(picture), "B1")
    rows = [
        ("序号", "重点工作", "工作内容", "牵头部门", "完成时间"),
        ("1", "优化结构", "压减一般性支出5%。", "区财政局", "2024年全年"),
        ("2", "盘活资产", "盘活闲置资产10处。", "区国资委", "2024年11月"),
    ]
    for number, row in enumerate(rows, 7):
        _put(sheet, number, row, first=3)


@_book
def a_header_on_two_levels(book: Workbook) -> None:
    sheet = book.active
    sheet["A1"] = "东城区2024年生态环境保护任务分解表"
    rows = [
        ("序号", "任务名称", "任务内容", "责任单位", None, "时间节点", None),
        (None, None, None, "牵头单位", "配合单位", "启动时间", "完成时间"),
        (
            1,
            "扬尘管控",
            "降尘量控制在4.5吨/平方公里·月以内。",
            "区住房城乡建设委",
            "区城市管理委、各街道",
            "1月",
            "12月底",
        ),
        (2, "机动车治理", "淘汰国三柴油货车300辆。", "区生态环境局", "区交通支队", "3月", "10月底"),
        ("3", "水环境", "完成入河排口整治12个。", "区水务局", "—", "4月", "9月底"),
    ]
    _fill(sheet, 2, rows, "A1:G1 A2:A3 B2:B3 C2:C3 D2:E2 F2:G2")


@_book
def numbers_with_dots(book: Workbook) -> None:
    sheet = book.active
    sheet["A1"] = "东城区2024年乡村振兴重点任务"
    rows = [
        ("类别", "编号", "重点任务", "具体举措", "责任单位", "完成时限"),
        ("一、产业振兴", "1.1", "设施农业", "新建大棚100亩。", "区农业农村局", datetime(2024, 5, 31)),
        ("", "1.2", "品牌建设", "培育公用品牌2个。", "区农业农村局、区市场监管局", datetime(2024, 11, 30)),
        ("二、生态振兴", "2.1", "厕所改造", "改造户厕600户。", "区卫生健康委", datetime(2024, 9, 30)),
        ("", "2.2", "污水治理", "新增20个村污水处理设施。", "区水务局", datetime(2024, 12, 31)),
    ]
    _fill(sheet, 2, rows)
    for row, form in zip(range(3, 7), ('yyyy"年"m"月"d"日"', "yyyy/m/d", "yyyy-mm-dd", 'yyyy"年"m"月"'), strict=True):
        sheet.cell(row, 6).number_format = form


@_book
def people_and_telephones(book: Workbook) -> None:
    sheet = book.active
    sheet["A1"] = "东城区2024年折子工程"
    rows = [
        ("序号", "折子内容", "主责单位", "协办单位", "主管领导", "责任人", "联系电话", "完成时限", "备注"),
        (1, "建成城市大脑二期。", "区科信局", "区委网信办", "李副区长", "赵六", "13800000000", "年内", ""),
        (
            2,
            "保护更新3个街区。",
            "区住房城乡建设委",
            "区文化和旅游局\n区财政局",
            "王副区长",
            "钱七",
            "010-6400",
            "11月",
            "市级任务",
        ),
    ]
    _fill(sheet, 2, rows, "A1:I1")


@_book
def the_header_printed_again(book: Workbook) -> None:
    sheet = book.active
    sheet["A1"] = "东城区2024年全民健身任务分工表"
    rows: list[tuple[object, ...]] = []
    for number in range(1, 8):
        if number in (1, 4, 7):
            rows.append(("序号", "工作任务", "主要措施", "责任单位", "完成时限"))
        rows.append((number, f"健身设施第{number}项", f"新建步道{number}公里。", "区体育局、各街道", "2024年底"))
    _fill(sheet, 2, rows, "A1:E1")


@_book
def measures_numbered_in_their_text(book: Workbook) -> None:
    sheet = book.active
    sheet["A1"] = "东城区2024年接诉即办改革任务清单"
    rows = [
        ("改革任务", "改革举措", "牵头单位", "参加单位", "时限"),
        ("机制改革", "1.完善首接负责制。", "区政务服务局", "各委办局、各街道", "2024年"),
        (None, "2.建立疑难诉求会商机制，每月会商1次。", None, None, None),
        ("数据赋能", "3.建设诉求分析平台，生成月报12期。", "区科信局", "区政务服务局", None),
    ]
    _fill(sheet, 2, rows, "A3:A4 C3:C4 D3:D4 E3:E5")


@_book
def hundreds_of_empty_rows_with_borders(book: Workbook) -> None:
    sheet = book.active
    sheet["B2"] = "东城区2024年文化惠民工程任务书"
    rows = [
        ("板块", "任务", "措施", "主办单位", "承办单位", "完成期限"),
        ("公共文化", "送戏下乡", "开展演出300场。", "区文化和旅游局", "各街道", "12月底"),
        ("", "图书馆建设", "新建分馆4个。", "区文化和旅游局", "区图书馆", "10月底"),
        ("文物保护", "修缮工程", "修缮文物建筑6处。", "区文物局", "相关产权单位", "11月底"),
        *[(None,) * 6] * 390,
    ]
    for number, row in enumerate(rows, 4):
        _put(sheet, number, row, first=2)
    sheet["B400"] = "注：1.以上任务由区文化和旅游局负责解释。\n2.“相关产权单位”指文物使用单位。"
    sheet.merge_cells("B400:G400")


@_book
def formulas_and_times_of_day(book: Workbook) -> None:
    sheet = book.active
    sheet["A1"] = "东城区2024年防汛任务表"
    rows = [
        ("序号", "工作任务", "工作要求", "责任单位", "完成时限"),
        ("=ROW()-2", "隐患排查", "排查积水点45处。", "区水务局", datetime(2024, 5, 11)),
        ("=ROW()-2", "物资储备", "储备沙袋2万个。", "区应急局", datetime(2024, 5, 20)),
        ("=ROW()-2", "演练", "开展防汛演练8场。", "各街道", "入汛前"),
    ]
    _fill(sheet, 2, rows)


@_book
def a_card_a_task(book: Workbook) -> None:
    sheet = book.active
    cards = [
        ("口袋公园建设", "建设公园5个。", "区园林绿化局", "10月底"),
        ("垃圾分类", "创建片区3个。", "区城市管理委", "12月底"),
    ]
    for number, (task, text, body, due) in enumerate(cards):
        labels = ("任务编号", "任务名称", "工作措施", "责任单位", "完成时限")
        _fill(sheet, 1 + 6 * number, list(zip(labels, (number + 1, task, text, body, due), strict=True)))


@_book
def two_halves_side_by_side(book: Workbook) -> None:
    sheet = book.active
    sheet["A1"] = "东城区2024年重点任务表"
    head = ("序号", "任务", "措施", "责任单位", "完成时限")
    rows = [
        (*head, None, *head),
        (1, "绿化", "植树100株。", "区园林绿化局", "6月底", None, 3, "养老", "建站3家。", "区民政局", "9月底"),
        (2, "教育", "建校2所。", "区教委", "8月底", None, 4, "就业", "帮扶500人。", "区人力社保局", "12月底"),
    ]
    _fill(sheet, 2, rows)


@_book
def a_vertical_column_of_fields(book: Workbook) -> None:
    sheet = book.active
    sheet["A1"] = "东城区2024年重点任务表"
    rows = [
        ("领域", "序号", "任务", "措施", "责任单位", "完成时限"),
        ("生\n态\n建\n设", 1, "绿化", "植树100株。", "区园林绿化局", "6月底"),
        (None, 2, "水体", "治河2公里。", "区水务局", "7月底"),
        ("民\n生", 3, "教育", "建校2所。", "区教委", "8月底"),
    ]
    _fill(sheet, 2, rows, "A3:A4")
    for cell in sheet[5]:
        cell.font = Font(strike=True)
    sheet["D3"] = CellRichText("植树", TextBlock(InlineFont(strike=True), "80"), "100株。")


@_book
def a_measure_merged_over_its_owners(book: Workbook) -> None:
    sheet = book.active
    sheet["A1"] = "2024年朝阳区重点任务分解表"
    rows = [
        ("序号", "重点任务", "工作措施", "责任单位", "完成时限", "备注"),
        (1, "优化营商环境", "推进一网通办，压缩审批时限30%。", "区政务服务局", "6月底", "一期"),
        (None, None, None, "区市场监管局", "6月底", "二期"),
        (None, None, "开展企业走访1000家。", "区发展改革委", "12月底", None),
        (2, "绿化美化", "新增绿地5公顷。", "区园林绿化局", "6月底", None),
        (None, None, None, "区城市管理委", "11月底", None),
    ]
    _fill(sheet, 2, rows, "A3:A5 B3:B5 C3:C4 A6:A7 B6:B7 C6:C7")


@_book
def slashes_and_roles_in_brackets(book: Workbook) -> None:
    sheet = book.active
    sheet["A1"] = "2024年朝阳区重点工作考核表"
    rows = [
        ("序号", "考核内容", "责任单位", "完成时限"),
        (1, "推进一网通办。", "区政务服务局/区市场监管局", "6月底"),
        (2, "新增绿地5公顷。", "区园林绿化局 ／ 各乡镇/街道", "11月底"),
        (3, "压减支出5%。", "区财政局（牵头）、区审计局", "11月底"),
        (4, "清理违建20处。", "区城市管理委(牵头)，各街道办事处(配合)", "11月底"),
    ]
    _fill(sheet, 2, rows)


@_book
def sheets_that_each_count_from_one(book: Workbook) -> None:
    for place, name in enumerate(("综合科", "规划科", "财务科")):
        sheet = book.active if place == 0 else book.create_sheet()
        sheet.title, sheet["A1"] = name, f"{name}2024年重点工作任务分解表"
        rows = [(1, f"起草报告{place + 3}篇", name, "6月底"), (2, "开展评估", name, "9月底")]
        _fill(sheet, 2, [("序号", "工作任务", "责任科室", "完成时限"), *rows[: 1 + place]])


@_book
def words_struck_within_cells(book: Workbook) -> None:
    sheet = book.active
    sheet["A1"] = "2024年朝阳区重点任务分解表"
    rows = [
        ("序号", "重点任务", "工作措施", "责任单位", "完成时限"),
        (1, "营商环境", "推进一网通办。", "区政务服务局", None),
        (2, "绿化", "新增绿地5公顷。", None, "11月底"),
    ]
    _fill(sheet, 2, rows)
    gone = InlineFont(strike=True)
    sheet["E3"] = CellRichText(TextBlock(gone, "5月底"), "6月底")
    sheet["D4"] = CellRichText("区园林绿化局", TextBlock(gone, "、区水务局"))
    sheet["A6"] = CellRichText("注：", TextBlock(gone, "按月"), "按季报送。")


def extract_book(name: str) -> Extraction:
    """Write a book and extract it."""
    book, stream = openpyxl.Workbook(), io.BytesIO()
    BOOKS[name](book)
    book.save(stream)
    source = read_document(stream.getvalue(), f"{name}.xlsx", ReadSettings())
    return extract_document(source, load_dictionaries(), Overrides(), Settings())


def read_book(name: str) -> list[str]:
    """Write a book and return what is read of it: a line a measure."""
    extraction = extract_book(name)
    lines = [f"# {plan.title}" for plan in extraction.plans]
    lines += [f"! {found.message}" for found in extraction.findings if found.code.startswith("read.")]
    for plan in extraction.plans:
        for task in plan.tasks:
            for measure in task.measures:
                bodies = " ".join(f"{r.role}={r.raw_text}" for r in measure.responsibilities)
                states = " ".join(f"state={p.status}" for p in measure.progress)
                day = measure.deadline.end.isoformat() if measure.deadline.end else "-"
                parts = (f"{plan.plan_no}/{task.key}/{measure.seq}", task.name or "", measure.text)
                lines.append(" | ".join((*parts, f"{measure.deadline.raw_text} → {day}", bodies, states)).rstrip(" |"))
    return lines


if __name__ == "__main__":
    text = yaml.safe_dump({name: read_book(name) for name in BOOKS}, allow_unicode=True, width=1000, sort_keys=False)
    sys.stdout.write(text)
