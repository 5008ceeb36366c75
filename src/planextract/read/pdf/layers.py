"""Layers that are switched off: what nobody sees of a page, though its objects are there.

Which layer is on is a matter of its group, of groups of groups, and of what the document says of both. pdfium knows it
when it draws: what can be taken out of the drawing without a change is not seen.
"""

from __future__ import annotations

import ctypes
import re
import zlib
from collections.abc import Iterator

import numpy as np
import pypdfium2 as pdfium
from pypdfium2 import raw

from planextract.read.pdf import calls

_LAYERS = b"/OCProperties"
_PACKED = re.compile(rb"/ObjStm\b")
_STREAM = re.compile(rb"stream\r?\n")
_MOST_PACKED = 4_000_000
_MOST_GROUPS = 24
_MOST_DRAWS = 80
_SIDE_PX = 700  # of the drawings that are compared
_NAME_BYTES = 256


def has_layers(data: bytes) -> bool:
    """Tell whether a PDF has layers at all; a catalog that is packed is unpacked."""
    if _LAYERS in data:
        return True
    for found in _PACKED.finditer(data):
        start = _STREAM.search(data, found.end(), found.end() + 600)
        if start is None:
            continue
        try:
            text = zlib.decompressobj().decompress(data[start.end() : start.end() + _MOST_PACKED], _MOST_PACKED)
        except zlib.error:
            continue
        if _LAYERS in text:
            return True
    return False


def find_switched_off(page: pdfium.PdfPage) -> frozenset[int]:
    """Return the top objects of a page that stand in layers and are not seen."""
    handle = ctypes.cast(page.raw, ctypes.c_void_p).value
    items = [item for item in (calls.get_object(handle, i) for i in range(calls.count_objects(handle))) if item]
    groups: dict[str, list[int]] = {}
    for place, item in enumerate(items):
        name = _find_layer(item)
        if name is None and calls.get_type(item) == raw.FPDF_PAGEOBJ_FORM:
            name = f"\0{place}"  # a form may itself stand in a layer
        if name is not None:
            groups.setdefault(name, []).append(item)
    if not groups or len(groups) > _MOST_GROUPS:
        return frozenset()
    whole = _draw(page)
    draws = iter(range(_MOST_DRAWS))
    return frozenset(
        item for name, group in groups.items() for item in _find_unseen(page, group, whole, draws, is_one=bool(name))
    )


def _find_unseen(
    page: pdfium.PdfPage, group: list[int], whole: bytes, draws: Iterator[int], *, is_one: bool
) -> list[int]:
    """Return the objects of a group that are not seen; layers without a name may be several, and are halved."""
    if next(draws, None) is None:
        return []
    if not _is_seen(page, group, whole):
        return group
    if is_one or len(group) == 1:
        return []
    middle = len(group) // 2
    return [
        item
        for half in (group[:middle], group[middle:])
        for item in _find_unseen(page, half, whole, draws, is_one=False)
    ]


def list_texts(item: int, depth: int = 12) -> Iterator[int]:
    """Yield the text objects of an object: itself, or those inside a form."""
    kind = calls.get_type(item)
    if kind == raw.FPDF_PAGEOBJ_TEXT:
        yield item
    elif kind == raw.FPDF_PAGEOBJ_FORM and depth:
        for index in range(calls.count_form(item)):
            child = calls.get_form_object(item, index)
            if child:
                yield from list_texts(child, depth - 1)


def _find_layer(item: int) -> str | None:
    """Return the name of the layer that an object is marked with, "" where it has none; None outside layers."""
    handle = ctypes.cast(item, raw.FPDF_PAGEOBJECT)
    for index in range(raw.FPDFPageObj_CountMarks(handle)):
        mark = raw.FPDFPageObj_GetMark(handle, index)
        if _read(raw.FPDFPageObjMark_GetName, mark) == "OC":
            return _read(raw.FPDFPageObjMark_GetParamStringValue, mark, b"Name")
    return None


def _read(function: object, *arguments: object) -> str:
    buffer, length = (ctypes.c_ushort * _NAME_BYTES)(), ctypes.c_ulong()
    if not function(*arguments, buffer, ctypes.sizeof(buffer), length):  # type: ignore[operator]
        return ""
    return bytes(buffer)[: max(0, min(length.value, ctypes.sizeof(buffer)) - 2)].decode("utf-16-le", errors="replace")


def _is_seen(page: pdfium.PdfPage, group: list[int], whole: bytes) -> bool:
    """Tell whether the page is drawn otherwise without some objects."""
    _set_active(group, is_active=False)
    rest = _draw(page)
    _set_active(group, is_active=True)
    return rest != whole


def _set_active(items: list[int], *, is_active: bool) -> None:
    for item in items:
        raw.FPDFPageObj_SetIsActive(ctypes.cast(item, raw.FPDF_PAGEOBJECT), is_active)


def _draw(page: pdfium.PdfPage) -> bytes:
    scale = min(2.0, _SIDE_PX / max(1.0, *page.get_size()))
    bitmap = page.render(scale=scale, grayscale=False)
    drawn = np.ascontiguousarray(bitmap.to_numpy()).tobytes()
    bitmap.close()
    return drawn
