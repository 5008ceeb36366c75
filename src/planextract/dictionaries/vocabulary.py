"""Load the vocabularies of columns, deadlines, units and regions."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from planextract.dictionaries.files import fail, read_strings, read_with_own, read_yaml
from planextract.dictionaries.former_regions import read_rows
from planextract.model.plan import COMPARATORS, Comparator
from planextract.model.prose import ProseVocabulary
from planextract.model.roles import Role
from planextract.model.vocabulary import (
    ColumnVocabulary,
    DeadlineVocabulary,
    QuantityWords,
    Region,
    Regions,
    Unit,
    UnitVocabulary,
)
from planextract.phrases import Phrase
from planextract.text.characters import fold

_BY_ENDING = frozenset({"progress", "value", "milestone", "person"})  # kinds whose labels come with words in front


def load_columns(path: Path, own: Sequence[Path] = (), prose: ProseVocabulary | None = None) -> ColumnVocabulary:
    """Load header wordings, the user's own after ours; a wording with two roles is refused."""
    path, data = read_with_own(path, own)
    roles: dict[str, Role] = {}
    role_part, other_part = data.get("roles"), data.get("known_others")
    if not isinstance(role_part, dict) or not isinstance(other_part, dict):
        fail(path, "'roles' and 'known_others' must be mappings")
    for name, wordings in role_part.items():
        if name not in set(Role):
            fail(path, Phrase("'{name}' is no role", name=name), Phrase("Roles are {role}.", role=", ".join(Role)))
        for wording in read_strings(path, wordings, f"roles.{name}"):
            if fold(wording) in roles:
                fail(path, Phrase("'{wording}' stands under two roles", wording=wording))
            roles[fold(wording)] = Role(name)
    kinds = {
        fold(w): str(name)
        for name, words in other_part.items()
        for w in read_strings(path, words, f"known_others.{name}")
    }
    endings = [word for word, kind in kinds.items() if kind in _BY_ENDING and len(word) > 3]
    others = set(kinds)
    clash = sorted(others & set(roles))
    if clash:
        fail(path, Phrase("'{clash}' is both a role and a known other column", clash=clash[0]))
    groups = {fold(w) for w in read_strings(path, data.get("group_labels"), "group_labels")}
    not_bodies = data.get("not_bodies", {})
    if not isinstance(not_bodies, dict):
        fail(path, "'not_bodies' must be a mapping")
    return ColumnVocabulary(
        roles=roles,
        known_others=frozenset(others),
        kinds=kinds,
        kind_endings=tuple(sorted(endings, key=lambda word: (-len(word), word))),
        group_labels=frozenset(groups),
        persons=frozenset(fold(w) for w in read_strings(path, other_part.get("person"), "known_others.person")),
        prose=prose or ProseVocabulary(),
        no_bodies=read_strings(path, not_bodies.get("endings", []), "not_bodies.endings"),
        task_verbs=read_strings(path, not_bodies.get("verbs", []), "not_bodies.verbs"),
    )


def load_deadlines(path: Path, own: Sequence[Path] = ()) -> DeadlineVocabulary:
    """Load the words of deadlines, the user's own after ours."""
    path, data = read_with_own(path, own)
    return DeadlineVocabulary(
        ongoing=_longest_first(path, data, "ongoing"),
        recurring=_longest_first(path, data, "recurring"),
        events=_longest_first(path, data, "events"),
        immediate=_longest_first(path, data, "immediate"),
        undated=_longest_first(path, data, "undated"),
        completion=_longest_first(path, data, "completion"),
        five_year_plans=_pairs(path, data, "five_year_plans", "[first year, last year]"),
        seasons=_pairs(path, data, "seasons", "[first month, last month]"),
    )


def _pairs(path: Path, data: dict[str, object], key: str, form: str) -> dict[str, tuple[int, int]]:
    entries = data.get(key)
    if not isinstance(entries, dict):
        fail(path, Phrase("'{key}' must be a mapping", key=key))
    pairs: dict[str, tuple[int, int]] = {}
    for name, span in entries.items():
        if not (isinstance(span, list) and len(span) == 2 and all(isinstance(y, int) for y in span)):
            fail(path, Phrase("{key}.{name} must be {form}", key=key, name=name, form=form))
        pairs[str(name)] = (span[0], span[1])
    return pairs


def load_quantity_words(path: Path) -> QuantityWords:
    """Load the words around quantities; a wording with two meanings is refused."""
    data = read_yaml(path)
    return QuantityWords(
        before=_load_comparators(path, data, "before"),
        behind=_load_comparators(path, data, "behind"),
        works=_longest_first(path, data, "works"),
        amounts=_longest_first(path, data, "amounts"),
        lead_ins=_longest_first(path, data, "lead_ins"),
        trailing=_longest_first(path, data, "trailing"),
        noun_ends=_longest_first(path, data, "noun_ends"),
        prepositions=_longest_first(path, data, "prepositions"),
        scopes=_longest_first(path, data, "scopes"),
        spans=_longest_first(path, data, "spans"),
    )


def _load_comparators(path: Path, data: dict[str, object], key: str) -> tuple[tuple[str, Comparator], ...]:
    entries = data.get(key)
    if not isinstance(entries, dict):
        fail(path, Phrase("'{key}' must be a mapping", key=key))
    found: dict[str, Comparator] = {}
    for comparator in COMPARATORS:
        for wording in read_strings(path, entries.get(comparator, []), f"{key}.{comparator}"):
            if wording in found:
                fail(path, Phrase("'{wording}' stands under two comparators", wording=wording))
            found[wording] = comparator
    unknown = sorted(set(entries) - set(COMPARATORS))
    if unknown:
        fail(
            path,
            Phrase("'{unknown}' is no comparator", unknown=unknown[0]),
            Phrase("Comparators are {comparators}.", comparators=", ".join(COMPARATORS)),
        )
    return tuple(sorted(found.items(), key=lambda pair: (-len(pair[0]), pair[0])))


def load_units(path: Path, words: QuantityWords, own: Sequence[Path] = ()) -> UnitVocabulary:
    """Load units and multipliers, the user's own after ours; a wording of two units is refused."""
    path, data = read_with_own(path, own)
    entries, multipliers = data.get("units"), data.get("multipliers")
    if not isinstance(entries, list) or not isinstance(multipliers, dict):
        fail(path, "'units' must be a list and 'multipliers' a mapping")
    units: dict[str, Unit] = {}
    for entry in entries:
        if not isinstance(entry, dict) or set(entry) != {"name", "wordings", "pint"}:
            fail(path, Phrase("a unit needs name, wordings and pint: {entry!r}", entry=entry))
        unit = Unit(
            name=str(entry["name"]),
            wordings=read_strings(path, entry["wordings"], f"unit {entry['name']}"),
            pint=str(entry["pint"]),
        )
        for wording in unit.wordings:
            if wording in units:
                fail(path, Phrase("'{wording}' is a wording of two units", wording=wording))
            units[wording] = unit
    return UnitVocabulary(
        units={w: units[w] for w in sorted(units, key=lambda w: (-len(w), w))},
        multipliers={str(w): int(multipliers[w]) for w in sorted(multipliers, key=lambda w: (-len(w), w))},
        words=words,
        not_units=_longest_first(path, data, "not_units"),
    )


def load_metadata_labels(path: Path) -> dict[str, str]:
    """Load the labels of metadata blocks (folded) with the field each one holds."""
    part = read_yaml(path).get("metadata")
    if not isinstance(part, dict):
        fail(path, "'metadata' must be a mapping")
    labels: dict[str, str] = {}
    for name, wordings in part.items():
        for wording in read_strings(path, wordings, f"metadata.{name}"):
            if fold(wording) in labels:
                fail(path, Phrase("'{wording}' stands under two fields", wording=wording))
            labels[fold(wording)] = str(name)
    return labels


def load_regions(path: Path) -> Regions:
    """Load the administrative divisions (GB/T 2260) with their chains upwards."""
    rows = {row["code"]: (row["name"], row["parent"]) for row in read_rows(path)}
    regions: dict[str, Region] = {}
    for code in sorted(rows):
        chain = [code]
        while parent := rows[chain[-1]][1]:
            if parent not in rows or parent in chain:
                fail(
                    path,
                    Phrase(
                        "the parent '{parent}' of {chain} does not exist or is below it", parent=parent, chain=chain[-1]
                    ),
                )
            chain.append(parent)
        full_name = "".join(rows[c][0] for c in reversed(chain))
        regions[code] = Region(code=code, name=rows[code][0], full_name=full_name, chain=tuple(chain))
    return Regions(by_code=regions)


def _longest_first(path: Path, data: dict[str, object], key: str) -> tuple[str, ...]:
    return tuple(sorted(read_strings(path, data.get(key), key), key=lambda word: (-len(word), word)))
