"""Read committed documents back as :mod:`planextract.model.result` records, one at a time."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence, Set
from functools import cache
from pathlib import Path
from typing import Any

from planextract.errors import OutputError
from planextract.model.agency import AgencyEntry
from planextract.model.record import Discard, Finding, Repair
from planextract.model.result import (
    ResultAgency,
    ResultCell,
    ResultColumn,
    ResultDocument,
    ResultMeasure,
    ResultPlan,
    ResultTarget,
    ResultTask,
    ResultVersions,
)
from planextract.model.roles import AGENCY_COLUMNS, status_column
from planextract.model.source import BBox, DocumentFile
from planextract.model.table import Boundary
from planextract.phrases import Phrase, Recorded
from planextract.write.contract import BY_NAME, DOCUMENT_TABLES
from planextract.write.parts import PartReader, open_parts
from planextract.write.records import columns_of, rebuild, rebuild_all

_Rows = Mapping[str, Sequence[Mapping[str, Any]]]


def find_documents(output: Path) -> tuple[str, ...]:
    """Return the ids of the committed documents of an output folder, sorted.

    Raises:
        OutputError: If there is none.
    """
    return open_parts(output).find_documents()


def iterate_results(output: Path, without: Set[str] = frozenset()) -> Iterator[ResultDocument]:
    """Yield the committed documents of an output folder in the order of their ids.

    Args:
        output: The folder.
        without: Tables that are not read: their records are empty.

    Raises:
        OutputError: If the folder holds none, or a part is damaged or of another contract.
    """
    parts = open_parts(output)
    for doc_id in parts.find_documents():
        yield make_result(
            {
                table: [] if table in without else _read_rows(parts, table, doc_id)
                for table in _KINDS
                if table != "agencies"
            }
        )


def iterate_rows(output: Path) -> Iterator[_Rows]:
    """Yield all rows of each committed document by table, whole, in the order of the documents' ids.

    Raises:
        OutputError: If the folder holds no document, or a part is damaged or of another contract.
    """
    parts = open_parts(output)
    for doc_id in parts.find_documents():
        yield {table.name: parts.read(table, doc_id).to_pylist() for table in DOCUMENT_TABLES}


def read_measure_counts(output: Path) -> tuple[int, int]:
    """Return how many measures the committed documents have, and how many of them a person should look at.

    Raises:
        OutputError: If the folder holds no document, or a part cannot be read.
    """
    parts = open_parts(output)
    flags = [
        row["needs_review"]
        for doc_id in parts.find_documents()
        for row in parts.read(BY_NAME["measures"], doc_id, ("needs_review",)).to_pylist()
    ]
    return len(flags), sum(map(bool, flags))


def read_bodies(output: Path) -> tuple[AgencyEntry, ...]:
    """Read the dictionary as it was used in the run."""
    return tuple(make_body(row) for row in open_parts(output).read_agencies(_find_wanted("agencies")).to_pylist())


def read_manifest(output: Path) -> dict[str, Any]:
    """Read manifest.json; an empty mapping if the run was interrupted before it wrote one."""
    path = output / "manifest.json"
    if not path.is_file():
        return {}
    try:
        data = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError) as exc:
        raise OutputError(
            "load.unreadable",
            Phrase("the manifest cannot be read: {reason}", reason=str(exc)),
            file=str(path),
            advice="Run planextract again.",
        ) from exc
    return data if isinstance(data, dict) else {}


def read_quarantine(output: Path) -> tuple[dict[str, Any], ...]:
    """Read the records of inputs that could not be extracted, by id."""
    found = []
    for path in sorted((output / "quarantine").glob("*.json")):
        try:
            record = json.loads(path.read_text(encoding="utf-8"))
        except (OSError, ValueError, RecursionError) as exc:
            raise OutputError(
                "load.unreadable",
                Phrase("a quarantine record cannot be read: {reason}", reason=str(exc)),
                file=str(path),
            ) from exc
        if isinstance(record, dict):
            found.append(record)
    return tuple(found)


def _read_rows(parts: PartReader, table: str, doc_id: str) -> list[dict[str, Any]]:
    """Read the columns of a part that its records are made of."""
    found: list[dict[str, Any]] = parts.read(BY_NAME[table], doc_id, _find_wanted(table)).to_pylist()
    return found


@cache
def _find_wanted(table: str) -> tuple[str, ...]:
    """Return the columns that are read of a table."""
    spec = BY_NAME[table]
    keys = {name for key in spec.foreign_keys for name in key.columns}
    wanted = columns_of(_KINDS[table], table) | keys | set(_ADDED.get(table, ())) | {"doc_id"}
    return tuple(column.name for column in spec.columns if column.name in wanted)


_KINDS: dict[str, type[object]] = {
    "documents": ResultDocument,
    "plans": ResultPlan,
    "tasks": ResultTask,
    "measures": ResultMeasure,
    "responsibilities": ResultAgency,
    "targets": ResultTarget,
    "cells": ResultCell,
    "boundaries": Boundary,
    "repairs": Repair,
    "discards": Discard,
    "findings": Finding,
    "agencies": AgencyEntry,
}
_VERSIONS = ("pipeline", "code", "dictionary", "settings", "overrides")
# What records are made of besides the columns of their fields' names.
_ADDED = {
    "findings": ("message_zh",),
    "documents": ("files", "file_pages", *(f"{name}_version" for name in _VERSIONS)),
    "cells": ("x0", "top", "x1", "bottom"),
    "measures": tuple(status_column(role) for role in AGENCY_COLUMNS),
}


def make_body(row: Mapping[str, Any]) -> AgencyEntry:
    """Return a dictionary entry from its row."""
    return rebuild(AgencyEntry, "agencies", row)


def make_result(rows: _Rows) -> ResultDocument:
    """Return a document from the rows of its tables, as written or as read back."""
    row = rows["documents"][0]
    versions = {name: row.get(f"{name}_version") or "" for name in _VERSIONS}
    return rebuild(
        ResultDocument,
        "documents",
        row,
        versions=ResultVersions(**versions),
        files=make_files(row),
        plans=_make_plans(rows),
        cells=tuple(_make_cell(cell) for cell in rows["cells"]),
        boundaries=rebuild_all(Boundary, "boundaries", rows["boundaries"]),
        repairs=rebuild_all(Repair, "repairs", rows["repairs"]),
        discards=rebuild_all(Discard, "discards", rows["discards"]),
        findings=tuple(_make_finding(finding) for finding in rows["findings"]),
    )


def _make_finding(row: Mapping[str, Any]) -> Finding:
    chinese = row.get("message_zh")
    said = row["message"] if chinese is None else Recorded(row["message"], chinese)
    return rebuild(Finding, "findings", row, message=said)


def make_files(row: Mapping[str, Any]) -> tuple[DocumentFile, ...]:
    """Return the files that a document was read from, where they are several, from its row."""
    files, pages = row.get("files") or (), row.get("file_pages") or ()
    return tuple(DocumentFile(**file, first_page=page) for file, page in zip(files, pages, strict=False))


def _group(rows: Sequence[Mapping[str, Any]], key: str) -> dict[str, list[Mapping[str, Any]]]:
    grouped: dict[str, list[Mapping[str, Any]]] = {}
    for row in rows:
        grouped.setdefault(row[key], []).append(row)
    return grouped


def _make_plans(rows: _Rows) -> tuple[ResultPlan, ...]:
    agencies, targets = _group(rows["responsibilities"], "measure_id"), _group(rows["targets"], "measure_id")
    measures, tasks = _group(rows["measures"], "task_id"), _group(rows["tasks"], "plan_id")
    plans = []
    for plan in rows["plans"]:
        made = []
        for task in tasks.get(plan["plan_id"], ()):
            found = tuple(
                _make_measure(m, agencies.get(m["measure_id"], ()), targets.get(m["measure_id"], ()))
                for m in measures.get(task["task_id"], ())
            )
            made.append(rebuild(ResultTask, "tasks", task, name=task["name"] or "", measures=found))
        columns = tuple(ResultColumn(**column) for column in plan.get("columns") or ())
        plans.append(rebuild(ResultPlan, "plans", plan, columns=columns, tasks=tuple(made)))
    return tuple(plans)


def _make_measure(
    row: Mapping[str, Any], agencies: Sequence[Mapping[str, Any]], targets: Sequence[Mapping[str, Any]]
) -> ResultMeasure:
    statuses = {role: row[status_column(role)] for role in AGENCY_COLUMNS}
    return rebuild(
        ResultMeasure,
        "measures",
        row,
        statuses={role: status for role, status in statuses.items() if status},
        agencies=rebuild_all(ResultAgency, "responsibilities", agencies),
        targets=rebuild_all(ResultTarget, "targets", targets),
    )


def _make_cell(row: Mapping[str, Any]) -> ResultCell:
    has_box = row["x0"] is not None
    box = BBox(x0=row["x0"], top=row["top"], x1=row["x1"], bottom=row["bottom"]) if has_box else None
    return rebuild(ResultCell, "cells", row, bbox=box)
