"""The exact truth of a typeset document: printed cells by page, boundaries, measures with their pages."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

from tests.lab.bench.score import tidy_grid
from tests.lab.model import LabCell, LabMeasure, LabPlan, LabTable
from tests.lab.placement import Placement

GridCell = tuple[int, int, int, int, str]  # row, col, row_span, col_span, text


@dataclass(frozen=True, slots=True, kw_only=True)
class TruthBoundary:
    """What is right at the break between two neighbouring plan fragments."""

    page_before: int
    page_after: int
    decision: str
    row_decision: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Truth:
    """Truth of one PDF: ``grids`` by page, one a table from top to bottom, blank rows left out (:func:`tidy_grid`)."""

    page_count: int
    grids: dict[int, list[list[GridCell]]]
    boundaries: tuple[TruthBoundary, ...]
    measure_pages: dict[tuple[int, int], tuple[int, ...]]
    page_texts: dict[int, str]


def make_truth(plan: LabPlan, placement: Placement) -> Truth:
    """Combine what the plan says with where it was printed."""
    grids: dict[int, list[list[GridCell]]] = {}
    fragments: list[tuple[LabTable, int, list[int]]] = []
    measure_pages: dict[tuple[int, int], tuple[int, ...]] = {}
    for table in plan.tables:
        row_pages: dict[int, list[int]] = {}
        for page in range(1, placement.page_count + 1):
            rows = find_rows(table, placement, page)
            for row in rows:
                row_pages.setdefault(row, []).append(page)
            header = [cell for cell in table.header if placement.pieces.get(cell.key, {}).get(page)]
            if not rows and not header:
                continue
            grids.setdefault(page, []).append(tidy_grid(_make_grid(table, placement, page, rows, header)))
            if table.plan_no:
                fragments.append((table, page, rows))
        for row in range(len(table.rows)):
            measure_pages[table.plan_no, row] = tuple(row_pages[row])
    texts: dict[int, list[str]] = {}
    for parts in placement.pieces.values():
        for page, text in parts.items():
            texts.setdefault(page, []).append(text)
    return Truth(
        page_count=placement.page_count,
        grids=grids,
        boundaries=_make_boundaries(placement, fragments),
        measure_pages=measure_pages,
        page_texts={page: "".join(parts) for page, parts in texts.items()},
    )


def find_rows(table: LabTable, placement: Placement, page: int) -> list[int]:
    """Return the body rows of a table that print something on a page, in order."""
    rows = {cell.row for cell in table.cells if cell.row_span == 1 and placement.pieces[cell.key].get(page)}
    for cell in table.cells:
        if cell.row_span > 1 and placement.pieces[cell.key].get(page) and cell.key not in placement.repeated:
            span = range(cell.row, cell.row + cell.row_span)
            if not rows & set(span):
                rows.add(span[0] if page == min(placement.pieces[cell.key]) else span[-1])
    return sorted(rows)


def _make_grid(
    table: LabTable, placement: Placement, page: int, rows: list[int], header: list[LabCell]
) -> list[GridCell]:
    above = table.header_rows if header else 0
    grid = [(cell.row, cell.col, cell.row_span, cell.col_span, cell.text) for cell in header]
    place = {row: index + above for index, row in enumerate(rows)}
    for cell in table.cells:
        here = [place[row] for row in range(cell.row, cell.row + cell.row_span) if row in place]
        if here:
            grid.append((here[0], cell.col, len(here), cell.col_span, placement.pieces[cell.key].get(page, "")))
    return grid


def _make_boundaries(
    placement: Placement, fragments: list[tuple[LabTable, int, list[int]]]
) -> tuple[TruthBoundary, ...]:
    out = []
    for (table, page, rows), (other, next_page, next_rows) in pairwise(fragments):
        decision = row_decision = None
        if other is not table:
            decision = "separate"
        else:
            decision = "joined"
            first = next_rows[0]
            kind = table.rows[first].kind
            is_cut = first in rows
            row_decision = (
                "cut_row" if is_cut else {"section": "new_section", "task": "new_task"}.get(kind, "new_measure")
            )
        out.append(TruthBoundary(page_before=page, page_after=next_page, decision=decision, row_decision=row_decision))
    return tuple(out)


def describe_truth(plan: LabPlan, truth: Truth) -> dict[str, object]:
    """Return plan and truth as plain values, for ``truth.json``."""

    def show_measure(plan_no: int, measure: LabMeasure) -> dict[str, object]:
        return {
            "text": measure.text,
            "pages": list(truth.measure_pages[plan_no, measure.row]),
            "values": {
                role: {"status": value.status, "texts": list(value.texts)} for role, value in measure.values.items()
            },
        }

    plans = [
        {
            "plan_no": number,
            "title": title,
            "tasks": [
                {
                    "task_no": task.task_no,
                    "name": task.name,
                    "section_no": task.section_no,
                    "section_title": task.section_title,
                    "measures": [show_measure(number, measure) for measure in task.measures],
                }
                for task in tasks
            ],
        }
        for number, (title, tasks) in enumerate(zip(plan.titles, plan.tasks, strict=True), start=1)
    ]
    boundaries = [
        {
            "page_before": b.page_before,
            "page_after": b.page_after,
            "decision": b.decision,
            "row_decision": b.row_decision,
        }
        for b in truth.boundaries
    ]
    grids = {
        str(page): [[list(cell) for cell in grid] for grid in tables] for page, tables in sorted(truth.grids.items())
    }
    return {
        "seed": plan.seed,
        "options": plan.options.describe(),
        "page_count": truth.page_count,
        "plans": plans,
        "boundaries": boundaries,
        "cells": grids,
    }
