"""Rank bodies of the dictionary for a name that nothing links: for people, never accepted by itself."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz, process

from planextract.review.page.workspace import KnownAgency
from planextract.text.characters import fold

_LEAST_SHOWN = 0.2  # nothing in common is no help


@dataclass(frozen=True, slots=True, kw_only=True)
class Suggestion:
    """A body with the similarity (0–1) of its nearest wording."""

    agency: KnownAgency
    similarity: float
    wording: str


def suggest_agencies(
    name: str, agencies: Sequence[KnownAgency], region: str, *, first: str | None = None, limit: int = 5
) -> tuple[Suggestion, ...]:
    """Return the nearest bodies of a region's chain, the nearest first.

    Args:
        name: As printed.
        agencies: The dictionary.
        region: GB/T 2260 code of the document; bodies of the divisions above it and of no region count too.
        first: Name of the body that the run itself found nearest: it comes first.
        limit: How many.
    """
    chain = {"", region, f"{region[:4]}00", f"{region[:2]}0000"}
    near = [agency for agency in agencies if agency.region in chain] or list(agencies)
    wordings: list[str] = []
    owners: list[KnownAgency] = []
    for agency in near:
        for wording in (agency.name, agency.full_name, *agency.aliases):
            wordings.append(fold(wording))
            owners.append(agency)
    ranked = process.extract(fold(name), wordings, scorer=fuzz.ratio, limit=4 * limit)
    best: dict[str, Suggestion] = {}
    for wording, score, place in ranked:
        owner = owners[place]
        known = best.get(owner.agency_id)
        if known is None or known.similarity < score / 100:
            best[owner.agency_id] = Suggestion(agency=owner, similarity=score / 100, wording=wording)
    ordered = sorted(best.values(), key=lambda s: (s.agency.name != first, -s.similarity, s.agency.agency_id))
    return tuple(s for s in ordered[:limit] if s.similarity >= _LEAST_SHOWN)


def search_agencies(text: str, agencies: Sequence[KnownAgency], limit: int = 12) -> tuple[KnownAgency, ...]:
    """Return bodies whose name, full name or alias contains a text; shorter names first."""
    wanted = fold(text)
    if not wanted:
        return ()
    found = [a for a in agencies if any(wanted in fold(w) for w in (a.name, a.full_name, *a.aliases))]
    return tuple(sorted(found, key=lambda a: (not fold(a.name).startswith(wanted), len(a.name), a.agency_id))[:limit])
