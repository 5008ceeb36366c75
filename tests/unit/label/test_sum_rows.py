"""A row that adds up the others is no measure, and no part of one."""

from __future__ import annotations

import pytest

from planextract.label.sections import is_sum_row
from planextract.model.source import SourceCell


def row(*texts: str) -> list[SourceCell | None]:
    return [SourceCell(row=9, col=col, raw_text=text) for col, text in enumerate(texts)]


@pytest.mark.parametrize(
    "texts",
    [
        ("合计", "12项", "", ""),
        ("合 计", "", "3,200", "85%"),
        ("总计（12项）", "", "", ""),
        ("小计", "5", "—", "120万元"),
        ("", "合计", "共12项任务", ""),
    ],
)
def test_sums_are_told(texts):
    assert is_sum_row(row(*texts))


@pytest.mark.parametrize(
    "texts",
    [
        ("12", "合计新增学位540个。", "年底前", "区教委"),
        ("合计新增学位540个", "", "", ""),
        ("合计", "推进改造。", "", "区教委"),
        ("", "", "", ""),
        ("12", "3", "5", ""),
    ],
)
def test_measures_are_no_sums(texts):
    assert not is_sum_row(row(*texts))
