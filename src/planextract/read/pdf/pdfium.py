"""The thin door to pdfium: one page → arrays.

Calls go straight to the C functions with integer addresses of NumPy memory: no object per character, no
conversion per argument. pdfium is not thread-safe; one document is read by one thread.
"""

from __future__ import annotations

import ctypes
import math
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import numpy as np
import pypdfium2 as pdfium
from pypdfium2 import raw

from planextract.errors import InputError
from planextract.model.page import Bools, Floats, Ints, PageArrays

_MAX_THICKNESS_PT = 4.0
_MIN_LENGTH_PT = 4.0
_MAX_OBJECTS = 400_000
_MAX_DEPTH = 12
_MAX_AREA_SEGMENTS = 64  # a filled path of more is a drawing, no background
_WHITE = 250
_NO_FLOATS = np.empty((0, 4), dtype=np.float32)


def _bind(name: str, result: Any, *arguments: Any) -> Callable[..., Any]:  # noqa: ANN401
    """Return a C function with plain integer addresses for its pointers."""
    address = ctypes.cast(getattr(raw, name), ctypes.c_void_p).value or 0
    return ctypes.CFUNCTYPE(result, *arguments)(address)


_P, _I, _U = ctypes.c_void_p, ctypes.c_int, ctypes.c_uint
_count_chars = _bind("FPDFText_CountChars", _I, _P)
_get_unicode = _bind("FPDFText_GetUnicode", _U, _P, _I)
_get_loose_box = _bind("FPDFText_GetLooseCharBox", _I, _P, _I, _P)
_get_text = _bind("FPDFText_GetText", _I, _P, _I, _I, _P)
_get_angle = _bind("FPDFText_GetCharAngle", ctypes.c_float, _P, _I)
_get_text_object = _bind("FPDFText_GetTextObject", _P, _P, _I)
_count_objects = _bind("FPDFPage_CountObjects", _I, _P)
_get_object = _bind("FPDFPage_GetObject", _P, _P, _I)
_get_type = _bind("FPDFPageObj_GetType", _I, _P)
_get_bounds = _bind("FPDFPageObj_GetBounds", _I, _P, _P, _P, _P, _P)
_count_segments = _bind("FPDFPath_CountSegments", _I, _P)
_get_segment = _bind("FPDFPath_GetPathSegment", _P, _P, _I)
_get_point = _bind("FPDFPathSegment_GetPoint", _I, _P, _P, _P)
_get_segment_type = _bind("FPDFPathSegment_GetType", _I, _P)
_get_close = _bind("FPDFPathSegment_GetClose", _I, _P)
_get_draw_mode = _bind("FPDFPath_GetDrawMode", _I, _P, _P, _P)
_get_fill = _bind("FPDFPageObj_GetFillColor", _I, _P, _P, _P, _P, _P)
_get_stroke = _bind("FPDFPageObj_GetStrokeColor", _I, _P, _P, _P, _P, _P)
_get_matrix = _bind("FPDFPageObj_GetMatrix", _I, _P, _P)
_count_form = _bind("FPDFFormObj_CountObjects", _I, _P)
_get_form_object = _bind("FPDFFormObj_GetObject", _P, _P, ctypes.c_ulong)
_get_render_mode = _bind("FPDFTextObj_GetTextRenderMode", _I, _P)
_get_clip = _bind("FPDFPageObj_GetClipPath", _P, _P)
_count_clip = _bind("FPDFClipPath_CountPaths", _I, _P)

Matrix = tuple[float, float, float, float, float, float]
_IDENTITY: Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)


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
            raise InputError("read.encrypted", "the PDF is protected by a password", file=name,
                             advice="Save it without protection, then run again.") from exc  # fmt: skip
        raise InputError("read.damaged", "the PDF is damaged beyond reading", file=name,
                         advice="Open and save it again with another program, or get it anew.") from exc  # fmt: skip
    try:
        yield document
    finally:
        document.close()


def read_page(document: pdfium.PdfDocument, index: int, name: str) -> PageArrays:
    """Read a page's characters and rulings.

    Args:
        document: Open document.
        index: Page index from 0.
        name: The file's name, for messages.

    Raises:
        InputError: If pdfium cannot load the page or it has too many objects.
    """
    try:
        page = document[index]
    except pdfium.PdfiumError as exc:
        raise InputError("read.damaged_page", "the page cannot be read", file=name, page=index + 1,
                         advice="Open and save the PDF again with another program.") from exc  # fmt: skip
    try:
        left, bottom, right, top = page.get_cropbox(fallback_ok=True)
        handle = ctypes.cast(page.raw, _P).value
        bounds, hidden_objects = _read_rulings(handle, name, index + 1)
        textpage = page.get_textpage()
        try:
            codes, boxes, hidden, angle = _read_characters(ctypes.cast(textpage.raw, _P).value, hidden_objects)
        finally:
            textpage.close()
        # A page turned for display was written to be read so: the text's own direction says it all.
        turns = angle if len(codes) else page.get_rotation() // 90
    finally:
        page.close()
    frame = (left, bottom, right, top)
    boxes = _turn(boxes, frame, turns)
    lines = _turn(bounds, frame, turns)
    width, height = (right - left, top - bottom) if turns % 2 == 0 else (top - bottom, right - left)
    inside = (boxes[:, 2] > 0) & (boxes[:, 0] < width) & (boxes[:, 3] > 0) & (boxes[:, 1] < height)
    hidden += "".join(map(chr, codes[~inside]))
    wide = (lines[:, 3] - lines[:, 1]) <= (lines[:, 2] - lines[:, 0])
    return PageArrays(
        page_number=index + 1, width=width, height=height, codes=codes[inside], boxes=boxes[inside],
        horizontals=lines[wide], verticals=lines[~wide], hidden=hidden, quarter_turns=turns,
    )  # fmt: skip


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


def _read_characters(textpage: int | None, hidden_objects: set[int]) -> tuple[Ints, Floats, str, int]:
    """Read codes and boxes; return also hidden characters and the quarter turns of the text itself."""
    count = _count_chars(textpage)
    if count <= 0:
        return np.empty(0, dtype=np.int32), _NO_FLOATS, "", 0
    codes = _read_codes(textpage, count)
    rects = np.zeros((count, 4), dtype=np.float32)  # left, top, right, bottom as FS_RECTF has them
    printed = np.flatnonzero((codes > 32) & (codes != 0xA0) & (codes != 0x3000) & (codes != 0xFFFE))
    base, box = rects.ctypes.data, _get_loose_box
    for index in printed.tolist():
        box(textpage, index, base + 16 * index)
    hidden = ""
    if hidden_objects:
        seen = np.fromiter(
            (_get_text_object(textpage, i) not in hidden_objects for i in printed.tolist()), bool, len(printed)
        )
        hidden = "".join(map(chr, codes[printed[~seen]]))
        printed = printed[seen]
    angles = _sample_angles(textpage, printed)
    if len(angles.others):
        keep = _upright(textpage, printed, angles.main)
        hidden += "".join(map(chr, codes[printed[~keep]]))
        printed = printed[keep]
    return codes[printed], rects[printed][:, [0, 3, 2, 1]], hidden, angles.turns


class _Angles:
    """The main direction of a page's text and the others that occur, in degrees."""

    def __init__(self, sampled: list[int]) -> None:
        self.main = max(set(sampled), key=sampled.count) if sampled else 0
        self.others = [angle for angle in set(sampled) if abs((angle - self.main + 180) % 360 - 180) > 5]
        # pdfium gives the clockwise angle of the text; turning the page back reads it upright.
        self.turns = round(-self.main / 90) % 4 if abs(self.main % 90) < 5 or abs(self.main % 90) > 85 else 0


def _sample_angles(textpage: int | None, printed: Ints) -> _Angles:
    step = max(1, len(printed) // 64)
    sampled = [round(math.degrees(_get_angle(textpage, i))) % 360 for i in printed[::step].tolist()]
    return _Angles(sampled)


def _upright(textpage: int | None, printed: Ints, main: int) -> Bools:
    """Tell which characters run in the main direction: a slanted watermark does not."""
    angles = np.fromiter((_get_angle(textpage, i) for i in printed.tolist()), np.float32, len(printed))
    difference = (np.degrees(angles) - main + 180) % 360 - 180
    upright: Bools = np.abs(difference) <= 20
    return upright


def _read_codes(textpage: int | None, count: int) -> Ints:
    """Read all code points: in one call where pdfium's text has one unit a character, else one by one."""
    buffer = np.zeros(count + 1, dtype=np.uint16)
    written = _get_text(textpage, 0, count, buffer.ctypes.data)
    units = buffer[:count]
    is_plain = written == count + 1 and not np.any((units >= 0xD800) & (units < 0xE000)) and np.all(units > 0)
    if is_plain:
        return units.astype(np.int32)
    return np.fromiter((_get_unicode(textpage, i) for i in range(count)), np.int32, count)


class _Rulings:
    """Collects thin boxes and hidden text objects while walking over a page's objects."""

    def __init__(self, name: str, page_number: int) -> None:
        self.boxes: list[tuple[float, float, float, float]] = []
        self.hidden: set[int] = set()
        self.areas: list[tuple[float, float, float, float, bool]] = []  # filled boxes so far; whether colored
        self.count = 0
        self._name, self._page_number = name, page_number
        self._four = (ctypes.c_float * 4)()
        base = ctypes.addressof(self._four)
        self._addresses = (base, base + 4, base + 8, base + 12)
        self._color = (ctypes.c_uint * 4)()
        color = ctypes.addressof(self._color)
        self._color_addresses = (color, color + 4, color + 8, color + 12)
        self._mode = (ctypes.c_int * 2)()
        self._mode_addresses = (ctypes.addressof(self._mode), ctypes.addressof(self._mode) + 4)

    def is_plain_text(self, item: int) -> bool:
        """Tell whether an object is text in a dark color that is drawn: nearly all are, and none needs more."""
        if _get_type(item) != raw.FPDF_PAGEOBJ_TEXT:
            return False
        self.count += 1
        return (
            self.count <= _MAX_OBJECTS
            and _get_fill(item, *self._color_addresses) != 0
            and self._color[0] < _WHITE
            and self._color[3] != 0
            and _get_render_mode(item) != raw.FPDF_TEXTRENDERMODE_INVISIBLE
        )

    def add(self, item: int, matrix: Matrix, depth: int) -> None:
        """Look at one object; forms are walked through with their matrix."""
        self.count += 1
        if self.count > _MAX_OBJECTS:
            raise InputError("read.too_many_objects", f"the page has more than {_MAX_OBJECTS} objects", file=self._name,
                             page=self._page_number)  # fmt: skip
        kind = _get_type(item)
        if kind == raw.FPDF_PAGEOBJ_PATH:
            self._add_path(item, matrix)
        elif kind == raw.FPDF_PAGEOBJ_TEXT:
            if _get_render_mode(item) == raw.FPDF_TEXTRENDERMODE_INVISIBLE or (
                self._is_white(_get_fill, item) and not self._is_on_color(item, matrix)
            ):
                self.hidden.add(item)
        elif kind == raw.FPDF_PAGEOBJ_FORM and depth < _MAX_DEPTH:
            inner = raw.FS_MATRIX()
            _get_matrix(item, ctypes.addressof(inner))
            own = (inner.a, inner.b, inner.c, inner.d, inner.e, inner.f)
            for index in range(_count_form(item)):
                child = _get_form_object(item, index)
                if child:
                    self.add(child, _multiply(own, matrix), depth + 1)

    def _add_path(self, item: int, matrix: Matrix) -> None:
        if not _get_bounds(item, *self._addresses):
            return
        left, bottom, right, top = self._four
        width, height = right - left, top - bottom
        is_scaled = matrix is not _IDENTITY
        if not is_scaled and max(width, height) < _MIN_LENGTH_PT:
            return
        if min(width, height) <= _MAX_THICKNESS_PT and max(width, height) >= _MIN_LENGTH_PT:
            if self._is_visible(item):
                self._append(left, bottom, right, top, matrix)
            return
        self._add_sides(item, matrix)

    def _append(self, x0: float, y0: float, x1: float, y1: float, matrix: Matrix) -> None:
        self.boxes.append(_apply_to_box(matrix, x0, y0, x1, y1))

    def _is_on_color(self, item: int, matrix: Matrix) -> bool:
        """Tell whether a text object stands on a colored area: white letters are seen there."""
        if not self.areas or not _get_bounds(item, *self._addresses):
            return False
        x0, y0, x1, y1 = _apply_to_box(matrix, *(self._four[i] for i in (0, 1, 2, 3)))
        x, y = (x0 + x1) / 2, (y0 + y1) / 2
        for left, bottom, right, top, is_colored in reversed(self.areas):
            if left <= x <= right and bottom <= y <= top:
                return is_colored
        return False

    def _is_visible(self, item: int) -> bool:
        _get_draw_mode(item, *self._mode_addresses)
        fills, strokes = self._mode[0] != 0, self._mode[1] != 0
        return (strokes and not self._is_white(_get_stroke, item)) or (fills and not self._is_white(_get_fill, item))

    def _is_white(self, get_color: Callable[..., int], item: int) -> bool:
        if not get_color(item, *self._color_addresses):
            return False
        red, green, blue, alpha = self._color
        return (red >= _WHITE and green >= _WHITE and blue >= _WHITE) or alpha == 0

    def _add_sides(self, item: int, matrix: Matrix) -> None:
        """Add the straight sides of a larger path: a stroked rectangle, a frame of several lines."""
        count = _count_segments(item)
        _get_draw_mode(item, *self._mode_addresses)
        strokes = self._mode[1] != 0 and not self._is_white(_get_stroke, item)
        if self._mode[0] != 0 and count <= _MAX_AREA_SEGMENTS:
            box = _apply_to_box(matrix, *(self._four[i] for i in (0, 1, 2, 3)))
            self.areas.append((*box, not self._is_white(_get_fill, item)))
        if count > 20_000 or (not strokes and count <= 6):
            return  # a filled area: a background, no ruling
        own = raw.FS_MATRIX()
        _get_matrix(item, ctypes.addressof(own))
        full = _multiply((own.a, own.b, own.c, own.d, own.e, own.f), matrix)
        points = _read_points(item, count)
        if strokes:
            self._add_strokes(points, full)
        else:
            self._add_filled(points, full)

    def _add_strokes(self, points: list[tuple[int, float, float, bool]], matrix: Matrix) -> None:
        start = previous = (0.0, 0.0)
        for kind, x, y, closes in points:
            if kind == raw.FPDF_SEGMENT_MOVETO:
                start = (x, y)
            elif kind == raw.FPDF_SEGMENT_LINETO:
                self._add_line(previous, (x, y), matrix)
            previous = (x, y)
            if closes and previous != start:
                self._add_line(previous, start, matrix)

    def _add_line(self, first: tuple[float, float], second: tuple[float, float], matrix: Matrix) -> None:
        (x0, y0), (x1, y1) = _apply(matrix, first), _apply(matrix, second)
        width, height = abs(x1 - x0), abs(y1 - y0)
        if max(width, height) >= _MIN_LENGTH_PT and min(width, height) <= 1.0:
            self.boxes.append((min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1)))

    def _add_filled(self, points: list[tuple[int, float, float, bool]], matrix: Matrix) -> None:
        """Add each thin subpath of a filled path: many rules drawn with one fill."""
        group: list[tuple[float, float]] = []
        for kind, x, y, _ in [*points, (raw.FPDF_SEGMENT_MOVETO, 0.0, 0.0, False)]:
            if kind == raw.FPDF_SEGMENT_MOVETO:
                if len(group) >= 4:
                    xs, ys = [p[0] for p in group], [p[1] for p in group]
                    thin = min(max(xs) - min(xs), max(ys) - min(ys)) <= _MAX_THICKNESS_PT
                    if thin and max(max(xs) - min(xs), max(ys) - min(ys)) >= _MIN_LENGTH_PT:
                        self.boxes.append((min(xs), min(ys), max(xs), max(ys)))
                group = []
            group.append(_apply(matrix, (x, y)))


def _read_points(item: int, count: int) -> list[tuple[int, float, float, bool]]:
    """Return the segments of a path: kind, end point, whether it closes the subpath."""
    pair = (ctypes.c_float * 2)()
    first = ctypes.addressof(pair)
    points = []
    for index in range(count):
        segment = _get_segment(item, index)
        _get_point(segment, first, first + 4)
        points.append((_get_segment_type(segment), pair[0], pair[1], bool(_get_close(segment))))
    return points


def _multiply(first: Matrix, second: Matrix) -> Matrix:
    """Return the matrix that applies ``first``, then ``second``."""
    a, b, c, d, e, f = first
    g, h, i, j, k, m = second
    return (a * g + b * i, a * h + b * j, c * g + d * i, c * h + d * j, e * g + f * i + k, e * h + f * j + m)


def _apply(matrix: Matrix, point: tuple[float, float]) -> tuple[float, float]:
    a, b, c, d, e, f = matrix
    x, y = point
    return a * x + c * y + e, b * x + d * y + f


def _apply_to_box(matrix: Matrix, x0: float, y0: float, x1: float, y1: float) -> tuple[float, float, float, float]:
    if matrix is _IDENTITY:
        return x0, y0, x1, y1
    (ax, ay), (bx, by) = _apply(matrix, (x0, y0)), _apply(matrix, (x1, y1))
    return min(ax, bx), min(ay, by), max(ax, bx), max(ay, by)


def _read_rulings(page: int | None, name: str, page_number: int) -> tuple[Floats, set[int]]:
    rulings = _Rulings(name, page_number)
    is_plain = rulings.is_plain_text
    for index in range(_count_objects(page)):
        item = _get_object(page, index)
        if item and not is_plain(item):
            rulings.add(item, _IDENTITY, 0)
    boxes = np.array(rulings.boxes, dtype=np.float32).reshape(-1, 4)
    return boxes, rulings.hidden
