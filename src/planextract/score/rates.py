"""Counts with precision, recall and F1."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Rate:
    """What was right of what was wanted and of what was found.

    Where nothing was found, precision is 1; where nothing was wanted, recall is 1: nothing was done wrong.
    """

    right: float = 0.0
    wanted: float = 0.0
    found: float = 0.0

    @property
    def precision(self) -> float:
        """Right of found, 0 to 1."""
        return self.right / self.found if self.found else 1.0

    @property
    def recall(self) -> float:
        """Right of wanted, 0 to 1."""
        return self.right / self.wanted if self.wanted else 1.0

    @property
    def f1(self) -> float:
        """Harmonic mean of precision and recall, 0 to 1."""
        total = self.precision + self.recall
        return 2 * self.precision * self.recall / total if total else 0.0

    def __add__(self, other: Rate) -> Rate:
        """Add counts: the micro average."""
        return Rate(right=self.right + other.right, wanted=self.wanted + other.wanted, found=self.found + other.found)


def add_up(rates: Iterable[Rate]) -> Rate:
    """Add the counts of many rates; of none, an empty one."""
    total = Rate()
    for rate in rates:
        total = total + rate
    return total
