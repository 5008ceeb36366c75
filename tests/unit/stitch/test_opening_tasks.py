"""Does a row open another task, and is one name another one, damaged?"""

from __future__ import annotations

from types import SimpleNamespace

import pytest

from planextract.model.roles import Role
from planextract.model.vocabulary import NoWordBook
from planextract.stitch.first_row import _has_one_measure_each
from planextract.stitch.row_facts import (
    RowFacts,
    TaskKey,
    is_bracketed,
    is_longer_name,
    is_other_wording,
    is_similar_name,
    opens_task,
)
from tests.unit.stitch.test_likelihoods import row

TASK = TaskKey(task_no=4, name="餐饮油烟治理")


@pytest.mark.parametrize(
    ("after", "current", "given", "opens"),
    [
        (row("建公园。", task_no="5", task_name="绿化"), TASK, {}, True),
        (row("建公园。", task_no="4", task_name="餐饮油烟治理"), TASK, {}, False),
        (row("建公园。", task_no="4"), TASK, {}, False),
        (row("建公园。", task_no="4", task_name="绿色出行"), TASK, {}, True),
        (row("建公园。", task_no="（四）", task_name="餐饮油烟治理"), TASK, {}, True),
        (row("建公园。"), TASK, {}, False),
        (row("建公园。"), TASK, {"follows_section": True}, True),
        (row("建公园。"), None, {}, True),
        (row("建公园。", task_no="※"), TASK, {}, True),
        (row("建公园。", task_name="餐饮油烟污染治埋"), TaskKey(task_no=4, name="餐饮油烟污染治理"), {}, False),
        (row("建公园。", task_name="餐饮油烟治埋"), TASK, {}, True),
        (row("建公园。", task_name="餐饮油烟治埋"), TASK, {"is_exact": True}, True),
        (row("建公园。", task_name="餐饮油烟治理"), TASK, {"is_exact": True}, False),
        (row("建公园。", task_name="绿色出行"), TASK, {}, True),
        (row("建公园。", task_no="4"), TaskKey(task_no=None, name="绿化"), {}, True),
    ],
    ids=[
        "the next number", "the number and name again", "the number alone", "the number beside another name",
        "a number of another kind", "neither", "below a section", "the first row", "a number that cannot be read",
        "one damaged character in eight", "one in six", "a name of one character other, read exactly", "the same name, read exactly",
        "another name", "a number where none was",
    ],
)  # fmt: skip
def test_a_row_opens_a_task_by_its_number_and_name(after, current, given, opens) -> None:
    assert opens_task(after, current, **{"follows_section": False, **given}) is opens


class _Words(NoWordBook):
    def is_word(self, text: str) -> bool:
        return text in ("加强", "强化", "推进", "推动", "治理", "监管")


@pytest.mark.parametrize(
    ("first", "second", "is_other"),
    [
        ("加强市场安全监管", "强化市场安全监管", True),
        ("推进旧区改造", "推动旧区改造", True),
        ("餐饮油烟污染治理", "餐饮油烟污染治埋", False),
        ("加强市场安全监管", "加弦市场安全监管", False),
        ("加强市场安全监管", "加强市场安全监管", False),
        ("加强市场安全监管", "市场安全监管", False),
    ],
    ids=["other words", "a character of a word", "damage at the end", "damage within", "the same", "a part left out"],
)
def test_names_that_differ_by_words_are_two(first, second, is_other) -> None:
    assert is_other_wording(first, second, _Words()) is is_other
    assert is_other_wording(second, first, _Words()) is is_other


def test_without_numbers_and_names_each_text_is_a_task() -> None:
    for text, opens in (("建公园。", True), ("", False)):
        facts = RowFacts(texts={Role.MEASURE: text}, roles=(Role.MEASURE, Role.DEADLINE))
        assert opens_task(facts, TASK, follows_section=False) is opens


@pytest.mark.parametrize(
    ("first", "second", "is_one"),
    [
        ("餐饮油烟治理", "餐饮油烟 治理", True),
        ("餐饮油烟治理", "饮油烟治", True),
        ("餐饮油烟治理", "饮油治", True),
        ("绿化", "化", True),
        ("绿化美化", "化", False),
        ("餐饮油烟治理", "绿色出行", False),
        ("餐饮油烟治理", "", False),
        ("", "", True),
    ],
)
def test_names_are_one_but_for_damage_or_a_part_left_out(first: str, second: str, is_one: bool) -> None:
    assert is_similar_name(first, second) is is_one
    assert is_similar_name(second, first) is is_one


def test_only_numerals_in_brackets_are_bracketed() -> None:
    assert [is_bracketed(text) for text in ("（一）", " ( 十二 )", "一、", "（1）", "1")] == [
        True,
        True,
        False,
        False,
        False,
    ]


def test_the_first_column_of_bodies_is_the_owners() -> None:
    assert row().owner_role is Role.RESPONSIBLE
    assert RowFacts(texts={}, roles=(Role.MEASURE, Role.SUPPORT)).owner_role is Role.SUPPORT
    assert RowFacts(texts={}, roles=(Role.MEASURE,)).owner_role is None
    assert row().is_blank and not row("建公园。").is_blank


class _Behind(NoWordBook):
    def is_word(self, text: str) -> bool:
        return text in ("整治", "一体化", "专项治理", "现代化建设")


@pytest.mark.parametrize(
    ("first", "second", "is_longer"),
    [
        ("旧区改造", "旧区改造整治", True),
        ("旧区改造整治工程", "旧区改造", True),
        ("旧区改造", "旧区改造一体化", True),
        ("旧区改造", "旧区改造专项治理", True),
        ("旧区改造", "旧区改造现代化建设", False),  # no word of five characters is looked up
        ("旧区改造", "旧区改造整", False),
        ("旧区改造", "老旧区改造整治", False),
        ("旧区改造", "旧区改造", False),
    ],
)
def test_a_longer_name_has_a_word_of_two_to_four_characters_behind(first: str, second: str, is_longer: bool) -> None:
    assert is_longer_name(first, second, _Behind()) is is_longer


@pytest.mark.parametrize(("further", "is_seen"), [(0.29, True), (0.3, False), (0.31, False)])
def test_a_plan_has_one_measure_each_where_few_rows_go_on_with_a_task(further: float, is_seen: bool) -> None:
    clues = SimpleNamespace(rates=SimpleNamespace(further=further))
    pair = SimpleNamespace(after=SimpleNamespace(measure="加强巡查。"), clues=clues)
    assert (_has_one_measure_each(pair) is not None) is is_seen
    empty = SimpleNamespace(after=SimpleNamespace(measure=""), clues=clues)
    assert _has_one_measure_each(empty) is None
