"""Put what a document says once into the measures that it is said for."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from planextract.model.plan import AgencyCell, Measure, Responsibility
from planextract.model.record import Repair
from planextract.model.roles import Role
from planextract.model.table import Note
from planextract.resolve.cell_names import split_agency_cell
from planextract.resolve.matcher import AgencyMatcher
from planextract.text.markers import LEAD_MARKS


def apply_notes(
    measure: Measure, found: Sequence[Responsibility], notes: Sequence[Note], names: AgencyMatcher, measure_id: str
) -> tuple[tuple[Responsibility, ...], tuple[Repair, ...]]:
    """Return a measure's responsibilities with what notes say of them, and a repair for each change.

    The role of a body stays as printed: that the first one leads is a mark on it. A declared owner is added where the
    measure does not name it already (RP-2), and where it names any body at all.
    """
    changed, repairs = list(found), list[Repair]()
    for note in notes:
        if note.kind == "first_leads":
            changed = _mark_lead(changed, note, repairs, measure_id)
        elif note.kind == "marked_leads":
            changed = [_mark_starred(item, note, repairs, measure_id) for item in changed]
        elif found and note.role is not None:
            changed += _add_owners(changed, note, names, repairs, measure_id)
    return tuple(changed), tuple(repairs)


def settle_noted(cells: Sequence[AgencyCell], found: Sequence[Responsibility]) -> tuple[AgencyCell, ...]:
    """Return agency cells with the state ``inherited`` where they are blank and a note gives their role to a body."""
    noted = {item.role for item in found if item.by_note}
    return tuple(
        replace(cell, status="inherited") if cell.status == "blank" and cell.role in noted else cell for cell in cells
    )


def _mark_lead(found: list[Responsibility], note: Note, repairs: list[Repair], measure_id: str) -> list[Responsibility]:
    if not found or any(item.role is Role.LEAD for item in found):
        return found
    owners = [item for item in found if item.role is Role.RESPONSIBLE and not item.by_note]
    if len(owners) < 2:
        return found  # the only one owns it alone
    first = min(owners, key=lambda item: item.seq)
    repairs.append(_repair("lead_by_note", note.text, first.raw_text, measure_id))
    return [replace(item, lead_by_note=True) if item is first else item for item in found]


def _mark_starred(item: Responsibility, note: Note, repairs: list[Repair], measure_id: str) -> Responsibility:
    """Mark a body with a star behind its name, which a note explains: 加*号为牵头部门."""
    if item.role is not Role.RESPONSIBLE or frozenset(LEAD_MARKS).isdisjoint(item.left_out or ""):
        return item
    repairs.append(_repair("lead_by_note", note.text, item.raw_text, measure_id))
    return replace(item, lead_by_note=True)


def _add_owners(
    found: list[Responsibility], note: Note, names: AgencyMatcher, repairs: list[Repair], measure_id: str
) -> list[Responsibility]:
    added: list[Responsibility] = []
    for part in split_agency_cell(note.names, names):
        match = names.explain(part.raw_text)
        own = match.entry.agency_id if match.entry is not None else None
        is_named = any(
            item.raw_text == part.raw_text
            or (own is not None and item.match.entry and item.match.entry.agency_id == own)
            for item in found
        )
        if is_named or note.role is None:
            continue
        seq = 1 + sum(item.role is note.role for item in (*found, *added))
        added.append(
            Responsibility(
                role=note.role,
                role_label=note.label,
                seq=seq,
                raw_text=part.raw_text,
                match=match,
                is_inherited=True,
                qualifier=names.qualifiers_of(part.raw_text),
                by_note=True,
            )
        )
        repairs.append(_repair("owner_by_note", note.text, part.raw_text, measure_id))
    return added


def _repair(rule: str, before: str, after: str, measure_id: str) -> Repair:
    return Repair(stage="resolve", rule=rule, before=before, after=after, measure_id=measure_id)
