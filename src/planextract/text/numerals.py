"""Chinese and full-width numerals."""

from __future__ import annotations

_DIGITS = {
    "零": 0,
    "〇": 0,
    "○": 0,
    "Ｏ": 0,
    "一": 1,
    "二": 2,
    "两": 2,
    "三": 3,
    "四": 4,
    "五": 5,
    "六": 6,
    "七": 7,
    "八": 8,
    "九": 9,
    "壹": 1,
    "贰": 2,
    "叁": 3,
    "肆": 4,
    "伍": 5,
    "陆": 6,
    "柒": 7,
    "捌": 8,
    "玖": 9,
}
_UNITS = {"十": 10, "百": 100, "千": 1000, "拾": 10, "佰": 100, "仟": 1000}
_MAX_DIGITS = 18
CHINESE_NUMBER = r"[零〇○一二两三四五六七八九十百千]+"


def parse_number(text: str) -> int | None:
    """Return the integer that a numeral writes, or None.

    Reads ASCII and full-width digits, positional numerals (二〇二一) and counted ones (三百五十,
    十二, 廿 not), without sign, unit or white space. More than 18 characters are no number.

    >>> [parse_number(t) for t in ("１２", "二〇二一", "十二", "三百五十", "第三")]
    [12, 2021, 12, 350, None]
    """
    if not text or len(text) > _MAX_DIGITS:
        return None
    if text.isdecimal():
        return int(text)
    if all(c in _DIGITS for c in text):
        return int("".join(str(_DIGITS[c]) for c in text))
    if not all(c in _DIGITS or c in _UNITS for c in text):
        return None
    total, digit = 0, None
    for char in text:
        if char in _UNITS:
            total += (1 if digit is None else digit) * _UNITS[char]
            digit = None
        elif digit is None or digit == 0:
            digit = _DIGITS[char]
        else:
            return None
    return total + (digit or 0)
