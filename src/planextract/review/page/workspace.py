"""An output folder as the review page sees it: documents with their rows and cells, read once.

The folder is only read here. A later run into it is noticed by its manifest, and everything is read anew.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from planextract.correct.anchors import RowIndex
from planextract.errors import OutputError
from planextract.model.decision import AnchorCell
from planextract.model.source import BBox

_TABLES = {
    "documents": ("doc_id", "source_path", "title", "reader", "media_type", "region", "page_count"),
    "plans": ("doc_id", "plan_id", "plan_no", "title"),
    "tasks": ("doc_id", "task_id", "task_no", "name", "section_title"),
    "measures": ("doc_id", "measure_id", "task_id", "plan_id", "seq", "text", "deadline_raw", "lead_status",
                 "responsible_status", "support_status", "pages", "cell_ids", "confidence", "needs_review"),
    "responsibilities": ("doc_id", "measure_id", "role", "role_label", "agency_raw", "agency", "agency_id", "match",
                         "score", "runner_up", "inherited", "match_reason"),
    "cells": ("doc_id", "cell_id", "page", "table_no", "row", "col", "column", "text_raw", "text", "x0", "top", "x1",
              "bottom", "line", "confidence", "measure_id", "task_id"),
    "boundaries": ("doc_id", "page_before", "page_after", "decision", "row_decision", "score", "reasons",
                   "runner_up", "overridden", "table_before", "table_after", "decision_id"),
    "repairs": ("doc_id", "rule", "cell_id", "measure_id", "before", "after", "decision_id"),
    "findings": ("doc_id", "code", "severity", "message", "page", "cell_id", "measure_id", "decision_id"),
}  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class CellView:
    """A printed cell; ``bbox`` in points, ``line`` of a text input from 1, where known."""

    cell_id: str
    page: int
    table_no: int
    row: int
    col: int
    column: str
    raw_text: str
    text: str
    bbox: BBox | None
    line: int | None
    confidence: float
    measure_id: str | None
    task_id: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class AgencyView:
    """One agency of a responsibility cell, as linked."""

    role: str
    label: str
    raw_text: str
    name: str | None
    agency_id: str | None
    match: str
    reason: str
    runner_up: str | None
    is_inherited: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class MeasureView:
    """A measure with what its cells say and how sure the run was."""

    measure_id: str
    plan_no: int
    task_no: int
    task_name: str
    section: str
    seq: int
    text: str
    deadline_raw: str | None
    statuses: tuple[tuple[str, str], ...]
    pages: tuple[int, ...]
    cell_ids: tuple[str, ...]
    confidence: float
    needs_review: bool
    agencies: tuple[AgencyView, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class BoundaryView:
    """The decision between two neighboring fragments."""

    page_before: int
    page_after: int
    decision: str
    row_decision: str | None
    score: float
    reasons: tuple[str, ...]
    runner_up: str | None
    is_overridden: bool
    table_before: int
    table_after: int


@dataclass(frozen=True, slots=True, kw_only=True)
class FindingView:
    """An open or settled finding."""

    code: str
    severity: str
    message: str
    page: int | None
    cell_id: str | None
    measure_id: str | None
    is_settled: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class RepairView:
    """A change that the run made."""

    rule: str
    before: str
    after: str
    cell_id: str | None
    measure_id: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentView:
    """One committed document. ``index`` anchors its rows; ``replayed`` are the decisions that are in it already."""

    doc_id: str
    path: str
    title: str
    reader: str
    region: str
    cells: Mapping[str, CellView]
    index: RowIndex
    measures: Mapping[str, MeasureView]
    boundaries: tuple[BoundaryView, ...]
    findings: tuple[FindingView, ...]
    repairs: tuple[RepairView, ...]
    replayed: frozenset[str]

    def row_cells(self, cell_id: str) -> tuple[CellView, ...]:
        """Return the cells of the printed row in which a cell starts, from left to right."""
        row = self.index.row_of(cell_id)
        return tuple(self.cells[cell.cell_id] for cell in row.cells) if row else ()


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownAgency:
    """A body of the dictionary as it was used in the run."""

    agency_id: str
    name: str
    full_name: str
    kind: str
    level: str
    region: str
    aliases: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Workspace:
    """All documents of an output folder by id, and the dictionary."""

    documents: Mapping[str, DocumentView]
    agencies: tuple[KnownAgency, ...] = field(default=())


def stamp_output(output: Path) -> tuple[int, int]:
    """Return what changes when a run has written the folder."""
    try:
        found = (output / "manifest.json").stat()
    except OSError:
        return 0, 0
    return found.st_mtime_ns, found.st_size


def load_workspace(output: Path) -> Workspace:
    """Read an output folder.

    Raises:
        OutputError: If it holds no committed document, cannot be read, or was written by a version without the
            columns that reviewing needs.
    """
    doc_ids = sorted(path.stem for path in (output / "documents").glob("*.parquet"))
    if not doc_ids:
        raise OutputError("load.empty", "no committed document is in this folder", file=str(output),
                          advice="Run 'planextract run INPUT -o OUTPUT' first.")  # fmt: skip
    documents = {doc_id: _load_document(output, doc_id) for doc_id in doc_ids}
    agencies = tuple(
        KnownAgency(
            agency_id=row["agency_id"], name=row["name"], full_name=row["full_name"], kind=row["kind"],
            level=row["level"], region=row["region"] or "", aliases=tuple(row["aliases"]),
        )
        for row in _read(output / "agencies.parquet",
                         ("agency_id", "name", "full_name", "kind", "level", "region", "aliases"))
    )  # fmt: skip
    return Workspace(documents=documents, agencies=agencies)


def _read(path: Path, columns: Iterable[str]) -> list[dict[str, Any]]:
    import pyarrow as pa
    import pyarrow.parquet as pq

    try:
        # Not read_table: it imports pyarrow.dataset, which takes longer than all the reading.
        with pq.ParquetFile(path) as part:
            missing = ", ".join(sorted(set(columns) - set(part.schema_arrow.names)))
            rows: list[dict[str, Any]] = [] if missing else part.read(columns=list(columns)).to_pylist()
        if missing:
            raise OutputError("load.unreadable", f"the output was written by an older version: it lacks {missing}",
                              file=str(path.parent), advice="Run planextract again on its input.")  # fmt: skip
    except (OSError, pa.ArrowException) as exc:
        raise OutputError("load.unreadable", f"a part of {path.parent.name} cannot be read: {exc}",
                          file=str(path.parent), advice="Run planextract again on its input.") from exc  # fmt: skip
    return rows


def _load_document(output: Path, doc_id: str) -> DocumentView:
    tables = {name: _read(output / name / f"{doc_id}.parquet", columns) for name, columns in _TABLES.items()}
    document = tables["documents"][0]
    cells = {row["cell_id"]: _make_cell(row) for row in tables["cells"]}
    agencies: dict[str, list[AgencyView]] = {}
    for row in tables["responsibilities"]:
        agencies.setdefault(row["measure_id"], []).append(
            AgencyView(
                role=row["role"], label=row["role_label"], raw_text=row["agency_raw"], name=row["agency"],
                agency_id=row["agency_id"], match=row["match"], reason=row["match_reason"] or "",
                runner_up=row["runner_up"], is_inherited=row["inherited"],
            )
        )  # fmt: skip
    tasks = {row["task_id"]: row for row in tables["tasks"]}
    plans = {row["plan_id"]: row["plan_no"] for row in tables["plans"]}
    return DocumentView(
        doc_id=doc_id, path=document["source_path"], title=document["title"] or document["source_path"],
        reader=document["reader"], region=document["region"] or "", cells=cells,
        index=RowIndex(
            AnchorCell(cell_id=c.cell_id, table_no=c.table_no, row=c.row, col=c.col, column=c.column,
                       raw_text=c.raw_text)
            for c in cells.values()
        ),
        measures={
            row["measure_id"]: _make_measure(row, tasks, plans, tuple(agencies.get(row["measure_id"], ())))
            for row in tables["measures"]
        },
        boundaries=tuple(_make_boundary(row) for row in tables["boundaries"] if row["table_after"] is not None),
        findings=tuple(
            FindingView(code=row["code"], severity=row["severity"], message=row["message"], page=row["page"],
                        cell_id=row["cell_id"], measure_id=row["measure_id"],
                        is_settled=row["decision_id"] is not None)
            for row in tables["findings"]
        ),
        repairs=tuple(
            RepairView(rule=row["rule"], before=row["before"], after=row["after"], cell_id=row["cell_id"],
                       measure_id=row["measure_id"])
            for row in tables["repairs"]
        ),
        replayed=frozenset(
            row["decision_id"] for name in ("repairs", "boundaries", "findings") for row in tables[name]
            if row["decision_id"] is not None
        ),
    )  # fmt: skip


def _make_cell(row: Mapping[str, Any]) -> CellView:
    box = None
    if row["x0"] is not None:
        box = BBox(x0=row["x0"], top=row["top"], x1=row["x1"], bottom=row["bottom"])
    return CellView(
        cell_id=row["cell_id"], page=row["page"], table_no=row["table_no"], row=row["row"], col=row["col"],
        column=row["column"], raw_text=row["text_raw"], text=row["text"], bbox=box, line=row["line"],
        confidence=row["confidence"], measure_id=row["measure_id"], task_id=row["task_id"],
    )  # fmt: skip


def _make_measure(
    row: Mapping[str, Any], tasks: Mapping[str, Mapping[str, Any]], plans: Mapping[str, int],
    agencies: tuple[AgencyView, ...],
) -> MeasureView:  # fmt: skip
    task = tasks[row["task_id"]]
    statuses = (("lead", row["lead_status"]), ("responsible", row["responsible_status"]),
                ("support", row["support_status"]))  # fmt: skip
    return MeasureView(
        measure_id=row["measure_id"], plan_no=plans[row["plan_id"]], task_no=task["task_no"], task_name=task["name"],
        section=task["section_title"] or "", seq=row["seq"], text=row["text"], deadline_raw=row["deadline_raw"],
        statuses=tuple((role, status) for role, status in statuses if status is not None),
        pages=tuple(row["pages"]), cell_ids=tuple(row["cell_ids"]), confidence=row["confidence"],
        needs_review=row["needs_review"], agencies=agencies,
    )  # fmt: skip


def _make_boundary(row: Mapping[str, Any]) -> BoundaryView:
    return BoundaryView(
        page_before=row["page_before"], page_after=row["page_after"], decision=row["decision"],
        row_decision=row["row_decision"], score=row["score"], reasons=tuple(row["reasons"]),
        runner_up=row["runner_up"], is_overridden=row["overridden"], table_before=row["table_before"],
        table_after=row["table_after"],
    )  # fmt: skip
