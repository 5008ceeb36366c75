"""The marks of symbol fonts: codes of Symbol and Wingdings that stand in the private area (U+F020 to U+F0FF)."""

from __future__ import annotations

_BULLET = "•"
_SYMBOL = {
    0xA3: "≤", 0xB0: "°", 0xB1: "±", 0xB3: "≥", 0xB4: "×", 0xB7: _BULLET, 0xB9: "≠", 0xBA: "≡", 0xBB: "≈", 0xBC: "…",
    0xAC: "←", 0xAD: "↑", 0xAE: "→", 0xAF: "↓", 0xD7: "⋅",
}  # fmt: skip  # pairs of signs, read as a table
_WINGDINGS = {
    0x6C: "●", 0x6D: "❍", 0x6E: "■", 0x6F: "□", 0x71: "❑", 0x72: "❒", 0x74: "⧫", 0x75: "◆", 0x76: "❖", 0x77: "⬥",
    0x9F: _BULLET, 0xA7: "▪", 0xA8: "◻", 0xD8: "➢", 0xE0: "→", 0xE8: "➔", 0xFB: "✗", 0xFC: "✓", 0xFD: "☒", 0xFE: "☑",
    0x52: "☑", 0xB7: _BULLET,
}  # fmt: skip  # pairs of signs, read as a table


def find_symbol(code: int, font: str = "") -> str | None:
    """Return the character that a code of a symbol font shows, or None if it is not known.

    Args:
        code: The code point as the file gives it.
        font: The font's name; without a telling one only the bullet is known, which both fonts share.

    >>> find_symbol(0xF0B7, "ABCDEF+SymbolMT"), find_symbol(0xF0D8, "Wingdings"), find_symbol(0xF0D8)
    ('•', '➢', None)
    """
    if not 0xF020 <= code <= 0xF0FF:
        return None
    name, low = font.lower(), code & 0xFF
    if "wingdings" in name:
        return _WINGDINGS.get(low)
    if "symbol" in name:
        return _SYMBOL.get(low)
    return _BULLET if low == 0xB7 else None
