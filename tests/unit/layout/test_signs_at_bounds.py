"""Overprint, drawn signs and doubts of a page at the bounds of each rule. Letters are 10 points high and wide."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from planextract.layout import aligned, drawn_rules, overprint, page_blocks, stream, text_columns
from planextract.layout.page_blocks import count_broken
from planextract.model.page import middles, middles_x, middles_y
from tests.unit.layout.test_label_columns import make_page
from tests.unit.layout.test_rows_at_bounds import layout_of
from tests.unit.layout.test_rules_at_bounds import boxes, plain_grid
from tests.unit.layout.test_text_at_bounds import Texts, chunks


def test_the_middle_of_a_box_lies_between_its_sides() -> None:
    found = boxes((1, 2, 5, 10))
    assert (middles_x(found).tolist(), middles_y(found).tolist()) == ([3], [6])
    assert [value.tolist() for value in middles(found)] == [[3], [6]]


# Overprint


def over(*, colored: int = 1, shift: float = 0.0, size: float = 10, others: int = 4, code: str = "样") -> str:
    """What is taken out: a character over the first of a line, ``colored`` times, moved right by ``shift``."""
    page = make_page([(0, 0, "推进老旧小区综合"[:others])] + [(shift, 0, code)] * colored, [], [])
    page.boxes[others:, 2] = page.boxes[others:, 0] + size
    page.boxes[others:, 3] = page.boxes[others:, 1] + size
    is_colored = np.arange(len(page.codes)) >= others
    return overprint.part_overprint(replace(page, is_colored=is_colored)).overprint


def test_what_is_printed_over_other_text_in_color_is_taken_out() -> None:
    assert over() == "样"
    assert over(colored=2) == "样样"
    assert over(colored=3) == "", "more than two fifths are the text itself"
    assert over(code="推") == "", "a shadow"
    assert over(shift=35.75) == "样"
    assert over(shift=36) == ""


def test_letters_of_twice_the_size_over_others_are_a_watermark() -> None:
    page = make_page([(0, 0, "推进老旧小区综合整治工程")], [], [])
    page.boxes[11] = (0, 0, 20.75, 20.75)
    assert overprint.part_overprint(page).overprint == "程"
    page.boxes[11] = (0, 0, 20.5, 20.5)
    assert overprint.part_overprint(page).overprint == ""
    assert overprint.part_overprint(make_page([(0, 0, "推")], [], [])).overprint == ""


@pytest.mark.parametrize(
    ("second", "runs"),
    [
        ((40, 0, 50, 10), [0, 0]),
        ((40.25, 0, 50.25, 10), [0, 1]),
        ((-20, 0, -10, 10), [0, 0]),
        ((-20.25, 0, -10.25, 10), [0, 1]),
        ((10, 15, 20, 25), [0, 0]),
        ((10, 15.25, 20, 25.25), [0, 1]),
        ((10, 0, 20, 12), [0, 0]),
        ((10, 0, 20, 12.25), [0, 1]),
        ((10, 0, 20, 7.75), [0, 1]),
    ],
)
def test_a_run_is_neighbours_near_each_other_of_one_size(second: tuple[float, ...], runs: list[int]) -> None:
    assert overprint._number_runs(boxes((0, 0, 10, 10), second), np.array([0, 1])).tolist() == runs
    assert overprint._number_runs(boxes((0, 0, 10, 10), (0, 0, 1, 1), second), np.array([0, 2])).tolist() == [0, 1]


# Signs


@pytest.mark.parametrize(
    ("heights", "pitch"), [((0, 12, 24), 12), ((0, 3, 15), 12), ((0, 3.25, 15.25), 7.6), ((5, 5), 0)]
)
def test_the_distance_of_lines_is_that_of_heights_that_are_two_lines(heights: tuple[float, ...], pitch: float) -> None:
    assert drawn_rules._find_pitch(np.array(heights, dtype=float), 10.0) == pitch


def test_lines_of_signs_are_three_tenths_apart() -> None:
    assert drawn_rules._number_lines(np.array([3.0, 0.0]), 10.0).tolist() == [0, 0]
    assert drawn_rules._number_lines(np.array([3.25, 0.0]), 10.0).tolist() == [1, 0]


@pytest.mark.parametrize(
    ("starts", "is_long"),
    [((0, 10, 20), True), ((0, 10), False), ((0, 17, 34), True), ((0, 17.25, 34), False), ((20, 0, 10), True)],
)
def test_three_level_signs_in_a_row_are_a_rule(starts: tuple[float, ...], is_long: bool) -> None:
    found = boxes(*((x, 0, x + 10, 10) for x in starts), (0, 40, 10, 50))
    flags = np.array([True] * len(starts) + [False])
    assert drawn_rules._find_long(found, flags, 10.0).tolist() == [is_long] * len(starts) + [False]


@pytest.mark.parametrize(
    ("bar", "is_aligned"), [(0, True), (3, True), (3.25, False), (-3, True), (50, True), (53.25, False)]
)
def test_bars_stand_below_a_crossing(bar: float, is_aligned: bool) -> None:
    found = boxes((0, 0, 10, 10), (50, 0, 60, 10), (bar, 12, bar + 10, 22))
    assert (
        drawn_rules._are_aligned(found, np.array([False, False, True]), np.array([True, True, False]), 10.0)
        is is_aligned
    )


def arms(second: tuple[float, float], *, code: str = "+") -> list[bool]:
    """Where the + in the corner of ``+---`` reaches: up, down, left, right; another sign stands at ``second``."""
    signs = [(0.0, 0.0, "+"), (10.0, 0.0, "-"), (20.0, 0.0, "-"), (30.0, 0.0, "-"), (*second, code)]
    found = boxes(*((x, y, x + 10, y + 10) for x, y, _ in signs))
    return drawn_rules._plain_arms(found, np.array([ord(sign) for *_, sign in signs]))[0].tolist()


def test_a_plus_reaches_where_a_sign_of_its_rule_stands() -> None:
    assert arms((0, 12), code="|") == [False, True, False, True]
    assert arms((0, -12), code="|") == [True, False, False, True]
    assert arms((0, 25), code="|") == [False, True, False, True]
    assert arms((0, 25.25), code="|") == [False] * 4
    assert arms((3, 12), code="|") == [False, True, False, True]
    assert arms((3.25, 12), code="|") == [False] * 4
    assert arms((0, 3), code="|") == [False] * 4, "the same line"


# Doubts


@pytest.mark.parametrize(
    ("code", "is_broken"),
    [(0xDFFF, 0), (0xE000, 1), (0xF8FF, 1), (0xF900, 0), (0xFFFD, 1), (0xFFFC, 0), (31, 1), (32, 0)],
)
def test_private_and_control_characters_are_no_text(code: int, is_broken: int) -> None:
    assert count_broken(np.array([code, 65])) == is_broken


@pytest.mark.parametrize(("x", "count"), [(46.5, 0), (46.25, 0), (-3.5, 0), (-3.75, 1), (43.5, 0), (43.75, 1)])
def test_a_character_stands_across_a_side_with_a_third_of_its_width(x: float, count: int) -> None:
    page = make_page([(x, 5, "甲")], [], [])
    number = np.array([0]) if x < 45 else np.array([-1])
    assert page_blocks._count_across(page, plain_grid([0, 50], [0, 20]), number) == count


def test_three_characters_across_a_rule_are_a_doubt() -> None:
    grid = plain_grid([0, 50, 100], [0, 60])

    def doubts(count: int, **more: object) -> tuple[str, ...]:
        page = make_page([(44.75, 5.0 + 15 * row, "甲") for row in range(count)], [], [])
        return page_blocks._find_doubts(page, (replace(grid, **more),), np.zeros(count, dtype=int), np.array([0]))

    assert doubts(3) == ("characters_across_rules",)
    assert doubts(2) == ()
    assert doubts(2, is_consistent=False) == ("inconsistent_grid",)


# Text beside tables


def test_a_gutter_ends_where_the_lines_of_the_right_column_begin() -> None:
    texts = [(x, 14.0 * row, "推" * 9) for row in range(9) for x in (0, 110)]
    page = make_page(texts, [], [])
    assert [strip.tolist() for strip in text_columns._find_strips(page.boxes, 10.0)] == [[104, 110]]
    crossed = make_page([*texts, (0, 200, "推" * 20)], [], [])
    assert [strip.tolist() for strip in text_columns._find_strips(crossed.boxes, 10.0)] == [[104, 110]], "a title"
    indented = make_page([*texts, *[(130, 140.0 + 14 * row, "推" * 7) for row in range(20)]], [], [])
    assert [strip.tolist() for strip in text_columns._find_strips(indented.boxes, 10.0)] == [[104, 110]]


def test_a_first_chunk_runs_on_where_the_next_one_would_not_have_fitted() -> None:
    def runs_on(end: float) -> bool:
        above = "甲乙丙丁"
        found = layout_of([(end - 40, 0, above), (0, 14, "戊"), (0, 28, "推进老旧小区")], [70.0])
        return stream._runs_on(found, 0)

    assert runs_on(48.25)
    assert not runs_on(48)


def test_labels_left_of_the_rules_end_anywhere_and_stand_on_most_lines() -> None:
    def left(ends: tuple[float, ...], rows: int = 4, x0: float = 100.0) -> float:
        texts = [(end - 20, 20.0 * row, "甲乙") for row, end in enumerate(ends)]
        texts += [(x0 + 10, 20.0 * row, "12") for row in range(rows)]
        found = chunks(texts)
        return aligned._find_left(found, np.arange(found.line_count), (x0, 0.0, 200.0, 100.0))

    assert left((50, 60, 70, 80)) == 29
    assert left((50, 60, 70)) == 29
    assert left((50, 60)) == 100, "on too few"
    assert left((80, 80, 80, 40)) == 100, "they end alike"
    assert left((80, 80, 60, 40)) == 19
    assert left((50, 60, 70, 80), x0=200.0) == 29
    assert left((50, 60, 70, 80), x0=200.25) == 200.25
    assert left((50, 60), rows=2) == 100, "two lines are no table"


def sparse(rows: int, count: int) -> list[float]:
    """Separators of two columns at 0 and 120, with a word at 60 in so many of the rows."""
    texts: Texts = [(x, 14.0 * row, word) for row in range(rows) for x, word in ((0, "甲乙"), (120, "12"))]
    texts += [(60, 14.0 * row, "丙") for row in range(count)]
    return stream.find_columns(chunks(texts), np.empty(0)).tolist()


def test_words_that_stand_twice_in_a_wide_gap_are_a_column_of_their_own() -> None:
    assert sparse(8, 2) == [40.0, 95.0]
    assert sparse(8, 1) == [95.0], "one word alone is none: the wider room counts"
    assert sparse(8, 0) == [70.0]
    assert sparse(4, 4) == [40.0, 95.0]


@pytest.mark.parametrize(
    ("wrapped", "doubled", "are_rows"),
    [
        ((0, 1, 1, 0), (), True),
        ((0, 0, 0, 0), (), False),
        ((1, 0, 0, 0), (), False),
        ((0, 1, 0, 0), (), True),
        ((0, 1, 1, 1), (1,), False),
        ((0, 0, 1, 1), (0,), True),
    ],
    ids=[
        "two of three",
        "none",
        "the header alone",
        "one of three, all single",
        "a first cell of two lines",
        "a wrapped header",
    ],
)
def test_bands_are_rows_where_first_cells_have_one_line_and_others_more(
    wrapped: tuple[int, ...], doubled: tuple[int, ...], are_rows: bool
) -> None:
    texts: Texts = []
    for row, more in enumerate(wrapped):
        texts += [(2, 40.0 * row + 2, "1"), (52, 40.0 * row + 2, "甲")]
        texts += [(52, 40.0 * row + 16, "乙")] * more
        texts += [(2, 40.0 * row + 16, "2")] * (row in doubled)
    grid = plain_grid([0, 50, 100], [40.0 * row for row in range(len(wrapped) + 1)])
    assert aligned._are_rows(make_page(texts, [], []), grid) is are_rows
