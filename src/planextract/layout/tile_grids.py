"""Grids of colored areas of one color: nobody sees their sides, but they were drawn cell by cell.

A program that shades a table fills each cell on its own. Where such areas stand row below row in the same columns,
without room between, their sides are those of the cells, whatever their colors; unless rules say otherwise, or a row
holds only what its first cell lacks: areas drawn line by line.
"""

from __future__ import annotations

import numpy as np

from planextract.layout.lattice import Lines
from planextract.layout.stripes import find_tile_rows, is_same_columns
from planextract.layout.thresholds import GEOMETRY
from planextract.model.page import Bools, Floats, PageArrays, middles

_LEAST_ROWS = GEOMETRY.fills.least_rows
_LEAST_COLUMNS = GEOMETRY.fills.least_tile_columns
_FILLED = GEOMETRY.fills.filled_first
_TOUCH_PT = GEOMETRY.fills.touch_pt
_SAME_PT = GEOMETRY.fills.same_pt

_Row = tuple[float, float, list[float]]


def is_in_tile_grid(page: PageArrays, tiles: Floats, horizontal: Lines) -> Bools:
    """Tell which areas are cells of a grid of areas.

    Args:
        page: N characters.
        tiles: T × 4 of the colored areas that are a table's.
        horizontal: The row rules that are drawn.
    """
    found = np.zeros(len(tiles), dtype=bool)
    x, y = middles(tiles)
    for rows in _chain(find_tile_rows(tiles)):
        x0, top, x1, bottom = rows[0][2][0], rows[0][0], rows[0][2][-1], rows[-1][1]
        is_within = (horizontal.position > top + _SAME_PT) & (horizontal.position < bottom - _SAME_PT)
        is_within &= (horizontal.start < x1) & (horizontal.end > x0)
        if not is_within.any() and _hold_cells(page, rows):
            found |= (x > x0) & (x < x1) & (y > top) & (y < bottom)
    return found


def _chain(rows: list[_Row]) -> list[list[_Row]]:
    """Return the rows that stand right below each other in the same columns, enough of them."""
    chains: list[list[_Row]] = []
    for row in rows:
        home = next(
            (c for c in chains if abs(row[0] - c[-1][1]) <= _TOUCH_PT and is_same_columns(row[2], c[-1][2])), None
        )
        if home is None:
            chains.append([row])
        else:
            home.append(row)
    return [chain for chain in chains if len(chain) >= _LEAST_ROWS and len(chain[0][2]) > _LEAST_COLUMNS]


def _hold_cells(page: PageArrays, rows: list[_Row]) -> bool:
    """Tell whether nearly all rows have a first cell with text, and text in most of their cells on the whole."""
    x, y = middles(page.boxes)
    xs, edges = np.array(rows[0][2]), np.array([rows[0][0], *(row[1] for row in rows)])
    col, band = np.searchsorted(xs, x) - 1, np.searchsorted(edges, y) - 1
    inside = (col >= 0) & (col < len(xs) - 1) & (band >= 0) & (band < len(rows))
    filled = np.zeros((len(rows), len(xs) - 1), dtype=bool)
    filled[band[inside], col[inside]] = True
    return bool(filled[:, 0].mean() >= _FILLED and filled.mean() >= _FILLED)
