"""One page as one reader understands it."""

from __future__ import annotations

from dataclasses import dataclass

from planextract.detect.lattice import Grid
from planextract.model.page import PageArrays
from planextract.model.source import SourceBlock, SourceMarkup, SourceTable
from planextract.read.pdf.layout import assign_all, make_lines, make_table, make_texts


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
    """Lay a page's characters into known grids; the rest is text around them."""
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
    doubts = tuple("inconsistent_grid" for grid in grids if not grid.is_consistent)
    return PageReading(blocks=(*(block for _, block in placed), *spare), printed=printed, doubts=doubts)
