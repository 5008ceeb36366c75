"""Tables of aligned text outside lattices: between level rules, or by numbers in columns alone.

Text outside lattices is a table only if rules or numbers in aligned columns say so. Prose never is.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

import numpy as np

from planextract.layout.banded import build_banded, find_cut_row
from planextract.layout.chunks import Chunks, make_chunks
from planextract.layout.extents import Box, find_aligned_extents, find_line_facts, find_ruled_extents, group_rules
from planextract.layout.lattice import Grid, Lines, assign_to_cells
from planextract.layout.missing_rules import complete_grid, find_bands
from planextract.layout.stream import build_grid, select_characters
from planextract.layout.text_columns import is_set_in_columns
from planextract.layout.thresholds import GEOMETRY
from planextract.model.page import Bools, Ints, PageArrays, middles, middles_x

PAD_PT = GEOMETRY.aligned.pad_pt
_LABELLED = GEOMETRY.aligned.labelled
_LABEL_EM = GEOMETRY.aligned.label_em
_FLUSH_PT = GEOMETRY.aligned.flush_pt
_MOST_FLUSH = GEOMETRY.aligned.most_flush
_SINGLE_EM = GEOMETRY.aligned.single_em
_LEAST_LETTERS = GEOMETRY.aligned.least_letters
_VERTICAL_SHARE = GEOMETRY.aligned.vertical_share


def hold_characters(page: PageArrays, grid: Grid) -> Bools:
    """Tell which of N characters of a page have their middle inside a table."""
    return select_characters(page, find_box(grid))


def find_box(grid: Grid) -> Box:
    """Return a table's x0, top, x1, bottom."""
    return float(grid.xs[0]), float(grid.ys[0]), float(grid.xs[-1]), float(grid.ys[-1])


def characters_to_chunks(page: PageArrays, chosen: Bools, vertical: Lines) -> Chunks:
    """Cut the chosen characters of a page into chunks; column rules part them too."""
    walls = np.stack([vertical.position, vertical.start, vertical.end], axis=1)
    return make_chunks(page.codes[chosen], page.boxes[chosen], walls)


def chunks_to_grids(
    page: PageArrays, grids: list[Grid], rules: tuple[Lines, Lines], earlier: Sequence[Grid] = ()
) -> list[Grid]:
    """Find tables in the text outside lattices.

    Args:
        page: N characters.
        grids: The lattices.
        rules: Horizontal and vertical rules of the page.
        earlier: Tables of the pages before.
    """
    horizontal, vertical = rules
    free = np.ones(len(page.codes), dtype=bool)
    for grid in grids:
        free &= ~hold_characters(page, grid)
    if free.sum() < 8:
        return []
    chunks = characters_to_chunks(page, free, vertical)
    free_rules = _outside_rules(horizontal, grids)
    found: list[Grid] = []
    taken = np.zeros(chunks.line_count, dtype=bool)
    top, bottom, _, _ = find_line_facts(chunks)
    for grid in _find_banded(page, free, free_rules, earlier):
        if _is_prose(page, free, grid):
            continue
        found.append(grid)
        taken |= ((top + bottom) / 2 > grid.ys[0]) & ((top + bottom) / 2 < grid.ys[-1])
    for lines, box in find_ruled_extents(chunks, free_rules):
        built = _try_extent(chunks, lines, box, horizontal, is_ruled=True)
        if built is not None and not taken[lines].any() and not _is_prose(page, free, built):
            found.append(built)
            taken[lines] = True
    for lines, box in find_aligned_extents(chunks, taken):
        built = _try_extent(chunks, lines, box, horizontal, is_ruled=False)
        if built is None or any(_overlaps(built, other) for other in (*grids, *found)):
            continue
        if not _is_prose(page, free, built):
            found.append(built)
    return found


def _is_prose(page: PageArrays, free: Bools, grid: Grid) -> bool:
    """Tell whether a grid holds running text of a page in columns."""
    return is_set_in_columns(page.boxes[free], page.boxes[free & hold_characters(page, grid)])


def _find_banded(page: PageArrays, free: Bools, rules: Lines, earlier: Sequence[Grid]) -> Iterator[Grid]:
    """Find the tables of level rules whose bands are rows, by the columns of the page before where they go on."""
    for place, (x0, x1, ys) in enumerate(group_rules(rules, least=1)):
        known = _find_known((x0, x1), earlier)
        going_on = None
        if known is not None:
            top = find_cut_row(page, free, (x0, x1), ys[0], known.xs[1:-1], is_below=False) if place == 0 else None
            going_on = _build_open(page, free, ys, known, top)
        if going_on is not None:
            yield going_on
            continue
        banded = build_banded(page, free, (x0, x1), ys) if len(ys) > 1 else None
        if banded is None and len(ys) > 1:
            bottom = find_cut_row(page, free, (x0, x1), ys[-1], None, is_below=True)
            banded = None if bottom is None else build_banded(page, free, (x0, x1), [*ys, bottom])
        if banded is None:
            continue
        grid = complete_grid(page, banded)
        if _are_rows(page, banded) or (len(banded.ys) == 3 and len(grid.ys) > 3):
            opened = _build_open(page, free, ys, banded, None)
            if opened is None or not opened.is_open[1]:
                opened = _build_wider(page, free, ys, banded)
            yield grid if opened is None else opened


def _build_open(page: PageArrays, free: Bools, ys: list[float], known: Grid, top: float | None) -> Grid | None:
    """Build a table of level rules by its known columns, with the rows that the page cuts above and below its rules."""
    sides = float(known.xs[0]), float(known.xs[-1])
    bottom = find_cut_row(page, free, sides, ys[-1], known.xs[1:-1], is_below=True)
    heights = [*([] if top is None else [top]), *ys, *([] if bottom is None else [bottom])]
    if len(heights) < 2:
        return None
    is_promised = known.is_open[1] and top is not None
    banded = build_banded(page, free, sides, heights, known.xs[1:-1], is_promised=is_promised)
    if banded is None:
        return None
    grid = complete_grid(page, banded)
    return replace(grid, is_open=(top is not None, bottom is not None, *grid.is_open[2:]))


def _build_wider(page: PageArrays, free: Bools, ys: list[float], banded: Grid) -> Grid | None:
    """Build a table with the row that the page cuts below its rules, whose text is wider than that of the rows above.

    The columns are found anew, as many as before; the row begins in most of them.
    """
    sides = float(banded.xs[0]), float(banded.xs[-1])
    bottom = find_cut_row(page, free, sides, ys[-1], None, is_below=True)
    wider = None if bottom is None else build_banded(page, free, sides, [*ys, bottom])
    if wider is None or len(wider.xs) != len(banded.xs):
        return None
    if find_cut_row(page, free, sides, ys[-1], wider.xs[1:-1], is_below=True) is None:
        return None
    grid = complete_grid(page, wider)
    return replace(grid, is_open=(False, True, *grid.is_open[2:]))


def goes_on(earlier: Sequence[Grid]) -> bool:
    """Tell whether the last table of level rules before a page was cut by the end of its own."""
    return bool(earlier) and earlier[-1].is_open[1] and all(earlier[-1].is_open[2:])


def _find_known(sides: tuple[float, float], earlier: Sequence[Grid]) -> Grid | None:
    """Return the last table of level rules that began and ended at the same x."""
    for grid in reversed(earlier):
        if all(grid.is_open[2:]) and max(abs(grid.xs[0] - sides[0]), abs(grid.xs[-1] - sides[1])) <= _FLUSH_PT:
            return grid
    return None


def _are_rows(page: PageArrays, grid: Grid) -> bool:
    """Tell whether each band of level rules is one row: its first cell has one line, and others run over several.

    The first band may be a header, whose narrow first cell is wrapped too; it is not asked.
    """
    x, y = middles(page.boxes)
    cell = assign_to_cells(grid, x, y)
    lines = np.zeros((len(grid.ys) - 1, len(grid.xs) - 1), dtype=np.int32)
    for number in np.unique(cell[cell >= 0]).tolist():
        row, col = grid.spans[number, :2].tolist()
        lines[row, col] = len(find_bands(page.boxes[cell == number]))
    lines = lines[1:]
    wrapped = int((lines.max(axis=1) > np.maximum(lines[:, 0], 1)).sum())
    single = int((lines[:, 0] <= 1).sum())
    if single == len(lines) >= 3 and wrapped:
        return True
    return bool(single >= 0.8 * len(lines) and wrapped >= 0.3 * len(lines))


def _overlaps(first: Grid, second: Grid) -> bool:
    a, b = find_box(first), find_box(second)
    return min(a[2], b[2]) > max(a[0], b[0]) and min(a[3], b[3]) > max(a[1], b[1])


def _outside_rules(horizontal: Lines, grids: list[Grid]) -> Lines:
    keep = np.ones(len(horizontal.position), dtype=bool)
    for grid in grids:
        x0, top, x1, bottom = find_box(grid)
        keep &= ~(
            (horizontal.position > top - 2)
            & (horizontal.position < bottom + 2)
            & (horizontal.start < x1)
            & (horizontal.end > x0)
        )
    return Lines(position=horizontal.position[keep], start=horizontal.start[keep], end=horizontal.end[keep])


def _try_extent(chunks: Chunks, lines: Ints, box: Box, horizontal: Lines, *, is_ruled: bool) -> Grid | None:
    """Build a table of some lines, or None if it does not look like one."""
    if is_ruled:
        box = (_find_left(chunks, lines, box), *box[1:])
    middle = middles_x(chunks.boxes)
    own = np.isin(chunks.line, lines) & (middle > box[0] - PAD_PT) & (middle < box[2] + PAD_PT)
    if own.sum() < 4:
        return None
    part = chunks.take(own)
    wide_box = (min(box[0], float(part.boxes[:, 0].min())), box[1], max(box[2], float(part.boxes[:, 2].max())), box[3])
    grid = build_grid(part, horizontal, np.empty(0), wide_box)
    if grid is None or not _looks_like_table(grid, part, is_ruled=is_ruled):
        return None
    return grid


def _find_left(chunks: Chunks, lines: Ints, box: Box) -> float:
    """Return the left side of a table whose labels stand left of its rules: x0 of the box where there are none.

    Labels stand on nearly all of the table's lines, one each, and end anywhere; prose beside a table ends alike.
    """
    inside = np.isin(chunks.line, lines)
    is_left = inside & (chunks.boxes[:, 2] < box[0] + PAD_PT)
    is_right = inside & (chunks.boxes[:, 0] > box[0] - PAD_PT)
    labelled, filled = np.unique(chunks.line[is_left]), np.unique(chunks.line[is_right])
    if len(filled) < 3 or len(np.intersect1d(labelled, filled)) < _LABELLED * max(len(filled), len(labelled)):
        return box[0]
    ends = chunks.boxes[is_left, 2]
    em = float(np.median(chunks.em[is_left]))
    if len(ends) != len(labelled) or box[0] - float(ends.max()) > _LABEL_EM * em:
        return box[0]
    if float((np.abs(ends - ends.max()) <= _FLUSH_PT).mean()) >= _MOST_FLUSH:
        return box[0]
    return float(chunks.boxes[is_left, 0].min()) - 1


def _looks_like_table(grid: Grid, chunks: Chunks, *, is_ruled: bool) -> bool:
    """Tell a table from prose in columns, lists and captions, by its filling, its numbers and its gaps."""
    rows, cols = grid.cell_at.shape
    if cols < 2 or rows < (2 if is_ruled else 3):
        return False
    x, y = middles(chunks.boxes)
    cell = assign_to_cells(grid, x, y)
    if _is_vertical(chunks):
        return False
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


def _is_vertical(chunks: Chunks) -> bool:
    """Tell whether nearly all chunks are single letters: text that runs from top to bottom."""
    is_single = ~chunks.is_numeric & (chunks.boxes[:, 2] - chunks.boxes[:, 0] < _SINGLE_EM * chunks.em)
    return len(is_single) >= _LEAST_LETTERS and float(is_single.mean()) >= _VERTICAL_SHARE


def _is_list(chunks: Chunks, col: Ints) -> bool:
    """Tell whether the first column holds nothing but numbers or bullets."""
    first = chunks.boxes[col == 0]
    return bool(np.median(first[:, 2] - first[:, 0]) < 1.5 * np.median(chunks.em))
