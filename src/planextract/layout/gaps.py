"""Row rules that end a little short of a column rule: dashes end with a gap, and the lattice would fall apart."""

from __future__ import annotations

import numpy as np

from planextract.layout.lattice import Lines
from planextract.layout.thresholds import GEOMETRY
from planextract.model.page import Floats

_TOUCH_PT = GEOMETRY.lattice.touch_pt
_SHORT_PT = GEOMETRY.lattice.short_pt
_LEAST_RULES = GEOMETRY.lattice.least_short


def close_gaps(horizontal: Lines, vertical: Lines) -> Lines:
    """Lengthen row rules to the column rule that they end short of: three or more alike, with none at their own end.

    Args:
        horizontal: Row rules, merged.
        vertical: Column rules, merged.
    """
    if len(horizontal.position) < _LEAST_RULES or not len(vertical.position):
        return horizontal
    start = _reach(horizontal, vertical, horizontal.start, -1.0)
    end = _reach(horizontal, vertical, horizontal.end, 1.0)
    return Lines(position=horizontal.position, start=start, end=end)


def _reach(horizontal: Lines, vertical: Lines, ends: Floats, side: float) -> Floats:
    """Return where row rules end once those that end short of a column rule, left (-1) or right (1), reach it."""
    off = side * (vertical.position[None, :] - ends[:, None])
    beside = (vertical.start[None, :] - _TOUCH_PT <= horizontal.position[:, None]) & (
        horizontal.position[:, None] <= vertical.end[None, :] + _TOUCH_PT
    )
    is_short = beside & (off > _TOUCH_PT) & (off <= _SHORT_PT)
    is_short &= ~(beside & (np.abs(off) <= _TOUCH_PT)).any(axis=1, keepdims=True)
    is_short &= is_short.sum(axis=0, keepdims=True) >= _LEAST_RULES
    if not is_short.any():
        return ends
    nearest = np.where(is_short, off, np.inf).argmin(axis=1)
    found: Floats = np.where(is_short.any(axis=1), vertical.position[nearest], ends).astype(np.float32)
    return found
