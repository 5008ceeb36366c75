"""Tables laid out by blanks: a line whose first column is blank goes on with the cells above it, if they were wrapped.

Text out of a page (``pdftotext -layout``) keeps each cell's place on the line. A cell that was too wide goes on below
itself, so that a line may hold second lines of several cells. It is told from a row of its own, under a merged
number, by what it goes on with: text that filled its column, or that stopped inside a sentence, or names alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from planextract.model.source import SourceText
from planextract.text.characters import display_width
from planextract.text.sentences import ends_inside

_PART = re.compile(r"\S+(?:[ \u00a0]\S+)*")
_NEAR, _FULL = 2, 4  # columns of a terminal
_MIN_INDENT = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class WrappedCell:
    """A cell with the lines it goes on in: ``text`` joined by line feeds, places of its first and last line."""

    text: str
    line: int
    last_line: int


@dataclass(slots=True)
class _Part:
    start: int
    end: int
    texts: list[str]
    line: int
    last_line: int


def join_wrapped(lines: Sequence[SourceText]) -> Iterator[list[WrappedCell]]:
    """Yield the cells of each row of a table that blanks lay out, from left to right."""
    rows = [_cut(line, place) for place, line in enumerate(lines)]
    left = min((row[0].start for row in rows if row), default=0)
    edges = _right_edges([part for row in rows for part in row])
    joined: list[list[_Part]] = []
    for row in filter(None, rows):
        pairs = _find_above(row, joined[-1]) if joined and row[0].start >= left + _MIN_INDENT else None
        if pairs is None or not _is_wrapped(pairs, joined[-1], edges):
            joined.append(row)
            continue
        for above, part in pairs:
            above.texts += part.texts
            above.end, above.last_line = part.end, part.line
    for row in joined:
        yield [WrappedCell(text="\n".join(p.texts), line=p.line, last_line=p.last_line) for p in row]


def _cut(line: SourceText, place: int) -> list[_Part]:
    parts = []
    for match in _PART.finditer(line.raw_text):
        start = line.indent + display_width(line.raw_text[: match.start()])
        text = match.group()
        parts.append(_Part(start=start, end=start + display_width(text), texts=[text], line=place, last_line=place))
    return parts


def _right_edges(parts: Sequence[_Part]) -> dict[int, int]:
    """Return how far the cells that start at one place reach, by that place."""
    edges: dict[int, int] = {}
    for part in parts:
        edges[part.start] = max(edges.get(part.start, 0), part.end)
    return edges


def _find_above(row: Sequence[_Part], above: Sequence[_Part]) -> list[tuple[_Part, _Part]] | None:
    """Return each part with the cell of the row above that starts at its place, or None if one has none."""
    pairs: list[tuple[_Part, _Part]] = []
    for part in row:
        cell = next((cell for cell in above if abs(cell.start - part.start) <= _NEAR), None)
        if cell is None or (pairs and pairs[-1][0] is cell):
            return None
        pairs.append((cell, part))
    return pairs


def _is_wrapped(pairs: Sequence[tuple[_Part, _Part]], above: Sequence[_Part], edges: dict[int, int]) -> bool:
    """Tell whether the widest of the cells that a line may go on with was full, or stopped inside its sentence."""
    widest = max(above, key=lambda cell: edges[cell.start] - cell.start)
    cell = next((cell for cell, _ in pairs if cell is widest), None)
    if cell is None:
        return True  # a list of names that goes on alone
    return cell.end >= edges[cell.start] - _FULL or ends_inside(cell.texts[-1])
