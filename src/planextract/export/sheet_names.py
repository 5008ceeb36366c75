r"""Names of sheets by Excel's rules: 31 characters at most, none of ``[]:*?/\\``, no two alike, case aside."""

from __future__ import annotations

import re

from planextract.export.spreadsheet_text import cell_length, show_controls

_FORBIDDEN = re.compile(r"[\[\]:*?/\\\n\t]")
_MAX = 31


class SheetNames:
    """Gives every sheet a name of its own."""

    def __init__(self) -> None:
        self._taken = {"history"}  # kept by Excel for itself

    def take(self, wanted: str) -> str:
        """Return the wanted name, or the nearest one that is allowed and free."""
        base = _FORBIDDEN.sub(" ", show_controls(wanted)).strip().strip("'").strip() or "sheet"
        name, number = _cut(base, _MAX), 1
        while name.casefold() in self._taken:
            number += 1
            ending = f" ({number})"
            name = _cut(base, _MAX - len(ending)) + ending
        self._taken.add(name.casefold())
        return name


def _cut(text: str, limit: int) -> str:
    while cell_length(text) > limit:
        text = text[:-1]
    return text.rstrip().rstrip("'").rstrip()
