"""Words of the language, from jieba. Loaded on first use only."""

from __future__ import annotations

import logging
import math
import warnings
from collections.abc import Iterator, Set
from functools import cached_property
from typing import Any

import numpy as np
import numpy.typing as npt

from planextract.model.confidence import OddCharacter
from planextract.text.characters import is_cjk

Codes = npt.NDArray[np.uint8]
_NEWLINE, _SPACE, _TWO_BYTES, _THREE_BYTES, _FOUR_BYTES = 10, 32, 0xC0, 0xE0, 0xF0
_CHARACTER_BITS = 16
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
        with tokenizer.get_dict_file() as stream:
            tokenizer.FREQ = _Frequencies(stream.read())
        tokenizer.total = tokenizer.FREQ.total
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
                yield pair not in familiar and not self._tokenizer.FREQ.has_pair(pair)

    def _rate_single(
        self, text: str, place: int, before: list[bool], after: list[bool], familiar: Set[str]
    ) -> OddCharacter:
        rarity = max(0.0, _COMMON - math.log(self._tokenizer.FREQ.get(text[place], 1) + 1))
        share = 1.0 if all(self._judge_sides(text, place, familiar)) else _HALF_ODD
        beside = _BESIDE_ODD if any((*before, *after)) else 1.0
        return OddCharacter(position=place, char=text[place], oddness=round(rarity * share * beside, 4))


class _Frequencies(dict[str, int]):
    """Frequencies of jieba's 350,000 words, of which a run needs a few hundred.

    Lines are found by the first character of their word and read when such a word is first looked up: a dict of
    all of them takes five times as long to make, and jieba's own loader, which also stores every prefix, 25 times.
    """

    def __init__(self, lines: bytes) -> None:
        super().__init__()
        self._lines = lines
        codes = np.frombuffer(lines, dtype=np.uint8)
        ends = np.flatnonzero(codes == _NEWLINE)
        starts = np.concatenate([[0], ends[:-1] + 1])
        heads = _make_heads(codes, starts)
        order = np.argsort(heads, kind="stable")
        self._heads, self._starts, self._ends = heads[order], starts[order], ends[order]
        self._read: set[str] = set()
        self.total = _sum_frequencies(codes)

    def get(self, word: str, default: Any = None) -> Any:  # noqa: ANN401
        if word[:1] not in self._read:
            self._read_words(word[:1])
        return super().get(word, default)

    def __contains__(self, word: object) -> bool:
        return self.get(str(word)) is not None

    @cached_property
    def _pairs(self) -> npt.NDArray[np.int64]:
        """Every two Chinese characters that stand side by side in some word, as numbers, sorted."""
        codes = np.frombuffer(self._lines, dtype=np.uint8)
        places = np.flatnonzero(codes[:-2] >= _THREE_BYTES)
        places = places[codes[places] < _FOUR_BYTES]
        chars = ((codes[places].astype(np.int64) & 0xF) << 12) | ((codes[places + 1].astype(np.int64) & 0x3F) << 6)
        chars |= codes[places + 2] & 0x3F
        beside = np.flatnonzero(np.diff(places) == 3)
        return np.unique((chars[beside] << _CHARACTER_BITS) | chars[beside + 1])

    def has_pair(self, pair: str) -> bool:
        """Tell whether two characters stand side by side in some word."""
        code = (ord(pair[0]) << _CHARACTER_BITS) | ord(pair[1])
        place = int(np.searchsorted(self._pairs, code))
        return place < len(self._pairs) and int(self._pairs[place]) == code

    def _read_words(self, first: str) -> None:
        """Read the lines of the words that begin with a character."""
        self._read.add(first)
        head = int(_make_heads(np.frombuffer(first.encode().ljust(3, b" "), dtype=np.uint8), np.array([0]))[0])
        begin, end = np.searchsorted(self._heads, [head, head + 1])
        for start, stop in zip(self._starts[begin:end].tolist(), self._ends[begin:end].tolist(), strict=True):
            word, frequency, *_ = self._lines[start:stop].decode().split()
            self[word] = int(frequency)


def _make_heads(codes: Codes, starts: Any) -> Any:  # noqa: ANN401
    """Return a number for the first character at each start: its bytes in UTF-8, the first three at most."""
    first, second, third = (codes[np.minimum(starts + step, len(codes) - 1)].astype(np.int64) for step in range(3))
    heads = np.where(first < _TWO_BYTES, first << 16, (first << 16) | (second << 8))
    return np.where(first < _THREE_BYTES, heads, heads | third)


def _sum_frequencies(codes: Codes) -> int:
    """Add up the second field of all lines ``word frequency tag``."""
    spaces = np.flatnonzero(codes == _SPACE)
    begins, ends = spaces[0::2] + 1, spaces[1::2]
    total = 0
    for place in range(int((ends - begins).max())):
        digits = codes[np.maximum(ends - 1 - place, 0)].astype(np.int64) - ord("0")
        total += 10**place * int(digits[ends - 1 - place >= begins].sum())
    return total


def _find_words(text: str, frequencies: _Frequencies) -> dict[int, list[int]]:
    """Return, for each position, the last positions of the words that start there (jieba's DAG)."""
    last = len(text)
    return {
        start: [end for end in range(start, min(last, start + _LONGEST_WORD)) if text[start : end + 1] in frequencies]
        or [start]
        for start in range(last)
    }
