"""The parts of a Word document, found by their relationships as the format demands."""

from __future__ import annotations

import posixpath
from dataclasses import dataclass

from planextract.errors import InputError
from planextract.read.archive import Archive
from planextract.read.xml_tree import Element, children, get, parse_xml


@dataclass(frozen=True, slots=True, kw_only=True)
class DocxParts:
    """Root elements of the parts that hold text or say how it is shown; None where a document has none."""

    main: Element
    styles: Element | None
    numbering: Element | None
    notes: tuple[Element, ...]
    running: tuple[Element, ...]


def load_parts(archive: Archive, name: str) -> DocxParts:
    """Load a document's parts.

    Raises:
        InputError: If it has no main part, or a part is damaged or unsafe.
    """
    path = _find_main(archive, name)
    targets = _relations(archive, path, name)

    def load(kind: str) -> tuple[Element, ...]:
        paths = dict.fromkeys(target for found, target in targets if found == kind)
        return tuple(parse_xml(archive.read(path), name, path) for path in paths)

    main = parse_xml(archive.read(path), name, path)
    return DocxParts(
        main=main,
        styles=next(iter(load("styles")), None),
        numbering=next(iter(load("numbering")), None),
        notes=(*load("footnotes"), *load("endnotes")),
        running=(*load("header"), *load("footer")),
    )


def _find_main(archive: Archive, name: str) -> str:
    for kind, target in _relations(archive, "", name):
        if kind == "officeDocument":
            return target
    found = archive.find("word/document.xml")
    if found is None:
        raise InputError(
            "read.damaged",
            "the Word document has no main part",
            file=name,
            advice="Open and save it again with another program, or get it anew.",
        )
    return found


def _relations(archive: Archive, source: str, name: str) -> list[tuple[str, str]]:
    """Return kind and member of what a part refers to inside the container; addresses outside are not looked at."""
    folder, base = posixpath.split(source)
    path = archive.find(posixpath.join(folder, "_rels", f"{base}.rels"))
    if path is None:
        return []
    found: list[tuple[str, str]] = []
    for relation in children(parse_xml(archive.read(path), name, path), "Relationship"):
        if get(relation, "TargetMode").lower() == "external":
            continue
        target = archive.find(get(relation, "Target"), source)
        if target is not None:
            found.append((get(relation, "Type").rpartition("/")[2], target))
    return found
