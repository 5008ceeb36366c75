"""Read a born-digital PDF into blocks: tables by the lattice, text outside, page furniture, in reading order."""

from __future__ import annotations

import hashlib
from contextlib import closing
from dataclasses import replace

from planextract.errors import InputError
from planextract.layout.lattice import Grid
from planextract.layout.page_blocks import PageReading, count_broken
from planextract.model.page import PageArrays
from planextract.model.source import ReadNote, SourceBlock, SourceDocument, SourceMarkup
from planextract.phrases import Phrase
from planextract.read.fixed_pages import (
    GARBLED_SHARE,
    find_picture,
    is_noise,
    judge_text_layer,
    mark_furniture,
    note_pictures,
)
from planextract.read.pdf.pdfium import count_pages, read_pages
from planextract.read.pdf.peers import PeerReaders
from planextract.read.pdf.readers import choose_reading
from planextract.read.pdf.streams import check_streams
from planextract.read.recognised.layers import RecognisedLayers
from planextract.read.scan.document import ScanReader
from planextract.read.scan.engines import INSTALL
from planextract.read.scan.layer import TextLayer
from planextract.read.watch import note_lost_page
from planextract.settings import ReadSettings


def read_pdf(data: bytes, name: str, settings: ReadSettings, layers: RecognisedLayers | None = None) -> SourceDocument:
    """Read a PDF with the reader that the settings name.

    A page without a usable text layer, and a large picture on a page, are read as scans; without an OCR engine
    they give a note, and the rest is read.

    Args:
        data: The file's bytes.
        name: The file's name as outputs show it.
        settings: Limits, and the readers.
        layers: The text that another program recognised on its scanned pages.

    Raises:
        InputError: If the file is encrypted, damaged, too long, or no page has a text layer and no OCR
            engine is installed.
    """
    blocks: list[SourceBlock] = []
    layers = layers or RecognisedLayers()
    notes: list[ReadNote] = list(layers.notes)
    printed: list[str] = []
    readable = 0
    scans = ScanReader(settings=settings, name=name, data=data)
    seen: set[int] = set()
    earlier: tuple[Grid, ...] = ()
    check_streams(data, name, settings)
    page_count = count_pages(data, name)
    if page_count > settings.max_pages:
        raise InputError(
            "read.too_many_pages",
            Phrase("the PDF has {page_count} pages", page_count=page_count),
            file=name,
            advice="Raise read.max_pages in the settings, or split the file.",
        )
    with closing(PeerReaders(data, name)) as peers:
        for page in read_pages(data, name, page_count, settings):
            seen.add(page.page_number)
            problem = judge_text_layer(page)
            if problem is not None:
                layer = layers.find(page.page_number, page.width, page.height) or _find_layer(page)
                scanned = scans.read_pdf_page(page.page_number - 1, layer=layer)
                if scanned is None:
                    notes.append(problem)
                    continue
                reading, page_notes = scanned
            else:
                reading, page_notes = choose_reading(page, peers, settings, earlier)
                earlier = reading.grids or earlier
                reading, more = _add_pictures(page, reading, scans)
                page_notes = (*page_notes, *more)
            readable += 1
            printed.append(reading.printed)
            blocks.extend(reading.blocks)
            notes.extend(page_notes)
    notes.extend(note_lost_page(number) for number in range(1, page_count + 1) if number not in seen)
    if not readable:
        raise InputError(
            "read.no_text_layer",
            "no page has a usable text layer: this is a scan, and there is no OCR",
            file=name,
            advice=Phrase("{install}, or give the recognised text.", install=INSTALL),
        )
    notes.extend(scans.note())
    return SourceDocument(
        doc_id=hashlib.sha256(data).hexdigest()[:16],
        source_path=name,
        media_type="application/pdf",
        reader="scan" if len(scans.read_pages) == page_count else "pdf",
        page_count=page_count,
        blocks=tuple(mark_furniture(blocks, page_count)),
        printed="".join(printed),
        notes=tuple(notes),
    )


def _find_layer(page: PageArrays) -> TextLayer | None:
    """Return the text that stands behind the picture of a scanned page, None where there is none or it is garbled."""
    codes, boxes = (
        (page.codes, page.boxes) if page.is_covered and len(page.codes) else (page.layer_codes, page.layer_boxes)
    )
    if not len(codes) or page.quarter_turns or count_broken(codes) > GARBLED_SHARE * len(codes) or is_noise(codes):
        return None
    return TextLayer(codes=codes, boxes=boxes)


def _add_pictures(
    page: PageArrays, reading: PageReading, scans: ScanReader
) -> tuple[PageReading, tuple[ReadNote, ...]]:
    """Read a large picture on a page as a scan, and put its blocks among those of the page."""
    partial = note_pictures(page) if len(page.images) else None
    if partial is None or page.quarter_turns:
        return reading, () if partial is None else (partial,)
    scanned = scans.read_pdf_page(page.page_number - 1, region=find_picture(page))
    if scanned is None:
        return reading, (partial,)
    added, notes = scanned
    blocks = sorted((*reading.blocks, *added.blocks), key=_top_of)
    return replace(reading, blocks=tuple(blocks), printed=reading.printed + added.printed), notes


def _top_of(block: SourceBlock) -> float:
    """Where a block begins; mark-up has no place and stays behind."""
    box = None if isinstance(block, SourceMarkup) else block.bbox
    return float("inf") if box is None else box.top
