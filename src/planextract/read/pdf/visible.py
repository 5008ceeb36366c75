"""Which characters of a page nobody sees: too small to be read, or covered by what is drawn later."""

from __future__ import annotations

import ctypes
import math
from dataclasses import dataclass

import numpy as np
from pypdfium2 import raw

from planextract.model.page import Bools, Floats, Ints
from planextract.read.pdf import calls
from planextract.read.pdf.boxes import Box

_TINY_PT, _TINY_SHARE = 2.0, 0.25  # a smaller letter beside letters four times as large is there for machines only
_MARGIN = 0.25  # share of a letter's box that may stand out of what covers it
_HYPHEN_CODE, _OTHER_CODE, _LAST_CONTROL = 2, 0xFFFE, 31
_BLANK = (9, 10, 13)
_NO_CODE = 0xFFFD


@dataclass(frozen=True, slots=True)
class Cover:
    """An opaque area drawn after text: its place among the page's objects, its box, and whether it blackens."""

    place: int
    box: Box
    is_dark: bool


def read_controls(textpage: int | None, codes: Ints) -> None:
    """Say what stands where pdfium gives no character; ``codes`` is changed in place.

    A hyphen that ends a line has a code of pdfium's own: it is printed, and stays (2023-2025 may be cut behind it).
    Whatever else a font gives a control code is a letter that nobody can name.
    """
    found = np.flatnonzero(((codes <= _LAST_CONTROL) & ~np.isin(codes, _BLANK)) | (codes == _OTHER_CODE))
    for index in found.tolist():
        is_hyphen = codes[index] in (_HYPHEN_CODE, _OTHER_CODE) and calls.is_hyphen(textpage, index)
        codes[index] = ord("-") if is_hyphen else _NO_CODE


def find_tiny(textpage: int | None, printed: Ints, rects: Floats, usual: float) -> Bools:
    """Tell which characters are too small to be read: by their box (of N × 4 boxes), then by their font's size."""
    own = rects[printed]
    limit = min(_TINY_PT, _TINY_SHARE * usual)
    tiny: Bools = (own[:, 1] - own[:, 3] < limit) & (own[:, 2] - own[:, 0] < limit)
    if tiny.any():
        matrix, size = raw.FS_MATRIX(), calls.get_font_size
        for at in np.flatnonzero(tiny).tolist():
            index = int(printed[at])
            has_matrix = calls.get_char_matrix(textpage, index, ctypes.addressof(matrix))
            em = size(textpage, index) * max(math.hypot(matrix.a, matrix.b), math.hypot(matrix.c, matrix.d))
            tiny[at] = bool(has_matrix) and 0 < em < limit
    return tiny


def find_covered(
    textpage: int | None, printed: Ints, rects: Floats, order: dict[int, int], covers: list[Cover]
) -> tuple[Bools, Bools]:
    """Tell which characters are covered by what is drawn after them, and which of these are blackened.

    Args:
        textpage: pdfium's text of the page.
        printed: The characters' numbers in it.
        rects: Boxes of all characters, left, top, right, bottom; origin bottom left.
        order: The place of each text object among the page's objects.
        covers: The areas drawn after text.
    """
    own = rects[printed]
    wide, high = _MARGIN * (own[:, 2] - own[:, 0]), _MARGIN * (own[:, 1] - own[:, 3])
    covered, dark = np.zeros(len(printed), dtype=bool), np.zeros(len(printed), dtype=bool)
    places: dict[int, int] = {}
    for cover in covers:
        left, bottom, right, top = cover.box
        is_inside = (own[:, 0] + wide >= left) & (own[:, 2] - wide <= right)
        is_inside &= (own[:, 3] + high >= bottom) & (own[:, 1] - high <= top)
        for at in np.flatnonzero(is_inside).tolist():
            if at not in places:
                places[at] = order.get(calls.get_text_object(textpage, int(printed[at])), cover.place)
            if places[at] < cover.place:
                covered[at], dark[at] = True, dark[at] or cover.is_dark
    return covered, dark


def list_patched(covers: list[Cover], rects: Floats, codes: Ints, covered: Bools) -> list[Box]:
    """Return the areas below which other text lies than is seen there: a page drawn twice says the same twice."""
    middle_x, middle_y = (rects[:, 0] + rects[:, 2]) / 2, (rects[:, 1] + rects[:, 3]) / 2
    found = []
    for cover in covers if covered.any() else ():
        left, bottom, right, top = cover.box
        inside = (middle_x > left) & (middle_x < right) & (middle_y > bottom) & (middle_y < top)
        if not set(codes[inside & covered].tolist()) <= set(codes[inside & ~covered].tolist()):
            found.append(cover.box)
    return found
