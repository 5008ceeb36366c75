"""Rows, paragraphs and headers at the bounds of each rule: just inside, at it, just beyond. Letters are 10 points high and wide."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from planextract.layout import aligned, banded, extents, missing_rules, paragraphs, stream, tall_cells
from planextract.layout.chunks import make_chunks
from planextract.layout.gaps import close_gaps
from planextract.layout.lattice import assign_to_cells, rules_to_grids, strokes_to_rules
from planextract.layout.paragraphs import CellLines, Edges
from planextract.layout.steps import STEPS, find_shapes
from planextract.layout.stream import Rules, build_grid
from planextract.model.page import middles
from tests.unit.layout.test_label_columns import make_page
from tests.unit.layout.test_rules_at_bounds import boxes, lines, plain_grid
from tests.unit.layout.test_text_at_bounds import Texts, chunks

# Cells over several rows


def part(
    texts: Texts, *, rows: int = 3, columns: int = 1, width: float = 50
) -> tuple[list[list[int]], tuple[int, ...]]:
    """Cut the tall cells left of rows of 20 points; return where rows of cells begin, column by column, and unsure rows."""
    spans = [(0, col, rows, 1) for col in range(columns)] + [(row, columns, 1, 1) for row in range(rows)]
    cell_at = np.zeros((rows, columns + 1), dtype=np.int32)
    for number, (row, col, row_span, _) in enumerate(sorted(spans)):
        cell_at[row : row + row_span, col] = number
    xs = [width * col for col in range(columns + 1)] + [width * columns + 100]
    grid = plain_grid(xs, [20.0 * row for row in range(rows + 1)], cell_at=cell_at, spans=np.array(sorted(spans)))
    page = make_page(texts, [], [])
    found = tall_cells.part_tall_cells(page, grid, assign_to_cells(grid, *middles(page.boxes)))
    return [[row for row, at, _, _ in found.spans.tolist() if at == col] for col in range(columns)], found.unsure


@pytest.mark.parametrize(
    ("texts", "rows"),
    [
        ([(5, 5, "1"), (5, 25, "2"), (5, 45, "3")], [0, 1, 2]),
        ([(5, 5, "1"), (5, 45, "2")], [0, 2]),
        ([(5, 5, "1"), (5, 45, "3")], [0]),
        ([(5, 25, "1"), (5, 45, "2")], [0]),
        ([(5, 5, "1"), (5, 25, "2"), (5, 35, "甲")], [0]),
        ([(5, 5, "序号"), (5, 25, "1"), (5, 45, "2")], [0, 1, 2]),
        ([(5, 5, "序号"), (5, 25, "1")], [0]),
        ([(5, 5, "1"), (5, 28, "2"), (5, 45, "3")], [0, 1, 2]),
        ([(5, 5, "1"), (5, 35.25, "2"), (5, 52, "3")], [0]),
        ([(5, 5, "道路"), (5, 25, "绿化"), (5, 45, "照明")], [0, 1, 2]),
        ([(5, 5, "道路"), (5, 25, "绿化")], [0]),
        ([(5, 5, "道路"), (5, 25, "绿化"), (5, 35, "照明")], [0]),
        ([(2, 5, "道路桥"), (2, 25, "绿化"), (2, 45, "照明")], [0, 1, 2]),
        ([(2, 5, "道路桥梁"), (2, 25, "绿化"), (2, 45, "照明")], [0]),
    ],
)
def test_a_tall_cell_is_cut_at_numbers_that_count_on_and_at_short_labels(texts: Texts, rows: list[int]) -> None:
    assert part(texts) == ([rows], ())


def test_the_cells_beside_a_counting_column_are_cut_with_it() -> None:
    numbers = [(5, 5, "1"), (5, 25, "2"), (5, 45, "3")]
    assert part([*numbers, (55, 5, "推进老旧"), (55, 25, "区综合整"), (55, 45, "治")], columns=2) == (
        [[0, 1, 2]] * 2,
        (),
    )
    assert part([*numbers, (55, 5, "推进老旧"), (55, 14, "区综合整")], columns=2) == ([[0, 1, 2], [0]], (0, 1, 2))
    assert part([*numbers, (55, 5, "推进"), (55, 15, "老旧"), (55, 45, "治")], columns=2) == (
        [[0, 1, 2], [0]],
        (0, 1, 2),
    )
    assert part(numbers, columns=2) == ([[0, 1, 2], [0]], ()), "an empty one stays"
    four = [*numbers, *((55 + 50 * col, 5 + 20 * row, "推进老旧") for col in range(3) for row in range(3))]
    assert part(four, columns=4)[0] == [[0, 1, 2]] * 3 + [[0]], "labels stand in three columns at most"


@pytest.mark.parametrize(
    ("rows", "whole", "cell", "shared"),
    [
        ([0, 1, 2], (0, 0, 3, 1), (0, 1, 3, 1), [0, 1, 2]),
        ([0, 1, 2], (0, 0, 3, 1), (1, 1, 2, 1), [1, 2]),
        ([0, 2], (0, 0, 4, 1), (1, 1, 3, 1), None),
        ([0, 2], (0, 0, 4, 1), (0, 1, 3, 1), None),
        ([0, 2], (0, 0, 4, 1), (2, 1, 2, 1), None),
        ([0, 2, 4], (0, 0, 6, 1), (0, 1, 4, 1), [0, 2]),
    ],
)
def test_a_cell_shares_the_cuts_that_it_begins_and_ends_at(
    rows: list, whole: tuple, cell: tuple, shared: list | None
) -> None:
    assert tall_cells._share(rows, whole, cell) == shared


@pytest.mark.parametrize(
    ("top", "bottom", "clears"), [(18.4, 28.4, True), (18.25, 28.25, False), (31.5, 41.5, True), (31.75, 41.75, False)]
)
def test_a_line_stands_between_the_lines_of_its_row_but_for_a_sixth(top: float, bottom: float, clears: bool) -> None:
    assert tall_cells._clears(plain_grid([0, 50], [0, 20, 40]), 1, top, bottom) is clears


# Rows told by their numbers


def cut_by_numbers(texts: list[tuple[int, float]], numbers: list[float], bottom: float) -> tuple[list[float], bool]:
    """Lines of text by column and top, numbers by top, in a row from 0 to ``bottom``."""
    letters = [(40.0 * col, top, 40.0 * col + 10, top + 10.0) for col, top in texts]
    letters += [(0.0, top, 10.0, top + 10.0) for top in numbers]
    columns = np.array([col for col, _ in texts] + [0] * len(numbers))
    told = [(place, top, top + 10.0) for place, top in enumerate(numbers, 1)]
    return missing_rules._cut_by_numbers(boxes(*letters), columns, told, (0.0, bottom))


def test_the_only_room_between_two_numbers_parts_them() -> None:
    assert cut_by_numbers([(1, 0), (1, 20)], [0, 20], 30) == ([15.0], True)


def test_wide_room_parts_rows_before_anything_else() -> None:
    text = [(1, 0), (1, 12), (1, 28), (1, 40)]
    assert cut_by_numbers(text, [0, 28], 50) == ([25.0], True)


def test_where_all_room_is_alike_numbers_at_the_top_begin_a_row() -> None:
    text = [(1, 12.0 * place) for place in range(4)]
    assert cut_by_numbers(text, [0, 24], 48) == ([23.0], True)


def test_where_all_room_is_alike_numbers_in_the_middle_stand_in_the_middle_of_theirs() -> None:
    text = [(1, 12.0 * place) for place in range(6)]
    assert cut_by_numbers(text, [12, 48], 70) == ([35.0], True)


def test_numbers_with_no_room_between_them_cut_nothing() -> None:
    assert cut_by_numbers([(1, 0), (1, 6), (1, 12), (1, 18)], [0, 18], 30) == ([], False)


def test_numbers_neither_at_the_top_nor_in_the_middle_are_not_sure() -> None:
    text = [(1, 12.0 * place) for place in range(6)]
    cuts, is_sure = cut_by_numbers(text, [12, 24], 70)
    assert (len(cuts), is_sure) == (1, True), "one room alone"
    cuts, is_sure = cut_by_numbers(text, [12, 60], 200)
    assert (len(cuts), is_sure) == (1, False)


@pytest.mark.parametrize(("top", "begins"), [(20.4, True), (25.5, False), (16.4, True), (14, False)])
def test_a_row_begins_anew_where_each_column_has_a_line_there(top: float, begins: bool) -> None:
    letters = boxes((0, 18.4, 10, 28.4), (40, top - 1.6, 50, top + 8.4))
    assert missing_rules._begins_anew(letters, np.array([0, 1]), 20.0, 10.0) is begins


# Level rules


def test_the_second_of_two_rules_with_nothing_between_them_is_left_out() -> None:
    def kept(*ys: float) -> list[float]:
        return banded._drop_doubles(np.array(ys, dtype=np.float32), np.array([5.0, 25.0])).tolist()

    assert kept(0, 10, 12, 30) == [0, 10, 30]
    assert kept(0, 10, 20, 30) == [0, 10, 20, 30]


def gaps_of(*rows: str) -> list[tuple[int, int]]:
    """The column gaps of bands drawn with ``#`` for text, half a point each; letters are 10 points."""
    return banded._find_gaps(np.array([[c == "#" for c in row] for row in rows]), 10.0)


def test_bands_are_parted_where_few_cross_and_most_have_text_on_both_sides() -> None:
    assert gaps_of("##......##", "##......##") == [(2, 8)]
    assert gaps_of("##.....##", "##.....##") == []
    assert gaps_of("##......##", "##......##", "##########") == []
    assert gaps_of(*["##......##"] * 4, "##########") == [(2, 8)]
    assert gaps_of(*["##......##"] * 3, "##........", "..........") == [(2, 8)]
    assert gaps_of(*["##......##"] * 2, "##........", "..........") == []


def test_a_narrow_gap_counts_where_bands_are_many_or_the_header_has_room() -> None:
    narrow = "##...##"
    assert gaps_of(narrow, narrow, narrow) == [(2, 5)]
    assert gaps_of(narrow, narrow) == []
    assert gaps_of("##..##", "##..##", "##..##") == []
    wide = "##" + "." * 20 + "##"
    narrow_row = "##...###################"
    assert gaps_of(wide, narrow_row) == [(2, 5)]
    assert gaps_of(wide[:-3] + "###", narrow_row) == []


# Short rules


def test_three_rules_that_end_short_alike_reach_the_column_rule() -> None:
    def ends(short: float, count: int = 3) -> list[float]:
        rows = lines(*((20.0 * row, 0, 100 - short) for row in range(count)))
        return close_gaps(rows, lines((0, 0, 60), (100, 0, 60))).end.tolist()

    assert ends(8) == [100] * 3
    assert ends(8.25) == [91.75] * 3
    assert ends(4.25) == [100] * 3
    assert ends(4) == [96] * 3
    assert ends(6, 2) == [94] * 2
    rows = lines(*((20.0 * row, 6, 100) for row in range(3)))
    assert close_gaps(rows, lines((0, -4, 36), (100, 0, 60))).start.tolist() == [0, 0, 0]
    assert close_gaps(rows, lines((0, -4, 35.75), (100, 0, 60))).start.tolist() == [6, 6, 6]
    assert close_gaps(rows, lines((0, 4, 60), (100, 0, 60))).start.tolist() == [0, 0, 0]
    assert close_gaps(rows, lines((0, 4.25, 60), (100, 0, 60))).start.tolist() == [6, 6, 6]
    assert close_gaps(rows, lines((0, 0, 60), (8, 0, 60), (100, 0, 60))).start.tolist() == [6, 6, 6], (
        "they end at another"
    )


# Aligned words


def layout_of(texts: Texts, separators: list[float]) -> stream._Layout:
    return stream._place(chunks(texts), np.array(separators))


def test_a_chunk_stands_in_the_columns_that_it_covers_but_for_a_point() -> None:
    found = layout_of([(0, 0, "甲"), (19.25, 0, "乙"), (49, 0, "丙丁戊己")], [20.0, 60.0])
    assert (found.col_start.tolist(), found.col_end.tolist()) == ([0, 1, 1], [0, 1, 2])
    assert found.filled.tolist() == [[True, True, True]]
    assert layout_of([(19, 0, "乙")], [20.0]).col_start.tolist() == [0]
    assert layout_of([(11, 0, "乙")], [20.0]).col_end.tolist() == [0]
    assert layout_of([(11.25, 0, "乙")], [20.0]).col_end.tolist() == [1]


def header_end(rows: list[tuple[str, str]], full: list[float]) -> int:
    texts = [(40.0 * col, 20.0 * row, word) for row, words in enumerate(rows) for col, word in enumerate(words)]
    rules = Rules(full=np.array(full), partial=np.empty((0, 3)))
    return stream._find_header_end(layout_of(texts, [30.0]), rules)


def test_a_header_ends_at_the_first_rule_or_above_the_first_line_of_numbers() -> None:
    body = [("甲", "12"), ("乙", "13"), ("丙", "14")]
    assert header_end([("名", "数"), *body], []) == 1
    assert header_end([("名", "数"), ("名", "数"), *body], []) == 2
    assert header_end([("名", "数"), ("名", "数"), *body], [18.0]) == 1
    assert header_end([("名", "数"), *body], [38.0]) == 2
    assert header_end([("名", "数"), *body], [58.0]) == 1, "more than half of the lines are no header"
    assert header_end([("名", "数")] * 3, []) == 1
    assert header_end([("名", "数")] * 3, [-5.0]) == 1


def joins(above: Texts, below: Texts) -> bool:
    """Whether a line belongs to the row of the one above; the columns are parted at 30 and 60."""
    found = layout_of([*above, *below, (0, 200, "甲乙丙"), (40, 200, "丙"), (70, 200, "丁")], [30.0, 60.0])
    return bool(stream._joins(found, 1, found.filled.sum(axis=1) >= 2))


@pytest.mark.parametrize(
    ("above", "below", "is_joined"),
    [
        ([(0, 0, "甲"), (40, 0, "丙")], [(0, 14, "甲"), (40, 14, "丙")], False),
        ([(0, 0, "甲"), (40, 0, "丙")], [(40, 14, "丙")], True),
        ([(0, 0, "甲"), (40, 0, "丙")], [(70, 14, "丙")], False),
        ([(0, 0, "甲"), (40, 0, "丙")], [(70, 13.75, "丙")], True),
        ([(0, 0, "甲")], [(40, 6.25, "丙"), (70, 6.25, "丁")], True),
        ([(0, 0, "甲")], [(40, 7, "丙"), (70, 7, "丁")], False),
        ([(0, 0, "甲乙")], [(0, 14, "乙"), (40, 14, "丙")], False),
        ([(0, 0, "甲")], [(0, 14, "乙"), (40, 14, "丙")], False),
        ([(0, 0, "甲乙"), (40, 0, "丙")], [(0, 14, "乙")], True),
        ([(0, 0, "甲"), (40, 0, "丙")], [(0, 14, "乙")], False),
        ([(0, 0, "甲"), (40, 0, "丙")], [(0, 14, "ab")], True),
        ([(40, 0, "丙"), (70, 0, "丁")], [(0, 14, "乙"), (40, 14, "丙")], False),
    ],
)
def test_a_line_belongs_to_the_row_above_where_it_goes_on(above: Texts, below: Texts, is_joined: bool) -> None:
    assert joins(above, below) is is_joined


def test_a_spanning_label_ends_a_header_row_above_the_labels_below_it() -> None:
    def rows(texts: Texts, count: int, rules: Rules | None = None) -> list[int]:
        none = Rules(full=np.empty(0), partial=np.empty((0, 3)))
        return stream._split_header(layout_of(texts, [30.0, 60.0]), count, rules or none)

    spanning = [(20, 0, "甲乙丙"), (0, 14, "丁"), (40, 14, "戊"), (70, 14, "己")]
    assert rows(spanning, 2) == [0, 1]
    assert rows([(20, 0, "甲乙丙"), (20, 14, "丁戊己"), (70, 28, "己")], 2) == [0, 0]
    plain = [(0, 0, "甲"), (40, 0, "乙"), (0, 14, "丁"), (40, 14, "戊"), (0, 28, "己")]
    assert rows(plain, 3) == [0, 0, 0]
    assert rows(plain, 3, Rules(full=np.array([12.0]), partial=np.empty((0, 3)))) == [0, 1, 1]
    assert rows(plain, 3, Rules(full=np.empty(0), partial=np.array([[26.0, 0, 8.25]]))) == [0, 0, 1]
    assert rows(plain, 3, Rules(full=np.empty(0), partial=np.array([[26.0, 0, 8]]))) == [0, 0, 0]
    assert rows(plain, 3, Rules(full=np.array([-5.0, 50.0]), partial=np.array([[-5.0, 0, 50]]))) == [0, 0, 0]


def test_a_label_reaches_over_the_columns_that_it_is_centred_on() -> None:
    texts = [
        (35, 0, "甲乙丙"),
        (0, 14, "丁"),
        (40, 14, "戊"),
        (80, 14, "己"),
        (0, 28, "1"),
        (40, 28, "2"),
        (80, 28, "3"),
    ]
    grid = build_grid(chunks(texts), lines(), np.empty(0), (0.0, 0.0, 90.0, 40.0))
    assert grid is not None
    assert grid.xs.tolist() == pytest.approx([0, 22.5, 72.5, 90], abs=4)


def test_one_column_of_one_row_is_no_table() -> None:
    assert build_grid(chunks([(0, 0, "甲")]), lines(), np.empty(0), (0.0, 0.0, 10.0, 10.0)) is None
    assert (
        build_grid(make_chunks(np.empty(0, dtype=np.int32), boxes()), lines(), np.empty(0), (0.0, 0.0, 1.0, 1.0))
        is None
    )
    two = build_grid(chunks([(0, 0, "甲"), (40, 0, "12")]), lines(), np.empty(0), (0.0, 0.0, 50.0, 10.0))
    assert two is not None
    assert two.cell_at.tolist() == [[0, 1]]


# Paragraphs


def cell_lines(*found: tuple[str, float, float, float]) -> CellLines:
    """Lines by text, x0, top, x1; 10 points high."""
    return CellLines(
        texts=[text for text, *_ in found],
        boxes=[[x0, top, x1, top + 10] for _, x0, top, x1 in found],
        em=[10.0] * len(found),
    )


@pytest.mark.parametrize(
    ("before", "after", "ends"),
    [
        (("完成工程。", 0, 0, 50), ("甲乙丙丁戊己庚", 0, 12, 70), True),
        (("完成工程。", 0, 0, 50), ("甲乙", 0, 12, 20), True),
        (("完成工程", 0, 0, 40), ("甲乙", 0, 12, 20), False),
        (("完成工程：", 0, 0, 50), ("甲乙", 0, 12, 20), True),
        (("完成工程:", 0, 0, 50), ("甲乙", 0, 12, 20), True),
        (("推进老旧小区综合治。", 0, 0, 100), ("甲乙丙", 9, 12, 39), False),
        (("推进老旧小区综合治。", 0, 0, 100), ("甲乙丙", 9.25, 12, 39.25), True),
        (("推进老旧小区综合治。", 0, 0, 100), ("甲乙丙", 0, 14, 30), False),
        (("推进老旧小区综合治。", 0, 0, 100), ("甲乙丙", 0, 14.75, 30), True),
    ],
)
def test_a_paragraph_ends_at_a_full_stop_with_room_an_indent_or_space_below(
    before: tuple, after: tuple, ends: bool
) -> None:
    found = paragraphs._ends_paragraph(cell_lines(before, after), 0, 1, Edges(left=0.0, right=100.0, pitch=12.0))
    assert found is ends


@pytest.mark.parametrize(
    ("before", "after", "glue"),
    [
        ("ab", "cd", " "),
        ("ab", "1", ""),
        ("1", "ab", ""),
        ("甲", "ab", ""),
        ("ab", "甲", ""),
        ("", "ab", ""),
        ("a1", "b", ""),
    ],
)
def test_latin_words_of_one_paragraph_are_parted_by_a_space(before: str, after: str, glue: str) -> None:
    assert paragraphs.glue(before, after) == glue + after


def test_marks_that_hang_out_do_not_count_where_lines_end() -> None:
    texts, ends = ["甲乙", "丙丁。"], np.array([[0, 0, 20, 10], [0, 12, 30, 22]])
    assert paragraphs.find_reach(texts, ends, [0, 1]) == 20
    assert paragraphs.find_reach(texts, ends, [1]) == 30


def test_the_edges_of_a_column_are_those_of_its_lines_and_its_pitch_the_running_texts() -> None:
    found = cell_lines(
        ("推进老旧小区", 2, 0, 62),
        ("综合整治", 2, 12, 42),
        ("完成", 2, 24, 22),
        ("道路", 2, 36, 22),
        ("区教委", 84, 0, 114),
        ("区财政局", 82, 20, 122),
    )
    spans = [[0, 0, 1, 1], [0, 1, 1, 1]]
    edges = paragraphs.find_edges(spans, [[0, 1, 2, 3], [4, 5]], found, [0.0, 80.0, 160.0])
    assert edges == {(0, 1): Edges(left=2.0, right=78.0, pitch=12.0), (1, 1): Edges(left=82.0, right=158.0, pitch=12.0)}
    few = paragraphs.find_edges(spans, [[0, 1], [4, 5]], found, [0.0, 80.0, 160.0])
    assert few[0, 1].pitch == 12.0, "the least where none has three"
    lone = paragraphs.find_edges(spans, [[0, 1], [4]], found, [0.0, 80.0, 160.0])
    assert lone[1, 1].left == 84.0, "a single short line may be set anywhere"


def test_a_cell_says_how_much_room_is_behind_its_last_line() -> None:
    found = cell_lines(("推进老旧小区。", 10, 0, 80), ("完成", 0, 12, 20))
    text = paragraphs.read_cell([0, 1], found, Edges(left=0.0, right=100.0, pitch=12.0))
    assert (text.raw_text, text.paragraphs, text.room, text.is_indented) == (
        "推进老旧小区。\n完成",
        ("推进老旧小区。", "完成"),
        8.0,
        True,
    )
    assert paragraphs.read_cell([], found, Edges(left=0.0, right=100.0, pitch=12.0)) == paragraphs.CellText()
    nine = cell_lines(("推进", 9, 0, 29))
    assert paragraphs.read_cell([0], nine, Edges(left=0.0, right=100.0, pitch=12.0)).is_indented is False


# What is drawn


def test_each_step_draws_its_boxes_in_its_colors() -> None:
    page = make_page(
        [(5, 5, "甲"), (55, 5, "乙"), (5, 25, "丙")],
        [(y, 0, 100) for y in (0, 20, 40)],
        [(x, 0, 40) for x in (0, 50, 100)],
    )
    found = {
        step.name: [(shape.box, shape.color, shape.label) for shape in find_shapes(page, (step.name,))]
        for step in STEPS
    }
    letters = [(5, 5, 15, 15), (55, 5, 65, 15), (5, 25, 15, 35)]
    level, upright = [(0, y, 100, y) for y in (0, 20, 40)], [(x, 0, x, 40) for x in (0, 50, 100)]
    assert found["characters"] == [(box, 4, "") for box in letters]
    assert (
        found["rulings"] == found["lattice"] == [*((box, 0, "") for box in level), *((box, 1, "") for box in upright)]
    )
    assert found["groups"] == [(box, 0, "") for box in (*level, *upright)]
    assert found["chunks"] == [(letters[0], 2, ""), (letters[1], 2, ""), (letters[2], 3, "")]
    assert sorted(found["lines"]) == sorted((box, 3, "") for box in letters)
    assert found["blocks"] == [((0, 0, 100, 40), 1, "1")]
    inset = 1.3
    cells = [(x + inset, y + inset, x + 50 - inset, y + 20 - inset) for y in (0, 20) for x in (0, 50)]
    for name, color in (("grids", 0), ("cells", 2)):
        assert [shape[1:] for shape in found[name]] == [(color, label) for label in ("0,0", "0,1", "1,0", "1,1")]
        assert [shape[0] for shape in found[name]] == [pytest.approx(box) for box in cells]


def test_a_drawn_cell_over_two_columns_says_so() -> None:
    upright = [(0, 0, 40), (50, 20, 40), (100, 0, 40)]
    page = make_page([(5, 5, "甲"), (5, 25, "乙")], [(y, 0, 100) for y in (0, 20, 40)], upright)
    assert [shape.label for shape in find_shapes(page, ("grids",))] == ["0,0 1x2", "1,0", "1,1"]


def test_the_box_of_some_lines_is_that_of_their_chunks() -> None:
    found = chunks([(0, 0, "甲"), (40, 0, "乙"), (10, 14, "丙")])
    own, box = extents._extent(found, [0, 1])
    assert (own.tolist(), box[0] <= 0, box[2] >= 50) == ([0, 1], True, True)


def test_an_open_page_is_one_table() -> None:
    rules = strokes_to_rules(boxes((0, 50, 100, 50)), is_horizontal=True)
    (grid,) = rules_to_grids(rules, lines((0, 0, 120), (50, 0, 120), (100, 0, 120)))
    assert replace(grid).is_open == (True, True, False, False)


# What a lattice holds


def test_of_two_lattices_the_outer_one_is_a_frame_unless_it_holds_most_text() -> None:
    outer, inner = plain_grid([0, 100, 200], [0, 50, 100]), plain_grid([10, 40, 90], [10, 25, 40])

    def kept(texts: Texts) -> list[int]:
        page = make_page(texts, [], [])
        return [
            len(grid.xs)
            for grid in missing_rules.drop_frames(
                page,
                (
                    replace(
                        outer,
                        xs=np.array([0.0, 100, 150, 200]),
                        cell_at=np.arange(6).reshape(2, 3),
                        spans=np.array([(r, c, 1, 1) for r in range(2) for c in range(3)]),
                    ),
                    inner,
                ),
            )
        ]

    inside = [(12.0, 12.0, "甲乙"), (45.0, 12.0, "丙丁")]
    assert kept(inside) == [3]
    assert kept([*inside, (110, 10, "甲乙")]) == [3], "half as much beside it"
    assert kept([*inside, (110, 10, "甲乙丙")]) == [4], "the inner table is a part of its cell"


@pytest.mark.parametrize(
    ("sides", "holds"),
    [
        (([10, 50, 90], [10, 40]), True),
        (([0, 50, 100], [0, 50]), True),
        (([-0.5, 50, 90], [10, 40]), True),
        (([-0.75, 50, 90], [10, 40]), False),
        (([10, 50, 100.25], [10, 40]), True),
        (([10, 50, 100.75], [10, 40]), False),
        (([10, 50, 90], [10, 50.75]), False),
        (([10, 50, 90], [-0.75, 40]), False),
        (([110, 150, 190], [60, 90]), True),
    ],
)
def test_a_lattice_lies_in_one_cell_of_another_within_half_a_point(sides: tuple, holds: bool) -> None:
    assert missing_rules._holds(plain_grid([0, 100, 200], [0, 50, 100]), plain_grid(*sides)) is holds


@pytest.mark.parametrize(
    ("texts", "rows"),
    [
        ([(2, 2, "甲"), (52, 2, "乙"), (2, 30, "甲"), (52, 30, "乙")], set()),
        ([(2, 2, "甲"), (52, 2, "乙"), (2, 30, "甲")], set()),
        ([(2, 2, "甲"), (52, 2, "乙"), (2, 13, "甲"), (52, 13, "乙")], set()),
        ([(2, 2, "甲"), (2, 13, "甲"), (52, 2, "乙"), (2, 30, "甲"), (52, 30, "乙")], {0}),
        (
            [(2, 2, "甲"), (52, 2, "乙"), (2, 62, "甲"), (2, 73, "甲"), (52, 62, "乙"), (2, 90, "甲"), (52, 90, "乙")],
            {1},
        ),
    ],
)
def test_rows_with_room_through_all_their_cells_are_found_at_once(texts: Texts, rows: set[int]) -> None:
    grid, page = plain_grid([0, 50, 100], [0, 60, 120]), make_page(texts, [], [])
    cell = assign_to_cells(grid, *middles(page.boxes))
    assert missing_rules._find_roomy(page, grid, cell) == rows


def test_a_known_table_is_open_at_both_sides() -> None:
    for sides in ((False, True), (True, False)):
        grid = plain_grid([0, 40, 100], [0, 20], is_open=(False, False, *sides))
        assert aligned._find_known((0, 100), [grid]) is None


@pytest.mark.parametrize(
    ("rows", "columns", "is_ruled", "is_table"),
    [(3, 2, False, True), (2, 2, False, False), (2, 2, True, True), (1, 2, True, False), (3, 1, True, False)],
)
def test_a_table_has_two_columns_and_three_rows_or_two_between_rules(
    rows: int, columns: int, is_ruled: bool, is_table: bool
) -> None:
    texts: Texts = [
        (50.0 * col + 2, 20.0 * row + 2, "12" if col else "甲乙") for row in range(rows) for col in range(columns)
    ]
    grid = plain_grid([50.0 * col for col in range(columns + 1)], [20.0 * row for row in range(rows + 1)])
    assert aligned._looks_like_table(grid, chunks(texts), is_ruled=is_ruled) is is_table


def test_a_table_is_filled_by_half_and_its_columns_are_numbers_for_the_most_part() -> None:
    def looks(*rows: str) -> bool:
        words = {"甲": "甲乙", "1": "12", "乙": "丙丁"}
        texts: Texts = [
            (50.0 * col + 2, 20.0 * row + 2, words[sign])
            for row, signs in enumerate(rows)
            for col, sign in enumerate(signs)
            if sign != " "
        ]
        grid = plain_grid([0, 50, 100, 150], [20.0 * row for row in range(len(rows) + 1)])
        return aligned._looks_like_table(grid, chunks(texts), is_ruled=False)

    assert looks("甲11", "甲11", "甲11")
    assert looks("甲1乙", "甲11", "甲1乙")
    assert not looks("甲1乙", "甲1乙", "甲1乙"), "half of them"
    assert not looks("甲 1", "甲  ", "甲  "), "four of nine"
    assert looks("甲 1", "甲 1", "甲  ")
