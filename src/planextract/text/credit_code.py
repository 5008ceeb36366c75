"""Unified social credit codes (GB 32100): the code of a body, with a check character."""

from __future__ import annotations

_DIGITS = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_LENGTH = 18


def read_credit_code(text: str) -> str | None:
    """Return the code that a text begins with, or None if there is none or its check character is wrong.

    An index number of government information (索引号) is the code of the body that publishes, and a running number.

    >>> read_credit_code("11341602003165628D/202506-00023")
    '11341602003165628D'
    >>> read_credit_code("11341602003165629D/202506-00023"), read_credit_code("11N000/ZK-2023-000021")
    (None, None)
    """
    code, rest = text.strip()[:_LENGTH].upper(), text.strip()[_LENGTH:]
    if len(code) < _LENGTH or not set(code) <= set(_DIGITS) or rest[:1].isalnum() or not code[2:8].isdigit():
        return None
    total = sum(_DIGITS.index(character) * pow(3, place, 31) for place, character in enumerate(code[:-1]))
    return code if _DIGITS[-total % 31] == code[-1] else None
