"""Fit and check measures' confidence on damaged texts: ``python -m tests.benchmark.calibration [fit|check|mild]``.

``fit`` prints weights from the tuning seeds, ``check`` (and ``mild``, with less damage) the reliability table on
other seeds: stated confidence
against measured exactness in ten bins, and how many errors the least certain 5 % of the measures hold. A
measure is exact if its place (task number, task name), its deadline and its agencies are those of the undamaged
text and its text lost or gained no more than 2 % of its characters.
"""

from __future__ import annotations

import sys
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from rapidfuzz import fuzz, process
from rapidfuzz.distance import Levenshtein

from planextract.check.confidence import FEATURES, describe, survey
from planextract.dictionaries import load_dictionaries
from planextract.model.decision import Overrides
from planextract.model.plan import Extraction, Measure, Task
from planextract.pipeline import extract_document
from planextract.read import read_document
from planextract.settings import Settings

from .damage import Rates, damage

ROOT = Path(__file__).parents[2]
TEXTS = (ROOT / "raw" / "xicheng-2021-action-plan.txt",)
TUNE, CHECK = range(1000, 1130), range(5000, 5040)
MILD = Rates(
    substitute=0.00025, delete=0.00012, lose_separator=0.0015, lose_tab=0.0008, damage_header=0.012, tear_row=0.0035
)
_EDITS = 0.02


@dataclass(frozen=True, slots=True, kw_only=True)
class Sample:
    """A measure of a damaged text: its features, what was stated, whether it is exact."""

    features: tuple[float, ...]
    confidence: float
    needs_review: bool
    is_exact: bool


def extract(text: str) -> Extraction:
    source = read_document(text.encode(), "plan.txt", Settings().read)
    return extract_document(source, load_dictionaries(), Overrides(), Settings())


def measures_of(extraction: Extraction) -> list[tuple[str, Task, Measure]]:
    return [
        (f"{extraction.task_id(plan, task)}/{measure.seq}", task, measure)
        for plan in extraction.plans
        for task in plan.tasks
        for measure in task.measures
    ]


def values_of(measure: Measure) -> tuple[object, ...]:
    agencies = tuple(
        (item.role, item.match.entry.name if item.match.entry else item.raw_text) for item in measure.responsibilities
    )
    return measure.deadline.kind, measure.deadline.start, measure.deadline.end, agencies


def is_exact(task: Task, measure: Measure, true_task: Task, truth: Measure) -> bool:
    edits = Levenshtein.distance(measure.text, truth.text)
    return (
        task.task_no == true_task.task_no
        and fuzz.ratio(task.name, true_task.name) >= 70
        and values_of(measure) == values_of(truth)
        and edits <= max(2, _EDITS * len(truth.text))
    )


def collect(seeds: range, rates: Rates | None = None) -> list[Sample]:
    samples: list[Sample] = []
    for path in TEXTS:
        text = path.read_text(encoding="utf-8")
        truth = measures_of(extract(text))
        texts = [measure.text for _, _, measure in truth]
        for seed in seeds:
            extraction = extract(damage(text, seed, rates))
            features = {key: describe(m, around) for key, m, around in survey(extraction)}
            found = measures_of(extraction)
            scores = process.cdist([m.text for _, _, m in found], texts, scorer=fuzz.ratio)
            for row, (measure_id, task, measure) in enumerate(found):
                _, true_task, true_measure = truth[int(scores[row].argmax())]
                samples.append(
                    Sample(
                        features=tuple(features[measure_id][name] for name in FEATURES), confidence=measure.confidence,
                        needs_review=measure.needs_review, is_exact=is_exact(task, measure, true_task, true_measure),
                    )
                )  # fmt: skip
    return samples


def fit(samples: list[Sample], ridge: float = 0.3) -> tuple[float, dict[str, float]]:
    """Fit by iteratively reweighted least squares with a small ridge; oddness never raises the confidence."""
    x = np.array([[1.0, *sample.features] for sample in samples])
    y = np.array([float(sample.is_exact) for sample in samples])
    weights = np.zeros(x.shape[1])
    free = np.ones(x.shape[1], dtype=bool)
    penalty = ridge * np.eye(x.shape[1])
    penalty[0, 0] = 0.0
    for _ in range(40):
        z = x @ weights
        p = 1 / (1 + np.exp(-z))
        w = np.maximum(p * (1 - p), 1e-6)
        hessian = (x[:, free].T * w) @ x[:, free] + penalty[np.ix_(free, free)]
        step = np.linalg.solve(hessian, x[:, free].T @ (y - p) - penalty[np.ix_(free, free)] @ weights[free])
        weights[free] += step
        raising = (weights > 0) & (np.arange(len(weights)) > 0)
        free &= ~raising
        weights[raising] = 0.0
    return float(weights[0]), dict(zip(FEATURES, map(float, weights[1:]), strict=True))


def reliability(samples: list[Sample], bins: int = 10) -> list[tuple[float, float, int, float, float]]:
    """Return (low, high, count, mean stated, measured) of bins of equal width that hold samples."""
    out = []
    for index in range(bins):
        low, high = index / bins, (index + 1) / bins
        held = [s for s in samples if low <= s.confidence < high or (index == bins - 1 and s.confidence == 1)]
        if held:
            stated = sum(s.confidence for s in held) / len(held)
            out.append((low, high, len(held), stated, sum(s.is_exact for s in held) / len(held)))
    return out


def errors_removed(samples: list[Sample], share: float = 0.05) -> float:
    """Return the share of all errors that stand among the least certain ``share`` of the samples."""
    ranked = sorted(samples, key=lambda sample: sample.confidence)[: round(share * len(samples))]
    errors = sum(not s.is_exact for s in samples)
    return sum(not s.is_exact for s in ranked) / errors if errors else 1.0


def main() -> None:
    mode = sys.argv[1] if len(sys.argv) > 1 else "check"
    if mode == "fit":
        half = len(TUNE) // 2
        samples = collect(TUNE[:half]) + collect(TUNE[half:], MILD)
    else:
        samples = collect(CHECK, MILD if mode == "mild" else None)
    if mode == "fit":
        bias, weights = fit(samples)
        print(f"BIAS = {bias:.2f}")
        print(", ".join(f'"{name}": {value:.2f}' for name, value in weights.items()))
        counts = np.array([s.features for s in samples]).astype(bool).sum(axis=0)
        print(dict(zip(FEATURES, counts.tolist(), strict=True)))
    wrong = sum(not s.is_exact for s in samples)
    print(f"{len(samples)} measures, {wrong} not exact ({wrong / len(samples):.1%})")
    print("| stated | measures | mean stated | measured exact | difference |\n|---|---|---|---|---|")
    for low, high, count, stated, measured in reliability(samples):
        print(f"| {low:.1f}–{high:.1f} | {count} | {stated:.3f} | {measured:.3f} | {measured - stated:+.3f} |")
    flagged = [s for s in samples if s.needs_review]
    held = sum(not s.is_exact for s in flagged) / max(1, wrong)
    print(f"least certain 5 %: {errors_removed(samples):.1%} of the errors; "
          f"needs_review: {len(flagged) / len(samples):.1%} of the measures, {held:.1%} of the errors")  # fmt: skip


if __name__ == "__main__":
    main()
