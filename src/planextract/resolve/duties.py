"""What a cell says of its names: who leads (办公室牵头，各科室配合; 牵头：办公室), and that there are more (等部门)."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache

from planextract.model.roles import Role
from planextract.resolve.cell_names import NameInCell
from planextract.text.markers import LEAD_MARKS

_LEAST_NAME = 2
_BRACKETED = re.compile(r"[（(\[【〔]([\u4e00-\u9fff]{2,8})[)）\]】〕]$")  # 区财政局（牵头）
_LABEL = re.compile(r"[（(\[【]?([\u4e00-\u9fff]{2,8})[)）\]】]?[:：](?=.{2})")


@dataclass(frozen=True, slots=True, kw_only=True)
class DutyWords:
    """Words of a cell that are of no name, each tuple longest first.

    ``verbs`` give the names before them their role, ``labels`` those behind (牵头单位：…); ``manner`` stands before a
    verb, ``acts`` behind it; ``open_list`` leaves a list open.
    """

    verbs: Mapping[str, Role] = field(default_factory=dict)
    labels: Mapping[str, Role] = field(default_factory=dict)
    manner: tuple[str, ...] = ()
    acts: tuple[str, ...] = ()
    open_list: tuple[str, ...] = ()

    @property
    def pattern(self) -> re.Pattern[str]:
        """What a name may end with: 按职责分工负责, 牵头, 配合做好."""
        return _compile(tuple(self.verbs), self.manner, self.acts)


@lru_cache(maxsize=4)
def _compile(verbs: tuple[str, ...], manner: tuple[str, ...], acts: tuple[str, ...]) -> re.Pattern[str]:
    verb, ways, rest = (
        f"(?:{'|'.join(map(re.escape, words))})" if words else "(?!)" for words in (verbs, manner, acts)
    )
    return re.compile(rf"(?:{ways}){{0,3}}(?P<verb>{verb})(?:{rest}|{verb}){{0,2}}$")


@dataclass(frozen=True, slots=True, kw_only=True)
class HeldName:
    """A name without the words behind it, its role with its label, and the words: printed, but no name."""

    name: NameInCell
    role: Role
    label: str
    left_out: str = ""


def read_duties(names: Sequence[NameInCell], role: Role, label: str, words: DutyWords) -> list[HeldName]:
    """Take labels, verbs and 等 off the names of a cell.

    A verb gives its role to the names before it, up to the verb before; a label to its own and those behind it. In
    brackets either holds for the name in front of them alone (区财政局（牵头）、区审计局); they stay its qualifier.

    Args:
        names: Names of a cell in order.
        role: Role of its column, of names without a verb.
        label: Label of the column as printed.
        words: Verbs and words that leave a list open.
    """
    held: list[HeldName] = []
    opened = 0
    pattern = words.pattern
    for name in names:
        start = 0
        opening = _LABEL.match(name.raw_text)
        if opening is not None and opening[1] in words.labels:
            role, label = words.labels[opening[1]], opening[1]
            start, opened = opening.end(), len(held)
        found = pattern.search(name.raw_text, start + _LEAST_NAME)
        stem, verb = (name.raw_text[start : found.start()], found["verb"]) if found else (name.raw_text[start:], "")
        stem = stem[: len(stem) - len(_find_end(stem, words.open_list))].rstrip(LEAD_MARKS) or stem
        left_out = name.raw_text[:start] + name.raw_text[start + len(stem) :]
        own, own_label = _read_bracket(stem, role, label, words)
        held.append(HeldName(name=replace(name, raw_text=stem), role=own, label=own_label, left_out=left_out))
        if own is not role:
            opened = len(held)
        if verb:
            held[opened:] = [replace(item, role=words.verbs[verb], label=verb) for item in held[opened:]]
            opened = len(held)
    return held


def _read_bracket(name: str, role: Role, label: str, words: DutyWords) -> tuple[Role, str]:
    """Return the role that a bracket behind a name gives it, with its word; that of its column without one."""
    found = _BRACKETED.search(name, _LEAST_NAME)
    own = (words.verbs.get(found[1]) or words.labels.get(found[1])) if found else None
    return (own, found[1]) if found and own and own is not role else (role, label)


def _find_end(text: str, words: Sequence[str]) -> str:
    if not text.endswith(tuple(words)):
        return ""
    return next((word for word in words if text.endswith(word) and len(text) - len(word) >= _LEAST_NAME), "")
