"""Bind what people decided to the rows, fragments and cells of a document, and edit the cells."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise
from typing import cast

from planextract.correct.anchors import PrintedRow, RowIndex
from planextract.model.decision import AnchorCell, Bound, BoundBlank, BoundJoin, BoundRow, Decision, Overrides
from planextract.model.record import Finding, Repair
from planextract.model.roles import Role
from planextract.model.table import Cell, Fragment, JoinKind, LabelledDocument, Row, RowStart, cells_of
from planextract.phrases import Phrase

_SHOWN = 20


@dataclass(slots=True)
class _Work:
    index: RowIndex
    cells: dict[str, Cell]
    edits: dict[str, Cell] = field(default_factory=dict)
    rows: dict[tuple[int, int], BoundRow] = field(default_factory=dict)
    joins: dict[int, BoundJoin] = field(default_factory=dict)
    blanks: list[BoundBlank] = field(default_factory=list)
    accepted: list[tuple[Decision, frozenset[str]]] = field(default_factory=list)
    unplaced: list[Finding] = field(default_factory=list)


def bind_decisions(labelled: LabelledDocument, overrides: Overrides) -> tuple[LabelledDocument, Bound]:
    """Bind the decisions of the log and of the override file to a document.

    Args:
        labelled: The document as labelled; its cells' texts before any decision.
        overrides: ``decisions`` in the order of time.

    Returns:
        The document with its edited cells, and the decisions where they are to be followed.
    """
    if overrides == Overrides(file=overrides.file):
        return labelled, Bound()
    cells = cells_of(labelled) if overrides.decisions else ()
    work = _Work(index=RowIndex(_anchor_cells(cells)), cells={cell.cell_id: cell for cell in cells})
    # Texts first: a split counts characters of the edited text.
    for decision in sorted(overrides.decisions, key=lambda d: d.kind != "edit_cell"):
        problem = _BINDERS[decision.kind](work, decision)
        if problem:
            work.unplaced.append(make_stale(decision, problem))
    work.unplaced.extend(_bind_breaks(labelled, overrides, work))
    bound = Bound(
        rows=work.rows,
        joins=work.joins,
        blanks=(*work.blanks, *(_name_blank(b, overrides) for b in overrides.blanks)),
        accepted=tuple(work.accepted),
        unplaced=tuple(work.unplaced),
    )
    return _edit(labelled, work.edits) if work.edits else labelled, bound


def _bind_breaks(labelled: LabelledDocument, overrides: Overrides, work: _Work) -> Iterator[Finding]:
    """Bind what an override file says of two pages to the fragment behind the break; where the log speaks, it wins."""
    if not overrides.breaks:
        return
    fragments = [block for block in labelled.blocks if isinstance(block, Fragment)]
    places: dict[tuple[int, int], list[int]] = {}
    for before, after in pairwise(fragments):
        places.setdefault((before.page, after.page), []).append(after.table_no)
    for said in overrides.breaks:
        pages = (said.page_before, said.page_after)
        if pages not in places:
            message = Phrase(
                "{file}: no boundary lies between pages {before} and {after}",
                file=overrides.file,
                before=pages[0],
                after=pages[1],
            )
            yield Finding.of("decisions.stale", message)
        for table_no in places.get(pages, ()):
            unused = Phrase(
                "{file}: what it says of pages {before} and {after} could not be followed",
                file=overrides.file,
                before=pages[0],
                after=pages[1],
            )
            own = BoundJoin(
                decision_id=said.decision_id, table_no=table_no, join=said.join, start=said.start, unused=unused
            )
            logged = work.joins.get(table_no)
            work.joins[table_no] = own if logged is None else replace(logged, start=logged.start or said.start)


def _name_blank(said: BoundBlank, overrides: Overrides) -> BoundBlank:
    message = Phrase(
        "{file}: no blank {role} cell in plan {plan_no}, task {task_no} starts with '{start}'",
        file=overrides.file,
        role=said.role,
        plan_no=said.plan_no,
        task_no=said.task_no,
        start=said.measure_starts,
    )
    return replace(said, unused=message)


def make_stale(decision: Decision, problem: str) -> Finding:
    """Return the finding on a decision that no longer finds its place."""
    shown = " ".join(decision.shown.split())
    about = Phrase(" on '{shown}'", shown=shown[:_SHOWN] + "…" * (len(shown) > _SHOWN)) if shown else ""
    was = Phrase(" (page {page} then)", page=decision.page) if decision.page is not None else ""
    message = Phrase(
        "decision {decision_id} ({kind}){about}{was} was not replayed: {problem}",
        decision_id=decision.decision_id,
        kind=decision.kind,
        about=about,
        was=was,
        problem=problem,
    )
    return Finding(code="decisions.stale", severity="warning", message=message)


def _anchor_cells(cells: Sequence[Cell]) -> list[AnchorCell]:
    return [
        AnchorCell(
            cell_id=c.cell_id, table_no=c.table_no, row=c.row, col=c.col, column=str(c.column), raw_text=c.raw_text
        )
        for c in cells
    ]


def _bind_edit(work: _Work, decision: Decision) -> str | None:
    if decision.anchor is None or decision.text is None:
        return Phrase("it names no cell")
    found = work.index.find_cell(decision.anchor)
    if found is None:
        return Phrase("no cell prints this any more")
    cell = work.cells[found.cell_id]
    text = decision.text
    rule = "edit_cell" if text != cell.text else "confirm_cell"
    edit = Repair(
        stage="decisions",
        rule=rule,
        before=cell.text,
        after=text,
        cell_id=cell.cell_id,
        decision_id=decision.decision_id,
    )
    work.edits[cell.cell_id] = replace(cell, text=text, edits=(*cell.edits, edit), confidence=1.0)
    return None


def _bind_row(work: _Work, decision: Decision) -> str | None:
    row = _find_row(work, decision, follows=decision.decision == "cut_row")
    if row is None:
        return Phrase("its row, or the row before it, is not printed like this any more")
    bound = _bound_row(work, row, decision)
    end = None
    if decision.head:
        end = _find_end(_measure_text(work, row), decision.head)
        if end is None:
            return Phrase("the row's text does not begin with the part to be split off")
    start = cast("RowStart", decision.decision)
    work.rows[row.table_no, row.row] = replace(bound, start=start, head_end=end)
    return None


def _bind_split(work: _Work, decision: Decision) -> str | None:
    row = _find_row(work, decision)
    if row is None:
        return Phrase("its row is not printed like this any more")
    end = _find_end(_measure_text(work, row), decision.head or "")
    if end is None:
        return Phrase("the row's text does not begin with the part before the split")
    bound = _bound_row(work, row, decision)
    places = tuple(sorted({*bound.split_at, end}))
    work.rows[row.table_no, row.row] = replace(bound, split_at=places)
    return None


def _bound_row(work: _Work, row: PrintedRow, decision: Decision) -> BoundRow:
    """Return what is bound to a row so far, under the id of the decision that came last."""
    known = work.rows.get((row.table_no, row.row), BoundRow(decision_id="", table_no=row.table_no, row=row.row))
    return replace(known, decision_id=decision.decision_id, unused=_not_replayed(decision))


def _not_replayed(decision: Decision) -> str:
    return Phrase(
        "decision {decision_id} ({kind}) was not replayed: its row is no row of a plan table any more",
        decision_id=decision.decision_id,
        kind=decision.decision or decision.kind,
    )


def _bind_join(work: _Work, decision: Decision) -> str | None:
    row = _find_row(work, decision, follows=True)
    if row is None:
        return Phrase("its row, or the row before it, is not printed like this any more")
    before = work.index.before(row)
    if before is None or before.table_no == row.table_no:
        return Phrase("its row is not the first one of a page any more")
    work.joins.setdefault(
        row.table_no,
        BoundJoin(
            table_no=row.table_no,
            decision_id=decision.decision_id,
            join=cast("JoinKind", decision.decision),
            unused=_not_replayed(decision),
        ),
    )
    return None


def _bind_inherit(work: _Work, decision: Decision) -> str | None:
    if decision.anchor is None or decision.inherits is None:
        return Phrase("it names no cell")
    found = work.index.find_cell(decision.anchor)
    if found is None:
        return Phrase("no blank cell stands there any more")
    work.blanks.append(
        BoundBlank(
            decision_id=decision.decision_id,
            role=Role(found.column),
            inherits=decision.inherits,
            cell_id=found.cell_id,
            unused=Phrase(
                "{decision_id}: no blank {role} cell of this row starts with '{start}'",
                decision_id=decision.decision_id,
                role=found.column,
                start=decision.shown,
            ),
        )
    )
    return None


def _bind_accept(work: _Work, decision: Decision) -> str | None:
    if decision.anchor is None:
        work.accepted.append((decision, frozenset()))
        return None
    row = work.index.find_row(decision.anchor)
    if row is None:
        return Phrase("its row is not printed like this any more")
    work.accepted.append((decision, frozenset(cell.cell_id for cell in row.cells)))
    return None


def _bind_link(work: _Work, decision: Decision) -> str | None:
    """Tell whether its row is there; :mod:`planextract.correct.progress` follows it."""
    return None if _find_row(work, decision) is not None else "its row is not printed like this any more"


def _bind_nothing(_work: _Work, _decision: Decision) -> str | None:
    return None


_BINDERS = {
    "edit_cell": _bind_edit,
    "row": _bind_row,
    "split_row": _bind_split,
    "join": _bind_join,
    "inherit": _bind_inherit,
    "accept": _bind_accept,
    "link": _bind_link,
    "undo": _bind_nothing,
}


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
