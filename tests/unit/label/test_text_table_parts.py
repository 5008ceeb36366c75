"""The parts that read tables in lines of text: dividers, numbers, headings, headers, and how a text fits a column."""

from __future__ import annotations

import re
from collections import Counter

import numpy as np
import pytest

from planextract.dictionaries import load_dictionaries
from planextract.label.text_tables import run_together
from planextract.label.text_tables.fits import Clues, fit_token
from planextract.label.text_tables.headers import find_header, regroup
from planextract.label.text_tables.headings import is_joined_heading, join_headings
from planextract.label.text_tables.numbers import count_chain, weigh_numbers
from planextract.label.text_tables.rows import align
from planextract.label.text_tables.run_together import find_run_together
from planextract.label.text_tables.tokens import NEVER, Divider, Token, cut_tokens, split_commas, split_line
from planextract.label.text_tables.wrapped import join_wrapped
from planextract.model.roles import Role
from planextract.model.table import Column
from tests.unit.label.test_text_tables import as_lines, draw

WORDS = load_dictionaries().columns
DEADLINE = re.compile(r"年底前|\d+月底前|全年|持续推进|日常管理")


# Dividers


@pytest.mark.parametrize(
    ("text", "divider", "cells"),
    [
        (" 1\t造林 \t", "tab", ["1", "造林", ""]),
        ("|1|造林|", "pipe", ["1", "造林"]),
        ("1｜造林", "pipe", ["1", "造林"]),
        ("||造林||", "pipe", ["", "造林", ""]),
        ("造林", "pipe", ["造林"]),
        ("|", "pipe", [""]),
        ("1  造 林　市局", "blanks", ["1", "造 林", "市局"]),
        ("1 造林　市局", "blank", ["1", "造林", "市局"]),
        ('1,"造林,育苗",市局', "comma", ["1", "造林,育苗", "市局"]),
        ("1，造林，", "comma", ["1", "造林", ""]),
        (" 1 造林 ", "line", ["1 造林"]),
    ],
)
def test_a_line_is_cut_at_its_dividers(text: str, divider: Divider, cells: list[str]) -> None:
    assert split_line(text, divider) == cells


def test_commas_and_quotes_are_kept_beside_the_cells() -> None:
    found = split_commas('1, "造林,""甲""" ,市局,')
    assert found == [("", "1"), (', "', '造林,""甲""'), ('" ,', "市局"), (",", ""), ("", "")]
    assert "".join(mark + cell for mark, cell in found) == '1, "造林,""甲""" ,市局,'


def tokens(text: str, divider: Divider) -> list[str]:
    """Cells with their first and last line, and weights: start, stay, join (``x`` is never)."""
    return [
        f"{token.text}@{token.line}-{token.last_line} "
        + " ".join("x" if weight == NEVER else f"{weight:g}" for weight in (token.start, token.stay, token.join))
        for token in cut_tokens(as_lines(text), divider)
    ]


@pytest.mark.parametrize(
    ("text", "divider", "found"),
    [
        ("1\t造林\t\n2\t\t市局", "tab", ["1@0-0 0 -6 -4", "造林@0-0 x 0 x", "2@1-1 0 -6 -4", "@1-1 x 0 x", "市局@1-1 x 0 x"]),
        ("|1||造林|||", "pipe", ["1@0-0 0 -6 -4", "@0-0 x 0 x", "造林@0-0 x 0 x", "@0-0 x 0 -0.3", "@0-0 x 0 -0.3"]),
        ("1 造林", "blank", ["1@0-0 0 -6 -4", "造林@0-0 x 0 -1.5"]),
        ("1,造林", "comma", ["1@0-0 0 -6 -4", "造林@0-0 x 0 -0.5"]),
        ("1  造林", "blanks", ["1@0-0 0 -6 -4", "造林@0-0 x 0 -4"]),
        ("1\n造林\n市局", "line", ["1@0-0 0 0 -1", "造林@1-1 0 0 -1", "市局@2-2 0 0 -1"]),
        ("1\n\n造林\n\n市局", "line", ["1@0-0 0 0 -1", "造林@1-1 0 0 -1", "市局@2-2 0 0 -1"]),
        ("1\n造林\n\n市局\n\n2", "line", ["1@0-0 0 0 -2", "造林@1-1 -1.5 -1.5 0.5", "市局@2-2 0 0 -2", "2@3-3 0 0 -2"]),
        ("|1|造林|\n推进|市局|", "pipe_stream", ["1@0-0 1 -3 x", "造林@0-0 0 0 x", "推进@1-1 0 0 x", "市局@1-1 0 0 x"]),
        ("1|造林\n推进|\n|市局||\n尾部\n文字", "pipe_stream",
         ["1@0-0 0 0 x", "造林\n推进@0-1 0 0 x", "市局@2-2 1 -3 x", "@2-2 0 0 -0.3", "尾部@3-3 0 -1 x", "文字@4-4 0 -1 x"]),
    ],
)  # fmt: skip
def test_a_divider_says_how_far_it_parts_rows_and_cells(text: str, divider: Divider, found: list[str]) -> None:
    assert tokens(text, divider) == found


def test_lines_are_parted_by_blank_ones_where_some_are_and_some_are_not() -> None:
    def nears(apart: int, count: int) -> set[float]:
        lines = "\n".join(("\n" if 0 < place <= apart else "") + str(place) for place in range(count))
        return {token.start for token in cut_tokens(as_lines(lines), "line")}

    assert nears(2, 10) == {0.0}
    assert nears(3, 10) == {0.0, -1.5}
    assert nears(18, 21) == {0.0, -1.5}
    assert nears(19, 21) == {0.0}


# Numbers


@pytest.mark.parametrize(
    ("texts", "weights"),
    [
        (["1", "甲", "2", "3"], [6, 0, 8, 8]),
        (["2", "3", "1"], [3, 8, 3.5]),
        (["1", "201"], [6, 4]),
        (["1", "202"], [6, -1]),
        (["1", "2024", "2"], [6, -1, 8]),
        (["（1）", "第2项", "3.", "十二", "12345", "1234567"], [6, 8, 8, 4, 0, 0]),
        (["1", "1"], [6, 3.5]),
        (["3", "2"], [3, -1]),
        (["1", *["99"] * 11, "2"], [6, *[-1] * 11, 8]),
        (["1", *["99"] * 12, "2"], [6, 4, *[-1] * 12]),
        ([], []),
    ],
)
def test_the_numbers_that_count_the_rows_are_a_chain(texts: list[str], weights: list[float]) -> None:
    assert weigh_numbers(texts) == weights
    assert count_chain(weights) == weights.count(8)


# Headings


def stream(*texts: str) -> list[Token]:
    return [Token(text=text, line=at, last_line=at, start=0, stay=0, join=0) for at, text in enumerate(texts)]


@pytest.mark.parametrize(
    ("texts", "found"),
    [
        (("一", "保就业", "", "1", "发放"), ["一\n保就业", "", "1", "发放"]),
        (("（一）", "保" * 30, "（1）"), ["（一）\n" + "保" * 30, "（1）"]),
        (("一", "保就业", "一千"), ["一", "保就业", "一千"]),
        (("一、", "保就业。", "1"), ["一、", "保就业。", "1"]),
        (("一", "保", "1"), ["一", "保", "1"]),
        (("一", "保" * 31, "1"), ["一", "保" * 31, "1"]),
        (("一", "保就业"), ["一", "保就业"]),
        (("1", "保就业", "1"), ["1", "保就业", "1"]),
        (("一", "12", "1"), ["一", "12", "1"]),
        (("一", "保\n业", "1"), ["一", "保\n业", "1"]),
        (("甲", "一", "保就业", "1"), ["甲", "一\n保就业", "1"]),
    ],
)
def test_a_numeral_and_its_title_are_one_heading(texts: tuple[str, ...], found: list[str]) -> None:
    joined = join_headings(stream(*texts))
    assert [token.text for token in joined] == found
    assert [token.last_line - token.line for token in joined if is_joined_heading(token.text)] == [1] * (
        len(texts) - len(found)
    )
    assert not is_joined_heading("一") and not is_joined_heading("一\n保\n业") and not is_joined_heading("1\n保业")


# Headers


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("序号\t重点任务\t责任单位", "tab 1 序号|重点任务|责任单位"),
        ("重点任务\t责任单位", "tab 1 重点任务|责任单位"),
        ("| 序号 | 重点任务 | 责任单位 |", "pipe 1 序号|重点任务|责任单位"),
        ("序号  重点任务  责任单位", "blanks 1 序号|重点任务|责任单位"),
        ("重点任务  责任单位", None),
        ("序号 重 点 任 务 责任单位", "blank 1 序号|重点任务|责任单位"),
        ("重点任务 责任单位", None),
        ("序号,重点任务,责任单位", "comma 1 序号|重点任务|责任单位"),
        ("重点任务,责任单位", None),
        ("序号,重点任务,甲,责任单位", None),
        ("序号，重点任务，责任单位。", None),
        (f"序号\t重点任务\t责任单位\t{'甲' * 16}", f"tab 1 序号|重点任务|责任单位|{'甲' * 16}"),
        (f"序号\t重点任务\t责任单位\t{'甲' * 17}", None),
        ("\t".join(["序号", "重点任务", "责任单位", "完成时限", "备注", "牵头单位", "配合单位", *"甲乙丙丁戊己庚"]),
         "tab 1 序号|重点任务|责任单位|完成时限|备注|牵头单位|配合单位|甲|乙|丙|丁|戊|己|庚"),
        ("\t".join(["序号", "重点任务", "责任单位", "完成时限", "备注", "牵头单位", "配合单位", "措施", *"甲乙丙丁戊己庚"]),
         None),
        ("序号\n重点任务\n责任单位\n1\n造林", "line 3 序号|重点任务|责任单位"),
        ("序号\n重点任务\n责任单位\n造林", "line 3 序号|重点任务|责任单位"),
        ("重点任务\n责任单位\n造林", "line 2 重点任务|责任单位"),
        ("序号\n重点任务\n责任单位\n甲某列\n1", "line 4 序号|重点任务|责任单位|甲某列"),
        ("序号\n重点任务\n责任单位\n甲某列\n5", "line 4 序号|重点任务|责任单位|甲某列"),
        ("序号\n重点任务\n责任单位\n甲某列\n造林", "line 3 序号|重点任务|责任单位"),
        ("重点任务\n责任单位\n甲某列\n1", "line 2 重点任务|责任单位"),
        ("序号\n重点任务\n甲某列\n1\n造林", None),
        ("考核项目\n序号\n工作措施\n责任单位\n1", "line 4 考核项目|序号|工作措施|责任单位"),
        ("考核项目\n工作措施\n责任单位\n1", None),
        ("序号 |\n重点任务 |\n责任单位 |\n1 |", "pipe_stream 3 序号|重点任务|责任单位"),
        ("序号\n|\n重点任务\n|\n责任单位\n|\n1", "pipe_stream 6 序号|重点任务|责任单位"),
        ("序号 | 重点任务 |\n责任单位 | \n1", "pipe_stream 2 序号|重点任务|责任单位"),
        ("序号\n任务\n2024年目标\n6月底前目标\n责任单位\n1", "line 5 序号|任务|2024年目标|6月底前目标|责任单位"),
        ("序号\n任务12\n责任单位\n1", None),
        ("造林工作\n重点任务", None),
    ],
)  # fmt: skip
def test_a_header_is_found_whatever_divides_its_labels(text: str, found: str | None) -> None:
    header = find_header(as_lines(text), 0, WORDS)
    drawn = None if header is None else f"{header.divider} {header.end - header.start} {'|'.join(header.labels)}"
    assert drawn == found


@pytest.mark.parametrize(
    ("labels", "groups"),
    [
        ("序号|重点任务|完成时限|责任单位|牵头单位|配合单位", [((3, 2), "task_no measure deadline lead support")]),
        ("重点任务|完成时限|责任单位|牵头单位|配合单位", [((2, 2), "measure deadline lead support")]),
        ("重点任务|责任单位|牵头单位|配合单位", []),
        ("序号|重点任务|责任分工|完成时限|牵头单位|责任单位|配合单位", [
            ((2, 2), "task_no measure responsible support deadline lead"),
            ((2, 3), "task_no measure lead responsible support deadline"),
        ]),
        ("序号|重点任务|完成时限|责任单位|牵头单位|牵头部门", []),
    ],
)  # fmt: skip
def test_a_label_may_stand_above_the_last_ones(labels: str, groups: list[tuple[tuple[int, int], str]]) -> None:
    header = find_header(as_lines(labels.replace("|", "\n") + "\n1\n造林"), 0, WORDS)
    assert header is not None
    found = [(meant.group, " ".join(column.role for column in meant.columns)) for meant in regroup(header, WORDS)]
    assert found == groups
    rows = find_header(as_lines(labels.replace("|", "\t")), 0, WORDS)
    assert rows is not None and regroup(rows, WORDS) == []


# How a text fits a column

ROLES = (Role.TASK_NO, Role.TASK_NAME, Role.MEASURE, Role.DEADLINE, Role.RESPONSIBLE, Role.SECTION, Role.OTHER)
COLUMNS = tuple(Column(role=role, label="") for role in ROLES)


def clues() -> Clues:
    return Clues(vocabulary=WORDS, is_deadline=lambda text: DEADLINE.fullmatch(text) is not None)


@pytest.mark.parametrize(
    ("text", "weights"),
    [
        ("", [-0.5, -0.5, -4, -1.5, -1.5, 0, 0.2]),
        ("1", [1, -5, -5, -3.067, -3.05, -5, 0.3]),
        ("（3）", [1, -5, -5, -3.2, -3.15, -5, 0.3]),
        ("1-2", [1, -5, -5, -3.2, -3.15, -5, 0.3]),
        ("—", [-9, -5, -5, 2, 3, -5, 0.3]),
        ("年底前", [-9, -5, -5, 5, -3.15, -5, 0.3]),
        ("2月", [-9, -5, -5, 5, -3.1, -5, 0.3]),
        ("2024", [1, -1, -3, 4, -3.2, -1, 0.3]),
        ("日常管理", [-9, -1, -3, 4, -3.2, -1, 0.3]),
        ("供水", [-9, 1, -1, -3.133, -3.1, 1, 0.3]),
        ("供水供水供水", [-9, 1, 1, -3.4, -3.3, 1, 0.3]),
        ("供水供水供水供水供水供水", [-9, 1, 2, -3.8, -3.6, 1, 0.3]),
        ("推" * 25, [-9, 1, 3, -4.667, -4.25, 1, 0.3]),
        ("推" * 26, [-9, 0, 3, -4.733, -4.3, 0, 0.3]),
        ("推" * 46, [-9, -3, 3, -6.067, -5.3, -3, 0.3]),
        ("推" * 80 + "。", [-9, -4, 3.5, -7, -7, -4, 0.3]),
        ("完成管网改造。", [-9, 0, 1.5, -3.467, -4.35, 0, 0.3]),
        ("一、造林", [-9, 1, -1, -3.267, -3.2, 2.5, 0.3]),
        ("市水务局", [-9, -2, -5, -3.267, 4, -2, -0.7]),
        ("市水务局、市财政局", [-9, -2, -3, -3.6, 4, -2, -0.7]),
        ("市水务局、造林", [-9, -0.5, -1, -3.467, 1.5, -0.5, -0.2]),
        ("市水务局、造林、育苗、修路", [-9, 0.25, 1, -3.867, -3.65, 0.25, 0.05]),
        ("城区", [-9, -0.8, -3.4, -3.133, 1.5, -0.8, -0.3]),
        ("注：下同", [-15] * 7),
    ],
)
def test_how_well_a_text_fits_under_each_column(text: str, weights: list[float]) -> None:
    found = fit_token(text, COLUMNS, [""] * len(COLUMNS), 0.0, clues())
    assert [round(weight, 3) for weight in found] == weights
    assert fit_token("3", COLUMNS, [""] * len(COLUMNS), 8.0, clues())[0] == 8.0, "the next number"


@pytest.mark.parametrize(
    ("kind", "weights"),
    [
        ("both", [2.5, 2.5, 2.5, 2.5, 2.5, 2.5, -3]),
        ("person", [2.5, -1.3, 2.5, -1.4, -1.1, 0.5, 0.5]),
        ("progress", [0.5, 0.5, 1.5, 0.5, 0.5, -1.5, -1.5]),
        ("value", [-1, 2, -1, 2, 2, -1, -1]),
        ("indicator", [0, 2, 0, 2, 2, 0, 0]),
        ("place", [1.5] * 7),
        ("unit", [1, -2, 1, -2, -2, 1, -2]),
        ("milestone", [1, 1, 1, 1, -2, -1, -1]),
        ("body", [-1, -1, -1, -1, -1, 3, 3]),
        ("", [0.3, 0.3, 0.3, 0.3, 0.3, -0.7, -0.7]),
    ],
)
def test_a_column_without_a_role_fits_what_its_kind_holds(kind: str, weights: list[float]) -> None:
    texts = ("张三、李四", "张三1", "已完成", "造林2亩", "1", "市水务局", "市水务局、市财政局。")
    column = (Column(role=Role.OTHER, label=""),)
    assert [round(fit_token(text, column, [kind], 0.0, clues())[0], 3) for text in texts] == weights


def test_kinds_end_where_texts_are_long() -> None:
    column = (Column(role=Role.OTHER, label=""),)

    def fit(text: str, kind: str) -> float:
        return fit_token(text, column, [kind], 0.0, clues())[0]

    assert [fit("长" * count, "both") for count in (60, 61)] == [2.5, -3]
    assert [fit("长" * count, "place") for count in (39, 40)] == [1.5, -1]
    assert [fit("长" * count + "9", "value") for count in (38, 39)] == [2, -1]
    assert [fit("长" * count, "unit") for count in (6, 7)] == [1, -2]
    assert [fit("长" * count, "person") for count in (1, 2, 4, 5)] == [-1.1, 2.5, 2.5, -1.5]
    assert fit("长" * 61, "person") == -7


@pytest.mark.parametrize(
    ("text", "share"),
    [
        ("市水务局", 1), ("各乡镇", 1), ("各有关部门", 1), ("有关单位", 1), ("全市各学校", 1), ("市水务局牵头", 1),
        ("市水务局等有关部门", 1), ("某公司等", 1), ("牵头单位：市财政局", 1), ("市水务局：市财政局", 0),
        ("发展改革委", 1), ("推进改革委", 1), ("推进老旧小区改造局", 0), ("街道办事处", 1), ("市图书馆", 0.8),
        ("市图书馆（总馆）", 0.8), ("图书馆", 0.6), ("图书馆。", 0.3), ("造林工作", 0), ("局", 0),
        ("某" * 23 + "局", 1), ("某" * 24 + "局", 0), ("市水务局、造林", 0.5), ("ABC", 0), ("", 0),
    ],
)  # fmt: skip
def test_how_much_of_a_list_reads_as_names_of_bodies(text: str, share: float) -> None:
    assert clues().body_share(text) == share


@pytest.mark.parametrize(
    ("text", "is_deadline"),
    [
        ("年底前", True), ("2月", True), ("12", False), ("2024", True), ("2124", False), ("月", False), ("造林", False),
        ("持续推进", True), ("年底前。", False), ("推" * 11 + "2月底", True), ("推" * 12 + "2月底", False),
    ],
)  # fmt: skip
def test_a_short_text_with_a_date_reads_as_a_deadline(text: str, is_deadline: bool) -> None:
    assert clues().reads_as_deadline(text) is is_deadline


def test_a_column_is_familiar_with_what_it_held_twice() -> None:
    seen = {4: {"市水务局": 2, "市财政局": 1}, 3: {"年底前": 3}}
    counted = {place: Counter(texts) for place, texts in seen.items()}
    known = clues().with_seen(counted, frozenset({4}))

    def gain(text: str) -> list[float]:
        kinds = [""] * len(COLUMNS)
        plain, told = (fit_token(text, COLUMNS, kinds, 0.0, found) for found in (clues(), known))
        return [round(new - old, 3) for old, new in zip(plain, told, strict=True)]

    assert gain("市水务局") == [0, -1, 0, -1, 2.5, -1, -1]
    assert gain("市水务局、市财政局") == [0, 0, 0, 0, 1.25, 0, 0]
    assert gain("市财政局") == [0] * 7
    assert gain("年底前") == [0, -1, 0, 2.5, -1, -1, -1]
    assert known.with_seen(counted, frozenset({4, 5})).alike(5) == [4]


# Rows


def rows(texts: list[str], fits: list[list[float]], columns: tuple[Column, ...], **given: float) -> list[str]:
    """Each cell's kind and column by the most probable reading."""
    cells = [
        Token(text=text, line=0, last_line=0, start=given.get("start", 0.0), stay=0.0, join=given.get("join", -1.0))
        for text in texts
    ]
    weights = np.array([[-6.0, given.get("behind", 0.0)]] * len(cells))
    found = align(cells, columns, np.array(fits), weights)
    return [f"{placed.kind}{placed.col}" for placed in found.places]


PLAN = COLUMNS[:3] + COLUMNS[4:5]
NUMBER, NAME, TEXT, BODY = [8.0, -5, -5, -3], [-9.0, 1, -1, -3], [-9.0, 0, 3, -4], [-9.0, -2, -5, 4]


@pytest.mark.parametrize(
    ("fits", "found"),
    [
        ([NUMBER, NAME, TEXT, BODY] * 2, ["start0", "stay1", "stay2", "stay3"] * 2),
        ([NUMBER, NAME, TEXT, BODY, BODY, NUMBER, NAME, TEXT, BODY],
         ["start0", "stay1", "stay2", "stay3", "join3", "start0", "stay1", "stay2", "stay3"]),
        ([NUMBER, NAME, TEXT, BODY, TEXT, BODY], ["start0", "stay1", "stay2", "stay3", "start2", "stay3"]),
        ([NUMBER, TEXT, BODY], ["start0", "stay2", "stay3"]),
    ],
)  # fmt: skip
def test_cells_are_laid_under_columns_in_the_most_probable_way(fits: list[list[float]], found: list[str]) -> None:
    assert rows(["甲"] * len(fits), fits, PLAN) == found


def test_nothing_is_laid_nowhere_and_each_place_has_its_probability() -> None:
    empty = align([], PLAN, np.zeros((0, 4)), np.zeros((0, 2)))
    assert (empty.places, empty.weight) == ((), 0.0)
    found = align(stream("1", "甲", "乙", "局"), PLAN, np.array([NUMBER, NAME, TEXT, BODY]), np.full((4, 2), -6.0))
    assert found.weight == pytest.approx(16.0)
    assert all(0.9 < placed.score <= 1.0 for placed in found.places)


# Cells that go on below themselves


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("1    完成管网改造和  市水务局\n     道路建设。     市财政局", [["1", "完成管网改造和\n道路建设。", "市水务局\n市财政局"]]),
        ("1    完成管网改造和  市水务局\n                    市财政局", [["1", "完成管网改造和", "市水务局\n市财政局"]]),
        ("1    完成管网改造。  市水务局\n   道路建设。", [["1", "完成管网改造。", "市水务局"], ["道路建设。"]]),
        ("1    完成管网改造和  市水务局\n2    道路建设。      市财政局", [["1", "完成管网改造和", "市水务局"],
                                                                ["2", "道路建设。", "市财政局"]]),
        ("1    完成。          市水务局\n2    完成管网改造和  市水务局\n3    完成。          市水务局\n     修路。",
         [["1", "完成。", "市水务局"], ["2", "完成管网改造和", "市水务局"], ["3", "完成。", "市水务局"], ["修路。"]]),
        ("1    完成管网，在    市水务局\n2    完成管网改造和  市水务局\n3    完成管网，在    市水务局\n     修路。",
         [["1", "完成管网，在", "市水务局"], ["2", "完成管网改造和", "市水务局"], ["3", "完成管网，在\n修路。", "市水务局"]]),
    ],
)  # fmt: skip
def test_a_cell_that_was_too_wide_goes_on_below_itself(text: str, found: list[list[str]]) -> None:
    assert [[cell.text for cell in row] for row in join_wrapped(as_lines(text))] == found


# Nothing that divides


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("类别序号重点督办内容牵头单位完成情况", ["类别", "序号", "重点督办内容", "牵头单位", "完成情况"]),
        ("序号工作任务责任单位完成时限备注", ["序号", "工作任务", "责任单位", "完成时限", "备注"]),
        ("序号重点任务责任单位", []),
        ("序号重点任务责任单位完成时限甲", []),
        ("序号1工作任务责任单位完成时限", []),
    ],
)
def test_a_header_without_dividers_is_cut_into_known_labels(text: str, found: list[str]) -> None:
    assert run_together._cut_header(text, WORDS) == found


@pytest.mark.parametrize(
    ("text", "has_rest", "ways"),
    [
        ("造林。市林业局", False, ["造林。|市林业局"]),
        ("造林。市林业局完成", True, ["造林。|市林业局|完成"]),
        ("造林。市林业局完成", False, []),
        ("造林！市委办公室", False, ["造林！|市委办公室"]),
        ("造林。市局", False, []),
        ("造林市林业局", False, []),
        ("甲。乙。市林业局", False, ["甲。乙。|市林业局"]),
        ("造林。市委员会局", True, ["造林。|市委员会|局"]),
        ("造林。市林业局市财政局完成", True, ["造林。|市林业局|市财政局完成", "造林。|市林业局市财政局|完成"]),
    ],
)
def test_text_and_body_are_told_by_a_stop_and_an_ending(text: str, has_rest: bool, ways: list[str]) -> None:
    found = run_together._cut_behind(text, WORDS.no_bodies, has_rest=has_rest)
    assert ["|".join(way) for way in found] == ways


@pytest.mark.parametrize(
    ("text", "last", "has_section", "row"),
    [
        ("1造林。市林业局", None, False, "|1|造林。|市林业局"),
        ("2造林。市林业局", 1, False, "|2|造林。|市林业局"),
        ("2造林。市林业局", 0, False, None),
        ("1造林12亩。市林业局", 0, False, "|1|造林12亩。|市林业局"),
        ("治水1造林。市林业局", None, True, "治水|1|造林。|市林业局"),
        ("1造林。市林业局", None, True, None),
        ("治水1造林。市林业局", None, False, None),
        ("治水3造林。市林业局", 1, True, None),
        ("治" * 30 + "1造林。市林业局", None, True, "治" * 30 + "|1|造林。|市林业局"),
        ("治" * 33 + "1造林。市林业局", None, True, None),
    ],
)
def test_a_row_without_dividers_has_one_reading_or_none(
    text: str, last: int | None, has_section: bool, row: str | None
) -> None:
    found = run_together._read_row(text, last, has_section=has_section, has_rest=False, no_bodies=WORDS.no_bodies)
    assert (None if found is None else "|".join(found)) == row


LABELS = "序号重点督办内容牵头单位完成情况"
FIRST, SECOND = "1造林。市林业局已完成", "2修路。市交通局推进中"


@pytest.mark.parametrize(
    ("lines", "place", "end", "count"),
    [
        ((LABELS, FIRST, SECOND, "说明"), 0, 3, 2),
        (("前言", LABELS, FIRST, SECOND), 1, 4, 2),
        ((LABELS, FIRST), 0, 2, None),
        ((LABELS, FIRST, SECOND, "3修桥"), 0, 3, None),
        ((LABELS, FIRST, SECOND, "4修桥"), 0, 3, 2),
        ((LABELS, FIRST, "3修路。市交通局推进中"), 0, 2, None),
        (("类别" + LABELS, "治水" + FIRST, "治水" + SECOND), 0, 3, 2),
        (("类别" + LABELS, "治水" + FIRST, SECOND), 0, 2, None),
        (("序号重点督办内容牵头单位完成情况备注", FIRST, SECOND), 0, 1, None),
    ],
)
def test_a_table_without_dividers_is_read_where_one_reading_is_possible(
    lines: tuple[str, ...], place: int, end: int, count: int | None
) -> None:
    found = find_run_together(as_lines("\n".join(lines)), WORDS)
    assert found is not None
    assert (found.place, found.end, found.table and found.table.row_count - 1) == (place, end, count)
    if found.table is not None:
        assert draw(found.table)[1][-4:] == ("1", "造林。", "市林业局", "已完成")


def test_a_header_without_bodies_is_none() -> None:
    assert find_run_together(as_lines("序号重点督办内容完成情况备注\n1造林。"), WORDS) is None
