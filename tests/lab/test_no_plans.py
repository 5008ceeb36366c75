"""Documents that hold no plan are refused, whatever they say of 责任单位 and 完成时限."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import planextract
from planextract.errors import PlanExtractError
from tests.lab.no_plans import find_false_plan


def test_no_plan_is_made_of_documents_without_one():
    assert [found for seed in range(210) if (found := find_false_plan(seed))] == []


TEXTS = (Path(__file__).parent / "no_plans.txt").read_text("utf-8")
BY_HAND = dict(part.split("\n", 1) for part in re.split(r"(?m)^=== ", TEXTS)[1:])


@pytest.mark.parametrize("name", BY_HAND)
def test_documents_written_after_real_ones_are_refused(name, tmp_path):
    path = tmp_path / "text.txt"
    path.write_text(BY_HAND[name], encoding="utf-8")

    with pytest.raises(PlanExtractError):
        planextract.extract_file(path)
