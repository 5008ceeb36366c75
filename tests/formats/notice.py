"""The Xicheng notice as neutral content, which the makers of this folder write in every format.

``printed_notice`` has a table a printed page, as the text has: repeated headers, cut rows, blank cells.
``whole_notice`` has a table an attachment, as the district's own file must have been: whole rows, merged cells.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from planextract.model.plan import Extraction, Measure, Plan
from planextract.model.source import SourceDocument, SourceTable, SourceText
from planextract.text.markup import tidy_list, tidy_prose

LIST_COLUMNS = (4, 5)


@dataclass(frozen=True, kw_only=True)
class Cell:
    lines: tuple[str, ...] = ()
    row_span: int = 1
    col_span: int = 1
    is_list: bool = False


@dataclass(frozen=True, kw_only=True)
class Table:
    """Rows of cells; None where a cell from above or from the left covers the place."""

    rows: tuple[tuple[Cell | None, ...], ...]

    @property
    def width(self) -> int:
        return len(self.rows[0])


@dataclass(kw_only=True)
class Content:
    blocks: list[str | Table] = field(default_factory=list)

    @property
    def tables(self) -> list[Table]:
        return [block for block in self.blocks if isinstance(block, Table)]


def printed_notice(source: SourceDocument) -> Content:
    content = Content()
    for block in source.blocks:
        if isinstance(block, SourceText):
            content.blocks.append(tidy_prose(block.raw_text)[0].replace("\n", "").lstrip("# ").strip("*"))
        elif isinstance(block, SourceTable):
            rows: list[list[Cell | None]] = [[None] * block.col_count for _ in range(block.row_count)]
            for cell in block.cells:
                rows[cell.row][cell.col] = _printed_cell(cell.raw_text, cell.col)
            content.blocks.append(Table(rows=tuple(map(tuple, rows))))
    return content


def merge_blanks(content: Content) -> Content:
    """Merge blank number, name and agency cells with the cell above, inside each table: as rules on paper show it."""
    return Content(blocks=[b if isinstance(b, str) else _merge_blanks(b) for b in content.blocks])


def _merge_blanks(table: Table) -> Table:
    rows = [list(row) for row in table.rows]
    owners: list[int | None] = [None] * table.width
    for index, row in enumerate(table.rows[1:], start=1):
        is_section = sum(bool(cell and cell.lines) for cell in row) == 1 and not row[2].lines
        blank = [cell is None or not cell.lines for cell in row]
        for col in (0, 1, *LIST_COLUMNS):
            owner = owners[col]
            may_merge = blank[col] and (col != LIST_COLUMNS[1] or blank[LIST_COLUMNS[0]]) and (col < 2 or blank[0])
            if is_section:
                owners[col] = None
            elif owner is not None and may_merge:
                rows[owner][col] = replace(rows[owner][col], row_span=index - owner + 1)
                rows[index][col] = None
            else:
                owners[col] = None if blank[col] else index
    return Table(rows=tuple(map(tuple, rows)))


def _printed_cell(raw_text: str, col: int) -> Cell:
    text = tidy_list(raw_text)[0] if col in LIST_COLUMNS else tidy_prose(raw_text)[0]
    return Cell(lines=tuple(line for line in text.replace("**", "").split("\n") if line), is_list=col in LIST_COLUMNS)


HEADER = ("序号", "重点任务", "工作措施", "完成时限", "主责单位", "协办单位")


def whole_notice(source: SourceDocument, extraction: Extraction) -> Content:
    """Lines of the text around the tables, and each plan as one table with merged cells."""
    content = Content()
    plans = iter(extraction.plans)
    is_open = False
    for block in printed_notice(source).blocks:
        if isinstance(block, str):
            content.blocks.append(block)
        elif not is_open:
            content.blocks.append(make_plan_table(next(plans)))
        is_open = not isinstance(block, str)
    return content


def make_plan_table(plan: Plan) -> Table:
    rows: list[list[Cell | None]] = [[Cell(lines=(label,)) for label in HEADER]]
    section = None
    for task in plan.tasks:
        if task.section_title is not None and task.section_title != section:
            section = task.section_title
            heading = Cell(lines=(f"{task.section_no}、{section}",), col_span=len(HEADER))
            rows.append([heading, *[None] * (len(HEADER) - 1)])
        first = len(rows)
        for measure in task.measures:
            rows.append(_measure_row(measure))
        for col, text in ((0, str(task.task_no)), (1, task.name)):
            rows[first][col] = Cell(lines=(text,), row_span=len(task.measures))
        for col in LIST_COLUMNS:
            _merge_inherited(rows, first, col)
    return Table(rows=tuple(map(tuple, rows)))


def _measure_row(measure: Measure) -> list[Cell | None]:
    row: list[Cell | None] = [
        None,
        None,
        Cell(lines=tuple(measure.text.split("\n"))),
        Cell(lines=tuple(filter(None, [measure.deadline.raw_text]))),
    ]
    for cell in measure.agency_cells:
        if cell.status == "inherited":
            row.append(None)
        elif cell.status == "none":
            row.append(Cell(lines=("——",), is_list=True))
        else:
            row.append(Cell(lines=tuple(filter(None, cell.text.split("\n"))), is_list=True))
    return row


def _merge_inherited(rows: list[list[Cell | None]], first: int, col: int) -> None:
    owner = first
    for index in range(first, len(rows)):
        if rows[index][col] is None:
            cell = rows[owner][col]
            assert cell is not None
            rows[owner][col] = replace(cell, row_span=index - owner + 1)
        else:
            owner = index
