"""HTML tables inside a text, with their spans, cut by position so that no character is lost.

A scanner of our own looks for the tags of tables only, in one pass: the standard library's parser is
quadratic on hostile input and differs between Python versions. Cells are slices of the source between
tags. Inner tags of a cell (``<p>``, ``<br>``, ``<sup>``) stay in its raw text. A table inside a cell
stays text of that cell. Tags of the table itself are mark-up blocks.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from planextract.errors import InputError
from planextract.model.source import SourceBlock, SourceCell, SourceMarkup, SourceTable, SourceText
from planextract.phrases import Phrase
from planextract.read.budget import CellBudget
from planextract.read.lines import LineIndex
from planextract.read.span_grid import parse_span, place_cells

_TOKEN = re.compile(
    r"<!--|<(?P<close>/?)(?P<name>table|tr|td|th|tbody|thead|tfoot|script|style)(?=[\s/>])(?P<attributes>[^<>]*)>",
    re.IGNORECASE,
)
_SPAN = re.compile(r"\b(rowspan|colspan)\s*=\s*[\"']?\s*(\d+)", re.IGNORECASE | re.ASCII)
_TAG = re.compile(r"(<[^<>]*>)")


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
    cells: list[_OpenCell] = field(default_factory=list)
    between: list[tuple[int, int]] = field(default_factory=list)
    row: int = -1
    cell: _OpenCell | None = None
    last: int = 0


def find_html_tables(
    text: str, name: str, lines: LineIndex, budget: CellBudget, max_nesting: int
) -> Iterator[HtmlTable]:
    """Yield the outermost ``<table>`` elements of a text, in order.

    An element that is never closed ends with the text. Comments and scripts are not looked into.

    Raises:
        InputError: If tables are nested deeper than the limit, or have too many cells.
    """
    scanner = _Scanner(text, name, lines, budget, max_nesting)
    for token in _find_tokens(text):
        scanner.read(token)
        if scanner.done is not None:
            yield scanner.done
            scanner.done = None
    scanner.finish()
    if scanner.done is not None:
        yield scanner.done


def _find_tokens(text: str) -> Iterator[re.Match[str]]:
    """Yield the tags of tables; what a comment, a script or a style sheet holds is left out, if it ends."""
    position = 0
    unclosed: set[str] = set()
    while (token := _TOKEN.search(text, position)) is not None:
        position = token.end()
        name = (token.group("name") or "!--").lower()
        if name not in ("!--", "script", "style"):
            yield token
        elif not token.group("close") and name not in unclosed:
            end = re.compile(r"-->" if name == "!--" else rf"</{name}", re.IGNORECASE).search(text, position)
            position = end.end() if end else position
            if end is None:
                unclosed.add(name)


class _Scanner:
    def __init__(self, text: str, name: str, lines: LineIndex, budget: CellBudget, max_nesting: int) -> None:
        self.done: HtmlTable | None = None
        self._text = text
        self._name = name
        self._lines = lines
        self._budget = budget
        self._max_nesting = max_nesting
        self._depth = 0
        self._open: _OpenTable | None = None

    def read(self, token: re.Match[str]) -> None:
        """Take in the next tag."""
        name = token.group("name").lower()
        if name == "table":
            if token.group("close"):
                self._close_table(token)
            else:
                self._open_table(token.start())
        elif self._open is not None and self._depth == 1:
            self._close_cell(self._open, token.start())
            if not token.group("close"):
                self._open_row_or_cell(self._open, name, token)

    def finish(self) -> None:
        """End a table that the text leaves open."""
        if self._open is not None:
            self._finish_table(self._open, len(self._text), len(self._text))

    def _open_table(self, start: int) -> None:
        self._depth += 1
        if self._depth > self._max_nesting:
            cause = Phrase("tables are nested more than {max_nesting} deep", max_nesting=self._max_nesting)
            raise InputError(
                "read.too_deep",
                cause,
                file=self._name,
                advice="Raise read.max_nesting in the settings, or repair the file.",
            )
        if self._depth == 1:
            self._open = _OpenTable(start=start, last=start)

    def _open_row_or_cell(self, table: _OpenTable, name: str, token: re.Match[str]) -> None:
        if name == "tr":
            table.row += 1
        elif name in ("td", "th"):
            table.row = max(table.row, 0)
            table.between.append((table.last, token.end()))
            spans = {key.lower(): parse_span(value) for key, value in _SPAN.findall(token.group("attributes"))}
            table.cell = _OpenCell(
                row=table.row,
                row_span=spans.get("rowspan", 1),
                col_span=spans.get("colspan", 1),
                start=token.end(),
                line=self._lines.number_at(token.start()),
            )

    def _close_table(self, token: re.Match[str]) -> None:
        if self._open is None:
            return
        self._depth -= 1
        if self._depth == 0:
            self._finish_table(self._open, token.start(), token.end())

    def _close_cell(self, table: _OpenTable, end: int) -> None:
        if table.cell is not None:
            table.cell.raw_text = self._text[table.cell.start : end].strip()
            table.cells.append(table.cell)
            table.last, table.cell = end, None

    def _finish_table(self, table: _OpenTable, content_end: int, end: int) -> None:
        self._close_cell(table, content_end)
        self._open, self._depth = None, 0
        table.between.append((table.last, end))
        placed = _place_cells(table, self._lines.number_at(table.start), self._budget)
        blocks = (*self._markup(table), *([placed] if placed is not None else []))
        self.done = HtmlTable(start=table.start, end=end, blocks=blocks)

    def _markup(self, table: _OpenTable) -> Iterator[SourceMarkup | SourceText]:
        """Yield what stands between cells: tags as mark-up, stray text (a caption, say) as text."""
        for start, end in table.between:
            position = start
            for part in _TAG.split(self._text[start:end]):
                stripped = part.strip()
                line = self._lines.number_at(position)
                position += len(part)
                if stripped.startswith("<"):
                    yield SourceMarkup(page=0, raw_text=stripped, line=line)
                elif stripped:
                    yield SourceText(page=0, raw_text=stripped, line=line)


def _place_cells(table: _OpenTable, line: int, budget: CellBudget) -> SourceTable | None:
    if not table.cells:
        return None
    placed, row_count, col_count = place_cells([(c.row, c.row_span, c.col_span) for c in table.cells], budget)
    cells = tuple(
        SourceCell(
            row=place.row,
            col=place.col,
            row_span=place.row_span,
            col_span=place.col_span,
            raw_text=cell.raw_text,
            line=cell.line,
        )
        for cell, place in zip(table.cells, placed, strict=True)
    )
    return SourceTable(
        page=0,
        row_count=row_count,
        col_count=col_count,
        cells=cells,
        has_spans=any(cell.row_span > 1 or cell.col_span > 1 for cell in cells),
        line=line,
    )
