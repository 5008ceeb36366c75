"""What missing rules at a page break say: a row that lacks its rule in the measure column is cut there.

Where only other columns lack it, the row is whole and the cells in those columns are merged with cells of the next
page. Producers differ: some close every cell at the page edge, so closed cells say much only where others are open.
"""

from __future__ import annotations

from collections.abc import Sequence

from planextract.model.table import AGENCY_ROLES, Fragment, Role


def is_cut_open(before: Fragment, after: Fragment) -> bool | None:
    """Tell whether the rule of the measure column is missing at the break, below or above; None where none are seen."""
    if before.open_columns is None or after.open_columns is None:
        return None
    return _is_open(before, Role.MEASURE, 1) or _is_open(after, Role.MEASURE, 0)


def find_continued(before: Fragment, after: Fragment) -> frozenset[Role]:
    """Return the roles whose cell goes on over a break that does not cut the row: cells merged over pages."""
    if before.open_columns is None or after.open_columns is None or is_cut_open(before, after):
        return frozenset()
    return frozenset(
        role for role in (Role.DEADLINE, *AGENCY_ROLES) if _is_open(before, role, 1) or _is_open(after, role, 0)
    )


def leaves_open(fragments: Sequence[Fragment]) -> bool:
    """Tell whether this document's producer leaves cells open at the page edge: some page says so."""
    return any(fragment.open_columns is not None and any(fragment.open_columns[1]) for fragment in fragments)


def _is_open(fragment: Fragment, role: Role, side: int) -> bool:
    sides = fragment.open_columns[side] if fragment.open_columns is not None else ()
    return any(is_open for column, is_open in zip(fragment.columns, sides, strict=False) if column.role is role)
