"""Dictionaries as the rooms see them: checked, immutable, without a trace of their files."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Protocol

from planextract.model.agency import AgencyEntry, AgencyMatch
from planextract.model.plan import Comparator
from planextract.model.table import Role


class WordBook(Protocol):
    """Knows words of the language."""

    def find_word_across(self, before: str, after: str) -> str | None:
        """Return the word that a cut between two texts goes through, or None."""
        ...


class NameMatcher(Protocol):
    """Knows the bodies of the document's region on its day."""

    def match(self, raw_text: str) -> AgencyMatch:
        """Decide which body a name means, or that nobody can say."""
        ...

    def is_name(self, text: str) -> bool:
        """Tell whether a text is exactly the name or an alias of a body."""
        ...

    def find_names(self, text: str) -> tuple[tuple[int, int], ...]:
        """Return the spans of exact names inside running text, longest first, not overlapping, in order."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class ColumnVocabulary:
    """Header wordings (folded) and their roles.

    ``known_others`` are columns without a role, ``persons`` those of them that name people. ``verbs`` and
    ``body_endings`` tell agencies in a plan without a table.
    """

    roles: Mapping[str, Role]
    known_others: frozenset[str]
    group_labels: frozenset[str]
    persons: frozenset[str] = frozenset()
    verbs: Mapping[str, Role] = field(default_factory=dict)
    body_endings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class DeadlineVocabulary:
    """Words of deadlines; each tuple longest first.

    ``completion`` are words for what a period's end sees done; ``seasons`` give a season's first and last
    month, the last one in the next year where it is smaller.
    """

    ongoing: tuple[str, ...]
    recurring: tuple[str, ...]
    events: tuple[str, ...]
    immediate: tuple[str, ...]
    undated: tuple[str, ...]
    five_year_plans: Mapping[str, tuple[int, int]]
    completion: tuple[str, ...] = ()
    seasons: Mapping[str, tuple[int, int]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Unit:
    """A unit as plans write it; ``pint`` is the unit string that pint understands."""

    name: str
    wordings: tuple[str, ...]
    pint: str


@dataclass(frozen=True, slots=True, kw_only=True)
class QuantityWords:
    """Words around quantities, each tuple longest first; dictionaries/targets.yaml explains them."""

    before: tuple[tuple[str, Comparator], ...]
    behind: tuple[tuple[str, Comparator], ...]
    works: tuple[str, ...]
    amounts: tuple[str, ...]
    lead_ins: tuple[str, ...]
    trailing: tuple[str, ...]
    noun_ends: tuple[str, ...]
    prepositions: tuple[str, ...]
    scopes: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitVocabulary:
    """Units by wording and multipliers by word, both longest wording first; words around quantities."""

    units: Mapping[str, Unit]
    multipliers: Mapping[str, int]
    words: QuantityWords


@dataclass(frozen=True, slots=True, kw_only=True)
class Region:
    """An administrative division: GB/T 2260 code, full name, chain of codes from itself upwards."""

    code: str
    name: str
    full_name: str
    chain: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Regions:
    """Administrative divisions by code."""

    by_code: Mapping[str, Region]

    def find_named(self, text: str) -> Region | None:
        """Return the most specific division that a text names without doubt, or None.

        A name that several divisions share (朝阳区) counts only where the text also names the
        division above it.
        """
        named = [r for r in self.by_code.values() if r.name in text]
        best: Region | None = None
        for region in named:
            above = self.by_code.get(region.chain[1]) if len(region.chain) > 1 else None
            is_sure = above is None or above.name in text or sum(r.name == region.name for r in named) == 1
            if is_sure and (best is None or len(region.chain) > len(best.chain)):
                best = region
        return best

    def find(self, code_or_name: str) -> Region | None:
        """Return a division by code or by (full) name."""
        found = self.by_code.get(code_or_name)
        return found or next((r for r in self.by_code.values() if code_or_name in (r.full_name, r.name)), None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Dictionaries:
    """All dictionaries of a run with the version of their content (16 hex digits)."""

    version: str
    columns: ColumnVocabulary
    deadlines: DeadlineVocabulary
    units: UnitVocabulary
    regions: Regions
    agencies: tuple[AgencyEntry, ...]
    words: WordBook
    metadata_labels: Mapping[str, str] = field(default_factory=dict)
