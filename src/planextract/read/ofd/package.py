"""The parts of an OFD file: documents, pages, templates, resources, annotations, signatures.

Producers write paths from the root, from the part, or carelessly; all are tried. Namespaces differ; local names
decide.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from planextract.errors import InputError
from planextract.read.archive import Archive
from planextract.read.ofd.geometry import Box, read_numbers
from planextract.read.xml_tree import Element, child, children, descendants, get_plain, parse_xml, tag_of

_A4_MM: Box = (0.0, 0.0, 210.0, 297.0)
_ENCRYPTED = ("encryptions.xml", "decryptseed.dat")
_MAX_PAGE_MM = 20_000.0


@dataclass(frozen=True, slots=True, kw_only=True)
class OfdPage:
    """A page: its content, those of its templates below and above it, its annotations, its size in millimetres."""

    content: Element
    below: tuple[Element, ...]
    above: tuple[Element, ...]
    annotations: tuple[Element, ...]
    width: float
    height: float
    resources: Resources


@dataclass(slots=True)
class Resources:
    """What pages refer to by number: drawing parameters, composite objects, and the paths of pictures."""

    draw_params: dict[str, Element] = field(default_factory=dict)
    composites: dict[str, Element] = field(default_factory=dict)
    pictures: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Stamp:
    """A seal: the page it is printed on, from 1; None for a signature without a picture."""

    page_number: int | None


class OfdFile:
    """An open OFD file. Pages are loaded one at a time."""

    def __init__(self, archive: Archive, name: str) -> None:
        """Look a file over.

        Raises:
            InputError: If it is encrypted, damaged, unsafe, or has no page.
        """
        self._archive, self._name = archive, name
        if any(member.rpartition("/")[2].lower() in _ENCRYPTED for member in archive.names):
            raise _encrypted(name)
        entry = self._archive.find("OFD.xml") or ""
        root = self._parse(entry)
        self._documents = [document for body in children(root, "DocBody") if (document := self._open(body, entry))]
        self._pages = [(document, page) for document in self._documents for page in document.pages]
        if not self._pages:
            raise InputError(
                "read.damaged",
                "the OFD file has no page",
                file=name,
                advice="Open it in an OFD reader and save it again, or get it anew.",
            )

    @property
    def page_count(self) -> int:
        """Number of pages of all documents in the file."""
        return len(self._pages)

    def load_page(self, index: int) -> OfdPage:
        """Load one page, from 0.

        Raises:
            InputError: If it, or a part it refers to, is damaged or unsafe.
        """
        document, page = self._pages[index]
        content = self._parse(page.path)
        below: list[Element] = []
        above: list[Element] = []
        for reference in children(content, "Template"):
            path = document.templates.get(get_plain(reference, "TemplateID"))
            if path is not None:
                order = get_plain(reference, "ZOrder", "Background")
                (above if order == "Foreground" else below).append(self._parse(path))
        box = _read_box(child(content, "Area", "PhysicalBox")) or next(
            (found for template in below if (found := _read_box(child(template, "Area", "PhysicalBox")))), document.box
        )
        return OfdPage(
            content=content,
            below=tuple(below),
            above=tuple(above),
            annotations=tuple(self._load_annotations(document, page.page_id)),
            width=box[2],
            height=box[3],
            resources=self._add_resources(content, page.path, document.resources),
        )

    def load_picture(self, path: str) -> bytes:
        """Return the bytes of a picture, by its path in :class:`Resources`.

        Raises:
            InputError: If it is damaged or unsafe.
        """
        return self._archive.read(path)

    def find_stamps(self) -> tuple[Stamp, ...]:
        """Return the seals and signatures of the file."""
        numbers = {page.page_id: number for number, (_, page) in enumerate(self._pages, start=1)}
        stamps: list[Stamp] = []
        for document in self._documents:
            if document.signatures is None:
                continue
            for signature in children(self._parse(document.signatures), "Signature"):
                path = self._archive.find(get_plain(signature, "BaseLoc"), document.signatures)
                if path is None:
                    continue
                places = list(descendants(self._parse(path), "StampAnnot"))
                stamps.extend(Stamp(page_number=numbers.get(get_plain(place, "PageRef"))) for place in places)
                if not places:
                    stamps.append(Stamp(page_number=None))
        return tuple(stamps)

    def _parse(self, path: str) -> Element:
        return parse_xml(self._archive.read(path), self._name, path)

    def _open(self, body: Element, entry: str) -> _Document | None:
        root = child(body, "DocRoot")
        path = self._archive.find(root.text or "", entry) if root is not None else None
        if path is None:
            return None
        document = self._parse(path)
        common = child(document, "CommonData")
        resources = Resources()
        for tag in ("PublicRes", "DocumentRes"):
            for reference in children(common, tag):
                self._load_resources(reference.text or "", path, resources)
        templates = {
            get_plain(item, "ID"): found
            for item in children(common, "TemplatePage")
            if (found := self._archive.find(get_plain(item, "BaseLoc"), path))
        }
        pages = [
            _PageReference(page_id=get_plain(item, "ID"), path=found)
            for item in children(child(document, "Pages"), "Page")
            if (found := self._archive.find(get_plain(item, "BaseLoc"), path))
        ]
        annotations, signatures = child(document, "Annotations"), child(body, "Signatures")
        return _Document(
            pages=pages,
            templates=templates,
            resources=resources,
            box=_read_box(child(common, "PageArea", "PhysicalBox")) or _A4_MM,
            annotations=self._archive.find(annotations.text or "", path) if annotations is not None else None,
            signatures=self._archive.find(signatures.text or "", entry) if signatures is not None else None,
        )

    def _add_resources(self, page: Element, path: str, shared: Resources) -> Resources:
        """Return the document's resources with those of a page."""
        locations = [reference.text or "" for reference in children(page, "PageRes")]
        if not locations:
            return shared
        own = Resources(dict(shared.draw_params), dict(shared.composites), dict(shared.pictures))
        for location in locations:
            self._load_resources(location, path, own)
        return own

    def _load_resources(self, location: str, base: str, resources: Resources) -> None:
        path = self._archive.find(location, base)
        if path is None:
            return
        root = self._parse(path)
        folder = get_plain(root, "BaseLoc")
        for item in root.iter():
            if tag_of(item) == "MultiMedia":
                self._add_picture(item, folder, path, resources)
            elif tag_of(item) == "DrawParam" and get_plain(item, "ID"):
                resources.draw_params[get_plain(item, "ID")] = item
            elif tag_of(item) in ("CompositeGraphicUnit", "CompositeGraphicUnits", "VectorG") and get_plain(item, "ID"):
                resources.composites[get_plain(item, "ID")] = item

    def _add_picture(self, item: Element, folder: str, base: str, resources: Resources) -> None:
        location = child(item, "MediaFile")
        name = (location.text or "").strip() if location is not None else ""
        if not name or get_plain(item, "Type", "Image") != "Image":
            return
        found = self._archive.find(f"{folder.rstrip('/')}/{name}", base) if folder else None
        found = found or self._archive.find(name, base)
        if found is not None:
            resources.pictures[get_plain(item, "ID")] = found

    def _load_annotations(self, document: _Document, page_id: str) -> Iterator[Element]:
        if document.annotations is None:
            return
        for page in children(self._parse(document.annotations), "Page"):
            location = child(page, "FileLoc")
            if get_plain(page, "PageID") == page_id and location is not None:
                path = self._archive.find(location.text or "", document.annotations)
                if path is not None:
                    yield self._parse(path)


@dataclass(frozen=True, slots=True, kw_only=True)
class _PageReference:
    page_id: str
    path: str


@dataclass(frozen=True, slots=True, kw_only=True)
class _Document:
    pages: list[_PageReference]
    templates: dict[str, str]
    resources: Resources
    box: Box
    annotations: str | None
    signatures: str | None


def _read_box(element: Element | None) -> Box | None:
    """Return x, y, width and height in millimetres, or None if they are missing or absurd."""
    numbers = read_numbers(element.text or "") if element is not None else []
    if len(numbers) != 4 or not (0 < numbers[2] <= _MAX_PAGE_MM and 0 < numbers[3] <= _MAX_PAGE_MM):
        return None
    return numbers[0], numbers[1], numbers[2], numbers[3]


def _encrypted(name: str) -> InputError:
    return InputError(
        "read.encrypted", "the OFD file is encrypted", file=name, advice="Save it without protection, then run again."
    )
