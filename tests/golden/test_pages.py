"""What page geometry makes of a page: one construct of printed tables a file in ``pages/``, blocks with cells and boxes.

The pages are drawn by the lab from a seed (tests/lab/constructs), whose truth is known. A file is written only where the
whole document is read right, and then looked at::

    python -m tests.golden.test_pages underline nested      writes pages/underline-1.txt …

Boxes are in points, without decimals: ``x0,top,x1,bottom``. A cell: row, column, spans; ``room`` behind its last line, ``>`` if
its first line is indented; the lines of its text; its paragraphs, where there are several.
"""

from __future__ import annotations

import difflib
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from planextract.layout.page_blocks import PageReading, read_with_grids
from planextract.layout.tables import find_tables
from planextract.model.source import BBox, SourceBlock, SourceCell, SourceTable, SourceText
from planextract.read.pdf.pdfium import open_pdf, read_page
from tests.lab.by_reportlab import find_fonts

FOLDER = Path(__file__).parent / "pages"


@pytest.mark.skipif(not find_fonts(), reason="the fonts are not installed")
@pytest.mark.parametrize("path", sorted(FOLDER.glob("*.txt")), ids=lambda path: path.stem)
def test_page(path: Path) -> None:
    wanted = path.read_text("utf-8").splitlines()
    found = list(draw_pages(print_variant(path.stem)))
    diff = "\n".join(difflib.unified_diff(wanted, found, "expected", "read", lineterm="", n=1))
    assert not diff, diff


def print_variant(name: str) -> bytes:
    """Return the PDF of a construct; its name is its kind and its seed."""
    from tests.lab.constructs.by_reportlab import print_reportlab
    from tests.lab.constructs.registry import make_variant

    kind, _, seed = name.rpartition("-")
    return print_reportlab(make_variant(kind, int(seed)))


def draw_pages(pdf: bytes) -> Iterator[str]:
    with open_pdf(pdf, "page.pdf") as document:
        for index in range(len(document)):
            page = read_page(document, index, "page.pdf")
            yield f"page {index + 1}"
            yield from draw_reading(read_with_grids(page, find_tables(page)))


def draw_reading(reading: PageReading) -> Iterator[str]:
    for doubt in reading.doubts:
        yield f"doubt {doubt}"
    for note in reading.notes:
        yield f"note {note.code} {_box(note.bbox)}"
    for block in reading.blocks:
        yield from _draw_block(block)


def _draw_block(block: SourceBlock) -> Iterator[str]:
    if isinstance(block, SourceTable):
        opened = "".join(" top" * block.is_open[0] + " bottom" * block.is_open[1])
        columns = "/".join("".join("-|"[is_open] for is_open in side) for side in block.open_columns)
        yield f"table {block.row_count}x{block.col_count} {_box(block.bbox)} open{opened} {columns}"
        yield "  columns " + " ".join(f"{x:.0f}" for x in block.edges)
        for cell in block.cells:
            yield f"  {_draw_cell(cell)}"
    elif isinstance(block, SourceText):
        yield f"text {_box(block.bbox)} {block.raw_text}"
    else:
        yield f"{block.reason} {block.raw_text}"


def _draw_cell(cell: SourceCell) -> str:
    spans = f" {cell.row_span}x{cell.col_span}" if cell.row_span * cell.col_span > 1 else ""
    room = "" if cell.room is None else f" room {cell.room:.1f}"
    lines = "⏎".join(cell.raw_text.split("\n"))
    paragraphs = " ¶" + "¶".join(cell.paragraphs) if cell.paragraphs and len(cell.paragraphs) > 1 else ""
    kept = "" if cell.kept_text is None else f" kept {cell.kept_text!r}"
    return (
        f"{cell.row},{cell.col}{spans} {_box(cell.bbox)}{room}{' >' * bool(cell.is_indented)} {lines}{paragraphs}{kept}"
    )


def _box(box: BBox | None) -> str:
    return "" if box is None else ",".join(f"{value:.0f}" for value in (box.x0, box.top, box.x1, box.bottom))


def main(names: list[str]) -> None:
    """Write the files of constructs, each with two seeds, where the document is read right."""
    from tests.lab.constructs.registry import KINDS, make_variant
    from tests.lab.constructs.score import RIGHT, judge

    FOLDER.mkdir(exist_ok=True)
    for kind in names or KINDS:
        for seed in (1, 2):
            pdf = print_variant(f"{kind}-{seed}")
            outcome = judge(pdf, f"{kind}.pdf", make_variant(kind, seed).truth)
            if outcome.result == RIGHT:
                (FOLDER / f"{kind}-{seed}.txt").write_text("\n".join(draw_pages(pdf)) + "\n", "utf-8")
            else:
                print(f"{kind}-{seed} is not written: {outcome.result} {outcome.message}")


if __name__ == "__main__":
    main(sys.argv[1:])
