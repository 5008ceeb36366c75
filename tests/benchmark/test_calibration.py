"""Stated confidence against measured exactness on damaged texts, with seeds that no weight was fitted on."""

from __future__ import annotations

from .calibration import MILD, collect, errors_removed, reliability

SEEDS = range(9000, 9020)


def test_stated_confidence_is_measured_exactness():
    samples = collect(SEEDS, MILD)
    gap = sum(count * abs(stated - measured) for _, _, count, stated, measured in reliability(samples)) / len(samples)
    assert gap < 0.02
    for _, _, count, stated, measured in reliability(samples):
        assert count < 60 or abs(stated - measured) < 0.05
    assert errors_removed(samples) >= 0.8
