"""Cut lines of text from known cells and from the space around tables: no text detector is asked."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

import cv2
import numpy as np

from planextract.model.page import Bools, Floats, Ints
from planextract.read.scan.image import Pixels

_SPECK_PT2 = 0.22  # area of a speck; a full stop of 8 pt has 1.5 pt²
_LINE_LIMIT = 1.3  # of the usual line height: bands that together are lower are one line
_TALL = 1.75  # of the usual line height: two lines that touch
_USUAL_PT = (5.0, 40.0)
_DEFAULT_PT = 10.5
_SPLIT_EM = 4.0  # a gap so wide ends a line of text outside tables
_PAD_X, _PAD_Y = 0.25, 0.12
_LEAST_HEIGHT = 0.95  # of the usual: dashes are cut with the space that a character has


@dataclass(frozen=True, slots=True, kw_only=True)
class TextLines:
    """Lines of a page: boxes in pixels, N × 4 of x0, top, x1, bottom of their ink, and the region of each."""

    boxes: Floats
    region: Ints
    em: float


def make_ink(gray: Pixels, rules_mask: Pixels, dpi: float) -> Pixels:
    """Return where text is (1) on a page: dark, no rule, no speck."""
    level = _ink_level(gray)
    ink = (gray < level).astype(np.uint8)
    wide = cv2.dilate(rules_mask, np.ones((3, 3), np.uint8))
    ink[wide > 0] = 0
    _, labels = cv2.connectedComponents(ink, connectivity=8)
    places = np.flatnonzero(ink)
    owners = np.asarray(labels).ravel()[places]
    is_speck = np.bincount(owners) < max(3.0, _SPECK_PT2 * (dpi / 72) ** 2)
    ink.ravel()[places[is_speck[owners]]] = 0
    return ink


def _ink_level(gray: Pixels) -> float:
    """Return the gray level that parts ink from paper (Otsu), kept within believable limits."""
    level, _ = cv2.threshold(gray, 0, 255, cv2.THRESH_BINARY + cv2.THRESH_OTSU)
    return float(min(max(level, 110.0), 200.0))


def find_lines(ink: Pixels, regions: Floats, is_cell: Bools, dpi: float) -> TextLines:
    """Find the lines of text in each region.

    Args:
        ink: 1 where text is.
        regions: R × 4 of x0, top, x1, bottom in pixels; they do not overlap.
        is_cell: R; the lines of a cell run over its whole width, others are cut at wide gaps.
        dpi: Pixels an inch.
    """
    bands = [_find_bands(ink, box) for box in regions.astype(int).tolist()]
    em = _usual_height(bands, dpi)
    boxes: list[tuple[float, float, float, float]] = []
    owners: list[int] = []
    for index, (box, found) in enumerate(zip(regions.astype(int).tolist(), bands, strict=True)):
        own_em = _own_height(found, em)
        for top, bottom in _shape_bands(ink, box, found, own_em):
            for x0, x1 in _find_stretches(ink, box, top, bottom, own_em, whole=bool(is_cell[index])):
                high, low = _trim(ink, x0, x1, top, bottom)
                boxes.append((x0, high, x1, low))
                owners.append(index)
    return TextLines(
        boxes=np.array(boxes, dtype=np.float32).reshape(-1, 4), region=np.array(owners, dtype=np.int32), em=em
    )


def _find_bands(ink: Pixels, box: list[int]) -> list[tuple[int, int]]:
    x0, top, x1, bottom = box
    part = ink[top:bottom, x0:x1]
    if not part.size:
        return []
    rows = part.any(axis=1)
    edges = np.flatnonzero(np.diff(np.concatenate([[False], rows, [False]]).astype(np.int8)))
    return [(top + int(a), top + int(b)) for a, b in zip(edges[0::2], edges[1::2], strict=True)]


def _usual_height(bands: list[list[tuple[int, int]]], dpi: float) -> float:
    scale = dpi / 72
    heights = [b - a for found in bands for a, b in found if _USUAL_PT[0] <= (b - a) / scale <= _USUAL_PT[1]]
    return float(np.median(heights)) if heights else _DEFAULT_PT * scale


def _own_height(bands: list[tuple[int, int]], em: float) -> float:
    """Return a region's own usual line height where it clearly differs from the page's: a title, a note."""
    heights = [b - a for a, b in bands if b - a > 0.6 * em]
    own = float(np.median(heights)) if heights else em
    return own if len(heights) >= 3 and 0.6 * em < own < 1.5 * em else em


def _shape_bands(ink: Pixels, box: list[int], bands: list[tuple[int, int]], em: float) -> list[tuple[int, int]]:
    """Join bands that are parts of one line (二, ：) and cut those that hold several lines."""
    joined: list[list[int]] = []
    for top, bottom in bands:
        is_part = bottom - top < 0.55 * em or (joined and joined[-1][1] - joined[-1][0] < 0.55 * em)
        if joined and is_part and bottom - joined[-1][0] <= _LINE_LIMIT * em and top - joined[-1][1] < 0.7 * em:
            joined[-1][1] = bottom
        else:
            joined.append([top, bottom])
    out: list[tuple[int, int]] = []
    for top, bottom in joined:
        count = round((bottom - top) / (1.28 * em))
        if bottom - top < _TALL * em or count < 2:
            out.append((top, bottom))
            continue
        profile = ink[top:bottom, box[0] : box[2]].sum(axis=1)
        out.extend(_cut_band(profile, top, bottom, count, em))
    return out


def _cut_band(profile: Ints, top: int, bottom: int, count: int, em: float) -> list[tuple[int, int]]:
    """Cut a band of lines that touch where the least ink lies near the places where lines should part."""
    if float(profile.max(initial=0)) < 4:
        return [(top, bottom)]
    cuts = [top]
    for number in range(1, count):
        near = (bottom - top) * number / count
        low, high = max(1, int(near - 0.35 * em)), min(len(profile) - 1, int(near + 0.35 * em))
        cuts.append(top + low + int(np.argmin(profile[low:high])))
    cuts.append(bottom)
    return [(a, b) for a, b in pairwise(cuts) if b - a > 1]


def _find_stretches(
    ink: Pixels, box: list[int], top: int, bottom: int, em: float, *, whole: bool
) -> list[tuple[int, int]]:
    columns = np.flatnonzero(ink[top:bottom, box[0] : box[2]].any(axis=0))
    if not len(columns):
        return []
    if whole:
        return [(box[0] + int(columns[0]), box[0] + int(columns[-1]) + 1)]
    breaks = np.flatnonzero(np.diff(columns) > _SPLIT_EM * em)
    starts, ends = np.append(0, breaks + 1), np.append(breaks, len(columns) - 1)
    return [(box[0] + int(columns[a]), box[0] + int(columns[b]) + 1) for a, b in zip(starts, ends, strict=True)]


def _trim(ink: Pixels, x0: int, x1: int, top: int, bottom: int) -> tuple[int, int]:
    rows = np.flatnonzero(ink[top:bottom, x0:x1].any(axis=1))
    return top + int(rows[0]), top + int(rows[-1]) + 1


def cut_crop(gray: Pixels, box: Floats, em: float, limits: Floats | None = None, pad: float = _PAD_Y) -> Pixels:
    """Cut a line with its margins; a low one (dashes, a full stop) is given the height of a character.

    Args:
        gray: The page with its rules whitened.
        box: x0, top, x1, bottom of the line's ink.
        em: Usual line height in pixels.
        limits: x0, top, x1, bottom not to be left: the cell.
        pad: Margin above and below, of the line's height.
    """
    x0, top, x1, bottom = (float(v) for v in box)
    height = bottom - top
    grow = max(0.0, _LEAST_HEIGHT * em - height) / 2 + pad * max(height, em)
    low_x, low_y, high_x, high_y = (0.0, 0.0, float(gray.shape[1]), float(gray.shape[0]))
    if limits is not None:
        low_x, high_x = max(low_x, float(limits[0])), min(high_x, float(limits[2]))
    beside = _PAD_X * max(height, em)
    a, b = int(max(low_x, x0 - beside)), int(min(high_x, x1 + beside)) + 1
    c, d = int(max(low_y, top - grow)), int(min(high_y, bottom + grow)) + 1
    return gray[c:d, a:b]
