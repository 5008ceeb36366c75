"""Tables without a plan's roles, whole over their pages.

A table goes on with the next one by what it prints: the same column lines or the same header, nothing between but page
furniture. The header that a page prints again is left out; the rest of a row that a page cut goes to the row above.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from itertools import pairwise

from planextract.model.plain_table import PlainCell, PlainTable
from planextract.model.source import SourceBlock, SourceCell, SourceTable, SourceText
from planextract.stitch.joins import fold_line, is_furniture
from planextract.text.characters import fold, is_cjk, without_spaces
from planextract.text.markers import is_continuation_mark, is_none_mark
from planextract.text.sentences import is_finished

_EDGE_TOLERANCE_PT = 4.0
_LONGEST_LABEL = 40
_NUMBERS_OF_DATA = 2  # cells with a figure in a first row of data; labels with years are told by _has_header
_ODD_COLUMNS = 2  # that a reader of one page sees more or fewer than on the others
_SAME_LABELS = 0.6  # share of labels that a header printed again has in common with the first
_ALIKE = 0.4  # a label read otherwise on another page is more alike than that; another label is less
_LEAST_FIGURES = 2  # that a column of figures has
_FIGURE = re.compile(r"[-+±<>≥≤~约(（]*\d[\d,.\s]*[%‰)）]*\D{0,2}")
_NOTE = re.compile(
    r"(?:备?注|说明|资料来源|数据来源|来源|notes?|sources?)\s*[\d一二三]?\s*[:：.]|[*※†‡①-⑩]", re.IGNORECASE
)
_GOES_ON = re.compile(  # marks in a caption that is printed again
    r"^续(?=附?表)|[（(\[,，、]?\s*\b(?:continued|cont(?:['’]?d)?\.?)\s*[)）\]]?$|[（(\[]\s*(?:续表?|接上页)\s*\d*\s*[)）\]]",
    re.IGNORECASE,
)
_YEAR = re.compile(r"(?:19|20)\d\d(?:年|年度|/\d\d)?")
_CAPTION = re.compile(r"(?:table|figure|fig\.|表|附表|图|附件)\s*[\dA-Z一二三四五六七八九十]", re.IGNORECASE)


@dataclass(slots=True)
class _Growing:
    """A table as far as it is joined; ``open_below`` are the columns whose last cell has no rule below it."""

    source: SourceTable
    header_rows: int
    header: tuple[tuple[str, ...], ...]
    caption: str
    pages: list[int]
    row_count: int
    cells: list[PlainCell]
    open_below: tuple[bool, ...] = ()
    repeated: int = 0
    between: list[str] = field(default_factory=list)


def join_tables(blocks: Sequence[SourceBlock]) -> tuple[PlainTable, ...]:
    """Join the tables of a document over its pages.

    Args:
        blocks: Of one document, in reading order.

    Returns:
        Whole tables, in reading order.
    """
    found: list[_Growing] = []
    above = ""
    running = _find_running_lines(blocks)
    tables = [block for block in blocks if isinstance(block, SourceTable)]
    in_cells = {(table.page, fold_line(cell.raw_text)) for table in tables for cell in table.cells}
    for block in blocks:
        if isinstance(block, SourceText) and (block.page, fold_line(block.raw_text)) in in_cells:
            continue  # some parsers give the words of a table a second time, as lines
        if isinstance(block, SourceText):
            above = block.raw_text if not is_furniture(block.raw_text, running) else above
            if found:
                found[-1].between.append(block.raw_text)
        elif isinstance(block, SourceTable):
            if found and _goes_on(found[-1], block, running):
                _append(found[-1], block)
            else:
                found.append(_open(block, above))
            above = ""
    return tuple(_finish(table) for table in found)


def _open(table: SourceTable, caption: str) -> _Growing:
    header_rows = _count_header_rows(table)
    return _Growing(
        source=table,
        header_rows=header_rows,
        header=_texts(table)[:header_rows],
        caption=caption.strip(),
        pages=[table.page],
        row_count=table.row_count,
        cells=[_convert(cell, table, 0) for cell in table.cells],
        open_below=table.open_columns[1],
    )


def _finish(table: _Growing) -> PlainTable:
    return PlainTable(
        pages=tuple(dict.fromkeys(table.pages)),
        row_count=table.row_count,
        col_count=table.source.col_count,
        header_rows=min(table.header_rows, table.row_count - 1),
        cells=tuple(sorted(table.cells, key=lambda cell: (cell.row, cell.col))),
        caption=table.caption,
        repeated_headers=table.repeated,
    )


def _find_running_lines(blocks: Sequence[SourceBlock]) -> frozenset[str]:
    """Return the folded lines that stand on several pages, captions aside: running heads and feet."""
    pages: dict[str, set[int]] = {}
    for block in blocks:
        if isinstance(block, SourceText) and not _CAPTION.match(block.raw_text.strip()):
            pages.setdefault(fold_line(block.raw_text), set()).add(block.page)
    return frozenset(line for line, seen in pages.items() if len(seen) > 1)


def _goes_on(table: _Growing, after: SourceTable, running: frozenset[str]) -> bool:
    """Tell whether the next table is the rest of this one."""
    before = table.source
    lines = [line for line in table.between if not is_furniture(line, running) and not _NOTE.match(line.strip())]
    is_marked = any(is_continuation_mark(line) for line in table.between)
    captions = [_GOES_ON.sub("", line.strip()).strip() for line in lines if _GOES_ON.search(line.strip())]
    if table.caption and any(fold_line(line) == fold_line(table.caption) for line in captions):
        lines, is_marked = [], True
    if after.page - table.pages[-1] not in (0, 1) or (lines and not is_marked):
        return False
    if before.col_count != after.col_count:
        if not before.edges or not after.edges:
            return after.page > table.pages[-1] and _reads_on(table, after)
        is_part = _is_trimmed(before, after) or (_is_trimmed(after, before) and not _has_labels(after))
        return after.page > table.pages[-1] and is_part
    repeats = _find_header(table.header, _texts(after)) is not None
    if not repeats and not is_marked and (_has_labels(after) or _holds_others(table, after)):
        return False
    if before.edges and after.edges:
        is_same_place = _same_edges(before, after)
        return repeats or (is_same_place and (after.page > table.pages[-1] or not _opens_anew(after)))
    return repeats or (after.page > table.pages[-1] and not _opens_anew(after)) or is_marked


def _append(table: _Growing, after: SourceTable) -> None:
    """Add a continuation: without its repeated header, its first row to the last one if the page cut it."""
    if not table.header_rows and _prints_again(table, after):
        table.header_rows, table.header = 1, _texts(after)[:1]
    start = _find_header(table.header, _texts(after))
    header = range(0) if start is None else range(start, start + table.header_rows)
    table.repeated += start is not None
    rest = 0 if start != 0 else header.stop
    folded = 1 if start == 1 or _is_cut(table, after, rest) else 0
    skipped = len(header)
    offset = table.row_count - skipped - folded
    for cell in after.cells:
        if cell.row in header:
            continue
        if folded and cell.row == rest:
            _extend_last(table, cell, after)
            if cell.row_span == 1:
                continue
        table.cells.append(_convert(cell, after, offset))
    table.row_count = offset + after.row_count
    table.pages.append(after.page)
    table.open_below = after.open_columns[1]
    table.source = after if after.col_count >= table.source.col_count else table.source
    table.between = []


def _prints_again(table: _Growing, after: SourceTable) -> bool:
    """Tell whether a page begins with the table's very first row: a header, whatever its labels are."""
    first = {cell.col: fold(without_spaces(cell.text)) for cell in table.cells if cell.row == 0 and cell.row_span == 1}
    again = {cell.col: fold(without_spaces(cell.raw_text)) for cell in after.cells if cell.row == 0}
    return first == again and sum(bool(text) for text in first.values()) > 1


def _extend_last(table: _Growing, cell: SourceCell, after: SourceTable) -> None:
    """Join what a cut row prints to the cell above it."""
    last = table.row_count - 1
    for place, old in enumerate(table.cells):
        if old.row <= last < old.row + old.row_span and old.col == cell.col:
            more = ((after.page, cell.bbox),) if cell.bbox is not None and cell.raw_text.strip() else ()
            table.cells[place] = PlainCell(
                row=old.row,
                col=old.col,
                row_span=old.row_span,
                col_span=old.col_span,
                text=_glue(old.text, _text_of(cell)),
                boxes=(*old.boxes, *more),
            )
            return


def _glue(before: str, after: str) -> str:
    if not before or not after:
        return before + after
    return before + ("" if is_cjk(before[-1]) or is_cjk(after[0]) else " ") + after


def _is_cut(table: _Growing, after: SourceTable, row: int) -> bool:
    """Tell whether the first row of a page, below its header, is the rest of the row above.

    Its first cell is blank, and either a cell lacks its rule on both sides of the break or a text goes on.
    """
    first = {cell.col: cell for cell in after.cells if cell.row == row}
    if 0 not in first or first[0].raw_text.strip() or any(cell.row_span > 1 for cell in first.values()):
        return False
    top = after.open_columns[0]
    last = {cell.col: cell for cell in table.cells if cell.row + cell.row_span == table.row_count}
    for col, cell in first.items():
        if not cell.raw_text.strip() or col not in last or not last[col].text:
            continue
        is_open = row == 0 and col < len(top) and top[col] and col < len(table.open_below) and table.open_below[col]
        if is_open or not is_finished(last[col].text):
            return True
    return False


def _convert(cell: SourceCell, table: SourceTable, offset: int) -> PlainCell:
    boxes = ((table.page, cell.bbox),) if cell.bbox is not None else ()
    return PlainCell(
        row=cell.row + offset,
        col=cell.col,
        row_span=cell.row_span,
        col_span=cell.col_span,
        text=_text_of(cell),
        boxes=boxes,
    )


def _text_of(cell: SourceCell) -> str:
    """Return a cell's text with its lines joined as its reader saw them."""
    return "\n".join(cell.paragraphs) if cell.paragraphs is not None else cell.raw_text


def _texts(table: SourceTable) -> tuple[tuple[str, ...], ...]:
    """Return the folded texts, rows × columns; a merged cell stands at each of its positions."""
    grid = [[""] * table.col_count for _ in range(table.row_count)]
    for cell in table.cells:
        for row in range(cell.row, cell.row + cell.row_span):
            for col in range(cell.col, cell.col + cell.col_span):
                grid[row][col] = fold(without_spaces(cell.raw_text))
    return tuple(map(tuple, grid))


def _find_header(header: tuple[tuple[str, ...], ...], texts: tuple[tuple[str, ...], ...]) -> int | None:
    """Return the row where a page prints the header again: the first, or the second below the rest of one cell."""
    if not header:
        return None
    starts = (0, 1) if sum(bool(text) for text in texts[0]) == 1 else (0,)
    tries = (s for s in starts if len(texts) > s + len(header))
    return next((s for s in tries if _is_same_header(header, texts[s : s + len(header)])), None)


def _is_same_header(header: tuple[tuple[str, ...], ...], rows: tuple[tuple[str, ...], ...]) -> bool:
    """Tell whether rows print a header again; where its cells were divided otherwise, most of its labels are there."""
    if rows == header:
        return True
    if len(rows[0]) == len(header[0]):
        pairs = [(a, b) for old, new in zip(header, rows, strict=True) for a, b in zip(old, new, strict=True) if a or b]
        is_other = any(a and b and SequenceMatcher(None, a, b).ratio() < _ALIKE for a, b in pairs)
        return not is_other and sum(a == b for a, b in pairs) >= _SAME_LABELS * len(pairs)
    labels = {text for row in header for text in row if text}
    again = {text for row in rows for text in row if text}
    return min(len(labels), len(again)) > 1 and len(labels & again) >= _SAME_LABELS * max(len(labels), len(again))


def _reads_on(table: _Growing, after: SourceTable) -> bool:
    """Tell whether a table whose column lines are not known goes on with a column or two more or fewer."""
    if after.col_count == 1 or abs(after.col_count - table.source.col_count) > _ODD_COLUMNS:
        return False
    return _find_header(table.header, _texts(after)) is not None or not _opens_anew(after)


def _is_trimmed(before: SourceTable, after: SourceTable) -> bool:
    """Tell whether a continuation lacks the last columns: its column lines are the first ones of the table."""
    if not before.edges or not after.edges or len(after.edges) >= len(before.edges):
        return False
    shift = before.edges[0] - after.edges[0]
    pairs = zip(before.edges, after.edges, strict=False)
    return all(abs(a - b - shift) <= _EDGE_TOLERANCE_PT for a, b in pairs)


def _count_header_rows(table: SourceTable) -> int:
    """Return how many of the first rows are labels: those that the cells of the first row reach over; 0 if none is."""
    if not _has_header(table):
        return 0
    return min(max(cell.row_span for cell in table.cells if cell.row == 0), max(table.row_count - 1, 1))


def _has_header(table: SourceTable) -> bool:
    """Tell whether the first row is labels: short ones without figures, one at least in two of three columns."""
    first = [without_spaces(cell.raw_text) for cell in table.cells if cell.row == 0]
    filled = [text for text in first if text]
    if not filled or 3 * len(filled) < 2 * len(first):
        return False
    figures = sum(sum(char.isdigit() for char in text) * 2 > len(text) for text in filled)
    figures = 0 if _count_on(filled[1:]) else figures
    return not figures and max(map(len, filled)) <= _LONGEST_LABEL and not any(is_finished(text) for text in filled)


def _count_on(labels: list[str]) -> bool:
    """Tell whether labels are years, one after the other, up or down."""
    years = [int(label[:4]) for label in labels if _YEAR.fullmatch(label)]
    steps = {b - a for a, b in pairwise(years)}
    return len(years) == len(labels) > 1 and len(steps) == 1 and 0 not in steps


def _has_labels(table: SourceTable) -> bool:
    """Tell whether the first row is labels by the rows below: no figure in it stands above the columns of figures."""
    rows = _texts(table)
    if not _has_header(table) or sum(cell.row == 0 for cell in table.cells) < _LEAST_FIGURES:
        return False
    kinds = _find_kinds(rows[1:])
    figures = [place for place, is_figures in enumerate(kinds) if is_figures]
    return bool(figures) and all(rows[0][place] and not is_none_mark(rows[0][place]) for place in figures)


def _find_kinds(rows: Sequence[Sequence[str]]) -> list[bool | None]:
    """Return for each column whether all its texts are figures, or none; None where they are mixed or few."""
    kinds: list[bool | None] = []
    for column in zip(*rows, strict=True):
        texts = [text for text in column if text and not is_none_mark(text)]
        count = sum(_FIGURE.fullmatch(text) is not None for text in texts)
        is_clear = len(texts) >= _LEAST_FIGURES and count in (0, len(texts))
        kinds.append(count > 0 if is_clear else None)
    return kinds


def _holds_others(table: _Growing, after: SourceTable) -> bool:
    """Tell whether a column of figures is one of words on the next page, or the other way round, below its labels."""
    if table.source.col_count != after.col_count or not _has_header(after):
        return False
    old = [["" for _ in range(after.col_count)] for _ in range(table.row_count - table.header_rows)]
    for cell in table.cells:
        if cell.row >= table.header_rows:
            old[cell.row - table.header_rows][cell.col] = fold(without_spaces(cell.text))
    kinds = zip(_find_kinds(old), _find_kinds(_texts(after)[1:]), strict=False)
    return any(a is not None and b is not None and a != b for a, b in kinds)


def _opens_anew(table: SourceTable) -> bool:
    """Tell whether a table below another begins with labels of its own; a row with several numbers is none."""
    numbers = sum(any(char.isdigit() for char in cell.raw_text) for cell in table.cells if cell.row == 0)
    return numbers < _NUMBERS_OF_DATA and _has_header(table)


def _same_edges(before: SourceTable, after: SourceTable) -> bool:
    shift = before.edges[0] - after.edges[0]
    pairs = zip(before.edges, after.edges, strict=False)
    return len(before.edges) == len(after.edges) and all(abs(a - b - shift) <= _EDGE_TOLERANCE_PT for a, b in pairs)
