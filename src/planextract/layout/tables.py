"""All tables of a page: by the lattice where rules say it, by aligned text where they do not.

The choice is made with evidence, table by table: a lattice stands unless its own text contradicts it; text
outside lattices is a table only if rules or numbers in aligned columns say so. Prose never is.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from planextract.layout.aligned import PAD_PT, characters_to_chunks, chunks_to_grids, find_box, goes_on, hold_characters
from planextract.layout.chunks import Chunks
from planextract.layout.extents import WIDE_GAP, Box, find_wide_pairs
from planextract.layout.gaps import close_gaps
from planextract.layout.lattice import Grid, Lines, assign_to_cells, crop_grid, rules_to_grids, strokes_to_rules
from planextract.layout.missing_rules import complete_grid, drop_frames
from planextract.layout.nested import rules_to_groups
from planextract.layout.stacked import part_stacked
from planextract.layout.stream import build_grid, select_characters
from planextract.layout.thresholds import GEOMETRY
from planextract.model.page import Bools, Floats, Ints, PageArrays, middles

_OWN_SHARE = GEOMETRY.tables.own_share
_LEAST_BOXES = GEOMETRY.tables.least_boxes
_LEAST_STRIPES = GEOMETRY.tables.least_stripes
_LEAST_AXES = GEOMETRY.tables.least_axes
_AXES_FILLED = GEOMETRY.tables.axes_filled
_LEAST_LABELS = GEOMETRY.tables.least_labels


def find_tables(page: PageArrays, region: Box | None = None, earlier: Sequence[Grid] = ()) -> tuple[Grid, ...]:
    """Find the tables of a page, from top to bottom.

    Args:
        page: Page with N characters.
        region: x0, top, x1, bottom of one known table: it is built, whatever it looks like.
        earlier: Tables of the pages before, whose columns tell those of a table of level rules that goes on.

    Returns:
        One grid a table, with the rows and columns of the region only if one is given.
    """
    vertical = strokes_to_rules(page.verticals, is_horizontal=False)
    horizontal = close_gaps(strokes_to_rules(page.horizontals, is_horizontal=True), vertical)
    parts = rules_to_groups(page, horizontal, vertical)
    whole = (grid for part in parts for grid in rules_to_grids(*part))
    found = [grid for stack in whole for grid in part_stacked(page, stack) if not _is_drawing(page, grid)]
    framed = drop_frames(page, _sort_grids(found))
    charts = [grid for grid in framed if _is_chart(page, grid)]
    grids = tuple(complete_grid(page, grid) for grid in framed if not any(grid is chart for chart in charts))
    if region is not None:
        grid = _build_region(page, region, grids, horizontal, vertical)
        return () if grid is None else (grid,)
    if not has_signs(page, grids) and not goes_on(earlier):
        return grids
    inner = [_rules_box(*part) for part in parts[1:]]
    kept = [
        grid if any(_is_within(box, find_box(grid)) for box in inner) else _refine(page, grid, horizontal, vertical)
        for grid in grids
    ]
    kept = [grid for grid in kept if _has_text(page, grid)]
    # The words of a chart are set in columns too: they are no table beside it.
    return _sort_grids([*kept, *chunks_to_grids(page, [*kept, *charts], (horizontal, vertical), earlier)])


def _rules_box(horizontal: Lines, vertical: Lines) -> Box:
    x, y = vertical.position, horizontal.position
    return float(x.min()), float(y.min()), float(x.max()), float(y.max())


def _is_within(inner: Box, outer: Box) -> bool:
    return inner[0] > outer[0] and inner[1] > outer[1] and inner[2] < outer[2] and inner[3] < outer[3]


def _sort_grids(grids: list[Grid]) -> tuple[Grid, ...]:
    return tuple(sorted(grids, key=lambda g: (float(g.ys[0]), float(g.xs[0]))))


def has_signs(page: PageArrays, grids: tuple[Grid, ...]) -> bool:
    """Tell whether a page may hold aligned text that its lattices do not explain.

    The cheap test that spares most pages all the rest: it looks at neighbours in drawing order, at wide
    gaps on one line and at steps up to a next column.
    """
    boxes = page.boxes
    if len(boxes) < 8:
        return False
    height = boxes[1:, 3] - boxes[1:, 1]
    same_line = np.abs(boxes[1:, 3] - boxes[:-1, 3]) < 0.4 * height
    jump = boxes[1:, 0] - boxes[:-1, 2]
    odd = np.flatnonzero((jump > WIDE_GAP * height) & (same_line | (boxes[1:, 3] < boxes[:-1, 1]))) + 1
    if len(odd) < 2:
        return False
    x, y = middles(boxes)
    explained = np.zeros(len(odd), dtype=bool)
    for grid in grids:
        here, before = assign_to_cells(grid, x[odd], y[odd]), assign_to_cells(grid, x[odd - 1], y[odd - 1])
        explained |= (here != before) & (np.maximum(here, before) >= 0)
        if _is_coarse(grid, y[odd[(here != before) & same_line[odd - 1] & (here >= 0)]]):
            return True
    return int((~explained).sum()) >= 2


def _is_coarse(grid: Grid, y: Floats) -> bool:
    """Tell whether lines of text run over the columns of one grid row again and again."""
    if len(y) < 3 * (len(grid.xs) - 2):
        return False
    lines, counts = np.unique(np.round(y / 2), return_counts=True)
    lines = lines[counts >= len(grid.xs) - 2]
    rows = np.searchsorted(grid.ys, lines * 2, side="right")
    return bool(len(rows)) and bool(np.bincount(rows).max() >= 3)


def _is_drawing(page: PageArrays, grid: Grid) -> bool:
    """Tell whether a lattice is a drawing's: one column, or boxes joined by lines, most of whose cells hold no text."""
    is_joined = not grid.is_consistent and len(grid.spans) >= _LEAST_BOXES
    if (len(grid.xs) > 2 or len(grid.spans) < _LEAST_STRIPES) and not is_joined:
        return False
    filled = _find_filled(page, grid)
    return 2 * int(filled.sum()) < len(filled)


def _is_chart(page: PageArrays, grid: Grid) -> bool:
    """Tell whether a lattice of several columns is a chart's lines, or a box with its arrow."""
    if len(grid.xs) == 2:
        return False
    filled = _find_filled(page, grid)
    return _has_axes(grid, filled) or _has_arrow(grid, filled)


def _find_filled(page: PageArrays, grid: Grid) -> Bools:
    """Return by cell whether it holds text."""
    cell = assign_to_cells(grid, *middles(page.boxes))
    filled = np.zeros(len(grid.spans), dtype=bool)
    filled[cell[cell >= 0]] = True
    return filled


def _has_axes(grid: Grid, filled: Bools) -> bool:
    """Tell whether the rules are a chart's: many cells, few with text, and never in two rows that adjoin.

    A form that is printed to be filled in has a full header, or says in its first column what each row is for; the rows
    that a plan has filled follow one another.
    """
    if len(filled) < _LEAST_AXES or filled.mean() > _AXES_FILLED:
        return False
    here = filled[grid.cell_at]
    has_text: Bools = np.logical_or.reduce(here, axis=1)
    if has_text.sum() < _LEAST_LABELS or (has_text[1:] & has_text[:-1]).any():
        return False
    return not here[:2].all(axis=1).any() and not here[:, 0].all()


def _has_arrow(grid: Grid, filled: Bools) -> bool:
    """Tell whether a box of a flow chart only looks like cells: the line of its arrow parts the room beside it.

    What holds text reaches from top to bottom, the cells that the line parts are blank, and no rule ends them.
    """
    rows = len(grid.ys) - 1
    if rows < 2 or not (grid.is_open[2] or grid.is_open[3]) or not filled.any():
        return False
    return bool((grid.spans[filled, 2] == rows).all()) and bool((grid.spans[~filled, 2] < rows).any())


def _has_text(page: PageArrays, grid: Grid) -> bool:
    """Tell whether two cells or more of a lattice hold text: a drawing's frame does not."""
    x, y = middles(page.boxes)
    found = assign_to_cells(grid, x, y)
    return len(np.unique(found[found >= 0])) >= 2


def _build_region(
    page: PageArrays, region: Box, grids: tuple[Grid, ...], horizontal: Lines, vertical: Lines
) -> Grid | None:
    x0, top, x1, bottom = region
    box = (x0 - PAD_PT, top - PAD_PT, x1 + PAD_PT, bottom + PAD_PT)
    chosen = select_characters(page, box)
    if not chosen.any():
        return None
    best, most = None, 0.0
    for grid in grids:
        share = float(hold_characters(page, grid)[chosen].mean())
        if share > most:
            best, most = grid, share
    if best is not None and most >= _OWN_SHARE:
        return crop_grid(_refine(page, best, horizontal, vertical), box)
    return build_grid(characters_to_chunks(page, chosen, vertical), horizontal, np.empty(0), box)


def _refine(page: PageArrays, grid: Grid, horizontal: Lines, vertical: Lines) -> Grid:
    """Replace a lattice by a grid from its text where its cells hold several rows or columns."""
    inside = hold_characters(page, grid)
    if not inside.any():
        return grid
    chunks = characters_to_chunks(page, inside, vertical)
    x, y = middles(chunks.boxes)
    cell = assign_to_cells(grid, x, y)
    if not _holds_columns(chunks, cell) and not _holds_rows(grid, chunks, cell):
        return grid
    inner = grid.xs[1:-1]
    if grid.is_open[2]:
        inner = inner[inner > chunks.boxes[:, 0].min()]
    refined = build_grid(chunks, horizontal, inner, find_box(grid))
    return grid if refined is None or len(refined.spans) <= len(grid.spans) else refined


def _holds_columns(chunks: Chunks, cell: Ints) -> bool:
    """Tell whether cells hold chunks side by side, line after line, at wide gaps."""
    wide = find_wide_pairs(chunks)
    pairs = wide[cell[wide] == cell[wide + 1]]
    lines = len(np.unique(chunks.line[pairs]))
    return lines >= 3 and lines >= 0.5 * chunks.line_count


def _holds_rows(grid: Grid, chunks: Chunks, cell: Ints) -> bool:
    """Tell whether a grid row holds three rows or more: all its cells have the same short, unwrapped lines."""
    row_of = np.full(len(cell), -1, dtype=np.int32)
    row_of[cell >= 0] = grid.spans[cell[cell >= 0], 0]
    for row in range(len(grid.ys) - 1):
        cells = np.unique(grid.cell_at[row])
        if len(cells) < 2 or len(cells) != grid.cell_at.shape[1] or (grid.spans[cells, 2] > 1).any():
            continue
        own = np.flatnonzero(row_of == row)
        lines = np.unique(chunks.line[own])
        if len(lines) < 3 or len(own) < 0.75 * len(lines) * len(cells):
            continue
        numeric = sum(
            bool(chunks.is_numeric[own[cell[own] == number]].mean() > 0.7)
            for number in cells.tolist()
            if (cell[own] == number).any()
        )
        if numeric and not _is_wrapped(grid, chunks, own, cell):
            return True
    return False


def _is_wrapped(grid: Grid, chunks: Chunks, own: Ints, cell: Ints) -> bool:
    """Tell whether some lines stop only because the next word would not have fitted into the cell.

    The room of a line is that of its cell less its own width: a number set to the right has all of it.
    """
    wrapped = pairs = 0
    for number in np.unique(cell[own]).tolist():
        col, span = int(grid.spans[number, 1]), int(grid.spans[number, 3])
        left, right = float(grid.xs[col]), float(grid.xs[col + span])
        members = own[cell[own] == number]
        firsts = np.flatnonzero(np.append(True, np.diff(chunks.line[members]) > 0))
        starts = np.minimum.reduceat(chunks.boxes[members, 0], firsts)
        ends = np.maximum.reduceat(chunks.boxes[members, 2], firsts)
        pad = max(min(float(starts.min()) - left, right - float(ends.max())), 0.0)
        needed = (ends - starts)[:-1] + chunks.first_width[members[firsts[1:]]] + 0.5 * chunks.em[members[firsts[:-1]]]
        pairs += len(needed)
        wrapped += int((left + pad + needed > right).sum())
    return wrapped > 0.15 * pairs
