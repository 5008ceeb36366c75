"""Tables drawn as a dark area with light patches on it: what is left of the dark area are the rules."""

from __future__ import annotations

import numpy as np

from planextract.layout.thresholds import GEOMETRY
from planextract.model.page import Bools, Floats, Ints

_LEAST_PATCHES = GEOMETRY.paper_gaps.least_patches
_COVERED = GEOMETRY.paper_gaps.covered
_GAP_PT = GEOMETRY.paper_gaps.gap_pt
_DARK, _LIGHT = 300, 540  # of 765: the sum of red, green and blue


def patches_to_strokes(fills: Floats, colors: Ints) -> tuple[Floats, Floats]:
    """Return the sides of light patches that nearly cover a dark area, in the middle of the gaps between them.

    Args:
        fills: F areas in the order in which they are drawn.
        colors: Their colors, 0xRRGGBB, -1 for white.

    Returns:
        Horizontal and vertical strokes, K × 4 and L × 4.
    """
    none = np.empty((0, 4), dtype=np.float32)
    shade = np.where(colors < 0, 765, (colors >> 16 & 255) + (colors >> 8 & 255) + (colors & 255))
    size = np.prod(np.maximum(fills[:, 2:] - fills[:, :2], 0), axis=1)
    for place in np.flatnonzero(shade < _DARK).tolist():
        x0, top, x1, bottom = fills[place].tolist()
        inside = (fills[:, 0] >= x0) & (fills[:, 1] >= top) & (fills[:, 2] <= x1) & (fills[:, 3] <= bottom)
        own = inside & (shade > _LIGHT) & (np.arange(len(fills)) > place)
        patches = fills[own]
        if len(patches) >= _LEAST_PATCHES and float(size[own].sum()) >= _COVERED * float(size[place]):
            return _draw_sides(patches)
    return none, none


def _draw_sides(patches: Floats) -> tuple[Floats, Floats]:
    x0, top, x1, bottom = (patches[:, i] for i in range(4))
    across = _half_gap(x1, x0)
    down = _half_gap(bottom, top)
    left, right, high, low = x0 - across, x1 + across, top - down, bottom + down
    levels = [np.stack([left, y, right, y], axis=1) for y in (high, low)]
    uprights = [np.stack([x, high, x, low], axis=1) for x in (left, right)]
    return np.concatenate(levels).astype(np.float32), np.concatenate(uprights).astype(np.float32)


def _half_gap(ends: Floats, starts: Floats) -> float:
    """Return half of the usual gap from the end of a patch to the start of the next one."""
    gaps = starts[None, :] - ends[:, None]
    near: Bools = (gaps > 0) & (gaps < _GAP_PT)
    return float(np.median(gaps[near])) / 2 if near.any() else 0.0
