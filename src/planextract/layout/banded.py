"""Tables of level rules alone: each band between two rules is a row, columns are what text keeps free in all bands.

Text in the cells of such a table runs over many lines, so that few lines show all columns at once. Taken together, the
bands show them: no letter of any row stands where a column ends.
"""

from __future__ import annotations

from itertools import pairwise

import numpy as np

from planextract.layout.lattice import Grid, merge_positions
from planextract.layout.thresholds import GEOMETRY
from planextract.model.page import Bools, Floats, Ints, PageArrays, middles

_STEP_PT = GEOMETRY.banded.step_pt
_MIN_GAP_EM = GEOMETRY.banded.min_gap_em
_MIN_GAP_PT = GEOMETRY.banded.min_gap_pt
_NARROW_PT = GEOMETRY.banded.narrow_pt
_MANY_BANDS = GEOMETRY.banded.many_bands
_CROSSED = GEOMETRY.banded.crossed
_FILLED = GEOMETRY.banded.filled
_LEAST_COLUMNS = GEOMETRY.banded.least_columns
_SIDE_PT = GEOMETRY.banded.side_pt
_CUT_ROW_GAP = GEOMETRY.banded.cut_row_gap
_CUT_ROW_PAD = GEOMETRY.banded.cut_row_pad
_FURNITURE_LINES = GEOMETRY.banded.furniture_lines
_EMPTY_PT = GEOMETRY.banded.empty_pt


def build_banded(
    page: PageArrays,
    free: Bools,
    sides: tuple[float, float],
    rules: list[float],
    known: Floats | None = None,
    *,
    is_promised: bool = False,
) -> Grid | None:
    """Build the grid of a table whose rows are the bands between level rules.

    Args:
        page: N characters.
        free: N flags: characters that are in no other table.
        sides: Where the rules begin and end, x in points.
        rules: y of two rules or more, ascending; three unless the columns are known.
        known: x of the inner column lines of the same table on an earlier page: one row is enough then.
        is_promised: Whether the page before ends inside a row of it: the rest of a cell is enough then.

    Returns:
        The grid, or None if the bands show fewer than three columns or are not filled like rows.
    """
    boxes = page.boxes
    x, y = middles(boxes)
    own = np.flatnonzero(
        free & (x > sides[0] - _SIDE_PT) & (x < sides[1] + _SIDE_PT) & (y > rules[0]) & (y < rules[-1])
    )
    if len(own) < 2 * _LEAST_COLUMNS:
        return None
    ys = _drop_doubles(np.array(rules, dtype=np.float32), y[own])
    band = np.searchsorted(ys, y[own]) - 1
    if len(ys) < (3 if known is None else 2) or (known is None and len(np.unique(band)) < len(ys) - 1):
        return None
    cover = _cover(boxes[own], band, len(ys) - 1, sides[0])
    em = float(np.median(boxes[own, 3] - boxes[own, 1]))
    gaps = _find_gaps(cover, em) if known is None else _keep_known(cover, known - sides[0], _FILLED * (not is_promised))
    if len(gaps) + 1 < _LEAST_COLUMNS:
        return None
    places = [(a + b) / 2 for a, b in gaps]
    xs = np.array([sides[0], *(sides[0] + at * _STEP_PT for at in places), sides[1]], dtype=np.float32)
    rows = len(ys) - 1
    col_edges = np.ones((rows, len(xs)), dtype=bool)
    for place, (start, end) in enumerate(gaps, start=1):
        col_edges[:, place] = ~cover[:, start : max(end, start + 1)].any(axis=1)
    cell_at, spans, is_consistent = merge_positions(np.ones((rows + 1, len(xs) - 1), dtype=bool), col_edges)
    return Grid(
        xs=xs, ys=ys, cell_at=cell_at, spans=spans, is_open=(False, False, True, True), is_consistent=is_consistent
    )


def find_cut_row(
    page: PageArrays, free: Bools, sides: tuple[float, float], y: float, known: Floats | None, *, is_below: bool
) -> float | None:
    """Return how far a row reaches that the page cuts: text right below the last rule, or above the first one.

    It is a row if its text stands in the columns that are known, in half of them or more where the row begins, and
    if hardly anything else stands between it and the end of the page.

    Args:
        page: N characters.
        free: N flags: characters that are in no other table.
        sides: Where the rules begin and end, x in points.
        y: The last rule of a page, or the first.
        known: x of the inner column lines, None where they are not known: then only the room around is looked at.
        is_below: Whether the row is looked for below the rule.
    """
    boxes = page.boxes[free]
    beyond = (boxes[:, 1] + boxes[:, 3]) / 2 > y if is_below else (boxes[:, 1] + boxes[:, 3]) / 2 < y
    boxes = boxes[beyond]
    if not len(boxes):
        return None
    height = float(np.median(boxes[:, 3] - boxes[:, 1]))
    far = (boxes[:, 3] - y if is_below else y - boxes[:, 1]).astype(np.float64)
    near = (boxes[:, 1] - y if is_below else y - boxes[:, 3]).astype(np.float64)
    order = np.argsort(near, kind="stable")
    reach = np.maximum.accumulate(np.append(0.0, far[order]))[:-1]
    room = np.where(reach > 0, _CUT_ROW_GAP, _CUT_ROW_PAD) * height
    apart = np.flatnonzero(near[order] - reach > room)
    count = int(apart[0]) if len(apart) else len(order)
    own, rest = boxes[order[:count]], boxes[order[count:]]
    if not count or (len(rest) and float(rest[:, 3].max() - rest[:, 1].min()) > _FURNITURE_LINES * height):
        return None
    is_inside = (own[:, 0] > sides[0] - _SIDE_PT) & (own[:, 2] < sides[1] + _SIDE_PT)
    if not is_inside.all() or (known is not None and not _fits(own, known, _FILLED * is_below)):
        return None
    return float(own[:, 3].max()) + 1 if is_below else float(own[:, 1].min()) - 1


def _fits(boxes: Floats, known: Floats, least: float) -> bool:
    """Tell whether no letter stands over a column line, and whether at least a share of the columns holds some."""
    over = (boxes[:, :1] < known - _STEP_PT) & (boxes[:, 2:3] > known + _STEP_PT)
    filled = len(np.unique(np.searchsorted(known, (boxes[:, 0] + boxes[:, 2]) / 2)))
    return not over.any() and filled >= least * (len(known) + 1)


def _drop_doubles(ys: Floats, centers: Floats) -> Floats:
    """Leave out the second of two rules with nothing between them."""
    keep = [True]
    for low, high in pairwise(ys.tolist()):
        keep.append(high - low > _EMPTY_PT or bool(((centers > low) & (centers < high)).any()))
    found: Floats = ys[np.array(keep)]
    return found


def _cover(boxes: Floats, band: Ints, bands: int, x0: float) -> Bools:
    """Bands × steps: where a band has letters; a line's white space is free."""
    start = np.maximum(np.floor((boxes[:, 0] - x0) / _STEP_PT + 0.2).astype(np.int32), 0)
    end = np.maximum(np.ceil((boxes[:, 2] - x0) / _STEP_PT - 0.2).astype(np.int32), start + 1)
    marks = np.zeros((bands, int(end.max()) + 2), dtype=np.int32)
    np.add.at(marks, (band, start), 1)
    np.add.at(marks, (band, end), -1)
    found: Bools = np.cumsum(marks, axis=1) > 0
    return found


def _header_room(cover: Bools, at: int) -> int:
    """Return how many free steps of a band lie around one."""
    before, after = np.flatnonzero(cover[:at]), np.flatnonzero(cover[at:])
    return int(at + after[0] - before[-1] - 1) if len(before) and len(after) else 0


def _keep_known(cover: Bools, known: Floats, least: float) -> list[tuple[int, int]]:
    """Return the places of known column lines if hardly any band crosses one and most columns hold text, else none."""
    places = np.round(known / _STEP_PT).astype(np.int32)
    if not len(places) or (least and int(places[-1]) >= cover.shape[1]):
        return []
    cover = np.pad(cover, ((0, 0), (0, max(0, int(places[-1]) + 1 - cover.shape[1]))))
    parts = np.split(cover, places, axis=1)
    filled = np.stack([part.any(axis=1) for part in parts], axis=1)
    is_fit = cover[:, places].mean(axis=0).max() <= _CROSSED and filled.mean(axis=1).max() >= least
    return [(place, place) for place in places.tolist()] if is_fit else []


def _find_gaps(cover: Bools, em: float) -> list[tuple[int, int]]:
    """Return the stretches that few bands cross and that have text on both sides in most of them, left to right.

    A narrow one that no band crosses counts where the first band, the header, has wide room, or where bands are many.
    """
    crossed = cover.sum(axis=0)
    left = np.logical_or.accumulate(cover, axis=1)
    right = np.logical_or.accumulate(cover[:, ::-1], axis=1)[:, ::-1]
    is_free = crossed <= _CROSSED * len(cover)
    edges = np.flatnonzero(np.diff(np.concatenate(([False], is_free, [False])).astype(np.int8)))
    least = max(_MIN_GAP_PT, _MIN_GAP_EM * em) / _STEP_PT
    found = []
    for start, end in zip(edges[::2].tolist(), edges[1::2].tolist(), strict=True):
        run = crossed[start:end]
        best = np.flatnonzero(run == run.min())
        start, end = start + int(best[0]), start + int(best[-1]) + 1  # noqa: PLW2901 - the part that fewest bands cross
        parted = left[:, start] & right[:, end - 1] & ~cover[:, start:end].any(axis=1)
        is_told = len(cover) >= _MANY_BANDS or _header_room(cover[0], start) * _STEP_PT >= em
        is_wide = end - start >= least or (is_told and run.min() == 0 and end - start >= _NARROW_PT / _STEP_PT)
        if is_wide and parted.sum() >= _FILLED * len(cover):
            found.append((start, end))
    return _drop_unlabelled(found, cover[0], least)


def _drop_unlabelled(gaps: list[tuple[int, int]], header: Bools, least: float) -> list[tuple[int, int]]:
    """Leave out narrow gaps that cut a column off below no label: the room that letters keep from figures (5 月).

    In few bands such room may stand below itself by chance.
    """
    kept = list(gaps)
    narrow = sorted((gap for gap in gaps if gap[1] - gap[0] < least), key=lambda gap: gap[1] - gap[0])
    for gap in narrow:
        at = kept.index(gap)
        before = kept[at - 1][1] if at else 0
        after = kept[at + 1][0] if at + 1 < len(kept) else len(header)
        if not header[before : gap[0]].any() or not header[gap[1] : after].any():
            kept.remove(gap)
    return kept
