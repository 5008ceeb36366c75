"""Running text set in two columns: which characters outside tables are read first.

A gutter is a strip in the middle of the page that hardly any line crosses. It counts only with lines of running text
on both sides, most of them full: the two columns of a table without rules, or a list of names and figures, are read
line by line as before. Lines that cross the gutter (titles) part the page into zones; in a zone the left column is
read before the right one.
"""

from __future__ import annotations

import numpy as np

from planextract.layout.thresholds import GEOMETRY
from planextract.model.page import Bools, Floats, Ints, middles_y

_MIN_CHARS = GEOMETRY.text_columns.min_chars
_MIDDLE = (0.3, 0.7)  # of the text's width: where a gutter may lie
_RARELY_CROSSED = GEOMETRY.text_columns.rarely_crossed
_MIN_GUTTER = GEOMETRY.text_columns.min_gutter
_MIN_ROWS = GEOMETRY.text_columns.min_rows
_MIN_ROWS_IN_ZONE = GEOMETRY.text_columns.min_rows_in_zone
_MIN_WIDTH = GEOMETRY.text_columns.min_width
_FULL = GEOMETRY.text_columns.full
_EVEN = GEOMETRY.text_columns.even
_FULL_IN_EVEN, _FULL_IN_OTHERS = (0.12, 0.2), (0.35, 0.5)  # shares of full lines: of either column, of both
_ROW_GAP = GEOMETRY.text_columns.row_gap


def order_columns(boxes: Floats, cell: Ints) -> Ints:
    """Number the characters outside tables by the order in which their columns are read.

    Args:
        boxes: N × 4 of x0, top, x1, bottom.
        cell: N cell numbers, negative outside tables.

    Returns:
        N cell numbers; outside tables -1 for what is read first, -2 for what follows, and so on. Pages without
        columns come back as they are.
    """
    outside = np.flatnonzero(cell < 0)
    if len(outside) < _MIN_CHARS:
        return cell
    own = boxes[outside]
    gutter = _find_gutter(own)
    if gutter is None:
        return cell
    middle = (gutter[0] + gutter[1]) / 2
    is_crossing = (own[:, 0] < gutter[1]) & (own[:, 2] > gutter[0])
    is_right = own[:, 0] >= middle
    row = _number_rows(own)
    crossed = np.zeros(int(row.max()) + 1, dtype=bool)
    crossed[row[is_crossing]] = True
    free = ~crossed[row]
    if not (_is_running(own[free & ~is_right], row[free & ~is_right], own[free & is_right], row[free & is_right])):
        return cell
    numbered = cell.copy()
    numbered[outside] = -1 - _number_segments(row, crossed, is_right)
    return numbered


def _find_gutter(boxes: Floats) -> tuple[float, float] | None:
    """Return the left and right side of the strip in the middle that is crossed least, or None."""
    left, right = float(boxes[:, 0].min()), float(boxes[:, 2].max())
    size = int(right - left) + 2
    covered = np.zeros(size + 1, dtype=np.int64)
    np.add.at(covered, (boxes[:, 0] - left).astype(np.int64), 1)
    np.add.at(covered, np.ceil(boxes[:, 2] - left).astype(np.int64), -1)
    covered = np.cumsum(covered)[:size]
    low, high = int(size * _MIDDLE[0]), int(size * _MIDDLE[1])
    usual = float(np.median(covered))
    height = float(np.median(boxes[:, 3] - boxes[:, 1]))
    wide = max(1, int(_MIN_GUTTER * height * 0.75))
    if usual <= 0 or high - low <= wide:
        return None
    # A title crosses the gutter and leaves room between its letters: the strip is taken as wide as a gutter must be.
    level = np.lib.stride_tricks.sliding_window_view(covered[low:high], wide).max(axis=1)
    start = low + int(np.argmin(level))
    end, most = start + wide - 1, level[start - low]
    if most > _RARELY_CROSSED * usual:
        return None
    while start > 0 and covered[start - 1] <= most:
        start -= 1
    while end + 1 < size and covered[end + 1] <= most:
        end += 1
    return left + start, left + end + 1


def _number_rows(boxes: Floats) -> Ints:
    """Return the row of each character, from the top of the page, whatever column it stands in."""
    center = middles_y(boxes)
    height = float(np.median(boxes[:, 3] - boxes[:, 1]))
    order = np.argsort(center, kind="stable")
    row = np.empty(len(boxes), dtype=np.int32)
    row[order] = np.append(0, np.cumsum(np.diff(center[order]) > _ROW_GAP * height * 0.75))
    return row


def _is_running(left: Floats, left_row: Ints, right: Floats, right_row: Ints) -> bool:
    """Tell whether both sides of a gutter hold running text: many rows, wide, many of them full.

    Columns of one width are a page's make-up; of other ones more lines must be full.
    """
    shares, widths = [], []
    for boxes, row in ((left, left_row), (right, right_row)):
        rows = np.unique(row)
        if len(rows) < _MIN_ROWS:
            return False
        reach, start = float(boxes[:, 2].max()), float(boxes[:, 0].min())
        em = float(np.median(boxes[:, 2] - boxes[:, 0]))
        if reach - start < _MIN_WIDTH * em:
            return False
        ends = np.full(int(rows.max()) + 1, -np.inf)
        np.maximum.at(ends, row, boxes[:, 2])
        shares.append(float((ends[rows] > reach - _FULL * em).mean()))
        widths.append(reach - start)
    is_even = max(widths) - min(widths) < _EVEN * max(widths)
    least, usual = _FULL_IN_EVEN if is_even else _FULL_IN_OTHERS
    return min(shares) >= least and sum(shares) / 2 >= usual


def _number_segments(row: Ints, crossed: Bools, is_right: Bools) -> Ints:
    """Return for each character which stretch of reading it belongs to, from 0: titles, left column, right column."""
    has_left, has_right = np.zeros(len(crossed), dtype=np.int64), np.zeros(len(crossed), dtype=np.int64)
    has_left[row[~is_right]] = 1
    has_right[row[is_right]] = 1
    zone = np.cumsum(np.append(True, crossed[1:] != crossed[:-1])) - 1
    count = int(zone[-1]) + 1
    lefts = np.bincount(zone, weights=has_left * ~crossed, minlength=count)
    rights = np.bincount(zone, weights=has_right * ~crossed, minlength=count)
    is_parted = (lefts >= _MIN_ROWS_IN_ZONE) & (rights >= _MIN_ROWS_IN_ZONE)
    return np.asarray(2 * zone[row] + (is_right & is_parted[zone[row]]), dtype=np.int32)
