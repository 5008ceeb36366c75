"""HTML tables inside a text, with their spans, cut by position so that no character is lost.

The standard library's tokenizer tells where tags are; cells are slices of the source between them.
Inner tags of a cell (``<p>``, ``<br>``, ``<sup>``) stay in its raw text. A table inside a cell stays
text of that cell. Tags of the table itself are mark-up blocks.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser

from planextract.errors import InputError
from planextract.model.source import SourceBlock, SourceCell, SourceMarkup, SourceTable, SourceText
from planextract.settings import ReadSettings

_MAX_SPAN = 1000
_TABLE_START = re.compile(r"<\s*table\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class HtmlTable:
    """A table found in the text: ``text[start:end]``, cut into blocks."""

    start: int
    end: int
    blocks: tuple[SourceBlock, ...]


@dataclass(slots=True, kw_only=True)
class _OpenCell:
    row: int
    row_span: int
    col_span: int
    start: int
    line: int
    raw_text: str = ""


@dataclass(slots=True, kw_only=True)
class _OpenTable:
    start: int
    line: int
    cells: list[_OpenCell] = field(default_factory=list)
    between: list[tuple[int, int, int]] = field(default_factory=list)
    row: int = -1
    cell: _OpenCell | None = None
    last: int = 0


def find_html_tables(text: str, name: str, settings: ReadSettings) -> Iterator[HtmlTable]:
    """Yield the outermost ``<table>`` elements of a text, in order.

    An element that is never closed ends with the text.

    Raises:
        InputError: If tables are nested deeper than the limit.
    """
    if _TABLE_START.search(text) is None:
        return
    parser = _TableParser(text, name, settings.max_nesting)
    parser.feed(text)
    parser.close()
    parser.finish()
    yield from parser.tables


class _TableParser(HTMLParser):
    def __init__(self, text: str, name: str, max_nesting: int) -> None:
        super().__init__(convert_charrefs=False)
        self.tables: list[HtmlTable] = []
        self._text = text
        self._name = name
        self._max_nesting = max_nesting
        self._starts = [0, *(m.end() for m in re.finditer("\n", text))]
        self._depth = 0
        self._open: _OpenTable | None = None

    def _offset(self) -> int:
        line, column = self.getpos()
        return self._starts[line - 1] + column

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        start, after = self._offset(), self._offset() + len(self.get_starttag_text() or "")
        if tag == "table":
            self._depth += 1
            if self._depth > self._max_nesting:
                raise InputError(
                    "read.too_deep", f"tables are nested more than {self._max_nesting} deep", file=self._name
                )
            if self._depth == 1:
                self._open = _OpenTable(start=start, line=self.getpos()[0], last=start)
        table = self._open
        if table is None or self._depth != 1:
            return
        if tag in ("td", "th"):
            self._close_cell(start)
            table.row = max(table.row, 0)
            spans = dict(attrs)
            table.between.append((table.last, after, self.getpos()[0]))
            table.cell = _OpenCell(
                row=table.row, row_span=_span(spans.get("rowspan")), col_span=_span(spans.get("colspan")),
                start=after, line=self.getpos()[0],
            )  # fmt: skip
        elif tag == "tr":
            self._close_cell(start)
            table.row += 1

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in ("td", "th", "tr", "table"):
            self.handle_starttag(tag, attrs)

    def handle_endtag(self, tag: str) -> None:
        if self._open is None:
            return
        if tag == "table":
            self._depth -= 1
            if self._depth == 0:
                start = self._offset()
                self._close_cell(start)
                close = self._text.find(">", start)
                self._finish_table(len(self._text) if close < 0 else close + 1)
        elif self._depth == 1 and tag in ("td", "th", "tr", "tbody", "thead"):
            self._close_cell(self._offset())

    def finish(self) -> None:
        """End a table that the text leaves open."""
        if self._open is not None:
            self._close_cell(len(self._text))
            self._finish_table(len(self._text))

    def _close_cell(self, end: int) -> None:
        table = self._open
        if table is None or table.cell is None:
            return
        table.cell.raw_text = self._text[table.cell.start : end].strip()
        table.cells.append(table.cell)
        table.last, table.cell = end, None

    def _finish_table(self, end: int) -> None:
        table = self._open
        if table is None:
            return
        self._open, self._depth = None, 0
        table.between.append((table.last, end, self.getpos()[0]))
        blocks = [*self._markup(table), _place_cells(table)]
        self.tables.append(HtmlTable(start=table.start, end=end, blocks=tuple(b for b in blocks if b is not None)))

    def _markup(self, table: _OpenTable) -> Iterator[SourceMarkup | SourceText]:
        """Yield what stands between cells: tags as mark-up, stray text (a caption, say) as text."""
        for start, end, line in table.between:
            for part in re.split(r"(<[^<>]*>)", self._text[start:end]):
                stripped = part.strip()
                if not stripped:
                    continue
                if stripped.startswith("<"):
                    yield SourceMarkup(page=0, raw_text=stripped, line=line)
                else:
                    yield SourceText(page=0, raw_text=stripped, line=line)


def _span(value: str | None) -> int:
    return min(int(value), _MAX_SPAN) if value and value.strip().isdecimal() and int(value) > 0 else 1


def _place_cells(table: _OpenTable) -> SourceTable | None:
    """Put cells on the grid as HTML does: each at the first free place of its row."""
    if not table.cells:
        return None
    row_count = max(cell.row for cell in table.cells) + 1
    taken: set[tuple[int, int]] = set()
    placed: list[SourceCell] = []
    next_col: dict[int, int] = {}
    for cell in table.cells:
        col = next_col.get(cell.row, 0)
        while (cell.row, col) in taken:
            col += 1
        row_span = min(cell.row_span, row_count - cell.row)
        col_span = 1
        while col_span < cell.col_span and (cell.row, col + col_span) not in taken:
            col_span += 1
        taken.update((cell.row + r, col + c) for r in range(row_span) for c in range(col_span))
        next_col[cell.row] = col + col_span
        placed.append(
            SourceCell(
                row=cell.row,
                col=col,
                row_span=row_span,
                col_span=col_span,
                raw_text=cell.raw_text,
                line=cell.line,
            )
        )
    col_count = max(cell.col + cell.col_span for cell in placed)
    has_spans = any(cell.row_span > 1 or cell.col_span > 1 for cell in placed)
    return SourceTable(
        page=0,
        row_count=row_count,
        col_count=col_count,
        cells=tuple(placed),
        has_spans=has_spans,
        line=table.line,
    )
