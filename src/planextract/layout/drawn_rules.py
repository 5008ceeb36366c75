"""Tables drawn with ─│┌┼ on a page: the signs are rules, and stand where rules stand.

Only signs that meet at corners and crossings are rules: ── in a text is a dash. Where the bars of the lines do not
stand below each other, because the letters are not as wide as the author thought, the signs stay text, and the lines
are read by their bars in order (:mod:`planextract.label.text_tables.box_drawing`).
"""

from __future__ import annotations

import unicodedata
from dataclasses import replace
from functools import cache

import numpy as np

from planextract.layout.thresholds import GEOMETRY
from planextract.model.page import Bools, Floats, PageArrays

_FIRST, _LAST = 0x2500, 0x257F
_LEAST_CROSSINGS = GEOMETRY.drawn_rules.least_crossings
_LEAST_BARS = GEOMETRY.drawn_rules.least_bars
_TOUCH_EM = GEOMETRY.drawn_rules.touch_em
_SAME_LINE_EM = GEOMETRY.drawn_rules.same_line_em
_ALIGNED_EM = GEOMETRY.drawn_rules.aligned_em
_ALIGNED_SHARE = GEOMETRY.drawn_rules.aligned_share
_REACH = GEOMETRY.drawn_rules.reach


def signs_to_strokes(page: PageArrays) -> PageArrays:
    """Make rules of the signs that draw a table.

    Args:
        page: N characters.

    Returns:
        The page with more rulings, without the signs (kept as ``drawn``); itself where no table is drawn.
    """
    place = np.flatnonzero((page.codes >= _FIRST) & (page.codes <= _LAST))
    if len(place) < _LEAST_CROSSINGS + _LEAST_BARS:
        return page
    boxes = page.boxes[place]
    arms = _arms()[page.codes[place] - _FIRST]
    up, down, left, right = arms.T
    is_bar: Bools = up & down & ~(left | right)
    is_crossing: Bools = (up | down) & (left | right)
    if is_crossing.sum() < _LEAST_CROSSINGS or is_bar.sum() < _LEAST_BARS:
        return page
    em = float(np.median(boxes[:, 3] - boxes[:, 1]))
    if not _are_aligned(boxes, is_bar, is_crossing, em):
        return page
    chosen = is_bar | _meet_crossings(boxes, is_crossing, em)
    taken = np.zeros(len(page.codes), dtype=bool)
    taken[place[chosen]] = True
    horizontals, verticals = _make_strokes(boxes[chosen], arms[chosen], em)
    return replace(
        page,
        codes=page.codes[~taken],
        boxes=page.boxes[~taken],
        is_colored=page.is_colored[~taken] if len(page.is_colored) else page.is_colored,
        horizontals=np.concatenate([page.horizontals, horizontals]),
        verticals=np.concatenate([page.verticals, verticals]),
        drawn="".join(map(chr, page.codes[taken].tolist())),
    )


@cache
def _arms() -> Bools:
    """Return, for each sign, whether it reaches up, down, left, right: 128 × 4, by the names of Unicode."""
    out = np.zeros((_LAST - _FIRST + 1, 4), dtype=bool)
    for code in range(_FIRST, _LAST + 1):
        words = set(unicodedata.name(chr(code)).replace("-", " ").split())
        out[code - _FIRST] = [
            bool(words & {"UP", "VERTICAL"}),
            bool(words & {"DOWN", "VERTICAL"}),
            bool(words & {"LEFT", "HORIZONTAL"}),
            bool(words & {"RIGHT", "HORIZONTAL"}),
        ]
    return out


def _are_aligned(boxes: Floats, is_bar: Bools, is_crossing: Bools, em: float) -> bool:
    """Tell whether nearly all bars stand at the x of a crossing."""
    x = (boxes[:, 0] + boxes[:, 2]) / 2
    crossings = np.sort(x[is_crossing])
    right = np.clip(np.searchsorted(crossings, x[is_bar]), 1, len(crossings) - 1)
    off = np.minimum(np.abs(crossings[right] - x[is_bar]), np.abs(crossings[right - 1] - x[is_bar]))
    return float((off <= _ALIGNED_EM * em).mean()) >= _ALIGNED_SHARE


def _meet_crossings(boxes: Floats, is_crossing: Bools, em: float) -> Bools:
    """Tell which signs stand in an unbroken run with a crossing."""
    y = (boxes[:, 1] + boxes[:, 3]) / 2
    by_height = np.argsort(y, kind="stable")
    line = np.zeros(len(y), dtype=np.int32)
    line[by_height] = np.cumsum(np.append(0, np.diff(y[by_height]) > _SAME_LINE_EM * em))
    order = np.lexsort((boxes[:, 0], line))
    near = boxes[order[1:], 0] - boxes[order[:-1], 2] <= _TOUCH_EM * em
    same = np.diff(line[order]) == 0
    run = np.concatenate(([0], np.cumsum(~(near & same))))
    has_crossing = np.zeros(int(run[-1]) + 1, dtype=bool)
    has_crossing[run[is_crossing[order]]] = True
    found = np.zeros(len(boxes), dtype=bool)
    found[order] = has_crossing[run]
    return found


def _make_strokes(boxes: Floats, arms: Bools, em: float) -> tuple[Floats, Floats]:
    """Return horizontal and vertical strokes of no thickness, one an arm or two."""
    x, y = (boxes[:, 0] + boxes[:, 2]) / 2, (boxes[:, 1] + boxes[:, 3]) / 2
    up, down, left, right = arms.T
    level, upright = left | right, up | down
    half = _REACH * max(_find_pitch(y, em), em)
    more = _TOUCH_EM / 2 * em
    starts, ends = np.where(left, boxes[:, 0] - more, x), np.where(right, boxes[:, 2] + more, x)
    horizontals = np.stack([starts, y, ends, y], axis=1)[level]
    verticals = np.stack([x, np.where(up, y - half, y), x, np.where(down, y + half, y)], axis=1)[upright]
    return horizontals.astype(np.float32), verticals.astype(np.float32)


def _find_pitch(y: Floats, em: float) -> float:
    """Return the usual distance of lines, in points; 0 where there is one line only."""
    steps = np.diff(np.unique(np.round(y, 1)))
    steps = steps[steps > _SAME_LINE_EM * em]
    return float(np.median(steps)) if len(steps) else 0.0
