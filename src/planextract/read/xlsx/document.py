"""Read a workbook into blocks: each sheet is a page, its tables keep their merged cells."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import groupby, islice

from planextract.errors import InputError
from planextract.model.source import ReadNote, SourceBlock, SourceDocument, SourceMarkup, SourceTable, SourceText
from planextract.phrases import Phrase
from planextract.read.archive import Archive
from planextract.read.sheet_blocks import make_sheet_blocks
from planextract.read.xlsx.attached import plain_running, read_comments, read_text_boxes
from planextract.read.xlsx.package import LEDGER_SHEET, SheetPart, Workbook, load_workbook
from planextract.read.xlsx.sheet import CellFormats, Sheet, column_letters, parse_address, read_sheet, show_address
from planextract.read.xlsx.strings import read_shared_strings
from planextract.settings import ReadSettings
from planextract.text.characters import without_spaces

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_DEFAULT_TITLE = re.compile(r"(?:sheet|工作表|表格?|table)\s*\d*", re.IGNORECASE)
_MOST_STRUCK = 1000  # rows with struck cells that are told one by one
_SHOWN = 5  # places that a note names


@dataclass(slots=True, kw_only=True)
class _SoFar:
    """What was read so far."""

    blocks: list[SourceBlock] = field(default_factory=list)
    printed: list[str] = field(default_factory=list)
    notes: list[ReadNote] = field(default_factory=list)


def read_xlsx(data: bytes, name: str, settings: ReadSettings, archive: Archive | None = None) -> SourceDocument:
    """Read a workbook.

    A sheet is a page; its cells print what a spreadsheet shows: numbers in their format, formulas as their stored
    value. Hidden rows, columns and sheets are read and noted; what only a program can show is set aside. Comments are
    set aside. Macros are never looked at.

    Args:
        data: The file's bytes.
        name: The file's name as outputs show it.
        settings: Limits.
        archive: The container, if it was opened already.

    Raises:
        InputError: If the file is damaged, unsafe or breaks a limit.
    """
    archive = archive or Archive(data, name, settings)
    workbook = load_workbook(archive, name)
    if any(part.title == LEDGER_SHEET and part.state != "visible" for part in workbook.sheets):
        raise InputError(
            "read.ledger",
            "this is a ledger to report in (planextract export --format ledger), and no plan",
            file=name,
            advice="Take back what was filled in: planextract import OUTPUT LEDGER.",
        )
    struck: dict[int, str] = {}
    shared = CellFormats(
        strings=read_shared_strings(archive, workbook.strings, name, struck) if workbook.strings else [],
        formats=workbook.formats,
        is_1904=workbook.is_1904,
        struck=workbook.struck,
        struck_strings=struck,
    )
    read = _SoFar()
    left = settings.max_cells
    for number, part in enumerate(workbook.sheets, start=1):
        if not part.path:
            continue
        sheet = read_sheet(archive, part.path, shared, name, replace(settings, max_cells=left))
        left -= sum(len(cols) for cols, _ in sheet.rows.values())
        _add_sheet(archive, part, sheet, number, name, settings, read)
    _name_sheets(workbook, read)
    blocks = tuple(_settle_spans(read.blocks))
    return SourceDocument(
        doc_id=hashlib.sha256(data).hexdigest()[:16],
        source_path=name,
        media_type=MEDIA_TYPE,
        reader="xlsx",
        page_count=max(1, len(workbook.sheets)),
        blocks=blocks,
        printed="".join(read.printed),
        notes=tuple(read.notes),
    )


def _add_sheet(
    archive: Archive, part: SheetPart, sheet: Sheet, page: int, name: str, settings: ReadSettings, read: _SoFar
) -> None:
    read.printed.extend(_collect(sheet))
    hidden = _find_hidden_columns(sheet)
    blocks = list(make_sheet_blocks(sheet.rows, sheet.merges, page, name, settings.max_cells, sheet.kept))
    sheet.struck.extend(show_address(*place) for place in sheet.kept)  # what is in no table
    doubled = [SourceMarkup(page=page, raw_text=text, line=row + 1, reason="hidden") for row, text in sheet.doubled]
    boxes = [box for path in part.drawings for box in read_text_boxes(archive, path, name)]
    texts = [
        SourceText(page=page, raw_text=line.strip(), line=row + 1)
        for row, text in sorted(boxes)
        for line in text.split("\n")
    ]
    comments = [comment for path in part.comments for comment in read_comments(archive, path, name)]
    asides = [
        SourceMarkup(page=page, raw_text=text.strip(), line=(parse_address(address) or (0, 0))[0] + 1, reason="comment")
        for address, text in comments
    ]
    heads = [plain for text in dict.fromkeys(sheet.running) if (plain := plain_running(text))]
    asides += [SourceMarkup(page=page, raw_text=text, reason="running_head") for text in heads]
    read.printed.extend(without_spaces(text) for _, text in (*sheet.doubled, *boxes, *comments))
    read.printed.extend(map(without_spaces, heads))
    made = [*_put_boxes(blocks, texts), *doubled, *asides]
    read.blocks.extend(_set_aside(made) if part.state == "veryHidden" else made)
    read.notes.extend(_note_sheet(part, sheet, page, hidden, has_text=bool(made)))


def _collect(sheet: Sheet) -> Iterator[str]:
    """Yield the characters of a sheet's cells but white space, many rows at a time."""
    rows = iter(sheet.rows.values())
    while some := list(islice(rows, 1000)):
        yield "".join("".join(text for _, texts in some for text in texts).split())


def _put_boxes(blocks: Sequence[SourceBlock], texts: Sequence[SourceText]) -> Iterator[SourceBlock]:
    """Yield a sheet's blocks with its text boxes where they stand: before the first block that begins below them."""
    rest = list(texts)
    for block in blocks:
        while rest and (rest[0].line or 0) <= (block.line or 0):
            yield rest.pop(0)
        yield block
    yield from rest


def _set_aside(blocks: Sequence[SourceBlock]) -> Iterator[SourceMarkup]:
    """Yield a sheet that no person can see as characters that are no text of the document."""
    for block in blocks:
        pieces = block.cells if isinstance(block, SourceTable) else (block,)
        for piece in pieces:
            if piece.raw_text:
                yield SourceMarkup(page=block.page, raw_text=piece.raw_text, line=piece.line, reason="hidden")


def _note_sheet(
    part: SheetPart, sheet: Sheet, page: int, hidden: Sequence[int], *, has_text: bool
) -> Iterator[ReadNote]:
    shown = part.title[:40]
    if part.state != "visible" and has_text:
        message = Phrase(
            "sheet '{shown}' is hidden; it was read like the others"
            if part.state == "hidden"
            else "sheet '{shown}' is hidden; it was set aside",
            shown=shown,
        )
        yield _warn("read.hidden_sheet", message, page)
    if part.state == "veryHidden":
        return
    if sheet.hidden_rows:
        message = Phrase(
            "sheet '{shown}': {count} rows are hidden by a filter and were read: {places}"
            if sheet.is_filtered
            else "sheet '{shown}': {count} rows are hidden and were read: {places}",
            shown=shown,
            count=len(sheet.hidden_rows),
            places=_show([str(row + 1) for row in sheet.hidden_rows]),
        )
        yield _warn("read.hidden_rows", message, page)
    if hidden:
        places = _show([column_letters(col) for col in hidden])
        message = Phrase("sheet '{shown}': hidden columns were read: {places}", shown=shown, places=places)
        yield _warn("read.hidden_columns", message, page)
    yield from _note_formulas(sheet, shown, page)


def _note_formulas(sheet: Sheet, shown: str, page: int) -> Iterator[ReadNote]:
    if sheet.unvalued:
        message = Phrase(
            "sheet '{shown}': {count} formulas have no stored value and are blank: {places}",
            shown=shown,
            count=len(sheet.unvalued),
            places=_show(sheet.unvalued),
        )
        yield _warn("read.formula_without_value", message, page, _line_of(sheet.unvalued[0]))
    if sheet.faulty:
        message = Phrase(
            "sheet '{shown}': {count} cells print an error of their formula: {places}",
            shown=shown,
            count=len(sheet.faulty),
            places=_show(sheet.faulty),
        )
        yield _warn("read.formula_error", message, page, _line_of(sheet.faulty[0]))
    for line, own in islice(groupby(sheet.struck, key=_line_of), _MOST_STRUCK):
        message = Phrase("sheet '{shown}': struck through, and read: {places}", shown=shown, places=_show(list(own)))
        yield _warn("read.struck_cells", message, page, line)


def _warn(code: str, message: str, page: int, line: int | None = None) -> ReadNote:
    return ReadNote(code=code, severity="warning", message=message, page=page, line=line)


def _line_of(address: str) -> int | None:
    place = parse_address(address)
    return place[0] + 1 if place else None


def _find_hidden_columns(sheet: Sheet) -> list[int]:
    if not sheet.hidden_columns:
        return []
    used = sorted({col for cols in {cols for cols, _ in sheet.rows.values()} for col in cols})
    return [col for col in used if any(first <= col <= last for first, last in sheet.hidden_columns)]


def _show(places: Sequence[str]) -> str:
    return "、".join(places[:_SHOWN]) + ("…" if len(places) > _SHOWN else "")


def _name_sheets(workbook: Workbook, read: _SoFar) -> None:
    """Put the tab's name above a table that has no line of text above it, where several sheets hold tables.

    It is what parts them for the reader of the workbook. A name that the spreadsheet gave by itself says nothing.
    """
    pages = {block.page for block in read.blocks if isinstance(block, SourceTable)}
    if len(pages) < 2:
        return
    first: dict[int, int] = {}
    for index, block in enumerate(read.blocks):
        if not isinstance(block, SourceMarkup):
            first.setdefault(block.page, index)
    for page in sorted(pages, reverse=True):
        index, title = first[page], workbook.sheets[page - 1].title.strip()
        if isinstance(read.blocks[index], SourceTable) and title and not _DEFAULT_TITLE.fullmatch(title):
            read.blocks.insert(index, SourceText(page=page, raw_text=title))
            read.printed.append(without_spaces(title))


def _settle_spans(blocks: Sequence[SourceBlock]) -> Iterator[SourceBlock]:
    """Where any cell of the document spans rows, its author merges cells, and a blank one is blank (RD-3)."""
    merges = any(isinstance(block, SourceTable) and block.has_spans for block in blocks)
    for block in blocks:
        yield replace(block, has_spans=True) if merges and isinstance(block, SourceTable) else block
