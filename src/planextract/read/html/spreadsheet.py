"""Pages that a spreadsheet or an office system exported: each table is a sheet, with its title and notes in rows of it.

Such a page is saved as ``.xls`` or names Excel in its head. What is a table of it and what a line of text is told as in
a sheet, for the page has no other mark-up.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from planextract.model.source import SourceBlock, SourceTable
from planextract.read.sheet_blocks import SheetRow, Span, make_sheet_blocks

_SUFFIXES = (".xls", ".xlsx", ".et")
_EXCEL = re.compile(r"urn:schemas-microsoft-com:office:excel|content=[\"']?Excel\.Sheet", re.IGNORECASE)
_HEAD = 4096


def is_spreadsheet_page(text: str, name: str) -> bool:
    """Tell whether a page is an exported sheet: by what its head says, or by the name that it was saved under."""
    return name.lower().endswith(_SUFFIXES) or _EXCEL.search(text[:_HEAD]) is not None


def cut_sheets(blocks: Iterable[SourceBlock], name: str, max_cells: int) -> Iterator[SourceBlock]:
    """Yield the blocks of a page, each of its tables cut as a sheet is.

    Raises:
        InputError: If a table has more positions than ``max_cells``.
    """
    for block in blocks:
        if not isinstance(block, SourceTable):
            yield block
            continue
        rows: dict[int, dict[int, str]] = {}
        spans: list[Span] = []
        for cell in block.cells:
            if cell.raw_text.strip():
                rows.setdefault(cell.row, {})[cell.col] = cell.raw_text
            if cell.row_span > 1 or cell.col_span > 1:
                spans.append(Span(cell.row, cell.col, cell.row + cell.row_span - 1, cell.col + cell.col_span - 1))
        packed: dict[int, SheetRow] = {row: (tuple(own), tuple(own.values())) for row, own in rows.items()}
        yield from make_sheet_blocks(packed, spans, block.page, name, max_cells)
