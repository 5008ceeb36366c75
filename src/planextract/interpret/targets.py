"""Quantities in the text of a measure: what it commits to, and what only qualifies.

A quantity is a number with a known unit. Comparator words before and after it say how it is meant; a
verb of work (完成, 建设 …) or a comparator makes it a target, a quantity that only describes something
(4.5吨以下车辆, 100米范围, 全市16个区) is a qualifier. Quantities of one list share their verb and their
comparator (分别下降8%、10%以上). Numbers of names and dates (DB11/891-2020, 国六b, C2, 2018年版, PM2.5) carry
no unit, or touch Latin letters, and are left out.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from planextract.interpret.indicators import name_before, name_behind
from planextract.model.plan import Comparator, Target
from planextract.model.vocabulary import QuantityWords, UnitVocabulary

_STRONG = frozenset({">=", "<=", "increase", "decrease", "~"})
_DIRECTIONS = frozenset({"increase", "decrease"})
_TIME_UNITS = frozenset({"个月", "个工作日", "小时", "分钟", "天", "周"})
_QUALIFYING_TAIL = re.compile(r"(?:的?范围|半径|距离|以外|之外|处(?!理|置)|口径|高|宽|长|深)")
_CLAUSE_BREAK = re.compile(r"[，,。；;：:！？\n]")
_LIST_BREAK = re.compile(r"[、和及与]|以及")
_NAME_BEFORE = re.compile(r"[A-Za-z_/第国〔\[]$|[A-Za-z]\d*[-./]?$|\d[-./:]$")
_AT_LEAST_VERB = re.compile(r"(?:至少|不少于|不低于)[\u4e00-\u9fff]{1,4}$")
_TIME_BEHIND = re.compile(r"月|季|小时|工作(?:日|$)")  # behind 个: not 8个小区, 3个工业园
_REACH = 200  # characters: clauses are shorter, hostile texts are not
_RANK = re.compile(
    r"(?P<verb>退出|进入|跻身|位居|保持)?(?P<scope>全[市区省国县])?(?P<side>前|后|末)(?P<number>\d{1,9})(?P<unit>名|位)"
)
Role = Literal["target", "qualifier"]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Quantity:
    """A number with its unit: ``text[start:end]``."""

    start: int
    end: int
    value: float
    value_high: float | None
    unit: str
    unit_pint: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class _Place:
    """A quantity in its clause: what stands before it since the one before, what stands behind.

    ``clause`` is all of the clause before it; ``previous`` the quantity before it in the clause, ``is_next``
    if nothing but a list mark parts the two; ``earlier`` the one before it in the sentence,
    ``follows_figure`` if that one closes the clause before (新增座位1140个，车位685个).
    """

    quantity: _Quantity
    segment: str
    clause: str
    behind: str
    previous: Target | None
    is_next: bool
    earlier: Target | None
    follows_figure: bool = False
    opens_sentence: bool = False


def find_targets(text: str, units: UnitVocabulary) -> tuple[Target, ...]:
    """Find the quantities of a measure's text, in order; spans do not overlap.

    Args:
        text: ``Measure.text``.
        units: Units and multipliers (万/亿 are multiplied out into the value), words around quantities.
    """
    ranks = list(_find_ranks(text, units.words))
    taken = {place for rank in ranks for place in range(rank.span_start, rank.span_end)}
    breaks = _find_breaks(text)
    found: list[Target] = []
    for quantity in _find_quantities(text, units):
        if taken.isdisjoint(range(quantity.start, quantity.end)):
            found.append(_describe(text, _place(text, quantity, breaks, found), units.words))
    return tuple(sorted([*ranks, *found], key=lambda target: target.span_start))


@lru_cache(maxsize=8)
def _quantity_pattern(multipliers: tuple[str, ...], units: tuple[str, ...]) -> re.Pattern[str]:
    number = r"(?:\d{1,3}(?:,\d{3}){1,4}|\d{1,15})(?:\.\d{1,9})?"
    multiplier = "|".join(map(re.escape, multipliers))
    unit = "|".join(re.escape(u) for u in units)
    return re.compile(
        rf"(?<!\d)(?P<low>{number})(?P<mid>{multiplier})?(?:(?:%|％|{unit})?[-~～—至到]{{1,3}}(?P<high>{number}))?"
        rf"(?P<multiplier>{multiplier})?(?P<more>余|多)?(?P<unit>个月|个工作日|{unit})"
    )


def _find_quantities(text: str, units: UnitVocabulary) -> Iterator[_Quantity]:
    pattern = _quantity_pattern(tuple(units.multipliers), tuple(units.units))
    position = 0
    while (match := pattern.search(text, position)) is not None:
        position = match.end()
        groups = match.groupdict()
        wording = groups["unit"]
        before = text[max(0, match.start() - _REACH) : match.start()]
        is_time = wording == "个" and _TIME_BEHIND.match(text, match.end()) is not None
        is_date = wording in ("天", "日") and before.endswith("月")
        if _NAME_BEFORE.search(before) or before[-1:].isdigit() or is_time or is_date:
            continue
        if wording in ("分", "起") and text.startswith(("之", "类", "批", "级", "期", "步", "点", "别"), match.end()):
            continue
        if wording == "部" and text.startswith(("门", "委", "分", "署", "级", "长", "队"), match.end()):
            continue  # 5部门, 10部委: who, not how many
        factor = units.multipliers.get(groups["multiplier"] or groups["mid"] or "", 1)
        low, high = _number(groups["low"]), _number(groups["high"])
        unit = units.units.get(wording)
        name, pint = (unit.name, unit.pint) if unit else (wording, "month" if wording == "个月" else "day")
        if low is not None:
            yield _Quantity(
                start=match.start(),
                end=match.end(),
                value=_scale(low, factor),
                value_high=None if high is None else _scale(high, factor),
                unit=name,
                unit_pint=pint,
            )


def _number(text: str | None) -> float | None:
    return None if text is None else float(text.replace(",", ""))


def _scale(value: float, factor: int) -> float:
    """Multiply without the dust of binary fractions: 3.4 × 10000 is 34000."""
    return round(value * factor, 9)


def _place(text: str, quantity: _Quantity, breaks: list[int], found: list[Target]) -> _Place:
    start = _clause_start(breaks, quantity.start)
    previous = found[-1] if found and found[-1].span_end > start else None
    sentence = text[found[-1].span_end : quantity.start] if found else "。"
    between = text[max(start, previous.span_end if previous else start) : quantity.start]
    return _Place(
        quantity=quantity,
        segment=between,
        clause=text[start : quantity.start],
        behind=text[quantity.end : quantity.end + _REACH],
        previous=previous,
        is_next=previous is not None and (not between or _LIST_BREAK.fullmatch(between) is not None),
        earlier=found[-1] if found and not re.search(r"[。；;\n]", sentence) else None,
        follows_figure=re.fullmatch(r"[，,][\u4e00-\u9fff]{2,10}", sentence) is not None,
        opens_sentence=start == 0 or text[start - 1] in "。；;\n",
    )


def _describe(text: str, place: _Place, words: QuantityWords) -> Target:
    quantity, behind = place.quantity, place.behind
    prefix = _find_prefix(place, words)
    suffix = next(((w, c) for w, c in words.behind if behind.startswith(w)), None)
    if suffix is not None and suffix[0] == "起" and quantity.unit == "起":
        suffix = None
    if suffix is None and behind.startswith("内") and quantity.unit in (*_TIME_UNITS, "米"):
        suffix = ("内", "<=")
    if prefix and suffix and _describes_a_class(quantity, prefix, behind[len(suffix[0]) :]):
        prefix = None
    comparator, start, end = _combine(place, prefix, suffix)
    after = text[end : end + _REACH]
    subject = place.segment[: -len(prefix[0])] if prefix else place.segment
    role = _judge(place, words, prefix, suffix, after)
    if role == "qualifier" and suffix is None and (tail := re.match(r"的?范围", after)):
        end += tail.end()
    return Target(
        text=text[start:end],
        span_start=start,
        span_end=end,
        comparator=comparator,
        value=quantity.value,
        value_high=quantity.value_high,
        unit=quantity.unit,
        unit_pint=quantity.unit_pint,
        role=role,
        indicator=_name(place, words, prefix, suffix, subject, text[end : end + _REACH]),
    )


def _find_prefix(place: _Place, words: QuantityWords) -> tuple[str, Comparator] | None:
    found = next(((w, c) for w, c in words.before if place.segment.endswith(w)), None)
    verb = _AT_LEAST_VERB.search(place.segment)
    if found is None and verb is not None and verb.group()[2:].endswith(("有", *words.works)):
        return verb.group(), ">="
    return found


def _describes_a_class(quantity: _Quantity, prefix: tuple[str, Comparator], after: str) -> bool:
    """Tell 提高4.5吨以上车辆的比例 (a class of vehicles) from 提高10%以上 (an amount)."""
    is_amount = quantity.unit in ("%", "个百分点", "‰") or not after or _CLAUSE_BREAK.match(after) is not None
    return prefix[1] in _DIRECTIONS and not is_amount and after[0] not in "、（("


def _find_breaks(text: str) -> list[int]:
    """Return where the clauses of a text start, the first at 0."""
    return [0, *(match.end() for match in _CLAUSE_BREAK.finditer(text))]


def _clause_start(breaks: list[int], position: int) -> int:
    """Return where the clause of a position starts, but not farther back than a clause reaches."""
    return max(breaks[bisect_right(breaks, position) - 1], position - _REACH)


def _combine(
    place: _Place, prefix: tuple[str, Comparator] | None, suffix: tuple[str, Comparator] | None
) -> tuple[Comparator, int, int]:
    """Combine the words before and after: a direction keeps both, otherwise the word behind decides.

    以下 behind 控制在 or 保持在 includes the value, as it does in law; alone it is taken as "below". The next
    figure of a list takes the direction or comparator of the one before.
    """
    quantity, previous = place.quantity, place.previous
    end = quantity.end + (len(suffix[0]) if suffix else 0)
    start = quantity.start - (len(prefix[0]) if prefix else 0)
    if prefix and prefix[1] in _DIRECTIONS:
        return prefix[1], start, end
    if suffix:
        comparator: Comparator = "<=" if prefix and suffix[1] == "<" else suffix[1]
        if place.is_next and previous and previous.comparator in _DIRECTIONS:
            comparator = previous.comparator
        return comparator, quantity.start, end
    if prefix:
        return prefix[1], start, end
    if place.is_next and previous and previous.unit == quantity.unit and previous.role == "target":
        return previous.comparator, quantity.start, end
    return "=", quantity.start, end


def _judge(
    place: _Place,
    words: QuantityWords,
    prefix: tuple[str, Comparator] | None,
    suffix: tuple[str, Comparator] | None,
    after: str,
) -> Role:
    quantity, segment, previous = place.quantity, place.segment, place.previous
    is_time = quantity.unit in _TIME_UNITS
    is_limit = is_time and suffix is not None and suffix[0] == "以内" and (not after or after[0] in "。；;，,")
    if is_time and not is_limit and (prefix is None or prefix[1] not in (">=", "<=")):
        return "qualifier"
    ends_clause = not after or _CLAUSE_BREAK.match(after) is not None or after[0] in "（(、和及"
    is_attribute = after.startswith("的") and previous is not None and previous.role == "target"
    if _QUALIFYING_TAIL.match(after) or (is_attribute and quantity.unit != "%"):
        return "qualifier"
    if prefix is not None:
        return "target"
    if segment.endswith(words.scopes):
        return "qualifier"
    if segment.endswith((*words.works, *words.amounts)):
        return "target"
    if suffix is not None:
        is_commitment = suffix[1] in _STRONG and (ends_clause or _reaches(quantity, after, words))
        return "target" if is_commitment else "qualifier"
    if previous is not None and previous.role == "target" and (place.is_next or _LIST_BREAK.match(segment)):
        return "target"
    earlier = place.earlier is not None and place.earlier.role == "target"
    if earlier and (segment.startswith("其中") or (ends_clause and previous is None and place.follows_figure)):
        return "target"
    return "target" if _is_work(place, words, after, ends_clause=ends_clause) else "qualifier"


def _reaches(quantity: _Quantity, after: str, words: QuantityWords) -> bool:
    """Tell whether a share of something is to reach a state: 70%以上的城市全面消除重污染天气."""
    clause = _CLAUSE_BREAK.split(after, maxsplit=1)[0]
    verbs = (*words.works, *words.noun_ends)
    return quantity.unit == "%" and (
        any(word in clause[2:] for word in verbs) if clause.startswith("的") else clause.startswith(verbs)
    )


def _is_work(place: _Place, words: QuantityWords, after: str, *, ends_clause: bool) -> bool:
    """Tell whether a verb of work carries a figure that no comparator marks."""
    if _reaches(place.quantity, after, words):
        return True
    clause = _CLAUSE_BREAK.split(after, maxsplit=1)[0]
    has_verb_before = any(verb in place.clause for verb in words.works) or "确保" in place.clause
    if ends_clause and (has_verb_before or any(word in place.clause for word in words.spans)):
        return True
    if place.segment == place.clause and len(place.segment) == 2 and place.opens_sentence:
        return _counts_things(place.quantity)  # 新建2座人行天桥: a sentence that opens with its verb
    has_verb_behind = any(word in clause for word in (*words.works, *words.noun_ends))
    if any(word in place.clause for word in words.prepositions) and has_verb_behind:
        return "的基础上" not in clause
    return place.segment.endswith("等") and clause.endswith(words.works)


def _counts_things(quantity: _Quantity) -> bool:
    """Tell whether a figure counts things: no share, no measure of time, length or weight."""
    return quantity.unit_pint == "count"


def _name(
    place: _Place,
    words: QuantityWords,
    prefix: tuple[str, Comparator] | None,
    suffix: tuple[str, Comparator] | None,
    subject: str,
    after: str,
) -> str:
    """Return the noun phrase that a quantity is about; see the module ``indicators``."""
    previous = place.previous
    if place.is_next and previous is not None:
        return previous.indicator
    amount = next((noun for noun in words.amounts if subject.endswith(noun)), None)
    counts_what_follows = after[:1] not in ("", *"，。；、：！？（(,;\n和及与的") and amount is None
    carried_by_verb = amount is None and (not subject or subject.endswith((*words.works, *words.prepositions)))
    following = name_behind(after, words)
    named = name_before(subject, words, keeps_verbs=prefix is not None)
    is_level = prefix is not None and prefix[0] in dict(words.before) and bool(subject)
    if following and (carried_by_verb or (not is_level and (counts_what_follows or _is_class(prefix, suffix, after)))):
        return following
    inherited = place.earlier.indicator if place.earlier is not None else ""
    return named or following or amount or inherited


def _is_class(prefix: tuple[str, Comparator] | None, suffix: tuple[str, Comparator] | None, after: str) -> bool:
    """Tell whether a figure with 以上/以下 describes the noun behind it: 4.5吨以下的轻型货车."""
    return prefix is None and suffix is not None and after.startswith("的")


def _find_ranks(text: str, words: QuantityWords) -> Iterator[Target]:
    """Find places in a ranking: 退出后30名 is to be beyond the last 30, 进入前10名 among the first 10."""
    breaks = _find_breaks(text)
    for match in _RANK.finditer(text):
        verb, side = match.group("verb"), match.group("side")
        comparator: Comparator = ">" if verb == "退出" else "<=" if verb else "="
        before = text[_clause_start(breaks, match.start()) : match.start()]
        yield Target(
            text=match.group(),
            span_start=match.start(),
            span_end=match.end(),
            comparator=comparator,
            value=float(match.group("number")),
            value_high=None,
            unit=match.group("unit"),
            unit_pint="rank",
            indicator=name_before(before, words) or f"排名{side}列",
            role="target" if verb else "qualifier",
        )
