"""JSON lines for retrieval: a chunk a measure, its text with the names of its columns, and where it is printed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from planextract.export.registry import WriteOptions, Written
from planextract.export.source import ExportSource
from planextract.export.values import to_json
from planextract.model.roles import AGENCY_ROLES, ROLES, Role

Row = Mapping[str, Any]
_NO_BOX = (None, None, None, None)


def write_chunks(source: ExportSource, path: Path, _options: WriteOptions) -> Written:
    """Write the chunks of all measures.

    A chunk's ``citation`` is the measure's id; each of its ``places`` names a printed cell of the table ``cells``, its
    page and, where the format has them, its box in points.
    """
    count = 0
    with path.open("w", encoding="utf-8", newline="\n") as stream:
        for doc_id in source.doc_ids:
            for chunk in _make_chunks(source, doc_id):
                count += 1
                stream.write(to_json(chunk) + "\n")
    return Written(rows={"measures": count})


def _make_chunks(source: ExportSource, doc_id: str) -> Iterator[dict[str, Any]]:
    document = source.read_document("documents", doc_id)[0]
    tables = {name: source.read_document(name, doc_id) for name in ("plans", "tasks", "measures", "responsibilities")}
    plans = {row["plan_id"]: row for row in tables["plans"]}
    tasks = {row["task_id"]: row for row in tables["tasks"]}
    cells = {row["cell_id"]: row for row in source.read_document("cells", doc_id)}
    bodies: dict[str, list[Row]] = {}
    for row in tables["responsibilities"]:
        bodies.setdefault(row["measure_id"], []).append(row)
    for measure in tables["measures"]:
        plan, task = plans[measure["plan_id"]], tasks[measure["task_id"]]
        own = bodies.get(measure["measure_id"], [])
        yield {
            "id": measure["measure_id"],
            "text": _make_text(measure, plan, task, own),
            "metadata": {
                "citation": measure["measure_id"],
                "doc_id": doc_id,
                "source_path": document["source_path"],
                "title": document["title"],
                "doc_number": document["doc_number"],
                "region": document["region"],
                "plan_year": document["plan_year"],
                "plan_title": plan["title"],
                "section": task["section_title"],
                "task_no": task["task_no"],
                "deadline_start": measure["deadline_start"],
                "deadline_end": measure["deadline_end"],
                "bodies": [row["agency_label"] for row in own],
                "pages": measure["pages"],
                "places": [_make_place(cells[cell_id]) for cell_id in measure["cell_ids"] if cell_id in cells],
            },
        }


def _make_text(measure: Row, plan: Row, task: Row, bodies: list[Row]) -> str:
    labels = {column["role"]: column["label"] for column in plan["columns"] or ()}

    def label(role: Role) -> str:
        return labels.get(role) or ROLES[role].chinese

    lines = [
        ("计划", plan["title"]),
        (label(Role.SECTION), task["section_title"]),
        (label(Role.TASK_NAME), task["name"]),
        (label(Role.MEASURE), measure["text"]),
        (label(Role.DEADLINE), measure["deadline_raw"]),
    ]
    for role in AGENCY_ROLES:
        names = [row["agency_label"] for row in bodies if row["role"] == role]
        lines.append((label(role), "、".join(names)))
    return "\n".join(f"{name}：{text}" for name, text in lines if text)


def _make_place(cell: Row) -> dict[str, Any]:
    box = {name: cell[name] for name in ("x0", "top", "x1", "bottom")}
    return {
        "cell_id": cell["cell_id"],
        "page": cell["page"],
        "line": cell["line"],
        "box": None if tuple(box.values()) == _NO_BOX else box,
    }
