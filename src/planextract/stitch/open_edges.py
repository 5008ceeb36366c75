"""What missing rules at the foot of a page say: a row that lacks its rule in the measure column is cut there.

Rules at the head of a page say nothing: many producers draw only the lower rule of a row. Where only other columns
lack it, the row is whole and the cells in those columns are merged with cells of the next page. Producers differ:
some close every cell at the page edge, so closed cells say much only where others are open.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from planextract.model.roles import AGENCY_ROLES, Role
from planextract.model.table import Fragment, Row
from planextract.stitch.row_facts import own_cells

_MERGED_ROLES = (Role.TASK_NO, Role.TASK_NAME, Role.DEADLINE, *AGENCY_ROLES)
Habit = Literal["open", "closed", "both"]


def is_cut_open(before: Fragment, after: Fragment) -> bool | None:
    """Tell whether the rule of the measure column is missing at the break; None where no rules are seen.

    A page that begins with a blank row shows where the row ended: it was cut below its last line.
    """
    if before.open_columns is None or after.open_columns is None:
        return None
    return _is_open(before, Role.MEASURE) and not count_blank(after)


def find_continued(before: Fragment, after: Fragment) -> frozenset[Role]:
    """Return the roles whose cell goes on over a break that does not cut the row: cells merged over pages."""
    if before.open_columns is None or after.open_columns is None or is_cut_open(before, after):
        return frozenset()
    if _is_open(before, Role.MEASURE):
        return frozenset()
    return frozenset(role for role in _MERGED_ROLES if _is_open(before, role))


def find_habit(fragments: Sequence[Fragment]) -> Habit:
    """Tell whether this document's producer leaves cells open at the page edge, by all pages but the last."""
    open_pages = [any(f.open_columns[1]) for f in fragments[:-1] if f.open_columns is not None]
    if not any(open_pages):
        return "closed"
    return "open" if all(open_pages) else "both"


def count_blank(fragment: Fragment) -> int:
    """Count the rows at the top that print nothing: a row cut at its padding."""
    count = 0
    while count < len(fragment.rows) and _is_blank(fragment.rows[count]):
        count += 1
    return count if count < len(fragment.rows) else 0


def _is_blank(row: Row) -> bool:
    return row.kind == "data" and not any(cell is not None and cell.raw_text.strip() for cell in own_cells(row))


def _is_open(fragment: Fragment, role: Role) -> bool:
    bottom = fragment.open_columns[1] if fragment.open_columns is not None else ()
    return any(is_open for column, is_open in zip(fragment.columns, bottom, strict=False) if column.role is role)
