"""Towns and sub-districts by the closed list of each county."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from planextract.model.agency import AgencyEntry
from planextract.model.national import NationalBodies
from planextract.model.vocabulary import Region, Regions
from planextract.resolve.found import Found
from planextract.resolve.places import PEOPLES, PlaceReader

_PEOPLES_TOWN = re.compile(f"(?:{PEOPLES.pattern})(?=[乡镇]$)")


class TownBodies:
    """Finds towns for the documents of one region."""

    def __init__(
        self,
        national: NationalBodies,
        regions: Regions,
        issuer: Region | None,
        own: Mapping[str, AgencyEntry],
        places: PlaceReader,
    ) -> None:
        self._national, self._regions, self._issuer, self._own, self._places = national, regions, issuer, own, places
        self._towns: dict[str, AgencyEntry] | None = None

    def find(self, text: str) -> Found | None:
        """Find a town or sub-district of the issuer, or of a county below it that the text writes out."""
        if self._issuer is None:
            return None
        if (entry := self._own_towns().get(text)) is not None:
            return Found(entry, "a town of the region")
        for reading in self._places.read(text):
            if reading.style == "name" and reading.code != self._issuer.code:
                entry = self._towns_of(reading.code).get(text[reading.end :])
                if entry is not None:
                    return Found(entry, "a town of a region below")
            elif reading.code == self._issuer.code:
                entry = self._own_towns().get(text[reading.end :])
                if entry is not None:
                    return Found(entry, "a town of the region")
        return None

    def _own_towns(self) -> dict[str, AgencyEntry]:
        if self._towns is None:
            self._towns = self._towns_of(self._issuer.code) if self._issuer else {}
        return self._towns

    def _towns_of(self, code: str) -> dict[str, AgencyEntry]:
        region = self._regions.by_code[code]
        if any(e.region == code and e.kind == "street" for e in self._own.values()):
            return {}
        found: dict[str, AgencyEntry | None] = {}
        for number, name in self._national.towns_of(code):
            entry = make_town(number, name, region)
            for wording in town_wordings(name):
                found[wording] = entry if wording not in found else None
        return {wording: entry for wording, entry in found.items() if entry is not None}


def town_wordings(name: str) -> Iterator[str]:
    """Yield what a town's office is called: 某街道办事处, 某镇政府; a town of a people also without its name.

    >>> list(town_wordings("凤阳畲族乡"))[:4]
    ['凤阳畲族乡', '凤阳畲族乡人民政府', '凤阳畲族乡政府', '凤阳畲族乡党委']
    """
    bases = [name]
    short = _PEOPLES_TOWN.sub("", name)
    if short != name and len(short) >= 3:
        bases.append(short)
    for base in bases:
        yield base
        if base.endswith(("街道", "地区")):
            yield from (f"{base}办事处", f"{base}办")
            yield f"{base}党工委"
        else:
            yield from (f"{base}人民政府", f"{base}政府", f"{base}党委")


def make_town(number: str, name: str, region: Region) -> AgencyEntry:
    """Return the entry of a town or sub-district by its statistics code."""
    office = f"{name}办事处" if name.endswith(("街道", "地区")) else f"{name}政府"
    full = f"{name}办事处" if name.endswith(("街道", "地区")) else f"{name}人民政府"
    return AgencyEntry(
        agency_id=f"{region.code}-town-{number}",
        name=office,
        full_name=f"{region.full_name}{full}",
        kind="street",
        level="街道",
        region=region.code,
        lineage_id=f"{region.code}-town-{number}",
        source=f"statistics code {number} (GB/T 2260)",
    )
