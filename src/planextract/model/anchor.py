"""Where a person's decision belongs: a row or a cell named by what it prints, never by where it stands.

Page, table and row numbers change when a page is moved or the code reads a table otherwise; printed
characters do not. So an anchor holds fingerprints of printed text (:mod:`planextract.text.anchors`).
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Anchor:
    """A row of a document, or a cell of it, named by its printed text.

    Attributes:
        row: Fingerprint of all cells of the row but those of columns without a role.
        main: Fingerprint of the row's longest cell; empty if that is too short to tell rows apart.
        before: Fingerprint of the row printed before; empty for the first one.
        before_main: Fingerprint of that row's longest cell.
        nth: Which one, from 0, of the ``of`` rows that share ``row`` and ``before``.
        of: How many rows share them.
        column: Role of the cell's column; None for an anchor of the whole row.
        col: The cell's grid column when the decision was made: parts two cells of one role and text.
        raw: Fingerprint of the cell's own printed text; empty for a blank cell.
    """

    row: str
    main: str
    before: str
    before_main: str
    nth: int = 0
    of: int = 1
    column: str | None = None
    col: int | None = None
    raw: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class AnchorCell:
    """What anchoring needs to know of a printed cell."""

    cell_id: str
    table_no: int
    row: int
    col: int
    column: str
    raw_text: str
