"""Full-width or half-width punctuation, by the room it takes: models confuse the two, their shapes being alike."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

import numpy as np

from planextract.model.page import Floats
from planextract.read.scan.image import Pixels
from planextract.read.scan.ocr import LineReading

_PAIRS = dict(zip("，；：（）！？", ",;:()!?", strict=True))
_FULL = {half: full for full, half in _PAIRS.items()}
_LIMIT = 0.8  # of a character: between the ink of the neighbours; full-width about 1.1, half-width about 0.6
_SURE = 0.12  # nearer to the limit than this, the line's other marks decide


def settle_widths(
    ink: Pixels, boxes: Floats, owners: Sequence[int], readings: Sequence[LineReading]
) -> list[LineReading]:
    """Return the readings with each mark as wide as it is printed.

    Only marks between two Chinese characters can be measured; one at a line's end follows the others of its cell.

    Args:
        ink: 1 where text is on the page.
        boxes: N × 4 of the lines' ink in pixels.
        owners: N region numbers: lines of one cell.
        readings: N readings.
    """
    measured = [_measure(ink, box, reading) for box, reading in zip(boxes.astype(int).tolist(), readings, strict=True)]
    votes: dict[int, int] = {}
    for owner, found in zip(owners, measured, strict=True):
        votes[owner] = votes.get(owner, 0) + sum(1 if full else -1 for full in found.values())
    out = []
    for owner, reading, found in zip(owners, readings, measured, strict=True):
        chars = list(reading.text)
        for place, char in enumerate(chars):
            if char not in _PAIRS and char not in _FULL:
                continue
            vote = votes[owner] if _is_chinese(chars[place - 1] if place else "") else 0
            is_full = found.get(place, vote > 0 if vote else char in _PAIRS)
            if char in "()（）":
                is_full = _pair_is_full(chars, place, found, is_full)
            chars[place] = _FULL.get(char, char) if is_full else _PAIRS.get(char, char)
        out.append(reading if chars == list(reading.text) else replace(reading, text="".join(chars)))
    return out


def _pair_is_full(chars: list[str], place: int, found: dict[int, bool], own: bool) -> bool:
    """Tell the width of a bracket together with its partner's: full-width if either is seen to be."""
    opens = chars[place] in "(（"
    others = range(place + 1, len(chars)) if opens else range(place - 1, -1, -1)
    partner = next((i for i in others if chars[i] in ("）)" if opens else "(（")), None)
    seen = [found[i] for i in (place, partner) if i is not None and i in found]
    return any(seen) if seen else own


def _is_chinese(char: str) -> bool:
    return "\u4e00" <= char <= "\u9fff"


def _measure(ink: Pixels, box: list[int], reading: LineReading) -> dict[int, bool]:
    """Return for the places of marks that can be measured whether they are full-width."""
    text = reading.text
    places = [
        i
        for i in range(1, len(text) - 1)
        if (text[i] in _PAIRS or text[i] in _FULL) and _is_chinese(text[i - 1]) and _is_chinese(text[i + 1])
    ]
    if not places:
        return {}
    columns = ink[box[1] : box[3], box[0] : box[2]].any(axis=0)
    edges = np.flatnonzero(np.diff(np.concatenate([[False], columns, [False]]).astype(np.int8)))
    starts, ends = edges[0::2], edges[1::2]
    centers = reading.centers * (box[2] - box[0])
    pitch = _find_pitch(text, centers, box[3] - box[1])
    found: dict[int, bool] = {}
    for place in places:
        middle = (starts + ends) / 2
        near = np.flatnonzero((np.abs(middle - centers[place]) < 0.6 * pitch) & (ends - starts < 0.4 * pitch))
        near = near[(near > 0) & (near < len(starts) - 1)]
        if not len(near):
            continue
        # The mark is the thin run with the most room around it: strokes of characters stand closer.
        room = starts[near + 1] - ends[near - 1]
        best = int(near[int(np.argmax(room))])
        share = float(starts[best + 1] - ends[best - 1]) / pitch
        if abs(share - _LIMIT) > _SURE:
            found[place] = share > _LIMIT
    return found


def _find_pitch(text: str, centers: Floats, height: int) -> float:
    """Return the usual distance between Chinese characters of a line."""
    both = [_is_chinese(a) and _is_chinese(b) for a, b in pairwise(text)]
    steps = np.diff(centers)[np.array(both, dtype=bool)] if any(both) else np.empty(0)
    return float(np.median(steps)) if len(steps) >= 3 else float(height)
