"""Pages that lie a little askew, as some printers and scanners make them: set upright before they are read."""

from __future__ import annotations

import math

import numpy as np

from planextract.model.page import Floats
from planextract.read.pdf import calls
from planextract.read.pdf.boxes import IDENTITY, Matrix

_SAMPLED = 48  # characters
_GLANCE = 8
_LEAST, _MOST = math.radians(0.04), math.radians(6)
_SAME = math.radians(0.05)
_SHARE = 0.8  # of the characters have the page's angle


def find_upright(textpage: int | None, frame: tuple[float, float, float, float]) -> Matrix:
    """Return the matrix that sets a page upright, the identity where its text runs level, upright or any which way.

    Args:
        textpage: pdfium's text page.
        frame: Left, bottom, right and top of the page, around whose middle it is turned.
    """
    count = calls.count_chars(textpage)
    if count <= 0:
        return IDENTITY
    if not _may_lean(textpage, count):
        return IDENTITY
    step = max(1, count // _SAMPLED)
    found = np.array([calls.get_angle(textpage, i) for i in range(0, count, step)])
    found = found[np.isfinite(found) & (found != 0)]  # blanks and line ends that pdfium adds have no angle
    angles = (found + math.pi / 4) % (math.pi / 2) - math.pi / 4
    if 2 * len(angles) * step < count:
        return IDENTITY
    angle = float(np.median(angles))
    if not _LEAST <= abs(angle) <= _MOST or float((np.abs(angles - angle) < _SAME).mean()) < _SHARE:
        return IDENTITY
    x, y = (frame[0] + frame[2]) / 2, (frame[1] + frame[3]) / 2
    cos, sin = math.cos(angle), math.sin(angle)
    # pdfium counts angles of characters clockwise.
    return cos, sin, -sin, cos, x - cos * x + sin * y, y - sin * x - cos * y


def _may_lean(textpage: int | None, count: int) -> bool:
    """Tell by a few characters all over a page whether it may lean: on most pages every one is level or upright."""
    for index in range(0, count, max(1, count // _GLANCE)):
        angle = calls.get_angle(textpage, index)
        lean = abs((angle + math.pi / 4) % (math.pi / 2) - math.pi / 4) if math.isfinite(angle) else 0.0
        if lean >= _LEAST:
            return True
    return False


def turn_boxes(boxes: Floats, matrix: Matrix) -> Floats:
    """Move boxes to where a matrix brings their middles; they keep their size."""
    if matrix is IDENTITY or not len(boxes):
        return boxes
    a, b, c, d, e, f = matrix
    x, y = (boxes[:, 0] + boxes[:, 2]) / 2, (boxes[:, 1] + boxes[:, 3]) / 2
    right, up = a * x + c * y + e - x, b * x + d * y + f - y
    return (boxes + np.stack([right, up, right, up], axis=1)).astype(np.float32)
