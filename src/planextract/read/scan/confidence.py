"""How sure the text of a cell is, from the scores of its characters.

Each character adds doubt by its score; the logarithm of a cell's doubt gives the log odds that something in it is
wrong. START and SLOPE were fitted on scans of the typesetting lab (``python -m tests.benchmark.scans calibrate``,
seeds and table in docs/benchmarks-scans.md). "Wrong" is any character but spaces and the width of punctuation.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np

from planextract.model.page import Floats
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
    return rate_total(float(rate_characters(np.array(scores)).sum()), len(scores))


def rate_characters(scores: Floats) -> Floats:
    """Return the doubts of N characters of these scores."""
    return _LEAST_DOUBT + 0.5 * (1.0 - np.clip(scores, 0.0, 1.0)) ** 2


def rate_total(doubt: float, count: int) -> float:
    """Return the confidence of a cell of ``count`` characters with this doubt altogether."""
    return round(rate_right(doubt), 4) if count else _EMPTY


def rate_right(doubt: float) -> float:
    """Return the probability that a cell of this doubt is right."""
    return 1.0 / (1.0 + math.exp(START + SLOPE * math.log(doubt + _SHIFT)))
