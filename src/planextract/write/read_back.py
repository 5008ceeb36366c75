"""Read committed documents back as :mod:`planextract.model.result` records, one at a time."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from planextract.errors import OutputError
from planextract.model.record import Discard, Finding, Repair
from planextract.model.result import (
    ResultAgency,
    ResultBody,
    ResultCell,
    ResultDocument,
    ResultMeasure,
    ResultPlan,
    ResultTarget,
    ResultTask,
    ResultVersions,
)
from planextract.model.roles import AGENCY_COLUMNS, status_column
from planextract.model.source import BBox
from planextract.model.table import Boundary
from planextract.write.contract import BY_NAME, DOCUMENT_TABLES

_Rows = Mapping[str, Sequence[Mapping[str, Any]]]
_UNUSED = frozenset({"mentions", "milestones", "progress", "leaders"})


def find_documents(output: Path) -> tuple[str, ...]:
    """Return the ids of the committed documents of an output folder, sorted.

    Raises:
        OutputError: If there is none.
    """
    doc_ids = tuple(sorted(path.stem for path in (output / "documents").glob("*.parquet")))
    if not doc_ids:
        raise OutputError("load.empty", "no committed document is in this folder", file=str(output),
                          advice="Run 'planextract run INPUT -o OUTPUT' first.")  # fmt: skip
    return doc_ids


def iterate_results(output: Path) -> Iterator[ResultDocument]:
    """Yield the committed documents of an output folder in the order of their ids.

    Raises:
        OutputError: If the folder holds none, or a part cannot be read.
    """
    for doc_id in find_documents(output):
        rows = {
            table.name: _read_rows(output / table.name / f"{doc_id}.parquet", table.name)
            for table in DOCUMENT_TABLES
            if table.name not in _UNUSED
        }
        yield make_result(rows)


def read_bodies(output: Path) -> tuple[ResultBody, ...]:
    """Read the dictionary as it was used in the run."""
    return tuple(make_body(row) for row in _read_rows(output / "agencies.parquet", "agencies"))


def read_manifest(output: Path) -> dict[str, Any]:
    """Read manifest.json; an empty mapping if the run was interrupted before it wrote one."""
    path = output / "manifest.json"
    if not path.is_file():
        return {}
    try:
        data = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError) as exc:
        raise OutputError("load.unreadable", f"the manifest cannot be read: {exc}", file=str(path),
                          advice="Run planextract again.") from exc  # fmt: skip
    return data if isinstance(data, dict) else {}


def read_quarantine(output: Path) -> tuple[dict[str, Any], ...]:
    """Read the records of inputs that could not be extracted, by id."""
    found = []
    for path in sorted((output / "quarantine").glob("*.json")):
        try:
            record = json.loads(path.read_text(encoding="utf-8"))
        except (OSError, ValueError, RecursionError) as exc:
            raise OutputError("load.unreadable", f"a quarantine record cannot be read: {exc}", file=str(path)) from exc
        if isinstance(record, dict):
            found.append(record)
    return tuple(found)


def _read_rows(path: Path, table: str) -> list[dict[str, Any]]:
    import pyarrow as pa
    import pyarrow.parquet as pq

    try:
        found: list[dict[str, Any]] = pq.ParquetFile(path).read().to_pylist()
    except (OSError, pa.ArrowException) as exc:
        raise OutputError("load.unreadable", f"a part of {table} cannot be read: {exc}", file=str(path.parent),
                          advice="Run planextract again on its input.") from exc  # fmt: skip
    missing = {column.name for column in BY_NAME[table].columns if not column.nullable} - set(found[0] if found else ())
    if found and missing - _ADDED_LATER:
        cause = f"a part of {table} has no column {', '.join(sorted(missing - _ADDED_LATER))}"
        raise OutputError("load.unreadable", cause, file=str(path.parent), advice="Run planextract again on its input.")
    return found


# Columns that earlier versions did not write; results without them can still be compared.
_ADDED_LATER = frozenset({"code_version", "settings_version", "overrides_version", "character_count"})


def make_body(row: Mapping[str, Any]) -> ResultBody:
    """Return a dictionary entry from its row."""
    return ResultBody(
        agency_id=row["agency_id"], name=row["name"], full_name=row["full_name"], aliases=tuple(row["aliases"]),
        members=tuple(row["members"]), valid_from=row["valid_from"], valid_to=row["valid_to"],
        successor_id=row["successor_id"],
    )  # fmt: skip


def make_result(rows: _Rows) -> ResultDocument:
    """Return a document from the rows of its tables, as written or as read back."""
    row = rows["documents"][0]
    return ResultDocument(
        doc_id=row["doc_id"], source_path=row["source_path"], media_type=row["media_type"], reader=row["reader"],
        page_count=row["page_count"], character_count=row.get("character_count"), title=row["title"],
        issuer=row["issuer"], doc_number=row["doc_number"], issued_on=row["issued_on"], printed_on=row["printed_on"],
        plan_year=row["plan_year"], region=row["region"], addressees=tuple(row["addressees"]), cc=row["cc"],
        body_text=row["body_text"],
        versions=ResultVersions(
            pipeline=row["pipeline_version"], code=row.get("code_version") or "",
            dictionary=row["dictionary_version"], settings=row.get("settings_version") or "",
            overrides=row.get("overrides_version") or "",
        ),
        plans=_make_plans(rows), cells=tuple(_make_cell(cell) for cell in rows["cells"]),
        boundaries=tuple(_make_boundary(item) for item in rows["boundaries"]),
        repairs=tuple(
            Repair(stage=r["stage"], rule=r["rule"], before=r["before"], after=r["after"], confidence=r["confidence"],
                   cell_id=r["cell_id"], measure_id=r["measure_id"])
            for r in rows["repairs"]
        ),
        discards=tuple(Discard(page=d["page"], reason=d["reason"], raw_text=d["text"]) for d in rows["discards"]),
        findings=tuple(
            Finding(code=f["code"], severity=f["severity"], message=f["message"], page=f["page"],
                    cell_id=f["cell_id"], measure_id=f["measure_id"])
            for f in rows["findings"]
        ),
    )  # fmt: skip


def _group(rows: Sequence[Mapping[str, Any]], key: str) -> dict[str, list[Mapping[str, Any]]]:
    grouped: dict[str, list[Mapping[str, Any]]] = {}
    for row in rows:
        grouped.setdefault(row[key], []).append(row)
    return grouped


def _make_plans(rows: _Rows) -> tuple[ResultPlan, ...]:
    agencies, targets = _group(rows["responsibilities"], "measure_id"), _group(rows["targets"], "measure_id")
    measures, tasks = _group(rows["measures"], "task_id"), _group(rows["tasks"], "plan_id")
    return tuple(
        ResultPlan(
            plan_id=plan["plan_id"], plan_no=plan["plan_no"], attachment_no=plan["attachment_no"],
            title=plan["title"], first_page=plan["first_page"], last_page=plan["last_page"],
            tasks=tuple(
                ResultTask(
                    task_id=task["task_id"], task_no=task["task_no"], name=task["name"] or "",
                    name_variants=tuple(task["name_variants"]), section_no=task["section_no"],
                    section_title=task["section_title"], first_page=task["first_page"], last_page=task["last_page"],
                    measures=tuple(
                        _make_measure(m, agencies.get(m["measure_id"], ()), targets.get(m["measure_id"], ()))
                        for m in measures.get(task["task_id"], ())
                    ),
                )
                for task in tasks.get(plan["plan_id"], ())
            ),
        )
        for plan in rows["plans"]
    )  # fmt: skip


def _make_measure(
    row: Mapping[str, Any], agencies: Sequence[Mapping[str, Any]], targets: Sequence[Mapping[str, Any]]
) -> ResultMeasure:
    return ResultMeasure(
        measure_id=row["measure_id"], seq=row["seq"], text=row["text"], text_raw=row["text_raw"],
        deadline_raw=row["deadline_raw"], deadline_kind=row["deadline_kind"], deadline_start=row["deadline_start"],
        deadline_end=row["deadline_end"], deadline_status=row["deadline_status"],
        statuses={r: row[status_column(r)] for r in AGENCY_COLUMNS if row[status_column(r)] is not None},
        pages=tuple(row["pages"]), confidence=row["confidence"], needs_review=row["needs_review"],
        doubts=tuple(row.get("doubts") or ()),
        agencies=tuple(
            ResultAgency(
                role=a["role"], role_label=a["role_label"], seq=a["seq"], raw_text=a["agency_raw"], name=a["agency"],
                agency_id=a["agency_id"], match=a["match"], match_reason=a["match_reason"], score=a["score"],
                is_inherited=a["inherited"],
            )
            for a in agencies
        ),
        targets=tuple(
            ResultTarget(text=t["text"], comparator=t["comparator"], value=t["value"], value_high=t["value_high"],
                         unit=t["unit"], indicator=t["indicator"], role=t["role"])
            for t in targets
        ),
    )  # fmt: skip


def _make_cell(row: Mapping[str, Any]) -> ResultCell:
    has_box = row["x0"] is not None
    return ResultCell(
        cell_id=row["cell_id"], page=row["page"], table_no=row["table_no"], row=row["row"], col=row["col"],
        row_span=row["row_span"], col_span=row["col_span"], column=row["column"], text_raw=row["text_raw"],
        text=row["text"], line=row["line"], confidence=row["confidence"], measure_id=row["measure_id"],
        task_id=row["task_id"],
        bbox=BBox(x0=row["x0"], top=row["top"], x1=row["x1"], bottom=row["bottom"]) if has_box else None,
    )  # fmt: skip


def _make_boundary(row: Mapping[str, Any]) -> Boundary:
    return Boundary(
        page_before=row["page_before"], page_after=row["page_after"], decision=row["decision"],
        row_decision=row["row_decision"], score=row["score"], reasons=tuple(row["reasons"]),
        runner_up=row["runner_up"], overridden=row["overridden"],
    )  # fmt: skip
