"""Entries of bodies that the national table gives a region: their names, and the ids that they keep."""

from __future__ import annotations

from planextract.model.agency import AgencyEntry
from planextract.model.national import BodyForm, NationalBodies
from planextract.model.vocabulary import Region, Regions, level_word
from planextract.resolve.places import short_name, tier_of

NATIONAL_SOURCE = "national table of planextract"


class FormEntries:
    """Makes the entry of a form in a region, once."""

    def __init__(self, national: NationalBodies, regions: Regions) -> None:
        self._national, self._regions = national, regions
        self._entries: dict[str, AgencyEntry] = {}

    def find_expected(self, function: str, code: str) -> BodyForm | None:
        """Return the form of a function that a region is expected to have today, if there is only one."""
        region = self._regions.by_code[code]
        tier = tier_of(code, region.name, len(region.chain))
        forms = [
            form
            for form in self._national.forms_with(function)
            if tier in form.tiers and form.is_sure and form.last_day is None and form.is_used_in(code)
        ]
        return forms[0] if forms else None

    def make(self, form: BodyForm, region: Region) -> AgencyEntry:
        """Make the entry of a form in a region."""
        expected = self.find_expected(form.function, region.code)
        is_expected = expected is not None and expected.form_id == form.form_id
        is_first = expected is None and form.form_id.endswith("-1")
        agency_id = f"{region.code}-{form.function if is_expected or is_first else form.form_id}"
        if agency_id not in self._entries:
            heir = self.find_expected(form.successor, region.code) if form.successor else expected
            lineage = f"{region.code}-{heir.function}" if heir is not None else agency_id
            name = _canonical(form, region)
            self._entries[agency_id] = AgencyEntry(
                agency_id=agency_id,
                name=name,
                full_name=self._official(form.official, region),
                kind=form.kind,
                level=level_word(region.name),
                region=region.code,
                valid_from=form.first_day,
                valid_to=form.last_day,
                lineage_id=lineage,
                source=NATIONAL_SOURCE if form.is_sure else f"{NATIONAL_SOURCE}: not sure",
            )
        return self._entries[agency_id]

    def _official(self, official: str, region: Region) -> str:
        above = self._regions.by_code[region.chain[1]] if len(region.chain) > 1 else region
        province = self._regions.by_code[region.chain[-1]]
        fill = {
            "@": region.full_name,
            "%": region.name,
            "^": short_name(region.name),
            "$": province.name,
            "&": above.full_name,
        }
        return "".join(fill.get(char, char) for char in official)


def _canonical(form: BodyForm, region: Region) -> str:
    """Return the short form with the region's name: 瑞安市财政局, 上海市发展改革委, 团中山市委.

    A level word alone (市财政局) would name other bodies elsewhere, and in a county-level city two.
    """
    ranked = sorted(form.wordings, key=lambda w: (not w.startswith("~"), w.endswith(("委员会", "办公室"))))
    return ranked[0].replace("~", region.name).replace("^", short_name(region.name))
