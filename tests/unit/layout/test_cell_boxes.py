"""Cells that another reader found, on one grid: their sides snapped, gaps filled, overlaps told."""

from __future__ import annotations

import numpy as np

from planextract.layout.cell_boxes import make_grid
from planextract.layout.lattice import Grid
from planextract.model.page import Floats


def _boxes(*boxes: tuple[float, float, float, float]) -> Floats:
    return np.array(boxes, dtype=np.float32).reshape(-1, 4)


def _grid(*boxes: tuple[float, float, float, float]) -> Grid:
    grid = make_grid(_boxes(*boxes))
    assert grid is not None
    return grid


def test_cells_stand_in_reading_order_whatever_order_they_come_in() -> None:
    grid = _grid((50, 20, 100, 40), (0, 0, 50, 20), (0, 20, 50, 40), (50, 0, 100, 20))
    assert grid.spans.tolist() == [[0, 0, 1, 1], [0, 1, 1, 1], [1, 0, 1, 1], [1, 1, 1, 1]]
    assert grid.cell_at.tolist() == [[0, 1], [2, 3]]
    assert (grid.xs.tolist(), grid.ys.tolist(), grid.is_consistent) == ([0, 50, 100], [0, 20, 40], True)
    assert grid.is_open == (False, False, False, False)


def test_sides_as_near_as_three_points_are_one() -> None:
    assert len(_grid((0, 0, 50, 20), (53, 0, 100, 20)).xs) == 3
    apart = _grid((0, 0, 50, 20), (53.5, 0, 100, 20))
    assert len(apart.xs) == 4 and apart.spans.tolist() == [[0, 0, 1, 1], [0, 1, 1, 1], [0, 2, 1, 1]]


def test_a_cell_over_two_rows_and_two_columns_spans_them() -> None:
    grid = _grid((0, 0, 100, 40), (100, 0, 150, 20), (100, 20, 150, 40), (0, 40, 50, 60), (50, 40, 150, 60))
    assert grid.spans.tolist() == [[0, 0, 2, 2], [0, 2, 1, 1], [1, 2, 1, 1], [2, 0, 1, 1], [2, 1, 1, 2]]


def test_positions_that_no_box_covers_are_empty_cells() -> None:
    grid = _grid((0, 0, 50, 20), (50, 20, 100, 40))
    assert grid.cell_at.tolist() == [[0, 1], [2, 3]] and grid.is_consistent


def test_boxes_over_each_other_and_flat_ones_are_left_out_and_told() -> None:
    over = _grid((0, 0, 50, 20), (0, 0, 50, 40), (50, 0, 100, 20))
    assert not over.is_consistent and over.cell_at.tolist() == [[0, 1], [2, 3]]
    flat = _grid((0, 0, 50, 20), (50, 0, 51, 20), (50, 0, 100, 20))
    assert not flat.is_consistent and len(flat.spans) == 2


def test_fewer_than_two_cells_or_no_extent_are_no_grid() -> None:
    assert make_grid(_boxes((0, 0, 50, 20))) is None
    assert make_grid(_boxes((0, 0, 2, 20), (0, 20, 2, 40))) is None
    assert make_grid(_boxes((0, 0, 50, 2), (50, 0, 99, 2))) is None
