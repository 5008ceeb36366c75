"""The decisions log: one JSON line a decision, only ever appended to.

Nothing in it is rewritten, so two writers cannot lose each other's lines: an appender takes a lock, writes
one whole line in one call and flushes it to the disk. A process killed in the middle leaves a torn last
line, which was never acknowledged; readers pass it over and the next appender starts on a fresh line.
Order carries no meaning (of two decisions on one subject the later ``at`` holds), so a union merge in git is
always right.
"""

from __future__ import annotations

import json
import os
import re
import secrets
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from planextract.decisions.locked_append import locked, read_all, write_whole
from planextract.decisions.records import find_problem, format_decision, parse_decision, raise_invalid
from planextract.errors import OutputError
from planextract.model.decision import Decision

LOG_SUFFIX = ".decisions.jsonl"
_TIME = re.compile(rb'"at": "(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z)"')
_MAX_BYTES = 200_000_000


def log_path(output: Path) -> Path:
    """Return where the log of an output folder stands: beside it, so that the folder may be deleted."""
    whole = output.resolve()
    return whole.with_name(whole.name + LOG_SUFFIX)


@dataclass(frozen=True, slots=True, kw_only=True)
class LogContent:
    """What a log says.

    Attributes:
        decisions: All decisions but undo records, by time; each id once.
        undone: Ids that no longer hold.
        unreadable_lines: Numbers of lines that are no JSON: torn by a kill, or marks of a merge.
    """

    decisions: tuple[Decision, ...] = ()
    undone: frozenset[str] = frozenset()
    unreadable_lines: tuple[int, ...] = ()

    @property
    def standing(self) -> tuple[Decision, ...]:
        """Decisions that hold: not undone, and the last one on their subject; by time."""
        last = {d.subject: d for d in self.decisions if d.decision_id not in self.undone}
        return tuple(sorted(last.values(), key=_by_time))

    def for_document(self, doc_id: str, path: str, known: frozenset[str]) -> tuple[Decision, ...]:
        """Return the standing decisions on one document.

        Args:
            doc_id: The document.
            path: Its source path: decisions follow it when its bytes have changed.
            known: All documents of the run: a decision on one of them is on no other.
        """
        return tuple(
            decision
            for decision in self.standing
            if decision.doc_id == doc_id or (decision.path == path and decision.doc_id not in known)
        )


def _by_time(decision: Decision) -> tuple[str, str]:
    return decision.at, decision.decision_id


def read_log(path: Path) -> LogContent:
    """Read a log; one that does not exist is empty.

    Raises:
        ConfigError: If it cannot be read, or a line is JSON but no decision that this version knows: to pass over
            such a line would silently drop somebody's decision.
    """
    try:
        if not path.exists():
            return LogContent()
        if path.stat().st_size > _MAX_BYTES:
            raise_invalid(path.name, f"the log has more than {_MAX_BYTES / 1e6:.0f} MB")
        data = path.read_bytes()
    except OSError as exc:
        raise_invalid(path.name, f"the log cannot be read: {exc.strerror}")
    return parse_log(data, path.name)


def parse_log(data: bytes, file: str) -> LogContent:
    """Check the bytes of a log; ``file`` is shown in messages."""
    decisions: dict[str, Decision] = {}
    undone: set[str] = set()
    unreadable: list[int] = []
    for number, line in enumerate(data.split(b"\n"), start=1):
        if not line.strip():
            continue
        try:
            record = json.loads(line.decode("utf-8"))
        except (ValueError, RecursionError):
            unreadable.append(number)
            continue
        decision = parse_decision(record, lambda cause, n=number: raise_invalid(file, f"line {n}: {cause}"))  # type: ignore[misc]
        if decision.kind == "undo":
            undone.add(decision.of or "")
        else:
            decisions.setdefault(decision.decision_id, decision)
    return LogContent(
        decisions=tuple(sorted(decisions.values(), key=_by_time)), undone=frozenset(undone),
        unreadable_lines=tuple(unreadable),
    )  # fmt: skip


def append_decisions(path: Path, decisions: Sequence[Decision]) -> tuple[Decision, ...]:
    """Append decisions to a log, on the disk when this returns.

    Args:
        path: The log; made if it does not exist.
        decisions: With or without id and time; both are given here, times rising within the log.

    Returns:
        The decisions as written.

    Raises:
        OutputError: If the log cannot be written.
        ValueError: If a decision lacks a field of its kind.
    """
    try:
        with path.open("a+b", buffering=0) as stream, locked(stream):
            content = read_all(stream)
            stamp = _next_time(content)
            written = []
            for place, decision in enumerate(decisions):
                at = (stamp + timedelta(milliseconds=place)).isoformat(timespec="milliseconds")
                made = replace(decision, decision_id=secrets.token_hex(6), at=at.replace("+00:00", "Z"))
                problem = find_problem(made)
                if problem:
                    raise ValueError(problem)
                written.append(made)
            text = "".join(format_decision(decision) + "\n" for decision in written)
            torn = bool(content) and not content.endswith(b"\n")
            write_whole(stream, (b"\n" if torn else b"") + text.encode("utf-8", "replace"))
            os.fsync(stream.fileno())
            return tuple(written)
    except OSError as exc:
        raise OutputError("decisions.not_written", f"the decision could not be written: {exc.strerror}",
                          file=path.name, advice="Free some space or change permissions.") from exc  # fmt: skip


def _next_time(content: bytes) -> datetime:
    """Return the present, or just after the latest time in the log: a clock may run ahead, or two writes be quick."""
    now = datetime.now(UTC)
    times = _TIME.findall(content)
    try:
        latest = datetime.fromisoformat(max(times).decode()) if times else now
    except ValueError:
        return now
    return max(now, latest + timedelta(milliseconds=1)) if times else now
