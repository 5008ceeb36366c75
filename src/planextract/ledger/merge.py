"""A three-way merge: what ledgers said when they were made, what they say, and what the output says now."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from planextract.ledger.columns import NUMBER, REPORTED
from planextract.ledger.rows import CUT, LedgerRow
from planextract.ledger.saved import SavedLedger, SavedRow, is_merged_over, tidy_value
from planextract.model.roles import AGENCY_COLUMNS
from planextract.phrases import Phrase

REPORTED_IDS = frozenset(column.id for column in REPORTED)
PLAN_IDS = frozenset({"task", "measure", "deadline", *AGENCY_COLUMNS})
_PASSED_OVER = frozenset({NUMBER.id, "part"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """A cell that a person changed: measure, column, its text now, where it stands."""

    measure_id: str
    column: str
    text: str
    place: str


@dataclass(slots=True)
class Merged:
    """What ledgers change, and what of them is no change of a measure.

    Attributes:
        changes: By measure and column.
        added: Places of rows that people added or copied.
        deleted: Measures whose row is gone from every ledger that had it.
        problems: Why the whole is refused, with addresses.
    """

    changes: dict[tuple[str, str], Change] = field(default_factory=dict)
    added: list[str] = field(default_factory=list)
    deleted: list[str] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)


def merge_ledgers(ledgers: Sequence[SavedLedger], current: Mapping[str, LedgerRow]) -> Merged:
    """Merge saved ledgers with what the output says now; the order of the ledgers does not matter.

    Args:
        ledgers: Saved ledgers.
        current: What the output, and what was reported since, say now of each measure.
    """
    merged = Merged()
    wanted: set[str] = set()
    found: set[str] = set()
    for ledger in ledgers:
        merged.problems += [Phrase("{place}: {why}", place=ledger.name, why=problem) for problem in ledger.problems]
        if ledger.lost_columns:
            lost = "、".join(ledger.lost_columns)
            merged.problems.append(Phrase("{place}: columns were deleted: {lost}", place=ledger.name, lost=lost))
        wanted |= set(ledger.base)
        found |= {row.measure_id for row in ledger.rows}
        for row in _sort_out(ledger, merged):
            _compare_row(ledger, row, current, merged)
    merged.deleted = sorted(wanted - found)
    return merged


def _sort_out(ledger: SavedLedger, merged: Merged) -> list[SavedRow]:
    """Return the rows that stand for measures; of a row that was copied the one that says what it said."""
    own: dict[tuple[str, str], list[SavedRow]] = {}
    for row in ledger.rows:
        place = f"{ledger.name} {row.sheet}!{row.row}"
        if not row.measure_id:
            merged.added.append(place)
        elif row.measure_id not in ledger.base:
            merged.problems.append(Phrase("{place}: the hidden key of the row was changed", place=place))
        else:
            own.setdefault((row.sheet, row.measure_id), []).append(row)
    kept = []
    for rows in own.values():
        base = ledger.base[rows[0].measure_id]
        originals = [row for row in rows if _says_the_same(row, base)] or rows
        first = originals[0]
        if any(row.values != first.values for row in originals[1:]):
            places = "、".join(f"{row.sheet}!{row.row}" for row in originals)
            merged.problems.append(
                Phrase("{place}: a row was copied and both were filled in: {rows}", place=ledger.name, rows=places)
            )
        merged.added += [f"{ledger.name} {row.sheet}!{row.row}" for row in rows if row is not first]
        kept.append(first)
    return kept


def _says_the_same(row: SavedRow, base: Mapping[str, str]) -> bool:
    return all(row.values.get(column, "") == base.get(column, "") for column in PLAN_IDS if column in row.values)


def _compare_row(ledger: SavedLedger, row: SavedRow, current: Mapping[str, LedgerRow], merged: Merged) -> None:
    base, now = ledger.base[row.measure_id], current.get(row.measure_id)
    changed = {
        column: text
        for column, text in row.values.items()
        if column in base and column not in _PASSED_OVER and text != base[column]
    }
    for column, text in changed.items():
        place = f"{ledger.name} {row.addresses[column]}"
        problem = _find_problem(row, column, text, base[column], now)
        if problem == "":
            continue
        if problem is not None:
            merged.problems.append(Phrase("{place}: {why}", place=place, why=problem))
            continue
        known = merged.changes.get((row.measure_id, column))
        if known is not None and known.text != text:
            merged.problems.append(
                Phrase("{place}: another ledger says otherwise ({other})", place=place, other=known.place)
            )
        elif known is None:
            change = Change(measure_id=row.measure_id, column=column, text=text, place=place)
            merged.changes[row.measure_id, column] = change


def _find_problem(row: SavedRow, column: str, text: str, base: str, now: LedgerRow | None) -> str | None:
    """Return why a change cannot be taken, "" if there is nothing to take, None if it can."""
    if now is None:
        return Phrase("the measure is not in the output any more")
    if column not in REPORTED_IDS | PLAN_IDS:
        return Phrase("this column is made from the others; correct those")
    if is_merged_over(row, [column, *(PLAN_IDS - {column})]) or (
        column in REPORTED_IDS and is_merged_over(row, [column, *(REPORTED_IDS - {column})])
    ):
        return Phrase("columns were merged; part them")
    if CUT in text or CUT in base:
        return Phrase("the text is too long to be corrected in a sheet; correct it on the review page")
    present = tidy_value(column, now.values.get(column, ""))
    if present == text:
        return ""
    if present != base:
        return Phrase("changed here, and since the ledger was made it was changed to '{text}'", text=present[:40])
    return None
