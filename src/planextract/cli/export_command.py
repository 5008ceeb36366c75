"""``planextract export`` and ``import``: Excel, ledgers, CSV, JSON lines, databases, calendars, chunks."""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from planextract.cli.terminal import say
from planextract.export import FORMATS
from planextract.phrases import Phrase

_LEDGER = "ledger"
_NAMES = (*FORMATS, _LEDGER)


class LedgerSplit(StrEnum):
    """How a ledger is split."""

    none = "none"
    agency = "agency"
    agency_sheets = "agency-sheets"


def _check_format(name: str) -> str:
    if name not in _NAMES:
        raise typer.BadParameter(f"'{name}' is none of {', '.join(_NAMES)}")
    return name


def export_command(
    output: Annotated[str, typer.Argument(help="Output of a run: folder or address.", show_default=False)],
    kind: Annotated[
        str, typer.Option("--format", "-f", callback=_check_format, help=f"{', '.join(_NAMES)}.", metavar="FORMAT")
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
    split: Annotated[
        LedgerSplit, typer.Option("--split", help="Ledger: a file, or a sheet, for each body.")
    ] = LedgerSplit.none,
    plans_only: Annotated[bool, typer.Option("--plans-only", help="Workbook without the technical sheets.")] = False,
    force: Annotated[bool, typer.Option("--force", help="Replace a file that is no export of ours.")] = False,
) -> None:
    """Write an output for other programs and people.

    xlsx: a workbook with a sheet a plan, put together again in its own columns, and a sheet a table. ledger: a flat
    sheet to report in (台账), which 'planextract import' takes back. csv, jsonl: with a data package. duckdb, sqlite:
    databases. ics: to-dos with their last day. chunks: JSON lines for retrieval.
    """
    from planextract.export.command import default_target, export_output, name_beside

    if kind == _LEDGER:
        ending = "-ledger" if split is LedgerSplit.agency else "-ledger.xlsx"
        _export_ledger(output, target or name_beside(output, ending), split, document or (), force)
        return
    place = target or default_target(output, kind)
    summary = export_output(
        output,
        kind,
        place,
        tables=[name.strip() for name in tables.split(",") if name.strip()],
        documents=document or (),
        has_bom=bom,
        is_exact=exact,
        replaces=force,
        plans_only=plans_only,
    )
    sheets = summary.plan_sheets
    plans = Phrase("{count} plan{s}, ", count=sheets, s="s" * (sheets != 1)) if sheets else ""
    count = len(summary.rows)
    say(
        Phrase(
            "{documents} document{s}: {plans}{rows} rows in {count} table{s2}",
            documents=summary.documents,
            s="s" * (summary.documents != 1),
            plans=plans,
            rows=sum(summary.rows.values()),
            count=count,
            s2="s" * (count != 1),
        )
    )
    say(Phrase("export: {target}", target=summary.target))


def _export_ledger(output: str, place: Path, split: LedgerSplit, documents: Sequence[str], force: bool) -> None:
    from planextract.ledger.export import export_ledger

    summary = export_ledger(output, place, split=split.value, documents=documents, replaces=force)
    files = Phrase(" in {count} files", count=len(summary.files)) if len(summary.files) > 1 else ""
    bodies = Phrase(", {count} bodies", count=summary.bodies) if summary.bodies else ""
    say(Phrase("{measures} measures{bodies}{files}", measures=summary.measures, bodies=bodies, files=files))
    say(Phrase("ledger: {place}", place=place))


def import_command(
    output: Annotated[str, typer.Argument(help="Output that the ledgers were made from.", show_default=False)],
    ledgers: Annotated[list[Path], typer.Argument(help="Ledgers as people saved them.", show_default=False)],
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Say what would be taken; write nothing.")] = False,
) -> None:
    """Take ledgers back: corrections of the plan become decisions, what was filled in becomes progress.

    All of it or nothing: where two people say different things of one cell, or the plan was changed since, the cells
    are named and nothing is written.
    """
    from planextract.ledger.take_back import import_ledgers

    summary = import_ledgers(output, ledgers, is_trial=dry_run)
    say(
        Phrase(
            "{cells} cells changed: {decisions} decisions, {reports} reports on progress",
            cells=summary.cells,
            decisions=summary.decisions,
            reports=summary.reports,
        )
    )
    if summary.added:
        shown = "、".join(summary.added[:5]) + ("…" if len(summary.added) > 5 else "")
        say(Phrase("rows that are no measures of the plan were left out: {shown}", shown=shown))
    if summary.deleted:
        say(
            Phrase("measures without a row in the ledgers (they stay as they are): {count}", count=len(summary.deleted))
        )
    if summary.decisions or summary.reports:
        said = (
            Phrase("nothing was written; leave out --dry-run to take them")
            if dry_run
            else Phrase("they hold from the next run on: planextract run INPUT -o {output}", output=output)
        )
        say(said)
