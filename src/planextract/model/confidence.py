"""How signs of damage add up to a probability: a small monotone model whose numbers are data."""

from __future__ import annotations

import math
from bisect import bisect_right
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Literal, get_args

from planextract.model.roles import AGENCY_COLUMNS

Medium = Literal["text", "pdf", "scan", "workbook", "prose"]
MEDIA: tuple[Medium, ...] = get_args(Medium)
_BY_READER: Mapping[str, Medium] = {
    "scan": "scan",
    "hocr": "scan",
    "alto": "scan",
    "pdf": "pdf",
    "ofd": "pdf",
    "xlsx": "workbook",
}

VALUE_NAMES = ("task", "text", "deadline", *AGENCY_COLUMNS)
_REASON_WEIGHT = 0.35  # a reason is named where it takes a third off the odds, or more


def find_medium(reader: str, layout: str) -> Medium:
    """Return the medium by which a document's confidences are calibrated.

    Args:
        reader: As in ``documents.reader``; of several files (``pdf+scan``) the medium that is hardest to read counts.
        layout: ``table`` or ``prose``.

    >>> find_medium("pdf+scan", "table"), find_medium("docx", "table"), find_medium("docx", "prose")
    ('scan', 'text', 'prose')
    """
    found = {_BY_READER.get(part, "text") for part in reader.split("+")}
    if "scan" in found:
        return "scan"
    if layout == "prose":
        return "prose"
    return next((medium for medium in MEDIA[1:] if medium in found), "text")


@dataclass(frozen=True, slots=True, kw_only=True)
class Curve:
    """A non-decreasing line through points: what was stated against what was measured, both 0–1."""

    stated: tuple[float, ...] = (0.0, 1.0)
    measured: tuple[float, ...] = (0.0, 1.0)

    def read(self, value: float) -> float:
        """Return the measured share at a stated probability, between two points in a straight line."""
        place = bisect_right(self.stated, value)
        if place == 0:
            return self.measured[0]
        if place == len(self.stated):
            return self.measured[-1]
        low, high = self.stated[place - 1], self.stated[place]
        share = (value - low) / (high - low)
        return self.measured[place - 1] + share * (self.measured[place] - self.measured[place - 1])


@dataclass(frozen=True, slots=True, kw_only=True)
class ValueModel:
    """Model of one kind of value: log odds without any sign, what each sign takes off them (≤ 0), the curves behind.

    A curve each medium turns what the signs add up to into what was measured on documents of that medium.
    """

    bias: float
    weights: Mapping[str, float]
    curves: Mapping[Medium, Curve] = field(default_factory=dict)

    def add_up(self, signs: Mapping[str, float]) -> float:
        """Return the logistic probability before the curves."""
        total = self.bias + sum([part for _, part in self._weigh(signs)])
        return 1.0 / (1.0 + math.exp(-max(-30.0, min(30.0, total))))

    def rate(self, signs: Mapping[str, float], medium: Medium) -> float:
        """Return the probability that a value with these signs is right in a document of a medium."""
        return self.curves.get(medium, _STRAIGHT).read(self.add_up(signs))

    def find_reasons(self, signs: Mapping[str, float]) -> tuple[tuple[str, float], ...]:
        """Return the signs that count, with what they take off the log odds, the heaviest first."""
        parts = [part for part in self._weigh(signs) if part[1] <= -_REASON_WEIGHT]
        return tuple(sorted(parts, key=lambda part: (part[1], part[0])))

    def _weigh(self, signs: Mapping[str, float]) -> list[tuple[str, float]]:
        """Return what each sign that is there adds to the log odds; most are not."""
        weights = self.weights
        return [(name, weights[name] * signs[name]) for name in weights if signs.get(name)]


_STRAIGHT = Curve()
_CERTAIN = ValueModel(bias=30.0, weights={})


@dataclass(frozen=True, slots=True, kw_only=True)
class ConfidenceModel:
    """Models by kind of value (the agency roles share one), and the curves from their product to a whole row.

    Attributes:
        values: A model each kind of value.
        rows: By medium.
        review_below: A measure that is less sure than this is one to look at.
        words: Says each sign to people.
    """

    values: Mapping[str, ValueModel]
    rows: Mapping[Medium, Curve] = field(default_factory=dict)
    review_below: float = 0.5
    words: Mapping[str, str] = field(default_factory=dict)

    def find(self, kind: str) -> ValueModel:
        """Return the model of a kind of value; one that no file describes is certain."""
        return self.values.get(kind, _CERTAIN)

    def rate_row(self, values: Iterable[float], medium: Medium) -> float:
        """Return the probability that all values of a measure are right, given that of each."""
        return self.rows.get(medium, _STRAIGHT).read(math.prod(values))


@dataclass(frozen=True, slots=True, kw_only=True)
class OddCharacter:
    """A character that neither a word nor its neighbours explain; ``oddness`` is in natural-log units, from 0."""

    position: int
    char: str
    oddness: float
