"""A sheet of cells → the blocks that every reader gives: which rows are a table, and which are lines of text.

A sheet has no mark for where a table begins. What stands above it (a title, the unit, who fills it in) and below it
(notes) are rows of few texts; a table's header is a row about as full as any. Rows and columns that print nothing are
left out, so that a sheet that declares a million rows is as large as what it says. No wording is looked at but the
colon of a form's line (填报单位：…).
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Container, Iterator, Sequence
from dataclasses import dataclass, field

from planextract.model.source import SourceBlock, SourceMarkup, SourceTable, SourceText
from planextract.read.budget import CellBudget
from planextract.read.sheet_cells import PackedCells, PackedRow
from planextract.text.sentences import is_finished

_FORM_FIELD = re.compile(r"[^：:\d]{1,12}[：:]")
_LONGEST_LABEL = 20
_FIRST_ROWS = 400  # a header stands among them


@dataclass(frozen=True, slots=True)
class Span:
    """A merged range; rows and columns from 0 as the sheet counts them, ``last_…`` included."""

    row: int
    col: int
    last_row: int
    last_col: int


SheetRow = tuple[tuple[int, ...], tuple[str, ...]]
"""The cells of a row that print something: their columns, and their texts; packed, for a sheet may have a million."""


@dataclass(slots=True)
class _Row:
    """A row that prints something: its number in the sheet, its own columns and texts, whether a blank row is above."""

    number: int
    cols: tuple[int, ...]
    texts: tuple[str, ...]
    after_gap: bool = False


@dataclass(slots=True)
class _Grid:
    """What is known of a sheet while it is cut: its rows, spans by origin, the rows that a span goes on into."""

    rows: list[_Row]
    spans: dict[tuple[int, int], Span]
    crossed: set[int] = field(default_factory=set)
    asides: list[tuple[int, str]] = field(default_factory=list)
    kept: dict[tuple[int, int], str] = field(default_factory=dict)


def make_sheet_blocks(
    rows: dict[int, SheetRow],
    spans: Sequence[Span],
    page: int,
    name: str,
    max_cells: int,
    kept: dict[tuple[int, int], str] | None = None,
) -> Iterator[SourceBlock]:
    """Yield the blocks of a sheet from top to bottom; the ``line`` of each is its row in the sheet, from 1.

    Args:
        rows: By row, its cells. Emptied: a sheet may fill the memory once, not twice.
        spans: Merged ranges; those that overlap an earlier one are passed over.
        page: The sheet's number, from 1.
        name: The file's name, for messages.
        max_cells: Grid positions that a sheet may have.
        kept: By row and column, what is left of cells struck through in part. What is in a table is taken out.

    Raises:
        InputError: If the grid has more positions than ``max_cells``.
    """
    grid = _prepare(rows, spans, name, max_cells)
    grid.kept = kept if kept is not None else {}
    budget = CellBudget(max_cells, name)
    for segment in _cut_segments(grid):
        first, last = _find_table(segment, grid)
        for row in segment[:first]:
            yield from _make_lines(row, page)
        if first < last:
            yield _make_table(segment[first:last], grid, page, budget)
        for row in segment[last:]:
            yield from _make_lines(row, page)
    for number, text in grid.asides:
        yield SourceMarkup(page=page, raw_text=text, line=number + 1, reason="hidden")


def _prepare(rows: dict[int, SheetRow], spans: Sequence[Span], name: str, max_cells: int) -> _Grid:
    """Order the rows and settle the merged ranges: what stands under one is covered, and is no cell."""
    numbers = sorted(rows)
    columns = sorted({col for cols in {cols for cols, _ in rows.values()} for col in cols})
    grid = _Grid(rows=[], spans={})
    covered = _cover(numbers, columns, spans, grid, CellBudget(4 * max_cells, name))
    before = -1
    for number in numbers:
        cols, texts = rows.pop(number)
        if covered and any((number, col) in covered for col in cols):
            pairs = list(zip(cols, texts, strict=True))
            grid.asides.extend((number, text) for col, text in pairs if (number, col) in covered)
            pairs = [pair for pair in pairs if (number, pair[0]) not in covered]
            cols, texts = tuple(col for col, _ in pairs), tuple(text for _, text in pairs)
        if cols:
            is_gap = bool(grid.rows) and number > before + 1 and number not in grid.crossed
            grid.rows.append(_Row(number, cols, texts, is_gap))
            before = number
    return grid


def _cover(
    numbers: Sequence[int], columns: Sequence[int], spans: Sequence[Span], grid: _Grid, budget: CellBudget
) -> set[tuple[int, int]]:
    """Return the printed positions that spans cover; one that overlaps an earlier one is left out."""
    covered: set[tuple[int, int]] = set()
    taken: set[tuple[int, int]] = set()
    for span in spans:
        inner_rows = numbers[bisect_left(numbers, span.row) : bisect_right(numbers, span.last_row)]
        inner_columns = columns[bisect_left(columns, span.col) : bisect_right(columns, span.last_col)]
        budget.take(max(1, len(inner_rows) * len(inner_columns)))
        places = [(row, col) for row in inner_rows for col in inner_columns]
        if (span.row, span.col) in grid.spans or any(place in taken for place in places):
            continue
        taken.update(places)
        grid.spans[span.row, span.col] = span
        covered.update(place for place in places if place != (span.row, span.col))
        grid.crossed.update(row for row in inner_rows if row > span.row)
    return covered


def _cut_segments(grid: _Grid) -> Iterator[list[_Row]]:
    """Cut a sheet where another table begins: a header behind a blank row or under lines of text, which go with it.

    A header that comes again under a line without a blank row is a repeated one under a section's heading.
    """
    rows = grid.rows
    start, header = 0, None
    for head, row in enumerate(rows):
        if not _is_like_header(row):
            continue
        first = _find_lines_above(rows, head, start)
        is_new = rows[first].after_gap or (first < head and row.texts != header)
        if header is not None and is_new and not grid.crossed & {r.number for r in rows[first : head + 1]}:
            yield rows[start:first]
            start = first
        header = row.texts if header is None or start == first else header
    if rows[start:]:
        yield rows[start:]


def _find_lines_above(rows: Sequence[_Row], head: int, start: int) -> int:
    """Return the first of the lines of text right above a header, up to a blank row; the header itself without any.

    Where a blank row parts the header from lines that another blank row parts from what is above, they are its title.
    """
    first = head
    while first > start and not rows[first].after_gap and _is_line(rows[first - 1]):
        first -= 1
    if first < head or not rows[head].after_gap:
        return first
    above = head
    while above > start and _is_line(rows[above - 1]) and (above == head or not rows[above].after_gap):
        above -= 1
    return above if rows[above].after_gap else first


def _is_line(row: _Row) -> bool:
    return len(row.cols) == 1 or _is_form_line(row)


def _is_like_header(row: _Row) -> bool:
    """Tell whether a row holds nothing but different short labels without figures."""
    texts = row.texts
    return (
        len(texts) >= 3
        and len(set(texts)) == len(texts)
        and all(len(text) <= _LONGEST_LABEL and not re.search(r"\d", text) and not is_finished(text) for text in texts)
    )


def _find_table(rows: Sequence[_Row], grid: _Grid) -> tuple[int, int]:
    """Return which rows are the table, as a half-open range; an empty one if there is none."""
    width = max((len(row.cols) for row in rows[:_FIRST_ROWS]), default=0)
    first = next((i for i, row in enumerate(rows) if _opens_table(row, width)), len(rows))
    if 0 < first < len(rows) and not rows[first].after_gap and _is_like_header(rows[first - 1]):
        first -= 1  # the upper level of a header, of fewer labels than columns where nothing is merged
    last = len(rows)
    while last > first and _is_below(rows, last - 1, grid):
        last -= 1
    return (first, last) if last - first >= 2 else (0, 0)


def _opens_table(row: _Row, width: int) -> bool:
    return len(row.cols) >= 2 and 2 * len(row.cols) > width and not _is_form_line(row)


def _is_form_line(row: _Row) -> bool:
    return all(_FORM_FIELD.match(text) for text in row.texts)


def _is_below(rows: Sequence[_Row], index: int, grid: _Grid) -> bool:
    """Tell whether the last row of what is left is no row of the table: a lone text in front, or behind a gap."""
    row = rows[index]
    if row.number in grid.crossed:
        return False
    if len(row.cols) > 1:
        return _is_form_line(row)
    if len(row.texts[0]) <= _LONGEST_LABEL and _is_form_line(row):
        return True  # 单位：万元 at the right, above the next table
    col = row.cols[0]
    span = grid.spans.get((row.number, col))
    reaches_down = span is not None and span.last_row > span.row
    is_wide = span is not None and span.last_col > span.col
    first = min(c for other in rows for c in other.cols)
    return not reaches_down and (row.after_gap or is_wide or col == first)


def _make_lines(row: _Row, page: int) -> Iterator[SourceText]:
    for _, text in sorted(zip(row.cols, row.texts, strict=True)):
        ends = True
        for line in text.split("\n"):
            if plain := line.strip():
                yield SourceText(page=page, raw_text=plain, line=row.number + 1, starts_paragraph=ends)
                ends = is_finished(plain) or plain.endswith(("：", ":"))


def _make_table(rows: Sequence[_Row], grid: _Grid, page: int, budget: CellBudget) -> SourceTable:
    columns = sorted({col for cols in {row.cols for row in rows} for col in cols})
    numbers = [row.number for row in rows]
    budget.take(len(rows) * len(columns))
    under = _find_covered(numbers, columns, grid)
    spans = _place_spans(rows, columns, grid)
    kept = _take_kept(rows, columns, grid)
    cells = PackedCells(tuple(_pack_row(row, columns, under.get(i, ())) for i, row in enumerate(rows)), spans, kept)
    return SourceTable(
        page=page,
        row_count=len(rows),
        col_count=len(columns),
        cells=cells,
        has_spans=any(height > 1 for height, _ in spans.values()),
        line=numbers[0] + 1,
        has_own_rows=True,
    )


def _take_kept(rows: Sequence[_Row], columns: Sequence[int], grid: _Grid) -> dict[tuple[int, int], str]:
    """Return, by the table's row and column, what is left of its cells that are struck through in part."""
    if not grid.kept:
        return {}
    places = {col: place for place, col in enumerate(columns)}
    at = [(index, row.number, col) for index, row in enumerate(rows) for col in row.cols]
    return {(i, places[col]): grid.kept.pop((row, col)) for i, row, col in at if (row, col) in grid.kept}


def _pack_row(row: _Row, columns: list[int], hidden: Container[int]) -> PackedRow:
    """Pack a row, and let go of its texts: most rows hold all columns and are what they were."""
    texts: tuple[str | None, ...] = row.texts
    if hidden or len(row.cols) != len(columns) or list(row.cols) != columns:
        own = dict(zip(row.cols, row.texts, strict=True))
        texts = tuple(
            own.get(col, None if place in hidden and col not in own else "") for place, col in enumerate(columns)
        )
    row.texts = ()
    return PackedRow(row.number + 1, texts)


def _place_spans(rows: Sequence[_Row], columns: Sequence[int], grid: _Grid) -> dict[tuple[int, int], tuple[int, int]]:
    """Return, by the table's row and column of its first cell, how many of them each merged range covers."""
    spans: dict[tuple[int, int], tuple[int, int]] = {}
    if not grid.spans:
        return spans
    numbers = [row.number for row in rows]
    at = {number: index for index, number in enumerate(numbers)}
    places = {col: place for place, col in enumerate(columns)}
    for (number, col), span in grid.spans.items():
        if number in at and col in places:
            height = bisect_right(numbers, span.last_row) - at[number]
            width = bisect_right(columns, span.last_col) - places[col]
            if height > 1 or width > 1:
                spans[at[number], places[col]] = height, width
    return spans


def _find_covered(numbers: Sequence[int], columns: Sequence[int], grid: _Grid) -> dict[int, set[int]]:
    """Return, by row of the table, which of its columns a merged range covers."""
    under: dict[int, set[int]] = {}
    for (row, col), span in grid.spans.items():
        if row > numbers[-1] or span.last_row < numbers[0]:
            continue
        first, last = bisect_left(numbers, row), bisect_right(numbers, span.last_row)
        left, right = bisect_left(columns, col), bisect_right(columns, span.last_col)
        has_origin = first < len(numbers) and numbers[first] == row and left < len(columns) and columns[left] == col
        for index in range(first, last):
            skips = 1 if has_origin and index == first else 0
            under.setdefault(index, set()).update(range(left + skips, right))
    return under
