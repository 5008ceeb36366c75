"""A table that is wider than its page: its right half stands on the next page, row beside row."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from planextract.label.headers import find_role, is_known_label, match_header
from planextract.label.parts import expand, texts_of
from planextract.model.roles import Role
from planextract.model.source import SourceBlock, SourceTable, SourceText
from planextract.model.vocabulary import ColumnVocabulary
from planextract.text.characters import without_spaces
from planextract.text.markers import is_continuation_mark, is_page_number

_SAME_HEIGHT_PT = 2.0


@dataclass(frozen=True, slots=True, kw_only=True)
class RightHalf:
    """The right half of a table; ``is_sure`` if its rows are as high as those of the left half."""

    table: SourceTable
    is_sure: bool


def find_halves(blocks: Sequence[SourceBlock], vocabulary: ColumnVocabulary) -> Mapping[int, RightHalf]:
    """Return the right halves by the place of the left ones among a document's blocks.

    A right half follows on the next page, with nothing but page furniture between, has as many rows, and its header
    holds known labels only, none of them a task's or a measure's, and no role that the left half has.
    """
    found: dict[int, RightHalf] = {}
    taken: set[int] = set()
    before: int | None = None
    for place, block in enumerate(blocks):
        if isinstance(block, SourceText) and not (
            is_page_number(block.raw_text) or is_continuation_mark(block.raw_text)
        ):
            before = None
        if not isinstance(block, SourceTable):
            continue
        left = blocks[before] if before is not None and before not in taken else None
        if before is not None and isinstance(left, SourceTable) and _is_half(left, block, vocabulary):
            found[before] = RightHalf(table=block, is_sure=_have_same_heights(left, block))
            taken.add(place)
        before = place
    return found


def _is_half(left: SourceTable, right: SourceTable, vocabulary: ColumnVocabulary) -> bool:
    if left.row_count != right.row_count or left.row_count < 2 or right.page != left.page + 1:
        return False
    header = match_header(texts_of(expand(left)[:2]), vocabulary)
    labels = [without_spaces(text) for text in texts_of(expand(right)[:1])[0]]
    if header is None or not all(label and is_known_label(label, vocabulary) for label in labels):
        return False
    roles = {find_role(label, vocabulary) for label in labels} - {None}
    return bool(roles) and not roles & ({column.role for column in header.columns} | {Role.TASK_NAME, Role.MEASURE})


def _have_same_heights(left: SourceTable, right: SourceTable) -> bool:
    first, second = _heights(left), _heights(right)
    return (
        bool(first)
        and first.keys() == second.keys()
        and all(abs(height - second[row]) <= _SAME_HEIGHT_PT for row, height in first.items())
    )


def _heights(table: SourceTable) -> dict[int, float]:
    """Return the height of each row that has a cell of its own, where boxes are known."""
    own = (cell for cell in table.cells if cell.row_span == 1)
    return {cell.row: cell.bbox.bottom - cell.bbox.top for cell in own if cell.bbox is not None}


def join_halves(left: SourceTable, right: SourceTable) -> SourceTable:
    """Return the whole table on the page of its left half; the right half's cells are moved behind it."""
    moved = tuple(replace(cell, col=cell.col + left.col_count, page=right.page) for cell in right.cells)
    cells = sorted((*left.cells, *moved), key=lambda cell: (cell.row, cell.col))
    return replace(
        left, col_count=left.col_count + right.col_count, cells=tuple(cells), edges=(), open_columns=((), ())
    )
