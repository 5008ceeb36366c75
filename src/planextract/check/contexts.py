"""Where a document prints the words around a character elsewhere, again and again, but with another one between them.

Plans repeat themselves: names of bodies, of projects, whole phrases. A character that was misread, lost or added stands
in words that the document prints elsewhere without it. No dictionary is needed.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from planextract.model.page import Bools, Floats, Ints

_SIDE = 3  # characters to either side that must be the same
_MOST_BETWEEN = 2
_FACTOR = np.uint64(0x9E3779B97F4A7C15)
_PARTING = "\0"
_MOST_OWN = 2  # times that the doubtful wording is printed: a mistake may be made twice
_SURE = 3  # times as often as this one the other wording is printed, from which on it says all it can
_STOPS = "，、；。："
_NUMERALS = "一二三四五六七八九十百千万亿两半〇零上下前后东西南北内外"


def find_other_wordings(texts: Sequence[str]) -> dict[str, float]:
    """Return, for each text that has one, how surely a place of it is worded otherwise elsewhere (0 to 1).

    A place counts if its wording is printed once or twice, and another one far more often that differs by one character
    put in place of it, left out or added. Figures, numerals and punctuation differ as a matter of course: they do not
    count, but a lost comma does.

    Args:
        texts: The document's texts; the same text twice counts once.
    """
    unique = list(dict.fromkeys(text for text in texts if len(text) > 2 * _SIDE))
    if len(unique) < 2:
        return {}
    joined = _PARTING.join(unique)
    codes = np.frombuffer(joined.encode("utf-32-le"), dtype=np.uint32).astype(np.uint64)
    owner = np.cumsum(codes == ord(_PARTING))
    rated = _rate_places(codes, owner)
    best = np.zeros(len(unique), dtype=np.float64)
    np.maximum.at(best, owner, rated)
    return {text: float(value) for text, value in zip(unique, best.tolist(), strict=True) if value > 0}


def _rate_places(codes: Ints, owner: Ints) -> Floats:
    """Return for each character how surely it, or what lacks before it, is worded otherwise elsewhere."""
    count = len(codes)
    is_fixed, is_stop = _is_word(codes), _is_one_of(codes, _STOPS)
    sides = _hash_sides(codes)
    keys, middles, places, between = [], [], [], []
    for length in range(_MOST_BETWEEN + 1):
        ends = count - _SIDE - length
        at = np.arange(_SIDE, max(_SIDE, ends + 1))
        if not len(at):
            continue
        right = at + length
        keep = (owner[at - _SIDE] == owner[np.minimum(right + _SIDE - 1, count - 1)]) & (right + _SIDE <= count)
        middle: Ints = np.zeros(len(at), dtype=np.uint64)
        for step in range(length):
            here = np.minimum(at + step, count - 1)
            keep &= is_fixed[here] | (is_stop[here] & (length == 1))
            middle = middle * np.uint64(1 << 21) + codes[here]
        at, right, middle = at[keep], right[keep], middle[keep]
        keys.append(sides[at - _SIDE] * _FACTOR ^ sides[right])
        middles.append(middle * np.uint64(4) + np.uint64(length))
        places.append(at)
        between.append(np.full(len(at), length))
    place = np.concatenate(places)
    length_of = np.concatenate(between)
    stops = is_stop[np.minimum(place, count - 1)] & (length_of == 1)
    return _weigh(np.concatenate(keys), np.concatenate(middles), place, length_of, stops, count)


def _weigh(keys: Ints, middles: Ints, places: Ints, between: Ints, is_stop: Bools, count: int) -> Floats:
    order = np.lexsort((middles, keys))
    keys, middles, places, between = keys[order], middles[order], places[order], between[order]
    is_stop = is_stop[order]
    new_key = np.append(True, keys[1:] != keys[:-1])
    new_pair = new_key | np.append(True, middles[1:] != middles[:-1])
    pair = np.cumsum(new_pair) - 1
    times = np.bincount(pair)
    group = (np.cumsum(new_key) - 1)[new_pair]
    length = between[new_pair]
    rated = np.zeros(count, dtype=np.float64)
    for own in range(_MOST_BETWEEN + 1):
        most = np.zeros(int(group[-1]) + 1 if len(group) else 0, dtype=np.int64)
        near = (length == 1) if own == 1 else (np.abs(length - own) == 1)
        near |= (own == 1) & (np.abs(length - own) == 1)
        np.maximum.at(most, group[near], times[near])
        odd = (length == own) & (times <= _MOST_OWN) & ~is_stop[new_pair]
        value = np.where(odd, np.clip((most[group] / times - 1) / (_SURE - 1), 0.0, 1.0), 0.0)
        np.maximum.at(rated, places, value[pair])
    return rated


def _hash_sides(codes: Ints) -> Ints:
    """Return a hash of the three characters from each place on."""
    padded = np.append(codes, np.zeros(_SIDE, dtype=np.uint64))
    total = np.zeros(len(codes) + 1, dtype=np.uint64)
    with np.errstate(over="ignore"):
        for step in range(_SIDE):
            total = (total + padded[step : step + len(codes) + 1]) * _FACTOR
            total ^= total >> np.uint64(29)
    return total


def _is_word(codes: Ints) -> Bools:
    """Tell which characters are Chinese and no numeral."""
    return (codes >= 0x4E00) & (codes <= 0x9FFF) & ~_is_one_of(codes, _NUMERALS)


def _is_one_of(codes: Ints, chars: str) -> Bools:
    """Tell which characters are among some; NumPy's isin loads masked arrays first, which takes longer."""
    wanted = np.sort(np.array([ord(char) for char in chars], dtype=np.uint64))
    places = np.minimum(np.searchsorted(wanted, codes), len(wanted) - 1)
    found: Bools = wanted[places] == codes
    return found
