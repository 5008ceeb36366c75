"""An output's tables → the rows of a ledger: one a measure, its values as text."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from planextract.export.agency_text import print_agencies
from planextract.export.source import ExportSource
from planextract.export.spreadsheet_text import cut_text, guard, show_controls
from planextract.ledger.columns import LedgerColumn, make_columns
from planextract.model.progress_report import ProgressReport
from planextract.model.roles import AGENCY_ROLES, ROLES, Role, status_column

Row = Mapping[str, Any]
_TABLES = ("documents", "plans", "tasks", "measures", "responsibilities", "targets", "milestones", "cells")
_LONGEST = 32_000
CUT = "…〔全文过长，此处不可更正〕"


@dataclass(frozen=True, slots=True, kw_only=True)
class LedgerRow:
    """A measure: its id, its values by column id, and what each body is in it (canonical name, else printed)."""

    measure_id: str
    values: Mapping[str, str]
    due: date | None
    bodies: Mapping[str, Role]


@dataclass(frozen=True, slots=True, kw_only=True)
class LedgerContent:
    """What a ledger holds: columns in order and rows in printed order."""

    title: str
    columns: tuple[LedgerColumn, ...]
    rows: tuple[LedgerRow, ...]


@dataclass(slots=True)
class _Document:
    """One document's rows, found by what they belong to."""

    document: Row
    plans: dict[str, Row]
    tasks: dict[str, Row]
    measures: Sequence[Row]
    agencies: dict[str, list[Row]] = field(default_factory=dict)
    targets: dict[str, list[Row]] = field(default_factory=dict)
    nodes: dict[str, list[Row]] = field(default_factory=dict)
    cells: dict[str, Row] = field(default_factory=dict)


def make_ledger(
    source: ExportSource, reports: Mapping[str, ProgressReport], *, has_part: bool = False
) -> LedgerContent:
    """Return the ledger of an output.

    Args:
        source: The output.
        reports: What was reported last, by measure.
        has_part: Whether rows say what a body is in them.
    """
    documents = [_read(source, doc_id) for doc_id in source.doc_ids]
    documents.sort(key=lambda d: (d.document["source_path"], d.document["doc_id"]))
    rows = [_make_row(document, measure, reports) for document in documents for measure in document.measures]
    numbered = tuple(
        LedgerRow(measure_id=row.measure_id, values={"no": str(number), **row.values}, due=row.due, bodies=row.bodies)
        for number, row in enumerate(rows, start=1)
    )
    has_nodes = any(document.nodes for document in documents)
    columns = make_columns(_find_labels(documents), has_part=has_part, has_nodes=has_nodes)
    return LedgerContent(title=_make_title(documents), columns=columns, rows=numbered)


def current_values(source: ExportSource, reports: Mapping[str, ProgressReport]) -> dict[str, LedgerRow]:
    """Return what an output and its log say now of each measure."""
    return {row.measure_id: row for row in make_ledger(source, reports).rows}


def _read(source: ExportSource, doc_id: str) -> _Document:
    tables = {table: source.read_document(table, doc_id) for table in _TABLES}
    read = _Document(
        document=tables["documents"][0],
        plans={row["plan_id"]: row for row in tables["plans"]},
        tasks={row["task_id"]: row for row in tables["tasks"]},
        measures=tables["measures"],
        cells={row["cell_id"]: row for row in tables["cells"]},
    )
    for name, into in (("responsibilities", read.agencies), ("targets", read.targets), ("milestones", read.nodes)):
        for row in tables[name]:
            into.setdefault(row["measure_id"], []).append(row)
    return read


def _make_title(documents: Sequence[_Document]) -> str:
    titles = list(dict.fromkeys(plan["title"] for document in documents for plan in document.plans.values()))
    return f"{titles[0]}督办台账".replace("\n", "") if len(titles) == 1 and titles[0] else "重点任务督办台账"


def _find_labels(documents: Sequence[_Document]) -> dict[Role, str]:
    """Return the roles of bodies that any plan has, with the word that all of them print for it."""
    labels: dict[Role, set[str]] = {}
    for document in documents:
        for plan in document.plans.values():
            for column in plan["columns"] or ():
                if column["role"] in AGENCY_ROLES:
                    labels.setdefault(Role(column["role"]), set()).add(column["label"])
        for role in AGENCY_ROLES:
            if any(measure[status_column(role)] is not None for measure in document.measures):
                labels.setdefault(role, set())
    return {role: next(iter(words)) if len(words) == 1 else "" for role, words in labels.items()}


def _make_row(document: _Document, measure: Row, reports: Mapping[str, ProgressReport]) -> LedgerRow:
    task, key = document.tasks[measure["task_id"]], measure["measure_id"]
    agencies = document.agencies.get(key, [])
    values = {
        "source": document.document["doc_number"] or _short_source(document, measure),
        "category": _print_category(task),
        "task": task["name"] or "",
        "measure": measure["text"],
        "targets": "\n".join(row["text"] for row in document.targets.get(key, []) if row["role"] == "target"),
        "deadline": measure["deadline_raw"] or "",
        "due": measure["deadline_end"].isoformat() if measure["deadline_end"] else "",
        "nodes": "\n".join(f"{row['label']}：{row['text']}" for row in document.nodes.get(key, [])),
        **{role.value: _print_bodies(document, measure, role, agencies) for role in AGENCY_ROLES},
        **print_report(reports.get(key)),
    }
    bodies: dict[str, Role] = {}
    for row in agencies:
        bodies.setdefault(row["agency_label"], Role(row["role"]))
    return LedgerRow(
        measure_id=key,
        values={name: show_value(text) for name, text in values.items()},
        due=measure["deadline_end"],
        bodies=bodies,
    )


def print_report(report: ProgressReport | None) -> dict[str, str]:
    """Return what a report prints in the columns that people fill in."""
    if report is None:
        return {}
    return {
        "progress": report.text,
        "status": report.status,
        "problem": report.problem,
        "next_step": report.next_step,
        "evidence": report.evidence,
        "by": report.by,
        "on": report.on,
    }


def show_value(text: str) -> str:
    """Return a value as a cell holds it: no formula, no control character, not longer than a cell."""
    shown = show_controls(guard(text))
    pieces = cut_text(shown, _LONGEST)
    return shown if len(pieces) == 1 else pieces[0] + CUT


def _short_source(document: _Document, measure: Row) -> str:
    title: str = document.document["title"] or document.plans[measure["plan_id"]]["title"] or ""
    return title.replace("\n", "") or document.document["source_path"]


def _print_category(task: Row) -> str:
    path = task["section_path"] or []
    if path:
        return "\n".join(path)
    number, title = task["section_no"] or "", task["section_title"] or ""
    joint = "、" if number and title and not number.endswith((")", "）")) else ""
    return f"{number}{joint}{title}"


def _print_bodies(document: _Document, measure: Row, role: Role, agencies: Iterable[Row]) -> str:
    if measure[status_column(role)] == "none":
        return "—"
    pieces = [
        cell["text"]
        for cell in (document.cells[cell_id] for cell_id in measure["cell_ids"] if cell_id in document.cells)
        if cell["column"] == role
    ]
    if measure[status_column(role)] == "inherited":
        pieces = []
    return print_agencies([row for row in agencies if row["role"] == role], pieces).text


def part_word(role: Role, columns: Sequence[LedgerColumn]) -> str:
    """Return what a body is in a measure, in the plan's word: 牵头, 主责, 协办."""
    label = next((column.label for column in columns if column.role is role), ROLES[role].chinese)
    return label.removesuffix("单位").removesuffix("部门").removesuffix("及责任人") or label
