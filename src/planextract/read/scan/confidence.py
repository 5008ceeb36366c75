"""How sure the text of a cell is, from the scores of its characters.

Each character adds doubt by its score; the logarithm of a cell's doubt gives the log odds that something in it is
wrong. START and SLOPE were fitted on scans of the typesetting lab (``python -m tests.benchmark.scans calibrate``,
seeds and table in docs/benchmarks-scans.md). "Wrong" is any character but spaces and the width of punctuation.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

from planextract.read.scan.ocr import LineReading

START, SLOPE = 0.185, 0.638
_LEAST_DOUBT = 0.0002  # of the surest character
_EMPTY = 0.995  # nothing stands in the cell: a mark can be too faint to be seen
_SHIFT = 1e-9


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
    return round(rate_right(sum(rate_character(score) for score in scores)), 4)


def rate_character(score: float) -> float:
    """Return the doubt of a character of this score."""
    return _LEAST_DOUBT + 0.5 * (1.0 - min(max(score, 0.0), 1.0)) ** 2


def rate_right(doubt: float) -> float:
    """Return the probability that a cell of this doubt is right."""
    return 1.0 / (1.0 + math.exp(START + SLOPE * math.log(doubt + _SHIFT)))


def rate_doubt(confidence: float) -> float:
    """Return the doubt that gives a confidence: :func:`rate_right` turned round."""
    odds = (1.0 - confidence) / max(confidence, 1e-9)
    return math.exp((math.log(max(odds, 1e-9)) - START) / SLOPE)
