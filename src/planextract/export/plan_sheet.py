"""A plan's grid drawn as a sheet that can be printed and handed in."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from planextract.export.formats import Formats
from planextract.export.layout import (
    MOST_PT,
    column_widths,
    find_blocks,
    find_page_starts,
    header_height,
    page_height,
    row_heights,
    text_height,
)
from planextract.export.plan_grid import GridCell, PlanGrid
from planextract.export.spreadsheet_text import cut_text, guard, is_formula_like, show_controls

if TYPE_CHECKING:
    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

_A4 = 9
_TITLE_ROWS = 2
_SUBTITLE_PT = 24.0


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanHead:
    """What stands above a plan's table."""

    title: str
    subtitle: str


def draw_plan(sheet: Worksheet, grid: PlanGrid, head: PlanHead, formats: Formats, *, is_exact: bool) -> None:
    """Draw a plan: title, header that stays in view and on every printed page, rows with their merged cells.

    A row that is higher than Excel allows becomes several rows with every cell merged over them: nothing is hidden.
    """
    widths = column_widths(grid.roles)
    for col, width in enumerate(widths):
        sheet.set_column(col, col, width)
    last_col = len(widths) - 1
    pen = _Pen(sheet, is_exact)
    pen.put(0, 0, 0, last_col, head.title, formats.title())
    title_pt = max(36.0, text_height(head.title, sum(widths) * 10.5 / 18) * 1.6)
    sheet.set_row(0, title_pt)
    pen.put(1, 0, 1, last_col, head.subtitle, formats.subtitle())
    sheet.set_row(1, _SUBTITLE_PT)
    top = _TITLE_ROWS + grid.header_rows
    header_pt = header_height(grid, widths)
    for row in range(_TITLE_ROWS, top):
        sheet.set_row(row, header_pt)
    for cell in grid.header:
        first = _TITLE_ROWS + cell.row
        pen.put(first, cell.col, first + cell.row_span - 1, cell.col + cell.col_span - 1, cell.text, formats.header())
        _annotate(sheet, first, cell)
    heights = row_heights(grid, widths)
    starts = _place_rows(sheet, heights, top)
    page_pt, head_pt = page_height(widths), header_pt * grid.header_rows
    for cell in grid.cells:
        first, last = starts[cell.row], starts[cell.row + cell.row_span] - 1
        pen.put(
            first,
            cell.col,
            last,
            cell.col + cell.col_span - 1,
            cell.text,
            _format_of(
                grid, cell, formats, pen, is_long=sum(heights[cell.row : cell.row + cell.row_span]) > page_pt - head_pt
            ),
        )
        _annotate(sheet, first, cell)
    _set_up_page(sheet, top, max(starts[-1] - 1, top), last_col)
    sheet.fit_to_pages(1, 0)  # one page wide, whatever fonts are installed; breaks between rows hold all the same
    breaks = find_page_starts(find_blocks(grid), heights, head_pt, title_pt + _SUBTITLE_PT + head_pt, page_pt)
    if breaks:
        sheet.set_h_pagebreaks([starts[row] for row in breaks][:1023])


class _Pen:
    """Writes one cell, merged where it spans more than one."""

    def __init__(self, sheet: Worksheet, is_exact: bool) -> None:
        self._sheet = sheet
        self._is_exact = is_exact

    def needs_prefix(self, text: str | int) -> bool:
        """Tell whether a cell must be marked as text, for a person who edits it."""
        return self._is_exact and isinstance(text, str) and is_formula_like(text)

    def put(self, row: int, col: int, last_row: int, last_col: int, value: str | int, style: Format) -> None:
        """Write a value at a cell or range."""
        if (row, col) != (last_row, last_col):
            self._sheet.merge_range(row, col, last_row, last_col, "", style)
        if isinstance(value, int):
            self._sheet.write_number(row, col, value, style)
        elif value:
            pieces = cut_text(show_controls(value if self._is_exact else guard(value)), 32_000)
            more = "…〔全文见 measures 表及 long_texts 表〕" if len(pieces) > 1 else ""
            self._sheet.write_string(row, col, pieces[0] + more, style)
        else:
            self._sheet.write_blank(row, col, None, style)


def _format_of(grid: PlanGrid, cell: GridCell, formats: Formats, pen: _Pen, *, is_long: bool) -> Format:
    if cell.row in grid.section_rows:
        return formats.section()
    is_text = pen.needs_prefix(cell.text)
    return formats.body(grid.roles[cell.col], is_review=cell.needs_review, is_text=is_text, is_long=is_long)


def _annotate(sheet: Worksheet, row: int, cell: GridCell) -> None:
    if cell.note:
        height = 42 + 18 * cell.note.count("\n")
        options = {"author": "planextract", "font_size": 9, "width": 220, "height": height}
        sheet.write_comment(row, cell.col, show_controls(cell.note)[:2000], options)


def _place_rows(sheet: Worksheet, heights: list[float], top: int) -> list[int]:
    """Set the heights below the header and return the sheet row at which each row starts, and the first free one."""
    starts = [top]
    for height in heights:
        parts = int(-(-height // MOST_PT))
        for row in range(starts[-1], starts[-1] + parts):
            sheet.set_row(row, height / parts)
        starts.append(starts[-1] + parts)
    return starts


def _set_up_page(sheet: Worksheet, top: int, last_row: int, last_col: int) -> None:
    sheet.freeze_panes(top, 0)
    sheet.set_landscape()
    sheet.set_paper(_A4)
    sheet.set_margins(left=0.5, right=0.5, top=0.6, bottom=0.7)
    sheet.center_horizontally()
    sheet.repeat_rows(_TITLE_ROWS, top - 1)
    sheet.print_area(0, 0, last_row, last_col)
    sheet.set_footer('&C&"宋体,常规"&9第 &P 页，共 &N 页')
    sheet.hide_gridlines(2)
    sheet.set_zoom(90)
