"""Text of a page at the bounds of each rule: just inside, at it, just beyond. Letters are 10 points high and wide."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from planextract.layout import aligned, decoration, drawn_rules, extents, missing_rules, stream, tables, text_columns
from planextract.layout import lines as text_lines
from planextract.layout.chunks import Chunks, find_runs, make_chunks
from planextract.layout.lines import characters_to_lines
from planextract.model.page import PageArrays
from tests.unit.layout.test_label_columns import make_page
from tests.unit.layout.test_rules_at_bounds import boxes, lines, plain_grid

Texts = list[tuple[float, float, str]]


def chunks(texts: Texts, walls: list[tuple[float, float, float]] | None = None) -> Chunks:
    page = make_page(texts, [], [])
    return make_chunks(page.codes, page.boxes, None if walls is None else np.array(walls, dtype=np.float32))


def read_lines(texts: Texts, page: PageArrays | None = None) -> list[str]:
    page = page or make_page(texts, [], [])
    return characters_to_lines(page, np.full(len(page.codes), -1, dtype=np.int32)).texts


# Chunks


@pytest.mark.parametrize(
    ("texts", "spans"),
    [
        ([(0, 0, "甲"), (15, 0, "乙")], [(0, 25)]),
        ([(0, 0, "甲"), (15.25, 0, "乙")], [(0, 10), (15.25, 25.25)]),
        ([(0, 0, "甲"), (15, 4, "乙")], [(0, 25)]),
        ([(0, 0, "甲"), (15, 4.5, "乙")], [(0, 10), (15, 25)]),
        ([(0, 0, "甲丙"), (5, 0, "乙"), (25, 0, "丁")], [(0, 35)]),
        ([(0, 0, "目录……"), (60, 0, "3")], [(0, 20), (60, 70)]),
        ([(0, 0, "目...."), (60, 0, "3")], [(0, 10), (60, 70)]),
        ([(0, 0, "目..."), (40, 0, "3")], [(0, 50)]),
        ([(0, 0, "目…"), (20, 0, "3")], [(0, 30)]),
        ([(0, 0, "...."), (60, 20, "3")], [(60, 70)]),
        ([(0, 0, "....")], [(0, 40)]),
    ],
)
def test_a_chunk_ends_at_room_of_half_a_letter_and_at_leading_dots(
    texts: Texts, spans: list[tuple[float, float]]
) -> None:
    assert [tuple(map(float, box)) for box in chunks(texts).boxes[:, [0, 2]]] == spans


@pytest.mark.parametrize(
    ("wall", "count"),
    [
        ((11, 0, 10), 2),
        ((8.75, 0, 10), 2),
        ((8.5, 0, 10), 1),
        ((13.25, 0, 10), 2),
        ((13.5, 0, 10), 1),
        ((11, 5, 10), 2),
        ((11, 5.25, 10), 1),
        ((11, 0, 5), 2),
        ((11, 0, 4.75), 1),
    ],
)
def test_a_chunk_ends_at_a_column_rule_beside_it(wall: tuple[float, float, float], count: int) -> None:
    assert len(chunks([(0, 0, "甲"), (12, 0, "乙")], [wall]).line) == count


@pytest.mark.parametrize(
    ("text", "is_numeric", "is_small"),
    [
        ("12.5%", True, False),
        ("—", True, False),
        ("12A", False, False),
        ("12Z", False, False),
        ("12a", False, False),
        ("12z", False, False),
        ("1@", True, False),
        ("1[", True, False),
        ("1`", True, False),
        ("1{", True, False),
        ("aA", False, True),
        ("zA", False, True),
        ("`A", False, False),
        ("{A", False, False),
        ("(1)", True, True),
        (")1", True, False),
        ("1ª", False, False),
        ("1©", True, False),
        ("3年", False, False),
    ],
)
def test_a_chunk_without_letters_is_numeric_and_one_that_begins_small_is_told(
    text: str, is_numeric: bool, is_small: bool
) -> None:
    found = chunks([(0, 0, text)])
    assert (found.is_numeric.tolist(), found.is_small.tolist()) == ([is_numeric], [is_small])


@pytest.mark.parametrize(("text", "width"), [("ab cd", 20), ("甲乙", 10), ("ab甲", 20), ("abcd", 40)])
def test_the_first_word_ends_at_a_space_or_a_han_character(text: str, width: float) -> None:
    place, texts = 0.0, []
    for word in text.split(" "):
        texts.append((place, 0, word))
        place += 10 * len(word) + 2
    assert chunks(texts).first_width.tolist() == [width]


def test_nothing_is_no_chunk() -> None:
    found = make_chunks(np.empty(0, dtype=np.int32), boxes())
    assert (found.line_count, found.boxes.shape, len(found.em), len(found.is_small)) == (0, (0, 4), 0, 0)


def test_runs_are_half_open() -> None:
    assert find_runs(np.array([True, True, False, True])) == [(0, 2), (3, 4)]
    assert find_runs(np.array([False])) == []


# Lines


@pytest.mark.parametrize(
    ("texts", "found"),
    [
        ([(0, 0, "甲"), (10, 5, "乙")], ["甲乙"]),
        ([(0, 0, "甲"), (10, 5.25, "乙")], ["甲", "乙"]),
        ([(0, 0, "甲"), (22, 0, "乙")], ["甲乙"]),
        ([(0, 0, "甲"), (22.25, 0, "乙")], ["甲 乙"]),
        ([(0, 0, "a"), (12, 0, "b")], ["ab"]),
        ([(0, 0, "a"), (12.5, 0, "b")], ["a b"]),
        ([(0, 0, "a"), (12.5, 0, "乙")], ["a乙"]),
        ([(0, 0, "甲"), (12.5, 0, "b")], ["甲b"]),
        ([(0, 0, "!"), (12.5, 0, "~")], ["! ~"]),
        ([(0, 0, "甲"), (2.25, 0, "甲")], ["甲"]),
        ([(0, 0, "甲"), (2.5, 0, "甲")], ["甲甲"]),
        ([(0, 0, "甲"), (2.25, 0, "乙")], ["甲乙"]),
    ],
)
def test_letters_are_put_into_lines_with_spaces_between_words(texts: Texts, found: list[str]) -> None:
    assert read_lines(texts) == found


def test_what_is_drawn_twice_is_kept_apart() -> None:
    page = make_page([(0, 0, "甲"), (1, 0, "甲")], [], [])
    assert characters_to_lines(page, np.array([-1, -1])).doubled == "甲"


@pytest.mark.parametrize(
    ("before", "shift", "after", "crossed"),
    [
        ("甲", 4.75, "乙", 1),
        ("甲", 5, "乙", 0),
        ("0", 4, "9", 1),
        ("A", 4, "z", 1),
        ("/", 4, "9", 0),
        ("甲", 4, ":", 0),
        ("@", 4, "9", 0),
        ("9", 4, "{", 0),
        ("㐀", 4, "㐀", 0),
    ],
)
def test_letters_that_cover_half_of_the_one_before_are_counted(
    before: str, shift: float, after: str, crossed: int
) -> None:
    page = make_page([(20, 0, before), (20 + shift, 0, after)], [], [])
    if before == after:
        page.boxes[1, [0, 2]] += 2
        crossed = 0
    assert characters_to_lines(page, np.array([-1, -1])).crossed.tolist() == [crossed]


def two_lines(*, end: float = 200, down: float = 4, x: float = 0, words: str = "工程建设") -> bool:
    """A line, and one ``down`` below it; whether they are one paragraph. The column is 200 wide."""
    first = "推进老旧小区综合整治完成道路改造工程建设"[: int(end / 10)]
    page = make_page(
        [(0, 0, first), (x, 10 + down, words), (0, 300, "推进老旧小区综合整治完成道路改造工程建设")], [], []
    )
    found = characters_to_lines(page, np.full(len(page.codes), -1, dtype=np.int32))
    return text_lines._is_wrapped(found, 0, 1, (0.0, 200.0), 0.0)


def test_a_full_line_goes_on_in_the_next_one() -> None:
    assert two_lines()
    assert two_lines(end=190)
    assert not two_lines(end=180), "two letters and more would have fitted"
    assert two_lines(down=11.75)
    assert not two_lines(down=12)
    assert two_lines(x=8.75)
    assert not two_lines(x=9)
    assert not two_lines(words="│工程│")


@pytest.mark.parametrize(("left", "is_wrapped"), [(60, True), (60.25, False)])
def test_a_line_that_begins_far_from_the_margin_is_set_right(left: float, is_wrapped: bool) -> None:
    page = make_page([(left, 0, "推进老旧小区综合整治完成道"), (0, 14, "工程")], [], [])
    found = characters_to_lines(page, np.full(len(page.codes), -1, dtype=np.int32))
    assert text_lines._is_wrapped(found, 0, 1, (0.0, 200.0), 0.0) is is_wrapped


# Where tables may be


def facts(*rows: tuple[float, int]) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Lines by their middle and number of wide gaps: gaps, middles, bands, each line a band of its own."""
    return np.array([wide for _, wide in rows]), np.array([middle for middle, _ in rows]), np.arange(len(rows))


@pytest.mark.parametrize(
    ("rows", "gap", "is_tabular"),
    [
        ([], (0, 14.75), True),
        ([], (0, 15), False),
        ([(10, 1), (20, 0)], (0, 100), True),
        ([(10, 1), (20, 0), (30, 0)], (0, 100), False),
        ([(10, 0), (20, 0)], (0, 39.75), True),
        ([(10, 0), (20, 0)], (0, 40), False),
        ([(10, 0), (20, 0), (30, 0)], (0, 39.75), False),
        ([(0, 0), (10, 1), (100, 0)], (0, 100), True),
        ([(0, 1), (10, 0), (50, 0), (100, 1)], (0, 100), False),
    ],
)
def test_lines_between_two_rules_are_a_tables_where_half_have_wide_gaps(
    rows: list[tuple[float, int]], gap: tuple[float, float], is_tabular: bool
) -> None:
    assert bool(extents._is_tabular(*facts(*rows), gap)) is is_tabular


def test_rules_that_begin_and_end_within_eight_points_are_one_tables() -> None:
    def grouped(*rules: tuple[float, float, float]) -> list[tuple[float, float, list[float]]]:
        return extents.group_rules(lines(*rules))

    assert grouped((0, 0, 100), (20, 7.75, 107.75)) == [(0, 100, [0, 20])]
    assert grouped((0, 0, 100), (20, 8, 100)) == []
    assert grouped((0, 0, 100), (20, 0, 108)) == []
    assert grouped((0, 0, 60.25), (20, 0, 60.25)) == [(0, 60.25, [0, 20])]
    assert grouped((0, 0, 60), (20, 0, 60)) == []
    assert grouped((0, 0, 40), (0, 50, 100), (20, 0, 100)) == [(0, 100, [0, 20])], "pieces of one height"
    assert grouped((0, 0, 100), (0, 200, 300), (20, 0, 300)) == [(0, 300, [0, 20])]
    assert grouped((0, 0, 100), (10, 200, 300), (20, 0, 100), (30, 200, 300)) == [
        (0, 100, [0, 20]),
        (200, 300, [10, 30]),
    ]


@pytest.mark.parametrize(("top", "bands"), [(6.5, [0, 0]), (6.75, [0, 1]), (10, [0, 1])])
def test_lines_that_overlap_by_a_third_stand_beside_each_other(top: float, bands: list[int]) -> None:
    assert extents._number_bands(np.array([0.0, top]), np.array([10.0, top + 10])).tolist() == bands


@pytest.mark.parametrize(("gap", "count"), [(8, 0), (8.25, 1)])
def test_a_wide_gap_is_wider_than_eight_tenths_of_a_letter(gap: float, count: int) -> None:
    found = chunks([(0, 0, "甲"), (10 + gap, 0, "乙"), (0, 20, "丙")])
    assert len(extents.find_wide_pairs(found)) == count


@pytest.mark.parametrize(
    ("tops", "gaps", "first"),
    [
        ((0, 12, 30), (2, 2, 1), 0),
        ((0, 12, 30), (2, 1, 1), 2),
        ((0, 9.25, 30), (1, 2, 1), 1),
        ((0, 9, 30), (1, 2, 1), 2),
        ((0, 8, 30), (0, 2, 1), 2),
    ],
)
def test_lines_right_above_the_first_rule_are_its_header(tops: tuple, gaps: tuple, first: int) -> None:
    top = np.array(tops, dtype=float)
    found, _ = extents._extend_up(np.array([2]), top, top + 10, np.array(gaps), 29.0)
    assert found[0] == first


def test_a_run_of_lines_with_wide_gaps_may_skip_one() -> None:
    def runs(*gaps: int, step: float = 12) -> list[list[int]]:
        texts: Texts = []
        for row, wide in enumerate(gaps):
            texts += [(0, row * step, "甲乙"), *([(60, row * step, "12")] if wide else [(20, row * step, "丙丁")])]
        found = chunks(texts)
        return [own.tolist() for own, _ in extents.find_aligned_extents(found, np.zeros(found.line_count, dtype=bool))]

    assert runs(1, 1, 1) == [[0, 1, 2]]
    assert runs(1, 1) == []
    assert runs(1, 0, 1) == [[0, 1, 2]]
    assert runs(1, 1, 1, 0, 0, 1, 1, 1) == [[0, 1, 2], [5, 6, 7]]
    assert runs(1, 1, 1, step=26) == [[0, 1, 2]]
    assert runs(1, 1, 1, step=26.25) == []


# Columns of aligned words


def test_rules_of_four_fifths_of_the_width_go_through_a_table() -> None:
    def split(*rules: tuple[float, float, float]) -> tuple[list[float], list[list[float]]]:
        found = stream.find_rules(lines(*rules), (0, 0, 100, 100))
        return found.full.tolist(), found.partial.tolist()

    assert split((50, 0, 80)) == ([50], [])
    assert split((50, 0, 79)) == ([], [[50, 0, 79]])
    assert split((50, -50, 79)) == ([], [[50, 0, 79]])
    assert split((50, 0, 40), (50, 60, 100)) == ([50], [])
    assert split((0, 0, 100), (100, 0, 100)) == ([], [])
    assert split((50, 0, 3)) == ([], [])
    assert split((50, 97, 103.25)) == ([], [])
    assert split((50, 0, 3.25)) == ([], [[50, 0, 3.25]])


@pytest.mark.parametrize(
    ("gaps", "is_space"),
    [
        ((7, 7, 7), True),
        ((7, 7), False),
        ((6.5, 7.5, 7), True),
        ((7, 7, 8.5), False),
        ((6, 7.5, 7), False),
        ((6, 6, 7), True),
    ],
)
def test_a_gap_as_wide_as_one_space_in_three_lines_is_a_space(gaps: tuple[float, ...], is_space: bool) -> None:
    texts: Texts = []
    for row, gap in enumerate(gaps):
        texts += [(20 - gap, row * 12.0, "甲"), (30, row * 12.0, "乙")]
    assert stream._is_word_space(chunks(texts), 30.0) is is_space


def test_columns_are_parted_where_a_quarter_of_the_lines_at_most_runs_across() -> None:
    def columns(across: int, count: int) -> list[float]:
        texts: Texts = []
        for row in range(count):
            texts += [(0, row * 12.0, "甲乙丙丁戊" if row < across else "甲乙"), (60, row * 12.0, "12")]
            texts += [(30, row * 12.0, "丙丁戊")] if row < across else []
        return stream.find_columns(chunks(texts), np.empty(0)).tolist()

    assert columns(0, 4) == [40.0]
    assert columns(1, 4) == [40.0]
    assert columns(2, 4) == []


def test_a_known_rule_parts_columns_and_takes_the_place_of_the_gap_found_there() -> None:
    texts: Texts = [(x, row * 12.0, word) for row in range(4) for x, word in ((0, "甲乙"), (60, "12"))]
    assert stream.find_columns(chunks(texts), np.array([45.0])).tolist() == [45.0]
    assert stream.find_columns(chunks(texts), np.array([5.0])).tolist() == [5.0, 40.0]
    assert stream.find_columns(chunks(texts), np.array([0.0, 80.0])).tolist() == [40.0]


# Rows and columns without rules


@pytest.mark.parametrize(
    ("left", "right", "is_spread"),
    [
        ([(0, 0)], [(60, 1.75)], True),
        ([(0, 0)], [(60, 2)], False),
        ([(0, 0), (10, 0)], [(60, 0), (70, 0)], True),
        ([(0, 0), (10, 0), (20, 0)], [(60, 0), (70, 0), (80, 0)], False),
        ([(0, 0)], [(60, 0), (70, 0)], False),
    ],
)
def test_a_letter_or_two_of_one_line_are_a_label_set_wide(left: list, right: list, is_spread: bool) -> None:
    def letters(places: list[tuple[float, float]]) -> np.ndarray:
        return boxes(*((x, y, x + 10, y + 10) for x, y in places))

    assert missing_rules._is_spread(letters(left), letters(right)) is is_spread


@pytest.mark.parametrize(
    ("texts", "cuts"),
    [
        ([(0, 0, "甲乙丙"), (53, 0, "丁戊己")], [0]),
        ([(16, 0, "甲乙丙"), (50, 0, "丁戊己")], [0]),
        ([(17.25, 0, "甲乙丙"), (50, 0, "丁戊己")], []),
        ([(0, 0, "甲乙丙"), (53, 0, "丁戊己"), (38, 20, "庚")], [0]),
        ([(0, 0, "甲乙丙")], []),
        ([(0, 0, "甲乙丙"), (38, 12, "丁戊己")], []),
        ([(0, 0, "甲乙丙"), (53, 20, "丁戊己")], [0]),
        ([(16, 0, "甲乙丙"), (47.25, 5.75, "丁戊己")], []),
    ],
)
def test_a_cell_is_cut_at_a_column_line_that_its_text_keeps_free(texts: Texts, cuts: list[int]) -> None:
    page = make_page(texts, [], [])
    assert missing_rules._find_column_cuts(page.boxes, np.array([48.0])) == cuts


@pytest.mark.parametrize(
    ("numbers", "row", "goes_on"),
    [
        ({0: [1, 2]}, 0, True),
        ({0: [1, 3]}, 0, False),
        ({0: [2, 1]}, 0, False),
        ({0: [4], 1: [5, 6]}, 1, True),
        ({0: [3], 1: [5, 6]}, 1, False),
        ({0: [11], 1: [1, 2], 2: [13]}, 1, False),
        ({0: [4], 1: [5, 6], 2: [7]}, 1, True),
        ({0: [4], 1: [5, 6], 2: [9]}, 1, False),
        ({1: [5, 6], 2: [9]}, 1, True),
        ({0: [2, 4], 1: [5, 6], 2: [7, 9]}, 1, True),
    ],
)
def test_the_numbers_of_a_row_count_on_from_those_above(numbers: dict, row: int, goes_on: bool) -> None:
    told = {at: [(number, 0.0, 0.0) for number in found] for at, found in numbers.items()}
    assert missing_rules._goes_on(told, row) is goes_on


@pytest.mark.parametrize(
    ("texts", "found"),
    [
        ([(0, 0, "1"), (0, 20, "2")], [1, 2]),
        ([(0, 0, "1"), (10, 3.25, "2")], [12]),
        ([(0, 0, "1"), (10, 3.5, "2")], [1, 2]),
        ([(0, 0, "（1）"), (0, 20, "12、")], [1, 12]),
        ([(0, 0, "12345")], []),
        ([(0, 0, "1234")], [1234]),
        ([(0, 0, "1"), (0, 20, "甲")], []),
        ([(10, 0, "2"), (0, 0, "1")], [12]),
    ],
)
def test_a_cell_of_numbers_is_read_line_by_line(texts: Texts, found: list[int]) -> None:
    page = make_page(texts, [], [])
    told = missing_rules._read_lines(page, np.arange(len(page.codes)))
    assert [number for number, _, _ in told] == found


@pytest.mark.parametrize(("tops", "bands"), [((0, 6.75), 1), ((0, 7), 2), ((0, 2, 20), 2), ((0,), 1)])
def test_bands_of_text_are_parted_where_the_middles_of_letters_do_not_touch(tops: tuple, bands: int) -> None:
    assert len(missing_rules.find_bands(boxes(*((0, top, 10, top + 10) for top in tops)))) == bands


@pytest.mark.parametrize(
    ("rows", "cuts", "is_sure"),
    [
        ({0: (0, 30), 1: (0, 12, 30, 42)}, [26], True),
        ({0: (0,), 1: (0, 12, 30, 42)}, [], True),
        ({0: (0,), 1: (0, 12, 30, 42), 2: (0, 30), 3: (0, 30)}, [26], True),
        ({0: (0,), 1: (0,), 2: (0, 12, 30), 3: (0, 30), 4: (0, 30), 5: (0, 30), 6: (0, 30)}, [26], True),
        ({0: (0, 30)}, [], True),
        ({0: (0, 2), 1: (0, 2)}, [], True),
        ({0: (0, 30, 60), 1: (0, 30, 60)}, [], True),
    ],
)
def test_room_through_all_columns_parts_rows(rows: dict[int, tuple], cuts: list[float], is_sure: bool) -> None:
    letters = [(40.0 * col, top, 40.0 * col + 10, top + 10.0) for col, tops in rows.items() for top in tops]
    columns = np.array([col for col, tops in rows.items() for _ in tops])
    assert missing_rules._cut_by_room(boxes(*letters), columns) == (cuts, is_sure)


def test_rows_put_in_leave_cells_over_several_rows_whole() -> None:
    grid = plain_grid(
        [0, 50, 100],
        [0, 20, 40, 60],
        spans=np.array([[0, 0, 3, 1], [0, 1, 1, 1], [1, 1, 1, 1], [2, 1, 1, 1]]),
        unsure=(0, 2),
    )
    found = missing_rules._insert_rows(grid, 1, [27.0, 33.0])
    assert found.ys.tolist() == [0, 20, 27, 33, 40, 60]
    assert found.spans.tolist() == [[0, 0, 5, 1], [0, 1, 1, 1], [1, 1, 1, 1], [2, 1, 1, 1], [3, 1, 1, 1], [4, 1, 1, 1]]
    assert found.unsure == (0, 4)


def test_each_row_ends_as_far_below_its_number_as_it_begins_above() -> None:
    assert missing_rules._predict_middle([(1, 5.0, 15.0), (2, 30.0, 40.0)], (0.0, 50.0)) == [20.0, 50.0]


def test_pieces_of_a_row_are_even_where_each_column_fills_all_of_them_or_one_cell_alone_none() -> None:
    letters = boxes((0, 0, 10, 10), (0, 20, 10, 30), (40, 0, 50, 10), (40, 20, 50, 30))
    columns = np.array([0, 0, 1, 1])
    assert missing_rules._is_even(letters, columns, [15.0])
    assert not missing_rules._is_even(letters[:3], columns[:3], [15.0])


# The choice of tables


@pytest.mark.parametrize(
    ("texts", "has_signs"),
    [
        ([(0, 0, "甲乙丙丁"), (48.25, 0, "戊己"), (76.5, 0, "庚")], False),
        ([(0, 0, "甲乙丙丁"), (48.25, 0, "戊己"), (76.5, 0, "庚辛")], True),
        ([(0, 0, "甲乙丙丁"), (48, 0, "戊己"), (76.5, 0, "庚辛")], False),
        ([(0, 0, "甲乙丙丁"), (60, 3.75, "戊己"), (90, 7.5, "庚辛")], True),
        ([(0, 0, "甲乙丙丁"), (60, 4, "戊己"), (90, 8, "庚辛")], False),
        ([(0, 40, "甲乙丙丁"), (60, 20, "戊己"), (90, 0, "庚辛")], True),
        ([(0, 0, "甲乙丙丁戊"), (60, 0, "己庚辛")], False),
    ],
)
def test_wide_gaps_twice_on_a_line_are_signs_of_aligned_text(texts: Texts, has_signs: bool) -> None:
    assert tables.has_signs(make_page(texts, [], []), ()) is has_signs


def test_gaps_between_the_cells_of_a_lattice_are_explained() -> None:
    page = make_page([(0, 0, "甲乙丙丁"), (60, 0, "戊己"), (90, 0, "庚辛")], [], [])
    assert not tables.has_signs(page, (plain_grid([0, 50, 85, 120], [0, 20]),))
    assert not tables.has_signs(page, (plain_grid([0, 50, 120], [0, 20]),)), "one is left"
    assert tables.has_signs(page, (plain_grid([0, 120], [0, 20]),))


@pytest.mark.parametrize(
    ("xs", "ys", "texts", "is_consistent", "is_drawing"),
    [
        ([0, 50], [0, 20, 40, 60, 80], [(5, 5, "甲")], True, True),
        ([0, 50], [0, 20, 40, 60, 80], [(5, 5, "甲"), (5, 25, "乙")], True, False),
        ([0, 50], [0, 20, 40, 60], [(5, 5, "甲")], True, False),
        ([0, 25, 50], [0, 20, 40, 60, 80], [(5, 5, "甲")], True, False),
        ([0, 20, 40, 60], [0, 20, 40, 60, 80], [(5, 5, "甲")], False, True),
        ([0, 20, 40, 60], [0, 20, 40, 60], [(5, 5, "甲")], False, False),
        ([0, 20, 40, 60], [0, 20, 40, 60, 80], [(5, 5, "甲")], True, False),
    ],
)
def test_a_lattice_with_few_texts_is_a_drawing(
    xs: list[float], ys: list[float], texts: Texts, is_consistent: bool, is_drawing: bool
) -> None:
    grid = plain_grid(xs, ys, is_consistent=is_consistent)
    assert tables._is_drawing(make_page(texts, [], []), grid) is is_drawing


_ONE_IN_THREE = [(5, 20 * row + 5, "甲") for row in (0, 3, 6)]


@pytest.mark.parametrize(
    ("cols", "rows", "texts", "is_chart"),
    [
        pytest.param(5, 7, _ONE_IN_THREE, True, id="labels between lines"),
        pytest.param(5, 6, [*_ONE_IN_THREE[:2], (5, 105, "甲")], True, id="the fewest cells"),
        pytest.param(4, 7, _ONE_IN_THREE, False, id="too few cells"),
        pytest.param(5, 7, _ONE_IN_THREE[:2], False, id="two rows with text"),
        pytest.param(5, 7, [*_ONE_IN_THREE, (5, 85, "甲")], False, id="rows with text that adjoin"),
        pytest.param(5, 7, [*_ONE_IN_THREE, *[(50 * c + 5, 5, "乙") for c in range(5)]], False, id="a full header"),
        pytest.param(
            5, 7, [(50 * c + 5, y, "乙") for c in range(3) for y in (5, 65, 125)], False, id="many cells filled"
        ),
    ],
)
def test_lines_of_a_chart_hold_few_words_far_apart(cols: int, rows: int, texts: Texts, is_chart: bool) -> None:
    grid = plain_grid([50.0 * n for n in range(cols + 1)], [20.0 * n for n in range(rows + 1)])
    assert tables._is_chart(make_page(texts, [], []), grid) is is_chart


@pytest.mark.parametrize(
    ("texts", "is_open", "is_chart"),
    [
        pytest.param([(5, 15, "甲")], (False, False, False, True), True, id="a box and its arrow"),
        pytest.param([(5, 15, "甲")], (False, False, True, False), True, id="an arrow that comes in"),
        pytest.param([(5, 15, "甲")], (False, False, False, False), False, id="a ruled side"),
        pytest.param([(5, 15, "甲"), (55, 5, "乙")], (False, False, False, True), False, id="words beside it"),
        pytest.param([(205, 5, "甲")], (False, False, False, True), False, id="no words within"),
    ],
)
def test_a_box_with_an_arrow_is_no_table(texts: Texts, is_open: tuple[bool, ...], is_chart: bool) -> None:
    cells = np.array([[0, 1], [0, 2]], dtype=np.int32)
    spans = np.array([[0, 0, 2, 1], [0, 1, 1, 1], [1, 1, 1, 1]], dtype=np.int32)
    grid = replace(plain_grid([0, 50, 100], [0, 20, 40]), cell_at=cells, spans=spans, is_open=is_open)
    assert tables._is_chart(make_page(texts, [], []), grid) is is_chart


def test_a_row_of_one_height_is_no_arrow() -> None:
    grid = replace(plain_grid([0, 50, 100], [0, 20]), is_open=(False, False, True, True))
    assert not tables._is_chart(make_page([(5, 5, "甲")], [], []), grid)


def test_a_lattice_with_text_in_one_cell_alone_is_a_frame() -> None:
    grid = plain_grid([0, 50, 100], [0, 20])
    assert not tables._has_text(make_page([(5, 5, "甲乙")], [], []), grid)
    assert tables._has_text(make_page([(5, 5, "甲"), (55, 5, "乙")], [], []), grid)


@pytest.mark.parametrize(
    ("inner", "is_within"),
    [
        ((1, 1, 9, 9), True),
        ((0, 1, 9, 9), False),
        ((1, 0, 9, 9), False),
        ((1, 1, 10, 9), False),
        ((1, 1, 9, 10), False),
    ],
)
def test_a_box_lies_within_another_on_all_four_sides(inner: tuple, is_within: bool) -> None:
    assert tables._is_within(inner, (0, 0, 10, 10)) is is_within


@pytest.mark.parametrize(
    ("lines_of_text", "columns", "is_coarse"),
    [((5, 12, 20), 3, True), ((5, 12), 3, False), ((5, 12, 45), 3, False), ((25, 30, 38), 3, True)],
)
def test_three_lines_over_the_columns_of_one_row_make_a_lattice_coarse(
    lines_of_text: tuple, columns: int, is_coarse: bool
) -> None:
    grid = plain_grid([0.0, 20.0, 40.0, 60.0][: columns + 1], [0, 22, 44, 66])
    y = np.array([value for value in lines_of_text for _ in range(columns - 1)], dtype=float)
    assert tables._is_coarse(grid, y) is is_coarse


@pytest.mark.parametrize(
    ("second", "overlaps"),
    [((10, 0, 20, 10), False), ((9, 0, 20, 10), True), ((0, 10, 10, 20), False), ((0, 9, 10, 20), True)],
)
def test_tables_overlap_where_they_share_an_area(second: tuple, overlaps: bool) -> None:
    first, other = plain_grid([0, 10], [0, 10]), plain_grid([second[0], second[2]], [second[1], second[3]])
    assert aligned._overlaps(first, other) is overlaps
    assert aligned._overlaps(other, first) is overlaps


@pytest.mark.parametrize(
    ("word", "count", "is_vertical"), [("字", 12, True), ("字", 11, False), ("字字", 12, False), ("1", 12, False)]
)
def test_chunks_of_single_letters_are_text_set_from_top_to_bottom(word: str, count: int, is_vertical: bool) -> None:
    texts: Texts = [(40.0 * (place % 4), 20.0 * (place // 4), word) for place in range(count)]
    assert aligned._is_vertical(chunks(texts)) is is_vertical


def test_a_first_column_of_numbers_alone_is_a_list() -> None:
    def is_list(width: float) -> bool:
        found = chunks([(0, 0, "1"), (40, 0, "甲")])
        found.boxes[0, 2] = width
        return aligned._is_list(found, np.array([0, 1]))

    assert is_list(14.75)
    assert not is_list(15)


@pytest.mark.parametrize(
    ("sides", "is_known"), [((2, 102), True), ((2.25, 100), False), ((0, 97.75), False), ((-2, 98), True)]
)
def test_a_table_of_level_rules_goes_on_between_the_same_sides(sides: tuple[float, float], is_known: bool) -> None:
    earlier = plain_grid([0, 40, 100], [0, 20], is_open=(False, False, True, True))
    found = aligned._find_known(sides, [earlier])
    assert (found is earlier) is is_known
    assert aligned._find_known((0, 100), [plain_grid([0, 40, 100], [0, 20], is_open=(True, True, True, False))]) is None
    later = plain_grid([0, 60, 100], [0, 20], is_open=(False, False, True, True))
    known = aligned._find_known((0, 100), [earlier, later])
    assert known is later, "the last one"


# Lines of text, signs that draw


def decorate(stroke: tuple[float, float, float]) -> tuple[bool, int]:
    """A stroke (y, x0, x1) beside the five letters from 20 to 70 in a cell from 0 to 100: is it text's, how many it strikes."""
    page = make_page([(20, 10, "推进老旧小")], [stroke], [(0, 0, 60), (100, 0, 60)])
    upright = lines((0, 0, 60), (100, 0, 60))
    found = decoration.find_decoration(page, upright)
    return bool(found.is_text_line[0]), int(found.is_struck.sum())


@pytest.mark.parametrize(
    ("stroke", "found"),
    [
        ((15, 20, 70), (True, 5)),
        ((17, 20, 70), (True, 5)),
        ((17.5, 20, 70), (True, 0)),
        ((22.75, 20, 70), (True, 0)),
        ((23.25, 20, 70), (False, 0)),
        ((12.5, 20, 70), (False, 0)),
        ((15, 30, 50), (True, 2)),
        ((22, 17, 73), (True, 0)),
        ((22, 16, 70), (False, 0)),
        ((22, 20, 74), (False, 0)),
        ((22, 0, 70), (False, 0)),
        ((22, 1, 99), (False, 0)),
    ],
)
def test_a_line_through_letters_strikes_and_one_below_them_underlines(stroke: tuple, found: tuple[bool, int]) -> None:
    assert decorate(stroke) == found


@pytest.mark.parametrize(
    ("level", "upright", "is_free"),
    [
        ([(10, 0, 100)], [(0, 0, 9), (100, 0, 9)], False),
        ([(10, 1, 99)], [(0, 0, 9), (100, 0, 9)], False),
        ([(10, 2, 100)], [(0, 0, 9), (100, 0, 9)], True),
        ([(10, 0, 102)], [(0, 0, 9), (100, 0, 9)], True),
        ([(10, 0, 98)], [(0, 0, 9), (100, 0, 9)], True),
        ([], [(0, 0, 9)], False),
        ([(10, 0, 98)], [], False),
    ],
)
def test_a_free_end_is_a_point_away_from_every_column_rule(level: list, upright: list, is_free: bool) -> None:
    page = make_page([], level, upright)
    assert decoration.has_free_ends(page.horizontals, page.verticals) is is_free


def drawn(*rows: str, step: float = 12, shift: float = 0) -> int:
    """How many strokes signs make: rows of a table drawn with signs, the second row shifted."""
    page = make_page([(shift if at == 1 else 0, step * at, row) for at, row in enumerate(rows)], [], [])
    found = drawn_rules.signs_to_strokes(page)
    return len(found.horizontals) + len(found.verticals)


def test_signs_are_rules_from_four_crossings_and_two_bars_on() -> None:
    assert drawn("┌─┬─┐", "│甲│乙│", "└─┴─┘") > 0
    assert drawn("┌─┐", "│甲│", "└─┘") > 0
    assert drawn("┌─┐", "│甲│", "└─") == 0
    assert drawn("┌──┐", "│甲乙丙", "└──┘") == 0
    assert drawn("┌─┐", "│甲│", "└─┘", shift=2.75) > 0
    assert drawn("┌─┐", "│甲│", "└─┘", shift=3.25) == 0


def test_plain_signs_need_three_in_a_row() -> None:
    assert drawn("+---+", "|甲乙丙|", "+---+") > 0
    assert drawn("+--+", "|甲乙|", "+--+") == 0
    assert drawn("+---+", "|甲乙丙|", "+---+", step=25) > 0
    assert drawn("+---+", "|甲乙丙|", "+---+", step=25.25) == 0
    assert drawn("+===+", "|甲乙丙|", "+===+") > 0


# Text in two columns


def columns_of_text(*, width: int = 8, gutter: float = 12, rows: int = 10) -> list[int]:
    """Two columns of running text; the order numbers that are given out."""
    texts: Texts = []
    for row in range(rows):
        texts += [(0, 14.0 * row, "推" * width), (10.0 * width + gutter, 14.0 * row, "进" * width)]
    page = make_page(texts, [], [])
    return np.unique(text_columns.order_columns(page.boxes, np.full(len(page.codes), -1)).cell).tolist()


def test_two_columns_of_running_text_are_read_one_behind_the_other() -> None:
    assert columns_of_text() == [-2, -1]
    assert columns_of_text(gutter=6) == [-2, -1]
    assert columns_of_text(gutter=4) == [-1]
    assert columns_of_text(width=7, rows=20) == [-1]
    assert columns_of_text(width=11, rows=8) == [-2, -1]
    assert columns_of_text(width=12, rows=7) == [-2, -1], "few rows, all full"


@pytest.mark.parametrize(
    ("right_width", "short", "is_running"),
    [
        (20, (22, 18), True),
        (20, (23, 0), False),
        (20, (22, 19), False),
        (30, (16, 9), True),
        (30, (17, 0), False),
        (30, (16, 10), False),
    ],
)
def test_both_sides_of_a_gutter_hold_full_lines(right_width: int, short: tuple[int, int], is_running: bool) -> None:
    """Of 25 rows so many are not full, left and right; the left column is 20 letters wide."""
    sides = []
    for width, left_out in zip((20, right_width), short, strict=True):
        ends = [10.0 * width - (16 if row < left_out else 15.75) for row in range(24)] + [10.0 * width]
        found = [(0, 14.0 * row, 10, 14.0 * row + 10) for row in range(25)]
        found += [(end - 10, 14.0 * row, end, 14.0 * row + 10) for row, end in enumerate(ends)]
        sides += [boxes(*found), np.tile(np.arange(25), 2)]
    assert (text_columns._running_excess(*sides) >= 0) is is_running


def test_a_page_of_few_letters_has_no_columns() -> None:
    assert columns_of_text(width=8, rows=10) == [-2, -1], "160 letters"
    page = make_page([(0, 14.0 * row, "推" * 8) for row in range(10)], [], [])
    assert text_columns.order_columns(page.boxes, np.full(80, -1)).cell.tolist() == [-1] * 80


def test_rows_are_told_by_their_middles() -> None:
    found = boxes((0, 0, 10, 10), (20, 3.75, 30, 13.75), (0, 7.75, 10, 17.75))
    assert text_columns._number_rows(found, 10.0).tolist() == [0, 0, 1]


def test_a_title_and_a_rule_part_a_page_into_zones() -> None:
    across = np.array([1, 0, 0, 1, 0, 0, 1], dtype=bool)
    assert text_columns._number_zones(across, np.zeros(7, dtype=int)).tolist() == [0, 1, 1, 2, 3, 3, 4]
    cut = np.array([0, 0, 1, 1, 1, 1, 1])
    assert text_columns._number_zones(across, cut).tolist() == [0, 1, 2, 3, 4, 4, 5]
