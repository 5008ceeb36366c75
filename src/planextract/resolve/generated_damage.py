"""Damaged names of generated bodies, and the nearest ones for people: against the whole national table at once.

The place must be printed rightly. What follows it may be damage of one wording only: no other function of the
table, in whatever tier or province, may be one edit away from what is printed or from the wording itself.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cached_property

from rapidfuzz import fuzz, process

from planextract.model.agency import AgencyEntry, AgencyMatch
from planextract.model.national import NationalBodies
from planextract.model.vocabulary import AgencyWords, WordBook
from planextract.resolve.damage import EditJudge
from planextract.resolve.generated import GeneratedBodies
from planextract.resolve.index import Wording, WordingIndex
from planextract.resolve.name_rules import Judgement
from planextract.resolve.names import NameParser

_LEVEL = "市"  # stands for any level word: wordings are compared behind it
_DISCOUNT = 0.05  # a generated body is less sure than one that a person checked
_SHORTEST = 4  # characters behind the level word
_OF_ENDINGS = frozenset({"near_suffix", "damaged_suffix"})
_CUTOFF, _RANKED = 55.0, 8


class NationalWordings:
    """All wordings behind a level word, prepared once a process."""

    def __init__(self, national: NationalBodies, words: AgencyWords, book: WordBook) -> None:
        self.parser = NameParser(words, (), ())
        self.index = WordingIndex()
        self.owners: dict[str, frozenset[str]] = {}  # function and official name of each wording
        self._forms = national.forms
        stems: dict[str, set[str]] = {}
        for form in national.forms:
            for wording in form.wordings:
                if wording.startswith("~") and len(wording) > 2:
                    stems.setdefault(wording[1:], set()).add(f"{form.function} {form.official}")
        self.stems = tuple(sorted(stems))
        for stem in self.stems:
            self.owners[stem] = frozenset(stems[stem])
            self.index.add(Wording(self.parser.parse(_LEVEL + stem), stem))
        used = frozenset("".join(self.stems))
        initials, lone = self.index.initials(), self.index.lone_characters()
        self.judge = EditJudge(words, book, used, initials, lone, frozenset(), frozenset())

    @cached_property
    def _endings(self) -> dict[str, set[str]]:
        """The classes of the endings that a function's official names have."""
        found: dict[str, set[str]] = {}
        for form in self._forms:
            found.setdefault(form.function, set()).add(self.parser.parse(_LEVEL + form.official).key.suffix)
        return found

    def neighbours(self, stem: str) -> Iterator[str]:
        """Yield the stems that are at most one edit away from a text."""
        for wording in self.index.one_edit(_LEVEL + stem):
            if wording.owner:
                yield wording.owner

    def repair(self, stem: str) -> tuple[str, Judgement] | None:
        """Return the one stem that a text behind a level word is damage of, with the judgement."""
        if len(stem) < _SHORTEST or stem in self.owners:
            return None
        near = sorted(set(self.neighbours(stem)))
        owners = {owner for known in near for owner in self.owners[known]}
        if len(_functions(owners)) != 1 or len({_tail(owner) for owner in owners}) != 1:
            return None
        parts = self.parser.parse(_LEVEL + stem)
        judged = []
        for known in near:
            around = {_tail(owner) for other in self.neighbours(known) for owner in self.owners[other]}
            judgement = self.judge.judge_edit(parts, self.parser.parse(_LEVEL + known))
            if judgement is None or around != {_tail(owner) for owner in owners}:
                continue
            if judgement.rule in _OF_ENDINGS and any(len(self._endings[f]) > 1 for f in _functions(owners)):
                continue  # 金融服务中 may be the 中心 as well as the 办
            judged.append((known, judgement))
        return max(judged, key=lambda pair: (pair[1].score, pair[0])) if judged else None


def _tail(owner: str) -> str:
    """Return a function and its official name without the class of the ending, which is free inside a function."""
    return owner.removesuffix("委员会").removesuffix("局").removesuffix("厅")


def _functions(owners: Iterable[str]) -> set[str]:
    return {owner.partition(" ")[0] for owner in owners}


class _Prepared:
    """One set of wordings for a process."""

    def __init__(self) -> None:
        self._kept: tuple[tuple[object, ...], NationalWordings] | None = None

    def of(self, national: NationalBodies, words: AgencyWords, book: WordBook) -> NationalWordings:
        parts = (national, words, book)
        if self._kept is None or any(a is not b for a, b in zip(self._kept[0], parts, strict=True)):
            self._kept = (parts, NationalWordings(national, words, book))
        return self._kept[1]


_PREPARED = _Prepared()


def national_wordings(national: NationalBodies, words: AgencyWords, book: WordBook) -> NationalWordings:
    """Return all wordings behind a level word."""
    return _PREPARED.of(national, words, book)


class GeneratedRepairs:
    """Repairs names of one document, and ranks the nearest bodies."""

    def __init__(
        self, generated: GeneratedBodies, national: NationalBodies, words: AgencyWords, book: WordBook
    ) -> None:
        self._generated, self._tables = generated, (national, words, book)

    @property
    def _wordings(self) -> NationalWordings:
        return national_wordings(*self._tables)

    def repair(self, text: str) -> AgencyMatch | None:
        """Return the body that a folded name is a damaged form of, or None."""
        for stem, code in self._generated.stems_of(text):
            found = self._wordings.repair(stem)
            if found is None:
                continue
            known, judgement = found
            body = self._generated.find_bare(known, code)
            if body is not None and body.entry is not None:
                return AgencyMatch(
                    kind="rule",
                    entry=body.entry,
                    score=round(judgement.score - _DISCOUNT, 4),
                    rule=judgement.rule,
                    reason=f"{judgement.rule}: {judgement.reason.replace(_LEVEL + known, known)}; {body.reason}",
                )
        return None

    def suggest(self, text: str, limit: int) -> tuple[tuple[AgencyEntry, float], ...]:
        """Return the nearest bodies of the region that a name begins with, with their similarity (0–1), best first."""
        best: dict[str, tuple[AgencyEntry, float]] = {}
        issuer = self._generated.issuer
        readings = list(self._generated.stems_of(text)) or ([(text, issuer.code)] if issuer is not None else [])
        for stem, code in readings[:2]:
            ranked = process.extract(stem, self._wordings.stems, scorer=fuzz.ratio, limit=_RANKED, score_cutoff=_CUTOFF)
            for known, score, _ in ranked:
                body = self._generated.find_bare(known, code)
                entry = (body.entry or body.nearest) if body is not None else None
                if entry is None:
                    continue
                so_far = best.get(entry.agency_id)
                if so_far is None or score / 100 > so_far[1]:
                    best[entry.agency_id] = (entry, round(score / 100, 4))
        return tuple(sorted(best.values(), key=lambda pair: (-pair[1], pair[0].agency_id))[:limit])
