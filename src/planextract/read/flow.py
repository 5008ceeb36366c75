"""Documents that flow (Word, web pages, results of other parsers) → the blocks that every reader gives.

A flow document has paragraphs and tables, no places on a page. A cell may hold tables itself: where they hold
most of what an outer table says, the outer one only arranges them on the page and is dissolved; otherwise an
inner table is text of its cell, a row a line.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from planextract.errors import InputError
from planextract.model.source import BBox, SourceBlock, SourceCell, SourceMarkup, SourceTable, SourceText
from planextract.phrases import Phrase
from planextract.settings import ReadSettings
from planextract.text.characters import without_spaces
from planextract.text.markup import join_broken_lines

_FEW_CELLS, _MANY_BLOCKS, _LONG_TEXT, _NEARLY_ALL = 3, 5, 200, 0.9


@dataclass(frozen=True, slots=True, kw_only=True)
class Paragraph:
    """A paragraph as printed; a line feed is a line break inside it. ``page`` from 1, 0 if not known.

    ``kept`` is the text without what is struck through; None where nothing is.
    """

    text: str
    kept: str | None = None
    page: int = 0
    line: int | None = None
    bbox: BBox | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Aside:
    """Characters that are no text of the document, with the reason."""

    text: str
    reason: str
    page: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class FlowCell:
    """A cell: its top left grid position, from 0, and what it holds."""

    row: int
    col: int
    row_span: int = 1
    col_span: int = 1
    blocks: tuple[FlowBlock, ...] = ()
    bbox: BBox | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class FlowTable:
    """A table of ``row_count`` × ``col_count`` grid positions; its cells do not overlap.

    ``edges`` are x of its column lines in points, ascending, where they are known.
    """

    row_count: int
    col_count: int
    cells: tuple[FlowCell, ...]
    page: int = 0
    line: int | None = None
    edges: tuple[float, ...] = ()


FlowBlock = Paragraph | Aside | FlowTable


def make_blocks(
    flow: Iterable[FlowBlock], name: str, settings: ReadSettings, *, sees_paragraphs: bool = True
) -> tuple[SourceBlock, ...]:
    """Turn a flow into source blocks, in order.

    Args:
        flow: Paragraphs and tables.
        name: The file's name, for messages.
        settings: Limits.
        sees_paragraphs: Whether the paragraphs of cells are those of the document; other parsers lose them, and
            the text's own marks must tell them later.

    Whether blank cells can be the rest of merged ones is a property of the document: where any cell of it spans
    rows, its author merges cells, and a blank one is blank.

    Raises:
        InputError: If tables are nested deeper than ``read.max_nesting``.
    """
    blocks = [block for item in flow for block in _dissolve(item, name, settings, 1)]
    merges = any(cell.row_span > 1 for block in blocks if isinstance(block, FlowTable) for cell in block.cells)
    return tuple(made for block in blocks for made in _convert(block, merges, sees_paragraphs))


def _dissolve(block: FlowBlock, name: str, settings: ReadSettings, depth: int) -> Iterator[FlowBlock]:
    """Yield a table itself, or what an outer table arranges, cell by cell."""
    if depth > settings.max_nesting:
        raise InputError(
            "read.too_deep",
            Phrase("tables are nested more than {max_nesting} deep", max_nesting=settings.max_nesting),
            file=name,
            advice="Raise read.max_nesting in the settings, or repair the file.",
        )
    if not isinstance(block, FlowTable) or not _arranges(block):
        yield block
        return
    for cell in block.cells:
        for inner in cell.blocks:
            yield from _dissolve(inner, name, settings, depth + 1)


def _arranges(table: FlowTable) -> bool:
    filled = _filled(table)
    if len(filled) == 1 and len(table.cells) == 1:
        return True
    if _holds_page(table):
        return True
    inner = [block for cell in filled for block in cell.blocks if isinstance(block, FlowTable)]
    if not any(table.row_count > 1 and table.col_count > 1 for table in inner):
        return False
    return 2 * sum(map(_size, inner)) >= _size(table)


def _holds_page(table: FlowTable) -> bool:
    """Tell whether one cell holds nearly all, paragraph below paragraph: the page's text, laid out by a table.

    A row of a plan that a page cut off fills other cells too.
    """
    filled = _filled(table)
    if not filled or len(filled) > _FEW_CELLS:
        return False
    largest = max(filled, key=_size_of_cell)
    if sum(map(_count_paragraphs, largest.blocks)) < _MANY_BLOCKS:
        return False
    size = _size_of_cell(largest)
    return size >= _LONG_TEXT and size >= _NEARLY_ALL * _size(table)


def _count_paragraphs(block: FlowBlock) -> int:
    """Count the paragraphs of a block; those of a table of data count as one.

    A table with one cell that prints something holds no data: sites lay the text out with empty cells beside it.
    """
    if not isinstance(block, FlowTable):
        return 1
    filled = _filled(block)
    if len(filled) > 1:
        return 1
    return sum(_count_paragraphs(inner) for cell in filled for inner in cell.blocks)


def _filled(table: FlowTable) -> list[FlowCell]:
    """Return the cells that print something; an empty table inside one is nothing."""
    return [cell for cell in table.cells if any(map(_size, cell.blocks))]


def _size_of_cell(cell: FlowCell) -> int:
    return sum(map(_size, cell.blocks))


def _size(block: FlowBlock) -> int:
    """Count a block's characters, white space aside; with a stack, for nesting is the author's choice."""
    count, stack = 0, [block]
    while stack:
        top = stack.pop()
        if isinstance(top, FlowTable):
            stack.extend(inner for cell in top.cells for inner in cell.blocks)
        else:
            count += len(without_spaces(top.text))
    return count


def _convert(block: FlowBlock, merges: bool, sees_paragraphs: bool) -> Iterator[SourceBlock]:
    if isinstance(block, Aside):
        if block.text.strip():
            yield SourceMarkup(page=block.page, raw_text=block.text.strip(), reason=block.reason)
    elif isinstance(block, Paragraph):
        is_first = True
        for line in block.text.split("\n"):
            if line.strip():
                yield SourceText(
                    page=block.page, raw_text=line.strip(), line=block.line, bbox=block.bbox, starts_paragraph=is_first
                )
                is_first = False
    elif block.cells:
        yield SourceTable(
            page=block.page,
            row_count=block.row_count,
            col_count=block.col_count,
            has_spans=merges,
            cells=tuple(_convert_cell(cell, block, sees_paragraphs) for cell in block.cells),
            line=block.line,
            edges=block.edges,
            has_own_rows=sees_paragraphs,
        )
        for aside in _asides(block):
            yield from _convert(replace(aside, page=aside.page or block.page), merges, sees_paragraphs)


def _asides(table: FlowTable) -> Iterator[Aside]:
    for cell in table.cells:
        for block in cell.blocks:
            if isinstance(block, Aside):
                yield block
            elif isinstance(block, FlowTable):
                yield from _asides(block)


def _convert_cell(cell: FlowCell, table: FlowTable, sees_paragraphs: bool) -> SourceCell:
    """Make a cell: its printed lines, and its paragraphs with line breaks resolved as in any other text."""
    lines: list[str] = []
    kept_lines: list[str] = []
    paragraphs: list[str] = []
    for block in cell.blocks:
        if isinstance(block, Aside):
            continue
        texts = [block.text] if isinstance(block, Paragraph) else list(_inner_rows(block))
        lines.extend(line for text in texts for line in _lines(text))
        if isinstance(block, Paragraph) and block.kept is not None:
            texts = [block.kept]
        for text in texts:
            own = _lines(text)
            kept_lines.extend(own)
            paragraphs.extend(join_broken_lines(own))
    return SourceCell(
        row=cell.row,
        col=cell.col,
        row_span=cell.row_span,
        col_span=cell.col_span,
        raw_text="\n".join(lines),
        paragraphs=tuple(paragraphs) if sees_paragraphs else None,
        line=table.line,
        bbox=cell.bbox,
        kept_text="\n".join(kept_lines) if kept_lines != lines else None,
    )


def _lines(text: str) -> list[str]:
    return [line.strip() for line in text.split("\n") if line.strip()]


def _inner_rows(table: FlowTable) -> Iterator[str]:
    """Yield the rows of a table inside a cell, each as one line."""
    by_row: dict[int, list[str]] = {}
    for cell in table.cells:
        parts = [_plain(block) for block in cell.blocks]
        by_row.setdefault(cell.row, []).append(" ".join(part for part in parts if part))
    for row in sorted(by_row):
        yield " ".join(text for text in by_row[row] if text)


def _plain(block: FlowBlock) -> str:
    if isinstance(block, FlowTable):
        return " ".join(_inner_rows(block))
    return " ".join(block.text.split()) if isinstance(block, Paragraph) else ""
