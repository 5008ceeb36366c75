"""Pictures that were read as pages, shown as they were read: turned and straightened, in their colors."""

from __future__ import annotations

from typing import TYPE_CHECKING

import cv2
import numpy as np

from planextract.read.scan.clean import clean_page
from planextract.read.scan.image import PageImage, count_pictures, decode_picture
from planextract.read.scan.straighten import find_slopes, is_sideways, straighten_like
from planextract.read.shown_pages import check_page

if TYPE_CHECKING:
    from PIL import Image


class PicturePages:
    """The pages of a picture, one a frame; the last one is kept.

    Raises:
        InputError: If the file is damaged; from the methods, also if there is no such page.
    """

    def __init__(self, data: bytes, name: str) -> None:
        self._data, self._name = data, name
        self._count = count_pictures(data, name)
        self._kept: PageImage | None = None

    def __len__(self) -> int:
        return self._count

    def close(self) -> None:
        """Forget the page."""
        self._kept = None

    def size(self, page_number: int) -> tuple[float, float]:
        """See :class:`planextract.read.shown_pages.ShownPages`."""
        image = self._read(page_number)
        height, width = image.pixels.shape[:2]
        return width * 72 / image.dpi, height * 72 / image.dpi

    def draw(self, page_number: int, scale: float) -> Image.Image:
        """See :class:`planextract.read.shown_pages.ShownPages`."""
        from PIL import Image

        image = self._read(page_number)
        picture = Image.fromarray(cv2.cvtColor(image.pixels, cv2.COLOR_BGR2RGB))
        width, height = self.size(page_number)
        return picture.resize((max(1, round(width * scale)), max(1, round(height * scale))), Image.Resampling.LANCZOS)

    def _read(self, page_number: int) -> PageImage:
        if self._kept is None or self._kept.page_number != page_number:
            check_page(page_number, self._count, self._name)
            image = decode_picture(self._data, page_number - 1, self._name)
            pixels, gray = image.pixels, clean_page(image.pixels, image.dpi).gray
            if is_sideways(gray):
                pixels, gray = np.ascontiguousarray(np.rot90(pixels)), np.ascontiguousarray(np.rot90(gray))
            pixels = straighten_like(pixels, find_slopes(gray))
            self._kept = PageImage(page_number=page_number, pixels=pixels, dpi=image.dpi)
        return self._kept
