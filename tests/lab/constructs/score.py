"""Read a variant and say what became of it: right, marked, refused, or wrong without a mark."""

from __future__ import annotations

import re
from dataclasses import dataclass

from planextract.errors import PlanExtractError
from planextract.model.decision import Overrides
from planextract.model.plan import Extraction, Measure, Task
from planextract.pipeline import extract_document
from planextract.read import read_document
from planextract.settings import Settings
from tests.lab.constructs.model import Row
from tests.lab.score import _load_dictionaries

RIGHT, MARKED, REFUSED, SILENT = "right", "marked", "refused", "silent"


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What became of a variant, and the first difference."""

    result: str
    message: str = ""


def judge(data: bytes, name: str, truth: tuple[Row, ...], plan_count: int = 1) -> Outcome:
    """Read a file and compare it with the truth.

    A wrong row must be marked itself; where rows are lost or too many, at least one row must be.
    """
    settings = Settings()
    try:
        source = read_document(data, name, settings.read)
        extraction = extract_document(source, _load_dictionaries(), Overrides(), settings)
    except PlanExtractError as error:
        return Outcome(result=REFUSED, message=str(error)[:200])
    rows = [
        (_describe(task, m), m.needs_review)
        for plan in extraction.plans
        for task in plan.tasks
        for m in plan_measures(task)
    ]
    wanted = [_want(row) for row in truth]
    got = [row for row, _ in rows]
    if got == wanted and len(extraction.plans) == plan_count:
        return Outcome(result=RIGHT)
    is_marked = any(mark for _, mark in rows) and all(mark for row, mark in rows if row not in wanted)
    return Outcome(result=MARKED if is_marked else SILENT, message=_differ(got, wanted, extraction))


def plan_measures(task: Task) -> tuple[Measure, ...]:
    """Return the measures of a task."""
    return task.measures


def _describe(task: Task, measure: Measure) -> tuple[str, ...]:
    names = {
        role: "".join(i.raw_text for i in measure.responsibilities if str(i.role) == role)
        for role in ("lead", "responsible", "support")
    }
    values = (
        str(task.task_no),
        task.name or "",
        measure.text,
        measure.deadline.raw_text or "",
        names["lead"] or names["responsible"],
        names["support"],
    )
    return tuple(re.sub(r"\s+", "", value) for value in values)


def _want(row: Row) -> tuple[str, ...]:
    return (row.number, row.name, row.measure, row.deadline, row.lead, row.support.replace("、", ""))


def _differ(got: list[tuple[str, ...]], wanted: list[tuple[str, ...]], extraction: Extraction) -> str:
    head = f"{len(got)} of {len(wanted)} rows, {len(extraction.plans)} plans"
    for a, b in zip(got, wanted, strict=False):
        for x, y in zip(a, b, strict=True):
            if x != y:
                return f"{head}; row {b[0]}: {x[:60]!r} for {y[:60]!r}"
    return head
