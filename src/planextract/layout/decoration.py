"""Lines that belong to text, not to a table: what underlines it and what strikes it through.

A table's rule ends at another rule. A line that ends inside a cell, at the letters of one line of text, is that
line's own: right below it an underline, through its middle a strike.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from planextract.layout.lattice import Lines
from planextract.layout.thresholds import GEOMETRY
from planextract.model.page import Bools, Floats, PageArrays, middles, middles_x, middles_y

_TOUCH_PT = GEOMETRY.decoration.touch_pt
_SAME_LINE_PT = GEOMETRY.decoration.same_line_pt
_OVERHANG = GEOMETRY.decoration.overhang
_COVERED = GEOMETRY.decoration.covered
_MIDDLE = GEOMETRY.decoration.middle
_BELOW = GEOMETRY.decoration.below
_LOW = GEOMETRY.decoration.low


@dataclass(frozen=True, slots=True, kw_only=True)
class Decoration:
    """What of a page's horizontal strokes belongs to text.

    Attributes:
        is_text_line: M flags, of the page's ``horizontals``: an underline or a strike.
        is_struck: N flags, of its characters; empty where none is.
    """

    is_text_line: Bools
    is_struck: Bools


def has_free_ends(horizontals: Floats, verticals: Floats) -> bool:
    """Tell whether a horizontal stroke ends where no vertical one stands at any height: the quick test of a page."""
    if not len(horizontals) or not len(verticals):
        return False
    places = np.unique(np.round(middles_x(verticals)).astype(np.int32))
    ends = np.unique(np.round(horizontals[:, [0, 2]]).astype(np.int32))
    near = np.searchsorted(places, ends - 1)
    return bool((places[np.minimum(near, len(places) - 1)] - ends > 1).any() or (near == len(places)).any())


def find_decoration(page: PageArrays, vertical: Lines) -> Decoration:
    """Find underlines and strikes inside the cells of a page.

    Args:
        page: N characters and M horizontal strokes.
        vertical: Its column rules, merged.
    """
    count = len(page.horizontals)
    is_text_line, is_struck = np.zeros(count, dtype=bool), np.zeros(0, dtype=bool)
    if not count or len(vertical.position) < 2 or not len(page.codes):
        return Decoration(is_text_line=is_text_line, is_struck=is_struck)
    left, right, is_free = _find_walls(page.horizontals, vertical)
    if not is_free.any():
        return Decoration(is_text_line=is_text_line, is_struck=is_struck)
    y = middles_y(page.horizontals)
    failed: list[float] = []
    passed: list[tuple[float, list[int], Bools]] = []
    for group in _group(y, left, right, is_free):
        start, end = float(page.horizontals[group, 0].min()), float(page.horizontals[group, 2].max())
        walls = float(left[group[0]]), float(right[group[0]])
        at = float(y[group].mean())
        is_inside = start > walls[0] + _TOUCH_PT and end < walls[1] - _TOUCH_PT
        found = _find_letters(page, (start, end, at), walls) if is_inside else None
        if found is None:
            failed.append(at)
        else:
            passed.append((at, group, found))
    for at, group, struck in passed:
        if any(abs(at - other) < _SAME_LINE_PT for other in failed):
            continue  # what goes on as a rule beside it is a rule here too
        is_text_line[group] = True
        if struck.any():
            is_struck = struck if not len(is_struck) else is_struck | struck
    return Decoration(is_text_line=is_text_line, is_struck=is_struck)


def _find_walls(strokes: Floats, vertical: Lines) -> tuple[Floats, Floats, Bools]:
    """Return, for each of M strokes, the column rules left and right of it, and whether it ends before one of them."""
    y = (strokes[:, 1] + strokes[:, 3])[:, None] / 2
    beside = (vertical.start[None, :] <= y + _TOUCH_PT) & (vertical.end[None, :] >= y - _TOUCH_PT)
    x = vertical.position[None, :]
    left = np.where(beside & (x <= strokes[:, [0]] + _TOUCH_PT), x, -np.inf).max(axis=1)
    right = np.where(beside & (x >= strokes[:, [2]] - _TOUCH_PT), x, np.inf).min(axis=1)
    crosses = (beside & (x > strokes[:, [0]] + _TOUCH_PT) & (x < strokes[:, [2]] - _TOUCH_PT)).any(axis=1)
    ends_free = (left < strokes[:, 0] - _TOUCH_PT) | (right > strokes[:, 2] + _TOUCH_PT)
    return left, right, np.isfinite(left) & np.isfinite(right) & ends_free & ~crosses


def _group(y: Floats, left: Floats, right: Floats, is_free: Bools) -> list[list[int]]:
    """Group strokes of one height between the same two column rules: an underline is drawn run by run."""
    groups: list[list[int]] = []
    for index in sorted(np.flatnonzero(is_free).tolist(), key=lambda i: (left[i], right[i], y[i])):
        before = groups[-1][-1] if groups else None
        if (
            before is not None
            and left[before] == left[index]
            and right[before] == right[index]
            and y[index] - y[before] < _SAME_LINE_PT
        ):
            groups[-1].append(index)
        else:
            groups.append([index])
    return groups


def _find_letters(page: PageArrays, line: tuple[float, float, float], walls: tuple[float, float]) -> Bools | None:
    """Return which characters a line strikes (none of them for an underline), or None if it is no text's line.

    Args:
        page: N characters.
        line: Start, end and y of the line.
        walls: x of the column rules on both sides.
    """
    start, end, y = line
    boxes = page.boxes
    height = np.maximum(boxes[:, 3] - boxes[:, 1], 1.0)
    x, middle = middles(boxes)
    in_cell = (x > walls[0]) & (x < walls[1])
    strikes = in_cell & (np.abs(y - middle) <= _MIDDLE * height)
    underlines = in_cell & (y > middle + _MIDDLE * height) & (y <= boxes[:, 3] + _BELOW * height)
    for own in (strikes, underlines):
        if not own.any():
            continue
        em = float(np.median(height[own]))
        row = own & (boxes[:, 2] > start - _OVERHANG * em) & (boxes[:, 0] < end + _OVERHANG * em)
        if not row.any():
            continue
        row |= _find_low(boxes, row, in_cell & (x > start) & (x < end))
        reach = float(boxes[row, 0].min()), float(boxes[row, 2].max())
        covered = np.minimum(boxes[row, 2], end) - np.maximum(boxes[row, 0], start)
        is_long = float(np.maximum(covered, 0).sum()) >= _COVERED * (end - start)
        if is_long and start >= reach[0] - _OVERHANG * em and end <= reach[1] + _OVERHANG * em:
            inside: Bools = row & (x > start) & (x < end) if own is strikes else np.zeros(len(x), dtype=bool)
            return inside
    return None


def _find_low(boxes: Floats, row: Bools, chosen: Bools) -> Bools:
    """Tell which of the chosen characters stand in the line of others and are lower: a full stop is its dot alone."""
    height = boxes[:, 3] - boxes[:, 1]
    top, bottom, em = float(boxes[row, 1].min()), float(boxes[row, 3].max()), float(np.median(height[row]))
    middle = middles_y(boxes)
    return chosen & (middle > top) & (middle < bottom + _BELOW * em) & (height < _LOW * em)
