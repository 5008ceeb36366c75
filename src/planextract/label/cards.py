"""A table that stands on end: a card a task, labels on the left, values beside them → a header and a row for each card.

    任务     | 实施工业项目30个        | 序号 | 1
    牵头单位 | 区经信局                | 完成时限 | 12月底前

A row holds one pair or several. A label that comes again opens the next card.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import groupby

from planextract.label.headers import find_role, is_known_label
from planextract.model.roles import AGENCY_ROLES, Role
from planextract.model.source import SourceCell, SourceTable
from planextract.model.vocabulary import ColumnVocabulary

_MIN_LABELS, _MIN_KNOWN = 3, 0.6
_Pair = tuple[SourceCell, SourceCell]


def lay_down(table: SourceTable, vocabulary: ColumnVocabulary) -> tuple[SourceTable, ...]:
    """Return a table of cards as tables with a header and a row, one for each card; any other table alone.

    Args:
        table: A table as printed.
        vocabulary: Tells which labels are known.
    """
    pairs = _find_pairs(table)
    labels = list(dict.fromkeys(_words(label) for label, _ in pairs))
    if len(labels) < _MIN_LABELS or not _name_a_task(labels, vocabulary):
        return (table,)
    if any(find_role(_words(value), vocabulary) is not None for _, value in pairs):
        return (table,)  # a header printed from left to right
    if sum(is_known_label(label, vocabulary) for label in labels) < _MIN_KNOWN * len(labels):
        return (table,)
    cards = _part_cards(pairs)
    if any({_words(label) for label, _ in card} != set(labels) for card in cards):
        return (table,)  # a card lacks a label: which value belongs to which is not certain
    return tuple(_lay_card(table, sorted(card, key=lambda pair: labels.index(_words(pair[0])))) for card in cards)


def _lay_card(table: SourceTable, card: Sequence[_Pair]) -> SourceTable:
    heads = [_move(label, 0, col) for col, (label, _) in enumerate(card)]
    values = [_move(value, 1, col) for col, (_, value) in enumerate(card)]
    return SourceTable(
        page=table.page,
        row_count=2,
        col_count=len(card),
        cells=(*heads, *values),
        has_spans=table.has_spans,
        line=card[0][0].line or table.line,
        bbox=table.bbox,
    )


def _words(cell: SourceCell) -> str:
    return cell.raw_text.strip().rstrip(":：").rstrip()


def _find_pairs(table: SourceTable) -> list[_Pair]:
    """Return label and value of each pair in reading order; none if a row is not made of pairs."""
    pairs: list[_Pair] = []
    for _, row in groupby(sorted(table.cells, key=lambda c: (c.row, c.col)), key=lambda c: c.row):
        cells = list(row)
        if len(cells) % 2 or any(cell.row_span > 1 for cell in cells):
            return []
        pairs += zip(cells[::2], cells[1::2], strict=True)
    return pairs


def _name_a_task(labels: Sequence[str], vocabulary: ColumnVocabulary) -> bool:
    """Tell whether a task or measure and a body are among the labels."""
    roles = {find_role(label, vocabulary) for label in labels}
    return not (roles.isdisjoint((Role.MEASURE, Role.TASK_NAME)) or roles.isdisjoint(AGENCY_ROLES))


def _part_cards(pairs: Sequence[_Pair]) -> list[list[_Pair]]:
    cards: list[list[_Pair]] = [[]]
    for label, value in pairs:
        if any(_words(cell) == _words(label) for cell, _ in cards[-1]):
            cards.append([])
        cards[-1].append((label, value))
    return cards


def _move(cell: SourceCell, row: int, col: int) -> SourceCell:
    return replace(cell, row=row, col=col, row_span=1, col_span=1)
