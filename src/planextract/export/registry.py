"""The formats of an export, one line a format. Nothing heavy is imported: a writer is loaded when it is asked for."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ExportFormat:
    """Who writes a format and what stands at its target.

    Attributes:
        module: Module of this package that writes it.
        writer: Its function: of a source, a path and :class:`WriteOptions`, to what was :class:`Written`.
        is_ours: Function of ``target.py`` that tells an export of ours.
        is_folder: It is a folder of files.
        needs: Package of the extra ``export`` that it needs.
        ending: What its target is called behind the output's name, if that is not the format's name.
    """

    module: str
    writer: str
    is_ours: str
    is_folder: bool = False
    needs: str = ""
    ending: str = ""


FORMATS = {
    "xlsx": ExportFormat("workbook", "write_workbook", "is_our_workbook"),
    "csv": ExportFormat("delimited", "write_delimited", "is_our_folder", is_folder=True),
    "jsonl": ExportFormat("delimited", "write_delimited", "is_our_folder", is_folder=True),
    "duckdb": ExportFormat("duckdb_file", "write_duckdb", "is_our_duckdb", needs="duckdb"),
    "sqlite": ExportFormat("sqlite_file", "write_sqlite", "is_our_sqlite"),
    "ics": ExportFormat("ics_file", "write_ics", "is_our_text"),
    "chunks": ExportFormat("chunks_file", "write_chunks", "is_our_text", ending="-chunks.jsonl"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class WriteOptions:
    """How a format is written.

    Attributes:
        kind: Its name in ``FORMATS``.
        has_bom: CSV files begin with a byte order mark, by which Excel knows UTF-8.
        plans_only: A workbook has no sheets of tables.
        is_exact: Text stays as it is; else what a spreadsheet would take for a formula gets an apostrophe.
    """

    kind: str
    has_bom: bool = False
    is_exact: bool = False
    plans_only: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """What was written: rows by table, and sheets of plans in a workbook."""

    rows: dict[str, int]
    plan_sheets: int = 0
