"""A table of any kind, whole over its pages: what :func:`planextract.read_tables` gives, without a plan's roles."""

from __future__ import annotations

from dataclasses import dataclass

from planextract.errors import InternalError
from planextract.model.source import BBox


@dataclass(frozen=True, slots=True, kw_only=True)
class PlainCell:
    """A cell at its top left grid position, from 0. A cell that a page cut has one box a page, in order."""

    row: int
    col: int
    text: str
    row_span: int = 1
    col_span: int = 1
    boxes: tuple[tuple[int, BBox], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class PlainTable:
    """A table: ``row_count`` × ``col_count`` grid positions, the first ``header_rows`` of which are its header.

    Attributes:
        pages: Pages that it stands on, from 1; 0 where a format knows none.
        cells: Each cell once, by row, then column. They do not overlap.
        caption: The last line of text right above it, "" if none.
        repeated_headers: How often later pages print the header again; it is left out there.
    """

    pages: tuple[int, ...]
    row_count: int
    col_count: int
    header_rows: int
    cells: tuple[PlainCell, ...]
    caption: str = ""
    repeated_headers: int = 0

    def __post_init__(self) -> None:
        if not 0 <= self.header_rows <= self.row_count:
            raise InternalError("model.cell", f"{self.header_rows} header rows of {self.row_count}")

    @property
    def grid(self) -> list[list[str]]:
        """The texts, rows × columns; a cell over several positions stands at each of them."""
        texts = [[""] * self.col_count for _ in range(self.row_count)]
        for cell in self.cells:
            for row in range(cell.row, cell.row + cell.row_span):
                for col in range(cell.col, cell.col + cell.col_span):
                    texts[row][col] = cell.text
        return texts
