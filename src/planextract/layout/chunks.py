"""Runs of characters on one line: what aligned columns are told by."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from planextract.layout.thresholds import GEOMETRY
from planextract.model.page import Bools, Floats, Ints, join_boxes, middles_y

_LINE_REACH = GEOMETRY.chunks.line_reach
_CHUNK_GAP = GEOMETRY.chunks.chunk_gap
_LEADERS = np.array([ord(char) for char in ".·…‥．・⋯_"], dtype=np.int32)  # what leads the eye to the next column
_LEADER_EM = GEOMETRY.chunks.leader_em
_LEADER_COUNT = GEOMETRY.chunks.leader_count


@dataclass(frozen=True, slots=True, kw_only=True)
class Chunks:
    """N chunks, sorted by line, then from left to right.

    Attributes:
        boxes: N × 4 of x0, top, x1, bottom.
        line: N line numbers from 0, from top to bottom.
        em: N heights.
        is_numeric: No letters, but digits (or nothing but a dash or a like mark).
        is_small: Begins with a small letter or a bracket: no beginning of a label.
        first_width: N widths of the first word.
    """

    boxes: Floats
    line: Ints
    em: Floats
    is_numeric: Bools
    is_small: Bools
    first_width: Floats

    @property
    def line_count(self) -> int:
        """Number of lines."""
        return int(self.line[-1]) + 1 if len(self.line) else 0

    def take(self, chosen: Bools) -> Chunks:
        """Return the chosen chunks, lines numbered anew."""
        _, line = np.unique(self.line[chosen], return_inverse=True)
        return Chunks(
            boxes=self.boxes[chosen],
            line=line.astype(np.int32),
            em=self.em[chosen],
            is_numeric=self.is_numeric[chosen],
            is_small=self.is_small[chosen],
            first_width=self.first_width[chosen],
        )


def make_chunks(codes: Ints, boxes: Floats, walls: Floats | None = None) -> Chunks:
    """Group characters into lines and chunks.

    Args:
        codes: N code points.
        boxes: N × 4 of x0, top, x1, bottom.
        walls: K × 3 of x, top, bottom of vertical rules; a chunk ends at them.
    """
    if not len(codes):
        return _no_chunks()
    height = np.maximum(boxes[:, 3] - boxes[:, 1], 1.0)
    line = _number_lines(middles_y(boxes), height)
    order = np.lexsort((boxes[:, 0], line))
    codes, boxes, height, line = codes[order], boxes[order], height[order], line[order]
    is_leader = _find_leaders(codes, boxes, line)
    if is_leader.any() and not is_leader.all():
        codes, boxes, height = codes[~is_leader], boxes[~is_leader], height[~is_leader]
        _, line = np.unique(line[~is_leader], return_inverse=True)  # a line of dots alone is none
    reach = _reach(boxes[:, 2], line)
    gap = np.append(np.inf, boxes[1:, 0] - reach[:-1])
    same = np.append(False, line[1:] == line[:-1])
    opens = ~same | (gap > _CHUNK_GAP * np.maximum(height, np.append(height[:1], height[:-1])))
    if walls is not None and len(walls):
        opens |= _is_walled(boxes, reach, walls)
    words = np.flatnonzero(opens | (gap > 0.18 * height) | (codes >= 0x2E80))
    first = np.flatnonzero(opens)
    ends = np.append(words[1:], len(codes))
    own = np.searchsorted(words, first)
    lead = codes[first]
    return Chunks(
        boxes=join_boxes(boxes, first),
        line=line[first],
        em=np.maximum.reduceat(height, first),
        is_numeric=~np.logical_or.reduceat(_are_letters(codes), first),
        is_small=((lead >= 97) & (lead <= 122)) | (lead == 40),
        first_width=(reach[ends[own] - 1] - boxes[first, 0]).astype(np.float32),
    )


def _no_chunks() -> Chunks:
    none, floats, flags = np.empty(0, dtype=np.int32), np.empty(0, dtype=np.float32), np.empty(0, dtype=bool)
    boxes = np.empty((0, 4), dtype=np.float32)
    return Chunks(boxes=boxes, line=none, em=floats, is_numeric=flags, is_small=flags, first_width=floats)


def _are_letters(codes: Ints) -> Bools:
    latin = ((codes >= 65) & (codes <= 90)) | ((codes >= 97) & (codes <= 122)) | (codes >= 0xAA) & (codes < 0x2000)
    found: Bools = latin | (codes >= 0x2E80)
    return found


def _find_leaders(codes: Ints, boxes: Floats, line: Ints) -> Bools:
    """Tell which of N characters, sorted by line and x, are dots that lead from a label to its value: no text."""
    is_dot: Bools = np.isin(codes, _LEADERS)
    found = np.zeros(len(codes), dtype=bool)
    if is_dot.sum() < 2:
        return found
    for start, end in find_runs(is_dot & np.append(True, (line[1:] == line[:-1]) | ~is_dot[:-1])):
        height = float(boxes[start, 3] - boxes[start, 1])
        is_long = float(boxes[end - 1, 2] - boxes[start, 0]) >= _LEADER_EM * height
        found[start:end] = (end - start >= _LEADER_COUNT or (end - start >= 2 and codes[start] != ord("."))) and is_long
    return found


def find_runs(flags: Bools) -> list[tuple[int, int]]:
    """Half-open ranges of consecutive true flags."""
    edges = np.flatnonzero(np.diff(np.concatenate(([False], flags, [False])).astype(np.int8)))
    return list(zip(edges[::2].tolist(), edges[1::2].tolist(), strict=True))


def _number_lines(center: Floats, height: Floats) -> Ints:
    """Number characters by line: the heights with most characters claim their surroundings first."""
    rounded, inverse, counts = np.unique(np.round(center * 2) / 2, return_inverse=True, return_counts=True)
    tall = np.zeros(len(rounded))
    np.maximum.at(tall, inverse, height)
    seed_of = np.full(len(rounded), -1, dtype=np.int32)
    for seed in np.argsort(-counts, kind="stable").tolist():
        if seed_of[seed] < 0:
            near = (np.abs(rounded - rounded[seed]) <= _LINE_REACH * tall[seed]) & (seed_of < 0)
            seed_of[near] = seed
    _, line = np.unique(seed_of[inverse], return_inverse=True)
    return line.astype(np.int32)


def _reach(ends: Floats, line: Ints) -> Floats:
    """Running maximum of the right ends inside each line."""
    span = float(np.ptp(ends)) + 1.0
    lifted = ends.astype(np.float64) + line * span * 2
    return np.maximum.accumulate(lifted) - line * span * 2  # type: ignore[no-any-return]


def _is_walled(boxes: Floats, reach: Floats, walls: Floats) -> Bools:
    """Tell before which characters a vertical rule stands."""
    previous = np.append(np.inf, reach[:-1])
    middle = middles_y(boxes)
    between = (walls[None, :, 0] > previous[:, None] - 1.5) & (walls[None, :, 0] < boxes[:, 0, None] + 1.5)
    beside = (walls[None, :, 1] <= middle[:, None]) & (middle[:, None] <= walls[None, :, 2])
    return np.logical_or.reduce(between & beside, axis=1)  # type: ignore[no-any-return]
