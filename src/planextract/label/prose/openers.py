"""The numbers that items open with: 一、 （一） 1. ① 第3项 任务一：."""

from __future__ import annotations

import re
from dataclasses import dataclass

from planextract.text.numerals import CHINESE_NUMBER, parse_number

_LEAD = r"[\s#>*\-•●◆■▪◎★·]*"
_CIRCLED = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳"
_ONE_SIGN = "⒈⒉⒊⒋⒌⒍⒎⒏⒐⒑⒒⒓⒔⒕⒖⒗⒘⒙⒚⒛"  # number and stop in one sign
_STYLES: tuple[tuple[str, int, re.Pattern[str]], ...] = (
    ("part", 0, re.compile(rf"{_LEAD}(第({CHINESE_NUMBER})[章节篇编部](?:分)?)[、:\s]*")),
    ("chapter", 1, re.compile(rf"{_LEAD}(({CHINESE_NUMBER})[、.,]|({CHINESE_NUMBER}) {{1,4}}(?=\S))\s*")),
    ("section", 2, re.compile(rf"{_LEAD}([(]\s*({CHINESE_NUMBER})\s*[)])[、.,]?\s*")),
    ("dotted", 4, re.compile(rf"{_LEAD}((\d{{1,3}}(?:[.\-]\d{{1,3}}){{1,3}}))[.、,\s]\s*(?![\d%])")),
    ("number", 3, re.compile(rf"{_LEAD}((\d{{1,3}})\s*[.、,])\s*(?:(?!\d)|(?=(?:19|20)\d\d年))")),
    ("number", 3, re.compile(rf"{_LEAD}(([{_ONE_SIGN}]))\s*")),
    ("number", 3, re.compile(rf"{_LEAD}((0\d))\s+(?=[\u4e00-\u9fff])")),
    (
        "spaced",
        3,
        re.compile(
            rf"{_LEAD}((\d{{1,3}})) {{1,4}}(?![年月日个家万亿项次名人条所座处户亩吨件元台套])(?=[\u4e00-\u9fff“《])"
        ),
    ),
    ("named", 3, re.compile(rf"{_LEAD}(第\s*(\d{{1,3}}|{CHINESE_NUMBER})\s*[项件条])(?=[:、.\s]|$)[:、.\s]*")),
    (
        "named",
        3,
        re.compile(
            rf"{_LEAD}((?:重点|整改)?(?:任务|项目|事项|措施|实事|问题|工作)\s*(\d{{1,3}}|{CHINESE_NUMBER}))\s*[:、.]\s*"
        ),
    ),
    (
        "named",
        3,
        re.compile(rf"{_LEAD}(\[\s*(?:任务|项目|事项|措施|实事|工程)\s*(\d{{1,3}}|{CHINESE_NUMBER})\s*\])[:、.]?\s*"),
    ),
    ("letter", 4, re.compile(rf"{_LEAD}(([A-Z]))[.、)]\s*(?![A-Za-z.])")),
    ("bracketed", 5, re.compile(rf"{_LEAD}([(]\s*(\d{{1,3}})\s*[)])[、.,]?\s*")),
    ("half", 6, re.compile(rf"{_LEAD}((\d{{1,3}})\))[、.,]?\s*")),
    ("circled", 7, re.compile(rf"{_LEAD}(([{_CIRCLED}]))[、.,]?\s*")),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Opener:
    """The number that a stretch starts with: its style and rank, its value, the printed number, where the text starts.

    ``value`` is None for a number of several parts (1.2).
    """

    style: str
    rank: int
    value: int | None
    start: int
    stop: int
    end: int


def find_opener(flat: str, start: int = 0, end: int | None = None) -> Opener | None:
    """Return the number that a stretch of flattened text opens with, or None."""
    for style, rank, pattern in _STYLES:
        match = pattern.match(flat, start, len(flat) if end is None else end)
        if match is None:
            continue
        printed = next(group for group in match.groups()[1:] if group is not None)
        value = _read_value(printed, style)
        return Opener(style=style, rank=rank, value=value, start=match.start(1), stop=match.end(1), end=match.end())
    return None


def _read_value(printed: str, style: str) -> int | None:
    if style == "letter":
        return ord(printed) - ord("A") + 1
    for signs in (_CIRCLED, _ONE_SIGN):
        if printed in signs:
            return signs.index(printed) + 1
    return None if style == "dotted" else parse_number(printed)
