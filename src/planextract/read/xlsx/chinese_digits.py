"""Digits that a format prints in Chinese: ``[DBNum1]`` 一二三, ``[DBNum2]`` 壹贰叁, ``[DBNum3]`` full-width ones.

A year, and digits by a pattern (``0``), go digit by digit; what is counted (``General``, a month, a day) with its tens
and hundreds. As Excel has it, 10 is 一十, but for a month or a day in small numerals, which are 十.
"""

from __future__ import annotations

_DIGITS = {1: "〇一二三四五六七八九", 2: "零壹贰叁肆伍陆柒捌玖", 3: "".join(map(chr, range(0xFF10, 0xFF1A)))}
_TENS = {1: ("", "十", "百", "千"), 2: ("", "拾", "佰", "仟")}
_MYRIADS = ("", "万", "亿", "万亿")
_LONGEST = 16


def print_digits(text: str, kind: int) -> str:
    """Return a text with each of its digits in Chinese.

    >>> print_digits("2025", 1), print_digits("12.50", 2)
    ('二〇二五', '壹贰.伍零')
    """
    return text.translate({ord(str(digit)): char for digit, char in enumerate(_DIGITS[kind])})


def print_counted(text: str, kind: int, *, is_date: bool = False) -> str:
    """Return a number with its tens and hundreds; digit by digit where the numerals have none, or it is too long.

    >>> print_counted("12", 1), print_counted("12", 1, is_date=True), print_counted("10305", 2)
    ('一十二', '十二', '壹万零叁佰零伍')
    """
    whole, point, fraction = text.partition(".")
    if kind not in _TENS or not whole.isdecimal() or len(whole) > _LONGEST:
        return print_digits(text, kind)
    shown = _count(int(whole), kind)
    if is_date and kind == 1 and shown.startswith("一十"):
        shown = shown[1:]
    return shown + point + print_digits(fraction, kind)


def _count(number: int, kind: int) -> str:
    zero = _DIGITS[kind][0]
    groups: list[str] = []
    rest, place = number, 0
    while rest:
        rest, group = divmod(rest, 10_000)
        if group:
            shown = _count_group(group, kind)
            groups.append((zero if rest and group < 1000 else "") + shown + _MYRIADS[place])
        elif groups and not groups[-1].startswith(zero):
            groups[-1] = zero + groups[-1]
        place += 1
    return "".join(reversed(groups)) or zero


def _count_group(number: int, kind: int) -> str:
    digits, tens = _DIGITS[kind], _TENS[kind]
    shown, is_gap = "", False
    for place in (3, 2, 1, 0):
        digit = number // 10**place % 10
        if digit:
            shown += (digits[0] if is_gap and shown else "") + digits[digit] + tens[place]
        is_gap = not digit
    return shown
