"""Strokes by their shape: models that read characters well take ``---`` for anything thin and pass over 一."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import cv2
import numpy as np

from planextract.model.page import Floats
from planextract.read.scan.image import Pixels
from planextract.read.scan.ocr import LineReading
from planextract.read.scan.vote import find_gaps

_LOOK_ALIKES = frozenset("-—–―─－_~～=·.、一二1丨|‐‑−ー ")
_SPECK = 0.2  # of the longest stroke: noise beside it
_STOPS = frozenset("0oO〇○°。")
_STOP_SIZE = (0.1, 0.52)  # of the line height: a full stop; a zero is higher
_ROUND = 0.35  # of its size, by which a full stop may be wider than high or the other way round
_THIN = 0.22  # of the line height
_SHORT = 0.62  # of the line height: a hyphen; a dash is as wide as a character
_SCORE = 0.97
_FILLED = 0.85


def read_dashes(ink: Pixels, boxes: Floats, readings: Sequence[LineReading], em: float) -> list[LineReading]:
    """Read lines again that are nothing but dashes, by the shape of their ink.

    Only a line that the engine reads as look-alikes of dashes, or not at all, is touched.

    Args:
        ink: 1 where text is on the page.
        boxes: N × 4 of the lines' ink in pixels.
        readings: N, as the engine reads them.
        em: Usual line height in pixels.
    """
    out = []
    for box, reading in zip(boxes.astype(int).tolist(), readings, strict=True):
        found = None
        if box[3] - box[1] <= 0.45 * em and set(reading.text) <= _LOOK_ALIKES:
            found = _shape_of(ink, box, em)
        out.append(reading if found is None else _as_reading(found, reading))
    return out


def fill_strokes(ink: Pixels, boxes: Floats, readings: Sequence[LineReading], em: float) -> list[LineReading]:
    """Put 一 where a line shows one flat stroke between two Chinese characters and the engine read nothing.

    Args:
        ink: 1 where text is on the page.
        boxes: N × 4 of the lines' ink in pixels.
        readings: N readings.
        em: Usual line height in pixels.
    """
    out = []
    for box, reading in zip(boxes, readings, strict=True):
        filled = reading
        for place in reversed(find_gaps(reading, ink, box, em)):
            filled = _fill(filled, place, ink, box, em)
        out.append(filled)
    return out


def _fill(reading: LineReading, place: int, ink: Pixels, box: Floats, em: float) -> LineReading:
    """Put a stroke behind the character at ``place``, over a space if one was read there."""
    text = reading.text
    end = place + 2 if text[place + 1 : place + 2] == " " else place + 1
    if not ("\u4e00" <= text[place] <= "\u9fff" and "\u4e00" <= text[end : end + 1] <= "\u9fff"):
        return reading
    x0, top, x1, bottom = (int(v) for v in box)
    a, b = (x0 + float(reading.centers[i]) * (x1 - x0) for i in (place, end))
    part = ink[top:bottom, int(a + 0.55 * em) : int(b - 0.55 * em)]
    rows, columns = np.flatnonzero(part.any(axis=1)), np.flatnonzero(part.any(axis=0))
    if not len(rows) or np.ptp(rows) > _THIN * em or not 0.4 * em <= np.ptp(columns) <= 1.1 * em:
        return reading
    middle = np.float32((a + b) / 2 - x0) / np.float32(max(1, x1 - x0))
    return LineReading(
        text=text[: place + 1] + "一" + text[end:],
        scores=np.concatenate([reading.scores[: place + 1], [np.float32(_FILLED)], reading.scores[end:]]),
        centers=np.concatenate([reading.centers[: place + 1], [middle], reading.centers[end:]]),
        others=(*reading.others[: place + 1], "", *reading.others[end:]),
    )


def _shape_of(ink: Pixels, box: list[int], em: float) -> str | None:
    """Return the dashes that a line's ink draws, None if it is anything else."""
    part = ink[box[1] : box[3], box[0] : box[2]]
    count, _, stats, centers = cv2.connectedComponentsWithStats(part, connectivity=8)
    shapes, middles = stats[1:count], centers[1:count]
    if not len(shapes):
        return None
    large = shapes[:, cv2.CC_STAT_WIDTH] > _SPECK * shapes[:, cv2.CC_STAT_WIDTH].max()
    shapes, middles = shapes[large], middles[large]
    width, height = shapes[:, cv2.CC_STAT_WIDTH], shapes[:, cv2.CC_STAT_HEIGHT]
    if (height > max(3.0, _THIN * em)).any() or (width < 1.3 * height).any():
        return None
    if float(np.ptp(middles[:, 1])) > 0.2 * em:
        return None
    text = ""
    for index in np.argsort(shapes[:, cv2.CC_STAT_LEFT]).tolist():
        wide = float(width[index]) / em
        text += "-" if wide < _SHORT else "—" * max(1, round(wide / 1.05))
    return text


def read_stops(ink: Pixels, boxes: Floats, readings: Sequence[LineReading], em: float) -> list[LineReading]:
    """Put 。 where a line ends in a circle far lower than a figure and the engine read 0, O or the like.

    Args:
        ink: 1 where text is on the page.
        boxes: N × 4 of the lines' ink in pixels.
        readings: N readings.
        em: Usual line height in pixels.
    """
    return [
        replace(reading, text=reading.text[:-1] + "。")
        if reading.text[-1:] in _STOPS and reading.text[-1:] != "。" and _ends_in_stop(ink, box, em)
        else reading
        for box, reading in zip(boxes.astype(int).tolist(), readings, strict=True)
    ]


def _ends_in_stop(ink: Pixels, box: list[int], em: float) -> bool:
    """Tell whether the last shape of a line is a small circle that stands in its lower half, or alone."""
    x0, top, x1, bottom = box
    part = ink[top:bottom, max(x0, int(x1 - 0.6 * em)) : x1]
    columns = np.flatnonzero(part.any(axis=0))
    if not len(columns):
        return False
    gaps = np.flatnonzero(np.diff(columns) > 1)
    last = part[:, columns[gaps[-1] + 1] if len(gaps) else columns[0] : columns[-1] + 1]
    rows = np.flatnonzero(last.any(axis=1))
    width, height = last.shape[1], int(rows[-1] - rows[0] + 1)
    low, high = (share * em for share in _STOP_SIZE)
    is_small = low <= height <= high and low <= width <= high and abs(width - height) <= _ROUND * max(width, height)
    is_low = bottom - top <= high * 1.2 or rows[0] >= 0.4 * (bottom - top)
    return bool(is_small and is_low)


def _as_reading(text: str, reading: LineReading) -> LineReading:
    count = len(text)
    return replace(
        reading,
        text=text,
        scores=np.full(count, _SCORE, dtype=np.float32),
        centers=((np.arange(count) + 0.5) / count).astype(np.float32),
        others=("",) * count,
    )
