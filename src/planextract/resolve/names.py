"""The parts of an agency's name that must agree before two names can be one body."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from planextract.model.vocabulary import AgencyWords

_PARTY = re.compile(r"委(?=.{2,})(?!员|办公|办$)")
_PARTY_OFFICE = re.compile(r"委(?=办公|办$)")
_LEVEL = re.compile(r"自治区|[市区县省州镇乡旗](?=.{2})")
_ORDINAL = re.compile(r"[一二三四五六七八九十\d]+")
PROPER_CLASSES = frozenset({"街道", "镇", "乡", "集团", "公司", "分公司"})


@dataclass(frozen=True, slots=True)
class NameKey:
    """The parts that must be equal: level word, suffix class, ordinals in order, places named."""

    level: str
    suffix: str
    ordinals: tuple[str, ...]
    places: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class NameParts:
    """A name taken apart: 区住房城乡建设委 is level 区, core 住房城乡建设, suffix class 委.

    Attributes:
        text: The folded name.
        key: What must be equal.
        core_start: Where the core starts in ``text``; before it stands the level.
        core_end: Where it ends; behind it stands the suffix.
        is_group: It names several bodies (各街道办事处).
    """

    text: str
    key: NameKey
    core_start: int
    core_end: int
    is_group: bool

    @property
    def core(self) -> str:
        """What is left without level and suffix."""
        return self.text[self.core_start : self.core_end]

    @property
    def is_proper(self) -> bool:
        """Tell whether the core is a proper name (a street's, a company's): any other one is another body."""
        return self.key.suffix in PROPER_CLASSES

    @property
    def own_size(self) -> int:
        """Characters of the core that are no place's name: those tell 成都城投集团 from 成都交投集团."""
        return len(self.core) - sum(map(len, self.key.places))


class NameParser:
    """Takes names apart; prepared once for a region."""

    def __init__(self, words: AgencyWords, prefixes: Iterable[tuple[str, str]], places: Sequence[str]) -> None:
        """Prepare.

        Args:
            words: Endings and group words.
            prefixes: Written-out regions with their level: ("北京市西城区", "区").
            places: Short names of places that tell bodies apart: 西城, 东城.
        """
        self._prefixes = tuple(sorted(set(prefixes), key=lambda pair: (-len(pair[0]), pair)))
        self._first = frozenset(prefix[0] for prefix, _ in self._prefixes)
        self._places = re.compile("|".join(map(re.escape, sorted(places, key=len, reverse=True)))) if places else None
        self._suffixes: dict[str, list[tuple[str, str]]] = {}
        for ending, kind in words.suffixes:
            self._suffixes.setdefault(ending[-1], []).append((ending, kind))
        self._starts, self._ends = words.group_starts, words.group_ends

    def parse(self, name: str) -> NameParts:
        """Take a folded name apart."""
        start, level = self._split_level(name)
        end, suffix = self._split_suffix(name, start)
        places = tuple(sorted(set(self._places.findall(name, start)))) if self._places else ()
        key = NameKey(level, suffix, tuple(_ORDINAL.findall(name, start, end)), places)
        is_group = name.startswith(self._starts) or name.endswith(self._ends)
        return NameParts(name, key, start, end, (is_group and suffix not in PROPER_CLASSES) or name.startswith("各"))

    def _split_level(self, name: str) -> tuple[int, str]:
        start, level = 0, ""
        if name[:1] in self._first:
            for prefix, word in self._prefixes:
                if name.startswith(prefix) and len(name) > len(prefix) + 1:
                    start, level = len(prefix), word
                    break
        if not level:
            found = _LEVEL.match(name)
            if not found:
                return 0, ""
            start, level = found.end(), found.group()
        party = _PARTY.match(name, start) or _PARTY_OFFICE.match(name, start)
        return (party.end(), f"{level}委") if party else (start, level)

    def _split_suffix(self, name: str, start: int) -> tuple[int, str]:
        for ending, kind in self._suffixes.get(name[-1:], ()):
            if name.endswith(ending) and len(name) - len(ending) > start:
                return len(name) - len(ending), kind
        return len(name), ""


def is_subsequence(short: str, long: str) -> bool:
    """Tell whether all characters of ``short`` stand in ``long`` in the same order."""
    rest = iter(long)
    return all(char in rest for char in short)
