"""The lab's plans as workbooks: every trait of real ones, by three writers, with the same truth.

``python -m tests.lab.sheets --seeds 0:100`` writes each plan by each writer, reads it, compares measure by measure and
counts characters. What a workbook adds to its plan (a unit above the table, comments, hidden rows, an empty sheet,
ten thousand empty rows with borders) is drawn from the seed; so is how values are stored: numbers, dates as
serials, rich text, formulas with their result.
"""

from __future__ import annotations

import argparse
import io
import random
import re
import shutil
import subprocess
import tempfile
from collections import Counter
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from planextract.model.source import SourceDocument, SourceTable
from planextract.read import read_document
from planextract.settings import ReadSettings
from tests.lab.formats import score_bytes
from tests.lab.model import LabCell, LabPlan, LabTable, LabText, plain
from tests.lab.options import draw_options
from tests.lab.plans import make_plan
from tests.lab.score import Score

WRITERS = ("openpyxl", "xlsxwriter", "libreoffice")
FORMS = {"ods": "ods", "xls": "xls", "et": "xls"}
"""Other forms of a workbook, and what LibreOffice calls them: .et has the bytes of .xls."""

_DAY = re.compile(r"(\d{4})年(\d{1,2})月(\d{1,2})日")
_MONTH = re.compile(r"(\d{4})年(\d{1,2})月")
_FORMATS = {"day": 'yyyy"年"m"月"d"日"', "month": 'yyyy"年"m"月"'}


@dataclass(frozen=True, slots=True, kw_only=True)
class Traits:
    """What a workbook looks like besides its plan; drawn from its seed."""

    sheets: str = "one"
    gap: int = 0
    first_row: int = 0
    first_col: int = 0
    merged_title: bool = True
    unit_row: str = ""
    form_row: bool = False
    repeats: int = 0
    numbers: str = "number"
    dates: bool = False
    rich: bool = False
    formulas: bool = False
    comments: bool = False
    hidden_rows: bool = False
    hidden_column: bool = False
    hidden_sheet: bool = False
    filters: bool = False
    empty_rows: int = 0
    far_format: bool = False
    spacer: bool = False
    note_sheet: bool = False
    foot: bool = False


def draw_traits(seed: int) -> Traits:
    """Draw the traits of a seed."""
    dice = random.Random(f"traits {seed}")

    def often(share: float) -> bool:
        return dice.random() < share

    return Traits(
        sheets=dice.choice(["one", "each", "each"]),
        gap=dice.choice([0, 0, 1, 2]),
        first_row=dice.choice([0, 0, 0, 2]),
        first_col=dice.choice([0, 0, 0, 1]),
        merged_title=often(0.7),
        unit_row=dice.choice(["", "", "单位：万元", "（计量单位：个）"]),
        form_row=often(0.3),
        repeats=dice.choice([0, 0, 6]),
        numbers=dice.choice(["number", "text", "format"]),
        dates=often(0.5),
        rich=often(0.4),
        formulas=often(0.3),
        comments=often(0.3),
        hidden_rows=often(0.2),
        hidden_column=often(0.2),
        hidden_sheet=often(0.2),
        filters=often(0.3),
        empty_rows=dice.choice([0, 0, 50, 10_000]),
        far_format=often(0.2),
        spacer=often(0.15),
        note_sheet=often(0.3),
        foot=often(0.3),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """A cell to write: its place, its text as printed, and how it is stored."""

    row: int
    col: int
    text: str
    row_span: int = 1
    col_span: int = 1
    kind: str = "text"


@dataclass(slots=True, kw_only=True)
class SheetPlan:
    """A sheet to write."""

    title: str
    items: list[Item] = field(default_factory=list)
    comments: list[tuple[int, int, str]] = field(default_factory=list)
    hidden_rows: list[int] = field(default_factory=list)
    hidden_columns: list[int] = field(default_factory=list)
    filter_row: tuple[int, int, int] | None = None
    is_hidden: bool = False
    empty_rows: int = 0
    far_format: bool = False
    height: int = 0


def lay_out(plan: LabPlan, traits: Traits) -> list[SheetPlan]:
    """Lay a plan out on sheets."""
    dice = random.Random(f"sheets {plan.seed}")
    sheets: list[SheetPlan] = []
    sheet = SheetPlan(title="通知" if traits.sheets == "each" else "Sheet1", height=traits.first_row)
    texts: list[str] = []
    for block in plan.blocks:
        if isinstance(block, LabText):
            if (
                texts
                and (block.style == "attachment" or (block.style == "title" and texts[-1] != ""))
                and sheet.items
                and _has_table(sheet)
            ):
                sheet = _turn_over(sheets, sheet, traits, len(sheets) + 1)
            texts.append(plain(block.text))
            _add_line(sheet, plain(block.text), block.style, traits, _width(plan))
            continue
        if block.plan_no and traits.sheets == "each" and sheet.items and _has_table(sheet):
            sheet = _turn_over(sheets, sheet, traits, len(sheets) + 1)
        _add_table(sheet, block, traits, dice)
        texts = [""]
    sheets.append(sheet)
    for made in sheets:
        _decorate(made, traits, dice)
    if traits.note_sheet:
        note = SheetPlan(title="填报说明", height=1)
        note.items += [Item(row=0, col=0, text="填报说明"), Item(row=1, col=0, text="一、请各单位按月填报。")]
        sheets.append(note)
    if traits.hidden_sheet:
        lists = SheetPlan(title="选项", is_hidden=True)
        lists.items += [Item(row=row, col=0, text=text) for row, text in enumerate(("未启动", "推进中", "已完成"))]
        sheets.append(lists)
    return sheets


def _width(plan: LabPlan) -> int:
    return max(len(table.columns) for table in plan.tables if table.plan_no)


def _has_table(sheet: SheetPlan) -> bool:
    return sheet.filter_row is not None


def _turn_over(sheets: list[SheetPlan], sheet: SheetPlan, traits: Traits, number: int) -> SheetPlan:
    if traits.sheets != "each":
        sheet.height += 1 + traits.gap
        return sheet
    sheets.append(sheet)
    return SheetPlan(title=f"附表{number}", height=traits.first_row)


def _add_line(sheet: SheetPlan, text: str, style: str, traits: Traits, width: int) -> None:
    span = width if style == "title" and traits.merged_title and width > 1 else 1
    sheet.items.append(Item(row=sheet.height, col=traits.first_col, text=text, col_span=span))
    sheet.height += 1


def _add_table(sheet: SheetPlan, table: LabTable, traits: Traits, dice: random.Random) -> None:
    columns = list(range(traits.first_col, traits.first_col + len(table.columns)))
    if traits.spacer and table.plan_no:
        columns = [col + (place >= 2) for place, col in enumerate(columns)]
    sheet.height += traits.gap
    if traits.unit_row and table.plan_no:
        sheet.items.append(Item(row=sheet.height, col=columns[-1], text=traits.unit_row))
        sheet.height += 1
    if traits.form_row and table.plan_no:
        sheet.items.append(Item(row=sheet.height, col=columns[0], text="填报单位：区水务局"))
        sheet.items.append(Item(row=sheet.height, col=columns[-1], text="填报日期：2024-01-05"))
        sheet.height += 1
    sheet.filter_row = (sheet.height + table.header_rows - 1, columns[0], columns[-1])
    for cell in table.header:
        _put(sheet, cell, columns, sheet.height, "text")
    sheet.height += table.header_rows
    crossed = {row for cell in table.cells for row in range(cell.row + 1, cell.row + cell.row_span)}
    by_row: dict[int, list[LabCell]] = {}
    for cell in table.cells:
        by_row.setdefault(cell.row, []).append(cell)
    places: dict[int, int] = {}
    for row in range(len(table.rows)):
        if (
            traits.repeats
            and table.plan_no
            and row
            and row % traits.repeats == 0
            and row not in crossed
            and table.rows[row].kind != "section"
        ):
            for cell in table.header:
                _put(sheet, cell, columns, sheet.height, "text")
            sheet.height += table.header_rows
        places[row] = sheet.height
        sheet.height += 1
    for row, cells in by_row.items():
        for cell in cells:
            role = table.columns[cell.col][0]
            last = places[row + cell.row_span - 1]
            _put(sheet, cell, columns, places[row], _kind(cell, role, traits, dice), row_span=last - places[row] + 1)


def _put(sheet: SheetPlan, cell: LabCell, columns: list[int], row: int, kind: str, row_span: int | None = None) -> None:
    text = "\n".join(plain(p).strip() for p in cell.paragraphs if p.strip())
    first, last = columns[cell.col], columns[cell.col + cell.col_span - 1]
    is_header = row_span is None
    if text or (row_span or cell.row_span) > 1 or last > first:
        sheet.items.append(
            Item(
                row=row + (cell.row if is_header else 0),
                col=first,
                text=text,
                col_span=last - first + 1,
                row_span=cell.row_span if row_span is None else row_span,
                kind=kind,
            )
        )


def _kind(cell: LabCell, role: str, traits: Traits, dice: random.Random) -> str:
    text = cell.text
    if role == "task_no" and text.isdigit() and str(int(text)) == text:
        return traits.numbers
    if traits.dates and (_DAY.fullmatch(text) or _MONTH.fullmatch(text)):
        return "day" if _DAY.fullmatch(text) else "month"
    if traits.formulas and len(cell.paragraphs) == 1 and dice.random() < 0.1:
        return "formula"
    return "rich" if traits.rich and len(text) > 4 and dice.random() < 0.2 else "text"


def _decorate(sheet: SheetPlan, traits: Traits, dice: random.Random) -> None:
    body = [item for item in sheet.items if sheet.filter_row and item.row > sheet.filter_row[0] and item.row_span == 1]
    if traits.comments and body:
        sheet.comments = [(item.row, item.col, "请与年度计划核对。") for item in dice.sample(body, min(2, len(body)))]
    if traits.hidden_rows and body:
        sheet.hidden_rows = sorted({dice.choice(body).row})
    if traits.hidden_column and sheet.filter_row:
        sheet.hidden_columns = [sheet.filter_row[2]]
    if not traits.filters:
        sheet.filter_row = None
    sheet.empty_rows, sheet.far_format = traits.empty_rows, traits.far_format
    if traits.foot and body:
        sheet.items.append(Item(row=sheet.height + 1, col=traits.first_col, text="填表人：张　　审核人：李"))


# --- Writers


def write_openpyxl(sheets: list[SheetPlan]) -> bytes:  # noqa: C901  (a trait a line)
    import openpyxl
    from openpyxl.cell.rich_text import CellRichText, TextBlock
    from openpyxl.cell.text import InlineFont
    from openpyxl.comments import Comment
    from openpyxl.styles import Border, Side
    from openpyxl.utils import get_column_letter

    book = openpyxl.Workbook()
    border = Border(*[Side(style="thin")] * 4)
    for number, made in enumerate(sheets):
        sheet = book.active if number == 0 else book.create_sheet()
        sheet.title = made.title
        for item in made.items:
            cell = sheet.cell(item.row + 1, item.col + 1)
            value, code = _stored(item)
            if item.kind == "rich":
                half = len(item.text) // 2
                value = CellRichText(TextBlock(InlineFont(b=True), item.text[:half]), item.text[half:])
            elif item.kind == "formula":
                value = item.text  # openpyxl writes no results
            if value not in ("", None):
                cell.value = value
            if code:
                cell.number_format = code
            cell.border = border
            if item.row_span > 1 or item.col_span > 1:
                sheet.merge_cells(
                    start_row=item.row + 1,
                    start_column=item.col + 1,
                    end_row=item.row + item.row_span,
                    end_column=item.col + item.col_span,
                )
        for row, col, text in made.comments:
            sheet.cell(row + 1, col + 1).comment = Comment(text, "")
        for row in made.hidden_rows:
            sheet.row_dimensions[row + 1].hidden = True
        for col in made.hidden_columns:
            sheet.column_dimensions[get_column_letter(col + 1)].hidden = True
        if made.filter_row:
            row, first, last = made.filter_row
            sheet.auto_filter.ref = (
                f"{get_column_letter(first + 1)}{row + 1}:{get_column_letter(last + 1)}{made.height}"
            )
        for row in range(made.empty_rows):
            sheet.cell(made.height + 3 + row, 1).border = border
        if made.far_format:
            sheet.cell(1_048_576, 16_384).border = border
        if made.is_hidden:
            sheet.sheet_state = "hidden"
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def write_xlsxwriter(sheets: list[SheetPlan]) -> bytes:  # noqa: C901
    import xlsxwriter

    stream = io.BytesIO()
    book = xlsxwriter.Workbook(stream, {"in_memory": True})
    formats: dict[str, object] = {
        "": book.add_format({"border": 1, "text_wrap": True}),
        "bold": book.add_format({"bold": True}),
    }
    for made in sheets:
        sheet = book.add_worksheet(made.title)
        for item in made.items:
            value, code = _stored(item)
            style = formats.setdefault(code, book.add_format({"border": 1, "num_format": code}))
            place = (item.row, item.col)
            if item.row_span > 1 or item.col_span > 1:
                sheet.merge_range(*place, item.row + item.row_span - 1, item.col + item.col_span - 1, "", style)
            if item.text == "":
                sheet.write_blank(*place, None, style)
            elif item.kind == "rich":
                half = len(item.text) // 2
                sheet.write_rich_string(*place, formats["bold"], item.text[:half], item.text[half:], style)
            elif item.kind == "formula" and '"' not in item.text and len(item.text) < 200:
                sheet.write_formula(*place, f'="{item.text}"', style, item.text)
            elif isinstance(value, datetime):
                sheet.write_datetime(*place, value, style)
            elif isinstance(value, int):
                sheet.write_number(*place, value, style)
            else:
                sheet.write_string(*place, item.text, style)
        for row, col, text in made.comments:
            sheet.write_comment(row, col, text)
        for row in made.hidden_rows:
            sheet.set_row(row, None, None, {"hidden": True})
        for col in made.hidden_columns:
            sheet.set_column(col, col, None, None, {"hidden": True})
        if made.filter_row:
            row, first, last = made.filter_row
            sheet.autofilter(row, first, made.height - 1, last)
        for row in range(made.empty_rows):
            sheet.write_blank(made.height + 2 + row, 0, None, formats[""])
        if made.far_format:
            sheet.write_blank(1_048_575, 16_383, None, formats[""])
        if made.is_hidden:
            sheet.hide()
    book.close()
    return stream.getvalue()


def _stored(item: Item) -> tuple[object, str]:
    """Return the value that is stored, and its number format."""
    if item.kind == "number":
        return int(item.text), ""
    if item.kind == "format":
        return int(item.text), "0"
    if item.kind == "day":
        return datetime(*map(int, _DAY.fullmatch(item.text).groups())), _FORMATS["day"]
    if item.kind == "month":
        year, month = map(int, _MONTH.fullmatch(item.text).groups())
        return datetime(year, month, 1), _FORMATS["month"]
    return item.text, ""


def convert(files: list[bytes], suffix: str, target: str) -> list[bytes]:
    """Let LibreOffice read files and write them anew, all in one start."""
    soffice = shutil.which("soffice")
    if soffice is None:
        raise FileNotFoundError("soffice is not installed")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for index, data in enumerate(files):
            (folder / f"{index}.{suffix}").write_bytes(data)
        kind = target.partition(":")[0]
        command = [
            soffice,
            "--headless",
            "--norestore",
            f"-env:UserInstallation={(folder / 'profile').as_uri()}",
            "--convert-to",
            target,
            "--outdir",
            str(folder / "out"),
            *(str(folder / f"{index}.{suffix}") for index in range(len(files))),
        ]
        subprocess.run(command, capture_output=True, timeout=120 + 30 * len(files), check=False)
        return [(folder / "out" / f"{index}.{kind}").read_bytes() for index in range(len(files))]


def write_all(plans: list[LabPlan], writer: str) -> list[bytes]:
    """Write plans by a writer, each with the traits of its seed."""
    laid_out = [lay_out(plan, draw_traits(plan.seed)) for plan in plans]
    if writer == "openpyxl":
        return [write_openpyxl(sheets) for sheets in laid_out]
    made = [write_xlsxwriter(sheets) for sheets in laid_out]
    return made if writer == "xlsxwriter" else convert(made, "xlsx", "xlsx:Calc MS Excel 2007 XML")


# --- Scores


def count_lost(sheets: list[SheetPlan], source: SourceDocument) -> Counter[str]:
    """Return the characters of a workbook that are in no block."""
    wanted = Counter("".join("".join(item.text for made in sheets for item in made.items).split()))
    wanted += Counter("".join("".join(text for made in sheets for _, _, text in made.comments).split()))
    found: Counter[str] = Counter()
    for block in source.blocks:
        pieces = block.cells if isinstance(block, SourceTable) else (block,)
        for piece in pieces:
            found.update("".join(piece.raw_text.split()))
    return wanted - found


def score_workbook(plan: LabPlan, data: bytes, name: str = "plan.xlsx") -> Score:
    """Read a workbook of a plan and compare."""
    score = score_bytes(plan, data, name)
    lost = count_lost(lay_out(plan, draw_traits(plan.seed)), read_document(data, name, ReadSettings()))
    score.characters_lost = lost.total()
    if lost:
        score.differences.append(("characters", None, f"lost: {''.join(sorted(lost.elements()))[:60]}"))
    return score


def main() -> None:
    """Run the command."""
    parser = argparse.ArgumentParser(prog="python -m tests.lab.sheets", description=__doc__)
    parser.add_argument("--seeds", default="0:20", help="first:last (last not included)")
    parser.add_argument("--writer", choices=WRITERS, action="append", help="only these")
    parser.add_argument(
        "--form", default="xlsx", choices=("xlsx", *FORMS), help="converted by LibreOffice before it is read"
    )
    parser.add_argument("--show", type=int, default=3, help="differences to show a workbook")
    options = parser.parse_args()
    first, last = map(int, options.seeds.split(":"))
    plans = [make_plan(seed, draw_options(seed, "reportlab")) for seed in range(first, last)]
    for writer in options.writer or WRITERS:
        total = Score()
        made = write_all(plans, writer)
        made = made if options.form == "xlsx" else convert(made, "xlsx", FORMS[options.form])
        for plan, data in zip(plans, made, strict=True):
            score = score_workbook(plan, data, f"plan.{options.form}")
            total.add(score)
            for _, _, message in score.differences[: options.show]:
                print(f"{plan.seed} {writer}: {message[:220]}")
        share = total.measures_exact / total.measures if total.measures else 0.0
        print(
            f"{writer} {options.form}: {total.documents} workbooks, {total.measures} measures, {share:.3%} exact, {total.failed} failed, "
            f"{total.characters_lost} characters lost"
        )


if __name__ == "__main__":
    main()
