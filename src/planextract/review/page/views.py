"""What the templates show: plain records made of items, in one language."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from planextract.correct.anchors import PrintedRow
from planextract.model.agency import AgencyEntry
from planextract.model.decision import Decision
from planextract.model.judgement import AgencyJudgement
from planextract.model.result import ResultAgency, ResultCell, ResultMeasure
from planextract.model.roles import AGENCY_ROLES, Role
from planextract.model.table import Boundary
from planextract.review.page.queue import Item, Standing, first_row, home_row, judgement_id
from planextract.review.page.session import Session
from planextract.review.page.strips import Strip, make_strips, show_whole_page
from planextract.review.page.texts import Texts
from planextract.review.page.workspace import PlacedMeasure, ReviewedDocument
from planextract.text.characters import fold

_REASON = re.compile(r"^(table: )?([a-z_]+)(?:: (.*?))?(?: \(([+-][\d.]+)\))?$", re.DOTALL)
_SHOWN_COLUMNS = tuple(role.value for role in Role if role not in (Role.TASK_NO, Role.SECTION))


@dataclass(frozen=True, slots=True, kw_only=True)
class Chip:
    """A name in a cell with its link, and what a person has decided since about it."""

    agency: ResultAgency
    judged: AgencyJudgement | None
    judged_name: str
    undo_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CellRow:
    """A cell beside its page: its text now, with a pending edit taken in."""

    cell_id: str
    column: str
    label: str
    text: str
    raw_text: str
    rows: int
    page: int
    is_doubtful: bool
    is_edited: bool
    is_blank_agency: bool
    status: str
    inherits: str
    agencies: tuple[Chip, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Reason:
    """A piece of evidence: words, detail and weight; ``is_for`` the decision taken."""

    words: str
    detail: str
    weight: str
    is_for: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """Something that can be decided by one key."""

    key: str
    action: str
    choice: str
    label: str
    is_ours: bool
    is_runner_up: bool
    is_decided: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemView:
    """Everything about one item that the page shows."""

    item: Item
    document: ReviewedDocument
    strips: tuple[Strip, ...]
    cells: tuple[CellRow, ...] = ()
    before: tuple[CellRow, ...] = ()
    placed: PlacedMeasure | None = None
    reasons: tuple[Reason, ...] = ()
    choices: tuple[Choice, ...] = ()
    suggestions: tuple[tuple[AgencyEntry, float], ...] = ()
    places: tuple[tuple[str, PlacedMeasure, str], ...] = ()
    decided: tuple[tuple[Decision, bool], ...] = ()
    score: str = ""
    alike: int = 0
    open_names: int = 0
    has_next: bool = False
    judged: AgencyJudgement | None = None


def make_view(session: Session, item: Item, texts: Texts) -> ItemView:
    """Return the view of an item."""
    document = session.workspace.documents[item.doc_id]
    decided = Standing(document, session.standing.get(item.doc_id, ()))
    by_id = {decision.decision_id: decision for decision in session.content.decisions}
    covered = tuple((by_id[key], key in document.replayed) for key in item.covered if key in by_id)
    judged = next((session.judgements[key] for key in item.covered if key in session.judgements), None)
    if item.boundary is not None:
        return _view_boundary(session, item, document, decided, covered, texts)
    if item.name is not None:
        return replace(_view_agency(session, item, document, decided, covered, texts), judged=judged)
    placed = document.measures.get(item.measure_id or "")
    measure = placed.measure if placed else None
    doubtful = {doubt.cell_id for doubt in item.doubts if doubt.cell_id}
    if measure is not None and any(doubt.kind == "inheritance" for doubt in item.doubts):
        blank = {role for role, status in measure.statuses.items() if status in ("blank", "inherited")}
        own_cells = (document.cells[key] for key in measure.cell_ids if key in document.cells)
        doubtful |= {cell.cell_id for cell in own_cells if cell.column in blank and not cell.text_raw.strip()}
    if measure is None:
        cells = [document.cells[key] for key in doubtful if key in document.cells]
        strips = make_strips(session, document, cells, doubtful) or show_whole_page(session, document, item.page)
        rows = tuple(_cell_row(cell, session, document, decided, doubtful, None, texts) for cell in cells)
        return ItemView(
            item=item,
            document=document,
            strips=strips,
            cells=rows,
            decided=covered,
            alike=len(session.find_alike(item)),
        )
    own = [document.cells[key] for key in dict.fromkeys(measure.cell_ids) if key in document.cells]
    rows = tuple(
        _cell_row(c, session, document, decided, doubtful, measure, texts) for c in _order(own) if _is_shown(c)
    )
    return ItemView(
        item=item,
        document=document,
        strips=make_strips(session, document, own, doubtful),
        cells=rows,
        placed=placed,
        decided=covered,
        alike=len(session.find_alike(item)),
    )


def _order(cells: Iterable[ResultCell]) -> list[ResultCell]:
    return sorted(cells, key=lambda cell: (_column_place(cell.column), cell.table_no, cell.row, cell.col))


def _column_place(column: str) -> int:
    return _SHOWN_COLUMNS.index(column) if column in _SHOWN_COLUMNS else len(_SHOWN_COLUMNS)


def _is_shown(cell: ResultCell) -> bool:
    if cell.column not in _SHOWN_COLUMNS:
        return False
    return bool(cell.text_raw.strip()) or cell.column in AGENCY_ROLES or cell.column == Role.DEADLINE


def _cell_row(
    cell: ResultCell,
    session: Session,
    document: ReviewedDocument,
    decided: Standing,
    doubtful: set[str],
    measure: ResultMeasure | None,
    texts: Texts,
) -> CellRow:
    text, inherits, is_edited = cell.text, "", False
    for decision in decided.cells.get(cell.cell_id, ()):
        if decision.kind == "edit_cell":
            text, is_edited = decision.text or "", True
        else:
            inherits = "inherit" if decision.inherits else "blank"
    status = measure.statuses.get(cell.column, "") if measure else ""
    is_blank = not cell.text_raw.strip() and cell.column in AGENCY_ROLES
    agencies = tuple(_chip(session, document, a) for a in measure.agencies if a.role == cell.column) if measure else ()
    width = 24 if cell.column == Role.MEASURE else 16
    lines = sum(1 + len(line) // width for line in text.split("\n"))
    return CellRow(
        cell_id=cell.cell_id,
        column=cell.column,
        label=document.label_of(cell) or texts(f"col_{cell.column}"),
        text=text,
        raw_text=cell.text_raw if "".join(cell.text_raw.split()) != "".join(text.split()) else "",
        rows=max(1, min(lines, 18)),
        page=cell.page,
        is_doubtful=cell.cell_id in doubtful,
        is_edited=is_edited,
        is_blank_agency=is_blank,
        status=status,
        inherits=inherits,
        agencies=agencies,
    )


def _chip(session: Session, document: ReviewedDocument, agency: ResultAgency) -> Chip:
    judged = session.names.get((document.region, fold(agency.raw_text)))
    if judged is not None and judged.action == "accept" and judged.agency_id == agency.agency_id:
        judged = None  # the tables have it
    name = judged.name if judged is not None else ""
    if judged is not None and not name and judged.agency_id:
        name = next((e.name for e in session.workspace.agencies if e.agency_id == judged.agency_id), judged.agency_id)
    return Chip(agency=agency, judged=judged, judged_name=name, undo_id=judgement_id(judged) if judged else "")


def _view_boundary(
    session: Session,
    item: Item,
    document: ReviewedDocument,
    decided: Standing,
    covered: tuple[tuple[Decision, bool], ...],
    texts: Texts,
) -> ItemView:
    boundary = item.boundary
    row = first_row(document, boundary) if boundary else None
    if boundary is None or row is None:
        return ItemView(item=item, document=document, strips=(), decided=covered)
    above = _row_above(document, row)
    after = [document.cells[cell.cell_id] for cell in row.cells]
    before = [document.cells[cell.cell_id] for cell in above.cells] if above else []
    strips = (
        *make_strips(session, document, before, set(), look="near", part="bottom"),
        *make_strips(session, document, after, set(), part="top"),
    )
    taken = next((d.decision for d, _ in reversed(covered) if d.kind in ("row", "join")), None)

    def view_cells(cells: list[ResultCell]) -> tuple[CellRow, ...]:
        return tuple(
            _cell_row(c, session, document, decided, set(), None, texts) for c in _order(cells) if _has_text(c)
        )

    return ItemView(
        item=item,
        document=document,
        strips=strips,
        before=view_cells(before),
        cells=view_cells(after),
        reasons=tuple(_read_reason(reason, texts) for reason in boundary.reasons),
        choices=_offer_choices(boundary, taken, texts),
        decided=covered,
        score=_share(boundary.score),
    )


def _offer_choices(boundary: Boundary, taken: str | None, texts: Texts) -> tuple[Choice, ...]:
    """Return what a person may say of a page break; ``taken`` is what one has said of it already."""
    ours = boundary.row_decision if boundary.decision == "joined" else boundary.decision
    choices = [
        Choice(
            key=key,
            action=action,
            choice=choice,
            label=texts(label),
            is_ours=choice == ours or (choice == "joined" and ours == "new_section"),
            is_runner_up=choice == boundary.runner_up and choice != "joined",
            is_decided=choice == taken,
        )
        for key, action, choice, label in (
            ("J", "join", "joined", "join_joined"),
            ("J", "row", "cut_row", "row_cut_row"),
            ("S", "row", "new_measure", "row_new_measure"),
            ("T", "row", "new_task", "row_new_task"),
            ("B", "join", "separate", "join_separate"),
        )
    ]
    return (choices[0], choices[-1]) if ours == "new_section" else tuple(choices[1:])


def _has_text(cell: ResultCell) -> bool:
    return cell.column in (*_SHOWN_COLUMNS, "task_no") and bool(cell.text_raw.strip())


def _row_above(document: ReviewedDocument, row: PrintedRow) -> PrintedRow | None:
    """Return the last data row before a row: sections repeated at a page top are passed over."""
    above = document.index.before(row)
    while above is not None and all(cell.column == "section" for cell in above.cells):
        above = document.index.before(above)
    return above


def _read_reason(reason: str, texts: Texts) -> Reason:
    found = _REASON.match(reason)
    if found is None:
        return Reason(words=reason, detail="", weight="", is_for=True)
    name, detail, weight = found.group(2), found.group(3) or "", found.group(4) or ""
    words = texts(f"reason_{name}") if texts.has(f"reason_{name}") else name.replace("_", " ")
    return Reason(words=words, detail=detail, weight=weight, is_for=not weight.startswith("-"))


def _view_agency(
    session: Session,
    item: Item,
    document: ReviewedDocument,
    decided: Standing,
    covered: tuple[tuple[Decision, bool], ...],
    texts: Texts,
) -> ItemView:
    name = fold(item.name or "")
    places = [
        (doc.title, placed, agency.role_label)
        for doc in session.workspace.documents.values()
        for placed in doc.measures.values()
        for agency in placed.measure.agencies
        if agency.match == "unresolved" and not agency.is_inherited and fold(agency.raw_text) == name
    ]
    placed = document.measures[item.measure_id or ""]
    measure = placed.measure
    roles = {agency.role for agency in measure.agencies if fold(agency.raw_text) == name}
    own = [document.cells[key] for key in dict.fromkeys(measure.cell_ids) if key in document.cells]
    doubtful = {cell.cell_id for cell in own if cell.column in roles and cell.text_raw.strip()}
    return ItemView(
        item=item,
        document=document,
        strips=make_strips(session, document, own, doubtful),
        placed=placed,
        cells=tuple(
            _cell_row(c, session, document, decided, set(), measure, texts) for c in own if c.cell_id in doubtful
        ),
        suggestions=session.suggest(item.name or "", document),
        places=tuple(places[:5]),
        decided=covered,
        open_names=len(session.find_open_names(item)),
    )


def _share(value: float) -> str:
    """Return a probability as a percentage that is never rounded up to certainty."""
    return "100 %" if value >= 1 else f"{min(value, 0.999):.1%}".replace("%", " %")


def list_pictures(view: ItemView) -> list[str]:
    """Return the addresses of the pictures that a view shows."""
    return list(dict.fromkeys(strip.source for strip in view.strips if strip.source))


def find_pages(item: Item, documents: Mapping[str, ReviewedDocument]) -> list[tuple[str, int]]:
    """Return the pages that an item will show, without drawing anything: for fetching them ahead."""
    document = documents[item.doc_id]
    if item.boundary is not None:
        return [(item.doc_id, item.boundary.page_before), (item.doc_id, item.boundary.page_after)]
    placed = document.measures.get(item.measure_id or "")
    row = home_row(document, placed.measure) if placed else None
    return [(item.doc_id, page) for page in (placed.measure.pages if placed and row else (item.page,))]
