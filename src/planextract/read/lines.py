"""Lines of a text: where they end, and which one a character stands on."""

from __future__ import annotations

import re
from bisect import bisect_right

LINE_END = re.compile(r"\r\n|\r|\n|\f|\v|\x1c|\x1d|\x1e|\x85|\u2028|\u2029")


class LineIndex:
    """Tells the line of a character, after one pass over the text."""

    def __init__(self, text: str) -> None:
        self._starts = [0, *(match.end() for match in LINE_END.finditer(text))]

    def number_at(self, offset: int) -> int:
        """Return the line, from 1, of the character at an offset, from 0."""
        return bisect_right(self._starts, offset)
