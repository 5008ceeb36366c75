"""A person's decisions that overrule ours, replayed on every run.

A decision names a row, or a cell of it, by what it prints, never by where it stands: page, table and row numbers change
when a page is moved or the code reads a table otherwise; printed characters do not. So an anchor holds fingerprints of
printed text (:mod:`planextract.correct.anchors`).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from planextract.model.table import JoinDecision, Role, RowDecision

DecisionKind = Literal["edit_cell", "row", "split_row", "join", "inherit", "accept", "undo"]


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


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """One line of the decisions log; docs/decisions.md says which fields each kind has.

    Attributes:
        decision_id: Random; names the line in undo records and in the tables.
        at: When it was made, ISO 8601 in UTC: of two decisions on one subject the later one holds.
        doc_id: Document as it was then.
        path: Its source path then: finds the document again when its bytes have changed.
        page: Page then, for people.
        shown: What the decision is about as printed, for people.
        text: ``edit_cell``: the text to take; empty for a blank cell.
        decision: ``row`` and ``join``: what to do.
        head: ``split_row``, or ``row`` with ``cut_row``: the text up to the split.
        inherits: ``inherit``: whether the blank cell takes over the one above.
        codes: ``accept``: the findings that a person has seen and left.
        of: ``undo``: the decision that no longer holds.
    """

    decision_id: str
    at: str
    kind: DecisionKind
    doc_id: str = ""
    path: str = ""
    page: int | None = None
    shown: str = ""
    anchor: Anchor | None = None
    text: str | None = None
    decision: str | None = None
    head: str | None = None
    inherits: bool | None = None
    codes: tuple[str, ...] = ()
    of: str | None = None
    note: str = ""

    @property
    def subject(self) -> tuple[object, ...]:
        """What it is about: of the decisions on one subject, one holds."""
        anchor = self.anchor
        place: tuple[object, ...] | None = None
        if anchor is not None:
            place = (anchor.row, anchor.before, anchor.nth, anchor.column, anchor.col, anchor.raw)
        if place is None and self.kind == "accept":
            place = (self.codes, self.shown)
        return (self.kind, self.path, place, self.head if self.kind == "split_row" else None)


@dataclass(frozen=True, slots=True, kw_only=True)
class BoundaryOverride:
    """Force what happens between two pages: the join, what the first row is, or both."""

    page_before: int
    page_after: int
    decision: JoinDecision | None = None
    row_decision: RowDecision | None = None
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class RowOverride:
    """Force what a row is, wherever it stands; a decision of the log, bound to a row of this document.

    Attributes:
        decision: What the row is.
        head_end: With ``cut_row``: where in its measure cell's text the part ends that belongs to the row
            before; the rest is a new measure. None: the whole row belongs to the row before.
        split_at: Where in its measure cell's text further measures begin that were read as one row, ascending.
    """

    table_no: int
    row: int
    decision_ids: tuple[str, ...]
    decision: RowDecision | None = None
    head_end: int | None = None
    split_at: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class JoinOverride:
    """Force whether a fragment goes on with the table before it; bound to a fragment of this document."""

    table_no: int
    decision_id: str
    decision: JoinDecision


@dataclass(frozen=True, slots=True, kw_only=True)
class InheritanceOverride:
    """Force or forbid that a blank cell takes over the cell above.

    The measure is named by its plan, task and the beginning of its text, which survive a re-run; or, for a
    decision of the log, by the ``cell_id`` of the blank cell.
    """

    plan_no: int
    task_no: int
    measure_starts: str
    role: Role
    inherits: bool
    note: str = ""
    cell_id: str | None = None
    decision_id: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Overrides:
    """All overrides of one document; ``file`` is shown in messages.

    ``decisions`` are those of the log that still hold; :mod:`planextract.correct` binds them to rows and cells.
    """

    file: str = ""
    boundaries: tuple[BoundaryOverride, ...] = ()
    inheritances: tuple[InheritanceOverride, ...] = ()
    rows: tuple[RowOverride, ...] = ()
    joins: tuple[JoinOverride, ...] = ()
    decisions: tuple[Decision, ...] = ()

    def find_boundary(self, page_before: int, page_after: int) -> BoundaryOverride | None:
        """Return the override between two pages, if any."""
        for override in self.boundaries:
            if (override.page_before, override.page_after) == (page_before, page_after):
                return override
        return None

    def find_row(self, table_no: int, row: int) -> RowOverride | None:
        """Return the decision on a row, if any."""
        return next((o for o in self.rows if (o.table_no, o.row) == (table_no, row)), None)

    def find_join(self, table_no: int) -> JoinOverride | None:
        """Return the decision on the join of a fragment to the table before it, if any."""
        return next((o for o in self.joins if o.table_no == table_no), None)
