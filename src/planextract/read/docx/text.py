"""The printed text of paragraphs: tracked changes accepted, fields as shown, symbols, raised digits."""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

from planextract.read.xml_tree import Element, child, children, get, tag_of
from planextract.text.markup import to_superscript

DELETED = frozenset({"del", "moveFrom", "cellDel"})
UNPRINTED = frozenset(
    {
        *DELETED,
        "pPr",
        "rPr",
        "tblPr",
        "tblGrid",
        "tblPrEx",
        "trPr",
        "tcPr",
        "sectPr",
        "sdtPr",
        "sdtEndPr",
        "instrText",
        "delText",
        "delInstrText",
        "rt",
        "ffData",
        "fldData",
        "annotationRef",
        "numbering",
        "bookmarkStart",
        "altChunk",
        "docPr",
        "cNvPr",
        "textpath",
        "posOffset",
        "positionH",
        "positionV",
        "sizeRelH",
        "sizeRelV",
        "chart",
        "relIds",
    }
)
"""Elements without printed text; what is inside is not looked at."""


def is_on(parent: Element | None, tag: str) -> bool:
    """Tell whether a switch such as ``w:vanish`` stands below an element and is not turned off."""
    switch = child(parent, tag)
    return switch is not None and get(switch, "val", "1") not in ("0", "false", "off")


def is_raised(run: Element | None) -> bool:
    """Tell whether a run is a superscript."""
    align = child(run, "rPr", "vertAlign")
    return align is not None and get(align, "val") == "superscript"


def is_struck(run: Element) -> bool:
    """Tell whether a run is struck through, once or twice."""
    properties = child(run, "rPr")
    return properties is not None and (is_on(properties, "strike") or is_on(properties, "dstrike"))


def is_deleted_row(row: Element) -> bool:
    """Tell whether a table row is deleted by a tracked change."""
    return child(row, "trPr", "del") is not None


def is_deleted_cell(cell: Element) -> bool:
    """Tell whether a table cell is deleted by a tracked change."""
    return child(cell, "tcPr", "cellDel") is not None


def choose_alternative(element: Element) -> Element | None:
    """Return the branch of an ``mc:AlternateContent`` that is read: the first choice, else the fallback."""
    return child(element, "Choice") if child(element, "Choice") is not None else child(element, "Fallback")


def leaf_text(element: Element) -> str:
    """Return the text that one element without children prints, by its name."""
    tag = tag_of(element)
    if tag == "t":
        text = element.text or ""
        return to_superscript(text) if text.strip() and is_raised(_run_of(element)) else text
    if tag == "sym":
        return _symbol(get(element, "char"))
    return "-" if tag == "noBreakHyphen" else ""


def _run_of(element: Element) -> Element | None:
    parent = element.getparent()
    return parent if parent is not None and tag_of(parent) == "r" else None


def _symbol(code: str) -> str:
    """Return the character of a ``w:sym``; codes of symbol fonts stand in the private area and print as a mark."""
    try:
        value = int(code[:6], 16)
    except ValueError:
        return ""
    if 0xE000 <= value <= 0xF8FF:
        return _SYMBOLS.get(value & 0xFF, "•")
    return chr(value) if 0x20 <= value < 0x110000 and not 0xD800 <= value < 0xE000 else ""


_SYMBOLS = {
    0xA3: "≤",
    0xB3: "≥",
    0xB0: "°",
    0xB1: "±",
    0xB4: "×",
    0xD7: "·",
    0xFC: "√",
    0xFE: "☑",
    0x6F: "□",
    0xA8: "□",
    0x52: "☑",
    0xE0: "→",
    0x6C: "●",
    0x6E: "■",
    0x75: "◆",
}


def iter_printed(root: Element) -> Iterator[str]:
    """Yield every printed piece of text below an element, in order: the account that the ledger must find again."""
    walker = etree.iterwalk(root, events=("start",))
    chosen: set[Element] = set()
    for _, element in walker:
        tag = tag_of(element)
        is_other_branch = tag in ("Choice", "Fallback") and element not in chosen
        is_deleted = (tag == "tr" and is_deleted_row(element)) or (tag == "tc" and is_deleted_cell(element))
        if tag in UNPRINTED or is_other_branch or is_deleted:
            walker.skip_subtree()
        elif tag == "AlternateContent":
            branch = choose_alternative(element)
            if branch is not None:
                chosen.add(branch)
        elif text := leaf_text(element):
            yield text


def count_changes(root: Element) -> int:
    """Count the tracked insertions, deletions and moves of a part."""
    return sum(tag_of(item) in ("ins", "del", "moveFrom", "moveTo", "cellIns", "cellDel") for item in root.iter())


def iter_cells(row: Element) -> Iterator[Element]:
    """Yield the cells of a row, those inside content controls too; deleted ones are left out."""
    for item in row:
        tag = tag_of(item)
        if tag == "tc" and not is_deleted_cell(item):
            yield item
        elif tag == "sdt":
            for content in children(item, "sdtContent"):
                yield from iter_cells(content)
        elif tag in ("customXml", "ins", "moveTo"):
            yield from iter_cells(item)


def iter_rows(table: Element) -> Iterator[Element]:
    """Yield the rows of a table, those inside content controls too; deleted ones are left out."""
    for item in table:
        tag = tag_of(item)
        if tag == "tr" and not is_deleted_row(item):
            yield item
        elif tag == "sdt":
            for content in children(item, "sdtContent"):
                yield from iter_rows(content)
        elif tag in ("customXml", "ins", "moveTo"):
            yield from iter_rows(item)
