"""A page as arrays: the hot path of fixed-layout readers (PDF, OFD, scans). No object per character.

All coordinates are points, origin at the top left of the page as it is read (its rotation applied).
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.floating[Any]]
Ints = NDArray[np.integer[Any]]
Bools = NDArray[np.bool_]


@dataclass(frozen=True, slots=True, kw_only=True)
class PageArrays:
    """Characters and rulings of one page.

    Attributes:
        page_number: From 1.
        width: Width in points, as read.
        height: Height in points, as read.
        codes: N Unicode code points, in drawing order, white space left out.
        boxes: N × 4 of x0, top, x1, bottom; loose boxes: the line height of the font, not the ink.
        horizontals: M × 4 of x0, top, x1, bottom of thin, wide strokes and fills.
        verticals: K × 4 of the same for thin, tall ones.
        hidden: Characters that nobody sees (render mode 3, white on white, outside the page), as text.
        images: I × 4 of x0, top, x1, bottom of pictures.
        patched: P × 4 of x0, top, x1, bottom of areas drawn over text, which is left out.
        shapes: S × 4 of x0, top, x1, bottom of filled outlines that are no rectangles: letters drawn as curves.
        is_covered: A picture that lets nothing through covers the page, drawn over the text: a scan with its OCR
            text behind it.
        fills: F × 4 of x0, top, x1, bottom of filled rectangles, in drawing order.
        fill_colors: F colors, 0xRRGGBB, -1 for white.
        is_colored: N flags of characters printed in a color other than black or white; empty where none is.
        is_struck: N flags of characters that are struck through; empty where none is.
        overprint: Characters printed over other text (a stamp's, a watermark's), as text; taken out of ``codes``.
        drawn: Signs that draw rules (─│┼), as text; taken out of ``codes`` where they became rulings.
        switched_off: Those of the hidden characters that stand in layers which are switched off.
        layer_codes: L code points of the invisible text (render mode 3) that OCR put behind or over a picture.
        layer_boxes: Their L × 4 boxes.
        quarter_turns: Quarter turns (clockwise, 0–3) from the page's own coordinates to those read.
    """

    page_number: int
    width: float
    height: float
    codes: Ints
    boxes: Floats
    horizontals: Floats
    verticals: Floats
    hidden: str = ""
    switched_off: str = ""
    images: Floats = field(default_factory=lambda: np.empty((0, 4), dtype=np.float32))
    patched: Floats = field(default_factory=lambda: np.empty((0, 4), dtype=np.float32))
    shapes: Floats = field(default_factory=lambda: np.empty((0, 4), dtype=np.float32))
    fills: Floats = field(default_factory=lambda: np.empty((0, 4), dtype=np.float32))
    fill_colors: Ints = field(default_factory=lambda: np.empty(0, dtype=np.int64))
    is_colored: Bools = field(default_factory=lambda: np.empty(0, dtype=bool))
    is_struck: Bools = field(default_factory=lambda: np.empty(0, dtype=bool))
    overprint: str = ""
    drawn: str = ""
    is_covered: bool = False
    quarter_turns: int = 0
    layer_codes: Ints = field(default_factory=lambda: np.empty(0, dtype=np.int32))
    layer_boxes: Floats = field(default_factory=lambda: np.empty((0, 4), dtype=np.float32))


def middles_x(boxes: Floats) -> Floats:
    """Return the x in the middle of each of N boxes of x0, top, x1, bottom."""
    middle: Floats = (boxes[:, 0] + boxes[:, 2]) / 2
    return middle


def middles_y(boxes: Floats) -> Floats:
    """Return the y in the middle of each of N boxes of x0, top, x1, bottom."""
    middle: Floats = (boxes[:, 1] + boxes[:, 3]) / 2
    return middle


def middles(boxes: Floats) -> tuple[Floats, Floats]:
    """Return x and y in the middle of each of N boxes of x0, top, x1, bottom."""
    return middles_x(boxes), middles_y(boxes)


def join_boxes(boxes: Floats, first: Ints) -> Floats:
    """Return the smallest box around each run of N boxes; ``first`` are the K places where they begin."""
    sides = (np.minimum, np.minimum, np.maximum, np.maximum)
    return np.stack([side.reduceat(boxes[:, at], first) for at, side in enumerate(sides)], axis=1)
