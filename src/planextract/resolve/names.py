"""The parts of an agency's name that must agree before two names can be one body."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from rapidfuzz.distance import Indel

from planextract.text.characters import fold

_SUFFIXES: tuple[tuple[str, str], ...] = (
    ("街道办事处", "街道办"), ("街道办", "街道办"), ("办事处", "街道办"), ("集团有限责任公司", "集团"), ("集团有限公司", "集团"),
    ("集团公司", "集团"), ("集团", "集团"), ("分公司", "分公司"), ("有限责任公司", "公司"), ("有限公司", "公司"), ("公司", "公司"),
    ("委员会", "委"), ("委", "委"), ("办公室", "办"), ("办", "办"), ("分局", "分局"), ("总局", "总局"), ("管理局", "局"), ("局", "局"),
    ("总队", "总队"), ("支队", "支队"), ("大队", "大队"), ("中队", "中队"), ("服务中心", "中心"), ("中心", "中心"), ("指挥部", "指挥部"),
    ("领导小组", "小组"), ("小组", "小组"), ("人民政府", "政府"), ("政府", "政府"), ("人民法院", "法院"), ("法院", "法院"),
    ("检察院", "检察院"), ("部", "部"), ("厅", "厅"), ("署", "署"), ("处", "处"), ("所", "所"), ("站", "站"), ("院", "院"), ("会", "会"),
    ("社", "社"), ("校", "校"), ("馆", "馆"),
)  # fmt: skip
_GROUP = re.compile(
    r"^(?:各|相关|有关|其他|及其他|属地)|(?:成员单位|各单位|有关单位|相关单位|相关部门|有关部门|各部门)$"
)
_PARTY = re.compile(r"^(市委|区委|县委|省委)(?=.{2,})")
_ORDINAL = re.compile(r"[一二三四五六七八九十\d]+")


@dataclass(frozen=True, slots=True, kw_only=True)
class NameParts:
    """A name taken apart: 区住房城乡建设委 is level 区, core 住房城乡建设, suffix class 委.

    Attributes:
        ordinals: Numerals in the name, in order (一 in 一分公司).
        places: Names of places in it.
        is_group: It names several bodies (各街道办事处).
    """

    level: str
    core: str
    suffix: str
    ordinals: tuple[str, ...]
    places: frozenset[str]
    is_group: bool


def parse_name(text: str, prefixes: Sequence[tuple[str, str]], places: Sequence[str]) -> NameParts:
    """Take a name apart.

    Args:
        text: Name as printed.
        prefixes: Written-out regions with their level, longest first: ("北京市西城区", "区").
        places: Short names of places that tell bodies apart: 西城, 东城.
    """
    name = fold(text)
    found = frozenset(place for place in places if place in name)
    level, rest = _split_level(name, prefixes)
    suffix, core = "", rest
    for ending, kind in _SUFFIXES:
        if rest.endswith(ending) and len(rest) > len(ending):
            suffix, core = kind, rest[: -len(ending)]
            break
    return NameParts(
        level=level, core=core, suffix=suffix, ordinals=tuple(_ORDINAL.findall(core)), places=found,
        is_group=_GROUP.search(name) is not None,
    )  # fmt: skip


def _split_level(name: str, prefixes: Sequence[tuple[str, str]]) -> tuple[str, str]:
    for prefix, level in prefixes:
        if name.startswith(prefix) and len(name) > len(prefix) + 1:
            rest = name[len(prefix) :]
            party = _PARTY.match(level + rest)
            return (party.group(1), rest[1:]) if party else (level, rest)
    party = _PARTY.match(name)
    if party:
        return party.group(1), name[len(party.group(1)) :]
    return (name[0], name[1:]) if name[:1] and name[0] in "市区县省州镇乡" and len(name) > 2 else ("", name)


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """What a guarded rule found: its name, its own confidence 0–1, and why in words."""

    rule: str
    score: float
    reason: str


def compare_names(printed: NameParts, known: NameParts) -> Comparison | None:
    """Tell whether a printed name can be a damaged or shortened form of a known one.

    Level, suffix class, ordinals and places must be equal; groups never match. Then the core must be
    equal, or one core an abbreviation of the other (in order, same first character, two characters or
    more), or both have four characters or more and differ by an Indel distance of 2 at most.

    Returns:
        The rule that holds, or None.
    """
    if printed.is_group or known.is_group:
        return None
    if (printed.level, printed.suffix, printed.ordinals, printed.places) != (
        known.level, known.suffix, known.ordinals, known.places,
    ):  # fmt: skip
        return None
    a, b = printed.core, known.core
    if a == b:
        return Comparison(rule="same_core", score=0.97, reason=f"same parts: {known.level}|{b}|{known.suffix}")
    short, long = sorted((a, b), key=len)
    if len(short) >= 2 and short[0] == long[0] and _is_subsequence(short, long) and known.suffix:
        return Comparison(rule="abbreviation", score=0.9, reason=f"{short} abbreviates {long}")
    distance = Indel.distance(a, b)
    if min(len(a), len(b)) >= 4 and distance <= 2:
        score = round(1.0 - distance / (2 * (len(a) + len(b))), 4)
        return Comparison(rule="near_core", score=score, reason=f"{a} differs from {b} by {distance} (Indel)")
    return None


def _is_subsequence(short: str, long: str) -> bool:
    rest = iter(long)
    return all(char in rest for char in short)
