"""One protocol for engines that read lines of text, whoever cut them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

import numpy as np

from planextract.model.page import Floats

if TYPE_CHECKING:  # OpenCV comes with the extra 'ocr'
    from planextract.read.scan.image import Pixels


@dataclass(frozen=True, slots=True, kw_only=True)
class LineReading:
    """A line as an engine reads it.

    Attributes:
        text: As read, with the engine's spaces.
        scores: How sure the engine is of each character of ``text``, 0 to 1.
        centers: Where each character stands, as a share of the crop's width.
        others: For each character the engine's second choice, "" where it has none.
    """

    text: str
    scores: Floats
    centers: Floats
    others: tuple[str, ...] = ()

    @property
    def least(self) -> float:
        """The score of the least certain character, spaces aside; 0 for an empty line."""
        return min(self._printed(), default=0.0)

    @property
    def mean(self) -> float:
        """The mean score, spaces aside; 0 for an empty line."""
        scores = self._printed()
        return sum(scores) / len(scores) if scores else 0.0

    def _printed(self) -> list[float]:
        return [score for score, char in zip(self.scores.tolist(), self.text, strict=True) if char != " "]


NO_READING = LineReading(text="", scores=np.empty(0, dtype=np.float32), centers=np.empty(0, dtype=np.float32))


class OcrEngine(Protocol):
    """Reads lines: crops in gray (height × width, dark on white), one line each."""

    name: str

    def read_lines(self, crops: Sequence[Pixels]) -> list[LineReading]:
        """Return one reading a crop, in their order; an empty one where nothing can be read."""
        ...
