"""Each measure where it stands in the result: what signs of damage are looked for at."""

from __future__ import annotations

from dataclasses import dataclass

from planextract.model.plan import Extraction, Measure, Plan, Task
from planextract.model.record import Finding


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A measure where it stands: id, plan, task, its order, its neighbours and the codes of its open findings."""

    measure_id: str
    plan: Plan
    task: Task
    measure: Measure
    is_first: bool
    before: Measure | None
    task_before: Task | None
    codes: frozenset[str]
    has_warning: bool


def find_places(extraction: Extraction) -> tuple[Place, ...]:
    """Return every measure where it stands, in printed order; what a person settled is no open finding."""
    by_measure: dict[str, list[Finding]] = {}
    for finding in extraction.findings:
        if finding.measure_id is not None and finding.decision_id is None:
            by_measure.setdefault(finding.measure_id, []).append(finding)
    places: list[Place] = []
    before: Measure | None = None
    for plan in extraction.plans:
        for index, task in enumerate(plan.tasks):
            for measure in task.measures:
                measure_id = f"{extraction.task_id(plan, task)}/{measure.seq}"
                findings = by_measure.get(measure_id, [])
                places.append(
                    Place(
                        measure_id=measure_id,
                        plan=plan,
                        task=task,
                        measure=measure,
                        is_first=index == 0,
                        before=before,
                        task_before=plan.tasks[index - 1] if index else None,
                        codes=frozenset(f.code for f in findings),
                        has_warning=any(f.severity != "info" for f in findings),
                    )
                )
                before = measure
    return tuple(places)
