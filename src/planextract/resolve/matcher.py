"""The matcher of one document: the bodies of its region chain, valid on its day."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from planextract.model.agency import AgencyEntry, AgencyMatch, MatchKind
from planextract.model.plan import Mention
from planextract.model.vocabulary import AgencyWords, WordBook
from planextract.phrases import Phrase
from planextract.resolve.cell_names import NameInCell, split_agency_cell
from planextract.resolve.field_bodies import FieldBodies
from planextract.resolve.found import Found, accept_body, accept_found, unresolved
from planextract.resolve.generated import GeneratedBodies
from planextract.resolve.generated_damage import GeneratedRepairs
from planextract.resolve.index import Wording
from planextract.resolve.known import KnownBodies
from planextract.resolve.name_rules import Judgement, judge
from planextract.resolve.names import NameParts
from planextract.resolve.qualifiers import BareName, QualifierStripper
from planextract.resolve.settings import ResolveSettings
from planextract.text.characters import fold, simplify

IGNORED, DECIDED = "ignored", "decided"  # rules of a match that a person made

_Owner = tuple[bool, str]  # (False, a body's id), or (True, the wording of a body that exists elsewhere)


@dataclass(frozen=True, slots=True)
class _Document:
    """How often a document prints each form, and each body by its own name; the regions whose bodies it names."""

    forms: Mapping[str, int]
    bodies: Mapping[str, int]
    regions: frozenset[str]


class AgencyMatcher:
    """Decides which body a name means. Decisions are remembered: a plan repeats its names."""

    def __init__(
        self,
        known: KnownBodies,
        generated: GeneratedBodies,
        repairs: GeneratedRepairs,
        words: AgencyWords,
        book: WordBook,
        settings: ResolveSettings,
        levels: Sequence[str],
        short: str,
        decided: Mapping[str, str],
    ) -> None:
        """Prepare.

        Args:
            known: The dictionary's own entries of the region chain.
            generated: Bodies by the grammar of names.
            repairs: Repairs damaged names of those.
            words: What names are built of.
            book: Words of the language.
            settings: Margin and number of suggestions.
            levels: Level words of the chain, the region's own first.
            short: Short name of the region (西城).
            decided: What people decided: folded form to a body's id, or to "" for none.
        """
        self._known, self._generated, self._words, self._book = known, generated, words, book
        self._settings, self._repairs = settings, repairs
        self._strip = QualifierStripper(words).strip
        self._decided = decided
        self._simplified = str.maketrans(dict(words.simplified))
        self._levels, self._short = tuple(levels), short
        self._finder = known.finder(generated.name_end, generated.initials)
        self._field_bodies = FieldBodies(self.match, self._may_be_known, self._levels, self._short)
        self._memo: dict[str, AgencyMatch] = {}
        self._cells: dict[str, tuple[NameInCell, ...]] = {}
        self._names: dict[str, bool] = {}
        self._document: _Document | None = None

    def with_document(self, forms: Mapping[str, int]) -> AgencyMatcher:
        """Return a matcher that also weighs how often a document prints each form.

        Args:
            forms: Printed names with their counts.
        """
        bodies: dict[str, int] = {}
        folded: dict[str, int] = {}
        regions: set[str] = set()
        for form, count in forms.items():
            bare = self._strip(fold(form)).name
            folded[bare] = folded.get(bare, 0) + count
            match = self.match(form)
            code = self._generated.region_of(bare) if match.entry and match.entry.kind == "agency" else None
            regions.update((code,) if code else ())
            if match.entry is not None and match.kind in ("exact", "alias", "generated"):
                bodies[match.entry.agency_id] = bodies.get(match.entry.agency_id, 0) + count
        copy = object.__new__(AgencyMatcher)
        copy.__dict__.update(self.__dict__)
        copy._memo, copy._cells, copy._document = {}, {}, _Document(folded, bodies, frozenset(regions))
        copy._field_bodies = FieldBodies(copy.match, copy._may_be_known, copy._levels, copy._short)
        return copy

    def is_name(self, text: str) -> bool:
        """Tell whether a text is exactly a name or an alias."""
        if text not in self._names:
            self._names[text] = self._is_name(fold(text))
        return self._names[text]

    def _is_name(self, folded: str) -> bool:
        if folded in self._known.names or folded in self._known.aliases:
            return True
        found = self._generated.find(folded)
        return (found is not None and found.entry is not None) or self._generated.find_group(folded) is not None

    def match(self, raw_text: str) -> AgencyMatch:
        """Decide which body a name means.

        Tried in order: the name itself, the name without qualifiers (brackets, 等, a leading 及), each
        exact → alias; then the guarded rules; else unresolved. Suggestions are added by :meth:`explain`.
        """
        if raw_text not in self._memo:
            self._memo[raw_text] = self._decide(fold(raw_text))
        return self._memo[raw_text]

    def explain(self, raw_text: str) -> AgencyMatch:
        """Decide like :meth:`match` and name the nearest other body, for people."""
        match = self.match(raw_text)
        if match.kind not in ("unresolved", "rule") or match.runner_up is not None:
            return match
        taken = match.entry.agency_id if match.entry else None
        others = [(entry, score) for entry, score in self.suggest(raw_text) if entry.agency_id != taken]
        if not others:
            return match
        entry, score = others[0]
        own = score if match.kind == "unresolved" else match.score
        return replace(match, score=own, runner_up=entry.name, runner_up_score=score)

    def suggest(self, raw_text: str, *, limit: int | None = None) -> tuple[tuple[AgencyEntry, float], ...]:
        """Return the nearest bodies with their similarity (0–1), best first: for people, never accepted.

        Similarity is rapidfuzz's ratio to the nearest wording; of equal ones those that share more of
        their parts come first.
        """
        wanted, name = limit or self._settings.suggestions, self._strip(fold(raw_text)).name
        own = self._known.suggester.rank(name, wanted) if self._known.by_id else ()
        found = [(self._known.by_id[agency_id], score) for agency_id, score in own]
        ids = {entry.agency_id for entry, _ in found}
        found += [pair for pair in self._repairs.suggest(name, wanted) if pair[0].agency_id not in ids]
        return tuple(sorted(found, key=lambda pair: -pair[1])[:wanted])

    def find_names(self, text: str) -> tuple[tuple[int, int], ...]:
        """Return the spans of exact names in running text: leftmost first, then longest."""
        return self._finder.find_names(text)

    def split(self, text: str) -> tuple[NameInCell, ...]:
        """Return the names in an agency cell, in order; a plan repeats its cells."""
        if text not in self._cells:
            self._cells[text] = split_agency_cell(text, self)
        return self._cells[text]

    def split_cell(self, text: str) -> tuple[str, ...]:
        """Return the names in an agency cell as printed, wrapped lines joined, in order."""
        return tuple(name.raw_text for name in self.split(text))

    def find_word_across(self, before: str, after: str) -> str | None:
        """Return the word of the language that a cut between two texts goes through, or None."""
        return self._book.find_word_across(before, after)

    def find_mentions(self, text: str) -> tuple[Mention, ...]:
        """Return the bodies that running text names, or refers to by their field (生态环境等部门), in order."""
        names = self._finder.find_names(text)
        fields = self._finder.find_references(text, names, self._field_bodies.is_field)
        spans = sorted((*names, *fields))
        mentions = []
        for number, (start, end) in enumerate(spans):
            raw_text = text[start:end]
            is_name = (start, end) in names
            match = self.explain(raw_text) if is_name else self._field_bodies.match(raw_text)
            mentions.append(
                Mention(
                    span_start=start,
                    span_end=end,
                    raw_text=raw_text,
                    match=match,
                    kind="name" if is_name else "reference",
                    has_duty=self._finder.has_duty(text, spans, number),
                )
            )
        return tuple(mentions)

    def _may_be_known(self, folded: str) -> bool:
        """Tell whether a wording is the dictionary's, a person's, or one character away: no other one is a field's."""
        return any(map(self._is_near, {folded, simplify(folded, self._simplified)}))

    def _is_near(self, folded: str) -> bool:
        bare = self._strip(folded)
        forms = (folded, bare.name)
        return bool(bare.qualifiers or not self._decided.keys().isdisjoint(forms) or self._known.is_near(*forms))

    def qualifiers_of(self, raw_text: str) -> str | None:
        """Return what stands around a name in its cell (（牵头）, 等), or None."""
        folded = fold(raw_text)
        if folded in self._known.names or folded in self._known.aliases:
            return None
        kept = [part for part in self._strip(folded).qualifiers if part not in self._words.lead_ins]
        return " ".join(kept) or None

    def _decide(self, folded: str) -> AgencyMatch:
        """Decide on a folded name; one in traditional characters is looked up in simplified ones too."""
        match = self._decide_as_printed(folded)
        simplified = simplify(folded, self._simplified)
        if match.entry is not None or match.rule == IGNORED or simplified == folded:
            return match
        other = self._decide_as_printed(simplified)
        if other.entry is None:
            return match
        kind: MatchKind = "alias" if other.kind == "exact" else other.kind
        return replace(other, kind=kind, reason=f"{simplified} in simplified characters; {other.reason}")

    def _decide_as_printed(self, folded: str) -> AgencyMatch:
        bare = self._strip(folded)
        direct = self._look_up(folded, "")
        for form in (folded, bare.name):
            if form in self._decided and (form == folded or direct is None):
                return self._follow(self._decided[form], direct or self._decide_undecided(folded, bare))
        return direct or self._decide_undecided(folded, bare)

    def _decide_undecided(self, folded: str, bare: BareName) -> AgencyMatch:
        """Decide on a name that neither the dictionary's files nor a person knows as it stands."""
        if bare.qualifiers:
            found = self._look_up(bare.name, f"without qualifier: {bare.name}")
            if found is not None:
                return found
        forms = dict.fromkeys((folded, bare.name))
        refused: Found | None = None
        for form in forms:
            found_group = self._generated.find_group(form)
            if found_group is not None:
                return accept_found(Found(found_group, "a term for several bodies by its grammar"))
            found_body = self._generated.find(form)
            if found_body is not None and found_body.entry is not None:
                return accept_found(found_body)
            refused = refused or found_body
        match = self._apply_rules(bare.name)
        if match.entry is not None:
            return match
        elided = self._generated.find_bare(bare.name)
        if elided is not None and elided.entry is not None and self._speaks_of_own_region():
            return accept_body(elided.entry, "the level word is left out: {body}")
        repaired = self._repairs.repair(bare.name) if refused is None and elided is None else None
        if repaired is not None:
            return repaired
        if refused is None and elided is not None:
            refused = elided if elided.entry is None else Found(None, "whose body it is, is not printed", elided.entry)
        if refused is not None:
            nearest = refused.nearest
            return unresolved(refused.reason, nearest.name if nearest else match.runner_up, match.score)
        return match

    def _speaks_of_own_region(self) -> bool:
        """Tell whether the document names bodies of its own region only: a level word left out is that one then."""
        own = self._generated.issuer.code if self._generated.issuer else ""
        return self._document is None or self._document.regions <= {own}

    def is_bare(self, raw_text: str) -> bool:
        """Tell whether a name is a department's without a level word, and nothing else: 财政局."""
        bare = self._strip(fold(raw_text)).name
        if self._look_up(bare, "") is not None or bare in self._decided or self._generated.find(bare) is not None:
            return False
        return self._generated.find_bare(bare) is not None

    def match_in_list(self, raw_text: str, code: str) -> AgencyMatch:
        """Decide a name without a level word in a list that speaks of a region: 工业和信息化局 behind 市发展改革局."""
        found = self._generated.find_bare(self._strip(fold(raw_text)).name, code)
        if found is None or found.entry is None:
            why = found.reason if found else Phrase("the region that the list speaks of is not known to have this body")
            return unresolved(why)
        return accept_body(found.entry, "the level word stands before it in the list: {body}")

    def region_of(self, raw_text: str) -> str | None:
        """Return the region whose level word or name a printed name begins with."""
        return self._generated.region_of(self._strip(fold(raw_text)).name)

    def _follow(self, agency_id: str, undecided: AgencyMatch | None) -> AgencyMatch:
        """Return what a person decided; what the dictionary says otherwise is the runner-up."""
        entry = self._known.by_id.get(agency_id) or self._generated.entry_of(agency_id)
        other = undecided.entry if undecided is not None else None
        rival = other.name if other is not None and other.agency_id != agency_id else None
        if entry is None:
            return replace(unresolved("ignored by decision", rival, 0.0), rule=IGNORED)
        now = self._known.effective(entry)
        return AgencyMatch(
            kind="alias",
            entry=now,
            score=1.0,
            reason=f"accepted by decision as {entry.name}",
            runner_up=rival,
            runner_up_score=1.0 if rival else None,
            rule=DECIDED,
        )

    def _look_up(self, folded: str, reason: str) -> AgencyMatch | None:
        entry = self._known.names.get(folded)
        kind = "exact" if entry is not None else "alias"
        entry = entry or self._known.aliases.get(folded)
        if entry is None:
            return None
        now = self._known.effective(entry)
        if now is not entry:
            note = f"{entry.name} until {entry.valid_to}; now {now.name}"
            return AgencyMatch(kind="alias", entry=now, score=1.0, reason=f"{reason}; {note}".lstrip("; "))
        if entry.agency_id not in self._known.valid:
            reason = f"{reason}; not valid on the document's day".lstrip("; ")
        if kind == "exact" and not reason:
            return AgencyMatch(kind="exact", entry=entry, score=1.0, reason="name as in the dictionary")
        return AgencyMatch(kind="alias", entry=entry, score=1.0, reason=reason or f"alias of {entry.name}")

    def _apply_rules(self, name: str) -> AgencyMatch:
        if not self._known.by_id:
            return unresolved("no rule accepts a body")
        parts = self._known.parser.parse(name)
        if parts.is_group or len(name) < 3:
            return unresolved("a term for several bodies must be in the dictionary" if parts.is_group else "too short")
        equal = {wording.owner for wording in (*self._known.index.same_text(name), *self._known.index.same_core(parts))}
        if equal:
            if len(equal) == 1 and (owner := next(iter(equal))):
                return self._accept(owner, judge("same_core", "level, core and class are equal"), None)
            return unresolved("this body exists elsewhere and is not in the region's dictionary")
        found = self._weigh(name, parts)
        ranked = sorted(found.items(), key=lambda item: (-item[1].score, item[0]))
        if not ranked:
            return unresolved("no rule accepts a body of the dictionary")
        ((is_decoy, owner), best), second = ranked[0], ranked[1] if len(ranked) > 1 else None
        if second is not None and round(best.score - second[1].score, 6) < self._settings.margin:
            return unresolved("several bodies are possible", self._name_of(ranked[0][0]), best.score)
        if is_decoy:
            return unresolved(Phrase("nearest is {owner}, which is not in the region's dictionary", owner=owner))
        veto = self._veto(name, owner, best)
        if veto:
            return unresolved(veto, self._known.by_id[owner].name, best.score)
        return self._accept(owner, best, (self._name_of(second[0]), second[1].score) if second else None)

    def _weigh(self, name: str, parts: NameParts) -> dict[_Owner, Judgement]:
        """Return each owner that a rule accepts."""
        found: dict[_Owner, Judgement] = {}
        for wording in self._known.index.one_edit(name):
            is_backed = self._is_backed(name, wording.owner)
            judgement = self._known.judge.judge_edit(parts, wording.parts, is_backed=is_backed)
            if judgement is None or (judgement.rule == "near_suffix" and self._has_siblings(wording.parts)):
                continue
            _keep_best(found, wording, judgement)
        for wording in self._known.index.longer_cores(parts):
            judgement = self._known.abbreviations.judge_abbreviation(parts, wording.parts)
            if judgement is not None:
                _keep_best(found, wording, judgement)
        for wording in self._known.index.same_stem(parts):
            judgement = self._known.abbreviations.judge_bare_stem(parts, wording.parts)
            if judgement is not None:
                _keep_best(found, wording, judgement)
        return found

    def _has_siblings(self, known: NameParts) -> bool:
        """Tell whether bodies of another class share level and core (区体育局, 区体育中心)."""
        return self._known.index.bodies_of_stem(known.key.level, known.core) > 1

    def _is_backed(self, name: str, owner: str) -> bool:
        """Tell whether the document prints the body's own name at least three times and five times as often."""
        if self._document is None or not owner:
            return False
        own = self._document.bodies.get(owner, 0)
        return own >= 3 and own >= 5 * self._document.forms.get(name, 1)

    def _veto(self, name: str, owner: str, judgement: Judgement) -> str | None:
        if self._document is None or judgement.rule == "abbreviation":
            return None
        printed = self._document.forms.get(name, 0)
        if printed >= 3 and printed >= self._document.bodies.get(owner, 0):
            body = self._known.by_id[owner].name
            return Phrase("printed {n} times, no less than {body}: perhaps another body", n=printed, body=body)
        return None

    def _name_of(self, owner: _Owner) -> str:
        return owner[1] if owner[0] else self._known.by_id[owner[1]].name

    def _accept(self, owner: str, judgement: Judgement, second: tuple[str, float] | None) -> AgencyMatch:
        return AgencyMatch(
            kind="rule",
            entry=self._known.by_id[owner],
            score=judgement.score,
            reason=f"{judgement.rule}: {judgement.reason}",
            rule=judgement.rule,
            runner_up=second[0] if second else None,
            runner_up_score=second[1] if second else None,
        )


def _keep_best(found: dict[_Owner, Judgement], wording: Wording, judgement: Judgement) -> None:
    owner = (not wording.owner, wording.owner or wording.parts.text)
    if owner not in found or found[owner].score < judgement.score:
        found[owner] = judgement
