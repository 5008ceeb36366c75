"""Make the plans of a document of its tables."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from planextract.compose.tasks import compose_tasks
from planextract.model.decision import Bound
from planextract.model.frame import Frame
from planextract.model.plan import Plan, PlanColumn, PlanHeading
from planextract.model.table import Layout, StitchedDocument
from planextract.model.trail import Outcome, Trail
from planextract.model.vocabulary import NameMatcher

_BLANKS = ("repair.no_owner", "repair.blank_cell")


def compose_plans(
    stitched: StitchedDocument, headings: Sequence[PlanHeading], frame: Frame, names: NameMatcher, bound: Bound
) -> tuple[Outcome[Plan], ...]:
    """Make a plan of each table.

    Args:
        stitched: The tables.
        headings: What stands above each of them.
        frame: The document's title serves a plan without one.
        names: Bodies of the region.
        bound: Decisions of people on blank cells.
    """
    plans = []
    for plan_no, (table, heading) in enumerate(zip(stitched.tables, headings, strict=True), start=1):
        tasks = compose_tasks(table, plan_no, frame.plan_id(plan_no), names, bound)
        plan = Plan(
            plan_no=plan_no,
            attachment_no=heading.attachment_no,
            title=heading.title or frame.notice.title or "",
            first_page=table.first_page,
            last_page=table.last_page,
            tasks=tasks.value,
            columns=tuple(PlanColumn(role=c.role, label=c.label, is_private=c.is_private) for c in table.columns),
        )
        plans.append(Outcome(value=plan, trail=_drop_unprinted(tasks.trail, frame.layout)))
    return tuple(plans)


def _drop_unprinted(trail: Trail, layout: Layout) -> Trail:
    """A measure in prose prints the roles that it has; one that it does not print is no blank cell."""
    if layout == "table":
        return trail
    return replace(trail, findings=tuple(finding for finding in trail.findings if finding.code not in _BLANKS))
