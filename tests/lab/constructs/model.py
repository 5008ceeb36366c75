"""What a variant says and how it looks, for all producers alike: pages of lines and tables of cells with four sides."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

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


@dataclass(slots=True, kw_only=True)
class Table:
    """Rows of cells; ``gap`` parts its tiles, in points; ``dash`` draws rules as separate strokes (length, gap).

    ``twin`` is the other half of a table that is cut from top to bottom: its rows are as high.
    """

    rows: list[list[Cell]]
    widths: list[float]
    gap: float = 0.0
    dash: tuple[float, float] | None = None
    twin: Table | None = None


@dataclass(slots=True, kw_only=True)
class Overprint:
    """Text printed over row ``row`` and column ``col`` of the page's last table, in a color and size of its own."""

    text: str
    row: int
    col: int
    color: str
    scale: float


@dataclass(slots=True, kw_only=True)
class Sheet:
    """One page: lines of text and tables, top to bottom; ``frames`` are boxes as shares of the page (x0, top, x1, bottom)."""

    blocks: list[str | Table] = field(default_factory=list)
    frames: list[tuple[float, float, float, float]] = field(default_factory=list)
    notes: list[tuple[float, float, str]] = field(default_factory=list)
    overprints: list[Overprint] = field(default_factory=list)

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


@dataclass(frozen=True, slots=True, kw_only=True)
class Variant:
    """One document of a kind: what is printed and what is true."""

    kind: str
    seed: int
    look: Look
    sheets: tuple[Sheet, ...]
    truth: tuple[Row, ...]
