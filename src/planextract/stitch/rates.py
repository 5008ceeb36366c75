"""How often rows of this document say such things: what a new measure looks like is measured, not assumed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
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
_LEAST_ROWS = 3  # rows below rows of one page that tell whether tasks have one measure each


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
        further: Share of rows that go on with the task above, in a table that counts its tasks.
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
    further: float = 0.5


def measure_rates(fragments: Sequence[Fragment]) -> Rates:
    """Measure the rates of a document from its rows inside pages."""
    pairs = [pair for fragment in fragments for pair in _pair_rows(fragment)]
    above = [before for before, _ in pairs if before.measure]
    placed = [(before.room, after.is_indented) for before, after in pairs]
    seen = [(room, bool(indented)) for room, indented in placed if room is not None and indented is not None]
    counted = [_goes_on(*pair) for pair in pairs if Role.TASK_NO in pair[1].roles and pair[1].measure]
    further = [pair for pair in pairs if pair[1].measure and _goes_on(*pair)]
    rows = [after for _, after in further]
    open_rows = [row for row in rows if not row.text(Role.DEADLINE)]
    dated = [row for row in rows if row.text(Role.DEADLINE)]
    blank = {role: _share_blank(rows, role) for role in (Role.DEADLINE, *AGENCY_ROLES)}
    return Rates(
        blank=blank,
        blank_beside_blank={role: _share_blank(open_rows, role, blank[role]) for role in AGENCY_ROLES},
        blank_beside_deadline={role: _share_blank(dated, role, blank[role]) for role in AGENCY_ROLES},
        none_mark=_smooth(sum(map(has_none_mark, rows)), len(rows)),
        unfinished=_smooth(sum(not is_finished(row.measure) for row in above), len(above)),
        short_start=_smooth_rare(sum(has_short_start(after.measure) for _, after in pairs), len(above)),
        list_goes_on=_smooth_rare(sum(list_goes_on(a.measure, b.measure) for a, b in further), len(further)),
        full_end=(sum(room < _FULL_ROOM for room, _ in seen) + 0.2) / (len(seen) + 2.0),
        indented=_smooth_rare(sum(indented for _, indented in seen), len(seen)),
        further=_smooth(sum(counted), len(counted)) if len(counted) >= _LEAST_ROWS else 0.5,
    )


def _pair_rows(fragment: Fragment) -> Iterator[tuple[RowFacts, RowFacts]]:
    return pairwise(read_facts(row, fragment.columns) for row in fragment.rows if row.kind == "data")


def _goes_on(before: RowFacts, after: RowFacts) -> bool:
    """Tell whether a row goes on with the task above: it has no number, or prints the same again."""
    return after.text(Role.TASK_NO) in ("", before.text(Role.TASK_NO))


def _share_blank(rows: Sequence[RowFacts], role: Role, usual: float = 0.25) -> float:
    return _smooth(sum(not row.text(role) for row in rows), len(rows), usual)


def has_none_mark(facts: RowFacts) -> bool:
    """Tell whether some agency cell says "nobody" explicitly."""
    return any(is_none_mark(facts.text(role)) for role in AGENCY_ROLES)


def _smooth(count: int, total: int, usual: float = 0.25) -> float:
    return (count + 2.0 * usual) / (total + 2.0)


def _smooth_rare(count: int, total: int) -> float:
    """Smooth the rate of something that few documents do at all."""
    return (count + 0.05) / (total + 1.0)
