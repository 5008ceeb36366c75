"""What a row says, by role."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz
from rapidfuzz.distance import Postfix, Prefix

from planextract.model.roles import AGENCY_ROLES, Role
from planextract.model.table import Cell, Column, Row
from planextract.model.vocabulary import WordBook
from planextract.text.characters import fold
from planextract.text.markers import is_compound_number, parse_task_no

_BRACKETED = re.compile(r"\s*[（(]\s*[一二三四五六七八九十]+\s*[)）]")
_SIMILAR_NAME_RATIO = 60.0
_SAME_NAME_RATIO = 85.0  # without a number beside it: one damaged character in seven


@dataclass(frozen=True, slots=True, kw_only=True)
class RowFacts:
    """Texts of a row by role; cells merged from a row above count as blank.

    ``room`` and ``is_indented`` are those of the measure cell (:class:`planextract.model.table.Cell`).
    """

    texts: Mapping[Role, str]
    roles: tuple[Role, ...]
    room: float | None = None
    is_indented: bool | None = None

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
    room = is_indented = None
    roles = tuple([column.role for column in columns])
    for role, cell in zip(roles, own_cells(row), strict=True):
        if cell is None or role is Role.OTHER:
            continue
        texts.setdefault(role, cell.text)
        if role is Role.MEASURE:
            room, is_indented = cell.room, cell.is_indented
    return RowFacts(texts=texts, roles=roles, room=room, is_indented=is_indented)


def own_cells(row: Row) -> tuple[Cell | None, ...]:
    """Return, by grid column, the cells that start in this row, each at its first position only."""
    seen: set[str] = set()
    own: list[Cell | None] = []
    for cell in row.cells:
        if cell is None or cell.cell_id in seen:
            own.append(None)
            continue
        seen.add(cell.cell_id)
        own.append(cell if cell.row == row.row else None)
    return tuple(own)


def is_similar_name(first: str, second: str, *, ratio: float = _SIMILAR_NAME_RATIO) -> bool:
    """Tell whether two printed task names mean one task: equal but for damage or a part left out.

    Args:
        first: A name.
        second: Another.
        ratio: Similarity (0–100) from which they are one; lower where equal numbers stand beside them.
    """
    a, b = fold(first), fold(second)
    if not a or not b:
        return not a and not b
    return a == b or (min(len(a), len(b)) >= 4 and (a in b or b in a)) or fuzz.ratio(a, b) >= ratio


def is_other_wording(first: str, second: str, words: WordBook) -> bool:
    """Tell whether two alike names differ by words (加强监管, 强化监管): damage seldom makes another word of one."""
    a, b = fold(first), fold(second)
    start = int(Prefix.similarity(a, b))
    end = min(int(Postfix.similarity(a, b)), len(a) - start, len(b) - start)
    return all(_makes_word(name, start, len(name) - end, words) for name in (a, b))


def is_longer_name(first: str, second: str, words: WordBook) -> bool:
    """Tell whether one name is the other with further words behind it: two tasks, where both are printed whole."""
    a, b = sorted((fold(first), fold(second)), key=len)
    rest = b[len(a) :]
    return (
        len(rest) > 1 and b.startswith(a) and any(words.is_word(rest[:size]) for size in (2, 3, 4) if size <= len(rest))
    )


def _makes_word(name: str, start: int, end: int, words: WordBook) -> bool:
    """Tell whether a stretch is a word, by itself or with the character in front of it or behind."""
    if end <= start:
        return False
    around = {name[start:end], name[max(0, start - 1) : end], name[start : end + 1]}
    return any(len(text) > 1 and words.is_word(text) for text in around)


@dataclass(frozen=True, slots=True, kw_only=True)
class TaskKey:
    """Number and name of the task that rows at this point belong to; ``is_bracketed`` if it is printed as （一）.

    ``compound`` is a number of several levels (1.2) as printed.
    """

    task_no: int | None
    name: str
    is_bracketed: bool = False
    compound: str = ""


def is_bracketed(number: str) -> bool:
    """Tell whether a number is a Chinese numeral in brackets: no damage makes 1. of （一）."""
    return _BRACKETED.match(number) is not None


def opens_task(facts: RowFacts, current: TaskKey | None, *, follows_section: bool, is_exact: bool = False) -> bool:
    """Tell whether a row starts another task, by its number and name alone.

    Args:
        facts: The row.
        current: The task so far.
        follows_section: A section heading stands between.
        is_exact: The texts are undamaged: without a number, another name is another task, however similar.
    """
    number_text, name = facts.text(Role.TASK_NO), facts.text(Role.TASK_NAME)
    if current is None or follows_section:
        return True
    if Role.TASK_NO not in facts.roles and Role.TASK_NAME not in facts.roles:
        return bool(facts.measure)
    number = parse_task_no(number_text)
    if number is not None and current.task_no is not None:
        is_same = number == current.task_no and (not name or is_similar_name(name, current.name))
        return not is_same or is_bracketed(number_text) != current.is_bracketed
    if current.compound and is_compound_number(number_text):
        return number_text != current.compound
    if name and is_exact:
        return fold(name) != fold(current.name)
    if name:
        return not is_similar_name(name, current.name, ratio=_SAME_NAME_RATIO)
    return bool(number_text)
