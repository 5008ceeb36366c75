"""What does a blank cell mean: merged with the one above, or really blank?

Formats that know their merged cells answer it themselves. For plain text these rules hold, each
conservative: a wrong body is worse than none.

1. A measure needs an owner. A blank owner cell (the first agency column) takes over the one above in
   the same task.
2. The other agency columns follow the owner: blank together with it, they are merged together with it.
   Blank while the owner is printed, they stay blank: a lost dash is as likely as a merged cell.
3. Nothing is inherited that would give one body two roles in one measure.
4. A blank deadline takes over the one above in the same task.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from planextract.model.decision import Bound, BoundBlank
from planextract.model.plan import AgencyCell, CellStatus
from planextract.model.record import Finding
from planextract.model.roles import AGENCY_ROLES, Role
from planextract.model.vocabulary import NameMatcher
from planextract.phrases import Phrase
from planextract.text.markers import is_none_mark


@dataclass(frozen=True, slots=True, kw_only=True)
class PrintedCell:
    """An agency cell of one measure as printed; ``is_merged`` if the format says it belongs to the one above."""

    role: Role
    label: str
    text: str
    cell_ids: tuple[str, ...]
    is_merged: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class RowContext:
    """Where the measure stands.

    Attributes:
        above: Agency cells of the measure above by role; empty if there is none to inherit from.
        is_structure_known: The format says which cells are merged, and this row is no page's first.
        prints_none: The document marks empty agency cells explicitly.
        never_blank: Roles whose cells this table merges but, inside its pages, never leaves blank: a blank one at
            the top of a page is the rest of a merged one.
    """

    above: Mapping[Role, AgencyCell]
    is_structure_known: bool
    prints_none: bool
    plan_no: int
    task_no: int
    measure_text: str
    page: int
    never_blank: frozenset[Role] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class SettledCells:
    """Agency cells with their states, what to tell a person, and by role the id of a person's decision on it."""

    cells: tuple[AgencyCell, ...]
    findings: tuple[Finding, ...]
    decided: Mapping[Role, str]


def settle_cells(printed: Sequence[PrintedCell], context: RowContext, names: NameMatcher, bound: Bound) -> SettledCells:
    """Give each agency cell of a measure its state.

    Args:
        printed: Cells in the order of the columns.
        context: The measure above and where this one stands.
        names: Knows the bodies: rule 3 compares bodies, not wordings.
        bound: Decisions of people on blank cells.
    """
    findings: list[Finding] = []
    decided: dict[Role, str] = {}
    settled: dict[Role, AgencyCell] = {}
    owner = next((role for role in AGENCY_ROLES if any(cell.role is role for cell in printed)), None)
    for cell in sorted(printed, key=lambda c: AGENCY_ROLES.index(c.role)):
        status = _printed_status(cell)
        if status is None:
            said = _find_decision(bound, context, cell)
            if said is not None:
                decided[cell.role] = said.decision_id
                status = "inherited" if said.inherits and cell.role in context.above else "blank"
            else:
                owner_status = settled[owner].status if owner in settled and owner is not None else None
                status, finding = _settle_blank(cell, owner, owner_status, context, printed, names)
                findings.extend([finding] if finding else [])
        settled[cell.role] = _make_cell(cell, status, context)
    return SettledCells(cells=tuple(settled[cell.role] for cell in printed), findings=tuple(findings), decided=decided)


def _printed_status(cell: PrintedCell) -> CellStatus | None:
    if is_none_mark(cell.text.replace("\n", "")):
        return "none"
    return "listed" if cell.text else None


def _make_cell(cell: PrintedCell, status: CellStatus, context: RowContext) -> AgencyCell:
    if status != "inherited":
        text = cell.text if status == "listed" else ""
        return AgencyCell(role=cell.role, label=cell.label, status=status, text=text, cell_ids=cell.cell_ids)
    above = context.above[cell.role]
    return AgencyCell(
        role=cell.role,
        label=cell.label,
        status="inherited",
        text=above.text,
        cell_ids=(*above.cell_ids, *cell.cell_ids),
    )


def _settle_blank(
    cell: PrintedCell,
    owner: Role | None,
    owner_status: CellStatus | None,
    context: RowContext,
    printed: Sequence[PrintedCell],
    names: NameMatcher,
) -> tuple[CellStatus, Finding | None]:
    above = context.above.get(cell.role)
    can_inherit = above is not None and above.status != "blank"
    if cell.is_merged:
        return ("inherited" if can_inherit else "blank"), None
    if context.is_structure_known:
        wants = False
    elif cell.role is owner or cell.role in context.never_blank:
        wants = True
    else:
        wants = owner_status == "inherited"
    if wants and can_inherit and above is not None:
        shared = _find_shared_body(above, printed, names)
        if shared is None:
            return "inherited", None
        message = Phrase(
            "the blank {label} cell was not filled from above: {shared} already has another role here",
            label=cell.label,
            shared=shared,
        )
        return "blank", _finding("repair.inheritance_conflict", message, context)
    if cell.role is owner:
        return "blank", _finding("repair.no_owner", Phrase("the {label} cell is blank", label=cell.label), context)
    if context.prints_none:
        return "blank", _finding("repair.blank_cell", _say_lost_dash(cell, above), context)
    return "blank", None


def _say_lost_dash(cell: PrintedCell, above: AgencyCell | None) -> Phrase:
    return Phrase(
        "the {label} cell is blank where this document prints a dash; a dash may have been lost (above: {above})"
        if above is not None and above.text
        else "the {label} cell is blank where this document prints a dash; a dash may have been lost",
        label=cell.label,
        above=above.text.replace("\n", "、")[:40] if above is not None else "",
    )


def _find_shared_body(above: AgencyCell, printed: Sequence[PrintedCell], names: NameMatcher) -> str | None:
    """Return a body of the cell above that this measure already prints in another role, or None."""
    taken = {
        _identity(name, names)
        for cell in printed
        if cell.role is not above.role
        for name in names.split_cell(cell.text)
    }
    return next((name for name in names.split_cell(above.text) if _identity(name, names) in taken), None)


def _identity(raw_text: str, names: NameMatcher) -> str:
    entry = names.match(raw_text).entry
    return entry.agency_id if entry is not None else raw_text


def _find_decision(bound: Bound, context: RowContext, cell: PrintedCell) -> BoundBlank | None:
    place = (context.plan_no, context.task_no)
    return next((s for s in bound.blanks if s.is_about(cell.role, cell.cell_ids, place, context.measure_text)), None)


def _finding(code: str, message: str, context: RowContext) -> Finding:
    return Finding.of(code, message, page=context.page)
