"""A folder with one CSV or JSON-lines file a table, and the data package that describes them."""

from __future__ import annotations

import csv
import json
from pathlib import Path
from typing import Literal

from planextract.export.data_package import make_package
from planextract.export.registry import WriteOptions, Written
from planextract.export.source import ExportSource, find_holding_keys
from planextract.export.spreadsheet_text import guard
from planextract.export.target import PACKAGE_FILE
from planextract.export.values import to_json, to_text
from planextract.write.table_spec import TableSpec


def write_delimited(source: ExportSource, folder: Path, options: WriteOptions) -> Written:
    """Write the files of a folder: CSV by RFC 4180 (UTF-8, comma, CRLF, a header row), or one JSON object a line.

    Args:
        source: What to export.
        folder: Folder to make.
        options: Its kind is ``csv`` or ``jsonl``.
    """
    kind: Literal["csv", "jsonl"] = "csv" if options.kind == "csv" else "jsonl"
    folder.mkdir(parents=True)
    rows: dict[str, int] = {}
    for table in source.tables:
        path = folder / f"{table.name}.{kind}"
        if kind == "csv":
            rows[table.name] = _write_csv(source, table, path, has_bom=options.has_bom, is_exact=options.is_exact)
        else:
            rows[table.name] = _write_jsonl(source, table, path)
    keys = {table.name: find_holding_keys(source, table) for table in source.tables}
    package = make_package(source.tables, kind, keys, is_guarded=kind == "csv" and not options.is_exact)
    text = json.dumps(package, ensure_ascii=False, indent=2) + "\n"
    (folder / PACKAGE_FILE).write_text(text, encoding="utf-8", newline="\n")
    return Written(rows=rows)


def _write_csv(source: ExportSource, table: TableSpec, path: Path, *, has_bom: bool, is_exact: bool) -> int:
    count = 0
    names = [column.name for column in table.columns]
    with path.open("w", encoding="utf-8-sig" if has_bom else "utf-8", newline="") as stream:
        writer = csv.writer(stream, lineterminator="\r\n")
        writer.writerow(names)
        for row in source.read_rows(table):
            fields = [to_text(row[name]) for name in names]
            texts = [isinstance(row[name], str) for name in names]
            writer.writerow(
                fields if is_exact else [guard(f) if is_text else f for f, is_text in zip(fields, texts, strict=True)]
            )
            count += 1
    return count


def _write_jsonl(source: ExportSource, table: TableSpec, path: Path) -> int:
    count = 0
    with path.open("w", encoding="utf-8", newline="\n") as stream:
        for row in source.read_rows(table):
            stream.write(to_json(row) + "\n")
            count += 1
    return count
