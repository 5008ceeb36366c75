"""The matcher of one document: the bodies of its region chain, valid on its day."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from datetime import date

from rapidfuzz import fuzz, process

from planextract.model.agency import AgencyEntry, AgencyMatch
from planextract.model.vocabulary import Region, Regions
from planextract.resolve.names import Comparison, NameParts, compare_names, parse_name
from planextract.resolve.settings import ResolveSettings
from planextract.text.characters import fold

_QUALIFIER = re.compile(r"(?:[(\[][^()\[\]]*[)\]]|等(?:单位|部门|有关单位|相关单位)?)$")
_LEAD_IN = re.compile(r"^(?:以及|及|和|与|由)(?=.{3,})")
_NOT_BEFORE_LEVEL = frozenset("社地辖城园片小郊景山库灾疫老新矿各外内全城都")
_MIN_MENTION = 3


def build_matcher(
    entries: Sequence[AgencyEntry], regions: Regions, region: Region | None, day: date | None,
    settings: ResolveSettings,
) -> AgencyMatcher:  # fmt: skip
    """Build the matcher of a document.

    Args:
        entries: The whole dictionary.
        regions: Administrative divisions.
        region: The document's region; without one, only bodies of no region can be matched.
        day: Day on which the bodies must exist; null for any.
        settings: Margin and number of suggestions.
    """
    chain = region.chain if region else ()
    near = [entry for entry in entries if entry.region in chain or not entry.region]
    prefixes = sorted(
        {(regions.by_code[code].full_name, _level(regions, code)) for code in chain}
        | {(regions.by_code[code].name, _level(regions, code)) for code in chain},
        key=lambda pair: (-len(pair[0]), pair),
    )
    siblings = {r.name[:-1] for r in regions.by_code.values() if chain and chain[-1] in r.chain and len(r.name) >= 3}
    return AgencyMatcher(near, tuple(prefixes), tuple(sorted(siblings)), day, settings)


def _level(regions: Regions, code: str) -> str:
    return regions.by_code[code].name[-1]


class AgencyMatcher:
    """Decides which body a name means. Decisions are remembered: a plan repeats its names."""

    def __init__(
        self, entries: Sequence[AgencyEntry], prefixes: Sequence[tuple[str, str]], places: Sequence[str],
        day: date | None, settings: ResolveSettings,
    ) -> None:  # fmt: skip
        self._settings = settings
        self._prefixes, self._places = prefixes, places
        valid = [entry for entry in entries if entry.is_valid_on(day)]
        past = [entry for entry in entries if not entry.is_valid_on(day)]
        self._names = _index(past, lambda e: (e.name,)) | _index(valid, lambda e: (e.name,))
        self._aliases = _index(past, _other_wordings) | _index(valid, _other_wordings)
        self._current = {entry.agency_id for entry in valid}
        self._known = [(entry, self._parse(entry.name)) for entry in valid]
        self._choices = {entry.agency_id: fold(entry.name) for entry in valid}
        self._by_id = {entry.agency_id: entry for entry in valid}
        self._memo: dict[str, AgencyMatch] = {}
        self._starts: dict[str, list[str]] = {}
        for wording in sorted({*self._names, *self._aliases}, key=lambda w: (-len(w), w)):
            if len(wording) >= _MIN_MENTION:
                self._starts.setdefault(wording[:2], []).append(wording)

    def is_name(self, text: str) -> bool:
        """Tell whether a text is exactly a name or an alias."""
        folded = fold(text)
        return folded in self._names or folded in self._aliases

    def match(self, raw_text: str) -> AgencyMatch:
        """Decide which body a name means.

        Tried in order: the name itself, the name without qualifiers (brackets, 等, a leading 及), each
        exact → alias; then the guarded rules; else unresolved with the best suggestions.
        """
        folded = fold(raw_text)
        if folded not in self._memo:
            self._memo[folded] = self._decide(folded)
        return self._memo[folded]

    def suggest(self, raw_text: str) -> tuple[tuple[AgencyEntry, float], ...]:
        """Return the nearest entries with their similarity (0–1), best first: for people, never accepted."""
        ranked = process.extract(fold(raw_text), self._choices, scorer=fuzz.ratio, limit=self._settings.suggestions)
        ordered = sorted(ranked, key=lambda item: (-item[1], item[2]))
        return tuple((self._by_id[key], round(score / 100, 4)) for _, score, key in ordered)

    def find_names(self, text: str) -> tuple[tuple[int, int], ...]:
        """Return the spans of exact names in running text: leftmost first, then longest."""
        spans: list[tuple[int, int]] = []
        position = 0
        while position < len(text) - 1:
            end = self._name_end(text, position)
            if end is not None:
                spans.append((position, end))
                position = end
            else:
                position += 1
        return tuple(spans)

    def _name_end(self, text: str, start: int) -> int | None:
        for wording in self._starts.get(text[start : start + 2], ()):
            if text.startswith(wording, start):
                is_inside_word = text[start] in "区市县" and start > 0 and text[start - 1] in _NOT_BEFORE_LEVEL
                return None if is_inside_word else start + len(wording)
        return None

    def _parse(self, text: str) -> NameParts:
        return parse_name(text, self._prefixes, self._places)

    def _decide(self, folded: str) -> AgencyMatch:
        direct = self._look_up(folded, "")
        if direct is not None:
            return direct
        plain = _LEAD_IN.sub("", _QUALIFIER.sub("", folded))
        if plain and plain != folded:
            found = self._look_up(plain, f"without qualifier: {plain}")
            if found is not None:
                return found
        return self._apply_rules(plain or folded)

    def _look_up(self, folded: str, reason: str) -> AgencyMatch | None:
        entry = self._names.get(folded)
        kind = "exact" if entry is not None else "alias"
        entry = entry or self._aliases.get(folded)
        if entry is None:
            return None
        if entry.agency_id not in self._current:
            reason = f"{reason}; not valid on the document's day".lstrip("; ")
        if kind == "exact" and not reason:
            return AgencyMatch(kind="exact", entry=entry, score=1.0, reason="name as in the dictionary")
        return AgencyMatch(kind="alias", entry=entry, score=1.0, reason=reason or f"alias of {entry.name}")

    def _apply_rules(self, folded: str) -> AgencyMatch:
        parts = self._parse(folded)
        accepted: list[tuple[Comparison, AgencyEntry]] = []
        for entry, known in self._known:
            comparison = compare_names(parts, known)
            if comparison is not None and entry.kind != "group":
                accepted.append((comparison, entry))
        accepted.sort(key=lambda pair: (-pair[0].score, pair[1].agency_id))
        suggestions = self.suggest(folded)
        is_clear = len(accepted) == 1 or (
            len(accepted) > 1 and accepted[0][0].score - accepted[1][0].score >= self._settings.margin
        )
        if is_clear:
            comparison, entry = accepted[0]
            other = next(((e, s) for e, s in suggestions if e.agency_id != entry.agency_id), None)
            return AgencyMatch(
                kind="rule", entry=entry, score=comparison.score, reason=f"{comparison.rule}: {comparison.reason}",
                runner_up=other[0].name if other else None, runner_up_score=other[1] if other else None,
            )  # fmt: skip
        reason = "several bodies are possible" if accepted else "no rule accepts a body of the dictionary"
        best = accepted[0][1] if accepted else suggestions[0][0] if suggestions else None
        score = suggestions[0][1] if suggestions else 0.0
        return AgencyMatch(
            kind="unresolved", entry=None, score=score, reason=reason, runner_up=best.name if best else None,
            runner_up_score=score if best else None,
        )  # fmt: skip


def _other_wordings(entry: AgencyEntry) -> tuple[str, ...]:
    return (entry.full_name, *entry.aliases)


def _index(
    entries: Sequence[AgencyEntry], wordings: Callable[[AgencyEntry], tuple[str, ...]]
) -> dict[str, AgencyEntry]:
    """Index entries by wording, the nearest region winning (a district's own body before the city's)."""
    index: dict[str, AgencyEntry] = {}
    for entry in sorted(entries, key=lambda e: (e.region, e.agency_id)):
        for wording in wordings(entry):
            index[fold(wording)] = entry
    return index
