"""Load the words of plans without a table (prose.yaml)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path

from planextract.dictionaries.files import fail, read_strings, read_yaml
from planextract.model.prose import LabelKind, ProseLabel, ProseVocabulary
from planextract.model.roles import AGENCY_ROLES, Role
from planextract.phrases import Phrase
from planextract.text.characters import fold


def load_prose(path: Path) -> ProseVocabulary:
    """Load and check the words; a word with two roles is refused."""
    data = read_yaml(path)
    labels, said, titles = (_part(path, data, key) for key in ("labels", "said_once", "titles"))
    verbs = _read_roles(path, _part(path, data, "verbs"), "verbs")
    weak = frozenset(fold(word) for word in read_strings(path, labels.get("weak"), "labels.weak"))
    return ProseVocabulary(
        cores=_read_roles(path, _part(path, labels, "cores"), "labels.cores"),
        prefixes=_words(path, labels, "prefixes"),
        nouns=_words(path, labels, "nouns"),
        labels=_read_labels(path, labels, weak),
        weak=weak,
        verbs=verbs,
        manner=_words(path, data, "manner"),
        acts=_words(path, data, "acts"),
        before_names=_words(path, data, "before_names"),
        joints=_words(path, data, "joints"),
        open_ends=_words(path, data, "open_ends"),
        no_list=_words(path, data, "no_list"),
        body_endings=_words(path, data, "body_endings"),
        group_starts=_words(path, data, "group_starts"),
        group_ends=_words(path, data, "group_ends"),
        traditional=_read_pairs(path, data.get("traditional")),
        first_leads=_read_patterns(path, said),
        scopes=_words(path, said, "scopes"),
        needs=_words(path, said, "needs"),
        not_again=_words(path, said, "not_again"),
        plan_titles=_words(path, titles, "plan"),
        plan_title_ends=_words(path, titles, "plan_ends"),
        no_plan_titles=_words(path, titles, "no_plan"),
        ownerless_titles=_words(path, titles, "ownerless"),
        asked_for=_words(path, titles, "asked_for"),
        registers=_words(path, titles, "registers"),
        others=_words(path, said, "others"),
        told_titles=_words(path, titles, "told"),
        duty_starts=_words(path, titles, "duty_starts"),
    )


def _part(path: Path, data: Mapping[str, object], key: str) -> dict[str, object]:
    part = data.get(key)
    if not isinstance(part, dict):
        fail(path, Phrase("'{key}' must be a mapping", key=key))
    return part


def _words(path: Path, data: Mapping[str, object], key: str) -> tuple[str, ...]:
    """Read a list, folded, longest first."""
    words = {fold(word) for word in read_strings(path, data.get(key), key)}
    return tuple(sorted(words, key=lambda word: (-len(word), word)))


def _read_roles(path: Path, part: Mapping[str, object], what: str) -> dict[str, Role]:
    found: dict[str, Role] = {}
    for name, words in part.items():
        for word in read_strings(path, words, f"{what}.{name}"):
            if name not in AGENCY_ROLES or word in found:
                fail(
                    path,
                    Phrase("'{word}' stands under two roles, or '{name}' is no role of agencies", word=word, name=name),
                )
            found[word] = Role(name)
    return {word: found[word] for word in sorted(found, key=lambda w: (-len(w), w))}


def _read_labels(path: Path, part: Mapping[str, object], weak: frozenset[str]) -> dict[str, ProseLabel]:
    labels: dict[str, ProseLabel] = {}
    kinds: tuple[tuple[LabelKind, Role | None], ...] = (
        ("division", Role.RESPONSIBLE),
        ("deadline", Role.DEADLINE),
        ("person", None),
        ("node", Role.OTHER),
        ("other", None),
    )
    for kind, role in kinds:
        for word in read_strings(path, part.get(kind), f"labels.{kind}"):
            if fold(word) in labels:
                fail(path, Phrase("'{word}' stands under two kinds of labels", word=word))
            labels[fold(word)] = ProseLabel(kind=kind, role=role, is_weak=fold(word) in weak)
    bare = part.get("bare")
    if not isinstance(bare, dict) or not all(value in AGENCY_ROLES for value in bare.values()):
        fail(path, "'labels.bare' must give the role of each label")
    labels |= {fold(str(word)): ProseLabel(kind="owner", role=Role(role)) for word, role in bare.items()}
    return labels


def _read_pairs(path: Path, value: object) -> dict[str, str]:
    text = "".join(str(value or "").split())
    if len(text) % 2:
        fail(path, "'traditional' must be pairs of characters")
    return dict(zip(text[::2], text[1::2], strict=True))


def _read_patterns(path: Path, part: Mapping[str, object]) -> tuple[re.Pattern[str], ...]:
    patterns = []
    for text in read_strings(path, part.get("first_leads"), "said_once.first_leads"):
        try:
            patterns.append(re.compile(text))
        except re.error as exc:
            fail(path, Phrase("'{text}' is no pattern: {reason}", text=text, reason=str(exc)))
    examples = read_strings(path, part.get("examples_first_leads"), "said_once.examples_first_leads")
    missed = [text for text in examples if not any(pattern.search(text) for pattern in patterns)]
    if missed:
        fail(path, Phrase("the example '{missed}' is found by none of 'first_leads'", missed=missed[0]))
    return tuple(patterns)
