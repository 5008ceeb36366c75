"""Confidence intervals by drawing whole tasks with replacement: rows of one task stand or fall together."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

import numpy as np

from planextract.score.rates import Rate

_SEED = 20210311
_DRAWS = 1000
Measure = Literal["precision", "recall", "f1", "share"]


def find_interval(clusters: Sequence[Rate], measure: Measure) -> tuple[float, float] | None:
    """Return the 2.5 % and 97.5 % points of a rate over bootstrap samples of its clusters.

    Args:
        clusters: Counts by cluster (task, page break, document).
        measure: What is computed from the summed counts; ``share`` is right of wanted (0 of 0 is 0).

    Returns:
        The interval, or None with fewer than two clusters. The seed is fixed: same counts, same interval.

    References:
        Efron, Bootstrap methods: another look at the jackknife, 1979.
    """
    if len(clusters) < 2:
        return None
    counts = np.array([(rate.right, rate.wanted, rate.found) for rate in clusters])
    draws = np.random.Generator(np.random.PCG64(_SEED)).multinomial(
        len(clusters), np.full(len(clusters), 1 / len(clusters)), size=_DRAWS
    )
    right, wanted, found = (draws @ counts).T
    recall = _divide(right, wanted, 0.0 if measure == "share" else 1.0)
    precision = _divide(right, found, 1.0)
    if measure in ("recall", "share"):
        values = recall
    elif measure == "precision":
        values = precision
    else:
        values = _divide(2 * precision * recall, precision + recall, 0.0)
    low, high = np.quantile(values, (0.025, 0.975))
    return float(low), float(high)


def _divide(first: np.ndarray, second: np.ndarray, if_empty: float) -> np.ndarray:
    return np.divide(first, second, out=np.full(len(first), if_empty), where=second > 0)
