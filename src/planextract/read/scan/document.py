"""Pictures as documents, and the scanned pages inside PDFs."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING

from planextract.errors import InputError
from planextract.layout.page_blocks import PageReading
from planextract.model.source import ReadNote, SourceBlock, SourceDocument
from planextract.phrases import Phrase
from planextract.read.pdf.pdfium import open_pdf
from planextract.read.recognised.layers import RecognisedLayers
from planextract.read.scan.engines import INSTALL, choose_engine
from planextract.read.scan.ocr import OcrEngine
from planextract.settings import ReadSettings

if TYPE_CHECKING:  # OpenCV comes with the extra 'ocr' and is loaded when the first scan turns up
    from planextract.read.scan.image import PageImage
    from planextract.read.scan.layer import TextLayer
    from planextract.read.scan.vote import Rereader

_MEDIA_TYPES = (
    (b"\x89PNG", "image/png"),
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"II*\0", "image/tiff"),
    (b"MM\0*", "image/tiff"),
)


def find_media_type(data: bytes) -> str | None:
    """Return the media type of a picture that can be read, None for anything else."""
    return next((kind for magic, kind in _MEDIA_TYPES if data.startswith(magic)), None)


@dataclass(slots=True)
class ScanReader:
    """Reads the scanned pages of one document; remembers which, and which it had to leave out.

    The engine is looked for when the first scan turns up.
    """

    settings: ReadSettings
    name: str
    data: bytes = b""
    engine: OcrEngine | None = None
    read_pages: list[int] = field(default_factory=list)
    missed_pages: list[int] = field(default_factory=list)
    doubted_layers: list[int] = field(default_factory=list)
    _rereader: Rereader | None = None
    _is_chosen: bool = False

    def read_pdf_page(
        self, index: int, region: tuple[float, float, float, float] | None = None, layer: TextLayer | None = None
    ) -> tuple[PageReading, tuple[ReadNote, ...]] | None:
        """Read a page of a PDF as a picture; None if there is no engine.

        Args:
            index: Page index from 0.
            region: x0, top, x1, bottom in points of the part to read; None for all.
            layer: The page's invisible text.
        """
        engine = self._choose()
        if engine is None:
            self.missed_pages.append(index + 1)
            return None
        from planextract.read.scan.image import render_page

        with open_pdf(self.data, self.name) as document:  # anew for each page: what pdfium keeps of one is freed
            image = render_page(document, index, self.name)
        return self._read(image, engine, region, layer)

    def read_page(
        self, page_number: int, draw: Callable[[], PageImage | None], layer: TextLayer | None = None
    ) -> tuple[PageReading, tuple[ReadNote, ...]] | None:
        """Read a page that ``draw`` gives as pixels; None if there is no engine, or it cannot be drawn."""
        engine = self._choose()
        if engine is None:
            self.missed_pages.append(page_number)
            return None
        image = draw()
        return None if image is None else self._read(image, engine, None, layer)

    def _read(
        self,
        image: PageImage,
        engine: OcrEngine,
        region: tuple[float, float, float, float] | None,
        layer: TextLayer | None,
    ) -> tuple[PageReading, tuple[ReadNote, ...]]:
        from planextract.read.scan.reader import read_image

        self.read_pages.append(image.page_number)
        reading, notes = read_image(image, engine, self._rereader, region=region, layer=layer)
        if layer is not None and all(note.code != "read.text_layer" for note in notes):
            self.doubted_layers.append(image.page_number)
        return reading, notes

    def note(self) -> tuple[ReadNote, ...]:
        """Say once which pages were read as scans and which were not, for want of an engine."""
        notes = []
        if self.read_pages and self.engine is not None:
            message = Phrase("{pages} read by OCR ({name})", pages=_name_pages(self.read_pages), name=self.engine.name)
            notes.append(ReadNote.of("read.ocr", message, page=self.read_pages[0]))
        if self.doubted_layers:
            message = Phrase(
                "{pages} read anew: samples of the text layer are not right", pages=_name_pages(self.doubted_layers)
            )
            page = self.doubted_layers[0]
            notes.append(ReadNote.of("read.text_layer_unused", message, page=page))
        if self.missed_pages:
            message = Phrase(
                "{pages} not read: no OCR engine is installed. {install}",
                pages=_name_pages(self.missed_pages),
                install=INSTALL,
            )
            if self.settings.ocr == "none":
                message = Phrase(
                    "{pages} not read: OCR is switched off (read.ocr)", pages=_name_pages(self.missed_pages)
                )
            notes.append(ReadNote.of("read.ocr_missing", message, page=self.missed_pages[0]))
        return tuple(notes)

    def _choose(self) -> OcrEngine | None:
        if not self._is_chosen:
            self._is_chosen = True
            if self.engine is None:
                self.engine = choose_engine(self.settings)
            if self.engine is not None:
                from planextract.read.scan.vote import make_rereader

                self._rereader = make_rereader(self.engine)
        return self.engine


def _name_pages(pages: list[int]) -> str:
    """Name pages as ranges: ``page 3 was``, ``pages 1–4, 7 were``."""
    ranges: list[list[int]] = []
    for page in pages:
        if ranges and page == ranges[-1][1] + 1:
            ranges[-1][1] = page
        else:
            ranges.append([page, page])
    shown = ", ".join(f"{a}–{b}" if b > a else f"{a}" for a, b in ranges)
    return Phrase("pages {pages} were", pages=shown) if len(pages) > 1 else Phrase("page {page} was", page=shown)


def read_picture(
    data: bytes,
    name: str,
    settings: ReadSettings,
    engine: OcrEngine | None = None,
    layers: RecognisedLayers | None = None,
) -> SourceDocument:
    """Read a PNG, JPEG or TIFF picture of a document, each frame a page.

    Args:
        data: The picture.
        name: The file's name as outputs show it.
        settings: Limits, and the engine.
        engine: Reads in place of the one that the settings name.
        layers: The text that another program recognised in the picture.

    Raises:
        InputError: If the picture is damaged or too large, or no OCR engine is installed.
    """
    engine = engine or choose_engine(settings)
    if engine is None:
        cause = Phrase("OCR is switched off (read.ocr)" if settings.ocr == "none" else "no OCR engine is installed")
        raise InputError(
            "read.no_ocr",
            Phrase("this is a picture, and {cause}", cause=cause),
            file=name,
            advice=Phrase("{install}.", install=INSTALL),
        )
    from planextract.read.scan.image import decode_pictures

    layers = layers or RecognisedLayers()
    scans = ScanReader(settings=settings, name=name, engine=engine)
    blocks: list[SourceBlock] = []
    notes: list[ReadNote] = list(layers.notes)
    printed: list[str] = []
    for image in decode_pictures(data, name):
        if image.page_number > settings.max_pages:
            raise InputError(
                "read.too_many_pages",
                Phrase("the picture has more than {max_pages} pages", max_pages=settings.max_pages),
                file=name,
                advice="Raise read.max_pages in the settings, or split the file.",
            )
        height, width = image.pixels.shape[:2]
        layer = layers.find(image.page_number, width * 72 / image.dpi, height * 72 / image.dpi)
        read = scans.read_page(image.page_number, partial(_itself, image), layer)
        if read is None:
            continue
        reading, more = read
        blocks.extend(reading.blocks)
        printed.append(reading.printed)
        notes.extend(more)
    notes.extend(scans.note())
    return SourceDocument(
        doc_id=hashlib.sha256(data).hexdigest()[:16],
        source_path=name,
        media_type=find_media_type(data) or "application/octet-stream",
        reader="scan",
        page_count=len(scans.read_pages),
        blocks=tuple(blocks),
        printed="".join(printed),
        notes=tuple(notes),
    )


def _itself(image: PageImage) -> PageImage:
    return image
