"""Numbers and sections that go on, start again, or are damaged."""

from __future__ import annotations

import pytest

from planextract.stitch.numbering import Opening, compare_sections, read_opening, restarts
from planextract.stitch.row_facts import TaskKey
from tests.unit.stitch.test_likelihoods import fragment


def _opening(*numbers: int, name: str = "绿化") -> Opening:
    return Opening(numbers=numbers, name=name, section="", starts_with_data=True)


@pytest.mark.parametrize(
    ("numbers", "name", "task", "wanted"),
    [
        ((1, 2), "绿化", TaskKey(task_no=7, name="清洁"), True),
        ((1,), "绿化", TaskKey(task_no=7, name="清洁"), True),
        ((2, 3), "绿化", TaskKey(task_no=7, name="清洁"), False),
        ((), "", TaskKey(task_no=7, name="清洁"), False),
        ((1, 2), "绿化", None, False),
        ((1, 2), "绿化", TaskKey(task_no=None, name="清洁"), False),
        ((1, 12), "绿化", TaskKey(task_no=10, name="清洁"), False),
        ((1, 2), "绿化", TaskKey(task_no=1, name="绿化"), False),
        ((1, 2), "绿化", TaskKey(task_no=1, name="清洗道路和桥梁"), True),
        ((1, 2), "绿化", TaskKey(task_no=2, name="绿化"), True),
    ],
    ids=[
        "at 1", "a lone 1", "at 2", "no number", "no task", "no number above", "a damaged 11", "task 1 goes on",
        "another task 1", "the name of another number",
    ],
)  # fmt: skip
def test_numbers_start_again_at_one(numbers, name, task, wanted) -> None:
    assert restarts(_opening(*numbers, name=name), task) is wanted


@pytest.mark.parametrize(
    ("before", "after", "wanted"),
    [
        ("一、治水", "二、治气", "goes_on"),
        ("一、治水", "三、治气", None),
        ("三、治水", "一、治气", "restarts"),
        ("一、治水", "一、治 水", "repeated"),
        ("", "一、治气", None),
        ("一、治水", "", None),
        ("（一）治水", "（二）治气", None),
        ("一、治水", "（二）治气", None),
        ("治水", "治气", None),
    ],
)
def test_sections_of_the_first_level_are_compared(before: str, after: str, wanted: str | None) -> None:
    assert compare_sections(before, after) == wanted


def test_a_fragment_opens_with_its_first_two_numbers() -> None:
    opening = read_opening(fragment(("5", "5", "6", "7"), "二、治气"))
    assert opening == Opening(numbers=(5, 6), name="", section="二、治气", starts_with_data=False)


def test_a_fragment_that_begins_inside_a_task_says_so() -> None:
    opening = read_opening(fragment(("", "6")))
    assert (opening.numbers, opening.section, opening.starts_with_data) == ((6,), "", True)
    assert read_opening(fragment()) == Opening(numbers=(), name="", section="", starts_with_data=False)
