"""Characters → lines → cells and paragraphs, on arrays; strings are made once a line."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from itertools import pairwise

import numpy as np

from planextract.layout.lattice import Grid, assign_to_cells
from planextract.layout.overflow import take_overflow
from planextract.layout.paragraphs import CellLines, find_edges, find_reach, glue, read_cell
from planextract.layout.thresholds import GEOMETRY
from planextract.model.page import Bools, Floats, Ints, PageArrays, join_boxes, middles, middles_y
from planextract.model.source import BBox, SourceCell, SourceTable, SourceText
from planextract.text.items import counts_on
from planextract.text.line_breaks import count_units, fits_behind
from planextract.text.numerals import CHINESE_NUMBER
from planextract.text.sentences import is_finished

_LINE_GAP = GEOMETRY.lines.line_gap
_WORD_GAP = GEOMETRY.lines.word_gap
_WIDE_GAP = GEOMETRY.lines.wide_gap
_DRAWN = re.compile(r"\s*[\u2500-\u257f]")
_CLOSERS = frozenset(")）]】〕")
_ITEM = re.compile(
    rf"{CHINESE_NUMBER}、|第{CHINESE_NUMBER}[章节篇编部]|[(（]\s*(?:{CHINESE_NUMBER}|\d{{1,3}})\s*[)）]|\d{{1,3}}\s*[.．、](?!\d)|[①-⑳]"
)
_ITEMS_BACK, _TITLE_SIZE = 40, 0.25
_COVERS = GEOMETRY.lines.covers
_SAME_PLACE = GEOMETRY.lines.same_place


@dataclass(frozen=True, slots=True, kw_only=True)
class Lines:
    """Text lines of a page: ``texts[i]`` with its box and the cell it lies in; -1, -2 … outside tables, as it is read.

    Sorted by cell, then from top to bottom. ``em`` is the usual character height of the line, ``crossed`` tells how
    many of its letters stand over another one (two texts were printed in one place); empty where it is not known.
    """

    texts: list[str]
    cell: Ints
    boxes: Floats
    em: Floats
    doubled: str
    crossed: Ints = field(default_factory=lambda: np.empty(0, dtype=np.int32))


def characters_to_lines(page: PageArrays, cell: Ints) -> Lines:
    """Group a page's characters into lines by position, whatever order they were drawn in.

    Args:
        page: N characters.
        cell: N cell numbers.
    """
    if not len(page.codes):
        empty = np.empty(0, dtype=np.float32)
        return Lines(
            texts=[], cell=np.empty(0, dtype=np.int32), boxes=np.empty((0, 4), np.float32), em=empty, doubled=""
        )
    boxes, height = page.boxes, page.boxes[:, 3] - page.boxes[:, 1]
    center = middles_y(boxes)
    order = np.lexsort((center, cell))
    sorted_cell, sorted_center = cell[order], center[order]
    reach = np.maximum(height[order][1:], height[order][:-1]) * _LINE_GAP
    opens = np.ones(len(order), dtype=bool)
    opens[1:] = (sorted_cell[1:] != sorted_cell[:-1]) | (np.diff(sorted_center) > reach)
    _join_small(opens, sorted_cell, sorted_center, height[order])
    line = np.cumsum(opens) - 1
    order = order[np.lexsort((boxes[order, 0], line))]
    codes, boxes, height = page.codes[order], boxes[order], height[order]
    width = boxes[:, 2] - boxes[:, 0]
    same_line = np.append(False, line[1:] == line[:-1])
    shift = np.append(np.inf, np.abs(np.diff(boxes[:, 0])))
    is_double = same_line & (shift < _SAME_PLACE * np.maximum(width, 0.1)) & np.append(False, codes[1:] == codes[:-1])
    doubled = "".join(map(chr, codes[is_double]))
    keep = ~is_double
    codes, boxes, height, line, cells = codes[keep], boxes[keep], height[keep], line[keep], cell[order][keep]
    return _cut_lines(codes, boxes, height, line, cells, doubled)


def _join_small(opens: Bools, cell: Ints, center: Floats, height: Floats) -> None:
    """Put what stands less than half a line below or above a line into it: lowered digits, commas of a tight box.

    Args:
        opens: N marks of the characters that open a line, changed in place.
        cell: N cells, ascending.
        center: N vertical centers, ascending inside a cell.
        height: N heights.
    """
    starts = np.flatnonzero(opens)
    middle = np.add.reduceat(center, starts) / np.diff(np.append(starts, len(center)))
    size = np.maximum.reduceat(height, starts)
    near = np.diff(middle) <= _LINE_GAP * np.maximum(size[1:], size[:-1])
    opens[starts[1:][near & (cell[starts[1:]] == cell[starts[:-1]])]] = False


def _cut_lines(codes: Ints, boxes: Floats, height: Floats, line: Ints, cell: Ints, doubled: str) -> Lines:
    first = np.flatnonzero(np.append(True, line[1:] != line[:-1]))
    last = np.append(first[1:], len(line))
    gap = np.append(0.0, boxes[1:, 0] - boxes[:-1, 2])
    gap[first] = 0.0
    is_word = ((codes < 127) & (codes > 32)).astype(bool)
    between_words = is_word & np.append(False, is_word[:-1])
    spaced = (gap > _WIDE_GAP * height) | (between_words & (gap > _WORD_GAP * height))
    text = codes.astype("<u4").tobytes().decode("utf-32-le", errors="replace")
    spaces = np.flatnonzero(spaced)
    lows, highs = np.searchsorted(spaces, first).tolist(), np.searchsorted(spaces, last).tolist()
    at = spaces.tolist()
    texts = [
        text[start:end] if low == high else _with_spaces(text, start, end, at[low:high])
        for start, end, low, high in zip(first.tolist(), last.tolist(), lows, highs, strict=True)
    ]
    em = np.maximum.reduceat(height, first)
    crossed = np.add.reduceat(_stand_over(codes, boxes, gap).astype(np.int32), first)
    return Lines(
        texts=texts,
        cell=cell[first],
        boxes=join_boxes(boxes, first),
        em=em.astype(np.float32),
        doubled=doubled,
        crossed=crossed,
    )


def _stand_over(codes: Ints, boxes: Floats, gap: Floats) -> Bools:
    """Tell which of N letters and digits, sorted by line and x, cover half of the one before them or more."""
    found: Bools = np.zeros(len(codes), dtype=bool)
    near = np.flatnonzero(gap < -1.0)
    near = near[near > 0]
    if not len(near):
        return found
    is_letter = (codes >= 0x3400) | ((codes >= 48) & (codes <= 57)) | ((codes >= 65) & (codes <= 122))
    width = boxes[:, 2] - boxes[:, 0]
    covers = -gap[near] > _COVERS * np.minimum(width[near], width[near - 1])
    found[near] = covers & is_letter[near] & is_letter[near - 1]
    return found


def _with_spaces(text: str, start: int, end: int, spaces: list[int]) -> str:
    cuts = [start, *spaces, end]
    return " ".join(text[a:b] for a, b in pairwise(cuts) if a < b)


def characters_to_cells(page: PageArrays, grids: tuple[Grid, ...]) -> tuple[Ints, Ints]:
    """Give each character its cell, numbered over all grids of the page; -1 outside.

    Returns:
        N cell numbers, and the first cell number of each grid.
    """
    x, y = middles(page.boxes)
    cell = np.full(len(x), -1, dtype=np.int32)
    starts, start = [], 0
    for grid in grids:
        found = assign_to_cells(grid, x, y)
        cell = np.where((found >= 0) & (cell < 0), found + start, cell).astype(np.int32)
        starts.append(start)
        start += len(grid.spans)
    firsts = np.array(starts, dtype=np.int32)
    take_overflow(page, grids, cell, firsts)
    return cell, firsts


def lines_to_table(page: PageArrays, grid: Grid, first_cell: int, lines: Lines) -> SourceTable:
    """Make a table of a grid and the lines inside it; cells without a line are empty cells."""
    count = len(grid.spans)
    low, high = np.searchsorted(lines.cell, [first_cell, first_cell + count]).tolist()
    own = CellLines(texts=lines.texts[low:high], boxes=lines.boxes[low:high].tolist(), em=lines.em[low:high].tolist())
    by_cell: list[list[int]] = [[] for _ in range(count)]
    for index, number in enumerate((lines.cell[low:high] - first_cell).tolist()):
        by_cell[number].append(index)
    spans, xs, ys = grid.spans.tolist(), grid.xs.tolist(), grid.ys.tolist()
    edges = find_edges(spans, by_cell, own, xs)
    cells = []
    for (row, col, row_span, col_span), indexes in zip(spans, by_cell, strict=True):
        text = read_cell(indexes, own, edges.get((col, col_span)))
        cells.append(
            SourceCell(
                row=row,
                col=col,
                row_span=row_span,
                col_span=col_span,
                raw_text=text.raw_text,
                paragraphs=text.paragraphs,
                room=text.room,
                is_indented=text.is_indented,
                bbox=BBox(x0=xs[col], top=ys[row], x1=xs[col + col_span], bottom=ys[row + row_span]),
            )
        )
    return SourceTable(
        page=page.page_number,
        row_count=len(ys) - 1,
        col_count=len(xs) - 1,
        cells=tuple(cells),
        has_spans=True,
        bbox=BBox(x0=xs[0], top=ys[0], x1=xs[-1], bottom=ys[-1]),
        edges=tuple(round(x, 1) for x in xs),
        is_open=grid.is_open[:2],
        open_columns=grid.open_columns,
    )


def lines_to_texts(page: PageArrays, lines: Lines) -> tuple[tuple[tuple[int, float], SourceText], ...]:
    """Make paragraphs of the lines outside tables; soft line wraps are joined.

    Returns:
        Each with its place on the page: the number of its column in the order of reading, and its top.
    """
    columns: dict[int, list[int]] = {}
    for index in range(len(lines.texts)):
        if lines.cell[index] < 0 and lines.texts[index].strip():
            columns.setdefault(int(lines.cell[index]), []).append(index)
    groups: list[list[int]] = []
    edges = (0.0, 0.0)
    for number in sorted(columns, reverse=True):
        outside = sorted(columns[number], key=lambda i: float(lines.boxes[i, 1]))
        right = find_reach(lines.texts, lines.boxes, _leave_out_titles(lines, outside))
        left = min(float(lines.boxes[i, 0]) for i in outside)
        for position, index in enumerate(outside):
            ends = edges if position == 0 else (left, right)
            is_wrapped = bool(groups) and _is_wrapped(lines, groups[-1][-1], index, ends, left)
            if is_wrapped and not _opens_item(lines, groups, index, outside[position + 1 :]):
                groups[-1].append(index)
            else:
                groups.append([index])
        edges = (left, right)
    texts: list[tuple[tuple[int, float], SourceText]] = []
    for group in groups:
        boxes = lines.boxes[group]
        box = BBox(
            x0=float(boxes[:, 0].min()),
            top=float(boxes[:, 1].min()),
            x1=float(boxes[:, 2].max()),
            bottom=float(boxes[:, 3].max()),
        )
        text = lines.texts[group[0]]
        for index in group[1:]:
            text += glue(text, lines.texts[index])
        place = (-int(lines.cell[group[0]]), float(lines.boxes[group[0], 1]))
        texts.append((place, SourceText(page=page.page_number, raw_text=text, bbox=box)))
    return tuple(texts)


def _leave_out_titles(lines: Lines, indexes: list[int]) -> list[int]:
    """Return the lines of a column without those of other sizes than usual: a title says nothing of its right edge."""
    usual = float(np.median(lines.em[indexes]))
    return [index for index in indexes if abs(float(lines.em[index]) - usual) < _TITLE_SIZE * usual] or indexes


def _is_wrapped(lines: Lines, before: int, after: int, edges: tuple[float, float], margin: float) -> bool:
    """Tell whether a line goes on in the next one: it is full, and the next starts at the left margin.

    A line is full if what the next one begins with (a number, a Latin word) would not have fitted behind it.
    A line that starts far from the margin is set to the right: full, but whole. So is a line of a drawn table.

    Args:
        lines: The page's lines.
        before: A line.
        after: The line that is read next, below it or at the head of the next column.
        edges: Left and right side of the column of ``before``.
        margin: Left side of the column of ``after``.
    """
    if _DRAWN.match(lines.texts[after]) or _DRAWN.match(lines.texts[before]):
        return False
    left, right = edges
    em = float(lines.em[before]) * 0.75
    down = float(lines.boxes[after, 1] - lines.boxes[before, 3])
    is_near = down < 1.6 * em and (lines.cell[before] == lines.cell[after] or down < -em)
    room = (right - float(lines.boxes[before, 2])) / em
    is_full = room < 2.2 or not fits_behind(lines.texts[after], room)
    is_set_right = float(lines.boxes[before, 0]) > left + 0.3 * (right - left)
    at_margin = float(lines.boxes[after, 0]) < margin + 1.2 * em
    # Digits of another font make a line's boxes taller; the width of its characters says that the print is of one size.
    same_height = abs(float(lines.em[before] - lines.em[after])) < 0.25 * em
    same_size = same_height or abs(_unit(lines, before) - _unit(lines, after)) < 0.15 * em
    return is_near and is_full and at_margin and same_size and not is_set_right


def _opens_item(lines: Lines, groups: list[list[int]], after: int, behind: list[int]) -> bool:
    """Tell whether a line is the next item, below a line that is whole and full by chance.

    Where paragraphs are indented, a line at the margin is none, unless its number counts on.
    """
    firsts = [lines.texts[group[0]] for group in groups[-_ITEMS_BACK:]]
    if counts_on(firsts, lines.texts[after], [lines.texts[index] for index in behind]):
        return True
    group = groups[-1]
    before, first = lines.texts[group[-1]], group[0]
    is_indented = lines.boxes[first, 0] > lines.boxes[after, 0] + 0.9 * lines.em[first]
    is_whole = is_finished(before) or before[-1] in _CLOSERS
    return bool(is_whole and not is_indented and _ITEM.match(lines.texts[after]))


def _unit(lines: Lines, index: int) -> float:
    """Return the width of a full-width character of a line, in points."""
    return float(lines.boxes[index, 2] - lines.boxes[index, 0]) / max(count_units(lines.texts[index]), 0.5)
