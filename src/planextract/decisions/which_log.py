"""Which log is which? The people's and the names' are told by their lines, whatever option they were given with."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from planextract.decisions.appended_log import number_lines
from planextract.errors import UsageError
from planextract.phrases import Phrase

LogKind = Literal["people", "names"]
_HEAD_BYTES = 65_536


@dataclass(frozen=True, slots=True, kw_only=True)
class Logs:
    """The log of people's decisions, that of decisions on names, each None if not given; ``notices`` for people."""

    people: Path | None = None
    names: Path | None = None
    notices: tuple[str, ...] = ()


def tell_log(path: Path | None) -> LogKind | None:
    """Tell what a log holds by its first line that is JSON; None if it holds none yet, or nothing that is known."""
    try:
        with (path or Path()).open("rb") as stream:
            head = stream.read(_HEAD_BYTES)
    except OSError:
        return None
    for _, line in number_lines(head):
        try:
            record = json.loads(line)
        except (ValueError, RecursionError):
            continue
        keys = set(record) if isinstance(record, dict) else set()
        return "names" if {"form", "action"} <= keys else "people" if {"kind", "id"} <= keys else None
    return None


def sort_logs(decisions: Path | None, agency_decisions: Path | None, review_log: Path | None = None) -> Logs:
    """Return each log in its place; what was given in the other's place, or under its old option, with a notice.

    Args:
        decisions: Given as ``--decisions``, which meant the names' log until the options were renamed.
        agency_decisions: Given as ``--agency-decisions``.
        review_log: Given as ``--review-log``, the old name of ``--decisions``.

    Raises:
        UsageError: If two logs of one kind were given.
    """
    given = (
        (decisions, "people", "--decisions"),
        (agency_decisions, "names", "--agency-decisions"),
        (review_log, "people", "--review-log"),
    )
    found: dict[str, Path] = {}
    notices = []
    for path, usual, option in given:
        if path is None:
            continue
        kind = tell_log(path) or usual
        right = "--decisions" if kind == "people" else "--agency-decisions"
        if kind in found:
            raise UsageError(
                "decisions.two_logs",
                Phrase("this is a second log of the kind that {right} takes", right=right),
                file=str(path),
                advice=Phrase("Give one log with {right}.", right=right),
            )
        found[kind] = path
        if option != right:
            notices.append(
                Phrase(
                    "{path} was given with {option}; give it with {right}: a later version will ask for that",
                    path=path,
                    option=option,
                    right=right,
                )
            )
    return Logs(people=found.get("people"), names=found.get("names"), notices=tuple(notices))
