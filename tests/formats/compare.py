"""The values of the notice that every format must give, against the truth that people made."""

from __future__ import annotations

from collections.abc import Iterator

from planextract.model.plan import Extraction, Measure


def compare_values(extraction: Extraction, gold: dict, *, notice: bool = True) -> Iterator[str]:
    """Yield a line for each value that differs; pages and boundaries are a matter of the format."""
    if notice:
        for name in ("issuer", "doc_number", "title", "issued_on", "printed_on", "plan_year"):
            yield from _differ(name, getattr(extraction.notice, name), gold["document"][name])
    if len(extraction.plans) != len(gold["plans"]):
        yield f"plans: {len(extraction.plans)} != {len(gold['plans'])}"
    for plan, wanted in zip(extraction.plans, gold["plans"], strict=False):
        where = f"plan {wanted['plan_no']}"
        yield from _differ(f"{where} title", plan.title, wanted["title"])
        if len(plan.tasks) != len(wanted["tasks"]):
            yield f"{where}: {len(plan.tasks)} tasks != {len(wanted['tasks'])}"
        for task, want in zip(plan.tasks, wanted["tasks"], strict=False):
            here = f"{where} task {want['task_no']}"
            for name in ("task_no", "name", "section_no", "section_title"):
                yield from _differ(f"{here} {name}", getattr(task, name), want[name])
            if len(task.measures) != len(want["measures"]):
                yield f"{here}: {len(task.measures)} measures != {len(want['measures'])}"
            for measure, values in zip(task.measures, want["measures"], strict=False):
                yield from _compare_measure(f"{here}/{values['seq']}", measure, values)


def _compare_measure(where: str, measure: Measure, want: dict) -> Iterator[str]:
    yield from _differ(f"{where} text", measure.text, want["text"])
    yield from _differ(f"{where} deadline", measure.deadline.raw_text, want["deadline_raw"])
    yield from _differ(f"{where} kind", measure.deadline.kind, want["deadline"]["kind"])
    for role in ("responsible", "support"):
        cell = next(c for c in measure.agency_cells if c.role == role)
        yield from _differ(f"{where} {role} status", cell.status, want[role]["status"])
        found = [
            (r.raw_text, r.match.entry.name if r.match.entry else None, r.is_inherited)
            for r in measure.responsibilities
            if r.role == role
        ]
        wanted = [(r["raw"], r["name"], r["inherited"]) for r in want[role]["agencies"]]
        yield from _differ(f"{where} {role}", found, wanted)


def _differ(where: str, found: object, wanted: object) -> Iterator[str]:
    if found != wanted:
        yield f"{where}: {found!r} != {wanted!r}"
