"""What a document asks of a person: how many rows to look at, how long it takes, and what that comes to."""

from __future__ import annotations

import math
from collections.abc import Iterable

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


def tell_looks(rows: int, left: float = 0.0, language: str = "en") -> str:
    """Return what to look at, as a sentence without its end.

    Args:
        rows: Measures that need a look.
        left: What :func:`share_left` gives.
        language: ``en`` or ``zh``.

    >>> tell_looks(12, 0.0004)
    'look at these 12 rows (about 4 minutes) to reach 99.9 %'
    >>> tell_looks(0, 0.0042, "zh")
    '无需核对，预计 99.5 % 正确'
    """
    reached = f"{min(_BEST, math.floor(1000 * (1 - left) + 1e-6) / 10):g} %"
    minutes = count_minutes(rows)
    if language == "zh":
        return f"核对这 {rows} 行（约 {minutes} 分钟）可达 {reached}" if rows else f"无需核对，预计 {reached} 正确"
    if not rows:
        return f"no row needs a look; {reached} of the values are expected to be right"
    these = "this row" if rows == 1 else f"these {rows} rows"
    return f"look at {these} (about {minutes} minute{'s' * (minutes != 1)}) to reach {reached}"
