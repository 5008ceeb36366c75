"""Cut a table into pages, row by row and, where a row does not fit, line by line."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from tests.lab.model import LabCell, LabTable
from tests.lab.wrap import Line

if TYPE_CHECKING:
    from tests.lab.by_reportlab import Typesetter

_PAD = 3.0
_MARGIN = 56.0
_CENTERED = frozenset({"task_no", "deadline", "section"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """The part of a cell that stands on one page; a side is open where a cut row has no rule."""

    key: int
    x0: float
    top: float
    x1: float
    bottom: float
    lines: tuple[Line, ...]
    is_header: bool = False
    is_centered: bool = False
    is_cut_top: bool = False
    is_cut_bottom: bool = False


@dataclass(slots=True)
class _RowPart:
    row: int
    top: float
    bottom: float
    is_cut_top: bool
    is_cut_bottom: bool


@dataclass(slots=True)
class _Cursor:
    """How far the lines of each body cell are printed, and the parts of rows on the current page."""

    table: LabTable
    xs: list[float]
    lines: dict[int, list[Line]]
    done: dict[int, int] = field(default_factory=dict)
    parts: list[_RowPart] = field(default_factory=list)
    header: list[Part] = field(default_factory=list)
    pages: int = 0

    def rest(self, cell: LabCell) -> int:
        return len(self.lines[cell.key]) - self.done.get(cell.key, 0)


def paginate_table(setter: Typesetter, table: LabTable) -> None:
    """Place a table on the typesetter's pages, from its current position on."""
    room = setter.width - 2 * _MARGIN
    xs = [_MARGIN]
    for share in table.widths:
        xs.append(xs[-1] + share * room)
    lines = {
        cell.key: setter.wrap_cell(
            cell.paragraphs,
            xs[cell.col + cell.col_span] - xs[cell.col] - 2 * _PAD,
            is_prose=not is_header and table.columns[cell.col][0] == "measure" and cell.col_span == 1,
        )
        for is_header, cells in ((True, table.header), (False, table.cells))
        for cell in cells
    }
    cursor = _Cursor(table, xs, lines)
    if table.starts_page or setter.y + 5 * setter.leading > setter.bottom:
        setter.start_page()
    _start_part(setter, cursor)
    for row in range(len(table.rows)):
        _place_row(setter, cursor, row)
    if table.is_open:
        cursor.parts[-1].is_cut_bottom = True
    _finish_part(setter, cursor)


def _start_part(setter: Typesetter, cursor: _Cursor) -> None:
    options = setter.options
    cursor.parts, cursor.header = [], []
    is_printed = (
        cursor.pages == 0 or options.header == "every" or (options.header == "mixed" and setter.rng.random() < 0.5)
    )
    cursor.pages += 1
    if not is_printed:
        return
    heights = [0.0] * cursor.table.header_rows
    for cell in cursor.table.header:
        need = len(cursor.lines[cell.key]) * setter.leading + 2 * _PAD
        heights[cell.row] = max(heights[cell.row], need / cell.row_span)
    tops = [setter.y]
    for height in heights:
        tops.append(tops[-1] + height)
    for cell in cursor.table.header:
        cursor.header.append(
            Part(
                key=cell.key,
                x0=cursor.xs[cell.col],
                top=tops[cell.row],
                x1=cursor.xs[cell.col + cell.col_span],
                bottom=tops[cell.row + cell.row_span],
                lines=tuple(cursor.lines[cell.key]),
                is_header=True,
                is_centered=True,
            )
        )
    setter.y = tops[-1]


def _place_row(setter: Typesetter, cursor: _Cursor, row: int) -> None:
    is_rest = False
    own = [cell for cell in cursor.table.cells if cell.row == row and cell.row_span == 1]
    ending = [cell for cell in cursor.table.cells if cell.row_span > 1 and cell.row + cell.row_span - 1 == row]
    while True:
        need = max(
            [cursor.rest(cell) * setter.leading + 2 * _PAD for cell in own]
            + [setter.leading + 2 * _PAD]
            + [cursor.rest(cell) * setter.leading + 2 * _PAD - _height_above(cursor, cell) for cell in ending]
        )
        room = setter.bottom - setter.y
        if need <= room + 0.01:
            _add_part(setter, cursor, own, _RowPart(row, setter.y, setter.y + need, is_rest, False))
            return
        count = int((room - 2 * _PAD) / setter.leading)
        is_alone = not cursor.parts
        may_cut = setter.options.cut == "anywhere" or (is_alone and cursor.pages > 1) or is_rest
        if count >= 1 and may_cut and cursor.table.rows[row].kind != "section":
            _add_part(
                setter,
                cursor,
                own,
                _RowPart(row, setter.y, setter.y + count * setter.leading + 2 * _PAD, is_rest, True),
            )
            is_rest = True
        _finish_part(setter, cursor)
        setter.start_page()
        _start_part(setter, cursor)


def _height_above(cursor: _Cursor, cell: LabCell) -> float:
    return sum(part.bottom - part.top for part in cursor.parts if part.row >= cell.row)


def _add_part(setter: Typesetter, cursor: _Cursor, own: list[LabCell], part: _RowPart) -> None:
    cursor.parts.append(part)
    setter.y = part.bottom


def _finish_part(setter: Typesetter, cursor: _Cursor) -> None:
    """Put what is placed on the current page into its sheet; cells take the lines that fit."""
    if not cursor.parts and not cursor.header:
        return
    out = list(cursor.header)
    for cell in cursor.table.cells:
        rows = [part for part in cursor.parts if cell.row <= part.row < cell.row + cell.row_span]
        if not rows:
            continue
        top, bottom = rows[0].top, rows[-1].bottom
        start = cursor.done.get(cell.key, 0)
        fits = int((bottom - top - 2 * _PAD) / setter.leading + 0.01)
        lines = cursor.lines[cell.key][start : start + fits]
        cursor.done[cell.key] = start + len(lines)
        role = cursor.table.columns[cell.col][0]
        if not lines and start and setter.options.repeats_task and role in ("task_no", "task_name"):
            lines = cursor.lines[cell.key][: min(fits, start)] if start <= fits else []
        out.append(
            Part(
                key=cell.key,
                x0=cursor.xs[cell.col],
                top=top,
                x1=cursor.xs[cell.col + cell.col_span],
                bottom=bottom,
                lines=tuple(lines),
                is_centered=role in _CENTERED,
                is_cut_top=rows[0].is_cut_top,
                is_cut_bottom=rows[-1].is_cut_bottom or (rows[-1].row < cell.row + cell.row_span - 1),
            )
        )
    setter.sheets[-1].tables.append((cursor.table, out))
