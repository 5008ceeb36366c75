"""Rules of a page image by morphology: thin, faint, broken and dashed ones, as strokes for the lattice."""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np

from planextract.model.page import Bools, Floats
from planextract.read.scan.image import Pixels

_PIECE_PT = 10.0  # an unbroken stretch: longer than the strokes of body text
_HEAL_PT = 0.8  # specks and scratches through a rule
_DASH_PT = 3.0  # gaps of a dashed rule
_DASHED_PIECE_PT = 18.0
_QUIET = 4.0  # gray levels of grain that need no smoothing
_CONTRAST = 26  # below the paper: faded print
_THICKNESS_PT = 4.5  # thicker is a bar or a picture
_LENGTH_PT = 12.0
_SURE_PT = 60.0  # no stroke of a character is so long
_MEET_PT = 2.2  # the text of a cell keeps more distance from its sides
_BESIDE_PT = 1.4  # beside a rule the paper is white this far
_BESIDE_SHARE = 0.24  # of the rule's darkness: crossing rules, grain and blur
_SAME_PT = 1.8  # pieces of one rule stand in line
_GAP_PT = 28.0  # the longest gap in a broken rule
_NO_BOXES = np.empty((0, 4), dtype=np.float32)


@dataclass(frozen=True, slots=True, kw_only=True)
class Rules:
    """Strokes in pixels, N × 4 of x0, top, x1, bottom; ``mask`` is 255 where their ink is."""

    horizontals: Floats
    verticals: Floats
    mask: Pixels


def find_rules(gray: Pixels, dpi: float) -> Rules:
    """Find the rules of a straightened page.

    A rule is dark without a gap for 10 pt, thin, and long or ended by others. If a page shows less than two of
    each direction that way, its rules are looked for once more as dashed ones.
    """
    dark = np.asarray(255 - gray, dtype=np.uint8)
    noise = _measure_noise(gray)
    if noise > _QUIET:
        dark = np.asarray(cv2.GaussianBlur(dark, (3, 3), 0), dtype=np.uint8)
    contrast = max(_CONTRAST, 2.5 * noise)
    rules = _find(dark, dpi, _HEAL_PT, _PIECE_PT, contrast)
    if min(len(rules.horizontals), len(rules.verticals)) < 2:
        dashed = _find(dark, dpi, _DASH_PT, _DASHED_PIECE_PT, contrast)
        if min(len(dashed.horizontals), len(dashed.verticals)) >= 2:
            return dashed
    return rules


def _measure_noise(gray: Pixels) -> float:
    """Return the standard deviation of a page's grain, measured on bright paper (Immerkær's Laplacian)."""
    part = gray[:: max(1, gray.shape[0] // 1200)]
    grain = np.abs(np.diff(part.astype(np.int16), n=2, axis=1))
    paper = (part[:, 1:-1] > 150) & (part[:, 1:-1] < 255)
    return float(np.median(grain[paper])) / 1.65 if paper.mean() > 0.2 else 0.0


def _find(dark: Pixels, dpi: float, heal_pt: float, piece_pt: float, contrast: float) -> Rules:
    scale = dpi / 72
    flat, flat_mask = _find_pieces(dark, scale, (heal_pt, piece_pt), contrast, is_horizontal=True)
    tall, tall_mask = _find_pieces(dark, scale, (heal_pt, piece_pt), contrast, is_horizontal=False)
    for _ in range(3):
        kept_flat = _keep(flat, tall, scale, is_horizontal=True)
        kept_tall = _keep(tall, flat, scale, is_horizontal=False)
        if kept_flat.all() and kept_tall.all():
            break
        flat, tall = flat[kept_flat], tall[kept_tall]
    flat_all = _bridge(flat, tall, scale, is_horizontal=True)
    tall_all = _bridge(tall, flat, scale, is_horizontal=False)
    mask = _draw(dark.shape[:2], flat, flat_mask) | _draw(dark.shape[:2], tall, tall_mask)
    return Rules(horizontals=flat_all, verticals=tall_all, mask=mask)


def _find_pieces(
    dark: Pixels, scale: float, lengths_pt: tuple[float, float], contrast: float, *, is_horizontal: bool
) -> tuple[Floats, Pixels]:
    """Find straight stretches of one direction with the mask of their ink."""
    heal, length = max(1, round(lengths_pt[0] * scale)), max(12, round(lengths_pt[1] * scale))
    heal += 1 - heal % 2
    across = (3, 1) if is_horizontal else (1, 3)
    # A rule that leans by a pixel over its length must not fall apart.
    thick = cv2.dilate(dark, np.ones(across, np.uint8))
    if heal > 1:
        thick = cv2.morphologyEx(thick, cv2.MORPH_CLOSE, _line(heal, is_horizontal=is_horizontal))
    opened = cv2.morphologyEx(thick, cv2.MORPH_OPEN, _line(length, is_horizontal=is_horizontal))
    mask = (opened > contrast).astype(np.uint8)
    count, labels, stats, _ = cv2.connectedComponentsWithStats(mask, connectivity=8)
    if count < 2:
        return _NO_BOXES, mask
    x, y, width, height, area = stats[1:].T.astype(np.float32)
    long_side, short_side = (width, height) if is_horizontal else (height, width)
    thickness = area / np.maximum(long_side, 1.0)
    is_thin = (thickness <= _THICKNESS_PT * scale) & (short_side < 0.2 * long_side + 4)
    is_rule = (long_side >= _LENGTH_PT * scale) & is_thin
    boxes = np.stack([x, y, x + width, y + height], axis=1)
    is_rule[is_rule] = _stand_alone(dark, boxes[is_rule], scale, is_horizontal=is_horizontal)
    boxes = boxes[is_rule]
    # Components hang together where rules touch filled areas; those that are too thick leave the mask.
    keep = np.concatenate([[False], is_rule])
    return boxes, np.asarray(keep[labels], dtype=np.uint8)


def _stand_alone(dark: Pixels, boxes: Floats, scale: float, *, is_horizontal: bool) -> Bools:
    """Tell rules from strokes of characters in a row: along a rule the paper is white on both sides."""
    reach = max(3, round(_BESIDE_PT * scale))
    page = dark if is_horizontal else dark.T
    out = np.zeros(len(boxes), dtype=bool)
    for index, (x0, top, x1, bottom) in enumerate(
        boxes[:, [0, 1, 2, 3] if is_horizontal else [1, 0, 3, 2]].astype(int)
    ):
        own = float(page[top:bottom, x0:x1].mean(axis=1).max())
        sides = page[max(0, top - reach) : max(0, top - 1), x0:x1], page[bottom + 1 : bottom + reach, x0:x1]
        out[index] = all(float(side.mean()) <= _BESIDE_SHARE * own for side in sides if side.size)
    return out


def _line(length: int, *, is_horizontal: bool) -> Pixels:
    return np.ones((1, length) if is_horizontal else (length, 1), np.uint8)


def _keep(own: Floats, others: Floats, scale: float, *, is_horizontal: bool) -> Bools:
    """Tell which strokes are rules: very long ones, and shorter ones that end at others on both sides."""
    if not len(own):
        return np.zeros(0, dtype=bool)
    low, high, a, b = (0, 2, 1, 3) if is_horizontal else (1, 3, 0, 2)
    length = own[:, high] - own[:, low]
    middle = (own[:, a] + own[:, b]) / 2
    reach = _MEET_PT * scale
    if not len(others):
        return np.asarray(length >= _SURE_PT * scale)
    at = (others[:, low] + others[:, high]) / 2
    spans = (others[:, a] - reach <= middle[:, None]) & (others[:, b] + reach >= middle[:, None])
    starts = (spans & (np.abs(at - own[:, low, None]) <= reach)).any(axis=1)
    ends = (spans & (np.abs(at - own[:, high, None]) <= reach)).any(axis=1)
    is_rule = (starts & ends) | (length >= _SURE_PT * scale)
    # A piece of a broken rule ends in the open on one side, but stands in line with the rest of its rule.
    in_line = (np.abs(middle[:, None] - middle) <= _SAME_PT * scale) @ length
    return np.asarray(is_rule | (in_line >= _SURE_PT * scale))


def _bridge(own: Floats, others: Floats, scale: float, *, is_horizontal: bool) -> Floats:
    """Close the gaps of broken rules: one that breaks off in the open goes on to its next piece or its crossing.

    A rule that ends at another one ends there: beyond may lie a merged cell.
    """
    if not len(own) or not len(others):
        return own
    low, high, a, b = (0, 2, 1, 3) if is_horizontal else (1, 3, 0, 2)
    middle = (own[:, a] + own[:, b]) / 2
    at = (others[:, low] + others[:, high]) / 2
    reach, gap_limit = _MEET_PT * scale, _GAP_PT * scale
    added: list[list[float]] = []

    def meets(place: float, y: float) -> bool:
        near = (np.abs(at - place) <= reach) & (others[:, a] - reach <= y) & (others[:, b] + reach >= y)
        return bool(near.any())

    for index, box in enumerate(own.tolist()):
        y = float(middle[index])
        same = np.abs(middle - y) <= _SAME_PT * scale
        for end, sign in ((box[high], 1.0), (box[low], -1.0)):
            if meets(end, y):
                continue
            starts = own[same, low if sign > 0 else high]
            ahead = (starts - end) * sign
            nearest = float(ahead[ahead > 0].min()) if (ahead > 0).any() else np.inf
            crossing = (at - end) * sign
            fits = (crossing > 0) & (others[:, a] - reach <= y) & (others[:, b] + reach >= y)
            nearest = min(nearest, float(crossing[fits].min()) if fits.any() else np.inf)
            if nearest <= gap_limit:
                piece = list(box)
                piece[low], piece[high] = min(end, end + sign * nearest), max(end, end + sign * nearest)
                added.append(piece)
    return np.concatenate([own, np.array(added, dtype=np.float32)]) if added else own


def _draw(shape: tuple[int, ...], boxes: Floats, mask: Pixels) -> Pixels:
    """Return the mask's ink inside the boxes that were kept."""
    out = np.zeros(shape, dtype=np.uint8)
    for x0, top, x1, bottom in boxes.astype(int).tolist():
        part = mask[top:bottom, x0:x1]
        out[top:bottom, x0:x1] |= part * np.uint8(255)
    return out
