"""An iCalendar file (RFC 5545): a to-do a measure that has a last day, for calendars and task lists."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any

from planextract.export.registry import WriteOptions, Written
from planextract.export.source import ExportSource
from planextract.version import __version__

Row = Mapping[str, Any]
_ESCAPED = re.compile(r"[\\;,]")
_CONTROLS = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]")
_FOLD = 73  # octets of a line, its break and the blank of the next aside
_SHORT = 60


def write_ics(source: ExportSource, path: Path, _options: WriteOptions) -> Written:
    """Write the to-dos of all measures with a last day.

    The unique id of a to-do is its measure's, so that a calendar that takes the file again changes what it has.
    """
    count = 0
    with path.open("w", encoding="utf-8", newline="") as stream:
        for line in (
            "BEGIN:VCALENDAR",
            "VERSION:2.0",
            f"PRODID:-//planextract//{__version__}//ZH",
            "CALSCALE:GREGORIAN",
        ):
            stream.write(line + "\r\n")
        for doc_id in source.doc_ids:
            for todo in _make_todos(source, doc_id):
                count += 1
                stream.writelines(_fold(line) for line in todo)
        stream.write("END:VCALENDAR\r\n")
    return Written(rows={"measures": count})


def _make_todos(source: ExportSource, doc_id: str) -> Iterator[list[str]]:
    document = source.read_document("documents", doc_id)[0]
    tasks = {row["task_id"]: row for row in source.read_document("tasks", doc_id)}
    plans = {row["plan_id"]: row for row in source.read_document("plans", doc_id)}
    bodies: dict[str, list[Row]] = {}
    for row in source.read_document("responsibilities", doc_id):
        bodies.setdefault(row["measure_id"], []).append(row)
    stamp = document["issued_on"] or date(2000, 1, 1)
    for measure in source.read_document("measures", doc_id):
        if measure["deadline_end"] is not None:
            task, plan = tasks[measure["task_id"]], plans[measure["plan_id"]]
            yield _make_todo(measure, task, plan, document, bodies.get(measure["measure_id"], []), stamp)


def _make_todo(measure: Row, task: Row, plan: Row, document: Row, bodies: list[Row], stamp: date) -> list[str]:
    text = measure["text"].replace("\n", " ")
    short = text if len(text) <= _SHORT else text[: _SHORT - 1] + "…"
    named = [f"{row['role_label'] or row['role']}：{row['agency_label']}" for row in bodies]
    source = "　".join(part for part in (plan["title"], document["doc_number"], document["source_path"]) if part)
    described = [measure["text"], f"完成时限：{measure['deadline_raw']}", *named, f"来源：{source}"]
    name = f"{task['name']}：" if task["name"] and task["name"] != text else ""
    start = measure["deadline_start"] if measure["deadline_kind"] == "window" else None
    return [
        "BEGIN:VTODO",
        f"UID:{measure['measure_id'].replace('/', '-')}@planextract",
        f"DTSTAMP:{stamp:%Y%m%d}T000000Z",
        *([f"DTSTART;VALUE=DATE:{start:%Y%m%d}"] if start else []),
        f"DUE;VALUE=DATE:{measure['deadline_end']:%Y%m%d}",
        f"SUMMARY:{_escape(name + short)}",
        f"DESCRIPTION:{_escape(chr(10).join(described))}",
        *([f"CATEGORIES:{','.join(dict.fromkeys(_escape(row['agency_label']) for row in bodies))}"] if bodies else []),
        "STATUS:NEEDS-ACTION",
        "END:VTODO",
    ]


def _escape(text: str) -> str:
    plain = _CONTROLS.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))
    return _ESCAPED.sub(lambda match: "\\" + match.group(), plain).replace("\n", "\\n")


def _fold(line: str) -> str:
    """Cut a line into pieces of 75 octets at most, never inside a character."""
    pieces, piece, size = [], "", 0
    for char in line:
        width = len(char.encode("utf-8", "replace"))
        if size + width > _FOLD:
            pieces.append(piece)
            piece, size = "", 0
        piece += char
        size += width
    return "\r\n ".join([*pieces, piece]) + "\r\n"
