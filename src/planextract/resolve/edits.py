"""The one edit by which a printed name differs from a known one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, slots=True)
class Edit:
    """One edit that turns a known name into the printed one; ``place`` counts in the known name."""

    kind: Literal["substitute", "delete", "insert", "swap"]
    place: int
    old: str
    new: str


def find_edit(printed: str, known: str) -> Edit | None:
    """Return the single edit between two names that differ, or None if it takes more than one.

    >>> find_edit("区财正局", "区财政局")
    Edit(kind='substitute', place=2, old='政', new='正')
    """
    gap = len(printed) - len(known)
    if abs(gap) > 1:
        return None
    left, most = 0, min(len(printed), len(known))
    while left < most and printed[left] == known[left]:
        left += 1
    if gap == 0:
        if printed[left + 1 :] == known[left + 1 :]:
            return Edit("substitute", left, known[left], printed[left])
        is_swap = printed[left : left + 2] == known[left : left + 2][::-1] and printed[left + 2 :] == known[left + 2 :]
        return Edit("swap", left, known[left : left + 2], printed[left : left + 2]) if is_swap else None
    if gap < 0:
        if printed[left:] != known[left + 1 :]:
            return None
        while left > 0 and known[left - 1] == known[left]:
            left -= 1
        return Edit("delete", left, known[left], "")
    return Edit("insert", left, "", printed[left]) if printed[left + 1 :] == known[left:] else None
