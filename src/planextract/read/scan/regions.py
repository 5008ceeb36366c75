"""Where lines of text may stand on a page: the cells of its tables, and the strips around them."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from planextract.layout.lattice import Grid, cell_box
from planextract.model.page import Bools, Floats

_NARROW_PT = 12.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Regions:
    """R boxes in pixels (x0, top, x1, bottom), cells first in the order of the grids, and which are cells.

    Where text stands in columns, ``is_parted``, the others follow in the order in which they are read.
    """

    boxes: Floats
    is_cell: Bools
    is_parted: bool = False


def find_regions(grids: tuple[Grid, ...], width: int, height: int, scale: float) -> Regions:
    """Divide a page of ``width`` × ``height`` pixels; ``scale`` is pixels a point."""
    cells = [tuple(v * scale for v in cell_box(grid, number)) for grid in grids for number in range(len(grid.spans))]
    strips = _find_strips(grids, width / scale, height / scale)
    boxes = np.array([*cells, *(tuple(v * scale for v in box) for box in strips)], dtype=np.float32).reshape(-1, 4)
    boxes[:, [0, 2]] = boxes[:, [0, 2]].clip(0, width)
    boxes[:, [1, 3]] = boxes[:, [1, 3]].clip(0, height)
    return Regions(boxes=boxes, is_cell=np.arange(len(boxes)) < len(cells))


def _find_strips(grids: tuple[Grid, ...], width: float, height: float) -> list[tuple[float, float, float, float]]:
    """Return the strips above, between, below and beside tables, from top to bottom."""
    strips: list[tuple[float, float, float, float]] = []
    y = 0.0
    for grid in grids:
        top, bottom = float(grid.ys[0]), float(grid.ys[-1])
        if top - y > 2:
            strips.append((0.0, y, width, top))
        high = max(top, y)
        if bottom > high:
            strips.extend(
                (a, high, b, bottom)
                for a, b in ((0.0, float(grid.xs[0])), (float(grid.xs[-1]), width))
                if b - a > _NARROW_PT
            )
        y = max(y, bottom)
    if height - y > 2:
        strips.append((0.0, y, width, height))
    return strips
