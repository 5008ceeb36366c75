"""The grid of every golden plan: no cell over another, no hole, every measure in it."""

from __future__ import annotations

from pathlib import Path

import pytest

import planextract
from planextract.export.layout import column_widths, row_heights
from planextract.export.plan_grid import PlanRows, make_grid
from planextract.export.workbook import find_plan_cells
from planextract.model.table import Role
from planextract.write.rows import make_rows

GOLDEN = Path(__file__).parents[2] / "golden"
CASES = sorted(path.parent for path in GOLDEN.glob("*/expected.yaml"))


def grids(case):
    rows = make_rows(planextract.extract_file(next(case.glob("input.*"))), "")
    agencies = {}
    for row in rows["responsibilities"]:
        agencies.setdefault(row["measure_id"], []).append(row)
    for plan in rows["plans"]:
        tasks = [row for row in rows["tasks"] if row["plan_id"] == plan["plan_id"]]
        measures = [row for row in rows["measures"] if row["plan_id"] == plan["plan_id"]]
        cells = find_plan_cells(rows["cells"], tasks)
        parts = PlanRows(columns=plan["columns"], tasks=tasks, measures=measures, agencies=agencies, cells=cells)
        yield measures, make_grid(parts)


def positions(cells):
    return [
        (row, col)
        for cell in cells
        for row in range(cell.row, cell.row + cell.row_span)
        for col in range(cell.col, cell.col + cell.col_span)
    ]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_a_grid_is_whole(case):
    for measures, grid in grids(case):
        width = len(grid.roles)
        assert sorted(positions(grid.header)) == [(r, c) for r in range(grid.header_rows) for c in range(width)]
        assert sorted(positions(grid.cells)) == [(r, c) for r in range(grid.row_count) for c in range(width)]
        column = grid.roles.index(Role.MEASURE)
        shown = [
            cell.text for cell in sorted(grid.cells, key=lambda c: c.row) if cell.col == column and cell.col_span == 1
        ]
        assert shown == [measure["text"] for measure in measures]
        assert min(row_heights(grid, column_widths(grid.roles))) >= 24
