"""The grid of every golden plan: no cell over another, no hole, every measure in it."""

from __future__ import annotations

from pathlib import Path

import pytest

import planextract
from planextract.export import plan_grid
from planextract.export.layout import column_widths, row_heights
from planextract.export.plan_grid import PlanRows, make_grid
from planextract.export.workbook import find_plan_cells
from planextract.model.roles import Role
from planextract.model.table import Column
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


def test_the_doubtful_cell_itself_is_marked_with_its_reason(extraction):
    rows = make_rows(extraction, "")
    findings = {}
    for row in rows["findings"]:
        if row["measure_id"] is not None:
            findings.setdefault(row["measure_id"], []).append(row)
    agencies = {}
    for row in rows["responsibilities"]:
        agencies.setdefault(row["measure_id"], []).append(row)
    marked = []
    for plan in rows["plans"]:
        tasks = [row for row in rows["tasks"] if row["plan_id"] == plan["plan_id"]]
        parts = PlanRows(
            columns=plan["columns"],
            tasks=tasks,
            agencies=agencies,
            cells=find_plan_cells(rows["cells"], tasks),
            measures=[row for row in rows["measures"] if row["plan_id"] == plan["plan_id"]],
            findings=findings,
        )
        grid = make_grid(parts)
        marked += [(grid.roles[cell.col], cell.text, cell.note) for cell in grid.cells if cell.needs_review]
    assert len(marked) >= sum(row["needs_review"] for row in rows["measures"]) >= 2
    assert all("请核对：" in note for _, _, note in marked)
    blank = [(role, text) for role, text, note in marked if "请核对：此处空白" in note]
    assert blank == [(Role.SUPPORT, "")] * 2


def test_a_withheld_name_says_so():
    text = "2024年工作计划\n序号\t重点任务\t工作措施\t责任单位\t责任人\n1\t扬尘\t加强检查。\t区教委\t张三\n2\t水\t加强巡查。\t区教委\t\n"
    columns = [{"role": "measure", "label": "工作措施"}, {"role": "other", "label": "责任人"}]
    cells = [{"cell_id": "c1", "col": 1, "column": "other", "text": "██", "task_id": "t", "table_no": 1, "row": 1}]
    base = {"task_id": "t", "other_values": [], "needs_review": False, "text": text}
    measures = [{**base, "measure_id": "a", "cell_ids": ["c1"]}, {**base, "measure_id": "b", "cell_ids": []}]
    tasks = [
        {"task_id": "t", "section_no": None, "section_title": None, "task_no": 1, "name": "x", "name_variants": []}
    ]
    grid = make_grid(PlanRows(columns=columns, tasks=tasks, measures=measures, agencies={}, cells=cells))
    assert [cell.text for cell in grid.cells if cell.col == 1] == ["（已隐去）", ""]


@pytest.mark.parametrize(
    ("sure", "doubts", "role", "reason"),
    [
        (
            {"confidence_text": 0.4, "confidence_task": 0.9},
            ["task: the text does not end a sentence (-9.0)", "text: a character stands twice (-0.8)"],
            Role.MEASURE,
            "机器对此处没有把握：有重字",
        ),
        (
            {"confidence_text": 0.9, "confidence_task": 0.4},
            ["text: a character stands twice (-0.8)"],
            Role.TASK_NAME,
            "机器对此处没有把握",
        ),
    ],
)
def test_the_least_sure_cell_says_what_speaks_against_it(sure, doubts, role, reason):
    columns = [Column(label="", role=each) for each in (Role.TASK_NAME, Role.MEASURE)]
    assert plan_grid._find_doubts({**sure, "doubts": doubts}, (), columns, ()) == {role: [reason]}
