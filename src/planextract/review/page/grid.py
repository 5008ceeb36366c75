"""What was printed where there is no picture of it: the rows of the table around some cells, as a table."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from planextract.model.result import ResultCell
from planextract.review.page.workspace import ReviewedDocument

_MAX_ROWS = 40


@dataclass(frozen=True, slots=True, kw_only=True)
class GridCell:
    """A cell of a grid; ``look`` is ``own``, ``doubt`` or ``near``."""

    cell_id: str
    text: str
    rows: int
    columns: int
    look: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Grid:
    """Rows of one table in printed order, with the header that stands above them."""

    header: tuple[tuple[GridCell, ...], ...]
    rows: tuple[tuple[GridCell, ...], ...]


def make_grids(document: ReviewedDocument, own: Sequence[ResultCell], doubtful: set[str]) -> tuple[Grid, ...]:
    """Return the rows of some cells with the row before and the one after, one grid a table.

    Args:
        document: Their document.
        own: The cells, in any order.
        doubtful: Ids of those that are in doubt.
    """
    look = {cell.cell_id: "doubt" if cell.cell_id in doubtful else "own" for cell in own}
    grids = []
    for table_no in sorted({cell.table_no for cell in own}):
        mine = [cell for cell in own if cell.table_no == table_no]
        table = [cell for cell in document.cells.values() if cell.table_no == table_no]
        first, end = min(c.row for c in mine), max(c.row + c.row_span for c in mine)
        end = min(end, first + _MAX_ROWS)
        header = [cell for cell in table if cell.column == "header" and cell.row < first]
        top = max([first - 1, *(cell.row + cell.row_span for cell in header)])
        near = [cell for cell in table if cell.row <= end and cell.row + cell.row_span > top and cell not in header]
        head_row = max((cell.row for cell in header), default=0)
        lowest = [cell for cell in header if cell.row > head_row - 2]
        grids.append(
            Grid(
                header=_lay(lowest, min((c.row for c in lowest), default=0), head_row, look),
                rows=_lay(near, top, end, look),
            )
        )
    return tuple(grids)


def _lay(cells: Sequence[ResultCell], top: int, last: int, look: dict[str, str]) -> tuple[tuple[GridCell, ...], ...]:
    """Return the rows from ``top`` to ``last``; a cell that reaches beyond them is cut there."""
    rows: dict[int, list[tuple[int, GridCell]]] = {}
    for cell in cells:
        start = max(cell.row, top)
        shown = GridCell(
            cell_id=cell.cell_id,
            text=cell.text_raw,
            rows=max(1, min(cell.row + cell.row_span, last + 1) - start),
            columns=max(1, cell.col_span),
            look=look.get(cell.cell_id, "near"),
        )
        rows.setdefault(start, []).append((cell.col, shown))
    return tuple(tuple(cell for _, cell in sorted(row, key=lambda one: one[0])) for _, row in sorted(rows.items()))
