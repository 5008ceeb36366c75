"""Rules that a producer leaves out at the page edge."""

from __future__ import annotations

import numpy as np

from planextract.layout.lattice import rules_to_grids, strokes_to_rules


def find(horizontal, vertical):
    def lines(boxes, *, is_horizontal):
        return strokes_to_rules(np.array(boxes, dtype=np.float32).reshape(-1, 4), is_horizontal=is_horizontal)

    return rules_to_grids(lines(horizontal, is_horizontal=True), lines(vertical, is_horizontal=False))


def columns(*xs, top, bottom):
    return [(x, top, x, bottom) for x in xs]


def test_columns_without_a_last_rule_are_open_at_the_bottom():
    # The second column is a cell merged over the page: only it lacks the rule below.
    grids = find([(0, 0, 200, 0), (0, 50, 200, 50), (0, 100, 100, 100)], columns(0, 100, 200, top=0, bottom=100))
    assert [grid.open_columns for grid in grids] == [((False, False), (False, True))]
    assert not grids[0].is_open[1], "a rule ends some column"


def test_a_cut_row_is_open_in_all_columns():
    (grid,) = find([(0, 0, 200, 0), (0, 50, 200, 50)], columns(0, 100, 200, top=0, bottom=120))
    assert grid.open_columns == ((False, False), (True, True))
    assert grid.ys.tolist() == [0, 50, 120]


def test_a_column_rule_that_meets_no_row_rule_belongs_to_the_table_that_reaches_as_far():
    # The first column is merged over the whole page: no row rule reaches its left side.
    (grid,) = find([(100, 50, 300, 50)], columns(0, 100, 200, 300, top=0, bottom=120))
    assert grid.xs.tolist() == [0, 100, 200, 300]
    assert [tuple(span) for span in grid.spans.tolist()] == [
        (0, 0, 2, 1),
        (0, 1, 1, 1),
        (0, 2, 1, 1),
        (1, 1, 1, 1),
        (1, 2, 1, 1),
    ]


def test_a_lone_rule_of_another_length_is_no_part_of_a_table():
    (grid,) = find([(100, 50, 300, 50)], [*columns(100, 200, 300, top=0, bottom=120), (0, 0, 0, 300)])
    assert grid.xs.tolist() == [100, 200, 300]


def test_column_rules_alone_are_one_row_cut_twice():
    (grid,) = find([], columns(0, 100, 200, 300, top=40, bottom=700))
    assert grid.cell_at.tolist() == [[0, 1, 2]]
    assert grid.open_columns == ((True,) * 3, (True,) * 3)


def test_two_rules_alone_are_no_table():
    assert find([], columns(0, 100, top=40, bottom=700)) == ()
