"""How signs of damage add up to a probability: a small monotone model whose numbers are data."""

from __future__ import annotations

import math
from bisect import bisect_right
from collections.abc import Mapping
from dataclasses import dataclass, field

from planextract.model.roles import AGENCY_COLUMNS

VALUE_NAMES = ("task", "text", "deadline", *AGENCY_COLUMNS)
_REASON_WEIGHT = 0.35  # a reason is named where it takes a third off the odds, or more


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
    """Model of one kind of value: log odds without any sign, what each sign takes off them (≤ 0), the curve behind."""

    bias: float
    weights: Mapping[str, float]
    curve: Curve = field(default_factory=Curve)

    def add_up(self, signs: Mapping[str, float]) -> float:
        """Return the logistic probability before the curve."""
        total = self.bias + sum([part for _, part in self._weigh(signs)])
        return 1.0 / (1.0 + math.exp(-max(-30.0, min(30.0, total))))

    def rate(self, signs: Mapping[str, float]) -> float:
        """Return the probability that a value with these signs is right."""
        return self.curve.read(self.add_up(signs))

    def find_reasons(self, signs: Mapping[str, float]) -> tuple[tuple[str, float], ...]:
        """Return the signs that count, with what they take off the log odds, the heaviest first."""
        parts = [part for part in self._weigh(signs) if part[1] <= -_REASON_WEIGHT]
        return tuple(sorted(parts, key=lambda part: (part[1], part[0])))

    def _weigh(self, signs: Mapping[str, float]) -> list[tuple[str, float]]:
        """Return what each sign that is there adds to the log odds; most are not."""
        weights = self.weights
        return [(name, weights[name] * signs[name]) for name in weights if signs.get(name)]


_CERTAIN = ValueModel(bias=30.0, weights={})


@dataclass(frozen=True, slots=True, kw_only=True)
class ConfidenceModel:
    """Models by kind of value (the agency roles share one), and the curve from their product to a whole row.

    ``words`` says each sign to people.
    """

    values: Mapping[str, ValueModel]
    row: Curve = field(default_factory=Curve)
    words: Mapping[str, str] = field(default_factory=dict)

    def find(self, kind: str) -> ValueModel:
        """Return the model of a kind of value; one that no file describes is certain."""
        return self.values.get(kind, _CERTAIN)


@dataclass(frozen=True, slots=True, kw_only=True)
class OddCharacter:
    """A character that neither a word nor its neighbours explain; ``oddness`` is in natural-log units, from 0."""

    position: int
    char: str
    oddness: float
