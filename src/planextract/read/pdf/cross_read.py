"""Vote between readers, cell by cell. What pdfium read stays; agreement becomes confidence and findings."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from planextract.model.source import ReadNote, SourceBlock, SourceCell, SourceTable
from planextract.phrases import Phrase
from planextract.text.characters import fold

_MAJORITY_FOR, _MAJORITY_AGAINST = 0.8, 0.4
_CellKey = tuple[int, int, int, int]


def vote(
    blocks: Sequence[SourceBlock], others: Sequence[tuple[SourceTable, ...]], page_number: int
) -> tuple[tuple[SourceBlock, ...], tuple[ReadNote, ...]]:
    """Compare a page's tables with other readers' and set the confidence of each cell.

    A cell is confirmed by a reader that has the same text (white space and radicals aside) at the same
    grid position with the same spans. Confirmed by all: 1; by half or more of the readers, ours included:
    0.8; by fewer: 0.4.

    Args:
        blocks: Blocks of the page as pdfium read it.
        others: Tables of the same page, one tuple a reader.
        page_number: From 1.

    Returns:
        The blocks with confidences, and a note if a majority read some cell otherwise.
    """
    out: list[SourceBlock] = []
    doubtful: list[str] = []
    for block in blocks:
        if not isinstance(block, SourceTable):
            out.append(block)
            continue
        rivals = [_texts(table) for tables in others if (table := _counterpart(block, tables)) is not None]
        missing = len(others) - len(rivals)
        cells = []
        for cell in block.cells:
            confidence = _confidence(cell, rivals, missing)
            if confidence < _MAJORITY_FOR:
                doubtful.append(f"r{cell.row}c{cell.col}")
            cells.append(replace(cell, confidence=confidence))
        out.append(replace(block, cells=tuple(cells)))
    if not doubtful:
        return tuple(out), ()
    shown = ", ".join(doubtful[:6]) + (" …" if len(doubtful) > 6 else "")
    message = Phrase("most readers read {count} cells otherwise: {shown}", count=len(doubtful), shown=shown)
    return tuple(out), (ReadNote.of("read.disagreement", message, page=page_number),)


def _confidence(cell: SourceCell, rivals: Sequence[dict[_CellKey, str]], missing: int) -> float:
    confirmed = sum(rival.get(_key(cell)) == fold(cell.raw_text) for rival in rivals)
    readers = len(rivals) + missing + 1
    if confirmed + 1 == readers:
        return 1.0
    return _MAJORITY_FOR if 2 * (confirmed + 1) >= readers else _MAJORITY_AGAINST


def _key(cell: SourceCell) -> _CellKey:
    return cell.row, cell.col, cell.row_span, cell.col_span


def _texts(table: SourceTable) -> dict[_CellKey, str]:
    return {_key(cell): fold(cell.raw_text) for cell in table.cells}


def _counterpart(table: SourceTable, tables: Sequence[SourceTable]) -> SourceTable | None:
    """Return the other reader's table that shares most height with this one, or None."""
    if table.bbox is None:
        return tables[0] if len(tables) == 1 else None
    best, best_overlap = None, 0.0
    for other in tables:
        if other.bbox is None:
            continue
        overlap = min(table.bbox.bottom, other.bbox.bottom) - max(table.bbox.top, other.bbox.top)
        if overlap > best_overlap:
            best, best_overlap = other, overlap
    return best
