"""Characters of a text object: where its offsets put them, and how wide they are."""

from __future__ import annotations

from dataclasses import dataclass

from planextract.read.ofd.geometry import expand_offsets, read_number
from planextract.read.xml_tree import Element, children, get_plain

_HALF, _FULL = 0.5, 1.0
_FIRST_WIDE = 0x2010  # from here on (quotation marks, ①, ideographs) Chinese fonts are as wide as high
_FIRST_IDEOGRAPH = 0x2E80
_NARROW, _SLIM, _BROAD = frozenset("ijl.,:;!|'"), frozenset("fIrt()[]-/ "), frozenset("mMwW%@")
_PROPORTIONAL = {**dict.fromkeys(_NARROW, 0.28), **dict.fromkeys(_SLIM, 0.35), **dict.fromkeys(_BROAD, 0.85)}
_CAPITAL = 0.68
_MONOSPACE_TOLERANCE = 0.03


class Advances:
    """What is known of the widths of a page's fonts, in sizes of the font: seen where offsets follow characters."""

    def __init__(self) -> None:
        self._seen: dict[tuple[str, int], float] = {}
        self._is_half: dict[str, bool] = {}

    def learn(self, font: str, code: int, width: float) -> None:
        """Note the width of a character that another one follows."""
        if code >= _FIRST_IDEOGRAPH or not 0.15 < width < 1.2:
            return
        self._seen.setdefault((font, code), width)
        if code < _FIRST_WIDE:
            is_half = abs(width - _HALF) <= _MONOSPACE_TOLERANCE
            self._is_half[font] = self._is_half.get(font, True) and is_half

    def find(self, font: str, code: int) -> float:
        """Return a character's width: as seen, else by what the font seems to be."""
        seen = self._seen.get((font, code))
        if seen is not None:
            return seen
        if code >= _FIRST_WIDE:
            return _FULL
        if self._is_half.get(font, False):
            return _HALF
        char = chr(code)
        return _PROPORTIONAL.get(char, _CAPITAL if char.isupper() else _HALF)


@dataclass(frozen=True, slots=True, kw_only=True)
class Character:
    """A character on its base line, in the object's own space; ``is_known`` unless its width is a guess."""

    code: int
    x: float
    y: float
    width: float
    is_known: bool


def font_size(item: Element) -> float:
    """Return the size of a text's font; one producer writes the attribute small."""
    return read_number(get_plain(item, "Size") or get_plain(item, "size"), 0.0) or 1.0


def place_characters(
    item: Element, code: Element, text: str, start: tuple[float, float], advances: Advances
) -> list[Character]:
    """Place the characters of a ``TextCode``: by its offsets; where they are missing, by natural widths.

    Args:
        item: The text object.
        code: The ``TextCode``.
        text: Its text.
        start: Where its first character stands.
        advances: Learns from the offsets.
    """
    size, font = font_size(item), get_plain(item, "Font")
    scale = read_number(get_plain(item, "HScale"), 1.0) or 1.0
    naturals = [size * scale * (_HALF if ord(char) < _FIRST_WIDE else _FULL) for char in text]
    xs, ys, is_moved = _walk_offsets(item, code, naturals, start)
    placed = []
    for number, char in enumerate(text):
        width, is_known = naturals[number], ord(char) >= _FIRST_IDEOGRAPH
        if number + 1 < len(text):
            ahead = xs[number + 1] - xs[number]
            if 0.2 * size < ahead <= max(width, 1.05 * size):
                width, is_known = ahead, True
                if is_moved:
                    advances.learn(font, ord(char), ahead / size)
        placed.append(Character(code=ord(char), x=xs[number], y=ys[number], width=width, is_known=is_known))
    return placed


def _walk_offsets(
    item: Element, code: Element, naturals: list[float], start: tuple[float, float]
) -> tuple[list[float], list[float], bool]:
    """Return x and y of each character, and whether offsets of the file told them."""
    count = len(naturals)
    glyphs = _glyph_numbers(item, count)
    steps_x, steps_y = expand_offsets(get_plain(code, "DeltaX")), expand_offsets(get_plain(code, "DeltaY"))
    direction = int(read_number(get_plain(item, "ReadDirection"), 0.0)) % 360
    toward = {90: (0.0, 1.0), 180: (-1.0, 0.0), 270: (0.0, -1.0)}.get(direction, (1.0, 0.0))
    xs, ys = [start[0]], [start[1]]
    for number in range(1, count):
        place = glyphs[number] - 1
        known_x, known_y = place < len(steps_x), place < len(steps_y)
        if glyphs[number] == glyphs[number - 1]:
            move_x = move_y = 0.0
        elif known_x or known_y:
            move_x, move_y = steps_x[place] if known_x else 0.0, steps_y[place] if known_y else 0.0
        else:
            move_x, move_y = toward[0] * naturals[number - 1], toward[1] * naturals[number - 1]
        xs.append(xs[-1] + move_x)
        ys.append(ys[-1] + move_y)
    return xs, ys, bool(steps_x)


def _glyph_numbers(item: Element, count: int) -> list[int]:
    """Return the glyph that each character belongs to: several characters can share one (``CGTransform``)."""
    numbers = list(range(count))
    for transform in children(item, "CGTransform"):
        position = int(read_number(get_plain(transform, "CodePosition"), 0.0))
        codes = int(read_number(get_plain(transform, "CodeCount"), 1.0))
        glyphs = int(read_number(get_plain(transform, "GlyphCount"), 1.0))
        if codes <= glyphs or not 0 <= position < count or glyphs < 1:
            continue
        end = min(position + codes, count)
        for number in range(position, count):
            shift = min(number, end - 1) - position - min(min(number, end - 1) - position, glyphs - 1)
            numbers[number] -= shift
    return numbers
