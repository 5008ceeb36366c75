"""What a number in a cell prints, by its number format: 45657 → 2024年12月31日, 0.85 → 85%, 7 → 007.

Formats are written in the language of ECMA-376 part 1, 18.8.31. What is shown is what a Chinese spreadsheet shows,
but no digit is left out for want of room: a number in the general format prints its fifteen digits.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation
from functools import lru_cache

from planextract.read.xlsx.chinese_digits import print_counted, print_digits

GENERAL = "General"
_YEAR_MONTH, _DAY, _MONTH_DAY = 'yyyy"年"m"月"', 'yyyy"年"m"月"d"日"', 'm"月"d"日"'
BUILT_IN = {
    1: "0", 2: "0.00", 3: "#,##0", 4: "#,##0.00", 9: "0%", 10: "0.00%", 11: "0.00E+00", 12: "# ?/?", 13: "# ??/??",
    14: "yyyy/m/d", 15: "d-mmm-yy", 16: "d-mmm", 17: "mmm-yy", 18: "h:mm AM/PM", 19: "h:mm:ss AM/PM", 20: "h:mm",
    21: "h:mm:ss", 22: "yyyy/m/d h:mm", 27: _YEAR_MONTH, 28: _MONTH_DAY, 29: _MONTH_DAY, 30: "m-d-yy", 31: _DAY,
    32: 'h"时"mm"分"', 33: 'h"时"mm"分"ss"秒"', 34: "h:mm", 35: "h:mm:ss", 36: _YEAR_MONTH, 37: "#,##0;-#,##0",
    38: "#,##0;-#,##0", 39: "#,##0.00;-#,##0.00", 40: "#,##0.00;-#,##0.00", 45: "mm:ss", 46: "[h]:mm:ss",
    47: "mm:ss.0", 48: "##0.0E+0", 49: "@", 50: _YEAR_MONTH, 51: _MONTH_DAY, 52: _YEAR_MONTH, 53: _MONTH_DAY,
    54: _MONTH_DAY, 55: _YEAR_MONTH, 56: _MONTH_DAY, 57: _YEAR_MONTH, 58: _MONTH_DAY,
}  # fmt: skip  # the built-in formats by number, filled into lines
"""Formats that a workbook names by number alone, as a Chinese Excel shows them."""

_TOKEN = re.compile(
    r'"(?P<quoted>[^"]*)"|\\(?P<escaped>.)|_.|\*.|\[(?P<bracket>[^\]]*)\]|(?P<general>General|G/通用格式)'
    r"|(?P<half>AM/PM|A/P|上午/下午)|(?P<date>[yY]+|[mM]+|[dD]+|[hH]+|[sS]+|[bB]+|[aA]{3,4}|[gG]+|[eE]+(?![+\-]))|(?P<exponent>[eE][+\-])"
    r"|(?P<digit>[0#?]+)|(?P<other>.)",
    re.DOTALL | re.IGNORECASE,
)
_CONDITION = re.compile(r"(<=|>=|<>|<|>|=)\s*(-?\d+(?:\.\d+)?)")
_NUMERALS = re.compile(r"DBNum([123])", re.IGNORECASE)
_ELAPSED = re.compile(r"h+|m+|s+", re.IGNORECASE)
_LONGEST = 1000
_LAST_SERIAL = 2_958_465.99999999  # 31 December 9999
_EPOCH_1900, _EPOCH_1904 = datetime(1899, 12, 30), datetime(1904, 1, 1)
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_WEEKDAYS = "一二三四五六日"


@dataclass(frozen=True, slots=True)
class _Part:
    """A token of a format: its kind (the name of the group that matched) and its text."""

    kind: str
    text: str


@dataclass(frozen=True, slots=True)
class _Section:
    parts: tuple[_Part, ...]
    condition: tuple[str, float] | None
    numerals: int = 0

    @property
    def is_date(self) -> bool:
        return any(part.kind in ("date", "elapsed") for part in self.parts)


def format_number(raw: str, code: str, *, is_1904: bool = False) -> str:
    """Return what a stored number prints.

    Args:
        raw: The number as the file stores it: ``45657``, ``1.5E+2``.
        code: The format's code; an unknown or broken one prints the number itself.
        is_1904: Whether the workbook counts days from 1904.

    >>> format_number("45657", 'yyyy"年"m"月"d"日"'), format_number("0.85", "0%"), format_number("7", "000")
    ('2024年12月31日', '85%', '007')
    >>> format_number("1.5E+2", "General"), format_number("0.30000000000000004", "General")
    ('150', '0.3')
    """
    try:
        value = Decimal(raw.strip())
    except InvalidOperation:
        return raw
    if not value.is_finite():
        return raw
    if code in (GENERAL, "@", "") or len(code) > _LONGEST or abs(value.adjusted()) > 400:
        return print_general(value)
    sections = _parse(code)
    section = _choose(sections, value)
    if section is None:
        return print_general(value)
    if section.is_date:
        shown = _print_date(section, float(value), is_1904=is_1904)
        return print_general(value) if shown is None else shown
    negative = value < 0 and (len(sections) < 2 or section is sections[0])
    return ("-" if negative else "") + _print_number(section, abs(value))


def print_general(value: Decimal) -> str:
    """Return a number with its fifteen digits, without an exponent where it can be written out."""
    short = Decimal(f"{float(value):.15g}") if abs(value.adjusted()) < 300 else value
    if short == 0:
        return "0"
    if -10 <= short.adjusted() <= 20:
        text = f"{short:f}"
        return text.rstrip("0").rstrip(".") if "." in text else text
    digits, exponent = f"{short:E}".split("E")
    return f"{digits.rstrip('0').rstrip('.') if '.' in digits else digits}E{exponent}"


@lru_cache(maxsize=512)
def _parse(code: str) -> tuple[_Section, ...]:
    sections: list[list[_Part]] = [[]]
    conditions: list[tuple[str, float] | None] = [None]
    numerals = [0]
    for match in _TOKEN.finditer(code):
        kind = match.lastgroup or ""
        text = match.group(kind) if kind else ""
        if kind == "other" and text == ";":
            sections.append([])
            conditions.append(None)
            numerals.append(0)
        elif kind == "bracket":
            found = _CONDITION.fullmatch(text)
            if found is not None:
                conditions[-1] = (found.group(1), float(found.group(2)))
            elif _ELAPSED.fullmatch(text):
                sections[-1].append(_Part("elapsed", text.lower()))
            elif text.startswith("$"):
                sections[-1].append(_Part("quoted", text[1:].partition("-")[0]))
            elif named := _NUMERALS.fullmatch(text):
                numerals[-1] = int(named.group(1))
        elif kind:
            sections[-1].append(_Part(kind, text))
    made = zip(sections[:4], conditions[:4], numerals[:4], strict=True)
    return tuple(_Section(tuple(parts), condition, kind) for parts, condition, kind in made)


def _choose(sections: Sequence[_Section], value: Decimal) -> _Section | None:
    """Return the section that a number is printed by: by condition, else positive; negative; zero."""
    if any(section.condition for section in sections):
        for section in sections[:3]:
            if section.condition is None or _holds(section.condition, float(value)):
                return section
        return None
    if value < 0 and len(sections) > 1:
        return sections[1]
    return sections[2] if value == 0 and len(sections) > 2 else sections[0]


def _holds(condition: tuple[str, float], value: float) -> bool:
    sign, limit = condition
    return {
        "<": value < limit,
        ">": value > limit,
        "<=": value <= limit,
        ">=": value >= limit,
        "=": value == limit,
        "<>": value != limit,
    }[sign]


def _print_number(section: _Section, value: Decimal) -> str:
    parts = section.parts
    if any(part.kind == "general" for part in parts):
        general = print_general(value)
        shown = print_counted(general, section.numerals) if section.numerals else general
        return "".join(shown if part.kind == "general" else part.text for part in parts)
    places = [i for i, part in enumerate(parts) if part.kind == "digit"]
    if not places and not any(part.kind in ("quoted", "escaped") for part in parts):
        # A broken format, one that hides the number, or [DBNum1] alone.
        return print_counted(print_general(value), section.numerals) if section.numerals else print_general(value)
    if not places:
        return "".join(part.text for part in parts if part.kind != "exponent")
    if any(part.text == "/" for part in parts[places[0] : places[-1]]):
        return print_general(value)  # a fraction: its decimals say the same
    pattern = "".join(part.text for part in parts[places[0] : places[-1] + 1] if part.kind in ("digit", "other"))
    percents = sum(part.kind == "other" and part.text == "%" for part in parts)
    last = places[-1] + 1
    while last < len(parts) and parts[last] == _Part("other", ","):
        last += 1
    value = value * 100**percents / Decimal(1000) ** (last - places[-1] - 1)
    if any(part.kind == "exponent" for part in parts):
        return _print_scientific(parts, value)
    before, behind = _print_digits(pattern, value)
    if section.numerals:
        before, behind = (print_digits(text, section.numerals) for text in (before, behind))
    return _lay_out(parts, places, last, before, behind)


def _print_digits(pattern: str, value: Decimal) -> tuple[str, str]:
    """Return the digits before and behind the point by a pattern like ``#,##0.0#``."""
    whole, _, fraction = pattern.partition(".")
    decimals = sum(fraction.count(sign) for sign in "0#?")
    rounded = value.quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP) if value.adjusted() < 25 else value
    before, _, behind = f"{rounded:f}".partition(".")
    needed = sum(sign == "0" for sign in fraction)
    behind = behind[:needed] + behind[needed:].rstrip("0")
    before = before.lstrip("0").rjust(whole.count("0"), "0")
    if "," in whole:
        before = re.sub(r"(?<=\d)(?=(?:\d{3})+$)", ",", before)
    return before, behind


def _lay_out(parts: Sequence[_Part], places: Sequence[int], last: int, before: str, behind: str) -> str:
    """Put digits among the literals of a section; a literal inside the digits stands where they are fewest."""
    point = next((i for i, part in enumerate(parts) if part == _Part("other", ".") and places[0] - 1 <= i), None)
    inner = any(part.kind in ("quoted", "escaped") for part in parts[places[0] : places[-1]])
    head = "".join(part.text for part in parts[: places[0]] if part != _Part("other", "."))
    tail = "".join(part.text for part in parts[last:])
    if inner or any(part.text == "-" for part in parts[places[0] : places[-1]] if part.kind == "other"):
        return head + _weave(parts[places[0] : last], before + behind) + tail
    return head + before + (f".{behind}" if point is not None and behind else "") + tail


def _weave(parts: Sequence[_Part], digits: str) -> str:
    """Print a number through a mask such as ``000-0000`` or ``0"号"00``: from the right, place by place."""
    out: list[str] = []
    rest = list(digits)
    masks = [i for i, part in enumerate(parts) if part.kind == "digit"]
    for index in range(len(parts) - 1, -1, -1):
        part = parts[index]
        if part.kind != "digit":
            out.append(part.text)
            continue
        count = len(rest) if index == masks[0] else min(len(part.text), len(rest))
        taken = "".join(rest[len(rest) - count :])
        del rest[len(rest) - count :]
        out.append(taken.rjust(part.text.count("0"), "0"))
    return "".join(reversed(out))


def _print_scientific(parts: Sequence[_Part], value: Decimal) -> str:
    place = next(i for i, part in enumerate(parts) if part.kind == "exponent")
    mantissa = "".join(p.text for p in parts[:place] if p.kind in ("digit", "other"))
    width = sum(p.text.count("0") for p in parts[place + 1 :] if p.kind == "digit") or 1
    exponent = value.adjusted() if value else 0
    before, behind = _print_digits(mantissa, value.scaleb(-exponent))
    if before == "10":
        before, exponent = "1", exponent + 1
    sign = "-" if exponent < 0 else ("+" if parts[place].text.endswith("+") else "")
    return f"{before}{'.' + behind if behind else ''}E{sign}{str(abs(exponent)).rjust(width, '0')}"


def _print_date(section: _Section, serial: float, *, is_1904: bool) -> str | None:
    """Return a day or time by its format; None for a number that is none."""
    if not 0 <= serial <= _LAST_SERIAL:
        return None
    moment = _to_moment(serial, is_1904=is_1904)
    is_half = any(part.kind == "half" for part in section.parts)
    fields = [i for i, part in enumerate(section.parts) if part.kind in ("date", "elapsed")]
    out = []
    for index, part in enumerate(section.parts):
        if part.kind == "date":
            near = [section.parts[i].text[0].lower() for i in fields]
            shown = _print_field(part.text.lower(), moment, near, fields.index(index), is_half=is_half)
            out.append(_in_chinese(shown, near[fields.index(index)], section.numerals))
        elif part.kind == "elapsed":
            out.append(_print_elapsed(part.text, serial))
        elif part.kind == "half":
            out.append("上午" if moment.hour < 12 else "下午")
        elif part.kind == "digit":
            out.append(f"{moment.microsecond / 1e6:.{len(part.text)}f}"[2:])
        elif part.kind != "general" and part.text != "@":
            out.append(part.text)
    return "".join(out)


def _in_chinese(shown: str, letter: str, numerals: int) -> str:
    """Return a field of a date in the numerals of its format: a year digit by digit, a month or day counted."""
    if not numerals or not shown.isdecimal():
        return shown
    if letter in "yeb":
        return print_digits(shown, numerals)
    return print_counted(shown.lstrip("0") or "0", numerals, is_date=True)


def _to_moment(serial: float, *, is_1904: bool) -> datetime:
    """Return the moment of a serial; the day 60 of 1900 never was, so those before it are one later."""
    epoch = _EPOCH_1904 if is_1904 else _EPOCH_1900
    days = int(serial)
    seconds = round((serial - days) * 86_400, 3)
    early = 1 if not is_1904 and days < 60 else 0
    return epoch + timedelta(days=days + early, seconds=seconds)


def _print_field(text: str, moment: datetime, near: Sequence[str], place: int, *, is_half: bool) -> str:
    letter, width = text[0], len(text)
    if letter == "g":
        return ""  # the name of an era, which our calendar has none of
    if letter in "yeb":
        return f"{moment.year % 100:02d}" if letter == "y" and width <= 2 else f"{moment.year}"
    if letter in "ad" and width > 2:
        return ("周" if width == 3 else "星期") + _WEEKDAYS[moment.weekday()]
    if letter == "m":
        is_minute = (place > 0 and near[place - 1] == "h") or (place + 1 < len(near) and near[place + 1] == "s")
        if is_minute:
            return f"{moment.minute:0{min(width, 2)}d}"
        if width > 2:
            return _MONTHS[moment.month - 1] if width == 3 else f"{moment.month}月"
        return f"{moment.month:0{width}d}"
    if letter == "d" and width < 3:
        return f"{moment.day:0{width}d}"
    if letter == "h":
        hour = (moment.hour % 12 or 12) if is_half else moment.hour
        return f"{hour:0{min(width, 2)}d}"
    return f"{moment.second:0{min(width, 2)}d}" if letter == "s" else ""


def _print_elapsed(text: str, serial: float) -> str:
    unit = {"h": 24, "m": 1440, "s": 86_400}[text[0]]
    return f"{int(serial * unit + 1e-6):0{len(text)}d}"
