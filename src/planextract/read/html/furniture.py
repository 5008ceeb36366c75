"""What of a web page is the document, and what is the page around it: told by structure, not by wording.

Government sites print menus, the way to the page, sharing buttons, a block of metadata and a footer around a
document. Elements made for that purpose, elements named so, and lists of links are furniture unless they hold a
table of data. The names of elements are those that the sites' publishing systems use.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from lxml import etree

from planextract.read.html.metadata import count_labels, is_metadata
from planextract.read.html.tree import SILENT, iter_text
from planextract.read.xml_tree import Element

_FURNITURE_TAGS = frozenset({"nav", "footer", "aside", "button", "select", "option", "textarea", "dialog"})
_ROLES = frozenset({"navigation", "banner", "contentinfo", "search", "complementary", "menu", "toolbar"})
_NAME_WORDS = (
    "nav navbar navi menu topmenu breadcrumb breadcrumbs crumb crumbs position weizhi dqwz location footer foot bottom "
    "copyright share bdsharebuttonbox bshare toolbar tools sidebar side aside sitemap search login qrcode ewm erweima "
    "pagination pager related recommend hot friendlink friendlinks links yqlj banner logo skip header topbar fontsize "
    "print close wza audio player"
)
_NAMES = frozenset(_NAME_WORDS.split())
_CONTAINER_WORDS = (
    "ucap-content trs_editor trs_ueditor view zoom zoomcon article-content articlecontent pages_content maintext "
    "custom_unionstyle content-article tys-main-zt-show wenzhang xxgk-content gknbxq_detail"
)
_CONTAINERS = frozenset(_CONTAINER_WORDS.split())
_BLOCKS = frozenset({"div", "ul", "ol", "dl", "p", "td", "table", "section", "center", "form", "header", "li", "span"})
_WORD = re.compile(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])")
_DOCUMENT_LINK = re.compile(r"\.(?:docx?|pdf|xlsx?|ofd|wps|et|zip|rar|txt|rtf)(?:[?#].*)?$", re.IGNORECASE)
_HIDDEN = re.compile(r"(?:display\s*:\s*none|visibility\s*:\s*hidden)", re.IGNORECASE)
_LONG, _SHORT = 400, 12


@dataclass(slots=True)
class _Sum:
    """What an element holds: printed characters, those in links, number of links, of headings."""

    text: int = 0
    linked: int = 0
    links: int = 0
    headings: int = 0


@dataclass(slots=True)
class PageMap:
    """What is known of a page's elements before its text is read.

    Attributes:
        tables: Tables of data: no table inside, two rows and columns or more, not mostly links.
        metadata: Blocks of metadata, outermost first.
    """

    tables: list[Element] = field(default_factory=list)
    metadata: list[Element] = field(default_factory=list)
    _sums: dict[Element, _Sum] = field(default_factory=dict)
    _kept: set[Element] = field(default_factory=set)
    _outside: set[Element] = field(default_factory=set)
    _metadata: set[Element] = field(default_factory=set)

    def reason(self, element: Element) -> str | None:
        """Return why an element is left out as a whole, or None."""
        if element in self._metadata:
            return "site_metadata"
        if element in self._kept:
            return None
        if _is_hidden(element):
            return "hidden"
        return "page_furniture" if element in self._outside or self._is_furniture(element) else None

    def _is_furniture(self, element: Element) -> bool:
        tag = element.tag
        if tag in _FURNITURE_TAGS or element.get("role", "").lower() in _ROLES:
            return True
        if tag not in _BLOCKS:
            return False
        own = self._sums[element]
        if own.text == 0 or own.headings:
            return False
        share = own.linked / own.text
        if _names(element) & _NAMES and (own.text <= _LONG or share > 0.3):
            return True
        if own.links >= 3 and share > 0.7:
            return True
        return own.links >= 2 and share > 0.25 and own.text < 120 and _is_trail(element)


def map_page(body: Element) -> PageMap:
    """Look a page over: sizes, links, tables of data, metadata, the container of the document."""
    page = PageMap()
    _measure(body, page)
    for table in [element for element in page._sums if element.tag == "table"]:
        if _is_data(table, page):
            page.tables.append(table)
            page._kept.update([table, *table.iterancestors(), *table.iterdescendants()])
    for element in page._sums:
        if element in page._kept or element.tag not in ("table", "dl", "ul", "div", "ol", "section"):
            continue
        own = page._sums[element]
        if own.text < _SHORT or (len(element) == 1 and page._sums[element[0]].text == own.text):
            continue  # too short for fields, or nothing but what its child says
        is_inside = any(ancestor in page._metadata for ancestor in element.iterancestors())
        if own.text <= 2 * _LONG and not own.headings and not is_inside and is_metadata(element):
            page.metadata.append(element)
            page._metadata.add(element)
    _find_container(body, page)
    return page


def _measure(body: Element, page: PageMap) -> None:
    walker = etree.iterwalk(body, events=("start", "end"))
    for event, element in walker:
        if event == "start":
            page._sums[element] = own = _Sum()
            if element.tag in SILENT:
                walker.skip_subtree()
                continue
            own.text += _length(element.text)
            continue
        own = page._sums[element]
        if element.tag == "a" and element.get("href") and not _DOCUMENT_LINK.search(element.get("href", "")):
            own.linked, own.links = own.text, 1
        own.headings += element.tag == "h1"
        parent = page._sums.get(element.getparent()) if element is not body else None
        if parent is not None:
            parent.text += own.text + _length(element.tail)
            parent.linked += own.linked
            parent.links += own.links
            parent.headings += own.headings


def _length(text: str | None) -> int:
    return len("".join(text.split())) if text else 0


def _is_data(table: Element, page: PageMap) -> bool:
    own = page._sums[table]
    if own.text == 0 or own.linked > 0.5 * own.text or next(table.iterdescendants("table"), None) is not None:
        return False
    rows = [sum(cell.tag in ("td", "th") for cell in row) for row in table.iter("tr")]
    return len(rows) > 1 and max(rows, default=0) > 1 and (own.text > 2 * _LONG or count_labels(table) < 3)


def _find_container(body: Element, page: PageMap) -> None:
    """Where a known container holds all tables of data, all beside it is furniture, but headings and metadata."""
    if not page.tables:
        return
    container = next(
        (ancestor for ancestor in page.tables[0].iterancestors() if _is_container(ancestor) and ancestor is not body),
        None,
    )
    if container is None or any(container not in set(table.iterancestors()) for table in page.tables[1:]):
        return
    inside = container
    while inside is not body and (parent := inside.getparent()) is not None:
        for sibling in parent:
            if sibling is not inside and not page._sums.get(sibling, _Sum()).headings and sibling.tag != "h1":
                page._outside.add(sibling)
        inside = parent


def _is_container(element: Element) -> bool:
    words = {*element.get("class", "").split(), element.get("id", "")}
    return bool({word.lower() for word in words} & _CONTAINERS)


def _names(element: Element) -> set[str]:
    text = f"{element.get('class', '')} {element.get('id', '')}"
    return {word.lower() for word in _WORD.findall(text)} if text.strip() else set()


def _is_hidden(element: Element) -> bool:
    return element.get("hidden") is not None or bool(_HIDDEN.search(element.get("style", "")))


def _is_trail(element: Element) -> bool:
    """Tell whether links stand in a row with signs between them: the way from the front page to this one."""
    marks = sum(bool(re.search(r"[>\u00bb\u203a\u2192/]", child.tail or "")) for child in element.iter("a"))
    return marks >= 2 or (marks >= 1 and len("".join(iter_text(element))) < 60)
