"""Cells that no rule parts, or that a nested table fills, told by what stands in them."""

from __future__ import annotations

from typing import Any

import numpy as np

from planextract.layout.page_blocks import read_with_grids
from planextract.layout.prepare import prepare_page
from planextract.layout.tables import find_tables
from planextract.model.page import PageArrays

_SIZE = 10.0


def make_page(
    texts: list[tuple[float, float, str]],
    horizontals: list[tuple[float, float, float]],
    verticals: list[tuple[float, float, float]],
    **more: Any,
) -> PageArrays:
    """Return a page of texts (x, top, text), row rules (y, x0, x1) and column rules (x, top, bottom)."""
    codes, boxes = [], []
    for x, top, text in texts:
        for place, char in enumerate(text):
            codes.append(ord(char))
            boxes.append((x + place * _SIZE, top, x + (place + 1) * _SIZE, top + _SIZE))
    return PageArrays(
        page_number=1,
        width=600.0,
        height=800.0,
        codes=np.array(codes, dtype=np.int32),
        boxes=np.array(boxes, dtype=np.float32),
        horizontals=np.array([(a, y, b, y) for y, a, b in horizontals], dtype=np.float32).reshape(-1, 4),
        verticals=np.array([(x, a, x, b) for x, a, b in verticals], dtype=np.float32).reshape(-1, 4),
        **more,
    )


def read_cells(page: PageArrays) -> list[dict[tuple[int, int], str]]:
    """Return the cells of the page's tables, those of more than one row or column by their first."""
    page = prepare_page(page)
    tables = read_with_grids(page, find_tables(page)).tables
    return [{(cell.row, cell.col): cell.raw_text for cell in table.cells} for table in tables]


def _ladder(*, labels: list[str], rules_from: float) -> PageArrays:
    """Three rows of 30 pt; the row rules begin at ``rules_from``, the labels stand left of x = 100."""
    texts = [(12.0, 110.0 + 30 * i, label) for i, label in enumerate(labels)]
    texts += [(105.0, 110.0 + 30 * i, "完成改造工程") for i in range(3)]
    inner = [(100.0 + 30 * i, rules_from, 300.0) for i in (1, 2)]
    outer = [(100.0, 10.0, 300.0), (190.0, 10.0, 300.0)]
    return make_page(texts, outer + inner, [(x, 100.0, 190.0) for x in (10.0, 100.0, 300.0)])


def test_numbers_that_count_on_are_rows_without_rules() -> None:
    (cells,) = read_cells(_ladder(labels=["1", "2", "3"], rules_from=100.0))
    assert [cells[row, 0] for row in range(3)] == ["1", "2", "3"]


def test_single_lines_that_are_not_full_are_labels_of_rows() -> None:
    (cells,) = read_cells(_ladder(labels=["道路", "绿化", "照明"], rules_from=100.0))
    assert [cells[row, 0] for row in range(3)] == ["道路", "绿化", "照明"]


def test_full_lines_are_one_merged_cell() -> None:
    (cells,) = read_cells(_ladder(labels=["推进老旧小区综合", "整治和交通环境优", "化提升"], rules_from=100.0))
    assert cells[0, 0] == "推进老旧小区综合\n整治和交通环境优\n化提升"


def test_table_inside_a_cell_is_text_of_the_cell() -> None:
    outer_h = [(100.0, 10.0, 400.0), (200.0, 10.0, 400.0), (230.0, 10.0, 400.0)]
    outer_v = [(x, 100.0, 230.0) for x in (10.0, 100.0, 400.0)]
    inner_h = [(y, 104.0, 300.0) for y in (130.0, 150.0, 170.0)]
    inner_v = [(x, 130.0, 170.0) for x in (104.0, 200.0, 300.0)]
    texts = [(12.0, 110.0, "1"), (105.0, 110.0, "新增学位"), (106.0, 135.0, "区"), (206.0, 135.0, "所")]
    texts += [(106.0, 155.0, "甲"), (206.0, 155.0, "乙"), (12.0, 210.0, "2"), (105.0, 210.0, "改造道路")]
    (cells,) = read_cells(make_page(texts, outer_h + inner_h, outer_v + inner_v))
    assert cells == {(0, 0): "1", (0, 1): "新增学位\n区 所\n甲 乙", (1, 0): "2", (1, 1): "改造道路"}


def test_bands_of_level_rules_are_rows_whatever_their_lines() -> None:
    rules = [(y, 10.0, 300.0) for y in (100.0, 120.0, 160.0, 200.0)]
    texts = [(12.0, 105.0, "序号"), (60.0, 105.0, "工作措施"), (200.0, 105.0, "时限")]
    for i, top in enumerate((125.0, 165.0)):
        texts += [(12.0, top, str(i + 1)), (60.0, top, "完成老旧小区改造任务并且"), (200.0, top, "年底前")]
        texts += [(60.0, top + 14, "组织验收。")]
    (cells,) = read_cells(make_page(texts, rules, []))
    assert cells[1, 1] == "完成老旧小区改造任务并且\n组织验收。"
    assert (cells[1, 0], cells[2, 0], cells[2, 2]) == ("1", "2", "年底前")


def test_prose_between_level_rules_is_no_table() -> None:
    rules = [(y, 10.0, 300.0) for y in (100.0, 140.0, 180.0, 220.0)]
    texts = [
        (12.0, 105.0 + 40 * i + 14 * k, "完成老旧小区改造任务并组织验收工作方案") for i in range(3) for k in range(2)
    ]
    assert read_cells(make_page(texts, rules, [])) == []


def _zebra() -> PageArrays:
    texts = []
    for row in range(4):
        texts += [
            (12.0, 105.0 + 30 * row, str(row)),
            (60.0, 105.0 + 30 * row, "完成改造"),
            (205.0, 105.0 + 30 * row, "区"),
        ]
    fills = [
        (x0, 100.0 + 30 * row, x1, 130.0 + 30 * row)
        for row in (0, 2)
        for x0, x1 in ((10.0, 50.0), (50.0, 200.0), (200.0, 300.0))
    ]
    return make_page(
        texts,
        [],
        [],
        fills=np.array(fills, dtype=np.float32),
        fill_colors=np.full(len(fills), 0xE6E6E6, dtype=np.int64),
    )


def test_white_rows_between_and_below_shaded_ones_are_rows() -> None:
    (cells,) = read_cells(_zebra())
    assert [cells[row, 0] for row in range(4)] == ["0", "1", "2", "3"]
    assert cells[3, 1] == "完成改造"


def _crossed(second: str, shift: float) -> list[str]:
    """Return the notes of a ruled table in one of whose cells a second text is printed."""
    rules = [(y, 10.0, 300.0) for y in (100.0, 130.0, 160.0)], [(x, 100.0, 160.0) for x in (10.0, 100.0, 300.0)]
    texts = [(12.0, 110.0, "1"), (105.0, 110.0, "改造道路并验收"), (12.0, 140.0, "2"), (105.0, 140.0, "新增学位")]
    page = prepare_page(make_page([*texts, (105.0 + shift, 111.0, second)], *rules))
    return [note.code for note in read_with_grids(page, find_tables(page)).notes]


def test_two_texts_in_one_place_are_noted() -> None:
    assert _crossed("内部资料", shift=4.0) == ["read.crossed_text"]


def test_text_behind_another_is_not() -> None:
    assert _crossed("内部资料", shift=75.0) == []


def test_room_between_rows_is_told_from_wide_leading() -> None:
    """Two rows without a rule between, their lines 18 pt apart, the rows 32 pt: the labels stand in the second alone."""
    texts = [(105.0, 105.0 + y, "完成改造工程") for y in (0, 18, 36, 68, 86)]
    texts += [(205.0, 105.0 + y, "区教委") for y in (0, 68)] + [(255.0, 105.0 + y, "年底前") for y in (0, 68)]
    texts += [
        (12.0, 173.0, "2"),
        (12.0, 85.0, "1"),
        (105.0, 85.0, "措施"),
        (205.0, 85.0, "单位"),
        (255.0, 85.0, "时限"),
    ]
    rules = [(y, 10.0, 300.0) for y in (80.0, 100.0, 205.0)]
    (cells,) = read_cells(make_page(texts, rules, [(x, 80.0, 205.0) for x in (10.0, 100.0, 200.0, 250.0, 300.0)]))
    assert (cells[1, 2], cells[2, 2]) == ("区教委", "区教委")
    assert (cells[1, 0], cells[2, 0]) == ("", "2")
