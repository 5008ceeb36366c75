"""The steps from strokes and characters to tables and texts, each with what it found, to be drawn on the page.

Each step is the function that the reader itself calls, given what the steps before it found; ``planextract show --draw
--steps NAME`` draws it (``read/pdf/draw.py``). The list is in the order of the work.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import NamedTuple

import numpy as np

from planextract.layout.aligned import characters_to_chunks
from planextract.layout.lattice import Grid, Lines, cell_box, rules_to_grids, strokes_to_rules
from planextract.layout.lines import characters_to_cells, characters_to_lines
from planextract.layout.nested import rules_to_groups
from planextract.layout.page_blocks import read_with_grids
from planextract.layout.tables import find_tables
from planextract.layout.text_columns import order_columns
from planextract.model.page import Floats, PageArrays

Box = tuple[float, float, float, float]


class Shape(NamedTuple):
    """One thing to draw: a box (a rule is a flat one), the number of its color, and what is written into its corner."""

    box: Box
    color: int = 0
    label: str = ""


class Step(NamedTuple):
    """A step by its name, what it makes of what (the functions are called so), and what it finds on a prepared page."""

    name: str
    makes: str
    find: Callable[[PageArrays], Iterator[Shape]]


def _characters(page: PageArrays) -> Iterator[Shape]:
    yield from _boxes(page.boxes, 4)


def _rulings(page: PageArrays) -> Iterator[Shape]:
    yield from _boxes(page.horizontals, 0)
    yield from _boxes(page.verticals, 1)


def _lattice(page: PageArrays) -> Iterator[Shape]:
    horizontal, vertical = _merge(page)
    yield from _rules(horizontal, vertical, 0, 1)


def _groups(page: PageArrays) -> Iterator[Shape]:
    for number, (horizontal, vertical) in enumerate(rules_to_groups(page, *_merge(page))):
        yield from _rules(horizontal, vertical, number, number)


def _grids(page: PageArrays) -> Iterator[Shape]:
    for number, group in enumerate(rules_to_groups(page, *_merge(page))):
        for grid in rules_to_grids(*group):
            yield from _cells(grid, number)


def _chunks(page: PageArrays) -> Iterator[Shape]:
    if len(page.codes):
        chunks = characters_to_chunks(page, np.ones(len(page.codes), dtype=bool), _merge(page)[1])
        for box, line in zip(chunks.boxes.tolist(), chunks.line.tolist(), strict=True):
            yield Shape(tuple(box), line % 2 + 2)


def _tables(page: PageArrays) -> Iterator[Shape]:
    for grid in find_tables(page):
        yield from _cells(grid, 2)


def _lines(page: PageArrays) -> Iterator[Shape]:
    cell, _ = characters_to_cells(page, find_tables(page))
    lines = characters_to_lines(page, order_columns(page.boxes, cell).cell)
    for box, number in zip(lines.boxes.tolist(), lines.cell.tolist(), strict=True):
        yield Shape(tuple(box), 3 if number >= 0 else 4)


def _blocks(page: PageArrays) -> Iterator[Shape]:
    for number, block in enumerate(read_with_grids(page, find_tables(page)).blocks, 1):
        box = getattr(block, "bbox", None)
        if box is not None:
            yield Shape((box.x0, box.top, box.x1, box.bottom), number % 4, str(number))


STEPS = (
    Step("characters", "the page's characters", _characters),
    Step("rulings", "strokes that are a table's: without underlines, with the sides of colored areas", _rulings),
    Step("lattice", "strokes_to_rules", _lattice),
    Step("groups", "rules_to_groups: a table inside a cell has a color of its own", _groups),
    Step("grids", "rules_to_grids: what the rules alone say", _grids),
    Step("chunks", "characters_to_chunks: runs of characters that a column could hold", _chunks),
    Step("cells", "tables as they are read: grids, missing rules put in, chunks_to_grids where no rules are", _tables),
    Step("lines", "characters_to_cells and characters_to_lines", _lines),
    Step("blocks", "lines_to_table and lines_to_texts, numbered in reading order", _blocks),
)


def find_shapes(page: PageArrays, names: tuple[str, ...]) -> Iterator[Shape]:
    """Find what the named steps find on a page, in the order of the work."""
    for step in STEPS:
        if step.name in names:
            yield from step.find(page)


def _merge(page: PageArrays) -> tuple[Lines, Lines]:
    return strokes_to_rules(page.horizontals, is_horizontal=True), strokes_to_rules(page.verticals, is_horizontal=False)


def _boxes(boxes: Floats, color: int) -> Iterator[Shape]:
    for box in boxes.tolist():
        yield Shape(tuple(box), color)


def _rules(horizontal: Lines, vertical: Lines, row_color: int, column_color: int) -> Iterator[Shape]:
    for y, x0, x1 in zip(horizontal.position, horizontal.start, horizontal.end, strict=True):
        yield Shape((float(x0), float(y), float(x1), float(y)), row_color)
    for x, top, bottom in zip(vertical.position, vertical.start, vertical.end, strict=True):
        yield Shape((float(x), float(top), float(x), float(bottom)), column_color)


def _cells(grid: Grid, color: int) -> Iterator[Shape]:
    """Yield the cells of a grid, a little smaller, so that neighbours are told apart, with row, column and spans."""
    for number, (row, col, row_span, col_span) in enumerate(grid.spans.tolist()):
        x0, top, x1, bottom = cell_box(grid, number)
        inset = min(1.3, (x1 - x0) / 4, (bottom - top) / 4)  # a sliver is drawn too
        label = f"{row},{col}" + (f" {row_span}x{col_span}" if row_span * col_span > 1 else "")
        yield Shape((x0 + inset, top + inset, x1 - inset, bottom - inset), color, label)
