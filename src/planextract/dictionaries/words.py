"""Words of the language, from jieba's dictionary. Loaded on first use only."""

from __future__ import annotations

import math
import re
from collections.abc import Set
from functools import cached_property
from importlib.util import find_spec
from itertools import pairwise
from operator import add
from pathlib import Path

import numpy as np

from planextract.dictionaries.word_table import Bools, WordTable, load_word_table
from planextract.model.confidence import OddCharacter
from planextract.text.characters import is_cjk

_CONTEXT = 8
_COMMON = 11.0  # natural log of how often jieba's corpus has the commonest one-character words
_HALF_ODD, _BESIDE_ODD = 0.3, 1.3
_PARTS = re.compile("([\u4e00-\u9fd5a-zA-Z0-9+#&._%-]+)|\r\n|.", re.DOTALL)  # as jieba parts a text: blocks are cut
_LAST_ASCII = "\x7f"
_LATIN = re.compile("[a-zA-Z0-9]")


class _Words:
    """The words inside a text, by where they start, each with the log of its probability."""

    def __init__(self, table: WordTable, text: str, known: Bools | None = None) -> None:
        starts, ends, counts = table.find(text, known)
        frequencies = counts.tolist()
        logs = {count: math.log(count or 1) - table.log_total for count in set(frequencies)}
        self._first: list[int] = [0, *np.cumsum(np.bincount(starts, minlength=len(text))).tolist()]
        self._ends: list[int] = ends.tolist()
        self._logs = [logs[count] for count in frequencies]
        self._none = math.log(1) - table.log_total
        alone = np.flatnonzero(ends == starts + 1)
        self.counts = {text[i]: count for i, count in zip(starts[alone].tolist(), counts[alone].tolist(), strict=True)}

    def cut(self, low: int, high: int) -> tuple[float, list[int]]:
        """Cut a stretch into words as well as can be: the log of its probability, and where each word ends."""
        first, ends, logs = self._first, self._ends, self._logs
        best = [0.0] * (high - low + 1)
        ways = [0] * (high - low)
        for start in range(high - 1, low - 1, -1):
            way, most = 0, 0.0
            for number in range(first[start], first[start + 1]):
                end = ends[number]
                if end > high:
                    break
                value = logs[number] + best[end - low]
                if not way or value >= most:  # of two equal ways that with the longer word
                    way, most = end, value
            if not way:
                way, most = start + 1, self._none + best[start + 1 - low]
            best[start - low], ways[start - low] = most, way
        cut, place = [], low
        while place < high:
            place = ways[place - low]
            cut.append(place - low)
        return best[0], cut


class JiebaWordBook:
    """Tells whether a cut goes through a word, by segmenting the text around it without the cut.

    It segments as jieba does without its hidden Markov model, for unknown words must not be invented; all words of a
    text are looked up at once, which jieba cannot.
    """

    def __init__(self) -> None:
        self._cuts: dict[str, list[int]] = {}
        self._counts: dict[str, int] = {}
        self._pairs: dict[str, bool] = {}

    @cached_property
    def _table(self) -> WordTable:
        package = find_spec("jieba")  # found, not imported: that takes longer than all that is done here
        if package is None or package.origin is None:
            raise ModuleNotFoundError("No module named 'jieba'", name="jieba")
        return load_word_table(Path(package.origin).with_name("dict.txt"))

    def prepare(self, text: str) -> None:
        """Cut a text into words at once: its parts are asked about one by one."""
        known = self._table.know_pairs(text)
        words = _Words(self._table, text, known)
        self._cuts, self._counts = {}, words.counts
        self._pairs = dict(zip(map(add, text, text[1:]), known.tolist(), strict=True))
        for part in _PARTS.finditer(text):
            block = part.group(1)
            if block is not None and block not in self._cuts:
                self._cuts[block] = _join_latin(block, words.cut(*part.span())[1])

    def _cut(self, text: str) -> list[int]:
        """Return where each word or sign of a text ends."""
        parts = list(_PARTS.finditer(text))
        if any(part.group(1) is not None and part.group(1) not in self._cuts for part in parts):
            self.prepare(text)
        ends: list[int] = []
        for part in parts:
            block, start = part.group(1), part.start()
            ends += [part.end()] if block is None else [start + end for end in self._cuts[block]]
        return ends

    def find_word_across(self, before: str, after: str) -> str | None:
        """Return the word that a cut between two texts goes through, or None.

        Args:
            before: Text before the cut; its last 8 characters count.
            after: Text after the cut; its first 8 characters count.
        """
        left, right = before[-_CONTEXT:], after[:_CONTEXT]
        pair = left[-1:] + right[:1]
        if len(pair) < 2 or (min(pair) > _LAST_ASCII and not self._table.has_pair(pair)):
            return None
        text, cut = left + right, len(left)
        part = next(part for part in _PARTS.finditer(text) if cut <= part.end())
        if part.end() == cut or part.group(1) is None:
            return part.group() if part.end() > cut else None
        low = part.start()
        ends = _join_latin(part.group(), _Words(self._table, text).cut(low, part.end())[1])
        return next((text[low + a : low + b] for a, b in pairwise((0, *ends)) if low + a < cut < low + b), None)

    def is_word(self, text: str) -> bool:
        """Tell whether a text of two characters or more is a word of the language."""
        return len(text) > 1 and self._table.find_frequency(text) > 0

    def weigh(self, text: str) -> float:
        """Return the natural logarithm of how probable a text is, cut into words as well as can be."""
        return _Words(self._table, text).cut(0, len(text))[0]

    def find_odd_characters(self, text: str, familiar: Set[str]) -> tuple[OddCharacter, ...]:
        """Return the characters that stand in no word and make, with a neighbour, no pair that any word has.

        The rarer a character is as a word of its own, the odder it is; less if one of its neighbours explains it,
        more if the token beside it is one character too.

        Args:
            text: Running text.
            familiar: Pairs of characters that the document prints elsewhere as well.
        """
        ends = self._cut(text)
        single = [end - start == 1 and is_cjk(text[start]) for start, end in pairwise((0, *ends))]
        found = []
        for number, end in enumerate(ends):
            unknown = self._judge_sides(text, end - 1, familiar) if single[number] else []
            if any(unknown):
                is_beside = any((*single[max(0, number - 1) : number], *single[number + 1 : number + 2]))
                found.append(self._rate(text, end - 1, is_beside=is_beside, is_explained=not all(unknown)))
        return tuple(found)

    def _judge_sides(self, text: str, place: int, familiar: Set[str]) -> list[bool]:
        """Return for each Chinese neighbour whether the pair with it is unknown."""
        pairs = (text[place - 1 : place + 1] if place else "", text[place : place + 2])
        return [
            pair not in familiar and not self._has_pair(pair)
            for pair in pairs
            if len(pair) == 2 and is_cjk(pair[0]) and is_cjk(pair[1])
        ]

    def _has_pair(self, pair: str) -> bool:
        known = self._pairs.get(pair)
        return self._table.has_pair(pair) if known is None else known

    def _rate(self, text: str, place: int, *, is_beside: bool, is_explained: bool) -> OddCharacter:
        count = self._counts.get(text[place]) or self._table.find_frequency(text[place]) or 1
        rarity = max(0.0, _COMMON - math.log(count + 1))
        odd = rarity * (_HALF_ODD if is_explained else 1.0) * (_BESIDE_ODD if is_beside else 1.0)
        return OddCharacter(position=place, char=text[place], oddness=round(odd, 4))


def _join_latin(block: str, ends: list[int]) -> list[int]:
    """Return the ends of a block's words with Latin letters and digits that stand alone side by side as one."""
    if not _LATIN.search(block):
        return ends
    alone = [end - start == 1 and _LATIN.match(block[start]) is not None for start, end in pairwise((0, *ends))]
    return [
        end
        for end, is_alone, goes_on in zip(ends, alone, (*alone[1:], False), strict=True)
        if not (is_alone and goes_on)
    ]
