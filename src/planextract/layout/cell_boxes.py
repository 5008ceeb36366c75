"""A grid from the boxes of cells that somebody else found (another reader, a layout model)."""

from __future__ import annotations

import numpy as np

from planextract.layout.lattice import Grid
from planextract.layout.thresholds import GEOMETRY
from planextract.model.page import Floats

_SNAP_PT = GEOMETRY.cell_boxes.snap_pt


def make_grid(boxes: Floats) -> Grid | None:
    """Lay the boxes of cells on one grid; positions that no box covers become empty cells.

    Args:
        boxes: N × 4 of x0, top, x1, bottom; they do not overlap.

    Returns:
        The grid, or None for fewer than two cells.
    """
    if len(boxes) < 2:
        return None
    xs, ys = _snap(boxes[:, [0, 2]].ravel()), _snap(boxes[:, [1, 3]].ravel())
    if len(xs) < 2 or len(ys) < 2:
        return None
    cell_at = np.full((len(ys) - 1, len(xs) - 1), -1, dtype=np.int32)
    spans: list[tuple[int, int, int, int]] = []
    is_consistent = True
    for x0, top, x1, bottom in boxes.tolist():
        left, right = _nearest(xs, x0), _nearest(xs, x1)
        high, low = _nearest(ys, top), _nearest(ys, bottom)
        if right <= left or low <= high or (cell_at[high:low, left:right] >= 0).any():
            is_consistent = False
            continue
        cell_at[high:low, left:right] = len(spans)
        spans.append((high, left, low - high, right - left))
    for row, col in np.argwhere(cell_at < 0).tolist():
        cell_at[row, col] = len(spans)
        spans.append((row, col, 1, 1))
    order = sorted(range(len(spans)), key=lambda number: spans[number][:2])
    rank = np.empty(len(spans), dtype=np.int32)
    rank[order] = np.arange(len(spans), dtype=np.int32)
    return Grid(
        xs=xs,
        ys=ys,
        cell_at=rank[cell_at],
        spans=np.array([spans[i] for i in order], dtype=np.int32),
        is_open=(False, False, False, False),
        is_consistent=is_consistent,
    )


def _snap(values: Floats) -> Floats:
    """Return the distinct values, those nearer than 3 pt made one."""
    ordered = np.sort(values)
    groups = np.split(ordered, np.flatnonzero(np.diff(ordered) > _SNAP_PT) + 1)
    return np.array([group.mean() for group in groups], dtype=np.float32)


def _nearest(values: Floats, value: float) -> int:
    return int(np.argmin(np.abs(values - value)))
