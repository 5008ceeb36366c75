"""Scanned pages in two columns: the space around tables is parted at the gutter before lines are cut.

Lines of both columns seldom stand at one height: cut across the page they would be read as one. A gutter is looked
for in the ink; it counts only where the lines cut on both its sides are running text (``layout/text_columns.py``).
"""

from __future__ import annotations

from itertools import pairwise

import cv2
import numpy as np

from planextract.layout.text_columns import order_columns
from planextract.model.page import Bools, Floats
from planextract.read.scan.image import Pixels
from planextract.read.scan.regions import Regions
from planextract.read.scan.segment import find_lines

_MIDDLE = (0.3, 0.7)  # of the text's width: where a gutter may lie
_LEAST_EM = 0.8  # the gutter's width
_LEAST_LINES = 10  # of height: what is lower is a head or a note
_CROSSED = 0.4  # of the usual number of rows of ink: titles cross the gutter
_SLACK_EM = 0.2  # rows of ink by which a strip may differ inside
_ZONE_EM = 0.35  # around a line that crosses
_USUAL_PT = (5.0, 40.0)


def part_regions(ink: Pixels, regions: Regions, dpi: float) -> Regions:
    """Part the strips around tables that hold two columns of running text.

    Args:
        ink: 1 where text is.
        regions: Cells and strips of the page.
        dpi: Pixels an inch.

    Returns:
        The regions; strips in the order in which they are read and ``is_parted``, or the same if no strip has columns.
    """
    boxes: list[list[float]] = []
    is_parted = False
    for box, is_cell in zip(regions.boxes.tolist(), regions.is_cell.tolist(), strict=True):
        parts = [] if is_cell else _part_strip(ink, [int(v) for v in box], dpi)
        is_parted |= bool(parts)
        boxes.extend(parts or [box])
    if not is_parted:
        return regions
    cells = int(regions.is_cell.sum())
    return Regions(boxes=np.array(boxes, dtype=np.float32), is_cell=np.arange(len(boxes)) < cells, is_parted=True)


def _part_strip(ink: Pixels, box: list[int], dpi: float) -> list[list[float]]:
    """Return the zones of a strip in reading order: across both columns, left, right; none without columns."""
    x0, top, x1, bottom = box
    part = ink[top:bottom, x0:x1]
    em = _usual_size(part, dpi) if part.size else 0.0
    gutter = _find_gutter(part, em) if em and bottom - top > _LEAST_LINES * em else None
    if gutter is None:
        return []
    middle = x0 + sum(gutter) / 2
    zones: list[list[float]] = []
    sides: list[list[float]] = []
    for (low, high), is_crossed in _find_zones(part, gutter, em):
        y0, y1 = float(top + low), float(top + high)
        halves = [[float(x0), y0, middle, y1], [middle, y0, float(x1), y1]]
        zones.extend([[float(x0), y0, float(x1), y1]] if is_crossed else halves)
        sides.extend([] if is_crossed else halves)
    return zones if sides and _are_columns(ink, sides, dpi) else []


def _usual_size(part: Pixels, dpi: float) -> float:
    """Return the size of a character in pixels: most have a part about as high."""
    _, _, stats, _ = cv2.connectedComponentsWithStats(part, connectivity=8)
    heights = stats[1:, cv2.CC_STAT_HEIGHT]
    usual = heights[(heights >= _USUAL_PT[0] * dpi / 72) & (heights <= _USUAL_PT[1] * dpi / 72)]
    return float(np.percentile(usual, 80)) if len(usual) else 0.0


def _find_gutter(part: Pixels, em: float) -> tuple[int, int] | None:
    """Return the left and right side of the strip in the middle that fewest lines cross, or None if many do."""
    used = np.flatnonzero(part.any(axis=0))
    width = round(_LEAST_EM * em)
    if not len(used) or used[-1] - used[0] < 4 * width:
        return None
    crossed = cv2.dilate(part, np.ones((1, width), np.uint8)).sum(axis=0)  # around each x, as wide as a gutter
    left, size = int(used[0]), int(used[-1] - used[0])
    low, high = left + int(_MIDDLE[0] * size), left + int(_MIDDLE[1] * size)
    least = float(crossed[low:high].min())
    if least > _CROSSED * float(np.median(crossed[left : left + size])):
        return None
    free: Bools = crossed <= least + _SLACK_EM * em
    free[:low], free[high:] = False, False
    edges = np.flatnonzero(np.diff(np.concatenate([[False], free, [False]]).astype(np.int8)))
    start, end = max(zip(edges[0::2].tolist(), edges[1::2].tolist(), strict=True), key=lambda run: run[1] - run[0])
    return start - width // 2, end + width // 2


def _find_zones(part: Pixels, gutter: tuple[int, int], em: float) -> list[tuple[tuple[int, int], bool]]:
    """Return stretches of y from top to bottom, and whether lines cross the gutter in each."""
    room = (gutter[1] - gutter[0]) // 4
    rows = part[:, gutter[0] + room : gutter[1] - room].any(axis=1).astype(np.uint8)
    wide = cv2.dilate(rows.reshape(-1, 1), np.ones((2 * round(_ZONE_EM * em) + 1, 1), np.uint8)).ravel()
    edges = [0, *(np.flatnonzero(np.diff(wide.astype(np.int8))) + 1).tolist(), len(wide)]
    return [((a, b), bool(wide[a])) for a, b in pairwise(edges)]


def _are_columns(ink: Pixels, zones: list[list[float]], dpi: float) -> bool:
    """Tell whether the lines of zones left and right of a gutter are running text in columns."""
    boxes = np.array(zones, dtype=np.float32)
    lines = find_lines(ink, boxes, np.zeros(len(zones), dtype=bool), dpi)
    letters: list[Floats] = []
    for x0, top, x1, bottom in lines.boxes.tolist():
        edges = np.linspace(x0, x1, max(1, round((x1 - x0) / max(lines.em, 1.0))) + 1)
        middle = (top + bottom) / 2
        rows = np.full(len(edges) - 1, 1.0)
        own = [edges[:-1], rows * (middle - lines.em / 2), edges[1:], rows * (middle + lines.em / 2)]
        letters.append(np.stack(own, axis=1))
    if not letters:
        return False
    every = np.concatenate(letters).astype(np.float32)
    return bool((order_columns(every, np.full(len(every), -1, dtype=np.int32)).cell < -1).any())
