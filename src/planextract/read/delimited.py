"""CSV and quoted TSV: records with quotes and line breaks in them, as spreadsheets save them."""

from __future__ import annotations

import csv
import hashlib
import io
import re
from collections import Counter

from planextract.errors import InputError
from planextract.model.source import ReadNote, SourceDocument, SourceTable
from planextract.phrases import Phrase
from planextract.read.sheet_blocks import SheetRow, make_sheet_blocks
from planextract.settings import ReadSettings
from planextract.text.characters import without_spaces

_WIDE = "\uff0c"  # 全角: who types a list by hand cuts it so, but so does every sentence
_SUFFIXES = {".csv": f",;\t{_WIDE}", ".tsv": "\t"}
_QUOTED_LINES = re.compile(r'(?:^|\t)"[^"\t\n]*\n[^"\t]*"(?=\t|\r?\n|$)', re.MULTILINE)
_SAMPLE = 200  # records that show by which mark a file is cut
_LONGEST_FIELD = 1_000_000


def read_delimited(data: bytes, text: str, name: str, settings: ReadSettings) -> SourceDocument | None:
    """Read a text as records, if its name says that it holds them and they say so themselves.

    A comma proves nothing in running text, so that this is the one reader that asks for the name. A text whose tabs
    part quoted fields with line breaks in them is a sheet whatever its name: spreadsheets save one as .txt.
    Rows of one field above and below the records are lines of text, as in a sheet.

    Args:
        data: The file's bytes.
        text: Its text.
        name: The file's name as outputs show it.
        settings: Limits.

    Returns:
        The document, or None if it is read as a text: another suffix, or no mark cuts most lines.

    Raises:
        InputError: If a quote opens a field without end, or the records have too many fields.
    """
    marks = next((marks for suffix, marks in _SUFFIXES.items() if name.lower().endswith(suffix)), "")
    if not marks and _QUOTED_LINES.search(text):
        marks = "\t"
    first, _, rest = text.partition("\n")
    if marks and first.strip().lower().startswith("sep=") and len(first.strip()) == 5:
        marks, text = first.strip()[4], rest
    elif marks == "\t" and '"' not in text:
        return None  # rows without quotes: the reader of texts takes them page by page
    records = next((found for mark in marks if (found := _split(text, mark, name, settings)) is not None), None)
    if records is None:
        return None
    rows = {number: packed for number, record in enumerate(records) if (packed := _pack(record))[0]}
    printed = "".join(field for _, fields in rows.values() for field in fields)
    blocks = tuple(make_sheet_blocks(rows, (), 0, name, settings.max_cells))
    if not any(isinstance(block, SourceTable) for block in blocks):
        return None
    return SourceDocument(
        doc_id=hashlib.sha256(data).hexdigest()[:16],
        source_path=name,
        reader="text",
        page_count=0,
        blocks=blocks,
        media_type="text/csv" if name.lower().endswith(".csv") else "text/tab-separated-values",
        printed=without_spaces(printed),
        pages_by_header=True,
        notes=_find_ragged(records),
    )


def _pack(record: list[str]) -> SheetRow:
    filled = [(col, field) for col, field in enumerate(record) if field.strip()]
    return tuple(col for col, _ in filled), tuple(field for _, field in filled)


def _split(text: str, mark: str, name: str, settings: ReadSettings) -> list[list[str]] | None:
    """Return the records, fields cut by a mark; None if it cuts fewer than half of the first ones that say anything."""
    csv.field_size_limit(_LONGEST_FIELD)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=mark, strict=False)
    records: list[list[str]] = []
    fields = 0
    try:
        for record in reader:
            records.append([_tidy(field) for field in record])
            fields += len(record)
            if len(records) == _SAMPLE and not _is_cut(records):
                return None
            if fields > settings.max_cells:
                cause = Phrase("the records have more than {max_cells} fields", max_cells=settings.max_cells)
                advice = "Raise read.max_cells in the settings, or split the file."
                raise InputError("read.too_many_cells", cause, file=name, advice=advice)
    except csv.Error as exc:
        cause = Phrase("record {number} cannot be read: {reason}", number=len(records) + 1, reason=str(exc))
        raise InputError(
            "read.damaged", cause, file=name, advice="A quote may be open; save the file again from a spreadsheet."
        ) from exc
    return records if _is_cut(records) and (mark != _WIDE or _is_even(records)) else None


def _tidy(field: str) -> str:
    """Return a field as a cell prints it; ``="007"`` is how exports keep leading zeros from a spreadsheet."""
    if field.startswith('="') and field.endswith('"') and len(field) > 2:
        field = field[2:-1]
    return field.replace("\r\n", "\n").replace("\r", "\n")


def _is_cut(records: list[list[str]]) -> bool:
    filled = [record for record in records if any(field.strip() for field in record)]
    return bool(filled) and 2 * sum(len(record) > 1 for record in filled) >= len(filled)


def _is_even(records: list[list[str]]) -> bool:
    """Tell whether nearly all records have the same three fields or more: sentences do not."""
    widths = Counter(len(record) for record in records if len(record) > 1)
    usual = max(widths, key=lambda width: (widths[width], width))
    return usual >= 3 and widths[usual] >= 0.8 * widths.total()


def _find_ragged(records: list[list[str]]) -> tuple[ReadNote, ...]:
    """Note records with more fields than the others have: a comma in a field without quotes, mostly."""
    widths = Counter(len(record) for record in records if len(record) > 1)
    usual = max(widths, key=lambda width: (widths[width], width), default=0)
    return tuple(
        ReadNote(
            code="read.ragged_row",
            severity="warning",
            line=number,
            message=Phrase(
                "record {number} has {count} fields where the table has {usual}",
                number=number,
                count=len(record),
                usual=usual,
            ),
        )
        for number, record in enumerate(records, start=1)
        if len(record) > usual and any(field.strip() for field in record[usual:])
    )
