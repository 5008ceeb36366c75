"""Tables without rules, or with few: what parts columns, what is no text, what is no table."""

from __future__ import annotations

import numpy as np

from planextract.layout.chunks import make_chunks
from planextract.layout.stream import find_columns
from tests.unit.layout.test_label_columns import make_page, read_cells

_EM = 10.0


def _set(lines: list[list[tuple[float, str]]], wide: float = 5.0) -> tuple[np.ndarray, np.ndarray]:
    """Return codes and boxes of lines 14 pt apart; each letter ``wide`` points wide, blanks left out."""
    codes, boxes = [], []
    for row, line in enumerate(lines):
        for x, text in line:
            for place, char in enumerate(text):
                if char != " ":
                    codes.append(ord(char))
                    boxes.append((x + wide * place, 100.0 + 14 * row, x + wide * (place + 1), 110.0 + 14 * row))
    return np.array(codes, dtype=np.int32), np.array(boxes, dtype=np.float32)


def test_leaders_are_no_text_of_a_column() -> None:
    lines = [[(10.0, "Income" + "." * (20 + i)), (200.0, "120")] for i in range(4)]
    chunks = make_chunks(*_set(lines))
    assert len(chunks.boxes) == 8
    assert float(chunks.boxes[0, 2]) == 40.0  # the label ends before its dots


def test_a_line_of_dots_alone_is_no_line() -> None:
    chunks = make_chunks(*_set([[(10.0, "Income")], [(10.0, "." * 30)], [(10.0, "Costs")]]))
    assert chunks.line.tolist() == [0, 1]


def test_points_of_numbers_and_an_ellipsis_are_text() -> None:
    chunks = make_chunks(*_set([[(10.0, "1.5.2"), (100.0, "etc...")]]))
    assert chunks.boxes[:, 2].tolist() == [35.0, 130.0]


def test_one_space_in_every_line_parts_no_columns() -> None:
    lines = [
        [(10.0, "Anna"), (100.0, "40 years")],
        [(10.0, "Bo"), (100.0, "31 years")],
        [(10.0, "C"), (100.0, "12 years")],
    ]
    chunks = make_chunks(*_set(lines, wide=6.0))
    assert len(chunks.boxes) == 9
    assert len(find_columns(chunks, np.empty(0))) == 1


def test_gaps_that_differ_part_columns_however_narrow() -> None:
    lines = [[(10.0, "Anna"), (100.0, "4"), (112.0, "years")], [(10.0, "Bo"), (97.0, "31"), (118.0, "years")]] * 2
    assert len(find_columns(make_chunks(*_set(lines, wide=6.0)), np.empty(0))) == 2


def test_numbers_set_to_the_right_are_not_wrapped_lines() -> None:
    """Column rules alone: five rows of numbers that end at the right side of their cells."""
    codes, boxes = _set(
        [
            [(12.0, f"Label {row}"), (150.0 - 5 * len(n), n), (210.0 - 5 * len(n), n)]
            for row, n in enumerate(["1", "22", "333", "4", "55"])
        ]
    )
    base = make_page(
        [], [(95.0, 10.0, 211.0), (170.0, 10.0, 211.0)], [(x, 95.0, 170.0) for x in (10.0, 100.0, 151.0, 211.0)]
    )
    page = type(base)(
        page_number=1,
        width=600.0,
        height=800.0,
        codes=codes,
        boxes=boxes,
        horizontals=base.horizontals,
        verticals=base.verticals,
    )
    (cells,) = read_cells(page)
    assert [cells[row, 1] for row in range(5)] == ["1", "22", "333", "4", "55"]


def test_text_from_top_to_bottom_is_no_table() -> None:
    rules = [(y, 10.0, 300.0) for y in (90.0, 270.0)]
    texts = [(20.0 + 30 * col, 100.0 + 11 * row, "春") for col in range(8) for row in range(14)]
    assert read_cells(make_page(texts, rules, [])) == []


def _report(labels: list[str]) -> list[dict[tuple[int, int], str]]:
    """Read five rows of two numbers between rules that leave out the column of labels."""
    texts = [(10.0, 105.0 + 16 * row, label) for row, label in enumerate(labels)]
    texts += [(x, 105.0 + 16 * row, str(11 * (row + 1))) for row in range(5) for x in (150.0, 220.0)]
    return read_cells(make_page(texts, [(y, 140.0, 260.0) for y in (100.0, 186.0)], []))


def test_labels_left_of_the_rules_belong_to_the_table() -> None:
    (cells,) = _report(["收入", "其中税收收入", "支出", "教育支出", "结余"])
    assert [cells[row, 0] for row in range(5)] == ["收入", "其中税收收入", "支出", "教育支出", "结余"]


def test_prose_left_of_the_rules_does_not() -> None:
    (cells,) = _report(
        [
            "全年收入稳步增长，支",
            "出结构不断优化，教育",
            "支出占比提高，结余保",
            "持在合理水平，各项工",
            "作按计划推进。",
        ]
    )
    assert "".join(cells.values()).isdigit()


def test_label_of_two_lines_beside_its_numbers_is_one_band() -> None:
    """A three-line table: each label has two lines, its numbers stand between them."""
    texts: list[tuple[float, float, str]] = []
    for row in range(4):
        top = 130.0 + 34 * row
        texts += [(10.0, top, "公共服务支出"), (10.0, top + 12, "其他"), (150.0, top + 6, "12"), (220.0, top + 6, "34")]
    texts += [(150.0, 105.0, "本年"), (220.0, 105.0, "上年")]
    assert len(read_cells(make_page(texts, [(y, 8.0, 260.0) for y in (100.0, 120.0, 262.0)], []))) == 1
