"""The text that another program recognised on a scan, character by character, and whether it can be believed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from rapidfuzz.distance import Levenshtein

from planextract.model.page import Floats, Ints
from planextract.read.scan.ocr import NO_READING, LineReading
from planextract.text.characters import fold

if TYPE_CHECKING:  # OpenCV comes with the extra 'ocr'; PDFs are read without it
    from planextract.read.scan.segment import TextLines
    from planextract.read.scan.straighten import Slopes

_NEAR_EM = 0.45  # beyond the ink of a line: the boxes of layers are those of a font, not of ink
_SAMPLE, _LEAST_SAMPLE = 8, 4  # lines that are read for comparison
_LEAST_CHARACTERS = 30
_MOST_ERRORS = 0.005  # share of characters: a layer that is worse than the engine is no help
_SCORE = 0.98
_SURE = 0.75  # a character of the engine that is less certain contradicts nothing


@dataclass(frozen=True, slots=True, kw_only=True)
class TextLayer:
    """N code points with boxes: N × 4 of x0, top, x1, bottom in points of the page as it is seen.

    ``scores`` are how sure the program was of each, None if it did not say.
    """

    codes: Ints
    boxes: Floats
    scores: Floats | None = None


def read_layer(
    layer: TextLayer, lines: TextLines, size: tuple[int, int], slopes: Slopes, scale: float
) -> list[LineReading]:
    """Return the text of each line as a layer has it, empty where it has none.

    Args:
        layer: The layer of the page as scanned.
        lines: N lines of the straightened page.
        size: Width and height of the page in pixels.
        slopes: How the page leant before it was straightened.
        scale: Pixels a point.
    """
    from planextract.read.scan.straighten import straighten_points

    middles = (layer.boxes[:, :2] + layer.boxes[:, 2:]) / 2 * np.float32(scale)
    x, y = straighten_points(middles[:, 0], middles[:, 1], size, slopes)
    if not len(lines.boxes) or not len(x):
        return [NO_READING] * len(lines.boxes)
    near = _NEAR_EM * lines.em
    boxes = lines.boxes
    inside = (x[:, None] >= boxes[:, 0] - near) & (x[:, None] <= boxes[:, 2] + near)
    away = np.abs(y[:, None] - (boxes[:, 1] + boxes[:, 3]) / 2)
    away[~inside | (away > (boxes[:, 3] - boxes[:, 1]) / 2 + near)] = np.inf
    owner = np.where(np.isfinite(away.min(axis=1)), away.argmin(axis=1), -1)
    scores = np.full(len(x), _SCORE, np.float32) if layer.scores is None else np.minimum(layer.scores, _SCORE)
    return [
        _make_reading(layer.codes[owner == i], scores[owner == i], x[owner == i], boxes[i]) for i in range(len(boxes))
    ]


def _make_reading(codes: Ints, scores: Floats, x: Floats, box: Floats) -> LineReading:
    if not len(codes):
        return NO_READING
    order = np.argsort(x, kind="stable")
    centers = (x[order] - box[0]) / max(1.0, float(box[2] - box[0]))
    return LineReading(
        text="".join(map(chr, codes[order].tolist())),
        scores=scores[order],
        centers=np.clip(centers, 0, 1).astype(np.float32),
        others=("",) * len(codes),
    )


def choose_sample(readings: Sequence[LineReading]) -> list[int]:
    """Return the numbers of the lines to compare: the longest ones; none if there is too little text to tell."""
    order = sorted(range(len(readings)), key=lambda i: (-len(readings[i].text), i))[:_SAMPLE]
    chosen = sorted(i for i in order if readings[i].text)
    return (
        chosen
        if len(chosen) >= _LEAST_SAMPLE and sum(len(readings[i].text) for i in chosen) >= _LEAST_CHARACTERS
        else []
    )


def agrees(layer: Sequence[LineReading], read: Sequence[LineReading]) -> bool:
    """Tell whether lines of a layer say what is read on the page, where the reading itself is sure."""
    errors, count = 0, 0
    for one, other in zip(layer, read, strict=True):
        left, _ = _fold(one)
        right, is_sure = _fold(other)
        count += len(right)
        for step in Levenshtein.opcodes(left, right):
            if step.tag != "equal" and all(is_sure[step.dest_start : step.dest_end]):
                errors += max(step.src_end - step.src_start, step.dest_end - step.dest_start)
    return errors <= _MOST_ERRORS * count


def _fold(reading: LineReading) -> tuple[str, list[bool]]:
    """Return a line without spaces and width, and whether each character of it is sure."""
    text, is_sure = "", []
    for char, score in zip(reading.text, reading.scores.tolist(), strict=True):
        folded = fold(char).replace(" ", "")
        text += folded
        is_sure.extend([score >= _SURE] * len(folded))
    return text, is_sure
