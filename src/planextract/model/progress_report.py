"""What is reported on a measure beside its plan: a line of the progress log."""

from __future__ import annotations

from dataclasses import dataclass

from planextract.model.decision import Anchor
from planextract.model.plan import ProgressStatus


@dataclass(frozen=True, slots=True, kw_only=True)
class ProgressReport:
    """One line: what was reported on a measure, by whom, when; or, of a published report, what it prints.

    Attributes:
        report_id: Random; names the line.
        at: When the line was written, ISO 8601 in UTC.
        measure_id: The measure as it was called then.
        shown: The beginning of its text, for people.
        text: 本期进展.
        status: 完成状态 as chosen or printed.
        state: The same as a value of the table ``progress``.
        evidence: 佐证; with ``by`` and ``on`` it stays in this file.
        on: 填报日期, YYYY-MM-DD; as typed where it is no date.
        file: The ledger or report that it was taken from.
        source_doc_id: Document that prints it; "" for what people report. A document that is tracked again replaces
            its own lines.
        is_withdrawn: Nothing is reported any more.
        is_doubtful: It may be about another measure: a finding, until a person accepts it on the review page.
    """

    report_id: str = ""
    at: str = ""
    doc_id: str = ""
    path: str = ""
    measure_id: str = ""
    shown: str = ""
    anchor: Anchor | None = None
    text: str = ""
    status: str = ""
    state: ProgressStatus | None = None
    problem: str = ""
    next_step: str = ""
    evidence: str = ""
    by: str = ""
    on: str = ""
    as_of: str = ""
    period: str = ""
    file: str = ""
    source_doc_id: str = ""
    target_seq: int | None = None
    value: float | None = None
    unit: str = ""
    ratio: float | None = None
    expected_ratio: float | None = None
    boxes: tuple[tuple[float, ...], ...] = ()
    score: float | None = None
    reasons: tuple[str, ...] = ()
    is_withdrawn: bool = False
    is_doubtful: bool = False

    @property
    def said(self) -> str:
        """What it says, shortened: what people are shown in quotation marks, and by what a decision names it."""
        return " ".join((self.text or self.status).split())[:120]
