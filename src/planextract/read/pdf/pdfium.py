"""The thin door to pdfium: one page → arrays.

Calls go straight to the C functions with integer addresses of NumPy memory: no object per character, no
conversion per argument. pdfium is not thread-safe; one document is read by one thread.
"""

from __future__ import annotations

import ctypes
import math
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import repeat

import numpy as np
import pypdfium2 as pdfium
from pypdfium2 import raw

from planextract.errors import InputError
from planextract.layout.prepare import prepare_page
from planextract.model.page import Bools, Floats, Ints, PageArrays
from planextract.read.pdf import calls
from planextract.read.pdf.annotations import show_annotations
from planextract.read.pdf.askew import find_upright, turn_boxes
from planextract.read.pdf.boxes import area_of, make_boxes, merge_short
from planextract.read.pdf.layers import find_switched_off, has_layers
from planextract.read.pdf.page_objects import MAX_OBJECTS, MAX_PIXELS, PageObjects, PageView, read_objects
from planextract.read.pdf.visible import find_covered, find_tiny, list_patched, read_controls
from planextract.read.watch import begin_page
from planextract.settings import ReadSettings
from planextract.text.symbols import find_symbol

_COVER_SHARE = 0.8  # of the page: a picture of this size is the page itself
_STRAIGHT = 0.2  # share of upright characters from which on slanted ones are a watermark
_SLANTED_HEIGHT = 1.25  # of the usual height: the box of a character turned by 20 degrees or more
_NO_CODE = 0xFFFD
_LAST_CODE = 0x10FFFF
_TALL = 1.8  # of the usual height, and of the font's size: no box of a letter is so high
_ASCENT, _DESCENT = 0.88, 0.12  # of the size, above and below the base line
_NAME_BYTES = 128
_WINDOW_PAGES = 64
_MAX_SIDE_PT = 14_400.0  # the largest page that PDF allows
_NO_FLOATS = np.empty((0, 4), dtype=np.float32)


@contextmanager
def open_pdf(data: bytes, name: str) -> Iterator[pdfium.PdfDocument]:
    """Open a PDF from its bytes.

    Raises:
        InputError: If it is encrypted or damaged beyond reading.
    """
    try:
        document = pdfium.PdfDocument(data)
    except pdfium.PdfiumError as exc:
        if "password" in str(exc).lower():
            raise InputError(
                "read.encrypted",
                "the PDF is protected by a password",
                file=name,
                advice="Save it without protection, then run again.",
            ) from exc
        raise InputError(
            "read.damaged",
            "the PDF is damaged beyond reading",
            file=name,
            advice="Open and save it again with another program, or get it anew.",
        ) from exc
    try:
        yield document
    finally:
        document.close()


def count_pages(data: bytes, name: str) -> int:
    """Return the number of pages of a PDF.

    Raises:
        InputError: If it is encrypted or damaged beyond reading.
    """
    with open_pdf(data, name) as document:
        return len(document)


def read_pages(data: bytes, name: str, page_count: int, settings: ReadSettings) -> Iterator[PageArrays]:
    """Read all pages in order, but those that whoever watches leaves out.

    The document is opened anew every 64 pages: pdfium keeps what it parsed until it is closed, 0.2 MB a page.

    Raises:
        InputError: If a page cannot be read.
    """
    is_layered = has_layers(data)
    for first in range(0, page_count, _WINDOW_PAGES):
        with open_pdf(data, name) as document:
            for index in range(first, min(first + _WINDOW_PAGES, page_count)):
                if begin_page(index + 1, page_count):
                    limits = (settings.max_page_objects, settings.max_image_pixels)
                    yield read_page(document, index, name, *limits, is_layered=is_layered)


def read_page(
    document: pdfium.PdfDocument,
    index: int,
    name: str,
    max_objects: int = MAX_OBJECTS,
    max_pixels: int = MAX_PIXELS,
    *,
    is_layered: bool = False,
) -> PageArrays:
    """Read a page's characters and rulings.

    Args:
        document: Open document.
        index: Page index from 0.
        name: The file's name, for messages.
        max_objects: Most objects on the page.
        max_pixels: Most pixels of one of its pictures.
        is_layered: Whether the document has layers, some of which may be switched off.

    Raises:
        InputError: If pdfium cannot load the page or it has too many objects.
    """
    try:
        page = document[index]
    except pdfium.PdfiumError as exc:
        raise InputError(
            "read.damaged_page",
            "the page cannot be read",
            file=name,
            page=index + 1,
            advice="Open and save the PDF again with another program.",
        ) from exc
    page = show_annotations(document, page, index)
    try:
        left, bottom, right, top = page.get_cropbox(fallback_ok=True)
        handle = ctypes.cast(page.raw, ctypes.c_void_p).value
        off = find_switched_off(page) if is_layered else frozenset()
        textpage = page.get_textpage()
        try:
            text = ctypes.cast(textpage.raw, ctypes.c_void_p).value
            upright = find_upright(text, (left, bottom, right, top))
            objects = read_objects(handle, name, index + 1, max_objects, max_pixels, PageView(off=off, upright=upright))
            codes, boxes, hidden, angle, layer, is_colored = _read_characters(text, objects)
            boxes = turn_boxes(boxes, upright)
        finally:
            textpage.close()
        # A page turned for display was written to be read so: the text's own direction says it all.
        turns = angle if len(codes) else page.get_rotation() // 90
    finally:
        page.close()
    frame = (left, bottom, right, top)
    boxes = _turn(boxes, frame, turns)
    layer_codes, layer_boxes = layer
    if len(layer_codes):
        layer_boxes = _turn(layer_boxes, frame, turns)
        is_sound = np.isfinite(layer_boxes).all(axis=1)
        layer_codes, layer_boxes = layer_codes[is_sound], layer_boxes[is_sound]
    lines = _turn(make_boxes([*objects.boxes, *merge_short(objects.short)]), frame, turns)
    fills = _turn(make_boxes(objects.fills), frame, turns)
    shapes = _turn(make_boxes(objects.shapes), frame, turns)
    is_sound = np.isfinite(fills).all(axis=1)
    images = _turn(make_boxes(objects.images), frame, turns)
    width, height = (right - left, top - bottom) if turns % 2 == 0 else (top - bottom, right - left)
    width, height = min(width, _MAX_SIDE_PT), min(height, _MAX_SIDE_PT)
    lines, images = lines[np.isfinite(lines).all(axis=1)], images[np.isfinite(images).all(axis=1)]
    inside = np.isfinite(boxes).all(axis=1)  # damage: a font of size NaN
    inside &= (boxes[:, 2] > 0) & (boxes[:, 0] < width) & (boxes[:, 3] > 0) & (boxes[:, 1] < height)
    hidden += "".join(map(chr, codes[~inside]))
    wide = (lines[:, 3] - lines[:, 1]) <= (lines[:, 2] - lines[:, 0])
    arrays = PageArrays(
        page_number=index + 1,
        width=width,
        height=height,
        codes=codes[inside],
        boxes=boxes[inside],
        horizontals=lines[wide],
        verticals=lines[~wide],
        hidden=hidden,
        switched_off=objects.off_text,
        quarter_turns=turns,
        images=images,
        patched=_turn(make_boxes(objects.covered), frame, turns),
        shapes=shapes[np.isfinite(shapes).all(axis=1)],
        fills=fills[is_sound],
        fill_colors=np.array(objects.fill_colors, dtype=np.int64)[is_sound],
        is_colored=is_colored[inside] if len(is_colored) else is_colored,
        layer_codes=layer_codes,
        layer_boxes=layer_boxes,
        is_covered=objects.cover is not None and area_of(objects.cover) >= _COVER_SHARE * width * height,
    )
    return prepare_page(arrays)


def _turn(boxes: Floats, frame: tuple[float, float, float, float], turns: int) -> Floats:
    """Bring boxes (left, bottom, right, top; origin bottom left) to x0, top, x1, bottom of the page as read."""
    left, low, right, high = frame
    x0, y0, x1, y1 = boxes[:, 0] - left, boxes[:, 1] - low, boxes[:, 2] - left, boxes[:, 3] - low
    width, height = right - left, high - low
    columns = {
        0: (x0, height - y1, x1, height - y0),
        1: (y0, x0, y1, x1),
        2: (width - x1, y0, width - x0, y1),
        3: (height - y1, width - x1, height - y0, width - x0),
    }[turns]
    return np.stack(columns, axis=1).astype(np.float32) if len(boxes) else _NO_FLOATS


def _read_characters(
    textpage: int | None, objects: PageObjects
) -> tuple[Ints, Floats, str, int, tuple[Ints, Floats], Bools]:
    """Read codes and boxes; return also hidden characters, quarter turns of the text, what is invisible, and colors."""
    count = calls.count_chars(textpage)
    no_flags = np.empty(0, dtype=bool)
    if count <= 0:
        return np.empty(0, dtype=np.int32), _NO_FLOATS, "", 0, (np.empty(0, dtype=np.int32), _NO_FLOATS), no_flags
    codes = _read_codes(textpage, count)
    rects = np.zeros((count, 4), dtype=np.float32)  # left, top, right, bottom as FS_RECTF has them
    # A glyph that the font maps to no character is read, as unknown; pdfium's own line ends are not text.
    codes = np.where(codes > _LAST_CODE, _NO_CODE, codes)
    read_controls(textpage, codes)
    printed: Ints = np.flatnonzero((codes > 32) & (codes != 0xA0) & (codes != 0x3000))
    places = (printed * rects.itemsize * 4 + rects.ctypes.data).tolist()
    deque(map(calls.get_loose_box, repeat(textpage), printed.tolist(), places), maxlen=0)
    if np.any((codes >= 0xD800) & (codes < 0xE000)):
        printed = _join_units(codes, rects, printed)
    usual = _mend_tall(textpage, printed, rects)
    _map_symbols(textpage, printed, codes)
    hidden = ""
    unseen: Ints = np.empty(0, dtype=np.int64)
    if objects.switched_off:
        is_off = _belong(textpage, printed, objects.switched_off)
        hidden = objects.off_text = "".join(map(chr, codes[printed[is_off]]))
        printed = printed[~is_off]
    if objects.hidden:
        seen = ~_belong(textpage, printed, objects.hidden)
        unseen = printed[~seen]
        hidden += "".join(map(chr, codes[unseen]))
        printed = printed[seen]
    printed, more = _leave_unseen(textpage, printed, codes, rects, usual, objects)
    hidden += more
    angles = _sample_angles(textpage, printed, rects, usual)
    if len(angles.others):
        keep = _upright(textpage, printed, angles.main)
        hidden += "".join(map(chr, codes[printed[~keep]]))
        printed = printed[keep]
    layer = codes[unseen], rects[unseen][:, [0, 3, 2, 1]]
    is_colored = _belong(textpage, printed, objects.colored) if objects.colored else no_flags
    return codes[printed], rects[printed][:, [0, 3, 2, 1]], hidden, angles.turns, layer, is_colored


def _belong(textpage: int | None, chosen: Ints, items: set[int]) -> Bools:
    """Tell which characters belong to one of the text objects."""
    return np.fromiter((calls.get_text_object(textpage, i) in items for i in chosen.tolist()), bool, len(chosen))


def _leave_unseen(
    textpage: int | None, printed: Ints, codes: Ints, rects: Floats, usual: float, objects: PageObjects
) -> tuple[Ints, str]:
    """Return the characters that are seen, and the others as text; blackened ones become unknown in ``codes``."""
    unseen = find_tiny(textpage, printed, rects, usual)
    if objects.covers:
        covered, dark = find_covered(textpage, printed, rects, objects.order, objects.covers)
        objects.covered += list_patched(objects.covers, rects[printed], codes[printed], covered & ~dark)
        codes[printed[dark]] = _NO_CODE
        unseen |= covered & ~dark
    if not unseen.any():
        return printed, ""
    return printed[~unseen], "".join(map(chr, codes[printed[unseen]]))


def _join_units(codes: Ints, rects: Floats, printed: Ints) -> Ints:
    """Make one character of the two UTF-16 units that pdfium gives for one beyond the basic plane.

    ``codes`` and ``rects`` are changed in place: a pair becomes its first unit's place, with the box of both; a lone
    unit is an unknown character.
    """
    is_high, is_low = (codes >= 0xD800) & (codes < 0xDC00), (codes >= 0xDC00) & (codes < 0xE000)
    high = np.flatnonzero(is_high[:-1] & is_low[1:])
    codes[high] = 0x10000 + ((codes[high] - 0xD800) << 10) + (codes[high + 1] - 0xDC00)
    first, second = rects[high], rects[high + 1]
    is_blank = second[:, 0] == second[:, 2]
    low, top = np.minimum(first, second), np.maximum(first, second)
    joined = np.stack([low[:, 0], top[:, 1], top[:, 2], low[:, 3]], axis=1)
    rects[high] = np.where(is_blank[:, None], first, joined)
    printed = np.setdiff1d(printed, high + 1, assume_unique=True)
    codes[(codes >= 0xD800) & (codes < 0xE000)] = _NO_CODE
    return printed


def _mend_tall(textpage: int | None, printed: Ints, rects: Floats) -> float:
    """Return the usual height of a box, and cut boxes far higher than their letters: some fonts state several lines.

    Only boxes much higher than the usual one are asked for the size of their font.
    """
    height = np.abs(rects[printed, 1] - rects[printed, 3])
    if not len(height):
        return 0.0
    usual = float(height.mean())
    if float(height.max()) <= _SLANTED_HEIGHT * usual:
        return usual  # all alike: most pages need no closer look
    usual = float(np.median(height))
    if height.max() <= _TALL * usual:
        return usual
    matrix, size = raw.FS_MATRIX(), calls.get_font_size
    x, y = ctypes.c_double(), ctypes.c_double()
    for index in printed[height > _TALL * usual].tolist():
        if not calls.get_char_matrix(textpage, index, ctypes.addressof(matrix)):
            continue
        em = size(textpage, index) * math.hypot(matrix.c, matrix.d)
        is_level = abs(matrix.b) + abs(matrix.c) < 0.1 * (abs(matrix.a) + abs(matrix.d))
        if not is_level or not 0 < em * _TALL < abs(rects[index, 1] - rects[index, 3]):
            continue
        if calls.get_char_origin(textpage, index, ctypes.addressof(x), ctypes.addressof(y)):
            rects[index, 1], rects[index, 3] = y.value + _ASCENT * em, y.value - _DESCENT * em
    return usual


def _map_symbols(textpage: int | None, printed: Ints, codes: Ints) -> None:
    """Give the marks of symbol fonts the characters that they show; ``codes`` is changed in place."""
    found = printed[(codes[printed] >= 0xF020) & (codes[printed] <= 0xF0FF)]
    buffer = ctypes.create_string_buffer(_NAME_BYTES)
    for index in found.tolist():
        calls.get_font_name(textpage, index, ctypes.addressof(buffer), _NAME_BYTES, None)
        mark = find_symbol(int(codes[index]), buffer.value.decode("ascii", errors="ignore"))
        codes[index] = ord(mark) if mark else codes[index]


class _Angles:
    """The main direction of a page's text and the others that occur, in degrees.

    Args:
        sampled: Directions of characters all over the page: they tell the main one. Text stands straight; slanted
            text is the page's own only where little else is on it.
        further: Those of characters that were looked at because they seemed slanted.
    """

    def __init__(self, sampled: list[int], further: list[int]) -> None:
        straight = [angle for angle in sampled if abs((angle + 45) % 90 - 45) <= 5]
        voters = straight if len(straight) >= _STRAIGHT * len(sampled) else sampled
        self.main = max(sorted(set(voters)), key=voters.count) if voters else 0
        seen = {*sampled, *further}
        self.others = [angle for angle in seen if abs((angle - self.main + 180) % 360 - 180) > 5]
        # pdfium gives the clockwise angle of the text; turning the page back reads it upright.
        self.turns = round(-self.main / 90) % 4 if abs(self.main % 90) < 5 or abs(self.main % 90) > 85 else 0


def _sample_angles(textpage: int | None, printed: Ints, rects: Floats, usual: float) -> _Angles:
    """Look at 64 characters, and at some whose box is higher than usual: a slanted one's is, however few they are."""
    step = max(1, len(printed) // 64)
    height = np.abs(rects[printed, 3] - rects[printed, 1])
    large = printed[height > _SLANTED_HEIGHT * usual]

    def measure(chosen: Ints) -> list[int]:
        angles = (calls.get_angle(textpage, i) for i in chosen.tolist())
        return [round(math.degrees(angle)) % 360 for angle in angles if math.isfinite(angle)]

    return _Angles(measure(printed[::step]), measure(large[:: max(1, len(large) // 64)]))


def _upright(textpage: int | None, printed: Ints, main: int) -> Bools:
    """Tell which characters run in the main direction: a slanted watermark does not."""
    angles = np.fromiter((calls.get_angle(textpage, i) for i in printed.tolist()), np.float32, len(printed))
    difference = (np.degrees(angles) - main + 180) % 360 - 180
    upright: Bools = np.abs(difference) <= 20
    return upright


def _read_codes(textpage: int | None, count: int) -> Ints:
    """Read all code points: in one call where pdfium's text has one unit a character, else one by one."""
    buffer = np.zeros(count + 1, dtype=np.uint16)
    written = calls.get_text(textpage, 0, count, buffer.ctypes.data)
    units = buffer[:count]
    is_plain = written == count + 1 and not np.any((units >= 0xD800) & (units < 0xE000)) and np.all(units > 0)
    if is_plain:
        return units.astype(np.int32)
    return np.fromiter((calls.get_unicode(textpage, i) for i in range(count)), np.int32, count)
