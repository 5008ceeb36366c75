"""What a reader hands over: the document's blocks in reading order, every character accounted for.

Pages count from 1 (0 = not known yet: a text input's pages are numbered after its header rows are
found), lines from 1. Boxes are PDF points, origin at the page's top left.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Literal, Self

from planextract.errors import InternalError
from planextract.model.finding_kinds import Severity, kind_of
from planextract.model.promises import check_probability


@dataclass(frozen=True, slots=True, kw_only=True)
class BBox:
    """A box on a page, in points, origin at the top left: x0 <= x1, top <= bottom."""

    x0: float
    top: float
    x1: float
    bottom: float

    def __post_init__(self) -> None:
        if self.x0 > self.x1 or self.top > self.bottom:
            raise InternalError("model.bbox", f"box is turned inside out: {self}")


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceCell:
    """One printed cell. ``row`` and ``col`` are the top left grid position, from 0.

    ``raw_text`` has one printed line a line. A reader that sees where paragraphs end gives them in
    ``paragraphs``, line wraps joined; others leave it None. So with ``room``, how many full-width characters
    would still fit behind the last line, and ``is_indented``, whether the first line is: they tell whether a cell
    that a page cut goes on with a new paragraph. ``kept_text`` is ``raw_text`` without what is struck through, None
    where nothing is; ``paragraphs`` leave it out. ``page`` is given where it is not that of the table.
    """

    row: int
    col: int
    raw_text: str
    paragraphs: tuple[str, ...] | None = None
    row_span: int = 1
    col_span: int = 1
    line: int | None = None
    bbox: BBox | None = None
    confidence: float = 1.0
    room: float | None = None
    is_indented: bool | None = None
    kept_text: str | None = None
    page: int | None = None

    def __post_init__(self) -> None:
        if self.row < 0 or self.col < 0 or self.row_span < 1 or self.col_span < 1:
            raise InternalError("model.cell", f"impossible grid position: {self}")
        check_probability(self.confidence, "the confidence of a cell")


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceTable:
    """A table or a part of one, as printed on one page: ``row_count`` × ``col_count`` grid positions.

    Attributes:
        cells: Each printed cell once, by row, then column. They do not overlap.
        has_spans: Whether the format says which cells are merged. Where it does, an empty cell is
            really empty; where it does not (plain text), it may also be the rest of a merged one.
        bbox: Where the table stands on the page, where known.
        edges: x of its column lines, ascending, where known: the column-edge fingerprint.
        is_open: Whether its top and its bottom lack a rule though the column rules reach on.
        open_columns: The same by grid column, top and bottom; empty where unknown. Where only some columns are
            open, the cells in them go on beyond the page though the row does not: they are merged.
        has_own_rows: The document says itself where each row ends (Word, HTML, sheets): no row is two rows' ends.
        row_scores: By row, the probability that its cells are what it printed; empty where the format says so itself.
    """

    page: int
    row_count: int
    col_count: int
    cells: Sequence[SourceCell]
    has_spans: bool
    line: int | None = None
    bbox: BBox | None = None
    edges: tuple[float, ...] = ()
    is_open: tuple[bool, bool] = (False, False)
    open_columns: tuple[tuple[bool, ...], tuple[bool, ...]] = ((), ())
    has_own_rows: bool = False
    row_scores: tuple[float, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceText:
    """A line of text outside tables, as printed. ``starts_paragraph`` if a blank line stands before it.

    ``indent`` counts the half-width columns left blank before it, where the line stands in a text of fixed width.
    """

    page: int
    raw_text: str
    line: int | None = None
    bbox: BBox | None = None
    starts_paragraph: bool = True
    indent: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceMarkup:
    """Characters that are no text of the document, with the reason: mark-up, hidden text, running heads."""

    page: int
    raw_text: str
    line: int | None = None
    reason: str = "markup"


SourceBlock = SourceTable | SourceText | SourceMarkup


FileRole = Literal["notice", "attachment", "page"]


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentFile:
    """One of several files that a document was read from.

    The document's pages run on over its files in their order: page p of the document is page p - ``first_page`` + 1
    of the last file whose ``first_page`` is not behind p.
    """

    name: str
    sha256: str
    role: FileRole
    first_page: int = 1


def find_file(files: Sequence[DocumentFile], page: int) -> DocumentFile | None:
    """Return the file that a page of a document stands in; None where the document is a file itself."""
    return next((file for file in reversed(files) if file.first_page <= page), None)


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceDocument:
    """A document as read.

    Attributes:
        doc_id: First 16 hex digits of the SHA-256 of the input's bytes.
        source_path: The input's path below the folder the user named; never a path of this machine.
        blocks: In reading order.
        printed: Every character read but white space, in any order: the reader's own account of
            what the conservation ledger must find again.
        pages_by_header: Pages are to be counted by the header rows (text inputs).
        notes: What the reader wants a person to know, as ``(code, message, line)``.
        properties: What stands about the document beside its text (a site's metadata): used where the text is silent.
        files: Where the document was read from several files, in their order.
    """

    doc_id: str
    source_path: str
    media_type: str
    reader: str
    page_count: int
    blocks: tuple[SourceBlock, ...]
    printed: str = field(repr=False)
    pages_by_header: bool = False
    notes: tuple[ReadNote, ...] = ()
    properties: tuple[SourceProperty, ...] = ()
    files: tuple[DocumentFile, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceProperty:
    """A field of a notice as a site states it: ``title``, ``issuer``, ``doc_number``, ``issued_on``; and its value."""

    name: str
    value: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadNote:
    """Something the reader noticed: a finding once the document is extracted.

    With ``line``, or with ``bbox`` on its page, it is about the measures that stand there.
    """

    code: str
    severity: Severity
    message: str
    page: int | None = None
    line: int | None = None
    bbox: BBox | None = None

    @classmethod
    def of(
        cls, code: str, message: str, *, page: int | None = None, line: int | None = None, bbox: BBox | None = None
    ) -> Self:
        """Return a note of a listed kind (``finding_kinds.py``), as severe as its kind says."""
        return cls(code=code, severity=kind_of(code).severity, message=message, page=page, line=line, bbox=bbox)
