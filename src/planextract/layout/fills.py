"""Rules that nobody drew: the sides of colored areas that tile a table, or shade its header.

A side counts where its two sides show different colors, and only on areas that are a table's: tiles that share a
side, bands of one width, a shade that ends at rules. What lies behind the letters of a single line marks them, and a
picture's bars hold no text.
"""

from __future__ import annotations

import numpy as np

from planextract.layout.lattice import Lines
from planextract.layout.paper_gaps import patches_to_strokes
from planextract.layout.stripes import stripes_to_strokes
from planextract.layout.thresholds import GEOMETRY
from planextract.layout.tile_grids import is_in_tile_grid
from planextract.model.page import Bools, Floats, Ints, PageArrays, middles, middles_x, middles_y

_MIN_WIDTH_PT = GEOMETRY.fills.min_width_pt
_MIN_HEIGHT_PT = GEOMETRY.fills.min_height_pt
_MOST = GEOMETRY.fills.most
_PAGE_SHARE = GEOMETRY.fills.page_share
_GAP_PT = GEOMETRY.fills.gap_pt
_SAME_PT = GEOMETRY.fills.same_pt
_STEP_PT = GEOMETRY.fills.step_pt
_SEEN = GEOMETRY.fills.seen
_NEAR_LETTERS_PT = GEOMETRY.fills.near_letters_pt
_LEAST_ROWS = GEOMETRY.fills.least_rows
_SAMPLES = np.linspace(0.06, 0.94, 9)


def fills_to_strokes(page: PageArrays, horizontal: Lines, vertical: Lines) -> tuple[Floats, Floats]:
    """Return the sides of a page's fills that are rules: horizontal and vertical strokes of no thickness.

    Args:
        page: F fills, N characters.
        horizontal: The row rules that are drawn, merged.
        vertical: So the column rules.

    Returns:
        Two arrays, K × 4 and L × 4, of x0, top, x1, bottom.
    """
    none = np.empty((0, 4), dtype=np.float32)
    fills, colors = page.fills, page.fill_colors
    if not len(fills) or len(fills) > _MOST:
        return none, none
    levels, uprights = patches_to_strokes(fills, colors)
    if len(levels):
        return levels, uprights
    size = fills[:, 2:] - fills[:, :2]
    is_large = (size[:, 0] >= _MIN_WIDTH_PT) & (size[:, 1] >= _MIN_HEIGHT_PT)
    chosen = is_large & (colors >= 0) & (size[:, 0] * size[:, 1] < _PAGE_SHARE * page.width * page.height)
    if not chosen.any():
        return none, none
    sides = fills[chosen]
    letters = _count_letters(page, sides)
    keep = _is_tile(sides, letters) | _is_shade(sides, horizontal, vertical)
    keep &= ~_marks_letters(page, sides)
    if not keep.any():
        return none, none
    rows, columns = _see_sides(sides[keep], fills, colors, is_in_tile_grid(page, sides[keep], horizontal))
    return rows, np.concatenate([columns, stripes_to_strokes(page, sides[keep])])


def _count_letters(page: PageArrays, sides: Floats) -> Bools:
    """Tell which areas hold a character."""
    x, y = middles(page.boxes)
    inside = (x > sides[:, [0]]) & (x < sides[:, [2]]) & (y > sides[:, [1]]) & (y < sides[:, [3]])
    return np.logical_or.reduce(inside, axis=1)  # type: ignore[no-any-return]


def _is_tile(sides: Floats, has_letters: Bools) -> Bools:
    """Tell which areas stand in a row or a column with others: a shared side, or three bands of one width."""
    x0, top, x1, bottom = (sides[:, i] for i in range(4))

    def same(values: Floats) -> Bools:
        near: Bools = np.abs(values[:, None] - values[None, :]) <= _SAME_PT
        return near

    beside = same(top) & same(bottom) & (np.abs(x1[:, None] - x0[None, :]) <= _GAP_PT)
    below = same(x0) & same(x1) & (np.abs(bottom[:, None] - top[None, :]) <= _GAP_PT)
    bands = same(x0) & same(x1)
    meets = beside | beside.T | below | below.T
    is_row = (bands.sum(axis=1) >= 3) | meets.any(axis=1)
    group = (meets | bands) & is_row[:, None] & is_row[None, :]
    with_text = (group & has_letters[None, :]).sum(axis=1)
    found: Bools = is_row & (with_text >= 2) & (2 * with_text >= group.sum(axis=1))
    return found


def _is_shade(sides: Floats, horizontal: Lines, vertical: Lines) -> Bools:
    """Tell which areas stand in a ruled table: rules on three of their sides, column rules below or through them."""
    left = _has_rule(vertical, sides[:, 0], sides[:, 1], sides[:, 3])
    right = _has_rule(vertical, sides[:, 2], sides[:, 1], sides[:, 3])
    top = _has_rule(horizontal, sides[:, 1], sides[:, 0], sides[:, 2])
    bottom = _has_rule(horizontal, sides[:, 3], sides[:, 0], sides[:, 2])
    ends, through = _count_columns(vertical, sides)
    found: Bools = ((left & right) & (top | bottom)) | (ends >= 3) | ((top | bottom) & (ends >= 1) & (left | right))
    found |= through >= 3
    return found


def _count_columns(vertical: Lines, sides: Floats) -> tuple[Ints, Ints]:
    """Count the column rules that begin at the foot of an area, and those that go through all of it and on."""
    if not len(vertical.position):
        none = np.zeros(len(sides), dtype=np.int64)
        return none, none
    inside = (vertical.position > sides[:, [0]] - _SAME_PT) & (vertical.position < sides[:, [2]] + _SAME_PT)
    starts = np.abs(vertical.start - sides[:, [3]]) <= _GAP_PT
    covers = (vertical.start <= sides[:, [1]] + _GAP_PT) & (vertical.end >= sides[:, [3]] + _GAP_PT)
    ends: Ints = (inside & starts).sum(axis=1)
    through: Ints = (inside & covers).sum(axis=1)
    return ends, through


def _has_rule(lines: Lines, at: Floats, start: Floats, end: Floats) -> Bools:
    """Tell which of N stretches (``at`` across, ``start`` to ``end`` along) a rule covers for the most part."""
    if not len(lines.position):
        return np.zeros(len(at), dtype=bool)
    near = np.abs(lines.position[None, :] - at[:, None]) <= _SAME_PT
    overlap = np.minimum(lines.end[None, :], end[:, None]) - np.maximum(lines.start[None, :], start[:, None])
    covered = np.where(near, np.maximum(overlap, 0), 0).sum(axis=1)
    found: Bools = covered >= 0.8 * (end - start)
    return found


def _marks_letters(page: PageArrays, sides: Floats) -> Bools:
    """Tell which areas end where the letters of one line end, on both sides: a marked text."""
    boxes = page.boxes
    y = middles_y(boxes)
    found = np.zeros(len(sides), dtype=bool)
    for place, (x0, top, x1, bottom) in enumerate(sides.tolist()):
        x = middles_x(boxes)
        own = boxes[(x > x0) & (x < x1) & (y > top) & (y < bottom)]
        if not len(own) or bottom - top > 1.9 * float(np.median(own[:, 3] - own[:, 1])):
            continue
        reach = float(own[:, 0].min()) - x0, x1 - float(own[:, 2].max())
        found[place] = max(map(abs, reach)) <= _NEAR_LETTERS_PT
    return found


def _see_sides(sides: Floats, fills: Floats, colors: Ints, is_cell: Bools) -> tuple[Floats, Floats]:
    """Return the sides of areas on whose two sides different colors show, or that are cells for certain."""
    x0, top, x1, bottom = (sides[:, i] for i in range(4))
    found: list[Floats] = []
    bands_seen = np.ones(len(sides), dtype=bool)  # both above and below
    for is_horizontal in (True, False):
        low, high = (x0, x1) if is_horizontal else (top, bottom)
        along = low[:, None] + (high - low)[:, None] * _SAMPLES[None, :]
        strokes = []
        for side in (top, bottom) if is_horizontal else (x0, x1):
            across = np.repeat(side[:, None], len(_SAMPLES), axis=1)
            shades = []
            for step in (-_STEP_PT, _STEP_PT):
                points = (along, across + step) if is_horizontal else (across + step, along)
                shades.append(_find_color(points[0].ravel(), points[1].ravel(), fills, colors).reshape(along.shape))
            is_seen = ((shades[0] != shades[1]).mean(axis=1) >= _SEEN) | is_cell
            if not is_horizontal:  # cells of one color side by side: row after row, their sides are the columns
                is_seen |= _recurs(side, top, bands_seen & _touches(sides, side))
            columns = (low, side, high, side) if is_horizontal else (side, low, side, high)
            if is_horizontal:
                bands_seen &= is_seen
            strokes.append(np.stack(columns, axis=1)[is_seen])
        found.append(np.concatenate(strokes).astype(np.float32))
    return found[0], found[1]


def _touches(sides: Floats, side: Floats) -> Bools:
    """Tell which upright sides are also those of another area of the same height: cells, not what lies in them."""
    x0, top, x1, bottom = (sides[:, i] for i in range(4))
    same = (np.abs(top[:, None] - top[None, :]) <= _STEP_PT) & (np.abs(bottom[:, None] - bottom[None, :]) <= _STEP_PT)
    starts = np.abs(side[:, None] - x0[None, :]) <= _STEP_PT
    ends = np.abs(side[:, None] - x1[None, :]) <= _STEP_PT
    return np.logical_or.reduce(same & starts, axis=1) & np.logical_or.reduce(same & ends, axis=1)  # type: ignore[no-any-return]


def _recurs(side: Floats, top: Floats, is_band: Bools) -> Bools:
    """Tell which upright sides of areas that are seen as bands stand at one x in three rows or more."""
    near = (np.abs(side[:, None] - side[None, :]) <= _SAME_PT / 2) & is_band[None, :] & is_band[:, None]
    rows = np.round(top / _SAME_PT)
    found = [len(np.unique(rows[own])) >= _LEAST_ROWS for own in near]
    return np.array(found, dtype=bool)


def _find_color(x: Floats, y: Floats, fills: Floats, colors: Ints) -> Ints:
    """Return the color of the area drawn last at each of N points, -1 for the page."""
    shade = np.full(len(x), -1, dtype=np.int64)
    for (x0, top, x1, bottom), color in zip(fills.tolist(), colors.tolist(), strict=True):
        shade[(x >= x0) & (x <= x1) & (y >= top) & (y <= bottom)] = color
    return shade
