"""Quantities in the text of a measure: what it commits to, and what only qualifies.

A quantity is a number with a known unit. Comparator words before and after it say how it is meant; a
commitment verb (完成, 建设, 达到 …) or a comparator makes it a target, a quantity that only describes
something (4.5吨以下车辆, 100米范围, 全市16个区) is a qualifier. Numbers of names and dates (DB11/891-2020,
国六b, C2, 2018年版, PM2.5) carry no unit, or touch Latin letters, and are left out.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from planextract.model.plan import Comparator, Target
from planextract.model.vocabulary import UnitVocabulary

_PREFIXES: tuple[tuple[str, Comparator], ...] = (
    ("不低于", ">="), ("不少于", ">="), ("不小于", ">="), ("不得低于", ">="), ("不得少于", ">="), ("至少", ">="),
    ("提高到", ">="), ("提升到", ">="), ("提高至", ">="), ("提升至", ">="), ("增加到", ">="), ("增加至", ">="), ("增至", ">="),
    ("达到", ">="), ("达", ">="), ("实现", ">="), ("保持在", ">="), ("稳定在", ">="), ("突破", ">="),
    ("不超过", "<="), ("不高于", "<="), ("不大于", "<="), ("不多于", "<="), ("不得超过", "<="), ("不得高于", "<="),
    ("控制在", "<="), ("控制到", "<="), ("降至", "<="), ("降到", "<="), ("降低到", "<="), ("降低至", "<="), ("下降到", "<="),
    ("下降至", "<="), ("压减到", "<="), ("压减至", "<="), ("减少到", "<="), ("减少至", "<="), ("缩短至", "<="),
    ("超过", ">"), ("高于", ">"), ("大于", ">"), ("多于", ">"), ("低于", "<"), ("小于", "<"), ("少于", "<"),
    ("下降", "decrease"), ("减少", "decrease"), ("降低", "decrease"), ("压减", "decrease"), ("削减", "decrease"), ("减排", "decrease"),
    ("提高", "increase"), ("增长", "increase"), ("增加", "increase"), ("提升", "increase"), ("上升", "increase"),
    ("约为", "~"), ("约", "~"), ("大约", "~"),
)  # fmt: skip
_SUFFIXES: tuple[tuple[str, Comparator], ...] = (
    ("（含）以上", ">="), ("(含)以上", ">="), ("及以上", ">="), ("以上（含）", ">="), ("以上(含)", ">="), ("以上", ">="),
    ("（含）以下", "<="), ("(含)以下", "<="), ("及以下", "<="), ("以下（含）", "<="), ("以下", "<"),
    ("以内", "<="), ("之内", "<="), ("左右", "~"), ("上下", "~"),
)  # fmt: skip
_WORKS = (
    "新建", "改建", "扩建", "建设", "建成", "改造", "完成", "新增", "铺设", "更新", "安装", "推广", "淘汰", "治理", "种植", "栽植", "创建",
    "打造", "拆除", "整治", "培育", "修复", "清理", "实施", "开工", "竣工", "提供", "筹集", "增设", "配建", "建立", "引进", "疏解", "腾退",
    "绿化", "植树", "造林", "检查", "抽检", "监测", "培训", "举办", "开展", "组织开展", "消除", "关停", "退出", "压缩", "节约",
)  # fmt: skip
_STRONG = frozenset({">=", "<=", "increase", "decrease", "~"})
_QUALIFYING_TAIL = re.compile(r"(?:的?范围|半径|距离|以外|之外|处(?!理|置)|口径|高|宽|长|深)")
_CLAUSE_BREAK = re.compile(r"[，,。；;：:！？\n]")
_LEADING = re.compile(
    r"^(?:其中|力争|确保|争取|全市|全区|全县|全省|本市|本区|各区|各街道|全区及各街道|以及|及|和|并|要|到|使|将|由|与|均|\d{4}年底?前?)+"
)
_TRAILING = re.compile(
    r"(?:力争|确保|争取|同比|均|要|应|需|控制|保持|逐步|进一步|平均|年均|较上年|比上年|总体|基本|全部)+$"
)
_NAME_BEFORE = re.compile(r"[A-Za-z_/第国〔\[]$|[A-Za-z]\d*[-./]?$|\d[-./:]$")
_REACH = 200  # characters: clauses are shorter, hostile texts are not
_RANK = re.compile(
    r"(?P<verb>退出|进入|跻身|位居|保持)?(?P<scope>全[市区省国县])?(?P<side>前|后|末)(?P<number>\d{1,9})(?P<unit>名|位)"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Quantity:
    """A number with its unit: ``text[start:end]``."""

    start: int
    end: int
    value: float
    value_high: float | None
    unit: str
    unit_pint: str | None


def find_targets(text: str, units: UnitVocabulary) -> tuple[Target, ...]:
    """Find the quantities of a measure's text, in order; spans do not overlap.

    Args:
        text: ``Measure.text``.
        units: Units and multipliers; 万/亿 are multiplied out into the value.
    """
    ranks = list(_find_ranks(text))
    taken = {place for rank in ranks for place in range(rank.span_start, rank.span_end)}
    breaks = _find_breaks(text)
    others = [
        _describe(text, quantity, _clause_start(breaks, quantity.start))
        for quantity in _find_quantities(text, units)
        if taken.isdisjoint(range(quantity.start, quantity.end))
    ]
    return tuple(sorted([*ranks, *others], key=lambda target: target.span_start))


@lru_cache(maxsize=8)
def _quantity_pattern(multipliers: tuple[str, ...], units: tuple[str, ...]) -> re.Pattern[str]:
    number = r"(?:\d{1,3}(?:,\d{3}){1,4}|\d{1,15})(?:\.\d{1,9})?"
    multiplier = "|".join(map(re.escape, multipliers))
    unit = "|".join(re.escape(u) for u in units)
    return re.compile(
        rf"(?<!\d)(?P<low>{number})(?P<mid>{multiplier})?(?:%|％)?(?:[-~～—至到]{{1,3}}(?P<high>{number}))?"
        rf"(?P<multiplier>{multiplier})?(?P<more>余|多)?(?P<unit>个月|个工作日|{unit})"
    )


def _find_quantities(text: str, units: UnitVocabulary) -> Iterator[_Quantity]:
    pattern = _quantity_pattern(tuple(units.multipliers), tuple(units.units))
    position = 0
    while (match := pattern.search(text, position)) is not None:
        position = match.end()
        before = text[max(0, match.start() - _REACH) : match.start()]
        wording = match.group("unit")
        is_time = wording == "个" and text.startswith(("月", "季", "小", "工"), match.end())
        is_date = wording in ("天", "日") and before.endswith("月")
        if _NAME_BEFORE.search(before) or before[-1:].isdigit() or is_time or is_date:
            continue
        factor = units.multipliers.get(match.group("multiplier") or match.group("mid") or "", 1)
        low, high = (_number(match.group(name)) for name in ("low", "high"))
        unit = units.units.get(wording)
        name, pint = (unit.name, unit.pint) if unit else (wording, "month" if wording == "个月" else "day")
        if low is not None:
            yield _Quantity(
                start=match.start(), end=match.end(), value=_scale(low, factor),
                value_high=None if high is None else _scale(high, factor), unit=name, unit_pint=pint,
            )  # fmt: skip


def _number(text: str | None) -> float | None:
    return None if text is None else float(text.replace(",", ""))


def _scale(value: float, factor: int) -> float:
    """Multiply without the dust of binary fractions: 3.4 × 10000 is 34000."""
    return round(value * factor, 9)


def _describe(text: str, quantity: _Quantity, clause_start: int) -> Target:
    before = text[clause_start : quantity.start]
    prefix = next(((w, c) for w, c in sorted(_PREFIXES, key=lambda p: -len(p[0])) if before.endswith(w)), None)
    behind = text[quantity.end : quantity.end + _REACH]
    suffix = next(((w, c) for w, c in _SUFFIXES if behind.startswith(w)), None)
    if suffix is None and behind.startswith("内") and quantity.unit in ("个月", "个工作日", "天", "小时", "分钟", "米"):
        suffix = ("内", "<=")
    if prefix and suffix and _describes_a_class(quantity, prefix, behind[len(suffix[0]) :]):
        prefix = None
    comparator, start, end = _combine(quantity, prefix, suffix)
    after = text[end : end + _REACH]
    subject = before[: -len(prefix[0])] if prefix else before
    works = _find_works_verb(subject if start < quantity.start else before)
    role = _judge(quantity, comparator, prefix, suffix, works, before, after)
    if role == "qualifier" and suffix is None and (tail := re.match(r"的?范围", after)):
        end += tail.end()
    return Target(
        text=text[start:end], span_start=start, span_end=end, comparator=comparator, value=quantity.value,
        value_high=quantity.value_high, unit=quantity.unit, unit_pint=quantity.unit_pint, role=role,
        indicator=_find_indicator(subject, text[end : end + _REACH], works),
    )  # fmt: skip


def _describes_a_class(quantity: _Quantity, prefix: tuple[str, Comparator], after: str) -> bool:
    """Tell 提高4.5吨以上车辆的比例 (a class of vehicles) from 提高10%以上 (an amount)."""
    is_amount = quantity.unit in ("%", "个百分点", "‰") or not after or _CLAUSE_BREAK.match(after) is not None
    return prefix[1] in ("increase", "decrease") and not is_amount


def _find_breaks(text: str) -> list[int]:
    """Return where the clauses of a text start, the first at 0."""
    return [0, *(match.end() for match in _CLAUSE_BREAK.finditer(text))]


def _clause_start(breaks: list[int], position: int) -> int:
    """Return where the clause of a position starts, but not farther back than a clause reaches."""
    return max(breaks[bisect_right(breaks, position) - 1], position - _REACH)


def _combine(
    quantity: _Quantity, prefix: tuple[str, Comparator] | None, suffix: tuple[str, Comparator] | None
) -> tuple[Comparator, int, int]:
    """Combine the words before and after: a direction keeps both, otherwise the word behind decides."""
    end = quantity.end + (len(suffix[0]) if suffix else 0)
    start = quantity.start - (len(prefix[0]) if prefix else 0)
    if prefix and prefix[1] in ("increase", "decrease"):
        return prefix[1], start, end
    if suffix:
        return suffix[1], quantity.start, end
    if prefix:
        return prefix[1], start, end
    return "=", quantity.start, end


def _judge(
    quantity: _Quantity, comparator: Comparator, prefix: tuple[str, Comparator] | None,
    suffix: tuple[str, Comparator] | None, works: tuple[str, int] | None, before: str, after: str,
) -> Literal["target", "qualifier"]:  # fmt: skip
    if quantity.unit in ("个月", "个工作日", "小时", "分钟", "天") or _QUALIFYING_TAIL.match(after):
        return "qualifier"
    ends_clause = not after or _CLAUSE_BREAK.match(after) is not None or after[0] in "（(、"
    if prefix is not None:
        return "target"
    if works is not None and works[1] == len(before):
        return "target"
    if suffix is not None and comparator in _STRONG and ends_clause:
        return "target"
    return "target" if works is not None and ends_clause and suffix is None else "qualifier"


def _find_works_verb(before: str) -> tuple[str, int] | None:
    """Return the last commitment verb of a clause's beginning and where it ends, or None."""
    best: tuple[str, int] | None = None
    for verb in _WORKS:
        place = before.rfind(verb)
        if place >= 0 and (best is None or place + len(verb) > best[1]):
            best = (verb, place + len(verb))
    return best


def _find_indicator(before: str, after: str, works: tuple[str, int] | None) -> str:
    """Return the noun phrase that a quantity is about: before it, else behind 的."""
    subject = before[works[1] :] if works is not None and works[1] < len(before) else before
    subject = _TRAILING.sub("", _LEADING.sub("", subject))
    if works is not None and works[1] >= len(before):
        subject = ""
    if len(subject) >= 2:
        return subject
    following = _CLAUSE_BREAK.split(after, maxsplit=1)[0]
    return following.removeprefix("的").split("（")[0].strip()


def _find_ranks(text: str) -> Iterator[Target]:
    """Find places in a ranking: 退出后30名 is to be beyond the last 30, 进入前10名 among the first 10."""
    breaks = _find_breaks(text)
    for match in _RANK.finditer(text):
        verb, side = match.group("verb"), match.group("side")
        comparator: Comparator = ">" if verb == "退出" else "<=" if verb else "="
        before = text[_clause_start(breaks, match.start()) : match.start()]
        yield Target(
            text=match.group(), span_start=match.start(), span_end=match.end(), comparator=comparator,
            value=float(match.group("number")), value_high=None, unit=match.group("unit"), unit_pint="rank",
            indicator=_find_indicator(before, "", None) or f"排名{side}列",
            role="target" if verb else "qualifier",
        )  # fmt: skip
