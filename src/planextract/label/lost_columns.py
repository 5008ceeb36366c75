"""Pages that are set (PDF, OFD, scans) whose table was not found: what was read from its lines of text needs a look."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from planextract.label.roles_by_content import read_numbers
from planextract.label.text_tables import UNSURE, has_parted_header, has_run_together_header
from planextract.model.record import Finding
from planextract.model.roles import Role
from planextract.model.source import SourceBlock, SourceText
from planextract.model.table import Cell, Fragment, Row
from planextract.model.vocabulary import ColumnVocabulary
from planextract.phrases import Phrase
from planextract.text.markers import is_page_number

_ROW = re.compile(r"\s*(\d{1,3})[\s.、．]+(?=\S*[\u4e00-\u9fff]{2})")


def has_lost_header(lines: Sequence[SourceText], vocabulary: ColumnVocabulary) -> bool:
    """Tell whether a line of a page that is set is the header of a table: then its rows stand in the lines around."""
    pages: dict[int, list[str]] = {}
    for line in lines:
        if line.bbox is not None:
            pages.setdefault(line.page, []).append(line.raw_text)
    return any(has_run_together_header(text, vocabulary) for texts in pages.values() for text in texts) or any(
        has_parted_header(texts, vocabulary) for texts in pages.values()
    )


def note_rows_of_lines(blocks: Sequence[Fragment | SourceText], read: Sequence[SourceBlock]) -> Iterator[Finding]:
    """Say which rows were put together of lines of pages that are set, where lines of several cells mix.

    Args:
        blocks: What was made of the document.
        read: The document as read.
    """
    if not any(isinstance(block, SourceText) and block.bbox is not None for block in read):
        return
    for row in (row for block in blocks if isinstance(block, Fragment) for row in block.rows):
        cell = _first_cell(row)
        if row.score <= UNSURE and row.kind == "data" and cell is not None:
            message = "the columns of a table were not found; this row was put together of lines of text"
            yield Finding.of("detect.table_in_lines", message, page=cell.page, cell_id=cell.cell_id)


def find_lost_rows(blocks: Sequence[Fragment | SourceText], vocabulary: ColumnVocabulary) -> Iterator[Finding]:
    """Say that lines of text go on with the numbers of the table above them, or are the header of one."""
    last: Fragment | None = None
    number: int | None = None
    header: SourceText | None = None
    bare: Fragment | None = None  # a header without rows
    for block in blocks:
        if isinstance(block, Fragment) and not block.rows:
            bare = block
            continue
        if isinstance(block, Fragment):
            last, number, bare = block, _last_number(block), None
            cell = _first_cell(block.rows[0])
            if header is not None and cell is not None:
                message = Phrase(
                    "a line above the table reads as its header, or a row: {line}", line=header.raw_text[:40]
                )
                yield Finding.of("detect.table_in_lines", message, page=header.page, cell_id=cell.cell_id)
            header = None
            continue
        if block.bbox is None:
            continue
        is_below = bare is not None and bare.page == block.page and not is_page_number(block.raw_text)
        if is_below or has_run_together_header(block.raw_text, vocabulary):
            header = block
        found = _ROW.match(block.raw_text)
        row = last.rows[-1] if last is not None and last.rows else None
        cell = _first_cell(row) if row is not None else None
        is_next = found is not None and number is not None and int(found[1]) == number + 1
        if cell is None or not (is_next or is_below):
            continue
        message = Phrase("a line below the table reads as its next row: {line}", line=block.raw_text[:40])
        yield Finding.of("detect.table_in_lines", message, page=block.page, cell_id=cell.cell_id)
        number = bare = None


def _first_cell(row: Row) -> Cell | None:
    return next((cell for cell in row.cells if cell is not None and cell.text), None)


def _last_number(fragment: Fragment) -> int | None:
    place = next((i for i, column in enumerate(fragment.columns) if column.role is Role.TASK_NO), None)
    cells = [row.cells[place] for row in fragment.rows if row.kind == "data"] if place is not None else []
    numbers = read_numbers([cell.text if cell is not None else "" for cell in cells])
    return next((number for number in reversed(numbers) if number is not None), None)
