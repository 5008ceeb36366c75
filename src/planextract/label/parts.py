"""Cut a table of the source at its header rows, also where a repeated header is damaged."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from planextract.label.continuation import is_other_header
from planextract.label.headers import HeaderMatch, SeenHeader, is_same_header, match_damaged_repeat, match_header
from planextract.model.source import SourceCell, SourceTable
from planextract.model.vocabulary import ColumnVocabulary
from planextract.text.characters import without_spaces


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """Rows ``start`` to ``end`` of a table, under one header (or under none: a continuation)."""

    start: int
    end: int
    header: HeaderMatch | None


def find_parts(
    grid: list[list[SourceCell | None]],
    vocabulary: ColumnVocabulary,
    seen: SeenHeader,
    coming: Callable[[], Sequence[SeenHeader]],
    *,
    is_same_place: bool,
) -> Iterator[Part]:
    """Cut a table at its header rows: a text may print several pages without a gap.

    Args:
        grid: Cells, rows × columns.
        vocabulary: Known wordings.
        seen: The header printed last.
        coming: Gives the undamaged headers of the whole document, asked only where a first header is damaged.
        is_same_place: The table stands in the column lines of the one before.
    """
    starts: list[tuple[int, HeaderMatch | None]] = []
    index = 0
    while index < len(grid):
        texts = texts_of(grid[index : index + 2])
        header = _match(texts, vocabulary, seen, is_same_place=is_same_place and index == 0)
        if header is not None and header.unknown:
            repeats = (match_damaged_repeat(texts, other, vocabulary, is_same_place=False) for other in coming())
            header = next((repeat for repeat in repeats if repeat is not None), header)
        if header is not None and not is_crossed(index, grid):
            starts.append((index, header))
            seen = remember_header(header, texts, seen)
            index += header.row_count
        else:
            if index == 0:
                starts.append((0, None))
            elif _opens_other(index, grid, seen, vocabulary):
                caption = index - 1 if starts[-1][0] < index - 1 and _is_caption(grid[index - 1]) else index
                starts.extend((row, None) for row in range(caption, index + 1))
            index += 1
    for (start, header), following in zip(starts, [*starts[1:], (len(grid), None)], strict=True):
        yield Part(start=start, end=following[0], header=header)


def _opens_other(
    index: int, grid: list[list[SourceCell | None]], seen: SeenHeader, vocabulary: ColumnVocabulary
) -> bool:
    """Tell whether another kind of table, a list of people, begins at a row right below the plan's."""
    (texts,) = texts_of(grid[index : index + 1])
    return is_other_header(texts, seen.columns, vocabulary) and not is_crossed(index, grid)


def _is_caption(row: Sequence[SourceCell | None]) -> bool:
    return len({id(cell) for cell in row if cell is not None and cell.raw_text.strip()}) == 1


def find_clean_headers(tables: Iterable[SourceTable], vocabulary: ColumnVocabulary) -> tuple[SeenHeader, ...]:
    """Return the different headers without an unknown or damaged label that a document prints, in order."""
    found: dict[SeenHeader, None] = {}
    for table in tables:
        grid = texts_of(expand(table))
        for index in range(len(grid)):
            header = match_header(grid[index : index + 2], vocabulary)
            if header is not None and not header.unknown and not header.damaged:
                found.setdefault(remember_header(header, grid[index : index + 2], SeenHeader()))
    return tuple(found)


def _match(
    texts: list[list[str]], vocabulary: ColumnVocabulary, seen: SeenHeader, *, is_same_place: bool
) -> HeaderMatch | None:
    """Match the first rows as a header by its wordings, or as the last one again.

    Where the second row prints the last header again, which had one row, what stands above is no level of it, though
    it may read like a label (专项行动, the end of a name).
    """
    first, *below = (tuple(map(without_spaces, row)) for row in texts)
    if below and below == list(seen.labels) and first != below[0]:
        return None
    header = match_header(texts, vocabulary)
    if header is not None and not header.unknown and not header.damaged:
        return header
    known = seen.columns
    if header is None and known and is_same_header(texts[0], known):
        labels = tuple(without_spaces(text) for text in texts[0])
        damaged = tuple(
            (label, column.label) for label, column in zip(labels, known, strict=True) if label != column.label
        )
        return HeaderMatch(columns=known, row_count=1, damaged=damaged, unknown=())
    return match_damaged_repeat(texts, seen, vocabulary, is_same_place=is_same_place) or header


def remember_header(header: HeaderMatch, texts: list[list[str]], seen: SeenHeader) -> SeenHeader:
    """Return what a later header is compared with: a damaged repetition is not learnt."""
    if header.columns == seen.columns and header.damaged:
        return seen
    labels = tuple(tuple(without_spaces(text) for text in row) for row in texts[: header.row_count])
    return SeenHeader(columns=header.columns, labels=labels)


def texts_of(grid: Sequence[Sequence[SourceCell | None]]) -> list[list[str]]:
    """Return the raw texts of a grid, rows × columns."""
    return [[cell.raw_text if cell else "" for cell in row] for row in grid]


def is_crossed(index: int, grid: list[list[SourceCell | None]]) -> bool:
    """Tell whether a merged cell with text reaches into a row from above: a table is never cut through a cell."""
    return any(cell is not None and cell.row < index and cell.raw_text.strip() for cell in grid[index])


def expand(table: SourceTable) -> list[list[SourceCell | None]]:
    """Lay the cells out on the grid, rows × columns; a merged cell stands at each of its positions."""
    grid: list[list[SourceCell | None]] = [[None] * table.col_count for _ in range(table.row_count)]
    for cell in table.cells:
        for row in range(cell.row, cell.row + cell.row_span):
            for col in range(cell.col, cell.col + cell.col_span):
                grid[row][col] = cell
    return grid
