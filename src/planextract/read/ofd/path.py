"""Paths of OFD (``AbbreviatedData``) → straight strokes, closed boxes: what can be a ruling."""

from __future__ import annotations

import re
from dataclasses import dataclass

from planextract.read.ofd.geometry import Matrix, apply

_TOKEN = re.compile(r"[A-Za-z]|[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d{1,2})?")
_OPERANDS = {"S": 2, "M": 2, "L": 2, "Q": 4, "B": 6, "A": 7, "C": 0}
_MAX_TOKENS = 200_000

Point = tuple[float, float]


@dataclass(frozen=True, slots=True, kw_only=True)
class Subpath:
    """Points of one part of a path, transformed; ``straight[i]`` tells whether the way to point i + 1 is a line."""

    points: tuple[Point, ...]
    straight: tuple[bool, ...]


def read_path(data: str, matrix: Matrix) -> tuple[Subpath, ...]:
    """Read a path and transform it.

    ``S`` and ``M`` open a part, ``L`` draws a line, ``Q``, ``B`` and ``A`` draw curves (only their ends matter
    here), ``C`` goes back to the part's start. A command without its numbers ends the path.
    """
    parts: list[Subpath] = []
    points: list[Point] = []
    straight: list[bool] = []

    def finish() -> None:
        if len(points) > 1:
            parts.append(Subpath(points=tuple(points), straight=tuple(straight)))
        points.clear()
        straight.clear()

    tokens = _TOKEN.findall(data)[:_MAX_TOKENS]
    index, command = 0, ""
    while index < len(tokens):
        if tokens[index].isalpha():
            command = tokens[index].upper()
            index += 1
        count = _OPERANDS.get(command)
        if count is None:
            break
        if count == 0:
            if len(points) > 1:
                points.append(points[0])
                straight.append(True)
            command = ""
            if index < len(tokens) and not tokens[index].isalpha():
                break
            continue
        operands = tokens[index : index + count]
        if len(operands) < count or any(token.isalpha() for token in operands):
            break
        index += count
        point = apply(matrix, float(operands[-2]), float(operands[-1]))
        if command in ("S", "M"):
            finish()
            points.append(point)
        else:
            if not points:
                points.append(point)
            straight.append(command == "L")
            points.append(point)
    finish()
    return tuple(parts)
