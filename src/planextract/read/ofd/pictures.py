"""A page that is pictures only, drawn for the scan reader."""

from __future__ import annotations

import math
from collections.abc import Callable

import cv2
import numpy as np

from planextract.errors import InputError
from planextract.model.page import PageArrays
from planextract.read.ofd.geometry import POINTS_PER_INCH
from planextract.read.ofd.page import Picture
from planextract.read.scan.image import DPI_RANGE, MAX_RENDERED, PageImage, Pixels, decode_pictures

_MAX_PICTURES = 64


def draw_pictures(
    page: PageArrays, pictures: tuple[Picture, ...], load: Callable[[str], bytes], name: str
) -> PageImage | None:
    """Draw the pictures of a page at the resolution of the finest one, within the scan reader's range.

    Args:
        page: The page's size in points.
        pictures: In drawing order; one of a kind that cannot be decoded is left out.
        load: Gives the bytes of a picture.
        name: The file's name, for messages.

    Returns:
        The page as pixels; None if none of its pictures can be decoded.
    """
    decoded = [(_decode(load, picture.path, name), picture) for picture in pictures[:_MAX_PICTURES]]
    found = [(pixels, picture) for pixels, picture in decoded if pixels is not None]
    if not found or min(page.width, page.height) < 1:
        return None
    dpi = min(max(DPI_RANGE[0], *(_find_dpi(pixels, picture) for pixels, picture in found)), DPI_RANGE[1])
    area = page.width * page.height * (dpi / POINTS_PER_INCH) ** 2
    dpi *= min(1.0, math.sqrt(MAX_RENDERED / area))
    scale = dpi / POINTS_PER_INCH
    size = (max(1, round(page.width * scale)), max(1, round(page.height * scale)))
    canvas: Pixels = np.full((size[1], size[0], 3), 255, dtype=np.uint8)
    for pixels, picture in found:
        height, width = pixels.shape[:2]
        a, b, c, d, e, f = (value * scale for value in picture.matrix)
        place = np.array([[a / width, c / height, e], [b / width, d / height, f]], dtype=np.float64)
        cv2.warpAffine(pixels, place, size, dst=canvas, flags=cv2.INTER_LINEAR, borderMode=cv2.BORDER_TRANSPARENT)
    return PageImage(page_number=page.page_number, pixels=canvas, dpi=dpi)


def _decode(load: Callable[[str], bytes], path: str, name: str) -> Pixels | None:
    try:
        return next(decode_pictures(load(path), name)).pixels
    except InputError as exc:
        if exc.code == "read.damaged":
            return None
        raise


def _find_dpi(pixels: Pixels, picture: Picture) -> float:
    a, b, c, d, _, _ = picture.matrix
    area = abs(a * d - b * c)
    height, width = pixels.shape[:2]
    return math.sqrt(width * height / area) * POINTS_PER_INCH if area > 1 else 0.0
