"""The dictionary's own entries of a region chain, prepared to be looked up: the same for all documents of a time."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence, Set
from datetime import date
from functools import cached_property

from planextract.model.agency import AgencyEntry
from planextract.model.vocabulary import AgencyWords, WordBook
from planextract.resolve.abbreviations import AbbreviationJudge
from planextract.resolve.damage import EditJudge
from planextract.resolve.index import Wording, WordingIndex
from planextract.resolve.mentions import NameFinder, index_wordings
from planextract.resolve.names import NameParser
from planextract.resolve.suggest import Suggester
from planextract.text.characters import fold


class KnownBodies:
    """Entries by name and alias; what rules need is prepared when a rule is first asked.

    Attributes:
        names: Entries by folded name; of two on one name the one valid on the day.
        aliases: The same by full name and alias.
        by_id: All entries of the chain.
        valid: Ids of those valid on the day.
        parser: Takes names apart.
    """

    def __init__(
        self,
        entries: Sequence[AgencyEntry],
        day: date | None,
        levels: Sequence[str],
        parser: NameParser,
        words: AgencyWords,
        book: WordBook,
        places: frozenset[str],
        chain: Sequence[str],
        divisions: frozenset[str],
    ) -> None:
        self._day, self._levels, self._words, self._book = day, tuple(levels), words, book
        self._places, self._chain, self._divisions = places, chain, divisions
        self.parser = parser
        self.by_id = {entry.agency_id: entry for entry in entries}
        self.valid = {entry.agency_id for entry in entries if entry.is_valid_on(day)}
        self.names: dict[str, AgencyEntry] = {}
        self.aliases: dict[str, AgencyEntry] = {}
        for entry in sorted(entries, key=lambda e: e.agency_id in self.valid):
            self.names[fold(entry.name)] = entry
            for wording in (entry.full_name, *entry.aliases):
                self.aliases[fold(wording)] = entry

    def is_near(self, *forms: str) -> bool:
        """Tell whether a folded name is a wording of a body, or one edit away from one; ``forms``: as printed, bare."""
        is_known = any(form in self.names or form in self.aliases for form in forms)
        return is_known or (bool(self.by_id) and self.index.has_near(forms[-1]))

    def effective(self, entry: AgencyEntry) -> AgencyEntry:
        """Return the body that a former body's name stands for on the document's day: its successor then."""
        seen = entry
        while (
            self._day is not None
            and seen.agency_id not in self.valid
            and seen.valid_to is not None
            and seen.valid_to < self._day
            and seen.successor_id in self.by_id
        ):
            seen = self.by_id[seen.successor_id]
        return seen if seen.agency_id in self.valid else entry

    @cached_property
    def index(self) -> WordingIndex:
        """Wordings of the entries, and decoys: departments that exist elsewhere."""
        index = WordingIndex()
        known = self.aliases | self.names
        for wording, entry in sorted(known.items()):
            if entry.kind != "group":
                now = self.effective(entry).agency_id
                index.add(Wording(self.parser.parse(wording), now if now in self.valid else ""))
        for level in dict.fromkeys(self._levels):
            for department in self._words.decoys:
                self._add_department(index, level, department, known)
        for _, town, _ in self._words.towns:
            wording = f"{town}办事处" if town.endswith(("街道", "地区")) else f"{town}政府"
            if town not in known and wording not in known:
                index.add(Wording(self.parser.parse(wording), ""))
        return index

    def _add_department(
        self, index: WordingIndex, level: str, department: Sequence[Sequence[str]], known: Mapping[str, AgencyEntry]
    ) -> None:
        """Add a department of other places: to the body that has one of its names, else as decoys."""
        claims = [
            (endings, {known[level + e].agency_id for e in endings if level + e in known}) for endings in department
        ]
        if any(owners for _, owners in claims):
            for endings, owners in claims:
                if len(owners) == 1:
                    now = self.effective(self.by_id[next(iter(owners))]).agency_id
                    owner = now if now in self.valid else ""
                    for ending in endings:
                        if level + ending not in known:
                            index.add(Wording(self.parser.parse(level + ending), owner))
            return
        for endings in department:
            for ending in endings:
                if level + ending not in known:
                    index.add(Wording(self.parser.parse(level + ending), ""))

    @cached_property
    def judge(self) -> EditJudge:
        """What decides whether a printed name is damage of a known one."""
        used = frozenset(
            "".join((*self.names, *self.aliases, *_endings(self._words), *(t[1] for t in self._words.towns)))
        )
        towns = frozenset(town for _, town, above in self._words.towns if above in self._chain)
        initials, lone = self.index.initials(), self.index.lone_characters()
        return EditJudge(self._words, self._book, used, initials, lone, towns, self._divisions)

    @cached_property
    def abbreviations(self) -> AbbreviationJudge:
        """What decides whether a printed name shortens a known one."""
        return AbbreviationJudge(self._words, self._book)

    @cached_property
    def wordings(self) -> dict[str, AgencyEntry]:
        """Names and aliases of the valid bodies."""
        return {w: e for w, e in (self.aliases | self.names).items() if e.agency_id in self.valid}

    @cached_property
    def suggester(self) -> Suggester:
        """Ranks the nearest bodies, for people."""
        return Suggester(self.wordings, self.parser, self.index, self.abbreviations)

    @cached_property
    def _starts(self) -> dict[str, list[str]]:
        return index_wordings((*self.names, *self.aliases))

    def finder(self, further: Callable[[str, int], int | None], initials: Set[str]) -> NameFinder:
        """Return what finds exact names in texts; ``further`` finds those by grammar, which begin with ``initials``."""
        return NameFinder(self._starts, self._places, self._words, further, initials)


def _endings(words: AgencyWords) -> Iterable[str]:
    for department in words.decoys:
        for endings in department:
            yield from endings
