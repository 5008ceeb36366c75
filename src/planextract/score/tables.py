"""A plan as one table with merged cells: what a person would draw if the page had no end.

Gold and output are drawn by the same rules, so that GriTS and TEDS compare what stitching, merging and
reading made of the pages, and not one page after the other.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from planextract.model.result import ResultMeasure, ResultPlan
from planextract.model.roles import AGENCY_COLUMNS, ROLES, Role

_LABELLED = (Role.TASK_NO, Role.TASK_NAME, Role.MEASURE, Role.DEADLINE)


@dataclass(frozen=True, slots=True, kw_only=True)
class GridCell:
    """A cell of a grid; ``row`` and ``col`` from 0."""

    row: int
    col: int
    text: str
    row_span: int = 1
    col_span: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class GridTable:
    """A table of ``row_count`` × ``col_count`` positions; cells by row, then column, none overlapping."""

    row_count: int
    col_count: int
    cells: tuple[GridCell, ...]


def make_grid(plan: ResultPlan, roles: Sequence[str]) -> GridTable:
    """Draw a plan: header, section rows over the whole width, one row a measure.

    Number and name of a task span its measures; a cell whose agencies are inherited is merged with the one
    above; an explicit dash is ``—``.

    Args:
        plan: The plan.
        roles: Agency columns to draw, in order.
    """
    width = 4 + len(roles)
    labels = [ROLES[Role(role)].chinese for role in (*_LABELLED, *roles)]
    cells = [GridCell(row=0, col=col, text=label) for col, label in enumerate(labels)]
    row, section = 1, ""
    for task in plan.tasks:
        if task.section and task.section != section:
            section = task.section
            cells.append(GridCell(row=row, col=0, text=section, col_span=width))
            row += 1
        span = max(1, len(task.measures))
        cells.append(GridCell(row=row, col=0, text=str(task.task_no), row_span=span))
        cells.append(GridCell(row=row, col=1, text=task.name, row_span=span))
        for index, measure in enumerate(task.measures):
            cells.append(GridCell(row=row + index, col=2, text=measure.text))
            cells.append(GridCell(row=row + index, col=3, text=measure.deadline_raw or ""))
        for number, role in enumerate(roles):
            cells.extend(_draw_role(task.measures, role, row, 4 + number))
        row += span
    cells.sort(key=lambda cell: (cell.row, cell.col))
    return GridTable(row_count=row, col_count=width, cells=tuple(cells))


def _draw_role(measures: Sequence[ResultMeasure], role: str, row: int, col: int) -> list[GridCell]:
    drawn: list[GridCell] = []
    for index, measure in enumerate(measures):
        if drawn and measure.status_of(role) == "inherited":
            last = drawn[-1]
            drawn[-1] = GridCell(row=last.row, col=col, text=last.text, row_span=last.row_span + 1)
        else:
            drawn.append(GridCell(row=row + index, col=col, text=agency_text(measure, role)))
    return drawn


def agency_text(measure: ResultMeasure, role: str) -> str:
    """Return a responsibility cell as one text: names by ``、``, ``—`` for an explicit dash."""
    if measure.status_of(role) == "none":
        return "—"
    return "、".join(item.raw_text for item in measure.agencies_of(role))


def find_roles(*plans: ResultPlan) -> tuple[str, ...]:
    """Return the agency columns that any of the plans has, in the usual order."""
    used = {
        role
        for plan in plans
        for task in plan.tasks
        for measure in task.measures
        for role in AGENCY_COLUMNS
        if measure.status_of(role) is not None
    }
    return tuple(role for role in AGENCY_COLUMNS if role in used)
