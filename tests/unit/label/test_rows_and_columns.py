"""Which rows and columns are what: sections, rows of another table, numbers without a label, columns without one."""

from __future__ import annotations

import pytest

from planextract.dictionaries import load_dictionaries
from planextract.label import sections
from planextract.label.continuation import SeenValues, fits_short, is_misfit, is_other_header
from planextract.label.headers import match_header
from planextract.label.likely_labels import find_made, find_similar, find_suffix
from planextract.label.number_column import part_numbers, settle_number_column
from planextract.label.people import find_people_column, part_people
from planextract.label.roles_by_content import keep_roles, name_column
from planextract.model.roles import Role
from planextract.model.source import SourceCell, SourceTable
from planextract.model.table import Column
from tests.builders import draw_table

WORDS = load_dictionaries().columns


def columns(roles: str) -> tuple[Column, ...]:
    """Columns by their roles, parted by blanks; each is labelled by its role, ``other`` by nothing."""
    return tuple(Column(role=Role(role), label="" if role == "other" else role) for role in roles.split())


def table(*rows: str, edges: tuple[float, ...] = ()) -> SourceTable:
    """A table, a row a string with bars between its cells; ``>`` is part of the cell on its left."""
    cells: list[SourceCell] = []
    for row, text in enumerate(rows):
        for col, part in enumerate(text.split("|")):
            if part == ">":
                last = cells.pop()
                cells.append(SourceCell(row=row, col=last.col, raw_text=last.raw_text, col_span=last.col_span + 1))
            else:
                cells.append(SourceCell(row=row, col=col, raw_text=part))
    width = rows[0].count("|") + 1
    return SourceTable(page=1, row_count=len(rows), col_count=width, cells=tuple(cells), has_spans=True, edges=edges)


def row(text: str) -> list[SourceCell | None]:
    found: list[SourceCell | None] = [None] * (text.count("|") + 1)
    for cell in table(text).cells:
        found[cell.col : cell.col + cell.col_span] = [cell] * cell.col_span
    return found


FIVE = columns("task_no task_name measure deadline responsible")


def misfits(*rows: str) -> bool:
    seen = SeenValues()
    seen.add([["1", "", "", "年底前", ""]], FIVE)
    return is_misfit([text.split("|") for text in rows], FIVE, seen)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("二、扬尘管控", True),
        ("## 二、扬尘管控", True),
        ("扬尘管控", False),
        ("二、扬尘管控。", False),
        ("二、扬尘管控：", False),
        ("一、长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长", True),
        ("一、长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长", False),
    ],
)
def test_a_line_may_be_the_heading_of_a_section(text: str, found: bool) -> None:
    assert sections.is_section_line(text) is found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("注：下同|>|>", True),
        ("备注1：下同||", True),
        ("说明.甲||", True),
        ("注：下同|甲|", False),
        ("下同|>|>", False),
        ("||", False),
    ],
)
def test_a_note_stands_alone_in_its_row(text: str, found: bool) -> None:
    assert sections.is_note_row(row(text)) is found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("合计|12|—", True),
        ("合计|12|甲", False),
        ("甲|12|—", False),
        ("合计||", True),
        ("小计：12项||", True),
        ("总计|1,200万元|3.5%", True),
    ],
)
def test_a_row_of_sums_holds_counts_alone(text: str, found: bool) -> None:
    assert sections.is_sum_row(row(text)) is found


@pytest.mark.parametrize(
    ("texts", "found"), [(["一", "1"], True), (["一", "二"], False), (["1.", "一"], False), ([], False)]
)
def test_digits_count_measures(texts: list[str], found: bool) -> None:
    assert sections.counts_in_digits(texts) is found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("姓名|单位|职务|联系电话|备注", True),
        ("姓名|单位|职务|甲|乙", False),
        ("备注|甲|乙||", True),
        ("备注|责任人|乙||", True),
        ("联系电话|甲|乙||", True),
        ("备注|责任人|||", False),
        ("备注|责任人|乙|||", True),
        ("备注|责任人|长长长长长长长长长长长长||", True),
        ("备注|责任人|长长长长长长长长长长长长长||", False),
        ("备注|责任人|甲。||", False),
        ("备注|责任人|甲1||", False),
        (
            "备注|责任人|长 长 长 长 长 长 长 长 长 长 长 长 长 长 长 长 长 长 长 长 长 长 长 长 长 长 长 长 长 长 长 ||",
            False,
        ),
    ],
)
def test_another_kind_of_table_begins_with_short_labels_of_which_two_are_known(text: str, found: bool) -> None:
    assert is_other_header(text.split("|"), FIVE, WORDS) is found


@pytest.mark.parametrize(
    ("rows", "found"),
    [
        (("1|甲|乙|年底前|市林业局",), False),
        (("甲|甲|乙|月末|ABC",), True),
        (("甲|甲|乙|月末|市林业局",), True),
        (("甲|甲|乙|年底前|市林业局",), False),
        (("甲|甲|乙|年底前|ABC",), True),
        (("甲|甲|乙|3.5|ABC",), True),
        (("甲|甲|乙|—|—",), False),
        (("甲|甲|乙||", "丙|||"), True),
        (("l2|甲|乙|月末|",), False),
        (("一、甲|甲|乙|月末|ABC",), True),
        (("甲|甲|乙|月末|市林业局", "2|甲|乙|年底前|市林业局"), False),
    ],
)
def test_cells_contradict_columns_where_two_do_and_half_of_those_judged(rows: tuple[str, ...], found: bool) -> None:
    assert misfits(*rows) is found


@pytest.mark.parametrize(
    ("rows", "found"),
    [
        (("1|甲|乙",), True),
        (("1|甲|12",), False),
        (("1|甲|",), False),
        (("甲|甲|乙",), False),
        (("|甲|乙",), True),
        (("1|甲",), False),
        (("1|甲|乙", "|甲|"), True),
    ],
)
def test_trimmed_rows_reach_the_measures(rows: tuple[str, ...], found: bool) -> None:
    assert fits_short([text.split("|") for text in rows], FIVE) is found


@pytest.mark.parametrize(
    ("place", "roles", "texts", "found"),
    [
        (0, "other measure", ["1", "2", "3"], "task_no"),
        (0, "other measure", ["1", "甲", "3"], "other"),
        (0, "other measure", ["1", "", "3", ""], "task_no"),
        (0, "other measure", ["1", "", "", ""], "other"),
        (0, "other task_no", ["1", "2", "3"], "other"),
        (0, "other measure", ["市林业局", "市财政局"], "responsible"),
        (1, "lead other", ["市林业局", "市财政局"], "support"),
        (1, "responsible other", ["市林业局", "市财政局"], "support"),
        (1, "support other", ["市林业局", "市财政局"], "other"),
        (1, "lead other support", ["市林业局", "市财政局"], "other"),
        (0, "other responsible", ["市林业局", "市财政局"], "other"),
        (0, "other measure", ["市林业局", "—", "—"], "responsible"),
        (0, "other measure", ["市林业局", "修路。", "市财政局"], "other"),
        (0, "other measure", ["—", "—"], "other"),
    ],
)
def test_a_column_without_a_label_is_named_by_its_cells(place: int, roles: str, texts: list[str], found: str) -> None:
    assert str(name_column(place, columns(roles), texts, WORDS)) == found


def made(label: str) -> str | None:
    role = find_made(label, WORDS)
    return None if role is None else str(role)


@pytest.mark.parametrize(
    ("label", "found"),
    [
        ("牵头负责部门", "lead"),
        ("责任主体与协同单位", "responsible"),
        ("协同配合单位", "support"),
        ("市级牵头单位", "lead"),
        ("内容与要求", "measure"),
        ("内容与目标", "measure"),
        ("工作内容和具体措施", "measure"),
        ("目标与任务", None),
        ("单位", None),
        ("牵头", None),
        ("牵头负责部门（单位）", "lead"),
        ("甲单位", None),
    ],
)
def test_a_label_that_no_dictionary_lists_is_made_as_labels_are(label: str, found: str | None) -> None:
    assert made(label) == found


@pytest.mark.parametrize(
    ("label", "found"),
    [
        ("工作措旋", "工作措施"),
        ("责任单立", "责任单位"),
        ("完成时眼", "完成时限"),
        ("任务数", None),
        ("工作", None),
        ("工作甲乙", None),
        ("牵头单", "牵头单位"),
    ],
)
def test_a_damaged_label_is_the_wording_it_is_most_like(label: str, found: str | None) -> None:
    assert find_similar(label, WORDS) == found


@pytest.mark.parametrize(
    ("label", "found"),
    [
        ("改革事项", "事项"),
        ("年度重点任务", "重点任务"),
        ("计划完成时间", "完成时间"),
        ("主要负责单位", "负责单位"),
        ("时间", None),
        ("甲单位", None),
    ],
)
def test_a_longer_label_ends_with_a_known_one(label: str, found: str | None) -> None:
    assert find_suffix(label, WORDS) == found


def numbered(header: str, *rows: str) -> str | None:
    """Roles and labels of the columns once their numbers are told, with what is repeated."""
    match = match_header([header.split("|")], WORDS)
    if match is None:
        return None
    found = settle_number_column(match, [text.split("|") for text in rows])
    return " ".join([*(f"{c.role}:{c.label}" for c in found.columns), *(f"repeated={x}" for x in found.repeated)])


@pytest.mark.parametrize(
    ("rows", "found"),
    [
        (
            ("工作任务|具体要求|具体要求|责任科室", "甲|1|乙|办公室", "|2|丙|科室"),
            "task_name:工作任务 task_no:具体要求 measure:具体要求 responsible:责任科室",
        ),
        (
            ("工作任务|具体要求|具体要求|责任科室", "甲|1|乙|办公室", "|3|丙|科室"),
            "task_name:工作任务 measure:具体要求 other:具体要求 responsible:责任科室 repeated=具体要求",
        ),
        (
            ("工作任务|具体要求|具体要求|责任科室", "甲|1|乙|办公室"),
            "task_name:工作任务 measure:具体要求 other:具体要求 responsible:责任科室 repeated=具体要求",
        ),
        (
            ("工作任务|具体要求|具体要求|责任科室", "甲|1|乙|办公室", "|甲|丙|科室"),
            "task_name:工作任务 measure:具体要求 other:具体要求 responsible:责任科室 repeated=具体要求",
        ),
        (
            ("工作任务|具体要求|具体要求|责任科室", "一、甲|1|乙|办公室", "|2|丙|科室"),
            "section:工作任务 task_no:具体要求 measure:具体要求 responsible:责任科室",
        ),
        (
            ("|工作任务|具体要求|责任科室", "1|甲|乙|办公室", "2|甲|丙|科室"),
            "task_no: task_name:工作任务 measure:具体要求 responsible:责任科室",
        ),
        (
            (
                "|工作任务|具体要求|责任科室",
                "1|甲|乙|办公室",
                "2|甲|丙|科室",
                "3|甲|丙|科室",
                "4|甲|丙|科室",
                "7|甲|丙|科室",
            ),
            "task_no: task_name:工作任务 measure:具体要求 responsible:责任科室",
        ),
        (
            ("|工作任务|具体要求|责任科室", "1|甲|乙|办公室", "2|甲|丙|科室", "3|甲|丙|科室", "7|甲|丙|科室"),
            "other: task_name:工作任务 measure:具体要求 responsible:责任科室",
        ),
        (
            ("序号||工作任务|责任科室", "1|1|甲|办公室", "2|2|乙|科室"),
            "task_no:序号 other: measure:工作任务 responsible:责任科室",
        ),
        (
            ("工作任务||具体要求|责任科室", "甲|1|乙|办公室", "|2|丙|科室"),
            "task_name:工作任务 task_no: measure:具体要求 responsible:责任科室",
        ),
    ],
)
def test_a_column_that_counts_holds_the_numbers(rows: tuple[str, ...], found: str | None) -> None:
    assert numbered(*rows) == found


@pytest.mark.parametrize(
    ("rows", "found"),
    [
        (
            ("重点任务|工作措施|责任单位", "一、造林|1.植树。|市林业局", "|2.育苗。|市林业局", "|3、护林。|市林业局"),
            [
                "重点任务|工作措施|<|责任单位",
                "一、造林|1.|植树。|市林业局",
                "|2.|育苗。|市林业局",
                "|3、|护林。|市林业局",
            ],
        ),
        (
            ("重点任务|工作措施|责任单位", "一、造林|1.植树。|市林业局", "|2.育苗。|市林业局"),
            ["重点任务|工作措施|责任单位", "一、造林|1.植树。|市林业局", "|2.育苗。|市林业局"],
        ),
        (
            ("重点任务|工作措施|责任单位", "造林|1.植树。|甲", "|2.育苗。|甲", "|3.护林。|甲", "|修路。|甲"),
            ["重点任务|工作措施|<|责任单位", "造林|1.|植树。|甲", "|2.|育苗。|甲", "|3.|护林。|甲", "|·|修路。|甲"],
        ),
        (
            (
                "重点任务|工作措施|责任单位",
                "造林|1.植树。|甲",
                "|2.育苗。|甲",
                "|3.护林。|甲",
                "|修路。|甲",
                "|修桥。|甲",
            ),
            [
                "重点任务|工作措施|责任单位",
                "造林|1.植树。|甲",
                "|2.育苗。|甲",
                "|3.护林。|甲",
                "|修路。|甲",
                "|修桥。|甲",
            ],
        ),
        (
            ("重点任务|工作措施|责任单位", "造林|1.植树。|甲", "|3.育苗。|甲", "|5.护林。|甲"),
            ["重点任务|工作措施|责任单位", "造林|1.植树。|甲", "|3.育苗。|甲", "|5.护林。|甲"],
        ),
        (
            ("重点任务|工作措施|责任单位", "造林|2021年植树。|甲", "|2.5亩。|甲", "|3.护林。|甲"),
            ["重点任务|工作措施|责任单位", "造林|2021年植树。|甲", "|2.5亩。|甲", "|3.护林。|甲"],
        ),
        (
            ("序号|工作措施|责任单位", "1|1.植树。|甲", "2|2.育苗。|甲", "3|3.护林。|甲"),
            ["序号|工作措施|责任单位", "1|1.植树。|甲", "2|2.育苗。|甲", "3|3.护林。|甲"],
        ),
        (
            ("重点任务|工作措施|责任单位", "标题|>|>", "造林|1.植树。|甲", "|2.育苗。|甲", "|3.护林。|甲"),
            ["重点任务|工作措施|<|责任单位", "标题|<|<|<", "造林|1.|植树。|甲", "|2.|育苗。|甲", "|3.|护林。|甲"],
        ),
    ],
)
def test_numbers_that_open_the_texts_are_parted_from_them(rows: tuple[str, ...], found: list[str]) -> None:
    assert draw_table(part_numbers(table(*rows), WORDS)) == found


def with_people(*rows: str) -> list[str]:
    """A table with its column of bodies and people parted, if it has one; and its column lines."""
    given = table(*rows, edges=tuple(10.0 * col for col in range(rows[0].count("|") + 2)))
    place = find_people_column(given, WORDS)
    if place is None:
        return []
    found = part_people(given, place, WORDS)
    return [*draw_table(found), " ".join(f"{x:g}" for x in found.edges)]


@pytest.mark.parametrize(
    ("rows", "found"),
    [
        (
            ("重点任务|责任单位及责任人|完成时限", "造林|市林业局 张三|年底前", "标题|>|>"),
            ["重点任务|责任单位|及责任人|完成时限", "造林|市林业局| 张三|年底前", "标题|<|<|<", "0 10 10 20 30"],
        ),
        (
            ("重点任务|责任人（责任单位）|完成时限", "造林|张三（市林业局）|年底前", "造林|标题|>"),
            [
                "重点任务|责任单位）|责任人（|完成时限",
                "造林|市林业局|张三（）|年底前",
                "造林|标题|<|<",
                "0 10 10 20 30",
            ],
        ),
        (("重点任务|责任单位|完成时限", "造林|市林业局|年底前"), []),
        (("甲|乙|丙",), []),
    ],
)
def test_the_people_of_a_column_are_parted_from_its_bodies(rows: tuple[str, ...], found: list[str]) -> None:
    assert with_people(*rows) == found


def kept(old: str, new: str, numbers: list[int | None], last: int | None) -> str | None:
    found = keep_roles(columns(new), columns(old), numbers, last)
    return None if found is None else " ".join(column.role for column in found)


@pytest.mark.parametrize(
    ("old", "new", "numbers", "last", "found"),
    [
        ("task_no measure lead", "task_no measure responsible", [4], 3, "task_no measure lead"),
        ("task_no measure lead", "task_no measure responsible", [3], 3, "task_no measure lead"),
        ("task_no measure lead", "task_no measure responsible", [5], 3, None),
        ("task_no measure lead", "task_no measure responsible", [1], None, None),
        ("task_no measure lead", "task_no measure responsible", [None, 4], 3, "task_no measure lead"),
        ("task_no measure lead", "task_no measure responsible support", [4], 3, None),
        (
            "task_no measure lead support",
            "task_no measure responsible deadline",
            [4],
            3,
            "task_no measure lead support",
        ),
        ("task_no measure lead", "task_no lead measure", [4], 3, None),
        ("task_no measure lead", "task_no measure lead", [4], 3, None),
    ],
)
def test_a_reworded_header_keeps_its_roles_where_the_numbers_go_on(
    old: str, new: str, numbers: list[int | None], last: int | None, found: str | None
) -> None:
    assert kept(old, new, numbers, last) == found
