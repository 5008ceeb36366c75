"""Text that runs out of its cell at the foot of a page.

A browser that breaks a row over pages ends rules and cells where one of its columns broke; the lines of another
column that did not break there are drawn on, below the end of the table.
"""

from __future__ import annotations

import numpy as np

from planextract.layout.lattice import Grid
from planextract.layout.thresholds import GEOMETRY
from planextract.model.page import Floats, Ints, PageArrays, middles_y

_PITCH = GEOMETRY.overflow.pitch
_SIDE_PT = GEOMETRY.overflow.side_pt


def take_overflow(page: PageArrays, grids: tuple[Grid, ...], cell: Ints, starts: Ints) -> None:
    """Give lines right below the last table to the cell that they run on from; ``cell`` is changed in place.

    Only where a bottom cell has no rule below it, its text goes down to the table's end, and the lines follow at the
    pitch of its own, inside its column, with nothing beside them but other such lines.

    Args:
        page: N characters.
        grids: The page's tables, from top to bottom.
        cell: N cell numbers over all tables; -1 outside.
        starts: First cell number of each table.
    """
    if not grids or not any(grids[-1].open_columns[1]):
        return
    grid, start = grids[-1], int(starts[-1])
    middle = middles_y(page.boxes)
    below = (cell < 0) & (middle > grid.ys[-1])
    if not below.any():
        return
    taken = np.full(len(cell), -1, dtype=np.int32)
    for number in _open_cells(grid):
        _, col, _, span = grid.spans[number].tolist()
        left, right = float(grid.xs[col]) - _SIDE_PT, float(grid.xs[col + span]) + _SIDE_PT
        inside = np.flatnonzero(below & (page.boxes[:, 0] >= left) & (page.boxes[:, 2] <= right))
        own = np.flatnonzero(cell == start + number)
        if not len(inside) or not len(own):
            continue
        last = own[np.argmax(middle[own])]
        height = float(page.boxes[last, 3] - page.boxes[last, 1])
        if page.boxes[last, 3] < grid.ys[-1] - 0.5 * height:
            continue
        reached = float(middle[last])
        for index in inside[np.argsort(middle[inside], kind="stable")].tolist():
            if middle[index] - reached > _PITCH * height:
                break
            reached = max(reached, float(middle[index]))
            taken[index] = start + number
    if (taken >= 0).any():
        _give_back(page, cell, taken, middle)
        np.copyto(cell, taken, where=taken >= 0)


def _open_cells(grid: Grid) -> list[int]:
    """Return the numbers of the bottom cells that have no rule below them, each once."""
    bottom = grid.cell_at[-1]
    return sorted({int(bottom[col]) for col, is_bare in enumerate(grid.open_columns[1]) if is_bare})


def _give_back(page: PageArrays, cell: Ints, taken: Ints, middle: Floats) -> None:
    """Undo lines with other text beside them: a line of prose under the table, a page number."""
    free = (cell < 0) & (taken < 0)
    if not free.any():
        return
    half = (page.boxes[:, 3] - page.boxes[:, 1]) / 2
    for number in np.unique(taken[taken >= 0]).tolist():
        own = np.flatnonzero(taken == number)
        beside = np.abs(middle[own][:, None] - middle[free][None, :]) < half[own][:, None]
        if beside.any():
            first = float(middle[own][beside.any(axis=1)].min())
            taken[own[middle[own] > first - half[own]]] = -1
