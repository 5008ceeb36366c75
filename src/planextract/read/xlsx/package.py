"""The parts of a workbook, found by their relationships: its sheets, strings, formats and what hangs on a sheet."""

from __future__ import annotations

import posixpath
from dataclasses import dataclass

from planextract.errors import InputError
from planextract.read.archive import Archive
from planextract.read.xlsx.number_format import BUILT_IN, GENERAL
from planextract.read.xml_tree import Element, child, children, descendants, get, get_plain, parse_xml

LEDGER_SHEET = "_baseline"
"""The hidden sheet by which a ledger that planextract wrote is known: it is taken back, never read as a plan."""

_OFF = ("0", "false")
_CHART_KINDS = ("chartsheet", "dialogsheet", "xlMacrosheet", "xlIntlMacrosheet")


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetPart:
    """A sheet of the workbook: its tab's name, its part ("" if it holds no cells) and how far it is hidden.

    ``state`` is ``visible``, ``hidden`` (a person can show it again) or ``veryHidden`` (only a program can).
    """

    title: str
    path: str
    state: str
    comments: tuple[str, ...] = ()
    drawings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Workbook:
    """A workbook's sheets in order, the part of its strings, the number format of each cell style.

    ``struck`` are the numbers of the styles that strike a cell through.
    """

    sheets: tuple[SheetPart, ...]
    strings: str | None
    formats: tuple[str, ...]
    struck: frozenset[str]
    is_1904: bool


def load_workbook(archive: Archive, name: str) -> Workbook:
    """Load what a workbook says of its parts.

    Raises:
        InputError: If it has no workbook part, or a part is damaged or unsafe.
    """
    path = _find_main(archive, name)
    root = parse_xml(archive.read(path), name, path)
    relations = _relations(archive, path, name)
    by_id = {relation.key: relation for relation in relations}
    sheets = [_make_sheet(archive, by_id, item, name) for item in children(child(root, "sheets"), "sheet")]
    strings = next((relation.target for relation in relations if relation.kind == "sharedStrings"), None)
    styles = next((relation.target for relation in relations if relation.kind == "styles"), None)
    look = parse_xml(archive.read(styles), name, styles) if styles else None
    properties = child(root, "workbookPr")
    is_1904 = properties is not None and get_plain(properties, "date1904", "0") not in _OFF
    return Workbook(
        sheets=tuple(sheets),
        strings=strings,
        is_1904=is_1904,
        formats=_read_formats(look) if look is not None else (),
        struck=_find_struck(look) if look is not None else frozenset(),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Relation:
    key: str
    kind: str
    target: str


def _find_main(archive: Archive, name: str) -> str:
    for relation in _relations(archive, "", name):
        if relation.kind == "officeDocument":
            return relation.target
    found = archive.find("xl/workbook.xml")
    if found is None:
        raise InputError(
            "read.damaged",
            "the workbook has no main part",
            file=name,
            advice="Open and save it again with another program, or get it anew.",
        )
    return found


def _relations(archive: Archive, source: str, name: str) -> list[_Relation]:
    """Return what a part refers to inside the container; addresses outside are not looked at."""
    folder, base = posixpath.split(source)
    path = archive.find(posixpath.join(folder, "_rels", f"{base}.rels"))
    if path is None:
        return []
    found: list[_Relation] = []
    for item in children(parse_xml(archive.read(path), name, path), "Relationship"):
        if get(item, "TargetMode").lower() == "external":
            continue
        target = archive.find(get(item, "Target"), source)
        if target is not None:
            found.append(_Relation(key=get(item, "Id"), kind=get(item, "Type").rpartition("/")[2], target=target))
    return found


def _make_sheet(archive: Archive, relations: dict[str, _Relation], item: Element, name: str) -> SheetPart:
    relation = relations.get(get(item, "id"))
    path = relation.target if relation is not None and relation.kind not in _CHART_KINDS else ""
    own = _relations(archive, path, name) if path else []
    state = get_plain(item, "state", "visible")
    return SheetPart(
        title=get_plain(item, "name"),
        path=path,
        state=state if state in ("hidden", "veryHidden") else "visible",
        comments=tuple(relation.target for relation in own if relation.kind == "comments"),
        drawings=tuple(relation.target for relation in own if relation.kind == "drawing"),
    )


def _read_formats(styles: Element) -> tuple[str, ...]:
    """Return the format's code of each cell style, by its number in ``s``."""
    own = {
        _whole(get_plain(item, "numFmtId")): get_plain(item, "formatCode", GENERAL)
        for item in descendants(child(styles, "numFmts"), "numFmt")
    }
    return tuple(
        own.get(key) or BUILT_IN.get(key, GENERAL)
        for key in (_whole(get_plain(item, "numFmtId")) for item in children(child(styles, "cellXfs"), "xf"))
    )


def _find_struck(styles: Element) -> frozenset[str]:
    """Return the numbers of the cell styles whose font is struck through."""
    strikes = [child(font, "strike") for font in children(child(styles, "fonts"), "font")]
    struck = {i for i, mark in enumerate(strikes) if mark is not None and get_plain(mark, "val", "1") not in _OFF}
    looks = children(child(styles, "cellXfs"), "xf")
    return frozenset(str(i) for i, look in enumerate(looks) if struck and _whole(get_plain(look, "fontId")) in struck)


def _whole(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else 0
