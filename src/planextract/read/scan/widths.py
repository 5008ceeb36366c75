"""Full-width or half-width punctuation, by the room it takes: models confuse the two, their shapes being alike."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

import numpy as np

from planextract.model.page import Floats, Ints
from planextract.read.scan.image import Pixels
from planextract.read.scan.ocr import LineReading

_PAIRS = dict(zip("，；：（）！？", ",;:()!?", strict=True))
_FULL = {half: full for full, half in _PAIRS.items()}
_LIMIT = 0.8  # of a character: between the ink of the neighbours; full-width about 1.1, half-width about 0.6
_SURE = 0.12  # nearer to the limit than this, the line's other marks decide
_OUTER_LIMIT = 0.36  # the same between a bracket and the character outside it: full-width about 0.55, half-width 0.15
_OUTER_SURE = 0.06
_OPENING, _BRACKETS = "(（", "()（）"


def settle_widths(
    ink: Pixels, boxes: Floats, owners: Sequence[int], readings: Sequence[LineReading]
) -> list[LineReading]:
    """Return the readings with each mark as wide as it is printed.

    Only marks beside Chinese characters can be measured, brackets by the room outside them; one at a line's end follows
    the others of its cell.

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
    brackets = _settle_brackets(owners, readings, measured, votes)
    out = []
    for number, (owner, reading, found) in enumerate(zip(owners, readings, measured, strict=True)):
        chars = list(reading.text)
        for place, char in enumerate(chars):
            if char not in _PAIRS and char not in _FULL:
                continue
            before = chars[place - 1] if place else ""
            vote = votes[owner] if _is_chinese(before) or before in _PAIRS else 0
            is_full = found.get(place, vote > 0 if vote else char in _PAIRS)
            is_full = brackets.get((number, place), is_full)
            chars[place] = _FULL.get(char, char) if is_full else _PAIRS.get(char, char)
        out.append(reading if chars == list(reading.text) else replace(reading, text="".join(chars)))
    return out


def _settle_brackets(
    owners: Sequence[int], readings: Sequence[LineReading], measured: Sequence[dict[int, bool]], votes: dict[int, int]
) -> dict[tuple[int, int], bool]:
    """Return for each bracket, by line and place, whether it is full-width: as its partner is, over a cell's lines.

    A pair is as wide as either is seen to be; one that nothing is seen of and that stands beside Chinese characters is
    like the other marks of its cell, or the other brackets of the page; else it stays as read.
    """
    seen = [
        is_full
        for reading, found in zip(readings, measured, strict=True)
        for place, is_full in found.items()
        if reading.text[place] in _BRACKETS
    ]
    of_page = sum(1 if is_full else -1 for is_full in seen)
    settled: dict[tuple[int, int], bool] = {}
    lines: dict[int, list[tuple[int, str]]] = {}
    for number, (owner, reading) in enumerate(zip(owners, readings, strict=True)):
        lines.setdefault(owner, []).append((number, reading.text))
    for owner, of_cell in lines.items():
        for pair in _pair_brackets(of_cell):
            widths = [measured[number][place] for number, place in pair if place in measured[number]]
            vote = votes[owner] or of_page
            beside = any(_is_beside_chinese(readings[number].text, place) for number, place in pair)
            as_read = any(readings[number].text[place] in _PAIRS for number, place in pair)
            is_full = any(widths) if widths else vote > 0 if vote and beside else as_read
            settled.update(dict.fromkeys(pair, is_full))
    return settled


def _pair_brackets(lines: Sequence[tuple[int, str]]) -> Iterator[list[tuple[int, int]]]:
    """Yield the brackets of a cell, by line and place: each with its partner, or alone."""
    stack: list[tuple[int, int]] = []
    for number, text in lines:
        for place, char in enumerate(text):
            if char in _OPENING:
                stack.append((number, place))
            elif char in _BRACKETS:
                yield [stack.pop(), (number, place)] if stack else [(number, place)]
    yield from ([left] for left in stack)


def _is_beside_chinese(text: str, place: int) -> bool:
    return any(map(_is_chinese, (text[place - 1 : place] or "-", text[place + 1 : place + 2] or "-")))


def _is_chinese(char: str) -> bool:
    return "\u4e00" <= char <= "\u9fff"


def _measure(ink: Pixels, box: list[int], reading: LineReading) -> dict[int, bool]:
    """Return for the places of marks that can be measured whether they are full-width."""
    text = reading.text
    marks = [i for i in range(1, len(text) - 1) if text[i] in _PAIRS or text[i] in _FULL]
    places = [i for i in marks if _is_chinese(text[i - 1]) and _is_chinese(text[i + 1])]
    outer = [i for i in marks if text[i] in _BRACKETS and i not in places and _is_chinese(text[_outside(text, i)])]
    if not places and not outer:
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
    for place in outer:
        gap = _gap_outside(starts, ends, float(centers[place]), pitch, before=text[place] in _OPENING)
        if gap is not None and abs(gap - _OUTER_LIMIT) > _OUTER_SURE:
            found[place] = gap > _OUTER_LIMIT
    return found


def _outside(text: str, place: int) -> int:
    """Return the place of the character outside a bracket."""
    return place - 1 if text[place] in _OPENING else place + 1


def _gap_outside(starts: Ints, ends: Ints, center: float, pitch: float, *, before: bool) -> float | None:
    """Return the room between a bracket's ink and the character outside it, in characters; None if it is not seen."""
    thin = np.flatnonzero((np.abs((starts + ends) / 2 - center) < 0.6 * pitch) & (ends - starts < 0.4 * pitch))
    gaps = [
        float(starts[i] - ends[i - 1] if before else starts[i + 1] - ends[i]) / pitch
        for i in thin.tolist()
        if 0 < i < len(starts) - 1
    ]
    return max(gaps, default=None)


def _find_pitch(text: str, centers: Floats, height: int) -> float:
    """Return the usual distance between Chinese characters of a line."""
    both = [_is_chinese(a) and _is_chinese(b) for a, b in pairwise(text)]
    steps = np.diff(centers)[np.array(both, dtype=bool)] if any(both) else np.empty(0)
    return float(np.median(steps)) if len(steps) >= 3 else float(height)
