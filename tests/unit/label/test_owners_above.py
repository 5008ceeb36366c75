"""Owners printed above what they answer for."""

from __future__ import annotations

import pytest

from planextract.dictionaries import load_dictionaries
from planextract.label.prose.owners_above import put_owners_below
from planextract.label.prose.wording import wording_of

from ...builders import make_lines

WORDS = wording_of(load_dictionaries().columns)
A, B, C = "（责任单位：市住建局）", "（责任单位：市水务局）", "责任单位：市教育局"


def moved(text):
    return [line.raw_text for line in put_owners_below(make_lines(text), WORDS)]


@pytest.mark.parametrize(
    ("before", "after"),
    [
        pytest.param(f"要点\n{A}\n1.甲。\n{B}\n2.乙。", ["要点", "1.甲。", A, "2.乙。", B], id="brackets"),
        pytest.param(f"要点\n{A}\n{C}\n1.甲。\n{B}\n2.乙。", ["要点", "1.甲。", A, C, "2.乙。", B], id="several lines"),
        pytest.param(f"要点\n{A}\n甲。\n{B}\n乙。", ["要点", "甲。", A, "乙。", B], id="no numbers"),
        pytest.param(f"引言。\n{A}\n1.甲。\n{B}\n2.乙。", ["引言。", "1.甲。", A, "2.乙。", B], id="an introduction"),
        pytest.param(
            f"要点\n{A}\n1.甲。\n一、章\n{B}\n2.乙。",
            ["要点", "1.甲。", A, "一、章", "2.乙。", B],
            id="headings between",
        ),
    ],
)
def test_owners_above_are_put_below(before, after):
    assert moved(before) == after


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(f"要点\n1.甲。\n{A}\n2.乙。\n{B}", id="below"),
        pytest.param(f"要点\n1.甲。\n{A}\n2.乙。\n{B}\n3.丙。", id="below, the last without"),
        pytest.param(f"要点\n一、章\n{A}\n1.甲。\n2.乙。\n二、节\n{B}\n3.丙。\n4.丁。", id="of headings"),
        pytest.param(f"要点\n甲。\n{A}\n乙。\n{B}\n丙。", id="no numbers and a text in front"),
        pytest.param(f"要点\n{A}\n1.甲。", id="one alone"),
    ],
)
def test_others_stay(text):
    assert moved(text) == text.split("\n")
