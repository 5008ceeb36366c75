"""How alike are two texts, and where do they differ? Small functions for scores and comparisons.

All work on characters: Chinese has no word boundaries to lean on.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from rapidfuzz.distance import Indel, Levenshtein

SegmentKind = Literal["equal", "removed", "added"]
_MIN_EQUAL_RUN = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Segment:
    """A run of characters that two texts share, or that only one of them has."""

    kind: SegmentKind
    text: str


def edit_distance(first: str, second: str) -> int:
    """Return the Levenshtein distance: insertions, deletions and substitutions of single characters."""
    return int(Levenshtein.distance(first, second))


def lcs_similarity(first: str, second: str) -> float:
    """Return 2·LCS / (length of both), 0 to 1; two empty texts are alike (1).

    References:
        Smock et al., GriTS: Grid Table Similarity Metric, 2023: the similarity of GriTS_Con.
    """
    return float(Indel.normalized_similarity(first, second))


def mark_changes(before: str, after: str) -> tuple[Segment, ...]:
    """Return both texts as one sequence of shared, removed and added runs, in reading order.

    The shared and removed runs together are ``before``, the shared and added ones ``after``. A shared run of
    one character between two changes is drawn into them: it is chance, and reads badly.

    >>> [(s.kind, s.text) for s in mark_changes("不低于12组", "不低于15组")]
    [('equal', '不低于1'), ('removed', '2'), ('added', '5'), ('equal', '组')]
    """
    pieces: list[list[str]] = []  # equal text, or "" with removed and added
    for step in Indel.opcodes(before, after):
        a0, a1, b0, b1 = step.src_start, step.src_end, step.dest_start, step.dest_end
        if step.tag == "equal":
            pieces.append([before[a0:a1], "", ""])
        elif pieces and not pieces[-1][0]:
            pieces[-1][1] += before[a0:a1]
            pieces[-1][2] += after[b0:b1]
        else:
            pieces.append(["", before[a0:a1], after[b0:b1]])
    merged: list[list[str]] = []
    for number, (equal, removed, added) in enumerate(pieces):
        is_inner = 0 < number < len(pieces) - 1
        if equal and is_inner and len(equal) < _MIN_EQUAL_RUN:
            merged[-1][1] += equal
            merged[-1][2] += equal
        elif not equal and merged and not merged[-1][0]:
            merged[-1][1] += removed
            merged[-1][2] += added
        else:
            merged.append([equal, removed, added])
    kinds: tuple[SegmentKind, ...] = ("equal", "removed", "added")
    return tuple(
        Segment(kind=kind, text=text) for piece in merged for kind, text in zip(kinds, piece, strict=True) if text
    )


def make_shingles(text: str, size: int = 4) -> frozenset[str]:
    """Return the set of all runs of ``size`` characters; a shorter text is its own single shingle."""
    if len(text) <= size:
        return frozenset((text,)) if text else frozenset()
    return frozenset(text[start : start + size] for start in range(len(text) - size + 1))
