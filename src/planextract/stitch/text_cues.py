"""What the two texts at a page break look like when they are put together: cut numbers, lists, deadlines."""

from __future__ import annotations

import re

from planextract.text.characters import fold
from planextract.text.numerals import parse_number

_ITEM_STYLES = (
    re.compile(r"(?:^|(?<=[。；：;:\n，]))(\d{1,2})[.．、](?!\d)"),
    re.compile(r"(?:^|(?<=[。；：;:\n，]))(\d{1,2})[)）]"),
    re.compile(r"[（(](\d{1,2})[)）]"),
    re.compile(r"[（(]([一二三四五六七八九十]{1,3})[)）]"),
    re.compile(r"(?:^|(?<=[。；：;:\n，]))([一二三四五六七八九十]{1,2})是"),
    re.compile(r"([①-⑳])"),
)
_YEAR = re.compile(r"(?:19|20)\d{2}(?!\d)")
_DEADLINE_REST = re.compile(r"底前|底|前|末|月|日|号|旬|之前|以前|[)）]")
_SHORT_SENTENCE = re.compile(r"[^。！？；\n]{1,6}[。！？；\n](?=.)", re.DOTALL)


def is_number_cut(left: str, right: str) -> bool:
    """Tell whether a number goes through the cut: 1 | 20套, 3. | 5万户; not 12 | 2021年 and not 12 | 3.新建.

    >>> [is_number_cut("惠及居民3.", "5万户"), is_number_cut("改造道路12", "3.新建"), is_number_cut("改造12", "条")]
    [True, False, False]
    """
    if not re.search(r"\d[.．]?$", left) or not right[:1].isdigit():
        return False
    return _YEAR.match(right) is None and _ITEM_STYLES[0].match(right) is None


def list_goes_on(left: str, right: str) -> bool:
    """Tell whether the right text opens with the list item that follows the last one of the left text.

    >>> [list_goes_on("1.排查；2.建账；", "3.整改。"), list_goes_on("1.排查；", "1.整改。")]
    [True, False]
    """
    for style in _ITEM_STYLES:
        first = style.match(right)
        if first is None:
            continue
        numbers = [_item_number(match.group(1)) for match in style.finditer(left)]
        number = _item_number(first.group(1))
        return bool(numbers) and number is not None and numbers[-1] is not None and number == numbers[-1] + 1
    return False


def _item_number(text: str) -> int | None:
    return ord(text) - ord("①") + 1 if "①" <= text <= "⑳" else parse_number(text)


def has_short_start(text: str) -> bool:
    """Tell whether a text opens with a sentence of six characters or fewer and goes on behind it (罚。更换管道。)."""
    return _SHORT_SENTENCE.match(text) is not None


def is_deadline_cut(before: str, after: str) -> bool:
    """Tell whether a deadline goes through the cut: 2022年6月 | 底前, 2022年 | 6月底前, 12月3 | 1日.

    >>> [is_deadline_cut("2022年6月", "底前"), is_deadline_cut("2022年", "6月底前")]
    [True, True]
    """
    first, second = fold(before), fold(after)
    if not first or not second:
        return False
    if _DEADLINE_REST.match(second):
        return not first.endswith("前") and not (first.endswith("底") and second.startswith("底"))
    return second[:1].isdigit() and (first[-1].isdigit() or re.search(r"\d年$", first) is not None)
