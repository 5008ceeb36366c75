"""Plans in plain text, in every form that divides cells: measures are exact, none is invented."""

from __future__ import annotations

import pytest

from tests.lab.plain_forms import FORMS, draw_form_options, draw_noise, score_form, write_form
from tests.lab.plans import make_plan

SEEDS = range(300, 306)


@pytest.mark.parametrize("form", FORMS)
def test_measures_are_exact(form):
    plans = [make_plan(seed, draw_form_options(seed, form)) for seed in SEEDS]
    scores = [score_form(plan, write_form(plan, form, draw_noise(plan.seed))) for plan in plans]
    wanted, exact = sum(score.wanted for score in scores), sum(score.exact for score in scores)
    assert exact >= 0.995 * wanted, [score.differences for score in scores if score.differences]
    assert sum(score.invented for score in scores) == 0
