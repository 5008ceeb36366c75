"""Rows between colored rows: where every other row is shaded, the white ones have no sides of their own."""

from __future__ import annotations

from itertools import pairwise

import numpy as np

from planextract.layout.thresholds import GEOMETRY
from planextract.model.page import Bools, Floats, PageArrays, middles_x, middles_y

_SAME_PT = GEOMETRY.stripes.same_pt
_LEAST_COLUMNS = GEOMETRY.stripes.least_columns
_MOST_COLUMNS = GEOMETRY.stripes.most_columns
_FURNITURE = GEOMETRY.banded.furniture_lines
_LINE_GAP = GEOMETRY.stripes.line_gap
_PAD = GEOMETRY.stripes.pad
_CORE = GEOMETRY.stripes.core

_Row = tuple[float, float, list[float]]  # top, bottom, x of its column lines


def stripes_to_strokes(page: PageArrays, tiles: Floats) -> Floats:
    """Return the column rules of white rows between, and below, colored rows of one table.

    Args:
        page: N characters.
        tiles: T × 4 of the colored areas that are a table's.

    Returns:
        K × 4 of x0, top, x1, bottom of vertical strokes of no thickness.
    """
    rows = find_tile_rows(tiles)
    strokes: list[tuple[float, float, float, float]] = []
    for number, (top, bottom, xs) in enumerate(rows):
        below = next((row for row in rows[number + 1 :] if is_same_columns(row[2], xs)), None)
        end = below[0] if below is not None else _find_end(page, bottom, xs) if strokes else None
        if end is None or end - bottom <= _SAME_PT:
            continue
        others = (row for row in rows if row is not below and row[0] > top)
        if any(row[0] < end - 1 and row[1] > bottom + 1 for row in others):
            continue
        if _holds_cells(page, (bottom, end), xs):
            strokes.extend((x, bottom, x, end) for x in xs)
    if rows and len(rows[0][2]) > _LEAST_COLUMNS + 1:
        top, _, xs = rows[0]
        start = _find_start(page, top, xs)
        if start is not None and _holds_cells(page, (start, top), xs, least=_MOST_COLUMNS * (len(xs) - 1)):
            strokes.extend((x, start, x, top) for x in xs)
    return np.array(strokes, dtype=np.float32).reshape(-1, 4)


def find_tile_rows(tiles: Floats) -> list[_Row]:
    """Group areas of one height that stand side by side into rows, from top to bottom."""
    rows: list[_Row] = []
    tiles = np.unique(np.round(tiles, 1), axis=0)  # some producers draw each twice
    order = np.lexsort((tiles[:, 0], np.round(tiles[:, 3]), np.round(tiles[:, 1])))
    group: list[list[float]] = []
    for tile in [*tiles[order].tolist(), None]:
        if tile is not None and group and _stands_beside(group[-1], tile):
            group.append(tile)
            continue
        if len(group) >= _LEAST_COLUMNS:
            xs = [group[0][0], *((a[2] + b[0]) / 2 for a, b in pairwise(group)), group[-1][2]]
            rows.append((group[0][1], group[0][3], xs))
        group = [] if tile is None else [tile]
    return rows


def _stands_beside(left: list[float], right: list[float]) -> bool:
    return abs(right[1] - left[1]) <= 1 and abs(right[3] - left[3]) <= 1 and abs(right[0] - left[2]) <= _SAME_PT


def is_same_columns(first: list[float], second: list[float]) -> bool:
    """Tell whether two rows have the same column lines."""
    return len(first) == len(second) and all(abs(a - b) <= _SAME_PT for a, b in zip(first, second, strict=True))


def _inside(page: PageArrays, xs: list[float]) -> tuple[Floats, Bools]:
    boxes = page.boxes
    middle = middles_x(boxes)
    return boxes, (middle > xs[0]) & (middle < xs[-1])


def _find_end(page: PageArrays, top: float, xs: list[float]) -> float | None:
    """Return where the white row below the last colored one ends: below its last line; None where there is none."""
    boxes, inside = _inside(page, xs)
    own = boxes[inside & (middles_y(boxes) > top)]
    if not len(own):
        return None
    own = own[np.argsort(own[:, 1], kind="stable")]
    height = float(np.median(own[:, 3] - own[:, 1]))
    reach = top + (_PAD - _LINE_GAP) * height
    for box in own.tolist():
        if box[1] > reach + _LINE_GAP * height:
            break
        reach = max(reach, box[3])
    return reach + 1.0 if reach > top + height else None


def _find_start(page: PageArrays, bottom: float, xs: list[float]) -> float | None:
    """Return where the white row above the first colored one begins, above its first line; None where there is none.

    It opens the page, but for a running head: what else stands above a table is its caption or a text.
    """
    boxes, inside = _inside(page, xs)
    own = boxes[inside & (middles_y(boxes) < bottom)]
    if not len(own):
        return None
    own = own[np.argsort(-own[:, 3], kind="stable")]
    height = float(np.median(own[:, 3] - own[:, 1]))
    reach = bottom - (_PAD - _LINE_GAP) * height
    for box in own.tolist():
        if box[3] < reach - _LINE_GAP * height:
            break
        reach = min(reach, box[1])
    above = page.boxes[page.boxes[:, 3] < reach]
    if len(above) and float(above[:, 3].max() - above[:, 1].min()) > _FURNITURE * height:
        return None
    return reach - 1.0 if reach < bottom - height else None


def _holds_cells(page: PageArrays, band: tuple[float, float], xs: list[float], least: float = _LEAST_COLUMNS) -> bool:
    """Tell whether a band holds text in as many columns as are asked for, and none across a column line."""
    boxes, inside = _inside(page, xs)
    middle = middles_y(boxes)
    own = boxes[inside & (middle > band[0]) & (middle < band[1])]
    if not len(own):
        return False
    lines = np.array(xs[1:-1])
    slack = _CORE * (own[:, [2]] - own[:, [0]])
    if ((own[:, [0]] < lines - slack) & (own[:, [2]] > lines + slack)).any():
        return False
    column = np.searchsorted(lines, middles_x(own))
    return len(np.unique(column)) >= max(least, _LEAST_COLUMNS) and _has_one_line(own[column == 0])


def _has_one_line(boxes: Floats) -> bool:
    """Tell whether a row's first cell prints one line at most: where there are more, the band may hold several rows."""
    if not len(boxes):
        return True
    middle = np.sort(middles_y(boxes))
    return float(np.diff(middle).max(initial=0.0)) <= _CORE * 2 * float(np.median(boxes[:, 3] - boxes[:, 1]))
