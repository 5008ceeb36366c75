"""Find the tables in lines of text, whatever divides their cells, and give them as tables with rows and columns."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np

from planextract.label.text_tables.box_drawing import find_box_tables
from planextract.label.text_tables.commas import comma_markup, join_cells
from planextract.label.text_tables.fits import Clues, fit_token, name_parts
from planextract.label.text_tables.headers import TextHeader, find_headers, kind_of, regroup
from planextract.label.text_tables.headings import is_joined_heading, join_headings
from planextract.label.text_tables.numbers import count_chain, weigh_numbers
from planextract.label.text_tables.rows import Alignment, Placed, align
from planextract.label.text_tables.run_together import find_run_together
from planextract.label.text_tables.tokens import BAR, NEVER, Token, cut_tokens
from planextract.model.roles import AGENCY_ROLES, Role
from planextract.model.source import SourceBlock, SourceCell, SourceMarkup, SourceTable, SourceText
from planextract.model.table import Column
from planextract.model.vocabulary import ColumnVocabulary
from planextract.text.characters import without_spaces
from planextract.text.markers import is_continuation_mark, is_page_number, parse_section

_ATTACHMENT = re.compile(r"附\s*件\s*[0-9０-９一二三四五六七八九十]{0,3}\s*[:：]?")
_LEAST_WEIGHT = 4.0  # a row weighs more than this, on average, in a table that is one
_MOST_LINES = 60_000
_HEADING, _NO_HEADING, _LONGEST_HEADING = 3.0, -6.0, 80
_IN_PLACE, _DIVIDED_BEHIND = 1.5, -3.0
_BY_ROOM = ("blanks", "blank", "line")  # what parts cells is room: on a page that is set, lines of several cells mix
UNSURE = 0.5  # score of rows put together of such lines
_ROW_FORMS = ("tab", "pipe", "blanks", "blank", "comma")


@dataclass(frozen=True, slots=True, kw_only=True)
class Rejected:
    """A header that was found in lines, with nothing below that reads as its rows: for messages.

    ``is_undivided`` if nothing divides its labels and the cells below.
    """

    labels: tuple[str, ...]
    line: int | None
    is_empty: bool
    is_undivided: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """Blocks in reading order, tables found in lines among them; and the headers without rows."""

    blocks: tuple[SourceBlock, ...]
    rejected: tuple[Rejected, ...]


def find_text_tables(
    blocks: Sequence[SourceBlock], vocabulary: ColumnVocabulary, is_deadline: Callable[[str], bool]
) -> Found:
    """Replace the lines that are tables by tables; every other block stays as it is.

    Args:
        blocks: A document as read.
        vocabulary: Known wordings of headers and of bodies' names.
        is_deadline: Tells whether a short text is a deadline.
    """
    out: list[SourceBlock] = []
    rejected: list[Rejected] = []
    run: list[SourceText] = []
    for block in (*blocks, None):
        if isinstance(block, SourceText):
            run.append(block)
            continue
        if isinstance(block, SourceMarkup) and run:
            out.append(block)
            continue
        out.extend(_read_run(run, vocabulary, is_deadline, rejected))
        run = []
        if block is not None:
            out.append(block)
    return Found(blocks=tuple(out), rejected=tuple(rejected))


def _read_run(
    lines: list[SourceText], vocabulary: ColumnVocabulary, is_deadline: Callable[[str], bool], rejected: list[Rejected]
) -> Iterator[SourceBlock]:
    if not lines or len(lines) > _MOST_LINES:
        yield from lines
        return
    rest: list[SourceText] = []
    for part in find_box_tables(lines):
        if isinstance(part, SourceText):
            rest.append(part)
            continue
        yield from _read_plain(rest, vocabulary, is_deadline, rejected)
        rest = []
        yield part
    yield from _read_plain(rest, vocabulary, is_deadline, rejected)


def _read_plain(
    lines: list[SourceText], vocabulary: ColumnVocabulary, is_deadline: Callable[[str], bool], rejected: list[Rejected]
) -> Iterator[SourceBlock]:
    place = 0
    headers = find_headers(lines, vocabulary)
    undivided = find_run_together(lines, vocabulary) if not headers else None
    if undivided is not None and undivided.table is not None:
        yield from lines[: undivided.place]
        yield undivided.table
        yield from lines[undivided.end :]
        return
    if undivided is not None:
        line = lines[undivided.place].line
        rejected.append(Rejected(labels=undivided.labels, line=line, is_empty=False, is_undivided=True))
    for index, header in enumerate(headers):
        stop = headers[index + 1].start if index + 1 < len(headers) else len(lines)
        stop = next((at for at in range(header.end, stop) if _ATTACHMENT.fullmatch(lines[at].raw_text.strip())), stop)
        table = _read_table(lines, header, stop, Clues(vocabulary=vocabulary, is_deadline=is_deadline))
        if table is None:
            below = (without_spaces(BAR.sub("", line.raw_text)) for line in lines[header.end : stop])
            is_empty = all(not text or parse_section(text) is not None for text in below)
            rejected.append(Rejected(labels=header.labels, line=lines[header.start].line, is_empty=is_empty))
            continue
        yield from lines[place : header.start]
        yield from table.blocks
        place = table.end
    yield from lines[place:]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Table:
    blocks: tuple[SourceBlock, ...]
    end: int


@dataclass(frozen=True, slots=True, kw_only=True)
class _Reading:
    """One way to read a region: its columns, the cells and where they came to lie."""

    header: TextHeader
    columns: tuple[Column, ...]
    hidden: int | None
    tokens: tuple[Token, ...]
    alignment: Alignment


def _read_table(lines: list[SourceText], header: TextHeader, stop: int, clues: Clues) -> _Table | None:
    body = lines[header.end : stop]
    noise = {place for place, line in enumerate(body) if _is_noise(line.raw_text)}
    kept = [place for place in range(len(body)) if place not in noise]
    tokens = [
        replace(token, line=kept[token.line], last_line=kept[token.last_line])
        for token in cut_tokens([body[place] for place in kept], header.divider)
    ]
    if not tokens:
        return None
    if header.divider in ("line", "pipe_stream"):
        tokens = join_headings(tokens)
    reading = _best_reading(tokens, header, clues)
    rows = _group_rows(reading)
    if not _is_table(rows, reading):
        return None
    return _build(body, header, reading, rows, noise, lines)


def _is_noise(text: str) -> bool:
    """Tell whether a line between rows is furniture: a page number with marks around it, 续表."""
    return is_continuation_mark(text) or (is_page_number(text) and not without_spaces(text).isdigit())


def _best_reading(tokens: list[Token], header: TextHeader, clues: Clues) -> _Reading:
    """Read a region under the header's columns, in each way they may be meant, and keep the most probable reading.

    A label may stand above others; numbers may be printed though no label announces them, in front or before the text.
    """
    numbers = weigh_numbers([token.text for token in tokens])
    readings: list[_Reading] = []
    for meant in (header, *regroup(header, clues.vocabulary)):
        columns = meant.columns
        options: list[tuple[tuple[Column, ...], int | None]] = [(columns, None)]
        if not any(column.role is Role.TASK_NO for column in columns) and count_chain(numbers) >= 1:
            measure = next((i for i, column in enumerate(columns) if column.role is Role.MEASURE), 0)
            for at in dict.fromkeys((0, measure)):
                label = columns[at].label if at else ""
                options.append(((*columns[:at], Column(role=Role.TASK_NO, label=label), *columns[at:]), at))
        readings += [_read(tokens, numbers, option, hidden, meant, clues) for option, hidden in options]
    return max(readings, key=lambda reading: reading.alignment.weight)


def _read(
    tokens: list[Token],
    numbers: list[float],
    columns: tuple[Column, ...],
    hidden: int | None,
    header: TextHeader,
    clues: Clues,
) -> _Reading:
    kinds = [kind_of(column, clues.vocabulary) for column in columns]
    is_rows = header.divider in _ROW_FORMS
    alone = Counter(token.line for token in tokens if token.text)
    outside = [_weigh_heading(token, is_rows and alone[token.line] > 1) for token in tokens]
    behind = _weigh_ends(tokens, alone, len(header.columns) if is_rows else 0)
    weights = np.array([outside, behind]).T
    alignment: Alignment | None = None
    for _ in range(2):
        lists = frozenset(i for i, column in enumerate(columns) if column.role in AGENCY_ROLES)
        own = clues if alignment is None else clues.with_seen(_count_seen(tokens, alignment, columns), lists)
        fits = np.array(
            [fit_token(token.text, columns, kinds, number, own) for token, number in zip(tokens, numbers, strict=True)]
        )
        if is_rows:
            fits += _weigh_full_rows(tokens, len(columns))
        alignment = align(tokens, columns, fits, weights, 1.3 if is_rows else 1.0)
    assert alignment is not None
    return _Reading(header=header, columns=columns, hidden=hidden, tokens=tuple(tokens), alignment=alignment)


def _weigh_heading(token: Token, has_neighbours: bool) -> float:
    flat = without_spaces(token.text)
    if not has_neighbours and is_joined_heading(token.text):
        return _HEADING
    if has_neighbours or not flat or len(flat) > _LONGEST_HEADING or parse_section(flat) is None:
        return NEVER if has_neighbours else _NO_HEADING
    return _HEADING


def _weigh_ends(tokens: Sequence[Token], alone: Counter[int], width: int) -> list[float]:
    """Weigh that a cell stands behind the table: not on a line that is divided as the header is (``width`` cells)."""
    cells = Counter(token.line for token in tokens)
    return [_DIVIDED_BEHIND if cells[t.line] == width and alone[t.line] > 1 else 0.0 for t in tokens]


def _weigh_full_rows(tokens: list[Token], width: int) -> np.ndarray:
    """Weigh that a row which prints as many cells as there are columns prints each of them in its place."""
    weights = np.zeros((len(tokens), width))
    by_line: dict[int, list[int]] = {}
    for place, token in enumerate(tokens):
        by_line.setdefault(token.line, []).append(place)
    for places in by_line.values():
        if len(places) == width:
            for col, place in enumerate(places):
                weights[place, col] += _IN_PLACE if tokens[place].text else 0.0
    return weights


def _count_seen(tokens: Sequence[Token], alignment: Alignment, columns: Sequence[Column]) -> dict[int, Counter[str]]:
    seen: dict[int, Counter[str]] = {}
    for token, placed in zip(tokens, alignment.places, strict=True):
        if placed.col >= 0 and placed.score > 0.5 and token.text:
            is_list = columns[placed.col].role in AGENCY_ROLES
            parts = name_parts(token.text) if is_list else [without_spaces(token.text)]
            seen.setdefault(placed.col, Counter()).update(parts)
    return seen


@dataclass(slots=True)
class _Row:
    """A row: by column the places of its tokens in the stream; a heading has them under -1."""

    cells: dict[int, list[int]]
    score: float

    @property
    def is_heading(self) -> bool:
        return -1 in self.cells


def _group_rows(reading: _Reading) -> list[_Row]:
    rows: list[_Row] = []
    for place, placed in enumerate(reading.alignment.places):
        if placed.kind == "out":
            break
        if placed.kind in ("start", "section"):
            rows.append(_Row(cells={}, score=1.0))
        rows[-1].cells.setdefault(placed.col, []).append(place)
        rows[-1].score = min(rows[-1].score, placed.score)
    while rows and rows[-1].is_heading:
        rows.pop()
    return [row for row in rows if any(reading.tokens[p].text for places in row.cells.values() for p in places)]


def _is_table(rows: list[_Row], reading: _Reading) -> bool:
    """Tell whether what lies under a header are its rows: one with a text, and enough weight for each."""
    texts = [i for i, column in enumerate(reading.columns) if column.role is Role.MEASURE]
    texts = texts or [i for i, column in enumerate(reading.columns) if column.role is Role.TASK_NAME]
    data = [
        row for row in rows if not row.is_heading and any(reading.tokens[p].text for p in row.cells.get(texts[0], []))
    ]
    return bool(data) and reading.alignment.weight >= _LEAST_WEIGHT * len(data)


def _build(
    body: list[SourceText],
    header: TextHeader,
    reading: _Reading,
    rows: list[_Row],
    noise: set[int],
    lines: list[SourceText],
) -> _Table:
    used = [place for row in rows for places in row.cells.values() for place in places]
    last = max(reading.tokens[place].last_line for place in used)
    width = len(reading.columns)
    cells = list(_header_cells(reading, lines))
    first_row = 2 if reading.header.group else 1
    for index, row in enumerate(rows, start=first_row):
        for col in sorted(row.cells):
            tokens = [reading.tokens[place] for place in row.cells[col]]
            if col < 0 and is_joined_heading(tokens[0].text):
                number, title = tokens[0].text.split("\n", 1)
                cells.append(SourceCell(row=index, col=0, raw_text=number, line=body[tokens[0].line].line))
                cells.append(SourceCell(row=index, col=1, raw_text=title, line=body[tokens[0].last_line].line))
                continue
            text = join_cells(body, reading.tokens, row.cells[col], reading.header.divider)
            span = width if col < 0 else 1
            cells.append(
                SourceCell(row=index, col=max(col, 0), col_span=span, raw_text=text, line=body[tokens[0].line].line)
            )
    first = lines[header.start]
    is_sure = first.bbox is None or header.divider not in _BY_ROOM or all(_fills_one_line(row, reading) for row in rows)
    table = SourceTable(
        page=first.page,
        row_count=len(rows) + first_row,
        col_count=width,
        cells=tuple(cells),
        has_spans=False,
        line=first.line,
        row_scores=(*(1.0,) * first_row, *(min(row.score, 1.0 if is_sure else UNSURE) for row in rows)),
    )
    taken = set(used)
    rest = [token for place, token in enumerate(reading.tokens) if place not in taken and token.text]
    left = [token for token in rest if token.line <= last]
    last = max([last, *(token.last_line for token in left)])  # a text behind the table may begin on its last line
    left = [token for token in rest if token.line <= last]
    blocks: list[SourceBlock] = [*_markup(lines[header.start : header.end], body[: last + 1], noise, header), table]
    if header.divider == "comma":
        runs = [places for row in rows for places in row.cells.values()]
        blocks = [*comma_markup(lines[header.start], body[: last + 1], reading.tokens, runs), table]
    blocks += [replace(body[token.line], raw_text=token.text) for token in left]
    end = header.end + last + 1
    while end < len(lines) and header.divider == "pipe_stream" and not without_spaces(BAR.sub("", lines[end].raw_text)):
        blocks.insert(0, SourceMarkup(page=lines[end].page, raw_text=lines[end].raw_text.strip(), line=lines[end].line))
        end += 1
    return _Table(blocks=tuple(blocks), end=end)


def _fills_one_line(row: _Row, reading: _Reading) -> bool:
    """Tell whether a row prints each of its cells once and on one line: nothing can belong to another row or cell."""
    tokens = [reading.tokens[place] for places in row.cells.values() for place in places]
    is_full = row.is_heading or len(tokens) == len(row.cells) == len(reading.columns)
    return is_full and len({line for token in tokens for line in (token.line, token.last_line)}) == 1


def _header_cells(reading: _Reading, lines: list[SourceText]) -> Iterator[SourceCell]:
    """Yield the labels: one may reach over a number column without a label, one above those of a second row."""
    header = reading.header
    place, count = header.group or (len(header.labels), 0)
    col = above = 0
    for index, (label, at) in enumerate(zip(header.labels, header.lines_of, strict=True)):
        is_below = count > 0 and index >= len(header.labels) - count
        if is_below:
            yield SourceCell(row=1, col=above + index - len(header.labels) + count, raw_text=label, line=lines[at].line)
            continue
        if reading.hidden == col == 0:
            col = 1
        above = col if index == place else above
        span = count if index == place else 2 if reading.hidden == col and reading.hidden else 1
        span += header.wide if index == 0 else 0
        rows = 2 if count and index != place else 1
        yield SourceCell(row=0, col=col, row_span=rows, col_span=span, raw_text=label, line=lines[at].line)
        col += span


def _markup(
    head: Sequence[SourceText], body: Sequence[SourceText], noise: set[int], header: TextHeader
) -> Iterator[SourceMarkup]:
    """Yield what divides the cells, and the furniture between the rows."""
    for place, line in enumerate((*head, *body), start=-len(head)):
        if place in noise:
            yield SourceMarkup(page=line.page, raw_text=line.raw_text.strip(), line=line.line, reason="page_furniture")
        elif header.divider in ("pipe", "pipe_stream"):
            bars = "".join(BAR.findall(line.raw_text))
            if bars:
                yield SourceMarkup(page=line.page, raw_text=bars, line=line.line)


__all__ = ["UNSURE", "Found", "Placed", "Rejected", "find_text_tables"]
