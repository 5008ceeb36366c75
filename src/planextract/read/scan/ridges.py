"""Where a page image shows thin straight lines: bits of rule, pixel by pixel, and their pieces.

All maps are for horizontal rules; for vertical ones the page is transposed.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

import cv2
import numpy as np

from planextract.model.page import Bools, Floats, Ints
from planextract.read.scan.image import Pixels

_SHORT_PT = 3.0  # along a rule: what grain is averaged over; the dashes of a dashed rule are as long
_CENTER_PT = 1.1  # to either side: both lines of a double rule
_BESIDE_PT = (1.5, 3.0)  # from the middle of a rule: paper, before the text of a cell begins
_BAR_PT = 0.6  # half a bar: dark over its whole thickness
_BESIDE_BAR_PT = (2.7, 3.7)
_LEAST = 14  # gray levels between a rule and the paper beside it
_SIDE_SHARE = 0.3  # of a rule's darkness that its sides may have; among the strokes of text they are darker
_GRAIN = 3.6  # standard deviations of what is left of the grain
_PIECE_PT = 12.0  # half of so long a stretch is rule, or it is none
_LENGTH_PT = 11.0  # longer than the strokes of body text
_THICKNESS_PT = 5.0  # thicker is a bar or a picture
_DENSE = 127
_CHUNK_PT = 40.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Ridges:
    """Horizontal rules of a page as an image shows them.

    Attributes:
        bits: 1 where a pixel lies on a thin line: darker than the paper on both sides.
        paper: 1 where both sides of a pixel's row are paper; text has ink there.
        pieces: N × 4 of x0, top, x1, bottom in pixels: stretches of bits.
        traces: T × 3: number of a piece, a place along it and where it runs there, for a long piece may lean.
    """

    bits: Pixels
    paper: Pixels
    pieces: Floats
    traces: Floats


def find_ridges(dark: Pixels, scale: float, noise: float) -> Ridges:
    """Find the horizontal rules of a page.

    Args:
        dark: Height × width, 0 where the paper is white.
        scale: Pixels a point.
        noise: Standard deviation of the grain, gray levels.
    """
    short = max(3, round(_SHORT_PT * scale))
    along = cv2.blur(dark, (short, 1), borderType=cv2.BORDER_REPLICATE)
    least = max(_LEAST, _GRAIN * noise / np.sqrt(short))
    beside = _measure_sides(along, _BESIDE_PT, scale)
    reach = 2 * round(_CENTER_PT * scale) + 1
    center = cv2.dilate(along, np.ones((reach, 1), np.uint8))
    bar = cv2.erode(along, np.ones((2 * max(1, round(_BAR_PT * scale)) + 1, 1), np.uint8))
    seen = _stand_out(center, beside, least) | _stand_out(bar, _measure_sides(along, _BESIDE_BAR_PT, scale), least)
    # Between the lines of a double rule is rule.
    closed = cv2.morphologyEx(seen, cv2.MORPH_CLOSE, np.ones((max(3, reach // 2 + 1), 1), np.uint8))
    bits = np.asarray(closed, dtype=np.uint8)
    paper = np.asarray(beside <= least, dtype=np.uint8)
    pieces, traces = _find_pieces(bits, scale)
    return Ridges(bits=bits, paper=paper, pieces=pieces, traces=traces)


def _stand_out(center: cv2.typing.MatLike, beside: cv2.typing.MatLike, least: float) -> Pixels:
    """Return 1 where a line is darker than both its sides, and these are next to paper."""
    needed = np.maximum(cv2.convertScaleAbs(center, alpha=1 - _SIDE_SHARE), np.uint8(min(least, 255.0)))
    return np.asarray(cv2.subtract(center, beside) > needed, dtype=np.uint8)


def _measure_sides(along: cv2.typing.MatLike, beside_pt: tuple[float, float], scale: float) -> Pixels:
    """Return how dark the darker one of both sides of each pixel is."""
    low, high = (max(1, round(v * scale)) for v in beside_pt)
    size = max(1, high - low + 1)
    band = cv2.blur(along, (1, size), borderType=cv2.BORDER_REPLICATE)
    shift = low + size // 2
    padded = cv2.copyMakeBorder(band, shift, shift, 0, 0, cv2.BORDER_REPLICATE)
    height = along.shape[0]
    return np.asarray(cv2.max(padded[:height], padded[2 * shift : 2 * shift + height]), dtype=np.uint8)


def _find_pieces(bits: Pixels, scale: float) -> tuple[Floats, Floats]:
    """Find thin stretches that are rule for the greater part, and long enough for one, and how they run."""
    long = max(8, round(_PIECE_PT * scale))
    dense = cv2.blur(bits * np.uint8(255), (long, 1), borderType=cv2.BORDER_CONSTANT) > _DENSE
    _, labels = cv2.connectedComponents(dense.astype(np.uint8), connectivity=8)
    x, y, width, height, area = _measure_parts(np.asarray(labels))
    thin = area / np.maximum(width, 1.0) <= _THICKNESS_PT * scale
    keep: Bools = (width >= _LENGTH_PT * scale) & thin & (height < 0.2 * width + 2 * _CENTER_PT * scale + 3)
    pieces = np.stack([x, y, x + width, y + height], axis=1)[keep].astype(np.float32)
    numbers = np.flatnonzero(keep) + 1
    traces = [
        (index, middle, offset)
        for index, (number, box) in enumerate(zip(numbers.tolist(), pieces.astype(int).tolist(), strict=True))
        for middle, offset in _trace(labels, number, box, round(_CHUNK_PT * scale))
    ]
    return pieces, np.array(traces, dtype=np.float32).reshape(-1, 3)


def _measure_parts(labels: Ints) -> Floats:
    """Return x0, top, width, height and area (5 × N) of the parts 1 to N, which are a small share of a page.

    OpenCV's own statistics look at all of it, which takes six times as long as finding the parts.
    """
    places = np.flatnonzero(labels)
    owners = labels.ravel()[places]
    order = np.argsort(owners, kind="stable")
    if not len(order):
        return np.empty((5, 0), dtype=np.float32)
    starts = np.flatnonzero(np.diff(owners[order], prepend=0))
    y, x = np.divmod(places[order], labels.shape[1])
    low = [np.minimum.reduceat(values, starts) for values in (x, y)]
    high = [np.maximum.reduceat(values, starts) + 1 for values in (x, y)]
    area = np.diff(starts, append=len(order))
    return np.array([*low, high[0] - low[0], high[1] - low[1], area], dtype=np.float32)


def _trace(labels: cv2.typing.MatLike, number: int, box: list[int], chunk: int) -> list[tuple[float, float]]:
    """Return middles and mean rows of a piece, chunk by chunk."""
    x0, top, x1, bottom = box
    count = max(1, (x1 - x0) // chunk)
    edges = [x0 + (x1 - x0) * i // count for i in range(count + 1)]
    found = []
    for a, b in pairwise(edges):
        weights = (labels[top:bottom, a:b] == number).sum(axis=1)
        offset = float(np.average(np.arange(bottom - top), weights=weights)) if weights.any() else (bottom - top) / 2
        found.append(((a + b) / 2, top + offset))
    return found
