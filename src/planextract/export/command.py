"""One export, whole: what is asked for, where it goes, and what was written."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, get_args

from planextract.errors import UsageError
from planextract.export.source import ExportSource, open_source
from planextract.export.target import is_our_duckdb, is_our_folder, is_our_sqlite, is_our_text, is_our_workbook, staged

Format = Literal["xlsx", "csv", "jsonl", "duckdb", "sqlite", "ics", "chunks"]
FORMATS: tuple[Format, ...] = get_args(Format)
_IS_OURS: dict[Format, Callable[[Path], bool]] = {
    "xlsx": is_our_workbook, "csv": is_our_folder, "jsonl": is_our_folder, "duckdb": is_our_duckdb,
    "sqlite": is_our_sqlite, "ics": is_our_text, "chunks": is_our_text,
}  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class ExportSummary:
    """What was written: the file or folder, documents, rows by table, and sheets of plans in a workbook."""

    target: Path
    documents: int
    rows: dict[str, int]
    plan_sheets: int = 0


def export_output(
    output: str, kind: Format, target: Path, *, tables: Sequence[str] = (), documents: Sequence[str] = (),
    has_bom: bool = False, is_exact: bool = False, replaces: bool = False,
    plans_only: bool = False,
) -> ExportSummary:  # fmt: skip
    """Export the committed documents of an output.

    Args:
        output: Folder or address that a run wrote.
        kind: Format to write.
        target: File (xlsx, duckdb, sqlite) or folder (csv, jsonl) to write.
        tables: Names of tables; all if empty.
        documents: Ids or file names of documents; all if empty.
        has_bom: CSV only: begin with a byte order mark, for Excel.
        is_exact: CSV and workbook: put no apostrophe in front of what a spreadsheet would take for a formula.
        replaces: Replace a file that is no export of ours.
        plans_only: Workbook only: leave out the technical sheets.

    Raises:
        UsageError: If a table, document or option does not exist or fit, or a library is not installed.
        OutputError: If the output cannot be read, or the target cannot be written or is not ours.
    """
    if has_bom and kind != "csv":
        raise UsageError("export.no_bom", f"--bom is for CSV, not for {kind}", advice="Leave it out.")
    if plans_only and kind != "xlsx":
        raise UsageError("export.no_plans_only", f"--plans-only is for xlsx, not for {kind}", advice="Leave it out.")
    if kind == "duckdb":
        _need_duckdb()
    source = open_source(output, documents, tables)
    sheets = 0
    with staged(target, _IS_OURS[kind], replaces=replaces) as aside:
        if kind == "xlsx":
            from planextract.export.workbook import write_workbook

            rows, sheets = write_workbook(source, aside, is_exact=is_exact, plans_only=plans_only)
        elif kind == "ics":
            from planextract.export.ics_file import write_ics

            rows = write_ics(source, aside)
        elif kind == "chunks":
            from planextract.export.chunks_file import write_chunks

            rows = write_chunks(source, aside)
        elif kind == "sqlite":
            from planextract.export.sqlite_file import write_sqlite

            rows = write_sqlite(source, aside)
        elif kind == "duckdb":
            from planextract.export.duckdb_file import write_duckdb

            rows = write_duckdb(source, aside)
        else:
            from planextract.export.delimited import write_delimited

            rows = write_delimited(source, aside, kind, has_bom=has_bom, is_exact=is_exact)
    return ExportSummary(target=target, documents=len(source.doc_ids), rows=rows, plan_sheets=sheets)


def default_target(output: str, kind: Format | Literal["ledger"]) -> Path:
    """Return where an export goes if nobody says: beside the output, called after it; in this folder for an address."""
    name = output.rstrip("/\\").replace("\\", "/").rsplit("/", 1)[-1].lstrip(".") or "output"
    endings = {"csv": "-csv", "jsonl": "-jsonl", "chunks": "-chunks.jsonl", "ledger": "-ledger.xlsx"}
    folder = Path(output).parent if "://" not in output else Path()
    return folder / (name + endings.get(kind, f".{kind}"))


def _need_duckdb() -> None:
    from importlib.util import find_spec

    if find_spec("duckdb") is None:
        raise UsageError("run.missing_extra", "DuckDB is not installed",
                         advice="Install it: pip install 'planextract[export]'; or use --format sqlite.")  # fmt: skip


__all__ = ["FORMATS", "ExportSource", "ExportSummary", "Format", "default_target", "export_output"]
