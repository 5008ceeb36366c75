"""One page as one reader understands it."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from planextract.layout.lattice import Grid
from planextract.layout.lines import assign_all, make_lines, make_table, make_texts
from planextract.model.page import Ints, PageArrays
from planextract.model.source import SourceBlock, SourceMarkup, SourceTable

_ACROSS_SHARE = 0.35  # of a character's width: it stands across the side of its cell
_ACROSS_COUNT = 3  # characters on a page from which on the lattice is in doubt


@dataclass(frozen=True, slots=True, kw_only=True)
class PageReading:
    """The blocks of a page in reading order, every character read, and what the reader doubts.

    ``doubts`` are short reasons: an inconsistent grid, characters across a rule, private code points.
    """

    blocks: tuple[SourceBlock, ...]
    printed: str
    doubts: tuple[str, ...] = ()

    @property
    def tables(self) -> tuple[SourceTable, ...]:
        """The tables of the page."""
        return tuple(block for block in self.blocks if isinstance(block, SourceTable))


def read_with_grids(page: PageArrays, grids: tuple[Grid, ...]) -> PageReading:
    """Lay a page's characters into known grids; the rest is text around them, mark-up what is hidden or doubled."""
    cell, starts = assign_all(page, grids)
    lines = make_lines(page, cell)
    placed: list[tuple[float, SourceBlock]] = [
        (float(grid.ys[0]), make_table(page, grid, int(start), lines))
        for grid, start in zip(grids, starts, strict=True)
    ]
    placed.extend(make_texts(page, lines))
    placed.sort(key=lambda item: item[0])
    spare = [
        SourceMarkup(page=page.page_number, raw_text=text, reason=reason)
        for text, reason in ((page.hidden, "hidden"), (lines.doubled, "drawn_twice"))
        if text.strip()
    ]
    printed = page.codes.astype("<u4").tobytes().decode("utf-32-le", errors="replace") + page.hidden
    return PageReading(
        blocks=(*(block for _, block in placed), *spare),
        printed=printed,
        doubts=_find_doubts(page, grids, cell, starts),
    )


def count_broken(codes: Ints) -> int:
    """Count code points that are no text: private use, replacement and control characters."""
    broken = ((codes >= 0xE000) & (codes <= 0xF8FF)) | (codes == 0xFFFD) | (codes < 32)
    return int(np.count_nonzero(broken))


def _find_doubts(page: PageArrays, grids: tuple[Grid, ...], cell: Ints, starts: Ints) -> tuple[str, ...]:
    """Check a page's own reading; an empty result asks no second reader."""
    doubts = ["inconsistent_grid"] if any(not grid.is_consistent for grid in grids) else []
    if sum(_count_across(page, grid, cell - start) for grid, start in zip(grids, starts, strict=True)) >= _ACROSS_COUNT:
        doubts.append("characters_across_rules")
    if count_broken(page.codes):
        doubts.append("broken_characters")
    return tuple(doubts)


def _count_across(page: PageArrays, grid: Grid, number: Ints) -> int:
    """Count characters that stand across the left or right side of their cell."""
    own = (number >= 0) & (number < len(grid.spans))
    boxes, spans = page.boxes[own], grid.spans[number[own]]
    left, right = grid.xs[spans[:, 1]], grid.xs[spans[:, 1] + spans[:, 3]]
    slack = _ACROSS_SHARE * (boxes[:, 2] - boxes[:, 0])
    return int(np.count_nonzero((boxes[:, 0] < left - slack) | (boxes[:, 2] > right + slack)))
