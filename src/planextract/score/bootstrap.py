"""Confidence intervals by drawing whole tasks with replacement: rows of one task stand or fall together."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from planextract.score.rates import Rate

_Floats = NDArray[np.float64]
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
        Where no cluster has an error, drawing them again finds none either; the open end is then the exact
        binomial bound for that many clusters without an error.

    References:
        Efron, Bootstrap methods: another look at the jackknife, 1979. Clopper and Pearson, 1934.
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
    low, high = (float(point) for point in np.quantile(values, (0.025, 0.975)))
    tasks = int(np.count_nonzero(counts[:, 1] + counts[:, 2]))
    if low == high == 1.0:
        low = 0.025 ** (1 / max(1, tasks))
    elif low == high == 0.0 and measure == "share":
        high = 1 - 0.025 ** (1 / max(1, tasks))
    return low, high


def _divide(first: _Floats, second: _Floats, if_empty: float) -> _Floats:
    quotient: _Floats = np.divide(first, second, out=np.full(len(first), if_empty), where=second > 0)
    return quotient
