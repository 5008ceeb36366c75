"""Which sides of a lattice are ruled: evidence along each stretch between two crossings, gaps or not.

A page's rules stand in line: pieces give the places of its row and column rules; where one of them is to be
looked for between two crossings is then known, and a stretch that is scratched, faded or dashed shows enough.
Everything is for horizontal rules; for vertical ones coordinates are exchanged.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from planextract.model.page import Bools, Floats, Ints
from planextract.read.scan.image import Pixels
from planextract.read.scan.ridges import Ridges

_SAME_PT = 1.8  # pieces of one rule stand in line
_GAP_PT = 28.0  # the longest gap in a broken rule
_MEET_PT = 4.0  # a rule that ends this near to another meets it
_END_PT = 3.0  # a rule begins at its crossing; the dash of a cell keeps away from both sides
_DASH_PT = 30.0  # of rule alone: no dash of a cell is so long
_INSET_PT = 0.8  # the crossing rule itself is no evidence
_SURE = 0.7  # of a stretch
_SHORT_PT, _LONG_PT = 20.0, 40.0
_SHORT_SHARE, _LONG_SHARE = 0.25, 0.5  # that must be seen of a short and of a long stretch
_ALONE_PT = 60.0  # no stroke of a character is so long
_SOLID = 0.85  # of a run
_STUB_PT = 5.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """One straight rule: its place, the pieces seen of it, and where each piece stands.

    Attributes:
        position: Across the rule, pixels.
        runs: R × 2 of starts and ends along it, gaps of up to 28 pt closed.
        solid: R × 1, whether a run is a rule by itself: longer than any stroke, and mostly seen.
        middles: Places along the rule, ascending.
        offsets: Where it runs at each of them, across.
    """

    position: float
    runs: Floats
    solid: Bools
    middles: Floats
    offsets: Floats


def group_pieces(ridges: Ridges, scale: float) -> list[Rule]:
    """Put pieces in line together, from top to bottom."""
    pieces = ridges.pieces
    if not len(pieces):
        return []
    across = (pieces[:, 1] + pieces[:, 3]) / 2
    order = np.argsort(across, kind="stable")
    rules: list[list[int]] = []
    for index in order.tolist():
        if (
            rules
            and across[index] - np.average(across[rules[-1]], weights=_length(pieces[rules[-1]])) <= _SAME_PT * scale
        ):
            rules[-1].append(index)
        else:
            rules.append([index])
    return [_make_rule(ridges, np.array(members, dtype=np.int64), scale) for members in rules]


def _length(pieces: Floats) -> Floats:
    return pieces[:, 2] - pieces[:, 0]


def _make_rule(ridges: Ridges, members: Ints, scale: float) -> Rule:
    pieces = ridges.pieces[members]
    pieces = pieces[np.argsort(pieces[:, 0], kind="stable")]
    offsets = (pieces[:, 1] + pieces[:, 3]) / 2
    runs: list[list[float]] = []
    for x0, x1 in pieces[:, [0, 2]].tolist():
        if runs and x0 - runs[-1][1] <= _GAP_PT * scale:
            runs[-1][1] = max(runs[-1][1], x1)
        else:
            runs.append([x0, x1])
    middles, places = ridges.traces[np.isin(ridges.traces[:, 0], members)][:, 1:].T
    order = np.argsort(middles, kind="stable")
    rule = Rule(
        position=float(np.average(offsets, weights=_length(pieces))),
        runs=np.array(runs, dtype=np.float32),
        solid=np.zeros(len(runs), dtype=bool),
        middles=middles[order],
        offsets=places[order],
    )
    solid = [
        b - a >= _ALONE_PT * scale and float(_read_bits(ridges.bits, rule, a, b).mean()) >= _SOLID for a, b in runs
    ]
    return replace(rule, solid=np.array(solid, dtype=bool))


def _read_bits(bits: Pixels, rule: Rule, start: float, end: float) -> Bools:
    """Return the bits along a stretch of a rule, a pixel to either side allowed."""
    columns = np.arange(max(0, round(start)), min(bits.shape[1], round(end)))
    rows = np.rint(np.interp(columns, rule.middles, rule.offsets)).astype(np.int64)
    last = bits.shape[0] - 1
    seen = bits[np.clip(rows, 0, last), columns]
    for step in (-1, 1):
        seen = seen | bits[np.clip(rows + step, 0, last), columns]
    return np.asarray(seen > 0, dtype=np.bool_)


def settle(
    ridges: Ridges, rules: Sequence[Rule], crossing: Sequence[Rule], scale: float, unbroken_pt: float = np.inf
) -> list[Floats]:
    """Return for each rule its ruled stretches, N × 4 of x0, y, x1, y; none for what is no rule of a table.

    A stretch that runs for ``unbroken_pt`` points on paper is sure: nothing else in a cell is so long.
    """
    return [_settle_rule(ridges, rule, _find_crossings(rule, crossing, scale), scale, unbroken_pt) for rule in rules]


def _find_crossings(rule: Rule, crossing: Sequence[Rule], scale: float) -> Floats:
    """Return where a rule is crossed or touched by others, ascending."""
    reach = _MEET_PT * scale
    places = [
        other.position
        for other in crossing
        if ((other.runs[:, 0] - reach <= rule.position) & (rule.position <= other.runs[:, 1] + reach)).any()
    ]
    return np.array(sorted(places), dtype=np.float32)


def _settle_rule(ridges: Ridges, rule: Rule, places: Floats, scale: float, unbroken_pt: float) -> Floats:
    whole = rule.runs[rule.solid].tolist()
    if len(places) < 2:
        return _as_strokes(whole, rule.position)
    ruled, sure = [], bool(whole)
    for a, b in zip(places[:-1].tolist(), places[1:].tolist(), strict=True):
        seen, is_sure = _look(ridges, rule, (a, b), scale, unbroken_pt)
        sure |= is_sure
        if seen:
            ruled.append([a, b])
    if not sure:
        return _as_strokes([], rule.position)
    first, last = float(places[0]), float(places[-1])
    for start, end in rule.runs.tolist():
        if start < first - _STUB_PT * scale and end >= first - _MEET_PT * scale:
            ruled.extend(_look_outside(ridges, rule, (start, first), scale))
        if end > last + _STUB_PT * scale and start <= last + _MEET_PT * scale:
            ruled.extend(_look_outside(ridges, rule, (last, end), scale))
        if end < first - _MEET_PT * scale or start > last + _MEET_PT * scale:
            ruled.extend([[start, end]] if end - start >= _ALONE_PT * scale else [])
    return _as_strokes(sorted(ruled), rule.position)


def _as_strokes(stretches: Sequence[Sequence[float]], position: float) -> Floats:
    return np.array([(a, position, b, position) for a, b in stretches], dtype=np.float32).reshape(-1, 4)


def _look_outside(ridges: Ridges, rule: Rule, stretch: tuple[float, float], scale: float) -> list[list[float]]:
    """Return a stretch beyond the last crossing if it is ruled: a table may be open at its side."""
    a, b = max(stretch[0], 0.0), min(stretch[1], float(ridges.bits.shape[1]))
    if b - a < _STUB_PT * scale or float(_read_bits(ridges.bits, rule, a, b).mean()) < _SURE:
        return []
    return [[a, b]]


def _look(
    ridges: Ridges, rule: Rule, stretch: tuple[float, float], scale: float, unbroken_pt: float
) -> tuple[bool, bool]:
    """Tell whether a stretch between two crossings is ruled, and whether that is beyond doubt."""
    inset = round(_INSET_PT * scale)
    a, b = round(stretch[0]) + inset, round(stretch[1]) - inset
    if b - a < 2:
        return False, False
    bits = _read_bits(ridges.bits, rule, a, b)
    paper = _read_bits(ridges.paper, rule, a, b)
    share, alone = float(bits.mean()), float((bits & paper).mean())
    end = max(2, round(_END_PT * scale))
    at_start, at_end = float(bits[:end].mean()) >= 0.4, float(bits[-end:].mean()) >= 0.4
    length = (b - a) / scale
    begins = at_start or at_end or alone * length >= _DASH_PT
    is_long = _longest_run(bits & paper) >= unbroken_pt * scale
    if share >= _SURE and begins:
        return True, is_long or (at_start and at_end)
    rate = min(max((length - _SHORT_PT) / (_LONG_PT - _SHORT_PT), 0.0), 1.0)
    needed = _SHORT_SHARE + (_LONG_SHARE - _SHORT_SHARE) * rate
    is_seen = alone >= needed and alone >= float((~paper).mean()) and begins
    return is_seen, is_seen and is_long


def _longest_run(bits: Bools) -> int:
    changes = np.flatnonzero(np.diff(np.concatenate([[False], bits, [False]]).astype(np.int8)))
    return int((changes[1::2] - changes[::2]).max(initial=0))
