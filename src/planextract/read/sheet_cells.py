"""The cells of a sheet, packed: a sheet may have a million, and each is made when somebody asks for it.

A cell as an object takes 136 bytes, what it says besides its text mostly 8. All that looks at a table's cells goes
through them once or twice, so that making them anew costs less than keeping them.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import overload

from planextract.model.source import SourceCell
from planextract.text.markup import join_broken_lines

_SHORT = 40
_KEPT = 50_000  # short texts whose lines are remembered
_NO_PARAGRAPHS: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class PackedRow:
    """A row: its line in the sheet, from 1; by column its text, "" for a blank cell, None where a span covers it."""

    line: int
    texts: tuple[str | None, ...]


class PackedCells(Sequence[SourceCell]):
    """Cells by row, then column, as a tuple would hold them; equal to any sequence of the same cells."""

    __slots__ = ("_count", "_kept", "_rows", "_spans")

    def __init__(
        self,
        rows: tuple[PackedRow, ...],
        spans: Mapping[tuple[int, int], tuple[int, int]],
        kept: Mapping[tuple[int, int], str] | None = None,
    ) -> None:
        """Take rows and, by the position of its first cell, the rows and columns that a span covers.

        ``kept`` is what is left of cells of which a part is struck through.
        """
        self._rows, self._spans, self._kept = rows, dict(spans), dict(kept or {})
        self._count = sum(len(row.texts) - row.texts.count(None) for row in rows)

    def __len__(self) -> int:
        return self._count

    def __iter__(self) -> Iterator[SourceCell]:
        known: dict[str, tuple[str, tuple[str, ...]]] = {}
        for index in range(len(self._rows)):
            yield from self._make_row(index, known)

    @overload
    def __getitem__(self, index: int) -> SourceCell: ...
    @overload
    def __getitem__(self, index: slice) -> tuple[SourceCell, ...]: ...
    def __getitem__(self, index: int | slice) -> SourceCell | tuple[SourceCell, ...]:
        if isinstance(index, slice):
            return tuple(self)[index]
        place = index + self._count if index < 0 else index
        for number, row in enumerate(self._rows):
            own = len(row.texts) - row.texts.count(None)
            if 0 <= place < own:
                return list(self._make_row(number, {}))[place]
            place -= own
        raise IndexError(index)

    def __eq__(self, other: object) -> bool:
        if isinstance(other, PackedCells) and (self._rows, self._spans, self._kept) == (
            other._rows,
            other._spans,
            other._kept,
        ):
            return True
        return isinstance(other, tuple | PackedCells) and tuple(self) == tuple(other)

    def __hash__(self) -> int:
        return hash(tuple(self))

    def __repr__(self) -> str:
        return f"PackedCells({len(self._rows)} rows, {self._count} cells)"

    def _make_row(self, index: int, known: dict[str, tuple[str, tuple[str, ...]]]) -> Iterator[SourceCell]:
        row, spans = self._rows[index], self._spans
        for col, text in enumerate(row.texts):
            if text is None:
                continue
            raw, paragraphs = known.get(text) or _split(text, known)
            height, width = spans.get((index, col), (1, 1)) if spans else (1, 1)
            kept = None
            if self._kept and (index, col) in self._kept:
                kept, paragraphs = _split(self._kept[index, col], {})
            yield SourceCell(
                row=index,
                col=col,
                raw_text=raw,
                paragraphs=paragraphs,
                row_span=height,
                col_span=width,
                line=row.line,
                kept_text=kept,
            )


def _split(text: str, known: dict[str, tuple[str, tuple[str, ...]]]) -> tuple[str, tuple[str, ...]]:
    """Return a cell's printed lines and its paragraphs; short texts, which come again, are remembered."""
    if "\n" in text:
        lines = [line.strip() for line in text.split("\n") if line.strip()]
        made = ("\n".join(lines), tuple(join_broken_lines(lines)))
    else:
        plain = text.strip()
        made = (plain, (plain,) if plain else _NO_PARAGRAPHS)
    if len(text) <= _SHORT and len(known) < _KEPT:
        known[text] = made
    return made
