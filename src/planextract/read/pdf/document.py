"""Read a born-digital PDF into blocks: tables by the lattice, text outside, page furniture, in reading order."""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from contextlib import closing
from dataclasses import replace

import numpy as np

from planextract.detect.tables import find_tables
from planextract.errors import InputError
from planextract.model.page import Ints, PageArrays
from planextract.model.source import (
    ReadNote,
    SourceBlock,
    SourceDocument,
    SourceMarkup,
    SourceTable,
    SourceText,
)
from planextract.read.pdf.layout import assign_all, make_lines, make_table
from planextract.read.pdf.page_reading import PageReading, count_broken
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
from planextract.text.characters import FREQUENT

_GARBLED_SHARE = 0.1
_PICTURE_SHARE = 0.3  # of the page: a picture as large as a table
_SPARSE = 0.1  # of the page's usual density of text: nothing is printed on the picture
_ENOUGH = 60  # characters that tell real text from noise
_FREQUENT_SHARE = 0.2  # the Xicheng notice: 0.72; random characters: 0.03
_IS_FREQUENT = np.isin(np.arange(0x4E00, 0xA000), np.array(sorted(map(ord, FREQUENT))))
_DIGITS = re.compile(r"\d+")
_ATTACHMENT = re.compile(r"附[件表]\s*[0-9０-９一二三四五六七八九十]{0,3}\s*[:：]?")


def read_pdf(
    data: bytes, name: str, settings: ReadSettings, layers: RecognisedLayers | None = None
) -> SourceDocument:  # fmt: skip
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
    check_streams(data, name, settings)
    page_count = count_pages(data, name)
    if page_count > settings.max_pages:
        raise InputError("read.too_many_pages", f"the PDF has {page_count} pages", file=name,
                         advice="Raise read.max_pages in the settings, or split the file.")  # fmt: skip
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
                reading, page_notes = choose_reading(page, peers, settings)
                reading, more = _add_pictures(page, reading, scans)
                page_notes = (*page_notes, *more)
            readable += 1
            printed.append(reading.printed)
            blocks.extend(reading.blocks)
            notes.extend(page_notes)
    notes.extend(note_lost_page(number) for number in range(1, page_count + 1) if number not in seen)
    if not readable:
        raise InputError("read.no_text_layer", "no page has a usable text layer: this is a scan, and there is no OCR",
                         file=name, advice=f"{INSTALL}, or give the recognised text.")  # fmt: skip
    notes.extend(scans.note())
    return SourceDocument(
        doc_id=hashlib.sha256(data).hexdigest()[:16], source_path=name, media_type="application/pdf",
        reader="scan" if len(scans.read_pages) == page_count else "pdf", page_count=page_count,
        blocks=tuple(mark_furniture(blocks, page_count)), printed="".join(printed), notes=tuple(notes),
    )  # fmt: skip


def _find_layer(page: PageArrays) -> TextLayer | None:
    """Return the text that stands behind the picture of a scanned page, None where there is none or it is garbled."""
    codes, boxes = (
        (page.codes, page.boxes) if page.is_covered and len(page.codes) else (page.layer_codes, page.layer_boxes)
    )
    if not len(codes) or page.quarter_turns or count_broken(codes) > _GARBLED_SHARE * len(codes) or is_noise(codes):
        return None
    return TextLayer(codes=codes, boxes=boxes)


def judge_text_layer(page: PageArrays) -> ReadNote | None:
    """Return why a page's text layer cannot be used, as a note, or None if it can."""
    count = len(page.codes)
    if page.is_covered or (not count and page.hidden and len(page.images)):
        message = "the page is a scan with a text layer made by OCR behind it; that text was left out"
        return ReadNote(code="read.hidden_text_layer", severity="warning", message=message, page=page.page_number)
    if not count:
        message = "the page has no text layer; if it is a scan, its text is missing"
        return ReadNote(code="read.no_page_text", severity="warning", message=message, page=page.page_number)
    if count_broken(page.codes) > _GARBLED_SHARE * count or is_noise(page.codes):
        message = "the text layer of the page is garbled; its text was left out"
        return ReadNote(code="read.garbled_text", severity="warning", message=message, page=page.page_number)
    return None


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


def note_pictures(page: PageArrays) -> ReadNote | None:
    """Return a note on a picture that may hold a part of the page's text: a large one without text on it."""
    box = find_picture(page)
    if box is None:
        return None
    share = _visible_area(page, box) / (page.width * page.height)
    message = f"a picture covers {share:.0%} of the page; text in it was not read"
    return ReadNote(code="read.partial_text", severity="warning", message=message, page=page.page_number)


def find_picture(page: PageArrays) -> tuple[float, float, float, float] | None:
    """Return the box of a large picture without text on it, cut to the page, or None."""
    area = page.width * page.height
    x, y = (page.boxes[:, 0] + page.boxes[:, 2]) / 2, (page.boxes[:, 1] + page.boxes[:, 3]) / 2
    for x0, top, x1, bottom in page.images.tolist():
        share = _visible_area(page, (x0, top, x1, bottom)) / area
        inside = int(((x > x0) & (x < x1) & (y > top) & (y < bottom)).sum())
        if share >= _PICTURE_SHARE and inside * area <= _SPARSE * len(page.codes) * share * area:
            return max(x0, 0.0), max(top, 0.0), min(x1, page.width), min(bottom, page.height)
    return None


def _visible_area(page: PageArrays, box: tuple[float, float, float, float]) -> float:
    x0, top, x1, bottom = box
    return (min(x1, page.width) - max(x0, 0.0)) * (min(bottom, page.height) - max(top, 0.0))


def is_noise(codes: Ints) -> bool:
    """Tell whether Chinese text is none: a font that maps its glyphs to the wrong characters gives rare ones."""
    chinese = codes[(codes >= 0x4E00) & (codes <= 0x9FFF)]
    return len(chinese) >= _ENOUGH and float(_IS_FREQUENT[chinese - 0x4E00].mean()) < _FREQUENT_SHARE


def read_page_tables(
    page: PageArrays, region: tuple[float, float, float, float] | None = None
) -> tuple[SourceTable, ...]:
    """Read the tables of one page only, or the one table that stands in a region (x0, top, x1, bottom)."""
    grids = find_tables(page, region)
    cell, starts = assign_all(page, grids)
    lines = make_lines(page, cell)
    return tuple(make_table(page, grid, int(start), lines) for grid, start in zip(grids, starts, strict=True))


def mark_furniture(blocks: list[SourceBlock], page_count: int) -> list[SourceBlock]:
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
    if _ATTACHMENT.fullmatch(block.raw_text.strip()):
        return None  # each attachment begins so, at the same place of its first page
    return _DIGITS.sub("#", block.raw_text), round(block.bbox.top / 6)
