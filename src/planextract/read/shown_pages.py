"""Pages as pictures for people: of a PDF, or of a picture that was read; cells stand in them where they were read."""

from __future__ import annotations

from contextlib import ExitStack
from typing import TYPE_CHECKING, Protocol

from planextract.errors import InputError
from planextract.read.detect_format import PICTURE_MAGIC, looks_like_pdf

if TYPE_CHECKING:
    from PIL import Image


class ShownPages(Protocol):
    """The pages of one file; boxes of cells are in points of a page as :meth:`draw` shows it, origin top left."""

    def __len__(self) -> int:
        """Return how many pages there are."""

    def size(self, page_number: int) -> tuple[float, float]:
        """Return width and height of a page in points; pages count from 1."""

    def draw(self, page_number: int, scale: float) -> Image.Image:
        """Return a page in RGB, ``scale`` pixels a point; pages count from 1."""

    def close(self) -> None:
        """Close the file."""


def open_pages(data: bytes, name: str) -> ShownPages | None:
    """Open a file whose pages can be shown; None for other files, and for pictures without the extra ``ocr``.

    Raises:
        InputError: If the file is damaged.
    """
    if looks_like_pdf(data):
        return PdfPages(data, name)
    if data.startswith(PICTURE_MAGIC):
        try:
            from planextract.read.scan.shown import PicturePages
        except ImportError:
            return None
        return PicturePages(data, name)
    return None


class PdfPages:
    """The pages of a PDF, upright as they were read.

    Raises:
        InputError: If the file cannot be opened; from the methods, if there is no such page or it cannot be drawn.
    """

    def __init__(self, data: bytes, name: str) -> None:
        from planextract.read.pdf.pdfium import open_pdf

        self._name = name
        self._stack = ExitStack()
        self._document = self._stack.enter_context(open_pdf(data, name))

    def __len__(self) -> int:
        return len(self._document)

    def close(self) -> None:
        """Close the file."""
        self._stack.close()

    def size(self, page_number: int) -> tuple[float, float]:
        """See :class:`ShownPages`."""
        from planextract.read.pdf.pdfium import read_page

        check_page(page_number, len(self), self._name)
        arrays = read_page(self._document, page_number - 1, self._name)
        return float(arrays.width), float(arrays.height)

    def draw(self, page_number: int, scale: float) -> Image.Image:
        """See :class:`ShownPages`."""
        from planextract.read.pdf.pdfium import read_page

        check_page(page_number, len(self), self._name)
        turns = read_page(self._document, page_number - 1, self._name).quarter_turns
        page = self._document[page_number - 1]
        try:
            picture: Image.Image = page.render(scale=scale).to_pil().convert("RGB")
            own_turns = page.get_rotation() // 90
        finally:
            page.close()
        return picture.rotate(-90 * ((turns - own_turns) % 4), expand=True)


def check_page(page_number: int, count: int, name: str) -> None:
    """Check that there is such a page.

    Raises:
        InputError: If there is none.
    """
    if not 1 <= page_number <= count:
        raise InputError("read.damaged_page", "there is no such page", file=name, page=page_number)
