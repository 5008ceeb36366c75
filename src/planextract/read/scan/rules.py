"""Rules of a page image: thin, faint, broken, dashed and double ones, as strokes for the lattice."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from planextract.model.page import Bools, Floats
from planextract.read.scan.image import Pixels
from planextract.read.scan.ridges import find_ridges
from planextract.read.scan.sides import Rule, group_pieces, settle

_ROUNDS = 4
_UNBROKEN_PT = 24.0  # of an upright rule: no stroke of a character in a table is so long (a dash is, lying)
_PAPER = 150  # brighter is paper, or print that is too faint for rules
_EDGE = 0.35  # of a rule's darkness: where its ink ends
_AS_DARK = 0.55
_GAP_PT = 1.3  # between the lines of a double rule; text keeps more distance
_WIDEST_PT = 2.6  # from the middle of a rule to where its ink ends


@dataclass(frozen=True, slots=True, kw_only=True)
class Rules:
    """Strokes in pixels, N × 4 of x0, top, x1, bottom; ``mask`` is 255 where their ink is."""

    horizontals: Floats
    verticals: Floats
    mask: Pixels


def find_rules(gray: Pixels, dpi: float) -> Rules:
    """Find the rules of a straightened page.

    Pieces of line give the places of rules. The long ones are sure; others are if a stretch of theirs between two
    sure ones is ruled beyond doubt. Each stretch between two crossings is judged by itself.
    """
    scale = dpi / 72
    noise = _measure_noise(gray)
    dark = np.asarray(255 - gray, dtype=np.uint8)
    turned = np.ascontiguousarray(dark.T)
    flat, tall = find_ridges(dark, scale, noise), find_ridges(turned, scale, noise)
    rows, columns = group_pieces(flat, scale), group_pieces(tall, scale)
    sure_rows, sure_columns = [r for r in rows if r.solid.any()], [r for r in columns if r.solid.any()]
    for _ in range(_ROUNDS):
        count = len(sure_rows), len(sure_columns)
        row_strokes, column_strokes = (
            settle(flat, rows, sure_columns, scale),
            settle(tall, columns, sure_rows, scale, _UNBROKEN_PT),
        )
        sure_rows, sure_columns = _choose(rows, row_strokes), _choose(columns, column_strokes)
        if (len(sure_rows), len(sure_columns)) == count:
            break
    mask = _draw(dark, rows, row_strokes, scale) | _draw(turned, columns, column_strokes, scale).T
    none = np.empty((0, 4), dtype=np.float32)
    verticals = np.concatenate([none, *column_strokes])[:, [1, 0, 3, 2]]
    return Rules(horizontals=np.concatenate([none, *row_strokes]), verticals=verticals, mask=mask)


def _choose(rules: list[Rule], strokes: list[Floats]) -> list[Rule]:
    return [rule for rule, found in zip(rules, strokes, strict=True) if len(found)]


def _measure_noise(gray: Pixels) -> float:
    """Return the standard deviation of a page's grain, measured on bright paper (Immerkær's Laplacian)."""
    part = gray[:: max(1, gray.shape[0] // 1200)]
    grain = np.abs(np.diff(part.astype(np.int16), n=2, axis=1))
    paper = (part[:, 1:-1] > _PAPER) & (part[:, 1:-1] < 255)
    return float(np.median(grain[paper])) / 1.65 if paper.mean() > 0.2 else 0.0


def _draw(dark: Pixels, rules: list[Rule], strokes: list[Floats], scale: float) -> Pixels:
    """Return 255 where the ink of rules is: along each stroke as far to both sides as it stays dark."""
    out = np.zeros(dark.shape[:2], dtype=np.uint8)
    reach, gap = round(_WIDEST_PT * scale), max(2, round(_GAP_PT * scale))
    for rule, found in zip(rules, strokes, strict=True):
        for x0, _, x1, _ in found.tolist():
            step = max(1, round(30 * scale))
            # A rule ends at the far side of the one that it meets.
            first, last = max(0, round(x0) - gap), min(dark.shape[1], round(x1) + gap + 1)
            for start in range(first, last, step):
                end = min(start + step, last)
                row = round(float(np.interp((start + end) / 2, rule.middles, rule.offsets)))
                low, high = max(0, row - reach), min(len(dark), row + reach + 1)
                top, bottom = _find_ink(dark[low:high, start:end], row - low, gap)
                out[low + top : low + bottom, start:end] = 255
    return out


def _find_ink(part: Pixels, middle: int, gap: int) -> tuple[int, int]:
    """Return the first and the last row (half-open) of the ink around the middle row of a stretch of rule.

    A line as dark that stands no more than ``gap`` rows away is the other one of a double rule.
    """
    profile = part.mean(axis=1, dtype=np.float32) if part.size else np.zeros(0, dtype=np.float32)
    if not len(profile):
        return 0, 0
    low, high = max(0, middle - gap), min(len(profile), middle + gap + 1)
    peak = low + int(np.argmax(profile[low:high]))
    ink = profile > _EDGE * float(profile[peak])
    lines = profile > _AS_DARK * float(profile[peak])
    top, bottom = _reach(ink[peak::-1], lines[peak::-1], gap), _reach(ink[peak:], lines[peak:], gap)
    return max(0, min(peak - top + 1, middle - 1)), max(peak + bottom, middle + 2)


def _reach(ink: Bools, lines: Bools, gap: int) -> int:
    """Return how many rows from the first one on are ink, a narrow gap before another line closed."""
    end = 1
    while end < len(ink):
        if ink[end]:
            end += 1
            continue
        ahead = np.flatnonzero(lines[end : end + gap])
        if not len(ahead):
            break
        end += int(ahead[0]) + 1
    return end
