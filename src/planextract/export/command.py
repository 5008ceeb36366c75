"""One export, whole: what is asked for, where it goes, and what was written."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from importlib import import_module, util
from pathlib import Path

from planextract.errors import UsageError
from planextract.export.registry import FORMATS, WriteOptions, Written
from planextract.phrases import Phrase


@dataclass(frozen=True, slots=True, kw_only=True)
class ExportSummary:
    """What was written: the file or folder, documents, rows by table, and sheets of plans in a workbook."""

    target: Path
    documents: int
    rows: dict[str, int]
    plan_sheets: int = 0


def export_output(
    output: str,
    kind: str,
    target: Path,
    *,
    tables: Sequence[str] = (),
    documents: Sequence[str] = (),
    has_bom: bool = False,
    is_exact: bool = False,
    replaces: bool = False,
    plans_only: bool = False,
) -> ExportSummary:
    """Export the committed documents of an output.

    Args:
        output: Folder or address that a run wrote.
        kind: Format to write, a name of ``FORMATS``.
        target: File (xlsx, duckdb, sqlite) or folder (csv, jsonl) to write.
        tables: Names of tables; all if empty.
        documents: Ids or file names of documents; all if empty.
        has_bom: CSV only: begin with a byte order mark, for Excel.
        is_exact: CSV and workbook: put no apostrophe in front of what a spreadsheet would take for a formula.
        replaces: Replace a file that is no export of ours.
        plans_only: Workbook only: leave out the sheets of tables.

    Raises:
        UsageError: If a table, document or option does not exist or fit, or a library is not installed.
        OutputError: If the output cannot be read, or the target cannot be written or is not ours.
    """
    from planextract.export import target as targets
    from planextract.export.source import open_source

    if has_bom and kind != "csv":
        raise UsageError("export.no_bom", Phrase("--bom is for CSV, not for {kind}", kind=kind), advice="Leave it out.")
    if plans_only and kind != "xlsx":
        raise UsageError(
            "export.no_plans_only",
            Phrase("--plans-only is for xlsx, not for {kind}", kind=kind),
            advice="Leave it out.",
        )
    spec = FORMATS[kind]
    if spec.needs and util.find_spec(spec.needs) is None:
        raise UsageError(
            "run.missing_extra",
            Phrase("the package '{needs}' is not installed", needs=spec.needs),
            advice="Install it: pip install 'planextract[export]'; or use --format sqlite.",
        )
    source = open_source(output, documents, tables)
    write = getattr(import_module(f"planextract.export.{spec.module}"), spec.writer)
    options = WriteOptions(kind=kind, has_bom=has_bom, is_exact=is_exact, plans_only=plans_only)
    with targets.staged(target, getattr(targets, spec.is_ours), replaces=replaces) as aside:
        written: Written = write(source, aside, options)
    return ExportSummary(
        target=target, documents=len(source.doc_ids), rows=written.rows, plan_sheets=written.plan_sheets
    )


def default_target(output: str, kind: str) -> Path:
    """Return where an export goes if nobody says: beside the output, called after it; in this folder for an address."""
    spec = FORMATS[kind]
    return name_beside(output, spec.ending or (f"-{kind}" if spec.is_folder else f".{kind}"))


def name_beside(output: str, ending: str) -> Path:
    """Return a name beside an output, called after it; in this folder for an address."""
    name = output.rstrip("/\\").replace("\\", "/").rsplit("/", 1)[-1].lstrip(".") or "output"
    return (Path() if "://" in output else Path(output).parent) / (name + ending)
