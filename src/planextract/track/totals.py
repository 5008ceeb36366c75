"""A report's own totals (共42项，已完成30项 …), counted again from its items."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from planextract.text.characters import fold
from planextract.track.reading import ProgressItem, ProgressReading
from planextract.track.words import ProgressWords

_DIVIDED = re.compile(r"[|｜\t┃│]")
_LEAST_NAME = 6
_BETWEEN = r"[^，。；,;：:\d]{0,10}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Total:
    """A total as printed, and as counted: of a state, or of all items (``state`` is ``all``)."""

    state: str
    printed: int
    counted: int
    text: str

    @property
    def holds(self) -> bool:
        """Whether both agree."""
        return self.printed == self.counted


def check_totals(reading: ProgressReading, told: Sequence[ProgressItem], words: ProgressWords) -> tuple[Total, ...]:
    """Compare what a report says of its totals with its items; the first total of each state counts."""
    counts = Counter(item.state(words) for item in told)
    counts["done"] += counts["ahead"]
    found: dict[str, Total] = {}
    for text in _find_prose(reading.lines, told):
        for state, number in _find_totals(text, words):
            counted = len(told) if state == "all" else counts[state]
            found.setdefault(state, Total(state=state, printed=number, counted=counted, text=text[:80]))
    return tuple(found.values())


def _find_prose(lines: Sequence[str], told: Sequence[ProgressItem]) -> Iterator[str]:
    """Yield the lines that are no row of a table and hold no item: in those 充电桩350个 counts no items."""
    names = [fold(item.texts[0]) for item in told if item.texts]
    for line in lines:
        folded = fold(line)
        if not _DIVIDED.search(line) and not any(len(name) >= _LEAST_NAME and name in folded for name in names):
            yield line


def _find_totals(text: str, words: ProgressWords) -> list[tuple[str, int]]:
    units = "|".join(words.units)
    found: list[tuple[str, int]] = []
    rest = text
    for state, terms in words.states:
        for pattern in _patterns(terms, units):
            match = pattern.search(rest)
            if match is not None:
                found.append((state, int(match.group(1))))
                rest = rest[: match.start()] + "。" + rest[match.end() :]
                break
    total = re.search(rf"(?:{'|'.join(words.total_words)}){_BETWEEN}(\d{{1,4}})\s*(?:{units})", rest)
    if total is not None:
        found.append(("all", int(total.group(1))))
    return found


def _patterns(terms: Sequence[str], units: str) -> tuple[re.Pattern[str], re.Pattern[str]]:
    words = "|".join(sorted(map(re.escape, terms), key=len, reverse=True))
    return (
        re.compile(rf"(?:{words}){_BETWEEN}(\d{{1,4}})\s*(?:{units})"),
        re.compile(rf"(\d{{1,4}})\s*(?:{units}){_BETWEEN}(?:{words})"),
    )
