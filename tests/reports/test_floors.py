"""The regression gate: scores of the real notice never fall silently, and floors follow when scores rise."""

from __future__ import annotations

import json

import pytest

from planextract.report.commands import write_score_report
from tests.conftest import ROOT

from .conftest import GOLD

FLOORS = ROOT / "tests" / "benchmark" / "floors.json"
_ERRORS = {"cer", "false_fold_rate", "wrong_link_rate", "unresolved_rate", "ece", "brier"}


@pytest.mark.parametrize("output", ["text_output", "pdf_output"])
def test_scores_hold_their_floors(output, request, tmp_path):
    written = write_score_report(request.getfixturevalue(output), GOLD, tmp_path, FLOORS, [])
    broken = [
        check for check in json.loads((tmp_path / "score.json").read_text("utf-8"))["floors"] if not check["holds"]
    ]
    assert broken == []
    assert written.holds


def test_floors_are_where_the_scores_are(text_output, pdf_output, tmp_path):
    """A floor holds for the notice as text and as PDF: it stands at the worse of both."""
    found = [write_score_report(output, GOLD, tmp_path, FLOORS, []).figures for output in (text_output, pdf_output)]
    floors = {name: floor for name, floor in json.loads(FLOORS.read_text("utf-8")).items() if not name.startswith("_")}
    slack = {
        name: floor - max(figures[name] for figures in found)
        if name in _ERRORS
        else min(figures[name] for figures in found) - floor
        for name, floor in floors.items()
    }
    assert {name: gap for name, gap in slack.items() if gap > 0.01} == {}, "raise these floors"
