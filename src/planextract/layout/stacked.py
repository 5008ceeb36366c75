"""Tables printed one right below the other, without room between: one lattice by its rules, two by its columns.

Two tables are parted where most column lines change at one row line that no cell crosses. A row without lines of its
own, a caption, goes with the table below it. Single rows of other columns, as forms and merged headers have them, part
nothing.
"""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

import numpy as np

from planextract.layout.lattice import Grid, assign_to_cells, renumber
from planextract.layout.thresholds import GEOMETRY
from planextract.model.page import Bools, Ints, PageArrays, middles

_MOST_SHARED = GEOMETRY.stacked.most_shared
_LEAST_ROWS = GEOMETRY.stacked.least_rows


def part_stacked(page: PageArrays, grid: Grid) -> list[Grid]:
    """Return the tables of a lattice, from top to bottom; the lattice itself where it is one."""
    if len(grid.xs) < 3 or len(grid.ys) <= 2 * _LEAST_ROWS:
        return [grid]
    ruled = grid.cell_at[:, 1:] != grid.cell_at[:, :-1]
    if ruled.all():
        return [grid]
    cuts = _find_cuts(ruled, (grid.cell_at[1:] != grid.cell_at[:-1]).all(axis=1))
    return [_take_rows(page, grid, low, high) for low, high in pairwise([0, *cuts, len(ruled)])] if cuts else [grid]


def _find_cuts(ruled: Bools, is_free: Bools) -> list[int]:
    """Return the rows with which another table begins.

    Args:
        ruled: R × (C - 1), whether a row has a rule at an inner column line.
        is_free: R - 1, whether no cell crosses the row line below a row.
    """
    own, start, last, cuts = ruled[0], 0, 0, []
    for row in range(1, len(ruled)):
        if not ruled[row].any():
            continue
        below = ruled[row : row + _LEAST_ROWS]
        is_last = len(below) == 1 and row - start > _LEAST_ROWS  # the page may cut the other table below its first row
        is_lasting = (len(below) == _LEAST_ROWS or is_last) and all(_differs(own, line) for line in below)
        if is_lasting and is_free[last] and row - start >= _LEAST_ROWS and own.any():
            cuts.append(last + 1)
            own, start = ruled[row], last + 1
        own, last = own | ruled[row], row
    return cuts


def _differs(own: Bools, line: Bools) -> bool:
    shared = int((own & line).sum())
    return bool(line.any()) and shared <= _MOST_SHARED * min(int(own.sum()), int(line.sum()))


def _take_rows(page: PageArrays, grid: Grid, low: int, high: int) -> Grid:
    """Return some rows of a grid with their own columns alone, less a side without text: the wider table's room."""
    part = grid.cell_at[low:high]
    used = [0, *(np.flatnonzero((part[:, 1:] != part[:, :-1]).any(axis=0)) + 1).tolist(), part.shape[1]]
    x, y = middles(page.boxes)
    filled = assign_to_cells(grid, x, y)
    for side in (-2, 0):
        column: Ints = np.unique(part[:, used[side]])
        if len(column) == 1 and len(used) > 3 and not (filled == column[0]).any():
            used.pop(-1 if side else 0)
    cell_at, spans = renumber(part[:, used[:-1]])
    is_first, is_last = low == 0, high == len(grid.cell_at)
    closed = (False,) * (len(used) - 1)
    top, bottom = (tuple(side[at] for at in used[:-1]) if side else () for side in grid.open_columns)
    return replace(
        grid,
        xs=grid.xs[used],
        ys=grid.ys[low : high + 1],
        cell_at=cell_at,
        spans=spans,
        is_open=(grid.is_open[0] and is_first, grid.is_open[1] and is_last, *grid.is_open[2:]),
        open_columns=(top if is_first else closed, bottom if is_last else closed),
    )
