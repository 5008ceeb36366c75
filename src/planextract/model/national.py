"""What is known of the bodies of every region: functions and their wordings, central bodies, zones, towns."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple, Protocol

from planextract.model.agency import AgencyEntry, AgencyKind

TIERS = "PMCDUW"  # province, municipality, city, county, district of a city, district of a municipality


@dataclass(frozen=True, slots=True, kw_only=True)
class BodyForm:
    """One wording of a function: how the body of a tier is called in the provinces that use it.

    ``official`` is the full name with marks for places: ``@`` the region in full, ``%`` its own name, ``^`` its
    short name, ``$`` its province, ``&`` the region above in full. ``wordings`` are printed forms: ``~`` stands
    for the region as a name may write it (区, 西城区, 北京市西城区), ``^`` for its short name (西城); one without
    a mark before it is printed bare.

    Attributes:
        spelled: The wordings that spell the official name out: a printed one is its own official name.
        provinces: Codes of the provinces (two digits) and single regions that use it; empty: all of them.
        is_sure: False where the form is only offered to people, unless it is spelled out.
    """

    form_id: str
    function: str
    tiers: str
    official: str
    wordings: tuple[str, ...]
    spelled: frozenset[str]
    provinces: frozenset[str] = frozenset()
    first_day: date | None = None
    last_day: date | None = None
    successor: str = ""
    kind: AgencyKind = "agency"
    is_sure: bool = True
    merged_of: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if not self.tiers or not set(self.tiers) <= set(TIERS):
            raise ValueError(f"{self.form_id}: the tiers '{self.tiers}' are none of {TIERS}")
        if self.first_day and self.last_day and self.last_day < self.first_day:
            raise ValueError(f"{self.form_id} ends before it begins")

    def is_used_in(self, code: str) -> bool:
        """Tell whether a region is known to use the form: it, or its whole province."""
        return not self.provinces or code[:2] in self.provinces or code in self.provinces


class FormerRegion(NamedTuple):  # thousands are made at once, ten times as quick as frozen dataclasses
    """A division that is no more, or had another name: its years of use and the codes that took over."""

    code: str
    name: str
    full_name: str
    first_year: int
    last_year: int
    successors: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupWords:
    """What terms for several bodies are built of; dictionaries/national/groups.yaml explains it."""

    quantifiers: tuple[str, ...] = ()
    levels: tuple[str, ...] = ()
    modes: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    bodies: tuple[str, ...] = ()
    divisions: tuple[str, ...] = ()
    towns: tuple[str, ...] = ()
    zones: tuple[str, ...] = ()
    zone_kinds: tuple[str, ...] = ()
    governments: tuple[str, ...] = ()
    coordinators: tuple[str, ...] = ()


class NationalBodies(Protocol):
    """Gives the tables; each is read when it is first asked for."""

    def forms_of(self, wording: str) -> Sequence[BodyForm]:
        """Return the forms that have a wording."""
        ...

    def forms_with(self, function: str) -> Sequence[BodyForm]:
        """Return the forms of a function, the first one first."""
        ...

    def longest(self, mark: str, text: str, start: int) -> Iterable[str]:
        """Yield the wordings behind a mark (``~``, ``^``) that a text goes on with, longest first."""
        ...

    @property
    def openings(self) -> Sequence[str]:
        """What wordings have before the place's name (团, 人行, 国网), longest first."""
        ...

    def openings_of(self, text: str, start: int) -> Sequence[str]:
        """Return those that stand at a place of a text, longest first."""
        ...

    @property
    def forms(self) -> Sequence[BodyForm]:
        """All forms."""
        ...

    @property
    def group_words(self) -> GroupWords:
        """What terms for several bodies are built of."""
        ...

    @property
    def central(self) -> Mapping[str, tuple[AgencyEntry, ...]]:
        """Central bodies by wording, the newest first."""
        ...

    def central_initials(self, *, is_central: bool) -> frozenset[str]:
        """Return the first characters of central bodies' wordings; of all, or of those that any document may print."""
        ...

    def longest_central(self, opening: str) -> int:
        """Return the length of the longest wording of a central body that opens with two characters; 0 for none."""
        ...

    @property
    def central_by_id(self) -> Mapping[str, AgencyEntry]:
        """Central bodies by id."""
        ...

    def zones_in(self, province: str) -> Mapping[str, tuple[AgencyEntry, ...]]:
        """Return the committees of a province's zones by wording; the province by its first two digits."""
        ...

    @property
    def zones_by_id(self) -> Mapping[str, AgencyEntry]:
        """Committees of zones by id."""
        ...

    def towns_of(self, county: str) -> Sequence[tuple[str, str]]:
        """Return code and name of a county's 街道, 镇 and 乡."""
        ...

    @property
    def former_regions(self) -> Sequence[FormerRegion]:
        """Divisions of the past."""
        ...


class NoNationalBodies:
    """Tables without an entry."""

    forms: Sequence[BodyForm] = ()
    openings: Sequence[str] = ()
    group_words = GroupWords()
    central: Mapping[str, tuple[AgencyEntry, ...]] = {}
    central_by_id: Mapping[str, AgencyEntry] = {}
    zones_by_id: Mapping[str, AgencyEntry] = {}
    former_regions: Sequence[FormerRegion] = ()

    def openings_of(self, text: str, start: int) -> Sequence[str]:
        """Return nothing."""
        return ()

    def central_initials(self, *, is_central: bool) -> frozenset[str]:
        """Return nothing."""
        return frozenset()

    def longest_central(self, opening: str) -> int:
        """Return nothing."""
        return 0

    def forms_of(self, wording: str) -> Sequence[BodyForm]:
        """Return nothing."""
        return ()

    def forms_with(self, function: str) -> Sequence[BodyForm]:
        """Return nothing."""
        return ()

    def longest(self, mark: str, text: str, start: int) -> Iterable[str]:
        """Yield nothing."""
        return ()

    def zones_in(self, province: str) -> Mapping[str, tuple[AgencyEntry, ...]]:
        """Return nothing."""
        return {}

    def towns_of(self, county: str) -> Sequence[tuple[str, str]]:
        """Return nothing."""
        return ()
