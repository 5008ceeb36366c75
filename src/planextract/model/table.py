"""Tables between reading and repair: labelled fragments, boundaries, stitched rows."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from planextract.model.promises import check_probability, check_span
from planextract.model.record import Repair
from planextract.model.roles import Role
from planextract.model.source import BBox, DocumentFile, SourceText
from planextract.model.trail import Trail

Layout = Literal["table", "prose"]
RowKind = Literal["section", "data"]
JoinKind = Literal["joined", "separate"]
RowStart = Literal["cut_row", "new_measure", "new_task", "new_section"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """A column of a fragment: its canonical role and the label as printed (spaces removed).

    ``is_private`` if it names people (责任人, 联系电话). ``kind`` is what a column without a role holds (``progress``,
    ``milestone``, ``value`` … of dictionaries/columns.yaml), "" if nobody knows.
    """

    role: Role
    label: str
    is_private: bool = False
    kind: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """A printed cell with its canonical column.

    Attributes:
        cell_id: ``<doc_id>/p<page>t<table_no>r<row>c<col>``.
        column: Role of its column, or ``section`` or ``header``.
        text: ``raw_text`` with OCR mark-up resolved and OCR spaces removed; paragraphs, or the
            lines of an agency cell, are separated by a line feed.
        edits: How ``text`` came from ``raw_text``, in order.
        is_private: It names people: kept out of the output unless asked for.
        room: Full-width characters that would still fit behind its last line; None where no lines are seen.
        is_indented: Whether its first line is; None where no lines are seen.
    """

    cell_id: str
    page: int
    table_no: int
    row: int
    col: int
    row_span: int
    col_span: int
    column: str
    raw_text: str
    text: str
    edits: tuple[Repair, ...]
    line: int | None
    bbox: BBox | None
    confidence: float
    is_private: bool = False
    room: float | None = None
    is_indented: bool | None = None

    def __post_init__(self) -> None:
        check_probability(self.confidence, "the confidence of a cell")


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A row of a fragment; ``cells`` has one entry a grid column.

    A position covered by a cell that starts in a row above holds that cell: compare ``cell.row``. ``score`` is the
    probability that its cells are what the row printed: below 1 where lost dividers had to be told from the texts.
    """

    row: int
    kind: RowKind
    cells: tuple[Cell | None, ...]
    score: float = 1.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Fragment:
    """A table or a part of one on one page, with its header understood.

    ``columns`` has one entry a grid column; ``has_header`` tells whether this fragment prints it
    or goes on under the header of the fragment before. ``edges`` are the x of the column lines and
    ``open_columns`` tells by grid column whether the top, and the bottom, lack a rule; None where no rules are seen.
    ``has_own_rows`` is that of its :class:`planextract.model.source.SourceTable`.
    """

    page: int
    table_no: int
    columns: tuple[Column, ...]
    has_header: bool
    has_spans: bool
    header_cells: tuple[Cell, ...]
    rows: tuple[Row, ...]
    edges: tuple[float, ...] = ()
    open_columns: tuple[tuple[bool, ...], tuple[bool, ...]] | None = None
    has_own_rows: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Note:
    """A sentence that a document says once for many measures.

    ``first_leads``: the first body listed leads; ``marked_leads``: those with a star do. ``default_owner``: ``names``
    have ``role`` in all of them; ``label`` is the printed verb. ``text`` is the sentence.
    """

    kind: Literal["first_leads", "marked_leads", "default_owner"]
    text: str
    page: int
    role: Role | None = None
    label: str = ""
    names: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class LabelledDocument:
    """Blocks in reading order, tables with their roles, pages numbered; ``notes`` are said for many measures.

    ``files`` are those that the document was read from, where they are several.
    """

    page_count: int
    blocks: tuple[Fragment | SourceText, ...]
    trail: Trail
    layout: Layout = "table"
    notes: tuple[Note, ...] = ()
    files: tuple[DocumentFile, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Boundary:
    """What happens between two neighbouring fragments; field names are those of the contract.

    Attributes:
        score: Posterior probability of the choice made, 0 to 1.
        reasons: The evidence with its weight (natural log of the likelihood ratio), strongest first.
        runner_up: The next best choice; null when there is none.
        table_before: Number of the fragment before, as in ``Cell.table_no``.
        table_after: Number of the fragment after.
        decision_id: Line of the decisions log, or entry of the override file, that decided it, if any.
    """

    page_before: int
    page_after: int
    decision: JoinKind
    row_decision: RowStart | None
    score: float
    reasons: tuple[str, ...]
    runner_up: str | None
    overridden: bool = False
    table_before: int | None = None
    table_after: int | None = None
    decision_id: str | None = None

    def __post_init__(self) -> None:
        check_probability(self.score, "the score of a boundary")


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """A part of a cell's text: ``cell.text[start:end]``; ``opens_paragraph`` if a line feed stands before it."""

    cell: Cell
    start: int
    end: int
    opens_paragraph: bool = False

    def __post_init__(self) -> None:
        check_span(self.start, self.end, self.cell.text, "a piece of a cell")

    @property
    def text(self) -> str:
        """The piece's text."""
        return self.cell.text[self.start : self.end]


@dataclass(frozen=True, slots=True, kw_only=True)
class StitchedRow:
    """A row of the whole table: the pieces of each column, in order, over all its pages.

    Attributes:
        pieces: By grid column of the table; an empty tuple where nothing was printed.
        opens_task: The row starts a new task (otherwise a further measure of the one before).
        is_merged: By grid column: the position is covered by a merged cell that starts in a row above.
        score: Probability that this row is what it is taken for; 1 inside a page.
        task_no: Number as read, if the row prints one.
        starts_fragment: First row of a page: its blank cells may be the rest of merged ones.
    """

    kind: RowKind
    pages: tuple[int, ...]
    pieces: tuple[tuple[Piece, ...], ...]
    opens_task: bool
    is_merged: tuple[bool, ...]
    score: float = 1.0
    task_no: int | None = None
    starts_fragment: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class StitchedTable:
    """A table of the document, whole: what was joined over pages, row by row."""

    columns: tuple[Column, ...]
    has_spans: bool
    first_page: int
    last_page: int
    rows: tuple[StitchedRow, ...]
    header_cells: tuple[Cell, ...]
    texts_before: tuple[SourceText, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class StitchedDocument:
    """All tables of a document, the boundaries between their fragments, and the lines after the last one."""

    tables: tuple[StitchedTable, ...]
    boundaries: tuple[Boundary, ...]
    texts_after: tuple[SourceText, ...]
    trail: Trail


def cells_of(document: LabelledDocument) -> tuple[Cell, ...]:
    """Return every cell of the fragments once, in reading order."""
    seen: dict[str, Cell] = {}
    for block in document.blocks:
        if isinstance(block, Fragment):
            for cell in (*block.header_cells, *(c for row in block.rows for c in row.cells if c is not None)):
                seen.setdefault(cell.cell_id, cell)
    return tuple(seen.values())


def kept_cells(labelled: LabelledDocument, stitched: StitchedDocument) -> tuple[Cell, ...]:
    """Return all printed cells but those of repeated headers, which are discards."""
    kept = {cell.cell_id for table in stitched.tables for cell in table.header_cells}
    return tuple(cell for cell in cells_of(labelled) if cell.column != "header" or cell.cell_id in kept)
