"""Tables inside a cell of another table, told by their rules alone.

Rules that nearly meet are taken for meeting, and double rules for one, so that sloppy drawings are read. A small table
inside a cell comes as near to the cell's sides: it is told by strokes that meet only each other when asked strictly.
"""

from __future__ import annotations

import numpy as np

from planextract.layout.lattice import Lines, number_groups, strokes_to_rules, take_lines
from planextract.layout.thresholds import GEOMETRY
from planextract.model.page import Bools, Floats, Ints, PageArrays

_STRICT_PT = GEOMETRY.nested.strict_pt
_ONE_LINE_PT = GEOMETRY.nested.one_line_pt
_CORNER_PT = GEOMETRY.nested.corner_pt
_REGULAR_PT = GEOMETRY.nested.regular_pt
_INSIDE_PT = GEOMETRY.nested.inside_pt

Pair = tuple[Lines, Lines]


def rules_to_groups(page: PageArrays, horizontal: Lines, vertical: Lines) -> list[Pair]:
    """Part the rules of a page into those of tables that lie in one cell of others, one pair each, and all the rest.

    Args:
        page: A page with its strokes.
        horizontal: Its row rules, merged.
        vertical: Its column rules, merged.

    Returns:
        Pairs of horizontal and vertical rules, the rest first; one pair where no table is nested.
    """
    whole = [(horizontal, vertical)]
    if len(horizontal.position) < 4 or len(vertical.position) < 3 or _is_regular(horizontal) or _is_regular(vertical):
        return whole
    fine_h = strokes_to_rules(page.horizontals, is_horizontal=True, snap_pt=_ONE_LINE_PT)
    fine_v = strokes_to_rules(page.verticals, is_horizontal=False, snap_pt=_ONE_LINE_PT)
    labels_h, labels_v = number_groups(_find_meetings(fine_h, fine_v))
    inner = _find_inner(fine_h, fine_v, labels_h, labels_v)
    if not inner:
        return whole
    chosen = [(~np.isin(labels_h, inner), ~np.isin(labels_v, inner))]
    chosen.extend((labels_h == n, labels_v == n) for n in inner)
    return [
        (_merge(take_lines(fine_h, h), is_horizontal=True), _merge(take_lines(fine_v, v), is_horizontal=False))
        for h, v in chosen
    ]


def _is_regular(lines: Lines) -> bool:
    """Tell whether all rules of one direction begin and end alike: then no table lies inside another one's cell."""
    return max(float(np.ptp(lines.start)), float(np.ptp(lines.end))) <= _REGULAR_PT


def _merge(lines: Lines, *, is_horizontal: bool) -> Lines:
    order = ("start", "position", "end", "position") if is_horizontal else ("position", "start", "position", "end")
    boxes = np.stack([getattr(lines, name) for name in order], axis=1)
    return strokes_to_rules(boxes, is_horizontal=is_horizontal)


def _find_meetings(horizontal: Lines, vertical: Lines) -> Bools:
    """Tell which rules meet: they cross, or one ends at the other and at no nearer one."""
    along = _reaches(horizontal, vertical)
    return along & _reaches(vertical, horizontal).T


def _reaches(lines: Lines, others: Lines) -> Bools:
    """Tell, for N rules and M of the other direction, which of these the first reach lengthwise."""
    at, across = others.position[None, :], lines.position[:, None]
    beside = (others.start[None, :] - _STRICT_PT <= across) & (across <= others.end[None, :] + _STRICT_PT)
    start, end = lines.start[:, None], lines.end[:, None]
    crosses = (start <= at) & (at <= end)
    has_start: Bools = np.logical_or.reduce(crosses & beside & (at - start <= _CORNER_PT), axis=1, keepdims=True)
    has_end: Bools = np.logical_or.reduce(crosses & beside & (end - at <= _CORNER_PT), axis=1, keepdims=True)
    before = (at < start) & (start - at <= _STRICT_PT) & ~has_start
    behind = (at > end) & (at - end <= _STRICT_PT) & ~has_end
    found: Bools = crosses | before | behind
    return found


def _find_inner(horizontal: Lines, vertical: Lines, labels_h: Ints, labels_v: Ints) -> list[int]:
    """Return the numbers of the groups that are a table inside one cell of another group."""
    labels = sorted(set(labels_h[labels_h >= 0].tolist()) & set(labels_v[labels_v >= 0].tolist()))
    if len(labels) < 2:
        return []
    own = [(labels_h == label, labels_v == label) for label in labels]
    boxes = np.array([_box(horizontal, vertical, h, v) for h, v in own])

    def lies_in(place: int, other: int) -> bool:
        is_within = place != other and _is_within(boxes[place], boxes[other])
        return is_within and not _is_crossed(horizontal, vertical, *own[other], boxes[place])

    return [
        label
        for place, label in enumerate(labels)
        if _is_table(*own[place]) and any(lies_in(place, other) for other in range(len(labels)))
    ]


def _box(horizontal: Lines, vertical: Lines, h: Bools, v: Bools) -> list[float]:
    return [
        min(float(horizontal.start[h].min()), float(vertical.position[v].min())),
        min(float(vertical.start[v].min()), float(horizontal.position[h].min())),
        max(float(horizontal.end[h].max()), float(vertical.position[v].max())),
        max(float(vertical.end[v].max()), float(horizontal.position[h].max())),
    ]


def _is_table(h: Bools, v: Bools) -> bool:
    """Tell whether a group of rules has two cells or more: a single box is a cell of a table drawn box by box."""
    rows, cols = int(h.sum()), int(v.sum())
    return rows >= 2 and cols >= 2 and rows + cols >= 5


def _is_within(inner: Floats, outer: Floats) -> bool:
    return bool((inner[:2] > outer[:2] + _INSIDE_PT).all() and (inner[2:] < outer[2:] - _INSIDE_PT).all())


def _is_crossed(horizontal: Lines, vertical: Lines, h: Bools, v: Bools, box: Floats) -> bool:
    """Tell whether a rule of a group runs through a box: then the box is in no cell of it."""
    x0, top, x1, bottom = box.tolist()

    def runs_through(lines: Lines, own: Bools, across: tuple[float, float], along: tuple[float, float]) -> bool:
        position: Floats = lines.position[own]
        starts, ends = lines.start[own], lines.end[own]
        found: Bools = (position > across[0]) & (position < across[1]) & (starts < along[1]) & (ends > along[0])
        return bool(found.any())

    return runs_through(horizontal, h, (top, bottom), (x0, x1)) or runs_through(vertical, v, (x0, x1), (top, bottom))
