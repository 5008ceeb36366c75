"""Make a fragment of the rows under one header: cells, rows, section headings above, notes below."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from planextract.label.cells import CellBuilder, label_row
from planextract.label.headers import HeaderMatch
from planextract.label.labelling import Labelling
from planextract.label.parts import Part, is_crossed, remember_header, texts_of
from planextract.label.roles_by_content import read_numbers
from planextract.label.sections import (
    counts_in_digits,
    find_sums_beside,
    is_continued_title,
    is_note_row,
    is_section_line,
    is_sum_row,
)
from planextract.model.record import Finding
from planextract.model.roles import AGENCY_ROLES, Role
from planextract.model.source import SourceCell, SourceDocument, SourceTable, SourceText
from planextract.model.table import Cell, Column, Fragment, Row
from planextract.phrases import Phrase
from planextract.text.markers import is_continuation_mark, is_page_number


def add_fragment(
    source: SourceDocument,
    table: SourceTable,
    grid: list[list[SourceCell | None]],
    part: Part,
    page: int,
    progress: Labelling,
) -> None:
    """Add the rows of a part of a table as a fragment, with what stands above and below them.

    Args:
        source: The document.
        table: The table.
        grid: Its cells, rows × columns.
        part: Rows under one header, or under none.
        page: The page that it stands on.
        progress: What is known so far; the fragment goes to its blocks.
    """
    header, columns = part.header, part.header.columns if part.header else progress.columns
    body_start = part.start + (header.row_count if header else 0)
    builder = CellBuilder(f"{source.doc_id}/p{page}t{progress.table_no}", page, progress.table_no, columns)
    header_cells: tuple[Cell, ...] = ()
    if header is not None:
        _note_header(header, page, progress)
        texts = texts_of(grid[part.start : body_start])
        progress.header = remember_header(header, texts, progress.header)
        header_cells = tuple(builder.build(cell, "header") for cell in distinct(grid[part.start : body_start]))
    headings = _take_section_lines(columns, builder, progress)
    body_end = part.end
    while body_end > body_start and is_note_row(grid[body_end - 1]) and not is_crossed(body_end - 1, grid):
        body_end -= 1
    grid, beside = _part_sums(grid, range(body_start, body_end), columns, progress)
    sums = {
        i
        for i in range(body_start, body_end)
        if (is_sum_row(grid[i]) or is_continued_title(grid[i])) and not is_crossed(i, grid)
    }
    body = [index for index in range(body_start, body_end) if index not in sums]
    number = next((i for i, column in enumerate(columns) if column.role is Role.TASK_NO), None)
    if number is not None:
        progress.in_digits |= counts_in_digits([row[number] for row in texts_of([grid[index] for index in body])])
    labelled = (label_row(index, grid[index], columns, builder, in_digits=progress.in_digits) for index in body)
    rows = (*headings, *(_score(row, table) for row in labelled))
    progress.findings.extend(_note_struck(cell) for cell in builder.struck)
    progress.findings.extend(_note_unsure(row) for row in rows if row.row in progress.unsure_rows)
    progress.unsure_rows = ()
    if table.bbox is not None and not table.has_own_rows:
        progress.findings.extend(_note_shared_cells(rows, columns))
    texts = texts_of([grid[index] for index in body])
    progress.seen.add(texts, columns)
    counted = read_numbers([row[number] for row in texts]) if number is not None else []
    progress.last_number = next((n for n in reversed(counted) if n is not None), progress.last_number)
    progress.columns = columns
    progress.blocks.append(
        Fragment(
            page=page,
            table_no=progress.table_no,
            columns=columns,
            has_header=header is not None,
            has_spans=table.has_spans,
            header_cells=header_cells,
            rows=rows,
            edges=table.edges,
            open_columns=_find_open_columns(table, part, len(columns)),
            has_own_rows=table.has_own_rows,
        )
    )
    put_lines([*(grid[index] for index in sorted(sums)), beside, *grid[body_end : part.end]], page, progress)


def _part_sums(
    grid: list[list[SourceCell | None]], rows: range, columns: tuple[Column, ...], progress: Labelling
) -> tuple[list[list[SourceCell | None]], list[SourceCell | None]]:
    """Return the grid without the sums that section rows print beside their heading, and these cells."""
    out: list[list[SourceCell | None]] = list(grid)
    beside: list[SourceCell | None] = []
    for index in rows:
        places = find_sums_beside(index, grid[index], columns, in_digits=progress.in_digits)
        if places:
            beside.extend(grid[index][place] for place in sorted(places))
            out[index] = [None if place in places else cell for place, cell in enumerate(grid[index])]
    return out, beside


def _score(row: Row, table: SourceTable) -> Row:
    return replace(row, score=table.row_scores[row.row]) if table.row_scores else row


def _note_unsure(row: Row) -> Finding:
    cell = next(cell for cell in row.cells if cell is not None)
    message = "the two halves of the table have rows of other heights; compare this row with both pages"
    return Finding.of("detect.doubtful_halves", message, page=cell.page, cell_id=cell.cell_id)


def _note_shared_cells(rows: Sequence[Row], columns: tuple[Column, ...]) -> Iterator[Finding]:
    """Say which cells of a page reach over several columns of one row whose roles differ: a rule may be missing."""
    for row in rows:
        for cell in _distinct_cells(row) if row.kind == "data" else ():
            roles = {column.role for column in columns[cell.col : cell.col + cell.col_span]} - {Role.OTHER}
            if len(roles) > 1 and cell.text and roles & set(AGENCY_ROLES):
                message = Phrase("a cell stands in the columns of several roles: {text}", text=cell.text[:40])
                yield Finding.of("detect.shared_cell", message, page=cell.page, cell_id=cell.cell_id)


def _distinct_cells(row: Row) -> list[Cell]:
    """Return the cells of a row, each once."""
    return list({cell.cell_id: cell for cell in row.cells if cell is not None}.values())


def _note_struck(cell: Cell) -> Finding:
    message = Phrase("a part of the cell is struck through and was left out: {cell}", cell=cell.raw_text[:40])
    return Finding.of("detect.struck_text", message, page=cell.page, cell_id=cell.cell_id)


def _find_open_columns(table: SourceTable, part: Part, width: int) -> tuple[tuple[bool, ...], tuple[bool, ...]] | None:
    """Return which columns of a part lack the table's top and bottom rule; a header on top closes it."""
    top, bottom = table.open_columns
    if len(top) < width:
        return None
    closed = (False,) * width
    is_top, is_bottom = part.start == 0 and part.header is None, part.end == table.row_count
    return (top[:width] if is_top else closed), (bottom[:width] if is_bottom else closed)


def distinct(rows: Sequence[Sequence[SourceCell | None]]) -> list[SourceCell]:
    """Return the cells of some rows, each once, in order."""
    seen: dict[int, SourceCell] = {}
    for row in rows:
        for cell in row:
            if cell is not None:
                seen.setdefault(id(cell), cell)
    return list(seen.values())


def put_lines(rows: list[list[SourceCell | None]], page: int, progress: Labelling) -> None:
    """Treat rows of one text each, a title or a note, as the lines of text that they are."""
    progress.blocks.extend(
        SourceText(page=page, raw_text=cell.raw_text, line=cell.line, bbox=cell.bbox)
        for cell in distinct(rows)
        if cell.raw_text.strip()
    )


def _take_section_lines(columns: tuple[Column, ...], builder: CellBuilder, progress: Labelling) -> tuple[Row, ...]:
    """Turn section headings printed as lines right above a fragment into its first rows.

    Only page furniture may stand between. Their rows are numbered -1, -2 … upwards from the fragment.
    """
    rows: list[Row] = []
    place = len(progress.blocks) - 1
    while place >= 0:
        block = progress.blocks[place]
        if not isinstance(block, SourceText):
            break
        if is_section_line(block.raw_text):
            del progress.blocks[place]
            index = -1 - len(rows)
            cell = builder.build_line(index, block)
            rows.append(Row(row=index, kind="section", cells=(cell,) * len(columns)))
        elif not is_page_number(block.raw_text) and not is_continuation_mark(block.raw_text):
            break
        place -= 1
    return tuple(reversed(rows))


def labels_of(columns: tuple[Column, ...]) -> list[str]:
    """Return the labels of columns as printed."""
    return [column.label for column in columns]


def _note_header(header: HeaderMatch, page: int, progress: Labelling) -> None:
    for label, wording in header.damaged:
        message = Phrase("column '{label}' was read as '{wording}'", label=label, wording=wording)
        progress.findings.append(Finding.of("detect.damaged_header", message, page=page))
    known = labels_of(progress.columns)
    for label in header.unknown:
        if label not in known:
            message = Phrase("column '{label}' is not known; it is kept as 'other'", label=label)
            progress.findings.append(Finding.of("detect.unknown_column", message, page=page))
    for label in header.repeated:
        if label not in known:
            message = Phrase("another column has the role of column '{label}'; it is kept as 'other'", label=label)
            progress.findings.append(Finding.of("detect.repeated_role", message, page=page))
