"""Recognised text as a document of its own."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from planextract.layout.lattice import Grid
from planextract.layout.lines import characters_to_cells
from planextract.layout.page_blocks import read_with_grids
from planextract.layout.tables import find_tables
from planextract.model.page import Bools, PageArrays
from planextract.model.source import ReadNote, SourceBlock, SourceDocument, SourceMarkup, SourceTable
from planextract.phrases import Phrase
from planextract.read.detect_format import detect_format
from planextract.read.fixed_pages import mark_furniture
from planextract.read.recognised.layers import parse_recognised
from planextract.read.recognised.pages import RecognisedPage
from planextract.read.scan.confidence import rate_characters, rate_total
from planextract.read.watch import begin_page, note_lost_page
from planextract.settings import ReadSettings

_LEAST_RULE_EM, _MOST_RULE_EM = 3.0, 0.5  # length and thickness of a table's rules, of a character's height
_INSET_EM = 0.2  # how far a rule may reach into a character's box
_MEDIA_TYPES = {"hocr": "text/vnd.hocr+html", "alto": "application/alto+xml"}


def read_recognised(data: bytes, name: str, settings: ReadSettings) -> SourceDocument:
    """Read an hOCR or ALTO file as a document: its text where it stands, its tables by lines and by alignment.

    Raises:
        InputError: If it is damaged or breaks a limit.
    """
    kind = detect_format(data)
    pages = parse_recognised(data, name, settings)
    blocks: list[SourceBlock] = []
    notes: list[ReadNote] = []
    printed: list[str] = []
    for number, page in enumerate(pages, start=1):
        if not begin_page(number, len(pages)):
            notes.append(note_lost_page(number))
            continue
        arrays = make_arrays(page, number)
        grids = find_tables(arrays)
        reading = read_with_grids(arrays, grids)
        blocks.extend(_rate(list(reading.blocks), arrays, page, grids))
        if page.unplaced:
            blocks.append(SourceMarkup(page=number, raw_text=page.unplaced, reason="unplaced"))
        printed.extend((reading.printed, page.unplaced))
    message = Phrase(
        "recognised text without its scan ({kind}): tables were found by alignment; put the scan beside it", kind=kind
    )
    notes.append(ReadNote.of("read.recognised", message, page=1))
    return SourceDocument(
        doc_id=hashlib.sha256(data).hexdigest()[:16],
        source_path=name,
        media_type=_MEDIA_TYPES.get(kind, "text/plain"),
        reader=kind,
        page_count=len(pages),
        blocks=tuple(mark_furniture(blocks, len(pages))),
        printed="".join(printed),
        notes=tuple(notes),
    )


def make_arrays(page: RecognisedPage, number: int) -> PageArrays:
    """Return a page in points, as the readers of fixed layouts take it."""
    scale = np.float32(page.scale)
    rules = page.rules[_are_rules(page)] * scale
    is_wide = (rules[:, 3] - rules[:, 1]) <= (rules[:, 2] - rules[:, 0])
    return PageArrays(
        page_number=number,
        width=page.width * page.scale,
        height=page.height * page.scale,
        codes=page.codes,
        boxes=page.boxes * scale,
        horizontals=rules[is_wide],
        verticals=rules[~is_wide],
    )


def _are_rules(page: RecognisedPage) -> Bools:
    """Tell the lines of tables from the strokes of characters and underlines, which programs give as well."""
    rules, boxes = page.rules, page.boxes
    if not len(rules) or not len(boxes):
        return np.ones(len(rules), dtype=bool)
    height = float(np.median(boxes[:, 3] - boxes[:, 1]))
    sides = rules[:, 2:] - rules[:, :2]
    kept = (sides.max(axis=1) > _LEAST_RULE_EM * height) & (sides.min(axis=1) < _MOST_RULE_EM * height)
    inset = _INSET_EM * height * np.array([1, 1, -1, -1], dtype=np.float32)
    inner = boxes + inset
    for index in np.flatnonzero(kept).tolist():
        x0, top, x1, bottom = rules[index]
        kept[index] = not ((inner[:, 0] < x1) & (inner[:, 2] > x0) & (inner[:, 1] < bottom) & (inner[:, 3] > top)).any()
    return np.asarray(kept)


def _rate(
    blocks: list[SourceBlock], arrays: PageArrays, page: RecognisedPage, grids: Sequence[Grid]
) -> list[SourceBlock]:
    """Give each cell of the tables the probability that its text was recognised without an error."""
    cell, starts = characters_to_cells(arrays, tuple(grids))
    doubts = rate_characters(page.scores)
    tables = iter(zip(grids, starts.tolist(), strict=True))
    rated: list[SourceBlock] = []
    for block in blocks:
        if not isinstance(block, SourceTable):
            rated.append(block)
            continue
        grid, start = next(tables)
        own = cell - start
        inside = (own >= 0) & (own < len(grid.spans))
        total = np.bincount(own[inside], weights=doubts[inside], minlength=len(grid.spans))
        count = np.bincount(own[inside], minlength=len(grid.spans))
        cells = tuple(
            replace(item, confidence=rate_total(float(doubt), int(used)))
            for item, doubt, used in zip(block.cells, total, count, strict=True)
        )
        rated.append(replace(block, cells=cells))
    return rated
