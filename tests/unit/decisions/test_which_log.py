"""A log is told by its lines, whatever option it was given with."""

import json

import pytest

from planextract.decisions import append_decisions, append_judgements, sort_logs, tell_log
from planextract.errors import UsageError
from planextract.model.decision import Decision
from planextract.model.judgement import AgencyJudgement


@pytest.fixture
def people(tmp_path):
    append_decisions(tmp_path / "people", [Decision(decision_id="", at="", kind="accept", shown="甲", codes=("x",))])
    return tmp_path / "people"


@pytest.fixture
def names(tmp_path):
    append_judgements(tmp_path / "names", [AgencyJudgement(form="待定", region="110102", action="ignore")])
    return tmp_path / "names"


def test_each_log_is_told_by_its_first_whole_line(people, names, tmp_path):
    assert [tell_log(people), tell_log(names)] == ["people", "names"]
    names.write_bytes(b"<<<<<<< ours\n" + names.read_bytes())
    assert tell_log(names) == "names"
    (tmp_path / "other").write_text(json.dumps({"a": 1}) + "\n", encoding="utf-8")
    assert [tell_log(tmp_path / "other"), tell_log(tmp_path / "missing"), tell_log(tmp_path)] == [None, None, None]


def test_logs_under_their_own_options_need_no_notice(people, names, tmp_path):
    logs = sort_logs(people, names)
    assert (logs.people, logs.names, logs.notices) == (people, names, ())
    assert sort_logs(tmp_path / "new", None).people == tmp_path / "new", (
        "a log that is still empty is what it is given as"
    )


def test_a_log_given_with_the_other_option_works_and_is_noted(people, names):
    logs = sort_logs(names, None)
    assert (logs.people, logs.names) == (None, names)
    assert "--agency-decisions" in logs.notices[0]
    assert (sort_logs(names, people).people, sort_logs(names, people).names) == (people, names)
    assert sort_logs(names, None, people).people == people, "both old options"
    assert "--decisions" in sort_logs(None, None, people).notices[0]


def test_two_logs_of_one_kind_are_refused(people, names):
    with pytest.raises(UsageError, match="--agency-decisions"):
        sort_logs(names, names)
    with pytest.raises(UsageError, match="--decisions"):
        sort_logs(people, None, people)
