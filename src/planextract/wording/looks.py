"""What a document asks of a person: how many rows to look at, how long it takes, and what that comes to."""

from __future__ import annotations

import math
from collections.abc import Iterable

from planextract.phrases import Phrase

SECONDS_A_ROW = 20  # to compare a row with its page, on the review page
_BEST = 99.9  # no more is promised: what is left is a matter of single characters


def count_minutes(rows: int) -> int:
    """Return about how many minutes it takes to look at some rows, at least one.

    >>> count_minutes(1), count_minutes(12)
    (1, 4)
    """
    return max(1, math.ceil(rows * SECONDS_A_ROW / 60))


def share_left(measures: Iterable[tuple[bool, float, int]]) -> float:
    """Return the share of a document's values that are expected to be wrong once the rows to look at were looked at.

    Args:
        measures: Of each whether it is looked at, how sure the row is (0–1), and how many values it has.

    >>> share_left([(True, 0.2, 5), (False, 0.99, 5)])
    0.001
    """
    left, values = 0.0, 0
    for is_looked_at, confidence, count in measures:
        left += 0.0 if is_looked_at else 1.0 - confidence
        values += count
    return round(left / values, 6) if values else 0.0


def tell_looks(rows: int, left: float = 0.0) -> Phrase:
    """Return what to look at, as a sentence without its end.

    Args:
        rows: Measures that need a look.
        left: What :func:`share_left` gives.

    >>> tell_looks(12, 0.0004)
    'look at these 12 rows (about 4 min) to reach 99.9 %'
    """
    reached = f"{min(_BEST, math.floor(1000 * (1 - left) + 1e-6) / 10):g}"
    if not rows:
        return Phrase("no row needs a look; {reached} % of the values are expected to be right", reached=reached)
    minutes = count_minutes(rows)
    if rows == 1:
        return Phrase("look at this row (about {minutes} min) to reach {reached} %", minutes=minutes, reached=reached)
    return Phrase(
        "look at these {rows} rows (about {minutes} min) to reach {reached} %",
        rows=rows,
        minutes=minutes,
        reached=reached,
    )
