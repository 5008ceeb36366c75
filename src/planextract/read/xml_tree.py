"""XML parts of documents, parsed without trusting them.

No entity is resolved, no file or network address is opened, a document type declaration is refused (office
formats have none), and libxml2's own limits on depth and size stay on. Names are compared without their
namespace: producers of both OOXML and OFD use several.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml import etree

from planextract.errors import InputError
from planextract.phrases import Phrase

Element = etree._Element  # lxml's public name for what the parser returns has an underscore

_DECLARATION = re.compile(rb"<!\s*(?:DOCTYPE|ENTITY)", re.IGNORECASE)
_MAX_DEPTH = 200


def parse_xml(data: bytes, name: str, part: str) -> Element:
    """Parse one part.

    Args:
        data: The part's bytes.
        name: The file's name, for messages.
        part: The part's name, for messages.

    Raises:
        InputError: If it is no well-formed XML, declares a document type, or nests too deep.
    """
    head = data[:1_000_000]
    if _DECLARATION.search(head.replace(b"\0", b"")):
        raise _unsafe(name, part)
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, remove_comments=True, remove_pis=True
    )
    try:
        root = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError, LookupError) as exc:
        if "depth" in str(exc):
            raise _too_deep(name, part) from exc
        raise InputError(
            "read.damaged",
            Phrase("its part '{part}' is no well-formed XML", part=part[:80]),
            file=name,
            advice="Open and save it again with another program, or get it anew.",
        ) from exc
    docinfo = root.getroottree().docinfo
    if docinfo.internalDTD is not None or docinfo.externalDTD is not None:
        raise _unsafe(name, part)
    _check_depth(root, name, part)
    return root


def _check_depth(root: Element, name: str, part: str) -> None:
    depth = 0
    for event, _ in etree.iterwalk(root, events=("start", "end")):
        depth += 1 if event == "start" else -1
        if depth > _MAX_DEPTH:
            raise _too_deep(name, part)


def _unsafe(name: str, part: str) -> InputError:
    cause = Phrase("its part '{part}' declares a document type, as attacks do", part=part[:80])
    return InputError(
        "read.unsafe_xml",
        cause,
        file=name,
        advice="Documents of this format have none; do not open the file elsewhere.",
    )


def _too_deep(name: str, part: str) -> InputError:
    return InputError(
        "read.too_deep",
        Phrase("its part '{part}' is nested too deep", part=part[:80]),
        file=name,
        advice="Open and save it again with another program.",
    )


def tag_of(element: Element) -> str:
    """Return an element's name without its namespace; empty for comments and the like."""
    tag = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def get(element: Element, attribute: str, default: str = "") -> str:
    """Return an attribute by its name without namespace."""
    value = element.get(attribute)
    if value is not None:
        return str(value)
    suffix = "}" + attribute
    for key, found in element.attrib.items():
        if str(key).endswith(suffix):
            return str(found)
    return default


def get_plain(element: Element, attribute: str, default: str = "") -> str:
    """Return an attribute of a format whose attributes have no namespace."""
    value = element.get(attribute)
    return default if value is None else str(value)


def child(element: Element | None, *path: str) -> Element | None:
    """Return the first child by names without namespace, step by step; None where a step is missing."""
    for step in path:
        if element is None:
            return None
        element = next((item for item in element if tag_of(item) == step), None)
    return element


def children(element: Element | None, tag: str) -> Iterator[Element]:
    """Yield the children of one name."""
    if element is not None:
        yield from (item for item in element if tag_of(item) == tag)


def descendants(element: Element | None, tag: str) -> Iterator[Element]:
    """Yield all elements of one name below an element, in order."""
    if element is not None:
        yield from (item for item in element.iter() if tag_of(item) == tag)
