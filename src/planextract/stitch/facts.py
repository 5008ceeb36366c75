"""What a row says, by role, and how often rows of this document say such things."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from rapidfuzz import fuzz

from planextract.model.table import AGENCY_ROLES, Cell, Column, Fragment, Role, Row
from planextract.text.characters import fold
from planextract.text.markers import is_none_mark, parse_task_no
from planextract.text.sentences import is_finished

_SIMILAR_NAME_RATIO = 60.0


@dataclass(frozen=True, slots=True, kw_only=True)
class RowFacts:
    """Texts of a row by role; cells merged from a row above count as blank."""

    texts: Mapping[Role, str]
    roles: tuple[Role, ...]

    def text(self, role: Role) -> str:
        """Return the text of a role's cell; empty if there is none."""
        return self.texts.get(role, "")

    @property
    def measure(self) -> str:
        """Text of the measure cell."""
        return self.text(Role.MEASURE)

    @property
    def owner_role(self) -> Role | None:
        """The first agency column: the body that a measure cannot be without."""
        return next((role for role in AGENCY_ROLES if role in self.roles), None)

    @property
    def is_blank(self) -> bool:
        """Nothing is printed in this row."""
        return not any(self.texts.values())


def read_facts(row: Row, columns: Sequence[Column]) -> RowFacts:
    """Collect what a row prints itself."""
    texts: dict[Role, str] = {}
    for column, cell in zip(columns, row.cells, strict=True):
        if column.role is not Role.OTHER and is_own(cell, row):
            texts.setdefault(column.role, cell.text if cell is not None else "")
    return RowFacts(texts=texts, roles=tuple(column.role for column in columns))


def is_own(cell: Cell | None, row: Row) -> bool:
    """Tell whether a grid position holds a cell that starts in this row."""
    return cell is not None and cell.row == row.row


@dataclass(frozen=True, slots=True, kw_only=True)
class Rates:
    """How often, between two rows of one page, the second is blank in a column, and so on (0–1, smoothed).

    Rows inside a page are not cut, so they show what new measures of this document look like.

    Attributes:
        blank: By role, share of further measures of a task whose cell is blank.
        none_mark: Share of further measures with an explicit none in some agency cell.
        unfinished: Share of measure texts that do not end a sentence though they are whole.
    """

    blank: Mapping[Role, float]
    none_mark: float
    unfinished: float


def measure_rates(fragments: Sequence[Fragment]) -> Rates:
    """Measure the rates of a document from its rows inside pages."""
    blanks: dict[Role, int] = {}
    further = none_marks = followed = unfinished = 0
    for fragment in fragments:
        data = [read_facts(row, fragment.columns) for row in fragment.rows if row.kind == "data"]
        for before, after in pairwise(data):
            if before.measure:
                followed += 1
                unfinished += not is_finished(before.measure)
            if after.text(Role.TASK_NO) or not after.measure:
                continue
            further += 1
            none_marks += has_none_mark(after)
            for role in (Role.DEADLINE, *AGENCY_ROLES):
                blanks[role] = blanks.get(role, 0) + (not after.text(role))
    return Rates(
        blank={role: _smooth(blanks.get(role, 0), further) for role in (Role.DEADLINE, *AGENCY_ROLES)},
        none_mark=_smooth(none_marks, further),
        unfinished=_smooth(unfinished, followed),
    )


def has_none_mark(facts: RowFacts) -> bool:
    """Tell whether some agency cell says "nobody" explicitly."""
    return any(is_none_mark(facts.text(role)) for role in AGENCY_ROLES)


def _smooth(count: int, total: int) -> float:
    return (count + 0.5) / (total + 2.0)


def is_similar_name(first: str, second: str) -> bool:
    """Tell whether two printed task names mean one task: equal but for damage or a part left out."""
    a, b = fold(first), fold(second)
    if not a or not b:
        return not a and not b
    return a == b or (min(len(a), len(b)) >= 4 and (a in b or b in a)) or fuzz.ratio(a, b) >= _SIMILAR_NAME_RATIO


@dataclass(frozen=True, slots=True, kw_only=True)
class TaskKey:
    """Number and name of the task that rows at this point belong to."""

    task_no: int | None
    name: str


def opens_task(facts: RowFacts, current: TaskKey | None, *, follows_section: bool) -> bool:
    """Tell whether a row starts another task, by its number and name alone."""
    number_text, name = facts.text(Role.TASK_NO), facts.text(Role.TASK_NAME)
    if current is None or follows_section:
        return True
    if Role.TASK_NO not in facts.roles and Role.TASK_NAME not in facts.roles:
        return bool(facts.measure)
    number = parse_task_no(number_text)
    if number is not None and current.task_no is not None:
        is_same = number == current.task_no and (not name or is_similar_name(name, current.name))
        return not is_same
    if name:
        return not is_similar_name(name, current.name)
    return bool(number_text)
