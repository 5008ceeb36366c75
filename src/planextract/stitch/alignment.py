"""The columns of a fragment under those of the table that it goes on with."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from planextract.model.roles import Role
from planextract.model.table import Cell, Column, Fragment


def find_positions(columns: Sequence[Column], others: Sequence[Column]) -> tuple[int | None, ...] | None:
    """Find, for each column of a table, the column of a continuation that goes under it.

    Returns:
        One position (or None: the continuation lacks this column) per column of the table; None
        if the continuation has a column that the table lacks.
    """
    if [c.role for c in columns] == [c.role for c in others]:
        return tuple(range(len(columns)))
    free = dict(enumerate(others))
    positions: list[int | None] = []
    for column in columns:
        place = next(
            (
                i
                for i, other in free.items()
                if other.role == column.role and (column.role is not Role.OTHER or other.label == column.label)
            ),
            None,
        )
        positions.append(place)
        if place is not None:
            del free[place]
    return None if free else tuple(positions)


def align(fragment: Fragment, columns: tuple[Column, ...], positions: tuple[int | None, ...]) -> Fragment:
    """Lay a fragment's cells out under the columns of the table it continues.

    Where the columns change places, a cell over several of them stays with the first one of its own page.
    """
    used = [place for place in positions if place is not None]
    is_moved = used != sorted(used)
    rows = []
    for row in fragment.rows:
        cells = _first_places(row.cells) if is_moved else row.cells
        rows.append(replace(row, cells=tuple(None if place is None else cells[place] for place in positions)))
    return replace(fragment, columns=columns, rows=tuple(rows))


def _first_places(cells: tuple[Cell | None, ...]) -> tuple[Cell | None, ...]:
    """Return the cells of a row, each at its first place only."""
    seen: set[str] = set()
    kept: list[Cell | None] = []
    for cell in cells:
        kept.append(None if cell is None or cell.cell_id in seen else cell)
        if cell is not None:
            seen.add(cell.cell_id)
    return tuple(kept)
