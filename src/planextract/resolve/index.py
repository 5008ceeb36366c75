"""Blocking: which known wordings are near enough to a printed name to be compared at all."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from planextract.resolve.names import NameKey, NameParts


@dataclass(frozen=True, slots=True)
class Wording:
    """A wording of a body; ``owner`` is its id, or "" for a decoy: a body that the dictionary does not hold."""

    parts: NameParts
    owner: str


class WordingIndex:
    """Wordings by what survives one edit, by equal parts, and by level and core."""

    def __init__(self) -> None:
        self._wordings: list[Wording] = []
        self._by_text: dict[str, list[int]] = {}
        self._by_deletion: dict[str, list[int]] = {}
        self._by_first: dict[tuple[NameKey, str], list[int]] = {}
        self._by_core: dict[tuple[NameKey, str], list[int]] = {}
        self._by_stem: dict[tuple[str, str], list[int]] = {}

    def add(self, wording: Wording) -> None:
        """Add a wording; one that is there already with the same owner is left out."""
        parts = wording.parts
        if any(self._wordings[i].owner == wording.owner for i in self._by_text.get(parts.text, ())):
            return
        number = len(self._wordings)
        self._wordings.append(wording)
        self._by_text.setdefault(parts.text, []).append(number)
        key, core = parts.key, parts.core
        for left in _deletions(parts.text):
            self._by_deletion.setdefault(left, []).append(number)
        self._by_core.setdefault((key, core), []).append(number)
        if core:
            self._by_first.setdefault((key, core[0]), []).append(number)
        self._by_stem.setdefault((key.level, core), []).append(number)

    def initials(self) -> frozenset[str]:
        """Return the characters that open a word of an agency's core: 文 and 旅 of 文化旅游, both of 教体."""
        found: set[str] = set()
        for wording in self._wordings:
            core = wording.parts.core
            if not wording.parts.is_proper:
                found.update(core if len(core) <= 3 and not wording.owner else core[::2])
        return frozenset(found)

    def lone_characters(self) -> frozenset[tuple[int, str]]:
        """Return places (0, 1) and characters that only one core of two characters has."""
        cores: dict[tuple[int, str], set[str]] = {}
        for wording in self._wordings:
            core = wording.parts.core
            if len(core) == 2 and not wording.parts.is_proper:
                for place in (0, 1):
                    cores.setdefault((place, core[place]), set()).add(core)
        return frozenset(key for key, found in cores.items() if len(found) == 1)

    def same_text(self, text: str) -> Iterator[Wording]:
        """Yield wordings that are exactly this text."""
        return (self._wordings[i] for i in self._by_text.get(text, ()))

    def same_core(self, parts: NameParts) -> Iterator[Wording]:
        """Yield wordings whose parts are all equal, written otherwise (委 for 委员会, 北京市西城区 for 区)."""
        return (self._wordings[i] for i in self._by_core.get((parts.key, parts.core), ()))

    def one_edit(self, text: str) -> Iterator[Wording]:
        """Yield wordings that may be one edit away: they share what is left without one character."""
        seen: set[int] = set()
        keys = (text, *_deletions(text))
        for table in (self._by_text, self._by_deletion):
            for key in keys:
                seen.update(table.get(key, ()))
        return (self._wordings[i] for i in sorted(seen))

    def has_near(self, text: str) -> bool:
        """Tell whether any wording may be one edit away."""
        keys = (text, *_deletions(text))
        return not (self._by_text.keys().isdisjoint(keys) and self._by_deletion.keys().isdisjoint(keys))

    def longer_cores(self, parts: NameParts) -> Iterator[Wording]:
        """Yield wordings with equal parts and a longer core that starts with the same character."""
        if not parts.core:
            return
        for i in self._by_first.get((parts.key, parts.core[0]), ()):
            if len(self._wordings[i].parts.core) > len(parts.core):
                yield self._wordings[i]

    def bodies_of_stem(self, level: str, core: str) -> int:
        """Count the bodies of a level and core, whatever their class (区体育局, 区体育中心)."""
        found = (self._wordings[i] for i in self._by_stem.get((level, core), ()))
        return len({wording.owner or wording.parts.text for wording in found})

    def same_stem(self, parts: NameParts) -> Iterator[Wording]:
        """Yield wordings of a name without its ending (环雅丽都 for 环雅丽都公司)."""
        if not parts.key.suffix:
            yield from (self._wordings[i] for i in self._by_stem.get((parts.key.level, parts.core), ()))


def _deletions(text: str) -> set[str]:
    return {text[:i] + text[i + 1 :] for i in range(len(text))}
