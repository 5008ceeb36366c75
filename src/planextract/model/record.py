"""Records that explain the result: edits, discards, findings."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Self

from planextract.model.finding_kinds import Severity, kind_of
from planextract.model.promises import check_probability

REPRINTED = "reprinted_cell"
"""Rule of the repair that leaves out a cell which a cut row prints again on its next page: it is no second value."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Repair:
    """One change made to what was printed. ``before`` → ``after``, by ``rule`` in ``stage``.

    ``decision_id`` names the line of the decisions log, or the entry of the override file, if a person decided it;
    ``split_at`` counts the characters of ``before`` that are left in front where a text was divided in two.
    """

    stage: str
    rule: str
    before: str
    after: str
    confidence: float = 1.0
    cell_id: str | None = None
    measure_id: str | None = None
    decision_id: str | None = None
    split_at: int | None = None

    def __post_init__(self) -> None:
        check_probability(self.confidence, "the confidence of a repair")


@dataclass(frozen=True, slots=True, kw_only=True)
class Discard:
    """Printed characters that are in no cell of the result, and why."""

    page: int
    reason: str
    raw_text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """Something a person should look at. Its kinds are listed in ``finding_kinds.py``.

    ``decision_id`` names the line of the decisions log with which a person settled it.
    """

    code: str
    severity: Severity
    message: str
    page: int | None = None
    cell_id: str | None = None
    measure_id: str | None = None
    decision_id: str | None = None

    @classmethod
    def of(
        cls,
        code: str,
        message: str,
        *,
        severity: Severity | None = None,
        page: int | None = None,
        cell_id: str | None = None,
        measure_id: str | None = None,
    ) -> Self:
        """Return a finding of a listed kind, as severe as its kind says.

        Raises:
            InternalError: If the list does not hold the code, or not with the severity asked for.
        """
        return cls(
            code=code,
            severity=kind_of(code).choose(severity),
            message=message,
            page=page,
            cell_id=cell_id,
            measure_id=measure_id,
        )
