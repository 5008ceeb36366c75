"""What a person decided about rows and joins, bound to this document (:mod:`planextract.correct`)."""

from __future__ import annotations

from dataclasses import replace

from planextract.model.decision import Bound, BoundJoin, BoundRow
from planextract.model.record import Repair
from planextract.model.roles import Role
from planextract.model.table import Fragment, Row, StitchedRow
from planextract.stitch.growing_table import GrowingTable, RowChoice
from planextract.stitch.row_facts import own_cells


def decide_by_person(
    table: GrowingTable, fragment: Fragment, row: Row, choice: RowChoice, bound: Bound
) -> RowChoice | None:
    """Return a person's decision on a row instead of our choice, recorded as a repair; None if there is none.

    Args:
        table: The table so far; gets the repair.
        fragment: Where the row stands.
        row: The row.
        choice: Our own choice, kept as the runner-up.
        bound: Decisions bound to this document.
    """
    said = bound.rows.get((fragment.table_no, row.row))
    if said is None or said.start is None:
        return None
    is_same = (said.start, said.head_end) == (choice.start, choice.tail_end)
    cell = next((cell for cell in own_cells(row) if cell is not None), None)
    table.repairs.append(
        Repair(
            stage="decisions",
            rule="confirm_row" if is_same else "decide_row",
            before=_name(choice),
            after=said.start + ("+head" if said.head_end is not None else ""),
            cell_id=cell.cell_id if cell else None,
            decision_id=said.decision_id,
        )
    )
    runner_up = choice.runner_up if said.start == choice.start else choice.start
    return RowChoice(
        start=said.start, score=1.0, reasons=("decision", *choice.reasons), runner_up=runner_up, tail_end=said.head_end
    )


def find_first_decided(fragment: Fragment, bound: Bound) -> BoundRow | None:
    """Return a person's decision on what the first data row of a fragment is, if there is one."""
    rows = (row for row in fragment.rows if row.kind == "data")
    first = next((row for row in rows if any(cell is not None and cell.raw_text.strip() for cell in row.cells)), None)
    said = bound.rows.get((fragment.table_no, first.row)) if first is not None else None
    return said if said is not None and said.start is not None else None


def _name(choice: RowChoice) -> str:
    return choice.start + ("+head" if choice.tail_end is not None else "")


def note_join(said: BoundJoin | None, ours: str, fragment: Fragment, *, has_same_columns: bool) -> Repair | None:
    """Return the repair for a person's decision on a join; None without one, or where the columns forbid it."""
    if said is None or said.join is None or (said.join == "joined" and not has_same_columns):
        return None
    cell = next((cell for row in fragment.rows for cell in own_cells(row) if cell is not None), None)
    is_same = said.join == ours
    return Repair(
        stage="decisions",
        rule="confirm_join" if is_same else "decide_join",
        before=ours,
        after=said.join,
        cell_id=cell.cell_id if cell else None,
        decision_id=said.decision_id,
    )


def split_decided(table: GrowingTable, fragment: Fragment, row: Row, bound: Bound) -> None:
    """Make several measures of the row placed last, where a person split it; its other cells stay with the first.

    The further measures have no cells of their own: like merged cells, they take over those above.
    """
    said = bound.rows.get((fragment.table_no, row.row))
    place = next((i for i, column in enumerate(fragment.columns) if column.role is Role.MEASURE), None)
    if said is None or not said.split_at or place is None or not table.rows:
        return
    for offset in said.split_at:
        last = table.rows[-1]
        piece = last.pieces[place][-1] if last.pieces[place] else None
        if piece is None or not piece.start < offset < piece.end or piece.cell.row != row.row:
            continue
        text = piece.cell.text
        start = offset + (text[offset : offset + 1] == "\n")
        first = (*last.pieces[place][:-1], replace(piece, end=offset))
        rest = (replace(piece, start=start, opens_paragraph=False),)
        columns = range(len(last.pieces))
        table.rows[-1] = replace(last, pieces=tuple(first if i == place else last.pieces[i] for i in columns))
        table.rows.append(
            StitchedRow(
                kind="data",
                pages=(fragment.page,),
                pieces=tuple(rest if i == place else () for i in columns),
                opens_task=False,
                is_merged=tuple(i != place for i in columns),
            )
        )
        table.repairs.append(
            Repair(
                stage="decisions",
                rule="split_row",
                before=text[piece.start : piece.end],
                after=f"{text[piece.start : offset]} ‖ {text[start : piece.end]}",
                cell_id=piece.cell.cell_id,
                decision_id=said.decision_id,
                split_at=offset - piece.start,
            )
        )
