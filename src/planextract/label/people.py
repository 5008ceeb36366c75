"""A column of bodies and people (责任单位及责任人) → one of bodies, and one of people behind it, which is withheld."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace

from planextract.label.headers import find_private, find_role, match_header
from planextract.label.prose.people import cut_people
from planextract.label.prose.wording import wording_of
from planextract.model.roles import AGENCY_ROLES
from planextract.model.source import SourceCell, SourceTable
from planextract.model.vocabulary import ColumnVocabulary
from planextract.text.characters import without_spaces


def find_people_column(table: SourceTable, vocabulary: ColumnVocabulary) -> int | None:
    """Return the place of a column whose label asks for bodies and people, or None."""
    rows: list[list[str]] = [[""] * table.col_count for _ in range(min(2, table.row_count))]
    for cell in table.cells:
        for row in range(cell.row, min(len(rows), cell.row + cell.row_span)):
            rows[row][cell.col : cell.col + cell.col_span] = [cell.raw_text] * cell.col_span
    header = match_header(rows, vocabulary)
    if header is None:
        return None
    return next((at for at, column in enumerate(header.columns) if _cut_label(column.label, vocabulary)), None)


def asks_for_both(label: str, vocabulary: ColumnVocabulary) -> bool:
    """Tell whether a label asks for bodies and for people."""
    return _cut_label(label, vocabulary) is not None


def _cut_label(label: str, vocabulary: ColumnVocabulary) -> tuple[str, str] | None:
    """Return the halves of a label, bodies first, if one asks for bodies and the other for people."""
    for match in re.finditer(r"[及和与、/（(]", label):
        first, second = label[: match.start()], label[match.end() :]
        bare = without_spaces(second).rstrip("）)")
        if find_role(first, vocabulary) in AGENCY_ROLES and find_private([bare], vocabulary):
            return first, match.group() + second
        if find_private([first], vocabulary) and find_role(bare, vocabulary) in AGENCY_ROLES:
            return second, first + match.group()
    return None


def part_people(table: SourceTable, place: int, vocabulary: ColumnVocabulary) -> SourceTable:
    """Part a column of bodies and people in two, the people's behind the bodies'."""
    is_body = wording_of(vocabulary).is_body
    flatten = wording_of(vocabulary).flatten
    cells: list[SourceCell] = []
    for cell in table.cells:
        if cell.col > place:
            cells.append(replace(cell, col=cell.col + 1))
        elif cell.col == place and cell.col_span == 1:
            cells += _part_cell(cell, lambda word: is_body(flatten(word)), vocabulary)
        elif cell.col + cell.col_span > place:
            cells.append(replace(cell, col_span=cell.col_span + 1))
        else:
            cells.append(cell)
    edges = table.edges
    edges = (*edges[: place + 1], *edges[place:]) if edges else ()
    return replace(table, cells=tuple(cells), col_count=table.col_count + 1, edges=edges)


def _part_cell(cell: SourceCell, is_body: Callable[[str], bool], vocabulary: ColumnVocabulary) -> Sequence[SourceCell]:
    label = _cut_label(cell.raw_text, vocabulary)
    if label is not None:
        bodies, people = label
    elif cell.kept_text is not None:
        return [replace(cell, col=cell.col + 1)]  # struck words: all of it is withheld
    else:
        pieces = cut_people(cell.raw_text, is_body)
        bodies, people = (
            "".join(text for text, is_people in pieces if is_people is wanted) for wanted in (False, True)
        )
    return [
        replace(cell, raw_text=bodies, paragraphs=None),
        replace(cell, col=cell.col + 1, raw_text=people, paragraphs=None),
    ]
