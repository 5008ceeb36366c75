"""Label a document's tables: header, sections, data; number the pages; tidy every cell."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import groupby

from planextract.label.cells import CellBuilder, label_row
from planextract.label.continuation import SeenValues, fits_short, is_misfit, is_other_header
from planextract.label.headers import HeaderMatch, SeenHeader, find_private
from planextract.label.markup_lines import part_tags
from planextract.label.number_column import part_numbers, settle_number_column
from planextract.label.parts import Part, expand, find_clean_headers, find_parts, is_crossed, remember_header, texts_of
from planextract.label.prose import COLUMN_ORDER, ProsePlan, ProseRow, find_prose_plan, split_attachments
from planextract.label.refusals import refuse_document
from planextract.label.sections import is_note_row, is_section_line
from planextract.label.text_tables import Rejected, find_text_tables
from planextract.model.record import Discard, Finding
from planextract.model.source import (
    SourceCell,
    SourceDocument,
    SourceTable,
    SourceText,
)
from planextract.model.table import Cell, Column, Fragment, LabelledDocument, Layout, Row
from planextract.model.trail import Trail
from planextract.model.vocabulary import ColumnVocabulary
from planextract.text.characters import fold, without_spaces
from planextract.text.markers import is_continuation_mark, is_page_number

_MIN_LABELS = 2
_EDGE_TOLERANCE_PT = 4.0


@dataclass(slots=True)
class _Progress:
    """What is known so far while walking over the blocks."""

    page: int = 0
    table_no: int = 0
    metadata_labels: Mapping[str, str] = field(default_factory=dict)
    columns: tuple[Column, ...] = ()
    header: SeenHeader = field(default_factory=SeenHeader)
    clean_headers: tuple[SeenHeader, ...] | None = None
    seen: SeenValues = field(default_factory=SeenValues)
    blocks: list[Fragment | SourceText] = field(default_factory=list)
    discards: list[Discard] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)


def label_document(
    source: SourceDocument, vocabulary: ColumnVocabulary, metadata_labels: Mapping[str, str] | None = None,
    is_deadline: Callable[[str], bool] | None = None,
) -> LabelledDocument:  # fmt: skip
    """Find headers, sections and roles in all tables of a document; tables in lines of text are found first.

    Returns:
        Fragments and lines of text in reading order, each fragment with the header it prints.

    Raises:
        InputError: If no table has a header that the vocabulary knows.
    """
    progress = _Progress(metadata_labels=metadata_labels or {})
    found = find_text_tables(source.blocks, vocabulary, is_deadline or _never)
    source = replace(source, blocks=found.blocks)
    for block in source.blocks:
        if isinstance(block, SourceTable):
            _label_table(source, block, vocabulary, progress)
            continue
        for part in part_tags(block) if isinstance(block, SourceText) else (block,):
            page = part.page or max(progress.page, 1)
            if isinstance(part, SourceText):
                progress.blocks.append(replace(part, page=page))
            else:
                progress.discards.append(Discard(page=page, reason=part.reason, raw_text=part.raw_text))
    layout: Layout = "table"
    fragments = [block for block in progress.blocks if isinstance(block, Fragment)]
    if fragments and not any(map(_is_filled, fragments)):
        labels = tuple(column.label for column in fragments[0].columns)
        raise refuse_document(source, (Rejected(labels=labels, line=None, is_empty=True),), vocabulary)
    if not fragments:
        if not _find_prose(source, vocabulary, progress):
            raise refuse_document(source, found.rejected, vocabulary)
        layout = "prose"
    return LabelledDocument(
        layout=layout,
        page_count=max(source.page_count, progress.page),
        blocks=tuple(progress.blocks),
        trail=Trail(findings=tuple(progress.findings), discards=tuple(progress.discards)),
    )


def _is_filled(fragment: Fragment) -> bool:
    """Tell whether a row of data prints anything: a form to fill in has a header and none."""
    data = (row for row in fragment.rows if row.kind == "data")
    return any(cell is not None and cell.text for row in data for cell in row.cells)


def _never(text: str) -> bool:
    return False


def _find_prose(source: SourceDocument, vocabulary: ColumnVocabulary, progress: _Progress) -> bool:
    """Read the text lines as plans without a table; tell whether there is one."""
    lines = [block for block in progress.blocks if isinstance(block, SourceText)]
    blocks: list[Fragment | SourceText] = []
    found = False
    for part in split_attachments(lines):
        plan = find_prose_plan(part, vocabulary)
        if plan is None:
            blocks.extend(part)
            continue
        found = True
        blocks.extend(plan.before)
        blocks.extend(_prose_fragments(source, plan, progress))
        blocks.extend(plan.after)
    if found:
        progress.blocks = blocks
        progress.page = max(1, progress.page)
    return found


def _prose_fragments(source: SourceDocument, plan: ProsePlan, progress: _Progress) -> Iterator[Fragment]:
    """Build a fragment a page of the rows cut out of the text."""
    labels = dict(label for row in reversed(plan.rows) for label in row.labels)
    present = {role for row in plan.rows for role, _ in row.cells}
    columns = tuple(Column(role=role, label=labels.get(role, "")) for role in COLUMN_ORDER if role in present)
    for row in plan.rows:
        for reason, text in row.spare:
            progress.discards.append(Discard(page=row.page, reason=reason, raw_text=text))
            if reason == "prose_text":
                progress.findings.append(_note_left_out(row.page, text))
    rows = [row for row in plan.rows if row.cells]
    for page, group in groupby(rows, key=lambda row: row.page):
        progress.table_no += 1
        builder = CellBuilder(f"{source.doc_id}/p{page}t{progress.table_no}", page, progress.table_no, columns)
        yield Fragment(
            page=page, table_no=progress.table_no, columns=columns, has_header=True, has_spans=True, header_cells=(),
            rows=tuple(_prose_row(index, row, columns, builder) for index, row in enumerate(group)),
        )  # fmt: skip


def _note_left_out(page: int, text: str) -> Finding:
    """Say that a paragraph between measures is in none of them: it names no agency and has no number."""
    message = f"a paragraph between measures names no agency and was left out: {text.strip()[:40]}"
    return Finding.of("detect.text_left_out", message, page=page)


def _prose_row(index: int, row: ProseRow, columns: tuple[Column, ...], builder: CellBuilder) -> Row:
    if row.is_section:
        source = SourceCell(row=index, col=0, col_span=len(columns), raw_text=row.cells[0][1], line=row.line)
        return Row(row=index, kind="section", cells=(builder.build_once(source, "section"),) * len(columns))
    texts = dict(row.cells)
    cells = tuple(
        builder.build_once(SourceCell(row=index, col=col, raw_text=texts[column.role], line=row.line), column.role)
        if column.role in texts
        else None
        for col, column in enumerate(columns)
    )
    return Row(row=index, kind="data", cells=cells)


def _label_table(source: SourceDocument, table: SourceTable, vocabulary: ColumnVocabulary, progress: _Progress) -> None:
    table = part_numbers(table, vocabulary)
    grid = expand(table)
    is_same_place = _is_same_place(table, progress)

    def find_coming() -> tuple[SeenHeader, ...]:
        if progress.clean_headers is None:
            tables = (block for block in source.blocks if isinstance(block, SourceTable))
            progress.clean_headers = find_clean_headers(tables, vocabulary)
        return progress.clean_headers

    for found in find_parts(grid, vocabulary, progress.header, find_coming, is_same_place=is_same_place):
        part = found
        if part.header is not None:
            progress.page += source.pages_by_header
            rows = texts_of(grid[part.start + part.header.row_count : part.end])
            part = replace(part, header=settle_number_column(part.header, rows))
        page = table.page or max(progress.page, 1)
        progress.table_no += 1
        width = len(part.header.columns if part.header else progress.columns)
        if part.header is None and part.end < len(grid) and _is_caption(grid[part.start : part.end]):
            _put_lines(grid[part.start : part.end], page, progress)
            continue
        if part.header is None and _is_metadata(grid[part.start : part.end], progress.metadata_labels):
            _put_lines(grid[part.start : part.end], page, progress)
            continue
        if part.header is None and not _continues(grid[part.start : part.end], table, vocabulary, progress):
            _discard_table(grid, part, page, vocabulary, progress)
            continue
        _add_fragment(source, table, [_fit_width(row, width) for row in grid], part, page, progress)


def _continues(
    grid: list[list[SourceCell | None]], table: SourceTable, vocabulary: ColumnVocabulary, progress: _Progress
) -> bool:
    """Tell whether a table without a header can go on with the plan before it."""
    columns, rows = progress.columns, texts_of(grid)
    width = len(columns)
    if not columns or is_other_header(rows[0], columns, vocabulary) or is_misfit(rows, columns, progress.seen):
        return False
    if table.col_count > width:
        return not any(text.strip() for row in rows for text in row[width:])
    return table.col_count == width or (not table.has_spans and fits_short(rows, columns))


def _fit_width(row: list[SourceCell | None], width: int) -> list[SourceCell | None]:
    """Lay a row out under ``width`` columns: trimmed fields are filled up, blank ones behind are dropped."""
    return [*row[:width], *([None] * (width - len(row)))]


def _is_same_place(table: SourceTable, progress: _Progress) -> bool:
    """Tell whether a table stands in the column lines of the one before, with nothing but page furniture between."""
    for block in reversed(progress.blocks):
        if isinstance(block, SourceText):
            if is_page_number(block.raw_text) or is_continuation_mark(block.raw_text):
                continue
            return False
        first, second = block.edges, table.edges
        if not first or len(first) != len(second):
            return False
        shift = first[0] - second[0]
        return all(abs(a - b - shift) <= _EDGE_TOLERANCE_PT for a, b in zip(first, second, strict=True))
    return False


def _discard_table(
    grid: list[list[SourceCell | None]], part: Part, page: int, vocabulary: ColumnVocabulary, progress: _Progress
) -> None:
    """Put a table that is no plan table aside, whole and with a finding."""
    cells = _distinct(grid[part.start : part.end])
    private = find_private([cell.raw_text if cell else "" for cell in grid[part.start]], vocabulary)
    for cell in cells:
        is_private = cell.col in private and cell.row > part.start
        if cell.raw_text:
            reason = "personal" if is_private else "other_table"
            progress.discards.append(Discard(page=page, reason=reason, raw_text=cell.raw_text))
    shown = "、".join(without_spaces(cell.raw_text) for cell in cells[:6] if cell.raw_text)[:60]
    message = f"a table without a known header was left out: {shown}"
    progress.findings.append(Finding.of("detect.other_table", message, page=page))


def _distinct(rows: Sequence[Sequence[SourceCell | None]]) -> list[SourceCell]:
    seen: dict[int, SourceCell] = {}
    for row in rows:
        for cell in row:
            if cell is not None:
                seen.setdefault(id(cell), cell)
    return list(seen.values())


def _add_fragment(
    source: SourceDocument, table: SourceTable, grid: list[list[SourceCell | None]], part: Part,
    page: int, progress: _Progress,
) -> None:  # fmt: skip
    header, columns = part.header, part.header.columns if part.header else progress.columns
    body_start = part.start + (header.row_count if header else 0)
    builder = CellBuilder(f"{source.doc_id}/p{page}t{progress.table_no}", page, progress.table_no, columns)
    header_cells: tuple[Cell, ...] = ()
    if header is not None:
        _note_header(header, page, progress)
        texts = texts_of(grid[part.start : body_start])
        progress.header = remember_header(header, texts, progress.header)
        header_cells = tuple(builder.build(cell, "header") for cell in _distinct(grid[part.start : body_start]))
    headings = _take_section_lines(columns, builder, progress)
    body_end = part.end
    while body_end > body_start and is_note_row(grid[body_end - 1]) and not is_crossed(body_end - 1, grid):
        body_end -= 1
    rows = (
        *headings,
        *(_score(label_row(index, grid[index], columns, builder), table) for index in range(body_start, body_end)),
    )
    progress.findings.extend(_note_struck(cell) for cell in builder.struck)
    progress.seen.add(texts_of(grid[body_start:body_end]), columns)
    progress.columns = columns
    progress.blocks.append(
        Fragment(
            page=page, table_no=progress.table_no, columns=columns, has_header=header is not None,
            has_spans=table.has_spans, header_cells=header_cells, rows=rows, edges=table.edges,
            open_columns=_find_open_columns(table, part, len(columns)),
        )
    )  # fmt: skip
    _put_lines(grid[body_end : part.end], page, progress)


def _score(row: Row, table: SourceTable) -> Row:
    return replace(row, score=table.row_scores[row.row]) if table.row_scores else row


def _note_struck(cell: Cell) -> Finding:
    message = f"a part of the cell is struck through and was left out: {cell.raw_text[:40]}"
    return Finding.of("detect.struck_text", message, page=cell.page, cell_id=cell.cell_id)


def _find_open_columns(table: SourceTable, part: Part, width: int) -> tuple[tuple[bool, ...], tuple[bool, ...]] | None:
    """Return which columns of a part lack the table's top and bottom rule; a header on top closes it."""
    top, bottom = table.open_columns
    if len(top) < width:
        return None
    closed = (False,) * width
    is_top, is_bottom = part.start == 0 and part.header is None, part.end == table.row_count
    return (top[:width] if is_top else closed), (bottom[:width] if is_bottom else closed)


def _is_metadata(rows: list[list[SourceCell | None]], labels: Mapping[str, str]) -> bool:
    """Tell whether a table is the metadata block of a web page: half of its rows or more start with such a label."""
    first = [next((cell.raw_text for cell in row if cell is not None and cell.raw_text.strip()), "") for row in rows]
    known = sum(fold(text.strip(" :：")).rstrip(":") in labels for text in first)
    is_one_field = len(rows) == known == 1 and first[0].rstrip().endswith((":", "："))
    return is_one_field or (known >= _MIN_LABELS and 2 * known >= len(rows))


def _is_caption(rows: list[list[SourceCell | None]]) -> bool:
    """Tell whether rows above a header hold one text each: the plan's title, printed inside the table."""
    return all(sum(bool(cell.raw_text.strip()) for cell in _distinct([row])) <= 1 for row in rows)


def _put_lines(rows: list[list[SourceCell | None]], page: int, progress: _Progress) -> None:
    """Treat rows of one text each, a title or a note, as the lines of text that they are."""
    progress.blocks.extend(
        SourceText(page=page, raw_text=cell.raw_text, line=cell.line, bbox=cell.bbox)
        for cell in _distinct(rows)
        if cell.raw_text.strip()
    )


def _take_section_lines(columns: tuple[Column, ...], builder: CellBuilder, progress: _Progress) -> tuple[Row, ...]:
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


def _labels(columns: tuple[Column, ...]) -> list[str]:
    return [column.label for column in columns]


def _note_header(header: HeaderMatch, page: int, progress: _Progress) -> None:
    for label, wording in header.damaged:
        message = f"column '{label}' was read as '{wording}'"
        progress.findings.append(Finding.of("detect.damaged_header", message, page=page))
    known = _labels(progress.columns)
    for label in header.unknown:
        if label not in known:
            message = f"column '{label}' is not known; it is kept as 'other'"
            progress.findings.append(Finding.of("detect.unknown_column", message, page=page))
    for label in header.repeated:
        if label not in known:
            message = f"another column has the role of column '{label}'; it is kept as 'other'"
            progress.findings.append(Finding.of("detect.repeated_role", message, page=page))
