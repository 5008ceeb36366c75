"""A person's decisions beside the input are replayed and shown."""

from __future__ import annotations

import shutil

import planextract


def extract_with(notice, tmp_path, text):
    copy = tmp_path / notice.name
    shutil.copy(notice, copy)
    copy.with_name(copy.name + ".overrides.yaml").write_text(text, encoding="utf-8")
    return planextract.extract_file(copy)


def boundary(extraction, page):
    return next(b for b in extraction.boundaries if b.page_before == page)


def test_a_row_decision_is_forced(notice, tmp_path):
    result = extract_with(
        notice, tmp_path, "boundaries:\n- {pages: [3, 4], row: new_measure, note: checked on paper}\n"
    )
    task = result.plans[0].tasks[7]
    assert len(task.measures) == 2
    assert boundary(result, 3).overridden
    assert boundary(result, 3).row_decision == "new_measure"
    assert boundary(result, 3).runner_up == "cut_row"


def test_a_join_is_forbidden(notice, tmp_path):
    result = extract_with(notice, tmp_path, "boundaries:\n- {pages: [9, 10], join: false}\n")
    assert len(result.plans) == 4
    assert boundary(result, 9).decision == "separate"
    assert boundary(result, 9).overridden


def test_an_inheritance_is_forced_and_shown_in_repairs(notice, tmp_path):
    text = "inheritance:\n- {plan: 2, task: 10, measure_starts: 严厉打击, column: support, inherit: true}\n"
    result = extract_with(notice, tmp_path, text)
    measure = result.plans[1].tasks[9].measures[2]
    assert [i.raw_text for i in measure.responsibilities if i.role == "support"] == ["区园林绿化局"]
    assert any(r.rule == "override_inheritance" for r in result.repairs)


def test_an_inheritance_is_forbidden(notice, tmp_path):
    text = "inheritance:\n- {plan: 1, task: 5, measure_starts: 以印刷行业, column: responsible, inherit: false}\n"
    result = extract_with(notice, tmp_path, text)
    cells = {c.role: c.status for c in result.plans[0].tasks[4].measures[1].agency_cells}
    assert cells["responsible"] == "blank"


def test_an_override_that_matches_nothing_is_a_finding(notice, tmp_path):
    text = (
        "boundaries:\n- {pages: [90, 91], row: cut_row}\n"
        "inheritance:\n- {plan: 1, task: 1, measure_starts: 没有, column: support, inherit: true}\n"
    )
    result = extract_with(notice, tmp_path, text)
    assert sum(f.code == "decisions.stale" for f in result.findings) == 2
