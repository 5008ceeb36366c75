"""A page as an OCR program left it: characters with boxes and scores, in the program's own units."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

from planextract.errors import InputError
from planextract.model.page import Floats, Ints
from planextract.phrases import Phrase
from planextract.settings import ReadSettings

_A4_POINTS = 595.3  # short side: what a page is taken for if nobody says how large it is
_NARROW = 0.5  # width of an ASCII character, where only its word has a box
_LARGEST = 1e7  # units; a place beyond it is nonsense
UNKNOWN_SCORE = 0.9
"""Of a word whose program says nothing of how sure it is."""

Box = tuple[float, float, float, float]
"""x0, top, x1, bottom."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RecognisedPage:
    """One page.

    Attributes:
        width: In units of the file.
        height: In units of the file.
        points: Points a unit, None if the file does not say.
        codes: N Unicode code points, in the file's order, white space left out.
        boxes: N × 4 of x0, top, x1, bottom in units.
        scores: N, how sure the program was, 0 to 1.
        rules: M × 4 of x0, top, x1, bottom in units: lines that the program found.
        unplaced: Text of the page without a place.
    """

    width: float
    height: float
    points: float | None
    codes: Ints
    boxes: Floats
    scores: Floats
    rules: Floats
    unplaced: str = ""

    @property
    def scale(self) -> float:
        """Points a unit; where the file does not say, as if the page were of A4."""
        return self.points if self.points is not None else _A4_POINTS / min(self.width, self.height)


@dataclass(slots=True)
class PageBuilder:
    """Collects the words of one page whose top left corner is at ``left``, ``top``."""

    width: float
    height: float
    points: float | None
    left: float = 0.0
    top: float = 0.0
    _codes: list[int] = field(default_factory=list)
    _boxes: list[Box] = field(default_factory=list)
    _scores: list[float] = field(default_factory=list)
    _rules: list[Box] = field(default_factory=list)
    _unplaced: list[str] = field(default_factory=list)

    def add_word(self, text: str, box: Box, score: float) -> None:
        """Add a word; its characters share its box, those of ASCII with half the width of others."""
        chars = [char for char in text if not char.isspace()]
        if not chars:
            return
        x0, top, x1, bottom = box
        widths = np.array([_NARROW if char.isascii() else 1.0 for char in chars])
        edges = x0 + (x1 - x0) * np.concatenate([[0.0], np.cumsum(widths) / widths.sum()])
        self._codes.extend(map(ord, chars))
        self._boxes.extend(
            zip(edges[:-1].tolist(), [top] * len(chars), edges[1:].tolist(), [bottom] * len(chars), strict=True)
        )
        self._scores.extend([min(max(score, 0.0), 1.0)] * len(chars))

    def add_rule(self, box: Box | None) -> None:
        """Add a line that is drawn on the page, if it has a place."""
        if box is not None:
            self._rules.append(box)

    def add_unplaced(self, text: str | None) -> None:
        """Add text that has no place."""
        if text and text.strip():
            self._unplaced.append(text.strip())

    def build(self) -> RecognisedPage:
        """Return the page, its places counted from its corner."""
        return RecognisedPage(
            width=self.width,
            height=self.height,
            points=self.points,
            codes=np.array(self._codes, dtype=np.int32),
            boxes=self._place(self._boxes),
            scores=np.array(self._scores, dtype=np.float32),
            rules=self._place(self._rules),
            unplaced="\n".join(self._unplaced),
        )

    def _place(self, boxes: list[Box]) -> Floats:
        corner = np.array([self.left, self.top, self.left, self.top], dtype=np.float32)
        return np.asarray(np.array(boxes, dtype=np.float32).reshape(-1, 4) - corner, dtype=np.float32)


def make_box(values: list[float]) -> Box | None:
    """Return x0, top, x1, bottom, None if they are no box."""
    if len(values) != 4 or any(not -_LARGEST < value < _LARGEST for value in values):
        return None
    x0, top, x1, bottom = values
    return (x0, top, x1, bottom) if x0 <= x1 and top <= bottom else None


def check_size(width: float, height: float, name: str, page_number: int) -> None:
    """Refuse a page without a size.

    Raises:
        InputError: If it has none.
    """
    if not (0 < width < _LARGEST and 0 < height < _LARGEST):
        raise InputError(
            "read.damaged",
            "the page has no size",
            file=name,
            page=page_number,
            advice="Let the OCR program write the file anew.",
        )


def check_count(count: int, name: str, settings: ReadSettings) -> None:
    """Refuse too many pages.

    Raises:
        InputError: If there are more than the settings allow.
    """
    if count > settings.max_pages:
        raise InputError(
            "read.too_many_pages",
            Phrase("the file has {count} pages", count=count),
            file=name,
            advice="Raise read.max_pages in the settings, or split the file.",
        )


def no_pages(name: str) -> InputError:
    """Return the error for a file without a page."""
    return InputError(
        "read.damaged",
        "the file holds no page of recognised text",
        file=name,
        advice="Let the OCR program write it anew.",
    )
