"""Fit the confidence model: monotone logistic weights, then curves from what was stated to what was measured.

A curve corrects what the weights overstate. For the weights the three forms of documents count the same, however many
measures they have.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from planextract.check.confidence import kind_of
from planextract.model.confidence import ConfidenceModel, Curve, ValueModel
from tests.benchmark.damaged import Sample, Value

KINDS = ("task", "text", "deadline", "agencies")
_RIDGE = 1.0
_LEAST = 0.02  # a weight nearer to 0 is left out
_EDGES = (
    0.0,
    0.05,
    0.1,
    0.2,
    0.3,
    0.4,
    0.5,
    0.6,
    0.7,
    0.8,
    0.85,
    0.9,
    0.93,
    0.95,
    0.97,
    0.98,
    0.985,
    0.99,
    0.993,
    0.995,
    0.997,
    0.998,
    0.999,
    1.0,
)
_MIN_COUNT = 400
Array = NDArray[np.float64]


def fit_model(samples: Sequence[Sample]) -> ConfidenceModel:
    """Fit the model of each kind of value, then the curve of whole rows."""
    values = {kind: _fit_value(kind, samples) for kind in KINDS}
    products, right = [], []
    for sample in samples:
        products.append(float(np.prod([values[kind_of(v.name)].rate(v.signs) for v in sample.values])))
        right.append(sample.is_exact)
    row = fit_curve(np.array(products), np.array(right, dtype=float), np.ones(len(samples)))
    return ConfidenceModel(values=values, row=row)


def _fit_value(kind: str, samples: Sequence[Sample]) -> ValueModel:
    held, shares = _take(kind, samples)
    names = sorted({name for value in held for name in value.signs})
    x = np.array([[value.signs[name] for name in names] for value in held])
    bias, weights = fit_weights(x, np.array([float(value.is_exact) for value in held]), shares)
    kept = {name: round(float(w), 2) for name, w in zip(names, weights, strict=True) if w <= -_LEAST}
    model = ValueModel(bias=round(bias, 2), weights=kept)
    stated = np.array([model.add_up(value.signs) for value in held])
    # Curves are for the mixture of forms as it is: what is stated must hold over all of them together.
    curve = fit_curve(stated, np.array([float(value.is_exact) for value in held]), np.ones(len(held)))
    return ValueModel(bias=model.bias, weights=kept, curve=curve)


def _take(kind: str, samples: Sequence[Sample]) -> tuple[list[Value], Array]:
    """Return the values of a kind, and what each counts: all forms together count the same."""
    held = [(sample.form, value) for sample in samples for value in sample.values if kind_of(value.name) == kind]
    counts = Counter(form for form, _ in held)
    return [value for _, value in held], np.array([len(held) / (len(counts) * counts[form]) for form, _ in held])


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
    return float(weights[0]), weights[1:]


def fit_curve(stated: Array, right: Array, shares: Array) -> Curve:
    """Fit a non-decreasing line: bins of enough samples, those out of order pooled (pool adjacent violators)."""
    order = np.argsort(stated, kind="stable")
    stated, right, shares = stated[order], right[order], shares[order]
    bins: list[list[float]] = []  # count, sum stated, sum right
    for low, high in pairwise(_EDGES):
        inside = (stated >= low) & ((stated < high) | (high == 1.0))
        if not inside.any():
            continue
        part = [float((shares * part)[inside].sum()) for part in (np.ones_like(stated), stated, right)]
        if bins and bins[-1][0] < _MIN_COUNT:
            bins[-1] = [a + b for a, b in zip(bins[-1], part, strict=True)]
        else:
            bins.append(part)
    if len(bins) > 1 and bins[-1][0] < _MIN_COUNT:
        last = bins.pop()
        bins[-1] = [a + b for a, b in zip(bins[-1], last, strict=True)]
    pooled: list[list[float]] = []
    for part in bins:
        pooled.append(part)
        while len(pooled) > 1 and pooled[-2][2] / pooled[-2][0] >= pooled[-1][2] / pooled[-1][0]:
            last = pooled.pop()
            pooled[-1] = [a + b for a, b in zip(pooled[-1], last, strict=True)]
    points = {round(total / count, 4): round((good + 0.5) / (count + 1), 4) for count, total, good in pooled}
    points.setdefault(0.0, min(points.values()))
    points.setdefault(1.0, max(points.values()))
    places = sorted(points)
    return Curve(stated=tuple(places), measured=tuple(np.maximum.accumulate([points[p] for p in places]).tolist()))
