"""Running text set in columns: which characters and tables of a page are read first.

A gutter is a strip that few lines cross, with lines of running text on both sides, most of them full: the columns of a
table without rules, or a list of names and figures, are read line by line as before. Lines, tables and rules that cross
a gutter (titles, headings, a box) part the page into zones; in a zone one column is read behind the other. A heading
too short to reach the gutter parts them too, where every other column leaves its line blank and room or size set it
apart.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import pairwise

import numpy as np

from planextract.layout.thresholds import GEOMETRY
from planextract.model.page import Bools, Floats, Ints, PageArrays, middles_x, middles_y

_T = GEOMETRY.text_columns
_FULL_IN_EVEN, _FULL_IN_OTHERS = (0.12, 0.2), (0.35, 0.5)  # shares of full lines: of either column, of both
_EM = _T.em_of_height
_NONE = np.empty((0, 4), dtype=np.float32)


@dataclass(frozen=True, slots=True, kw_only=True)
class ColumnOrder:
    """Numbers by which a page is read: -1 first, -2 for what follows, and so on.

    Attributes:
        cell: N cell numbers; those outside tables are numbered so.
        tables: The numbers of the page's tables.
        is_unsure: Whether it is not certain that a line stands over all columns, or in one of them.
    """

    cell: Ints
    tables: Ints
    is_unsure: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class _Rows:
    """R rows of K columns from the top of the page: centers and heights, where text stands, what crosses a gutter."""

    center: Floats
    height: Floats
    has: Bools
    crossed: Bools


def order_columns(boxes: Floats, cell: Ints, tables: Floats = _NONE, rules: Floats = _NONE) -> ColumnOrder:
    """Number the characters outside tables, and the tables, by the order in which their columns are read.

    Args:
        boxes: N × 4 of x0, top, x1, bottom.
        cell: N cell numbers, negative outside tables.
        tables: T × 4 boxes of the page's tables.
        rules: M × 4 boxes of level rules.

    Returns:
        The numbers; on pages without columns all are -1.
    """
    outside = np.flatnonzero(cell < 0)
    plain = ColumnOrder(cell=cell, tables=np.full(len(tables), -1, dtype=np.int32))
    if len(outside) < _T.min_chars:
        return plain
    own = boxes[outside]
    height = _usual_height(own)
    tiles, owner = _tile(tables, height)
    every = np.concatenate([own, tiles])
    row = _number_rows(every, height)
    gutters = _find_gutters(own, row[: len(own)], height)
    if not len(gutters):
        return plain
    middle = gutters.mean(axis=1)
    column = np.searchsorted(middle, middles_x(every))
    rows = _describe_rows(every, row, column, gutters)
    rules = rules[~_belong_to_tables(rules, tables, height)]
    over = _run_over(rules, gutters, height)
    levels = middles_y(rules)
    cut = np.searchsorted(np.sort(levels[over]), rows.center)
    lone, is_unsure = _find_lone(
        rows, cut, levels[~over], np.searchsorted(middle, (rules[~over, 0] + rules[~over, 2]) / 2)
    )
    zone = _number_zones(rows.crossed | lone, cut)
    number = -1 - (zone[row] * (len(gutters) + 1) + np.where((rows.crossed | lone)[row], 0, column))
    numbered = cell.copy()
    numbered[outside] = number[: len(own)]
    firsts = np.searchsorted(owner, np.arange(len(tables)))
    return ColumnOrder(
        cell=numbered,
        tables=number[len(own) :][firsts].astype(np.int32) if len(tables) else plain.tables,
        is_unsure=is_unsure,
    )


def _tile(tables: Floats, height: float) -> tuple[Floats, Ints]:
    """Return boxes as high as a line that fill the tables, and the table of each."""
    tiles, owner = [_NONE], [np.empty(0, dtype=np.int32)]
    for index, (x0, top, x1, bottom) in enumerate(tables.tolist()):
        edges = np.linspace(top, bottom, max(1, round((bottom - top) / height)) + 1)
        sides = np.full(len(edges) - 1, 1.0)
        tiles.append(np.stack([x0 * sides, edges[:-1], x1 * sides, edges[1:]], axis=1).astype(np.float32))
        owner.append(np.full(len(edges) - 1, index, dtype=np.int32))
    return np.concatenate(tiles), np.concatenate(owner)


def _number_rows(boxes: Floats, height: float) -> Ints:
    """Return the row of each character, from the top of the page, whatever column it stands in."""
    center = middles_y(boxes)
    order = np.argsort(center, kind="stable")
    row = np.empty(len(boxes), dtype=np.int32)
    row[order] = np.append(0, np.cumsum(np.diff(center[order]) > _T.row_gap * height * _EM))
    return row


def is_set_in_columns(free: Floats, held: Floats) -> bool:
    """Tell whether what looks like a table is running text of a page that is set in columns of one width.

    Args:
        free: Boxes of the page's characters outside ruled tables.
        held: Boxes of the characters in question.
    """
    if len(free) < _T.min_chars or not len(held):
        return False
    height = _usual_height(free)
    gutters = _find_gutters(free, _number_rows(free, height), height)
    if not len(gutters):
        return False
    parts = [free[part] for part in _part_columns(free, _number_rows(free, height), gutters)]
    widths = [float(part[:, 2].max() - part[:, 0].min()) for part in parts]
    if max(widths) - min(widths) > _T.even * max(widths):
        return False
    return min(_measure_gutters(held, _number_rows(held, height), gutters, is_known=True)) >= 0


def drop_column_rules(page: PageArrays) -> PageArrays:
    """Leave out the upright rules that part columns of running text: no level rule meets them."""
    rules = page.verticals
    if len(page.codes) < _T.min_chars or not len(rules):
        return page
    height = _usual_height(page.boxes)
    is_long = rules[:, 3] - rules[:, 1] > _T.rule_lines * height
    if not is_long.any():
        return page
    x, levels = (rules[:, :1] + rules[:, 2:3]) / 2, page.horizontals
    near = (levels[:, 0] < x + _T.touch_pt) & (levels[:, 2] > x - _T.touch_pt)
    y = middles_y(levels)
    meets = (y > rules[:, 1:2] - _T.touch_pt) & (y < rules[:, 3:4] + _T.touch_pt)
    is_free = is_long & ~(near & meets).any(axis=1)
    if not is_free.any():
        return page
    gutters = _find_gutters(page.boxes, _number_rows(page.boxes, height), height)
    room = gutters[:, 1] - x
    between = ((room > -_T.touch_pt) & (room < _T.widest_gutter * height)).any(axis=1)
    return replace(page, verticals=rules[~(is_free & between)])


def _usual_height(boxes: Floats) -> float:
    return float(np.median(boxes[:, 3] - boxes[:, 1]))


def _find_gutters(boxes: Floats, row: Ints, height: float) -> Floats:
    """Return the left and right sides of the gutters between columns of running text, from the left."""
    strips = _find_strips(boxes, height)
    kept = [strip for place, strip in enumerate(strips) if _may_part(boxes, row, strips, place)]
    found: Floats = np.array(kept, dtype=np.float32).reshape(-1, 2)
    while len(found):
        excess = _measure_gutters(boxes, row, found)
        if min(excess) >= 0:
            break
        found = np.delete(found, int(np.argmin(excess)), axis=0)
    return found


def _may_part(boxes: Floats, row: Ints, strips: list[Floats], place: int) -> bool:
    """Tell whether a strip parts columns if it is the page's only gutter, or if its neighbours are gutters too."""
    left = strips[place - 1][1] if place else -np.inf
    right = strips[place + 1][0] if place + 1 < len(strips) else np.inf
    near = (boxes[:, 0] >= left) & (boxes[:, 2] <= right)
    strip = strips[place][None]
    return max(_measure_gutters(boxes, row, strip)[0], _measure_gutters(boxes[near], row[near], strip)[0]) >= 0


def _measure_gutters(boxes: Floats, row: Ints, gutters: Floats, *, is_known: bool = False) -> list[float]:
    """Return by how much the columns at each gutter are more than hardly running text, where no line crosses any."""
    if not len(boxes):
        return [-2.0] * len(gutters)
    parts = _part_columns(boxes, row, gutters)
    return [_running_excess(boxes[a], row[a], boxes[b], row[b], is_known=is_known) for a, b in pairwise(parts)]


def _part_columns(boxes: Floats, row: Ints, gutters: Floats) -> list[Bools]:
    """Tell for each column which characters stand in it, in rows that cross no gutter."""
    is_crossing = ((boxes[:, :1] < gutters[:, 1]) & (boxes[:, 2:3] > gutters[:, 0])).any(axis=1)
    crossed = np.zeros(int(row.max()) + 1, dtype=bool)
    crossed[row[is_crossing]] = True
    column = np.where(crossed[row], -1, np.searchsorted(gutters.mean(axis=1), middles_x(boxes)))
    return [column == number for number in range(len(gutters) + 1)]


def _find_strips(boxes: Floats, height: float) -> list[Floats]:
    """Return the strips that fewer characters stand on than usual, left of where many lines begin."""
    left, right = float(boxes[:, 0].min()), float(boxes[:, 2].max())
    size = int(right - left) + 2
    covered = np.zeros(size + 1, dtype=np.int64)
    np.add.at(covered, (boxes[:, 0] - left).astype(np.int64), 1)
    np.add.at(covered, np.ceil(boxes[:, 2] - left).astype(np.int64), -1)
    covered = np.cumsum(covered)[:size]
    usual = float(np.median(covered))
    wide, narrowest = max(1, int(_T.min_gutter * height * _EM)), int(_T.min_width * height * _EM)
    low, high = narrowest, size - narrowest
    if usual <= 0 or high - low <= wide:
        return []
    # A title crosses the gutter and leaves room between its letters: the strip is taken as wide as a gutter must be.
    level = np.lib.stride_tricks.sliding_window_view(covered[low:high], wide).max(axis=1)
    ends = low + np.arange(len(level)) + wide
    jump = np.maximum(covered[np.minimum(ends, size - 1)], covered[np.minimum(ends + 1, size - 1)])
    # Indented lines begin farther right: how few lines stand on a strip counts more than how many begin behind it.
    around = np.lib.stride_tricks.sliding_window_view(np.pad(level, narrowest, mode="edge"), 2 * narrowest + 1)
    excess = level - around.min(axis=1)
    score = np.where(level <= _T.rarely_crossed * usual, jump - level - _T.level_weight * excess, 0.0)
    strips: list[Floats] = []
    while score.max() > 0:
        best = len(score) - 1 - int(np.argmax(score[::-1]))
        strips.append(np.array([ends[best] - wide, ends[best]], dtype=np.float32) + np.float32(left))
        score[max(best - narrowest, 0) : best + narrowest] = 0.0
    return sorted(strips, key=lambda strip: float(strip[0]))


def _running_excess(left: Floats, left_row: Ints, right: Floats, right_row: Ints, *, is_known: bool = False) -> float:
    """Return by how much the sides of a gutter are more than hardly running text; negative where they are not.

    Running text: rows, wide, many of them full. Columns of one width are a page's make-up; of other ones, or where
    there are few rows, more lines must be full.
    """
    shares, widths, counts = [], [], []
    for boxes, row in ((left, left_row), (right, right_row)):
        rows = np.unique(row)
        if len(rows) < _T.min_rows_in_zone:
            return -2.0
        reach, start = float(boxes[:, 2].max()), float(boxes[:, 0].min())
        em = float(np.median(boxes[:, 2] - boxes[:, 0]))
        if reach - start < _T.min_width * em:
            return -1.0
        ends = np.full(int(rows.max()) + 1, -np.inf)
        np.maximum.at(ends, row, boxes[:, 2])
        shares.append(float((ends[rows] > reach - _T.full * em).mean()))
        widths.append(reach - start)
        counts.append(len(rows))
    is_even = max(widths) - min(widths) < _T.even * max(widths)
    is_usual = is_known or (is_even and min(counts) >= _T.min_rows)
    least, usual = _FULL_IN_EVEN if is_usual else _FULL_IN_OTHERS
    return min(min(shares) - least, sum(shares) / 2 - usual)


def _describe_rows(boxes: Floats, row: Ints, column: Ints, gutters: Floats) -> _Rows:
    count = int(row.max()) + 1
    has = np.zeros((count, len(gutters) + 1), dtype=bool)
    has[row, column] = True
    crossed = np.zeros(count, dtype=bool)
    crossed[row[((boxes[:, :1] < gutters[:, 1]) & (boxes[:, 2:3] > gutters[:, 0])).any(axis=1)]] = True
    center: Floats = np.bincount(row, weights=middles_y(boxes), minlength=count) / np.bincount(row, minlength=count)
    height = np.zeros(count)
    np.maximum.at(height, row, boxes[:, 3] - boxes[:, 1])
    return _Rows(center=center.astype(np.float32), height=height.astype(np.float32), has=has, crossed=crossed)


def _find_lone(rows: _Rows, cut: Ints, level: Floats, rule_column: Ints) -> tuple[Bools, bool]:
    """Find rows that stand over all columns without crossing a gutter, and tell whether one is unsure.

    Such a row leaves the other columns blank, which go on below it or end above it. Beside a rule (a drawing's) they
    are not blank.

    Args:
        rows: R rows.
        cut: How many rules run over a gutter above each row.
        level: y of M other level rules.
        rule_column: Their columns.
    """
    lone = np.zeros(len(rows.center), dtype=bool)
    is_unsure = False
    step: Floats = np.diff(rows.center)
    pitch = _usual_pitch(rows)
    usual = float(np.median(rows.height))
    for index in np.flatnonzero((rows.has.sum(axis=1) == 1) & ~rows.crossed).tolist():
        column = int(np.argmax(rows.has[index]))
        first, behind = _zone_of(rows.crossed | lone, cut, index)
        others = np.asarray(np.delete(rows.has, column, axis=1).any(axis=1), dtype=bool)
        goes_on, is_head = bool(others[index + 1 : behind].any()), not others[first:index].any()
        if (is_head or behind == len(lone)) and not goes_on:
            continue
        low, high = _find_room(rows.center, others, (first, index, behind), pitch)
        if ((level > low) & (level < high) & (rule_column != column)).any():
            continue
        above = float(step[index - 1]) if index else np.inf
        below = float(step[index]) if index < len(step) else np.inf
        is_other_size = abs(rows.height[index] - usual) > _T.other_size * usual
        apart = [above > _T.apart * pitch, below > _T.apart * pitch]
        if is_head:
            # At the head of a zone the left column is read first in any case.
            is_blank = high - float(rows.center[index]) > _T.blank * pitch
            lone[index] = column > 0 and index - first < _T.lone_rows and is_blank
            continue
        if not others[max(index - _T.lone_rows, first) : index].any():
            # They ended before: a heading of this column, or of all; of all if they go on.
            lone[index] = goes_on and is_other_size and all(apart)
            is_unsure |= bool(is_other_size and all(apart) and not goes_on)
            continue
        lone[index] = all(apart) or (is_other_size and any(apart))
        is_unsure |= bool(apart[0] and not lone[index])
    return lone, is_unsure


def _find_room(center: Floats, others: Bools, place: tuple[int, int, int], pitch: float) -> tuple[float, float]:
    """Return the upper and lower end of the room that the other columns leave beside a row of a zone."""
    first, index, behind = place
    above, below = np.flatnonzero(others[first:index]), np.flatnonzero(others[index + 1 : behind])
    low = float(center[first + above[-1]]) if len(above) else float(center[first]) - 2 * pitch
    high = float(center[index + 1 + below[0]]) if len(below) else float(center[behind - 1]) + 2 * pitch
    return low, high


def _usual_pitch(rows: _Rows) -> float:
    """Return the usual distance of the lines of a column."""
    steps = [np.diff(rows.center[rows.has[:, column]]) for column in range(rows.has.shape[1])]
    return float(np.median(np.concatenate(steps)))


def _zone_of(crossed: Bools, cut: Ints, index: int) -> tuple[int, int]:
    """Return the first row, and the row behind the last, of the rows around one that nothing crosses or parts."""
    ends = crossed | (cut != cut[index])
    above, below = np.flatnonzero(ends[:index]), np.flatnonzero(ends[index:])
    return int(above[-1]) + 1 if len(above) else 0, index + int(below[0]) if len(below) else len(crossed)


def _belong_to_tables(rules: Floats, tables: Floats, height: float) -> Bools:
    """Tell which level rules are those of tables."""
    y: Floats = (rules[:, 1:2] + rules[:, 3:4]) / 2
    reach = _EM * height
    inside = (y > tables[:, 1] - reach) & (y < tables[:, 3] + reach)
    inside &= (rules[:, 2:3] > tables[:, 0] - reach) & (rules[:, :1] < tables[:, 2] + reach)
    return np.asarray(inside.any(axis=1), dtype=bool)


def _run_over(rules: Floats, gutters: Floats, height: float) -> Bools:
    """Tell which level rules run over a gutter."""
    reach = height * _EM
    over = (rules[:, :1] < gutters[:, 0] - reach) & (rules[:, 2:3] > gutters[:, 1] + reach)
    return np.asarray(over.any(axis=1), dtype=bool)


def _number_zones(is_across: Bools, cut: Ints) -> Ints:
    """Return the zone of each row: a new one begins where lines begin or end to run across, and at each cut."""
    opens = np.append(False, (is_across[1:] != is_across[:-1]) | (cut[1:] != cut[:-1]))
    return np.cumsum(opens).astype(np.int32)
