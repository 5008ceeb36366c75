"""Label a document's tables: header, sections, data; number the pages; tidy every cell."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from itertools import groupby

from planextract.label.cards import cards_to_rows
from planextract.label.cells import CellBuilder
from planextract.label.continuation import fits_short, is_misfit, is_other_header, is_tail
from planextract.label.fragments import add_fragment, distinct, labels_of, put_lines
from planextract.label.halves import RightHalf, find_halves, join_halves
from planextract.label.headers import SeenHeader, find_private
from planextract.label.labelling import Labelling, find_row_above, is_same_place, stands_under
from planextract.label.lost_columns import find_lost_rows, has_lost_header, note_rows_of_lines
from planextract.label.markup_lines import part_tags
from planextract.label.metadata_table import is_metadata, leave_empty_fields
from planextract.label.notes import find_notes
from planextract.label.number_column import part_numbers, settle_number_column
from planextract.label.parts import Part, expand, find_clean_headers, find_parts, texts_of
from planextract.label.people import find_people_column, part_people
from planextract.label.prose import (
    COLUMN_ORDER,
    ProsePlan,
    ProseRow,
    SharedOwner,
    Verdict,
    search_prose,
    split_attachments,
)
from planextract.label.refusals import a_register, find_register, no_rows, no_table, unknown_header
from planextract.label.roles_by_content import keep_roles, name_column, read_numbers, settle_goals
from planextract.label.side_by_side import part_side_by_side
from planextract.label.text_tables import UNSURE, Rejected, find_text_tables
from planextract.model.record import Discard, Finding
from planextract.model.roles import Role
from planextract.model.source import SourceCell, SourceDocument, SourceTable, SourceText
from planextract.model.table import Cell, Column, Fragment, LabelledDocument, Layout, Row
from planextract.model.trail import Trail
from planextract.model.vocabulary import ColumnVocabulary
from planextract.phrases import Phrase
from planextract.text.characters import without_spaces


def label_document(
    source: SourceDocument,
    vocabulary: ColumnVocabulary,
    metadata_labels: Mapping[str, str] | None = None,
    is_deadline: Callable[[str], bool] | None = None,
) -> LabelledDocument:
    """Find headers, sections and roles in all tables of a document; tables in lines of text are found first.

    Returns:
        Fragments and lines of text in reading order, each fragment with the header it prints.

    Raises:
        InputError: If no table has a header that the vocabulary knows.
    """
    progress = Labelling(metadata_labels=metadata_labels or {})
    found = find_text_tables(source.blocks, vocabulary, is_deadline or _never)
    read, source = source.blocks, replace(source, blocks=cards_to_rows(found.blocks, vocabulary))
    halves = find_halves(source.blocks, vocabulary)
    right = {id(half.table) for half in halves.values()}
    for place, block in enumerate(source.blocks):
        if isinstance(block, SourceTable):
            if id(block) not in right:
                whole = _join_half(block, halves.get(place), progress)
                for half in part_side_by_side(whole, vocabulary):
                    _label_table(source, half, vocabulary, progress)
            continue
        for part in part_tags(block) if isinstance(block, SourceText) else (block,):
            page = part.page or max(progress.page, 1)
            if isinstance(part, SourceText):
                progress.blocks.append(replace(part, page=page))
            else:
                progress.discards.append(Discard(page=page, reason=part.reason, raw_text=part.raw_text))
    layout: Layout = "table"
    fragments = [block for block in progress.blocks if isinstance(block, Fragment)]
    if fragments:
        _refuse_other_tables(source, fragments, progress, vocabulary)
    if not fragments:
        verdict = _find_prose(source, vocabulary, progress)
        if not verdict.is_plan and found.rejected:
            raise no_rows(source, found.rejected)
        if not verdict.is_plan:
            raise unknown_header(source, vocabulary) if _has_table(source, progress) else no_table(source, verdict)
        layout = "prose"
    progress.findings.extend(note_rows_of_lines(progress.blocks, read))
    progress.findings.extend(find_lost_rows(progress.blocks, vocabulary))
    return LabelledDocument(
        layout=layout,
        page_count=max(source.page_count, progress.page),
        blocks=tuple(progress.blocks),
        trail=Trail(findings=tuple(progress.findings), discards=tuple(progress.discards)),
        notes=find_notes(progress.blocks, progress.discards, vocabulary),
        files=source.files,
    )


def _refuse_other_tables(
    source: SourceDocument, fragments: list[Fragment], progress: Labelling, vocabulary: ColumnVocabulary
) -> None:
    """Raise an error where the tables that were found are a form to fill in, or a register of powers or services."""
    if not any(map(_is_filled, fragments)):
        raise no_rows(source, [Rejected(labels=tuple(labels_of(fragments[0].columns)), line=None, is_empty=True)])
    register = find_register(progress.blocks, vocabulary)
    if register is not None:
        raise a_register(source, register)


def _join_half(table: SourceTable, half: RightHalf | None, progress: Labelling) -> SourceTable:
    """Return a table with its right half from the next page, if it has one; what is not sure is a finding a row."""
    if half is None:
        return table
    progress.unsure_rows = () if half.is_sure else tuple(range(1, table.row_count))
    message = Phrase(
        "the right half of the table stands on page {page}; both were joined row by row", page=half.table.page
    )
    progress.findings.append(Finding.of("detect.joined_halves", message, page=table.page))
    return join_halves(table, half.table)


def _never(text: str) -> bool:
    return False


def _is_filled(fragment: Fragment) -> bool:
    """Tell whether a row of data prints anything: a form to fill in has a header and none."""
    data = (row for row in fragment.rows if row.kind == "data")
    return any(cell is not None and cell.text for row in data for cell in row.cells)


def _has_table(source: SourceDocument, progress: Labelling) -> bool:
    """Tell whether a document has a table that is no box of metadata: those became lines of text."""
    return any(isinstance(block, SourceTable) for block in source.blocks) and progress.has_other_table


def _find_prose(source: SourceDocument, vocabulary: ColumnVocabulary, progress: Labelling) -> Verdict:
    """Read the text lines as plans without a table; return the best verdict of their parts."""
    lines = [block for block in progress.blocks if isinstance(block, SourceText)]
    blocks: list[Fragment | SourceText] = []
    best = Verdict()
    score = UNSURE if has_lost_header(lines, vocabulary) else 1.0
    for part in split_attachments(lines):
        found = search_prose(part, vocabulary)
        best = max(best, found.verdict, key=lambda verdict: (verdict.is_plan, verdict.score, verdict.owned))
        plan = found.plan
        if plan is None:
            blocks.extend(part)
            continue
        blocks.extend(plan.before)
        blocks.extend(_prose_fragments(source, plan, progress, score=score))
        blocks.extend(plan.after)
    if best.is_plan:
        progress.blocks = blocks
        progress.page = max(1, progress.page)
    return best


def _prose_fragments(
    source: SourceDocument, plan: ProsePlan, progress: Labelling, *, score: float
) -> Iterator[Fragment]:
    """Build a fragment a page of the rows cut out of the text."""
    labels = dict(label for row in reversed(plan.rows) for label in row.labels)
    present = {role for row in plan.rows for role, _ in row.cells}
    present |= {role for row in plan.rows if row.shared is not None for role, _ in row.shared.cells}
    columns = tuple(
        Column(role=role, label=labels.get(role, ""), kind="milestone" if role is Role.OTHER else "")
        for role in COLUMN_ORDER
        if role in present
    )
    for row in plan.rows:
        for reason, text in row.spare:
            progress.discards.append(Discard(page=row.page, reason=reason, raw_text=text))
            if reason == "prose_text":
                progress.findings.append(_note_left_out(row.page, text))
    rows = [row for row in plan.rows if row.cells]
    for page, group in groupby(rows, key=lambda row: row.page):
        progress.table_no += 1
        builder = CellBuilder(f"{source.doc_id}/p{page}t{progress.table_no}", page, progress.table_no, columns)
        merged: dict[tuple[int, Role], SourceCell] = {}
        yield Fragment(
            page=page,
            table_no=progress.table_no,
            columns=columns,
            has_header=True,
            has_spans=True,
            header_cells=(),
            rows=tuple(
                replace(_prose_row(index, row, columns, builder, merged), score=score)
                for index, row in enumerate(group)
            ),
        )


def _note_left_out(page: int, text: str) -> Finding:
    """Say that a paragraph between measures is in none of them: it names no agency and has no number."""
    message = Phrase("a paragraph between measures names no agency and was left out: {text}", text=text.strip()[:40])
    return Finding.of("detect.text_left_out", message, page=page)


def _prose_row(
    index: int,
    row: ProseRow,
    columns: tuple[Column, ...],
    builder: CellBuilder,
    merged: dict[tuple[int, Role], SourceCell],
) -> Row:
    if row.is_section:
        source = SourceCell(row=index, col=0, col_span=len(columns), raw_text=row.cells[0][1], line=row.line)
        return Row(row=index, kind="section", cells=(builder.build_once(source, "section"),) * len(columns))
    texts = dict(row.cells)
    cells = tuple(
        builder.build_once(SourceCell(row=index, col=col, raw_text=texts[column.role], line=row.line), column.role)
        if column.role in texts
        else _shared_cell(row.shared, column.role, (index, col), builder, merged)
        for col, column in enumerate(columns)
    )
    return Row(row=index, kind="data", cells=cells)


def _shared_cell(
    shared: SharedOwner | None,
    role: Role,
    place: tuple[int, int],
    builder: CellBuilder,
    merged: dict[tuple[int, Role], SourceCell],
) -> Cell | None:
    """Return the cell of owners that a heading names for all rows below it, like a merged cell beside them."""
    text = dict(shared.cells).get(role) if shared is not None else None
    if shared is None or text is None:
        return None
    made = SourceCell(row=place[0], col=place[1], raw_text=text, line=shared.line)
    return builder.build(merged.setdefault((id(shared), role), made), role)


def _label_table(source: SourceDocument, table: SourceTable, vocabulary: ColumnVocabulary, progress: Labelling) -> None:
    table = _part_people(part_numbers(table, vocabulary), vocabulary, progress)
    grid = expand(table)
    in_same_place = is_same_place(table, progress)
    follows = in_same_place or is_same_place(table, progress, sees_edges=False)

    def find_coming() -> tuple[SeenHeader, ...]:
        if progress.clean_headers is None:
            tables = (block for block in source.blocks if isinstance(block, SourceTable))
            progress.clean_headers = find_clean_headers(tables, vocabulary)
        return progress.clean_headers

    for found in find_parts(grid, vocabulary, progress.header, find_coming, is_same_place=in_same_place):
        part = found
        if part.header is not None:
            progress.page += source.pages_by_header
            rows = texts_of(grid[part.start + part.header.row_count : part.end])
            part = replace(part, header=settle_number_column(part.header, rows))
        page = table.page or max(progress.page, 1)
        progress.table_no += 1
        width = len(part.header.columns if part.header else progress.columns)
        if part.header is None and part.end < len(grid) and _is_caption(grid[part.start : part.end]):
            if in_same_place and is_tail(grid[part.start : part.end], progress.columns):
                add_fragment(source, table, grid, part, page, progress)
            else:
                put_lines(grid[part.start : part.end], page, progress)
            continue
        if part.header is None and is_metadata(grid[part.start : part.end], progress.metadata_labels):
            put_lines(leave_empty_fields(grid[part.start : part.end], page, progress), page, progress)
            continue
        if part.header is None and not _continues(grid[part.start : part.end], table, vocabulary, progress):
            above = find_row_above(table, page, progress) if part.start == 0 else None
            _discard_table(grid, part, page, vocabulary, progress, above)
            continue
        settled = _settle_roles(part, grid, page, vocabulary, progress, follows=follows and part.start == 0)
        add_fragment(source, table, [_fit_width(row, width) for row in grid], settled, page, progress)


def _part_people(table: SourceTable, vocabulary: ColumnVocabulary, progress: Labelling) -> SourceTable:
    """Part a column of bodies and people, also where the table goes on without its header."""
    place = find_people_column(table, vocabulary)
    if place is None and progress.people_place is not None and table.col_count == len(progress.columns) - 1:
        place = progress.people_place
    if place is None:
        return table
    progress.people_place = place
    return part_people(table, place, vocabulary)


def _settle_roles(
    part: Part,
    grid: list[list[SourceCell | None]],
    page: int,
    vocabulary: ColumnVocabulary,
    progress: Labelling,
    *,
    follows: bool,
) -> Part:
    """Give the columns of a part the roles that its header's words alone do not: see ``roles_by_content.py``."""
    if part.header is None:
        return part
    columns = list(part.header.columns)
    body = texts_of(grid[part.start + part.header.row_count : part.end])
    texts = [list(column) for column in zip(*body, strict=True)]
    blank = [place for place, column in enumerate(columns) if not column.label and column.role is Role.OTHER]
    for place in blank if texts else ():
        if labels_of(part.header.columns) == labels_of(progress.columns):
            columns[place] = progress.columns[place]
            continue
        role = name_column(place, columns, texts[place], vocabulary)
        if any(text.strip() for text in texts[place]):
            message = Phrase("column {number} has no label; it is read as '{role}'", number=place + 1, role=role)
            progress.findings.append(Finding.of("detect.unlabelled_column", message, page=page))
        columns[place] = replace(columns[place], role=role)
    columns = settle_goals(columns, texts, vocabulary)
    number = next((i for i, column in enumerate(columns) if column.role is Role.TASK_NO), None)
    if follows and number is not None and texts:
        kept = keep_roles(columns, progress.columns, read_numbers(texts[number]), progress.last_number)
        if kept is not None:
            old, new = "、".join(labels_of(progress.columns)), "、".join(labels_of(tuple(columns)))
            message = Phrase(
                "the header is worded otherwise on this page, and the table goes on: {new} for {old}", new=new, old=old
            )
            progress.findings.append(Finding.of("detect.reworded_header", message, page=page))
            columns = list(kept)
    return replace(part, header=replace(part.header, columns=tuple(columns)))


def _continues(
    grid: list[list[SourceCell | None]], table: SourceTable, vocabulary: ColumnVocabulary, progress: Labelling
) -> bool:
    """Tell whether a table without a header can go on with the plan before it."""
    columns, rows = progress.columns, texts_of(grid)
    width = len(columns)
    if not columns or is_other_header(rows[0], columns, vocabulary) or is_misfit(rows, columns, progress.seen):
        return False
    if table.col_count > width:
        return not any(text.strip() for row in rows for text in row[width:])
    is_trimmed = not table.has_spans or stands_under(table, progress)
    return table.col_count == width or (is_trimmed and fits_short(rows, columns))


def _fit_width(row: list[SourceCell | None], width: int) -> list[SourceCell | None]:
    """Lay a row out under ``width`` columns: trimmed fields are filled up, blank ones behind are dropped."""
    return [*row[:width], *([None] * (width - len(row)))]


def _discard_table(
    grid: list[list[SourceCell | None]],
    part: Part,
    page: int,
    vocabulary: ColumnVocabulary,
    progress: Labelling,
    above: Cell | None,
) -> None:
    """Put a table that is no plan table aside, whole and with a finding; the row above it may go on in it."""
    cells = distinct(grid[part.start : part.end])
    private = find_private([cell.raw_text if cell else "" for cell in grid[part.start]], vocabulary)
    for cell in cells:
        is_private = cell.col in private and cell.row > part.start
        if cell.raw_text:
            reason = "personal" if is_private else "other_table"
            progress.discards.append(Discard(page=page, reason=reason, raw_text=cell.raw_text))
    shown = "、".join(without_spaces(cell.raw_text) for cell in cells[:6] if cell.raw_text)[:60]
    if not any(cell.raw_text.strip() for cell in cells):
        return  # a table that only takes room on the page
    progress.has_other_table = True
    message = Phrase("a table without a known header was left out: {text}", text=shown)
    progress.findings.append(Finding.of("detect.other_table", message, page=page))
    if above is not None:
        message = Phrase("the row may go on in a table that was left out: {text}", text=shown)
        progress.findings.append(Finding.of("detect.other_table", message, page=above.page, cell_id=above.cell_id))


def _is_caption(rows: list[list[SourceCell | None]]) -> bool:
    """Tell whether rows above a header hold one text each: the plan's title, printed inside the table."""
    return all(sum(bool(cell.raw_text.strip()) for cell in distinct([row])) <= 1 for row in rows)
