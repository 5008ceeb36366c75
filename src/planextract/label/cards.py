"""A table that stands on end: a card a task, labels on the left, values beside them → a header and a row for each card.

    任务     | 实施工业项目30个        | 序号 | 1
    牵头单位 | 区经信局                | 完成时限 | 12月底前

A row holds one pair or several. A title, or a label that comes again, opens the next card; a card may go on on the
next page.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from planextract.label.headers import find_role, is_known_label
from planextract.model.roles import AGENCY_ROLES, Role
from planextract.model.source import SourceBlock, SourceCell, SourceMarkup, SourceTable, SourceText
from planextract.model.vocabulary import ColumnVocabulary
from planextract.text.markers import is_continuation_mark, is_page_number

_MIN_LABELS, _MIN_KNOWN = 3, 0.6
_FIRST = 3  # pairs of a table that are looked at before all


@dataclass(frozen=True, slots=True, kw_only=True)
class _Item:
    """A label and its value, or a title, which has none, and the table that prints them."""

    table: SourceTable
    label: SourceCell
    value: SourceCell | None


def cards_to_rows(blocks: Sequence[SourceBlock], vocabulary: ColumnVocabulary) -> tuple[SourceBlock, ...]:
    """Return a document's blocks with each table of cards laid down: a table with a header and a row for each card.

    A table whose last card lacks labels goes on in the next one, page furniture between allowed. A row of one cell, a
    card's title, becomes a line of text.

    Args:
        blocks: Blocks in reading order.
        vocabulary: Tells which labels are known.
    """
    out: list[SourceBlock] = []
    place = 0
    while place < len(blocks):
        laid, count = _rows_from(blocks[place:], vocabulary)
        out += laid or blocks[place : place + 1]
        place += count
    return tuple(out)


def _rows_from(blocks: Sequence[SourceBlock], vocabulary: ColumnVocabulary) -> tuple[list[SourceBlock], int]:
    """Lay down the table that opens some blocks, with those that it goes on in; return them and how many blocks."""
    items: list[_Item] = []
    between: list[SourceBlock] = []
    for count, block in enumerate(blocks, start=1):
        found = _find_items(block) if isinstance(block, SourceTable) else []
        if not found and (not items or not _is_furniture(block)):
            break
        if any(item.value is not None and find_role(_words(item.value), vocabulary) for item in found[:_FIRST]):
            break  # a header printed from left to right, as most tables have
        items += found
        between += [] if found else [block]
        cards = _part_cards(items) if found else []
        if cards and _are_cards(cards, vocabulary):
            labels = _list_labels(cards[:1])
            return [*(line for card in cards for line in _lay_card(card, labels)), *between], count
        if cards and not _are_labels(_list_labels(cards), vocabulary, needs_all=False):
            break
    return [], 1


def _is_furniture(block: SourceBlock) -> bool:
    text = block.raw_text if isinstance(block, SourceText) else ""
    return isinstance(block, SourceMarkup) or is_page_number(text) or is_continuation_mark(text)


def _are_cards(cards: Sequence[Sequence[_Item]], vocabulary: ColumnVocabulary) -> bool:
    """Tell whether pairs are cards: all with the same labels, most of them known, and no value is one."""
    names = [{_words(item.label) for item in card if item.value is not None} for card in cards]
    labels = _list_labels(cards)
    if len(labels) < _MIN_LABELS or any(own != set(labels) for own in names) or not _are_labels(labels, vocabulary):
        return False  # a card lacks a label: which value belongs to which is not certain
    values = (item.value for card in cards for item in card if item.value is not None)
    return all(find_role(_words(value), vocabulary) is None for value in values)  # else a header from left to right


def _list_labels(cards: Sequence[Sequence[_Item]]) -> list[str]:
    """Return the labels of cards, each once, in order."""
    return list(dict.fromkeys(_words(item.label) for card in cards for item in card if item.value is not None))


def _lay_card(card: Sequence[_Item], labels: Sequence[str]) -> list[SourceBlock]:
    """Return the lines of text of a card, and its labels as a header above its values."""
    titles = [item for item in card if item.value is None]
    pairs = sorted((i for i in card if i.value is not None), key=lambda i: labels.index(_words(i.label)))
    home = next(item for item in card if item.value is not None)
    page = home.table.page
    heads = [_move(item.label, 0, col, item, page) for col, item in enumerate(pairs)]
    values = [_move(item.value, 1, col, item, page) for col, item in enumerate(pairs) if item.value is not None]
    lines = [
        SourceText(page=t.table.page, raw_text=t.label.raw_text, line=t.label.line, bbox=t.label.bbox) for t in titles
    ]
    table = SourceTable(
        page=page,
        row_count=2,
        col_count=len(pairs),
        cells=(*heads, *values),
        has_spans=home.table.has_spans,
        line=home.label.line or home.table.line,
        bbox=home.table.bbox,
    )
    return [*lines, table]


def _words(cell: SourceCell) -> str:
    return cell.raw_text.strip().rstrip(":：").rstrip()


def _find_items(table: SourceTable) -> list[_Item]:
    """Return a table's pairs of label and value and its titles in reading order; none if a row is neither."""
    items: list[_Item] = []
    for _, row in groupby(sorted(table.cells, key=lambda c: (c.row, c.col)), key=lambda c: c.row):
        cells = list(row)
        if len(cells) == 1 and cells[0].raw_text.strip():
            items.append(_Item(table=table, label=cells[0], value=None))
            continue
        if len(cells) % 2 or any(cell.row_span > 1 for cell in cells):
            return []
        items += (_Item(table=table, label=a, value=b) for a, b in zip(cells[::2], cells[1::2], strict=True))
    return items


def _are_labels(labels: Sequence[str], vocabulary: ColumnVocabulary, *, needs_all: bool = True) -> bool:
    """Tell whether words are labels of one task: most are known, a task or measure and a body among them.

    Those of a card's first part may lack the latter: ``needs_all`` is false.
    """
    roles = {find_role(label, vocabulary) for label in labels}
    known = sum(is_known_label(label, vocabulary) for label in labels)
    return known >= _MIN_KNOWN * len(labels) and (
        not needs_all or bool(roles & {Role.MEASURE, Role.TASK_NAME} and roles & set(AGENCY_ROLES))
    )


def _part_cards(items: Sequence[_Item]) -> list[list[_Item]]:
    """Part pairs into cards: a title, or a label that comes again, opens the next one."""
    cards: list[list[_Item]] = [[]]
    for item in items:
        own = [_words(other.label) for other in cards[-1] if other.value is not None]
        if own and (item.value is None or _words(item.label) in own):
            cards.append([])
        cards[-1].append(item)
    return cards


def _move(cell: SourceCell, row: int, col: int, item: _Item, page: int) -> SourceCell:
    elsewhere = item.table.page if item.table.page != page else None
    return replace(cell, row=row, col=col, row_span=1, col_span=1, page=cell.page or elsewhere)
