"""Take out what is no print: red seals (not the black text under them), shadows, the paper's color."""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np

from planextract.read.scan.image import Pixels

_RED = 36  # red above the other channels: ink, not paper
_SEAL_MM = (15.0, 70.0)  # seals of state bodies are 38 to 50 mm wide (GB 9704: not more than 50), company marks less
_SEAL_ASPECT = 1.7
_INK_SHARE = (0.01, 0.75)  # of a seal's box: a ring with characters and a star; a filled box is a picture


@dataclass(frozen=True, slots=True, kw_only=True)
class CleanPage:
    """A page in gray, paper white (255), with the boxes (x0, top, x1, bottom in pixels) of the seals taken out."""

    gray: Pixels
    seals: tuple[tuple[int, int, int, int], ...]


def clean_page(pixels: Pixels, dpi: float) -> CleanPage:
    """Take seals and shadows out of a page.

    Where a seal stands, the red channel is what is kept: red ink is as bright as paper in it, black ink is dark.
    A red letterhead is no seal: it is wider than high.

    Args:
        pixels: Height × width × 3, BGR.
        dpi: Pixels an inch.
    """
    gray = np.asarray(cv2.cvtColor(pixels, cv2.COLOR_BGR2GRAY), dtype=np.uint8)
    seals = _find_seals(pixels, dpi)
    for x0, top, x1, bottom in seals:
        part = pixels[top:bottom, x0:x1]
        red = cv2.GaussianBlur(_redness(part), (5, 5), 0)
        near = cv2.dilate((red > _RED // 3).astype(np.uint8), np.ones((3, 3), np.uint8))
        channel = np.asarray(part[:, :, 2])
        # Ink of the seal is rarely pure: what is as bright in red as the seal itself becomes paper.
        ink = channel[red > _RED]
        level = float(np.percentile(ink, 25)) if len(ink) else 200.0
        lifted = np.clip(channel.astype(np.float32) * (255.0 / max(level, 90.0)), 0, 255).astype(np.uint8)
        gray[top:bottom, x0:x1] = np.where(near > 0, lifted, gray[top:bottom, x0:x1])
    return CleanPage(gray=flatten_light(gray, dpi), seals=seals)


def flatten_light(gray: Pixels, dpi: float) -> Pixels:
    """Divide by the brightness of the paper around: shadows and yellowed paper become white.

    The paper is what is brightest within about 5 mm, seen at an eighth of the size.
    """
    small = cv2.resize(gray, None, fx=0.125, fy=0.125, interpolation=cv2.INTER_AREA)
    reach = max(3, round(dpi / 8 / 25.4 * 10)) | 1
    paper = cv2.morphologyEx(small, cv2.MORPH_CLOSE, np.ones((reach, reach), np.uint8))
    paper = cv2.GaussianBlur(paper, (reach, reach), 0)
    if float(paper.min()) > 244:
        return gray
    full = cv2.resize(paper, (gray.shape[1], gray.shape[0]), interpolation=cv2.INTER_LINEAR)
    return np.asarray(cv2.divide(gray, np.maximum(full, 40), scale=252.0), dtype=np.uint8)


def _redness(pixels: Pixels) -> Pixels:
    """Return how far red stands above the other channels, 0 to 255."""
    others = cv2.max(pixels[:, :, 0], pixels[:, :, 1])
    return np.asarray(cv2.subtract(pixels[:, :, 2], others), dtype=np.uint8)


def _find_seals(pixels: Pixels, dpi: float) -> tuple[tuple[int, int, int, int], ...]:
    """Find seals by color and shape, at a quarter of the size."""
    small = cv2.resize(pixels, None, fx=0.25, fy=0.25, interpolation=cv2.INTER_AREA)
    mask = (_redness(np.asarray(small, dtype=np.uint8)) > _RED).astype(np.uint8)
    if int(mask.sum()) < 40:
        return ()
    per_mm = dpi / 4 / 25.4
    reach = max(3, round(3.0 * per_mm))
    closed = cv2.morphologyEx(mask, cv2.MORPH_CLOSE, np.ones((reach, reach), np.uint8))
    count, _, stats, _ = cv2.connectedComponentsWithStats(closed)
    seals = []
    for x, y, width, height, _ in stats[1:count].tolist():
        side, other = max(width, height), min(width, height)
        if not (_SEAL_MM[0] * per_mm <= side <= _SEAL_MM[1] * per_mm and side <= _SEAL_ASPECT * other):
            continue
        share = float(mask[y : y + height, x : x + width].mean())
        if _INK_SHARE[0] <= share <= _INK_SHARE[1]:
            pad = 3
            seals.append((max(0, 4 * (x - pad)), max(0, 4 * (y - pad)), 4 * (x + width + pad), 4 * (y + height + pad)))
    limit_x, limit_y = pixels.shape[1], pixels.shape[0]
    return tuple(sorted((x0, top, min(x1, limit_x), min(bottom, limit_y)) for x0, top, x1, bottom in seals))
