"""Where lines of text may be a table that no lattice holds: between rules, or by words that stand aligned."""

from __future__ import annotations

import numpy as np

from planextract.layout.chunks import Chunks
from planextract.layout.lattice import Lines
from planextract.layout.thresholds import GEOMETRY
from planextract.model.page import Bools, Floats, Ints

Box = tuple[float, float, float, float]  # x0, top, x1, bottom in points
WIDE_GAP = GEOMETRY.extents.wide_gap
_BESIDE = GEOMETRY.extents.beside
_SAME_END_PT = GEOMETRY.extents.same_end_pt


def find_wide_pairs(chunks: Chunks) -> Ints:
    """Return the indexes of chunks that have a neighbour on the right, behind a wide gap."""
    gap = chunks.boxes[1:, 0] - chunks.boxes[:-1, 2]
    same = chunks.line[1:] == chunks.line[:-1]
    found: Ints = np.flatnonzero(same & (gap > WIDE_GAP * chunks.em[1:]))
    return found


def find_line_facts(chunks: Chunks) -> tuple[Floats, Floats, Ints, Ints]:
    """Return each line's top, bottom, number of chunks and number of wide gaps."""
    count = chunks.line_count
    top, bottom = np.full(count, np.inf), np.full(count, -np.inf)
    np.minimum.at(top, chunks.line, chunks.boxes[:, 1])
    np.maximum.at(bottom, chunks.line, chunks.boxes[:, 3])
    return (
        top,
        bottom,
        np.bincount(chunks.line, minlength=count),
        np.bincount(chunks.line[find_wide_pairs(chunks)], minlength=count),
    )


def find_ruled_extents(chunks: Chunks, rules: Lines) -> list[tuple[Ints, Box]]:
    """Find stretches between horizontal rules of one width whose text stands side by side."""
    top, bottom, _, wide = find_line_facts(chunks)
    middle, band = (top + bottom) / 2, _number_bands(top, bottom)
    extents: list[tuple[Ints, Box]] = []
    for x0, x1, ys in group_rules(rules):
        start = 0
        while start < len(ys) - 1:
            end = start
            while end < len(ys) - 1 and _is_tabular(wide, middle, band, (ys[end], ys[end + 1])):
                end += 1
            if end > start:
                inside: Ints = np.flatnonzero((middle > ys[start]) & (middle < ys[end]))
                lines, high = _extend_up(inside, top, bottom, wide, ys[start])
                if len(lines):
                    extents.append((lines, (x0, high, x1, ys[end])))
            start = end + 1
    return extents


def group_rules(rules: Lines, least: int = 2) -> list[tuple[float, float, list[float]]]:
    """Group rules that begin and end alike: x0, x1 and ascending y of ``least`` or more."""
    merged: dict[float, tuple[float, float]] = {}
    for y, a, b in zip(rules.position.tolist(), rules.start.tolist(), rules.end.tolist(), strict=True):
        low, high = merged.get(y, (a, b))
        merged[y] = (min(low, a), max(high, b))
    groups: list[tuple[float, float, list[float]]] = []
    for y, (a, b) in sorted(merged.items()):
        for x0, x1, ys in groups:
            if abs(a - x0) < _SAME_END_PT and abs(b - x1) < _SAME_END_PT:
                ys.append(y)
                break
        else:
            if b - a > 60:
                groups.append((a, b, [y]))
    return [group for group in groups if len(group[2]) >= least]


def _number_bands(top: Floats, bottom: Floats) -> Ints:
    """Number lines by band: lines that stand beside each other at half a line's height are one row's."""
    height = bottom - top
    overlap = bottom[:-1] - top[1:]
    opens = overlap < _BESIDE * np.minimum(height[1:], height[:-1])
    numbers: Ints = np.append(0, np.cumsum(opens))
    return numbers


def _is_tabular(wide: Ints, middle: Floats, band: Ints, gap: tuple[float, float]) -> bool:
    """Tell whether the lines between two rules are a table's: most bands of them with wide gaps, or none there.

    Args:
        wide: Wide gaps of N lines.
        middle: Their y.
        band: Their bands.
        gap: y of the two rules.
    """
    inside = (middle > gap[0]) & (middle < gap[1])
    if not inside.any():
        return gap[1] - gap[0] < 15
    bands, tabular = len(np.unique(band[inside])), len(np.unique(band[inside & (wide > 0)]))
    return tabular >= 0.5 * bands or (int(inside.sum()) <= 2 and gap[1] - gap[0] < 40)


def _extend_up(lines: Ints, top: Floats, bottom: Floats, wide: Ints, y: float) -> tuple[Ints, float]:
    """Add lines right above the first rule that have wide gaps too: a shaded header without a rule."""
    if not len(lines):
        return lines, y
    first, high = int(lines[0]), y
    size = float(bottom[first] - top[first])
    while first > 0 and high - bottom[first - 1] < 1.0 * size and wide[first - 1] >= 2:
        first -= 1
        high = float(top[first]) - 1.0
    return np.arange(first, int(lines[-1]) + 1), high


def find_aligned_extents(chunks: Chunks, taken: Bools) -> list[tuple[Ints, Box]]:
    """Find runs of lines with wide gaps, single lines between them allowed."""
    top, bottom, _, wide = find_line_facts(chunks)
    extents: list[tuple[Ints, Box]] = []
    run: list[int] = []
    for line in range(chunks.line_count):
        gap = top[line] - bottom[run[-1]] if run else 0.0
        size = bottom[line] - top[line]
        if run and (taken[line] or gap > 1.6 * size):
            extents.append(_extent(chunks, run))
            run = []
        if wide[line] > 0 and not taken[line]:
            run.extend(range(run[-1] + 1 if run else line, line + 1))
        elif run and line - run[-1] > 1:
            extents.append(_extent(chunks, run))
            run = []
    if run:
        extents.append(_extent(chunks, run))
    return [extent for extent in extents if len(extent[0]) >= 3]


def _extent(chunks: Chunks, run: list[int]) -> tuple[Ints, Box]:
    own = np.isin(chunks.line, run)
    boxes = chunks.boxes[own]
    return np.array(run), (
        float(boxes[:, 0].min()) - 1,
        float(boxes[:, 1].min()) - 1,
        float(boxes[:, 2].max()) + 1,
        float(boxes[:, 3].max()) + 1,
    )
