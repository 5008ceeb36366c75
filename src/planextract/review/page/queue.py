"""The queue: what a person should look at, ordered by what looking is expected to gain.

Expected gain = probability that we are wrong × how many published values hang on it. A measure gathers
everything that is doubtful about it, so each row of the page is looked at once.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from planextract.correct.anchors import PrintedRow
from planextract.model.decision import Decision
from planextract.model.judgement import AgencyJudgement
from planextract.model.record import Finding
from planextract.model.result import ResultMeasure
from planextract.model.roles import Role
from planextract.model.table import Boundary
from planextract.phrases import Recorded
from planextract.resolve.matcher import IGNORED
from planextract.review.page.workspace import PlacedMeasure, ReviewedDocument, Workspace
from planextract.text.characters import fold
from planextract.wording.words import read_doubts

Kind = Literal["boundary", "agency", "cell", "inheritance", "finding", "row"]
Severity = Literal["error", "warning", "info", "none"]
KINDS: tuple[Kind, ...] = ("boundary", "agency", "cell", "inheritance", "finding", "row")
SEVERITIES: tuple[Severity, ...] = ("error", "warning", "info", "none")

_ROW_VALUES = 4.0  # text, deadline and two agency cells hang on what a row is
_TABLE_VALUES = 12.0
_DOUBTFUL_BOUNDARY = 0.9
_DOUBTFUL_CELL = 0.9
_WRONG_INHERITANCE = 0.07
_FINDING_GAIN = {"error": 2.0, "warning": 0.8, "info": 0.1}
# Findings that another kind of item asks about, with the page beside it.
_ASKED_ELSEWHERE = frozenset({"resolve.unresolved", "stitch.doubtful_row", "stitch.doubtful_join"})
_TOLD_SIGNS = 3
_TELLING_WEIGHT = -1.0  # log odds
_COLUMNS = {"task": Role.TASK_NAME, "text": Role.MEASURE}
_BLANK_CODES = frozenset({"repair.blank_cell", "repair.no_owner", "repair.inheritance_conflict"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Doubt:
    """One reason to look at a measure. ``cell_id`` is the doubtful cell, where it is one."""

    kind: Kind
    code: str
    message: str
    severity: Severity
    gain: float
    cell_id: str | None = None

    @property
    def key(self) -> str:
        """What a decision on this doubt alone names it by."""
        return make_key(self.code, self.message)


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """Something to decide.

    Attributes:
        key: Stable over runs: made of the document's path and what is printed.
        doubts: Why it is in the queue; empty for a row that is only found by searching.
        covered: Ids of standing decisions on it.
        is_open: Nobody has decided it yet.
    """

    key: str
    kind: Kind
    severity: Severity
    gain: float
    doc_id: str
    page: int
    title: str
    detail: str
    search: str
    doubts: tuple[Doubt, ...] = ()
    covered: tuple[str, ...] = ()
    is_open: bool = True
    boundary: Boundary | None = None
    measure_id: str | None = None
    name: str | None = None


class Standing:
    """The standing decisions of the log, found by what they are about in one document."""

    def __init__(self, document: ReviewedDocument, decisions: Sequence[Decision]) -> None:
        self.rows: dict[tuple[int, int], list[Decision]] = {}
        self.cells: dict[str, list[Decision]] = {}
        self.messages: dict[tuple[str, str], Decision] = {}
        for decision in decisions:
            anchor = decision.anchor
            if decision.kind == "accept" and anchor is None:
                for code in decision.codes:
                    self.messages[code, fold(decision.shown)] = decision
            elif anchor is not None and decision.kind in ("edit_cell", "inherit"):
                cell = document.index.find_cell(anchor)
                if cell is not None:
                    self.cells.setdefault(cell.cell_id, []).append(decision)
            elif anchor is not None:
                follows = decision.kind == "join" or decision.decision == "cut_row"
                row = document.index.find_row(anchor, follows=follows)
                if row is not None:
                    self.rows.setdefault((row.table_no, row.row), []).append(decision)

    def on_row(self, row: PrintedRow | None, *kinds: str) -> list[Decision]:
        """Return the decisions on a row, of some kinds."""
        found = self.rows.get((row.table_no, row.row), []) if row is not None else []
        return [decision for decision in found if decision.kind in kinds]


def build_items(
    workspace: Workspace, standing: Mapping[str, Sequence[Decision]], names: Mapping[tuple[str, str], AgencyJudgement]
) -> list[Item]:
    """Return all items, the most gain first; those of equal gain in the order of the documents.

    Args:
        workspace: The output.
        standing: Standing decisions by document.
        names: Decisions on agency names that hold, by region and folded name.
    """
    items: list[Item] = []
    for document in workspace.documents.values():
        decided = Standing(document, standing.get(document.doc_id, ()))
        items.extend(_boundaries(document, decided))
        items.extend(_measures(document, decided))
        items.extend(_document_findings(document, decided))
    items.extend(_agencies(workspace, names))
    return sorted(items, key=lambda item: -round(item.gain, 6))


def judgement_id(judgement: AgencyJudgement) -> str:
    """Return a name for a line of the log on agency names, which has none of its own."""
    return "a-" + make_key(judgement.region, fold(judgement.form), judgement.action, judgement.agency_id)


def make_key(*parts: object) -> str:
    """Return the key of an item: 12 hex digits."""
    return hashlib.sha256("\0".join(map(str, parts)).encode("utf-8", "replace")).hexdigest()[:12]


def first_row(document: ReviewedDocument, boundary: Boundary) -> PrintedRow | None:
    """Return the first row of the fragment after a boundary that is no section row and not blank."""
    for row in document.index.rows:
        is_data = any(cell.column != "section" and cell.raw_text.strip() for cell in row.cells)
        if row.table_no == boundary.table_after and is_data:
            return row
    return None


def _boundaries(document: ReviewedDocument, decided: Standing) -> Iterator[Item]:
    for boundary in document.boundaries:
        row = first_row(document, boundary)
        if row is None:
            continue
        covered = tuple(d.decision_id for d in decided.on_row(row, "row", "join"))
        is_new_section = boundary.row_decision == "new_section"
        values = _TABLE_VALUES if boundary.decision == "separate" or is_new_section else _ROW_VALUES
        is_doubtful = boundary.score < _DOUBTFUL_BOUNDARY
        text = next((cell.raw_text for cell in row.cells if cell.column == Role.MEASURE), "")
        yield Item(
            key=make_key("boundary", document.path, *_anchor_parts(document, row)),
            kind="boundary",
            severity="warning" if is_doubtful else "info",
            gain=(1.0 - boundary.score) * values,
            doc_id=document.doc_id,
            page=boundary.page_after,
            title=boundary.row_decision or boundary.decision,
            detail=_shorten(text),
            search=fold(f"{document.title} {text} {boundary.page_after}"),
            covered=covered,
            is_open=not covered and not boundary.overridden,
            boundary=boundary,
        )


def _anchor_parts(document: ReviewedDocument, row: PrintedRow) -> tuple[object, ...]:
    anchor = document.index.anchor_row(row)
    return anchor.row, anchor.before, anchor.nth


def home_row(document: ReviewedDocument, measure: ResultMeasure) -> PrintedRow | None:
    """Return the printed row in which a measure starts."""
    return next((row for cell_id in measure.cell_ids if (row := document.index.row_of(cell_id)) is not None), None)


def _measures(document: ReviewedDocument, decided: Standing) -> Iterator[Item]:
    findings: dict[str, list[Finding]] = {}
    for finding in document.result.findings:
        cell = document.cells.get(finding.cell_id or "")
        home = finding.measure_id or (cell.measure_id if cell else None)
        if home is not None:
            findings.setdefault(home, []).append(finding)
    inherited = {r.measure_id: r.cell_id for r in document.result.repairs if r.rule == "inherit_cell"}
    seen: set[tuple[int, int]] = set()
    for placed in document.measures.values():
        measure = placed.measure
        row = home_row(document, measure)
        if row is None:
            continue
        is_second = (row.table_no, row.row) in seen  # the second half of a row that a person split
        seen.add((row.table_no, row.row))
        doubts = [
            d for d in _doubts(document, measure, findings.get(measure.measure_id, ()), inherited) if not is_second
        ]
        if measure.needs_review and not is_second and _worst(doubts) not in ("error", "warning"):
            doubts.append(_say_unsure(document, measure))
        accepted = decided.on_row(row, "accept", "link")
        changed = decided.on_row(row, "split_row", "row")
        on_cells = [d for cell_id in measure.cell_ids for d in decided.cells.get(cell_id, ())]
        left = [doubt for doubt in doubts if not _is_settled(doubt, accepted, decided)]
        covered = tuple(d.decision_id for d in (*accepted, *changed, *on_cells))
        top = max(doubts, key=lambda doubt: doubt.gain, default=None)
        yield Item(
            key=make_key("row", document.path, measure.seq if is_second else 0, *_anchor_parts(document, row)),
            kind=top.kind if top else "row",
            severity=_worst(doubts),
            gain=sum(doubt.gain for doubt in doubts),
            doc_id=document.doc_id,
            page=measure.pages[0],
            title=f"{_name_attachment(document, placed)}{placed.task.task_no}-{measure.seq} {placed.task.label}",
            detail=_shorten(measure.text),
            search=_search_text(document, placed),
            doubts=tuple(doubts),
            covered=covered,
            # A row whose shape was just decided is made anew by the next run: its doubts may be gone then.
            is_open=bool(left) and not any(d.decision_id not in document.replayed for d in changed),
            measure_id=measure.measure_id,
        )


def _search_text(document: ReviewedDocument, placed: PlacedMeasure) -> str:
    measure = placed.measure
    names = " ".join(f"{a.raw_text} {a.name or ''}" for a in measure.agencies)
    return fold(f"{document.title} {placed.task.name} {measure.text} {measure.deadline_raw or ''} {names}")


def _doubts(
    document: ReviewedDocument,
    measure: ResultMeasure,
    findings: Sequence[Finding],
    inherited: Mapping[str | None, str | None],
) -> Iterator[Doubt]:
    for finding in findings:
        if finding.code not in _ASKED_ELSEWHERE and finding.decision_id is None:
            severity: Severity = finding.severity
            kind: Kind = "inheritance" if finding.code in _BLANK_CODES else "finding"
            yield Doubt(
                kind=kind,
                code=finding.code,
                message=finding.message,
                severity=severity,
                gain=_FINDING_GAIN[severity],
                cell_id=finding.cell_id,
            )
    for cell_id in dict.fromkeys(measure.cell_ids):
        cell = document.cells.get(cell_id)
        if cell is not None and cell.confidence < _DOUBTFUL_CELL and cell.measure_id in (measure.measure_id, None):
            yield Doubt(
                kind="cell",
                code="review:doubtful_cell",
                message=f"{cell.confidence:.0%}",
                severity="warning",
                gain=1.0 - cell.confidence,
                cell_id=cell_id,
            )
    if measure.measure_id in inherited:
        yield Doubt(
            kind="inheritance",
            code="review:inherited",
            message="",
            severity="info",
            gain=_WRONG_INHERITANCE * sum(status == "inherited" for status in measure.statuses.values()),
            cell_id=inherited[measure.measure_id],
        )


def _say_unsure(document: ReviewedDocument, measure: ResultMeasure) -> Doubt:
    """Return why a row needs a look that no finding asks for: it is less sure than most, and its signs say where."""
    every = sorted(read_doubts(measure.doubts), key=lambda doubt: doubt.weight)
    told = [doubt for doubt in every[:_TOLD_SIGNS] if doubt.weight <= _TELLING_WEIGHT] or every[:1]
    column = _COLUMNS.get(told[0].value, told[0].value) if told else Role.MEASURE
    own = (document.cells[key] for key in measure.cell_ids if key in document.cells)
    return Doubt(
        kind="cell",
        code="review:unsure_row",
        message=Recorded(
            "; ".join(f"{doubt.name[0]}: {doubt.why[0]}" for doubt in told),
            "；".join(f"{doubt.name[1]}：{doubt.why[1]}" for doubt in told),
        ),
        severity="warning",
        gain=1.0 - measure.confidence,
        cell_id=next((cell.cell_id for cell in own if cell.column == column), None),
    )


def _is_settled(doubt: Doubt, accepted: Sequence[Decision], decided: Standing) -> bool:
    if any(doubt.code in d.codes or (d.kind == "link" and d.shown == doubt.message) for d in accepted):
        return True
    on_cell = decided.cells.get(doubt.cell_id or "", ())
    return doubt.kind in ("cell", "inheritance") and bool(on_cell)


def _worst(doubts: Sequence[Doubt]) -> Severity:
    return min((doubt.severity for doubt in doubts), key=SEVERITIES.index, default="none")


def _document_findings(document: ReviewedDocument, decided: Standing) -> Iterator[Item]:
    """Findings about no measure: numbering, attachments, pages that were not read."""
    for finding in document.result.findings:
        if finding.decision_id is not None or finding.code in _ASKED_ELSEWHERE or finding.measure_id is not None:
            continue
        cell = document.cells.get(finding.cell_id or "")
        if cell is not None and cell.measure_id is not None:
            continue
        decision = decided.messages.get((finding.code, fold(finding.message)))
        severity: Severity = finding.severity
        yield Item(
            key=make_key("finding", document.path, finding.code, finding.message),
            kind="finding",
            severity=severity,
            gain=_FINDING_GAIN[severity],
            doc_id=document.doc_id,
            page=finding.page or 1,
            title=finding.code,
            detail=finding.message,
            search=fold(f"{document.title} {finding.code} {finding.message}"),
            doubts=(
                Doubt(
                    kind="finding",
                    code=finding.code,
                    message=finding.message,
                    severity=severity,
                    gain=_FINDING_GAIN[severity],
                    cell_id=finding.cell_id,
                ),
            ),
            covered=(decision.decision_id,) if decision else (),
            is_open=decision is None,
        )


def _agencies(workspace: Workspace, names: Mapping[tuple[str, str], AgencyJudgement]) -> Iterator[Item]:
    """One item a name of a region that no body was found for, with all its places."""
    places: dict[tuple[str, str], list[tuple[ReviewedDocument, ResultMeasure, str]]] = {}
    for document in workspace.documents.values():
        for _, _, measure in document.result.iterate_measures():
            for agency in measure.agencies:
                if agency.match == "unresolved" and not agency.is_inherited and agency.match_rule != IGNORED:
                    place = (document.region, fold(agency.raw_text))
                    places.setdefault(place, []).append((document, measure, agency.raw_text))
    for (region, folded), found in places.items():
        document, measure, name = found[0]
        judgement = names.get((region, folded))
        yield Item(
            key=make_key("agency", region, folded),
            kind="agency",
            severity="warning",
            gain=0.9 * len(found),
            doc_id=document.doc_id,
            page=measure.pages[0],
            title=name,
            detail=f"×{len(found)}",
            search=f"{folded} {fold(document.title)}",
            covered=(judgement_id(judgement),) if judgement else (),
            is_open=judgement is None,
            measure_id=measure.measure_id,
            name=name,
        )


def _shorten(text: str, length: int = 60) -> str:
    flat = " ".join(text.split())
    return flat if len(flat) <= length else flat[: length - 1] + "…"


def _name_attachment(document: ReviewedDocument, placed: PlacedMeasure) -> str:
    """Return the attachment of a row where the document has several plans: their tasks have the same numbers."""
    number = placed.plan.attachment_no
    return f"附件{number} · " if number is not None and len(document.result.plans) > 1 else ""
