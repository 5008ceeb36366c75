"""All tables of a page: by the lattice where rules say it, by aligned text where they do not.

The choice is made with evidence, table by table: a lattice stands unless its own text contradicts it; text
outside lattices is a table only if rules or numbers in aligned columns say so. Prose never is.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from planextract.layout.banded import build_banded
from planextract.layout.chunks import Chunks, make_chunks
from planextract.layout.extents import (
    WIDE_GAP,
    Box,
    find_aligned_extents,
    find_line_facts,
    find_ruled_extents,
    find_wide_pairs,
    group_rules,
)
from planextract.layout.lattice import Grid, Lines, assign_to_cells, crop_grid, find_grids, merge_rulings
from planextract.layout.missing_rules import complete_grid, drop_frames, find_bands
from planextract.layout.nested import part_nested
from planextract.layout.stream import build_grid, select_characters
from planextract.model.page import Bools, Floats, Ints, PageArrays

_PAD_PT = 3.0
_OWN_SHARE = 0.7  # share of a region's text that a lattice must hold to be its table
_LEAST_STRIPES = 4  # cells of one column, most of them blank: a drawing


def find_tables(page: PageArrays, region: Box | None = None) -> tuple[Grid, ...]:
    """Find the tables of a page, from top to bottom.

    Args:
        page: Page with N characters.
        region: x0, top, x1, bottom of one known table: it is built, whatever it looks like.

    Returns:
        One grid a table, with the rows and columns of the region only if one is given.
    """
    horizontal = merge_rulings(page.horizontals, is_horizontal=True)
    vertical = merge_rulings(page.verticals, is_horizontal=False)
    parts = part_nested(horizontal, vertical)
    found = (grid for part in parts for grid in find_grids(*part) if not _is_drawing(page, grid))
    grids = tuple(complete_grid(page, grid) for grid in drop_frames(page, _sort_grids(list(found))))
    if region is not None:
        grid = _build_region(page, region, grids, horizontal, vertical)
        return () if grid is None else (grid,)
    if not has_signs(page, grids):
        return grids
    inner = [_rules_box(*part) for part in parts[1:]]
    kept = [
        grid if any(_is_within(box, _grid_box(grid)) for box in inner) else _refine(page, grid, horizontal, vertical)
        for grid in grids
    ]
    kept = [grid for grid in kept if _has_text(page, grid)]
    return _sort_grids([*kept, *_find_streams(page, kept, horizontal, vertical)])


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
    x, y = (boxes[:, 0] + boxes[:, 2]) / 2, (boxes[:, 1] + boxes[:, 3]) / 2
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
    """Tell whether a lattice of one column is a drawing's: most of its cells hold no text."""
    if len(grid.xs) > 2 or len(grid.spans) < _LEAST_STRIPES:
        return False
    x, y = (page.boxes[:, 0] + page.boxes[:, 2]) / 2, (page.boxes[:, 1] + page.boxes[:, 3]) / 2
    cell = assign_to_cells(grid, x, y)
    return 2 * len(np.unique(cell[cell >= 0])) < len(grid.spans)


def _has_text(page: PageArrays, grid: Grid) -> bool:
    """Tell whether two cells or more of a lattice hold text: a drawing's frame does not."""
    x, y = (page.boxes[:, 0] + page.boxes[:, 2]) / 2, (page.boxes[:, 1] + page.boxes[:, 3]) / 2
    found = assign_to_cells(grid, x, y)
    return len(np.unique(found[found >= 0])) >= 2


def _build_region(
    page: PageArrays, region: Box, grids: tuple[Grid, ...], horizontal: Lines, vertical: Lines
) -> Grid | None:
    x0, top, x1, bottom = region
    box = (x0 - _PAD_PT, top - _PAD_PT, x1 + _PAD_PT, bottom + _PAD_PT)
    chosen = select_characters(page, box)
    if not chosen.any():
        return None
    best, most = None, 0.0
    for grid in grids:
        share = float(_inside(page, grid)[chosen].mean())
        if share > most:
            best, most = grid, share
    if best is not None and most >= _OWN_SHARE:
        return crop_grid(_refine(page, best, horizontal, vertical), box)
    return build_grid(_chunks(page, chosen, vertical), horizontal, np.empty(0), box)


def _inside(page: PageArrays, grid: Grid) -> Bools:
    return select_characters(page, _grid_box(grid))


def _grid_box(grid: Grid) -> Box:
    return float(grid.xs[0]), float(grid.ys[0]), float(grid.xs[-1]), float(grid.ys[-1])


def _chunks(page: PageArrays, chosen: Bools, vertical: Lines) -> Chunks:
    walls = np.stack([vertical.position, vertical.start, vertical.end], axis=1)
    return make_chunks(page.codes[chosen], page.boxes[chosen], walls)


def _refine(page: PageArrays, grid: Grid, horizontal: Lines, vertical: Lines) -> Grid:
    """Replace a lattice by a grid from its text where its cells hold several rows or columns."""
    inside = _inside(page, grid)
    if not inside.any():
        return grid
    chunks = _chunks(page, inside, vertical)
    x, y = (chunks.boxes[:, 0] + chunks.boxes[:, 2]) / 2, (chunks.boxes[:, 1] + chunks.boxes[:, 3]) / 2
    cell = assign_to_cells(grid, x, y)
    if not _holds_columns(chunks, cell) and not _holds_rows(grid, chunks, cell):
        return grid
    inner = grid.xs[1:-1]
    if grid.is_open[2]:
        inner = inner[inner > chunks.boxes[:, 0].min()]
    refined = build_grid(chunks, horizontal, inner, _grid_box(grid))
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
    """Tell whether some lines stop only because the next word would not have fitted into the cell."""
    wrapped = pairs = 0
    for number in np.unique(cell[own]).tolist():
        col, span = int(grid.spans[number, 1]), int(grid.spans[number, 3])
        right = float(grid.xs[col + span])
        members = own[cell[own] == number]
        for here, below in zip(members[:-1].tolist(), members[1:].tolist(), strict=True):
            pairs += 1
            wrapped += float(chunks.boxes[here, 2] + chunks.first_width[below] + 0.5 * chunks.em[here]) > right
    return wrapped > 0.15 * pairs


def _find_streams(page: PageArrays, grids: list[Grid], horizontal: Lines, vertical: Lines) -> list[Grid]:
    """Find tables in the text outside lattices."""
    free = np.ones(len(page.codes), dtype=bool)
    for grid in grids:
        free &= ~_inside(page, grid)
    if free.sum() < 8:
        return []
    chunks = _chunks(page, free, vertical)
    free_rules = _outside_rules(horizontal, grids)
    found: list[Grid] = []
    taken = np.zeros(chunks.line_count, dtype=bool)
    top, bottom, _, _ = find_line_facts(chunks)
    for grid in _find_banded(page, free, free_rules):
        found.append(grid)
        taken |= ((top + bottom) / 2 > grid.ys[0]) & ((top + bottom) / 2 < grid.ys[-1])
    for lines, box in find_ruled_extents(chunks, free_rules):
        built = _try_extent(chunks, lines, box, horizontal, is_ruled=True)
        if built is not None and not taken[lines].any():
            found.append(built)
            taken[lines] = True
    for lines, box in find_aligned_extents(chunks, taken):
        built = _try_extent(chunks, lines, box, horizontal, is_ruled=False)
        if built is not None and not any(_overlaps(built, other) for other in (*grids, *found)):
            found.append(built)
    return found


def _find_banded(page: PageArrays, free: Bools, rules: Lines) -> Iterator[Grid]:
    """Find the tables of level rules whose bands are rows."""
    for x0, x1, ys in group_rules(rules):
        banded = build_banded(page, free, (x0, x1), ys)
        if banded is None:
            continue
        grid = complete_grid(page, banded)
        if _are_rows(page, banded) or (len(banded.ys) == 3 and len(grid.ys) > 4):
            yield grid


def _are_rows(page: PageArrays, grid: Grid) -> bool:
    """Tell whether each band of level rules is one row: its first cell has one line, and others run over several."""
    x, y = (page.boxes[:, 0] + page.boxes[:, 2]) / 2, (page.boxes[:, 1] + page.boxes[:, 3]) / 2
    cell = assign_to_cells(grid, x, y)
    lines = np.zeros((len(grid.ys) - 1, len(grid.xs) - 1), dtype=np.int32)
    for number in np.unique(cell[cell >= 0]).tolist():
        row, col = grid.spans[number, :2].tolist()
        lines[row, col] = len(find_bands(page.boxes[cell == number]))
    wrapped = int((lines.max(axis=1) > np.maximum(lines[:, 0], 1)).sum())
    single = int((lines[:, 0] <= 1).sum())
    return bool(single >= 0.8 * len(lines) and wrapped >= 0.3 * len(lines))


def _overlaps(first: Grid, second: Grid) -> bool:
    a, b = _grid_box(first), _grid_box(second)
    return min(a[2], b[2]) > max(a[0], b[0]) and min(a[3], b[3]) > max(a[1], b[1])


def _outside_rules(horizontal: Lines, grids: list[Grid]) -> Lines:
    keep = np.ones(len(horizontal.position), dtype=bool)
    for grid in grids:
        x0, top, x1, bottom = _grid_box(grid)
        keep &= ~(
            (horizontal.position > top - 2)
            & (horizontal.position < bottom + 2)
            & (horizontal.start < x1)
            & (horizontal.end > x0)
        )
    return Lines(position=horizontal.position[keep], start=horizontal.start[keep], end=horizontal.end[keep])


def _try_extent(chunks: Chunks, lines: Ints, box: Box, horizontal: Lines, *, is_ruled: bool) -> Grid | None:
    """Build a table of some lines, or None if it does not look like one."""
    middle = (chunks.boxes[:, 0] + chunks.boxes[:, 2]) / 2
    own = np.isin(chunks.line, lines) & (middle > box[0] - _PAD_PT) & (middle < box[2] + _PAD_PT)
    if own.sum() < 4:
        return None
    part = chunks.take(own)
    wide_box = (min(box[0], float(part.boxes[:, 0].min())), box[1], max(box[2], float(part.boxes[:, 2].max())), box[3])
    grid = build_grid(part, horizontal, np.empty(0), wide_box)
    if grid is None or not _looks_like_table(grid, part, is_ruled=is_ruled):
        return None
    return grid


def _looks_like_table(grid: Grid, chunks: Chunks, *, is_ruled: bool) -> bool:
    """Tell a table from prose in columns, lists and captions, by its filling, its numbers and its gaps."""
    rows, cols = grid.cell_at.shape
    if cols < 2 or rows < (2 if is_ruled else 3):
        return False
    x, y = (chunks.boxes[:, 0] + chunks.boxes[:, 2]) / 2, (chunks.boxes[:, 1] + chunks.boxes[:, 3]) / 2
    cell = assign_to_cells(grid, x, y)
    used = np.unique(cell[cell >= 0])
    filled = int((grid.spans[used, 2] * grid.spans[used, 3]).sum())
    if filled < 0.5 * rows * cols:
        return False
    col = grid.spans[np.maximum(cell, 0), 1]
    numeric = chunks.is_numeric & (col > 0)
    share = float(numeric.sum()) / max(1, int((col > 0).sum()))
    if is_ruled:
        return True
    return share >= 0.6 and cols >= 2 and rows >= 3 and not _is_list(chunks, col)


def _is_list(chunks: Chunks, col: Ints) -> bool:
    """Tell whether the first column holds nothing but numbers or bullets."""
    first = chunks.boxes[col == 0]
    return bool(np.median(first[:, 2] - first[:, 0]) < 1.5 * np.median(chunks.em))
