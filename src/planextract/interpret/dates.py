"""Periods of time as plans write them: days, months, quarters, halves, years, five-year plans."""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from planextract.text.characters import fold
from planextract.text.numerals import CHINESE_NUMBER, parse_number


@dataclass(frozen=True, slots=True, kw_only=True)
class Period:
    """A period found in a text: inclusive dates, ``text[start:end]``, how exact it is.

    ``is_end`` if the words name the end of the period (年底, 6月底, 一季度末, 年内).
    """

    first: date
    last: date
    precision: str
    start: int
    end: int
    has_year: bool
    is_end: bool = False


_QUARTERS = {"1": 1, "2": 2, "3": 3, "4": 4, "一": 1, "二": 2, "三": 3, "四": 4}
_YEAR = r"(?:(?P<year>\d{4})年?|(?P<next>次年|明年|翌年|来年)|(?:当年|今年|本年|本年度|同年))?度?"
_PATTERNS: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("iso", re.compile(r"(?P<year>\d{4})[-./](?P<month>\d{1,2})(?:[-./](?P<day>\d{1,2}))?(?![\d年月])日?")),
    ("day", re.compile(_YEAR + r"(?P<month>\d{1,2})月(?:份)?(?P<day>\d{1,2})[日号]?(?!\d|月)")),
    ("decade", re.compile(_YEAR + r"(?P<month>\d{1,2})月(?:份)?(?P<decade>上旬|中旬|下旬|初)")),
    ("month_end", re.compile(_YEAR + r"(?P<month>\d{1,2})月(?:份)?(?:[底末]|月底)")),
    ("month", re.compile(_YEAR + r"(?P<month>\d{1,2})月(?:份)?")),
    ("quarter_end", re.compile(_YEAR + r"第?(?P<quarter>[1-4一二三四])季度?[底末]")),
    ("quarter", re.compile(_YEAR + r"第?(?P<quarter>[1-4一二三四])季度")),
    ("half", re.compile(_YEAR + r"(?P<half>[上下])半年(?P<half_end>[底末])?")),
    ("mid_year", re.compile(_YEAR + r"年中")),
    ("year_end", re.compile(r"(?:(?P<year>\d{4})年?|(?P<next>次年|明年|翌年)|当年|今年|本年)?(?:年?[底末终]|年度?内|内)(?=.|$)")),
    ("year", re.compile(r"(?P<year>\d{4})年度?|(?P<next>次年|明年|翌年)|全年|(?:今年|本年度?|当年)")),
)  # fmt: skip  # a pattern a line, in the order they are tried
_START = re.compile(r"[\d次明翌来当今本同度第一二三四上下年底末终内全]")  # what a match of the patterns begins with
_NEEDS_YEAR_WORD = re.compile(r"年|\d{4}")
_CHINESE_DATE = re.compile(rf"(?<![{CHINESE_NUMBER[1:-2]}])({CHINESE_NUMBER})(?=年|月|日|号|个月|个工作日)")
# The time of day that a sheet's format shows behind a date: joined to the day's digits, it would hide the day.
_CLOCK = re.compile(r"(\d{4}[-./]\d{1,2}[-./]\d{1,2}日?)[ T]+\d{1,2}[:：]\d{2}(?:[:：]\d{2}(?:\.\d+)?)?(?!\d)")
_FULL_DAY = re.compile(r"(?<!\d)(\d{1,2})月(\d{1,2})[日号]")
_NUMBERED_YEAR = re.compile(r"(?<!\d)(\d{3,}(?=年)|\d{1,2}(?=年[底末终]))")
_NO_MONTH = re.compile(r"(?:年|、|(?<![\d.年月-]))\d{1,2}[底末初](?!\d)")  # 2016年6底前: the word for month is missing
_LEAP_YEAR = 2000
_LOOSE_YEAR = re.compile(r"([零〇○一二三四五六七八九]{4})(?=年)")


def fold_dates(text: str) -> str:
    """Fold a text for date reading: half-width, no spaces, Chinese numerals of dates as digits.

    >>> fold_dates("二〇二一年 十二月前")
    '2021年12月前'
    >>> fold_dates("2024-05-20 0:00:00")
    '2024-05-20'
    """
    folded = fold(_CLOCK.sub(r"\1", text))
    folded = _LOOSE_YEAR.sub(lambda m: str(parse_number(m.group(1))), folded)
    return _CHINESE_DATE.sub(lambda m: str(n) if (n := parse_number(m.group(1))) is not None else m.group(), folded)


def has_impossible_date(text: str) -> bool:
    """Tell whether a folded text names a day or a year that cannot be: OCR damaged it, no part of it counts.

    >>> [has_impossible_date(t) for t in ("2月30日前", "13月1日", "9999年底前", "2016年6底前", "2021年2月28日")]
    [True, True, True, True, False]
    """
    if _NO_MONTH.search(text):
        return True
    for match in _FULL_DAY.finditer(text):
        month, day = int(match.group(1)), int(match.group(2))
        if not 1 <= month <= 12 or not 1 <= day <= calendar.monthrange(_LEAP_YEAR, month)[1]:
            return True
    return any(
        not 1900 <= int(match.group(1)) <= 2200 if len(match.group(1)) <= 4 else True
        for match in _NUMBERED_YEAR.finditer(text)
    )


def find_periods(text: str, year: int | None, five_year_plans: Mapping[str, tuple[int, int]]) -> tuple[Period, ...]:
    """Find the periods in a folded text, in order, not overlapping.

    Args:
        text: Result of :func:`fold_dates`.
        year: Year of the plan; periods without a year are left out if it is None.
        five_year_plans: First and last year by name (十四五).
    """
    found: list[Period] = [*_find_plans(text, five_year_plans)]
    start = _START.search(text)
    while start is not None:
        period = _read_at(text, start.start(), year)
        if period is not None:
            found.append(period)
        start = _START.search(text, start.end() if period is None else period.end)
    return tuple(sorted(found, key=lambda p: p.start))


def _find_plans(text: str, plans: Mapping[str, tuple[int, int]]) -> Iterator[Period]:
    for name, (first, last) in plans.items():
        for match in re.finditer(rf"[\"'“]?{name}[\"'”]?(规划)?(期间|时期|期内|期)?(?P<end>[末底])?", text):
            yield Period(
                first=date(first, 1, 1),
                last=date(last, 12, 31),
                precision="five_years",
                start=match.start(),
                end=match.end(),
                has_year=True,
                is_end=match.group("end") is not None,
            )


def _read_at(text: str, position: int, year: int | None) -> Period | None:
    if position and text[position - 1].isdigit() and text[position].isdigit():
        return None
    for name, pattern in _PATTERNS:
        match = pattern.match(text, position)
        if match is None or not match.group():
            continue
        if name == "year_end" and not _is_year_end(match.group()):
            continue
        groups = match.groupdict()
        own_year = int(groups["year"]) if groups.get("year") else None
        base = own_year or year
        if base is None:
            return None
        base += 1 if groups.get("next") else 0
        span = _span_of(name, groups, base)
        if span is None:
            continue
        first, last, precision, is_end = span
        return Period(
            first=first,
            last=last,
            precision=precision,
            start=match.start(),
            end=match.end(),
            has_year=own_year is not None or bool(groups.get("next")),
            is_end=is_end,
        )
    return None


def _is_year_end(text: str) -> bool:
    return _NEEDS_YEAR_WORD.search(text) is not None


def _span_of(name: str, groups: dict[str, str | None], year: int) -> tuple[date, date, str, bool] | None:
    if not 1900 <= year <= 2200:
        return None
    month = int(groups.get("month") or 0)
    if "month" in groups and not 1 <= month <= 12:
        return None
    if name == "iso" and not groups.get("day"):
        return date(year, month, 1), _month_end(year, month), "month", False
    if name in ("iso", "day"):
        day = int(groups["day"] or 0)
        if not 1 <= day <= calendar.monthrange(year, month)[1]:
            return None
        return date(year, month, day), date(year, month, day), "day", False
    if name == "decade":
        start, end = {"上旬": (1, 10), "初": (1, 10), "中旬": (11, 20), "下旬": (21, 31)}[groups["decade"] or ""]
        last = min(end, calendar.monthrange(year, month)[1])
        return date(year, month, start), date(year, month, last), "decade", False
    if name in ("month", "month_end"):
        return date(year, month, 1), _month_end(year, month), "month", name == "month_end"
    if name in ("quarter", "quarter_end"):
        quarter = _QUARTERS[groups["quarter"] or ""]
        return date(year, 3 * quarter - 2, 1), _month_end(year, 3 * quarter), "quarter", name == "quarter_end"
    if name == "half":
        start_month = 1 if groups["half"] == "上" else 7
        return date(year, start_month, 1), _month_end(year, start_month + 5), "half", bool(groups["half_end"])
    if name == "mid_year":
        return date(year, 1, 1), date(year, 6, 30), "half", True
    return date(year, 1, 1), date(year, 12, 31), "year", name == "year_end"


def _month_end(year: int, month: int) -> date:
    return date(year, month, calendar.monthrange(year, month)[1])
