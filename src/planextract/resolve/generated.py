"""Bodies of every region by exact grammar: a place, and a wording of the national table.

区发改委 is the level word 区 (a region of the issuer's chain) and a wording of the function development-reform that
the tier and province of that region use. Nothing here is alike or near: a wording that is not in the table, one that
two functions share there on that day, or one whose official name cannot be told is no body, only a suggestion.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from planextract.model.agency import AgencyEntry
from planextract.model.national import BodyForm, NationalBodies
from planextract.model.vocabulary import Region, Regions, level_word
from planextract.phrases import Phrase
from planextract.resolve.form_entries import NATIONAL_SOURCE, FormEntries
from planextract.resolve.found import Found
from planextract.resolve.group_terms import find_group
from planextract.resolve.places import PlaceReader, place_index, short_name, tier_of
from planextract.resolve.towns import TownBodies, make_town

# Entries that a decision or the template made do not make a region's dictionary complete.
_OPENNATIONAL_SOURCES = (NATIONAL_SOURCE, "decision of a person", "national template of planextract")
_BRANCH = re.compile(r"(?P<above>.{3,}?(?:局|委|支队))(?P<place>[\u4e00-\u9fff]{2,8}?)分局$")
_ZONE_ENDS = re.compile(r"(?:党工委、?管委会|管委会|管理委员会)$")
_VARIED = frozenset({"culture-tourism"})  # its official names differ from county to county
_GRACE_MONTH = 3  # names of a year's reform are printed until the spring after it


class GeneratedBodies:
    """Finds bodies for the documents of one region and day."""

    def __init__(
        self,
        national: NationalBodies,
        regions: Regions,
        issuer: Region | None,
        day: date | None,
        *,
        is_central: bool = False,
        own: Mapping[str, AgencyEntry] | None = None,
    ) -> None:
        """Prepare.

        Args:
            national: The national tables.
            regions: All divisions.
            issuer: Region of the document; None for a central one or an unknown one.
            day: Day on which the bodies must exist; None for any.
            is_central: The document is one of the centre: 统计局 is 国家统计局 there.
            own: Entries by id of the chain's own dictionary files; they take the place of generated ones.
        """
        self._national, self._regions, self._issuer, self._day = national, regions, issuer, day
        self.issuer = issuer
        self._is_central = is_central
        self._own = own or {}
        listed = [entry for entry in self._own.values() if not entry.source.startswith(_OPENNATIONAL_SOURCES)]
        self._covered = {(e.region, e.agency_id.partition("-")[2]) for e in listed if e.is_valid_on(day)}
        self._files = {entry.region for entry in listed if entry.region}
        self.places = PlaceReader(regions, issuer)
        self._index = place_index(regions)
        self.initials = self._find_initials()
        self._memo: dict[str, Found | None] = {}
        self._entries = FormEntries(national, regions)
        self._towns = TownBodies(national, regions, issuer, self._own, self.places)

    def _find_initials(self) -> frozenset[str]:
        """Return the characters that a name by grammar may begin with: level words, places, central bodies."""
        central = self._national.central_initials(is_central=self._is_central)
        openings = {opening[0] for opening in self._national.openings}
        if self._issuer is None:
            return central
        near = {self._issuer.name[0], *(self._regions.by_code[code].name[0] for code in self._issuer.chain)}
        below = (self._regions.by_code[code].name[0] for code in self._index.children.get(self._issuer.code, ()))
        return frozenset({*central, *openings, *near, *below, *(word[0] for word in self.places.levels)})

    def find(self, text: str) -> Found | None:
        """Return the body that a folded text names, why its wording names none, or None if it is no wording."""
        if text not in self._memo:
            self._memo[text] = self._find(text)
        return self._memo[text]

    def _find(self, text: str) -> Found | None:
        looks = (
            self._find_central,
            self._find_form,
            self._find_division,
            self._towns.find,
            self._find_zone,
            self._find_branch,
        )
        for look in looks:
            found = look(text)
            if found is not None:
                return found
        return None

    def find_group(self, text: str) -> AgencyEntry | None:
        """Return the term for several bodies that a folded text is; None without national tables."""
        return find_group(text, self.issuer, self._national.group_words)

    def find_bare(self, text: str, code: str | None = None) -> Found | None:
        """Return the body of a region whose level word is left out: 财政局 in a list, or in a plan of one region.

        Args:
            text: Folded text.
            code: The region that the list speaks of; the issuer's own if None.
        """
        if self._issuer is None:
            return None
        code = code or self._issuer.code
        forms = self._national.forms_of(f"~{text}")
        if forms and len(text) >= 3 and not text.startswith("委"):
            return self._decide(forms, code, f"~{text}")
        return None

    def entry_of(self, agency_id: str) -> AgencyEntry | None:
        """Return the entry of an id that the tables make, or None: of a function, town, zone or central body."""
        for table in (self._national.central_by_id, self._national.zones_by_id):
            if agency_id in table:
                return table[agency_id]
        code, _, slug = agency_id.partition("-")
        region = self._regions.by_code.get(code)
        if region is None or not slug:
            return None
        if slug.startswith("town-"):
            towns = self._national.towns_of(code)
            return next((make_town(n, name, region) for n, name in towns if slug == f"town-{n}"), None)
        function = slug if self._national.forms_with(slug) else slug.rpartition("-")[0]
        entries = (self._entries.make(form, region) for form in self._national.forms_with(function))
        return next((entry for entry in entries if entry.agency_id == agency_id), None)

    def region_of(self, text: str) -> str | None:
        """Return the region whose level word or name a text begins with."""
        reading = next(self.places.read(text), None)
        return reading.code if reading is not None else None

    def stems_of(self, text: str) -> Iterator[tuple[str, str]]:
        """Yield what stands behind each region that a text may begin with, and the region."""
        for reading in self.places.read(text):
            if reading.style != "short" and len(text) > reading.end + 1:
                yield text[reading.end :], reading.code

    def name_end(self, text: str, start: int) -> int | None:
        """Return where a body's name ends that begins at a place of running text, or None."""
        if text[start] not in self.initials:
            return None
        ends = sorted({end for end in self._ends(text, start) if end - start >= 3}, reverse=True)
        for end in ends:
            found = self.find(text[start:end])
            if found is not None and found.entry is not None:
                return end
        return None

    def _ends(self, text: str, start: int) -> Iterator[int]:
        for opening in ("", *self._national.openings_of(text, start)):
            for reading in self.places.read(text, start + len(opening)):
                mark = opening + ("^" if reading.style == "short" else "~")
                yield from (reading.end + len(rest) for rest in self._national.longest(mark, text, reading.end))
        longest = self._national.longest_central(text[start : start + 2]) if len(text) - start > 2 else 0
        for length in range(min(longest, len(text) - start), 2, -1):
            piece = text[start : start + length]
            if piece in self._national.central or (self._is_central and f".{piece}" in self._national.central):
                yield start + length
                return

    # central bodies

    def _find_central(self, text: str) -> Found | None:
        entries = self._national.central.get(text, ())
        if not entries and self._is_central:
            entries = self._national.central.get(f".{text}", ())
        now = [e for e in entries if self._is_named_on(e.valid_from, e.valid_to)]
        if now:
            return Found(now[0], "a central body")
        later = [e for e in entries if e.valid_to and self._day and e.valid_to < self._day]
        heir = self._heir(later[0]) if later else None
        if heir is not None:
            return Found(
                heir,
                Phrase("{body} until {day}; now {heir}", body=later[0].name, day=later[0].valid_to, heir=heir.name),
            )
        return Found(None, "no central body of this name on the document's day", entries[0]) if entries else None

    def _heir(self, entry: AgencyEntry) -> AgencyEntry | None:
        seen = {entry.agency_id}
        following = self._national.central_by_id.get(entry.successor_id or "")
        while following is not None and following.agency_id not in seen:
            if following.is_valid_on(self._day):
                return following
            seen.add(following.agency_id)
            following = self._national.central_by_id.get(following.successor_id or "")
        return None

    # functions

    def _find_form(self, text: str) -> Found | None:
        refused: Found | None = None
        for wording, code in self._wordings(text):
            found = self._decide(self._national.forms_of(wording), code, wording)
            if found is not None and found.entry is not None:
                return found
            refused = refused or found
        return refused

    def _wordings(self, text: str) -> Iterator[tuple[str, str]]:
        """Yield the wordings that a text may be, each with its region."""
        for opening in ("", *self._national.openings_of(text, 0)):
            for reading in self.places.read(text, len(opening)):
                rest = text[reading.end :]
                if rest.startswith("党委"):
                    rest = rest[1:]  # 自治区党委组织部 is what 省委组织部 is in a province
                marks = ("^",) if reading.style == "short" else ("~",)
                for mark in marks:
                    wording = f"{opening}{mark}{rest}"
                    if self._national.forms_of(wording):
                        yield wording, reading.code
        if self._issuer is not None and self._national.forms_of(text):
            yield from ((text, code) for code in self._issuer.chain)

    def _find_division(self, text: str) -> Found | None:
        """Find the government of a division below the issuer: where owners are listed, 越秀区 is 越秀区政府."""
        reading = next((r for r in self.places.read(text) if r.end == len(text) and r.style == "name"), None)
        if (
            reading is None
            or not self._is_below(reading.code)
            or (self._issuer is not None and reading.code == self._issuer.code)
        ):
            return None
        return self._decide(self._national.forms_of("~政府"), reading.code, "~政府")

    def _decide(self, forms: Sequence[BodyForm], code: str, wording: str) -> Found | None:
        """Decide which form a wording is in a region: one, or why none."""
        region = self._regions.by_code.get(code)
        if region is None:
            return None
        tier = tier_of(code, region.name, len(region.chain))
        there = [form for form in forms if tier in form.tiers]
        if not there:
            return None
        now = [form for form in there if self._is_named_on(form.first_day, form.last_day)]
        chosen = self._choose(now, code, wording)
        if chosen is None and not now:
            return self._successor(there, region, wording)
        if chosen is None:
            return Found(None, self._why_none(now, code), self._entries.make(now[0], region))
        entry = self._entries.make(chosen, region)
        if code in self._files and not chosen.is_used_in(code):
            return Found(None, "neither the region's own dictionary nor its province is known to have this body", entry)
        if code in self._files and self._is_covered(chosen, code):
            kept = self._own.get(f"{code}-{chosen.function}")
            if kept is not None and _same_name(kept, entry):
                return Found(kept, "the region's own entry")
            return Found(None, Phrase("the region's own dictionary words {name} otherwise", name=chosen.function), kept)
        if entry.agency_id in self._own:
            return Found(self._own[entry.agency_id], "the region's own entry")
        return Found(entry, "by the grammar of names")

    def _is_covered(self, form: BodyForm, code: str) -> bool:
        parts = form.merged_of or (form.function,)
        return any((code, part) in self._covered for part in (*parts, form.function))

    def _choose(self, forms: Sequence[BodyForm], code: str, wording: str) -> BodyForm | None:
        """Choose the one form that a wording can be in a region.

        Of several official names none is chosen, not even one that is spelled out so (教育体育局 is also what is
        printed for a 教育和体育局). A short wording of a merged body must be that of one official name in the
        whole country, one that the province is not known to use must be spelled out.
        """
        sure = [form for form in forms if form.is_sure or wording in form.spelled]
        expected = [form for form in sure if form.is_used_in(code)]
        expected = [form for form in expected if code in form.provinces] or expected  # the place's own wording
        group = expected or sure
        spelled = [form for form in group if wording in form.spelled]
        merged = {part for form in group if wording not in form.spelled for part in form.merged_of}
        group = [form for form in spelled if form.function not in merged] or (group if merged else spelled or group)
        if len({(form.function, _without_government(form.official)) for form in group}) != 1:
            return None
        chosen = group[0]
        if wording in chosen.spelled or code in chosen.provinces:
            return chosen
        if not expected and (chosen.tiers.isalpha() and set(chosen.tiers) & {"P", "M"}):
            return None
        is_provincial = not set(chosen.tiers) - {"P", "M"}
        if not is_provincial and (chosen.merged_of or chosen.function in _VARIED or not expected):
            everywhere = {f.official for f in self._national.forms_of(wording) if set(f.tiers) - {"P", "M"}}
            return chosen if len(everywhere) == 1 else None
        return chosen

    def _why_none(self, forms: Sequence[BodyForm], code: str) -> str:
        functions = {form.function for form in forms}
        if len(functions) > 1:
            return "the wording is one of several functions"
        if any(form.is_used_in(code) for form in forms):
            return "which official name it stands for is not certain"
        return "the province is not known to use this wording"

    def _successor(self, forms: Sequence[BodyForm], region: Region, wording: str) -> Found | None:
        """Return what took over from a body that is no more on the document's day."""
        past = [f for f in forms if f.last_day and self._day and f.last_day < self._day]
        old = self._choose(past, region.code, wording)
        if old is None:
            nearest = self._entries.make(forms[0], region)
            return Found(None, "no body of this name on the document's day", nearest)
        heir = self._entries.find_expected(old.successor, region.code) if old.successor else None
        if heir is None:
            return Found(
                None, "not valid on the document's day, and no successor is known", self._entries.make(old, region)
            )
        own = self._own.get(f"{region.code}-{old.successor}")
        entry = own if own is not None else self._entries.make(heir, region)
        before = self._entries.make(old, region).name
        return Found(entry, Phrase("{body} until {day}; now {heir}", body=before, day=old.last_day, heir=entry.name))

    # towns, zones, branches

    def _find_zone(self, text: str) -> Found | None:
        """Find a zone's committee: in the issuer's chain, below it, or under a name that says where it lies."""
        if self._issuer is None:
            return None
        named = self._national.zones_in(self._issuer.code[:2]).get(_ZONE_ENDS.sub("管委会", text), ())
        entries = [e for e in named if self._is_named_on(e.valid_from, e.valid_to)]
        near = [e for e in entries if e.region in self._issuer.chain or self._is_below(e.region)]
        if len(near) == 1:
            if near[0].source.endswith("not sure"):
                return Found(None, "the zone is not known for certain", near[0])
            return Found(near[0], "a zone of the region")
        return Found(None, "several zones of the region have this name", near[0]) if near else None

    def _is_below(self, code: str) -> bool:
        region = self._regions.by_code.get(code)
        return region is not None and self._issuer is not None and self._issuer.code in region.chain

    def _find_branch(self, text: str) -> Found | None:
        """Find the branch that a body keeps in a division below it: 市公安局鼓楼分局."""
        match = _BRANCH.match(text)
        if match is None or self._issuer is None:
            return None
        place = next((r for r in self.places.read(match["place"] + "#") if r.end == len(match["place"])), None)
        if place is None or place.style == "level":
            return None
        region = self._regions.by_code[place.code]
        if len(region.chain) < 2:
            return None
        above = self._regions.by_code[region.chain[1]]
        stem = self._stem_of(match["above"], above)
        parent = self._decide(self._national.forms_of(f"~{stem}"), above.code, f"~{stem}") if stem else None
        if parent is None or parent.entry is None:
            return None
        kind = "district-branch" if place.style == "name" else "branch"
        agency_id = f"{parent.entry.agency_id.replace(above.code, region.code)}-{kind}"
        if agency_id in self._own:
            return Found(self._own[agency_id], "the region's own entry")
        short = region.name if place.style == "name" else short_name(region.name)
        entry = AgencyEntry(
            agency_id=agency_id,
            name=f"{above.name}{stem}{short}分局",
            kind="agency",
            region=region.code,
            full_name=f"{parent.entry.full_name}{short}分局",
            level=level_word(region.name),
            parent_id=parent.entry.agency_id,
            lineage_id=agency_id,
            source=NATIONAL_SOURCE,
        )
        return Found(entry, "a branch by the grammar of names")

    def _stem_of(self, text: str, above: Region) -> str:
        """Return what stands behind the region above, however it is written."""
        written = (above.full_name, above.name, level_word(above.name))
        return next((text.removeprefix(w) for w in written if text.startswith(w) and len(text) > len(w) + 1), "")

    def _is_named_on(self, first: date | None, last: date | None) -> bool:
        """Tell whether a document of the day may print the name: within the years of the body, and the spring after."""
        day = self._day
        if day is None:
            return True
        if first is not None and day.year < first.year:
            return False
        if last is None or day.year <= last.year:
            return True
        return day.year == last.year + 1 and day.month <= _GRACE_MONTH


def _without_government(official: str) -> str:
    """Return an official name without 人民政府, which stands in it or does not: 人民政府外事办公室, 外事办公室."""
    return official.replace("人民政府", "") if len(official) > len("@人民政府") else official


def _same_name(own: AgencyEntry, generated: AgencyEntry) -> bool:
    """Tell whether a region's own entry has the official name that the grammar gives."""
    return own.full_name.replace("人民政府", "") == generated.full_name.replace("人民政府", "")
