"""Text for the eye of the grammar: one character for one, so that places in it are places in what was printed."""

from __future__ import annotations

from planextract.model.prose import ProseVocabulary

OPENERS, CLOSERS = "([", ")]"
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
        return text.translate(self._table)


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
