"""Task numbers that no label announces: a column of numbers below a label merged over it, or numbers before the texts.

工作任务 │ 具体要求      │ 责任科室          工作任务        │ 具体要求              │ 责任部门
健全制度 │ 1 │ 制定办法。│ 办公室            一、健全制度。  │ 1.制定办法。          │ 办公室
         │ 2 │ 公开目录。│ 各科室                            │ 2.公开目录。          │ 各科室
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from planextract.label.headers import HeaderMatch, match_header
from planextract.model.roles import Role
from planextract.model.source import SourceCell, SourceTable
from planextract.model.table import Column
from planextract.model.vocabulary import ColumnVocabulary
from planextract.text.characters import without_spaces
from planextract.text.markers import parse_section, parse_task_no

_LEADING = re.compile(r"(\d{1,3}[.．、])\s*(?!\d)")
_LEAST_NUMBERS = 3
_LEAST_SHARE = 0.75


def settle_number_column(header: HeaderMatch, rows: Sequence[Sequence[str]]) -> HeaderMatch:
    """Give the role of the number to a column of numbers without a label of its own.

    Args:
        header: The header, without a number column or with one.
        rows: Raw texts below it, rows × columns.
    """
    columns = list(header.columns)
    if any(column.role is Role.TASK_NO for column in columns):
        return header
    for place, column in enumerate(columns):
        is_shared = place + 1 < len(columns) and columns[place + 1].label == column.label
        if (column.label and not is_shared) or not _counts([row[place] for row in rows if place < len(row)]):
            continue
        if is_shared and column.role is not Role.OTHER:
            columns[place + 1] = column
        columns[place] = Column(role=Role.TASK_NO, label="" if not is_shared else column.label)
        names = next((i for i, c in enumerate(columns) if c.role is Role.TASK_NAME), None)
        if names is not None and names < place and _are_sections([row[names] for row in rows]):
            columns[names] = replace(columns[names], role=Role.SECTION)
        repeated = tuple(label for label in header.repeated if label != column.label)
        return replace(header, columns=tuple(columns), repeated=repeated)
    return header


def part_numbers(table: SourceTable, vocabulary: ColumnVocabulary) -> SourceTable:
    """Part the numbers that the texts of a table open with, where they count its rows and nothing else does.

    The new column stands before that of the texts and has no label.
    """
    grid = _raw_grid(table)
    header = match_header(grid[:2], vocabulary)
    if header is None or any(column.role is Role.TASK_NO for column in header.columns):
        return table
    place = next((i for i, column in enumerate(header.columns) if column.role is Role.MEASURE), None)
    if place is None:
        return table
    texts = {cell.row: cell for cell in table.cells if cell.col == place and cell.row >= header.row_count}
    opened = {row: match for row, cell in texts.items() if (match := _LEADING.match(cell.raw_text))}
    numbers = [parse_task_no(opened[row].group(1)) for row in sorted(opened)]
    steps = sum(b == a + 1 for a, b in pairwise(numbers) if a is not None and b is not None)
    filled = sum(bool(cell.raw_text.strip()) for cell in texts.values() if cell.col_span == 1)
    if len(opened) < max(_LEAST_NUMBERS, _LEAST_SHARE * filled) or steps < _LEAST_SHARE * (len(numbers) - 1):
        return table
    cells: list[SourceCell] = []
    for cell in table.cells:
        if cell.col > place:
            cells.append(replace(cell, col=cell.col + 1))
        elif cell.col == place and cell.row in opened:
            end = opened[cell.row].end()
            cells.append(replace(cell, raw_text=cell.raw_text[:end].strip(), paragraphs=None))
            paragraphs = _cut_first(cell.paragraphs, end)
            cells.append(replace(cell, col=place + 1, raw_text=cell.raw_text[end:], paragraphs=paragraphs))
        elif cell.col <= place < cell.col + cell.col_span:
            wider = cell.col + cell.col_span > place + 1 or cell.row < header.row_count or cell.col < place
            cells.append(replace(cell, col_span=cell.col_span + 1) if wider else replace(cell, col=place + 1))
        else:
            cells.append(cell)
    edges = table.edges
    return replace(
        table,
        cells=tuple(cells),
        col_count=table.col_count + 1,
        edges=(*edges[: place + 1], *edges[place:]) if edges else (),
    )


def _cut_first(paragraphs: tuple[str, ...] | None, end: int) -> tuple[str, ...] | None:
    if not paragraphs or len(paragraphs[0]) < end:
        return None if paragraphs is None or not paragraphs else paragraphs
    return (paragraphs[0][end:].lstrip(), *paragraphs[1:])


def _raw_grid(table: SourceTable) -> list[list[str]]:
    grid = [[""] * table.col_count for _ in range(min(2, table.row_count))]
    for cell in table.cells:
        for row in range(cell.row, min(len(grid), cell.row + cell.row_span)):
            for col in range(cell.col, cell.col + cell.col_span):
                grid[row][col] = cell.raw_text
    return grid


def _counts(texts: Sequence[str]) -> bool:
    """Tell whether texts, blank ones aside, are numbers, most of them the next of the one before."""
    filled = [flat for text in texts if (flat := without_spaces(text))]
    numbers = [parse_task_no(text) for text in filled]
    known = [number for number in numbers if number is not None]
    steps = sum(b == a + 1 for a, b in pairwise(known))
    return len(known) >= 2 and len(known) == len(filled) and steps >= _LEAST_SHARE * (len(known) - 1)


def _are_sections(texts: Sequence[str]) -> bool:
    filled = [flat for text in texts if (flat := without_spaces(text))]
    return bool(filled) and all(parse_section(text) is not None for text in filled)
