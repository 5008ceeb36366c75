"""Tables drawn with ─│┌┼ (or + - |) in lines of fixed width: the drawn grid decides rows, columns and merged cells.

┌──┬────────┬────┐
│序号│任务          │单位    │      a character of Chinese is as wide as two of these signs, or as one,
├──┼────────┼────┤      and marks may be either: lines are read by their bars in order where all
│1   │完成管网改造12│市水务局│      bars are printed, else by the nearest column line
│    │公里。        │        │
└──┴────────┴────┘
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from planextract.model.source import SourceBlock, SourceCell, SourceMarkup, SourceTable, SourceText
from planextract.text.characters import display_width

_BOX = re.compile(r"[\u2500-\u257f]")
_UPRIGHT = frozenset("│┃┆┇┊┋╎╏║|｜")
_LEVEL = frozenset("─━┄┅┈┉╌╍═-=－")
_ASCII_RULE = re.compile(r"\s*\+(?:[-=]+\+)+\s*")
_MOST_COLUMNS = 60
_MOST_WIDTH = 4000
_NEAR = 3  # half-width columns that a bar may be off its column line
_OFTEN = 3
_FULL = 3  # half-width columns left in a line that is full


@dataclass(frozen=True, slots=True)
class _Drawn:
    """A line of a drawn table: where its crossings stand, what lies between them, and whether each part is a rule."""

    at: tuple[int, ...]
    parts: tuple[str, ...]
    is_rule: tuple[bool, ...]
    text: str
    line: int | None
    place: int

    @property
    def has_text(self) -> bool:
        return any(part.strip() and not rule for part, rule in zip(self.parts, self.is_rule, strict=True))


@dataclass(slots=True)
class _Band:
    """The lines between two rules: their parts, and by column whether a rule closes it above."""

    lines: list[_Drawn] = field(default_factory=list)
    closed: list[bool] = field(default_factory=list)


def find_box_tables(lines: Sequence[SourceText]) -> Iterator[SourceBlock]:
    """Replace drawn tables by tables; other lines stay as they are. Linear in the number of characters."""
    place = 0
    while place < len(lines):
        if not _is_top(lines[place].raw_text):
            yield lines[place]
            place += 1
            continue
        end = place + 1
        while end < len(lines) and _is_drawn(lines[end].raw_text) and not _is_new_top(lines, end):
            end += 1
        table = _read_table(lines[place:end])
        yield from table if table is not None else lines[place:end]
        place = end


def _is_top(text: str) -> bool:
    return len(text) <= _MOST_WIDTH and (
        (len(_BOX.findall(text)) >= 3 and any(char in _LEVEL for char in text))
        or _ASCII_RULE.fullmatch(text) is not None
    )


def _is_drawn(text: str) -> bool:
    if len(text) > _MOST_WIDTH:
        return False
    stripped = text.strip()
    return (
        bool(_BOX.search(stripped)) or _ASCII_RULE.fullmatch(text) is not None or stripped[:1] == "|" == stripped[-1:]
    )


def _is_new_top(lines: Sequence[SourceText], at: int) -> bool:
    """Tell whether a table's first rule stands here: one that opens downwards, behind one that closed."""
    return lines[at].raw_text.lstrip()[:1] in "┌┏╔╒╓"


def _cut(line: SourceText, place: int, mark_width: int) -> _Drawn:
    """Cut a line at its crossings; ``mark_width`` is how wide the signs are drawn."""
    at: list[int] = []
    parts: list[str] = []
    is_ascii = _ASCII_RULE.fullmatch(line.raw_text) is not None
    column, part = line.indent, ""
    for char in line.raw_text:
        is_box = _BOX.match(char) is not None
        if (is_box and char not in _LEVEL) or char in "|｜" or (char == "+" and is_ascii):
            at.append(column)
            parts.append(part)
            part = ""
        else:
            part += char
        column += mark_width if is_box or char == "｜" else display_width(char)
    parts.append(part)
    inner = tuple(parts[1:-1])
    return _Drawn(
        at=tuple(at),
        parts=inner,
        is_rule=tuple(is_ascii or _is_level(part) for part in inner),
        text=line.raw_text,
        line=line.line,
        place=place,
    )


def _is_level(part: str) -> bool:
    stripped = part.strip()
    return (
        bool(stripped) and all(char in _LEVEL for char in stripped) and (len(stripped) > 3 or not stripped.isascii())
    ) or (
        bool(stripped)
        and part == stripped
        and all(char in _LEVEL for char in stripped)
        and _BOX.match(stripped) is not None
    )


def _read_table(lines: Sequence[SourceText]) -> tuple[SourceBlock, ...] | None:
    best: list[_Drawn] = []
    edges: list[int] = []
    least = None
    for width in (2, 1):
        drawn = [_cut(line, place, width) for place, line in enumerate(lines)]
        found = _find_edges(drawn)
        off = sum(min((abs(x - edge) for edge in found), default=9) for line in drawn for x in line.at) + 4 * len(found)
        if least is None or off < least:
            least, best, edges = off, drawn, found
    if len(edges) < 3 or len(edges) > _MOST_COLUMNS or not any(line.has_text for line in best):
        return None
    bands = _make_bands(best, edges)
    if not bands:
        return None
    table = _make_table(bands, edges, lines)
    markup = [
        SourceMarkup(page=line.page, raw_text=marks, line=line.line)
        for line, drawn in zip(lines, best, strict=True)
        if (marks := _marks(drawn))
    ]
    return (*markup, table)


def _marks(drawn: _Drawn) -> str:
    """Return the signs that a line is drawn of: all of it but the texts of its cells."""
    texts = [part.strip() for part, rule in zip(drawn.parts, drawn.is_rule, strict=True) if not rule]
    out, rest = [], drawn.text
    for text in texts:
        if text:
            before, _, rest = rest.partition(text)
            out.append(before)
    return "".join("".join((*out, rest)).split())


def _find_edges(drawn: Sequence[_Drawn]) -> list[int]:
    """Return the column lines: where the crossings stand of the lines that have most of them.

    Where such lines are rare, texts hold bars of their own: then where crossings of several lines stand.
    """
    most = max((len(line.at) for line in drawn), default=0)
    full = [line.at for line in drawn if len(line.at) == most]
    if len(full) * 4 >= len(drawn):
        return sorted({sorted(places)[len(full) // 2] for places in zip(*full, strict=True)})
    counts = Counter(x for line in drawn for x in line.at)
    edges: list[int] = []
    for x in sorted(counts):
        if edges and x - edges[-1] <= 1:
            if counts[x] > counts[edges[-1]]:
                edges[-1] = x
        else:
            edges.append(x)
    often = max(counts.values(), default=0)
    return [x for x in edges if counts[x] * 12 >= often or counts[x] >= _OFTEN]


def _snap(line: _Drawn, edges: Sequence[int]) -> list[int] | None:
    """Return the column line of each crossing of a line, ascending, or None if they are none."""
    if len(line.at) == len(edges):
        return list(range(len(edges)))
    found: list[int] = []
    for x in line.at:
        right = bisect_left(edges, x)
        near = min((i for i in (right - 1, right) if 0 <= i < len(edges)), key=lambda i: abs(edges[i] - x))
        if abs(edges[near] - x) > _NEAR + 2 or (found and near <= found[-1]):
            return None
        found.append(near)
    return found


def _make_bands(drawn: Sequence[_Drawn], edges: Sequence[int]) -> list[_Band]:
    """Group the lines between rules; a rule over some columns only leaves the others open."""
    count = len(edges) - 1
    bands: list[_Band] = []
    for printed in drawn:
        line, snapped = printed, _snap(printed, edges)
        if snapped is None:
            if not line.has_text:
                continue
            snapped = [0, len(edges) - 1]
            line = _whole(printed)
        rules = [False] * count
        texts = False
        for (left, right), part, is_rule in zip(pairwise(snapped), line.parts, line.is_rule, strict=True):
            if is_rule:
                rules[left:right] = [True] * (right - left)
            texts |= bool(part.strip()) and not is_rule
        if any(rules):
            bands.append(_Band(closed=rules if bands else [True] * count))
            if texts:
                bands[-1].lines.append(line)
        elif bands:
            bands[-1].lines.append(line)
        else:
            bands.append(_Band(lines=[line], closed=[True] * count))
    return [band for band in bands if band.lines or any(band.closed)]


def _whole(line: _Drawn) -> _Drawn:
    text = "".join(part for part, rule in zip(line.parts, line.is_rule, strict=True) if not rule)
    return _Drawn(
        at=(line.at[0], line.at[-1]), parts=(text,), is_rule=(False,), text=line.text, line=line.line, place=line.place
    )


def _make_table(bands: list[_Band], edges: Sequence[int], lines: Sequence[SourceText]) -> SourceTable:
    count = len(edges) - 1
    bands = [band for band in bands if band.lines]
    pieces: dict[tuple[int, int], list[tuple[str, int | None]]] = {}
    spans: dict[tuple[int, int], int] = {}
    for row, band in enumerate(bands):
        bars = _bars_of(band, edges)
        for left, right in pairwise(bars):
            spans[row, left] = right - left
        for line in band.lines:
            snapped = _snap(line, edges) or [0, count]
            for left, part, is_rule in zip(snapped, line.parts, line.is_rule, strict=False):
                if is_rule:
                    continue
                home = max(bar for bar in bars if bar <= left)
                pieces.setdefault((row, home), []).append((part.strip(), line.line))
    cells = _merge(bands, spans, pieces, edges)
    return SourceTable(
        page=lines[0].page,
        row_count=len(bands),
        col_count=count,
        cells=tuple(cells),
        has_spans=any(cell.row_span > 1 or cell.col_span > 1 for cell in cells if cell.row > 0),
        line=lines[0].line,
    )


def _bars_of(band: _Band, edges: Sequence[int]) -> list[int]:
    """Return the column lines that part the cells of a band: those most of its lines print."""
    counts: Counter[int] = Counter()
    for line in band.lines:
        counts.update(_snap(line, edges) or [0, len(edges) - 1])
    return sorted({0, len(edges) - 1} | {edge for edge, number in counts.items() if 2 * number > len(band.lines)})


def _merge(
    bands: list[_Band],
    spans: dict[tuple[int, int], int],
    pieces: dict[tuple[int, int], list[tuple[str, int | None]]],
    edges: Sequence[int],
) -> list[SourceCell]:
    """Join what stands in one column and has no rule in between: a cell merged over rows."""
    homes: dict[tuple[int, int], tuple[int, int]] = {}
    rows: dict[tuple[int, int], int] = {}
    for row, band in enumerate(bands):
        for col in sorted(c for r, c in spans if r == row):
            width = spans[row, col]
            above = homes.get((row - 1, col))
            is_open = row > 0 and not any(band.closed[col : col + width]) and spans.get((row - 1, col)) == width
            home = above if is_open and above is not None else (row, col)
            homes[row, col] = home
            rows[home] = row - home[0] + 1
    texts: dict[tuple[int, int], list[tuple[str, int | None]]] = {}
    for place in sorted(homes):
        texts.setdefault(homes[place], []).extend(pieces.get(place, []))
    return [_make_cell(home, rows[home], spans[home], texts[home], edges) for home in sorted(rows)]


def _make_cell(
    home: tuple[int, int], rows: int, cols: int, texts: list[tuple[str, int | None]], edges: Sequence[int]
) -> SourceCell:
    room = edges[home[1] + cols] - edges[home[1]]
    filled = [(text, line) for text, line in texts if text]
    widest = max((display_width(text) for text, _ in filled), default=0)
    paragraphs: list[str] = []
    is_full = False
    for text, _ in filled:
        if is_full and paragraphs:
            paragraphs[-1] += text
        else:
            paragraphs.append(text)
        is_full = display_width(text) >= max(widest - _FULL, room // 2)
    return SourceCell(
        row=home[0],
        col=home[1],
        row_span=rows,
        col_span=cols,
        raw_text="\n".join(text for text, _ in filled),
        paragraphs=tuple(paragraphs),
        line=filled[0][1] if filled else None,
    )
