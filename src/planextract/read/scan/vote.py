"""Read doubtful lines again at another size and sharpness, and vote character by character."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import cv2
import numpy as np
from rapidfuzz.distance import Levenshtein

from planextract.model.page import Floats
from planextract.read.scan.image import Pixels
from planextract.read.scan.ocr import LineReading, OcrEngine
from planextract.read.scan.segment import TextLines, cut_crop

_DOUBT_LEAST, _DOUBT_MEAN = 0.6, 0.93
_MOST_SHARE = 0.35  # of a page's lines are read again, the most doubtful ones first
_DISPUTED = 0.75  # the score of a character that only one reading has
_ADDED = 0.5  # score from which on a character that only one reading has is believed
_GAP_EM = 1.62  # between the centers of neighbours: something stands between them


@dataclass(frozen=True, slots=True)
class Rereader:
    """Holds what a page's doubtful lines are read with the second time."""

    engines: tuple[OcrEngine, ...]

    def improve(
        self, gray: Pixels, ink: Pixels, lines: TextLines, regions: Floats, readings: Sequence[LineReading]
    ) -> list[LineReading]:
        """Return the readings, those of doubtful lines settled by a vote.

        Args:
            gray: The page with its rules whitened.
            ink: 1 where text is.
            lines: N lines.
            regions: Boxes in pixels that lines may not leave.
            readings: N first readings.
        """
        out = list(readings)
        doubts = [(_doubt(r, ink, box, lines.em), i) for i, (r, box) in enumerate(zip(out, lines.boxes, strict=True))]
        chosen = sorted((doubt, i) for doubt, i in doubts if doubt < 1.0)[: max(3, int(_MOST_SHARE * len(out)))]
        for engine in self.engines:
            again = [i for _, i in chosen]
            crops = [
                _sharpen(cut_crop(gray, lines.boxes[i], lines.em, regions[lines.region[i]], pad=0.22)) for i in again
            ]
            for index, second in zip(again, engine.read_lines(crops), strict=True):
                out[index] = merge_readings(out[index], second)
        return out


def make_rereader(engine: OcrEngine) -> Rereader:
    """Return what doubtful lines are read with after an engine has read them."""
    return Rereader(engines=(engine,))


def _doubt(reading: LineReading, ink: Pixels, box: Floats, em: float) -> float:
    """Return how doubtful a line is: 1 and more not at all."""
    doubt = min(reading.least / _DOUBT_LEAST, reading.mean / _DOUBT_MEAN)
    return min(doubt, 0.5) if find_gaps(reading, ink, box, em) else doubt


def find_gaps(reading: LineReading, ink: Pixels, box: Floats, em: float) -> list[int]:
    """Return the places (indexes of the character before) where ink stands that no character explains."""
    x0, top, x1, bottom = (int(v) for v in box)
    printed = [place for place, char in enumerate(reading.text) if char != " "]
    centers = x0 + reading.centers[printed] * (x1 - x0)
    gaps = []
    for index in np.flatnonzero(np.diff(centers) > _GAP_EM * em).tolist():
        low, high = int(centers[index] + 0.6 * em), int(centers[index + 1] - 0.6 * em)
        if high > low and ink[top:bottom, low:high].any(axis=0).sum() > 0.25 * em:
            gaps.append(printed[index])
    return gaps


def _sharpen(crop: Pixels) -> Pixels:
    if not crop.size:
        return crop
    soft = cv2.GaussianBlur(crop, (0, 0), 1.5)
    return np.asarray(cv2.addWeighted(crop, 1.6, soft, -0.6, 0), dtype=np.uint8)


def merge_readings(first: LineReading, second: LineReading) -> LineReading:
    """Merge two readings of one line: where they differ, the surer one of each stretch counts.

    A character that only one of them has stays if that reading is sure of it. What is disputed loses score.
    """
    if not second.text or first.text == second.text:
        if first.text == second.text and first.text:
            scores = np.maximum(first.scores, second.scores)
            return LineReading(text=first.text, scores=scores, centers=first.centers, others=first.others)
        return first
    if not first.text:
        return second if second.mean > _ADDED else first
    parts: list[tuple[LineReading, int, int, float]] = []
    for step in Levenshtein.opcodes(first.text, second.text):
        tag, a0, a1, b0, b1 = step.tag, step.src_start, step.src_end, step.dest_start, step.dest_end
        if tag == "equal":
            parts.append((first, a0, a1, 1.0))
            continue
        own, other = _strength(first, a0, a1), _strength(second, b0, b1)
        if tag == "delete":
            if own > _ADDED or first.text[a0:a1].isspace():
                parts.append((first, a0, a1, _DISPUTED))
        elif tag == "insert":
            if other > _ADDED and not second.text[b0:b1].isspace():
                parts.append((second, b0, b1, _DISPUTED))
        elif own >= other:
            parts.append((first, a0, a1, _DISPUTED))
        else:
            parts.append((second, b0, b1, _DISPUTED))
    surer = _surer_scores(first, second)
    voted = [
        (surer if reading is first and weight == 1.0 else reading.scores)[a:b] * np.float32(weight)
        for reading, a, b, weight in parts
    ]
    return LineReading(
        text="".join(reading.text[a:b] for reading, a, b, _ in parts),
        scores=np.concatenate(voted or [_NONE]),
        centers=np.concatenate([reading.centers[a:b] for reading, a, b, _ in parts] or [_NONE]),
        others=tuple(
            reading.others[place] if reading.others else "" for reading, a, b, _ in parts for place in range(a, b)
        ),
    )


_NONE = np.empty(0, dtype=np.float32)


def _surer_scores(first: LineReading, second: LineReading) -> Floats:
    """Return the first reading's scores, raised where the second one agrees and is surer."""
    scores = first.scores.copy()
    for step in Levenshtein.opcodes(first.text, second.text):
        if step.tag == "equal":
            own = slice(step.src_start, step.src_end)
            scores[own] = np.maximum(scores[own], second.scores[step.dest_start : step.dest_end])
    return scores


def _strength(reading: LineReading, start: int, end: int) -> float:
    if end <= start:
        return 0.0
    # A space is no print: any character that is half sure outweighs it.
    return 0.3 if reading.text[start:end].isspace() else float(reading.scores[start:end].mean())
