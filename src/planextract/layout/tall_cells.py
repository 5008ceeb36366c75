"""Cells over several rows that are none: columns of labels without rules between their rows.

A merged cell holds one text, wherever its rows' lines run. Labels of rows stand between those lines, one each: numbers
that count on say so, the columns beside them follow, and so do single lines none of which is full.
"""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import pairwise

import numpy as np

from planextract.layout.lattice import Grid, rebuild_grid
from planextract.layout.thresholds import GEOMETRY
from planextract.model.page import Bools, Floats, Ints, PageArrays

_CORE = GEOMETRY.tall_cells.core
_LABEL_COLUMNS = GEOMETRY.tall_cells.label_columns
_LEAST_LABELS = GEOMETRY.tall_cells.least_labels
_WORD_GAP = GEOMETRY.tall_cells.word_gap
_NUMBER = re.compile(r"[(（]?(\d{1,4})[)）.、．]?")
_HAN = ord("⺀")

Span = tuple[int, int, int, int]


def part_tall_cells(page: PageArrays, grid: Grid, cell: Ints) -> Grid:
    """Cut the tall cells of the first columns into one cell a row, or a cell a number, where they hold labels.

    Args:
        page: N characters.
        grid: A lattice of the page.
        cell: N cell numbers, -1 outside.

    Returns:
        The grid with more cells; itself where nothing is to be cut. Where numbers say that a column beside them must
        be cut and its text does not say where, the rows are in ``unsure``.
    """
    cuts: dict[int, list[int]] = {}
    unsure: set[int] = set()
    tall = [
        (number, span)
        for number, span in enumerate(map(tuple, grid.spans.tolist()))
        if span[2] > 1 and span[3] == 1 and span[1] < _LABEL_COLUMNS
    ]
    for number, span in tall:
        lines = _Lines.read(page, np.flatnonzero(cell == number))
        if lines is None:
            continue
        found = _cut_by_numbers(grid, span, lines)
        if found is None and len(lines.tops) == span[2] >= _LEAST_LABELS and not lines.are_full(grid, span):
            found = _rows_of(grid, lines, 0)
        if found and len(found) > 1 and found[0] == span[0]:
            cuts[number] = found
    _follow(page, grid, cell, (tall, cuts, unsure))
    if not cuts and not unsure:
        return grid
    out: list[Span] = []
    for number, (row, col, row_span, col_span) in enumerate(grid.spans.tolist()):
        edges = [*cuts.get(number, [row]), row + row_span]
        out.extend((a, col, b - a, col_span) for a, b in pairwise(edges))
    return replace(rebuild_grid(grid, grid.ys, out), unsure=tuple(sorted({*grid.unsure, *unsure})))


class _Lines:
    """The lines of one cell, from top to bottom: boxes of their letters, and codes."""

    def __init__(self, codes: list[Ints], boxes: list[Floats]) -> None:
        self.codes, self.boxes = codes, boxes
        self.tops = [float(box[:, 1].min()) for box in boxes]
        self.bottoms = [float(box[:, 3].max()) for box in boxes]

    @classmethod
    def read(cls, page: PageArrays, own: Ints) -> _Lines | None:
        """Group the letters of a cell into lines, each from left to right; None for an empty cell."""
        if not len(own):
            return None
        boxes = page.boxes[own]
        height = boxes[:, 3] - boxes[:, 1]
        tops, bottoms = boxes[:, 1] + _CORE * height, boxes[:, 3] - _CORE * height
        order = np.argsort(tops, kind="stable")
        reach = np.maximum.accumulate(bottoms[order])
        opens: Bools = np.append(False, tops[order][1:] > reach[:-1])
        groups = np.split(order, np.flatnonzero(opens))
        groups = [group[np.argsort(boxes[group, 0], kind="stable")] for group in groups]
        return cls([page.codes[own[group]] for group in groups], [boxes[group] for group in groups])

    def are_full(self, grid: Grid, span: Span) -> bool:
        """Tell whether some line ends because the first word of the next one would not have fitted behind it."""
        left = min(float(box[:, 0].min()) for box in self.boxes)
        pad = max(left - float(grid.xs[span[1]]), 0.0)
        right = float(grid.xs[span[1] + 1]) - min(pad, 6.0)
        for here, (codes, below) in zip(self.boxes, list(zip(self.codes, self.boxes, strict=True))[1:], strict=False):
            height = float(np.median(below[:, 3] - below[:, 1]))
            gaps = below[1:, 0] - below[:-1, 2]
            ends = np.flatnonzero((gaps > _WORD_GAP * height) | (codes[1:] >= _HAN))
            word = float(below[ends[0] if len(ends) else -1, 2] - below[0, 0])
            width = float(here[:, 2].max()) - float(here[:, 0].min())
            if right - left - width < word + 0.3 * height:
                return True
        return False


def _cut_by_numbers(grid: Grid, span: Span, lines: _Lines) -> list[int] | None:
    """Return the rows at which the numbers of a cell stand, if they count on by one; the first is the cell's own.

    Lines above the numbers are the column's label, which no rule parts from them either.
    """
    found = [_NUMBER.fullmatch("".join(map(chr, codes.tolist()))) for codes in lines.codes]
    first = next((place for place, match in enumerate(found) if match is not None), len(found))
    numbers = [int(match[1]) for match in found[first:] if match is not None]
    if len(numbers) < 2 or len(numbers) < len(found) - first or any(b - a != 1 for a, b in pairwise(numbers)):
        return None
    rows = _rows_of(grid, lines, first)
    if rows is None or first == 0:
        return rows if rows and rows[0] == span[0] else None
    label = _rows_of(grid, lines, 0, first)
    return [span[0], *rows] if label and label[0] == span[0] and label[-1] < rows[0] else None


def _rows_of(grid: Grid, lines: _Lines, first: int, stop: int | None = None) -> list[int] | None:
    """Return the row of each of some lines, if each stands between the lines of a row of its own."""
    places = list(zip(lines.tops[first:stop], lines.bottoms[first:stop], strict=True))
    rows = [int(np.searchsorted(grid.ys, (a + b) / 2) - 1) for a, b in places]
    if stop is None and len(set(rows)) != len(rows):
        return None
    return rows if all(_clears(grid, row, a, b) for row, (a, b) in zip(rows, places, strict=True)) else None


def _clears(grid: Grid, row: int, top: float, bottom: float) -> bool:
    """Tell whether a line stands between the lines of its row."""
    slack = _CORE * (bottom - top)
    return top + slack >= float(grid.ys[row]) and bottom - slack <= float(grid.ys[row + 1])


def _follow(
    page: PageArrays, grid: Grid, cell: Ints, found: tuple[list[tuple[int, Span]], dict[int, list[int]], set[int]]
) -> None:
    """Cut the tall cells beside one that was cut, at the same lines; ``found`` is changed in place."""
    tall, cuts, unsure = found
    spans = dict(tall)
    for number, span in tall:
        rows = next((rows for n in cuts if n != number and (rows := _share(cuts[n], spans[n], span))), None)
        if number in cuts or rows is None:
            continue
        lines = _Lines.read(page, np.flatnonzero(cell == number))
        if lines is None:
            continue
        edges = [float(grid.ys[row]) for row in rows[1:]]
        piece = np.searchsorted(np.array(edges), (np.array(lines.tops) + np.array(lines.bottoms)) / 2)
        crosses = any(
            a + _CORE * (b - a) < edge < b - _CORE * (b - a)
            for a, b in zip(lines.tops, lines.bottoms, strict=True)
            for edge in edges
        )
        if crosses or len(np.unique(piece)) <= len(edges):
            unsure.update(range(span[0], span[0] + span[2]))
        else:
            cuts[number] = rows


def _share(rows: list[int], whole: Span, part: Span) -> list[int] | None:
    """Return those of a cut cell's rows that lie in another cell, if that one begins and ends at such a line."""
    edges = [*rows, whole[0] + whole[2]]
    if part[0] not in edges or part[0] + part[2] not in edges:
        return None
    inside = [row for row in rows if part[0] <= row < part[0] + part[2]]
    return inside if len(inside) > 1 else None
