"""What a person says about a name, made a decision for the log: the same for the commands and the page."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import get_args

from planextract.decisions import DECIDED
from planextract.decisions.agency_log import may_stand_in
from planextract.errors import UsageError
from planextract.model.agency import AgencyEntry, AgencyKind
from planextract.model.judgement import AgencyJudgement, JudgementAction
from planextract.model.vocabulary import Dictionaries, Region
from planextract.phrases import Phrase
from planextract.resolve.generated import GeneratedBodies
from planextract.resolve.suggest import search_bodies
from planextract.text.characters import fold

_MAX_NAME = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """What a person said.

    Attributes:
        form: Name as printed.
        region: Code or name of the region whose plans it holds for.
        action: accept, new or ignore.
        agency: Id or name of the body to accept, or the id of a new one; a new one may go without.
        name: Canonical name of a new body; the form itself if empty.
        kind: Kind of a new body.
        note: Free text.
        evidence: What was seen when it was decided.
    """

    form: str
    region: str
    action: str
    agency: str = ""
    name: str = ""
    kind: str = "agency"
    note: str = ""
    evidence: Mapping[str, object] = field(default_factory=dict)


def make_judgement(wish: Wish, dictionaries: Dictionaries) -> AgencyJudgement:
    """Make a decision from what a person said.

    Raises:
        UsageError: If region, body or kind do not exist, or the body may not stand in a plan of the region.
    """
    place = _check(wish, dictionaries)
    agency_id, name, kind = "", "", "agency"
    if wish.action == "accept":
        agency_id = _find_body(wish.agency, place, dictionaries).agency_id
    elif wish.action == "new":
        name, kind = " ".join(wish.name.split()) or wish.form, wish.kind
        agency_id = _choose_id(wish.agency, name, place, dictionaries)
    action = next(a for a in get_args(JudgementAction) if a == wish.action)
    return AgencyJudgement(
        form=wish.form,
        region=place.code,
        action=action,
        agency_id=agency_id,
        name=name,
        kind=kind,
        evidence={"dictionary_version": dictionaries.version, **wish.evidence},
        note=wish.note,
    )


def _check(wish: Wish, dictionaries: Dictionaries) -> Region:
    if wish.action not in ("accept", "new", "ignore"):
        raise UsageError(
            "agencies.no_such_decision",
            Phrase("'{action}' is no decision", action=wish.action),
            advice="Decisions are accept, new, ignore.",
        )
    if not wish.form.strip():
        raise UsageError("agencies.no_form", "the form is empty")
    if wish.kind not in get_args(AgencyKind):
        advice = Phrase("Kinds are {names}.", names=", ".join(get_args(AgencyKind)))
        raise UsageError("agencies.no_such_kind", Phrase("there is no kind '{kind}'", kind=wish.kind), advice=advice)
    if len(wish.name) > _MAX_NAME:
        raise UsageError(
            "agencies.name_too_long", Phrase("a name has at most {max_name} characters", max_name=_MAX_NAME)
        )
    place = dictionaries.regions.find(wish.region)
    if place is None:
        advice = Phrase("Give its GB/T 2260 code.")
        raise UsageError(
            "agencies.no_such_region", Phrase("there is no region '{region}'", region=wish.region), advice=advice
        )
    return place


def _choose_id(wanted: str, name: str, place: Region, dictionaries: Dictionaries) -> str:
    """Return the id of a new body: the one given, else one made of region and name."""
    slug = hashlib.sha256(fold(name).encode()).hexdigest()[:8]
    agency_id = wanted or f"{place.code}-new-{slug}"
    taken = next((entry for entry in dictionaries.agencies if entry.agency_id == agency_id), None)
    if taken is not None and (taken.source != DECIDED or taken.name != name):
        raise UsageError(
            "agencies.id_taken",
            Phrase("the id '{agency_id}' is taken", agency_id=agency_id),
            advice="Accept that body instead.",
        )
    return agency_id


def _find_body(agency: str, place: Region, dictionaries: Dictionaries) -> AgencyEntry:
    """Return the body that a person named by id, name or full name: nearest region first."""
    generated = GeneratedBodies(dictionaries.national, dictionaries.regions, place, None)
    named = next((entry for entry in dictionaries.agencies if entry.agency_id == agency), generated.entry_of(agency))
    entry = named or _find_by_name(agency, place, dictionaries, generated)
    if entry is None or not may_stand_in(entry, place, dictionaries.regions):
        raise UsageError(
            "agencies.no_such_body",
            Phrase("no body of this region has the id or name '{agency}'", agency=agency),
            advice="planextract agencies review lists candidates; planextract agencies new adds a body.",
        )
    return entry


def _find_by_name(
    name: str, place: Region, dictionaries: Dictionaries, generated: GeneratedBodies
) -> AgencyEntry | None:
    wanted = fold(name)
    for code in place.chain:
        for entry in dictionaries.agencies:
            if entry.region == code and wanted in (fold(entry.name), fold(entry.full_name)):
                return entry
    found = generated.find(wanted) or generated.find_bare(wanted)
    return (found.entry or found.nearest) if found is not None else None


def find_bodies(text: str, region: str, dictionaries: Dictionaries, limit: int = 12) -> tuple[AgencyEntry, ...]:
    """Return bodies whose names contain a text, of those that may stand in a plan of a region; shorter names first.

    Args:
        text: A part of a name.
        region: Code of the region; "" for any.
        dictionaries: The dictionary's bodies are searched, and the one that the text names by grammar is found.
        limit: How many.
    """
    place = dictionaries.regions.by_code.get(region)
    entries: Iterable[AgencyEntry] = dictionaries.agencies
    if place is None:
        return search_bodies(text, tuple(entries), limit)
    allowed = [entry for entry in entries if may_stand_in(entry, place, dictionaries.regions)]
    generated = GeneratedBodies(dictionaries.national, dictionaries.regions, place, None)
    named = _find_by_name(text, place, dictionaries, generated) if text.strip() else None
    found = search_bodies(text, allowed, limit)
    if named is None or not may_stand_in(named, place, dictionaries.regions):
        return found
    return (named, *(entry for entry in found if entry.agency_id != named.agency_id))[:limit]
