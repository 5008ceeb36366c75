"""Text that a spreadsheet must not take for something else.

A cell such as ``=HYPERLINK(…)`` is run by a spreadsheet when it stands in a CSV file; in a workbook it stays text,
until somebody saves the sheet as CSV and opens that. So both get an apostrophe in front, which is what a person
would type. One character (the comparator =), dashes alone (the plan's mark for "none") and signed numbers are
harmless and stay.
"""

from __future__ import annotations

import re

_STARTS = "=+-@\t\r\n＝＋－＠"
_HARMLESS = re.compile(r".|[-－+＋]+|[-+]?[0-9][0-9.,]*%?")
_NOT_IN_XML = re.compile("[\x00-\x08\x0b-\x1f\x7f\ufffe\uffff]")
MAX_CELL = 32_767


def is_formula_like(text: str) -> bool:
    """Tell whether a spreadsheet would take a text for a formula."""
    return text[:1] != "" and text[0] in _STARTS and _HARMLESS.fullmatch(text) is None


def guard(text: str) -> str:
    """Put an apostrophe in front of what a spreadsheet would take for a formula."""
    return f"'{text}" if is_formula_like(text) else text


def show_controls(text: str) -> str:
    """Return a text for a workbook: control characters, which its XML cannot hold, as their pictures (␀ … ␡)."""
    return _NOT_IN_XML.sub(_picture, text)


def _picture(match: re.Match[str]) -> str:
    code = ord(match[0])
    return "\ufffd" if code > 0x7F else "\u2421" if code == 0x7F else chr(0x2400 + code)


def cell_length(text: str) -> int:
    """Return a text's length as Excel counts it: UTF-16 units."""
    return len(text) + sum(char > "\uffff" for char in text)


def cut_text(text: str, limit: int = MAX_CELL) -> tuple[str, ...]:
    """Cut a text into pieces that fit into cells; a short text is one piece."""
    if cell_length(text) <= limit:
        return (text,)
    step = limit // 2  # as if every character took two units
    return tuple(text[start : start + step] for start in range(0, len(text), step))
