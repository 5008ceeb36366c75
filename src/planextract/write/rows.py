"""Flatten an extraction into the rows of the contract's tables.

The contract says where a value comes from (``ColumnSpec.of``); here is only what no record holds: ids, counts, order.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from planextract.model.agency import AgencyEntry
from planextract.model.confidence import VALUE_NAMES
from planextract.model.plan import Extraction, Measure, Plan, Progress, Task
from planextract.model.roles import AGENCY_ROLES, Role, status_column
from planextract.version import SCHEMA_VERSION, __version__
from planextract.wording.tell import tell
from planextract.write.records import Row, Value, flatten

Rows = dict[str, list[Row]]
_TASK_COLUMNS = frozenset({Role.TASK_NO, Role.TASK_NAME, Role.SECTION})
_BELOW_DOCUMENT = (
    "plans",
    "tasks",
    "measures",
    "responsibilities",
    "targets",
    "mentions",
    "milestones",
    "progress",
    "leaders",
)


def make_rows(
    extraction: Extraction, dictionary_version: str, code_version: str = "", settings_version: str = ""
) -> Rows:
    """Return the rows of each table of one document, in printed order; the versions say what it was made with."""
    document = flatten(
        "documents",
        extraction,
        schema_version=SCHEMA_VERSION,
        pipeline_version=__version__,
        dictionary_version=dictionary_version,
        code_version=code_version,
        settings_version=settings_version,
        parts=None,
    )
    rows: Rows = {"documents": [document], **{table: [] for table in _BELOW_DOCUMENT}}
    homes: dict[str, tuple[str | None, str]] = {}
    for plan in extraction.plans:
        _add_plan(rows, plan, extraction, homes)
    rows["cells"] = list(_cells(extraction, homes))
    _add_records(rows, extraction)
    rows["agencies"] = make_used_rows(extraction)
    return rows


def make_used_rows(extraction: Extraction) -> list[Row]:
    """Return the agencies rows of the bodies that a document names or comes from, by id."""
    used: dict[str, AgencyEntry] = {}
    for plan in extraction.plans:
        for measure in (m for task in plan.tasks for m in task.measures):
            for match in (*(r.match for r in measure.responsibilities), *(m.match for m in measure.mentions)):
                if match.entry is not None:
                    used.setdefault(match.entry.agency_id, match.entry)
    if extraction.publisher is not None:
        used[extraction.publisher.agency_id] = extraction.publisher
    return make_agency_rows([replace(used[key], successor_id=None) for key in sorted(used)])


def _add_plan(rows: Rows, plan: Plan, extraction: Extraction, homes: dict[str, tuple[str | None, str]]) -> None:
    ids: Row = {"plan_id": f"{extraction.doc_id}/{plan.plan_no}", "doc_id": extraction.doc_id}
    rows["plans"].append(
        flatten(
            "plans",
            plan,
            **ids,
            task_count=len(plan.tasks),
            measure_count=sum(len(task.measures) for task in plan.tasks),
        )
    )
    for task in plan.tasks:
        task_id = extraction.task_id(plan, task)
        _add_task(rows, task, {"task_id": task_id, **ids})
        for cell_id in task.cell_ids:
            homes.setdefault(cell_id, (None, task_id))
        for measure in task.measures:
            measure_id = f"{task_id}/{measure.seq}"
            _add_measure(rows, measure, {"measure_id": measure_id, "task_id": task_id, **ids})
            for cell_id in measure.cell_ids:
                homes.setdefault(cell_id, (measure_id, task_id))


def _add_task(rows: Rows, task: Task, ids: Row) -> None:
    pages = {"first_page": min(task.pages), "last_page": max(task.pages)}
    rows["tasks"].append(flatten("tasks", task, **ids, **pages, name=task.name or None))
    home: Row = {"measure_id": None, "task_id": ids["task_id"], "doc_id": ids["doc_id"]}
    rows["leaders"] += [flatten("leaders", leader, **home) for leader in task.leaders]


def _add_measure(rows: Rows, measure: Measure, ids: Row) -> None:
    statuses = {cell.role: cell.status for cell in measure.agency_cells}
    confidences = dict(measure.value_confidences)
    rows["measures"].append(
        flatten(
            "measures",
            measure,
            **ids,
            cell_ids=tuple(dict.fromkeys(measure.cell_ids)),
            **{status_column(role): statuses.get(role) for role in AGENCY_ROLES},
            **{f"confidence_{name}": confidences.get(name) for name in VALUE_NAMES},
        )
    )
    rows["responsibilities"] += [flatten("responsibilities", item, **ids) for item in measure.responsibilities]
    home: Row = {"measure_id": ids["measure_id"], "doc_id": ids["doc_id"]}
    for table, items in (("targets", measure.targets), ("mentions", measure.mentions)):
        rows[table] += [flatten(table, item, **home, seq=seq) for seq, item in enumerate(items, start=1)]
    for seq, node in enumerate(measure.milestones, start=1):
        rows["milestones"].append(
            flatten("milestones", node, **home, seq=seq, milestone_id=f"{ids['measure_id']}/m{seq}")
        )
    for seq, told in enumerate(measure.progress, start=1):
        rows["progress"].append(make_progress_row(told, f"{ids['measure_id']}", seq, f"{ids['doc_id']}"))
    rows["leaders"] += [flatten("leaders", leader, **home, task_id=None) for leader in measure.leaders]


def make_progress_row(item: Progress, measure_id: str, seq: int, doc_id: str) -> Row:
    """Return a row of the table progress; ``seq`` counts those of a measure from 1."""
    boxes: list[Value] = [
        {"page": page, "x0": b.x0, "top": b.top, "x1": b.x1, "bottom": b.bottom} for page, b in item.boxes
    ]
    ids: Row = {"progress_id": f"{measure_id}/p{seq}", "measure_id": measure_id, "doc_id": doc_id}
    return flatten("progress", item, **ids, boxes=boxes)


def _cells(extraction: Extraction, homes: Mapping[str, tuple[str | None, str]]) -> Iterator[Row]:
    for cell in extraction.cells:
        measure_id, task_id = homes.get(cell.cell_id, (None, None))
        home = None if cell.column in _TASK_COLUMNS else measure_id
        yield flatten("cells", cell, doc_id=extraction.doc_id, measure_id=home, task_id=task_id)


def _add_records(rows: Rows, extraction: Extraction) -> None:
    doc_id = extraction.doc_id
    rows["boundaries"] = [
        flatten("boundaries", b, doc_id=doc_id, score=round(b.score, 4)) for b in extraction.boundaries
    ]
    rows["repairs"] = [
        flatten("repairs", r, doc_id=doc_id, repair_id=f"{doc_id}/r{number}", confidence=round(r.confidence, 4))
        for number, r in enumerate(extraction.repairs, start=1)
    ]
    rows["discards"] = [flatten("discards", d, doc_id=doc_id) for d in extraction.discards]
    rows["findings"] = [
        flatten("findings", f, doc_id=doc_id, message_zh=tell(f.message, "zh")) for f in extraction.findings
    ]


def make_agency_rows(entries: Sequence[AgencyEntry]) -> list[Row]:
    """Return the rows of the agencies table, by id."""
    return [flatten("agencies", entry) for entry in entries]


def merge_agency_rows(known: Iterable[Row], found: Iterable[Row]) -> list[Row]:
    """Return the agencies rows of dictionary files and of documents, by id.

    The first row of a body counts, and the first code that a row of it has.
    """
    rows = {str(row["agency_id"]): row for row in known}
    for row in found:
        kept = rows.setdefault(str(row["agency_id"]), row)
        if kept.get("uscc") is None and row.get("uscc") is not None:
            rows[str(row["agency_id"])] = {**kept, "uscc": row["uscc"]}
    return [rows[key] for key in sorted(rows)]
