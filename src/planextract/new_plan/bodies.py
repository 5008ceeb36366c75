"""Names that nothing links → entries to propose: which standard department it is, or what kind of body it may be."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from planextract.dictionaries.agencies import with_lineage
from planextract.dictionaries.new_region import make_region_entries
from planextract.model.agency import AgencyEntry
from planextract.model.vocabulary import Dictionaries, Region, level_word
from planextract.new_plan.survey import Form
from planextract.resolve import AgencyMatcher, build_matcher
from planextract.resolve.suggest import guess_kind
from planextract.settings import Settings
from planextract.text.characters import fold

_LEVELS: Mapping[str, str] = {"street": "街道", "company": "企业"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """An entry to propose, the printed forms that it would link, and why.

    ``origin``: ``template`` = a standard department that the plan names, ``new`` = no standard department,
    ``unused`` = a standard department that the plan does not name. ``nearest`` are bodies it is not to be taken for.
    """

    entry: AgencyEntry
    origin: str
    forms: tuple[Form, ...] = ()
    why: str = ""
    suffix: str = ""
    nearest: tuple[tuple[AgencyEntry, float], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposals:
    """What to propose for one region. ``spent`` are forms whose wording a body had that had ended by then."""

    region: Region
    has_dictionary: bool
    items: tuple[Proposal, ...]
    spent: tuple[tuple[Form, AgencyEntry], ...] = ()

    def of(self, origin: str) -> tuple[Proposal, ...]:
        """Return the proposals of one origin."""
        return tuple(item for item in self.items if item.origin == origin)


def propose_bodies(forms: Sequence[Form], region: Region, dictionaries: Dictionaries) -> Proposals:
    """Propose entries for the names of a region's plan that nothing links.

    A region without a dictionary gets the departments of the national template: those that the plan names, with the
    wordings it uses, and the others. What no template entry explains is proposed as a new body.
    """
    has_dictionary = any(entry.region == region.code for entry in dictionaries.agencies)
    template = [] if has_dictionary else make_region_entries(region, dictionaries.regions)
    known = (*dictionaries.agencies, *template)
    matcher = _Matchers(with_lineage(known), region, dictionaries)
    named: dict[str, list[tuple[Form, str]]] = {}
    new: dict[str, list[Form]] = {}
    spent: list[tuple[Form, AgencyEntry]] = []
    by_id = {entry.agency_id: entry for entry in template}
    for form in forms:
        owner, why = _find_owner(form, matcher.on(form.day), level_word(region.name), by_id)
        ended = _find_wording(form.form, known, region) if owner is None else None
        if owner is not None:
            named.setdefault(owner, []).append((form, why))
        elif ended is not None:
            spent.append((form, ended))
        else:
            new.setdefault(fold(form.form), []).append(form)
    return Proposals(
        region=region,
        has_dictionary=has_dictionary,
        spent=tuple(spent),
        items=(
            *(_name_template(by_id[key], items, known, region) for key, items in named.items()),
            *(_make_new(group, region, dictionaries, matcher.on(group[0].day)) for group in new.values()),
            *(Proposal(entry=entry, origin="unused") for entry in template if entry.agency_id not in named),
        ),
    )


class _Matchers:
    """Matchers of a region by day, each built once."""

    def __init__(self, entries: tuple[AgencyEntry, ...], region: Region, dictionaries: Dictionaries) -> None:
        self._entries = entries
        self._region = region
        self._dictionaries = dictionaries
        self._made: dict[date | None, AgencyMatcher] = {}

    def on(self, day: date | None) -> AgencyMatcher:
        if day not in self._made:
            d = self._dictionaries
            self._made[day] = build_matcher(
                self._entries,
                d.regions,
                self._region,
                day,
                Settings().resolve,
                d.agency_words,
                d.words,
                d.decided_forms,
            )
        return self._made[day]


def _find_owner(
    form: Form, matcher: AgencyMatcher, level: str, template: Mapping[str, AgencyEntry]
) -> tuple[str | None, str]:
    """Return the template entry that a form means, and why; also where the plan leaves out the level word."""
    for text, why in ((form.form, "a standard department"), (f"{level}{form.form}", f"printed without {level}")):
        match = matcher.match(text)
        if match.entry is not None and match.entry.agency_id in template:
            said = why if match.kind in ("exact", "alias") else f"{why}, by rule: {match.reason}"
            return match.entry.agency_id, said
    return None, ""


def _find_wording(text: str, entries: Sequence[AgencyEntry], region: Region) -> AgencyEntry | None:
    folded = fold(text)
    for entry in entries:
        if entry.region in region.chain and folded in {fold(w) for w in (entry.name, entry.full_name, *entry.aliases)}:
            return entry
    return None


def _name_template(
    entry: AgencyEntry, items: Sequence[tuple[Form, str]], known: Sequence[AgencyEntry], region: Region
) -> Proposal:
    """Add the wordings that the plan uses to a template entry, unless they are another body's."""
    own = {fold(w) for w in (entry.name, entry.full_name, *entry.aliases)}
    added = []
    for form, _ in items:
        if fold(form.form) not in own and _find_wording(form.form, known, region) is None:
            added.append(form.form)
            own.add(fold(form.form))
    return Proposal(
        entry=replace(
            entry, aliases=(*entry.aliases, *added), examples=tuple(dict.fromkeys((*entry.examples, *added)))
        ),
        origin="template",
        forms=tuple(form for form, _ in items),
        why="; ".join(dict.fromkeys(w for _, w in items)),
    )


def _make_new(forms: Sequence[Form], region: Region, dictionaries: Dictionaries, matcher: AgencyMatcher) -> Proposal:
    """Make an entry from what a name looks like: its level word, its ending."""
    name = forms[0].form
    home = _find_home(name, region, dictionaries)
    kind, suffix = guess_kind(name, dictionaries.agency_words)
    level = level_word(home.name)
    core = name.removeprefix(level) if name != level else name
    full = name if home.name[:2] in name else home.full_name + core
    slug = hashlib.sha256(fold(name).encode()).hexdigest()[:8]  # as 'planextract agencies new' makes it
    entry = AgencyEntry(
        agency_id=f"{region.code}-new-{slug}",
        name=name,
        full_name=name if kind == "group" else full,
        kind=kind,
        level=_LEVELS.get(kind, level),
        region=home.code,
        source="named in a plan, to be checked",
        examples=tuple(dict.fromkeys(form.form for form in forms)),
    )
    return Proposal(entry=entry, origin="new", forms=tuple(forms), suffix=suffix, nearest=matcher.suggest(name))


def _find_home(name: str, region: Region, dictionaries: Dictionaries) -> Region:
    """Return the division whose level word a name begins with, the nearest first; else the plan's own."""
    for code in region.chain:
        division = dictionaries.regions.by_code[code]
        if name.startswith(level_word(division.name)) and len(name) > 2:
            return division
    return region
