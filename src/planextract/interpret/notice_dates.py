"""Dates of a notice: 二〇二一年六月十一日, 2021年6月11日, 2021-06-11."""

from __future__ import annotations

import re
from datetime import date

from planextract.text.characters import fold
from planextract.text.numerals import parse_number

DATE = re.compile(
    r"([12]\d{3}|[〇○零一二三四五六七八九]{4})年(\d{1,2}|[一二三四五六七八九十]{1,3})月(\d{1,2}|[一二三四五六七八九十]{1,3})日"
)
_OLD_ZERO = re.compile(r"(?<=[二一九〇])[Oo\u041e\u039f]|(?<=[二一][Oo\u041e\u039f])[Oo\u041e\u039f]")
_ISO = re.compile(r"([12]\d{3})[-/.](\d{1,2})[-/.](\d{1,2})(?!\d)")


def fold_date(text: str) -> str:
    """Fold a date with the numerals of older notices: 二OO七年, 廿八日."""
    return _OLD_ZERO.sub("〇", fold(text)).replace("廿", "二十").replace("卅", "三十")


def parse_date(text: str) -> date | None:
    """Return the first full date in a text: 2021 年 3 月 11 日, 二〇二一年三月十一日, 2021-03-11."""
    folded = fold_date(text)
    match = DATE.search(folded) or _ISO.search(folded)
    if match is None:
        return None
    year, month, day = (parse_number(part) for part in match.groups())
    try:
        return date(year or 0, month or 0, day or 0)
    except ValueError:
        return None
