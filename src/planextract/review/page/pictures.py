"""What was printed: the picture of a page, or the lines of a text input around a cell."""

from __future__ import annotations

import hashlib
import io
import threading
from collections import OrderedDict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from planextract.errors import PlanExtractError
from planextract.read.archive import find_in_archive
from planextract.read.shown_pages import ShownPages, open_pages
from planextract.settings import ReadSettings

_MAX_BYTES = 200_000_000
_KEPT_PICTURES = 48
_KEPT_DOCUMENTS = 3
_DPI = 120
_MAX_SIDE_PX = 2400
_CONTEXT_LINES = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class PrintedLine:
    """A line of a text input; ``number`` from 1."""

    number: int
    text: str
    is_marked: bool


class Inputs:
    """Finds the inputs of an output again, by name and by content: a file with other bytes is not shown.

    Args:
        folders: Where to look, in order.
    """

    def __init__(self, folders: Sequence[Path]) -> None:
        self._folders = tuple(folders)
        self._bytes: OrderedDict[str, bytes | None] = OrderedDict()
        self._lines: OrderedDict[str, tuple[str, ...]] = OrderedDict()

    def read(self, doc_id: str, source_path: str) -> bytes | None:
        """Return the bytes of a file whose SHA-256 begins so; None if it is not found or has changed."""
        if doc_id not in self._bytes:
            self._bytes[doc_id] = self._find(doc_id, source_path)
            while len(self._bytes) > _KEPT_DOCUMENTS:
                self._bytes.popitem(last=False)
        return self._bytes[doc_id]

    def lines(self, doc_id: str, source_path: str, marked: Sequence[int]) -> tuple[PrintedLine, ...]:
        """Return the lines of a text input around some lines; empty if the input is no text or not found."""
        if not marked:
            return ()
        if doc_id not in self._lines:
            data = self.read(doc_id, source_path)
            self._lines[doc_id] = () if data is None or b"\0" in data[:4096] else _decode(data, source_path)
        lines = self._lines[doc_id]
        low = max(1, min(marked) - _CONTEXT_LINES)
        high = min(len(lines), max(marked) + _CONTEXT_LINES)
        chosen = set(marked)
        return tuple(
            PrintedLine(number=number, text=lines[number - 1][:2000], is_marked=number in chosen)
            for number in range(low, min(high, low + 60) + 1)
        )

    def _find(self, doc_id: str, source_path: str) -> bytes | None:
        parts = PurePosixPath(source_path).parts
        if not parts or PurePosixPath(source_path).is_absolute() or ".." in parts:
            return None
        for folder in self._folders:
            for place in _list_places(folder, parts):
                try:
                    if not place.is_file() or place.stat().st_size > _MAX_BYTES:
                        continue
                    data = place.read_bytes()
                except OSError:
                    continue
                if hashlib.sha256(data).hexdigest().startswith(doc_id):
                    return data
                found = find_in_archive(data, doc_id, place.name, ReadSettings())
                if found is not None:
                    return found
        return None


def _list_places(folder: Path, parts: Sequence[str]) -> Iterator[Path]:
    """Yield where a file may be: the file named by the user, its path below a folder, an archive that holds it."""
    if folder.is_file():
        yield folder
        return
    for count in range(len(parts), 0, -1):
        yield folder.joinpath(*parts[:count])
    for count in range(1, len(parts)):
        yield folder.joinpath(*parts[count:])


def _decode(data: bytes, name: str) -> tuple[str, ...]:
    from planextract.read.detect_format import decode_text

    try:
        return tuple(decode_text(data, name)[0].splitlines())
    except PlanExtractError:
        return ()


class PagePictures:
    """Draws pages of PDFs and pictures, one at a time (pdfium is not thread-safe), and keeps the last ones."""

    def __init__(self, inputs: Inputs) -> None:
        self._inputs = inputs
        self._lock = threading.Lock()
        self._pictures: OrderedDict[tuple[str, int], bytes | None] = OrderedDict()
        self._sizes: dict[tuple[str, int], tuple[float, float] | None] = {}
        self._open: tuple[str, ShownPages] | None = None

    def close(self) -> None:
        """Close the open document."""
        with self._lock:
            self._forget()

    def size(self, doc_id: str, source_path: str, page_number: int) -> tuple[float, float] | None:
        """Return width and height of a page in points, as read; None if there is no picture of it."""
        key = (doc_id, page_number)
        if key not in self._sizes:
            with self._lock:
                self._sizes[key] = self._measure(doc_id, source_path, page_number)
        return self._sizes[key]

    def draw(self, doc_id: str, source_path: str, page_number: int) -> bytes | None:
        """Return a page as WebP; None if it cannot be drawn."""
        key = (doc_id, page_number)
        with self._lock:
            if key in self._pictures:
                self._pictures.move_to_end(key)
                return self._pictures[key]
            picture = self._draw(doc_id, source_path, page_number)
            self._pictures[key] = picture
            while len(self._pictures) > _KEPT_PICTURES:
                self._pictures.popitem(last=False)
            return picture

    def _pages(self, doc_id: str, source_path: str) -> ShownPages | None:
        if self._open is not None and self._open[0] == doc_id:
            return self._open[1]
        data = self._inputs.read(doc_id, source_path)
        try:
            pages = None if data is None else open_pages(data, source_path)
        except PlanExtractError:
            return None
        if pages is not None:
            self._forget()
            self._open = (doc_id, pages)
        return pages

    def _forget(self) -> None:
        if self._open is not None:
            self._open[1].close()
        self._open = None

    def _measure(self, doc_id: str, source_path: str, page_number: int) -> tuple[float, float] | None:
        pages = self._pages(doc_id, source_path)
        if pages is None:
            return None
        try:
            return pages.size(page_number)
        except PlanExtractError:
            return None

    def _draw(self, doc_id: str, source_path: str, page_number: int) -> bytes | None:
        pages = self._pages(doc_id, source_path)
        if pages is None:
            return None
        try:
            scale = min(_DPI / 72, _MAX_SIDE_PX / max(1.0, *pages.size(page_number)))
            picture = pages.draw(page_number, scale)
        except (PlanExtractError, RuntimeError, ValueError, MemoryError):
            return None
        stream = io.BytesIO()
        picture.save(stream, format="WEBP", quality=70, method=0)
        return stream.getvalue()
