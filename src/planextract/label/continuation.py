"""Does a table without a header fit under the columns of the plan before it, or is it another table?"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from planextract.model.roles import AGENCY_ROLES, Role
from planextract.model.source import SourceCell
from planextract.model.table import Column
from planextract.model.vocabulary import ColumnVocabulary
from planextract.text.characters import fold, is_cjk, without_spaces
from planextract.text.markers import is_none_mark, parse_section, parse_task_no
from planextract.text.markup import resolve_markup
from planextract.text.sentences import is_finished

_MAX_LABEL = 12
_LONGEST_PRINTED = 60  # characters of a label as printed, spaces and mark-up included
_DATE = re.compile(r"\d{1,4}[./\-]\d{1,2}(?:[./\-]\d{1,2})?")
_DAMAGED_NUMBER = re.compile(r"[0-9A-Za-z\u0400-\u04ff.、()\[\]]{1,5}")


@dataclass(slots=True)
class SeenValues:
    """What the plan's columns hold so far: the characters of its deadlines, by column position."""

    deadline_characters: set[str] = field(default_factory=set)

    def add(self, rows: Sequence[Sequence[str]], columns: Sequence[Column]) -> None:
        """Take in the rows of a fragment, rows × columns of raw text."""
        for row in rows:
            for text, column in zip(row, columns, strict=True):
                if column.role is Role.DEADLINE:
                    self.deadline_characters.update(char for char in text if is_cjk(char))


def is_other_header(texts: Sequence[str], columns: Sequence[Column], vocabulary: ColumnVocabulary) -> bool:
    """Tell whether a row is the header of another kind of table.

    Every filled cell is a short label without digits, two of them are known wordings; a known wording
    in the number column counts twice, for nothing but a number belongs there.
    """
    if max(map(len, texts), default=0) > _LONGEST_PRINTED:
        return False  # at a glance: most rows
    labels = [without_spaces(resolve_markup(text)) for text in texts]
    filled = [label for label in labels if label]
    if len(filled) < 3 or 2 * len(filled) < len(labels):
        return False
    if any(len(label) > _MAX_LABEL or is_finished(label) or re.search(r"\d", label) for label in filled):
        return False
    known = {*vocabulary.roles, *vocabulary.known_others, *vocabulary.group_labels}
    people = tuple(vocabulary.persons)
    weight = 0
    for place, label in enumerate(labels):
        if fold(label) in known or (label and fold(label).endswith(people)):
            weight += 2 if place < len(columns) and columns[place].role is Role.TASK_NO else 1
    return weight >= 2


def is_misfit(rows: Sequence[Sequence[str]], columns: Sequence[Column], seen: SeenValues) -> bool:
    """Tell whether the cells contradict the columns: two of them or more, and half of those that can be judged.

    Judged are numbers (that are none), deadlines (that share no character with those of the plan) and
    bodies (without a Chinese character).
    """
    fits = misfits = 0
    for row in rows:
        for text, column in zip(row, columns, strict=False):
            label = without_spaces(resolve_markup(text))
            if not label or parse_section(label) is not None:
                continue
            judged = _fits(label, column.role, seen)
            fits += judged is True
            misfits += judged is False
    return misfits >= 2 and misfits >= fits


def _fits(text: str, role: Role, seen: SeenValues) -> bool | None:
    if role is Role.TASK_NO:
        return parse_task_no(text) is not None or _DAMAGED_NUMBER.fullmatch(text) is not None
    if is_none_mark(text):
        return None
    if role is Role.DEADLINE and seen.deadline_characters:
        return bool(set(text) & seen.deadline_characters) or _DATE.search(text) is not None
    if role in AGENCY_ROLES:
        return any(is_cjk(char) for char in text)
    return None


def is_tail(rows: Sequence[Sequence[SourceCell | None]], columns: Sequence[Column]) -> bool:
    """Tell whether rows above a repeated header are the rest of a cut cell: one row, its one text below a column.

    A title or a caption stands across the table, or first.
    """
    if len(rows) != 1 or len(rows[0]) != len(columns):
        return False
    filled = {id(cell): cell for cell in rows[0] if cell is not None and cell.raw_text.strip()}
    if len(filled) != 1:
        return False
    (cell,) = filled.values()
    role = columns[cell.col].role
    return cell.col > 0 and cell.col_span == 1 and role not in (Role.OTHER, Role.TASK_NO, Role.SECTION)


def fits_short(rows: Sequence[Sequence[str]], columns: Sequence[Column]) -> bool:
    """Tell whether rows with fewer fields than the plan can be its rows with their last blank fields trimmed.

    They reach the measures, and print a number or nothing where the numbers stand.
    """
    measure = next((i for i, column in enumerate(columns) if column.role is Role.MEASURE), None)
    number = next((i for i, column in enumerate(columns) if column.role is Role.TASK_NO), None)
    width = min(map(len, rows), default=0)
    if measure is None or width <= max(measure, number or 0):
        return False
    texts = [row[measure] for row in rows if row[measure].strip()]
    numbers = [row[number] for row in rows if number is not None and row[number].strip()]
    has_text = bool(texts) and all(any(is_cjk(char) for char in text) for text in texts)
    return has_text and all(parse_task_no(text) is not None for text in numbers)
