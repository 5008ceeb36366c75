"""Gate: stated confidence is measured exactness, by stratum, on documents of seeds that no number was fitted on."""

from __future__ import annotations

import pytest

from planextract.model.confidence import Curve
from tests.lab.damage import Rates, damage_lines

from .calibration import (
    MANY,
    by_stratum,
    cells_of,
    count_wrong,
    draw_report,
    errors_held,
    make_jobs,
    rate_again,
    reliability,
)
from .damaged import read_all, samples_of
from .damaged_documents import Job, make_document
from .fitting import fit_curve, fit_model

SEEDS = {
    "text": range(90_000, 90_020),
    "plain": range(94_000, 94_012),
    "pdf": range(91_000, 91_010),
    "prose": range(95_000, 95_030),
    "workbook": range(96_000, 96_010),
    "real": range(92_000, 92_012),
}


@pytest.fixture(scope="module")
def readings():
    return read_all(make_jobs(SEEDS), processes=1)


def test_stated_confidence_is_measured_exactness(readings):
    for name, part in by_stratum(samples_of(readings)).items():
        for low, count, stated, right in reliability(cells_of(part)):
            assert count < MANY or abs(stated - right / count) < 0.06, (name, low, count, stated, right / count)


def test_few_measures_of_undamaged_documents_need_a_look(readings):
    undamaged = [s for s in samples_of(readings) if s.job.is_undamaged and s.stratum != "real"]
    assert sum(s.needs_review for s in undamaged) / len(undamaged) < 0.08


def test_the_measures_to_look_at_hold_most_errors_beyond_a_few_characters(readings):
    light = [s for s in samples_of(readings) if 0 < s.job.level <= 1.5 and s.stratum != "real"]
    assert errors_held(cells_of(light)) > 0.5
    assert count_wrong([s for s in light if s.needs_review]) > 0.5 * count_wrong(light)


def test_the_same_seed_gives_the_same_document_and_reading():
    job = Job(form="prose", seed=95_001, level=1.0)
    assert read_all([job], processes=1) == read_all([job], processes=1)


def test_an_undamaged_form_prints_its_truth_and_a_damaged_one_another_text():
    for form in ("text", "plain", "workbook", "prose"):
        whole, damaged = (make_document(Job(form=form, seed=3, level=level)) for level in (0.0, 3.0))
        assert whole.wanted == damaged.wanted
        assert whole.data != damaged.data
    assert damage_lines("改造\n  完成", 1, Rates().scale(0.0)) == "改造\n  完成"


def test_the_fit_rates_the_samples_that_it_was_made_of(readings):
    made = [r for r in readings if r.job.form in ("text", "prose")]
    model = fit_model(samples_of(made))
    samples = list(rate_again(made, model))
    stated = sum(c for c, _ in cells_of(samples)) / len(cells_of(samples))
    exact = sum(ok for _, ok in cells_of(samples)) / len(cells_of(samples))
    assert abs(stated - exact) < 0.01
    assert any("undamaged" in line for line in draw_report(made, samples))


def test_a_curve_that_was_fitted_rises():
    import numpy as np

    rng = np.random.default_rng(1)
    stated = rng.random(4000)
    curve = fit_curve(stated, (rng.random(4000) < stated**2).astype(float))
    assert isinstance(curve, Curve)
    assert list(curve.measured) == sorted(curve.measured)
    assert abs(curve.read(0.5) - 0.25) < 0.05
