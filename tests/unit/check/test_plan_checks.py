"""What is odd about plans as they are understood: each check on either side of its limit."""

from __future__ import annotations

import pytest

from planextract.check.plans import _LONG_CELL, _LONG_TEXT, _SHORT_TEXT
from tests.builders import make_plan_text
from tests.unit.check.test_persons_and_checks import extract


def _codes(*rows: str, **given: str) -> list[str]:
    return [
        f.code for f in extract(make_plan_text(*rows, **given)).findings if f.code.startswith(("check.", "interpret."))
    ]


def _row(
    number: str = "1",
    text: str = "建设公园三处。",
    deadline: str = "年底前",
    owner: str = "区教委",
    support: str = "---",
) -> str:
    return f"{number}\t任务{number}\t{text}\t{deadline}\t{owner}\t{support}"


def _number_codes(*numbers: str) -> list[str]:
    return [code for code in _codes(*map(_row, numbers)) if code.startswith("check.number")]


def test_a_sound_plan_has_nothing_odd() -> None:
    assert _codes(_row("1"), _row("2", "改造道路五条。"), _row("3", "清洗管网十里。")) == []


def test_numbers_that_jump_or_return_are_told() -> None:
    assert _number_codes("1", "2", "3") == []
    assert _number_codes("1", "3", "4") == ["check.number_gap"]
    assert _number_codes("2", "3", "4") == [], "a plan may begin anywhere"
    assert "check.number_repeated" in _number_codes("1", "2", "3", "2")


@pytest.mark.parametrize(
    ("length", "is_odd"), [(_SHORT_TEXT - 1, True), (_SHORT_TEXT, False), (_LONG_TEXT, False), (_LONG_TEXT + 1, True)]
)
def test_a_text_is_odd_below_and_above_the_usual_lengths(length: int, is_odd: bool) -> None:
    text = ("建设公园三处并向居民开放" * length)[: length - 1] + "。"
    assert ("check.odd_length" in _codes(_row(text=text))) is is_odd


@pytest.mark.parametrize(("length", "is_odd"), [(_LONG_CELL, False), (_LONG_CELL + 1, True)])
def test_a_long_deadline_that_nobody_understands_may_be_another_columns(length: int, is_odd: bool) -> None:
    words = ("视具体情况由各单位自行把握安排" * 9)[:length]
    codes = _codes(_row(deadline=words))
    assert "interpret.deadline" in codes
    assert ("check.odd_column" in codes) is is_odd


@pytest.mark.parametrize(
    ("owner", "is_odd"),
    [
        ("加强组织领导，完善工作机制，确保任务落实。", True),
        ("区教委对全区学校开展排查并建立问题整改台账", True),
        ("改造小区、新增学位3000个", True),
        ("区教委、区轨道交通建设指挥中心", False),
        ("区教委、前门管理组团", False),
        ("区民政局、各有关单位", False),
        ("1", True),
        ("O", True),
        ("区教委、l", True),
        ("5G办", False),
    ],
)
def test_a_sentence_in_a_cell_of_bodies_may_be_another_columns(owner: str, is_odd: bool) -> None:
    assert ("check.odd_column" in _codes(_row(owner=owner))) is is_odd


def test_what_is_missing_is_told() -> None:
    assert "check.no_deadline" in _codes(_row(deadline=""), _row("2"))
    assert "check.unfinished_text" in _codes(_row(text="建设公园三处，改造"))
    assert "check.no_owners" in _codes(_row(owner="---"))
    assert "check.no_owners" not in _codes(_row(owner="---"), _row("2"))


def test_a_body_named_twice_or_in_two_roles_is_told() -> None:
    assert "check.body_repeated" in _codes(_row(owner="区教委、区财政局、区教委"))
    assert "check.two_roles" in _codes(_row(owner="区教委", support="区财政局、区教委"))
    assert not {"check.body_repeated", "check.two_roles"} & set(_codes(_row(owner="区教委", support="区财政局")))


@pytest.mark.parametrize(
    ("text", "excludes"),
    [
        ("覆盖率达到90%，覆盖率控制在80%以内。", True),
        ("覆盖率达到80%，覆盖率控制在90%以内。", False),
        ("覆盖率达到90%，合格率控制在80%以内。", False),
        ("覆盖率控制在80%以内，覆盖率达到90%。", True),
    ],
)
def test_targets_exclude_each_other_only_below_and_above(text: str, excludes: bool) -> None:
    assert ("check.targets_disagree" in _codes(_row(text=text))) is excludes


def test_a_character_that_nobody_can_read_is_told_with_its_neighbours() -> None:
    found = extract(make_plan_text(_row(text="建设公园\ue000三处。"))).findings
    message = next(f.message for f in found if f.code == "check.unreadable_character")
    assert message == "U+E000 is no readable character: 建设公园\ue000三处。"
