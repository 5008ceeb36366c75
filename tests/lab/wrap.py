"""Break Chinese text into lines as a word processor does: anywhere but inside numbers and Latin words."""

from __future__ import annotations

import re
from collections.abc import Callable

from tests.lab.model import split_lowered

_TOKEN = re.compile(r"[A-Za-z0-9.%+/\-]+|.", re.DOTALL)
_NOT_FIRST = frozenset("，。、；：！？）》”’】〕)%·")
_NOT_LAST = frozenset("（《“‘【〔(")

Run = tuple[str, bool]
Line = tuple[Run, ...]


def wrap_text(text: str, width: float, measure: Callable[[str, bool], float], indent: float = 0.0) -> list[Line]:
    """Break a paragraph into lines of runs (text, lowered).

    Args:
        text: The paragraph, with ``⟦…⟧`` around lowered characters.
        width: Width of a line.
        measure: Width of a text, lowered or not.
        indent: Width that the first line lacks.
    """
    tokens = [(token, low) for part, low in split_lowered(text) for token in _TOKEN.findall(part)]
    tokens = [piece for token, low in tokens for piece in _fit_token(token, low, width - indent, measure)]
    lines: list[list[Run]] = [[]]
    room = width - indent
    for token, low in tokens:
        size = measure(token, low)
        if size > room and lines[-1]:
            moved = _take_back(lines[-1], token)
            lines.append(moved)
            room = width - sum(measure(*run) for run in moved)
        lines[-1].append((token, low))
        room -= size
    return [tuple(_join_runs(line)) for line in lines if line]


def _fit_token(token: str, low: bool, width: float, measure: Callable[[str, bool], float]) -> list[Run]:
    if len(token) == 1 or measure(token, low) <= width:
        return [(token, low)]
    return [(char, low) for char in token]


def _take_back(line: list[Run], token: str) -> list[Run]:
    """Take tokens from the end of a line that must not stand there, given the token that does not fit."""
    moved: list[Run] = []
    first = token
    while len(line) > 1 and (first[0] in _NOT_FIRST or line[-1][0] in _NOT_LAST):
        moved.insert(0, line.pop())
        first = moved[0][0]
    return moved


def _join_runs(line: list[Run]) -> list[Run]:
    runs: list[Run] = []
    for text, low in line:
        if runs and runs[-1][1] == low:
            runs[-1] = (runs[-1][0] + text, low)
        else:
            runs.append((text, low))
    return runs
