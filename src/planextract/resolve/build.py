"""Build the matcher of one document: which bodies, places and words it knows."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date

from planextract.model.agency import AgencyEntry
from planextract.model.frame import Frame
from planextract.model.national import NationalBodies, NoNationalBodies
from planextract.model.roles import AGENCY_ROLES
from planextract.model.table import LabelledDocument, cells_of
from planextract.model.vocabulary import AgencyWords, Dictionaries, NoWordBook, Region, Regions, WordBook
from planextract.resolve.generated import GeneratedBodies
from planextract.resolve.generated_damage import GeneratedRepairs, national_wordings
from planextract.resolve.known import KnownBodies
from planextract.resolve.matcher import AgencyMatcher
from planextract.resolve.names import NameParser
from planextract.resolve.settings import ResolveSettings

_LEAST_CENTRAL = 3  # bodies of the centre that speak for it where nothing else does
_CENTRE_LEVEL = "国家"
_OTHER_LEVEL = re.compile(r"省|市(?!场)|县|区(?!域)|州|旗|盟")


def build_matcher(
    entries: Sequence[AgencyEntry],
    regions: Regions,
    region: Region | None,
    day: date | None,
    settings: ResolveSettings,
    words: AgencyWords | None = None,
    book: WordBook | None = None,
    decided: Mapping[tuple[str, str], str] | None = None,
    national: NationalBodies | None = None,
    *,
    is_central: bool = False,
) -> AgencyMatcher:
    """Build the matcher of a document.

    Args:
        entries: The whole dictionary.
        regions: Administrative divisions.
        region: The document's region; without one, only bodies of no region can be matched.
        day: Day on which the bodies must exist; null for any.
        settings: Margin and number of suggestions.
        words: What names are built of, and bodies that exist elsewhere; without them rules know no endings.
        decided: What people decided: region and folded form to a body's id, or to "" for none.
        book: Words of the language; without it no damaged character is suspected of making a word.
        national: The national tables; without them only the dictionary's own entries are found.
        is_central: The document is one of the centre.
    """
    regions = _KEPT.regions(regions, region)
    chain = region.chain if region else ()
    levels = tuple(regions.level_word(code) for code in chain)
    words, book = words or AgencyWords(), book or NoWordBook()
    known = _KEPT.known(entries, regions, region, levels, day, words, book)
    own = {form: body for (code, form), body in (decided or {}).items() if code in chain[:1]}
    generated = GeneratedBodies(
        national or NoNationalBodies(), regions, region, day, is_central=is_central, own=known.by_id
    )
    short = region.name[:-1] if region and len(region.name) > 2 else ""
    repairs = GeneratedRepairs(generated, national or NoNationalBodies(), words, book)
    return AgencyMatcher(known, generated, repairs, words, book, settings, levels, short, own)


class _Kept:
    """The prepared entries of the last few regions: a run reads many documents of one."""

    def __init__(self, limit: int = 16) -> None:
        self._limit = limit
        self._past: dict[tuple[int, str], tuple[Regions, Regions]] = {}
        self._known: dict[tuple[object, ...], tuple[tuple[object, ...], KnownBodies]] = {}

    def regions(self, regions: Regions, region: Region | None) -> Regions:
        """Return the divisions with the document's own among them, which may be one of the past."""
        if region is None or region.code in regions.by_code:
            return regions
        key = (id(regions), region.code)
        if key not in self._past:
            while len(self._past) >= self._limit:
                del self._past[next(iter(self._past))]
            self._past[key] = (regions, regions.with_region(region))
        return self._past[key][1]

    def known(
        self,
        entries: Sequence[AgencyEntry],
        regions: Regions,
        region: Region | None,
        levels: Sequence[str],
        day: date | None,
        words: AgencyWords,
        book: WordBook,
    ) -> KnownBodies:
        """Return the prepared entries of a region chain: those of a time when the same ones are valid are the same."""
        chain = region.chain if region else ()
        near = [entry for entry in entries if entry.region in chain or not entry.region]
        valid = frozenset(entry.agency_id for entry in near if entry.is_valid_on(day))
        parts = (entries, regions, words, book)  # kept alive, so that an id stays that of one object
        key = (*map(id, parts), chain, day is None, valid)
        if key not in self._known:
            while len(self._known) >= self._limit:
                del self._known[next(iter(self._known))]
            self._known[key] = (parts, _make_known(near, regions, region, levels, day, words, book))
        return self._known[key][1]


_KEPT = _Kept()


def _make_known(
    near: Sequence[AgencyEntry],
    regions: Regions,
    region: Region | None,
    levels: Sequence[str],
    day: date | None,
    words: AgencyWords,
    book: WordBook,
) -> KnownBodies:
    chain = region.chain if region else ()
    place = {code: number for number, code in enumerate(chain)}
    near = [_written_out_where_shared(e, place.get(e.region, 0), levels, regions) for e in near]
    near = _with_own_government(near, region, levels)
    near.sort(key=lambda e: (-place.get(e.region, len(chain)), e.agency_id))
    parser = NameParser(words, _written_out(regions, chain, levels), _siblings(regions, chain))
    divisions = _division_names(regions) if near else frozenset()
    return KnownBodies(near, day, levels, parser, words, book, regions.names_around(chain), chain, divisions)


def prepare_names(books: Dictionaries) -> None:
    """Make what the matchers of all documents share."""
    words, book, national = books.agency_words, books.words, books.national
    book.find_word_across("工", "作")
    national_wordings(national, words, book)
    build_matcher((), books.regions, None, None, ResolveSettings(), words, book, {}, national).match("各有关部门")


def match_names(
    labelled: LabelledDocument, frame: Frame, books: Dictionaries, settings: ResolveSettings
) -> AgencyMatcher:
    """Build the matcher of a document that counts its own names: it weighs rare forms with them.

    A document of which nothing says whose it is may say it by its owners: where bodies of the centre are among them and
    none of another level, short names (人民银行, 税务总局) are the centre's too.

    Args:
        labelled: The document.
        frame: Its notice, region and day.
        books: Bodies, divisions, words, national tables, what people decided.
        settings: Margin and number of suggestions.
    """
    cells = [cell.text for cell in cells_of(labelled) if cell.column in AGENCY_ROLES]
    names = build_for_frame(frame, books, settings, is_central=frame.is_central)
    counts = Counter(name.raw_text for text in cells for name in names.split(text))
    if frame.region is None and not frame.is_central and _names_only_centre(counts, names):
        names = build_for_frame(frame, books, settings, is_central=True)
        counts = Counter(name.raw_text for text in cells for name in names.split(text))
    return names.with_document(counts)


def build_for_frame(frame: Frame, books: Dictionaries, settings: ResolveSettings, *, is_central: bool) -> AgencyMatcher:
    """Build the matcher of a region and day, as a document's frame says them."""
    return build_matcher(
        books.agencies,
        books.regions,
        frame.region,
        frame.day,
        settings,
        books.agency_words,
        books.words,
        books.decided_forms,
        books.national,
        is_central=is_central,
    )


def _names_only_centre(counts: Counter[str], names: AgencyMatcher) -> bool:
    """Tell whether several owners are bodies of the centre, and none begins with the word of another level."""
    if any(_OTHER_LEVEL.match(form) for form in counts):
        return False
    entries = [names.match(form).entry for form in counts]
    centre = {
        entry.agency_id
        for entry in entries
        if entry is not None and entry.level == _CENTRE_LEVEL and entry.kind != "group"
    }
    return len(centre) >= _LEAST_CENTRAL


def _written_out_where_shared(entry: AgencyEntry, place: int, levels: Sequence[str], regions: Regions) -> AgencyEntry:
    """Keep a level word from a farther region that a nearer one has too: 市财政局 of 瑞安市 is not 温州市财政局."""
    if place == 0 or levels[place] not in levels[:place]:
        return entry
    word, name = levels[place], regions.by_code[entry.region].name
    wordings = (entry.name, *entry.aliases)
    written = tuple(name + w.removeprefix(word) if w.startswith(word) else w for w in wordings)
    return replace(entry, name=written[0], aliases=written[1:])


def _division_names(regions: Regions) -> frozenset[str]:
    return frozenset(r.name[:-1] for r in regions.by_code.values() if len(r.name) >= 3)


def _written_out(regions: Regions, chain: Sequence[str], levels: Sequence[str]) -> Iterable[tuple[str, str]]:
    for number in range(len(chain)):
        name = ""
        for above in chain[number:]:
            name = regions.by_code[above].name + name
            yield name, levels[number]


def _siblings(regions: Regions, chain: Sequence[str]) -> tuple[str, ...]:
    """Short names of the divisions around: they tell branches apart (西城公安分局, 东城公安分局)."""
    if not chain:
        return ()
    around = (r for r in regions.by_code.values() if chain[-1] in r.chain and len(r.name) >= 3)
    return tuple(sorted({r.name[:-1] for r in around}))


def _with_own_government(
    entries: Sequence[AgencyEntry], region: Region | None, levels: Sequence[str]
) -> list[AgencyEntry]:
    """Let a plan's 区政府 be the government of its own region, which the file above lists (西城区政府)."""
    if region is None:
        return list(entries)
    written = {form for e in entries for form in (e.name, e.full_name, *e.aliases)}
    own = tuple(form for form in (f"{levels[0]}政府", f"{levels[0]}人民政府") if form not in written)
    return [replace(e, aliases=(*e.aliases, *own)) if e.name == f"{region.name}政府" else e for e in entries]
