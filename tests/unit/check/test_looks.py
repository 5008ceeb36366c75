import pytest

from planextract.check.looks import asks_for_a_look, needs_look
from planextract.model.finding_kinds import FINDING_KINDS
from planextract.wording.looks import share_left, tell_looks


def test_a_row_less_sure_than_the_model_asks_needs_a_look():
    assert [needs_look([], confidence, 0.7) for confidence in (0.69, 0.7, 1.0)] == [True, False, False]


def test_a_finding_that_doubts_the_reading_asks_however_sure_the_values_are():
    assert needs_look(["read.ragged_row"], 1.0, 0.7)
    assert needs_look(["read.ragged_row"], 1.0, 0.7, is_confirmed=True)


def test_a_confirmed_row_needs_no_look():
    assert not needs_look([], 0.2, 0.7, is_confirmed=True)


@pytest.mark.parametrize("code", ["stitch.doubtful_row", "read.ragged_row", "repair.no_owner", "check.no_text"])
def test_doubts_of_the_reading_ask(code):
    assert asks_for_a_look([code])


@pytest.mark.parametrize("code", ["resolve.unresolved", "check.two_roles", "check.deadline_in_text", "read.ocr"])
def test_what_the_plan_says_does_not(code):
    assert not asks_for_a_look([code])


def test_every_error_asks():
    assert all(kind.doubts_reading for kind in FINDING_KINDS.values() if kind.severity == "error")


def test_what_is_left_counts_only_rows_that_nobody_looks_at():
    assert share_left([(True, 0.1, 4), (False, 0.96, 4), (False, 1.0, 2)]) == 0.004
    assert share_left([]) == 0.0


@pytest.mark.parametrize(
    ("rows", "left", "said"),
    [
        (1, 0.0, "look at this row (about 1 min) to reach 99.9 %"),
        (7, 0.001, "look at these 7 rows (about 3 min) to reach 99.9 %"),
        (30, 0.0123, "look at these 30 rows (about 10 min) to reach 98.7 %"),
        (0, 0.0, "no row needs a look; 99.9 % of the values are expected to be right"),
    ],
)
def test_the_sentence_promises_no_more_than_is_expected(rows, left, said):
    assert tell_looks(rows, left) == said
