"""Name rows and cells by what they print, and find them again in another reading of the document.

A fingerprint is the start of the SHA-256 of the printed characters without white space: line wraps and
spaces may be read otherwise by another version, the characters may not. Where a fingerprint is shared by
several rows (blank ones, say), the row before tells them apart; what stays ambiguous is not found.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from planextract.model.decision import Anchor, AnchorCell
from planextract.model.roles import Role
from planextract.text.characters import without_spaces

_MIN_MAIN = 8


def fingerprint(raw_text: str) -> str:
    """Return 12 hex digits that stand for a printed text; "" for a blank one.

    >>> fingerprint("区 教委") == fingerprint("区教委"), fingerprint("  ")
    (True, '')
    """
    plain = without_spaces(raw_text)
    return hashlib.sha256(plain.encode("utf-8", "surrogatepass")).hexdigest()[:12] if plain else ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PrintedRow:
    """A row as printed with its fingerprints; ``cells`` from left to right."""

    table_no: int
    row: int
    cells: tuple[AnchorCell, ...]
    key: str
    main: str


class RowIndex:
    """The printed rows of one document in reading order, to anchor decisions and to find them again.

    Args:
        cells: All printed cells, in any order; header cells are passed over.
    """

    def __init__(self, cells: Iterable[AnchorCell]) -> None:
        grouped: dict[tuple[int, int], list[AnchorCell]] = {}
        for cell in cells:
            if cell.column != "header":
                grouped.setdefault((cell.table_no, cell.row), []).append(cell)
        self.rows: tuple[PrintedRow, ...] = tuple(_make_row(place, grouped[place]) for place in sorted(grouped))
        self._places = {(row.table_no, row.row): index for index, row in enumerate(self.rows)}
        self._homes = {cell.cell_id: index for index, row in enumerate(self.rows) for cell in row.cells}
        self._by_key: dict[str, list[int]] = {}
        self._by_main: dict[str, list[int]] = {}
        self._by_cell: dict[tuple[str, str], list[AnchorCell]] = {}
        for index, row in enumerate(self.rows):
            self._by_key.setdefault(row.key, []).append(index)
            if row.main:
                self._by_main.setdefault(row.main, []).append(index)
            for cell in row.cells:
                self._by_cell.setdefault((cell.column, fingerprint(cell.raw_text)), []).append(cell)

    def row_of(self, cell_id: str) -> PrintedRow | None:
        """Return the row in which a cell starts; None if there is no such cell."""
        index = self._homes.get(cell_id)
        return None if index is None else self.rows[index]

    def before(self, row: PrintedRow) -> PrintedRow | None:
        """Return the row printed before; None for the first one."""
        index = self._places[row.table_no, row.row]
        return self.rows[index - 1] if index else None

    def anchor_row(self, row: PrintedRow) -> Anchor:
        """Name a row of this document."""
        index = self._places[row.table_no, row.row]
        before = self._key_before(index)
        twins = [i for i in self._by_key[row.key] if self._key_before(i) == before]
        return Anchor(
            row=row.key,
            main=row.main,
            before=before,
            before_main=self.rows[index - 1].main if index else "",
            nth=twins.index(index),
            of=len(twins),
        )

    def anchor_cell(self, cell_id: str) -> Anchor:
        """Name a cell of this document.

        Raises:
            KeyError: If there is no such cell.
        """
        row = self.rows[self._homes[cell_id]]
        cell = next(cell for cell in row.cells if cell.cell_id == cell_id)
        raw = fingerprint(cell.raw_text)
        return replace(self.anchor_row(row), column=cell.column, col=cell.col, raw=raw)

    def find_row(self, anchor: Anchor, *, follows: bool = False) -> PrintedRow | None:
        """Find the row that an anchor names, or None if it is gone or cannot be told apart.

        Args:
            anchor: Made from this or another reading of the document.
            follows: The row before must be the same too: for decisions that are about both.
        """
        same = self._by_key.get(anchor.row, [])
        near = [index for index in same if self._key_before(index) == anchor.before]
        if near:
            return self._choose(near, anchor)
        if not follows and len(same) == 1:
            return self.rows[same[0]]
        similar = same or self._by_main.get(anchor.main, [])
        near = [index for index in similar if self._is_before(index, anchor)]
        if not near and not follows:
            near = similar
        return self.rows[near[0]] if len(near) == 1 else None

    def find_cell(self, anchor: Anchor) -> AnchorCell | None:
        """Find the cell that an anchor names: in its row, else the only one that prints this text in its column."""
        row = self.find_row(anchor)
        if row is not None:
            found = [c for c in row.cells if c.column == anchor.column and fingerprint(c.raw_text) == anchor.raw]
            exact = [cell for cell in found if cell.col == anchor.col]
            if len(found) == 1 or exact:
                return (exact or found)[0]
        alike = self._by_cell.get((anchor.column or "", anchor.raw), []) if anchor.raw else []
        return alike[0] if len(alike) == 1 else None

    def _choose(self, places: Sequence[int], anchor: Anchor) -> PrintedRow | None:
        if len(places) == 1:
            return self.rows[places[0]]
        return self.rows[places[anchor.nth]] if len(places) == anchor.of else None

    def _key_before(self, index: int) -> str:
        return self.rows[index - 1].key if index else ""

    def _is_before(self, index: int, anchor: Anchor) -> bool:
        if not index:
            return not anchor.before
        before = self.rows[index - 1]
        return before.key == anchor.before or (before.main != "" and before.main == anchor.before_main)


def _make_row(place: tuple[int, int], cells: list[AnchorCell]) -> PrintedRow:
    ordered = tuple(sorted(cells, key=lambda cell: cell.col))
    # Columns without a role may name people, whose text the tables withhold: they take no part.
    telling = [cell for cell in ordered if cell.column != Role.OTHER] or ordered
    longest = max((without_spaces(cell.raw_text) for cell in telling), key=len)
    return PrintedRow(
        table_no=place[0],
        row=place[1],
        cells=ordered,
        key=fingerprint("\x00".join(without_spaces(cell.raw_text) for cell in telling)),
        main=fingerprint(longest) if len(longest) >= _MIN_MAIN else "",
    )
