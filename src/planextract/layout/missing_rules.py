"""Rules that are missing: two columns without a rule between them in some rows, rows parted by room alone.

A lattice says what is ruled. Where its own text contradicts it, a cell is cut: at a column line of the other rows that
no letter crosses and on both sides of which there is text; at the heights of two numbers in a row that stand in one
cell; at room that goes through all columns of a row with text on both sides in nearly all of them.
"""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import pairwise

import numpy as np

from planextract.layout.lattice import Grid, assign_to_cells, rebuild_grid
from planextract.layout.tall_cells import part_tall_cells
from planextract.layout.thresholds import GEOMETRY
from planextract.model.page import Bools, Floats, Ints, PageArrays, middles, middles_x, middles_y

_CROSS = GEOMETRY.missing_rules.cross
_MIN_GAP_PT = GEOMETRY.missing_rules.min_gap_pt
_MIN_GAP_EM = GEOMETRY.missing_rules.min_gap_em
_CORE = GEOMETRY.missing_rules.core
_ALIGNED_EM = GEOMETRY.missing_rules.aligned_em
_MOST_COLUMNS = GEOMETRY.missing_rules.most_columns
_HALF_COLUMNS = GEOMETRY.missing_rules.half_columns
_ROOM_EM = GEOMETRY.missing_rules.room_em
_MIN_BAND_EM = GEOMETRY.missing_rules.min_band_em
_WIDER_EM = GEOMETRY.missing_rules.wider_em
_MOST_LETTERS = GEOMETRY.missing_rules.most_letters
_NUMBER = re.compile(r"[(（]?(\d{1,4})[)）.、．]?")


def complete_grid(page: PageArrays, grid: Grid) -> Grid:
    """Cut the cells of a lattice where a rule is missing.

    Args:
        page: N characters.
        grid: A lattice of the page.

    Returns:
        The grid with more cells; itself where nothing is missing. Rows that could not be cut though they hold two
        numbers, or whose pieces are blank in some column, are in ``unsure``.
    """
    if grid.cell_at.shape[1] < 2 or not len(page.codes):
        return grid
    x, y = middles(page.boxes)
    cell = assign_to_cells(grid, x, y)
    if (grid.spans[:, 2] > 1).any():  # rows first: a label stands in the row that it opens
        parted = _part_rows(page, grid, cell)
        if parted is not grid:
            grid, cell = parted, assign_to_cells(parted, x, y)
        parted = part_tall_cells(page, grid, cell)
        if parted is not grid:
            grid, cell = parted, assign_to_cells(parted, x, y)
    if (grid.spans[:, 3] > 1).any():
        parted = _part_columns(page, grid, cell)
        if parted is not grid:
            grid, cell = parted, assign_to_cells(parted, x, y)
    return _part_rows(page, grid, cell)


def _part_columns(page: PageArrays, grid: Grid, cell: Ints) -> Grid:
    """Cut cells over several columns at the column lines that their text keeps free."""
    out: list[tuple[int, int, int, int]] = []
    is_changed = False
    for number, (row, col, row_span, col_span) in enumerate(grid.spans.tolist()):
        cuts = [] if col_span == 1 else _find_column_cuts(page.boxes[cell == number], grid.xs[col + 1 : col + col_span])
        edges = [col, *(col + 1 + index for index in cuts), col + col_span]
        out.extend((row, a, row_span, b - a) for a, b in pairwise(edges))
        is_changed |= bool(cuts)
    return rebuild_grid(grid, grid.ys, out) if is_changed else grid


def _find_column_cuts(boxes: Floats, lines: Floats) -> list[int]:
    """Return the indexes of the column lines inside a cell that part its text."""
    if len(boxes) < 2:
        return []
    em = float(np.median(boxes[:, 3] - boxes[:, 1]))
    room = max(_MIN_GAP_PT, _MIN_GAP_EM * em)
    found = []
    for index, at in enumerate(lines.tolist()):
        middle = middles_x(boxes)
        left, right = boxes[middle < at], boxes[middle >= at]
        if not len(left) or not len(right):
            continue
        slack = _CROSS * (boxes[:, 2] - boxes[:, 0])
        if ((boxes[:, 0] < at - slack) & (boxes[:, 2] > at + slack)).any():
            continue
        if _is_spread(left, right) or not _keeps_free(left, right, room, em):
            continue
        found.append(index)
    return found


def _is_spread(left: Floats, right: Floats) -> bool:
    """Tell whether both sides are a letter or two of one line: a label set wide over its columns."""
    if max(len(left), len(right)) > 2 or len(left) != len(right):
        return False
    return float(np.ptp(np.concatenate([left, right])[:, 1])) < 2.0


def _keeps_free(left: Floats, right: Floats, room: float, em: float) -> bool:
    """Tell whether there is room between both sides on every line that has both; one line at least comes near."""
    gap = right[:, 0][:, None] - left[:, 2][None, :]
    same = np.abs(right[:, 1][:, None] - left[:, 1][None, :]) < 0.6 * em
    if not same.any():
        return float(right[:, 0].min() - left[:, 2].max()) >= room
    return float(gap[same].min()) >= room


def _part_rows(page: PageArrays, grid: Grid, cell: Ints) -> Grid:
    """Cut rows from the last to the first, so that the numbers of those above stay."""
    counting = _find_counting(page, grid, cell)
    roomy = _find_roomy(page, grid, cell)
    if counting is None and not roomy:
        return grid
    numbers = {} if counting is None else _read_numbers(page, grid, cell, counting)
    rows = sorted(roomy | {row for row, found in numbers.items() if len(found) > 1}, reverse=True)
    unsure: list[int] = []
    for row in rows:
        own = (grid.spans[np.maximum(cell, 0), 0] == row) & (grid.spans[np.maximum(cell, 0), 2] == 1) & (cell >= 0)
        boxes, columns = page.boxes[own], grid.spans[cell[own], 1]
        if len(np.unique(columns)) < 2:
            continue
        is_counted = len(numbers.get(row, [])) > 1 and _goes_on(numbers, row)
        if is_counted:
            ruled = float(grid.ys[row]), float(grid.ys[row + 1])
            cuts, is_sure = _cut_by_numbers(boxes, columns, numbers[row], ruled)
        else:
            cuts, is_sure = _cut_by_room(boxes, columns)
        if not cuts:
            unsure.extend([row] if is_counted else [])
            continue
        grid = _insert_rows(grid, row, cuts)
        unsure = [u + len(cuts) for u in unsure]
        if not is_sure or (is_counted and not _is_even(boxes, columns, cuts)):
            unsure.extend(range(row, row + len(cuts) + 1))
        cell = assign_to_cells(grid, *middles(page.boxes))
    return replace(grid, unsure=tuple(sorted({*grid.unsure, *unsure}))) if unsure else grid


def _find_counting(page: PageArrays, grid: Grid, cell: Ints) -> int | None:
    """Return the column that counts, of the first two, if one of its cells may hold two numbers: the quick test."""
    col = grid.spans[np.maximum(cell, 0), 1]
    for at in range(min(2, len(grid.xs) - 1)):
        own = np.flatnonzero((cell >= 0) & (col == at))
        is_digit = (page.codes[own] >= 48) & (page.codes[own] <= 57)
        own = own[is_digit]
        if len(own) < 2:
            continue
        tops = page.boxes[own, 1]
        em = float((page.boxes[own, 3] - tops).mean())
        order = np.lexsort((tops, cell[own]))
        same = np.diff(cell[own][order]) == 0
        if (same & (np.diff(tops[order]) > 0.6 * em)).any():
            return at
    return None


def _find_roomy(page: PageArrays, grid: Grid, cell: Ints) -> set[int]:
    """Return the rows through all of whose cells there is room between text: the quick test, for all rows at once."""
    own = np.flatnonzero((cell >= 0) & (grid.spans[np.maximum(cell, 0), 2] == 1))
    if len(own) < 4:
        return set()
    boxes, row = page.boxes[own], grid.spans[cell[own], 0]
    height = boxes[:, 3] - boxes[:, 1]
    em = float(height.mean())
    tops, bottoms = boxes[:, 1] + _CORE * height, boxes[:, 3] - _CORE * height
    order = np.argsort(tops + row * page.height * 2)
    row, tops, bottoms, columns = row[order], tops[order], bottoms[order], grid.spans[cell[own[order]], 1]
    lifted = bottoms + row * page.height * 2  # a running maximum that starts anew in each row
    reach = np.maximum.accumulate(lifted) - row * page.height * 2
    room = np.where(row[1:] == row[:-1], tops[1:] - reach[:-1], -1.0)
    usual = np.full(int(row.max()) + 1, np.inf)
    np.minimum.at(usual, row[1:][room > 0], room[room > 0])
    gaps = np.flatnonzero((room >= _MIN_BAND_EM * em) & (room >= usual[row[1:]] + _ROOM_EM * em)) + 1
    last = {int(row[at]): at for at in gaps.tolist()}  # the last room of each row: the columns go on below it
    found = set()
    for number, at in last.items():
        start, end = np.searchsorted(row, [number, number + 1])
        below, all_columns = len(set(columns[at:end].tolist())), len(set(columns[start:end].tolist()))
        if below >= max(2.0, _HALF_COLUMNS * all_columns):
            found.add(number)
    return found


def _read_numbers(page: PageArrays, grid: Grid, cell: Ints, col: int) -> dict[int, list[tuple[int, float, float]]]:
    """Return, by row, what a column counts: number, top and bottom of each line.

    A cell that holds anything else than numbers has none.
    """
    found: dict[int, list[tuple[int, float, float]]] = {}
    for number, (row, at, row_span, _) in enumerate(grid.spans.tolist()):
        own = np.flatnonzero(cell == number) if at == col and row_span == 1 else np.empty(0, dtype=np.int32)
        lines = _read_lines(page, own) if 0 < len(own) <= _MOST_LETTERS else []
        if lines:
            found[row] = lines
    return found


def _read_lines(page: PageArrays, own: Ints) -> list[tuple[int, float, float]]:
    boxes = page.boxes[own]
    order = np.lexsort((boxes[:, 0], np.round(boxes[:, 1])))
    lines: list[list[int]] = []
    for index in order.tolist():
        middle = (boxes[index, 1] + boxes[index, 3]) / 2
        if lines and middle < boxes[lines[-1][0], 3] - _CORE * (boxes[index, 3] - boxes[index, 1]):
            lines[-1].append(index)
        else:
            lines.append([index])
    out = []
    for line in lines:
        text = "".join(chr(int(page.codes[own[i]])) for i in sorted(line, key=lambda i: float(boxes[i, 0])))
        match = _NUMBER.fullmatch(text)
        if match is None:
            return []
        out.append((int(match[1]), float(boxes[line, 1].min()), float(boxes[line, 3].max())))
    return out


def _goes_on(numbers: dict[int, list[tuple[int, float, float]]], row: int) -> bool:
    """Tell whether the numbers of a row count on by one, from the number above where there is one.

    12 printed as 1 over 2 does not: it follows 11.
    """
    counted = [number for number, _, _ in numbers[row]]
    if any(b - a != 1 for a, b in pairwise(counted)):
        return False
    above = [numbers[r][-1][0] for r in numbers if r < row]
    below = [numbers[r][0][0] for r in numbers if r > row]
    return (not above or above[-1] == counted[0] - 1) and (not below or below[0] == counted[-1] + 1 or not above)


def find_bands(boxes: Floats) -> list[tuple[float, float]]:
    """Return the stretches of y that text covers, ascending; letters of one line touch, those of two do not."""
    height = boxes[:, 3] - boxes[:, 1]
    tops, bottoms = boxes[:, 1] + _CORE * height, boxes[:, 3] - _CORE * height
    order = np.argsort(tops)
    reach = np.maximum.accumulate(bottoms[order])
    opens = np.append(True, tops[order][1:] > reach[:-1])
    first = np.flatnonzero(opens)
    last = np.append(first[1:], len(order)) - 1
    return [(float(tops[order][a]), float(reach[b])) for a, b in zip(first, last, strict=True)]


def _cut_by_numbers(
    boxes: Floats, columns: Ints, numbers: list[tuple[int, float, float]], row: tuple[float, float]
) -> tuple[list[float], bool]:
    """Return a y between each two numbers where no column has text, and whether all of them are sure.

    Room wider than any other between two numbers parts the rows. Where all is alike, the numbers say where: set to the
    top, a row begins with its number; set to the middle, a row reaches as far below its number as above it.

    Args:
        boxes: N boxes of the row's characters.
        columns: N columns that they stand in.
        numbers: Number, top and bottom of each line of the number cell.
        row: Top and bottom of the ruled row.
    """
    em = float(np.median(boxes[:, 3] - boxes[:, 1]))
    bands = find_bands(boxes)
    gaps = [(low, high) for (_, low), (high, _) in pairwise(bands)]
    middles = _predict_middle(numbers, row)
    is_top = numbers[0][1] - float(boxes[:, 1].min()) <= 0.3 * em
    is_middle = abs(middles[-1] - row[1]) <= em
    cuts: list[float] = []
    is_sure = True
    for index, ((_, top, bottom), (_, next_top, next_bottom)) in enumerate(pairwise(numbers)):
        own = [gap for gap in gaps if (top + bottom) / 2 < gap[0] and gap[1] < (next_top + next_bottom) / 2]
        if not own:
            return [], False
        widths = sorted((high - low for low, high in own), reverse=True)
        by_top = min(own, key=lambda gap: abs(gap[1] - next_top - _CORE * em))
        by_middle = min(own, key=lambda gap: abs(sum(gap) / 2 - middles[index]))
        if len(own) == 1 or widths[0] - widths[1] > _WIDER_EM * em:
            chosen = max(own, key=lambda gap: gap[1] - gap[0])
        elif is_top and (not is_middle or by_top == by_middle or _begins_anew(boxes, columns, by_top[1], em)):
            chosen = by_top
        elif is_middle:
            chosen, is_sure = by_middle, is_sure and not is_top
        else:
            chosen, is_sure = max(own, key=lambda gap: gap[1] - gap[0]), False
        cuts.append(sum(chosen) / 2)
    return cuts, is_sure


def _predict_middle(numbers: list[tuple[int, float, float]], row: tuple[float, float]) -> list[float]:
    """Return where each row ends if every number stands in the middle of its own."""
    ends, start = [], row[0]
    for _, top, bottom in numbers:
        start = top + bottom - start
        ends.append(start)
    return ends


def _begins_anew(boxes: Floats, columns: Ints, y: float, em: float) -> bool:
    """Tell whether every column has a line that begins right below a height."""
    names = np.unique(columns).tolist()
    return all(any(abs(top - y) <= _ALIGNED_EM * em for top in _line_tops(boxes[columns == col])) for col in names)


def _line_tops(boxes: Floats) -> list[float]:
    return [top for top, _ in find_bands(boxes)] if len(boxes) else []


def _cut_by_room(boxes: Floats, columns: Ints) -> tuple[list[float], bool]:
    """Return the y of room that goes through all columns, and whether nearly all of them have text on both sides.

    Half of them must: number and name may be printed once for two rows.
    """
    names = np.unique(columns)
    if len(names) < 2:
        return [], True
    em = float(np.median(boxes[:, 3] - boxes[:, 1]))
    bands = find_bands(boxes)
    if len(bands) < 2:
        return [], True
    gaps = np.array([b[0] - a[1] for a, b in pairwise(bands)])
    middle = middles_y(boxes)
    least, sure = max(2.0, _HALF_COLUMNS * len(names)), max(2.0, _MOST_COLUMNS * len(names))
    inner = [_inner_gaps(boxes[columns == col]) for col in names.tolist()]
    usual = min((min(gap) for gap in inner if gap), default=float(gaps.min()))
    cuts = [index for index, gap in enumerate(gaps.tolist()) if gap >= max(_MIN_BAND_EM * em, usual + _ROOM_EM * em)]
    if not cuts or usual == float(gaps.max()):
        return [], True
    edges = [-np.inf, *((bands[i][1] + bands[i + 1][0]) / 2 for i in cuts), np.inf]
    fewest = min(len(np.unique(columns[(middle > low) & (middle < high)])) for low, high in pairwise(edges))
    return ([], True) if fewest < least else ([float(edge) for edge in edges[1:-1]], fewest >= sure)


def _inner_gaps(boxes: Floats) -> list[float]:
    bands = find_bands(boxes)
    return [b[0] - a[1] for a, b in pairwise(bands)]


def _is_even(boxes: Floats, columns: Ints, cuts: list[float]) -> bool:
    """Tell whether each column has text in all pieces of a row or in none: no cell is merged over them."""
    piece = np.searchsorted(np.array(cuts), middles_y(boxes))
    counts = [len(np.unique(piece[columns == col])) for col in np.unique(columns).tolist()]
    return all(count == len(cuts) + 1 for count in counts)


def _insert_rows(grid: Grid, row: int, cuts: list[float]) -> Grid:
    """Cut a row of a grid at some y; cells over several rows stay whole."""
    more = len(cuts)
    spans = []
    for at, col, row_span, col_span in grid.spans.tolist():
        if at > row:
            spans.append((at + more, col, row_span, col_span))
        elif at == row and row_span == 1:
            spans.extend((row + piece, col, 1, col_span) for piece in range(more + 1))
        else:
            spans.append((at, col, row_span + more if at + row_span > row else row_span, col_span))
    ys = np.sort(np.concatenate([grid.ys, np.array(cuts, dtype=grid.ys.dtype)]))
    if grid.unsure:
        grid = replace(grid, unsure=tuple(u + more if u > row else u for u in grid.unsure))
    return rebuild_grid(grid, ys, spans)


def drop_frames(page: PageArrays, grids: tuple[Grid, ...]) -> tuple[Grid, ...]:
    """Leave out frames around tables, and tables inside a cell of another one.

    A lattice that holds another one in one of its cells is a frame, unless its other cells hold more text than that
    one: then the inner table is a part of its cell.
    """
    if len(grids) < 2:
        return grids
    x, y = middles(page.boxes)
    dropped: set[int] = set()
    for outer, frame in enumerate(grids):
        cell: Ints | None = None
        for inner, grid in enumerate(grids):
            if outer == inner or not _holds(frame, grid):
                continue
            cell = assign_to_cells(frame, x, y) if cell is None else cell
            middle = np.array([(grid.xs[0] + grid.xs[-1]) / 2]), np.array([(grid.ys[0] + grid.ys[-1]) / 2])
            home = int(assign_to_cells(frame, *middle)[0])
            inside: Bools = cell == home
            dropped.add(outer if 2 * int((cell >= 0).sum() - inside.sum()) <= int(inside.sum()) else inner)
    return tuple(grid for index, grid in enumerate(grids) if index not in dropped)


def _holds(frame: Grid, grid: Grid) -> bool:
    """Tell whether a grid lies in one cell of another one."""
    xs, ys = np.array([grid.xs[0], grid.xs[-1]]), np.array([grid.ys[0], grid.ys[-1]])
    inner_x, inner_y = xs + np.array([0.5, -0.5]), ys + np.array([0.5, -0.5])
    cells = assign_to_cells(frame, np.repeat(inner_x, 2), np.tile(inner_y, 2))
    return bool(cells[0] >= 0 and (cells == cells[0]).all())
