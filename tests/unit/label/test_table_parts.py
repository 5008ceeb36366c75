"""Tables side by side, halves on two pages, section rows, tails above a header, headers that are repeated, drawn cells."""

from __future__ import annotations

import pytest

from planextract.dictionaries import load_dictionaries
from planextract.label.continuation import is_tail
from planextract.label.halves import find_halves, join_halves
from planextract.label.headers import is_same_header
from planextract.label.sections import is_section_row
from planextract.label.side_by_side import part_side_by_side
from planextract.label.text_tables import box_drawing
from planextract.label.text_tables.box_drawing import _Drawn
from planextract.model.roles import Role
from planextract.model.source import BBox, SourceCell, SourceTable, SourceText
from planextract.model.table import Column

VOCABULARY = load_dictionaries().columns
COLUMNS = tuple(
    Column(role=role, label=label)
    for role, label in (
        (Role.TASK_NO, "序号"),
        (Role.TASK_NAME, "重点任务"),
        (Role.MEASURE, "工作措施"),
        (Role.DEADLINE, "完成时限"),
    )
)


def table(*rows: str, page: int = 1, heights: tuple[float, ...] = ()) -> SourceTable:
    """A table, a row a string with bars between its cells; ``>`` is part of the cell on its left."""
    cells: list[SourceCell] = []
    for row, text in enumerate(rows):
        for col, part in enumerate(text.split("|")):
            if part == ">":
                last = cells.pop()
                cells.append(SourceCell(row=row, col=last.col, raw_text=last.raw_text, col_span=last.col_span + 1))
            else:
                box = BBox(x0=0, top=0, x1=1, bottom=heights[row]) if heights else None
                cells.append(SourceCell(row=row, col=col, raw_text=part, bbox=box))
    count = rows[0].count("|") + 1
    return SourceTable(page=page, row_count=len(rows), col_count=count, cells=tuple(cells), has_spans=True)


def draw(found: SourceTable) -> list[str]:
    rows: dict[int, list[str]] = {}
    for cell in found.cells:
        rows.setdefault(cell.row, []).append(f"{cell.col}{cell.raw_text}" + ">" * (cell.col_span - 1))
    return [" ".join(row) for _, row in sorted(rows.items())]


# Side by side


def test_two_tables_side_by_side_are_parted_below_their_title() -> None:
    found = part_side_by_side(
        table("计划|>|>|>|>|>", "序号|工作措施|完成时限|序号|工作措施|完成时限", "1|种树|年底前|2|修路|6月底前"),
        VOCABULARY,
    )
    assert [draw(half) for half in found] == [
        ["0计划>>", "0序号 1工作措施 2完成时限", "01 1种树 2年底前"],
        ["0序号 1工作措施 2完成时限", "02 1修路 26月底前"],
    ]
    assert [(half.row_count, half.col_count) for half in found] == [(3, 3), (2, 3)]


@pytest.mark.parametrize(
    "rows",
    [
        ["序号|工作措施|序号|工作措施", "1|种树|2|修路"],
        ["序号|工作措施|完成时限|序号|工作措施|时间", "1|种树|年底前|2|修路|年底前"],
        ["序号|工作措施|完成时限|甲|序号|工作措施|完成时限", "1|种树|年底前||2|修路|年底前"],
        ["甲|乙|丙|甲|乙|丙", "1|种树|年底前|2|修路|年底前"],
        ["序号|序号|完成时限|序号|序号|完成时限", "1|种树|年底前|2|修路|年底前"],
        ["序号|工作措施|完成时限|序号|工作措施|完成时限", "1|种树|年底前|>|修路|年底前"],
        ["a|>|>|>|>|>", "b|>|>|>|>|>", "c|>|>|>|>|>", "d|>|>|>|>|>", "序号|工作措施|完成时限|序号|工作措施|完成时限"],
    ],
    ids=["two labels", "another label", "a column between", "unknown", "twice", "crossed", "too low"],
)
def test_any_other_table_is_one(rows: list[str]) -> None:
    whole = table(*rows)
    assert part_side_by_side(whole, VOCABULARY) == (whole,)


# Halves

LEFT = ("序号|重点任务|工作措施", "1|绿化|种树", "2|道路|修路")
RIGHT = ("完成时限|责任单位", "年底前|区教委", "6月底前|区财政局")


def halves(*blocks: SourceTable | SourceText) -> list[tuple[int, bool]]:
    return [(place, half.is_sure) for place, half in find_halves(blocks, VOCABULARY).items()]


def test_the_right_half_stands_on_the_next_page_with_as_many_rows() -> None:
    left, right = table(*LEFT), table(*RIGHT, page=2)
    assert halves(left, right) == [(0, False)]
    assert halves(left, SourceText(page=1, raw_text="- 1 -"), right) == [(0, False)]
    assert halves(left, SourceText(page=1, raw_text="附件说明"), right) == []
    assert halves(left, table(*RIGHT, page=3)) == []
    assert halves(left, table(*RIGHT, page=1)) == []
    assert halves(left, table(*RIGHT[:2], page=2)) == []
    assert halves(table(LEFT[0]), table(RIGHT[0], page=2)) == []
    assert halves(left, table("完成时限|甲", *RIGHT[1:], page=2)) == []
    assert halves(left, table("完成时限|工作措施", *RIGHT[1:], page=2)) == []
    assert halves(left, table("完成时限|序号", *RIGHT[1:], page=2)) == []
    assert halves(right, table(*LEFT, page=3)) == []
    assert halves(left, right, table(*RIGHT, page=3)) == [(0, False)], "a half has one other half"


def test_halves_are_sure_where_their_rows_are_as_high() -> None:
    left = table(*LEFT, heights=(10, 20, 30))
    assert halves(left, table(*RIGHT, page=2, heights=(12, 18, 30))) == [(0, True)]
    assert halves(left, table(*RIGHT, page=2, heights=(12.25, 20, 30))) == [(0, False)]


def test_the_cells_of_the_right_half_stand_behind_those_of_the_left_one() -> None:
    whole = join_halves(table(*LEFT), table(*RIGHT, page=2))
    assert draw(whole)[1] == "01 1绿化 2种树 3年底前 4区教委"
    assert (whole.col_count, [cell.page for cell in whole.cells if cell.row == 1]) == (5, [None, None, None, 2, 2])


# Sections


@pytest.mark.parametrize(
    ("row", "is_section"),
    [
        ("空气质量|>|>|", True),
        ("空气质量|>||", False),
        ("甲|甲|甲|甲", True),
        ("无|无|无|无", False),
        ("甲|甲|甲|乙", False),
        ("一、空气质量|||", True),
        ("|一、空气质量||", True),
        ("||一、空气质量|", False),
        ("空气质量|||", True),
        ("|空气质量||", False),
        ("空|||", False),
        ("1|||", False),
        ("一|空气质量||", True),
        ("一|空气质量。||", False),
        ("1|空气质量||", False),
        ("一||空气质量|", False),
        ("一|空气质量||年底前", False),
        ("|||", False),
    ],
)
def test_a_section_row_says_one_thing(row: str, is_section: bool) -> None:
    sources: list[SourceCell | None] = [None] * 4
    for cell in table(row).cells:
        sources[cell.col : cell.col + cell.col_span] = [cell] * cell.col_span
    assert is_section_row(0, sources, COLUMNS) is is_section


def test_where_measures_are_counted_a_chinese_numeral_counts_sections() -> None:
    sources = list(table("一||空气质量|").cells)
    assert is_section_row(0, sources, COLUMNS, in_digits=True)
    above = SourceCell(row=0, col=3, raw_text="", row_span=2)
    low = [SourceCell(row=1, col=col, raw_text=text) for col, text in enumerate(("一、空气", "", ""))]
    assert not is_section_row(1, [*low, above], COLUMNS), "a merged cell goes on"


# Tails


@pytest.mark.parametrize(
    ("row", "found"),
    [
        ("||面。|", True),
        ("|面。||", True),
        ("|||面。", True),
        ("面。|||", False),
        ("|面。|>|", False),
        ("||面。|甲", False),
        ("|||", False),
        ("|面。|", False),
    ],
)
def test_one_text_alone_above_a_header_is_the_rest_of_a_cut_cell(row: str, found: bool) -> None:
    sources: list[SourceCell | None] = [None] * (row.count("|") + 1)
    for cell in table(row).cells:
        sources[cell.col : cell.col + cell.col_span] = [cell] * cell.col_span
    assert is_tail([sources], COLUMNS) is found
    assert not is_tail([sources, sources], COLUMNS)


def test_a_column_without_a_known_label_has_no_tail() -> None:
    columns = (*COLUMNS[:3], Column(role=Role.OTHER, label="甲"))
    assert not is_tail([list(table("|||面。").cells)], columns)


# Headers again


@pytest.mark.parametrize(
    ("labels", "is_same"),
    [
        (["序号", "重点任务", "工作措施", "完成时限"], True),
        (["序号", "重点任务", "工作措旋", "完成时眼"], True),
        (["序号", "重点任务", "", ""], True),
        (["序号", "", "", ""], False),
        (["序号", "重点任务", "工作措施", "责任单位"], False),
        (["序号", "重点任务", "工作措施"], False),
        (["序 号", "重点任务", "工作 措施", "完成\n时限"], True),
    ],
)
def test_a_header_is_repeated_where_half_is_equal_and_the_rest_similar(labels: list[str], is_same: bool) -> None:
    assert is_same_header(labels, COLUMNS) is is_same


# Drawn with signs


def drawn(*at: int, parts: tuple[str, ...] = (), rules: str = "") -> _Drawn:
    parts = parts or ("甲",) * (len(at) - 1)
    is_rule = tuple(c == "-" for c in rules) if rules else (False,) * len(parts)
    return _Drawn(at=at, parts=parts, is_rule=is_rule, text="", line=1, place=0)


def test_column_lines_stand_where_the_fullest_lines_cross() -> None:
    assert box_drawing._find_edges([drawn(0, 10, 20), drawn(0, 11, 20), drawn(0, 11, 21)]) == [0, 11, 20]
    assert box_drawing._find_edges([]) == []
    rare = [drawn(0, 10, 20)] * 8 + [drawn(0, 5, 10, 20)]
    assert box_drawing._find_edges(rare) == [0, 5, 10, 20]
    often = [drawn(0, 10, 20)] * 25 + [drawn(0, 5, 10, 20)]
    assert box_drawing._find_edges(often) == [0, 10, 20]
    loose = [drawn(0, 10, 20)] * 5 + [drawn(0, 11, 20)] * 7 + [drawn(0, 5, 9, 10, 20)]
    assert 11 in box_drawing._find_edges(loose)


def test_a_crossing_belongs_to_the_nearest_column_line() -> None:
    edges = [0, 10, 20, 30]
    assert box_drawing._snap(drawn(1, 9, 22, 29), edges) == [0, 1, 2, 3]
    assert box_drawing._snap(drawn(0, 19, 30), edges) == [0, 2, 3]
    assert box_drawing._snap(drawn(0, 9, 11), edges) is None
    assert box_drawing._snap(drawn(0, 15, 60), edges) is None


@pytest.mark.parametrize(
    ("part", "is_level"),
    [
        ("───", True),
        ("─", True),
        (" ─ ", True),
        ("----", True),
        ("---", False),
        ("-", False),
        ("", False),
        ("甲─", False),
        ("－－", True),
    ],
)
def test_what_is_drawn_level_is_a_rule(part: str, is_level: bool) -> None:
    assert box_drawing._is_level(part) is is_level


def test_a_rule_over_some_columns_leaves_the_others_open() -> None:
    edges = [0, 10, 20]
    whole, half = drawn(0, 10, 20, parts=("─", "─"), rules="--"), drawn(0, 10, 20, parts=(" ", "─"), rules=" -")
    text = drawn(0, 10, 20)
    bands = box_drawing._make_bands([whole, text, half, text, whole], edges)
    assert [(band.closed, len(band.lines)) for band in bands] == [
        ([True, True], 1),
        ([False, True], 1),
        ([True, True], 0),
    ]
    assert [band.closed for band in box_drawing._make_bands([text, whole], edges)] == [[True, True]] * 2
    twice = box_drawing._make_bands([half, drawn(0, 10, 20, parts=("─", " "), rules="- "), text], edges)
    assert [(band.closed, len(band.lines)) for band in twice if band.lines] == [([True, False], 1)]
    odd = box_drawing._make_bands([whole, drawn(0, 4, 6, 8, parts=("甲", "乙", "丙")), text], edges)
    assert [[line.parts for line in band.lines] for band in odd] == [[("甲乙丙",), ("甲", "甲")]]
