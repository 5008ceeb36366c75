"""Which numbers of a stream of cells count the rows: the longest chain in which each is the next of the one before."""

from __future__ import annotations

import re
from collections.abc import Sequence

from planextract.text.characters import without_spaces
from planextract.text.markers import parse_task_no

_NEXT, _LATER, _AGAIN, _FIRST, _SOME = 8.0, 4.0, 3.5, 6.0, 3.0
_OUTSIDE = -1.0  # a number that counts nothing
_WINDOW = 12  # numbers between two of the chain at most: values, years
_NUMBER = re.compile(r"[(（\[【第]?(?:\d{1,4}|[一二三四五六七八九十百]{1,4})[)）\]】项]?[.、．。]?")


def weigh_numbers(texts: Sequence[str]) -> list[float]:
    """Return for each text how much it counts the rows: 0 if it is no number, above 0 in the chain, else below."""
    found = [(place, value) for place, text in enumerate(texts) if (value := _read(text)) is not None]
    weights = [0.0] * len(texts)
    best: list[tuple[float, int, float]] = []
    for i, (_, value) in enumerate(found):
        first = _FIRST if value == 1 else _SOME
        options = [(first, -1, first)]
        for j in range(max(0, i - _WINDOW), i):
            link = _link(found[j][1], value)
            if link:
                options.append((best[j][0] + link - 0.01 * (i - j), j, link))
        best.append(max(options))
    for place, _ in found:
        weights[place] = _OUTSIDE
    at = max(range(len(best)), key=lambda i: best[i][0], default=-1)
    while at >= 0:
        weights[found[at][0]] = best[at][2]
        at = best[at][1]
    return weights


def count_chain(weights: Sequence[float]) -> int:
    """Return how many numbers of the chain are the next of another."""
    return sum(weight == _NEXT for weight in weights)


def _read(text: str) -> int | None:
    flat = without_spaces(text)
    return parse_task_no(flat) if len(flat) <= 6 and _NUMBER.fullmatch(flat) else None


def _link(before: int, after: int) -> float:
    if after == before + 1:
        return _NEXT
    if after > before:
        return _LATER if after <= before + 200 else 0.0
    return _AGAIN if after == 1 else 0.0
