"""Words of the language, from jieba. Loaded on first use only: it takes half a second."""

from __future__ import annotations

import logging
import warnings
from functools import cached_property
from typing import Any, BinaryIO

_CONTEXT = 8
_LONGEST_WORD = 8


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

    def weigh(self, text: str) -> float:
        """Return the natural logarithm of how probable a text is, cut into words as well as can be."""
        route: dict[int, tuple[float, int]] = {}
        self._tokenizer.calc(text, self._tokenizer.get_DAG(text), route)
        return float(route[0][0])


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
