"""What hangs on a sheet besides its cells: comments, text boxes, running heads."""

from __future__ import annotations

import re
from collections.abc import Iterator

from planextract.read.archive import Archive
from planextract.read.xlsx.strings import decode_escapes
from planextract.read.xml_tree import Element, children, descendants, get_plain, parse_xml, tag_of

_FIELD = re.compile(r'&(?:"[^"]*"|\d{1,3}|K[0-9A-Fa-f]{6}|K\d{2}[+-]\d{3}|[A-Za-z+\-])|&&')


def read_comments(archive: Archive, path: str, name: str) -> Iterator[tuple[str, str]]:
    """Yield address and text of each comment.

    Raises:
        InputError: If the part is damaged or unsafe.
    """
    for comment in descendants(parse_xml(archive.read(path), name, path), "comment"):
        text = "".join(_texts(comment))
        if text.strip():
            yield get_plain(comment, "ref"), decode_escapes(text)


def _texts(element: Element) -> Iterator[str]:
    for item in element.iter():
        if tag_of(item) == "t" and item.text:
            parent = item.getparent()
            if parent is None or tag_of(parent) != "rPh":
                yield item.text


def read_text_boxes(archive: Archive, path: str, name: str) -> Iterator[tuple[int, str]]:
    """Yield the row (from 0) and the text of each text box of a drawing, a paragraph a line.

    Raises:
        InputError: If the part is damaged or unsafe.
    """
    root = parse_xml(archive.read(path), name, path)
    for anchor in root:
        row = next((item.text or "" for item in descendants(anchor, "row")), "")
        for body in descendants(anchor, "txBody"):
            lines = ["".join(item.text or "" for item in descendants(p, "t")) for p in children(body, "p")]
            text = "\n".join(line for line in lines if line.strip())
            if text:
                yield (int(row) if row.isdigit() and len(row) < 8 else 0), text


def plain_running(text: str) -> str:
    """Return the words of a running head or foot, its fields (page number, font) left out.

    >>> plain_running('&L&"宋体,常规"&10填报单位：区水务局&R第 &P 页')
    '填报单位：区水务局 第  页'
    """
    return _FIELD.sub(lambda m: {"&&": "&", "&L": "", "&C": " ", "&R": " "}.get(m.group(), ""), text).strip()
