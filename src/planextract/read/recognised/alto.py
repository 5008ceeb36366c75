"""ALTO: recognised text as XML (Tesseract, ABBYY FineReader, libraries), all versions from 2 to 4.

What is read: pages with their size and unit; ``String`` with its place, ``WC`` and ``CONTENT`` (or its ``Glyph``
parts); ``GraphicalElement`` as lines. https://www.loc.gov/standards/alto/
"""

from __future__ import annotations

from planextract.read.recognised.pages import (
    UNKNOWN_SCORE,
    Box,
    PageBuilder,
    RecognisedPage,
    check_count,
    check_size,
    make_box,
    no_pages,
)
from planextract.read.xml_tree import Element, child, children, descendants, get_plain, parse_xml
from planextract.settings import ReadSettings

_POINTS = {"mm10": 72 / 254, "inch1200": 72 / 1200}


def read_alto(data: bytes, name: str, settings: ReadSettings) -> tuple[RecognisedPage, ...]:
    """Read the pages of an ALTO file, in their order.

    Raises:
        InputError: If it is no well-formed XML, breaks a limit, or a page has no size.
    """
    root = parse_xml(data, name, "alto")
    unit = child(root, "Description", "MeasurementUnit")
    points = _POINTS.get(("" if unit is None else unit.text or "").strip().lower())
    pages = list(children(child(root, "Layout"), "Page"))
    check_count(len(pages), name, settings)
    if not pages:
        raise no_pages(name)
    return tuple(_read_page(page, number, name, points) for number, page in enumerate(pages, start=1))


def _read_page(page: Element, number: int, name: str, points: float | None) -> RecognisedPage:
    space = child(page, "PrintSpace")
    width = _number(page, "WIDTH") or (0.0 if space is None else _number(space, "HPOS") + _number(space, "WIDTH"))
    height = _number(page, "HEIGHT") or (0.0 if space is None else _number(space, "VPOS") + _number(space, "HEIGHT"))
    check_size(width, height, name, number)
    builder = PageBuilder(width=width, height=height, points=points)
    for word in descendants(page, "String"):
        glyphs = [glyph for glyph in children(word, "Glyph") if get_plain(glyph, "CONTENT").strip()]
        if glyphs and "".join(get_plain(glyph, "CONTENT") for glyph in glyphs) == get_plain(word, "CONTENT"):
            for glyph in glyphs:
                _add(builder, glyph, "GC")
        else:
            _add(builder, word, "WC")
    for element in descendants(page, "GraphicalElement"):
        builder.add_rule(_box(element))
    return builder.build()


def _add(builder: PageBuilder, element: Element, confidence: str) -> None:
    box, text = _box(element), get_plain(element, "CONTENT")
    if box is None:
        builder.add_unplaced(text)
    else:
        builder.add_word(text, box, _number(element, confidence) if get_plain(element, confidence) else UNKNOWN_SCORE)


def _box(element: Element) -> Box | None:
    x, y, width, height = (_number(element, key) for key in ("HPOS", "VPOS", "WIDTH", "HEIGHT"))
    return make_box([x, y, x + width, y + height])


def _number(element: Element, attribute: str) -> float:
    try:
        value = float(get_plain(element, attribute, "0"))
    except ValueError:
        return 0.0
    return value if -1e9 < value < 1e9 else 0.0
