"""Documents that hold no plan are refused, whatever they say of 责任单位 and 完成时限."""

from __future__ import annotations

from tests.lab.no_plans import find_false_plan


def test_no_plan_is_made_of_documents_without_one():
    assert [found for seed in range(210) if (found := find_false_plan(seed))] == []
