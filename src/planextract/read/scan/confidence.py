"""How sure the text of a cell is, from the scores of its characters."""

from __future__ import annotations

import math
from collections.abc import Sequence

from planextract.read.scan.ocr import LineReading

_EMPTY = 0.995  # nothing stands in the cell: a mark can be too faint to be seen


def rate_cell(readings: Sequence[LineReading]) -> float:
    """Return the probability (0 to 1) that a cell's text was read without any error."""
    scores = [
        score
        for reading in readings
        for score, char in zip(reading.scores.tolist(), reading.text, strict=True)
        if char != " "
    ]
    if not scores:
        return _EMPTY
    doubt = sum(rate_character(score) for score in scores)
    return round(math.exp(-doubt), 4)


def rate_character(score: float) -> float:
    """Return how probable it is that a character of this score is wrong."""
    return min(1.0, 0.0002 + 0.5 * (1.0 - min(max(score, 0.0), 1.0)) ** 2)
