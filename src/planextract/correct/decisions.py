"""Find the rows and cells that decisions are about, and edit the cells."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import cast

from planextract.correct.anchors import PrintedRow, RowIndex
from planextract.model.decision import AnchorCell, Decision, InheritanceOverride, JoinOverride, Overrides, RowOverride
from planextract.model.record import Finding, Repair
from planextract.model.table import (
    Cell,
    Fragment,
    JoinDecision,
    LabelledDocument,
    Role,
    Row,
    RowDecision,
    cells_of,
)

_SHOWN = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Bound:
    """A document with its edited cells, the overrides bound to it, and the decisions that found no place.

    ``accepted`` holds the decisions that settle findings, each with the cells of the row it is about (none: it is
    about the whole document).
    """

    labelled: LabelledDocument
    overrides: Overrides
    accepted: tuple[tuple[Decision, frozenset[str]], ...]
    stale: tuple[Finding, ...]


@dataclass(slots=True)
class _Work:
    index: RowIndex
    cells: dict[str, Cell]
    edits: dict[str, Cell] = field(default_factory=dict)
    rows: dict[tuple[int, int], RowOverride] = field(default_factory=dict)
    joins: list[JoinOverride] = field(default_factory=list)
    inheritances: list[InheritanceOverride] = field(default_factory=list)
    accepted: list[tuple[Decision, frozenset[str]]] = field(default_factory=list)
    stale: list[Finding] = field(default_factory=list)


def bind_decisions(labelled: LabelledDocument, overrides: Overrides) -> Bound:
    """Bind the decisions of the log to a document.

    Args:
        labelled: The document as labelled; its cells' texts before any decision.
        overrides: ``decisions`` in the order of time; the rest is handed on.
    """
    if not overrides.decisions:
        return Bound(labelled=labelled, overrides=overrides, accepted=(), stale=())
    cells = cells_of(labelled)
    work = _Work(index=RowIndex(_anchor_cells(cells)), cells={cell.cell_id: cell for cell in cells})
    # Texts first: a split counts characters of the edited text.
    for decision in sorted(overrides.decisions, key=lambda d: d.kind != "edit_cell"):
        problem = _BINDERS[decision.kind](work, decision)
        if problem:
            work.stale.append(make_stale(decision, problem))
    bound = replace(
        overrides, rows=tuple(work.rows.values()), joins=tuple(work.joins),
        inheritances=(*work.inheritances, *overrides.inheritances),
    )  # fmt: skip
    return Bound(
        labelled=_edit(labelled, work.edits) if work.edits else labelled, overrides=bound,
        accepted=tuple(work.accepted), stale=tuple(work.stale),
    )  # fmt: skip


def make_stale(decision: Decision, problem: str) -> Finding:
    """Return the finding on a decision that no longer finds its place."""
    shown = " ".join(decision.shown.split())
    about = f" on '{shown[:_SHOWN]}{'…' if len(shown) > _SHOWN else ''}'" if shown else ""
    was = f" (page {decision.page} then)" if decision.page is not None else ""
    message = f"decision {decision.decision_id} ({decision.kind}){about}{was} was not replayed: {problem}"
    return Finding(code="decisions.stale", severity="warning", message=message)


def _anchor_cells(cells: Sequence[Cell]) -> list[AnchorCell]:
    return [
        AnchorCell(cell_id=c.cell_id, table_no=c.table_no, row=c.row, col=c.col, column=str(c.column),
                   raw_text=c.raw_text)
        for c in cells
    ]  # fmt: skip


def _bind_edit(work: _Work, decision: Decision) -> str | None:
    if decision.anchor is None or decision.text is None:
        return "it names no cell"
    found = work.index.find_cell(decision.anchor)
    if found is None:
        return "no cell prints this any more"
    cell = work.cells[found.cell_id]
    text = decision.text
    rule = "edit_cell" if text != cell.text else "confirm_cell"
    edit = Repair(stage="decisions", rule=rule, before=cell.text, after=text, cell_id=cell.cell_id,
                  decision_id=decision.decision_id)  # fmt: skip
    work.edits[cell.cell_id] = replace(cell, text=text, edits=(*cell.edits, edit), confidence=1.0)
    return None


def _bind_row(work: _Work, decision: Decision) -> str | None:
    row = _find_row(work, decision, follows=decision.decision == "cut_row")
    if row is None:
        return "its row, or the row before it, is not printed like this any more"
    override = _row_override(work, row, decision)
    end = None
    if decision.head:
        end = _find_end(_measure_text(work, row), decision.head)
        if end is None:
            return "the row's text does not begin with the part to be split off"
    kind = cast("RowDecision", decision.decision)
    work.rows[row.table_no, row.row] = replace(override, decision=kind, head_end=end)
    return None


def _bind_split(work: _Work, decision: Decision) -> str | None:
    row = _find_row(work, decision)
    if row is None:
        return "its row is not printed like this any more"
    end = _find_end(_measure_text(work, row), decision.head or "")
    if end is None:
        return "the row's text does not begin with the part before the split"
    override = _row_override(work, row, decision)
    places = tuple(sorted({*override.split_at, end}))
    work.rows[row.table_no, row.row] = replace(override, split_at=places)
    return None


def _row_override(work: _Work, row: PrintedRow, decision: Decision) -> RowOverride:
    known = work.rows.get((row.table_no, row.row))
    ids = (*(known.decision_ids if known else ()), decision.decision_id)
    if known is None:
        return RowOverride(table_no=row.table_no, row=row.row, decision_ids=ids)
    return replace(known, decision_ids=ids)


def _bind_join(work: _Work, decision: Decision) -> str | None:
    row = _find_row(work, decision, follows=True)
    if row is None:
        return "its row, or the row before it, is not printed like this any more"
    before = work.index.before(row)
    if before is None or before.table_no == row.table_no:
        return "its row is not the first one of a page any more"
    kind = cast("JoinDecision", decision.decision)
    work.joins.append(JoinOverride(table_no=row.table_no, decision_id=decision.decision_id, decision=kind))
    return None


def _bind_inherit(work: _Work, decision: Decision) -> str | None:
    if decision.anchor is None or decision.inherits is None:
        return "it names no cell"
    found = work.index.find_cell(decision.anchor)
    if found is None:
        return "no blank cell stands there any more"
    work.inheritances.append(
        InheritanceOverride(
            plan_no=0, task_no=0, measure_starts=decision.shown, role=Role(found.column), inherits=decision.inherits,
            cell_id=found.cell_id, decision_id=decision.decision_id,
        )
    )  # fmt: skip
    return None


def _bind_accept(work: _Work, decision: Decision) -> str | None:
    if decision.anchor is None:
        work.accepted.append((decision, frozenset()))
        return None
    row = work.index.find_row(decision.anchor)
    if row is None:
        return "its row is not printed like this any more"
    work.accepted.append((decision, frozenset(cell.cell_id for cell in row.cells)))
    return None


def _bind_nothing(_work: _Work, _decision: Decision) -> str | None:
    return None


_BINDERS = {
    "edit_cell": _bind_edit, "row": _bind_row, "split_row": _bind_split, "join": _bind_join,
    "inherit": _bind_inherit, "accept": _bind_accept, "undo": _bind_nothing,
}  # fmt: skip


def _find_row(work: _Work, decision: Decision, *, follows: bool = False) -> PrintedRow | None:
    return None if decision.anchor is None else work.index.find_row(decision.anchor, follows=follows)


def _measure_text(work: _Work, row: PrintedRow) -> str:
    """Return the text of a row's measure cell as edited; of its task name where the table has no measures."""
    for column in (Role.MEASURE, Role.TASK_NAME):
        for printed in row.cells:
            if printed.column == column:
                return work.edits.get(printed.cell_id, work.cells[printed.cell_id]).text
    return ""


def _find_end(text: str, head: str) -> int | None:
    """Return where in a text its beginning ``head`` ends, white space aside; None if it begins otherwise.

    >>> _find_end("一。 二。", "一。")
    2
    """
    position = 0
    for char in "".join(head.split()):
        while position < len(text) and text[position].isspace():
            position += 1
        if text[position : position + 1] != char:
            return None
        position += 1
    return position if 0 < position < len(text) and text[position:].strip() else None


def _edit(labelled: LabelledDocument, edits: dict[str, Cell]) -> LabelledDocument:
    return replace(
        labelled,
        blocks=tuple(
            replace(
                block,
                rows=tuple(_edit_row(row, edits) for row in block.rows),
                header_cells=tuple(edits.get(cell.cell_id, cell) for cell in block.header_cells),
            )
            if isinstance(block, Fragment)
            else block
            for block in labelled.blocks
        ),
    )


def _edit_row(row: Row, edits: dict[str, Cell]) -> Row:
    return replace(row, cells=tuple(cell and edits.get(cell.cell_id, cell) for cell in row.cells))
