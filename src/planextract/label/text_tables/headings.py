"""Headings that a table prints as cells of their own: 一, then 保居民就业, above rows that digits count."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from planextract.label.text_tables.tokens import Token
from planextract.text.characters import without_spaces
from planextract.text.numerals import CHINESE_NUMBER
from planextract.text.sentences import is_finished

_NUMERAL = re.compile(rf"[（(]?{CHINESE_NUMBER}[)）]?[、.．]?")
_DIGITS = re.compile(r"[（(]?\d{1,3}[)）]?[、.．]?")
_LONGEST = 30


def join_headings(tokens: Sequence[Token]) -> list[Token]:
    """Make one cell of a Chinese numeral and the title behind it, where the next filled cell counts in digits.

    The cells that such a row leaves blank stay blank ones.
    """
    out: list[Token] = []
    place = 0
    while place < len(tokens):
        token = tokens[place]
        if place + 1 < len(tokens) and _opens_section(tokens, place):
            title = tokens[place + 1]
            out.append(replace(token, text=f"{token.text}\n{title.text}", last_line=title.last_line))
            place += 2
            continue
        out.append(token)
        place += 1
    return out


def is_joined_heading(text: str) -> bool:
    """Tell whether a cell is a numeral and its title."""
    number, feed, title = text.partition("\n")
    return bool(feed) and _NUMERAL.fullmatch(without_spaces(number)) is not None and "\n" not in title


def _opens_section(tokens: Sequence[Token], place: int) -> bool:
    number, title = tokens[place], tokens[place + 1]
    flat = without_spaces(title.text)
    if _NUMERAL.fullmatch(without_spaces(number.text)) is None or not 1 < len(flat) <= _LONGEST:
        return False
    if is_finished(flat) or "\n" in title.text or not any(map(str.isalpha, flat)):
        return False
    behind = next((token for token in tokens[place + 2 :] if token.text), None)
    return behind is not None and _DIGITS.fullmatch(without_spaces(behind.text)) is not None
