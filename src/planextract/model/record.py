"""Records that explain the result: edits, discards, findings."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Severity = Literal["error", "warning", "info"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Repair:
    """One change made to what was printed. ``before`` → ``after``, by ``rule`` in ``stage``.

    ``decision_id`` names the line of the decisions log, if a person decided it.
    """

    stage: str
    rule: str
    before: str
    after: str
    confidence: float = 1.0
    cell_id: str | None = None
    measure_id: str | None = None
    decision_id: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Discard:
    """Printed characters that are in no cell of the result, and why."""

    page: int
    reason: str
    raw_text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """Something a person should look at. Codes are documented in docs/findings.md.

    ``decision_id`` names the line of the decisions log with which a person settled it.
    """

    code: str
    severity: Severity
    message: str
    page: int | None = None
    cell_id: str | None = None
    measure_id: str | None = None
    decision_id: str | None = None
