"""Read a ledger that people filled in and saved, by whatever program: what it said, and what it says."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from planextract.errors import InputError
from planextract.ledger.columns import KEY
from planextract.ledger.sheet import BASELINE, VERSION
from planextract.phrases import Phrase
from planextract.read.archive import Archive
from planextract.read.office import convert_document, judge_compound_file
from planextract.read.xlsx.package import SheetPart, load_workbook
from planextract.read.xlsx.sheet import CellFormats, Sheet, read_sheet, show_address
from planextract.read.xlsx.strings import read_shared_strings
from planextract.settings import ReadSettings

_DATES = ("due", "on")
_DAY = re.compile(r"(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?(?:\s+0?0:00(?::00)?)?")
_SERIAL = re.compile(r"[345]\d{4}")
_HEAD_ROWS = 30


@dataclass(frozen=True, slots=True, kw_only=True)
class SavedRow:
    """A row as saved: its measure ("" where a person added it), values and addresses by column id."""

    sheet: str
    row: int
    measure_id: str
    values: Mapping[str, str]
    addresses: Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class SavedLedger:
    """A ledger as saved, with what it said when it was made.

    Attributes:
        name: The file's name.
        documents: Ids of the documents that it was made from.
        base: Measure → column id → text.
        rows: Rows that hold anything, in order.
        problems: Places that cannot be understood.
        lost_columns: Ids of columns that are gone.
    """

    name: str
    documents: tuple[str, ...]
    base: Mapping[str, Mapping[str, str]]
    rows: tuple[SavedRow, ...]
    problems: tuple[str, ...] = ()
    lost_columns: tuple[str, ...] = ()


@dataclass(slots=True)
class _Layout:
    """Where a sheet keeps its columns: the row of ids, the ids by column, the first row of measures."""

    columns: dict[int, str]
    first_row: int
    merged: dict[tuple[int, int], tuple[int, int]] = field(default_factory=dict)


def read_ledger(path: Path, settings: ReadSettings) -> SavedLedger:
    """Read a saved ledger.

    Raises:
        InputError: If it is no workbook, no ledger of ours, or its hidden parts are gone.
    """
    name = path.name
    try:
        if path.stat().st_size > settings.max_file_bytes:
            raise InputError(
                "read.too_large",
                "the file is larger than the limit",
                file=name,
                advice="Raise read.max_file_bytes in the settings.",
            )
        data = path.read_bytes()
    except OSError as exc:
        raise InputError(
            "read.unreadable",
            Phrase("the file cannot be read: {reason}", reason=exc.strerror),
            file=name,
            advice="Check the name, and close it in the spreadsheet.",
        ) from exc
    if data.startswith(b"\xd0\xcf\x11\xe0"):
        data = convert_document(data, name, settings, judge_compound_file(data, name))
    archive = Archive(data, name, settings)
    workbook = load_workbook(archive, name)
    strings = read_shared_strings(archive, workbook.strings, name) if workbook.strings else []
    shared = CellFormats(strings=strings, formats=workbook.formats, is_1904=workbook.is_1904)
    base: dict[str, dict[str, str]] = {}
    documents: tuple[str, ...] = ()
    rows: list[SavedRow] = []
    problems: list[str] = []
    lost: set[str] = set()
    has_ledger = False
    parts = sorted(workbook.sheets, key=lambda part: part.title != BASELINE)
    for part in parts:
        sheet = read_sheet(archive, part.path, shared, name, settings) if part.path else Sheet()
        if part.title == BASELINE:
            documents, base = _read_baseline(sheet, name)
            continue
        layout = _find_layout(sheet)
        if layout is not None:
            has_ledger = True
            lost |= _known_columns(base) - set(layout.columns.values())
            _read_rows(part, sheet, layout, rows)
            problems += [
                Phrase("{place}: the formula has no value; write the text itself", place=f"{part.title}!{address}")
                for address in (*sheet.unvalued, *sheet.faulty)
            ]
    if not base or not has_ledger:
        raise InputError(
            "ledger.not_ours",
            "this is no ledger of planextract, or its hidden rows, columns or sheet were deleted",
            file=name,
            advice="Fill in a ledger as 'planextract export OUTPUT --format ledger' writes it.",
        )
    return SavedLedger(
        name=name,
        documents=documents,
        base=base,
        rows=tuple(rows),
        problems=tuple(problems),
        lost_columns=tuple(sorted(lost)),
    )


def tidy_value(column: str, text: str) -> str:
    r"""Return a value as it is compared: line ends and margins do not count, nor does how a date is written.

    >>> tidy_value("on", "2026/3/5"), tidy_value("on", "46086"), tidy_value("progress", " 一 \n二 ")
    ('2026-03-05', '2026-03-05', '一\n二')
    """
    plain = "\n".join(line.strip() for line in text.split("\n")).strip()
    if column in _DATES:
        match = _DAY.fullmatch(plain)
        if match is not None:
            year, month, day = map(int, match.groups())
            try:
                return date(year, month, day).isoformat()
            except ValueError:
                return plain
        if _SERIAL.fullmatch(plain):
            return (date(1899, 12, 30) + timedelta(days=int(plain))).isoformat()
    return plain


def _known_columns(base: Mapping[str, Mapping[str, str]]) -> set[str]:
    return {column for values in base.values() for column in values}


def _read_baseline(sheet: Sheet, name: str) -> tuple[tuple[str, ...], dict[str, dict[str, str]]]:
    rows = [dict(zip(*sheet.rows[number], strict=True)) for number in sorted(sheet.rows)]
    try:
        made: Any = json.loads(rows[0].get(0, ""))
        version, documents = made["ledger"], tuple(str(item) for item in made["documents"])
    except (IndexError, ValueError, KeyError, TypeError, RecursionError) as exc:
        raise _spoilt(name) from exc
    if version != VERSION:
        raise InputError(
            "ledger.other_version",
            Phrase("the ledger was made by another version ({version})", version=version),
            file=name,
            advice="Export it again with this version.",
        )
    if len(rows) < 2 or rows[1].get(0) != KEY:
        raise _spoilt(name)
    ids = rows[1]
    base: dict[str, dict[str, str]] = {}
    for row in rows[2:]:
        if 0 in row:
            base[row[0]] = {key: tidy_value(key, row.get(col, "")) for col, key in ids.items() if col}
    return documents, base


def _spoilt(name: str) -> InputError:
    return InputError(
        "ledger.not_ours",
        "the hidden sheet of the ledger was changed",
        file=name,
        advice="Copy what was filled in into a ledger that is exported anew.",
    )


def _find_layout(sheet: Sheet) -> _Layout | None:
    """Find the hidden row of ids, wherever rows and columns were moved to."""
    for number in sorted(sheet.rows)[:_HEAD_ROWS]:
        cells = dict(zip(*sheet.rows[number], strict=True))
        if KEY in cells.values() and "measure" in cells.values():
            layout = _Layout(columns={col: text.strip() for col, text in cells.items()}, first_row=number + 2)
            for span in sheet.merges:
                if span.row >= layout.first_row and span.last_row - span.row < 10_000:
                    for row in range(span.row, span.last_row + 1):
                        for col in range(span.col, min(span.last_col, span.col + 500) + 1):
                            layout.merged[row, col] = (span.row, span.col)
            return layout
    return None


def _read_rows(part: SheetPart, sheet: Sheet, layout: _Layout, rows: list[SavedRow]) -> None:
    texts = {number: dict(zip(*cells, strict=True)) for number, cells in sheet.rows.items()}
    for number in sorted(set(texts) | {row for row, _ in layout.merged}):
        if number < layout.first_row:
            continue
        values: dict[str, str] = {}
        addresses: dict[str, str] = {}
        for col, column in layout.columns.items():
            origin = layout.merged.get((number, col), (number, col))
            if column == KEY:
                origin = (number, col)
            text = texts.get(origin[0], {}).get(origin[1], "")
            values[column] = tidy_value(column, text)
            addresses[column] = f"{part.title}!{show_address(*origin)}"
        key = values.pop(KEY, "")
        if key or any(values.values()):
            rows.append(SavedRow(sheet=part.title, row=number + 1, measure_id=key, values=values, addresses=addresses))


def is_merged_over(row: SavedRow, columns: Sequence[str]) -> bool:
    """Tell whether a person merged columns of a row into one: two of them have one address."""
    places = [row.addresses[column] for column in columns if column in row.addresses]
    return len(set(places)) < len(places)
