"""The decisions log: one JSON line a decision, only ever appended to (``appended_log.py``).

Order carries no meaning (of two decisions on one subject the later ``at`` holds), so a union merge in git is
always right.
"""

from __future__ import annotations

import re
import secrets
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import NoReturn

from planextract.decisions.appended_log import AppendedLog, read_lines
from planextract.decisions.records import (
    INVALID_LOG,
    LOG_ADVICE,
    find_problem,
    format_decision,
    parse_decision,
    raise_invalid,
)
from planextract.model.decision import Decision
from planextract.phrases import Phrase

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
        problems: ``line 3: why`` of lines that are JSON but no decision that this version knows: they are passed
            over and told, and the others hold.
    """

    decisions: tuple[Decision, ...] = ()
    undone: frozenset[str] = frozenset()
    unreadable_lines: tuple[int, ...] = ()
    problems: tuple[str, ...] = ()

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
    """Read a log; one that does not exist is empty, and a line that is not understood is among its problems.

    Raises:
        ConfigError: If the file cannot be read.
    """
    return parse_log(_open(path).read(), path.name)


def _open(path: Path) -> AppendedLog:
    return AppendedLog(path=path, max_bytes=_MAX_BYTES, code=INVALID_LOG, advice=LOG_ADVICE)


def parse_log(data: bytes, file: str) -> LogContent:
    """Take the decisions out of the bytes of a log; ``file`` is its name in messages."""
    made, unreadable, problems = read_lines(
        data, lambda record, n: parse_decision(record, partial(_refuse_line, file, n))
    )
    first = {decision.decision_id: decision for decision in reversed(made) if decision.kind != "undo"}
    return LogContent(
        decisions=tuple(sorted(first.values(), key=_by_time)),
        undone=frozenset(decision.of or "" for decision in made if decision.kind == "undo"),
        unreadable_lines=unreadable,
        problems=problems,
    )


def _refuse_line(file: str, number: int, cause: str) -> NoReturn:
    raise_invalid(file, Phrase("line {number}: {cause}", number=number, cause=cause))


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
    written: list[Decision] = []

    def make_lines(content: bytes) -> list[str]:
        stamp = find_next_time(content)
        for place, decision in enumerate(decisions):
            at = (stamp + timedelta(milliseconds=place)).isoformat(timespec="milliseconds")
            made = replace(decision, decision_id=secrets.token_hex(6), at=at.replace("+00:00", "Z"))
            problem = find_problem(made)
            if problem:
                raise ValueError(problem)
            written.append(made)
        return [format_decision(decision) for decision in written]

    _open(path).append(make_lines)
    return tuple(written)


def find_next_time(content: bytes) -> datetime:
    """Return the present, or just after the latest time in the log: a clock may run ahead, or two writes be quick."""
    now = datetime.now(UTC)
    times = _TIME.findall(content)
    try:
        latest = datetime.fromisoformat(max(times).decode()) if times else now
    except ValueError:
        return now
    return max(now, latest + timedelta(milliseconds=1)) if times else now
