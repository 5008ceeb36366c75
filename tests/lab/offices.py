"""Workbooks as offices make them: other columns, other habits and other sheets than the lab's plans, with exact truth.

``python -m tests.lab.offices --seeds 0:50 --form xlsx --form xls --form csv`` writes workbooks, reads them and compares
measure by measure. What surrounds the plan is drawn, too: notes on how to fill it in, lists of contacts, sums by body,
lists for drop-down cells, hidden columns. None of these holds a measure.
"""

from __future__ import annotations

import argparse
import csv
import html
import io
import random
from dataclasses import dataclass, field
from datetime import datetime

from planextract.errors import PlanExtractError
from planextract.model.decision import Overrides
from planextract.pipeline import extract_document
from planextract.read import read_document
from planextract.settings import Settings
from tests.lab.score import _load_dictionaries
from tests.lab.sheets import convert
from tests.lab.wording import Writer, load_bodies

FORMS = (
    "xlsx", "xlsxwriter", "libreoffice", "xls", "ods", "csv", "csv-gb", "tsv", "tsv-utf16", "txt-gb", "html-xls",
)  # fmt: skip  # filled into lines
_DELIMITED = {"csv": (",", "utf-8-sig", ".csv"), "csv-gb": (",", "gb18030", ".csv"), "tsv": ("\t", "utf-8", ".tsv"),
              "tsv-utf16": ("\t", "utf-16", ".txt"), "txt-gb": ("\t", "gb18030", ".txt")}  # fmt: skip  # a form a place
_NO = ("序号", "编号", "序 号", "项目序号")
_CATEGORY = ("类别", "领域", "板块", "重点领域", "工作类别")
_TASK = ("重点任务", "工作任务", "任务名称", "主要任务", "重点工作", "目标任务", "工作事项", "项目名称")
_MEASURE = ("具体措施", "工作措施", "主要举措", "工作内容", "具体举措", "工作要求", "推进举措", "工作举措")
_DEADLINE = ("完成时限", "完成时间", "时间节点", "时限要求", "办结时限", "完成时限\n（年月）", "计划完成时间")
_LEAD = ("牵头单位", "牵头部门", "牵头责任单位", "牵头\n单位")
_RESPONSIBLE = ("责任单位", "主责单位", "责任部门", "承办单位", "主办单位", "落实单位")
_SUPPORT = ("配合单位", "协办单位", "配合部门", "参与单位", "协同单位")
_PEOPLE = ("责任领导", "分管领导", "责任人", "联系人")
_GOAL = ("年度目标", "工作目标")
_QUARTERS = ("一季度", "二季度", "三季度", "四季度")
_DATES = {"yyyy年m月": 'yyyy"年"m"月"', "y/m/d": "yyyy/m/d", "y-m-d": "yyyy-mm-dd", "cn": '[$-804]yyyy"年"m"月"d"日";@'}


@dataclass(frozen=True, slots=True)
class Wanted:
    """Truth of a measure: its task, what it says, and what its columns print; () and None where a column is missing."""

    number: int
    name: str | None
    section: str | None
    text: str
    deadline: str | None
    bodies: tuple[tuple[str, tuple[str, ...]], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Put:
    """A cell: place, text as printed, what it covers, and the day it stands for, if it is stored as one."""

    row: int
    col: int
    text: str
    rows: int = 1
    cols: int = 1
    day: datetime | None = None
    code: str = ""
    is_number: bool = False


@dataclass(slots=True)
class Page:
    """A sheet."""

    title: str
    cells: list[Put] = field(default_factory=list)
    height: int = 0
    hidden_columns: list[int] = field(default_factory=list)
    hidden_rows: list[int] = field(default_factory=list)
    is_hidden: bool = False

    def line(self, text: str, col: int = 0, cols: int = 1) -> None:
        self.cells.append(Put(row=self.height, col=col, text=text, cols=cols))
        self.height += 1


@dataclass(slots=True)
class Book:
    """A workbook and the measures of each of its plans."""

    seed: int
    pages: list[Page] = field(default_factory=list)
    plans: list[list[Wanted]] = field(default_factory=list)


def make_book(seed: int) -> Book:
    """Make the workbook of a seed."""
    dice = random.Random(f"office {seed}")
    writer = Writer(dice, dice.choice((2023, 2024, 2025)))
    book = Book(seed)
    maker = _Maker(book, writer, dice)
    if dice.random() < 0.35:
        book.pages.append(_explain(writer.year))
    count = dice.choice((1, 1, 1, 2, 3))
    same_sheet = count > 1 and dice.random() < 0.4
    page = None
    for number in range(1, count + 1):
        if page is None or not same_sheet:
            name = "Sheet1" if count == 1 else dice.choice((f"附件{number}", f"任务清单{number}", f"Sheet{number}"))
            page = Page(title=name)
            book.pages.append(page)
        maker.add_plan(page, number if count > 1 else 0)
    if dice.random() < 0.25:
        book.pages.append(_contacts(dice))
    if dice.random() < 0.25:
        book.pages.append(_sums(dice))
    if dice.random() < 0.25:
        lists = Page(title="数据字典", is_hidden=dice.random() < 0.7)
        for word in ("完成状态", "未启动", "推进中", "已完成"):
            lists.line(word)
        book.pages.append(lists)
    return book


def _explain(year: int) -> Page:
    page = Page(title="填报说明")
    page.line("填 报 说 明", cols=6)
    for text in (
        f"1.本表用于填报{year}年重点任务推进情况，由各责任单位按月填写。",
        "2.“完成时限”填写到月，格式为：2024年6月。",
        "3.请于每月25日前将本表电子版报区政府督查室，联系电话：010-12345678。",
    ):
        page.line(text)
    return page


def _contacts(dice: random.Random) -> Page:
    page = Page(title="联系人名单")
    page.line("督查联络员名单", cols=4)
    rows = [("序号", "单位", "联系人", "联系电话")]
    for number, (body, _) in enumerate(dice.sample(load_bodies(), 4), start=1):
        rows.append((str(number), body, dice.choice(("张三", "李四")), f"010-{dice.randint(10**7, 10**8 - 1)}"))
    _fill(page, rows)
    return page


def _sums(dice: random.Random) -> Page:
    page = Page(title="汇总表")
    page.line("任务完成情况汇总表", cols=5)
    rows = [("序号", "牵头单位", "任务数", "已完成", "完成率")]
    for number, (body, _) in enumerate(dice.sample(load_bodies(), 4), start=1):
        rows.append((str(number), body, str(dice.randint(4, 9)), str(dice.randint(1, 3)), f"{dice.randint(10, 90)}%"))
    rows.append(("合计", "", "28", "9", "32%"))
    _fill(page, rows)
    return page


def _fill(page: Page, rows: list[tuple[str, ...]]) -> None:
    for row in rows:
        for col, text in enumerate(row):
            if text:
                page.cells.append(Put(row=page.height, col=col, text=text))
        page.height += 1


def _in_chinese(number: int) -> str:
    tens, ones = divmod(number, 10)
    digits = "〇一二三四五六七八九"
    return ("" if tens < 2 else digits[tens]) + ("十" if tens else "") + (digits[ones] if ones else "")


class _Maker:
    """Writes the plans of a workbook: its habits are drawn once a plan."""

    def __init__(self, book: Book, writer: Writer, dice: random.Random) -> None:
        self._book, self._writer, self._dice = book, writer, dice
        self._habit = dice.choice(("merged", "merged", "blank", "repeated", "single"))
        self._indent = dice.choice(("", "", "", "　　", " "))
        self._number = dice.choice(("{}", "{}", "{}", "{}.", "（{}）", "chinese"))
        self._splits_sections = dice.random() < 0.3
        self._repeats = dice.choice((0, 0, 0, 3))

    def often(self, share: float) -> bool:
        return self._dice.random() < share

    def add_plan(self, page: Page, number: int) -> None:
        dice, year = self._dice, self._writer.year
        first = dice.choice((0, 0, 0, 1))
        columns, top = self._draw_columns()
        width = len(columns)
        if page.height:
            page.height += dice.choice((1, 2))
        if number or self.often(0.3):
            page.line(f"附件{number or 1}", col=first)
        subject = dice.choice(
            ("重点工作任务分解表", "政府工作报告重点任务台账", "为民办实事项目责任清单", "督办事项台账")
        )
        title = f"{year}年{dice.choice(('', '全区', 'XX街道'))}{subject}{'（之' + '一二三'[number - 1] + '）' if number else ''}"
        if self.often(0.1):
            page.line(title, col=first + width // 2)  # centered by hand
        else:
            page.line(title, col=first, cols=width if self.often(0.8) else 1)
        if self.often(0.4):
            page.cells.append(Put(row=page.height, col=first, text="填报单位：区政府办公室"))
            page.cells.append(Put(row=page.height, col=first + width - 1, text=f"填报日期：{year}年3月5日"))
            page.height += 1
        if self.often(0.2):
            page.line("单位：万元", col=first + width - 1)
        if self.often(0.15):
            page.height += 1
        self._put_header(page, columns, top, first)
        self._put_rows(page, columns, top, first)
        if self.often(0.1):
            page.cells.append(Put(row=page.height, col=first, text="合计"))
            page.cells.append(Put(row=page.height, col=first + 1, text=f"{len(self._book.plans[-1])}项"))
            page.height += 1
        if self.often(0.35):
            page.height += dice.choice((0, 1))
            page.line(
                dice.choice(("注：带★的为市级重点任务。", "备注：1.各单位按月报送进展；2.完成时限以文件为准。")),
                col=first,
            )
        if self.often(0.25):
            page.height += 1
            page.line("审核人：　　　　填表人：　　　　联系电话：", col=first)

    def _draw_columns(self) -> tuple[list[tuple[str, str]], dict[int, str]]:
        """Return columns as (role, label), and labels that stand above two or more of them, by position."""
        dice = self._dice
        columns = [("no", dice.choice(_NO))]
        if self.often(0.3):
            columns.append(("category", dice.choice(_CATEGORY)))
        if self.often(0.85):
            columns.append(("task", dice.choice(_TASK)))
        if self.often(0.2):
            columns.append(("goal", dice.choice(_GOAL)))
        columns.append(("measure", dice.choice(_MEASURE)))
        top: dict[int, str] = {}
        if self.often(0.15):
            for index in range(len(_QUARTERS)):
                top[len(columns) + index] = dice.choice(("进度安排",))
            columns += [("quarter", label) for label in _QUARTERS]
        if self.often(0.9):
            columns.append(("deadline", dice.choice(_DEADLINE)))
        kinds = dice.choice(
            ("lead+support", "responsible", "lead+responsible+support", "responsible+support", "lead+responsible")
        )
        own = [
            (kind, dice.choice({"lead": _LEAD, "responsible": _RESPONSIBLE, "support": _SUPPORT}[kind]))
            for kind in kinds.split("+")
        ]
        if len(own) > 1 and self.often(0.4):
            for index in range(len(own)):
                top[len(columns) + index] = dice.choice(("责任分工",))
        columns += own
        if self.often(0.3):
            columns.append(("person", dice.choice(_PEOPLE)))
        if self.often(0.2):
            columns.append(("progress", dice.choice(("进展情况", "完成情况", "目前进展"))))
        if self.often(0.4):
            columns.append(("note", "备注"))
        if self.often(0.3):
            place = next(i for i, (kind, _) in enumerate(columns) if kind in ("lead", "responsible"))
            deadline = next((column for column in columns if column[0] == "deadline"), None)
            if deadline is not None and not top:
                columns.remove(deadline)
                columns.insert(place + len(own) - 1, deadline)
        return columns, top

    def _put_header(self, page: Page, columns: list[tuple[str, str]], top: dict[int, str], first: int) -> None:
        height = 2 if top else 1
        done: set[int] = set()
        for col, label in enumerate(label for _, label in columns):
            if col in top:
                page.cells.append(Put(row=page.height + 1, col=first + col, text=label))
                if col not in done:
                    run = col
                    while run in top and top[run] == top[col]:
                        done.add(run)
                        run += 1
                    page.cells.append(Put(row=page.height, col=first + col, text=top[col], cols=run - col))
            else:
                page.cells.append(Put(row=page.height, col=first + col, text=label, rows=height))
        page.height += height

    def _put_rows(self, page: Page, columns: list[tuple[str, str]], top: dict[int, str], first: int) -> None:
        dice = self._dice
        roles = [kind for kind, _ in columns]
        wanted: list[Wanted] = []
        section: str | None = None
        has_sections = "category" not in roles and self.often(0.3)
        dates = dice.choice(("", "", *_DATES))
        joint = dice.choice(("、", "、", "，", "\n"))
        restarts = has_sections and self.often(0.3)
        stores_numbers = self.often(0.6)
        number = 0
        for block in range(dice.randint(2, 4)):
            if has_sections:
                section = f"{'一二三四五六'[block]}、{dice.choice(('生态环境', '城市管理', '民生保障', '营商环境', '基层治理'))}"
                if block and self._repeats and not top:
                    self._put_header(page, columns, top, first)
                if self._splits_sections and roles[1] == "task":
                    page.cells.append(Put(row=page.height, col=first, text="一二三四五六"[block]))
                    page.cells.append(Put(row=page.height, col=first + 1, text=section[2:]))
                    page.height += 1
                else:
                    page.line(section, col=first, cols=len(columns) if self.often(0.7) else 1)
                number = 0 if restarts else number
            start_of_block = page.height
            category = dice.choice(("经济发展", "社会治理", "生态建设")) + "一二三四五六"[block]
            for _ in range(dice.randint(1, 4)):
                number += 1
                self._put_task(
                    page,
                    columns,
                    first,
                    number,
                    section or (category if "category" in roles else None),
                    wanted,
                    dates,
                    joint,
                    stores_numbers,
                )
            if "category" in roles:
                self._put_spanned(
                    page, start_of_block, first + roles.index("category"), category, page.height - start_of_block
                )
        if "note" in roles and self.often(0.3):
            page.hidden_columns.append(first + roles.index("note"))
        self._book.plans.append(wanted)

    def _put_spanned(self, page: Page, row: int, col: int, text: str, rows: int, *, is_number: bool = False) -> None:
        """Put a value that holds for several rows, in the way that the plan has."""
        if self._habit == "merged" or rows == 1:
            page.cells.append(Put(row=row, col=col, text=text, rows=rows, is_number=is_number))
        elif self._habit == "repeated":
            page.cells += [Put(row=row + i, col=col, text=text, is_number=is_number) for i in range(rows)]
        else:
            page.cells.append(Put(row=row, col=col, text=text, is_number=is_number))

    def _put_task(  # noqa: C901  (a column a line)
        self,
        page: Page,
        columns: list[tuple[str, str]],
        first: int,
        number: int,
        section: str | None,
        wanted: list[Wanted],
        dates: str,
        joint: str,
        stores_numbers: bool,
    ) -> None:
        dice, writer = self._dice, self._writer
        roles = [kind for kind, _ in columns]
        rows = 1 if self._habit == "single" or "task" not in roles else dice.choice((1, 1, 2, 3))
        name = f"{dice.choice(('推进', '加强', '完善'))}{dice.choice(writer._words['task_objects'])}{dice.choice(('', '工作', '行动'))}"
        top = page.height
        shares_deadline = self._habit == "merged" and rows > 1 and self.often(0.3)
        shared = ""
        for index in range(rows):
            row = top + index
            text = self._write_text()
            deadline, bodies = None, []
            for place, kind in enumerate(roles):
                col = first + place
                if kind == "measure":
                    page.cells.append(Put(row=row, col=col, text=self._indent + text + (" " if self._indent else "")))
                elif kind == "deadline" and shares_deadline:
                    if index == 0:
                        shared = self._write_deadline()
                        page.cells.append(Put(row=row, col=col, text=shared, rows=rows))
                    deadline = shared
                elif kind == "deadline":
                    deadline = self._put_deadline(page, row, col, dates)
                elif kind in ("lead", "responsible", "support"):
                    count = 1 if kind == "lead" else dice.choice((1, 1, 2, 3))
                    names = tuple(name for name, _ in dice.sample(load_bodies(), count))
                    if kind == "support" and self.often(0.15):
                        names = ()
                        page.cells.append(Put(row=row, col=col, text=dice.choice(("—", "/", "无"))))
                    else:
                        page.cells.append(Put(row=row, col=col, text=joint.join(names)))
                    bodies.append((kind, names))
                elif kind == "person":
                    page.cells.append(Put(row=row, col=col, text=dice.choice(("张明", "王志强", "李华"))))
                elif kind == "goal":
                    page.cells.append(Put(row=row, col=col, text=f"全年完成{dice.randint(2, 90)}项"))
                elif kind == "quarter":
                    page.cells.append(Put(row=row, col=col, text=f"完成{dice.randint(10, 90)}%"))
                elif kind == "progress" and self.often(0.7):
                    page.cells.append(Put(row=row, col=col, text=dice.choice(("正在推进。", "已完成方案编制。"))))
                elif kind == "note" and self.often(0.3):
                    page.cells.append(Put(row=row, col=col, text=dice.choice(("市级任务", "★", "续建"))))
            wanted.append(Wanted(number, name if "task" in roles else None, section, text, deadline, tuple(bodies)))
        printed = _in_chinese(number) if self._number == "chinese" else self._number.format(number)
        is_number = stores_numbers and printed.isdigit()
        self._put_spanned(page, top, first + roles.index("no"), printed, rows, is_number=is_number)
        if "task" in roles:
            self._put_spanned(page, top, first + roles.index("task"), name, rows)
        page.height = top + rows

    def _write_text(self) -> str:
        clauses = [
            self._writer.clause().replace("⟦", "").replace("⟧", "") for _ in range(self._dice.choice((1, 1, 2, 3)))
        ]
        if len(clauses) > 1 and self.often(0.4):
            return "\n".join(
                f"{i}.{clause}{'；' if i < len(clauses) else '。'}" for i, clause in enumerate(clauses, start=1)
            )
        return "，".join(clauses) + "。"

    def _write_deadline(self) -> str:
        dice, year = self._dice, self._writer.year
        month = dice.randint(1, 12)
        texts = (
            f"{year}年{month}月底前",
            f"{month}月底",
            "全年",
            "长期坚持",
            f"{year}年底前",
            "年底前",
            f"{year}.{month}",
        )
        return dice.choice(texts)

    def _put_deadline(self, page: Page, row: int, col: int, dates: str) -> str:
        dice, year = self._dice, self._writer.year
        if not dates or self.often(0.2):
            text = self._write_deadline()
            page.cells.append(Put(row=row, col=col, text=text))
            return text
        month = dice.randint(1, 12)
        day = datetime(year, month, 1 if dates == "yyyy年m月" else dice.randint(1, 28))
        text = {
            "yyyy年m月": f"{year}年{month}月",
            "y/m/d": f"{year}/{month}/{day.day}",
            "y-m-d": f"{day:%Y-%m-%d}",
            "cn": f"{year}年{month}月{day.day}日",
        }[dates]
        page.cells.append(Put(row=row, col=col, text=text, day=day, code=_DATES[dates]))
        return text


# --- Writers


def write_book(book: Book, form: str) -> tuple[bytes, str]:
    """Return a workbook in a form, and a file name; those that LibreOffice writes are made of .xlsx."""
    if form == "xlsxwriter":
        return _write_xlsxwriter(book), "a.xlsx"
    if form in _DELIMITED:
        return _write_delimited(book, form), f"a{_DELIMITED[form][2]}"
    if form == "html-xls":
        return _write_html(book), "a.xls"
    return _write_openpyxl(book), "a.xlsx"


def _write_openpyxl(book: Book) -> bytes:
    import openpyxl
    from openpyxl.utils import get_column_letter

    made = openpyxl.Workbook()
    for number, page in enumerate(book.pages):
        sheet = made.active if number == 0 else made.create_sheet()
        sheet.title = page.title if page.title not in made.sheetnames[:-1] else f"{page.title}_{number}"
        for put in page.cells:
            cell = sheet.cell(put.row + 1, put.col + 1)
            cell.value = put.day or (int(put.text) if put.is_number else put.text)
            if put.code:
                cell.number_format = put.code
            if put.rows > 1 or put.cols > 1:
                sheet.merge_cells(
                    start_row=put.row + 1,
                    start_column=put.col + 1,
                    end_row=put.row + put.rows,
                    end_column=put.col + put.cols,
                )
        for col in page.hidden_columns:
            sheet.column_dimensions[get_column_letter(col + 1)].hidden = True
        sheet.sheet_state = "hidden" if page.is_hidden else "visible"
    stream = io.BytesIO()
    made.save(stream)
    return stream.getvalue()


def _write_xlsxwriter(book: Book) -> bytes:
    import xlsxwriter

    stream = io.BytesIO()
    made = xlsxwriter.Workbook(stream, {"in_memory": True})
    names: set[str] = set()
    for number, page in enumerate(book.pages):
        name = page.title if page.title not in names else f"{page.title}_{number}"
        names.add(name)
        sheet = made.add_worksheet(name)
        for put in page.cells:
            style = made.add_format({"border": 1, "text_wrap": True, **({"num_format": put.code} if put.code else {})})
            if put.rows > 1 or put.cols > 1:
                sheet.merge_range(put.row, put.col, put.row + put.rows - 1, put.col + put.cols - 1, "", style)
            if put.day:
                sheet.write_datetime(put.row, put.col, put.day, style)
            elif put.is_number:
                sheet.write_number(put.row, put.col, int(put.text), style)
            else:
                sheet.write_string(put.row, put.col, put.text, style)
        for col in page.hidden_columns:
            sheet.set_column(col, col, None, None, {"hidden": True})
        if page.is_hidden:
            sheet.hide()
    made.close()
    return stream.getvalue()


def _grid(page: Page) -> list[list[str]]:
    width = max(put.col for put in page.cells) + 1
    grid = [[""] * width for _ in range(max(put.row for put in page.cells) + 1)]
    for put in page.cells:
        grid[put.row][put.col] = put.text
    return grid


def _write_delimited(book: Book, form: str) -> bytes:
    """Write the sheet of the first plan as text: what was merged stands once."""
    page = next(page for page in book.pages if page.title not in ("填报说明",))
    stream = io.StringIO(newline="")
    mark, encoding, _ = _DELIMITED[form]
    csv.writer(stream, delimiter=mark).writerows(_grid(page))
    return stream.getvalue().encode(encoding)


def _write_html(book: Book) -> bytes:
    """Write a page that calls itself .xls, as many systems export."""
    parts = ['<html xmlns:x="urn:schemas-microsoft-com:office:excel"><head><meta charset="utf-8"></head><body>']
    for page in book.pages:
        at = {(put.row, put.col): put for put in page.cells}
        covered = {
            (put.row + r, put.col + c) for put in page.cells for r in range(put.rows) for c in range(put.cols) if r or c
        }
        parts.append("<table>")
        for row, texts in enumerate(_grid(page)):
            parts.append("<tr>")
            for col in range(len(texts)):
                put = at.get((row, col))
                if put is not None:
                    parts.append(
                        f'<td rowspan="{put.rows}" colspan="{put.cols}">{html.escape(put.text).replace(chr(10), "<br>")}</td>'
                    )
                elif (row, col) not in covered:
                    parts.append("<td></td>")
            parts.append("</tr>")
        parts.append("</table>")
    return "".join([*parts, "</body></html>"]).encode()


def write_all(books: list[Book], form: str) -> list[tuple[bytes, str]]:
    """Write workbooks; LibreOffice converts all in one start."""
    made = [write_book(book, form) for book in books]
    target = {"libreoffice": "xlsx:Calc MS Excel 2007 XML", "xls": "xls:MS Excel 97", "ods": "ods"}.get(form)
    if target is None:
        return made
    suffix = target.partition(":")[0]
    return [(data, f"a.{suffix}") for data in convert([data for data, _ in made], "xlsx", target)]


# --- Scores


def compare(book: Book, data: bytes, name: str, form: str) -> tuple[int, int, list[str]]:
    """Return measures, those read exactly, and every difference; a measure that is invented counts as one."""
    plans = book.plans
    if form in _DELIMITED:
        plans = _plans_of_first(book)
    total = sum(map(len, plans))
    try:
        found = extract_document(
            read_document(data, name, Settings().read), _load_dictionaries(), Overrides(), Settings()
        )
    except PlanExtractError as error:
        return total, 0, [f"failed: {error}"]
    problems: list[str] = []
    exact = 0
    if len(found.plans) != len(plans):
        problems.append(f"{len(found.plans)} plans, not {len(plans)}: {[plan.title for plan in found.plans]}")
        total += sum(len(task.measures) for plan in found.plans[len(plans) :] for task in plan.tasks)
    for plan_no, wanted in enumerate(plans):
        read = [(t, m) for t in (found.plans[plan_no].tasks if plan_no < len(found.plans) else ()) for m in t.measures]
        if len(read) != len(wanted):
            problems.append(f"plan {plan_no + 1}: {len(read)} measures, not {len(wanted)}")
            total += max(0, len(read) - len(wanted))
        left = list(read)
        for want in wanted:
            near = next((pair for pair in left if pair[1].text[:14] == want.text[:14]), None)
            if near is None:
                problems.append(f"lost: {want.text[:40]}")
                continue
            left.remove(near)
            own = list(_differ(want, *near))
            exact += not own
            problems += own
    return total, exact, problems


def _plans_of_first(book: Book) -> list[list[Wanted]]:
    """Return the plans that stand on the first sheet of plans."""
    page = next(page for page in book.pages if page.title != "填报说明")
    texts = {put.text.strip() for put in page.cells}
    return [plan for plan in book.plans if plan[0].text in texts]


def _differ(want: Wanted, task, measure):
    if task.task_no != want.number:
        yield f"number {task.task_no} ≠ {want.number}"
    if want.name is not None and task.name != want.name:
        yield f"name {task.name} ≠ {want.name}"
    if measure.text != want.text:
        yield f"text {measure.text!r} ≠ {want.text!r}"
    if want.section and (task.section_title or "") not in want.section:
        yield f"section {task.section_title} ≠ {want.section}"
    if want.section and not task.section_title:
        yield f"section lost: {want.section}"
    if want.deadline is not None and measure.deadline.raw_text != want.deadline:
        yield f"deadline {measure.deadline.raw_text!r} ≠ {want.deadline!r}"
    for role, names in want.bodies:
        got = tuple(item.raw_text for item in measure.responsibilities if item.role == role)
        if got != names:
            yield f"{role} {got} ≠ {names}"


def main() -> None:
    """Run the command."""
    parser = argparse.ArgumentParser(prog="python -m tests.lab.offices", description=__doc__)
    parser.add_argument("--seeds", default="0:20", help="first:last (last not included)")
    parser.add_argument("--form", choices=FORMS, action="append", help="only these")
    parser.add_argument("--show", type=int, default=3, help="differences to show a workbook")
    options = parser.parse_args()
    first, last = map(int, options.seeds.split(":"))
    books = [make_book(seed) for seed in range(first, last)]
    for form in options.form or FORMS:
        sums = [0, 0]
        for book, (data, name) in zip(books, write_all(books, form), strict=True):
            total, exact, problems = compare(book, data, name, form)
            sums[0] += total
            sums[1] += exact
            for problem in problems[: options.show]:
                print(f"{book.seed} {form}: {problem[:240]}")
        print(f"{form}: {len(books)} workbooks, {sums[0]} measures, {sums[1] / max(1, sums[0]):.3%} exact")


if __name__ == "__main__":
    main()
