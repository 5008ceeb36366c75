"""What a table's own cells say of its blank ones."""

from __future__ import annotations

from planextract.compose.pieces import find_text
from planextract.model.roles import AGENCY_ROLES, Role
from planextract.model.table import StitchedTable
from planextract.text.markers import is_none_mark

_MIN_ROWS = 8  # so many rows without a blank cell say that there are none


def prints_none(table: StitchedTable) -> bool:
    """Tell whether the table marks empty agency cells explicitly (in one of twenty rows or more)."""
    marks = total = 0
    for row in table.rows:
        if row.kind == "data":
            total += 1
            marks += any(is_none_mark(find_text(row, table.columns, role).replace("\n", "")) for role in AGENCY_ROLES)
    return marks > 0 and 20 * marks >= total


def find_never_blank(table: StitchedTable) -> frozenset[Role]:
    """Return the agency roles whose cells are merged somewhere but never blank inside a page."""
    if not table.has_spans:
        return frozenset()
    inside = [row for row in table.rows if row.kind == "data" and not row.starts_fragment]
    found = set()
    for place, column in enumerate(table.columns):
        merged = sum(row.is_merged[place] for row in inside)
        blank = sum(not row.is_merged[place] and not any(p.text for p in row.pieces[place]) for row in inside)
        if column.role in AGENCY_ROLES and merged and not blank and len(inside) >= _MIN_ROWS:
            found.add(column.role)
    return frozenset(found)
