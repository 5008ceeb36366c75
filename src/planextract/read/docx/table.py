"""Cells of a Word table, with their merges, on a grid of whole columns."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, replace

from planextract.read.budget import CellBudget
from planextract.read.flow import Aside, FlowBlock, FlowCell, FlowTable, Paragraph

_SNAP_TWIPS = 100  # 5 pt: columns whose edges were dragged apart by less are one
_MAX_COLUMNS = 10_000


@dataclass(frozen=True, slots=True, kw_only=True)
class RawCell:
    """A cell as written: columns ``start`` to ``end`` of the table's own grid; merges are ``restart`` or ``continue``."""

    start: int
    end: int
    vertical: str
    horizontal: str
    blocks: tuple[FlowBlock, ...]


@dataclass(slots=True, kw_only=True)
class _Placed:
    row: int
    last_row: int
    start: int
    end: int
    blocks: tuple[FlowBlock, ...]


def make_table(
    rows: Sequence[Sequence[RawCell]], widths: Sequence[int], page: int, budget: CellBudget
) -> list[FlowBlock]:
    """Make the table of its rows.

    Args:
        rows: The cells of each row, from left to right.
        widths: Widths of the grid's columns in twentieths of a point, as far as they are given.
        page: Page of its first row, 0 if not known.
        budget: Counts grid positions.

    Returns:
        The table; nothing if it has no cells.

    Raises:
        InputError: If the budget is spent.
    """
    placed: list[_Placed] = []
    open_above: dict[int, _Placed] = {}
    for number, cells in enumerate(rows):
        open_here: dict[int, _Placed] = {}
        for cell in _join_horizontally(cells):
            above = open_above.get(cell.start)
            if cell.vertical == "continue" and above is not None and above.end == cell.end:
                above.last_row = number
                above.blocks += _as_hidden(cell.blocks)
                open_here[cell.start] = above
                continue
            own = _Placed(row=number, last_row=number, start=cell.start, end=cell.end, blocks=cell.blocks)
            placed.append(own)
            if cell.vertical:
                open_here[cell.start] = own
        open_above = open_here
    if not placed:
        return []
    edges = _find_edges(placed, widths)
    out = []
    for cell_placed in placed:
        col, end = _column(edges, cell_placed.start), _column(edges, cell_placed.end)
        budget.take((cell_placed.last_row - cell_placed.row + 1) * (end - col))
        out.append(
            FlowCell(row=cell_placed.row, col=col, row_span=cell_placed.last_row - cell_placed.row + 1,
                     col_span=end - col, blocks=cell_placed.blocks)
        )  # fmt: skip
    col_count = max(cell.col + cell.col_span for cell in out)
    budget.take(max(0, len(rows) * col_count - len(out)))
    return [FlowTable(row_count=len(rows), col_count=col_count, cells=tuple(out), page=page)]


def _join_horizontally(cells: Sequence[RawCell]) -> list[RawCell]:
    """Join cells merged the old way, each with a mark of its own instead of a span."""
    joined: list[RawCell] = []
    for cell in cells:
        if cell.horizontal == "continue" and joined:
            before = joined[-1]
            joined[-1] = replace(before, end=cell.end, blocks=before.blocks + _as_hidden(cell.blocks))
        else:
            joined.append(cell)
    return joined


def _as_hidden(blocks: tuple[FlowBlock, ...]) -> tuple[FlowBlock, ...]:
    """Return what stands in a cell that another one covers: Word keeps it, but does not print it."""
    asides: list[FlowBlock] = []
    stack = list(reversed(blocks))
    while stack:
        block = stack.pop()
        if isinstance(block, FlowTable):
            stack.extend(inner for cell in reversed(block.cells) for inner in reversed(cell.blocks))
        elif isinstance(block, Paragraph):
            asides.append(Aside(text=block.text, reason="hidden", page=block.page))
        else:
            asides.append(block)
    return tuple(asides)


def _find_edges(placed: Sequence[_Placed], widths: Sequence[int]) -> list[list[int]]:
    """Return the grid's edges that cells use, in groups of those that people see as one."""
    used = sorted({edge for cell in placed for edge in (cell.start, cell.end)})
    sums = [0]
    for width in widths[:_MAX_COLUMNS]:
        sums.append(sums[-1] + width)
    if used[-1] >= len(sums):
        return [[edge] for edge in used]
    groups: list[list[int]] = []
    for edge in used:
        if groups and sums[edge] - sums[groups[-1][0]] < _SNAP_TWIPS:
            groups[-1].append(edge)
        else:
            groups.append([edge])
    if any(_column(groups, cell.start) == _column(groups, cell.end) for cell in placed):
        return [[edge] for edge in used]
    return groups


def _column(groups: list[list[int]], edge: int) -> int:
    return bisect_right(groups, edge, key=lambda group: group[0]) - 1
