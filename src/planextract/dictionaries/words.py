"""Words of the language, from jieba. Loaded on first use only: it takes half a second."""

from __future__ import annotations

import logging
import warnings
from functools import cached_property
from typing import Any

_CONTEXT = 8


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
        tokenizer.FREQ, tokenizer.total = tokenizer.gen_pfdict(tokenizer.get_dict_file())
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
