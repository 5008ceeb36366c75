"""Gold files: what people say a document holds, read with checks and written in the same form (docs/gold.md)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import yaml

from planextract.model.result import ResultAgency, ResultDocument, ResultMeasure, ResultPlan, ResultTarget, ResultTask
from planextract.model.roles import AGENCY_COLUMNS
from planextract.model.table import Boundary
from planextract.phrases import Phrase
from planextract.write.gold_node import Node, fail_gold

_STATUSES = ("listed", "none", "inherited", "blank")
_ROWS = ("cut_row", "new_measure", "new_task", "new_section", None)
_MAX_BYTES = 20_000_000


def parse_gold(text: str, file: str, targets_text: str | None = None) -> ResultDocument:
    """Check the text of a gold file.

    Args:
        text: YAML with ``document``, ``plans`` and, optionally, ``boundaries``, ``targets`` and ``source``.
        file: Name of the file, for messages and as the document's id where ``source`` names none.
        targets_text: YAML of a ``targets.yaml`` beside it, which stands for the key ``targets``.

    Raises:
        ConfigError: If anything in it is not understood; the message names the place.
    """
    data = _parse_yaml(text, file)
    if targets_text is not None and isinstance(data, dict):
        data = {**data, "targets": _parse_yaml(targets_text, "targets.yaml")}
    top = Node(data, "the file", file)
    top.check_keys({"source", "document", "plans", "boundaries", "targets"})
    source = top.node("source") if top.has("source") else Node({}, "source", file)
    source.check_keys({"doc_id", "source_path", "note"})
    document = top.node("document")
    document.check_keys(_DOCUMENT_KEYS)
    targets = top.mapping("targets") if top.has("targets") else None
    plans = tuple(_read_plan(node, targets) for node in top.nodes("plans"))
    if targets is not None:
        known = {m.measure_id for plan in plans for task in plan.tasks for m in task.measures}
        for key in targets:
            if key not in known:
                fail_gold(file, Phrase("targets: there is no measure {key!r}; keys are plan/task/seq", key=key))
    return ResultDocument(
        doc_id=source.text("doc_id") or file,
        source_path=source.text("source_path") or "",
        reader="gold",
        title=document.text("title"),
        issuer=document.text("issuer"),
        doc_number=document.text("doc_number"),
        issued_on=document.day("issued_on"),
        printed_on=document.day("printed_on"),
        plan_year=document.number("plan_year") if document.has("plan_year") else None,
        addressees=document.texts("addressees"),
        cc=document.text("cc"),
        body_text="\n".join(document.texts("body")) or None,
        plans=plans,
        boundaries=tuple(_read_boundary(node) for node in top.nodes("boundaries")),
    )


def _parse_yaml(text: str, file: str) -> object:
    if len(text) > _MAX_BYTES:
        fail_gold(file, Phrase("the file has {count} characters, more than any plan", count=len(text)))
    try:
        data: object = yaml.load(text, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))
    except (yaml.YAMLError, RecursionError, ValueError) as exc:
        fail_gold(file, Phrase("this is no valid YAML: {reason}", reason=" ".join(str(exc).split())))
    return data


_DOCUMENT_KEYS = {
    "issuer",
    "doc_number",
    "title",
    "issued_on",
    "printed_on",
    "plan_year",
    "addressees",
    "cc",
    "attachments",
    "body",
}
_TASK_KEYS = {
    "key",
    "task_no",
    "name",
    "name_variants",
    "section_no",
    "section_title",
    "first_page",
    "last_page",
    "measures",
}
_MEASURE_KEYS = {"seq", "pages", "text", "deadline_raw", "deadline", *AGENCY_COLUMNS}


def _read_plan(node: Node, targets: Mapping[str, Any] | None) -> ResultPlan:
    node.check_keys({"plan_no", "attachment_no", "title", "first_page", "last_page", "tasks"})
    plan_no = node.number("plan_no")
    tasks, seen = [], set()
    for task in node.nodes("tasks"):
        made = _read_task(task, plan_no, targets)
        if made.task_id in seen:
            task.fail(
                Phrase(
                    "task {task_id} stands twice; give the second one a 'key' like \"{task_no}~2\"",
                    task_id=made.task_id,
                    task_no=made.task_no,
                )
            )
        seen.add(made.task_id)
        tasks.append(made)
    return ResultPlan(
        plan_id=str(plan_no),
        plan_no=plan_no,
        attachment_no=node.number("attachment_no") if node.has("attachment_no") else None,
        title=node.required_text("title"),
        first_page=node.page("first_page"),
        last_page=node.page("last_page"),
        tasks=tuple(tasks),
    )


def _read_task(node: Node, plan_no: int, targets: Mapping[str, Any] | None) -> ResultTask:
    node.check_keys(_TASK_KEYS)
    task_no = node.number("task_no")
    task_id = f"{plan_no}/{node.text('key') or task_no}"
    return ResultTask(
        task_id=task_id,
        task_no=task_no,
        name=node.required_text("name"),
        name_variants=node.texts("name_variants"),
        section_no=node.text("section_no"),
        section_title=node.text("section_title"),
        first_page=node.page("first_page"),
        last_page=node.page("last_page"),
        measures=tuple(_read_measure(item, task_id, targets) for item in node.nodes("measures")),
    )


def _read_measure(node: Node, task_id: str, targets: Mapping[str, Any] | None) -> ResultMeasure:
    node.check_keys(_MEASURE_KEYS)
    seq = node.number("seq")
    measure_id = f"{task_id}/{seq}"
    pages = node.data.get("pages") or []
    if not isinstance(pages, list) or not all(type(page) is int for page in pages):
        node.fail("'pages' must be a list of page numbers")
    deadline = node.node("deadline") if node.has("deadline") else Node({"kind": "none"}, node.place, node.file)
    deadline.check_keys({"kind", "start", "end"})
    statuses: dict[str, str] = {}
    agencies: list[ResultAgency] = []
    for role in AGENCY_COLUMNS:
        if node.has(role):
            status, named = _read_cell(node.node(role), role)
            statuses[role] = status
            agencies.extend(named)
    return ResultMeasure(
        measure_id=measure_id,
        seq=seq,
        text=node.required_text("text"),
        pages=tuple(pages),
        deadline_raw=node.text("deadline_raw"),
        deadline_kind=deadline.required_text("kind"),
        deadline_start=deadline.day("start"),
        deadline_end=deadline.day("end"),
        statuses=statuses,
        agencies=tuple(agencies),
        targets=None if targets is None else _read_targets(targets.get(measure_id), measure_id, node.file),
    )


def _read_cell(node: Node, role: str) -> tuple[str, list[ResultAgency]]:
    node.check_keys({"status", "agencies"})
    status = node.text("status")
    if status not in _STATUSES:
        node.fail(Phrase("'status' must be one of {names}, not {status!r}", names=", ".join(_STATUSES), status=status))
    named = []
    for seq, item in enumerate(node.nodes("agencies"), start=1):
        item.check_keys({"raw", "name", "inherited"})
        named.append(
            ResultAgency(
                role=role,
                role_label="",
                seq=seq,
                raw_text=item.required_text("raw"),
                name=item.text("name"),
                is_inherited=bool(item.data.get("inherited")),
            )
        )
    return status, named


def _read_targets(items: object, measure_id: str, file: str) -> tuple[ResultTarget, ...]:
    if items is None:
        return ()
    if not isinstance(items, list):
        fail_gold(file, Phrase("targets / {measure_id}: must be a list", measure_id=measure_id))
    made = []
    for item in items:
        node = Node(item, f"targets / {measure_id}", file)
        node.check_keys({"text", "number_text", "comparator", "value", "value_high", "unit", "indicator", "role"})
        value, high = node.data.get("value"), node.data.get("value_high")
        if not isinstance(value, int | float) or not (high is None or isinstance(high, int | float)):
            node.fail("'value' and 'value_high' must be numbers")
        made.append(
            ResultTarget(
                text=node.required_text("text"),
                comparator=node.required_text("comparator"),
                value=float(value),
                value_high=None if high is None else float(high),
                unit=node.required_text("unit"),
                indicator=node.text("indicator") or "",
                role=node.text("role") or "target",
            )
        )
    return tuple(made)


def _read_boundary(node: Node) -> Boundary:
    node.check_keys({"page_before", "page_after", "decision", "row_decision"})
    decision, row = node.text("decision"), node.text("row_decision")
    if decision not in ("joined", "separate"):
        node.fail(Phrase("'decision' must be joined or separate, not {decision!r}", decision=decision))
    if row not in _ROWS:
        node.fail(
            Phrase(
                "'row_decision' must be one of {names}, not {row!r}", names=", ".join(str(r) for r in _ROWS), row=row
            )
        )
    return Boundary(
        page_before=node.number("page_before"),
        page_after=node.number("page_after"),
        decision="joined" if decision == "joined" else "separate",
        row_decision=row,  # type: ignore[arg-type]
        score=1.0,
        reasons=(),
        runner_up=None,
    )


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
        "issuer": document.issuer,
        "doc_number": document.doc_number,
        "title": document.title,
        "issued_on": document.issued_on,
        "printed_on": document.printed_on,
        "plan_year": document.plan_year,
        "addressees": list(document.addressees),
        "cc": document.cc,
        "body": document.body_text.split("\n") if document.body_text else [],
    }
    data: dict[str, Any] = {
        "source": source,
        "document": {key: value for key, value in fields.items() if value not in (None, [])},
        "plans": [_format_plan(plan) for plan in document.plans],
        "boundaries": [
            {
                "page_before": b.page_before,
                "page_after": b.page_after,
                "decision": b.decision,
                "row_decision": b.row_decision,
            }
            for b in document.boundaries
        ],
        "targets": {
            f"{plan.plan_no}/{task.task_id.rpartition('/')[2]}/{measure.seq}": targets
            for plan, task, measure in document.iterate_measures()
            if (targets := _format_targets(measure))
        },
    }
    return yaml.safe_dump(data, allow_unicode=True, sort_keys=False, width=1000)


def _format_plan(plan: ResultPlan) -> dict[str, Any]:
    made: dict[str, Any] = {"plan_no": plan.plan_no}
    if plan.attachment_no is not None:
        made["attachment_no"] = plan.attachment_no
    made |= {"title": plan.title, "first_page": plan.first_page, "last_page": plan.last_page}
    return made | {"tasks": [_format_task(task) for task in plan.tasks]}


def _format_task(task: ResultTask) -> dict[str, Any]:
    key = task.task_id.rpartition("/")[2]
    return {
        "task_no": task.task_no,
        **({"key": key} if key != str(task.task_no) else {}),
        "name": task.name,
        "name_variants": list(task.name_variants),
        "section_no": task.section_no,
        "section_title": task.section_title,
        "first_page": task.first_page,
        "last_page": task.last_page,
        "measures": [_format_measure(measure) for measure in task.measures],
    }


def _format_measure(measure: ResultMeasure) -> dict[str, Any]:
    made: dict[str, Any] = {
        "seq": measure.seq,
        "pages": list(measure.pages),
        "text": measure.text,
        "deadline_raw": measure.deadline_raw,
        "deadline": {"kind": measure.deadline_kind, "start": measure.deadline_start, "end": measure.deadline_end},
    }
    for role in AGENCY_COLUMNS:
        status = measure.status_of(role)
        if status is not None:
            agencies = [
                {"raw": a.raw_text, "name": a.name, "inherited": a.is_inherited} for a in measure.agencies_of(role)
            ]
            made[role] = {"status": status, "agencies": agencies}
    return made


def _format_targets(measure: ResultMeasure) -> list[dict[str, Any]]:
    return [
        {
            "text": t.text,
            "comparator": t.comparator,
            "value": t.value,
            "value_high": t.value_high,
            "unit": t.unit,
            "indicator": t.indicator,
            "role": t.role,
        }
        for t in measure.targets or ()
    ]
