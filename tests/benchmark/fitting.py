"""Fit the confidence model: monotone logistic weights, then curves from what was stated to what was measured.

For the weights all strata of documents count the same, however many measures they have. A curve each medium corrects what
the weights, which all share, overstate or understate there.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from planextract.check.confidence import kind_of
from planextract.model.confidence import MEDIA, ConfidenceModel, Curve, Medium, ValueModel

from .damaged import Sample, Value

KINDS = ("task", "text", "deadline", "agencies")
_RIDGE = 1.0
_SETTLED = 1e-4
_LEAST = 0.02  # a weight nearer to 0 is left out
_MIN_COUNT, _MIN_ERRORS = 150, 5
_MAX_POINTS = 16
Array = NDArray[np.float64]


def fit_model(samples: Sequence[Sample]) -> ConfidenceModel:
    """Fit the model of each kind of value, then the curves of whole rows."""
    values = {kind: _fit_value(kind, samples) for kind in KINDS}
    model = ConfidenceModel(values=values)
    products = np.array(
        [np.prod([values[kind_of(v.name)].rate(v.signs, s.medium) for v in s.values]) for s in samples], dtype=float
    )
    right = np.array([sample.is_exact for sample in samples], dtype=float)
    return replace(model, rows=_fit_curves(products, right, [sample.medium for sample in samples]))


def _fit_value(kind: str, samples: Sequence[Sample]) -> ValueModel:
    held, media, shares = _take(kind, samples)
    names = sorted({name for value in held for name in value.signs})
    x = np.array([[value.signs[name] for name in names] for value in held])
    right = np.array([float(value.is_exact) for value in held])
    bias, weights = fit_weights(x, right, shares)
    kept = {name: round(float(w), 2) for name, w in zip(names, weights, strict=True) if w <= -_LEAST}
    model = ValueModel(bias=round(bias, 2), weights=kept)
    stated = np.array([model.add_up(value.signs) for value in held])
    return replace(model, curves=_fit_curves(stated, right, media))


def _take(kind: str, samples: Sequence[Sample]) -> tuple[list[Value], list[Medium], Array]:
    """Return the values of a kind, their media, and what each counts: all strata together count the same."""
    held = [(sample, value) for sample in samples for value in sample.values if kind_of(value.name) == kind]
    counts = Counter(sample.stratum for sample, _ in held)
    shares = np.array([len(held) / (len(counts) * counts[sample.stratum]) for sample, _ in held])
    return [value for _, value in held], [sample.medium for sample, _ in held], shares


def fit_weights(x: Array, y: Array, shares: Array) -> tuple[float, Array]:
    """Fit a logistic model by iteratively reweighted least squares with a ridge; no weight may rise above 0.

    Args:
        x: Signs, samples × signs, 0 where nothing is odd.
        y: 1 where the value is exact, else 0.
        shares: How much each sample counts, 1 on average.
    """
    x = np.hstack([np.ones((len(x), 1)), x])
    weights, free = np.zeros(x.shape[1]), np.ones(x.shape[1], dtype=bool)
    penalty = _RIDGE * np.eye(x.shape[1])
    penalty[0, 0] = 0.0
    for _ in range(60):
        p = 1 / (1 + np.exp(-np.clip(x @ weights, -30, 30)))
        w = shares * np.maximum(p * (1 - p), 1e-6)
        part = x[:, free]
        hessian = (part.T * w) @ part + penalty[np.ix_(free, free)]
        step = np.linalg.solve(hessian, part.T @ (shares * (y - p)) - penalty[np.ix_(free, free)] @ weights[free])
        weights[free] += np.clip(step, -2.0, 2.0)
        raising = (weights > 0) & (np.arange(len(weights)) > 0)
        free &= ~raising
        weights[raising] = 0.0
        if not raising.any() and np.abs(step).max() < _SETTLED:
            break
    return float(weights[0]), weights[1:]


def _fit_curves(stated: Array, right: Array, media: Sequence[Medium]) -> dict[Medium, Curve]:
    """Fit a curve each medium; one without enough samples of its own takes that of all."""
    curves = {}
    for medium in MEDIA:
        here = np.array([found == medium for found in media])
        enough = here.sum() >= _MIN_COUNT
        curves[medium] = fit_curve(stated[here], right[here]) if enough else fit_curve(stated, right)
    return curves


def fit_curve(stated: Array, right: Array) -> Curve:
    """Fit a non-decreasing line: bins of enough samples and errors, those out of order pooled (pool adjacent violators).

    The lowest samples come first, so that the surest ones are all in the last bin, which may be large.
    """
    order = np.argsort(stated, kind="stable")
    stated, right = stated[order], right[order]
    bins: list[tuple[float, float, float, float]] = []  # count, sum right, least and most stated
    start = 0
    while start < len(stated):
        end = _end_of_bin(stated, right, start)
        bins.append((float(end - start), float(right[start:end].sum()), stated[start], stated[end - 1]))
        start = end
    pooled: list[tuple[float, float, float, float]] = []
    for part in bins:
        pooled.append(part)
        while len(pooled) > 1 and pooled[-2][1] / pooled[-2][0] >= pooled[-1][1] / pooled[-1][0]:
            last, before = pooled.pop(), pooled.pop()
            pooled.append((before[0] + last[0], before[1] + last[1], before[2], last[3]))
    # Level within a bin and a slope between two: what is stated is then what was measured, bin by bin.
    points = {
        round(float(place), 5): round((good + 0.5) / (count + 1), 5)
        for count, good, low, high in pooled
        for place in (low, high)
    }
    points.setdefault(0.0, min(points.values()))
    points.setdefault(1.0, max(points.values()))
    places = sorted(points)
    return Curve(stated=tuple(places), measured=tuple(np.maximum.accumulate([points[p] for p in places]).tolist()))


def _end_of_bin(stated: Array, right: Array, start: int) -> int:
    """Return where a bin ends: behind enough samples and errors, equal samples together; a short rest joins it."""
    wrong = np.cumsum(1.0 - right[start:])
    enough = max(_MIN_COUNT, len(stated) // _MAX_POINTS // 8)
    at = start + max(enough, int(np.searchsorted(wrong, _MIN_ERRORS)) + 1)
    if at >= len(stated):
        return len(stated)
    end = int(np.searchsorted(stated, stated[at - 1], side="right"))
    rest = len(stated) - end
    return len(stated) if rest < enough else end


def choose_review_below(samples: Sequence[Sample], most: float = 0.056) -> float:
    """Return the confidence below which a measure is looked at: so high that few of undamaged documents are.

    Args:
        samples: As rated by the model, with those marked that need a look whatever the threshold.
        most: Share of the measures of undamaged documents of the lab, together with those.
    """
    undamaged = [sample for sample in samples if sample.job.is_undamaged and sample.stratum != "real"]
    left = int(most * len(undamaged)) - sum(sample.needs_review for sample in undamaged)
    ranked = sorted(sample.confidence for sample in undamaged if not sample.needs_review)
    return round(ranked[left], 3) if 0 < left < len(ranked) else 0.5
