"""Measure how scans of the lab's documents are read, condition by condition.

    python -m tests.lab.measure_scans --conditions clean copied --dpi 200 --documents 6 [--structure]

What pdfium reads of the born-digital page (grid, cell texts) is the truth; the lab checks that reading by itself.
"""

from __future__ import annotations

import argparse
import json
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from rapidfuzz.distance import Levenshtein

from planextract.model.source import SourceCell, SourceTable
from planextract.read.pdf.document import read_pdf
from planextract.read.scan.engines import choose_engine
from planextract.read.scan.image import PageImage
from planextract.read.scan.ocr import OcrEngine
from planextract.read.scan.reader import read_image
from planextract.read.scan.vote import make_rereader
from planextract.settings import ReadSettings
from planextract.text.characters import fold
from tests.lab.options import draw_options
from tests.lab.plans import make_plan
from tests.lab.scans import CONDITIONS, damage_page, rasterise
from tests.lab.typeset import typeset
from tests.replay_engine import ReplayEngine


@dataclass(slots=True)
class ScanScore:
    """Counts over pages: cells whose place and spans are right, characters, errors, and cells by confidence."""

    pages: int = 0
    cells: int = 0
    cells_right: int = 0
    characters: int = 0
    errors: int = 0
    dashes: int = 0
    dashes_right: int = 0
    seconds: float = 0.0
    rated: list[tuple[float, bool]] = field(default_factory=list)
    confusions: Counter[tuple[str, str]] = field(default_factory=Counter)
    bad_pages: list[str] = field(default_factory=list)


def make_pages(documents: int, per_document: int) -> Iterator[tuple[int, int, bytes]]:
    """Yield seed, page number and PDF of the lab's documents; fonts go round between Song-like and sans."""
    for seed in range(100, 100 + documents):
        options = replace(
            draw_options(seed, "reportlab"),
            watermark=False,
            rotate=0,
            sideways=False,
            fake_bold="none",
            page="A4",
            font=("serif", "sans")[seed % 2],
            hidden_text=False,
        )
        pdf = typeset(make_plan(seed, options), "reportlab")
        count = len(rasterise(pdf, 20))
        for number in range(min(2, count), min(2 + per_document, count + 1)):
            yield seed, number, pdf


def measure(condition: str, dpi: float, pages: list[tuple[int, int, bytes]], engine: OcrEngine | None) -> ScanScore:
    """Read the pages under one condition; without an engine only their grids are compared."""
    score = ScanScore()
    truths: dict[int, list[SourceTable]] = {}
    for seed, number, pdf in pages:
        if seed not in truths:
            source = read_pdf(pdf, "x.pdf", ReadSettings(reader="pdfium"))
            truths[seed] = [block for block in source.blocks if isinstance(block, SourceTable)]
        wanted = [table for table in truths[seed] if table.page == number]
        picture = damage_page(rasterise(pdf, dpi)[number - 1], CONDITIONS[condition], dpi, seed * 100 + number)
        image = PageImage(page_number=number, pixels=picture, dpi=dpi)
        start = time.process_time()
        rereader = make_rereader(engine) if engine else None
        reading, _ = read_image(image, engine or ReplayEngine([]), rereader)
        score.seconds += time.process_time() - start
        _compare(score, list(reading.tables), wanted, f"{seed}/{number}", with_text=engine is not None)
    return score


def _compare(
    score: ScanScore, got: list[SourceTable], wanted: list[SourceTable], name: str, *, with_text: bool
) -> None:
    score.pages += 1
    right = 0
    total = sum(len(table.cells) for table in wanted)
    for table, other in zip(wanted, got, strict=False):
        places = {_place(cell): cell for cell in other.cells}
        for cell in table.cells:
            found = places.get(_place(cell))
            right += found is not None
            if with_text:
                _compare_text(score, cell.raw_text, found)
    score.cells += total
    score.cells_right += right
    if right < total or len(got) != len(wanted):
        score.bad_pages.append(f"{name}: {right} of {total}, {len(got)} tables for {len(wanted)}")


def _place(cell: SourceCell) -> tuple[int, int, int, int]:
    return cell.row, cell.col, cell.row_span, cell.col_span


def _compare_text(score: ScanScore, raw: str, found: SourceCell | None) -> None:
    text = "".join(raw.split())
    read = "".join(found.raw_text.split()) if found else ""
    score.characters += len(text)
    distance = Levenshtein.distance(fold(text), fold(read))
    score.errors += distance
    if found is not None:
        score.rated.append((found.confidence, distance == 0))
    if text and set(text) <= set("-—/"):
        score.dashes += 1
        score.dashes_right += read == text
    for step in Levenshtein.opcodes(fold(text), fold(read)):
        if step.tag != "equal":
            pair = fold(text)[step.src_start : step.src_end], fold(read)[step.dest_start : step.dest_end]
            score.confusions[pair] += 1


def main() -> None:
    """Print one line of figures a condition."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--conditions", nargs="*", default=list(CONDITIONS))
    parser.add_argument("--dpi", type=float, default=200)
    parser.add_argument("--documents", type=int, default=6)
    parser.add_argument("--pages", type=int, default=2)
    parser.add_argument("--structure", action="store_true")
    parser.add_argument("--dump", default="")
    arguments = parser.parse_args()
    pages = list(make_pages(arguments.documents, arguments.pages))
    engine = None if arguments.structure else choose_engine(ReadSettings())
    dumped = {}
    for condition in arguments.conditions:
        score = measure(condition, arguments.dpi, pages, engine)
        print(
            f"{condition:12} {arguments.dpi:.0f} dpi, {score.pages} pages: cells {score.cells_right / score.cells:.4f} "
            f"of {score.cells}, CER {score.errors / max(1, score.characters):.4f} of {score.characters}, "
            f"dashes {score.dashes_right}/{score.dashes}, {score.seconds / score.pages:.2f} s a page",
            flush=True,
        )
        print("   ", "; ".join(score.bad_pages[:6]), score.confusions.most_common(14), flush=True)
        dumped[condition] = score.rated
    if arguments.dump:
        with open(arguments.dump, "w", encoding="utf-8") as stream:  # noqa: PTH123
            json.dump(dumped, stream)


if __name__ == "__main__":
    main()
