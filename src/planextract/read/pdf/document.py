"""Read a born-digital PDF into blocks: tables by the lattice, text outside, page furniture, in reading order."""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from contextlib import closing

from planextract.detect.tables import find_tables
from planextract.errors import InputError
from planextract.model.page import PageArrays
from planextract.model.source import (
    ReadNote,
    SourceBlock,
    SourceDocument,
    SourceMarkup,
    SourceTable,
    SourceText,
)
from planextract.read.pdf.layout import assign_all, make_lines, make_table
from planextract.read.pdf.page_reading import count_broken
from planextract.read.pdf.pdfium import open_pdf, read_page
from planextract.read.pdf.peers import PeerReaders
from planextract.read.pdf.readers import choose_reading
from planextract.settings import ReadSettings

_GARBLED_SHARE = 0.1
_DIGITS = re.compile(r"\d+")


def read_pdf(data: bytes, name: str, settings: ReadSettings) -> SourceDocument:
    """Read a PDF with the reader that the settings name.

    A page whose text layer is missing or garbled gives no text but a note; the other pages are read.

    Raises:
        InputError: If the file is encrypted, damaged, too long, or no page has a text layer.
    """
    blocks: list[SourceBlock] = []
    notes: list[ReadNote] = []
    printed: list[str] = []
    readable = 0
    with open_pdf(data, name) as document, closing(PeerReaders(data, name)) as peers:
        page_count = len(document)
        if page_count > settings.max_pages:
            raise InputError("read.too_many_pages", f"the PDF has {page_count} pages", file=name,
                             advice="Raise read.max_pages in the settings, or split the file.")  # fmt: skip
        for index in range(page_count):
            page = read_page(document, index, name)
            problem = judge_text_layer(page)
            if problem is not None:
                notes.append(ReadNote(code=problem[0], severity="warning", message=problem[1], page=index + 1))
                continue
            readable += 1
            reading, page_notes = choose_reading(page, peers, settings)
            printed.append(reading.printed)
            blocks.extend(reading.blocks)
            notes.extend(page_notes)
    if not readable:
        raise InputError("read.no_text_layer", "no page has a usable text layer: this is a scan", file=name,
                         advice="This version reads born-digital PDFs; give a scan as recognised text.")  # fmt: skip
    return SourceDocument(
        doc_id=hashlib.sha256(data).hexdigest()[:16], source_path=name, media_type="application/pdf", reader="pdf",
        page_count=page_count, blocks=tuple(_mark_furniture(blocks, page_count)), printed="".join(printed),
        notes=tuple(notes),
    )  # fmt: skip


def judge_text_layer(page: PageArrays) -> tuple[str, str] | None:
    """Return why a page's text layer cannot be used, as finding code and message, or None if it can."""
    count = len(page.codes)
    if count == 0:
        return "read.no_page_text", "the page has no text layer; if it is a scan, its text is missing"
    if count_broken(page.codes) > _GARBLED_SHARE * count:
        return "read.garbled_text", "the text layer of the page is garbled; its text was left out"
    return None


def read_page_tables(
    page: PageArrays, region: tuple[float, float, float, float] | None = None
) -> tuple[SourceTable, ...]:
    """Read the tables of one page only, or the one table that stands in a region (x0, top, x1, bottom)."""
    grids = find_tables(page, region)
    cell, starts = assign_all(page, grids)
    lines = make_lines(page, cell)
    return tuple(make_table(page, grid, int(start), lines) for grid, start in zip(grids, starts, strict=True))


def _mark_furniture(blocks: list[SourceBlock], page_count: int) -> list[SourceBlock]:
    """Turn running heads and feet into mark-up: the same line, digits aside, in the same place of many pages."""
    keys = [_furniture_key(block) for block in blocks]
    counts = Counter(key for key in keys if key is not None)
    needed = max(3, page_count // 3)
    return [
        SourceMarkup(page=block.page, raw_text=block.raw_text, reason="running_head")
        if key is not None and counts[key] >= needed and isinstance(block, SourceText)
        else block
        for key, block in zip(keys, blocks, strict=True)
    ]


def _furniture_key(block: SourceBlock) -> tuple[str, int] | None:
    if not isinstance(block, SourceText) or block.bbox is None or len(block.raw_text) > 60:
        return None
    return _DIGITS.sub("#", block.raw_text), round(block.bbox.top / 6)
