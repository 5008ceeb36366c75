"""Join the pieces of a cut cell, as text and as printed."""

from __future__ import annotations

from collections.abc import Sequence

from rapidfuzz.distance import Indel

from planextract.model.roles import Role
from planextract.model.table import Cell, Column, Piece, StitchedRow


def join_pieces(pieces: Sequence[Piece]) -> str:
    """Return the text of the pieces: a line feed before each that opens a paragraph, nothing otherwise."""
    out = ""
    for piece in pieces:
        if piece.text:
            out += ("\n" if piece.opens_paragraph and out else "") + piece.text
    return out


def join_raw(pieces: Sequence[Piece]) -> str:
    """Return the pieces as printed, one a line; for a part of a cell, the part of its raw text."""
    return "\n".join(raw for piece in pieces if (raw := _slice_raw(piece.cell, piece.start, piece.end)))


def _slice_raw(cell: Cell, start: int, end: int) -> str:
    if start == 0 and end == len(cell.text):
        return cell.raw_text
    return cell.raw_text[_raw_offset(cell, start) : _raw_offset(cell, end)].strip()


def _raw_offset(cell: Cell, offset: int) -> int:
    """Return where in the raw text the character at ``offset`` of the text stands.

    Characters are matched in order; mark-up and spaces of the raw text are passed over. A text that a person has
    edited is aligned with it by the fewest insertions and deletions instead: its characters need not be there.
    """
    if any(edit.rule == "edit_cell" for edit in cell.edits):
        for step in Indel.opcodes(cell.text, cell.raw_text):
            if step.src_end >= offset:
                return step.dest_start + (offset - step.src_start if step.tag == "equal" else 0)
    if offset >= len(cell.text):
        return len(cell.raw_text)
    position = 0
    for char in cell.text[:offset]:
        found = cell.raw_text.find(char, position) if not char.isspace() else -1
        position = found + 1 if found >= 0 else position
    return position


def find_places(columns: Sequence[Column], role: Role) -> list[int]:
    """Return the places of the columns with a role."""
    return [i for i, column in enumerate(columns) if column.role is role]


def find_pieces(row: StitchedRow, columns: Sequence[Column], role: Role) -> tuple[Piece, ...]:
    """Return the pieces of a row's cell in the first column with a role."""
    return tuple(piece for place in find_places(columns, role)[:1] for piece in row.pieces[place])


def find_text(row: StitchedRow, columns: Sequence[Column], role: Role) -> str:
    """Return the text of a row's cell in the first column with a role; empty if there is none."""
    return join_pieces(find_pieces(row, columns, role))
