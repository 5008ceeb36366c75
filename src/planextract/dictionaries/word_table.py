"""The words of jieba's dictionary as a table of hashes: 350,000 words load quickly and are found in bulk.

A dict of all words takes four times as long to make, jieba's own loader, which also stores every prefix, 20 times.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from planextract.dictionaries.cache import hash_made_from, read_cached, write_cached

Codes = npt.NDArray[np.uint32]
Hashes = npt.NDArray[np.uint64]
Numbers = npt.NDArray[np.int64]
Bools = npt.NDArray[np.bool_]
_NEWLINE, _SPACE, _ZERO, _LAST_ASCII = 10, 32, 48, 127
_FACTOR = np.uint64(0x9E3779B97F4A7C15)  # odd: each step of the hash is one-to-one
LONGEST_WORD = 8  # characters; jieba has a few longer ones, proverbs and foreign names
_SIEVE_BITS = 22  # a twelfth of the sieve's places are taken
_SIEVE_SHIFT = np.uint64(64 - _SIEVE_BITS)
_CHARACTER_BITS = np.uint64(32)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Arrays:
    """What a table is made of: sorted hashes of words, their frequencies and the sum of all, sorted pairs."""

    total: int
    hashes: Hashes
    frequencies: Numbers
    pairs: Hashes


class WordTable:
    """Words with their frequencies, by hash. Two of 350,000 words share a hash of 64 bits once in 10^8 dictionaries."""

    def __init__(self, arrays: _Arrays) -> None:
        """Take the arrays of a table.

        Attributes:
            total: Sum of all frequencies.
            log_total: Its natural logarithm.
        """
        self.total = arrays.total
        self.log_total = math.log(self.total)
        self._hashes, self._frequencies, self._pairs = arrays.hashes, arrays.frequencies, arrays.pairs
        self._may_be = np.zeros(1 << _SIEVE_BITS, dtype=np.bool_)
        self._may_be[self._hashes >> _SIEVE_SHIFT] = True

    @classmethod
    def read_lines(cls, lines: str) -> WordTable:
        """Read lines ``word frequency tag``."""
        codes = np.frombuffer(lines.encode("utf-32-le"), dtype=np.uint32)
        ends = np.flatnonzero(codes == _NEWLINE)
        starts = np.concatenate([[0], ends[:-1] + 1])
        spaces = np.flatnonzero(codes == _SPACE)
        lengths = spaces[0::2] - starts
        frequencies = _read_numbers(codes, spaces[0::2] + 1, spaces[1::2])
        hashes = np.empty(len(starts), dtype=np.uint64)
        for length in range(1, LONGEST_WORD + 1):
            own = np.flatnonzero(lengths == length)
            hashes[own] = _hash_at(codes, starts[own], length)
        short = np.flatnonzero(lengths <= LONGEST_WORD)
        order = short[np.argsort(hashes[short])]
        sorted_hashes = hashes[order]
        firsts = np.flatnonzero(np.append(True, sorted_hashes[1:] != sorted_hashes[:-1]))
        last = np.maximum.reduceat(order, firsts)  # of a word listed twice the last line holds
        return cls(
            _Arrays(
                total=int(frequencies.sum()),
                hashes=sorted_hashes[firsts],
                frequencies=frequencies[last],
                pairs=_find_pairs(codes),
            )
        )

    @classmethod
    def from_bytes(cls, content: memoryview) -> WordTable:
        """Take a table from what :meth:`to_bytes` gave; nothing is copied."""
        counts = np.frombuffer(content, dtype=np.int64, count=3)
        total, words, pairs = counts.tolist()
        numbers = np.frombuffer(content, dtype=np.uint64, count=2 * words + pairs, offset=counts.nbytes)
        hashes, frequencies = numbers[:words], numbers[words : 2 * words].view(np.int64)
        return cls(_Arrays(total=total, hashes=hashes, frequencies=frequencies, pairs=numbers[2 * words :]))

    def to_bytes(self) -> bytes:
        """Return total, number of words and of pairs, then hashes, frequencies and pairs, as 64-bit numbers."""
        counts = np.array([self.total, len(self._hashes), len(self._pairs)], dtype=np.int64)
        return b"".join(array.tobytes() for array in (counts, self._hashes, self._frequencies, self._pairs))

    def find(self, text: str, known: Bools | None = None) -> tuple[Numbers, Numbers, Numbers]:
        """Return start, end and frequency of every word inside a text, by start, then end.

        Args:
            text: Running text of N characters.
            known: What :meth:`know_pairs` gave for it, if it was asked for: N - 1.
        """
        codes = _codes_of(text)
        follows = self._know_pairs(codes) if known is None else known
        follows = follows | (codes[:-1] <= _LAST_ASCII) | (codes[1:] <= _LAST_ASCII)  # pairs with ASCII are not listed
        found = []
        may_be = np.ones(len(codes), dtype=np.bool_)  # a word's neighbours are pairs: most places are ruled out by them
        for length in range(1, min(LONGEST_WORD, len(codes)) + 1):
            if length > 1:
                may_be = may_be[:-1] & follows[length - 2 :]
            starts = np.flatnonzero(may_be)
            if not len(starts):
                break
            found.append(self._find_long(codes, starts, length))
        starts, ends, frequencies = (
            np.concatenate([part[i] for part in found]) if found else np.zeros(0, dtype=np.int64) for i in range(3)
        )
        order = np.argsort(starts * (LONGEST_WORD + 1) + ends - starts)
        return starts[order], ends[order], frequencies[order]

    def _find_long(self, codes: Hashes, starts: Numbers, length: int) -> tuple[Numbers, Numbers, Numbers]:
        """Return start, end and frequency of every word of a length; most places are ruled out by a few bits."""
        hashes = _hash_at(codes, starts, length)
        seen = np.flatnonzero(self._may_be[hashes >> _SIEVE_SHIFT])
        starts, hashes = starts[seen], hashes[seen]
        places = np.minimum(np.searchsorted(self._hashes, hashes), len(self._hashes) - 1)
        hits = self._hashes[places] == hashes
        starts = starts[hits]
        return starts, starts + length, self._frequencies[places[hits]]

    def find_frequency(self, word: str) -> int:
        """Return the frequency of a word, 0 if it is none."""
        if not 0 < len(word) <= LONGEST_WORD:
            return 0
        codes = np.frombuffer(word.encode("utf-32-le", "replace"), dtype=np.uint32)
        (wanted,) = _hash_at(codes, np.zeros(1, dtype=np.int64), len(codes))
        place = int(np.searchsorted(self._hashes, wanted))
        return int(self._frequencies[place]) if place < len(self._hashes) and self._hashes[place] == wanted else 0

    def know_pairs(self, text: str) -> Bools:
        """Tell of each two neighbours in a text of N characters whether some word has them too, N - 1; not of ASCII."""
        return self._know_pairs(_codes_of(text))

    def _know_pairs(self, codes: Hashes) -> Bools:
        pairs = (codes[:-1] << _CHARACTER_BITS) | codes[1:]
        places = np.minimum(np.searchsorted(self._pairs, pairs), len(self._pairs) - 1)
        known: Bools = self._pairs[places] == pairs if len(self._pairs) else np.zeros(len(pairs), dtype=np.bool_)
        return known

    def has_pair(self, pair: str) -> bool:
        """Tell whether two characters, none of them ASCII, stand side by side in some word."""
        code = (np.uint64(ord(pair[0])) << _CHARACTER_BITS) | np.uint64(ord(pair[1]))
        place = int(np.searchsorted(self._pairs, code))
        return place < len(self._pairs) and self._pairs[place] == code


def load_word_table(path: Path) -> WordTable:
    """Load a dictionary of jieba's form; what is made of it is kept in the user's cache folder."""
    data = path.read_bytes()
    made_from = hash_made_from(data, __file__)
    content = read_cached("words", made_from)
    if content is not None:
        return WordTable.from_bytes(content)
    table = WordTable.read_lines(data.decode("utf-8"))
    write_cached("words", made_from, table.to_bytes())
    return table


def _hash_at(codes: Codes | Hashes, starts: Numbers, length: int) -> Hashes:
    """Return the hash of the characters at each start; the length is a part of it."""
    hashes = np.full(len(starts), length, dtype=np.uint64)
    for step in range(length):
        hashes = (hashes ^ codes[starts + step]) * _FACTOR
        hashes ^= hashes >> np.uint64(29)
    return hashes


def _codes_of(text: str) -> Hashes:
    return np.frombuffer(text.encode("utf-32-le", "replace"), dtype=np.uint32).astype(np.uint64)


def _read_numbers(codes: Codes, starts: Numbers, ends: Numbers) -> Numbers:
    """Return the decimal numbers that stand between starts and ends."""
    numbers = np.zeros(len(starts), dtype=np.int64)
    left, at, value = np.arange(len(starts)), ends - 1, 1
    while len(left):  # digit by digit, from the last one on: most numbers have one or two
        numbers[left] += value * (codes[at].astype(np.int64) - _ZERO)
        longer = np.flatnonzero(at > starts[left])
        left, at, value = left[longer], at[longer] - 1, value * 10
    return numbers


def _find_pairs(codes: Codes) -> Hashes:
    """Return every two characters, none of them ASCII, that stand side by side in some word, as numbers, sorted."""
    is_wide = codes > _LAST_ASCII
    firsts = np.flatnonzero(is_wide[:-1] & is_wide[1:])
    return np.unique((codes[firsts].astype(np.uint64) << _CHARACTER_BITS) | codes[firsts + 1])
