"""What a variant says and how it looks, for all producers alike: pages of lines and tables of cells with four sides."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from reportlab.lib.pagesizes import A4

Side = Literal["black", "white", "none"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """Truth of one measure with its task; agencies joined without the marks between them."""

    number: str
    name: str
    measure: str
    deadline: str
    lead: str
    support: str


@dataclass(slots=True, kw_only=True)
class Cell:
    """A printed cell: its text, its fill, its four sides, and marks of its text.

    ``rest`` is the cell of the next page that takes the lines which this one does not: its text is cut between two
    lines. ``struck`` is text behind ``text`` that is struck through; ``marks`` are "underline" (every line of the text).
    A cell over several ``rows`` or ``cols`` stands at its first position; the others hold cells that are covered.
    ``inner`` is a small table printed below the text.
    """

    text: str = ""
    fill: str | None = None
    color: str = "#000000"
    top: Side = "black"
    right: Side = "black"
    bottom: Side = "black"
    left: Side = "black"
    struck: str = ""
    is_underlined: bool = False
    is_bold: bool = False
    rest: Cell | None = None
    rows: int = 1
    cols: int = 1
    is_covered: bool = False
    align: Literal["left", "center", "right"] = "left"
    inner: list[list[str]] | None = None


@dataclass(slots=True, kw_only=True)
class Table:
    """Rows of cells; ``gap`` parts its tiles, in points; ``dash`` draws rules as separate strokes (length, gap).

    ``twin`` is the other half of a table that is cut from top to bottom: its rows are as high. ``double`` draws every
    rule twice, so far apart, in points. No row is lower than ``least_height``. A table that ``is_close`` stands right
    below what is before it, without room.
    """

    rows: list[list[Cell]]
    widths: list[float]
    gap: float = 0.0
    dash: tuple[float, float] | None = None
    twin: Table | None = None
    double: float = 0.0
    least_height: float = 0.0
    is_close: bool = False

    def merge(self, row: int, col: int, rows: int, cols: int) -> None:
        """Make one cell of several: no rule is drawn inside."""
        for i in range(row, row + rows):
            for j in range(col, col + cols):
                cell = self.rows[i][j]
                cell.is_covered = (i, j) != (row, col)
                cell.top = cell.top if i == row else "none"
                cell.bottom = cell.bottom if i == row + rows - 1 else "none"
                cell.left = cell.left if j == col else "none"
                cell.right = cell.right if j == col + cols - 1 else "none"
        self.rows[row][col].rows, self.rows[row][col].cols = rows, cols


@dataclass(slots=True, kw_only=True)
class Overprint:
    """Text printed over row ``row`` and column ``col`` of the page's last table, in a color and size of its own."""

    text: str
    row: int
    col: int
    color: str
    scale: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Watermark:
    """Slanted text over a page: place as shares of the page, size in points, angle in degrees."""

    text: str
    x: float
    y: float
    size: float
    angle: float
    color: str


@dataclass(slots=True, kw_only=True)
class Sheet:
    """One page: lines of text and tables, top to bottom; ``frames`` are boxes as shares of the page (x0, top, x1, bottom).

    ``strays`` are single rules (x0, top, x1, bottom), ``seal`` is a round red picture (x, y, radius), all as shares of
    the page; ``turn`` is its /Rotate. ``drawing`` are lines of fixed width, set letter by letter in a raster unless the
    page ``is_proportional``: then as wide as the font has them. A sign is ``mark_width`` half-width columns wide.
    """

    blocks: list[str | Table] = field(default_factory=list)
    frames: list[tuple[float, float, float, float]] = field(default_factory=list)
    notes: list[tuple[float, float, str]] = field(default_factory=list)
    overprints: list[Overprint] = field(default_factory=list)
    strays: list[tuple[float, float, float, float]] = field(default_factory=list)
    watermarks: list[Watermark] = field(default_factory=list)
    seal: tuple[float, float, float] | None = None
    turn: int = 0
    drawing: list[str] = field(default_factory=list)
    is_proportional: bool = False
    mark_width: int = 1

    @property
    def table(self) -> Table:
        """The page's last table."""
        return [block for block in self.blocks if isinstance(block, Table)][-1]


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """How a variant is typeset: sizes in points, leading as a multiple of the size."""

    font: str
    size: float
    leading: float
    pad_x: float
    pad_y: float
    rule_pt: float
    gray: float
    is_landscape: bool
    strokes: Literal["whole", "cells", "boxes", "filled"]
    is_middle: bool
    drawing: Literal["plain", "twice", "shuffled", "bold", "form"] = "plain"
    paper: tuple[float, float] = A4
    margin: float = 45.0
    trick: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Variant:
    """One document of a kind: what is printed and what is true."""

    kind: str
    seed: int
    look: Look
    sheets: tuple[Sheet, ...]
    truth: tuple[Row, ...]
    plan_count: int = 1
