"""How often rows of this document say such things: what a new measure looks like is measured, not assumed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from planextract.model.roles import AGENCY_ROLES, Role
from planextract.model.table import Fragment
from planextract.stitch.row_facts import RowFacts, read_facts
from planextract.stitch.text_cues import has_short_start, list_goes_on
from planextract.text.markers import is_none_mark
from planextract.text.sentences import is_finished

CUT_UNFINISHED = 0.75  # boundaries of the benchmark plans, rounded towards doubt
_FULL_ROOM = 1.5  # characters: less room than the next one needs


@dataclass(frozen=True, slots=True, kw_only=True)
class Rates:
    """How often, between two rows of one page, the second is blank in a column, and so on (0–1, smoothed).

    Rows inside a page are not cut, so they show what new measures of this document look like.

    Attributes:
        blank: By role, share of further measures of a task (no number, or the same again) whose cell is blank.
        blank_beside_blank: By agency role the same among those whose deadline is blank too: cells merged over
            measures are mostly merged together.
        blank_beside_deadline: By agency role the same among those that print a deadline.
        none_mark: Share of further measures with an explicit none in some agency cell.
        unfinished: Share of measure texts that do not end a sentence though they are whole.
        short_start: Share of measure texts that open with a very short sentence and go on.
        list_goes_on: Share of further measures that open with the list item that follows the one above: rows
            numbered as a list.
        cut_unfinished: Share of cut rows that do not end a sentence above the cut, once the document has shown some.
        full_end: Share of measures whose last line is as good as full.
        indented: Share of measures whose first line is indented.
    """

    blank: Mapping[Role, float]
    blank_beside_blank: Mapping[Role, float]
    blank_beside_deadline: Mapping[Role, float]
    none_mark: float
    unfinished: float
    short_start: float
    list_goes_on: float
    cut_unfinished: float = CUT_UNFINISHED
    full_end: float = 0.1
    indented: float = 0.1


def measure_rates(fragments: Sequence[Fragment]) -> Rates:
    """Measure the rates of a document from its rows inside pages."""
    blanks: Counter[tuple[Role, bool]] = Counter()
    alike: Counter[bool] = Counter()  # further measures without a deadline, and with one
    further = none_marks = followed = unfinished = short = lists = 0
    seen = full = indented = 0
    for fragment in fragments:
        data = [read_facts(row, fragment.columns) for row in fragment.rows if row.kind == "data"]
        for before, after in pairwise(data):
            if before.measure:
                followed += 1
                unfinished += not is_finished(before.measure)
            short += has_short_start(after.measure)
            if before.room is not None and after.is_indented is not None:
                seen += 1
                full += before.room < _FULL_ROOM
                indented += after.is_indented
            if not after.measure or after.text(Role.TASK_NO) not in ("", before.text(Role.TASK_NO)):
                continue
            further += 1
            lists += list_goes_on(before.measure, after.measure)
            none_marks += has_none_mark(after)
            is_open = not after.text(Role.DEADLINE)
            alike[is_open] += 1
            blanks.update((role, is_open) for role in AGENCY_ROLES if not after.text(role))
    blank = {role: _smooth(blanks[role, True] + blanks[role, False], further) for role in AGENCY_ROLES}
    return Rates(
        blank={Role.DEADLINE: _smooth(alike[True], further), **blank},
        blank_beside_blank={role: _smooth(blanks[role, True], alike[True], blank[role]) for role in AGENCY_ROLES},
        blank_beside_deadline={role: _smooth(blanks[role, False], alike[False], blank[role]) for role in AGENCY_ROLES},
        none_mark=_smooth(none_marks, further),
        unfinished=_smooth(unfinished, followed),
        short_start=_smooth_rare(short, followed),
        list_goes_on=_smooth_rare(lists, further),
        full_end=(full + 0.2) / (seen + 2.0),
        indented=_smooth_rare(indented, seen),
    )


def has_none_mark(facts: RowFacts) -> bool:
    """Tell whether some agency cell says "nobody" explicitly."""
    return any(is_none_mark(facts.text(role)) for role in AGENCY_ROLES)


def _smooth(count: int, total: int, usual: float = 0.25) -> float:
    return (count + 2.0 * usual) / (total + 2.0)


def _smooth_rare(count: int, total: int) -> float:
    """Smooth the rate of something that few documents do at all."""
    return (count + 0.05) / (total + 1.0)
