"""One thing that a person looks at: a wrong cell, a doubtful row, a change. All four reports show the same kind."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from planextract.phrases import Phrase
from planextract.report.evidence import Evidence
from planextract.text.similarity import Segment, mark_changes

_MAX_MARKED = 4000
SEVERAL = "\u001f"  # stands between the values of a facet that has several


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """An entry of a list.

    Attributes:
        anchor: Its id in the page, letters, digits and dashes.
        key: Where it is in the plan: ``plan/task/seq``.
        kind: What it is, and a facet to filter by.
        segments: Its text, with what differs marked; empty if there is only ``text``.
        facets: (facet, value) pairs to filter by.
        notes: Reasons and explanations, a line each.
    """

    anchor: str
    key: str
    kind: str
    tone: str
    column: str
    task: str
    document: str
    where: str
    text: str = ""
    segments: tuple[Segment, ...] = ()
    facets: tuple[tuple[str, str], ...] = ()
    notes: tuple[str, ...] = ()
    chips: tuple[str, ...] = ()
    evidence: Evidence | None = None
    measure_id: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Facet:
    """A choice above a list: its values with how many items have each, and the one chosen at first."""

    name: str
    label: str
    values: tuple[tuple[str, int], ...]
    default: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class NextStep:
    """What to do next, and the command that does it."""

    what: Phrase
    command: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Count:
    """A name with a number and its share."""

    name: str
    count: int
    share: float
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Tile:
    """A figure at the top of a page."""

    label: str
    value: str
    note: str = ""
    tone: str = ""


def make_segments(before: str | None, after: str | None) -> tuple[Segment, ...]:
    """Mark what differs between two texts; very long ones are shown whole, one after the other."""
    first, second = before or "", after or ""
    if max(len(first), len(second)) > _MAX_MARKED:
        whole = (Segment(kind="removed", text=first), Segment(kind="added", text=second))
        return tuple(part for part in whole if part.text)
    return mark_changes(first, second)


def make_facets(
    items: Iterable[Item], labels: Sequence[tuple[str, str]], defaults: Mapping[str, str] | None = None
) -> tuple[Facet, ...]:
    """Count the values of each facet; a facet with one value only is no choice and is left out."""
    counts: dict[str, Counter[str]] = {name: Counter() for name, _ in labels}
    for item in items:
        for name, value in item.facets:
            if name in counts:
                counts[name].update(value.split(SEVERAL) if SEVERAL in value else [value])
    return tuple(
        Facet(
            name=name,
            label=label,
            values=tuple(sorted(counts[name].items(), key=lambda pair: (-pair[1], pair[0]))),
            default=(defaults or {}).get(name, ""),
        )
        for name, label in labels
        if len(counts[name]) > 1
    )


def describe_place(page: int | None, line: int | None = None) -> str:
    """Return where to look: ``page 7, line 88``."""
    if page and line:
        return Phrase("page {page}, line {line}", page=page, line=line)
    if page:
        return Phrase("page {page}", page=page)
    return Phrase("line {line}", line=line) if line else ""
