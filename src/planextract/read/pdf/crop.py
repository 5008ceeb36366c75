"""Cut cells out of their page as small pictures, with their boxes drawn. For reports."""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from planextract.errors import InputError
from planextract.model.source import BBox
from planextract.read.shown_pages import open_pages

if TYPE_CHECKING:
    from PIL import Image

_MARGIN_PT = 10.0
_EDGE_PT = 24.0  # the page is shown in its width, so that a cell is seen in its column
_MAX_SIDE_PX = 1600
_MAX_HEIGHT_PT = 260.0
_MARK, _FRAME = (200, 60, 20), (37, 99, 235)


@dataclass(frozen=True, slots=True, kw_only=True)
class Crop:
    """A WebP picture; ``mark_share`` is where the middle of the first marked box is, 0 (left) to 1."""

    data: bytes
    mark_share: float | None


class PageCropper:
    """Cuts pictures out of a PDF or a picture; pages are drawn once and kept while the next crop is of the same page.

    Raises:
        InputError: On creation, if the file cannot be opened; from :meth:`crop`, if a page cannot be drawn.
    """

    def __init__(self, data: bytes, name: str, *, dpi: int = 96) -> None:
        self._name = name
        self._scale = dpi / 72
        pages = open_pages(data, name)
        if pages is None:
            raise InputError("read.damaged", "this is no PDF and no picture that can be shown", file=name)
        self._pages = pages
        self._page_number = 0
        self._picture: Image.Image | None = None

    def close(self) -> None:
        """Close the file."""
        self._picture = None
        self._pages.close()

    def crop(self, page_number: int, boxes: Sequence[BBox], marked: Sequence[BBox]) -> Crop:
        """Return the strip of :meth:`cut` as a small WebP picture."""
        out, left = self.cut(page_number, boxes, marked)
        middle = (marked[0].x0 + marked[0].x1) / 2 * self._scale - left if marked else None
        share = None if middle is None else round(min(1.0, max(0.0, middle / out.width)), 3)
        if max(out.size) > _MAX_SIDE_PX:
            out.thumbnail((_MAX_SIDE_PX, _MAX_SIDE_PX))
        stream = io.BytesIO()
        out.save(stream, format="WEBP", quality=58, method=4)
        return Crop(data=stream.getvalue(), mark_share=share)

    def cut(self, page_number: int, boxes: Sequence[BBox], marked: Sequence[BBox]) -> tuple[Image.Image, int]:
        """Return a picture of the lowest strip of a page that shows some boxes, and its left edge in pixels.

        Args:
            page_number: Page from 1.
            boxes: Boxes to show, framed thinly; in points of the page as read, origin top left. At least one.
            marked: Boxes to frame boldly.

        Raises:
            InputError: If there is no such page, or it cannot be drawn.
        """
        from PIL import ImageDraw

        picture = self._draw(page_number)
        scale = self._scale
        around = marked or boxes
        top = max(min(b.top for b in boxes), min(b.top for b in around) - _MAX_HEIGHT_PT / 3)
        bottom = min(max(b.bottom for b in boxes), top + _MAX_HEIGHT_PT)
        right = max(picture.width / scale - _EDGE_PT, *(b.x1 + _MARGIN_PT for b in boxes))
        area = (
            max(0, round(min(_EDGE_PT, *(b.x0 - _MARGIN_PT for b in boxes)) * scale)),
            max(0, round((top - _MARGIN_PT) * scale)),
            min(picture.width, round(right * scale)),
            min(picture.height, round((bottom + _MARGIN_PT) * scale)),
        )
        if area[0] >= area[2] or area[1] >= area[3]:
            raise InputError("read.damaged_page", "a cell lies outside its page", file=self._name, page=page_number)
        out = picture.crop(area)
        pen = ImageDraw.Draw(out)
        for group, color, width in ((boxes, _FRAME, 1), (marked, _MARK, 3)):
            for box in group:
                corners = [
                    box.x0 * scale - area[0],
                    box.top * scale - area[1],
                    box.x1 * scale - area[0],
                    box.bottom * scale - area[1],
                ]
                pen.rectangle(corners, outline=color, width=width)
        return out, area[0]

    def _draw(self, page_number: int) -> Image.Image:
        if self._picture is not None and self._page_number == page_number:
            return self._picture
        size = self._pages.size(page_number)
        self._scale = min(self._scale, 4 * _MAX_SIDE_PX / max(1.0, *size))
        self._picture = self._pages.draw(page_number, self._scale)
        self._page_number = page_number
        return self._picture
