"""Rules of a page at the bounds of each rule: just inside, at it, just beyond. Numbers are points."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from planextract.layout import fills, lattice, nested, stacked, stripes
from planextract.layout.cell_boxes import make_grid
from planextract.layout.lattice import Grid, Lines, assign_to_cells, crop_grid, merge_positions, number_groups
from planextract.layout.overflow import take_overflow
from tests.unit.layout.test_label_columns import make_page


def boxes(*rows: tuple[float, ...]) -> np.ndarray:
    return np.array(rows, dtype=np.float32).reshape(-1, 4)


def lines(*rules: tuple[float, float, float]) -> Lines:
    """Rules of one direction: position, start, end."""
    found = np.array(rules, dtype=np.float32).reshape(-1, 3)
    return Lines(position=found[:, 0], start=found[:, 1], end=found[:, 2])


def strokes(*rules: tuple[float, float, float]) -> list[tuple[float, ...]]:
    """The level strokes y, x0, x1 as merged rules."""
    drawn = boxes(*((a, y, b, y) for y, a, b in rules))
    found = lattice.strokes_to_rules(drawn, is_horizontal=True)
    return [tuple(map(float, rule)) for rule in zip(found.position, found.start, found.end, strict=True)]


def plain_grid(xs: list[float], ys: list[float], **more: object) -> Grid:
    rows, cols = len(ys) - 1, len(xs) - 1
    spans = [(row, col, 1, 1) for row in range(rows) for col in range(cols)]
    grid = Grid(
        xs=np.array(xs, dtype=np.float32),
        ys=np.array(ys, dtype=np.float32),
        cell_at=np.arange(rows * cols, dtype=np.int32).reshape(rows, cols),
        spans=np.array(spans, dtype=np.int32),
        is_open=(False, False, False, False),
        is_consistent=True,
    )
    return replace(grid, **more)


# Strokes to rules


def test_strokes_three_points_apart_are_one_rule_in_their_middle() -> None:
    assert strokes((10, 0, 50), (13, 0, 50)) == [(11.5, 0, 50)]
    assert strokes((10, 0, 50), (13.25, 0, 50)) == [(10, 0, 50), (13.25, 0, 50)]


def test_a_row_of_strokes_is_parted_where_it_spans_more_than_three_points() -> None:
    assert strokes((10, 0, 50), (12, 0, 50), (14, 0, 50)) == [(11, 0, 50), (14, 0, 50)]
    assert strokes((10, 0, 50), (10.5, 50, 90), (13.5, 0, 50)) == [(10.25, 0, 90), (13.5, 0, 50)]


def test_pieces_of_a_line_are_joined_over_a_gap_of_four_points() -> None:
    assert strokes((10, 0, 50), (10, 54, 90)) == [(10, 0, 90)]
    assert strokes((10, 0, 50), (10, 54.25, 90)) == [(10, 0, 50), (10, 54.25, 90)]
    assert strokes((10, 54, 90), (10, 0, 60)) == [(10, 0, 90)], "whatever is drawn first"
    assert strokes((10, 0, 90), (10, 20, 30), (10, 92, 99)) == [(10, 0, 99)], "a short piece inside ends nothing"


def test_a_thick_stroke_is_a_rule_in_its_middle() -> None:
    found = lattice.strokes_to_rules(boxes((10, 0, 12, 80)), is_horizontal=False)
    assert (found.position.tolist(), found.start.tolist(), found.end.tolist()) == ([11], [0], [80])


@pytest.mark.parametrize("is_horizontal", [True, False])
def test_no_strokes_are_no_rules(is_horizontal: bool) -> None:
    assert len(lattice.strokes_to_rules(boxes(), is_horizontal=is_horizontal).position) == 0


# Rules to grids


@pytest.mark.parametrize(
    ("rule", "meets"),
    [
        ((50, 4, 90), True),
        ((50, 4.25, 90), False),
        ((50, -90, -4), True),
        ((50, -90, -4.25), False),
        ((104, -50, 50), True),
        ((104.25, -50, 50), False),
        ((-4, -50, 50), True),
        ((-4.25, -50, 50), False),
    ],
)
def test_rules_meet_within_four_points(rule: tuple[float, float, float], meets: bool) -> None:
    level, upright = lattice._components(lines(rule), lines((0, 0, 100)))
    assert (level.tolist(), upright.tolist()) == (([0], [0]) if meets else ([-1], [-2]))


def test_groups_are_rules_that_meet_over_others() -> None:
    meets = np.array([[1, 0, 0, 0], [1, 1, 0, 0], [0, 0, 1, 0], [0, 0, 0, 0]], dtype=bool)
    assert [found.tolist() for found in number_groups(meets)] == [[0, 0, 2, -1], [0, 0, 2, -2]]
    assert [found.tolist() for found in number_groups(np.zeros((2, 0), dtype=bool))] == [[-1, -1], []]
    assert [found.tolist() for found in number_groups(np.zeros((0, 2), dtype=bool))] == [[], [-2, -2]]


def side_by_side(top: float, bottom: float, *, second: tuple[float, float] = (0.0, 0.0)) -> list[Grid]:
    """Two groups of rules whose column rules reach beyond their row rules; the second one's by so much more."""
    level = lines((100, 0, 50), (200, 0, 50), (100, 150, 200), (200, 150, 200))
    upright = lines(
        (0, top, bottom), (50, top, bottom), (150, top + second[0], bottom + second[1]), (200, top, bottom + second[1])
    )
    return list(lattice.rules_to_grids(level, upright))


def test_open_tables_side_by_side_that_reach_alike_are_one() -> None:
    assert [grid.xs.tolist() for grid in side_by_side(92, 208)] == [[0, 50, 150, 200]]
    assert [grid.xs.tolist() for grid in side_by_side(92, 240)] == [[0, 50, 150, 200]], "below alone"
    assert [grid.xs.tolist() for grid in side_by_side(60, 200)] == [[0, 50, 150, 200]], "above alone"
    assert len(side_by_side(92.25, 207.75)) == 0, "closed boxes of one cell"
    assert len(side_by_side(60, 240, second=(0, 4))) == 1
    assert len(side_by_side(60, 240, second=(0, 5))) == 2


def test_a_table_is_open_where_its_rules_reach_eight_points_beyond() -> None:
    level = [(0, 0, 100), (50, 0, 100), (100, 0, 100)]

    def opened(top: float, bottom: float, left: float, right: float) -> tuple[bool, ...]:
        rows = lines(*((y, left, right) for y, _, _ in level))
        (grid,) = lattice.rules_to_grids(rows, lines((0, top, bottom), (50, top, bottom), (100, top, bottom)))
        return grid.is_open

    assert opened(-8, 108, -8, 108) == (False, False, False, False)
    assert opened(-8.25, 108, -8, 108) == (True, False, False, False)
    assert opened(-8, 108.25, -8, 108) == (False, True, False, False)
    assert opened(-8, 108, -8.25, 108) == (False, False, True, False)
    assert opened(-8, 108, -8, 108.25) == (False, False, False, True)


def test_a_single_box_is_no_table_and_two_cells_are_one() -> None:
    box = lines((0, 0, 50), (100, 0, 50))
    assert lattice.rules_to_grids(box, lines((0, 0, 100), (50, 0, 100))) == ()
    (row,) = lattice.rules_to_grids(lines((0, 0, 90), (100, 0, 90)), lines((0, 0, 100), (50, 0, 100), (90, 0, 100)))
    assert row.spans.tolist() == [[0, 0, 1, 1], [0, 1, 1, 1]]
    (column,) = lattice.rules_to_grids(lines((0, 0, 50), (40, 0, 50), (90, 0, 50)), lines((0, 0, 90), (50, 0, 90)))
    assert column.spans.tolist() == [[0, 0, 1, 1], [1, 0, 1, 1]]


def test_a_lone_column_rule_belongs_to_the_table_that_begins_and_ends_within_four_points() -> None:
    level = lines((50, 100, 300))
    own = [(x, 0, 120) for x in (100.0, 200.0, 300.0)]

    def columns(top: float, bottom: float) -> int:
        return max(len(grid.xs) for grid in lattice.rules_to_grids(level, lines((0, top, bottom), *own)))

    assert [columns(4, 120), columns(-4, 124), columns(0, 116)] == [4, 4, 4]
    assert [columns(4.25, 120), columns(0, 124.25), columns(0, 115.75)] == [3, 3, 3]


def test_column_rules_alone_are_a_table_from_three_and_twelve_points_on() -> None:
    def found(*rules: tuple[float, float, float]) -> list[list[float]]:
        return [grid.xs.tolist() for grid in lattice.rules_to_grids(lines(), lines(*rules))]

    assert found((0, 0, 12), (30, 0, 12), (60, 0, 12)) == [[0, 30, 60]]
    assert found((0, 0, 11.75), (30, 0, 11.75), (60, 0, 11.75)) == []
    assert found((0, 0, 50), (30, 4, 54), (60, -4, 46)) == [[0, 30, 60]]
    assert found((0, 0, 50), (30, 4.25, 50), (60, 0, 50)) == []
    assert found((0, 0, 50), (30, 0, 54.25), (60, 0, 50)) == []
    both = [(x, 0, 50) for x in (0.0, 30.0, 60.0)] + [(x, 100, 150) for x in (100.0, 130.0, 160.0, 190.0)]
    assert found(*both) == [[0, 30, 60], [100, 130, 160, 190]]


def test_rules_of_one_table_four_and_a_half_points_apart_have_no_text_between_them() -> None:
    upright = lines((0, 0, 100), (50, 0, 100), (100, 0, 100))

    def rows(y: float) -> list[float]:
        return lattice.rules_to_grids(lines((0, 0, 100), (50, 0, 100), (y, 0, 100), (100, 0, 100)), upright)[
            0
        ].ys.tolist()

    assert rows(54.5) == [0, 52.25, 100]
    assert rows(54.75) == [0, 50, 54.75, 100]


def test_a_side_is_ruled_where_half_of_it_is() -> None:
    level = [(0, 0, 100), (100, 0, 100)]
    upright = lines((0, 0, 100), (50, 0, 100), (100, 0, 100))

    def spans(end: float) -> list[list[int]]:
        return lattice.rules_to_grids(lines(*level, (50, 0, end)), upright)[0].spans.tolist()

    assert spans(25) == [[0, 0, 1, 1], [0, 1, 2, 1], [1, 0, 1, 1]]
    assert spans(24.75) == [[0, 0, 1, 1], [0, 1, 1, 1]], "a stub is no line"
    assert spans(75) == [[0, 0, 1, 1], [0, 1, 1, 1], [1, 0, 1, 1], [1, 1, 1, 1]]


def test_a_side_is_ruled_by_pieces_that_do_not_overlap_it_otherwise() -> None:
    cuts = np.array([0.0, 40.0, 100.0])
    rules = lines((10, 0, 10), (10, 30, 40), (10, 90, 130))
    assert lattice._coverage(rules, np.array([10.0]), cuts).tolist() == [[True, False]]
    assert lattice._coverage(lines((20, 0, 40)), np.array([10.0, 20.0, 30.0]), cuts)[:, 0].tolist() == [
        False,
        True,
        False,
    ]


# Cells


def edges(rows: list[str], columns: list[str]) -> tuple[np.ndarray, np.ndarray]:
    """Sides of positions: ``-`` a rule above one, ``|`` a rule left of one."""
    return np.array([[c == "-" for c in row] for row in rows]), np.array([[c == "|" for c in row] for row in columns])


@pytest.mark.parametrize(
    ("rows", "columns", "cells", "is_consistent"),
    [
        (["--", "--", "--"], ["|||", "|||"], [[0, 1], [2, 3]], True),
        (["--", "- ", "--"], ["|||", "|||"], [[0, 1], [2, 1]], True),
        (["--", "--", "--"], ["| |", "|||"], [[0, 0], [1, 2]], True),
        (["--", "  ", "--"], ["| |", "| |"], [[0, 0], [0, 0]], True),
        (["--", "  ", "--"], ["| |", "|||"], [[0, 0], [1, 2]], False),
        (["--", "- ", "--"], ["| |", "|||"], [[0, 0], [1, 2]], False),
        (["---", "  -", "---"], ["|  |", "| ||"], [[0, 0, 0], [1, 1, 2]], False),
        (["---", "- -", "---"], ["||||", "| ||"], [[0, 1, 2], [3, 1, 4]], False),
    ],
)
def test_positions_without_a_rule_between_them_are_a_cell(
    rows: list[str], columns: list[str], cells: list[list[int]], is_consistent: bool
) -> None:
    cell_at, spans, found = merge_positions(*edges(rows, columns))
    assert (cell_at.tolist(), found) == (cells, is_consistent)
    for number, (row, col, row_span, col_span) in enumerate(spans.tolist()):
        assert (cell_at[row : row + row_span, col : col + col_span] == number).all()


def test_a_point_on_a_line_belongs_to_the_cell_behind_it() -> None:
    grid = plain_grid([0, 50, 100], [0, 20, 40])
    x = np.array([0, 49.75, 50, 99.75, 100, -0.25, 10, 10, 10])
    y = np.array([0, 10, 20, 39.75, 10, 10, -0.25, 40, 20])
    assert assign_to_cells(grid, x, y).tolist() == [0, 0, 3, 3, -1, -1, -1, -1, 2]


@pytest.mark.parametrize(
    ("box", "xs", "ys"),
    [
        ((0, 0, 150, 60), [0, 50, 100, 150], [0, 20, 40, 60]),
        ((47, 0, 150, 60), [50, 100, 150], [0, 20, 40, 60]),
        ((46.75, 0, 150, 60), [0, 50, 100, 150], [0, 20, 40, 60]),
        ((0, 0, 103, 60), [0, 50, 100], [0, 20, 40, 60]),
        ((0, 0, 103.25, 60), [0, 50, 100, 150], [0, 20, 40, 60]),
        ((0, 10, 150, 60), [0, 50, 100, 150], [20, 40, 60]),
        ((0, 9.75, 150, 60), [0, 50, 100, 150], [0, 20, 40, 60]),
        ((0, 0, 150, 50), [0, 50, 100, 150], [0, 20, 40]),
        ((0, 0, 150, 50.25), [0, 50, 100, 150], [0, 20, 40, 60]),
        ((60, 25, 90, 35), [50, 100], [20, 40]),
        ((200, 0, 250, 60), [0, 50, 100, 150], [0, 20, 40, 60]),
    ],
)
def test_a_box_takes_the_rows_whose_middle_and_the_columns_whose_side_lies_in_it(
    box: tuple[float, ...], xs: list[float], ys: list[float]
) -> None:
    grid = crop_grid(plain_grid([0, 50, 100, 150], [0, 20, 40, 60]), box)
    assert (grid.xs.tolist(), grid.ys.tolist()) == (xs, ys)
    assert grid.cell_at.shape == (len(ys) - 1, len(xs) - 1)
    assert len(grid.spans) == (len(ys) - 1) * (len(xs) - 1)


def test_a_cropped_cell_keeps_the_positions_that_are_left_of_it() -> None:
    whole = plain_grid(
        [0, 50, 100],
        [0, 20, 40],
        cell_at=np.array([[0, 0], [1, 2]]),
        spans=np.array([[0, 0, 1, 2], [1, 0, 1, 1], [1, 1, 1, 1]]),
    )
    assert crop_grid(whole, (0, 0, 48, 40)).spans.tolist() == [[0, 0, 1, 1], [1, 0, 1, 1]]


def test_boxes_of_cells_are_laid_on_lines_three_points_apart() -> None:
    grid = make_grid(boxes((0, 0, 50, 20), (53, 0, 100, 20), (0, 22, 50, 40), (52, 23, 100, 40)))
    assert grid is not None
    assert (grid.cell_at.tolist(), grid.is_consistent, grid.is_open) == ([[0, 1], [2, 3]], True, (False,) * 4)
    assert grid.ys.tolist() == pytest.approx([0, 21.25, 40])
    apart = make_grid(boxes((0, 0, 50, 20), (53.25, 0, 100, 20)))
    assert apart is not None
    assert apart.spans.tolist() == [[0, 0, 1, 1], [0, 1, 1, 1], [0, 2, 1, 1]]


@pytest.mark.parametrize(
    ("more", "is_consistent"),
    [
        ((50, 0, 100, 20), True),
        ((49, 0, 100, 20), True),
        ((25, 0, 100, 20), False),
        ((98, 0, 100, 20), False),
        ((50, 19, 100, 20), False),
    ],
)
def test_boxes_that_overlap_or_are_flat_make_a_grid_inconsistent(more: tuple[float, ...], is_consistent: bool) -> None:
    grid = make_grid(boxes((0, 0, 50, 20), (0, 20, 100, 40), more))
    assert grid is not None
    assert grid.is_consistent is is_consistent


def test_fewer_than_two_boxes_are_no_grid() -> None:
    assert make_grid(boxes((0, 0, 50, 20))) is None
    assert make_grid(boxes((0, 0, 2, 20), (1, 0, 2, 20))) is None
    assert make_grid(boxes((0, 0, 50, 2), (50, 0, 90, 2))) is None


def test_a_position_that_no_box_covers_is_an_empty_cell() -> None:
    grid = make_grid(boxes((0, 0, 50, 40), (50, 20, 100, 40)))
    assert grid is not None
    assert grid.spans.tolist() == [[0, 0, 2, 1], [0, 1, 1, 1], [1, 1, 1, 1]]
    assert grid.cell_at.tolist() == [[0, 1], [0, 2]]


# Tables below each other


@pytest.mark.parametrize(
    ("ruled", "free", "cuts"),
    [
        (["110", "110", "001", "001"], "111", [2]),
        (["110", "110", "001", "001"], "101", []),
        (["110", "110", "001"], "11", []),
        (["110", "001", "001"], "11", []),
        (["110", "110", "011", "011"], "111", [2]),
        (["110", "110", "111", "111"], "111", []),
        (["110", "110", "000", "001", "001"], "1111", [2]),
        (["000", "000", "001", "001"], "111", []),
        (["110", "110", "001", "110"], "111", []),
        (["110", "110", "001", "001", "110", "110"], "11111", [2, 4]),
        (["110", "110", "001", "001", "110"], "1111", [2]),
        (["100", "110", "001", "001", "010"], "1111", [2]),
    ],
)
def test_two_rows_of_other_columns_are_another_table(ruled: list[str], free: str, cuts: list[int]) -> None:
    rows = np.array([[c == "1" for c in row] for row in ruled])
    assert stacked._find_cuts(rows, np.array([c == "1" for c in free])) == cuts


def test_a_part_of_a_stack_is_open_only_at_the_side_of_the_whole() -> None:
    page = make_page([(5, 5, "甲"), (55, 5, "乙"), (5, 25, "丙"), (55, 25, "丁")], [], [])
    whole = plain_grid(
        [0, 50, 100], [0, 20, 40], is_open=(True, True, True, True), open_columns=((True, False), (False, True))
    )
    first, last = stacked._take_rows(page, whole, 0, 1), stacked._take_rows(page, whole, 1, 2)
    assert (first.is_open, first.open_columns) == ((True, False, True, True), ((True, False), (False, False)))
    assert (last.is_open, last.open_columns) == ((False, True, True, True), ((False, False), (False, True)))


@pytest.mark.parametrize(
    ("texts", "xs"),
    [
        ([(5, 5, "甲"), (105, 5, "乙")], [0, 50, 100, 150]),
        ([(55, 5, "甲"), (105, 5, "乙")], [50, 100, 150]),
        ([(5, 5, "甲"), (55, 5, "乙")], [0, 50, 100]),
        ([(55, 5, "甲")], [0, 50, 100]),  # two columns are left at least
    ],
)
def test_a_side_without_text_is_the_wider_tables_room(texts: list[tuple[float, float, str]], xs: list[float]) -> None:
    found = stacked._take_rows(make_page(texts, [], []), plain_grid([0, 50, 100, 150], [0, 20, 40]), 0, 1)
    assert found.xs.tolist() == xs


# Tables in a cell


@pytest.mark.parametrize(
    ("end", "meets"), [(98.75, False), (99, True), (100, True), (101.25, True), (104, True), (-5, False)]
)
def test_a_rule_ends_at_another_within_a_point(end: float, meets: bool) -> None:
    assert nested._reaches(lines((50, 0, end)), lines((100, 0, 90))).tolist() == [[meets]]


def test_a_rule_ends_at_the_nearer_one_alone() -> None:
    """It crosses one so near to its end that it does not reach the next."""
    assert nested._reaches(lines((50, 0, 102)), lines((100, 0, 90), (103, 0, 90))).tolist() == [[True, False]]
    assert nested._reaches(lines((50, 0, 103)), lines((100, 0, 90), (104, 0, 90))).tolist() == [[True, False]]
    assert nested._reaches(lines((50, 0, 103.25)), lines((100, 0, 90), (104, 0, 90))).tolist() == [[True, True]]
    assert nested._reaches(lines((50, 10, 90)), lines((9, 0, 90), (12, 0, 90))).tolist() == [[False, True]]
    assert nested._reaches(lines((50, 10, 90)), lines((9, 0, 90), (13.25, 0, 90))).tolist() == [[True, True]]
    assert nested._reaches(lines((50, 0, 102)), lines((100, 60, 90), (103, 0, 90))).tolist() == [[True, True]], (
        "not beside it"
    )


@pytest.mark.parametrize(
    ("inner", "is_within"),
    [
        ((1, 1, 99, 99), True),
        ((0.5, 1, 99, 99), False),
        ((1, 0.5, 99, 99), False),
        ((1, 1, 99.5, 99), False),
        ((1, 1, 99, 99.5), False),
    ],
)
def test_a_table_lies_in_a_cell_with_room_on_each_side(inner: tuple[float, ...], is_within: bool) -> None:
    assert nested._is_within(np.array(inner), np.array([0.0, 0.0, 100.0, 100.0])) is is_within


@pytest.mark.parametrize(
    ("rule", "is_crossed"),
    [
        ((50, 0, 100), True),
        ((20, 0, 100), False),
        ((60, 0, 100), False),
        ((50, 0, 30), False),
        ((50, 70, 100), False),
        ((50, 0, 31), True),
    ],
)
def test_a_rule_through_a_box_lies_between_its_sides(rule: tuple[float, float, float], is_crossed: bool) -> None:
    box = np.array([30.0, 20.0, 70.0, 60.0])
    own, none = np.ones(1, dtype=bool), np.zeros(0, dtype=bool)
    assert nested._is_crossed(lines(rule), lines(), own, none, box) is is_crossed
    turned = np.array([20.0, 30.0, 60.0, 70.0])
    assert nested._is_crossed(lines(), lines(rule), none, own, turned) is is_crossed


@pytest.mark.parametrize(
    ("rows", "cols", "is_table"), [(2, 2, False), (3, 2, True), (2, 3, True), (1, 4, False), (4, 1, False)]
)
def test_a_box_alone_is_no_nested_table(rows: int, cols: int, is_table: bool) -> None:
    assert nested._is_table(np.ones(rows, dtype=bool), np.ones(cols, dtype=bool)) is is_table


def test_rules_that_begin_and_end_within_four_points_are_regular() -> None:
    assert nested._is_regular(lines((0, 0, 100), (9, 4, 96)))
    assert not nested._is_regular(lines((0, 0, 100), (9, 4.25, 100)))
    assert not nested._is_regular(lines((0, 0, 100), (9, 0, 104.25)))


# Colored areas


def test_areas_are_tiles_where_they_share_a_side_and_half_of_them_hold_text() -> None:
    def tiles(*areas: tuple[float, ...], text: str) -> list[bool]:
        return fills._is_tile(boxes(*areas), np.array([c == "1" for c in text])).tolist()

    row = [(0, 0, 50, 20), (53.5, 0, 100, 20)]
    assert tiles(*row, text="11") == [True, True]
    assert tiles(*row, text="10") == [False, False]
    assert tiles((0, 0, 50, 20), (53.75, 0, 100, 20), text="11") == [False, False]
    assert tiles((0, 0, 50, 20), (53, 2, 100, 22), text="11") == [True, True]
    assert tiles((0, 0, 50, 20), (53, 2.25, 100, 20), text="11") == [False, False]
    assert tiles((0, 0, 50, 20), (0, 23.5, 50, 40), text="11") == [True, True]
    assert tiles((0, 0, 50, 20), (0, 23.75, 50, 40), text="11") == [False, False]
    bands = [(0, 0, 50, 20), (0, 40, 50, 60), (2, 80, 52, 90)]
    assert tiles(*bands, text="111") == [True] * 3
    assert tiles(*bands[:2], text="11") == [False] * 2
    assert tiles(*bands, text="110") == [True] * 3
    four = [*bands, (0, 100, 50, 120)]
    assert tiles(*four, text="1100") == [True] * 4
    assert tiles(*four, (0, 140, 50, 160), text="11000") == [False] * 5


@pytest.mark.parametrize(
    ("level", "upright", "is_shade"),
    [
        ([(0, 0, 100)], [(0, 0, 20), (100, 0, 20)], True),
        ([(20, 0, 100)], [(0, 0, 20), (100, 0, 20)], True),
        ([], [(0, 0, 20), (100, 0, 20)], False),
        ([(0, 0, 100)], [(0, 0, 20)], False),
        ([(0, 0, 80)], [(0, 0, 16), (100, 4, 20)], True),
        ([(0, 0, 79)], [(0, 0, 20), (100, 0, 20)], False),
        ([(2, 0, 100)], [(-2, 0, 20), (102, 0, 20)], True),
        ([(2.25, 0, 100)], [(0, 0, 20), (100, 0, 20)], False),
        ([], [(10, 20, 90), (50, 23.5, 90), (90, 16.5, 90)], True),
        ([], [(10, 20, 90), (50, 23.75, 90), (90, 20, 90)], False),
        ([], [(10, 20, 90), (50, 20, 90)], False),
        ([(0, 0, 100)], [(0, 0, 20), (50, 20, 90)], True),
        ([], [(0, 0, 20), (50, 20, 90)], False),
        ([], [(10, 0, 90), (50, 3.5, 23.5), (90, -9, 90)], True),
        ([], [(10, 0, 90), (50, 3.75, 90), (90, 0, 90)], False),
        ([], [(10, 0, 90), (50, 0, 23.25), (90, 0, 90)], False),
        ([], [(10, 0, 90), (-2, 0, 90), (90, 0, 90)], False),
        ([], [(10, 0, 90), (-1.75, 0, 90), (101.75, 0, 90)], True),
    ],
)
def test_an_area_is_a_tables_by_the_rules_around_and_below_it(level: list, upright: list, is_shade: bool) -> None:
    assert fills._is_shade(boxes((0, 0, 100, 20)), lines(*level), lines(*upright)).tolist() == [is_shade]


@pytest.mark.parametrize(
    ("area", "is_mark"),
    [
        ((9, 9, 41, 21), True),
        ((8.75, 9, 41, 21), False),
        ((9, 9, 41.25, 21), False),
        ((10, 5, 40, 24), True),
        ((10, 5, 40, 24.25), False),
        ((50, 9, 90, 21), False),
    ],
)
def test_what_ends_with_its_letters_marks_them(area: tuple[float, ...], is_mark: bool) -> None:
    page = make_page([(10, 10, "三个字")], [], [])
    assert fills._marks_letters(page, boxes(area)).tolist() == [is_mark]


def test_the_area_drawn_last_shows_and_its_sides_are_its_own() -> None:
    x, y = np.array([0, 50, 25, 51, 25, 25]), np.array([10, 10, 10, 10, 0, 20])
    areas = boxes((0, 0, 50, 20), (20, 5, 30, 15))
    assert fills._find_color(x, y, areas, np.array([7, 9])).tolist() == [7, 7, 9, -1, 7, 7]


# White rows between colored ones


@pytest.mark.parametrize(
    ("right", "is_beside"),
    [
        ([52, 0, 90, 20], True),
        ([52.25, 0, 90, 20], False),
        ([48, 1, 90, 21], True),
        ([47.75, 0, 90, 20], False),
        ([50, 1.25, 90, 20], False),
        ([50, 0, 90, 21.25], False),
    ],
)
def test_areas_of_one_height_side_by_side_are_a_row(right: list[float], is_beside: bool) -> None:
    assert stripes._stands_beside([0, 0, 50, 20], right) is is_beside


def test_rows_have_the_same_columns_within_two_points() -> None:
    assert stripes.is_same_columns([0, 50], [2, 48])
    assert not stripes.is_same_columns([0, 50], [2.25, 50])
    assert not stripes.is_same_columns([0, 50], [0])


def test_a_row_of_areas_has_a_column_line_between_each_two() -> None:
    areas = boxes(
        (0, 0, 50, 20), (52, 0, 100, 20), (52, 0, 100, 20), (0, 40, 50, 60), (0, 80, 50, 100), (50, 80, 90, 100)
    )
    assert stripes.find_tile_rows(areas) == [(0, 20, [0, 51, 100]), (80, 100, [0, 50, 90])]


@pytest.mark.parametrize(
    ("tops", "end"),
    [([5], None), ([25], 36), ([35], 46), ([35.25], None), ([25, 45], 56), ([25, 45.25], 36), ([26, 25], 37)],
)
def test_the_last_white_row_ends_below_its_lines(tops: list[float], end: float | None) -> None:
    page = make_page([(10, top, "字") for top in tops], [], [])
    assert stripes._find_end(page, 20, [0, 50, 100]) == end


@pytest.mark.parametrize(
    ("texts", "holds"),
    [
        ([(10, 25, "字"), (60, 25, "字")], True),
        ([(10, 25, "字")], False),
        ([(10, 25, "字"), (48.5, 25, "字")], True),
        ([(10, 25, "字"), (48, 25, "字"), (60, 25, "字")], False),
        ([(10, 25, "字"), (10, 28, "字"), (60, 25, "字")], True),
        ([(10, 25, "字"), (10, 28.25, "字"), (60, 25, "字")], False),
        ([(60, 25, "字"), (60, 38, "字"), (10, 25, "字")], True),
    ],
)
def test_a_white_row_holds_text_in_two_columns_and_none_across_their_line(texts: list, holds: bool) -> None:
    assert stripes._holds_cells(make_page(texts, [], []), (20, 50), [0, 50, 100]) is holds


# Text below a table


@pytest.mark.parametrize(
    ("last", "below", "beside", "is_taken"),
    [
        (28, 45, None, True),
        (25, 42, None, True),
        (24.75, 41, None, False),
        (28, 45.25, None, False),
        (28, 45, 49.75, False),
        (28, 45, 50, True),
    ],
)
def test_lines_below_an_open_cell_follow_at_its_pitch(
    last: float, below: float, beside: float | None, is_taken: bool
) -> None:
    texts = [(5, last, "字"), (5, below, "字"), *([(70, beside, "字")] if beside else [])]
    grid = plain_grid([0, 50, 60], [0, 40], open_columns=((False, False), (True, False)))
    cell = np.array([0, -1, -1][: len(texts)], dtype=np.int32)
    take_overflow(make_page(texts, [], []), (grid,), cell, np.array([0], dtype=np.int32))
    assert bool(cell[1] == 0) is is_taken
