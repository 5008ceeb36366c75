"""Rulings → lattice → grid → cells with spans: every step a small function whose result can be drawn.

Works on arrays of a page (:class:`planextract.model.page.PageArrays`), whoever read it. Coordinates are
points, origin at the page's top left.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np

from planextract.layout.thresholds import GEOMETRY
from planextract.model.page import Bools, Floats, Ints

_SNAP_PT = GEOMETRY.lattice.snap_pt
_SLIVER_PT = GEOMETRY.lattice.sliver_pt
_SAME_PT = GEOMETRY.lattice.same_pt
_JOIN_GAP_PT = GEOMETRY.lattice.join_gap_pt
_TOUCH_PT = GEOMETRY.lattice.touch_pt
_COVERED = GEOMETRY.lattice.covered
_MIN_SIDE_PT = GEOMETRY.lattice.min_side_pt
_LONE = -2  # label of a column rule that meets no other
_MIN_BARE = GEOMETRY.lattice.min_bare
_MIN_BARE_PT = GEOMETRY.lattice.min_bare_pt


@dataclass(frozen=True, slots=True, kw_only=True)
class Lines:
    """Merged rules of one direction: N positions with N extents, sorted by position, then start."""

    position: Floats
    start: Floats
    end: Floats


@dataclass(frozen=True, slots=True, kw_only=True)
class Grid:
    """A table's grid: R + 1 row lines, C + 1 column lines, and which cell each of R × C positions belongs to.

    Attributes:
        xs: C + 1 ascending x of the column lines.
        ys: R + 1 ascending y of the row lines.
        cell_at: R × C cell numbers from 0.
        spans: N × 4 of row, col, row_span, col_span, one a cell.
        is_open: Top, bottom, left, right side not ruled: an edge was supplied where the rules end.
        open_columns: By column, whether the table's top, and its bottom, lack a rule there; empty where unknown.
        is_consistent: Every group of positions without a rule between them is a rectangle.
        unsure: Rows that a person should look at: a rule seems to be missing, and where it would be is not clear.
    """

    xs: Floats
    ys: Floats
    cell_at: Ints
    spans: Ints
    is_open: tuple[bool, bool, bool, bool]
    is_consistent: bool
    open_columns: tuple[tuple[bool, ...], tuple[bool, ...]] = ((), ())
    unsure: tuple[int, ...] = ()


def strokes_to_rules(boxes: Floats, *, is_horizontal: bool, snap_pt: float = _SNAP_PT) -> Lines:
    """Merge strokes into rules: pieces of one line joined, parallel lines nearer than 3 pt made one.

    Args:
        boxes: N × 4 of x0, top, x1, bottom.
        is_horizontal: Direction of the strokes.
        snap_pt: Distance of parallel lines that are one, in points.
    """
    along, across = ((0, 2), (1, 3)) if is_horizontal else ((1, 3), (0, 2))
    if not len(boxes):
        empty = np.empty(0, dtype=np.float32)
        return Lines(position=empty, start=empty, end=empty)
    center = (boxes[:, across[0]] + boxes[:, across[1]]) / 2
    start, end = boxes[:, along[0]], boxes[:, along[1]]
    order = np.argsort(center, kind="stable")
    center, start, end = center[order], start[order], end[order]
    group = _cluster(center, snap_pt)
    order = np.lexsort((start, group))
    center, start, end, group = center[order], start[order], end[order], group[order]
    reach = _running_max(end, group)
    opens = np.ones(len(group), dtype=bool)
    opens[1:] = (group[1:] != group[:-1]) | (start[1:] > reach[:-1] + _JOIN_GAP_PT)
    first = np.flatnonzero(opens)
    last = np.append(first[1:], len(group)) - 1
    means = np.bincount(group, weights=center) / np.bincount(group)
    return Lines(
        position=means[group[first]].astype(np.float32), start=start[first], end=reach[last].astype(np.float32)
    )


def _cluster(values: Floats, snap_pt: float = _SNAP_PT) -> Ints:
    """Number ascending values by group: a group spans at most ``snap_pt`` and never parts values as good as equal."""
    numbers = np.zeros(len(values), dtype=np.int32)
    first, number = float(values[0]), 0
    jumps = np.diff(values) > snap_pt
    if not np.any(~jumps & (np.diff(values) > 0)):
        return np.concatenate(([0], np.cumsum(jumps))).astype(np.int32)
    starts = np.flatnonzero(np.append(True, np.diff(values) > _SAME_PT))
    ends = np.append(starts[1:], len(values))
    for start, end in zip(starts.tolist(), ends.tolist(), strict=True):
        if values[end - 1] - first > snap_pt:
            first, number = float(values[start]), number + (start > 0)
        numbers[start:end] = number
    return numbers


def _running_max(values: Floats, group: Ints) -> Floats:
    """Running maximum inside each group of consecutive equal numbers."""
    span = float(np.ptp(values)) + 1.0 if len(values) else 1.0
    lifted = values + group.astype(np.float64) * span
    return np.maximum.accumulate(lifted) - group * span  # type: ignore[no-any-return]


def rules_to_grids(horizontal: Lines, vertical: Lines) -> tuple[Grid, ...]:
    """Find the tables of a page: rules that meet each other, directly or over others.

    A table needs two rules of each direction, or an open side: where the rules of one direction reach
    beyond the outermost of the other, the missing edge is supplied.
    """
    labels_h, labels_v = _components(horizontal, vertical)
    labels_h, labels_v = _join_open(horizontal, vertical, labels_h, labels_v)
    lone = labels_v == _LONE
    if lone.any():
        labels_v = _adopt(labels_v, vertical)
    grids = list(_build_bare(take_lines(vertical, labels_v == _LONE))) if lone.any() else []
    for label in sorted(set(labels_h.tolist()) & set(labels_v.tolist())):
        h, v = labels_h == label, labels_v == label
        grid = _build_grid(take_lines(horizontal, h), take_lines(vertical, v))
        if grid is not None:
            grids.append(grid)
    return tuple(sorted(grids, key=lambda g: (float(g.ys[0]), float(g.xs[0]))))


def _join_open(horizontal: Lines, vertical: Lines, labels_h: Ints, labels_v: Ints) -> tuple[Ints, Ints]:
    """Join groups of rules side by side that reach beyond their row rules, up or down, to the same heights.

    They are one table that the page cut, with a merged cell between them that no row rule crosses.
    """
    found = np.unique(labels_v[labels_v != _LONE])
    if len(found) < 2:
        return labels_h, labels_v
    reach: dict[tuple[int, int], int] = {}
    labels_h, labels_v = labels_h.copy(), labels_v.copy()
    for label in found.tolist():
        h, v = labels_h == label, labels_v == label
        top, bottom = float(vertical.start[v].min()), float(vertical.end[v].max())
        rows = horizontal.position[h]
        if top > rows.min() - 2 * _TOUCH_PT and bottom < rows.max() + 2 * _TOUCH_PT:
            continue
        same = next((k for k in reach if abs(k[0] - top) <= _TOUCH_PT and abs(k[1] - bottom) <= _TOUCH_PT), None)
        if same is None:
            reach[round(top), round(bottom)] = label
        else:
            labels_h[h], labels_v[v] = reach[same], reach[same]
    return labels_h, labels_v


def _adopt(labels: Ints, vertical: Lines) -> Ints:
    """Give column rules that meet no other rule to the table that reaches exactly as far: its side is a merged cell."""
    out = labels.copy()
    for label in np.unique(labels[labels != _LONE]).tolist():
        own = labels == label
        same_start = np.abs(vertical.start - vertical.start[own].min()) <= _TOUCH_PT
        same_end = np.abs(vertical.end - vertical.end[own].max()) <= _TOUCH_PT
        out[(labels == _LONE) & same_start & same_end] = label
    return out


def _build_bare(vertical: Lines) -> Iterator[Grid]:
    """Build the tables of column rules alone, three or more from the same height to the same: one row cut twice."""
    left = np.arange(len(vertical.position))
    while len(left) >= _MIN_BARE:
        first = left[0]
        same = (np.abs(vertical.start[left] - vertical.start[first]) <= _TOUCH_PT) & (
            np.abs(vertical.end[left] - vertical.end[first]) <= _TOUCH_PT
        )
        xs = np.unique(vertical.position[left[same]])
        ys = np.array([vertical.start[first], vertical.end[first]], dtype=np.float32)
        left = left[~same]
        if len(xs) >= _MIN_BARE and ys[1] - ys[0] >= _MIN_BARE_PT:
            cols = len(xs) - 1
            spans = np.array([(0, col, 1, 1) for col in range(cols)], dtype=np.int32)
            yield Grid(
                xs=xs,
                ys=ys,
                cell_at=np.arange(cols, dtype=np.int32).reshape(1, cols),
                spans=spans,
                is_open=(True, True, False, False),
                is_consistent=True,
                open_columns=((True,) * cols, (True,) * cols),
            )


def take_lines(lines: Lines, chosen: Bools) -> Lines:
    """Return the chosen rules."""
    return Lines(position=lines.position[chosen], start=lines.start[chosen], end=lines.end[chosen])


def _components(horizontal: Lines, vertical: Lines) -> tuple[Ints, Ints]:
    """Number the groups of rules that meet, or nearly do."""
    meets = (
        (horizontal.start[:, None] - _TOUCH_PT <= vertical.position[None, :])
        & (vertical.position[None, :] <= horizontal.end[:, None] + _TOUCH_PT)
        & (vertical.start[None, :] - _TOUCH_PT <= horizontal.position[:, None])
        & (horizontal.position[:, None] <= vertical.end[None, :] + _TOUCH_PT)
    )
    return number_groups(meets)


def number_groups(meets: Bools) -> tuple[Ints, Ints]:
    """Number the groups of rules that meet each other, directly or over others.

    Args:
        meets: N × M, horizontal rule i meets vertical rule j.

    Returns:
        N and M numbers; negative for rules that meet no other.
    """
    n, m = meets.shape
    labels_h, labels_v = np.arange(n, dtype=np.int32), np.full(m, n, dtype=np.int32)
    while n and m:
        low_v = np.where(meets, labels_h[:, None], n).min(axis=0)
        low_h = np.minimum(np.where(meets, low_v[None, :], n).min(axis=1), labels_h)
        if np.array_equal(low_h, labels_h) and np.array_equal(low_v, labels_v):
            break
        labels_h, labels_v = low_h.astype(np.int32), low_v.astype(np.int32)
    labels_h = np.where(meets.any(axis=1), labels_h, -1) if n and m else np.full(n, -1)
    labels_v = np.where(labels_v < n, labels_v, _LONE)
    return labels_h.astype(np.int32), labels_v.astype(np.int32)


def _build_grid(horizontal: Lines, vertical: Lines) -> Grid | None:
    horizontal, vertical = _snap(horizontal), _snap(vertical)
    xs, ys = np.unique(vertical.position), np.unique(horizontal.position)
    reach_x = (float(horizontal.start.min()), float(horizontal.end.max()))
    reach_y = (float(vertical.start.min()), float(vertical.end.max()))
    open_left, open_right = bool(reach_x[0] < xs[0] - 2 * _TOUCH_PT), bool(reach_x[1] > xs[-1] + 2 * _TOUCH_PT)
    open_top, open_bottom = bool(reach_y[0] < ys[0] - 2 * _TOUCH_PT), bool(reach_y[1] > ys[-1] + 2 * _TOUCH_PT)
    xs = _extend(xs, reach_x, open_left, open_right)
    ys = _extend(ys, reach_y, open_top, open_bottom)
    if len(xs) < 2 or len(ys) < 2 or (len(xs) == 2 and len(ys) == 2):
        return None
    row_edges = _coverage(horizontal, ys, xs)
    col_edges = _coverage(vertical, xs, ys).T
    bare, old_xs = ~row_edges[[0, -1]], xs
    row_edges[0], row_edges[-1] = True, True
    col_edges[:, 0], col_edges[:, -1] = True, True
    xs, ys, row_edges, col_edges = _drop_empty_lines(xs, ys, row_edges, col_edges)
    if len(xs) < 2 or len(ys) < 2:
        return None
    cell_at, spans, is_consistent = merge_positions(row_edges, col_edges)
    at = np.clip(np.searchsorted(old_xs, (xs[1:] + xs[:-1]) / 2) - 1, 0, bare.shape[1] - 1)
    return Grid(
        xs=xs,
        ys=ys,
        cell_at=cell_at,
        spans=spans,
        is_open=(open_top, open_bottom, open_left, open_right),
        is_consistent=is_consistent,
        open_columns=(tuple(bare[0, at].tolist()), tuple(bare[1, at].tolist())),
    )


def _snap(lines: Lines) -> Lines:
    """Make parallel rules of one table one where no text fits between them."""
    order = np.argsort(lines.position, kind="stable")
    ordered = lines.position[order]
    steps = np.diff(ordered)
    if not len(steps) or not np.any((steps > 0) & (steps <= _SLIVER_PT)):
        return lines
    group = _cluster(ordered, _SLIVER_PT)
    means = np.bincount(group, weights=ordered) / np.bincount(group)
    position = np.empty_like(lines.position)
    position[order] = means[group]
    return Lines(position=position, start=lines.start, end=lines.end)


def _extend(values: Floats, reach: tuple[float, float], before: bool, after: bool) -> Floats:
    ends = ([reach[0]] if before else [], [reach[1]] if after else [])
    return np.concatenate([np.array(ends[0]), values, np.array(ends[1])]).astype(np.float32)


def _coverage(lines: Lines, positions: Floats, cuts: Floats) -> Bools:
    """Tell which sides are ruled: for P positions and K + 1 cuts, P × K, true where half or more is covered."""
    length = np.diff(cuts)
    covered = np.zeros((len(positions), len(length)), dtype=np.float64)
    index = np.searchsorted(positions, lines.position - 0.01)
    index = np.clip(index, 0, len(positions) - 1)
    overlap = np.minimum(lines.end[:, None], cuts[None, 1:]) - np.maximum(lines.start[:, None], cuts[None, :-1])
    np.add.at(covered, index, np.maximum(overlap, 0.0))
    return covered >= _COVERED * length[None, :]


def _drop_empty_lines(
    xs: Floats, ys: Floats, row_edges: Bools, col_edges: Bools
) -> tuple[Floats, Floats, Bools, Bools]:
    """Drop lines that are no side of any position (a stub of a rule), and slivers between two lines."""
    keep_y = row_edges.any(axis=1)
    keep_x = col_edges.any(axis=0)
    while not keep_y.all() or not keep_x.all():
        ys, xs = ys[keep_y], xs[keep_x]
        rows, cols = np.flatnonzero(keep_y), np.flatnonzero(keep_x)
        row_edges = np.logical_or.reduceat(row_edges[rows], cols[:-1], axis=1)
        col_edges = np.logical_or.reduceat(col_edges[:, cols], rows[:-1], axis=0)
        keep_y, keep_x = row_edges.any(axis=1), col_edges.any(axis=0)
    return xs, ys, row_edges, col_edges


def merge_positions(row_edges: Bools, col_edges: Bools) -> tuple[Ints, Ints, bool]:
    """Group positions without a rule between them into cells.

    Args:
        row_edges: (R + 1) × C, rule above position (r, c).
        col_edges: R × (C + 1), rule left of position (r, c).
    """
    rows, cols = col_edges.shape[0], row_edges.shape[1]
    if row_edges.all() and col_edges.all():
        cell_at = np.arange(rows * cols, dtype=np.int32).reshape(rows, cols)
        r, c = np.divmod(np.arange(rows * cols), cols)
        ones = np.ones(rows * cols)
        return cell_at, np.stack([r, c, ones, ones], axis=1).astype(np.int32), True
    cell_at = np.full((rows, cols), -1, dtype=np.int32)
    spans: list[tuple[int, int, int, int]] = []
    is_consistent = True
    for row in range(rows):
        for col in range(cols):
            if cell_at[row, col] >= 0:
                continue
            end = col + 1
            while end < cols and not col_edges[row, end] and cell_at[row, end] < 0:
                end += 1
            bottom = row + 1
            while bottom < rows and not row_edges[bottom, col:end].any() and (cell_at[bottom, col:end] < 0).all():
                if col_edges[bottom, col + 1 : end].any():
                    break
                bottom += 1
            is_consistent &= bottom >= rows or bool(row_edges[bottom, col:end].all())
            is_consistent &= end >= cols or bool(col_edges[row:bottom, end].all())
            cell_at[row:bottom, col:end] = len(spans)
            spans.append((row, col, bottom - row, end - col))
    return cell_at, np.array(spans, dtype=np.int32), is_consistent


def assign_to_cells(grid: Grid, centers_x: Floats, centers_y: Floats) -> Ints:
    """Return the cell number of each of N points, -1 outside the table."""
    col = np.searchsorted(grid.xs, centers_x, side="right") - 1
    row = np.searchsorted(grid.ys, centers_y, side="right") - 1
    inside = (col >= 0) & (col < len(grid.xs) - 1) & (row >= 0) & (row < len(grid.ys) - 1)
    found = np.full(len(centers_x), -1, dtype=np.int32)
    found[inside] = grid.cell_at[row[inside], col[inside]]
    return found


def rebuild_grid(grid: Grid, ys: Floats, spans: list[tuple[int, int, int, int]]) -> Grid:
    """Return a grid with the cells of ``spans``, numbered by row, then column."""
    cell_at = np.zeros((len(ys) - 1, len(grid.xs) - 1), dtype=np.int32)
    spans.sort()
    for number, (row, col, row_span, col_span) in enumerate(spans):
        cell_at[row : row + row_span, col : col + col_span] = number
    return replace(grid, ys=ys, cell_at=cell_at, spans=np.array(spans, dtype=np.int32))


def cell_box(grid: Grid, number: int) -> tuple[float, float, float, float]:
    """Return x0, top, x1, bottom of a cell."""
    row, col, row_span, col_span = grid.spans[number].tolist()
    return float(grid.xs[col]), float(grid.ys[row]), float(grid.xs[col + col_span]), float(grid.ys[row + row_span])


def crop_grid(grid: Grid, box: tuple[float, float, float, float]) -> Grid:
    """Return the rows and columns of a grid whose middle lies in a box (x0, top, x1, bottom)."""
    middle_x, middle_y = (grid.xs[1:] + grid.xs[:-1]) / 2, (grid.ys[1:] + grid.ys[:-1]) / 2
    cols = np.flatnonzero((grid.xs[1:] > box[0] + _SNAP_PT) & (grid.xs[:-1] < box[2] - _SNAP_PT))
    rows = np.flatnonzero((middle_y > box[1]) & (middle_y < box[3]))
    if not len(cols) or not len(rows) or (len(cols) == len(middle_x) and len(rows) == len(middle_y)):
        return grid
    part = grid.cell_at[rows[0] : rows[-1] + 1, cols[0] : cols[-1] + 1]
    numbers, cell_at = np.unique(part, return_inverse=True)
    cell_at = cell_at.reshape(part.shape).astype(np.int32)
    spans = []
    for number in range(len(numbers)):
        at_row, at_col = np.nonzero(cell_at == number)
        spans.append((at_row.min(), at_col.min(), np.ptp(at_row) + 1, np.ptp(at_col) + 1))
    return Grid(
        xs=grid.xs[cols[0] : cols[-1] + 2],
        ys=grid.ys[rows[0] : rows[-1] + 2],
        cell_at=cell_at,
        spans=np.array(spans, dtype=np.int32),
        is_open=grid.is_open,
        is_consistent=grid.is_consistent,
    )
