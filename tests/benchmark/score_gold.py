"""Compare an extraction with a gold file, value by value; every difference is one readable line."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import yaml

from planextract.model.plan import Extraction, Measure


def load_gold(folder: Path) -> tuple[dict, dict]:
    gold = yaml.safe_load((folder / "gold.yaml").read_text(encoding="utf-8"))
    targets = yaml.safe_load((folder / "targets.yaml").read_text(encoding="utf-8"))
    return gold, targets


def compare(extraction: Extraction, gold: dict) -> Iterator[str]:
    yield from _compare_notice(extraction, gold["document"])
    if len(extraction.plans) != len(gold["plans"]):
        yield f"plans: {len(extraction.plans)} != {len(gold['plans'])}"
    for plan, wanted in zip(extraction.plans, gold["plans"], strict=False):
        where = f"plan {wanted['plan_no']}"
        for name in ("plan_no", "attachment_no", "title", "first_page", "last_page"):
            yield from _differ(f"{where} {name}", getattr(plan, name), wanted[name])
        if len(plan.tasks) != len(wanted["tasks"]):
            yield f"{where}: {len(plan.tasks)} tasks != {len(wanted['tasks'])}"
        for task, want in zip(plan.tasks, wanted["tasks"], strict=False):
            yield from _compare_task(f"{where} task {want['task_no']}", task, want)
    yield from _compare_boundaries(extraction, gold["boundaries"])


def _compare_notice(extraction: Extraction, wanted: dict) -> Iterator[str]:
    notice = extraction.notice
    for name in ("issuer", "doc_number", "title", "issued_on", "printed_on", "plan_year", "cc"):
        yield from _differ(name, getattr(notice, name), wanted[name])
    yield from _differ("addressees", list(notice.addressees), wanted["addressees"])
    yield from _differ(
        "attachments", [{"no": a.no, "title": a.title} for a in notice.attachments], wanted["attachments"]
    )
    yield from _differ("body", (notice.body_text or "").split("\n"), wanted["body"])


def _compare_task(where: str, task, want: dict) -> Iterator[str]:
    for name in ("task_no", "name", "section_no", "section_title"):
        yield from _differ(f"{where} {name}", getattr(task, name), want[name])
    yield from _differ(f"{where} variants", list(task.name_variants), want["name_variants"])
    yield from _differ(f"{where} first_page", min(task.pages), want["first_page"])
    yield from _differ(f"{where} last_page", max(task.pages), want["last_page"])
    if len(task.measures) != len(want["measures"]):
        yield f"{where}: {len(task.measures)} measures != {len(want['measures'])}"
    for measure, wanted in zip(task.measures, want["measures"], strict=False):
        yield from _compare_measure(f"{where}/{wanted['seq']}", measure, wanted)


def _compare_measure(where: str, measure: Measure, want: dict) -> Iterator[str]:
    yield from _differ(f"{where} pages", list(measure.pages), want["pages"])
    yield from _differ(f"{where} text", measure.text, want["text"])
    yield from _differ(f"{where} deadline_raw", measure.deadline.raw_text, want["deadline_raw"])
    found = {"kind": measure.deadline.kind, "start": measure.deadline.start, "end": measure.deadline.end}
    yield from _differ(f"{where} deadline", found, want["deadline"])
    for role in ("responsible", "support"):
        cell = next(c for c in measure.agency_cells if c.role == role)
        yield from _differ(f"{where} {role} status", cell.status, want[role]["status"])
        items = [i for i in measure.responsibilities if i.role == role]
        agencies = [
            {"raw": i.raw_text, "name": i.match.entry.name if i.match.entry else None, "inherited": i.is_inherited}
            for i in items
        ]
        yield from _differ(f"{where} {role}", agencies, want[role]["agencies"])


def _compare_boundaries(extraction: Extraction, wanted: list[dict]) -> Iterator[str]:
    found = [
        {name: getattr(b, name) for name in ("page_before", "page_after", "decision", "row_decision")}
        for b in extraction.boundaries
    ]
    for got, want in zip(found, wanted, strict=True):
        yield from _differ("boundary", got, {name: want[name] for name in got})


def compare_targets(extraction: Extraction, wanted: dict) -> Iterator[str]:
    for plan in extraction.plans:
        for task in plan.tasks:
            for measure in task.measures:
                key = f"{plan.plan_no}/{task.key}/{measure.seq}"
                names = ("text", "comparator", "value", "value_high", "unit", "role")
                found = [{name: getattr(t, name) for name in names} for t in measure.targets]
                want = [{name: t[name] for name in names} for t in wanted.get(key, [])]
                yield from _differ(f"targets {key}", found, want)
                committed = [t.indicator for t in measure.targets if t.role == "target"]
                named = [t["indicator"] for t in wanted.get(key, []) if t["role"] == "target"]
                yield from _differ(f"indicators {key}", committed, named)


def _differ(what: str, got: object, want: object) -> Iterator[str]:
    if got != want:
        yield f"{what}:\n   got  {got!r}\n   want {want!r}"
