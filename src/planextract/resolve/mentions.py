"""Find names of bodies in running text."""

from __future__ import annotations

import re
from collections.abc import Iterable

from planextract.model.vocabulary import AgencyWords

_NOT_BEFORE_LEVEL = frozenset("社地辖城园片小郊景山库灾疫老新矿各外内都")
_MIN_MENTION = 3
_LONGEST_PLACE = 8
_GOES_ON = re.compile(r"[\u4e00-\u9fff]{2,4}(?:分局|支队|总队|大队|分公司|管理所|监察所)")


class NameFinder:
    """Finds exact wordings; a name inside another place's name (海淀区财政局) is none of ours."""

    def __init__(self, wordings: Iterable[str], places: frozenset[str], words: AgencyWords) -> None:
        """Prepare.

        Args:
            wordings: Folded names and aliases.
            places: Names of all divisions but the document's own.
            words: Unused endings are none; kept for the lists of group words.
        """
        self._places = places
        self._starts: dict[str, list[str]] = {}
        for wording in sorted(set(wordings), key=lambda w: (-len(w), w)):
            if len(wording) >= _MIN_MENTION:
                self._starts.setdefault(wording[:2], []).append(wording)
        self._groups = words.group_starts

    def find_names(self, text: str) -> tuple[tuple[int, int], ...]:
        """Return the spans of names: leftmost first, then longest."""
        spans: list[tuple[int, int]] = []
        position = 0
        while position < len(text) - 1:
            end = self._name_end(text, position)
            if end is not None:
                spans.append((position, end))
                position = end
            else:
                position += 1
        return tuple(spans)

    def _name_end(self, text: str, start: int) -> int | None:
        for wording in self._starts.get(text[start : start + 2], ()):
            if text.startswith(wording, start):
                end = start + len(wording)
                if self._is_inside(text, start) or self._goes_on(text, end):
                    return None
                return end
        return None

    def _is_inside(self, text: str, start: int) -> bool:
        """Tell whether the level word ends another word or another place's name."""
        if start == 0 or text[start] not in "区市县":
            return False
        if text[start - 1] in _NOT_BEFORE_LEVEL:
            return True
        return any(text[begin : start + 1] in self._places for begin in range(max(0, start - _LONGEST_PLACE), start))

    def _goes_on(self, text: str, end: int) -> bool:
        """Tell whether a longer name starts here that is not known (市规划自然资源委东城分局)."""
        found = _GOES_ON.match(text, end)
        return found is not None and text[end : end + 2] not in self._starts
