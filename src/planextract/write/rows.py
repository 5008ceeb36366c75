"""Flatten an extraction into the rows of the contract's tables."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from planextract.model.agency import AgencyEntry
from planextract.model.confidence import VALUE_NAMES
from planextract.model.plan import Extraction, Leader, Measure, Progress
from planextract.model.roles import AGENCY_ROLES, Role, status_column
from planextract.version import SCHEMA_VERSION, __version__

Value = str | int | float | bool | date | None | Sequence["Value"] | Mapping[str, "Value"]
Row = dict[str, Value]
Rows = dict[str, list[Row]]
_TASK_COLUMNS = frozenset({Role.TASK_NO.value, Role.TASK_NAME.value, Role.SECTION.value})


def make_rows(
    extraction: Extraction, dictionary_version: str, code_version: str = "", settings_version: str = ""
) -> Rows:
    """Return the rows of each table of one document, in printed order; the versions say what it was made with."""
    versions = (dictionary_version, code_version, settings_version)
    rows: Rows = {
        "documents": [_document(extraction, versions)],
        "plans": [], "tasks": [], "measures": [], "responsibilities": [], "targets": [], "mentions": [],
        "milestones": [], "progress": [], "leaders": [],
    }  # fmt: skip
    homes: dict[str, tuple[str | None, str]] = {}
    for plan in extraction.plans:
        plan_id = f"{extraction.doc_id}/{plan.plan_no}"
        rows["plans"].append({
            "plan_id": plan_id, "doc_id": extraction.doc_id, "plan_no": plan.plan_no,
            "attachment_no": plan.attachment_no, "title": plan.title, "first_page": plan.first_page,
            "last_page": plan.last_page, "task_count": len(plan.tasks),
            "measure_count": sum(len(task.measures) for task in plan.tasks),
            "columns": [{"role": c.role.value, "label": c.label, "withheld": c.withheld} for c in plan.columns],
        })  # fmt: skip
        for task in plan.tasks:
            task_id = f"{plan_id}/{task.key}"
            rows["tasks"].append({
                "task_id": task_id, "plan_id": plan_id, "doc_id": extraction.doc_id, "section_no": task.section_no,
                "section_title": task.section_title, "task_no": task.task_no, "name": task.name or None,
                "name_variants": task.name_variants, "first_page": min(task.pages), "last_page": max(task.pages),
                "task_no_printed": task.task_no_printed, "section_path": task.section_path,
            })  # fmt: skip
            _add_leaders(rows, task.leaders, extraction.doc_id, task_id=task_id)
            for cell_id in task.cell_ids:
                homes.setdefault(cell_id, (None, task_id))
            for measure in task.measures:
                ids: Row = {"measure_id": f"{task_id}/{measure.seq}", "task_id": task_id, "plan_id": plan_id,
                            "doc_id": extraction.doc_id}  # fmt: skip
                _add_measure(rows, measure, ids)
                for cell_id in measure.cell_ids:
                    homes.setdefault(cell_id, (f"{task_id}/{measure.seq}", task_id))
    rows["cells"] = list(_cells(extraction, homes))
    _add_records(rows, extraction)
    return rows


def _document(extraction: Extraction, versions: tuple[str, str, str]) -> Row:
    notice = extraction.notice
    return {
        "doc_id": extraction.doc_id, "source_path": extraction.source_path, "media_type": extraction.media_type,
        "reader": extraction.reader, "layout": extraction.layout, "page_count": extraction.page_count,
        "title": notice.title,
        "issuer": notice.issuer, "doc_number": notice.doc_number, "issued_on": notice.issued_on,
        "printed_on": notice.printed_on, "plan_year": notice.plan_year, "region": notice.region,
        "region_name": notice.region_name, "addressees": notice.addressees, "cc": notice.cc,
        "body_text": notice.body_text,
        "attachments": [{"no": item.no, "title": item.title} for item in notice.attachments],
        "access_note": notice.access_note, "issuers": notice.issuers, "signed_by": notice.signed_by,
        "index_no": notice.index_no, "validity": notice.validity, "published_on": notice.published_on,
        "metadata": [{"label": item.label, "text": item.text} for item in notice.metadata],
        "schema_version": SCHEMA_VERSION, "pipeline_version": __version__,
        "dictionary_version": versions[0], "character_count": extraction.character_count,
        "code_version": versions[1], "settings_version": versions[2],
        "overrides_version": extraction.overrides_version,
        "files": [{"name": f.name, "sha256": f.sha256, "role": f.role} for f in extraction.files], "parts": None,
    }  # fmt: skip


def _add_measure(rows: Rows, measure: Measure, ids: Row) -> None:
    status = {cell.role: cell.status for cell in measure.agency_cells}
    deadline, confidences = measure.deadline, dict(measure.value_confidences)
    rows["measures"].append({
        **ids, "seq": measure.seq, "text": measure.text, "text_raw": measure.raw_text,
        "deadline_raw": deadline.raw_text, "deadline_kind": deadline.kind, "deadline_start": deadline.start,
        "deadline_end": deadline.end, "deadline_precision": deadline.precision, "deadline_flags": deadline.flags,
        "deadline_status": measure.deadline_status, **{status_column(role): status.get(role) for role in AGENCY_ROLES},
        "cell_ids": tuple(dict.fromkeys(measure.cell_ids)), "pages": measure.pages,
        "other_values": [{"label": o.label, "text": o.text} for o in measure.others],
        "confidence": measure.confidence, "needs_review": measure.needs_review,
        **{f"confidence_{name}": confidences.get(name) for name in VALUE_NAMES}, "doubts": measure.doubts,
    })  # fmt: skip
    for item in measure.responsibilities:
        entry = item.match.entry
        rows["responsibilities"].append({
            **ids, "role": item.role.value, "role_label": item.role_label, "seq": item.seq,
            "agency_raw": item.raw_text, "agency": entry.name if entry else None,
            "agency_id": entry.agency_id if entry else None, "agency_kind": entry.kind if entry else None,
            "match": item.match.kind, "score": item.match.score, "runner_up": item.match.runner_up,
            "runner_up_score": item.match.runner_up_score, "inherited": item.is_inherited,
            "match_reason": item.match.reason, "qualifier": item.qualifier,
            "agency_lineage_id": entry.lineage_id if entry else None, "agency_label": item.label,
            "body_region": entry.region if entry else None, "body_level": entry.level if entry else None,
            "lead_by_note": item.lead_by_note, "by_note": item.by_note,
        })  # fmt: skip
    for seq, target in enumerate(measure.targets, start=1):
        rows["targets"].append({
            "measure_id": ids["measure_id"], "seq": seq, "text": target.text, "span_start": target.span_start,
            "span_end": target.span_end, "comparator": target.comparator, "value": target.value,
            "value_high": target.value_high, "unit": target.unit, "unit_pint": target.unit_pint,
            "indicator": target.indicator, "role": target.role, "doc_id": ids["doc_id"],
        })  # fmt: skip
    for seq, mention in enumerate(measure.mentions, start=1):
        entry = mention.match.entry
        rows["mentions"].append({
            "measure_id": ids["measure_id"], "seq": seq, "span_start": mention.span_start,
            "span_end": mention.span_end, "agency_raw": mention.raw_text, "agency": entry.name if entry else None,
            "agency_id": entry.agency_id if entry else None, "kind": mention.kind, "has_duty": mention.has_duty,
            "doc_id": ids["doc_id"],
        })  # fmt: skip

    for seq, node in enumerate(measure.milestones, start=1):
        rows["milestones"].append({
            "milestone_id": f"{ids['measure_id']}/m{seq}", "measure_id": ids["measure_id"], "seq": seq,
            "label": node.label, "text": node.text, "due_start": node.due_start, "due_end": node.due_end,
            "doc_id": ids["doc_id"],
        })  # fmt: skip
    for seq, told in enumerate(measure.progress, start=1):
        rows["progress"].append(make_progress_row(told, f"{ids['measure_id']}", seq, f"{ids['doc_id']}"))
    _add_leaders(rows, measure.leaders, ids["doc_id"], measure_id=ids["measure_id"])


def make_progress_row(item: Progress, measure_id: str, seq: int, doc_id: str) -> Row:
    """Return a row of the table progress; ``seq`` counts those of a measure from 1."""
    return {
        "progress_id": f"{measure_id}/p{seq}", "measure_id": measure_id, "target_seq": item.target_seq,
        "as_of": item.as_of, "period": item.period, "status_printed": item.status_printed, "status": item.status,
        "value": item.value, "unit": item.unit, "ratio": item.ratio, "expected_ratio": item.expected_ratio,
        "text": item.text, "problem": item.problem, "next_step": item.next_step,
        "boxes": [{"page": page, "x0": b.x0, "top": b.top, "x1": b.x1, "bottom": b.bottom} for page, b in item.boxes],
        "source_doc_id": item.source_doc_id, "score": item.score, "reasons": item.reasons, "doc_id": doc_id,
    }  # fmt: skip


def _add_leaders(
    rows: Rows, leaders: Sequence[Leader], doc_id: Value, measure_id: Value = None, task_id: Value = None
) -> None:
    rows["leaders"].extend(
        {"measure_id": measure_id, "task_id": task_id, "role_label": leader.role_label, "name": leader.name,
         "withheld": leader.withheld, "post": leader.post, "doc_id": doc_id}
        for leader in leaders
    )  # fmt: skip


def _cells(extraction: Extraction, homes: Mapping[str, tuple[str | None, str]]) -> Iterator[Row]:
    for cell in extraction.cells:
        measure_id, task_id = homes.get(cell.cell_id, (None, None))
        box = cell.bbox
        yield {
            "doc_id": extraction.doc_id, "cell_id": cell.cell_id, "page": cell.page, "table_no": cell.table_no,
            "row": cell.row, "col": cell.col, "row_span": cell.row_span, "col_span": cell.col_span,
            "column": str(cell.column), "text_raw": cell.raw_text, "text": cell.text,
            "x0": box.x0 if box else None, "top": box.top if box else None, "x1": box.x1 if box else None,
            "bottom": box.bottom if box else None, "line": cell.line, "confidence": cell.confidence,
            "measure_id": None if cell.column in _TASK_COLUMNS else measure_id, "task_id": task_id,
        }  # fmt: skip


def _add_records(rows: Rows, extraction: Extraction) -> None:
    doc_id = extraction.doc_id
    rows["boundaries"] = [
        {
            "doc_id": doc_id, "page_before": b.page_before, "page_after": b.page_after, "decision": b.decision,
            "row_decision": b.row_decision, "score": round(b.score, 4), "reasons": b.reasons,
            "runner_up": b.runner_up, "overridden": b.overridden, "table_before": b.table_before,
            "table_after": b.table_after, "decision_id": b.decision_id,
        }
        for b in extraction.boundaries
    ]  # fmt: skip
    rows["repairs"] = [
        {
            "doc_id": doc_id, "repair_id": f"{doc_id}/r{number}", "stage": r.stage, "rule": r.rule,
            "cell_id": r.cell_id, "measure_id": r.measure_id, "before": r.before, "after": r.after,
            "confidence": round(r.confidence, 4), "decision_id": r.decision_id,
        }
        for number, r in enumerate(extraction.repairs, start=1)
    ]  # fmt: skip
    rows["discards"] = [
        {"doc_id": doc_id, "page": d.page, "reason": d.reason, "text": d.raw_text} for d in extraction.discards
    ]
    rows["findings"] = [
        {
            "doc_id": doc_id, "code": f.code, "severity": f.severity, "message": f.message, "page": f.page,
            "cell_id": f.cell_id, "measure_id": f.measure_id, "decision_id": f.decision_id,
        }
        for f in extraction.findings
    ]  # fmt: skip


def make_agency_rows(entries: Sequence[AgencyEntry]) -> list[Row]:
    """Return the rows of the agencies table, by id."""
    return [
        {
            "agency_id": e.agency_id, "name": e.name, "full_name": e.full_name, "kind": e.kind, "level": e.level,
            "region": e.region, "aliases": e.aliases, "members": e.members, "valid_from": e.valid_from,
            "valid_to": e.valid_to, "successor_id": e.successor_id, "parent_id": e.parent_id,
            "lineage_id": e.lineage_id, "source": e.source, "uscc": e.uscc,
        }
        for e in entries
    ]  # fmt: skip
