"""What people report on measures: append-only JSON Lines beside the output, merged into its tables by every run.

Progress is no part of a document, so it is no decision on one either. A line names its measure by what the plan
prints (an anchor, as decisions do), so that it follows the measure when the plan is read anew. Of several lines on one
measure all are kept: they are its history; the last one is what a ledger shows.
"""

from __future__ import annotations

import json
import secrets
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, fields, replace
from pathlib import Path
from typing import Any, NoReturn, get_args

from planextract.decisions.appended_log import AppendedLog, read_lines
from planextract.decisions.log import find_next_time
from planextract.decisions.records import INVALID_LOG
from planextract.errors import ConfigError
from planextract.model.decision import Anchor
from planextract.model.plan import ProgressStatus
from planextract.model.progress_report import ProgressReport
from planextract.phrases import Phrase

PROGRESS_SUFFIX = ".progress.jsonl"
_MAX_BYTES = 200_000_000
_ADVICE = "docs/ledger.md shows the format."
_MAX_TEXT = 100_000
_NUMBERS = ("value", "ratio", "expected_ratio", "score", "target_seq")


_FIELDS = {item.name: item for item in fields(ProgressReport)}


@dataclass(frozen=True, slots=True, kw_only=True)
class ProgressLog:
    """All reports of a log that hold, by time; ``problems`` says which lines are passed over, and why."""

    reports: tuple[ProgressReport, ...] = ()
    unreadable_lines: tuple[int, ...] = ()
    problems: tuple[str, ...] = ()

    def for_document(self, doc_id: str, path: str, known: frozenset[str]) -> tuple[ProgressReport, ...]:
        """Return the reports on one document's measures; they follow its path when its bytes have changed."""
        return tuple(
            report
            for report in self.reports
            if report.doc_id == doc_id or (report.path == path and report.doc_id not in known)
        )

    def last_by_measure(self) -> dict[str, ProgressReport]:
        """Return what people reported last, by measure; what they withdrew is not there."""
        last = {report.measure_id: report for report in self.reports if not report.source_doc_id}
        return {key: report for key, report in last.items() if not report.is_withdrawn}


def progress_path(output: Path) -> Path:
    """Return where the reports on an output stand: beside it, so that the folder may be deleted."""
    whole = output.resolve()
    return whole.with_name(whole.name + PROGRESS_SUFFIX)


def read_progress(path: Path) -> ProgressLog:
    """Read a log; one that does not exist is empty, and a line that is not understood is among its problems.

    Raises:
        ConfigError: If the file cannot be read.
    """
    return parse_progress(_open(path).read(), path.name)


def _open(path: Path) -> AppendedLog:
    return AppendedLog(path=path, max_bytes=_MAX_BYTES, code=INVALID_LOG, advice=_ADVICE)


def parse_progress(data: bytes, file: str) -> ProgressLog:
    """Take the reports out of the bytes of a log; ``file`` is its name in messages."""
    made, unreadable, problems = read_lines(data, lambda record, number: _parse(record, file, number))
    first = {report.report_id: report for report in reversed(made)}
    ordered = sorted(first.values(), key=lambda r: (r.at, r.report_id))
    last_batch = {(r.source_doc_id, r.doc_id): r.at[:23] for r in ordered if r.source_doc_id}
    return ProgressLog(
        reports=tuple(r for r in ordered if not r.source_doc_id or last_batch[r.source_doc_id, r.doc_id] == r.at[:23]),
        unreadable_lines=unreadable,
        problems=problems,
    )


def _parse(record: object, file: str, number: int) -> ProgressReport:
    if not isinstance(record, dict) or not record.get("report_id") or not record.get("at"):
        _fail(file, Phrase("line {number}: a report must be a JSON object with 'report_id' and 'at'", number=number))
    unknown = sorted(set(record) - set(_FIELDS))
    if unknown:
        _fail(file, Phrase("line {number}: unknown field '{unknown}'", number=number, unknown=unknown[0]))
    values: dict[str, Any] = {}
    for name, value in record.items():
        problem = _find_problem(name, value)
        if problem:
            _fail(file, Phrase("line {number}: '{name}' {problem}", number=number, name=name, problem=problem))
        values[name] = value
    if "anchor" in values:
        values["anchor"] = _parse_anchor(values["anchor"], file, number)
    for name in ("boxes", "reasons"):
        if name in values:
            values[name] = tuple(tuple(item) if isinstance(item, list) else item for item in values[name])
    return ProgressReport(**values)


def _find_problem(name: str, value: object) -> str | None:
    if name == "anchor":
        return None if isinstance(value, dict) else "must be an object"
    if name == "boxes":
        is_right = isinstance(value, list) and all(
            isinstance(box, list) and len(box) == 5 and all(type(n) in (int, float) for n in box) for box in value
        )
        return None if is_right else "must be a list of boxes"
    if name == "reasons":
        is_right = isinstance(value, list) and all(isinstance(item, str) for item in value)
        return None if is_right else "must be a list of texts"
    if name in _NUMBERS:
        return None if type(value) in (int, float) else "must be a number"
    if name in ("is_withdrawn", "is_doubtful"):
        return None if isinstance(value, bool) else "must be true or false"
    if name == "state":
        return (
            None
            if value in get_args(ProgressStatus)
            else Phrase("must be one of {names}", names=", ".join(get_args(ProgressStatus)))
        )
    return None if isinstance(value, str) and len(value) <= _MAX_TEXT else "must be a text, and not endless"


def _parse_anchor(record: Mapping[str, Any], file: str, number: int) -> Anchor:
    try:
        return Anchor(**{str(key): value for key, value in record.items()})
    except TypeError as exc:
        _fail(file, Phrase("line {number}: 'anchor' is not understood: {reason}", number=number, reason=str(exc)))


def format_report(report: ProgressReport) -> str:
    """Return a report as one line of JSON without a line feed; fields at their defaults are left out."""
    record: dict[str, object] = {}
    for name, item in _FIELDS.items():
        value = getattr(report, name)
        if value != item.default:
            record[name] = asdict(value) if isinstance(value, Anchor) else value
    return json.dumps(record, ensure_ascii=False)


def append_reports(path: Path, reports: Sequence[ProgressReport]) -> tuple[ProgressReport, ...]:
    """Append reports, all or none, on the disk when this returns; id and time are given here.

    Reports of one call on one document share a time to the millisecond, which tells a published report's batch.

    Raises:
        OutputError: If the log cannot be written.
    """
    written: list[ProgressReport] = []

    def make_lines(content: bytes) -> list[str]:
        at = find_next_time(content).isoformat(timespec="milliseconds").replace("+00:00", "Z")
        for place, report in enumerate(reports):
            written.append(replace(report, report_id=f"{place:04x}{secrets.token_hex(6)}", at=at))
        return [format_report(report) for report in written]

    if reports:
        _open(path).append(make_lines)
    return tuple(written)


def _fail(file: str, cause: str) -> NoReturn:
    raise ConfigError(INVALID_LOG, cause, file=file, advice=_ADVICE)


__all__ = [
    "PROGRESS_SUFFIX",
    "ProgressLog",
    "ProgressReport",
    "append_reports",
    "format_report",
    "parse_progress",
    "progress_path",
    "read_progress",
]
