"""Data of the quality report: a run without gold. Documents are read one after the other."""

from __future__ import annotations

import heapq
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from planextract.model.record import Finding
from planextract.model.result import ResultDocument, ResultMeasure, ResultPlan, ResultTask
from planextract.model.roles import AGENCY_COLUMNS
from planextract.model.table import Boundary
from planextract.phrases import Phrase, Recorded, decode_phrase
from planextract.text.characters import without_spaces
from planextract.wording.looks import share_left, tell_looks
from planextract.wording.words import read_doubts

_PER_DOCUMENT, _EXAMPLES, _BOUNDARIES, _UNRESOLVED = 60, 8, 120, 200
CONFIDENCE_EDGES = (0.0, 0.5, 0.7, 0.8, 0.85, 0.9, 0.95, 0.99, 1.0001)


@dataclass(frozen=True, slots=True, kw_only=True)
class DoubtfulRow:
    """A measure that a person should look at, with the part of its document that shows it."""

    document: ResultDocument
    plan: ResultPlan
    task: ResultTask
    measure: ResultMeasure
    column: str
    reasons: tuple[str, ...]

    @property
    def doubt(self) -> float:
        """Probability that something in the row is wrong, by its own confidence."""
        return 1 - self.measure.confidence


@dataclass(frozen=True, slots=True, kw_only=True)
class DoubtfulBreak:
    """A page break with its document."""

    document: str
    doc_id: str
    boundary: Boundary


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentFacts:
    """A document in one line."""

    doc_id: str
    name: str
    title: str
    reader: str
    pages: int
    measures: int
    to_check: int
    left: float
    expected_wrong: float
    unresolved: int
    errors: int
    warnings: int
    characters: int
    in_cells: int
    set_aside: int
    code: str = ""
    cause: str = ""

    @property
    def asks(self) -> str:
        """What the document asks of a person; nothing if it was not written."""
        return "" if self.is_quarantined else tell_looks(self.to_check, self.left)

    @property
    def is_balanced(self) -> bool:
        """Every character read is in a cell or was set aside."""
        return self.characters == self.in_cells + self.set_aside

    @property
    def is_quarantined(self) -> bool:
        """Nothing of it was written."""
        return bool(self.code)


@dataclass(slots=True)
class QualityFacts:
    """What is counted over a run; filled document by document."""

    documents: list[DocumentFacts] = field(default_factory=list)
    plans: int = 0
    tasks: int = 0
    discards: Counter[str] = field(default_factory=Counter)
    discard_runs: Counter[str] = field(default_factory=Counter)
    decisions: Counter[str] = field(default_factory=Counter)
    matches: Counter[str] = field(default_factory=Counter)
    inherited: int = 0
    deadlines: Counter[str] = field(default_factory=Counter)
    statuses: Counter[tuple[str, str]] = field(default_factory=Counter)
    confidences: list[float] = field(default_factory=list)
    cell_confidences: Counter[str] = field(default_factory=Counter)
    findings: Counter[tuple[str, str]] = field(default_factory=Counter)
    finding_examples: dict[str, list[tuple[str, Finding]]] = field(default_factory=dict)
    unresolved: Counter[tuple[str, str]] = field(default_factory=Counter)
    rule_links: Counter[tuple[str, str, str]] = field(default_factory=Counter)
    breaks: list[DoubtfulBreak] = field(default_factory=list)
    rows: list[DoubtfulRow] = field(default_factory=list)
    repairs: Counter[tuple[str, str]] = field(default_factory=Counter)


def gather_facts(
    documents: Iterable[ResultDocument], quarantined: Sequence[Mapping[str, Any]], budget: int
) -> QualityFacts:
    """Count everything the report shows.

    Args:
        documents: Committed documents; each is let go after it was counted.
        quarantined: Records of inputs that could not be extracted.
        budget: Rows that a person is asked to check, at most.
    """
    facts = QualityFacts()
    for document in documents:
        _count_document(facts, document)
        facts.rows = heapq.nsmallest(budget, facts.rows, key=_urgency)
        facts.breaks = heapq.nsmallest(_BOUNDARIES, facts.breaks, key=lambda b: (b.boundary.score, b.doc_id))
    for record in quarantined:
        facts.documents.append(
            DocumentFacts(
                doc_id=str(record.get("doc_id")),
                name=str(record.get("source_path")),
                title="",
                reader="",
                pages=0,
                measures=0,
                to_check=0,
                left=0.0,
                expected_wrong=0,
                unresolved=0,
                errors=1,
                warnings=0,
                characters=0,
                in_cells=0,
                set_aside=0,
                code=str(record.get("code")),
                cause=decode_phrase(said.get("cause"))
                if isinstance(said := record.get("said"), dict)
                else str(record.get("cause")),
            )
        )
    return facts


def _urgency(row: DoubtfulRow) -> tuple[float, str]:
    return (row.measure.confidence, row.measure.measure_id)


def _count_document(facts: QualityFacts, document: ResultDocument) -> None:
    measures = [m for _, _, m in document.iterate_measures()]
    in_cells = sum(len(without_spaces(cell.text_raw)) for cell in document.cells)
    set_aside = 0
    for discard in document.discards:
        count = len(without_spaces(discard.raw_text))
        set_aside += count
        reason = discard.reason.partition(":")[0]
        facts.discards[reason] += count
        facts.discard_runs[reason] += 1
    severities = Counter(finding.severity for finding in document.findings)
    unresolved = 0
    for measure in measures:
        unresolved += _count_measure(facts, measure)
    for boundary in document.boundaries:
        facts.decisions[boundary.row_decision or boundary.decision] += 1
        facts.breaks.append(DoubtfulBreak(document=document.source_path, doc_id=document.doc_id, boundary=boundary))
    for finding in document.findings:
        facts.findings[finding.severity, finding.code] += 1
        examples = facts.finding_examples.setdefault(finding.code, [])
        if len(examples) < _EXAMPLES:
            examples.append((document.source_path, finding))
    for cell in document.cells:
        facts.cell_confidences[f"{cell.confidence:.1f}"] += 1
    for repair in document.repairs:
        facts.repairs[repair.stage, repair.rule] += 1
    facts.plans += len(document.plans)
    facts.tasks += sum(len(plan.tasks) for plan in document.plans)
    facts.documents.append(
        DocumentFacts(
            doc_id=document.doc_id,
            name=document.source_path,
            title=document.title or "",
            reader=document.reader,
            pages=document.page_count,
            measures=len(measures),
            to_check=sum(m.needs_review for m in measures),
            left=share_left((m.needs_review, m.confidence, m.value_count) for m in measures),
            expected_wrong=sum(1 - m.confidence for m in measures),
            unresolved=unresolved,
            errors=severities["error"],
            warnings=severities["warning"],
            characters=document.character_count if document.character_count is not None else in_cells + set_aside,
            in_cells=in_cells,
            set_aside=set_aside,
        )
    )
    facts.rows.extend(_find_doubtful(document))


def _count_measure(facts: QualityFacts, measure: ResultMeasure) -> int:
    facts.confidences.append(measure.confidence)
    facts.deadlines[measure.deadline_kind] += 1
    unresolved = 0
    for role in AGENCY_COLUMNS:
        status = measure.status_of(role)
        if status is not None:
            facts.statuses[role, status] += 1
    for agency in measure.agencies:
        facts.matches[agency.match] += 1
        facts.inherited += agency.is_inherited
        if agency.name is None:
            unresolved += 1
            if len(facts.unresolved) < _UNRESOLVED or (agency.raw_text, "") in facts.unresolved:
                facts.unresolved[agency.raw_text, agency.match_reason] += 1
        elif agency.match == "rule":
            facts.rule_links[agency.raw_text, agency.name, agency.match_reason] += 1
    return unresolved


def _find_doubtful(document: ResultDocument) -> list[DoubtfulRow]:
    findings: dict[str, list[Finding]] = {}
    for finding in document.findings:
        if finding.measure_id is not None:
            findings.setdefault(finding.measure_id, []).append(finding)
    columns = {cell.cell_id: cell.column for cell in document.cells}
    doubtful = [(plan, task, m) for plan, task, m in document.iterate_measures() if m.needs_review]
    doubtful.sort(key=lambda item: (item[2].confidence, item[2].measure_id))
    kept = doubtful[:_PER_DOCUMENT]
    wanted = {m.measure_id for _, _, m in kept}
    trimmed = replace(
        document,
        plans=(),
        repairs=(),
        discards=(),
        findings=(),
        boundaries=(),
        cells=tuple(cell for cell in document.cells if cell.measure_id in wanted),
    )
    rows = []
    for plan, task, m in kept:
        column, reasons = _explain(m, findings.get(m.measure_id, []), columns, document.boundaries)
        rows.append(DoubtfulRow(document=trimmed, plan=plan, task=task, measure=m, column=column, reasons=reasons))
    return rows


def _explain(
    measure: ResultMeasure, findings: Sequence[Finding], columns: Mapping[str, str], boundaries: Sequence[Boundary]
) -> tuple[str, tuple[str, ...]]:
    """Return the column to look at and the reasons, most serious first."""
    column = ""
    reasons: list[str] = []
    for finding in sorted(findings, key=lambda f: ("error", "warning", "info").index(f.severity)):
        reasons.append(Phrase("{message} ({code})", code=finding.code, message=finding.message))
        if not column and finding.severity != "info":
            column = columns.get(finding.cell_id or "", "") or _column_of(finding, measure)
    for agency in measure.agencies:
        if agency.match == "rule":
            reasons.append(
                Phrase(
                    "{printed} → {name} by rule ({rule})",
                    printed=agency.raw_text,
                    name=agency.name or "",
                    rule=agency.match_reason,
                )
            )
            column = column or agency.role
    for boundary in boundaries:
        if boundary.page_after in measure.pages[1:] or (
            boundary.score < 0.999 and measure.pages and boundary.page_after == measure.pages[0]
        ):
            decision = (boundary.row_decision or boundary.decision).replace("_", " ")
            reasons.append(
                Phrase(
                    "page break {before}–{after}: {decision}, {score:.1%} sure",
                    before=boundary.page_before,
                    after=boundary.page_after,
                    decision=Phrase(decision),
                    score=boundary.score,
                )
            )
    for told in sorted(read_doubts(measure.doubts), key=lambda told: told.weight):
        reasons.append(Recorded(f"{told.name[0]}: {told.why[0]}", f"{told.name[1]}：{told.why[1]}"))
    return column or "measure", tuple(reasons)


def _column_of(finding: Finding, measure: ResultMeasure) -> str:
    if "deadline" in finding.code:
        return "deadline"
    if finding.code.startswith("repair."):
        blank = [role for role in AGENCY_COLUMNS if measure.status_of(role) == "blank"]
        return blank[0] if blank else "responsible"
    if finding.code.startswith("resolve."):
        return next((a.role for a in measure.agencies if a.name is None), "responsible")
    return "measure"
