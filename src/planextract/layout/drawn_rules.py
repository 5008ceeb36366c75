"""Tables drawn with ─│┌┼, or with + - |, on a page: the signs are rules, and stand where rules stand.

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
from planextract.model.page import Bools, Floats, Ints, PageArrays, middles, middles_x, middles_y

_FIRST, _LAST = 0x2500, 0x257F
_PLUS, _BAR, _LEVEL = ord("+"), ord("|"), (ord("-"), ord("="))
_LEAST_CROSSINGS = GEOMETRY.drawn_rules.least_crossings
_LEAST_LEVEL = GEOMETRY.drawn_rules.least_level
_LEAST_BARS = GEOMETRY.drawn_rules.least_bars
_TOUCH_EM = GEOMETRY.drawn_rules.touch_em
_SAME_LINE_EM = GEOMETRY.drawn_rules.same_line_em
_ALIGNED_EM = GEOMETRY.drawn_rules.aligned_em
_ALIGNED_SHARE = GEOMETRY.drawn_rules.aligned_share
_BELOW_EM = GEOMETRY.drawn_rules.below_em
_REACH = GEOMETRY.drawn_rules.reach


def signs_to_strokes(page: PageArrays) -> PageArrays:
    """Make rules of the signs that draw a table.

    Args:
        page: N characters.

    Returns:
        The page with more rulings, without the signs (kept as ``drawn``); itself where no table is drawn.
    """
    place = np.flatnonzero((page.codes >= _FIRST) & (page.codes <= _LAST))
    is_plain = len(place) < _LEAST_CROSSINGS + _LEAST_BARS
    if is_plain:
        if (page.codes == _BAR).sum() < _LEAST_BARS or np.isin(page.codes, _LEVEL).sum() < _LEAST_CROSSINGS:
            return page
        place = np.flatnonzero(np.isin(page.codes, (_PLUS, _BAR, *_LEVEL)))
    boxes = page.boxes[place]
    arms = _plain_arms(boxes, page.codes[place]) if is_plain else _arms()[page.codes[place] - _FIRST]
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


def _plain_arms(boxes: Floats, codes: Ints) -> Bools:
    """Return the same for + - = |: a + or | reaches where a sign of its rule stands beside, above or below it.

    A - or = alone, a + that no rule meets, and a | that stands below no crossing are text and reach nowhere.
    """
    em = float(np.median(boxes[:, 3] - boxes[:, 1]))
    y = middles_y(boxes)
    is_level = np.isin(codes, _LEVEL)
    upright, level = ~is_level, _find_long(boxes, is_level, em)
    own = boxes[upright]
    beside = np.abs(y[upright][:, None] - y[level][None, :]) <= _SAME_LINE_EM * em
    gap_left = own[:, 0][:, None] - boxes[level, 2][None, :]
    gap_right = boxes[level, 0][None, :] - own[:, 2][:, None]
    is_near = np.abs((own[:, 0] + own[:, 2])[:, None] - (own[:, 0] + own[:, 2])[None, :]) / 2 <= _ALIGNED_EM * em
    step = y[upright][:, None] - y[upright][None, :]
    is_near &= (np.abs(step) <= _BELOW_EM * em) & (np.abs(step) > _SAME_LINE_EM * em)
    left = (beside & (np.abs(gap_left) <= _TOUCH_EM * em)).any(axis=1)
    right = (beside & (np.abs(gap_right) <= _TOUCH_EM * em)).any(axis=1)
    up, down = (is_near & (step > 0)).any(axis=1), (is_near & (step < 0)).any(axis=1)
    is_crossing: Bools = (left | right) & (up | down)
    x = own[:, 0] + own[:, 2]
    is_bar = codes[upright] == _BAR
    is_below = (np.abs(x[:, None] - x[is_crossing][None, :]) / 2 <= _ALIGNED_EM * em).any(axis=1)
    arms = np.zeros((len(codes), 4), dtype=bool)
    arms[upright] = np.stack([up, down, left, right], axis=1) & is_crossing[:, None]
    arms[np.flatnonzero(upright)[is_bar & is_below & ~is_crossing], :2] = True
    arms[level, 2:] = True
    return arms


def _find_long(boxes: Floats, is_level: Bools, em: float) -> Bools:
    """Tell which level signs stand in a run of three or more."""
    own = np.flatnonzero(is_level)
    y = middles_y(boxes[own])
    line = _number_lines(y, em)
    own = own[np.lexsort((boxes[own, 0], line))]
    near = (boxes[own[1:], 0] - boxes[own[:-1], 2] <= _TOUCH_EM * em) & (np.diff(np.sort(line)) == 0)
    run = np.concatenate(([0], np.cumsum(~near)))
    found = np.zeros(len(boxes), dtype=bool)
    found[own] = np.bincount(run)[run] >= _LEAST_LEVEL
    return found


def _number_lines(y: Floats, em: float) -> Ints:
    """Return the line of each height, from the top."""
    order = np.argsort(y, kind="stable")
    line = np.zeros(len(y), dtype=np.int32)
    line[order] = np.cumsum(np.append(0, np.diff(y[order]) > _SAME_LINE_EM * em))
    return line


def _are_aligned(boxes: Floats, is_bar: Bools, is_crossing: Bools, em: float) -> bool:
    """Tell whether nearly all bars stand at the x of a crossing."""
    x = middles_x(boxes)
    crossings = np.sort(x[is_crossing])
    right = np.clip(np.searchsorted(crossings, x[is_bar]), 1, len(crossings) - 1)
    off = np.minimum(np.abs(crossings[right] - x[is_bar]), np.abs(crossings[right - 1] - x[is_bar]))
    return float((off <= _ALIGNED_EM * em).mean()) >= _ALIGNED_SHARE


def _meet_crossings(boxes: Floats, is_crossing: Bools, em: float) -> Bools:
    """Tell which signs stand in an unbroken run with a crossing."""
    y = middles_y(boxes)
    line = _number_lines(y, em)
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
    x, y = middles(boxes)
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
