"""Tables inside a cell of another table, told by their rules alone.

Rules that nearly meet are taken for meeting, so that sloppy drawings are read. A small table inside a cell comes as
near to the cell's sides: it is told by meeting only its own rules when asked strictly.
"""

from __future__ import annotations

import numpy as np

from planextract.layout.lattice import Lines, number_components, take_lines
from planextract.model.page import Bools, Floats

_STRICT_PT = 1.2
_INSIDE_PT = 0.6  # from the sides around


def part_nested(horizontal: Lines, vertical: Lines) -> list[tuple[Lines, Lines]]:
    """Part the rules of a page into those of tables that lie in one cell of others, one pair each, and all the rest.

    Returns:
        Pairs of horizontal and vertical rules, the rest first; one pair where no table is nested.
    """
    whole = [(horizontal, vertical)]
    if len(horizontal.position) < 5 or len(vertical.position) < 5:
        return whole
    labels_h, labels_v = number_components(horizontal, vertical, _STRICT_PT)
    labels = sorted(set(labels_h[labels_h >= 0].tolist()) & set(labels_v[labels_v >= 0].tolist()))
    if len(labels) < 2:
        return whole
    boxes = np.array([_box(horizontal, vertical, labels_h == label, labels_v == label) for label in labels])
    inner = [
        label
        for place, label in enumerate(labels)
        if _is_table(labels_h == label, labels_v == label)
        and any(
            place != other
            and _is_within(boxes[place], boxes[other])
            and not _is_crossed(
                horizontal, vertical, labels_h == labels[other], labels_v == labels[other], boxes[place]
            )
            for other in range(len(labels))
        )
    ]
    if not inner:
        return whole
    rest_h, rest_v = ~np.isin(labels_h, inner), ~np.isin(labels_v, inner)
    pairs = [(take_lines(horizontal, rest_h), take_lines(vertical, rest_v))]
    pairs.extend((take_lines(horizontal, labels_h == n), take_lines(vertical, labels_v == n)) for n in inner)
    return pairs


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
