"""Score deadlines and targets on phrases of other cities' plans: ``python -m tests.benchmark.phrase_scores [tune|heldout]``.

A deadline is right if kind, start and end are. Targets are counted as a multiset a phrase of (comparator,
value, upper value, unit); the score is F1 over all phrases. The indicator is compared as well and reported,
without a floor: readers name it in more than one way.
"""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

import yaml

from planextract.dictionaries import load_dictionaries
from planextract.interpret import find_targets, parse_deadline

FOLDER = Path(__file__).parent / "phrases"
Key = tuple[str, float, float | None, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class DeadlinePhrase:
    """A deadline phrase with its truth."""

    source: str
    year: int
    text: str
    kind: str
    start: date | None
    end: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class TargetPhrase:
    """A target phrase with its truth: keys and indicators in the order of the text."""

    source: str
    text: str
    keys: tuple[Key, ...]
    indicators: tuple[str, ...]


@dataclass(slots=True)
class TargetScore:
    """Counts over phrases; F1 is 1 for two empty lists."""

    right: int = 0
    found: int = 0
    wanted: int = 0
    indicators_right: int = 0
    misses: list[str] = field(default_factory=list)

    @property
    def f1(self) -> float:
        """Harmonic mean of precision and recall."""
        return 2 * self.right / (self.found + self.wanted) if self.found + self.wanted else 1.0


def load_deadlines(split: str) -> list[DeadlinePhrase]:
    """Load one half of the deadline phrases."""
    sources = _load("sources.yaml")
    return [
        DeadlinePhrase(source=source, year=sources[source]["year"], text=text, kind=kind, start=start, end=end)
        for source, text, kind, start, end in _load("deadlines.yaml")[split]
    ]


def load_targets(split: str) -> list[TargetPhrase]:
    """Load one half of the target phrases."""
    out = []
    for source, text, specs in _load("targets.yaml")[split]:
        parsed = [parse_spec(spec) for spec in specs]
        out.append(
            TargetPhrase(
                source=source, text=text, keys=tuple(key for key, _ in parsed), indicators=tuple(i for _, i in parsed)
            )
        )
    return out


def _load(name: str) -> dict:
    return yaml.safe_load((FOLDER / name).read_text(encoding="utf-8"))


def parse_spec(spec: str) -> tuple[Key, str]:
    """Split ``>= 80 % | 覆盖率`` into the key of a target and its indicator."""
    quantity, _, indicator = spec.partition(" | ")
    comparator, number, unit = quantity.split(" ", maxsplit=2)
    low, _, high = number.partition("..")
    return (comparator, float(low), float(high) if high else None, unit), indicator


def wrong_deadlines(phrases: list[DeadlinePhrase]) -> Iterator[str]:
    """Yield a line for each deadline that is read wrong."""
    words = load_dictionaries().deadlines
    for phrase in phrases:
        got = parse_deadline(phrase.text, phrase.year, words)
        if (got.kind, got.start, got.end) != (phrase.kind, phrase.start, phrase.end):
            yield (
                f"{phrase.text} ({phrase.source}): {got.kind} {got.start} {got.end}, "
                f"want {phrase.kind} {phrase.start} {phrase.end}"
            )


def score_targets(phrases: list[TargetPhrase]) -> TargetScore:
    """Score the targets of all phrases; qualifiers are not counted."""
    units, score = load_dictionaries().units, TargetScore()
    for phrase in phrases:
        found = [target for target in find_targets(phrase.text, units) if target.role == "target"]
        keys = Counter((t.comparator, t.value, t.value_high, t.unit) for t in found)
        wanted = Counter(phrase.keys)
        score.right += sum((keys & wanted).values())
        score.found += len(found)
        score.wanted += len(phrase.keys)
        if keys != wanted:
            score.misses.append(f"{phrase.text}: got {list(keys)}, want {list(wanted)}")
        named = Counter((t.value, t.indicator) for t in found)
        want_named = Counter((key[1], name) for key, name in zip(phrase.keys, phrase.indicators, strict=True))
        score.indicators_right += sum((named & want_named).values())
        score.misses.extend(f"   indicator of {phrase.text}: {name}" for name in (want_named - named))
    return score


def main() -> None:
    """Print the scores of a half, and on the tune half every miss."""
    split = sys.argv[1] if len(sys.argv) > 1 else "heldout"
    deadlines = load_deadlines(split)
    wrong = list(wrong_deadlines(deadlines))
    targets = load_targets(split)
    score = score_targets(targets)
    if split == "tune" or "--misses" in sys.argv:
        print("\n".join([*wrong, *score.misses]))
    print(
        f"{split}: deadlines {len(deadlines) - len(wrong)} of {len(deadlines)} right "
        f"({1 - len(wrong) / len(deadlines):.1%}); targets F1 {score.f1:.3f} ({score.right} right, {score.found} found, "
        f"{score.wanted} wanted, {len(targets)} phrases); indicators {score.indicators_right} of {score.wanted}"
    )


if __name__ == "__main__":
    main()
