"""Owners printed above what they answer for: （责任单位：市住建局） on a line of its own, then 1.改造….

Everywhere else owners stand below or behind. So a line of owners belongs to what follows only where all of them say
so: the first stands above the first text, one text follows each, and nothing closes the last one. Such lines are put
below their text, so that one grammar reads both.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from planextract.label.prose.flat import CLOSERS, OPENERS
from planextract.label.prose.openers import find_opener
from planextract.label.prose.wording import Wording
from planextract.model.source import SourceText
from planextract.text.sentences import is_finished

_MIN_GROUPS = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class _Group:
    """Lines of owners (``start`` to ``stop``) and the text below them, which ends before ``end``."""

    start: int
    stop: int
    end: int


def put_owners_below(lines: Sequence[SourceText], wording: Wording) -> list[SourceText]:
    """Return the lines with those of owners that stand above their texts below them; else as they are."""
    kinds = [_kind_of(line, wording) for line in lines]
    groups = _find_groups(kinds, [line.raw_text for line in lines])
    if len(groups) < _MIN_GROUPS or not _stand_above(groups, kinds):
        return list(lines)
    moved: list[SourceText] = list(lines[: groups[0].start])
    for place, group in enumerate(groups):
        behind = groups[place + 1].start if place + 1 < len(groups) else len(lines)
        moved += [*lines[group.stop : group.end], *lines[group.start : group.stop], *lines[group.end : behind]]
    return moved


def _kind_of(line: SourceText, wording: Wording) -> str:
    """Return what a line is: owners, an item with a number, a text, or another (a heading, a title)."""
    flat = wording.flatten(line.raw_text).strip()
    inner = flat[1:] if flat[:1] in OPENERS and flat.rstrip("。;")[-1:] in CLOSERS else flat
    found = next(wording.find_labels(inner, 0, len(inner)), None) if flat else None
    if found is not None and found.start == 0 and found.label.kind == "owner":
        return "owners"
    if not is_finished(line.raw_text):
        return "other" if find_opener(flat) is None else "heading"
    return "text" if find_opener(flat) is None else "item"


def _find_groups(kinds: Sequence[str], texts: Sequence[str]) -> list[_Group]:
    groups: list[_Group] = []
    place = 0
    while place < len(kinds):
        if kinds[place] != "owners":
            place += 1
            continue
        stop = place
        while stop < len(kinds) and kinds[stop] == "owners":
            stop += 1
        end = min(stop + 1, len(kinds))
        while end < len(kinds) and kinds[end] == "text" and texts[end].strip():
            end += 1
        groups.append(_Group(start=place, stop=stop, end=end))
        place = stop
    return groups


def _stand_above(groups: Sequence[_Group], kinds: Sequence[str]) -> bool:
    """Tell whether one text stands below each group, and none before the first or without owners at the end."""
    opened = kinds[groups[0].stop] if groups[0].stop < len(kinds) else ""
    if opened not in ("item", "text") or any(kinds[g.stop : g.stop + 1] != [opened] for g in groups):
        return False
    before = kinds[: groups[0].start]
    if "item" in before or (before and before[-1] == "heading" and len(groups) < _MIN_GROUPS + 1):
        return False
    if opened == "text" and "text" in before:
        return False
    ends = [*(group.start for group in groups[1:]), len(kinds)]
    return all(
        kinds[group.stop : end].count(opened) == 1 or opened == "text" for group, end in zip(groups, ends, strict=True)
    ) and not _all_below_headings(groups, kinds)


def find_owner_lines(lines: Sequence[SourceText], wording: Wording) -> frozenset[int]:
    """Return the lines of owners that stand above a list each (责任单位：区教育局, then 1.…, 2.…).

    The first stands above the first item, and items without owners stand below the last: so none closes the item
    above it. Where one item stands below each, :func:`put_owners_below` reads them.
    """
    if not any(_kind_of(line, wording) == "owners" for line in lines):
        return frozenset()
    kinds = [_kind_of(line, wording) for line in lines]
    opened = [find_opener(wording.flatten(line.raw_text)) is not None for line in lines]
    numbered = [is_open and kind != "owners" for is_open, kind in zip(opened, kinds, strict=True)]
    starts = [p for p, kind in enumerate(kinds) if kind == "owners" and kinds[p - 1 : p] != ["owners"]]
    if len(starts) < _MIN_GROUPS or any(numbered[: starts[0]]):
        return frozenset()
    counts = []
    for start, end in pairwise([*starts, len(lines)]):
        first = next((p for p in range(start, end) if kinds[p] != "owners"), end)
        if first == end or not numbered[first]:
            return frozenset()
        counts.append(sum(numbered[first:end]))
    return frozenset(starts) if max(counts) > 1 else frozenset()


def _all_below_headings(groups: Sequence[_Group], kinds: Sequence[str]) -> bool:
    return all(group.start > 0 and kinds[group.start - 1] == "heading" for group in groups)
