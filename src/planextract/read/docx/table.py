"""Cells of a Word table, with their merges, on a grid of whole columns."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from planextract.read.budget import CellBudget
from planextract.read.flow import Aside, FlowBlock, FlowCell, FlowTable, Paragraph

_SNAP_TWIPS = 100  # 5 pt: columns whose edges were dragged apart by less are one
_MAX_COLUMNS = 10_000


@dataclass(frozen=True, slots=True, kw_only=True)
class RawCell:
    """A cell as written: columns ``start`` to ``end`` of the table's own grid; merges ``restart`` or ``continue``."""

    start: int
    end: int
    vertical: str
    horizontal: str
    blocks: tuple[FlowBlock, ...]


@dataclass(slots=True, kw_only=True)
class _Placed:
    row: int
    last_row: int
    start: int  # edge of the table's own grid; the group of edges once those are known
    end: int
    blocks: tuple[FlowBlock, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class RawRow:
    """The cells of a row from left to right, and the page it begins on, 0 if not known."""

    cells: tuple[RawCell, ...]
    page: int


def make_tables(rows: Sequence[RawRow], widths: Sequence[int], budget: CellBudget) -> list[FlowBlock]:
    """Make the tables of a table's rows.

    Word and its converters write tables that touch as one. Where the edges of a row contradict those of the rows
    above it and no merged cell holds them together, another table begins.

    Args:
        rows: The rows from top to bottom.
        widths: Widths of the grid's columns in twentieths of a point, as far as they are given.
        budget: Counts grid positions.

    Returns:
        The tables, mostly one; nothing if there is no cell.

    Raises:
        InputError: If the budget is spent.
    """
    placed = _place(rows)
    if not placed:
        return []
    edges = _find_edges(placed, widths)
    for cell in placed:
        cell.start, cell.end = _column(edges, cell.start), _column(edges, cell.end)
    cuts = [*_find_cuts(placed, len(rows)), len(rows)]
    made: list[FlowBlock] = []
    starts = [cell.row for cell in placed]  # ascending: cells were placed row by row
    for first, end in pairwise(cuts):
        own = placed[bisect_left(starts, first) : bisect_left(starts, end)]
        if own:
            made.append(_make_table(own, first, end, rows[first].page, budget))
    return made


def _place(rows: Sequence[RawRow]) -> list[_Placed]:
    placed: list[_Placed] = []
    open_above: dict[int, _Placed] = {}
    for number, row in enumerate(rows):
        open_here: dict[int, _Placed] = {}
        for cell in _join_horizontally(row.cells):
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
    return placed


def _find_cuts(placed: Sequence[_Placed], row_count: int) -> list[int]:
    """Return the rows that tables begin with, the first row first."""
    edges: list[set[int]] = [set() for _ in range(row_count)]
    is_held = [False] * (row_count + 1)
    for cell in placed:
        for row in range(cell.row, cell.last_row + 1):
            edges[row].update((cell.start, cell.end))
            is_held[row + 1] |= row < cell.last_row
    cuts, union = [0], set(edges[0])
    for row in range(1, row_count):
        if edges[row] <= union or union <= edges[row] or is_held[row]:
            union |= edges[row]
        else:
            cuts.append(row)
            union = set(edges[row])
    return cuts


def _make_table(placed: Sequence[_Placed], first: int, end: int, page: int, budget: CellBudget) -> FlowTable:
    columns = {edge: col for col, edge in enumerate(sorted({edge for c in placed for edge in (c.start, c.end)}))}
    cells = []
    for cell in placed:
        row_span, col_span = cell.last_row - cell.row + 1, columns[cell.end] - columns[cell.start]
        budget.take(row_span * col_span)
        cells.append(
            FlowCell(
                row=cell.row - first, col=columns[cell.start], row_span=row_span, col_span=col_span, blocks=cell.blocks
            )
        )
    budget.take(max(0, (end - first) * (len(columns) - 1) - len(cells)))
    return FlowTable(row_count=end - first, col_count=len(columns) - 1, cells=tuple(cells), page=page)


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
