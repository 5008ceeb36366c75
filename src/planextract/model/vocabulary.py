"""Dictionaries as the rooms see them: checked, immutable, without a trace of their files."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, field, replace
from functools import cached_property
from operator import itemgetter
from typing import Protocol

from planextract.model.agency import AgencyEntry, AgencyMatch
from planextract.model.autonomous import short_names
from planextract.model.confidence import ConfidenceModel, OddCharacter
from planextract.model.national import FormerRegion, NationalBodies, NoNationalBodies
from planextract.model.plan import Comparator
from planextract.model.prose import ProseVocabulary
from planextract.model.roles import Role


class WordBook(Protocol):
    """Knows words of the language."""

    def find_word_across(self, before: str, after: str) -> str | None:
        """Return the word that a cut between two texts goes through, or None."""
        ...

    def is_word(self, text: str) -> bool:
        """Tell whether a text is a word of the language."""
        ...

    def prepare(self, text: str) -> None:
        """Look up the words inside a text at once: parts of it are asked about next."""
        ...

    def find_odd_characters(self, text: str, familiar: Set[str]) -> tuple[OddCharacter, ...]:
        """Return the characters that stand in no word; pairs in ``familiar`` are no surprise."""
        ...

    def weigh(self, text: str) -> float:
        """Return the natural logarithm of how probable a text is, cut into words as well as can be."""
        ...


class NoWordBook:
    """A word book that knows no word."""

    def find_word_across(self, before: str, after: str) -> str | None:
        """Return None."""
        return None

    def is_word(self, text: str) -> bool:
        """Return False."""
        return False

    def prepare(self, text: str) -> None:
        """Do nothing."""

    def find_odd_characters(self, text: str, familiar: Set[str]) -> tuple[OddCharacter, ...]:
        """Return nothing."""
        return ()

    def weigh(self, text: str) -> float:
        """Return 0."""
        return 0.0


class NameMatcher(Protocol):
    """Knows the bodies of the document's region on its day."""

    def match(self, raw_text: str) -> AgencyMatch:
        """Decide which body a name means, or that nobody can say."""
        ...

    def is_name(self, text: str) -> bool:
        """Tell whether a text is exactly the name or an alias of a body."""
        ...

    def find_names(self, text: str) -> tuple[tuple[int, int], ...]:
        """Return the spans of exact names inside running text, longest first, not overlapping, in order."""
        ...

    def split_cell(self, text: str) -> tuple[str, ...]:
        """Return the names in an agency cell as printed, wrapped lines joined, in order."""
        ...

    def find_word_across(self, before: str, after: str) -> str | None:
        """Return the word of the language that a cut between two texts goes through, or None."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class ColumnVocabulary:
    """Header wordings (folded) and their roles.

    ``known_others`` are columns without a role, ``persons`` those of them that name people, ``kinds`` what each of them
    holds (``person``, ``progress``, ``indicator`` …), ``kind_endings`` those that also count at the end of a longer
    label, longest first (全年完成情况). ``prose`` are the words of plans without a table. What ends in one of
    ``no_bodies`` or opens with one of ``task_verbs`` is no body.
    """

    roles: Mapping[str, Role]
    known_others: frozenset[str]
    group_labels: frozenset[str]
    persons: frozenset[str] = frozenset()
    kinds: Mapping[str, str] = field(default_factory=dict)
    kind_endings: tuple[str, ...] = ()
    prose: ProseVocabulary = field(default_factory=ProseVocabulary)
    no_bodies: tuple[str, ...] = ()
    task_verbs: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class DeadlineVocabulary:
    """Words of deadlines; each tuple longest first.

    ``completion`` are words for what a period's end sees done; ``seasons`` give a season's first and last
    month, the last one in the next year where it is smaller.
    """

    ongoing: tuple[str, ...]
    recurring: tuple[str, ...]
    events: tuple[str, ...]
    immediate: tuple[str, ...]
    undated: tuple[str, ...]
    five_year_plans: Mapping[str, tuple[int, int]]
    completion: tuple[str, ...] = ()
    seasons: Mapping[str, tuple[int, int]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Unit:
    """A unit as plans write it; ``pint`` is the unit string that pint understands."""

    name: str
    wordings: tuple[str, ...]
    pint: str


@dataclass(frozen=True, slots=True, kw_only=True)
class QuantityWords:
    """Words around quantities, each tuple longest first; dictionaries/targets.yaml explains them."""

    before: tuple[tuple[str, Comparator], ...]
    behind: tuple[tuple[str, Comparator], ...]
    works: tuple[str, ...]
    amounts: tuple[str, ...]
    lead_ins: tuple[str, ...]
    trailing: tuple[str, ...]
    noun_ends: tuple[str, ...]
    prepositions: tuple[str, ...]
    scopes: tuple[str, ...]
    spans: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitVocabulary:
    """Units by wording and multipliers by word, both longest wording first; words around quantities.

    ``not_units`` follow figures that are no quantities (dates, numbers of things): they are no unknown units.
    """

    units: Mapping[str, Unit]
    multipliers: Mapping[str, int]
    words: QuantityWords
    not_units: tuple[str, ...] = ()


CENTRE = ("000000", "中央", "国务院")  # what settings may say of the region where it is the whole country


@dataclass(frozen=True, slots=True, kw_only=True)
class Region:
    """An administrative division: GB/T 2260 code, full name, chain of codes from itself upwards."""

    code: str
    name: str
    full_name: str
    chain: tuple[str, ...]

    @property
    def short(self) -> str:
        """Short name of a province or city: 陕西, 内蒙古, 泰州; that of other divisions is not told by its form."""
        for ending in ("壮族自治区", "回族自治区", "维吾尔自治区", "自治区", "地区", "省", "市", "盟"):
            if self.name.endswith(ending):
                return self.name.removesuffix(ending)
        return self.name


def level_word(name: str) -> str:
    """Return the word that stands for a region in its bodies' names: 区, 市, 县, 省, 自治区, 州, 旗."""
    for ending, word in (("自治区", "自治区"), ("自治州", "州"), ("地区", "地区"), ("盟", "盟")):
        if name.endswith(ending):
            return word
    return name[-1]


def _find_places(text: str, name: str) -> Iterator[int]:
    """Yield where a name stands in a text."""
    at = text.find(name)
    while at >= 0:
        yield at
        at = text.find(name, at + 1)


class _NamesIn:
    """Which of many names stand in a text: told by the two characters that each begins with."""

    def __init__(self, names: Iterable[str]) -> None:
        self._by_opening: dict[str, list[str]] = {}
        for name in dict.fromkeys(names):
            self._by_opening.setdefault(name[:2], []).append(name)

    def find(self, text: str) -> set[str]:
        found: set[str] = set()
        for start in range(len(text)):
            known = self._by_opening.get(text[start : start + 2])
            if known is not None:
                found.update(name for name in known if text.startswith(name, start))
        return found


@dataclass(frozen=True)
class Regions:
    """Administrative divisions by code, and those of the past; names have two characters or more."""

    by_code: Mapping[str, Region]
    former: Sequence[FormerRegion] = ()
    simplified: Mapping[int, str] = field(default_factory=dict)  # of traditional characters

    @cached_property
    def _by_name(self) -> dict[str, list[tuple[int, Region]]]:
        found: dict[str, list[tuple[int, Region]]] = {}
        for number, region in enumerate(self.by_code.values()):
            found.setdefault(region.name, []).append((number, region))
        return found

    @cached_property
    def _names(self) -> _NamesIn:
        return _NamesIn(self._by_name)

    @cached_property
    def _former_by_name(self) -> dict[str, list[tuple[int, FormerRegion]]]:
        found: dict[str, list[tuple[int, FormerRegion]]] = {}
        for number, former in enumerate(self.former):
            found.setdefault(former.name, []).append((number, former))
        return found

    @cached_property
    def _former_names(self) -> _NamesIn:
        return _NamesIn(self._former_by_name)

    @cached_property
    def autonomous(self) -> Mapping[str, Region]:
        """Autonomous divisions by the short names that no other division has: 恩施州, 天祝县."""
        found = [(short, region) for region in self.by_code.values() for short in short_names(region.name)]
        counts = Counter(short for short, _ in found)
        return {short: region for short, region in found if counts[short] == 1 and short not in self._by_name}

    def has_name(self, name: str) -> bool:
        """Tell whether a division of today has a name."""
        return name in self._by_name

    def former_in(self, text: str) -> list[FormerRegion]:
        """Return the divisions of the past whose names stand in a text, in the order of their table.

        What begins within the name of one of today is no name: in 德安县 stands no 安县.
        """
        names = self._former_names.find(text)
        if names and (inner := self._inner_places(text)):
            names = {name for name in names if any(at not in inner for at in _find_places(text, name))}
        return [
            former for _, former in sorted((p for name in names for p in self._former_by_name[name]), key=itemgetter(0))
        ]

    def _inner_places(self, text: str) -> set[int]:
        """Return the places within the names of divisions of today, those at which they begin aside."""
        found = ((name, at) for name in self._names.find(text) for at in _find_places(text, name))
        return {place for name, at in found for place in range(at + 1, at + len(name))}

    def find_named(self, text: str) -> Region | None:
        """Return the most specific division that a text names without doubt, or None.

        A name that several divisions share (朝阳区) counts only where the text also names the
        division above it.
        """
        found = sorted((p for name in self._names.find(text) for p in self._by_name[name]), key=itemgetter(0))
        named = [region for _, region in found]
        best: Region | None = None
        for region in named:
            above = self.by_code.get(region.chain[1]) if len(region.chain) > 1 else None
            is_sure = above is None or above.name in text or sum(r.name == region.name for r in named) == 1
            if is_sure and (best is None or len(region.chain) > len(best.chain)):
                best = region
        return best

    def level_word(self, code: str) -> str:
        """Return the word that stands for a division in its bodies' names: 区, 市, 县, 省, 自治区, 州, 旗."""
        return level_word(self.by_code[code].name)

    def names_around(self, chain: Sequence[str]) -> frozenset[str]:
        """Return the names of all divisions but those of a chain."""
        own = {self.by_code[code].name for code in chain}
        return frozenset(region.name for region in self.by_code.values()) - own

    def find_all(self, code_or_name: str) -> tuple[Region, ...]:
        """Return every division with this code or (full) name: 朝阳区 is several."""
        found = self.by_code.get(code_or_name)
        if found is not None:
            return (found,)
        return tuple(r for r in self.by_code.values() if code_or_name in (r.full_name, r.name))

    def find(self, code_or_name: str) -> Region | None:
        """Return a division by code or by (full) name."""
        found = self.by_code.get(code_or_name)
        found = found or next((r for r in self.by_code.values() if code_or_name in (r.full_name, r.name)), None)
        return found or self.former_region(code_or_name)

    def former_region(self, code_or_name: str) -> Region | None:
        """Return a division of the past by its code or, if only one had it, its (full) name; below those of today."""
        found = [f for f in self.former if code_or_name in (f.code, f.full_name, f.name)]
        code = found[0].code if found and len({f.code for f in found}) == 1 else ""
        above = next((c for c in (f"{code[:4]}00", f"{code[:2]}0000") if c in self.by_code and c != code), None)
        if not code or above is None:
            return None
        last = found[-1]
        return Region(code=code, name=last.name, full_name=last.full_name, chain=(code, *self.by_code[above].chain))

    def with_region(self, region: Region) -> Regions:
        """Return the divisions with one of the past among them."""
        return self if region.code in self.by_code else replace(self, by_code={**self.by_code, region.code: region})


@dataclass(frozen=True, slots=True, kw_only=True)
class AgencyWords:
    """What agency names are built of, and bodies that exist somewhere but perhaps not in the region's dictionary.

    Attributes:
        suffixes: Endings with their class, longest first: ("委员会", "委").
        generic: Words that a name may leave out at its end.
        contrast: Characters that tell neighbouring bodies apart (东 西 内 外 一 二).
        decoys: Departments that exist somewhere; each holds, tier by tier, the endings after the level word.
        towns: Known 街道, 镇 and 乡: code, name, code of the division above. A division has all of its towns or none.
        glyphs: For a character, those that look like it in print.
        simplified: Traditional characters and the simplified ones.
    """

    suffixes: tuple[tuple[str, str], ...] = ()
    generic: tuple[str, ...] = ()
    contrast: frozenset[str] = frozenset()
    group_starts: tuple[str, ...] = ()
    group_ends: tuple[str, ...] = ()
    lead_ins: tuple[str, ...] = ()
    open_list: tuple[str, ...] = ()
    labels: tuple[str, ...] = ()
    reference_ends: tuple[str, ...] = ()
    not_subject_after: tuple[str, ...] = ()
    decoys: tuple[tuple[tuple[str, ...], ...], ...] = ()
    towns: tuple[tuple[str, str, str], ...] = ()
    glyphs: Mapping[str, frozenset[str]] = field(default_factory=dict)
    simplified: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class OcrConfusions:
    """What OCR reads instead of what is printed; dictionaries/ocr_confusions.yaml explains it.

    Attributes:
        glyphs: For a character, those that it may be read for, and the other way round.
        variants: Traditional and variant forms, and the simplified character that is printed.
        in_deadlines: Inside deadlines: what is read, and what is printed.
    """

    glyphs: Mapping[str, frozenset[str]] = field(default_factory=dict)
    variants: Mapping[str, str] = field(default_factory=dict)
    in_deadlines: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Dictionaries:
    """All dictionaries of a run with the version of their content (16 hex digits).

    ``decided_forms`` gives for a region and a folded form the body that a person chose, or "" for none;
    ``passed_over`` says which decisions cannot hold, and why.
    """

    version: str
    columns: ColumnVocabulary
    deadlines: DeadlineVocabulary
    units: UnitVocabulary
    regions: Regions
    agencies: tuple[AgencyEntry, ...]
    words: WordBook
    metadata_labels: Mapping[str, str] = field(default_factory=dict)
    agency_words: AgencyWords = field(default_factory=AgencyWords)
    confidence: ConfidenceModel = field(default_factory=lambda: ConfidenceModel(values={}))
    ocr_confusions: OcrConfusions = field(default_factory=OcrConfusions)
    decided_forms: Mapping[tuple[str, str], str] = field(default_factory=dict)
    passed_over: tuple[str, ...] = ()
    national: NationalBodies = field(default_factory=NoNationalBodies)
