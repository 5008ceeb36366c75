"""Aligned text → columns → rows → grid: tables that are not ruled, or only in part.

Works on arrays of a page, like :mod:`planextract.layout.lattice`, and makes the same :class:`Grid`. A *chunk*
is a run of characters of one line without a gap that could part two columns; a *line* is what stands at one
height. Rules that are there are evidence: they bound the table, its header and its rows.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from planextract.layout.chunks import Chunks, find_runs
from planextract.layout.lattice import Grid, Lines, merge_positions
from planextract.layout.thresholds import GEOMETRY
from planextract.model.page import Bools, Floats, Ints, PageArrays, middles, middles_x, middles_y

_STEP_PT = GEOMETRY.stream.step_pt
_CROSSED = GEOMETRY.stream.crossed
_FULL_WIDTH = GEOMETRY.stream.full_width
_MIN_GAP_PT = GEOMETRY.stream.min_gap_pt
_SPACE_EM = GEOMETRY.stream.space_em
_SAME_SPACE_EM = GEOMETRY.stream.same_space_em
_LEAST_SPACES = GEOMETRY.stream.least_spaces


def find_columns(chunks: Chunks, known: Floats) -> Floats:
    """Find the x that part the columns, ascending.

    Args:
        chunks: Chunks of one table.
        known: Ascending x of rules that part columns whatever the text says.
    """
    x0, x1 = float(chunks.boxes[:, 0].min()), float(chunks.boxes[:, 2].max())
    size = int((x1 - x0) / _STEP_PT) + 2
    cover = _cover(chunks, x0, size)
    left = np.logical_or.accumulate(cover, axis=1)
    right = np.logical_or.accumulate(cover[:, ::-1], axis=1)[:, ::-1]
    crossed, parted = cover.sum(axis=0), (left & right & ~cover).sum(axis=0)
    open_x = (parted > 0) & (crossed <= _CROSSED * (crossed + parted))
    found: list[float] = []
    for start, end in find_runs(open_x):
        low, high = x0 + start * _STEP_PT, x0 + end * _STEP_PT
        found.extend(_part_gap(chunks, crossed, (low, high), x0))
    found = [x for x in found if not _is_word_space(chunks, x)]
    for x in known.tolist():
        found = [f for f in found if not _is_same_gap(chunks, f, x)] + [x]
    return np.array(sorted(x for x in found if x0 < x < x1), dtype=np.float32)


def _is_word_space(chunks: Chunks, x: float) -> bool:
    """Tell whether a gap is as wide as one space in every line: words of one column, in a font of one width."""
    starts, ends = chunks.boxes[1:, 0], chunks.boxes[:-1, 2]
    pairs = (chunks.line[1:] == chunks.line[:-1]) & (ends <= x) & (starts >= x)
    gaps = (starts - ends)[pairs] / chunks.em[1:][pairs]
    return len(gaps) >= _LEAST_SPACES and float(gaps.max()) <= _SPACE_EM and float(np.ptp(gaps)) <= _SAME_SPACE_EM


def _cover(chunks: Chunks, x0: float, size: int) -> Bools:
    """Lines × steps: where a line has text."""
    marks = np.zeros((chunks.line_count, size + 1), dtype=np.int32)
    start = np.round((chunks.boxes[:, 0] - x0) / _STEP_PT).astype(np.int32)
    end = np.maximum(np.round((chunks.boxes[:, 2] - x0) / _STEP_PT).astype(np.int32), start + 1)
    np.add.at(marks, (chunks.line, start), 1)
    np.add.at(marks, (chunks.line, np.minimum(end, size)), -1)
    cover: Bools = np.cumsum(marks, axis=1)[:, :size] > 0
    return cover


def _part_gap(chunks: Chunks, crossed: Ints, gap: tuple[float, float], x0: float) -> list[float]:
    """Return the separators of one open range: one, or more if sparse columns stand inside it."""
    low, high = gap
    inside = (chunks.boxes[:, 0] >= low - 1) & (chunks.boxes[:, 2] <= high + 1)
    islands: list[list[float]] = []
    for index in np.flatnonzero(inside)[np.argsort(chunks.boxes[inside, 0])].tolist():
        start, end = float(chunks.boxes[index, 0]), float(chunks.boxes[index, 2])
        if islands and start < islands[-1][1] + _MIN_GAP_PT:
            islands[-1][1] = max(islands[-1][1], end)
            islands[-1][2] += 1
        else:
            islands.append([start, end, 1])
    islands = [island for island in islands if island[2] >= 2]
    edges = [low, *(v for island in islands for v in island[:2]), high]
    return [
        _best_x(crossed, a, b, x0)
        for a, b in zip(edges[::2], edges[1::2], strict=True)
        if b - a >= (_MIN_GAP_PT if islands else 1.0)
    ]


def _best_x(crossed: Ints, low: float, high: float, x0: float) -> float:
    """Return the middle of the longest stretch that the fewest lines cross."""
    first = max(0, int((low - x0) / _STEP_PT))
    part = crossed[first : max(first + 1, int((high - x0) / _STEP_PT))]
    start, end = max(find_runs(part == part.min()), key=lambda run: run[1] - run[0])
    return x0 + (first + (start + end) / 2) * _STEP_PT


def _is_same_gap(chunks: Chunks, first: float, second: float) -> bool:
    """Tell whether no chunk stands between two separators."""
    low, high = min(first, second), max(first, second)
    middle = middles_x(chunks.boxes)
    return not bool(((middle > low) & (middle < high)).any())


@dataclass(frozen=True, slots=True, kw_only=True)
class Rules:
    """Horizontal rules that cross a table: y of those of full width; y, x0, x1 of the shorter ones."""

    full: Floats
    partial: Floats


def find_rules(horizontal: Lines, box: tuple[float, float, float, float]) -> Rules:
    """Find the horizontal rules inside a box (x0, top, x1, bottom)."""
    x0, top, x1, bottom = box
    inside = (horizontal.position > top) & (horizontal.position < bottom)
    start, end = np.maximum(horizontal.start, x0), np.minimum(horizontal.end, x1)
    inside &= end - start > 3.0
    position, start, end = horizontal.position[inside], start[inside], end[inside]
    total: dict[float, float] = {}
    for y, a, b in zip(position.tolist(), start.tolist(), end.tolist(), strict=True):
        total[y] = total.get(y, 0.0) + b - a
    full = sorted(y for y, length in total.items() if length >= _FULL_WIDTH * (x1 - x0))
    partial = [
        (y, a, b) for y, a, b in zip(position.tolist(), start.tolist(), end.tolist(), strict=True) if y not in full
    ]
    return Rules(full=np.array(full), partial=np.array(partial).reshape(-1, 3))


@dataclass(frozen=True, slots=True, kw_only=True)
class _Layout:
    """Chunks placed in columns, with per-line facts."""

    chunks: Chunks
    col_start: Ints
    col_end: Ints  # inclusive
    col_count: int
    top: Floats
    bottom: Floats
    center: Floats
    filled: Bools  # lines × columns


def _place(chunks: Chunks, separators: Floats) -> _Layout:
    middle_start = chunks.boxes[:, 0] + np.minimum(1.0, (chunks.boxes[:, 2] - chunks.boxes[:, 0]) / 4)
    middle_end = chunks.boxes[:, 2] - np.minimum(1.0, (chunks.boxes[:, 2] - chunks.boxes[:, 0]) / 4)
    first = np.searchsorted(separators, middle_start)
    last = np.searchsorted(separators, middle_end)
    count = chunks.line_count
    top, bottom = np.full(count, np.inf), np.full(count, -np.inf)
    np.minimum.at(top, chunks.line, chunks.boxes[:, 1])
    np.maximum.at(bottom, chunks.line, chunks.boxes[:, 3])
    weight = chunks.boxes[:, 2] - chunks.boxes[:, 0] + 0.1
    middle = middles_y(chunks.boxes)
    center = np.bincount(chunks.line, weights=weight * middle) / np.bincount(chunks.line, weights=weight)
    filled = np.zeros((count, len(separators) + 1), dtype=bool)
    for line, a, b in zip(chunks.line.tolist(), first.tolist(), last.tolist(), strict=True):
        filled[line, a : b + 1] = True
    return _Layout(
        chunks=chunks,
        col_start=first.astype(np.int32),
        col_end=last.astype(np.int32),
        col_count=len(separators) + 1,
        top=top,
        bottom=bottom,
        center=center,
        filled=filled,
    )


def _find_header_end(layout: _Layout, rules: Rules) -> int:
    """Return the number of header lines: those above the first inner rule, or above the first numeric line."""
    count = len(layout.center)
    numeric = _numeric_share(layout)
    body = np.flatnonzero(numeric >= 0.5)
    first_body = int(body[0]) if len(body) else min(1, count)
    for y in rules.full.tolist():
        above = int((layout.center < y).sum())
        if 0 < above <= max(1, int(0.5 * count)):
            return above if above >= first_body or above <= 6 else first_body
    return first_body


def _numeric_share(layout: _Layout) -> Floats:
    """Share of numeric chunks of each line, its first column aside; 0 for lines with nothing else."""
    chunks = layout.chunks
    counted = layout.col_start > 0
    count = len(layout.center)
    total = np.bincount(chunks.line[counted], minlength=count)
    numeric = np.bincount(chunks.line[counted & chunks.is_numeric], minlength=count)
    return numeric / np.maximum(total, 1)


def _split_body(layout: _Layout, first: int, rules: Rules) -> list[int]:
    """Give each line from ``first`` on a row number from 0."""
    count = len(layout.center)
    bands = np.searchsorted(rules.full, layout.center)
    fill = layout.filled.sum(axis=1)
    usual = float(np.percentile(fill[first:], 75)) if first < count else 0.0
    is_anchor = fill >= max(2.0, 0.5 * usual)
    rows: list[int] = []
    row = -1
    for line in range(first, count):
        is_new = line == first or bands[line] != bands[line - 1] or not _joins(layout, line, is_anchor)
        row += is_new
        rows.append(row)
    return rows


def _joins(layout: _Layout, line: int, is_anchor: Bools) -> bool:
    """Tell whether a line belongs to the row of the line above it."""
    here, above = layout.filled[line], layout.filled[line - 1]
    overlap = min(layout.bottom[line - 1], layout.bottom[line]) - max(layout.top[line], layout.top[line - 1])
    height = min(layout.bottom[line] - layout.top[line], layout.bottom[line - 1] - layout.top[line - 1])
    if not (here & above).any() and overlap > 0.35 * height:
        return True
    if is_anchor[line]:
        return False
    if not here[0]:
        return bool((here <= above).all()) or layout.top[line] - layout.bottom[line - 1] < 0.4 * height
    if here.sum() == 1:
        return _starts_small(layout, line) or _runs_on(layout, line - 1)
    return False


def _starts_small(layout: _Layout, line: int) -> bool:
    own = np.flatnonzero(layout.chunks.line == line)
    return bool(layout.chunks.is_small[own[0]])


def _runs_on(layout: _Layout, line: int) -> bool:
    """Tell whether the first chunk of the line below would not have fitted behind that of this line."""
    chunks = layout.chunks
    here = np.flatnonzero((chunks.line == line) & (layout.col_start == 0))
    below = np.flatnonzero((chunks.line == line + 1) & (layout.col_start == 0))
    if not len(here) or not len(below):
        return False
    own = layout.col_start == 0
    single = own & (layout.col_end == 0)
    right = float(chunks.boxes[single if single.any() else own, 2].max())
    needed = float(chunks.boxes[here[-1], 2] + chunks.first_width[below[0]] + 0.25 * chunks.em[here[-1]])
    return needed > right + 0.5


def _split_header(layout: _Layout, count: int, rules: Rules) -> list[int]:
    """Give each of the first ``count`` lines a row number: a new row where a spanning label ends."""
    chunks = layout.chunks
    breaks: set[int] = set()
    for index in np.flatnonzero((chunks.line < count) & (layout.col_end > layout.col_start)).tolist():
        line, a, b = int(chunks.line[index]), int(layout.col_start[index]), int(layout.col_end[index])
        below = np.flatnonzero(
            (chunks.line > line) & (chunks.line < count) & (layout.col_start <= b) & (layout.col_end >= a)
        )
        if not len(below):
            continue
        next_line = int(chunks.line[below[0]])
        own = below[chunks.line[below] == next_line]
        if len(own) > 1 or (int(layout.col_end[own[0]] - layout.col_start[own[0]]) < b - a):
            breaks.add(next_line)
    for y, a, b in rules.partial.tolist():
        below_y = np.flatnonzero(layout.center[:count] > y)
        if len(below_y) and below_y[0] > 0 and b - a > 8:
            breaks.add(int(below_y[0]))
    for y in rules.full.tolist():
        below_y = np.flatnonzero(layout.center[:count] > y)
        if len(below_y) and below_y[0] > 0:
            breaks.add(int(below_y[0]))
    rows, row = [], 0
    for line in range(count):
        row += line in breaks
        rows.append(row)
    return rows


def build_grid(chunks: Chunks, horizontal: Lines, known: Floats, box: tuple[float, float, float, float]) -> Grid | None:
    """Build the grid of one table from its text and the rules in it.

    Args:
        chunks: The table's chunks, nothing else.
        horizontal: Rules of the page.
        known: Ascending x of vertical rules inside the table.
        box: The table's x0, top, x1, bottom; text and grid lie inside.

    Returns:
        The grid, or None if the text has one column and one row only.
    """
    if not len(chunks.line):
        return None
    separators = find_columns(chunks, known)
    layout = _place(chunks, separators)
    rules = find_rules(horizontal, box)
    inner = (rules.full > layout.center[0]) & (rules.full < layout.center[-1])
    rules = Rules(full=rules.full[inner], partial=rules.partial)
    header = _find_header_end(layout, rules)
    rows_above = _split_header(layout, header, rules)
    offset = rows_above[-1] + 1 if rows_above else 0
    row_of = np.array(rows_above + [offset + row for row in _split_body(layout, header, rules)], dtype=np.int32)
    columns = _widen_labels(layout, row_of, offset)
    xs = np.concatenate([[box[0]], separators, [box[2]]])
    return _assemble(layout, row_of, columns, offset, xs, (box[1], box[3]))


def _widen_labels(layout: _Layout, row_of: Ints, header_rows: int) -> tuple[Ints, Ints]:
    """Let header labels that stand above several columns reach over those they are centred on."""
    chunks = layout.chunks
    col_start, col_end = layout.col_start.copy(), layout.col_end.copy()
    if header_rows < 2:
        return col_start, col_end
    left, right = _column_extents(layout)
    row = row_of[chunks.line]
    for index in np.flatnonzero((row < header_rows - 1) & (col_end > col_start)).tolist():
        same = (row == row[index]) & (np.arange(len(row)) != index)
        a, b = int(col_start[index]), int(col_end[index])
        low = int(col_end[same & (col_end < a)].max(initial=0)) + 1
        high = int(col_start[same & (col_start > b)].min(initial=layout.col_count)) - 1
        middle = float(chunks.boxes[index, 0] + chunks.boxes[index, 2]) / 2
        options = [
            (abs((left[i] + right[j]) / 2 - middle), j - i, i, j)
            for i in range(min(low, a), a + 1)
            for j in range(b, max(high, b) + 1)
            if np.isfinite(left[i]) and np.isfinite(right[j])  # a column without text has no middle
        ]
        now = next((o for o in options if o[2:] == (a, b)), None)
        best = min(options, default=None)
        if now is not None and best is not None and best[0] < now[0] - 3.0:
            col_start[index], col_end[index] = best[2], best[3]
    return col_start, col_end


def _column_extents(layout: _Layout) -> tuple[Floats, Floats]:
    single = layout.col_start == layout.col_end
    left = np.full(layout.col_count, np.inf)
    right = np.full(layout.col_count, -np.inf)
    np.minimum.at(left, layout.col_start[single], layout.chunks.boxes[single, 0])
    np.maximum.at(right, layout.col_start[single], layout.chunks.boxes[single, 2])
    return left, right


def _assemble(
    layout: _Layout, row_of: Ints, columns: tuple[Ints, Ints], header_rows: int, xs: Floats, ends: tuple[float, float]
) -> Grid | None:
    """Turn rows and columns into a grid; positions under one chunk, and tall header labels, are merged.

    Args:
        layout: The table's chunks in their columns.
        row_of: Row of each line.
        columns: First and last column of each chunk.
        header_rows: Rows of the header.
        xs: x of the column lines.
        ends: Top and bottom of the table.
    """
    row_count = int(row_of.max()) + 1
    if row_count * layout.col_count < 2:
        return None
    middle = layout.center
    inner = [(middle[row_of < row].max() + middle[row_of >= row].min()) / 2 for row in range(1, row_count)]
    cell_at, spans, is_consistent = merge_positions(*_find_sides(layout, row_of, columns, header_rows, row_count))
    return Grid(
        xs=xs.astype(np.float32),
        ys=np.array([ends[0], *inner, ends[1]], dtype=np.float32),
        cell_at=cell_at,
        spans=spans,
        is_open=(False, False, False, False),
        is_consistent=is_consistent,
    )


def _find_sides(
    layout: _Layout, row_of: Ints, columns: tuple[Ints, Ints], header_rows: int, row_count: int
) -> tuple[Bools, Bools]:
    """Return which positions have a side above and left of them: none below one chunk or a tall header label."""
    row_edges = np.ones((row_count + 1, layout.col_count), dtype=bool)
    col_edges = np.ones((row_count, layout.col_count + 1), dtype=bool)
    used = np.zeros((row_count, layout.col_count), dtype=bool)
    places = (row_of[layout.chunks.line], *columns)
    for row, a, b in zip(*(place.tolist() for place in places), strict=True):
        used[row, a : b + 1] = True
        col_edges[row, a + 1 : b + 1] = False
    for row in range(1, header_rows):
        is_single = col_edges[row - 1 : row + 1, 1:].all(axis=0) & col_edges[row - 1 : row + 1, :-1].all(axis=0)
        row_edges[row] &= ~(is_single & (used[row - 1] != used[row]))
    return row_edges, col_edges


def select_characters(page: PageArrays, box: tuple[float, float, float, float]) -> Bools:
    """Tell which characters of a page have their middle inside a box."""
    x, y = middles(page.boxes)
    inside: Bools = (x >= box[0]) & (x <= box[2]) & (y >= box[1]) & (y <= box[3])
    return inside
