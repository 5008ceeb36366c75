"""Text for the eye of the grammar: one character for one, so that places in it are places in what was printed."""

from __future__ import annotations

import re

from planextract.model.prose import ProseVocabulary

OPENERS, CLOSERS = "([", ")]"
READING = "\ue000"  # stands for each sign of what a copy prints behind a character to read it by: 責(zé)任單位
_TONE = re.compile("[āáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜ]")
_READING = re.compile(rf"(?<=[\u4e00-\u9fff])\([a-zü]{{0,4}}{_TONE.pattern}[a-zü]{{0,4}}\)")
_READING_PRINTED = re.compile(_READING.pattern.replace(r"\(", "[(（]").replace(r"\)", "[)）]"))
_FULL_WIDTH = {chr(c): chr(c - 0xFEE0) for c in range(0xFF01, 0xFF5F)}
_MARKS = dict(
    zip(
        "〔﹝〕﹞【】〖〗\uff3b\uff3d\ufe30\u2236﹕﹔﹐﹒\u2024﹑｡\u3000\xa0\t`\uff5c—–－―─~～",
        "(())[][][]:::;,..、。    ;-------",
        strict=True,
    )
)


class Flattener:
    """Turns print into the one form that the grammar knows; the length stays."""

    def __init__(self, words: ProseVocabulary) -> None:
        self._table = str.maketrans({**words.traditional, **_FULL_WIDTH, **_MARKS})

    def __call__(self, text: str) -> str:
        """Return ``text`` with half-width marks and simplified characters, of the same length."""
        flat = text.translate(self._table)
        if _TONE.search(flat) is None:
            return flat
        return _READING.sub(lambda match: READING * len(match.group()), flat)


def drop_readings(text: str) -> str:
    """Return a text as printed without the readings behind its characters."""
    return _READING_PRINTED.sub("", text) if _TONE.search(text) else text


def pair_brackets(flat: str) -> dict[int, int]:
    """Return, for each opening bracket that is closed, where its closing one stands; kinds may be mixed."""
    pairs: dict[int, int] = {}
    stack: list[int] = []
    for place, char in enumerate(flat):
        if char in OPENERS:
            stack.append(place)
        elif char in CLOSERS and stack:
            pairs[stack.pop()] = place
    return pairs
