"""Read the region that a body's name begins with: a level word (区), a name (西城区, 北京市西城区), a short one (西城).

A level word means the nearest region of the issuer's chain that has it, and no other. A name that several
divisions share (鼓楼区) means the one in the chain, else the only one below the issuer, beside it or in its
province; else nobody can say.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal, NamedTuple

from planextract.model.vocabulary import Region, Regions, level_word

Style = Literal["level", "name", "short"]
_LEVEL_WORDS = ("自治区", "地区", "特区", "林区", "省", "市", "州", "盟", "县", "区", "旗")
_LEVEL_INITIALS = frozenset(word[0] for word in _LEVEL_WORDS)
# The recognised peoples, a closed list: their names stand in those of autonomous divisions (恩施土家族苗族自治州).
_PEOPLE = (
    "(?:(?:蒙古|维吾尔|布依|朝鲜|土家|哈尼|哈萨克|傈僳|高山|拉祜|东乡|纳西|景颇|柯尔克孜|达斡尔|仫佬|布朗|撒拉|毛南|仡佬|锡伯|阿昌|普米|塔吉克"
    "|乌孜别克|俄罗斯|鄂温克|德昂|保安|裕固|塔塔尔|独龙|鄂伦春|赫哲|门巴|珞巴|基诺)族?|(?:回|藏|苗|彝|壮|满|侗|瑶|白|傣|黎|佤|畲|水|土|羌|怒|京|各)族)"
)
PEOPLES = re.compile(f"{_PEOPLE}+")
_AUTONOMY = re.compile(f"(?:{_PEOPLE})*自治[州县旗]$")
_AUTONOMOUS = {
    "内蒙古自治区": "内蒙古",
    "广西壮族自治区": "广西",
    "西藏自治区": "西藏",
    "宁夏回族自治区": "宁夏",
    "新疆维吾尔自治区": "新疆",
}
_LONGEST = 14
_INDEXES_KEPT = 4


class PlaceReading(NamedTuple):  # made by the thousand: ten times as quick as a frozen dataclass
    """A region read at the start of a name: where it ends, its code and how it is written."""

    end: int
    code: str
    style: Style


@dataclass(frozen=True, slots=True)
class PlaceIndex:
    """Divisions by name and short name, those below each, and the two characters that open any of these names."""

    names: dict[str, tuple[str, ...]]
    shorts: dict[str, tuple[str, ...]]
    children: dict[str, tuple[str, ...]]
    openings: frozenset[str]
    regions: Regions

    @property
    def initials(self) -> frozenset[str]:
        """Return the first characters of all names."""
        return frozenset(name[0] for name in self.names)


def short_name(name: str) -> str:
    """Return a division's short name: 西城 for 西城区, 恩施 for 恩施土家族苗族自治州; one of two characters stays.

    >>> [short_name(n) for n in ("恩施土家族苗族自治州", "黔东南苗族侗族自治州", "瑞安市", "魏县")]
    ['恩施', '黔东南', '瑞安', '魏县']
    """
    if name in _AUTONOMOUS:
        return _AUTONOMOUS[name]
    if "自治" in name and (found := _AUTONOMY.search(name)):
        bare = name[: found.start()]
        return bare if len(bare) >= 2 else name
    for ending in ("地区", "新区", "林区", "特区", "矿区", "盟", "省", "市", "区", "县", "旗"):
        if name.endswith(ending) and len(name) - len(ending) >= 2:
            return name.removesuffix(ending)
    return name


class _Indexes:
    """One index for the divisions of a process, however many documents ask."""

    def __init__(self) -> None:
        self._kept: list[tuple[Regions, PlaceIndex]] = []

    def of(self, regions: Regions) -> PlaceIndex:
        for known, index in self._kept:
            if known is regions:
                return index
        del self._kept[_INDEXES_KEPT - 1 :]  # those with a division of the past among them
        self._kept.append((regions, _make_index(regions)))
        return self._kept[-1][1]


_INDEXES = _Indexes()


def place_index(regions: Regions) -> PlaceIndex:
    """Return the index of divisions."""
    return _INDEXES.of(regions)


def _make_index(regions: Regions) -> PlaceIndex:
    names: dict[str, list[str]] = {}
    shorts: dict[str, list[str]] = {}
    children: dict[str, list[str]] = {}
    for code, region in regions.by_code.items():
        if len(region.chain) > 1 and regions.by_code[region.chain[1]].name == region.name:
            continue  # a city without counties is listed once more as its own county
        short = short_name(region.name)
        for name in {region.name, short + level_word(region.name)}:
            if len(name) >= 2:
                names.setdefault(name, []).append(code)
        if len(short) >= 2:
            shorts.setdefault(short, []).append(code)
        if len(region.chain) > 1:
            children.setdefault(region.chain[1], []).append(code)
    return PlaceIndex(
        names={name: tuple(codes) for name, codes in names.items()},
        shorts={name: tuple(codes) for name, codes in shorts.items()},
        children={code: tuple(below) for code, below in children.items()},
        openings=frozenset(name[:2] for name in (*names, *shorts)),
        regions=regions,
    )


class PlaceReader:
    """Reads regions as an issuer's documents write them."""

    def __init__(self, regions: Regions, issuer: Region | None) -> None:
        """Prepare.

        Args:
            regions: All divisions.
            issuer: Region of the document; without one only names that are unique in the country are read.
        """
        self._index, self._regions, self._issuer = place_index(regions), regions, issuer
        self._chain: Sequence[str] = issuer.chain if issuer else ()
        self._levels: dict[str, str] = {}
        for code in reversed(self._chain):
            self._levels[level_word(regions.by_code[code].name)] = code
        self._memo: dict[tuple[str, str], str | None] = {}

    @property
    def levels(self) -> dict[str, str]:
        """Level words with the nearest region that has each."""
        return self._levels

    def read(self, text: str, start: int = 0) -> Iterator[PlaceReading]:
        """Yield the regions that a text may begin with: names, longest first, then short names, then a level word."""
        if text[start : start + 2] in self._index.openings:
            yield from self._read_names(text, start, "")
            for length in range(min(5, len(text) - start - 1), 1, -1):
                code = self._pick("short", text[start : start + length])
                if code is not None:
                    yield PlaceReading(start + length, code, "short")
        for word in _LEVEL_WORDS if text[start : start + 1] in _LEVEL_INITIALS else ():
            if text.startswith(word, start) and word in self._levels:
                yield PlaceReading(start + len(word), self._levels[word], "level")
                return

    def _read_names(self, text: str, start: int, above: str) -> Iterator[PlaceReading]:
        names = self._index.names
        for length in range(min(_LONGEST, len(text) - start), 1, -1):
            name = text[start : start + length]
            if name not in names:
                continue
            for code in self._codes(name, above):
                yield from self._read_names(text, start + length, code)
                if not above or above in self._regions.by_code[code].chain[1:]:
                    pick = self._pick("name", name) if not above else self._only_below(name, above)
                    if pick == code:
                        yield PlaceReading(start + length, code, "name")

    def _codes(self, name: str, above: str) -> tuple[str, ...]:
        codes = self._index.names[name]
        return tuple(c for c in codes if above in self._regions.by_code[c].chain[1:]) if above else codes

    def _only_below(self, name: str, above: str) -> str | None:
        codes = self._codes(name, above)
        return codes[0] if len(codes) == 1 else None

    def _pick(self, style: Style, name: str) -> str | None:
        key = (style, name)
        if key not in self._memo:
            codes = (self._index.names if style == "name" else self._index.shorts).get(name, ())
            self._memo[key] = self._choose(codes, style) if codes else None
        return self._memo[key]

    def _choose(self, codes: Sequence[str], style: Style) -> str | None:
        """Choose the division that a name means in the issuer's documents, or None."""
        chains = {code: self._regions.by_code[code].chain for code in codes}
        near = [code for code in self._chain if code in chains]
        if near:
            return near[0]
        for number, above in enumerate(self._chain):
            inside = [code for code in codes if above in chains[code]]
            if style == "short" and number and len(inside) != 1:
                return None
            if len(inside) == 1:
                return inside[0]
            if inside:
                return None
        wide = [code for code in codes if len(chains[code]) <= 2 and code.endswith("00")]
        return wide[0] if len(codes) == 1 and wide else None


@lru_cache(maxsize=4096)
def tier_of(code: str, name: str, chain_length: int) -> str:
    """Return the tier of a region: P, M, C, D, U or W (see :mod:`planextract.model.national`).

    >>> tier_of("110102", "西城区", 2), tier_of("330381", "瑞安市", 3), tier_of("330300", "温州市", 2)
    ('W', 'D', 'C')
    """
    is_municipality = code[:2] in ("11", "12", "31", "50")
    if chain_length == 1:
        return "M" if is_municipality else "P"
    if is_municipality:
        return "W" if name.endswith("区") else "D"
    if code.endswith("00"):
        return "C"
    return "U" if name.endswith("区") and not name.endswith(("林区", "特区")) and chain_length > 2 else "D"
