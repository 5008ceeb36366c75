"""What a person decided about rows and joins, bound to this document (:mod:`planextract.correct`)."""

from __future__ import annotations

from collections.abc import Iterator, Set
from dataclasses import replace

from planextract.model.decision import JoinOverride, Overrides, RowOverride
from planextract.model.record import Finding, Repair
from planextract.model.table import Fragment, JoinDecision, Role, Row, StitchedRow
from planextract.stitch.growing_table import GrowingTable, RowChoice
from planextract.stitch.row_facts import own_cells


def decide_by_person(
    table: GrowingTable, fragment: Fragment, row: Row, choice: RowChoice, overrides: Overrides, used: set[str]
) -> RowChoice | None:
    """Return a person's decision on a row instead of ours, recorded as a repair; None if there is none.

    Args:
        table: The table so far; gets the repair.
        fragment: Where the row stands.
        row: The row.
        choice: Our own decision, kept as the runner-up.
        overrides: Decisions bound to this document.
        used: Gets the ids of the decisions that were used.
    """
    override = overrides.find_row(fragment.table_no, row.row)
    if override is None or override.decision is None:
        return None
    used.update(override.decision_ids)
    is_same = (override.decision, override.head_end) == (choice.decision, choice.tail_end)
    cell = next((cell for cell in own_cells(row) if cell is not None), None)
    table.repairs.append(
        Repair(
            stage="decisions", rule="confirm_row" if is_same else "decide_row", before=_name(choice),
            after=override.decision + ("+head" if override.head_end is not None else ""),
            cell_id=cell.cell_id if cell else None, decision_id=override.decision_ids[-1],
        )
    )  # fmt: skip
    runner_up = choice.runner_up if override.decision == choice.decision else choice.decision
    return RowChoice(
        decision=override.decision, score=1.0, reasons=("decision", *choice.reasons), runner_up=runner_up,
        tail_end=override.head_end,
    )  # fmt: skip


def find_first_decided(fragment: Fragment, overrides: Overrides) -> RowOverride | None:
    """Return a person's decision on what the first data row of a fragment is, if there is one."""
    rows = (row for row in fragment.rows if row.kind == "data")
    first = next((row for row in rows if any(cell is not None and cell.raw_text.strip() for cell in row.cells)), None)
    override = overrides.find_row(fragment.table_no, first.row) if first is not None else None
    return override if override is not None and override.decision is not None else None


def _name(choice: RowChoice) -> str:
    return choice.decision + ("+head" if choice.tail_end is not None else "")


def note_join(join: JoinOverride | None, ours: str, fragment: Fragment, *, has_same_columns: bool) -> Repair | None:
    """Return the repair for a person's decision on a join; None without one, or where the columns forbid it."""
    if join is None or (join.decision == "joined" and not has_same_columns):
        return None
    cell = next((cell for row in fragment.rows for cell in own_cells(row) if cell is not None), None)
    is_same = join.decision == ours
    return Repair(
        stage="decisions", rule="confirm_join" if is_same else "decide_join", before=ours, after=join.decision,
        cell_id=cell.cell_id if cell else None, decision_id=join.decision_id,
    )  # fmt: skip


def split_decided(table: GrowingTable, fragment: Fragment, row: Row, overrides: Overrides) -> None:
    """Make several measures of the row placed last, where a person split it; its other cells stay with the first.

    The further measures have no cells of their own: like merged cells, they take over those above.
    """
    override = overrides.find_row(fragment.table_no, row.row)
    place = next((i for i, column in enumerate(fragment.columns) if column.role is Role.MEASURE), None)
    if override is None or not override.split_at or place is None or not table.rows:
        return
    for offset in override.split_at:
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
                kind="data", pages=(fragment.page,), pieces=tuple(rest if i == place else () for i in columns),
                opens_task=False, is_merged=tuple(i != place for i in columns),
            )
        )  # fmt: skip
        table.repairs.append(
            Repair(
                stage="decisions", rule="split_row", before=text[piece.start : piece.end],
                after=f"{text[piece.start : offset]} ‖ {text[start : piece.end]}", cell_id=piece.cell.cell_id,
                decision_id=override.decision_ids[-1],
            )
        )  # fmt: skip


def report_unused(overrides: Overrides, used: Set[str]) -> Iterator[Finding]:
    """Yield a finding for each decision on a row or a join that the document gave no occasion for."""
    rows = [(override.decision_ids[-1], override.decision) for override in overrides.rows if override.decision]
    joins: list[tuple[str, JoinDecision]] = [(join.decision_id, join.decision) for join in overrides.joins]
    for decision_id, decision in (*rows, *joins):
        if decision_id not in used:
            message = (
                f"decision {decision_id} ({decision}) was not replayed: its row is no row of a plan table any more"
            )
            yield Finding(code="decisions.stale", severity="warning", message=message)
