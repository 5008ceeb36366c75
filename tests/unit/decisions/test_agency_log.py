"""The log of decisions on agency names under kills and several writers."""

import json
from concurrent.futures import ProcessPoolExecutor

import pytest

from planextract.decisions import JudgementLog, append_judgements, load_judgements, with_judgements
from planextract.dictionaries import load_dictionaries
from planextract.errors import ConfigError
from planextract.model.judgement import AgencyJudgement


def make(form):
    return AgencyJudgement(form=form, region="110102", action="ignore")


def append_many(path, writer):
    for number in range(20):
        append_judgements(path, [make(f"区{writer}{number}局")])


def test_writers_at_the_same_time_lose_nothing(tmp_path):
    path = tmp_path / "log.jsonl"
    with ProcessPoolExecutor(3) as pool:
        list(pool.map(append_many, [path] * 3, "甲乙丙"))
    forms = {judgement.form for judgement in load_judgements(path).judgements}
    assert forms == {f"区{writer}{number}局" for writer in "甲乙丙" for number in range(20)}


@pytest.mark.parametrize("size", [1, 20, 60])
def test_a_line_torn_by_a_kill_is_passed_over_and_the_next_one_starts_afresh(tmp_path, size):
    path = tmp_path / "log.jsonl"
    append_judgements(path, [make("区甲局")])
    with path.open("ab") as stream:
        stream.write(
            json.dumps({"form": "区乙局", "region": "110102", "action": "ignore"}, ensure_ascii=False).encode()[:size]
        )
    assert [j.form for j in load_judgements(path).judgements] == ["区甲局"]
    append_judgements(path, [make("区丙局")])
    assert [j.form for j in load_judgements(path).judgements] == ["区甲局", "区丙局"]


@pytest.mark.parametrize("line", ['{"form": "区甲局",}', "<<<<<<< ours", '{"form": "区甲局"}', "[]"])
def test_a_line_that_somebody_broke_is_passed_over_and_said(tmp_path, line):
    path = tmp_path / "log.jsonl"
    path.write_text(line + "\n", encoding="utf-8")
    append_judgements(path, [make("区丙局")])
    log = load_judgements(path)
    assert [j.form for j in log.judgements] == ["区丙局"]
    assert len(log.problems) == 1
    assert log.problems[0].startswith("line 1 ")
    assert path.read_text(encoding="utf-8").startswith(line + "\n")


def test_a_decision_that_cannot_hold_never_stops_a_run_but_is_refused_when_it_is_made():
    far = AgencyJudgement(form="区甲局", region="110102", action="accept", agency_id="330300-finance")
    good = AgencyJudgement(form="区乙局", region="110102", action="accept", agency_id="000000-mof")
    log = JudgementLog("log", (far, good))
    made = with_judgements(load_dictionaries(), log)
    assert made.decided_forms == {("110102", "区乙局"): "000000-mof"}
    assert len(made.passed_over) == 1
    with pytest.raises(ConfigError):
        with_judgements(load_dictionaries(), log, [far])
