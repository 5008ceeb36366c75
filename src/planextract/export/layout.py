"""How wide columns and how high rows must be: Excel does not fit rows to merged cells by itself."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from itertools import pairwise

from planextract.export.plan_grid import PlanGrid
from planextract.model.roles import ROLES, Role

STANDARD_FONT = {"font_name": "宋体", "font_size": 11}
"""The font that a workbook counts the widths of its columns in: one that every office program here has, or replaces by
one as wide. In Calibri, which only some have, the same columns are a seventh wider or not, and pages end elsewhere."""

_DIGIT_PX, _HALF_PX = 8.0, 7.0  # a digit of the standard font; half a Chinese character of 10.5 points
_PAGE_WIDTH = 146.0  # characters across an A4 page on its side at about 85 %
_MEASURE_WIDTH = (40.0, 78.0)
LINE_PT = 15.0  # a line of 10.5 pt
_PADDING_PT = 7.0
_LEAST_PT = 24.0
_PAGE_PT = (842 - 72, 595 - 94)  # A4 on its side without margins
MOST_PT = 390.0  # Excel's limit is 409


def column_widths(roles: Sequence[Role]) -> list[float]:
    """Return widths in characters of Excel's standard font: measures take what the page leaves."""
    others = sum(ROLES[role].width or 0.0 for role in roles)
    measure = min(max(_PAGE_WIDTH - others, _MEASURE_WIDTH[0]), _MEASURE_WIDTH[1])
    return [ROLES[role].width or measure for role in roles]


def text_height(text: str | int, width: float) -> float:
    """Return the height in points that a text needs in a column; a Chinese character is two characters wide."""
    room = max(
        width * _DIGIT_PX / _HALF_PX - 2.0, 2.0
    )  # margins, and what a line leaves free before a mark that may not begin the next
    lines = sum(max(1, -(-int(_text_width(line) * 100) // int(room * 100))) for line in str(text).split("\n"))
    return lines * LINE_PT + _PADDING_PT


def row_heights(grid: PlanGrid, widths: Sequence[float]) -> list[float]:
    """Return the height of each row below the header; where a merged cell needs more, its rows share it."""
    heights = [_LEAST_PT] * grid.row_count
    for cell in sorted(grid.cells, key=lambda c: c.row_span):
        span = range(cell.row, cell.row + cell.row_span)
        missing = text_height(cell.text, sum(widths[cell.col : cell.col + cell.col_span])) - sum(
            heights[r] for r in span
        )
        if missing > 0:
            for row in span:
                heights[row] += missing / len(span)
    return [round(height * 4) / 4 for height in heights]


def header_height(grid: PlanGrid, widths: Sequence[float]) -> float:
    """Return the height of one header row."""
    needed = [
        text_height(cell.text, sum(widths[cell.col : cell.col + cell.col_span])) / cell.row_span for cell in grid.header
    ]
    return max(27.0, *needed)


def print_scale(widths: Sequence[float]) -> int:
    """Return the scale in percent at which the columns fill the width of a page."""
    width_pt = sum(width * _DIGIT_PX + 5 for width in widths) * 0.75
    return max(10, min(100, int(_PAGE_PT[0] * 0.98 / width_pt * 100)))


def page_height(widths: Sequence[float]) -> float:
    """Return the height in points, before scaling, that fits on a page; a little less, for fonts differ."""
    return _PAGE_PT[1] * 0.96 * 100 / print_scale(widths)


def find_blocks(grid: PlanGrid) -> list[int]:
    """Return the rows at which a page may begin: where no merged cell goes on, and not right below a section row."""
    inside = {row for cell in grid.cells for row in range(cell.row + 1, cell.row + cell.row_span)}
    below = {row + 1 for row in grid.section_rows}
    return [row for row in range(grid.row_count) if row not in inside and row not in below]


def find_page_starts(
    blocks: Sequence[int], heights: Sequence[float], head_pt: float, top_pt: float, page_pt: float
) -> list[int]:
    """Return the rows before which a page is broken, so that no block is cut that fits on a page of its own.

    A break stands before each block that does not fit on the rest of its page, also where only its first row does not:
    with other fonts a page ends a row later, and would cut it.

    Args:
        blocks: Rows at which a page may begin, ascending.
        heights: Height of each row in points.
        head_pt: Height of the header that every page repeats.
        top_pt: Height of what stands above the rows on the first page.
        page_pt: Height of a page.
    """
    starts = []
    used = top_pt
    for first, following in pairwise([*blocks, len(heights)]):
        height = sum(heights[first:following])
        if used + height > page_pt and used > head_pt and (height <= page_pt - head_pt or used > 0.6 * page_pt):
            starts.append(first)
            used = head_pt
        used += height
        while used > page_pt:  # a block longer than a page goes on by itself
            used -= page_pt - head_pt
    return starts


def _text_width(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(char) in "WFA" else 1 for char in text)
