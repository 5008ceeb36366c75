"""Numbers printed before the names of tasks, in a table without a column of numbers: 1.推进…, （2）加强…."""

from __future__ import annotations

import re
from dataclasses import replace

from planextract.model.roles import Role
from planextract.model.table import StitchedRow, StitchedTable

_NUMBERED = re.compile(r"[（(]?(\d{1,3})[）)]?\s*[.、．]?\s*(?=[^\d\s.、．，,%％])")
_LEAST = 2  # tasks


def part_numbers(table: StitchedTable) -> StitchedTable:
    """Part the numbers from the names where all names begin with one and the numbers count on.

    Below a section they may begin again. The piece of a name begins behind its number, which stays in its cell.

    Returns:
        The table with numbers (``task_no``) and shorter names; itself if its names are not numbered so.
    """
    roles = [column.role for column in table.columns]
    if Role.TASK_NO in roles or Role.TASK_NAME not in roles:
        return table
    place = roles.index(Role.TASK_NAME)
    found = _read_numbers(table, place)
    if sum(entry is not None for entry in found) < _LEAST:
        return table
    rows = tuple(
        row if entry is None else _shorten(row, place, *entry) for row, entry in zip(table.rows, found, strict=True)
    )
    return replace(table, rows=rows)


def _read_numbers(table: StitchedTable, place: int) -> list[tuple[int, int] | None]:
    """Return, for each row, the number of the task that it opens and how long it is printed; nothing if one is odd."""
    found: list[tuple[int, int] | None] = []
    last, may_restart = None, False
    for row in table.rows:
        may_restart |= row.kind == "section"
        if row.kind != "data" or not row.opens_task:
            found.append(None)
            continue
        pieces = row.pieces[place]
        match = _NUMBERED.match(pieces[0].text) if pieces and pieces[0].start == 0 else None
        number = int(match[1]) if match is not None else None
        goes_on = number is not None and (last is None or number == last + 1 or (may_restart and number == 1))
        if match is None or number is None or not goes_on:
            return []
        found.append((number, match.end()))
        last, may_restart = number, False
    return found


def _shorten(row: StitchedRow, place: int, number: int, length: int) -> StitchedRow:
    first, *rest = row.pieces[place]
    pieces = tuple((replace(first, start=length), *rest) if i == place else own for i, own in enumerate(row.pieces))
    return replace(row, pieces=pieces, task_no=number)
