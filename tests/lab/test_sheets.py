"""The lab's plans as workbooks: every measure exact, no character lost, by each writer."""

from __future__ import annotations

import shutil

import pytest

from tests.lab import draw_options, make_plan
from tests.lab.sheets import WRITERS, score_workbook, write_all

SEEDS = (3, 5, 8, 17, 21)


@pytest.mark.parametrize("writer", WRITERS)
def test_every_measure_of_a_workbook_is_exact_and_no_character_is_lost(writer):
    if writer == "libreoffice" and shutil.which("soffice") is None:
        pytest.skip("needs LibreOffice")
    plans = [make_plan(seed, draw_options(seed, "reportlab")) for seed in SEEDS]
    scores = [score_workbook(plan, data) for plan, data in zip(plans, write_all(plans, writer), strict=True)]
    assert [message for score in scores for _, _, message in score.differences] == []
    assert sum(score.measures_exact for score in scores) == sum(score.measures for score in scores) > 100
