"""Automatic numbers of Word: a value and a number format → the characters that Word prints."""

from __future__ import annotations

from collections.abc import Callable

_DIGITS = "零一二三四五六七八九"
_LEGAL_SIMPLIFIED = str.maketrans("零一二三四五六七八九十百千", "零壹贰叁肆伍陆柒捌玖拾佰仟")
_LEGAL_TRADITIONAL = str.maketrans("零一二三四五六七八九十百千", "零壹貳參肆伍陸柒捌玖拾佰仟")
_STEMS, _BRANCHES = "甲乙丙丁戊己庚辛壬癸", "子丑寅卯辰巳午未申酉戌亥"
_ROMAN = (
    (1000, "m"),
    (900, "cm"),
    (500, "d"),
    (400, "cd"),
    (100, "c"),
    (90, "xc"),
    (50, "l"),
    (40, "xl"),
    (10, "x"),
    (9, "ix"),
    (5, "v"),
    (4, "iv"),
    (1, "i"),
)


def format_number(value: int, number_format: str) -> str:
    """Return a number as Word prints it; an unknown format gives Arabic digits.

    Args:
        value: Counter of the level.
        number_format: ``w:numFmt``, as ``chineseCounting``.

    >>> format_number(21, "chineseCountingThousand"), format_number(3, "decimalEnclosedCircleChinese")
    ('二十一', '③')
    """
    return _FORMATS.get(number_format, str)(value)


def _chinese(value: int) -> str:
    if not 0 < value < 10_000:
        return str(value)
    text = ""
    for unit, sign in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit, value = divmod(value, unit)
        if digit:
            text += _DIGITS[digit] + sign
        elif text and value and not text.endswith("零"):
            text += "零"
    return text[1:] if text.startswith("一十") else text


def _positional(value: int) -> str:
    return "".join("〇一二三四五六七八九"[int(digit)] for digit in str(value)) if value >= 0 else str(value)


def _from_range(first: str, count: int) -> Callable[[int], str]:
    return lambda value: chr(ord(first) + value - 1) if 1 <= value <= count else str(value)


def _circle(value: int) -> str:
    for low, first, count in ((1, "①", 20), (21, "㉑", 15), (36, "㊱", 15)):
        if low <= value < low + count:
            return chr(ord(first) + value - low)
    return str(value)


def _cycle(signs: str) -> Callable[[int], str]:
    return lambda value: signs[(value - 1) % len(signs)] if value > 0 else str(value)


def _letter(value: int) -> str:
    return chr(ord("a") + (value - 1) % 26) * ((value - 1) // 26 + 1) if 0 < value < 26 * 40 else str(value)


def _roman(value: int) -> str:
    if not 0 < value < 4000:
        return str(value)
    text = ""
    for amount, sign in _ROMAN:
        count, value = divmod(value, amount)
        text += sign * count
    return text


_FORMATS: dict[str, Callable[[int], str]] = {
    "decimal": str,
    "decimalZero": lambda value: f"{value:02d}",
    "decimalFullWidth": lambda value: "".join(chr(ord(digit) + 0xFEE0) for digit in str(value)),
    "decimalFullWidth2": lambda value: "".join(chr(ord(digit) + 0xFEE0) for digit in str(value)),
    "decimalEnclosedCircle": _circle,
    "decimalEnclosedCircleChinese": _circle,
    "decimalEnclosedParen": _from_range("⑴", 20),
    "decimalEnclosedFullstop": _from_range("⒈", 20),
    "ideographEnclosedCircle": _from_range("㊀", 10),
    "chineseCounting": _chinese,
    "chineseCountingThousand": _chinese,
    "taiwaneseCounting": _chinese,
    "taiwaneseCountingThousand": _chinese,
    "japaneseCounting": _chinese,
    "ideographDigital": _positional,
    "taiwaneseDigital": _positional,
    "japaneseDigitalTenThousand": _positional,
    "chineseLegalSimplified": lambda value: _chinese(value).translate(_LEGAL_SIMPLIFIED),
    "ideographLegalTraditional": lambda value: _chinese(value).translate(_LEGAL_TRADITIONAL),
    "japaneseLegal": lambda value: _chinese(value).translate(_LEGAL_TRADITIONAL),
    "ideographTraditional": _cycle(_STEMS),
    "ideographZodiac": _cycle(_BRANCHES),
    "upperLetter": lambda value: _letter(value).upper(),
    "lowerLetter": _letter,
    "upperRoman": lambda value: _roman(value).upper(),
    "lowerRoman": _roman,
    "none": lambda value: "",
}
