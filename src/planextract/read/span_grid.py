"""Cells with spans, laid on a grid as HTML does it: each at the first free place of its row."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from planextract.read.budget import CellBudget

MAX_SPAN = 1000


@dataclass(frozen=True, slots=True, kw_only=True)
class Placing:
    """Where a cell came to lie: top left grid position, from 0, and the spans that there was room for."""

    row: int
    col: int
    row_span: int
    col_span: int


def place_cells(spans: Sequence[tuple[int, int, int]], budget: CellBudget) -> tuple[list[Placing], int, int]:
    """Place the cells of one table.

    Args:
        spans: Row, row span and column span of each cell, in the order of the source.
        budget: Counts grid positions.

    Returns:
        A placing for each cell, the number of rows and of columns; a row span ends with the table.

    Raises:
        InputError: If the budget is spent.
    """
    row_count = max((row for row, _, _ in spans), default=-1) + 1
    taken: set[tuple[int, int]] = set()
    next_col: dict[int, int] = {}
    placed: list[Placing] = []
    for row, row_span, col_span in spans:
        col = next_col.get(row, 0)
        while (row, col) in taken:
            col += 1
        height, width = min(row_span, row_count - row), 1
        while width < col_span and (row, col + width) not in taken:
            width += 1
        budget.take(height * width)
        taken.update((row + r, col + c) for r in range(height) for c in range(width))
        next_col[row] = col + width
        placed.append(Placing(row=row, col=col, row_span=height, col_span=width))
    col_count = max((cell.col + cell.col_span for cell in placed), default=0)
    budget.take(row_count * col_count - len(taken))
    return placed, row_count, col_count


def parse_span(text: str) -> int:
    """Return a span as written in a document, within 1 to 1000; 1 if it is no number."""
    digits = text.strip()[:9]
    return max(1, min(int(digits), MAX_SPAN)) if digits.isascii() and digits.isdigit() else 1
