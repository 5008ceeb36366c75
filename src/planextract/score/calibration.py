"""Does a confidence of 0.9 mean that nine of ten are right?"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

_EDGES = (0.0, 0.5, 0.7, 0.8, 0.85, 0.9, 0.95, 0.99, 1.0)


@dataclass(frozen=True, slots=True, kw_only=True)
class CalibrationBin:
    """Rows whose confidence is in [low, high) – the last bin includes 1 – and how many of them are right."""

    low: float
    high: float
    count: int
    mean_confidence: float
    share_right: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Calibration:
    """Reliability of confidences.

    Attributes:
        bins: From low to high; empty ones are left out.
        ece: Expected calibration error: mean gap between confidence and share right, weighted by bin.
        brier: Mean squared difference between confidence and 1 (right) or 0 (wrong).
    """

    bins: tuple[CalibrationBin, ...]
    ece: float | None
    brier: float | None


def calibrate(points: Sequence[tuple[float, bool]]) -> Calibration:
    """Compare confidences with what was right.

    Args:
        points: (confidence 0–1, was it right?) of each row; none gives no figures.
    """
    if not points:
        return Calibration(bins=(), ece=None, brier=None)
    bins = []
    for low, high in pairwise(_EDGES):
        inside = [(c, ok) for c, ok in points if low <= c < high or (high == 1.0 and c >= 1.0)]
        if inside:
            bins.append(
                CalibrationBin(
                    low=low,
                    high=high,
                    count=len(inside),
                    mean_confidence=sum(c for c, _ in inside) / len(inside),
                    share_right=sum(ok for _, ok in inside) / len(inside),
                )
            )
    ece = sum(b.count * abs(b.mean_confidence - b.share_right) for b in bins) / len(points)
    brier = sum((confidence - ok) ** 2 for confidence, ok in points) / len(points)
    return Calibration(bins=tuple(bins), ece=ece, brier=brier)
