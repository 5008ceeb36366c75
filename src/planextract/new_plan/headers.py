"""Header rows of a document in which no table was understood."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from planextract.errors import PlanExtractError
from planextract.label.headers import is_known_label
from planextract.model.roles import Role
from planextract.model.source import SourceTable
from planextract.model.vocabulary import Dictionaries
from planextract.new_plan.survey import Wording, guess_role
from planextract.read.document import read_document
from planextract.settings import Settings
from planextract.text.characters import without_spaces
from planextract.text.markup import resolve_markup

_MOST_TABLES = 5


def read_header_rows(path: Path, dictionaries: Dictionaries) -> tuple[tuple[str, ...], tuple[Wording, ...]]:
    """Read the first rows of a document's tables.

    Returns:
        The first row of each of the first tables, as one text with the unknown labels marked (?), and the unknown
        labels of the first table of at least three columns, with a guess by the values below them. Nothing if the
        file cannot be read.
    """
    try:
        source = read_document(path.read_bytes(), path.name, Settings().read)
    except (OSError, PlanExtractError):
        return (), ()
    tables = [block for block in source.blocks if isinstance(block, SourceTable)][:_MOST_TABLES]
    rows = [_first_row(table) for table in tables]
    shown = tuple(
        " | ".join(label if is_known_label(label, dictionaries.columns) else f"{label} (?)" for _, label in row)
        for row in rows
    )
    for table, row in zip(tables, rows, strict=True):
        if len(row) >= 3:
            return shown, _name_tasks(_guess(table, row, dictionaries))
    return shown, ()


def _guess(table: SourceTable, row: Sequence[tuple[int, str]], dictionaries: Dictionaries) -> tuple[Wording, ...]:
    place = f"table of {len(row)} columns, {f'p.{table.page}' if table.page else 'the first one'}"
    found = []
    for col, label in row:
        if label and not is_known_label(label, dictionaries.columns):
            values = _values(table, col)
            guess = guess_role(values, dictionaries)
            found.append(Wording(text=label, count=1, places=(place,), samples=tuple(values[:3]), guess=guess))
    return tuple(found)


def _name_tasks(words: tuple[Wording, ...]) -> tuple[Wording, ...]:
    """The column left of the measures that nothing else explains names the tasks."""
    measure = next((i for i, word in enumerate(words) if word.guess == Role.MEASURE), 0)
    if measure and words[measure - 1].guess == "note":
        named = replace(words[measure - 1], guess=Role.TASK_NAME.value)
        return (*words[: measure - 1], named, *words[measure:])
    return words


def _first_row(table: SourceTable) -> list[tuple[int, str]]:
    cells = sorted((cell for cell in table.cells if cell.row == 0), key=lambda cell: cell.col)
    return [(cell.col, without_spaces(resolve_markup(cell.raw_text))) for cell in cells if cell.raw_text.strip()]


def _values(table: SourceTable, col: int) -> list[str]:
    column = [" ".join(cell.raw_text.split()) for cell in table.cells if cell.row > 0 and cell.col == col]
    return [text for text in column if text]
