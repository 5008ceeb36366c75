"""One page of OFD → arrays of characters and rulings, with no object per character."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

import numpy as np

from planextract.errors import InputError
from planextract.model.page import Bools, Floats, PageArrays
from planextract.phrases import Phrase
from planextract.read.ofd.characters import Advances, Character, font_size, place_characters
from planextract.read.ofd.geometry import (
    POINTS_PER_MM,
    Box,
    Matrix,
    apply,
    apply_to_box,
    multiply,
    read_matrix,
    read_number,
    read_numbers,
)
from planextract.read.ofd.package import OfdPage, Resources
from planextract.read.ofd.path import Subpath, read_path
from planextract.read.xml_tree import Element, child, children, get_plain, tag_of

_MAX_THICKNESS_PT = 4.0
_MIN_LENGTH_PT = 4.0
_LINE_WIDTH_MM = 0.353
_ASCENT, _DESCENT = 0.88, 0.12  # of the font's size: the line's height, not the ink
_MAX_OBJECTS = 400_000
_MAX_CHARACTERS = 2_000_000
_MAX_DEPTH = 24
_WHITE = 250.0
_COVER_SHARE = 0.8
_PAGE_MATRIX: Matrix = (POINTS_PER_MM, 0.0, 0.0, POINTS_PER_MM, 0.0, 0.0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """A picture on a page: its path in the file, and the matrix from the unit square to points from the top left."""

    path: str
    matrix: Matrix


@dataclass(frozen=True, slots=True, kw_only=True)
class PageContent:
    """A page as arrays; its pictures in drawing order; what its annotations print; and all text of its XML."""

    arrays: PageArrays
    pictures: tuple[Picture, ...]
    annotations: str
    printed: str


@dataclass(slots=True)
class _Style:
    """Drawing parameters that an object inherits."""

    params: tuple[Element, ...] = ()

    def color(self, element: Element, tag: str) -> Element | None:
        own = child(element, tag)
        return (
            own if own is not None else next((found for p in self.params if (found := child(p, tag)) is not None), None)
        )

    def value(self, element: Element, attribute: str) -> str:
        return get_plain(element, attribute) or next(
            (found for p in self.params if (found := get_plain(p, attribute))), ""
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Guess:
    """A character of unknown width: where it stands in the columns, its font, and how it was placed."""

    index: int
    font: str
    size: float
    matrix: Matrix


@dataclass(slots=True)
class _Text:
    """Characters collected so far, one list a column; and those whose width is still a guess."""

    codes: list[int] = field(default_factory=list)
    boxes: list[Box] = field(default_factory=list)
    angles: list[int] = field(default_factory=list)
    guesses: list[_Guess] = field(default_factory=list)

    def hide_from(self, start: int) -> str:
        """Take out the characters from an index on, and return them."""
        taken = "".join(map(chr, self.codes[start:]))
        for column in (self.codes, self.boxes, self.angles):
            del column[start:]
        while self.guesses and self.guesses[-1].index >= start:
            self.guesses.pop()
        return taken


def _character_box(matrix: Matrix, size: float, width: float) -> Box:
    return apply_to_box(matrix, 0.0, -_ASCENT * size, width, _DESCENT * size)


class _Walker:
    """Collects characters, rulings and pictures of a page in drawing order."""

    def __init__(self, resources: Resources, name: str, page_number: int) -> None:
        self.text = _Text()
        self.rulings: list[Box] = []
        self.images: list[Box] = []
        self.pictures: list[Picture] = []
        self.hidden: list[str] = []
        self.printed: list[str] = []
        self.covers: list[tuple[int, Box]] = []
        self._areas: list[tuple[Box, bool]] = []
        self._resources, self._name, self._page_number = resources, name, page_number
        self._count = 0
        self._advances = Advances()

    def settle_widths(self) -> None:
        """Give characters without an offset behind them the width that their font was seen to have elsewhere."""
        for guess in self.text.guesses:
            width = self._advances.find(guess.font, self.text.codes[guess.index]) * guess.size
            self.text.boxes[guess.index] = _character_box(guess.matrix, guess.size, width)

    def walk(self, items: Iterable[Element], matrix: Matrix, style: _Style, depth: int) -> None:
        """Take in graphic objects; blocks and composites are walked through with their own matrix."""
        if depth > _MAX_DEPTH:
            raise InputError(
                "read.too_deep",
                "its objects refer to each other without end",
                file=self._name,
                page=self._page_number,
                advice="Save it again with another OFD program.",
            )
        for item in items:
            self._count += 1
            if self._count > _MAX_OBJECTS or len(self.text.codes) > _MAX_CHARACTERS:
                cause = Phrase("the page has more than {max_objects} objects", max_objects=_MAX_OBJECTS)
                raise InputError(
                    "read.too_many_objects", cause, file=self._name, page=self._page_number, advice="Split the file."
                )
            tag = tag_of(item)
            if tag in ("TextObject", "PathObject", "ImageObject", "CompositeObject"):
                self._add_object(item, tag, matrix, self._style(item, style), depth)
            elif tag in ("Content", "Layer", "PageBlock", "Appearance"):
                inner = _place(item, matrix) if tag == "Appearance" else matrix
                self.walk(item, inner, self._style(item, style), depth + 1)

    def _style(self, element: Element, inherited: _Style) -> _Style:
        number = get_plain(element, "DrawParam")
        params: list[Element] = []
        for _ in range(_MAX_DEPTH):
            found = self._resources.draw_params.get(number)
            if found is None or found in params:
                break
            params.append(found)
            number = get_plain(found, "Relative")
        return _Style(params=(*params, *inherited.params)[:_MAX_DEPTH]) if params else inherited

    def _add_object(self, item: Element, tag: str, matrix: Matrix, style: _Style, depth: int) -> None:
        own = _place(item, matrix)
        is_visible = get_plain(item, "Visible", "true").lower() not in ("false", "0") and _alpha(item) > 0
        if tag == "TextObject":
            self._add_text(item, own, style, is_visible=is_visible)
        elif tag == "CompositeObject":
            unit = self._resources.composites.get(get_plain(item, "ResourceID"))
            if unit is not None and is_visible:
                self.walk(unit, own, style, depth + 1)
        elif is_visible and tag == "PathObject":
            self._add_path(item, own, style)
        elif is_visible:
            box = _boundary_box(item, matrix)
            self.images.append(box)
            self._areas.append((box, True))
            self.covers.append((len(self.text.codes), box))
            path = self._resources.pictures.get(get_plain(item, "ResourceID"))
            if path is not None:
                self.pictures.append(Picture(path=path, matrix=_place_picture(item, matrix)))

    def _add_text(self, item: Element, matrix: Matrix, style: _Style, *, is_visible: bool) -> None:
        fills = style.value(item, "Fill").lower() not in ("false", "0")
        strokes = style.value(item, "Stroke").lower() in ("true", "1")
        color = style.color(item, "FillColor")
        is_seen = is_visible and (fills or strokes) and (not fills or _alpha(color) > 0)
        is_white = fills and not strokes and _is_white(color)
        x = y = 0.0
        for code in children(item, "TextCode"):
            text = code.text or ""
            if "\n" in text:
                text = text.strip()
            self.printed.append(text)
            x, y = read_number(get_plain(code, "X"), x), read_number(get_plain(code, "Y"), y)
            placed = place_characters(item, code, text, (x, y), self._advances)
            start = len(self.text.codes)
            self._append(placed, matrix, item)
            if not is_seen or (is_white and not self._is_on_color(start)):
                self.hidden.append(self.text.hide_from(start))
            if placed:
                x, y = placed[-1].x, placed[-1].y

    def _append(self, placed: list[Character], matrix: Matrix, item: Element) -> None:
        size = font_size(item)
        direction = int(read_number(get_plain(item, "CharDirection"), 0.0)) % 360
        cosine, sine = math.cos(math.radians(direction)), math.sin(math.radians(direction))
        vector = multiply((cosine, sine, -sine, cosine, 0.0, 0.0), (*matrix[:4], 0.0, 0.0))
        angle = round(math.degrees(math.atan2(vector[1], vector[0]))) % 360
        is_upright = vector[0] > 0 and vector[3] > 0 and vector[1] == vector[2] == 0
        for character in placed:
            if character.code <= 32 or chr(character.code).isspace():
                continue
            x, y = apply(matrix, character.x, character.y)
            if not character.is_known:
                own = (*vector[:4], x, y)
                index = len(self.text.codes)
                self.text.guesses.append(_Guess(index=index, font=get_plain(item, "Font"), size=size, matrix=own))
            self.text.codes.append(character.code)
            self.text.angles.append(angle)
            if is_upright:
                high, low = y - _ASCENT * size * vector[3], y + _DESCENT * size * vector[3]
                self.text.boxes.append((x, high, x + character.width * vector[0], low))
            else:
                self.text.boxes.append(_character_box((*vector[:4], x, y), size, character.width))

    def _is_on_color(self, start: int) -> bool:
        """Tell whether characters stand on a colored area or a picture: white letters are seen there."""
        if start >= len(self.text.boxes):
            return False
        x0, y0, x1, y1 = self.text.boxes[start]
        x, y = (x0 + x1) / 2, (y0 + y1) / 2
        for (left, top, right, bottom), is_colored in reversed(self._areas):
            if left <= x <= right and top <= y <= bottom:
                return is_colored
        return False

    def _add_path(self, item: Element, matrix: Matrix, style: _Style) -> None:
        data = child(item, "AbbreviatedData")
        if data is None or not data.text:
            return
        strokes = style.value(item, "Stroke").lower() not in ("false", "0")
        fills = style.value(item, "Fill").lower() in ("true", "1")
        fill, stroke = style.color(item, "FillColor"), style.color(item, "StrokeColor")
        shows_stroke = strokes and not _is_white(stroke) and _alpha(stroke) > 0
        shows_fill = fills and not _is_white(fill) and _alpha(fill) > 0
        width = read_number(style.value(item, "LineWidth"), _LINE_WIDTH_MM)
        half = min(abs(width) * math.sqrt(abs(matrix[0] * matrix[3] - matrix[1] * matrix[2])), _MAX_THICKNESS_PT) / 2
        for part in read_path(data.text, matrix):
            xs, ys = [x for x, _ in part.points], [y for _, y in part.points]
            box = (min(xs), min(ys), max(xs), max(ys))
            is_thin = min(box[2] - box[0], box[3] - box[1]) <= _MAX_THICKNESS_PT
            if is_thin and (shows_fill or shows_stroke):
                self._add_ruling(box, half if shows_stroke else 0.0)
            elif shows_stroke:
                self._add_lines(part, half)
            if fills and not is_thin and len(part.points) >= 4:
                self._areas.append((box, shows_fill))

    def _add_lines(self, part: Subpath, half: float) -> None:
        for number, is_straight in enumerate(part.straight):
            (x0, y0), (x1, y1) = part.points[number], part.points[number + 1]
            if is_straight and min(abs(x1 - x0), abs(y1 - y0)) <= 1.0:
                self._add_ruling((min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1)), half)

    def _add_ruling(self, box: Box, half: float) -> None:
        x0, y0, x1, y1 = box
        if max(x1 - x0, y1 - y0) < _MIN_LENGTH_PT:
            return
        if x1 - x0 >= y1 - y0:
            self.rulings.append((x0, y0 - half, x1, y1 + half))
        else:
            self.rulings.append((x0 - half, y0, x1 + half, y1))


def _place(item: Element, matrix: Matrix) -> Matrix:
    """Return the matrix of an object's inside: its own, then its place on the page, then what is around it."""
    own = read_matrix(get_plain(item, "CTM"))
    boundary = read_numbers(get_plain(item, "Boundary"))
    x, y = (boundary[0], boundary[1]) if len(boundary) >= 2 else (0.0, 0.0)
    return multiply(multiply(own, (1.0, 0.0, 0.0, 1.0, x, y)), matrix)


def _place_picture(item: Element, matrix: Matrix) -> Matrix:
    """Return the matrix of a picture's unit square; without one of its own it fills the object's boundary."""
    if get_plain(item, "CTM"):
        return _place(item, matrix)
    boundary = read_numbers(get_plain(item, "Boundary"))
    x, y, width, height = boundary if len(boundary) == 4 else (0.0, 0.0, 0.0, 0.0)
    return multiply((width, 0.0, 0.0, height, x, y), matrix)


def _boundary_box(item: Element, matrix: Matrix) -> Box:
    boundary = read_numbers(get_plain(item, "Boundary"))
    x, y, width, height = boundary if len(boundary) == 4 else (0.0, 0.0, 0.0, 0.0)
    return apply_to_box(matrix, x, y, x + width, y + height)


def _alpha(element: Element | None) -> float:
    return read_number(get_plain(element, "Alpha"), 255.0) if element is not None else 255.0


def _is_white(color: Element | None) -> bool:
    """Tell whether a color is white, whatever its space: grey, RGB or CMYK; no color is black."""
    if color is None:
        return False
    inner = child(color, "Value")
    values = read_numbers(get_plain(color, "Value") or (inner.text or "" if inner is not None else ""))
    if len(values) == 4:
        return all(value <= 255 - _WHITE for value in values)
    return len(values) in (1, 3) and all(value >= _WHITE for value in values)


def read_ofd_page(page: OfdPage, page_number: int, name: str) -> PageContent:
    """Read a page: templates below, content, templates above; its annotations apart.

    Args:
        page: The loaded page.
        page_number: From 1.
        name: The file's name, for messages.

    Raises:
        InputError: If it has too many objects or they nest without end.
    """
    walker = _Walker(page.resources, name, page_number)
    for root in (*page.below, page.content, *page.above):
        walker.walk(children(root, "Content"), _PAGE_MATRIX, _Style(), 1)
    notes = _Walker(page.resources, name, page_number)
    for root in page.annotations:
        for annotation in children(root, "Annot"):
            notes.walk(children(annotation, "Appearance"), _PAGE_MATRIX, _Style(), 1)
    walker.settle_widths()
    arrays = _make_arrays(walker, page, page_number)
    return PageContent(
        arrays=arrays,
        pictures=tuple(walker.pictures),
        annotations="".join(notes.printed),
        printed="".join([*walker.printed, *notes.printed]),
    )


def _make_arrays(walker: _Walker, page: OfdPage, page_number: int) -> PageArrays:
    codes = np.array(walker.text.codes, dtype=np.int32)
    boxes = _as_boxes(walker.text.boxes)
    angles = np.array(walker.text.angles, dtype=np.int32)
    main = Counter(walker.text.angles).most_common(1)[0][0] if walker.text.angles else 0
    upright = np.abs((angles - main + 180) % 360 - 180) <= 20
    turns = round(-main / 90) % 4 if min(main % 90, 90 - main % 90) < 5 else 0
    width, height = page.width * POINTS_PER_MM, page.height * POINTS_PER_MM
    boxes, rulings, images = (
        _turn(b, width, height, turns) for b in (boxes, _as_boxes(walker.rulings), _as_boxes(walker.images))
    )
    if turns % 2:
        width, height = height, width
    inside = (boxes[:, 2] > 0) & (boxes[:, 0] < width) & (boxes[:, 3] > 0) & (boxes[:, 1] < height)
    keep: Bools = upright & inside
    wide = (rulings[:, 3] - rulings[:, 1]) <= (rulings[:, 2] - rulings[:, 0])
    return PageArrays(
        page_number=page_number,
        width=width,
        height=height,
        codes=codes[keep],
        boxes=boxes[keep],
        horizontals=rulings[wide],
        verticals=rulings[~wide],
        hidden="".join(walker.hidden) + "".join(map(chr, codes[~keep].tolist())),
        images=images,
        is_covered=_is_covered(walker, width * height),
        quarter_turns=turns,
    )


def _is_covered(walker: _Walker, area: float) -> bool:
    """Tell whether a picture of the page's size is drawn over all its text: a scan with its OCR text behind it."""
    last = len(walker.text.codes)
    return bool(last) and any(
        number == last and (box[2] - box[0]) * (box[3] - box[1]) >= _COVER_SHARE * area for number, box in walker.covers
    )


def _as_boxes(boxes: list[Box]) -> Floats:
    return np.array(boxes, dtype=np.float32).reshape(-1, 4)


def _turn(boxes: Floats, width: float, height: float, turns: int) -> Floats:
    """Turn boxes clockwise with their page, in quarters."""
    x0, y0, x1, y1 = boxes[:, 0], boxes[:, 1], boxes[:, 2], boxes[:, 3]
    columns = {
        0: (x0, y0, x1, y1),
        1: (height - y1, x0, height - y0, x1),
        2: (width - x1, height - y1, width - x0, height - y0),
        3: (y0, width - x1, y1, width - x0),
    }[turns]
    return np.stack(columns, axis=1).astype(np.float32)
