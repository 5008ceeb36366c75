"""The bytes of a web page → a tree whose size and depth are known to be bearable."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml import etree

from planextract.errors import InputError
from planextract.phrases import Phrase
from planextract.read.xml_tree import Element
from planextract.settings import ReadSettings
from planextract.text.markup import to_superscript

SILENT = frozenset(
    {
        "script",
        "style",
        "head",
        "template",
        "noscript",
        "object",
        "embed",
        "applet",
        "iframe",
        "svg",
        "math",
        "map",
        "xml",
    }
)
"""Elements whose text no browser prints (or not as text of the document)."""

_SPACE = re.compile(r"[ \t\r\n\f\v\0]+")
_MAX_DEPTH = 2_000
_LONG_TAG, _QUOTED, _MAX_ATTRIBUTES = re.compile(r"<[^<>]{8000,}"), re.compile(r"\"[^\"]*\"|'[^']*'"), 4_000


def parse_html(text: str, name: str, settings: ReadSettings) -> Element:
    """Parse a page.

    Raises:
        InputError: If it has too many elements or attributes, or nests too deep; or if nothing can be made of it.
    """
    if text.count("<") > settings.max_elements or _has_endless_tag(text):
        raise InputError(
            "read.too_many_objects",
            Phrase("the page has more than {max_elements} elements", max_elements=settings.max_elements),
            file=name,
            advice="Raise read.max_elements in the settings, or save the document alone.",
        )
    parser = etree.HTMLParser(encoding="utf-8", no_network=True, remove_comments=True, remove_pis=True, huge_tree=True)
    try:
        root = etree.fromstring(text.encode("utf-8", "replace"), parser)
    except (etree.LxmlError, ValueError) as exc:
        raise _unreadable(name) from exc
    if root is None:
        raise _unreadable(name)
    depth = 0
    for event, _ in etree.iterwalk(root, events=("start", "end")):
        depth += 1 if event == "start" else -1
        if depth > _MAX_DEPTH:
            raise InputError(
                "read.too_deep",
                Phrase("its elements are nested more than {max_depth} deep", max_depth=_MAX_DEPTH),
                file=name,
                advice="Save the page again with a browser.",
            )
    return root


def _has_endless_tag(text: str) -> bool:
    """Tell whether an element has too many attributes for the parser, which compares each with each."""
    return any(len(_QUOTED.sub("", tag.group()).split()) > _MAX_ATTRIBUTES for tag in _LONG_TAG.finditer(text))


def _unreadable(name: str) -> InputError:
    return InputError(
        "read.damaged", "nothing can be made of this web page", file=name, advice="Save it again with a browser."
    )


def collapse(text: str) -> str:
    """Return text with runs of blanks and line ends as one blank, as browsers show it."""
    return _SPACE.sub(" ", text)


def iter_text(root: Element) -> Iterator[str]:
    """Yield every printed piece of text below an element, in order: the account that the ledger must find again."""
    walker = etree.iterwalk(root, events=("start", "end"))
    raised = 0
    for event, element in walker:
        is_raised = element.tag == "sup"
        if event == "start":
            if element.tag in SILENT:
                walker.skip_subtree()
                continue
            raised += is_raised
            if element.text:
                yield raise_text(element.text) if raised else element.text
        else:
            raised -= is_raised and element.tag not in SILENT
            if element.tail and element is not root:
                yield raise_text(element.tail) if raised else element.tail


def raise_text(text: str) -> str:
    """Return text of a ``<sup>``: digits as raised digits."""
    return to_superscript(text) if text.strip() else text
