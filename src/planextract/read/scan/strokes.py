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

_LOOK_ALIKES = frozenset("-—–―─－_~～=·.、一1丨|‐‑−ー ")
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
    shapes = stats[1:count]
    if not len(shapes):
        return None
    width, height = shapes[:, cv2.CC_STAT_WIDTH], shapes[:, cv2.CC_STAT_HEIGHT]
    if (height > max(3.0, _THIN * em)).any() or (width < 1.3 * height).any():
        return None
    if float(np.ptp(centers[1:count, 1])) > 0.2 * em:
        return None
    text = ""
    for index in np.argsort(shapes[:, cv2.CC_STAT_LEFT]).tolist():
        wide = float(width[index]) / em
        text += "-" if wide < _SHORT else "—" * max(1, round(wide / 1.05))
    return text


def _as_reading(text: str, reading: LineReading) -> LineReading:
    count = len(text)
    return replace(
        reading, text=text, scores=np.full(count, _SCORE, dtype=np.float32),
        centers=((np.arange(count) + 0.5) / count).astype(np.float32), others=("",) * count,
    )  # fmt: skip
