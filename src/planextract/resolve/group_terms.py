"""Terms for several bodies, by their grammar: 各区政府, 市直有关部门, 各乡镇（街道）, 相关单位.

A term is [quantifier][level or place][直, 级, 属, 政府][quantifier] and one or more heads: 部门, 单位, 人民政府,
街道办事处, 管委会 … Every part must be known (dictionaries/national/groups.yaml); a term with a word of its own
(防汛单位) is none.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence
from functools import cached_property, lru_cache

from planextract.model.agency import AgencyEntry
from planextract.model.national import GroupWords
from planextract.model.vocabulary import Region, level_word

_LONGEST = 40
_CJK = "[\u4e00-\u9fff]"
_JOIN = "[、,，和及与]"
_TOWNS_ALONE = re.compile("(?:街道办事处|(?:乡镇街道|乡镇|镇街|街镇|镇)(?:人民政府|政府)?)$")
_MUST = re.compile(
    "各|有关|相关|其他|其它|全体|所有|属地|涉及|所在|直|级|属|政府|驻|主管|职能|责任|成员|牵头|配合|中省|事发地|承办|主办|协办"
)
_MAY = re.compile(
    f"{_MUST.pattern}|在|全部|部分"
)  # what _MUST has, and what the other patterns and quantifiers begin with


class GroupGrammar:
    """The grammar of terms. Its patterns are compiled when a text may be a term: they take longer than a short plan."""

    def __init__(self, words: GroupWords) -> None:
        self._words = words
        division, town, government = _any(words.divisions), _any(words.towns), _any(words.governments)
        zone = f"{_any(words.zone_kinds)}?{_any(words.zones)}"
        self._area = f"(?:{division}|{town}|{zone})"
        self._government = government
        # Each list names its element once, as [join] element …, the first without a join: a pattern twice as short.
        self._bracket = rf"(?:\((?!{_JOIN})(?:(?:(?<=\()|{_JOIN}){self._area_or_government})+\))"
        self._areas = f"(?:(?!{_JOIN})(?:{_JOIN}?{self._area}{self._bracket}?)+)"
        self._scope = f"(?:全{_any([w for w in words.levels if len(w) == 1])})?"
        # Every term but towns alone has one of a few words, if the vocabulary's quantifiers all have one.
        self._has_mark = all(_MAY.search(word) for word in words.quantifiers)

    @property
    def _area_or_government(self) -> str:
        return f"(?:{self._area}|{self._government})"

    @cached_property
    def _below(self) -> re.Pattern[str]:
        areas, government, bracket = self._areas, self._government, self._bracket
        ruled = f"(?:{government}{bracket}?(?:{_JOIN}各?{government}{bracket}?)*)?"
        return re.compile(
            f"{self._scope}{_any(self._words.quantifiers)}{_any(self._words.levels)}?{areas}{ruled}"
            f"(?:{_JOIN}各{areas}(?:{government}{bracket}?)?|{_JOIN}{areas}{government}{bracket}?)*"
            "(?:有关部门|相关部门|各部门)?$"
        )

    @cached_property
    def _own(self) -> re.Pattern[str]:
        words = self._words
        quantifier, mode, kind, body = map(_any, (words.quantifiers, words.modes, words.kinds, words.bodies))
        place = f"(?:{_any(words.levels)}|{_CJK}{{2,3}}[市区县州旗](?=各))?"
        more = rf"\({body}\)|(?:{_JOIN}|并)?{quantifier}?{mode}?{kind}?{body}"
        # One area: nested repeats cost time.
        beside = f"{_JOIN}?{quantifier}?(?:{self._area}|地区|地方)(?:{self._government})?"
        return re.compile(
            f"{self._scope}{quantifier}?{place}{mode}{{0,2}}{quantifier}?{kind}{{0,2}}(?:各|的)?{body}"
            f"(?:{more}|{beside})*$"
        )

    @cached_property
    def _others(self) -> re.Pattern[str]:
        # Divisions have bureaus, towns and zones have none: 各区、县民政局 is one term, 各街道、县民政局 two.
        area, bracket = self._area, self._bracket
        division = _any([word for word in self._words.divisions if word not in (*self._words.zones, "地")])
        with_bureaus = f"(?:{division}{bracket}?(?:{_JOIN}?{division}{bracket}?)*|(?:{area}{bracket}?)+)"
        return re.compile(
            f"{_any(self._words.levels)}?{_CJK}{{0,16}}{_any(self._words.coordinators)}各?成员单位$"
            f"|(?:地方)?各级{_CJK}{{2,10}}(?:部门|机关|法院|检察院|机构|政府)$|(?:地方)?各级(?:人民)?政府$"
            f"|县级以上(?:地方)?人民政府(?:有关部门|相关部门)?$|(?:属地|事发地|当地|所在地|地方)(?:人民)?政府$"
            f"|各{with_bureaus}{_CJK}{{2,10}}(?:局|委|厅|部门)$"
            f"|(?:有关|相关|各)?[在驻]{_CJK}{{1,3}}各?(?:直属)?(?:单位|机构|企业)$"
            f"|中央?、?省?(?:驻{_CJK}{{1,3}}|直)(?:各|有关)?单位$"
        )

    def is_term(self, text: str) -> bool:
        """Tell whether a folded text (brackets are half-width) is a term for several bodies."""
        if not 2 <= len(text) <= _LONGEST:
            return False
        if _TOWNS_ALONE.match(text):
            return True
        if self._has_mark and not _MAY.search(text):
            return False
        if self._below.match(text) or self._others.match(text):
            return True
        return self._own.match(text) is not None and _MUST.search(text) is not None


@lru_cache(maxsize=4)
def group_grammar(words: GroupWords) -> GroupGrammar:
    """Return the grammar of some words."""
    return GroupGrammar(words)


def find_group(text: str, issuer: Region | None, words: GroupWords) -> AgencyEntry | None:
    """Return the term for several bodies that a folded text is, scoped to the issuer; None if it is none.

    Args:
        text: Folded text.
        issuer: Region of the document; None for a central one.
        words: What terms are built of.
    """
    if not words.bodies or not group_grammar(words).is_term(text):
        return None
    code = issuer.code if issuer else "000000"
    name = _normalise(text)
    agency_id = f"{code}-group-{hashlib.sha256(name.encode()).hexdigest()[:8]}"
    return AgencyEntry(
        agency_id=agency_id,
        name=name,
        full_name=name,
        kind="group",
        region=issuer.code if issuer else "",
        level=level_word(issuer.name) if issuer else "国家",
        lineage_id=agency_id,
        source="grammar of terms for several bodies",
    )


def _any(words: Sequence[str]) -> str:
    return f"(?:{'|'.join(map(re.escape, sorted(words, key=lambda w: (-len(w), w))))})"


def _normalise(text: str) -> str:
    """Return a term in one wording: 有关 and 相关, 人民政府 and 政府 are one, and the marks between its heads."""
    text = re.sub(r"各?(?:有关|相关)", "相关", text).replace("人民政府", "政府").replace("其它", "其他")
    return re.sub(r"[,，]", "、", text)
