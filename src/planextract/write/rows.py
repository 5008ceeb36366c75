"""Flatten an extraction into the rows of the contract's tables."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from planextract.model.agency import AgencyEntry
from planextract.model.confidence import VALUE_NAMES
from planextract.model.plan import Extraction, Measure
from planextract.model.table import Role
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
    }  # fmt: skip
    homes: dict[str, tuple[str | None, str]] = {}
    for plan in extraction.plans:
        plan_id = f"{extraction.doc_id}/{plan.plan_no}"
        rows["plans"].append({
            "plan_id": plan_id, "doc_id": extraction.doc_id, "plan_no": plan.plan_no,
            "attachment_no": plan.attachment_no, "title": plan.title, "first_page": plan.first_page,
            "last_page": plan.last_page, "task_count": len(plan.tasks),
            "measure_count": sum(len(task.measures) for task in plan.tasks),
        })  # fmt: skip
        for task in plan.tasks:
            task_id = f"{plan_id}/{task.key}"
            rows["tasks"].append({
                "task_id": task_id, "plan_id": plan_id, "doc_id": extraction.doc_id, "section_no": task.section_no,
                "section_title": task.section_title, "task_no": task.task_no, "name": task.name,
                "name_variants": task.name_variants, "first_page": min(task.pages), "last_page": max(task.pages),
            })  # fmt: skip
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
    }  # fmt: skip


def _add_measure(rows: Rows, measure: Measure, ids: Row) -> None:
    status = {cell.role: cell.status for cell in measure.agency_cells}
    deadline, confidences = measure.deadline, dict(measure.value_confidences)
    rows["measures"].append({
        **ids, "seq": measure.seq, "text": measure.text, "text_raw": measure.raw_text,
        "deadline_raw": deadline.raw_text, "deadline_kind": deadline.kind, "deadline_start": deadline.start,
        "deadline_end": deadline.end, "deadline_precision": deadline.precision, "deadline_flags": deadline.flags,
        "deadline_status": measure.deadline_status, "lead_status": status.get(Role.LEAD),
        "responsible_status": status.get(Role.RESPONSIBLE), "support_status": status.get(Role.SUPPORT),
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
            "agency_lineage_id": entry.lineage_id if entry else None,
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
            "lineage_id": e.lineage_id, "source": e.source,
        }
        for e in entries
    ]  # fmt: skip
