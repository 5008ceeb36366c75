"""Boxes and matrices of what a PDF page draws. All in the page's own coordinates: points, origin at the bottom left."""

from __future__ import annotations

import numpy as np

from planextract.model.page import Floats

_SHORT_PT = 3.0  # gaps between the strokes of a rule that is drawn piece by piece
_SHORT_COUNT, _SHORT_LENGTH_PT = 5, 15.0  # pieces, and their length together, that are a rule

Matrix = tuple[float, float, float, float, float, float]
Box = tuple[float, float, float, float]
IDENTITY: Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)


def is_corner(xs: list[float], ys: list[float]) -> bool:
    """Tell whether three points are corners of an upright rectangle, one after the other."""
    is_first_upright = xs[0] == xs[1] and ys[1] == ys[2]
    is_first_level = ys[0] == ys[1] and xs[1] == xs[2]
    return (is_first_upright or is_first_level) and xs[0] != xs[2] and ys[0] != ys[2]


def area_of(box: Box) -> float:
    """Return the area of a box in square points, 0 for one turned inside out."""
    return max(0.0, box[2] - box[0]) * max(0.0, box[3] - box[1])


def multiply(first: Matrix, second: Matrix) -> Matrix:
    """Return the matrix that applies ``first``, then ``second``."""
    a, b, c, d, e, f = first
    g, h, i, j, k, m = second
    return (a * g + b * i, a * h + b * j, c * g + d * i, c * h + d * j, e * g + f * i + k, e * h + f * j + m)


def apply(matrix: Matrix, point: tuple[float, float]) -> tuple[float, float]:
    """Return where a matrix brings a point."""
    a, b, c, d, e, f = matrix
    x, y = point
    return a * x + c * y + e, b * x + d * y + f


def apply_to_box(matrix: Matrix, x0: float, y0: float, x1: float, y1: float) -> Box:
    """Return the box around a box that a matrix moved."""
    if matrix is IDENTITY:
        return x0, y0, x1, y1
    (ax, ay), (bx, by) = apply(matrix, (x0, y0)), apply(matrix, (x1, y1))
    return min(ax, bx), min(ay, by), max(ax, bx), max(ay, by)


def merge_short(pieces: list[Box]) -> list[Box]:
    """Join pieces shorter than a rule to the rules that they draw together: dots and dashes in one line.

    Args:
        pieces: Boxes of short, thin strokes and fills, in any order.

    Returns:
        The box of each rule; single pieces are left out.
    """
    if len(pieces) < _SHORT_COUNT:
        return []
    boxes = np.array(pieces, dtype=np.float64)
    found: list[Box] = []
    for along, across in ((0, 1), (1, 0)):
        length, width = boxes[:, along + 2] - boxes[:, along], boxes[:, across + 2] - boxes[:, across]
        own = boxes[length >= width - 0.3]
        middle = np.round((own[:, across] + own[:, across + 2]) * 2) / 4
        order = np.lexsort((own[:, along], middle))
        own, middle = own[order], middle[order]
        if not len(own):
            continue
        opens = np.ones(len(own), dtype=bool)
        opens[1:] = (np.diff(middle) > 0) | (own[1:, along] - own[:-1, along + 2] > _SHORT_PT)
        first = np.flatnonzero(opens)
        last = np.append(first[1:], len(own)) - 1
        for a, b in zip(first.tolist(), last.tolist(), strict=True):
            if b - a + 1 >= _SHORT_COUNT and own[b, along + 2] - own[a, along] >= _SHORT_LENGTH_PT:
                x0, y0 = own[a : b + 1, :2].min(axis=0).tolist()
                x1, y1 = own[a : b + 1, 2:].max(axis=0).tolist()
                found.append((x0, y0, x1, y1))
    return found


def make_boxes(boxes: list[Box]) -> Floats:
    """Return N boxes as an array, N × 4."""
    return np.array(boxes, dtype=np.float32).reshape(-1, 4)
