"""Words of the language, from jieba. Loaded on first use only: it takes half a second."""

from __future__ import annotations

import logging
import math
import warnings
from collections.abc import Iterator, Set
from functools import cached_property
from itertools import pairwise
from typing import Any, BinaryIO

from planextract.model.confidence import OddCharacter
from planextract.text.characters import is_cjk

_CONTEXT = 8
_LONGEST_WORD = 8
_COMMON = 11.0  # natural log of how often jieba's corpus has the commonest one-character words
_HALF_ODD, _BESIDE_ODD = 0.3, 1.3


class JiebaWordBook:
    """Tells whether a cut goes through a word, by segmenting the text around it without the cut.

    jieba's cache file in the shared temporary folder is not used: another user could have written
    it. Its hidden Markov model is off: unknown words must not be invented.
    """

    @cached_property
    def _tokenizer(self) -> Any:  # noqa: ANN401  (jieba has no types)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            import jieba
        jieba.setLogLevel(logging.WARNING)
        tokenizer = jieba.Tokenizer()
        tokenizer.FREQ, tokenizer.total = _load_frequencies(tokenizer.get_dict_file())
        tokenizer.get_DAG = lambda text: _find_words(text, tokenizer.FREQ)
        tokenizer.initialized = True
        return tokenizer

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
        return len(text) > 1 and text in self._tokenizer.FREQ

    @cached_property
    def _pairs(self) -> frozenset[str]:
        """Every two characters that stand side by side in some word."""
        return frozenset(a + b for word in self._tokenizer.FREQ for a, b in pairwise(word))

    def find_odd_characters(self, text: str, familiar: Set[str]) -> tuple[OddCharacter, ...]:
        """Return the characters that stand in no word and make, with a neighbour, no pair that any word has.

        The rarer a character is as a word of its own, the odder it is; less if one of its neighbours explains it,
        more if the token beside it is one character too.

        Args:
            text: Running text.
            familiar: Pairs of characters that the document prints elsewhere as well.
        """
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
                yield pair not in self._pairs and pair not in familiar

    def _rate_single(
        self, text: str, place: int, before: list[bool], after: list[bool], familiar: Set[str]
    ) -> OddCharacter:
        rarity = max(0.0, _COMMON - math.log(self._tokenizer.FREQ.get(text[place], 1) + 1))
        share = 1.0 if all(self._judge_sides(text, place, familiar)) else _HALF_ODD
        beside = _BESIDE_ODD if any((*before, *after)) else 1.0
        return OddCharacter(position=place, char=text[place], oddness=round(rarity * share * beside, 4))


def _load_frequencies(stream: BinaryIO) -> tuple[dict[str, int], int]:
    """Read jieba's dictionary at once; its own loader also stores every prefix and takes five times as long."""
    with stream:
        fields = stream.read().decode("utf-8").split()
    frequencies = dict(zip(fields[0::3], map(int, fields[1::3]), strict=True))
    return frequencies, sum(frequencies.values())


def _find_words(text: str, frequencies: dict[str, int]) -> dict[int, list[int]]:
    """Return, for each position, the last positions of the words that start there (jieba's DAG)."""
    last = len(text)
    return {
        start: [end for end in range(start, min(last, start + _LONGEST_WORD)) if text[start : end + 1] in frequencies]
        or [start]
        for start in range(last)
    }
