"""What is drawn on a page besides its text: rules, pictures; and which text nobody sees.

One walk over a page's objects. All boxes are in the page's own coordinates: points, origin at the bottom left.
"""

from __future__ import annotations

import ctypes
from collections.abc import Callable
from dataclasses import dataclass
from itertools import repeat

import numpy as np
from pypdfium2 import raw

from planextract.errors import InputError
from planextract.model.page import Bools
from planextract.phrases import Phrase
from planextract.read.pdf import calls
from planextract.read.pdf.boxes import IDENTITY, Box, Matrix, apply, apply_to_box, area_of, is_corner, multiply
from planextract.read.pdf.layers import list_texts
from planextract.read.pdf.visible import Cover

_MAX_THICKNESS_PT = 4.0
_MIN_LENGTH_PT = 4.0
_MAX_PICTURE_RULE_PT = 2.0
_MIN_SHAPE_PT, _MAX_SHAPES = 1.5, 20_000
_BLACK = 300  # of 765: the sum of the colors of what blackens text
_MAX_SHORT_THICKNESS_PT = 2.0
MAX_OBJECTS = 400_000
MAX_PIXELS = 400_000_000
_MAX_DEPTH = 12
_MAX_AREA_SEGMENTS = 64  # a filled path of more is a drawing, no background
_MAX_RECTANGLE_SEGMENTS = 6
_RECTANGLE_SEGMENTS = 5
_MAX_CLIP_SEGMENTS = 8  # a clip of more is no rectangle and is not looked at
_WHITE = 250
_DARK = 127  # of 255: text of this shade or darker is black


@dataclass(frozen=True, slots=True, kw_only=True)
class PageView:
    """How a page is seen: objects in layers that are switched off, and the matrix that sets it upright."""

    off: frozenset[int] = frozenset()
    upright: Matrix = IDENTITY


class PageObjects:
    """Collects thin boxes and hidden text objects while walking over a page's objects."""

    def __init__(
        self, name: str, page_number: int, max_objects: int = MAX_OBJECTS, max_pixels: int = MAX_PIXELS
    ) -> None:
        self.boxes: list[Box] = []
        self.short: list[Box] = []  # pieces that are rules only together
        self.hidden: set[int] = set()
        self.switched_off: set[int] = set()  # text objects in layers that are switched off
        self.off_text = ""  # what they print
        self.colored: set[int] = set()  # text objects in another color than black and white
        self.images: list[Box] = []
        self.cover: Box | None = None  # the largest opaque picture drawn over text
        self.areas: list[tuple[float, float, float, float, bool]] = []  # filled boxes so far; whether colored
        self.fills: list[Box] = []  # filled rectangles
        self.fill_colors: list[int] = []  # 0xRRGGBB, -1 for white
        self.shapes: list[Box] = []  # filled outlines of the size of letters
        self.covers: list[Cover] = []  # opaque areas drawn after text
        self.covered: list[Box] = []  # where covered text lies
        self.order: dict[int, int] = {}  # the place of each object, if anything covers text
        self.count = 0
        self.place = 0
        self.has_text = False
        self._is_clip_known = True
        self._name, self._page_number = name, page_number
        self._max_objects, self._max_pixels = max_objects, max_pixels
        self._four = (ctypes.c_float * 4)()
        base = ctypes.addressof(self._four)
        self._addresses = (base, base + 4, base + 8, base + 12)
        self._color = (ctypes.c_uint * 4)()
        color = ctypes.addressof(self._color)
        self._color_addresses = (color, color + 4, color + 8, color + 12)
        self._mode = (ctypes.c_int * 2)()
        self._mode_addresses = (ctypes.addressof(self._mode), ctypes.addressof(self._mode) + 4)

    def find_plain(self, items: list[int]) -> Bools:
        """Tell which texts need no closer look, as nearly all: they are not white; note which of them are colored."""
        count = len(items)
        colors = np.zeros((count, 4), dtype=np.uint32)  # red, green, blue, alpha
        first, end, step = colors.ctypes.data, colors.ctypes.data + colors.nbytes, colors.itemsize * 4
        parts = (range(first + at, end, step) for at in (0, 4, 8, 12))
        is_known = np.fromiter(map(calls.get_fill, items, *parts), bool, count)
        is_plain: Bools = is_known & (colors[:, 0] < _WHITE) & (colors[:, 3] != 0)
        is_colored = is_plain & (colors[:, :3] > _DARK).any(axis=1)
        self.colored.update(items[place] for place in np.flatnonzero(is_colored).tolist())
        return is_plain

    def count_in(self, count: int) -> None:
        """Count objects.

        Raises:
            InputError: If the page has more than it may have.
        """
        self.count += count
        if self.count > self._max_objects:
            raise InputError(
                "read.too_many_objects",
                Phrase("the page has more than {max_objects} objects", max_objects=self._max_objects),
                file=self._name,
                page=self._page_number,
                advice="Raise read.max_page_objects in the settings.",
            )

    def add(self, item: int, matrix: Matrix, depth: int) -> None:
        """Look at one object; forms are walked through with their matrix."""
        kind = calls.get_type(item)
        if kind == raw.FPDF_PAGEOBJ_PATH:
            self._add_path(item, matrix)
        elif kind == raw.FPDF_PAGEOBJ_TEXT:
            if calls.get_render_mode(item) == raw.FPDF_TEXTRENDERMODE_INVISIBLE or (
                self._is_white(calls.get_fill, item) and not self._is_on_color(item, matrix)
            ):
                self.hidden.add(item)
            elif _DARK < max(self._color[0], self._color[1], self._color[2]) < _WHITE:
                self.colored.add(item)
        elif kind == raw.FPDF_PAGEOBJ_IMAGE:
            self._add_image(item, matrix)
        elif kind == raw.FPDF_PAGEOBJ_FORM and depth < _MAX_DEPTH:
            inner = raw.FS_MATRIX()
            calls.get_matrix(item, ctypes.addressof(inner))
            own = (inner.a, inner.b, inner.c, inner.d, inner.e, inner.f)
            count = calls.count_form(item)
            self.count_in(count)
            for index in range(count):
                child = calls.get_form_object(item, index)
                if child:
                    self.add(child, multiply(own, matrix), depth + 1)

    def _add_image(self, item: int, matrix: Matrix) -> None:
        sizes = self._addresses[:2]
        if calls.get_image_size(item, *sizes):
            width, height = (ctypes.c_uint.from_address(address).value for address in sizes)
            if width * height > self._max_pixels:
                raise InputError(
                    "read.too_many_pixels",
                    Phrase("a picture has {width} × {height} pixels", width=width, height=height),
                    file=self._name,
                    page=self._page_number,
                    advice="Raise read.max_image_pixels in the settings, or make it smaller.",
                )
        if not calls.get_bounds(item, *self._addresses):
            return
        left, bottom, right, top = self._four
        box = apply_to_box(matrix, left, bottom, right, top)
        sides = box[2] - box[0], box[3] - box[1]
        if min(sides) <= _MAX_PICTURE_RULE_PT and max(sides) >= _MIN_LENGTH_PT:
            self.boxes.append(box)  # a rule drawn as a picture of a few pixels
            return
        self.images.append(box)
        if (
            self.has_text
            and not calls.has_transparency(item)
            and (self.cover is None or area_of(box) > area_of(self.cover))
        ):
            self.cover = box

    def _add_path(self, item: int, matrix: Matrix) -> None:
        if not calls.get_bounds(item, *self._addresses):
            return
        left, bottom, right, top = self._four
        clip = self._find_clip(item)
        if clip is not None:
            left, bottom = max(left, clip[0]), max(bottom, clip[1])
            right, top = min(right, clip[2]), min(top, clip[3])
            if left > right or bottom > top:
                return  # clipped away
        width, height = right - left, top - bottom
        if matrix[1] and abs(matrix[1]) < abs(matrix[0]):  # set upright: its box was that of a slanted line
            self._add_turned(item, matrix, apply_to_box(matrix, left, bottom, right, top))
            return
        is_scaled = matrix is not IDENTITY
        if not is_scaled and max(width, height) < _MIN_LENGTH_PT:
            if min(width, height) <= _MAX_SHORT_THICKNESS_PT and self._is_visible(item):
                self.short.append((left, bottom, right, top))
            return
        if min(width, height) <= _MAX_THICKNESS_PT and max(width, height) >= _MIN_LENGTH_PT:
            box = apply_to_box(matrix, left, bottom, right, top)
            if self._is_visible(item, box):
                self.boxes.append(box)
            return
        self._add_sides(item, matrix, apply_to_box(matrix, left, bottom, right, top))

    def _add_turned(self, item: int, matrix: Matrix, box: Box) -> None:
        """Add a path that is set upright, by its points."""
        count = calls.count_segments(item)
        if 0 < count <= _MAX_AREA_SEGMENTS:
            own = raw.FS_MATRIX()
            calls.get_matrix(item, ctypes.addressof(own))
            full = multiply((own.a, own.b, own.c, own.d, own.e, own.f), matrix)
            points = [apply(full, (x, y)) for _, x, y, _ in _read_points(item, count)]
            xs, ys = [x for x, _ in points], [y for _, y in points]
            box = (min(xs), min(ys), max(xs), max(ys))
            width, height = box[2] - box[0], box[3] - box[1]
            if min(width, height) <= _MAX_THICKNESS_PT:
                is_rule = max(width, height) >= _MIN_LENGTH_PT
                if (is_rule or min(width, height) <= _MAX_SHORT_THICKNESS_PT) and self._is_visible(item, box):
                    (self.boxes if is_rule else self.short).append(box)
                return
        self._add_sides(item, matrix, box)

    def _find_clip(self, item: int) -> Box | None:
        """Return the box that an object is clipped to, or None if it is not clipped to a simple shape."""
        clip = calls.get_clip(item)
        count = calls.count_clip_paths(clip) if clip else 0
        self._is_clip_known = True
        box: Box | None = None
        for path in range(max(count, 0)):
            segments = calls.count_clip_segments(clip, path)
            if not 3 <= segments <= _MAX_CLIP_SEGMENTS:
                self._is_clip_known = False
                continue
            own = self._read_clip(clip, path, segments)
            box = (
                own
                if box is None
                else (max(box[0], own[0]), max(box[1], own[1]), min(box[2], own[2]), min(box[3], own[3]))
            )
        return box

    def _read_clip(self, clip: int, path: int, segments: int) -> Box:
        """Return the box of a clip path; of a rectangle, as nearly all are, three corners say it."""
        read, x, y = calls.get_clip_segment, self._addresses[0], self._addresses[1]
        xs, ys = [], []
        for index in range(segments):
            calls.get_point(read(clip, path, index), x, y)
            xs.append(self._four[0])
            ys.append(self._four[1])
            if index == 2 and 4 <= segments <= _RECTANGLE_SEGMENTS and is_corner(xs, ys):
                break
        return min(xs), min(ys), max(xs), max(ys)

    def _is_on_color(self, item: int, matrix: Matrix) -> bool:
        """Tell whether a text object stands on a colored area: white letters are seen there."""
        if not self.areas or not calls.get_bounds(item, *self._addresses):
            return False
        x0, y0, x1, y1 = apply_to_box(matrix, *(self._four[i] for i in (0, 1, 2, 3)))
        return self._is_point_colored((x0 + x1) / 2, (y0 + y1) / 2)

    def _is_point_colored(self, x: float, y: float) -> bool:
        """Tell whether the last area drawn at a point is colored."""
        for left, bottom, right, top, is_colored in reversed(self.areas):
            if left <= x <= right and bottom <= y <= top:
                return is_colored
        return False

    def _is_visible(self, item: int, box: Box | None = None) -> bool:
        """Tell whether a thin path is seen: it is not white, or stands (its box) on a colored area."""
        calls.get_draw_mode(item, *self._mode_addresses)
        fills, strokes = self._mode[0] != 0, self._mode[1] != 0
        if (strokes and not self._is_white(calls.get_stroke, item)) or (
            fills and not self._is_white(calls.get_fill, item)
        ):
            return True
        return box is not None and (fills or strokes) and self._color[3] != 0 and self._is_box_colored(box)

    def _is_box_colored(self, box: Box) -> bool:
        """Tell whether a line runs over colored areas for half of its length or more."""
        x0, y0, x1, y1 = box
        steps = (0.1, 0.3, 0.5, 0.7, 0.9)
        seen = sum(self._is_point_colored(x0 + at * (x1 - x0), y0 + at * (y1 - y0)) for at in steps)
        return bool(self.areas) and 2 * seen > len(steps)

    def _is_white(self, get_color: Callable[..., int], item: int) -> bool:
        if not get_color(item, *self._color_addresses):
            return False
        red, green, blue, alpha = self._color
        return (red >= _WHITE and green >= _WHITE and blue >= _WHITE) or alpha == 0

    def _add_sides(self, item: int, matrix: Matrix, box: Box) -> None:
        """Add the straight sides of a larger path (and its box): a stroked rectangle, a frame of several lines."""
        count = calls.count_segments(item)
        calls.get_draw_mode(item, *self._mode_addresses)
        strokes = self._mode[1] != 0 and (not self._is_white(calls.get_stroke, item) or self._is_box_colored(box))
        if self._mode[0] != 0 and count <= _MAX_AREA_SEGMENTS:
            is_colored = not self._is_white(calls.get_fill, item)
            self.areas.append((*box, is_colored))
            if count <= _MAX_RECTANGLE_SEGMENTS:
                self.fills.append(box)
                red, green, blue, _ = self._color
                self.fill_colors.append(red << 16 | green << 8 | blue if is_colored else -1)
                if self.has_text and self._is_clip_known and not calls.has_transparency(item):
                    self.covers.append(Cover(self.place, box, red + green + blue < _BLACK))
        if self._mode[0] != 0 and count > _MAX_RECTANGLE_SEGMENTS and len(self.shapes) < _MAX_SHAPES:
            is_high = min(box[2] - box[0], box[3] - box[1]) >= _MIN_SHAPE_PT
            self.shapes.extend([box] if is_high and not self._is_white(calls.get_fill, item) else [])
        if count > 20_000 or (not strokes and count <= 6):
            return  # a filled area: a background, no ruling
        own = raw.FS_MATRIX()
        calls.get_matrix(item, ctypes.addressof(own))
        full = multiply((own.a, own.b, own.c, own.d, own.e, own.f), matrix)
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
        (x0, y0), (x1, y1) = apply(matrix, first), apply(matrix, second)
        width, height = abs(x1 - x0), abs(y1 - y0)
        if min(width, height) > 1.0:
            return
        found = self.boxes if max(width, height) >= _MIN_LENGTH_PT else self.short
        found.append((min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1)))

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
            group.append(apply(matrix, (x, y)))


def _read_points(item: int, count: int) -> list[tuple[int, float, float, bool]]:
    """Return the segments of a path: kind, end point, whether it closes the subpath."""
    pair = (ctypes.c_float * 2)()
    first = ctypes.addressof(pair)
    points = []
    for index in range(count):
        segment = calls.get_segment(item, index)
        calls.get_point(segment, first, first + 4)
        points.append((calls.get_segment_type(segment), pair[0], pair[1], bool(calls.get_close(segment))))
    return points


def read_objects(
    page: int | None,
    name: str,
    page_number: int,
    max_objects: int = MAX_OBJECTS,
    max_pixels: int = MAX_PIXELS,
    seen: PageView = PageView(),
) -> PageObjects:
    """Walk over a page's objects once: rules, hidden text, pictures."""
    rulings = PageObjects(name, page_number, max_objects, max_pixels)
    count = calls.count_objects(page)
    rulings.count_in(count)
    items = [item for item in map(calls.get_object, repeat(page, count), range(count)) if item]
    if seen.off:
        rulings.switched_off = {text for item in seen.off for text in list_texts(item)}
        items = [item for item in items if item not in seen.off]
    modes = np.fromiter(map(calls.get_render_mode, items), np.int32, len(items))
    texts = np.flatnonzero(modes != raw.FPDF_TEXTRENDERMODE_UNKNOWN)  # of what is no text
    is_plain = rulings.find_plain([items[place] for place in texts.tolist()])
    is_plain &= modes[texts] != raw.FPDF_TEXTRENDERMODE_INVISIBLE
    first_text = int(texts[0]) if len(texts) else len(items)
    for place in np.setdiff1d(np.arange(len(items)), texts[is_plain], assume_unique=True).tolist():
        rulings.has_text, rulings.place = place > first_text, place
        rulings.add(items[place], seen.upright, 0)
    rulings.order = {item: place for place, item in enumerate(items)} if rulings.covers else {}
    return rulings
