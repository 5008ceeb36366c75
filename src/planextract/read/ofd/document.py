"""Read an OFD file into blocks: its pages become arrays, and what reads those of a PDF reads them."""

from __future__ import annotations

import hashlib
from functools import partial
from typing import TYPE_CHECKING

from planextract.errors import InputError
from planextract.layout.page_blocks import read_with_grids
from planextract.layout.tables import find_tables
from planextract.model.source import ReadNote, SourceBlock, SourceDocument, SourceMarkup
from planextract.phrases import Phrase
from planextract.read.archive import Archive
from planextract.read.fixed_pages import judge_text_layer, mark_furniture, note_pictures
from planextract.read.ofd.package import OfdFile, Stamp
from planextract.read.ofd.page import PageContent, read_ofd_page
from planextract.read.scan.document import ScanReader
from planextract.read.scan.engines import INSTALL
from planextract.settings import ReadSettings

if TYPE_CHECKING:
    from planextract.read.scan.image import PageImage

MEDIA_TYPE = "application/ofd"


def read_ofd(data: bytes, name: str, settings: ReadSettings, archive: Archive | None = None) -> SourceDocument:
    """Read an OFD file.

    The pictures of a page without text, or with garbled text, are read as a scan; without an OCR engine it gives a
    note, and the others are read. Seals and signatures are noted,
    their validity is not checked. Text of annotations (watermarks, remarks) is set aside.

    Args:
        data: The file's bytes.
        name: The file's name as outputs show it.
        settings: Limits.
        archive: The container, if it was opened already.

    Raises:
        InputError: If the file is encrypted, damaged, unsafe, too long, or no page has text.
    """
    file = OfdFile(archive or Archive(data, name, settings), name)
    if file.page_count > settings.max_pages:
        raise InputError(
            "read.too_many_pages",
            Phrase("the OFD file has {page_count} pages", page_count=file.page_count),
            file=name,
            advice="Raise read.max_pages in the settings, or split the file.",
        )
    blocks: list[SourceBlock] = []
    notes: list[ReadNote] = []
    printed: list[str] = []
    readable = 0
    scans = ScanReader(settings=settings, name=name)
    for index in range(file.page_count):
        page = read_ofd_page(file.load_page(index), index + 1, name)
        problem = judge_text_layer(page.arrays)
        if problem is not None:
            draw = partial(_draw, page, file, name)
            scanned = scans.read_page(index + 1, draw) if page.pictures else None
            if scanned is None:
                notes.append(problem)
                continue
            readable += 1
            blocks.extend(scanned[0].blocks)
            printed.append(scanned[0].printed)
            notes.extend(scanned[1])
            continue
        picture = note_pictures(page.arrays) if len(page.arrays.images) else None
        if picture is not None:
            notes.append(picture)
        readable += 1
        reading = read_with_grids(page.arrays, find_tables(page.arrays))
        blocks.extend(reading.blocks)
        notes.extend(reading.notes)
        if page.annotations.strip():
            blocks.append(SourceMarkup(page=index + 1, raw_text=page.annotations, reason="annotation"))
        printed.append(page.printed)
    if not readable:
        cause = "no page of the OFD file has usable text: it holds pictures or drawings only"
        advice = (
            Phrase("{install}, or give its recognised text.", install=INSTALL)
            if scans.missed_pages
            else "Give its recognised text."
        )
        raise InputError("read.no_text_layer", cause, file=name, advice=advice)
    notes.extend((*scans.note(), *_note_stamps(file.find_stamps())))
    return SourceDocument(
        doc_id=hashlib.sha256(data).hexdigest()[:16],
        source_path=name,
        media_type=MEDIA_TYPE,
        reader="scan" if len(scans.read_pages) == file.page_count else "ofd",
        page_count=file.page_count,
        blocks=tuple(mark_furniture(blocks, file.page_count)),
        printed="".join(printed),
        notes=tuple(notes),
    )


def _note_stamps(stamps: tuple[Stamp, ...]) -> tuple[ReadNote, ...]:
    if not stamps:
        return ()
    pages = sorted({stamp.page_number for stamp in stamps if stamp.page_number is not None})
    where = Phrase(" on page {pages}", pages=", ".join(map(str, pages))) if pages else ""
    message = Phrase(
        "the file carries {count} electronic seals or signatures{where}; whether they are valid was not checked",
        count=len(stamps),
        where=where,
    )
    return (ReadNote.of("read.signed", message, page=pages[0] if pages else None),)


def _draw(page: PageContent, file: OfdFile, name: str) -> PageImage | None:
    """Draw a page's pictures; OpenCV, of the extra 'ocr', is loaded only here."""
    from planextract.read.ofd.pictures import draw_pictures

    return draw_pictures(page.arrays, page.pictures, file.load_picture, name)
