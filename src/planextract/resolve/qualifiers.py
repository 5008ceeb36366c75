"""What stands around a name in a cell and is not of it: brackets, 等, 及, labels such as 牵头单位：."""

from __future__ import annotations

import re
from dataclasses import dataclass

from planextract.model.vocabulary import AgencyWords

_BRACKET = re.compile(r"[(\[][^()\[\]]*[)\]]$")
_MAX_ROUNDS = 6


@dataclass(frozen=True, slots=True)
class BareName:
    """A folded name without what stands around it, and that, in reading order."""

    name: str
    qualifiers: tuple[str, ...]


class QualifierStripper:
    """Takes qualifiers off names; prepared once."""

    def __init__(self, words: AgencyWords) -> None:
        self._open = tuple(words.open_list)
        lead = "|".join(map(re.escape, words.lead_ins))
        labels = "|".join(map(re.escape, words.labels))
        self._lead = re.compile(rf"(?:{lead})(?=.{{3,}})") if lead else None
        self._label = re.compile(rf"[(\[]?(?:{labels})(?::|[)\]])(?=.{{2,}})") if labels else None

    def strip(self, folded: str) -> BareName:
        """Return the name alone; a text that is nothing but qualifiers stays as it is."""
        name, before, after = folded, "", ""
        for _ in range(_MAX_ROUNDS):
            cut = self._cut_start(name)
            if cut:
                before, name = before + name[:cut], name[cut:]
                continue
            end = self._cut_end(name)
            if end == len(name):
                break
            after, name = name[end:] + after, name[:end]
        return BareName(name, tuple(part for part in (before, after) if part))

    def _cut_start(self, name: str) -> int:
        for pattern in (self._label, self._lead):
            found = pattern.match(name) if pattern else None
            if found:
                return found.end()
        return 0

    def _cut_end(self, name: str) -> int:
        found = _BRACKET.search(name) if name.endswith((")", "]")) else None
        if found and found.start() > 1:
            return found.start()
        for word in self._open if name.endswith(self._open) else ():
            if name.endswith(word) and len(name) > len(word) + 1:
                return len(name) - len(word)
        return len(name)
