"""``planextract export``: Excel, CSV, JSON lines, DuckDB, SQLite."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from planextract.export import FORMATS


def _check_format(name: str) -> str:
    if name not in FORMATS:
        raise typer.BadParameter(f"'{name}' is none of {', '.join(FORMATS)}")
    return name


def export_command(
    output: Annotated[str, typer.Argument(help="Output of a run: folder or address.", show_default=False)],
    kind: Annotated[
        str, typer.Option("--format", "-f", callback=_check_format, help=f"{', '.join(FORMATS)}.", metavar="FORMAT")
    ] = "xlsx",
    target: Annotated[
        Path | None,
        typer.Option("-o", "--to", help="File or folder to write.", show_default="OUTPUT.xlsx, OUTPUT-csv/ …"),
    ] = None,
    tables: Annotated[
        str, typer.Option("--tables", help="Only these tables, by comma: measures,targets.", show_default="all")
    ] = "",
    document: Annotated[
        list[str] | None,
        typer.Option("--document", help="Only this document: file name or id; may be repeated.", show_default=False),
    ] = None,
    bom: Annotated[bool, typer.Option("--bom", help="CSV with a byte order mark, for Excel.")] = False,
    exact: Annotated[
        bool, typer.Option("--exact", help="No apostrophe in front of text that a spreadsheet would run.")
    ] = False,
    force: Annotated[bool, typer.Option("--force", help="Replace a file that is no export of ours.")] = False,
) -> None:
    """Write an output for other programs: an Excel workbook, CSV or JSON lines with a data package, a database.

    The workbook has a sheet a plan, put together again in its own columns, and a sheet a table.
    """
    from planextract.export.command import default_target, export_output

    place = target or default_target(output, kind)
    summary = export_output(
        output, kind, place, tables=[name.strip() for name in tables.split(",") if name.strip()],
        documents=document or (), has_bom=bom, is_exact=exact, replaces=force,
    )  # fmt: skip
    plans = f"{summary.plan_sheets} plan{'s' * (summary.plan_sheets != 1)}, " if summary.plan_sheets else ""
    count = len(summary.rows)
    typer.echo(
        f"{summary.documents} document{'s' * (summary.documents != 1)}: {plans}{sum(summary.rows.values())} rows in "
        f"{count} table{'s' * (count != 1)}"
    )
    typer.echo(f"export: {summary.target}")
