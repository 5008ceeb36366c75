"""GriTS and TEDS against their public reference implementations.

``reference.json`` holds 24 pairs of small random tables with merged cells and what the reference packages say of
them: grits-metric 0.7.0 (``grits_con``, ``grits_top`` on ``cell_list_to_grid_*``; MIT) and
table-recognition-metric 0.0.6 (``TEDS()`` and ``TEDS(structure_only=True)`` on ``<table>`` with ``<tr>`` and ``<td>``;
Apache-2.0), run once on Python 3.11. They are no dependencies.
"""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from planextract.score.grits import measure_grits_con, measure_grits_top
from planextract.score.tables import GridCell, GridTable
from planextract.score.teds import measure_teds

CASES = json.loads((Path(__file__).parent / "reference.json").read_text(encoding="utf-8"))


def make_table(drawn: dict) -> GridTable:
    cells = tuple(
        GridCell(row=row, col=col, row_span=height, col_span=width, text=text)
        for row, col, height, width, text in drawn["cells"]
    )
    return GridTable(row_count=drawn["rows"], col_count=drawn["cols"], cells=cells)


@pytest.mark.parametrize("case", CASES, ids=range(len(CASES)))
def test_grits_is_the_reference_s(case):
    wanted, found = make_table(case["wanted"]), make_table(case["found"])
    for rate, name in (
        (measure_grits_con(wanted, found), "grits_con"),
        (measure_grits_top(wanted, found), "grits_top"),
    ):
        assert (rate.f1, rate.precision, rate.recall) == pytest.approx(case[name], abs=1e-9)


@pytest.mark.parametrize("case", CASES, ids=range(len(CASES)))
def test_teds_is_the_reference_s(case):
    wanted, found = make_table(case["wanted"]), make_table(case["found"])
    assert measure_teds(wanted, found) == pytest.approx(case["teds"], abs=1e-9)
    assert measure_teds(wanted, found, structure_only=True) == pytest.approx(case["teds_struct"], abs=1e-9)


TEXTS = st.lists(st.lists(st.text("年底前区局", max_size=3), min_size=2, max_size=3), min_size=1, max_size=4)


def plain(rows: list[list[str]]) -> GridTable:
    width = max(len(row) for row in rows)
    cells = [GridCell(row=i, col=j, text=text) for i, row in enumerate(rows) for j, text in enumerate(row)]
    return GridTable(row_count=len(rows), col_count=width, cells=tuple(cells))


@settings(max_examples=60, deadline=None)
@given(TEXTS, TEXTS)
def test_scores_stay_in_range_and_are_perfect_on_equals(first, second):
    wanted, found = plain(first), plain(second)
    for score in (
        measure_grits_con(wanted, found).f1,
        measure_grits_top(wanted, found).f1,
        measure_teds(wanted, found),
    ):
        assert -1e-9 <= score <= 1 + 1e-9
    assert measure_grits_con(wanted, wanted).f1 == measure_grits_top(wanted, wanted).f1 == 1
    assert measure_teds(wanted, wanted) == 1
    assert measure_teds(wanted, found) == pytest.approx(measure_teds(found, wanted))


def test_an_empty_table_scores_nothing():
    empty, full = GridTable(row_count=0, col_count=0, cells=()), plain([["a", "b"]])
    assert measure_grits_con(full, empty).f1 == 0
    assert measure_teds(full, empty) < 1
