"""Whole numbers that somebody else wrote: short and plain, or none."""

from __future__ import annotations

_MAX_DIGITS = 15


def parse_small_int(text: str) -> int | None:
    """Return the value of a text of ASCII digits, at most fifteen; None for anything else.

    ``str.isdigit`` lets ``²`` through and ``int`` refuses thousands of digits; both come from outside.

    >>> parse_small_int("0042"), parse_small_int("²"), parse_small_int("9" * 5000), parse_small_int("-1")
    (42, None, None, None)
    """
    is_plain = text.isascii() and text.isdigit() and len(text) <= _MAX_DIGITS
    return int(text) if is_plain else None
