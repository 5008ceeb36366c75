"""How often rows of this document say such things: what a new measure looks like is measured, not assumed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from planextract.model.roles import AGENCY_ROLES, Role
from planextract.model.table import Fragment
from planextract.stitch.row_facts import RowFacts, read_facts
from planextract.stitch.text_cues import has_short_start, list_goes_on
from planextract.text.markers import is_none_mark
from planextract.text.sentences import is_finished

_FULL_ROOM = 1.5  # characters: less room than the next one needs
_LEAST_ROWS = 3  # rows below rows of one page that tell whether tasks have one measure each


@dataclass(frozen=True, slots=True, kw_only=True)
class Rates:
    """How often, between two rows of one page, the second is blank in a column, and so on (0–1, smoothed).

    Rows inside a page are not cut, so they show what new measures of this document look like.

    Attributes:
        blank: By role, share of further measures of a task whose cell is blank.
        none_mark: Share of further measures with an explicit none in some agency cell.
        unfinished: Share of measure texts that do not end a sentence though they are whole.
        short_start: Share of measure texts that open with a very short sentence and go on.
        list_goes_on: Share of further measures that open with the list item that follows the one above: rows
            numbered as a list.
        full_end: Share of measures whose last line is as good as full.
        indented: Share of measures whose first line is indented.
        further: Share of rows that go on with the task above, in a table that counts its tasks.
    """

    blank: Mapping[Role, float]
    none_mark: float
    unfinished: float
    short_start: float
    list_goes_on: float
    full_end: float = 0.1
    indented: float = 0.1
    further: float = 0.5


def measure_rates(fragments: Sequence[Fragment]) -> Rates:
    """Measure the rates of a document from its rows inside pages."""
    blanks: dict[Role, int] = {}
    further = none_marks = followed = unfinished = short = lists = 0
    seen = full = indented = 0
    counted = going_on = 0
    for fragment in fragments:
        data = [read_facts(row, fragment.columns) for row in fragment.rows if row.kind == "data"]
        for before, after in pairwise(data):
            if Role.TASK_NO in after.roles and after.measure:
                counted += 1
                going_on += after.text(Role.TASK_NO) in ("", before.text(Role.TASK_NO))
            if before.measure:
                followed += 1
                unfinished += not is_finished(before.measure)
            short += has_short_start(after.measure)
            if before.room is not None and after.is_indented is not None:
                seen += 1
                full += before.room < _FULL_ROOM
                indented += after.is_indented
            if after.text(Role.TASK_NO) or not after.measure:
                continue
            further += 1
            lists += list_goes_on(before.measure, after.measure)
            none_marks += has_none_mark(after)
            for role in (Role.DEADLINE, *AGENCY_ROLES):
                blanks[role] = blanks.get(role, 0) + (not after.text(role))
    return Rates(
        blank={role: _smooth(blanks.get(role, 0), further) for role in (Role.DEADLINE, *AGENCY_ROLES)},
        none_mark=_smooth(none_marks, further),
        unfinished=_smooth(unfinished, followed),
        short_start=_smooth_rare(short, followed),
        list_goes_on=_smooth_rare(lists, further),
        full_end=(full + 0.2) / (seen + 2.0),
        indented=_smooth_rare(indented, seen),
        further=_smooth(going_on, counted) if counted >= _LEAST_ROWS else 0.5,
    )


def has_none_mark(facts: RowFacts) -> bool:
    """Tell whether some agency cell says "nobody" explicitly."""
    return any(is_none_mark(facts.text(role)) for role in AGENCY_ROLES)


def _smooth(count: int, total: int) -> float:
    return (count + 0.5) / (total + 2.0)


def _smooth_rare(count: int, total: int) -> float:
    """Smooth the rate of something that few documents do at all."""
    return (count + 0.05) / (total + 1.0)
