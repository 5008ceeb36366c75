"""A changed target is colored by what it asks for, not by its sign."""

from types import SimpleNamespace

import pytest

from planextract.model.result import ResultDocument
from planextract.report.yearly import name_difference, warn_of_strangers
from planextract.score.shifts import Shift, is_stricter


@pytest.mark.parametrize(
    ("amount", "after", "expected"),
    [
        (10, "覆盖率 ≥ 90 %", True),
        (-10, "覆盖率 ≥ 80 %", False),
        (-0.1, "浓度 ≤ 5 吨", True),
        (0.1, "浓度 ≤ 5.2 吨", False),
        (1, "排放 ↓ 4 %", True),
        (5, "检测量 = 12 组", True),
    ],
)
def test_a_smaller_ceiling_asks_for_more(amount, after, expected):
    shift = Shift(
        aspect="target",
        direction="raised" if amount > 0 else "lowered",
        old_measure_id="a",
        new_measure_id="b",
        old_key="1-1",
        new_key="1-1",
        before="",
        after=after,
        amount=amount,
    )
    assert is_stricter(shift) is expected


def test_shares_differ_by_percentage_points():
    assert name_difference("%") == "个百分点"
    assert name_difference("家") == "家"
    assert name_difference(None) == ""


@pytest.mark.parametrize(
    ("old", "new", "warns"),
    [("110102", "510107", True), ("110102", "110102", False), (None, "510107", False), ("110102", None, False)],
)
def test_plans_of_different_regions_are_not_compared_without_a_word(old, new, warns):
    def document(region):
        return ResultDocument(doc_id="a", source_path="a.txt", media_type="text/plain", region=region)

    said = warn_of_strangers([SimpleNamespace(old=document(old), new=document(new))])
    assert bool(said) is warns
    assert not warns or (old in said and new in said)
