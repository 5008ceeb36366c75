"""The reader against the lab: a small set by every producer, typeset on the fly."""

from __future__ import annotations

from collections import Counter

import pytest

from planextract.dictionaries import load_dictionaries
from tests.lab import PRODUCERS, draw_options, find_missing, find_truth, make_plan, typeset, typeset_many
from tests.lab.bench.score import tidy_grid
from tests.lab.model import make_color, read_color
from tests.lab.placement import LabError, collect_texts
from tests.lab.score import Score, score_pdf
from tests.lab.wording import load_bodies
from tests.lab.wrap import wrap_text

SEEDS = tuple(range(8))


@pytest.fixture(scope="module", params=PRODUCERS)
def scored(request) -> list[Score]:
    missing = find_missing(request.param)
    if missing:
        pytest.skip(f"needs {missing}")
    plans = [make_plan(seed, draw_options(seed, request.param)) for seed in SEEDS]
    scores = []
    for plan, pdf in zip(plans, typeset_many(plans, request.param), strict=True):
        try:
            truth = find_truth(plan, pdf)
        except LabError:
            scores.append(Score())  # LibreOffice loses the rows of some tables: there is no truth
            continue
        scores.append(score_pdf(pdf, plan, truth))
    assert sum(score.documents for score in scores) >= len(SEEDS) - 1
    return scores


def differences(scored: list[Score], *kinds: str) -> list[str]:
    return [
        f"seed {seed}, page {page}: {message}"
        for seed, score in zip(SEEDS, scored, strict=True)
        for kind, page, message in score.differences
        if kind in kinds
    ]


def test_every_cell_is_exact_and_no_character_is_lost(scored):
    assert differences(scored, "failed", "cells", "characters") == []


def test_no_unrelated_tables_are_joined(scored):
    assert differences(scored, "false_join", "plans") == []


def test_every_measure_and_boundary_is_exact(scored):
    assert differences(scored, "measures", "boundaries") == []


def test_every_agency_is_linked(scored):
    assert sum(score.agencies_linked for score in scored) == sum(score.agencies for score in scored)


# The lab itself


@pytest.mark.parametrize("seed", [3, 11])
def test_the_same_seed_gives_the_same_plan_and_the_same_bytes(seed):
    if find_missing("reportlab"):
        pytest.skip(f"needs {find_missing('reportlab')}")
    first, second = (make_plan(seed, draw_options(seed, "reportlab")) for _ in range(2))
    assert first == second
    assert typeset(first, "reportlab") == typeset(second, "reportlab")


def test_the_truth_holds_every_character_of_every_cell_once():
    if find_missing("reportlab"):
        pytest.skip(f"needs {find_missing('reportlab')}")
    plan = make_plan(5, draw_options(5, "reportlab"))
    truth = find_truth(plan, typeset(plan, "reportlab"))
    body = Counter("".join(cell.text for table in plan.tables for cell in table.cells))
    header = Counter("".join(cell.text for table in plan.tables for cell in table.header))
    printed = Counter("".join(cell[4] for grids in truth.grids.values() for grid in grids for cell in grid))
    assert not body - printed, "every body character is in some cell"
    assert not (printed - body) - Counter({char: 99 * count for char, count in header.items()}), "the rest are headers"


def test_every_key_has_a_color_of_its_own():
    keys = collect_texts(make_plan(2))
    assert len(keys) > 50
    assert all(read_color(*make_color(key)) == key for key in keys)


def test_blank_rows_of_a_grid_are_dropped_on_both_sides():
    grid = [(0, 0, 3, 1, "1"), (0, 1, 1, 1, "甲"), (1, 1, 1, 1, ""), (2, 1, 1, 1, "乙")]
    assert tidy_grid(grid) == [(0, 0, 2, 1, "1"), (0, 1, 1, 1, "甲"), (1, 1, 1, 1, "乙")]


def test_lines_break_as_in_print():
    lines = wrap_text(
        "改造（含新建）3.5公里，PM⟦2.5⟧浓度下降", 50, lambda text, low: sum(5 if c.isascii() else 10 for c in text)
    )
    assert ["".join(text for text, _ in line) for line in lines] == ["改造（含新", "建）3.5公", "里，PM2.5", "浓度下降"]


def test_the_lab_names_bodies_of_the_dictionary():
    known = {entry.name for entry in load_dictionaries().agencies}
    assert [name for name, _ in load_bodies() if name not in known] == []
