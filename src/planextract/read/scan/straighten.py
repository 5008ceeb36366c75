"""Straighten a page: its skew and a slight perspective in one warp; quarter turns are told by its text lines."""

from __future__ import annotations

import math
from dataclasses import dataclass

import cv2
import numpy as np

from planextract.model.page import Floats
from planextract.read.scan.image import Pixels

_WORK_WIDTH = 1100  # pixels: enough for a tenth of a degree
_MAX_SLOPE = math.tan(math.radians(8))
_COARSE, _FINE = math.tan(math.radians(0.25)), math.tan(math.radians(0.03))
_LEAST_SLOPE = math.tan(math.radians(0.06))  # 1 mm over an A4 line: not worth a warp
_DASH, _UPRIGHT = 5, 29  # pixels of the small page: gaps of dashed rules; longer than strokes of characters
_INK = 110  # darkness
_MAX_POINTS = 40_000
_FEW_POINTS = 300
_TAPER_POINTS = 8_000
_BEAM = 4
_TAPER_STEP = math.tan(math.radians(0.05))
_CLEARLY = 1.1  # sharper, or a page stays as it is
_MAX_TAPER = math.tan(math.radians(4))  # between opposite sides: more is no slight perspective


@dataclass(frozen=True, slots=True, kw_only=True)
class Slopes:
    """How far lines lean: y per x near the top and the bottom, x per y near the left and the right."""

    top: float
    bottom: float
    left: float
    right: float

    @property
    def largest(self) -> float:
        """The largest lean of all."""
        return max(abs(self.top), abs(self.bottom), abs(self.left), abs(self.right))


def straighten(gray: Pixels) -> tuple[Pixels, Slopes]:
    """Return a page whose text lines and rules run straight; one that does so already is not touched.

    Args:
        gray: Height × width, paper white.
    """
    slopes = find_slopes(gray)
    return straighten_like(gray, slopes), slopes


def straighten_like(pixels: Pixels, slopes: Slopes) -> Pixels:
    """Return a page, gray or in colors, straightened by slopes that were found on it."""
    if slopes.largest < _LEAST_SLOPE:
        return pixels
    height, width = pixels.shape[:2]
    warp = _make_warp(width, height, slopes)
    out = cv2.warpPerspective(pixels, warp, (width, height), flags=cv2.INTER_CUBIC, borderValue=(255.0, 255.0, 255.0))
    return np.asarray(out, dtype=np.uint8)


def straighten_points(x: Floats, y: Floats, size: tuple[int, int], slopes: Slopes) -> tuple[Floats, Floats]:
    """Return where points of a page stand after it was straightened; ``size`` is width and height in pixels."""
    if slopes.largest < _LEAST_SLOPE or not len(x):
        return x, y
    points = np.stack([x, y], axis=1).astype(np.float32).reshape(-1, 1, 2)
    moved = np.asarray(cv2.perspectiveTransform(points, _make_warp(*size, slopes)), dtype=np.float32).reshape(-1, 2)
    return moved[:, 0], moved[:, 1]


def find_slopes(gray: Pixels) -> Slopes:
    """Measure how text lines lean in the upper and the lower half, and upright rules on the left and the right."""
    scale = min(1.0, _WORK_WIDTH / gray.shape[1])
    small = cv2.resize(gray, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
    dark = 255 - np.asarray(small, dtype=np.uint8)
    flat = cv2.morphologyEx(dark, cv2.MORPH_OPEN, np.ones((1, 7), np.uint8))
    y, x = _ink_points(flat)
    whole = _find_slope(x, y, 0.0, _MAX_SLOPE)
    top, bottom = _find_ends(x, y, whole, small.shape[1] / 2, small.shape[0])
    y, x = _ink_points(_find_upright(dark, whole))
    lean = _find_slope(y, x, 0.0, _MAX_TAPER)
    left, right = _find_ends(y, x, lean, small.shape[0] / 2, small.shape[1])
    return Slopes(top=top, bottom=bottom, left=left - whole, right=right - whole)


def _find_ends(along: Floats, across: Floats, slope: float, middle: float, extent: int) -> tuple[float, float]:
    """Return the slopes at a quarter and at three quarters of ``extent``: over the page they change evenly.

    Args:
        along: Places of ink along the lines.
        across: Places of ink across the lines.
        slope: Of the whole page.
        middle: Of the page along the lines.
        extent: Of the page across the lines.
    """
    if len(along) < _FEW_POINTS:
        return slope, slope
    thin = slice(None, None, max(1, len(along) // _TAPER_POINTS))
    x, y = along[thin] - np.float32(middle), across[thin]
    place = y / extent - np.float32(0.5)  # -1/2 to 1/2

    def measure(base: float, taper: float, size: int = 1) -> float:
        return _sharpness(x / size, y / size, base + taper * place)

    beam = [(slope, 0.0)]
    for size, step, wide in ((4, 4.0, 6), (2, 2.0, 2), (1, 1.0, 2), (1, 0.5, 1)):
        choices = {
            (base + a * step * _TAPER_STEP, taper + 2 * b * step * _TAPER_STEP)
            for base, taper in beam
            for a in range(-2, 3)
            for b in range(-wide, wide + 1)
        }
        beam = sorted(choices, key=lambda choice: (-measure(choice[0], choice[1], size), choice))[:_BEAM]
    base, best = beam[0]
    if measure(base, best) < _CLEARLY * measure(slope, 0.0):
        return slope, slope
    return base - best / 4, base + best / 4


def _find_upright(dark: Pixels, whole: float) -> cv2.typing.MatLike:
    """Return what is left of a page, turned upright, but long upright lines, also dashed ones: its column rules.

    On a page that is not turned the strokes of characters, each straight by itself, would speak for no lean at all.
    """
    height, width = dark.shape
    turn = cv2.getRotationMatrix2D((width / 2, height / 2), math.degrees(math.atan(whole)), 1.0)
    turned = cv2.warpAffine(dark, turn, (width, height)) if abs(whole) > _LEAST_SLOPE else dark
    whole_dashes = cv2.morphologyEx(turned, cv2.MORPH_CLOSE, np.ones((_DASH, 1), np.uint8))
    wide = cv2.dilate(whole_dashes, np.ones((1, 2), np.uint8))
    return cv2.min(cv2.morphologyEx(wide, cv2.MORPH_OPEN, np.ones((_UPRIGHT, 1), np.uint8)), turned)


def _ink_points(dark: Pixels | cv2.typing.MatLike) -> tuple[Floats, Floats]:
    y, x = np.nonzero(np.asarray(dark) > _INK // 2)
    step = max(1, len(x) // _MAX_POINTS)
    return y[::step].astype(np.float32), x[::step].astype(np.float32)


def _find_slope(along: Floats, across: Floats, start: float, reach: float) -> float:
    """Return the lean at which ink falls into the fewest rows; ``start`` where there is too little ink."""
    if len(along) < _FEW_POINTS:
        return start
    count = round(reach / _COARSE)
    coarse = start + np.arange(-count, count + 1) * _COARSE
    best = float(coarse[int(np.argmax([_sharpness(along, across, s) for s in coarse]))])
    fine = best + np.arange(-9, 10) * _FINE
    sharp = np.array([_sharpness(along, across, s) for s in fine])
    found = float(fine[int(np.argmax(sharp))])
    # A page that stands straight stays as it is unless leaning explains its ink clearly better.
    return start if sharp.max() < 1.2 * _sharpness(along, across, start) else found


def _sharpness(along: Floats, across: Floats, slope: float | Floats) -> float:
    rows = (across - slope * along).astype(np.int32)
    counts = np.bincount(rows - rows.min()).astype(np.float64)
    return float((np.diff(counts) ** 2).sum())


def _make_warp(width: int, height: int, slopes: Slopes) -> Floats:
    """Return the homography that brings the leaning frame of a page to an upright one."""
    x0, x1, y0, y1 = 0.25 * width, 0.75 * width, 0.25 * height, 0.75 * height
    center_x, center_y = width / 2, height / 2

    def meet(x: float, lean: float, y: float, slope: float) -> tuple[float, float]:
        # x' = x + lean (y' - center_y), y' = y + slope (x' - center_x)
        at_x = (x + lean * (y - slope * center_x - center_y)) / (1 - lean * slope)
        return at_x, y + slope * (at_x - center_x)

    source = np.array(
        [
            meet(x0, slopes.left, y0, slopes.top),
            meet(x1, slopes.right, y0, slopes.top),
            meet(x1, slopes.right, y1, slopes.bottom),
            meet(x0, slopes.left, y1, slopes.bottom),
        ],
        dtype=np.float32,
    )
    target = np.array([(x0, y0), (x1, y0), (x1, y1), (x0, y1)], dtype=np.float32)
    return np.asarray(cv2.getPerspectiveTransform(source, target))


def is_sideways(gray: Pixels) -> bool:
    """Tell whether text lines run from top to bottom: characters stand closer along a line than across lines.

    Rules run both ways, so that strokes longer than characters are left out.
    """
    scale = min(1.0, _WORK_WIDTH / max(gray.shape))
    small = cv2.resize(gray, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
    dark = 255 - np.asarray(small, dtype=np.uint8)
    for shape in ((1, 31), (31, 1)):
        rules = cv2.morphologyEx(dark, cv2.MORPH_OPEN, np.ones(shape, np.uint8))
        dark = np.asarray(cv2.subtract(dark, cv2.dilate(rules, np.ones((3, 3), np.uint8))), dtype=np.uint8)
    ink = (dark > _INK // 2).astype(np.uint8)
    along = cv2.connectedComponents(cv2.morphologyEx(ink, cv2.MORPH_CLOSE, np.ones((1, 5), np.uint8)))[0]
    across = cv2.connectedComponents(cv2.morphologyEx(ink, cv2.MORPH_CLOSE, np.ones((5, 1), np.uint8)))[0]
    return across > 30 and across < 0.75 * along
