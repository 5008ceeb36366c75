"""Gate: on a sample of the noise benchmark no name is linked to another body, and most damage is repaired."""

from __future__ import annotations

from tests.benchmark.agency_noise import IN_DOCUMENT, OURS, measure_file


def test_a_sample_has_no_wrong_link():
    result = measure_file("reported.yaml", 41, every=4)
    assert result.cases > 1500
    assert result.wrong(OURS, IN_DOCUMENT) == 0, result.examples
    assert result.kept[OURS]["right"] / result.kept[OURS].total() > 0.75
    assert result.top3["in"] / result.top3.total() > 0.98
