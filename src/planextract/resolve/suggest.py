"""Rank the nearest bodies of a name that no rule accepts, and find bodies by a word: for people, never accepted."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from rapidfuzz import fuzz, process

from planextract.model.agency import AgencyEntry, AgencyKind
from planextract.model.vocabulary import AgencyWords
from planextract.resolve.abbreviations import AbbreviationJudge
from planextract.resolve.index import WordingIndex
from planextract.resolve.names import NameParser, NameParts
from planextract.text.characters import fold

_KINDS: Mapping[str, AgencyKind] = {
    "街道": "street",
    "镇": "street",
    "乡": "street",
    "集团": "company",
    "公司": "company",
    "分公司": "company",
}
_RANKED = 24
_ABBREVIATION_SCORE = 90.0


class Suggester:
    """Ranks by rapidfuzz's ratio to the nearest wording; of equal ones those that share more parts come first."""

    def __init__(
        self, wordings: Mapping[str, AgencyEntry], parser: NameParser, index: WordingIndex, judge: AbbreviationJudge
    ) -> None:
        """Prepare.

        Args:
            wordings: Folded names and aliases of the valid bodies.
            parser: Takes names apart.
            index: Wordings by their parts, for abbreviations.
            judge: Tells abbreviations.
        """
        self._wordings, self._parser, self._index, self._judge = wordings, parser, index, judge

    def rank(self, name: str, limit: int) -> tuple[tuple[str, float], ...]:
        """Return ids of at most ``limit`` bodies with their similarity (0–1), best first."""
        parts = self._parser.parse(name)
        best: dict[str, tuple[float, float, int]] = {}
        for wording, score, _ in process.extract(name, list(self._wordings), scorer=fuzz.ratio, limit=_RANKED + limit):
            self._keep(best, wording, score, parts)
        for known in self._index.longer_cores(parts):
            if self._judge.judge_abbreviation(parts, known.parts) is not None:
                self._keep(best, known.parts.text, _ABBREVIATION_SCORE, parts)
        ranked = sorted(best.items(), key=lambda item: (*(-value for value in item[1]), item[0]))
        return tuple((agency_id, round(rank[0] / 100, 4)) for agency_id, rank in ranked[:limit])

    def _keep(self, best: dict[str, tuple[float, float, int]], wording: str, score: float, parts: NameParts) -> None:
        entry = self._wordings.get(wording)
        if entry is None:
            return
        known = self._parser.parse(wording)
        shared = sum(
            (
                known.key.suffix == parts.key.suffix,
                known.key.level == parts.key.level,
                known.key.places == parts.key.places,
                known.core[:1] == parts.core[:1],
                known.core[-1:] == parts.core[-1:],
            )
        )
        rank = (score, fuzz.ratio(known.core, parts.core), shared)
        if rank > best.get(entry.agency_id, (-1.0, 0.0, 0)):
            best[entry.agency_id] = rank


def search_bodies(text: str, entries: Sequence[AgencyEntry], limit: int = 12) -> tuple[AgencyEntry, ...]:
    """Return bodies whose name, full name or alias contains a text; shorter names first."""
    wanted = fold(text)
    if not wanted:
        return ()
    found = [e for e in entries if any(wanted in fold(w) for w in (e.name, e.full_name, *e.aliases))]
    return tuple(sorted(found, key=lambda e: (not fold(e.name).startswith(wanted), len(e.name), e.agency_id))[:limit])


def guess_kind(name: str, words: AgencyWords) -> tuple[AgencyKind, str]:
    """Return what kind of body a name that nobody knows probably is, and the ending that says so."""
    suffix, kind_of = next(((s, c) for s, c in words.suffixes if name.endswith(s)), ("", ""))
    if name.startswith(words.group_starts) or name.endswith(words.group_ends):
        return "group", suffix
    if not suffix:
        return "other", ""
    return _KINDS.get(kind_of, "agency"), suffix
