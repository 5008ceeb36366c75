"""How wide a text is, and what of it no line break may part."""

from __future__ import annotations

import re

# Brackets stay with what they open, closing marks with what they close, a number or a Latin word is one.
_UNBREAKABLE = re.compile(
    r"[（《“‘【〔(「『]*(?:[A-Za-z0-9.%+/\-]+|.)[，。、；：！？）》”’】〕)」』,;:!?%]*", re.DOTALL
)
_SLACK = 0.5  # characters: justified lines, kerning of marks


def count_units(text: str) -> float:
    """Return the width of a text in full-width characters; ASCII is half as wide.

    >>> count_units("PM2.5浓度")
    4.5
    """
    return len(text) - 0.5 * len(text.encode("ascii", "ignore"))


def fits_behind(text: str, room: float) -> bool:
    """Tell whether what a text begins with would have fitted behind a line: then it was not broken for want of room.

    Args:
        text: The text of the next line.
        room: Full-width characters that still fit behind the line.

    >>> [fits_behind("（2）建立台账", 2.0), fits_behind("（2）建立台账", 4.0)]
    [False, True]
    """
    match = _UNBREAKABLE.match(text)
    return match is not None and room >= count_units(match.group()) + _SLACK
