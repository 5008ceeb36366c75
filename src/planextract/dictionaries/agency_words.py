"""Load what agency names are built of, and the bodies that exist elsewhere."""

from __future__ import annotations

import csv
from pathlib import Path

from planextract.dictionaries.files import fail, read_strings, read_yaml
from planextract.dictionaries.template import AgencyTemplate
from planextract.model.vocabulary import AgencyWords
from planextract.phrases import Phrase

_LISTS = (
    "generic",
    "group_starts",
    "group_ends",
    "lead_ins",
    "open_list",
    "labels",
    "reference_ends",
    "not_subject_after",
)


def load_agency_words(words: Path, glyphs: Path, streets: Path, template: AgencyTemplate) -> AgencyWords:
    """Load the words of agency names.

    Args:
        words: agency_words.yaml.
        glyphs: One line a character: the character, a space, those that look like it.
        streets: CSV with the columns code, name, parent.
        template: Departments that exist somewhere.

    Raises:
        ConfigError: If a file is malformed, or an ending has two classes.
    """
    data = read_yaml(words)
    classes = data.get("suffix_classes")
    if not isinstance(classes, dict):
        fail(words, "'suffix_classes' must be a mapping")
    suffixes: dict[str, str] = {}
    for name, endings in classes.items():
        for ending in read_strings(words, endings, f"suffix_classes.{name}"):
            if ending in suffixes:
                fail(words, Phrase("the ending '{ending}' has two classes", ending=ending))
            suffixes[ending] = str(name)
    lists = {key: _longest_first(read_strings(words, data.get(key), key)) for key in _LISTS}
    with streets.open(encoding="utf-8", newline="") as stream:
        towns = tuple((row["code"], row["name"], row["parent"]) for row in csv.DictReader(stream))
    return AgencyWords(
        suffixes=tuple(sorted(suffixes.items(), key=lambda item: (-len(item[0]), item[0]))),
        contrast=frozenset(str(data.get("contrast", ""))),
        decoys=template.decoys(),
        towns=towns,
        glyphs=_load_glyphs(glyphs),
        simplified=_load_pairs(words, data.get("traditional")),
        **lists,
    )


def _load_pairs(path: Path, value: object) -> dict[str, str]:
    pairs = str(value or "").split()
    if not all(len(pair) == 2 for pair in pairs):
        fail(path, "'traditional' must be pairs of characters with spaces between them")
    return {pair[0]: pair[1] for pair in pairs}


def _load_glyphs(path: Path) -> dict[str, frozenset[str]]:
    similar: dict[str, set[str]] = {}
    for line in path.read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            char, _, others = line.partition(" ")
            if len(char) != 1 or not others:
                fail(
                    path, Phrase("a line must be a character, a space and those that look like it: {line!r}", line=line)
                )
            similar.setdefault(char, set()).update(others)
            for other in others:
                similar.setdefault(other, set()).add(char)
    return {char: frozenset(others) for char, others in similar.items()}


def _longest_first(words: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(sorted(words, key=lambda word: (-len(word), word)))
