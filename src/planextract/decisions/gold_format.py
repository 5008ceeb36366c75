"""Write a document as a gold file: what people have reviewed, in the form that they write by hand (docs/gold.md)."""

from __future__ import annotations

from typing import Any

import yaml

from planextract.model.result import ResultDocument, ResultMeasure, ResultPlan, ResultTask

_ROLES = ("lead", "responsible", "support")


def format_gold(document: ResultDocument, note: str = "") -> str:
    """Return the text of a gold file that says what a document holds.

    Args:
        document: As published, after its review.
        note: Where it comes from, for readers.

    Returns:
        YAML that :func:`planextract.decisions.gold.parse_gold` takes; keys in the order of docs/gold.md.
    """
    source: dict[str, Any] = {"doc_id": document.doc_id, "source_path": document.source_path}
    if note:
        source["note"] = note
    fields: dict[str, Any] = {
        "issuer": document.issuer, "doc_number": document.doc_number, "title": document.title,
        "issued_on": document.issued_on, "printed_on": document.printed_on, "plan_year": document.plan_year,
        "addressees": list(document.addressees), "cc": document.cc,
        "body": document.body_text.split("\n") if document.body_text else [],
    }  # fmt: skip
    data: dict[str, Any] = {
        "source": source,
        "document": {key: value for key, value in fields.items() if value not in (None, [])},
        "plans": [_plan(plan) for plan in document.plans],
        "boundaries": [
            {"page_before": b.page_before, "page_after": b.page_after, "decision": b.decision,
             "row_decision": b.row_decision}
            for b in document.boundaries
        ],
        "targets": {
            f"{plan.plan_no}/{task.task_id.rpartition('/')[2]}/{measure.seq}": targets
            for plan, task, measure in document.iterate_measures()
            if (targets := _targets(measure))
        },
    }  # fmt: skip
    return yaml.safe_dump(data, allow_unicode=True, sort_keys=False, width=1000)


def _plan(plan: ResultPlan) -> dict[str, Any]:
    made: dict[str, Any] = {"plan_no": plan.plan_no}
    if plan.attachment_no is not None:
        made["attachment_no"] = plan.attachment_no
    made |= {"title": plan.title, "first_page": plan.first_page, "last_page": plan.last_page}
    return made | {"tasks": [_task(task) for task in plan.tasks]}


def _task(task: ResultTask) -> dict[str, Any]:
    key = task.task_id.rpartition("/")[2]
    return {
        "task_no": task.task_no, **({"key": key} if key != str(task.task_no) else {}), "name": task.name,
        "name_variants": list(task.name_variants), "section_no": task.section_no,
        "section_title": task.section_title, "first_page": task.first_page, "last_page": task.last_page,
        "measures": [_measure(measure) for measure in task.measures],
    }  # fmt: skip


def _measure(measure: ResultMeasure) -> dict[str, Any]:
    made: dict[str, Any] = {
        "seq": measure.seq, "pages": list(measure.pages), "text": measure.text, "deadline_raw": measure.deadline_raw,
        "deadline": {"kind": measure.deadline_kind, "start": measure.deadline_start, "end": measure.deadline_end},
    }  # fmt: skip
    for role in _ROLES:
        status = measure.status_of(role)
        if status is not None:
            agencies = [
                {"raw": a.raw_text, "name": a.name, "inherited": a.is_inherited} for a in measure.agencies_of(role)
            ]
            made[role] = {"status": status, "agencies": agencies}
    return made


def _targets(measure: ResultMeasure) -> list[dict[str, Any]]:
    return [
        {"text": t.text, "comparator": t.comparator, "value": t.value, "value_high": t.value_high, "unit": t.unit,
         "indicator": t.indicator, "role": t.role}
        for t in measure.targets or ()
    ]  # fmt: skip
