"""Small documents from the lab, damaged, read through all rooms: each reaches a rule that no other golden case reaches.

``varied.txt`` holds them, each below its name: number, form, the seed of its paper (0: none). A document with paper stands on
pages: its tables have boxes, column edges, open sides and room behind the last line, as those of a PDF have. What each stage
leaves of them stands in ``varied-stages.txt``: drawn, not judged, and looked at when it changes::

    python -m tests.golden.test_varied       draws all of them anew
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from random import Random

import pytest

from planextract.dictionaries import load_dictionaries
from planextract.errors import PlanExtractError
from planextract.model.decision import Overrides
from planextract.model.source import BBox, SourceBlock, SourceCell, SourceDocument, SourceTable
from planextract.pipeline import extract_document
from planextract.read.document import read_document
from planextract.settings import ReadSettings, Settings
from tests.golden.test_stages import draw_stages

DOCUMENTS, STAGES = Path(__file__).parent / "varied.txt", Path(__file__).parent / "varied-stages.txt"


def load_parts(path: Path) -> dict[str, str]:
    """Return what stands below each name."""
    parts = re.split(r"^#### (.+)\n", path.read_text("utf-8"), flags=re.MULTILINE)
    return dict(zip(parts[1::2], parts[2::2], strict=True))


@pytest.mark.parametrize("name", load_parts(DOCUMENTS))
def test_document_is_read_as_before(name: str) -> None:
    wanted = load_parts(STAGES)[name].splitlines()
    found = list(draw_document(name, load_parts(DOCUMENTS)[name]))
    diff = "\n".join(difflib.unified_diff(wanted, found, "expected", "found", lineterm="", n=1))
    assert not diff, diff


def draw_document(name: str, text: str) -> Iterator[str]:
    """Draw what the rooms make of a document."""
    _, form, paper = name.split()
    source = read_document(text.encode(), f"plan.{'html' if form == 'html' else 'txt'}", ReadSettings())
    if paper != "0":
        source = put_on_paper(source, Random(int(paper)))
    try:
        yield from draw_stages(extract_document(source, load_dictionaries(), Overrides(), Settings()))
    except PlanExtractError as error:
        yield f"refused {error.code} {str(error).splitlines()[0]}"


def put_on_paper(source: SourceDocument, random: Random) -> SourceDocument:
    """Return a document whose tables stand one a page, with what only a page shows."""
    page, blocks, is_open = 0, list[SourceBlock](), False
    count = sum(isinstance(block, SourceTable) for block in source.blocks)
    for block in source.blocks:
        page += isinstance(block, SourceTable)
        if not isinstance(block, SourceTable):
            blocks.append(replace(block, page=min(page + 1, max(count, 1))))
            continue
        blocks.append(_print_table(replace(block, page=page), random, is_open))
        is_open = blocks[-1].is_open[1] and random.random() < 0.9
    return replace(source, blocks=tuple(blocks), page_count=max(page, 1), pages_by_header=False)


def _print_table(table: SourceTable, random: Random, is_open: bool) -> SourceTable:
    edges = tuple(60.0 + 80 * col + random.choice((0.0, 0.0, 0.0, 1.0, 4.0)) for col in range(table.col_count + 1))
    columns = [tuple(random.random() < 0.3 for _ in range(table.col_count)) for _ in range(2)]
    closed = (False,) * table.col_count
    opened = is_open, random.random() < 0.5
    cells = [_print_cell(cell, edges, random) for cell in table.cells]
    sides = tuple(
        (True,) * len(closed) if side else other if random.random() < 0.4 else closed
        for side, other in zip(opened, columns, strict=True)
    )
    box = BBox(x0=edges[0], top=60.0, x1=edges[-1], bottom=random.choice((740.0, 780.0, 400.0)))
    return replace(
        table, cells=tuple(cells), edges=edges, is_open=opened, open_columns=sides, bbox=box,
        has_spans=table.has_spans or random.random() < 0.7,
    )  # fmt: skip


def _print_cell(cell: SourceCell, edges: tuple[float, ...], random: Random) -> SourceCell:
    top, bottom = 60.0 + 20 * cell.row, 60.0 + 20 * (cell.row + cell.row_span)
    box = BBox(x0=edges[cell.col], top=top, x1=edges[cell.col + cell.col_span], bottom=bottom)
    room = random.choice((0.2, 0.8, 1.5, 4.0, 9.0)) if cell.raw_text else None
    return replace(cell, bbox=box, room=room, is_indented=random.random() < 0.2 if cell.raw_text else None)


if __name__ == "__main__":
    STAGES.write_text(
        "".join(
            f"#### {name}\n" + "".join(f"{line}\n" for line in draw_document(name, text))
            for name, text in load_parts(DOCUMENTS).items()
        ),
        "utf-8",
    )
