"""A person's decisions that overrule ours, replayed on every run.

A decision names a row, or a cell of it, by what it prints, never by where it stands: page, table and row numbers change
when a page is moved or the code reads a table otherwise; printed characters do not. So an anchor holds fingerprints of
printed text (:mod:`planextract.correct.anchors`).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, field
from typing import Literal

from planextract.model.record import Finding
from planextract.model.roles import Role
from planextract.model.table import JoinKind, RowStart

OVERRIDE = "overrides/"  # the ids of entries of override files begin with it
DecisionKind = Literal["edit_cell", "row", "split_row", "join", "inherit", "accept", "link", "undo"]


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
        decision: ``row`` and ``join``: what to do; ``link``: ``same`` or ``other``, ``shown`` quotes the report.
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
        part = {"split_row": self.head, "link": self.shown}.get(self.kind)
        return (self.kind, self.path, place, part)


@dataclass(frozen=True, slots=True, kw_only=True)
class BreakDecision:
    """What an override file says of the break between two pages: the join, what the first row is, or both."""

    decision_id: str
    page_before: int
    page_after: int
    join: JoinKind | None = None
    start: RowStart | None = None
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class BoundRow:
    """What a person said of a row of this document.

    Attributes:
        start: What the row is.
        head_end: With ``cut_row``: where in its measure cell's text the part ends that belongs to the row
            before; the rest is a new measure. None: the whole row belongs to the row before.
        split_at: Where in its measure cell's text further measures begin that were read as one row, ascending.
        unused: What to tell if the document gives no occasion for it.
    """

    decision_id: str
    table_no: int
    row: int
    start: RowStart | None = None
    head_end: int | None = None
    split_at: tuple[int, ...] = ()
    unused: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class BoundJoin:
    """What a person said of the break before a fragment: whether it goes on with the table, what its first row is."""

    decision_id: str
    table_no: int
    join: JoinKind | None = None
    start: RowStart | None = None
    unused: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class BoundBlank:
    """Whether a blank cell takes over the one above.

    The log names the blank cell (``cell_id``). An override file names its measure by plan, task and the beginning of
    its text, which survive a re-run.
    """

    decision_id: str
    role: Role
    inherits: bool
    cell_id: str | None = None
    plan_no: int = 0
    task_no: int = 0
    measure_starts: str = ""
    note: str = ""
    unused: str = ""

    def is_about(self, role: Role, cell_ids: Sequence[str], place: tuple[int, int], text: str) -> bool:
        """Tell whether it is about a blank cell, given its role, its ids, its plan and task, its measure's text."""
        if self.cell_id is not None:
            return self.cell_id in cell_ids
        return (self.role, (self.plan_no, self.task_no)) == (role, place) and text.startswith(self.measure_starts)


@dataclass(frozen=True, slots=True, kw_only=True)
class Overrides:
    """What people decided on one document, by page, text or anchor; ``file`` is shown in messages.

    ``breaks`` and ``blanks`` are those of its override file, ``decisions`` those of the log that still hold;
    :mod:`planextract.correct` binds them all.
    """

    file: str = ""
    breaks: tuple[BreakDecision, ...] = ()
    blanks: tuple[BoundBlank, ...] = ()
    decisions: tuple[Decision, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Bound:
    """The decisions of people bound to the rows, fragments and cells of this document, each with its id.

    Edited texts are in the cells already, as repairs. Whoever follows a decision puts its id on the repair or boundary
    that comes of it: an id seen nowhere is stale.

    Attributes:
        rows: By table and row.
        joins: By the table number of the fragment behind the break.
        blanks: In the order in which they are looked up.
        accepted: Decisions that settle findings, each with the cells of the row it is about (none: the whole document).
        unplaced: Findings on those that found no place.
    """

    rows: Mapping[tuple[int, int], BoundRow] = field(default_factory=dict)
    joins: Mapping[int, BoundJoin] = field(default_factory=dict)
    blanks: tuple[BoundBlank, ...] = ()
    accepted: tuple[tuple[Decision, frozenset[str]], ...] = ()
    unplaced: tuple[Finding, ...] = ()

    def find_stale(self, seen: Set[str | None]) -> Iterator[Finding]:
        """Yield a finding for each decision that nothing came of.

        Args:
            seen: Ids on the repairs and boundaries of the document.
        """
        every: list[BoundRow | BoundJoin | BoundBlank] = [*self.rows.values(), *self.joins.values(), *self.blanks]
        for bound in every:
            if bound.decision_id not in seen:
                yield Finding.of("decisions.stale", bound.unused)
        yield from self.unplaced
