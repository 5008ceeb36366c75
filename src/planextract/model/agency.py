"""Bodies that can be responsible, and the answer to "who is meant by this name?"."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

from planextract.model.promises import check_probability

AgencyKind = Literal["agency", "group", "company", "street", "other"]
Tier = Literal["province", "city", "county", "beijing"]
MatchKind = Literal["exact", "alias", "generated", "rule", "fuzzy", "unresolved"]


@dataclass(frozen=True, slots=True, kw_only=True)
class AgencyEntry:
    """A dictionary entry. ``name`` is the short form that plans print; dates are inclusive.

    ``lineage_id`` is shared by a body and those it came from: the id of the last successor; ``uscc`` is its unified
    social credit code (GB 32100), where known.
    """

    agency_id: str
    name: str
    full_name: str
    kind: AgencyKind
    level: str
    region: str
    parent_id: str | None = None
    aliases: tuple[str, ...] = ()
    members: tuple[str, ...] = ()
    valid_from: date | None = None
    valid_to: date | None = None
    successor_id: str | None = None
    lineage_id: str = ""
    source: str = ""
    uscc: str | None = None
    examples: tuple[str, ...] = ()

    def is_valid_on(self, day: date | None) -> bool:
        """Tell whether the body existed on a day; every entry is valid on an unknown day."""
        if day is None:
            return True
        return (self.valid_from is None or self.valid_from <= day) and (self.valid_to is None or day <= self.valid_to)


@dataclass(frozen=True, slots=True, kw_only=True)
class AgencyMatch:
    """What one name as printed means.

    ``score`` is 1 for exact and alias, the rule's own confidence for ``rule``, and the best
    similarity (0–1) of a suggestion that was not accepted for ``unresolved``. ``rule`` is the kind of rule that linked
    a ``rule`` (``planextract.resolve.name_rules``, ``field``), or what a person did (``decided``, ``ignored``);
    ``reason`` says it to people.
    """

    kind: MatchKind
    entry: AgencyEntry | None
    score: float
    reason: str
    runner_up: str | None = None
    runner_up_score: float | None = None
    rule: str | None = None

    def __post_init__(self) -> None:
        check_probability(self.score, "the score of a match")
