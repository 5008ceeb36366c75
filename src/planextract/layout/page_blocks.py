"""One page as one reader understands it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np

from planextract.layout.lattice import Grid
from planextract.layout.lines import Lines, characters_to_cells, characters_to_lines, lines_to_table, lines_to_texts
from planextract.layout.text_columns import ColumnOrder, order_columns
from planextract.layout.thresholds import GEOMETRY
from planextract.model.page import Floats, Ints, PageArrays, middles
from planextract.model.source import BBox, ReadNote, SourceBlock, SourceMarkup, SourceTable
from planextract.phrases import Phrase

_ACROSS_SHARE = GEOMETRY.page_blocks.across_share
_LEAST_CROSSED = GEOMETRY.page_blocks.least_crossed
_MOST_CROSSED = GEOMETRY.page_blocks.most_crossed
_DRAWN_SHARE = GEOMETRY.page_blocks.drawn_share
_ACROSS_COUNT = GEOMETRY.page_blocks.across_count


@dataclass(frozen=True, slots=True, kw_only=True)
class PageReading:
    """The blocks of a page in reading order, every character read, and what the reader doubts.

    ``doubts`` are short reasons: an inconsistent grid, characters across a rule, private code points. ``notes`` are for
    people. ``grids`` are the grids of the tables.
    """

    blocks: tuple[SourceBlock, ...]
    printed: str
    doubts: tuple[str, ...] = ()
    notes: tuple[ReadNote, ...] = ()
    grids: tuple[Grid, ...] = ()

    @property
    def tables(self) -> tuple[SourceTable, ...]:
        """The tables of the page."""
        return tuple(block for block in self.blocks if isinstance(block, SourceTable))


def read_with_grids(page: PageArrays, grids: tuple[Grid, ...]) -> PageReading:
    """Lay a page's characters into known grids; the rest is text around them, mark-up what is hidden or doubled."""
    cell, starts = characters_to_cells(page, grids)
    order = order_columns(page.boxes, cell, _find_sides(grids), _find_levels(page))
    lines = characters_to_lines(page, order.cell)
    tables = [lines_to_table(page, grid, int(start), lines) for grid, start in zip(grids, starts, strict=True)]
    if page.is_struck.any():
        tables = _leave_out_struck(page, grids, cell, starts, tables)
    placed: list[tuple[tuple[int, float], SourceBlock]] = [
        ((-number, table.bbox.top if table.bbox else 0.0), table)
        for number, table in zip(order.tables.tolist(), tables, strict=True)
    ]
    placed.extend(lines_to_texts(page, lines))
    placed.sort(key=lambda item: item[0])
    spare = [
        SourceMarkup(page=page.page_number, raw_text=text, reason=reason)
        for text, reason in (
            (page.hidden, "hidden"),
            (page.overprint, "overprint"),
            (lines.doubled, "drawn_twice"),
            (page.drawn, "markup"),
        )
        if text.strip()
    ]
    printed = page.codes.astype("<u4").tobytes().decode("utf-32-le", errors="replace") + page.hidden
    printed += page.overprint + page.drawn
    return PageReading(
        blocks=(*(block for _, block in placed), *spare),
        printed=printed,
        doubts=_find_doubts(page, grids, cell, starts),
        grids=grids,
        notes=(
            *_note_rows(page, grids),
            *_note_overprint(page),
            *_note_switched_off(page),
            *_note_two_texts(page, lines),
            *_note_columns(page, order),
            *_note_patched(page),
            *_note_drawn(page, grids, cell, starts),
        ),
    )


def _note_columns(page: PageArrays, order: ColumnOrder) -> Iterator[ReadNote]:
    """Say that the order of a page's columns is not sure: what is below which heading may be wrong on all of it."""
    if order.is_unsure:
        message = "it is not sure whether a heading stands over one column of text or over all"
        box = BBox(x0=0.0, top=0.0, x1=page.width, bottom=page.height)
        yield ReadNote.of("read.column_order", message, page=page.page_number, bbox=box)


def _find_sides(grids: tuple[Grid, ...]) -> Floats:
    """Return the boxes of tables."""
    sides = [(grid.xs[0], grid.ys[0], grid.xs[-1], grid.ys[-1]) for grid in grids]
    return np.array(sides, dtype=np.float32).reshape(-1, 4)


def _find_levels(page: PageArrays) -> Floats:
    """Return what parts text from top to bottom: level rules, and the upper and lower sides of pictures."""
    upper, lower = page.images.copy(), page.images.copy()
    upper[:, 3], lower[:, 1] = page.images[:, 1], page.images[:, 3]
    return np.concatenate([page.horizontals, upper, lower])


def _note_rows(page: PageArrays, grids: tuple[Grid, ...]) -> Iterator[ReadNote]:
    """Say which rows seem to lack a rule that could not be put in for certain."""
    for grid in grids:
        for row in grid.unsure:
            box = BBox(
                x0=float(grid.xs[0]), top=float(grid.ys[row]), x1=float(grid.xs[-1]), bottom=float(grid.ys[row + 1])
            )
            message = "a rule between two rows seems to be missing here; the rows were parted by their numbers"
            yield ReadNote.of("read.missing_rule", message, page=page.page_number, bbox=box)


def _note_overprint(page: PageArrays) -> Iterator[ReadNote]:
    if page.overprint:
        message = Phrase("text printed over other text was left out: {overprint}", overprint=page.overprint[:30])
        yield ReadNote.of("read.overprint", message, page=page.page_number)


def _note_switched_off(page: PageArrays) -> Iterator[ReadNote]:
    if page.switched_off.strip():
        message = Phrase("text of a layer that is switched off was left out: {text}", text=page.switched_off[:30])
        yield ReadNote.of("read.switched_off", message, page=page.page_number)


def _note_drawn(page: PageArrays, grids: tuple[Grid, ...], cell: Ints, starts: Ints) -> Iterator[ReadNote]:
    """Say which cells without a letter hold a picture or outlines: their words may be drawn."""
    drawn = np.concatenate([page.shapes, page.images])
    if not len(drawn):
        return
    middle_x, middle_y = middles(drawn)
    for grid, start in zip(grids, starts.tolist(), strict=True):
        row, col = np.searchsorted(grid.ys, middle_y) - 1, np.searchsorted(grid.xs, middle_x) - 1
        inside = (row >= 0) & (row < len(grid.ys) - 1) & (col >= 0) & (col < len(grid.xs) - 1)
        numbers = grid.cell_at[row[inside], col[inside]]
        first, last = grid.spans[numbers, :2], grid.spans[numbers, :2] + grid.spans[numbers, 2:]
        wide = grid.xs[last[:, 1]] - grid.xs[first[:, 1]]
        high = grid.ys[last[:, 0]] - grid.ys[first[:, 0]]
        box = drawn[inside]
        is_small = (box[:, 2] - box[:, 0] < _DRAWN_SHARE * wide) | (box[:, 3] - box[:, 1] < _DRAWN_SHARE * high)
        for number in np.setdiff1d(numbers[is_small], cell - start).tolist():
            top, _, rows, _ = grid.spans[number].tolist()
            place = BBox(
                x0=float(grid.xs[0]), top=float(grid.ys[top]), x1=float(grid.xs[-1]), bottom=float(grid.ys[top + rows])
            )
            message = "a cell without text holds a picture or drawn letters, which are not read"
            yield ReadNote.of("read.drawn_text", message, page=page.page_number, bbox=place)


def _note_patched(page: PageArrays) -> Iterator[ReadNote]:
    """Say where text lies below an area drawn later: what is printed anew there may be read incompletely."""
    for x0, top, x1, bottom in page.patched.tolist():
        box = BBox(x0=x0, top=top, x1=x1, bottom=bottom)
        message = "text below an area drawn over it was left out"
        yield ReadNote.of("read.covered_text", message, page=page.page_number, bbox=box)


def _note_two_texts(page: PageArrays, lines: Lines) -> Iterator[ReadNote]:
    """Say which lines of cells hold two texts printed in one place, unless a font's boxes are too wide everywhere."""
    if int(lines.crossed.sum()) > _MOST_CROSSED * len(page.codes):
        return
    for index in np.flatnonzero((lines.crossed >= _LEAST_CROSSED) & (lines.cell >= 0)).tolist():
        x0, top, x1, bottom = lines.boxes[index].tolist()
        message = Phrase("two texts seem to be printed over each other: {texts}", texts=lines.texts[index][:30])
        box = BBox(x0=x0, top=top, x1=x1, bottom=bottom)
        yield ReadNote.of("read.crossed_text", message, page=page.page_number, bbox=box)


def _leave_out_struck(
    page: PageArrays, grids: tuple[Grid, ...], cell: Ints, starts: Ints, tables: list[SourceTable]
) -> list[SourceTable]:
    """Read the cells once more without what is struck through; ``raw_text`` stays as it is printed."""
    keep = ~page.is_struck
    rest = replace(page, codes=page.codes[keep], boxes=page.boxes[keep], is_struck=np.empty(0, dtype=bool))
    lines = characters_to_lines(rest, cell[keep])
    out = []
    for grid, start, table in zip(grids, starts, tables, strict=True):
        kept = lines_to_table(rest, grid, int(start), lines)
        cells = tuple(
            old
            if old.raw_text == new.raw_text
            else replace(old, kept_text=new.raw_text, paragraphs=new.paragraphs, room=new.room)
            for old, new in zip(table.cells, kept.cells, strict=True)
        )
        out.append(replace(table, cells=cells))
    return out


def count_broken(codes: Ints) -> int:
    """Count code points that are no text: private use, replacement and control characters."""
    broken = ((codes >= 0xE000) & (codes <= 0xF8FF)) | (codes == 0xFFFD) | (codes < 32)
    return int(np.count_nonzero(broken))


def _find_doubts(page: PageArrays, grids: tuple[Grid, ...], cell: Ints, starts: Ints) -> tuple[str, ...]:
    """Check a page's own reading; an empty result asks no second reader."""
    doubts = ["inconsistent_grid"] if any(not grid.is_consistent for grid in grids) else []
    if sum(_count_across(page, grid, cell - start) for grid, start in zip(grids, starts, strict=True)) >= _ACROSS_COUNT:
        doubts.append("characters_across_rules")
    if count_broken(page.codes):
        doubts.append("broken_characters")
    return tuple(doubts)


def _count_across(page: PageArrays, grid: Grid, number: Ints) -> int:
    """Count characters that stand across the left or right side of their cell."""
    own = (number >= 0) & (number < len(grid.spans))
    boxes, spans = page.boxes[own], grid.spans[number[own]]
    left, right = grid.xs[spans[:, 1]], grid.xs[spans[:, 1] + spans[:, 3]]
    slack = _ACROSS_SHARE * (boxes[:, 2] - boxes[:, 0])
    return int(np.count_nonzero((boxes[:, 0] < left - slack) | (boxes[:, 2] > right + slack)))
