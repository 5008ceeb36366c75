"""Evidence and how it is weighed: natural logarithms of likelihood ratios, added up."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeAlias, TypeVar

P = TypeVar("P")
Clue: TypeAlias = tuple[Callable[[P], str | None], str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """One observation. ``weights`` maps a hypothesis to its log likelihood ratio (0 where absent)."""

    name: str
    detail: str
    weights: Mapping[str, float]


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """The most probable hypothesis, its posterior probability, the next one, and the evidence in words.

    ``seen`` are the names of the evidence.
    """

    choice: str
    score: float
    runner_up: str | None
    reasons: tuple[str, ...]
    seen: frozenset[str] = frozenset()


def weigh(priors: Mapping[str, float], evidence: Sequence[Evidence]) -> Verdict:
    """Return the verdict over the hypotheses in ``priors`` (probabilities above 0, in order of preference).

    Ties go to the hypothesis named first. Reasons are sorted by the strength with which they speak
    for or against the choice.
    """
    logits = {
        name: math.log(prior) + sum(item.weights.get(name, 0.0) for item in evidence) for name, prior in priors.items()
    }
    top = max(logits.values())
    total = sum(math.exp(value - top) for value in logits.values())
    ranked = sorted(logits, key=lambda name: -logits[name])
    choice = ranked[0]
    runner_up = ranked[1] if len(ranked) > 1 else None
    others = [name for name in logits if name != choice]
    strength = {item.name: _strength(item, choice, others) for item in evidence}
    ordered = sorted(evidence, key=lambda item: (-abs(strength[item.name]), item.name))
    reasons = tuple(
        f"{item.name}{_show(item.detail)} ({strength[item.name]:+.1f})"
        for item in ordered
        if abs(strength[item.name]) >= 0.05
    )
    score = math.exp(logits[choice] - top) / total
    return Verdict(choice=choice, score=score, runner_up=runner_up, reasons=reasons, seen=frozenset(strength))


def _show(detail: str) -> str:
    return ": " + " ".join(detail.split()) if detail else ""


def _strength(item: Evidence, choice: str, others: Sequence[str]) -> float:
    """Return the weight for the choice against the alternative that the evidence parts it from most."""
    own = item.weights.get(choice, 0.0)
    return max((own - item.weights.get(other, 0.0) for other in others), key=abs, default=own)


def log_ratio(if_true: float, if_false: float) -> float:
    """Return ln(P(seen | hypothesis) / P(seen | not)); both probabilities are kept within 0.002 and 0.998."""
    low, high = 0.002, 0.998
    return math.log(min(max(if_true, low), high) / min(max(if_false, low), high))


def see(pair: P, groups: Iterable[Sequence[Clue[P]]]) -> Iterator[tuple[str, str]]:
    """Yield (name, detail) of the first clue of each group that is seen.

    A predicate returns what it saw, for people ("" where its name says all), or None if it saw nothing; a clue without
    a name is seen and says nothing.
    """
    for group in groups:
        for is_seen, name in group:
            detail = is_seen(pair)
            if detail is not None:
                if name:
                    yield name, detail
                break


def seen_if(is_so: object, detail: str = "") -> str | None:
    """Return what a predicate of :func:`see` saw: the detail if something is so, else None."""
    return detail if is_so else None
