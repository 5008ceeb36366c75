"""Links between the measures or tasks of two years, and what makes their texts comparable."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from planextract.text.characters import fold
from planextract.text.similarity import lcs_similarity

LinkKind = Literal["kept", "reworded", "new", "dropped", "split", "merged"]
LINK_KINDS: tuple[LinkKind, ...] = ("kept", "reworded", "new", "dropped", "split", "merged")
_MIN_NAME = 0.5
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_DIGITS = re.compile(r"\d+(?:\.\d+)?")


@dataclass(frozen=True, slots=True, kw_only=True)
class YearLink:
    """A measure or task and what became of it.

    Attributes:
        kind: ``kept``: the same words, figures and years aside; ``split`` and ``merged`` have one link for
            each pair of parts, all with the same ``group``.
        similarity: Of the two texts with years made relative, 0 to 1; None where one is missing.
        reasons: Why they belong together, for people.
        is_moved: The counterpart stands in another task.
    """

    kind: LinkKind
    old_id: str | None
    new_id: str | None
    old_key: str | None
    new_key: str | None
    similarity: float | None
    reasons: tuple[str, ...]
    group: int | None = None
    is_moved: bool = False


def make_relative(text: str, year: int | None) -> str:
    """Fold a text and write the years next to the plan's own relative to it.

    >>> make_relative("2021年底前", 2021) == make_relative("2022年底前", 2022)
    True
    """
    folded = fold(text)
    if year is None:
        return folded

    def replace(match: re.Match[str]) -> str:
        distance = int(match.group()) - year
        return f"Y{distance:+d}" if abs(distance) <= 2 else match.group()

    return _YEAR.sub(replace, folded)


def mask(text: str) -> str:
    """Return a text with its figures masked: what is compared when only they changed."""
    return _DIGITS.sub("#", text)


def name_similarity(first: str, second: str) -> float:
    """Return how alike two names are, 0 to 1."""
    return 1.0 if first == second else lcs_similarity(first, second)
