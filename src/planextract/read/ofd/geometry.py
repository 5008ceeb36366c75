"""Numbers, matrices and offsets of OFD."""

from __future__ import annotations

import math
import re

Box = tuple[float, float, float, float]
Matrix = tuple[float, float, float, float, float, float]

IDENTITY: Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)
POINTS_PER_INCH = 72.0
POINTS_PER_MM = POINTS_PER_INCH / 25.4
_LIMIT = 1e6
_MAX_OFFSETS = 1_000_000
_NUMBER = re.compile(r"[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d{1,2})?")


def read_number(text: str, default: float) -> float:
    """Return a number as written, or the default if it is none, or of an absurd size."""
    try:
        value = float(text)
    except ValueError:
        return default
    return value if math.isfinite(value) and abs(value) < _LIMIT else default


def read_numbers(text: str) -> list[float]:
    """Return the numbers of a list, separated by blanks or commas; absurd ones as 0."""
    values = (float(match) for match in _NUMBER.findall(text))
    return [value if abs(value) < _LIMIT else 0.0 for value in values]


def read_matrix(text: str) -> Matrix:
    """Return a transformation as written (six numbers), or the identity."""
    numbers = read_numbers(text)
    return (numbers[0], numbers[1], numbers[2], numbers[3], numbers[4], numbers[5]) if len(numbers) == 6 else IDENTITY


def multiply(first: Matrix, second: Matrix) -> Matrix:
    """Return the matrix that applies ``first``, then ``second``."""
    a, b, c, d, e, f = first
    g, h, i, j, k, m = second
    return (a * g + b * i, a * h + b * j, c * g + d * i, c * h + d * j, e * g + f * i + k, e * h + f * j + m)


def apply(matrix: Matrix, x: float, y: float) -> tuple[float, float]:
    """Return a point, transformed."""
    a, b, c, d, e, f = matrix
    return a * x + c * y + e, b * x + d * y + f


def apply_to_box(matrix: Matrix, x0: float, y0: float, x1: float, y1: float) -> Box:
    """Return the upright box around a transformed box."""
    corners = [apply(matrix, x, y) for x, y in ((x0, y0), (x1, y0), (x0, y1), (x1, y1))]
    xs, ys = [x for x, _ in corners], [y for _, y in corners]
    return min(xs), min(ys), max(xs), max(ys)


def expand_offsets(text: str) -> list[float]:
    """Return the offsets of a ``DeltaX`` or ``DeltaY``; ``g n v`` stands for n times v.

    >>> expand_offsets("5 g 3 2.5 4")
    [5.0, 2.5, 2.5, 2.5, 4.0]
    """
    words = text.replace(",", " ").split()
    offsets: list[float] = []
    index = 0
    while index < len(words) and len(offsets) < _MAX_OFFSETS:
        if words[index] in ("g", "G"):
            count = int(read_number(words[index + 1], 0.0)) if index + 1 < len(words) else 0
            value = read_number(words[index + 2], 0.0) if index + 2 < len(words) else 0.0
            offsets.extend([value] * max(0, min(count, _MAX_OFFSETS - len(offsets))))
            index += 3
        else:
            offsets.append(read_number(words[index], 0.0))
            index += 1
    return offsets
