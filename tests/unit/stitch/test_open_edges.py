"""Missing rules at the foot of a page, and what a document's breaks usually are."""

from __future__ import annotations

import pytest

from planextract.model.roles import Role
from planextract.model.table import Boundary, Column, Fragment
from planextract.stitch.learning import learn_prior
from planextract.stitch.open_edges import find_continued, find_habit, is_cut_open
from planextract.stitch.settings import StitchSettings
from planextract.text.sentences import ends_inside

COLUMNS = tuple(Column(role=role, label=role) for role in (Role.TASK_NO, Role.MEASURE, Role.DEADLINE, Role.SUPPORT))


def make_fragment(bottom: str) -> Fragment:
    """``bottom`` draws the last rule by column: ``_`` ruled, ``.`` open."""
    return Fragment(
        page=1,
        table_no=1,
        columns=COLUMNS,
        has_header=True,
        has_spans=True,
        header_cells=(),
        rows=(),
        open_columns=((False,) * 4, tuple(mark == "." for mark in bottom)),
    )


AFTER = make_fragment("____")


@pytest.mark.parametrize(
    ("bottom", "is_cut", "continued"),
    [
        ("____", False, set()),
        ("....", True, set()),
        ("__..", False, {Role.DEADLINE, Role.SUPPORT}),
        ("___.", False, {Role.SUPPORT}),
    ],
)
def test_an_open_measure_is_a_cut_row_and_other_open_cells_are_merged(bottom, is_cut, continued):
    before = make_fragment(bottom)
    assert is_cut_open(before, AFTER) is is_cut
    assert find_continued(before, AFTER) == continued


@pytest.mark.parametrize(
    ("pages", "habit"),
    [(("____", "____", "...."), "closed"), (("....", "....", "____"), "open"), (("....", "____", "____"), "both")],
)
def test_the_habit_is_that_of_all_pages_but_the_last(pages, habit):
    assert find_habit([make_fragment(page) for page in pages]) == habit


def make_boundaries(*decisions: tuple[str, float]) -> list[Boundary]:
    return [
        Boundary(
            page_before=i,
            page_after=i + 1,
            decision="joined",
            row_decision=decision,
            score=score,
            reasons=(),
            runner_up=None,
        )
        for i, (decision, score) in enumerate(decisions)
    ]


def test_sure_decisions_teach_the_prior_of_doubtful_ones():
    settings = StitchSettings()
    cuts = [("cut_row", 0.99)] * 6
    assert learn_prior(make_boundaries(*cuts, ("new_measure", 0.6)), settings) > 0.75
    assert learn_prior(make_boundaries(*[("new_measure", 0.99)] * 6, ("cut_row", 0.6)), settings) < 0.2


@pytest.mark.parametrize(
    "decisions", [[("new_measure", 0.6)], [("cut_row", 0.99)] * 3, [("new_task", 0.99), ("cut_row", 0.5)]]
)
def test_nothing_is_learnt_without_sure_or_without_doubtful_decisions(decisions):
    assert learn_prior(make_boundaries(*decisions), StitchSettings()) is None


@pytest.mark.parametrize("text", ["形成监管合力，", "包括：", "会同区教委和", "（", "确保在"])
def test_no_sentence_ends_inside(text):
    assert ends_inside(text)


@pytest.mark.parametrize("text", ["", "形成监管合力", "全面完成。", "（试行）"])
def test_a_text_may_end_so(text):
    assert not ends_inside(text)
