"""An engine that gives recorded readings."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np

from planextract.read.scan.image import Pixels
from planextract.read.scan.ocr import NO_READING, LineReading


class ReplayEngine:
    """Gives recorded lines, in the order in which they are asked for; then nothing.

    Args:
        lines: Texts with one score for all their characters, or finished readings.
    """

    name = "replay"

    def __init__(self, lines: Iterable[tuple[str, float] | LineReading]) -> None:
        self._lines = iter([make_reading(*line) if isinstance(line, tuple) else line for line in lines])

    def read_lines(self, crops: Sequence[Pixels]) -> list[LineReading]:
        """See :class:`~planextract.read.scan.ocr.OcrEngine`."""
        return [next(self._lines, NO_READING) for _ in crops]


def make_reading(text: str, score: float) -> LineReading:
    """Make a reading whose characters are equally wide and equally sure."""
    count = len(text)
    if not count:
        return NO_READING
    return LineReading(
        text=text,
        scores=np.full(count, score, dtype=np.float32),
        others=("",) * count,
        centers=((np.arange(count) + 0.5) / count).astype(np.float32),
    )
