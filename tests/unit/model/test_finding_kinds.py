"""A finding is as severe as its kind says, and has a kind that is listed."""

import pytest

from planextract.errors import InternalError
from planextract.model.finding_kinds import FINDING_KINDS
from planextract.model.record import Finding
from planextract.model.source import ReadNote


def test_a_finding_takes_the_severity_of_its_kind():
    assert Finding.of("check.no_text", "the measure has no text").severity == "error"
    assert ReadNote.of("read.seal", "a red seal was taken out", page=2).severity == "info"


def test_only_the_milder_severity_of_the_kind_may_be_given_instead():
    assert Finding.of("check.deadline_in_text", "", severity="info").severity == "info"
    with pytest.raises(InternalError, match="never of severity 'info'"):
        Finding.of("check.two_roles", "", severity="info")


def test_a_code_that_is_not_listed_is_refused():
    with pytest.raises(InternalError, match="finding_kinds"):
        Finding.of("check.no_such_thing", "")


def test_every_kind_has_words_in_both_languages():
    kinds = FINDING_KINDS.values()
    assert all(kind.english and kind.chinese and not kind.english.endswith(".") for kind in kinds)
    assert all(any("\u4e00" <= char <= "\u9fff" for char in kind.chinese) for kind in kinds)
