"""What a person can do with an item, as decisions for the log."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace

from planextract.correct.anchors import PrintedRow
from planextract.correct.progress import DOUBTFUL_LINK
from planextract.decisions.records import MAX_TEXT
from planextract.model.decision import Decision, DecisionKind
from planextract.model.roles import AGENCY_ROLES, Role
from planextract.model.vocabulary import AgencyWords
from planextract.resolve.suggest import guess_kind
from planextract.review.judging import Wish
from planextract.review.page.queue import Doubt, Item, first_row, home_row
from planextract.review.page.workspace import ReviewedDocument, Workspace

_SHOWN = 80
AGENCY_ACTIONS = frozenset({"pick", "new", "ignore"})


class Refused(Exception):  # noqa: N818
    """The request makes no sense for its item; the argument is a short reason, a key of the page's texts."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """What a person wants: an action on an item, with what it needs.

    ``form`` is the name that a decision on a body is about, where the item is a row;
    ``cell_id`` is the cell it is about, or the key of the doubt;
    ``texts`` maps ids of cells to their new texts; ``offset`` counts the characters of a cell's text before a split.
    """

    key: str
    action: str
    texts: tuple[tuple[str, str], ...] = ()
    cell_id: str = ""
    offset: int = 0
    choice: str = ""
    agency_id: str = ""
    form: str = ""
    entry: dict[str, str] = field(default_factory=dict)


def make_decisions(
    request: Request, item: Item, document: ReviewedDocument, workspace: Workspace
) -> tuple[Decision, ...]:
    """Return the decisions that a request stands for, without id and time.

    Raises:
        Refused: If the request makes no sense for the item.
    """
    maker = _MAKERS.get(request.action)
    if maker is None:
        raise Refused("unknown_action")
    return maker(request, item, document, workspace)


def _accept(request: Request, item: Item, document: ReviewedDocument, _workspace: Workspace) -> tuple[Decision, ...]:
    if item.kind == "agency":
        raise Refused("not_here")
    if item.boundary is not None:
        boundary = item.boundary
        row = _row_of(item, document)
        if boundary.decision == "joined" and boundary.row_decision in ("cut_row", "new_measure", "new_task"):
            is_tail = boundary.row_decision == "cut_row" and "tail_and_new_measure" in boundary.reasons
            head = _tail_head(document, row) if is_tail else None
            return (_on_row(item, document, row, "row", decision=boundary.row_decision, head=head),)
        return (_on_row(item, document, row, "join", decision=boundary.decision),)
    links = tuple(_on_link(item, document, doubt, "same") for doubt in item.doubts if doubt.code == DOUBTFUL_LINK)
    seen = (doubt.code for doubt in item.doubts if doubt.code != DOUBTFUL_LINK)
    codes = tuple(dict.fromkeys(seen)) or ("review:row",)
    if item.measure_id is None:
        doubt = item.doubts[0]
        return (
            Decision(
                decision_id="",
                at="",
                kind="accept",
                doc_id=document.doc_id,
                path=document.path,
                page=item.page,
                shown=doubt.message[:MAX_TEXT],
                codes=codes,
            ),
        )
    return (*links, _on_row(item, document, _row_of(item, document), "accept", codes=codes))


def _link(request: Request, item: Item, document: ReviewedDocument, _workspace: Workspace) -> tuple[Decision, ...]:
    """Say whether a published report is on this measure."""
    doubt = next((doubt for doubt in item.doubts if doubt.key == request.cell_id), None)
    if doubt is None or doubt.code != DOUBTFUL_LINK or request.choice not in ("same", "other"):
        raise Refused("not_here")
    return (_on_link(item, document, doubt, request.choice),)


def _on_link(item: Item, document: ReviewedDocument, doubt: Doubt, decision: str) -> Decision:
    row = _row_of(item, document)
    return replace(_on_row(item, document, row, "link", decision=decision), shown=doubt.message)


def _tail_head(document: ReviewedDocument, row: PrintedRow) -> str | None:
    """Return the part of a row's measure that the run gave to the row before."""
    ids = {cell.cell_id for cell in row.cells if cell.column == Role.MEASURE}
    split = next((r for r in document.result.repairs if r.rule == "split_tail" and r.cell_id in ids), None)
    return split.before[: split.split_at] if split is not None and split.split_at is not None else None


def _edit(request: Request, item: Item, document: ReviewedDocument, _workspace: Workspace) -> tuple[Decision, ...]:
    made = []
    for cell_id, text in request.texts:
        cell = document.cells.get(cell_id)
        if cell is None:
            raise Refused("gone")
        if len(text) > MAX_TEXT:
            raise Refused("too_long")
        made.append(
            Decision(
                decision_id="",
                at="",
                kind="edit_cell",
                doc_id=document.doc_id,
                path=document.path,
                page=cell.page,
                shown=cell.text_raw[:_SHOWN],
                anchor=document.index.anchor_cell(cell_id),
                text=_clean(text, cell.column),
            )
        )
    if not made:
        raise Refused("nothing_changed")
    return tuple(made)


def _clean(text: str, column: str) -> str:
    """Return a typed text as cells hold it: lines without blank ones, no other control characters."""
    lines = (" ".join(line.split()) for line in text.replace("\r", "\n").split("\n"))
    kept = ["".join(char for char in line if char.isprintable()) for line in lines]
    joined = [line for line in kept if line]
    return ("\n" if column in (*AGENCY_ROLES, Role.MEASURE, Role.OTHER) else "").join(joined)


def _decide_row(
    request: Request, item: Item, document: ReviewedDocument, _workspace: Workspace
) -> tuple[Decision, ...]:
    """Say what the row of an item is; ``cut_row`` with an offset gives only the beginning to the row before."""
    if request.choice not in ("cut_row", "new_measure", "new_task"):
        raise Refused("unknown_action")
    row = _row_of(item, document)
    if request.choice == "cut_row" and document.index.before(row) is None:
        raise Refused("nothing_above")
    head = _head(request, document, row) if request.choice == "cut_row" and request.offset else None
    return (_on_row(item, document, row, "row", decision=request.choice, head=head),)


def _split(request: Request, item: Item, document: ReviewedDocument, _workspace: Workspace) -> tuple[Decision, ...]:
    row = document.index.row_of(request.cell_id) or _row_of(item, document)
    head = _head(request, document, row)
    return (_on_row(item, document, row, "split_row", head=head),)


def _head(request: Request, document: ReviewedDocument, row: PrintedRow) -> str:
    cell = next((document.cells[c.cell_id] for c in row.cells if c.column == Role.MEASURE), None)
    if cell is None:
        raise Refused("no_text")
    head, rest = cell.text[: request.offset], cell.text[request.offset :]
    if not head.strip() or not rest.strip():
        raise Refused("split_at_end")
    return head


def _join(request: Request, item: Item, document: ReviewedDocument, _workspace: Workspace) -> tuple[Decision, ...]:
    if request.choice not in ("joined", "separate") or item.boundary is None:
        raise Refused("unknown_action")
    return (_on_row(item, document, _row_of(item, document), "join", decision=request.choice),)


def _inherit(request: Request, item: Item, document: ReviewedDocument, _workspace: Workspace) -> tuple[Decision, ...]:
    cell = document.cells.get(request.cell_id)
    if cell is None or cell.column not in AGENCY_ROLES or cell.text_raw.strip():
        raise Refused("not_blank")
    return (
        Decision(
            decision_id="",
            at="",
            kind="inherit",
            doc_id=document.doc_id,
            path=document.path,
            page=cell.page,
            shown=item.detail[:_SHOWN],
            anchor=document.index.anchor_cell(cell.cell_id),
            inherits=request.choice == "inherit",
        ),
    )


def make_wish(request: Request, item: Item, document: ReviewedDocument) -> Wish:
    """Return what a request says about a name: the item's own, or one that is linked in its row.

    Raises:
        Refused: If the item has no such name.
    """
    form = request.form or item.name or ""
    if not document.region or (form != item.name and form not in _names_in(item, document)):
        raise Refused("not_here")
    evidence: dict[str, object] = {"document": document.title, "page": item.page}
    if item.name is not None:
        evidence["count"] = int(item.detail[1:])
    name, kind = request.entry.get("name", ""), request.entry.get("kind", "")
    if request.action == "new" and not (name.strip() and kind):
        raise Refused("no_name")
    return Wish(
        form=form,
        region=document.region,
        action="accept" if request.action == "pick" else request.action,
        agency=request.agency_id,
        name=name,
        kind=kind or "agency",
        evidence=evidence,
    )


def _names_in(item: Item, document: ReviewedDocument) -> set[str]:
    placed = document.measures.get(item.measure_id or "")
    return {agency.raw_text for agency in placed.measure.agencies} if placed else set()


def wish_as_printed(item: Item, document: ReviewedDocument, words: AgencyWords) -> Wish:
    """Return the wish that a name be a body of its own, called as it is printed."""
    form = item.name or ""
    return Wish(form=form, region=document.region, action="new", name=form, kind=guess_kind(form, words)[0])


_MAKERS: dict[str, Callable[[Request, Item, ReviewedDocument, Workspace], tuple[Decision, ...]]] = {
    "accept": _accept,
    "edit": _edit,
    "row": _decide_row,
    "split": _split,
    "join": _join,
    "inherit": _inherit,
    "link": _link,
}


def _row_of(item: Item, document: ReviewedDocument) -> PrintedRow:
    row = None
    if item.boundary is not None:
        row = first_row(document, item.boundary)
    elif item.measure_id is not None and item.measure_id in document.measures:
        row = home_row(document, document.measures[item.measure_id].measure)
    if row is None:
        raise Refused("gone")
    return row


def _on_row(
    item: Item,
    document: ReviewedDocument,
    row: PrintedRow,
    kind: DecisionKind,
    *,
    decision: str | None = None,
    head: str | None = None,
    codes: tuple[str, ...] = (),
) -> Decision:
    longest = max((cell.raw_text for cell in row.cells), key=len, default="")
    return Decision(
        decision_id="",
        at="",
        kind=kind,
        doc_id=document.doc_id,
        path=document.path,
        page=item.page,
        shown=" ".join(longest.split())[:_SHOWN],
        anchor=document.index.anchor_row(row),
        decision=decision,
        head=head,
        codes=codes,
    )
