"""Which measure does an item tell of? The assignment that ``compare`` uses, with what an item's text covers."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from planextract.model.result import ResultDocument, ResultMeasure, ResultTask
from planextract.score.assignment import assign
from planextract.text.characters import fold
from planextract.text.similarity import lcs_similarity, make_shingles
from planextract.track.reading import ProgressItem

_DIGITS = re.compile(r"\d+(?:\.\d+)?")
_MIN_SURE, _MIN_DOUBTFUL = 0.66, 0.5
_MIN_MARGIN = 0.03
_FIGURES, _NUMBER, _NAME = 0.04, 0.03, 0.93
_SHORTEST = 6


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """A measure that an item may tell of."""

    document: ResultDocument
    task: ResultTask
    measure: ResultMeasure


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """An item and its measure: how alike, and why; doubtful ones are for a person."""

    item: int
    measure: int
    score: float
    reasons: tuple[str, ...]
    is_doubtful: bool = False


@dataclass(frozen=True, slots=True)
class _Words:
    plain: str
    masked: str
    shingles: frozenset[str]


def link_items(items: Sequence[ProgressItem], wanted: Sequence[Wanted]) -> tuple[Link, ...]:
    """Link items to measures, one to one; of what is equally near to two nothing is taken for sure.

    Args:
        items: Items of a report.
        wanted: All measures of the plan.
    """
    measures = [_prepare(entry.measure.text) for entry in wanted]
    names = [_prepare(entry.task.name) for entry in wanted]
    alone = [len(entry.task.measures) == 1 for entry in wanted]
    candidates: dict[tuple[int, int], float] = {}
    for i, item in enumerate(items):
        texts = [_prepare(text) for text in item.texts]
        for j, entry in enumerate(wanted):
            score = max((_rate(text, measures[j]) for text in texts), default=0.0)
            if alone[j] and len(names[j].plain) >= _SHORTEST:
                score = max(score, _NAME * max((_rate(text, names[j]) for text in texts), default=0.0))
            if score >= _MIN_DOUBTFUL:
                candidates[i, j] = score + _NUMBER * (item.number == entry.task.task_no)
    return tuple(_judge(pair, score, candidates) for pair, score in assign(candidates).items())


def _judge(pair: tuple[int, int], score: float, candidates: dict[tuple[int, int], float]) -> Link:
    i, j = pair
    rivals = [value for (a, b), value in candidates.items() if (a == i) != (b == j)]
    margin = score - max((value for value in rivals), default=0.0)
    bare = min(1.0, score)
    reasons = [f"similarity {bare:.2f}"]
    if margin < _MIN_MARGIN:
        reasons.append("another is as near")
    return Link(
        item=i,
        measure=j,
        score=round(bare, 4),
        reasons=tuple(reasons),
        is_doubtful=score < _MIN_SURE or margin < _MIN_MARGIN,
    )


def _prepare(text: str) -> _Words:
    plain = fold(text)
    masked = _DIGITS.sub("#", plain)
    return _Words(plain, masked, make_shingles(masked))


def _rate(text: _Words, measure: _Words) -> float:
    """Return how well a text names a measure: alike, or the measure's words in a longer text; figures break ties."""
    if not text.plain or not measure.plain:
        return 0.0
    shorter, longer = sorted((len(text.masked), len(measure.masked)))
    alike = 0.0 if 4 * shorter < longer else lcs_similarity(text.masked, measure.masked)
    covered = 0.0
    if len(text.masked) > len(measure.masked) >= _SHORTEST:
        covered = 0.95 * len(text.shingles & measure.shingles) / len(measure.shingles)
    best = max(alike, covered)
    if best < _MIN_DOUBTFUL:
        return 0.0
    first, second = set(_DIGITS.findall(text.plain)), set(_DIGITS.findall(measure.plain))
    figures = len(first & second) / len(second) if second else 1.0
    return best - _FIGURES * (1 - figures)
