"""Load what OCR reads instead of what is printed."""

from __future__ import annotations

from pathlib import Path

from planextract.dictionaries.files import fail, read_strings, read_yaml
from planextract.model.vocabulary import OcrConfusions
from planextract.phrases import Phrase

_NEVER = frozenset("一二三四五六七八九十两半东西南北内外上下")  # their exchange changes a fact and still makes sense


def load_ocr_confusions(path: Path) -> OcrConfusions:
    """Load ocr_confusions.yaml.

    Raises:
        ConfigError: If the file is malformed, names a character twice, or one whose exchange changes a fact.
    """
    data = read_yaml(path)
    unknown = set(data) - {"glyphs", "variants", "in_deadlines"}
    if unknown:
        fail(path, Phrase("unknown entries: {names}", names=", ".join(sorted(unknown))))
    glyphs: dict[str, set[str]] = {}
    for group in read_strings(path, data.get("glyphs"), "glyphs"):
        if len(group) < 2 or len(set(group)) != len(group) or any(len(char.strip()) != 1 for char in group):
            fail(path, Phrase("a group of glyphs must be two or more different characters: '{group}'", group=group))
        if not _NEVER.isdisjoint(group):
            fail(path, Phrase("the exchange of '{group}' would change a number or a place", group=group))
        for char in group:
            glyphs.setdefault(char, set()).update(other for other in group if other != char)
    return OcrConfusions(
        glyphs={char: frozenset(others) for char, others in glyphs.items()},
        variants=_read_pairs(path, data.get("variants"), "variants", glyphs),
        in_deadlines=_read_pairs(path, data.get("in_deadlines"), "in_deadlines", {}),
    )


def _read_pairs(path: Path, value: object, what: str, taken: dict[str, set[str]]) -> dict[str, str]:
    if value is None:
        return {}
    if not isinstance(value, dict):
        fail(path, Phrase("'{what}' must be a mapping from what is read to what is printed", what=what))
    pairs: dict[str, str] = {}
    for read, printed in value.items():
        if not (isinstance(read, str) and isinstance(printed, str) and len(read) == len(printed) == 1):
            fail(
                path,
                Phrase(
                    "{what}: both sides must be one character, in quotes if digits: {read!r}: {printed!r}",
                    what=what,
                    read=read,
                    printed=printed,
                ),
            )
        if read == printed or read in taken:
            fail(path, Phrase("{what}: '{read}' is its own reading, or in a group of glyphs too", what=what, read=read))
        pairs[read] = printed
    return pairs
