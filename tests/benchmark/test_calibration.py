"""Gate: stated confidence is measured exactness on damaged documents with seeds that no number was fitted on."""

from __future__ import annotations

import pytest

from .calibration import cells_of, errors_held, has_enough, reliability, samples_of
from .damaged import Job, draw_level, read_all

SEEDS = {"text": range(90_000, 90_022), "pdf": range(91_000, 91_008), "real": range(92_000, 92_030)}


@pytest.fixture(scope="module")
def readings():
    jobs = [Job(form=form, seed=seed, level=draw_level(seed)) for form, seeds in SEEDS.items() for seed in seeds]
    return read_all(jobs, processes=1)


def test_stated_confidence_is_measured_exactness(readings):
    cells = cells_of(samples_of(readings))
    bins = list(reliability(cells))
    gap = sum(count * abs(stated - right / count) for _, count, stated, right in bins) / len(cells)
    assert gap < 0.02
    for low, count, stated, right in bins:
        assert not has_enough(right, count) or abs(stated - right / count) < 0.06, (low, count, stated, right / count)


def test_the_least_certain_cells_hold_most_errors(readings):
    light = samples_of(reading for reading in readings if 0 < reading.job.level <= 0.75)
    assert errors_held(cells_of(light)) > 0.6
    assert errors_held([(v.confidence, v.is_near) for sample in light for v in sample.values]) > 0.75


def test_the_same_seed_gives_the_same_document_and_reading():
    job = Job(form="text", seed=90_001, level=1.0)
    assert read_all([job], processes=1) == read_all([job], processes=1)
