"""Mark the findings that a person has settled."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from planextract.model.decision import Decision
from planextract.model.plan import Plan
from planextract.model.record import Finding
from planextract.text.characters import fold


def settle_findings(
    findings: Sequence[Finding], accepted: Sequence[tuple[Decision, frozenset[str]]], plans: Sequence[Plan], doc_id: str
) -> tuple[tuple[Finding, ...], frozenset[str]]:
    """Give each settled finding the decision that settled it.

    An accepted row settles the findings of the codes that were seen, on its cells and on the measure that
    starts in it; findings of other codes stay open. A decision about the whole document settles the finding
    with its code and its message.

    Args:
        findings: All findings of the document.
        accepted: Decisions that settle findings, each with the cells of its row.
        plans: The finished plans.
        doc_id: The document.

    Returns:
        The findings in their order, and the ids of the measures that a person has confirmed as a whole.
    """
    homes = {
        f"{doc_id}/{plan.plan_no}/{task.key}/{measure.seq}": measure.cell_ids
        for plan in plans
        for task in plan.tasks
        for measure in task.measures
    }
    by_measure: dict[str, Decision] = {}
    confirmed: set[str] = set()
    for decision, cells in accepted:
        for measure_id in _find_measures(cells, homes):
            by_measure[measure_id] = decision
            confirmed.add(measure_id)
    settled = []
    for finding in findings:
        found = _find_decision(finding, accepted, by_measure)
        settled.append(replace(finding, decision_id=found.decision_id) if found else finding)
    return tuple(settled), frozenset(confirmed)


def _find_measures(cells: frozenset[str], homes: Mapping[str, tuple[str, ...]]) -> list[str]:
    """Return the measures whose first cell of their own is among some cells."""
    return [measure_id for measure_id, own in homes.items() if own and own[0] in cells] if cells else []


def _find_decision(
    finding: Finding, accepted: Sequence[tuple[Decision, frozenset[str]]], by_measure: Mapping[str, Decision]
) -> Decision | None:
    for decision, cells in accepted:
        if finding.code not in decision.codes:
            continue
        if not cells:
            if decision.anchor is None and fold(decision.shown) == fold(finding.message):
                return decision
        elif finding.cell_id in cells:
            return decision
    decided = by_measure.get(finding.measure_id or "")
    return decided if decided is not None and finding.code in decided.codes else None
