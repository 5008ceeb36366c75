"""Plans of other cities and years, read by the same code: fields, deadlines and targets against hand-made truth.

The rows and cells of the same plans are checked in tests/golden (``expected.yaml``).
"""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

import planextract

from .phrase_scores import parse_spec

CASES = sorted(Path(__file__).parents[1].glob("golden/*/values.yaml"))


@pytest.fixture(params=CASES, ids=lambda path: path.parent.name)
def case(request):
    extraction = planextract.extract_file(next(request.param.parent.glob("input.*")))
    measures = {f"{task.key}/{m.seq}": m for plan in extraction.plans for task in plan.tasks for m in task.measures}
    return extraction, measures, yaml.safe_load(request.param.read_text(encoding="utf-8"))


def test_fields_of_the_notice(case):
    extraction, _, wanted = case
    found = {name: getattr(extraction if name == "layout" else extraction.notice, name) for name in wanted["notice"]}
    assert found == wanted["notice"]


def test_deadlines(case):
    _, measures, wanted = case
    found = {key: [m.deadline.kind, m.deadline.end] for key, m in measures.items() if m.deadline.kind != "none"}
    assert found == wanted["deadlines"]


def test_targets(case):
    _, measures, wanted = case
    for key, measure in measures.items():
        truth = [parse_spec(spec) for spec in wanted["targets"].get(key, [])]
        found = [t for t in measure.targets if t.role == "target"]
        assert [(t.comparator, t.value, t.value_high, t.unit) for t in found] == [quantity for quantity, _ in truth]
        if wanted.get("indicators", True):
            assert [t.indicator for t in found] == [indicator for _, indicator in truth]
