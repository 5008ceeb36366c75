"""Pages about the thresholds of page geometry are read as they were: the net below the tests of single rules.

``varied_pages.py`` draws a page from a seed. The seeds kept are those where some change of one place of page geometry showed
that no page kept before had shown (``tests/benchmark/README.md``). What they are read as stands in ``varied_pages.txt``: drawn, not
judged, so that it says that something changed; whether for the better is seen in the diff::

    python -m tests.unit.layout.test_varied_pages       draws all pages anew
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from planextract.layout.lattice import Grid
from planextract.layout.page_blocks import read_with_grids
from planextract.layout.prepare import prepare_page
from planextract.layout.tables import find_tables
from planextract.model.source import BBox, SourceMarkup, SourceTable
from tests.unit.layout.varied_pages import draw_page

FILE = Path(__file__).parent / "varied_pages.txt"


def read_wanted() -> dict[int, str]:
    """Return the drawn reading of each seed."""
    parts = re.split(r"^page (\d+)\n", FILE.read_text("utf-8"), flags=re.MULTILINE)
    return {int(seed): text for seed, text in zip(parts[1::2], parts[2::2], strict=True)}


@pytest.mark.parametrize(("seed", "wanted"), read_wanted().items() if FILE.exists() else ())
def test_page_is_read_as_before(seed: int, wanted: str) -> None:
    diff = "\n".join(
        difflib.unified_diff(wanted.splitlines(), list(read_varied(seed)), "expected", "read", lineterm="", n=1)
    )
    assert not diff, diff


def read_varied(seed: int) -> Iterator[str]:
    """Read the page of a seed, on its own, then as the page behind itself where it goes on, and one part of it alone."""
    page = prepare_page(draw_page(seed))
    grids = find_tables(page)
    reading = read_with_grids(page, grids)
    yield from (f"doubt {doubt}" for doubt in reading.doubts)
    yield from (f"note {note.code} {_box(note.bbox)} {note.message}" for note in reading.notes)
    for block in reading.blocks:
        if isinstance(block, SourceTable):
            yield from _draw_table(block)
        elif isinstance(block, SourceMarkup):
            yield f"{block.reason} {block.raw_text}"
        else:
            yield f"text {_box(block.bbox)} {block.starts_paragraph:d} {block.raw_text}"
    if grids:
        again = find_tables(page, earlier=grids)
        if _draw_grids(again) != _draw_grids(grids):
            yield f"going on {_draw_grids(again)}"
        xs, ys = grids[0].xs, grids[0].ys
        low = len(xs) // 2 if seed % 3 == 0 else 0
        region = float(xs[low]), float(ys[0]), float(xs[-1]), float(ys[len(ys) // 2 + len(ys) % 2])
        yield f"region {_draw_grids(find_tables(page, region))}"
    if page.is_struck.any():
        yield "struck " + "".join(chr(code) for code in page.codes[page.is_struck])


def _draw_grids(grids: tuple[Grid, ...]) -> str:
    """Draw the column and row lines of grids, which cells lie between them, and what is open and in doubt."""
    return " ".join(
        " ".join(f"{x:.1f}" for x in grid.xs)
        + " | "
        + " ".join(f"{y:.1f}" for y in grid.ys)
        + f" | {grid.cell_at.tolist()} {''.join('ny'[side] for side in grid.is_open)} {grid.is_consistent:d} {grid.unsure}"
        for grid in grids
    )


def _draw_table(table: SourceTable) -> Iterator[str]:
    opened = "".join(name * is_open for name, is_open in zip("tb", table.is_open, strict=False))
    sides = "/".join("".join("-|"[is_open] for is_open in side) for side in table.open_columns)
    yield f"table {table.row_count}x{table.col_count} {_box(table.bbox)} open {opened} {sides} at {' '.join(f'{x:.1f}' for x in table.edges)}"
    for cell in table.cells:
        spans = f" {cell.row_span}x{cell.col_span}" if cell.row_span * cell.col_span > 1 else ""
        room = "" if cell.room is None else f" {cell.room:.1f}"
        paragraphs = " ¶" + "¶".join(cell.paragraphs) if cell.paragraphs and len(cell.paragraphs) > 1 else ""
        kept = "" if cell.kept_text is None else f" kept {cell.kept_text}"
        text = (cell.raw_text + paragraphs + kept).replace("\n", "⏎")
        yield f" {cell.row},{cell.col}{spans} {_box(cell.bbox)}{room}{' >' * bool(cell.is_indented)} {text}"


def _box(box: BBox | None) -> str:
    return "" if box is None else ",".join(f"{value:.1f}" for value in (box.x0, box.top, box.x1, box.bottom))


if __name__ == "__main__":
    FILE.write_text(
        "".join(f"page {seed}\n" + "".join(f"{line}\n" for line in read_varied(seed)) for seed in read_wanted()),
        "utf-8",
    )
