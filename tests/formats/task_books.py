"""Task tables as districts pass them around in workbooks: works, assessments, meetings, campaigns, programmes of years.

Each after a form in use, none a copy of one. ``python -m tests.formats.task_books > tests/data/workbooks/tasks.yaml``
writes down what is read of each; the file was compared with the sheets by eye.
"""

from __future__ import annotations

import io
import sys
from collections.abc import Callable, Sequence
from datetime import datetime

import openpyxl
import yaml
from openpyxl.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from planextract.dictionaries import load_dictionaries
from planextract.model.decision import Overrides
from planextract.model.plan import Extraction, Measure
from planextract.pipeline import extract_document
from planextract.read import read_document
from planextract.settings import ReadSettings, Settings

_REGION = "北京市东城区"
_NAME_THEIR_REGION = ("a_sheet_for_each_district",)
BOOKS: dict[str, Callable[[Workbook], None]] = {}


def _book(make: Callable[[Workbook], None]) -> Callable[[Workbook], None]:
    BOOKS[make.__name__] = make
    return make


def _fill(sheet: Worksheet, rows: Sequence[Sequence[object]], merged: str = "") -> None:
    for number, row in enumerate(rows, 1):
        for col, value in enumerate(row, 1):
            if value is not None:
                sheet.cell(number, col, value)
    for area in merged.split():
        sheet.merge_cells(area)


@_book
def works_with_what_is_built(book: Workbook) -> None:
    sheet = book.active
    _fill(
        sheet,
        [
            ["2024年城市建设重点工程任务分解表"],
            ["序号", "工程名称", "建设内容", "责任单位", "配合单位", "完成时限", "备注"],
            [
                1,
                "朝阳路改造工程",
                "改造道路3.2公里，同步铺设雨污管网。",
                "区住房城乡建设局",
                "区城管局",
                "2024年10月底前",
                "",
            ],
            [
                2,
                "人民公园提升工程",
                "新增绿地2万平方米，更新步道1.5公里。",
                "区园林绿化局",
                "区财政局",
                "2024年9月底前",
                "",
            ],
            [
                3,
                "第二水厂扩建工程",
                "扩建日供水能力5万吨。",
                "区水务局",
                "区发展改革委、区财政局",
                "2024年12月底前",
                "续建",
            ],
        ],
        merged="A1:G1",
    )


@_book
def indicators_beside_what_is_assessed(book: Workbook) -> None:
    sheet = book.active
    _fill(
        sheet,
        [
            ["2023年度重点工作目标任务分解表"],
            ["序号", "考核内容", "考核指标", "责任单位", "完成时限", "分值"],
            [1, "推进优化营商环境，落实各项惠企政策。", "新增市场主体5000户以上", "区市场监管局", "2023年12月底前", 5],
            [2, "开展农村人居环境整治，建设美丽乡村。", "改厕2000座", "区农业农村局", "2023年11月底前", 4],
            [3, "抓好招商引资，开展外出招商活动。", "签约项目不少于30个", "区投资促进局", "2023年12月底前", 6],
        ],
        merged="A1:F1",
    )


@_book
def numbers_anew_in_each_section(book: Workbook) -> None:
    sheet = book.active
    _fill(
        sheet,
        [
            ["附件"],
            ["2024年《政府工作报告》重点任务分解表"],
            ["序号", "工作任务", "牵头领导", "牵头单位", "配合单位", "完成时限"],
            ["一、经济发展（3项）"],
            [1, "地区生产总值增长6%左右。", "张三", "区发展改革委", "区统计局、区财政局", "2024年12月底前"],
            [2, "社会消费品零售总额增长8%。", "李四", "区商务局", "区统计局", "2024年12月底前"],
            [3, "一般公共预算收入增长5%。", "李四", "区财政局", "区税务局", "2024年12月底前"],
            ["二、民生保障（2项）"],
            [1, "新增城镇就业1.2万人。", "王五", "区人力资源社会保障局", "各街道办事处", "2024年12月底前"],
            [2, "建成养老服务中心3个。", "王五", "区民政局", "各街道办事处", "2024年10月底前"],
        ],
        merged="A2:F2 A4:F4 A8:F8",
    )


@_book
def sums_beside_section_headings(book: Workbook) -> None:
    sheet = book.active
    _fill(
        sheet,
        [
            ["2024年重点项目建设责任分解表"],
            ["单位：万元"],
            [
                "序号",
                "项目名称",
                "建设内容及规模",
                "建设年限",
                "总投资",
                "2024年计划",
                None,
                "项目业主",
                "责任单位",
                "责任领导",
            ],
            [None, None, None, None, None, "计划投资", "形象进度", None, None, None],
            ["合计", None, None, None, 150000, 42000],
            ["一、续建项目（2个）", None, None, None, 90000, 22000],
            [
                1,
                "城北产业园二期",
                "建设标准厂房12万平方米及配套设施。",
                "2023-2025",
                60000,
                15000,
                "主体封顶",
                "城北投资公司",
                "区工业和信息化局",
                "赵六",
            ],
            [
                2,
                "中医院迁建项目",
                "新建门诊楼和住院楼，设置床位500张。",
                "2023-2024",
                30000,
                7000,
                "竣工投用",
                "区中医院",
                "区卫生健康委",
                "钱七",
            ],
            ["二、新建项目（1个）", None, None, None, 60000, 20000],
            [
                3,
                "东湖片区雨污分流工程",
                "新建雨水管网20公里、污水管网15公里。",
                "2024-2026",
                60000,
                20000,
                "完成管网10公里",
                "东湖建设公司",
                "区水务局",
                "孙八",
            ],
        ],
        merged="A1:J1 A3:A4 B3:B4 C3:C4 D3:D4 E3:E4 F3:G3 H3:H4 I3:I4 J3:J4",
    )


@_book
def a_sheet_for_each_district(book: Workbook) -> None:
    for place, (name, count) in enumerate((("东山区", 12), ("西山区", 8), ("高新区", 5))):
        sheet = book.active if place == 0 else book.create_sheet()
        sheet.title = name
        rows = [
            [f"{name}2024年污染防治攻坚任务清单"],
            ["序号", "任务类别", "重点任务", "工作措施", "责任单位", "完成时限"],
            [1, "大气", "扬尘治理", f"{count}处工地全部安装在线监测。", "生态环境局", "2024年6月底前"],
            [2, "水", "黑臭水体治理", f"完成{count}条河道清淤。", "水务局", "2024年9月底前"],
        ]
        _fill(sheet, rows)


@_book
def share_done_in_a_column_of_its_own(book: Workbook) -> None:
    sheet = book.active
    _fill(
        sheet,
        [
            ["2024年民生实事项目进展情况台账（截至9月30日）"],
            [
                "序号",
                "实事项目",
                "年度目标",
                "牵头单位",
                "责任单位",
                "完成情况",
                "完成率",
                "完成状态",
                "存在问题",
                "下一步工作打算",
            ],
            [
                1,
                "老旧小区改造",
                "改造老旧小区20个。",
                "区住建局",
                "各街道",
                "已完工15个，在建5个。",
                0.75,
                "推进中",
                "无",
                "加快施工",
            ],
            [
                2,
                "新建学校",
                "建成小学2所，新增学位2000个。",
                "区教育局",
                "区发改局",
                "1所已投用。",
                0.5,
                "推进中",
                "用地手续慢",
                "倒排工期",
            ],
        ],
    )
    sheet["G3"].number_format = "0%"
    sheet["G4"].number_format = "0%"


@_book
def problems_put_right(book: Workbook) -> None:
    sheet = book.active
    _fill(
        sheet,
        [
            ["中央生态环境保护督察反馈问题整改清单"],
            ["序号", "反馈问题", "整改目标", "整改措施", "整改时限", "责任单位", "责任人", "整改情况"],
            [
                1,
                "部分区域扬尘管控不到位。",
                "扬尘得到有效控制。",
                "1.开展专项检查，每月不少于4次。\n2.对违规工地依法处罚。",
                "2024年12月底前",
                "区住房城乡建设局、区城管局",
                "周九",
                "正在整改",
            ],
            [
                2,
                "污水管网存在错接混接。",
                "消除错接混接。",
                "排查管网100公里，完成改造30处。",
                "2025年6月底前",
                "区水务局",
                "吴十",
                "未启动",
            ],
        ],
        merged="A1:H1",
    )


@_book
def sections_on_two_levels(book: Workbook) -> None:
    sheet = book.active
    _fill(
        sheet,
        [
            ["优化营商环境攻坚行动任务分解表"],
            ["一级指标", "二级指标", "序号", "重点任务", "具体举措", "牵头单位", "配合单位", "完成时限"],
            [
                "政务环境",
                "开办企业",
                1,
                "压缩开办时间",
                "开办企业时间压缩至0.5个工作日。",
                "区市场监管局",
                "区税务局",
                "2024年6月底",
            ],
            [None, None, 2, "推行一网通办", "高频事项网上可办率达到100%。", "区政务服务局", "各部门", "2024年9月底"],
            [
                None,
                "办理建筑许可",
                3,
                "精简审批",
                "审批时限压缩至30个工作日以内。",
                "区住建局",
                "区自然资源局",
                "2024年12月底",
            ],
            [
                "市场环境",
                "获得信贷",
                4,
                "拓宽融资",
                "普惠贷款余额增长15%以上。",
                "区金融办",
                "区工信局",
                "2024年12月底",
            ],
        ],
        merged="A1:H1 A3:A5 B3:B4",
    )


@_book
def what_a_meeting_decided(book: Workbook) -> None:
    sheet = book.active
    _fill(
        sheet,
        [
            ["区政府常务会议议定事项督办台账"],
            ["序号", "会议时间", "会议名称", "议定事项", "承办单位", "协办单位", "完成时限", "办理情况", "备注"],
            [
                1,
                datetime(2024, 3, 5),
                "第50次常务会",
                "由区财政局牵头，尽快下达专项资金3000万元。",
                "区财政局",
                "区民政局",
                "3月底",
                "已办结",
                "",
            ],
            [
                2,
                datetime(2024, 3, 5),
                "第50次常务会",
                "由区教育局制定学位扩充方案，报区政府审定。",
                "区教育局",
                "区发改局",
                "4月15日前",
                "正在办理",
                "",
            ],
            [
                3,
                datetime(2024, 4, 2),
                "第51次常务会",
                "区住建局加快推进安置房建设，确保年内交付800套。",
                "区住建局",
                "各街道办",
                "12月底",
                "正在办理",
                "",
            ],
        ],
    )
    for r in (3, 4, 5):
        sheet.cell(r, 2).number_format = 'yyyy"年"m"月"d"日"'


@_book
def goals_by_months(book: Workbook) -> None:
    sheet = book.active
    _fill(
        sheet,
        [
            ["2024年重点工作月度推进计划表"],
            ["序号", "重点工作", "年度目标", "月度计划", None, None, None, "责任单位", "责任人"],
            [None, None, None, "1-3月", "4-6月", "7-9月", "10-12月", None, None],
            [1, "河道综合治理", "治理河道12公里。", "完成招标", "开工建设", "完成60%", "全面完工", "区水务局", "郑一"],
            [2, "智慧城管建设", "建成综合指挥平台。", "编制方案", "系统开发", "试运行", "正式上线", "区城管局", "冯二"],
        ],
        merged="A1:I1 A2:A3 B2:B3 C2:C3 D2:G2 H2:H3 I2:I3",
    )


@_book
def goals_by_quarters(book: Workbook) -> None:
    sheet = book.active
    _fill(
        sheet,
        [
            ["2024年重点任务分解表"],
            ["序号", "任务名称", "主要内容", "牵头单位", "配合单位", "阶段目标", None, None, None, "备注"],
            [None] * 5 + ["一季度", "二季度", "三季度", "四季度", None],
            [
                1,
                "数字政府",
                "建设城市运行管理平台，接入数据200项。",
                "区数据局",
                "各部门",
                "立项",
                "招标",
                "建设",
                "验收",
                "",
            ],
            [
                2,
                "乡村振兴",
                "打造示范村10个。",
                "区农业农村局",
                "各镇",
                "确定名单",
                "完成3个",
                "完成7个",
                "全部完成",
                "",
            ],
        ],
        merged="A1:J1 A2:A3 B2:B3 C2:C3 D2:D3 E2:E3 F2:I2 J2:J3",
    )


@_book
def tasks_goals_and_means_of_a_campaign(book: Workbook) -> None:
    sheet = book.active
    _fill(
        sheet,
        [
            ["攻坚克难“三张清单”"],
            ["序号", "攻坚任务", "攻坚目标", "攻坚举措", "责任单位", "完成时间"],
            [
                1,
                "破解停车难",
                "新增停车位3000个。",
                "挖潜利用边角地，建设立体停车楼4座。",
                "区城管局、交警大队",
                "2024年11月",
            ],
            [2, "破解入学难", "新增学位1500个。", "新建改扩建学校3所。", "区教育局", "2024年8月"],
        ],
    )


@_book
def hidden_columns_rows_and_a_note(book: Workbook) -> None:
    sheet = book.active
    _fill(
        sheet,
        [
            ["2024年平安建设重点任务分工表"],
            ["填报单位：区委政法委", "", "", "", "", "填报日期：2024年3月"],
            ["序号", "工作任务", "工作措施", "牵头单位", "责任单位", "时间节点", "内部编号"],
            [1, "社会治安防控", "新增高清探头500个。", "区公安分局", "各街道", "2024年6月", "X01"],
            [2, "矛盾纠纷化解", "建成调解中心8个。", "区司法局", "区法院", "2024年9月", "X02"],
            [3, "反诈宣传", "入户宣传10万户。", "区公安分局", "各社区", "2024年12月", "X03"],
            ["注：1.牵头单位负责统筹。2.完成时限以月末为准。"],
            ["填报人：王某", "", "审核人：李某"],
        ],
        merged="A1:G1",
    )
    sheet.column_dimensions["G"].hidden = True
    sheet.row_dimensions[5].hidden = True


@_book
def numbers_on_two_levels(book: Workbook) -> None:
    sheet = book.active
    _fill(
        sheet,
        [
            ["碳达峰行动任务分解表"],
            ["编号", "任务", "具体措施", "责任部门", "时限"],
            ["1.1", "能源转型", "新增光伏装机20万千瓦。", "区发改局", "2025年"],
            ["1.2", "能源转型", "淘汰燃煤锅炉15台。", "区生态环境局", "2024年"],
            ["2.1", "工业降碳", "创建绿色工厂5家。", "区工信局", "2025年"],
            ["2.2", "建筑节能", "新建绿色建筑占比达到95%。", "区住建局", "2025年"],
        ],
    )


@_book
def bodies_before_their_tasks(book: Workbook) -> None:
    sheet = book.active
    _fill(
        sheet,
        [
            ["2024年区政府重点工作分解台账"],
            ["责任单位", "序号", "工作任务", "具体要求", "完成时限", "督办领导"],
            ["区发展改革委", 1, "重点项目建设", "全年完成固定资产投资120亿元。", "12月底", "甲某"],
            [None, 2, "规划编制", "完成中期评估报告。", "6月底", "甲某"],
            ["区教育局", 1, "学校建设", "开工新建学校4所。", "9月底", "乙某"],
            [None, 2, "教师招聘", "招聘教师300名。", "8月底", "乙某"],
            ["区民政局", 1, "养老服务", "新建养老驿站6个。", "10月底", "丙某"],
        ],
        merged="A1:F1 A3:A4 A5:A6",
    )


@_book
def subtotals_and_a_total(book: Workbook) -> None:
    sheet = book.active
    _fill(
        sheet,
        [
            ["2024年为民办实事任务分解表"],
            ["序号", "项目名称", "建设内容", "责任单位", "资金（万元）", "完成时限"],
            [1, "路灯亮化", "新装路灯1200盏。", "区城管局", 360, "8月底前"],
            [2, "管网改造", "改造燃气管网45公里。", "区住建局", 2200, "11月底前"],
            ["小计", None, None, None, 2560],
            [3, "健身设施", "新建健身场地20处。", "区体育局", 300, "10月底前"],
            ["总计", "共3项", None, None, 2860],
        ],
    )


@_book
def title_and_header_printed_again(book: Workbook) -> None:
    sheet = book.active
    h = ["序号", "重点任务", "工作措施", "主责单位", "协办单位", "完成时限"]
    _fill(
        sheet,
        [
            ["附件1"],
            ["2024年任务分解表"],
            h,
            [1, "绿化美化", "新植树木1万株。", "区园林局", "各街道", "4月底前"],
            [2, "公园建设", "新建口袋公园6处。", "区园林局", "区财政局", "10月底前"],
            ["2024年任务分解表（续）"],
            h,
            [3, "垃圾分类", "新建分类驿站60座。", "区城管委", "各街道", "9月底前"],
            [4, "公厕改造", "改造公厕30座。", "区城管委", "区财政局", "11月底前"],
            ["— 2 —"],
        ],
    )


@_book
def days_and_words_in_one_column(book: Workbook) -> None:
    sheet = book.active
    _fill(
        sheet,
        [
            ["2024年科技创新重点工作任务清单"],
            ["序号", "任务", "目标任务", "责任单位", "完成时限"],
            [1, "培育高企", "新认定高新技术企业60家。", "区科技局", datetime(2024, 10, 31)],
            [2, "平台建设", "建设市级以上研发平台12个。", "区科技局", "长期坚持"],
            [3, "成果转化", "技术合同成交额达到30亿元。", "区科技局", "2024.6"],
            [4, "人才引进", "引进高层次人才50名。", "区人社局", "6月底、12月底"],
        ],
    )
    sheet["E3"].number_format = "yyyy/m/d"


@_book
def goals_by_years(book: Workbook) -> None:
    sheet = book.active
    _fill(
        sheet,
        [
            ["安全生产治本攻坚三年行动任务清单"],
            ["序号", "专项行动", "主要任务", "责任部门", "年度目标", None, None],
            [None, None, None, None, "2024年", "2025年", "2026年"],
            [1, "矿山安全", "推进智能化改造，淘汰落后产能。", "区应急局", "改造2处", "改造3处", "全面完成"],
            [2, "消防安全", "整治高层建筑隐患，更新消防设施。", "区消防救援大队", "整治50栋", "整治80栋", "动态清零"],
            [3, "燃气安全", "更换老旧管道，安装报警器。", "区住建局", "更换20公里", "更换30公里", "更换15公里"],
        ],
        merged="A1:G1 A2:A3 B2:B3 C2:C3 D2:D3 E2:G2",
    )


@_book
def indicators_with_figures(book: Workbook) -> None:
    sheet = book.active
    _fill(
        sheet,
        [
            ["2024年国民经济和社会发展主要指标责任分解表"],
            ["序号", "指标名称", "单位", "2023年完成", "2024年目标", "责任单位"],
            [1, "地区生产总值增速", "%", 5.8, 6, "区发改局、区统计局"],
            [2, "城镇新增就业", "万人", 1.1, 1.2, "区人社局"],
            [3, "森林覆盖率", "%", 42.1, 42.5, "区林业局"],
        ],
    )


@_book
def what_enterprises_asked_for(book: Workbook) -> None:
    sheet = book.active
    _fill(
        sheet,
        [
            ["服务企业问题诉求交办台账"],
            ["序号", "企业名称", "问题诉求", "解决措施", "责任单位", "配合单位", "办理时限", "办理结果"],
            [
                1,
                "宏达机械公司",
                "用电容量不足。",
                "新增变压器2台，扩容至2000千伏安。",
                "区供电公司",
                "区工信局",
                "2024年5月底",
                "已解决",
            ],
            [2, "远景食品公司", "门前道路破损。", "修复道路500米。", "区交通局", "区城管局", "2024年6月底", "办理中"],
        ],
    )


@_book
def works_that_hold_several_tasks(book: Workbook) -> None:
    sheet = book.active
    _fill(
        sheet,
        [
            ["乡村振兴“六大工程”任务分解表"],
            ["工程名称", "序号", "重点任务", "具体措施", "责任单位", "完成时限"],
            ["产业振兴工程", 1, "做强特色产业", "建设示范基地10个。", "区农业农村局", "2024年12月"],
            [None, 2, "培育经营主体", "培育家庭农场100家。", "区农业农村局", "2024年10月"],
            ["人才振兴工程", 3, "培育人才", "培训高素质农民500人次。", "区人社局", "2024年11月"],
        ],
        merged="A1:F1 A3:A4",
    )


@_book
def works_with_place_money_and_days(book: Workbook) -> None:
    sheet = book.active
    _fill(
        sheet,
        [
            ["2024年水利工程任务表"],
            [
                "序号",
                "工程名称",
                "主要建设内容",
                "建设地点",
                "总投资（万元）",
                "责任单位",
                "责任人",
                "开工时间",
                "完工时间",
            ],
            [
                1,
                "灌区节水改造",
                "衬砌渠道18公里，改造闸门25座。",
                "南河镇",
                3200,
                "区水利局",
                "甲",
                "2024年3月",
                "2024年11月",
            ],
            [2, "病险水库加固", "加固小型水库4座。", "北山镇", 1800, "区水利局", "乙", "2024年4月", "2024年12月"],
        ],
    )


@_book
def assessment_with_marks(book: Workbook) -> None:
    sheet = book.active
    _fill(
        sheet,
        [
            ["2024年度目标责任考核任务分解表"],
            ["序号", "考核项目", "考核内容", "考核指标", "考核标准", "分值", "牵头单位", "责任单位", "考核部门"],
            [
                1,
                "经济发展",
                "扩大有效投资。",
                "固定资产投资增长8%",
                "每低1个百分点扣1分",
                10,
                "区发改局",
                "各镇街",
                "区统计局",
            ],
            [
                2,
                "生态环保",
                "改善空气质量。",
                "优良天数比率达到80%",
                "未完成不得分",
                8,
                "区生态环境局",
                "各镇街",
                "市生态环境局",
            ],
        ],
    )


@_book
def assessment_without_days(book: Workbook) -> None:
    sheet = book.active
    _fill(
        sheet,
        [
            ["法治政府建设考核任务分解表"],
            ["一级指标", "序号", "考核指标", "考核内容", "牵头单位", "责任单位"],
            ["依法行政", 1, "规范性文件管理", "规范性文件合法性审查率达到100%。", "区司法局", "各部门"],
            [None, 2, "行政执法", "执法人员持证率达到100%。", "区司法局", "各执法部门"],
            ["政务公开", 3, "主动公开", "主动公开信息不少于500条。", "区政府办", "各部门"],
        ],
        merged="A3:A4",
    )


def extract_book(name: str) -> Extraction:
    """Write a book and extract it."""
    book, stream = openpyxl.Workbook(), io.BytesIO()
    BOOKS[name](book)
    book.save(stream)
    source = read_document(stream.getvalue(), f"{name}.xlsx", ReadSettings())
    region = None if name in _NAME_THEIR_REGION else _REGION
    return extract_document(source, load_dictionaries(), Overrides(), Settings(region=region))


def read_book(name: str) -> list[str]:
    """Write a book and return what is read of it: a line a plan, a task, a measure, a finding."""
    extraction = extract_book(name)
    lines = []
    for plan in extraction.plans:
        columns = " ".join(f"{column.label}={column.role}" for column in plan.columns)
        lines.append(f"# {plan.title} | {columns}".replace("\n", ""))
        for task in plan.tasks:
            lines.append(
                f"{task.key} {task.task_no_printed or ''} {task.name} < {' / '.join(task.section_path)}".rstrip(" <")
            )
            lines.extend(f"{task.key}/{measure.seq} {_show(measure)}" for measure in task.measures)
    codes = sorted({found.code for found in extraction.findings} - {"resolve.unresolved"})
    return [*lines, *(f"! {code}" for code in codes)]


def _show(measure: Measure) -> str:
    day = measure.deadline.end.isoformat() if measure.deadline.end else "-"
    parts = [measure.text.replace("\n", "⏎"), f"{measure.deadline.raw_text} → {day}"]
    parts += [" ".join(f"{r.role}={r.label}" for r in measure.responsibilities)]
    parts += [" ".join(f"{o.label}={o.text}" for o in measure.others if not o.is_private)]
    parts += [" ".join(f"{m.label}→{m.due_end}:{m.text}" for m in measure.milestones)]
    parts += [" ".join(f"{t.indicator}{t.comparator}{t.value:g}{t.unit}" for t in measure.targets if t.span_end == 0)]
    parts += [" ".join(f"state={p.status} ratio={p.ratio}" for p in measure.progress)]
    return " | ".join(part for part in parts if part)


if __name__ == "__main__":
    text = yaml.safe_dump({name: read_book(name) for name in BOOKS}, allow_unicode=True, width=1000, sort_keys=False)
    sys.stdout.write(text)
