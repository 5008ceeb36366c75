"""Page images: PDF pages rendered, PNG, JPEG and TIFF decoded. BGR, 8 bits a channel, with their resolution."""

from __future__ import annotations

import math
import struct
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import cv2
import numpy as np
import pypdfium2 as pdfium
from numpy.typing import NDArray

from planextract.errors import InputError
from planextract.phrases import Phrase

Pixels = NDArray[np.uint8]
DPI_RANGE = (120.0, 300.0)  # below, characters have too few pixels; above, they only cost time
_USUAL_DPI = 200.0

_MAX_PIXELS = 120_000_000
MAX_RENDERED = 40_000_000
_SIDES_PT = (842.0, 595.0)  # A4
_MAX_FRAMES = 2_000

# What OpenCV says of damaged pictures is said by our own errors.
cv2.utils.logging.setLogLevel(cv2.utils.logging.LOG_LEVEL_SILENT)


@dataclass(frozen=True, slots=True, kw_only=True)
class PageImage:
    """A page as pixels (height × width × 3, BGR) at ``dpi`` pixels an inch."""

    page_number: int
    pixels: Pixels
    dpi: float


def render_page(document: pdfium.PdfDocument, index: int, name: str) -> PageImage:
    """Render a PDF page at the resolution of the scan on it, within 120 to 300 dpi.

    Raises:
        InputError: If pdfium cannot load or draw the page.
    """
    try:
        page = document[index]
    except pdfium.PdfiumError as exc:
        raise _damaged(name, index + 1) from exc
    try:
        dpi = _find_dpi(page)
        width, height = page.get_size()
        area = max(width * height, 1.0) * (dpi / 72) ** 2
        if area > MAX_RENDERED:
            dpi *= math.sqrt(MAX_RENDERED / area)
        bitmap = page.render(scale=dpi / 72, may_draw_forms=False)
        pixels = (
            np.ascontiguousarray(bitmap.to_numpy()[:, :, :3])
            if bitmap.n_channels >= 3
            else cv2.cvtColor(bitmap.to_numpy(), cv2.COLOR_GRAY2BGR)
        )
        bitmap.close()
    except (pdfium.PdfiumError, MemoryError, ValueError) as exc:
        raise _damaged(name, index + 1) from exc
    finally:
        page.close()
    return PageImage(page_number=index + 1, pixels=np.asarray(pixels, dtype=np.uint8), dpi=dpi)


def _damaged(name: str, page_number: int) -> InputError:
    return InputError(
        "read.damaged_page",
        "the page cannot be drawn",
        file=name,
        page=page_number,
        advice="Open and save the PDF again with another program.",
    )


def _find_dpi(page: pdfium.PdfPage) -> float:
    """Return the resolution of the largest picture on a page; 200 where there is none."""
    best, largest = _USUAL_DPI, 0.0
    for item in page.get_objects(filter=[pdfium.raw.FPDF_PAGEOBJ_IMAGE], max_depth=3):
        try:
            left, bottom, right, top = item.get_bounds()
            columns, rows = item.get_px_size()
        except pdfium.PdfiumError:
            continue
        area = (right - left) * (top - bottom)
        if area > largest and right > left and top > bottom:
            largest = area
            best = math.sqrt(columns * rows / area) * 72
    return min(max(best, DPI_RANGE[0]), DPI_RANGE[1])


def decode_pictures(data: bytes, name: str) -> Iterator[PageImage]:
    """Decode a picture, all frames of a TIFF, one page a frame.

    Raises:
        InputError: If it is damaged, too large or a kind that cannot be read.
    """
    for index in range(count_pictures(data, name)):
        yield decode_picture(data, index, name)


def count_pictures(data: bytes, name: str) -> int:
    """Return how many pages a picture has: the frames of a TIFF, else one.

    Raises:
        InputError: If it is damaged, or a TIFF has too many.
    """
    return _count_frames(data, name) if _is_tiff(data) else 1


def decode_picture(data: bytes, index: int, name: str) -> PageImage:
    """Decode one page of a picture; ``index`` counts from 0.

    Raises:
        InputError: If it is damaged, too large or a kind that cannot be read.
    """
    pixels = _decode(data, index, name, is_tiff=_is_tiff(data))
    return _fit_picture(pixels, _read_dpi(data), index + 1, name)


def _is_tiff(data: bytes) -> bool:
    return data[:4] in (b"II*\0", b"MM\0*")


def _count_frames(data: bytes, name: str) -> int:
    count = 0
    order = "<" if data[:2] == b"II" else ">"
    seen: set[int] = set()
    try:
        (place,) = struct.unpack_from(order + "I", data, 4)
        while place and place not in seen:
            seen.add(place)
            count += 1
            (entries,) = struct.unpack_from(order + "H", data, place)
            (place,) = struct.unpack_from(order + "I", data, place + 2 + 12 * entries)
            if count > _MAX_FRAMES:
                raise InputError(
                    "read.too_many_pages",
                    Phrase("the TIFF has more than {max_frames} pages", max_frames=_MAX_FRAMES),
                    file=name,
                    advice="Split the file.",
                )
    except struct.error as exc:
        if not count:
            raise _bad_picture(name) from exc
    if not count:
        raise _bad_picture(name)
    return count


def _decode(data: bytes, index: int, name: str, *, is_tiff: bool) -> Pixels:
    width, height = _peek_size(data)
    if width * height > _MAX_PIXELS:
        raise InputError(
            "read.too_large",
            Phrase("the picture has {width} × {height} pixels", width=width, height=height),
            file=name,
            advice="Save it with fewer pixels; 200 to 300 dpi are enough.",
        )
    buffer = np.frombuffer(data, dtype=np.uint8)
    pixels: Any = None
    try:
        if is_tiff:
            done, frames = cv2.imdecodemulti(buffer, cv2.IMREAD_COLOR, range=(index, index + 1))
            pixels = frames[0] if done and len(frames) else None
        else:
            pixels = cv2.imdecode(buffer, cv2.IMREAD_COLOR)
    except cv2.error as exc:
        raise _bad_picture(name, index + 1) from exc
    if pixels is None or pixels.ndim != 3 or min(pixels.shape[:2]) < 16:
        raise _bad_picture(name, index + 1)
    return np.asarray(pixels, dtype=np.uint8)


def _bad_picture(name: str, page: int | None = None) -> InputError:
    return InputError(
        "read.damaged",
        "the picture is damaged or of a kind that cannot be read",
        file=name,
        page=page,
        advice="Save it anew as PNG or JPEG.",
    )


def _peek_size(data: bytes) -> tuple[int, int]:
    """Read the size that a picture's header states, before anything is decoded; 0 × 0 where it is not found."""
    if data.startswith(b"\x89PNG") and data[12:16] == b"IHDR" and len(data) >= 24:
        width, height = struct.unpack_from(">II", data, 16)
        return width, height
    if data.startswith(b"\xff\xd8"):
        place = 2
        while place + 9 < len(data) and data[place] == 0xFF:
            marker = data[place + 1]
            if 0xC0 <= marker <= 0xCF and marker not in (0xC4, 0xC8, 0xCC):
                height, width = struct.unpack_from(">HH", data, place + 5)
                return width, height
            place += 2 + int.from_bytes(data[place + 2 : place + 4], "big")
    if data[:4] in (b"II*\0", b"MM\0*"):
        tags = _read_tags(data)
        return tags.get(256, 0), tags.get(257, 0)
    return 0, 0


def _read_tags(data: bytes) -> dict[int, int]:
    """Read the numeric tags of a TIFF's first directory."""
    order = "<" if data[:2] == b"II" else ">"
    tags: dict[int, int] = {}
    try:
        (place,) = struct.unpack_from(order + "I", data, 4)
        (count,) = struct.unpack_from(order + "H", data, place)
        for index in range(count):
            tag, kind = struct.unpack_from(order + "HH", data, place + 2 + 12 * index)
            value = struct.unpack_from(order + ("H" if kind == 3 else "I"), data, place + 10 + 12 * index)[0]
            if kind == 5 and value + 8 <= len(data):
                above, below = struct.unpack_from(order + "II", data, value)
                value = round(above / below) if below else 0
            tags[tag] = value
    except struct.error:
        return tags
    return tags


def _read_dpi(data: bytes) -> float:
    """Read the resolution that a picture states in its header; 0 where it states none."""
    if data.startswith(b"\x89PNG"):
        place = data.find(b"pHYs", 0, 4096)
        if place > 0 and len(data) >= place + 13 and data[place + 12] == 1:
            return float(struct.unpack_from(">I", data, place + 4)[0]) * 0.0254
    if data.startswith(b"\xff\xd8") and data[6:10] == b"JFIF" and len(data) > 18 and data[13] in (1, 2):
        across = float(struct.unpack_from(">H", data, 14)[0])
        return across * (2.54 if data[13] == 2 else 1.0)
    if data[:4] in (b"II*\0", b"MM\0*"):
        tags = _read_tags(data)
        return float(tags.get(282, 0)) * (2.54 if tags.get(296) == 3 else 1.0)
    return 0.0


def _fit_picture(pixels: Pixels, dpi: float, page_number: int, name: str) -> PageImage:
    """Give a picture a resolution: its own if believable, else that of an A4 page; made smaller above 300 dpi."""
    height, width = pixels.shape[:2]
    if width * height > _MAX_PIXELS:
        raise InputError(
            "read.too_large",
            Phrase("the picture has {width} × {height} pixels", width=width, height=height),
            file=name,
            advice="Save it with fewer pixels; 200 to 300 dpi are enough.",
        )
    long_side, short_side = max(width, height), min(width, height)
    stated = dpi if 100 <= dpi <= 1200 and 3 <= long_side / max(dpi, 1) <= 40 else 0.0
    usual = min(long_side / _SIDES_PT[0], short_side / _SIDES_PT[1]) * 72
    resolution = stated or max(usual, 72.0)
    if resolution > DPI_RANGE[1]:
        scale = DPI_RANGE[1] / resolution
        size = (max(16, round(width * scale)), max(16, round(height * scale)))
        pixels = np.asarray(cv2.resize(pixels, size, interpolation=cv2.INTER_AREA), dtype=np.uint8)
        resolution = DPI_RANGE[1]
    return PageImage(page_number=page_number, pixels=pixels, dpi=resolution)
