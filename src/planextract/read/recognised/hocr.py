"""hOCR: recognised text as a web page, with places in ``title`` attributes (Tesseract, OCRmyPDF, Kraken, OCRopus).

What is read: ``ocr_page`` with its ``bbox`` and ``scan_res``; words (``ocrx_word``) with ``bbox`` and ``x_wconf``, or
their characters (``ocrx_cinfo``) with ``x_bboxes`` and ``x_conf``; lines (``ocr_separator``). A line without words
gives its own text. http://kba.github.io/hocr-spec/1.2/
"""

from __future__ import annotations

import re

from lxml import etree

from planextract.read.html.tree import iter_text, parse_html
from planextract.read.recognised.pages import (
    UNKNOWN_SCORE,
    PageBuilder,
    RecognisedPage,
    check_count,
    check_size,
    make_box,
    no_pages,
)
from planextract.read.xml_tree import Element
from planextract.settings import ReadSettings

_WORD = ("bbox", "x_wconf")
_KEYS = {
    "ocrx_cinfo": ("x_bboxes", "x_conf"),
    "ocrx_word": _WORD,
    "ocr_line": _WORD,
    "ocrx_line": _WORD,
    "ocr_header": _WORD,
    "ocr_caption": _WORD,
    "ocr_textfloat": _WORD,
    "ocr_footer": _WORD,
}
_PROPERTY = re.compile(r"\s*([a-z_]+)((?:\s+(?:\"[^\"]*\"|[^;\"]+))*)", re.IGNORECASE)
_POINTS_AN_INCH = 72.0
_LEAST_DPI, _MOST_DPI = 96.0, 1200.0  # Tesseract says 70 where the picture says nothing


def read_hocr(text: str, name: str, settings: ReadSettings) -> tuple[RecognisedPage, ...]:
    """Read the pages of an hOCR file, in their order.

    Raises:
        InputError: If it breaks a limit, or a page has no size.
    """
    root = parse_html(text, name, settings)
    pages = [element for element in root.iter() if "ocr_page" in _classes(element)]
    check_count(len(pages), name, settings)
    if not pages:
        raise no_pages(name)
    return tuple(_read_page(page, number, name) for number, page in enumerate(pages, start=1))


def _read_page(page: Element, number: int, name: str) -> RecognisedPage:
    properties = _properties(page)
    box = make_box(_numbers(properties.get("bbox", ""))) or (0.0, 0.0, 0.0, 0.0)
    left, top = box[:2]
    check_size(box[2] - left, box[3] - top, name, number)
    resolution = _numbers(properties.get("scan_res", ""))
    is_known = bool(resolution) and _LEAST_DPI <= resolution[0] <= _MOST_DPI
    points = _POINTS_AN_INCH / resolution[0] if is_known else None
    builder = PageBuilder(width=box[2] - left, height=box[3] - top, points=points, left=left, top=top)
    walker = etree.iterwalk(page, events=("start", "end"))
    pieces = _find_pieces(page)
    for event, element in walker:
        if event == "end":
            builder.add_unplaced(element.tail if element is not page else None)
        elif element in pieces:
            walker.skip_subtree()
            _add_piece(builder, element, pieces[element])
        else:
            if "ocr_separator" in _classes(element):
                builder.add_rule(make_box(_numbers(_properties(element).get("bbox", ""))))
            builder.add_unplaced(element.text)
    return builder.build()


def _find_pieces(page: Element) -> dict[Element, tuple[str, str]]:
    """Find the smallest elements whose text has a place: characters, else words, else lines.

    Returns:
        Each with the names of its box and of its confidence.
    """
    holders: set[Element] = set()
    found: dict[Element, tuple[str, str]] = {}
    for element in page.iter():
        keys = next((keys for name, keys in _KEYS.items() if name in _classes(element)), None)
        if keys is None:
            continue
        found[element] = keys
        above = element.getparent()
        while above is not None and above is not page and above not in holders:
            holders.add(above)
            above = above.getparent()
    return {element: keys for element, keys in found.items() if element not in holders}


def _add_piece(builder: PageBuilder, element: Element, keys: tuple[str, str]) -> None:
    properties = _properties(element)
    box = make_box(_numbers(properties.get(keys[0], ""))) or make_box(_numbers(properties.get("bbox", "")))
    score = _numbers(properties.get(keys[1], ""))
    text = "".join(iter_text(element))
    if box is None:
        builder.add_unplaced(text)
    else:
        builder.add_word(text, box, score[0] / 100 if score else UNKNOWN_SCORE)


def _classes(element: Element) -> frozenset[str]:
    value = element.get("class") if isinstance(element.tag, str) else None
    return frozenset(value.split()) if value else frozenset()


def _properties(element: Element) -> dict[str, str]:
    """Return the properties of an element's title: ``bbox 1 2 3 4; x_wconf 93``."""
    found = {}
    for part in _split(element.get("title") or ""):
        match = _PROPERTY.match(part)
        if match:
            found[match.group(1).lower()] = match.group(2).strip()
    return found


def _split(title: str) -> list[str]:
    """Split a title at semicolons outside quotation marks: names of pictures may hold some."""
    return re.findall(r"(?:\"[^\"]*\"|[^;\"]+|\")+", title)


def _numbers(value: str) -> list[float]:
    numbers = []
    for word in value.split()[:8]:
        try:
            numbers.append(float(word))
        except ValueError:
            return []
    return numbers
