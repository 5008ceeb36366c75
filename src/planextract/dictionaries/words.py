"""Words of the language, from jieba. Loaded on first use only."""

from __future__ import annotations

import logging
import math
import warnings
from collections.abc import Iterator, Set
from functools import cached_property
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from planextract.dictionaries.word_table import LONGEST_WORD, WordTable
from planextract.model.confidence import OddCharacter
from planextract.text.characters import is_cjk

_CONTEXT = 8
_COMMON = 11.0  # natural log of how often jieba's corpus has the commonest one-character words
_HALF_ODD, _BESIDE_ODD = 0.3, 1.3


class JiebaWordBook:
    """Tells whether a cut goes through a word, by segmenting the text around it without the cut.

    jieba's cache file in the shared temporary folder is not used: another user could have written
    it. Its hidden Markov model is off: unknown words must not be invented.
    """

    def __init__(self) -> None:
        self._prepared = ""

    @cached_property
    def _tokenizer(self) -> Any:  # noqa: ANN401  (jieba has no types)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            import jieba
        jieba.setLogLevel(logging.WARNING)
        tokenizer = jieba.Tokenizer()
        tokenizer.FREQ, tokenizer.total = {}, self._table.total
        tokenizer.get_DAG = self._find_words
        tokenizer.initialized = True
        return tokenizer

    @cached_property
    def _table(self) -> WordTable:
        package = find_spec("jieba")  # found, not imported: that takes longer than all that is done here
        if package is None or package.origin is None:
            raise ModuleNotFoundError("No module named 'jieba'", name="jieba")
        return WordTable(Path(package.origin).with_name("dict.txt").read_text(encoding="utf-8"))

    def prepare(self, text: str) -> None:
        """Look up the words inside a text at once: the tokenizer asks for them block by block."""
        self._tokenizer.FREQ = {text[start:end]: frequency for start, end, frequency in self._table.find(text)}
        self._prepared = text

    def _find_words(self, text: str) -> dict[int, list[int]]:
        """Return, for each position, the last positions of the words that start there (jieba's DAG)."""
        if text not in self._prepared:
            self.prepare(text)
        words, last = self._tokenizer.FREQ, len(text)
        return {
            start: [end for end in range(start, min(last, start + LONGEST_WORD)) if text[start : end + 1] in words]
            or [start]
            for start in range(last)
        }

    def find_word_across(self, before: str, after: str) -> str | None:
        """Return the word that a cut between two texts goes through, or None.

        Args:
            before: Text before the cut; its last 8 characters count.
            after: Text after the cut; its first 8 characters count.
        """
        left, right = before[-_CONTEXT:], after[:_CONTEXT]
        position = 0
        for token in self._tokenizer.cut(left + right, HMM=False):
            end = position + len(token)
            if position < len(left) < end:
                return str(token)
            position = end
        return None

    def is_word(self, text: str) -> bool:
        """Tell whether a text of two characters or more is a word of the language."""
        return len(text) > 1 and self._table.find_frequency(text) > 0

    def weigh(self, text: str) -> float:
        """Return the natural logarithm of how probable a text is, cut into words as well as can be."""
        route: dict[int, tuple[float, int]] = {}
        self._tokenizer.calc(text, self._tokenizer.get_DAG(text), route)
        return float(route[0][0])

    def find_odd_characters(self, text: str, familiar: Set[str]) -> tuple[OddCharacter, ...]:
        """Return the characters that stand in no word and make, with a neighbour, no pair that any word has.

        The rarer a character is as a word of its own, the odder it is; less if one of its neighbours explains it,
        more if the token beside it is one character too.

        Args:
            text: Running text.
            familiar: Pairs of characters that the document prints elsewhere as well.
        """
        if text not in self._prepared:
            self.prepare(text)
        tokens = list(self._tokenizer.cut(text, HMM=False))
        starts = [0]
        for token in tokens:
            starts.append(starts[-1] + len(token))
        single = [len(token) == 1 and is_cjk(token) for token in tokens]
        return tuple(self._rate_single(text, starts[i], single[i - 1 : i], single[i + 1 : i + 2], familiar)
                     for i in range(len(tokens)) if single[i] and self._is_odd(text, starts[i], familiar))  # fmt: skip

    def _is_odd(self, text: str, place: int, familiar: Set[str]) -> bool:
        return any(unknown for unknown in self._judge_sides(text, place, familiar))

    def _judge_sides(self, text: str, place: int, familiar: Set[str]) -> Iterator[bool]:
        """Yield for each Chinese neighbour whether the pair with it is unknown."""
        for low in (place - 1, place):
            pair = text[low : low + 2] if low >= 0 else ""
            if len(pair) == 2 and is_cjk(pair[0]) and is_cjk(pair[1]):
                yield pair not in familiar and not self._table.has_pair(pair)

    def _rate_single(
        self, text: str, place: int, before: list[bool], after: list[bool], familiar: Set[str]
    ) -> OddCharacter:
        rarity = max(0.0, _COMMON - math.log((self._table.find_frequency(text[place]) or 1) + 1))
        share = 1.0 if all(self._judge_sides(text, place, familiar)) else _HALF_ODD
        beside = _BESIDE_ODD if any((*before, *after)) else 1.0
        return OddCharacter(position=place, char=text[place], oddness=round(rarity * share * beside, 4))
