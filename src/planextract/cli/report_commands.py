"""``planextract score``, ``report``, ``diff`` and ``compare``: how good, what changed, since when, why."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from planextract.cli.terminal import say, say_json
from planextract.errors import EXIT_GATE, EXIT_OK
from planextract.phrases import Phrase

if TYPE_CHECKING:
    from planextract.report.commands import Written

_Folder = Annotated[
    Path | None,
    typer.Option("-o", "--output", help="Folder for the report; else reports/ in the output.", show_default=False),
]
_Inputs = Annotated[
    list[Path] | None,
    typer.Option("--inputs", help="Where the input PDFs are, for page crops; may be repeated.", show_default=False),
]
_Json = Annotated[bool, typer.Option("--json", help="Print the figures as JSON on stdout.")]


def score_command(
    output: Annotated[Path, typer.Argument(help="Output folder of a run.", show_default=False)],
    gold: Annotated[
        Path, typer.Option("--gold", help="Gold: a file, a folder of files, or a checked output.", show_default=False)
    ],
    folder: _Folder = None,
    floors: Annotated[
        Path | None, typer.Option("--floors", help="JSON file of floors; a lower score fails.", show_default=False)
    ] = None,
    inputs: _Inputs = None,
    as_json: _Json = False,
) -> None:
    """Score a run against gold: rows, cells, page breaks, agencies, with a report of the worst cells."""
    from planextract.report.commands import write_score_report

    _finish(write_score_report(output, gold, folder, floors, inputs or []), as_json)


def report_command(
    output: Annotated[Path, typer.Argument(help="Output folder of a run.", show_default=False)],
    folder: _Folder = None,
    inputs: _Inputs = None,
    budget: Annotated[int, typer.Option("--budget", min=0, max=2000, help="Most rows to ask a person about.")] = 60,
    as_json: _Json = False,
) -> None:
    """Report on a run without gold: can it be trusted, and which cells should be checked?"""
    from planextract.report.commands import write_quality_report

    _finish(write_quality_report(output, folder, inputs or [], budget), as_json)


def diff_command(
    old: Annotated[Path, typer.Argument(help="Earlier output folder, or a document.", show_default=False)],
    new: Annotated[Path, typer.Argument(help="Later output folder, or a document.", show_default=False)],
    folder: _Folder = None,
    fail_on: Annotated[
        list[str] | None,
        typer.Option(
            "--fail-on",
            help="Fail on changes of a kind: added, removed, text, value, relinked, split, joined, moved, or any; "
            "unknown = without a cause; text:10 allows ten.",
            show_default=False,
        ),
    ] = None,
    accept: Annotated[
        Path | None, typer.Option("--accept", help="File of accepted changes (YAML).", show_default=False)
    ] = None,
    write_accept: Annotated[
        Path | None, typer.Option("--write-accept", help="Write all changes as an accept file.", show_default=False)
    ] = None,
    inputs: _Inputs = None,
    as_json: _Json = False,
) -> None:
    """Say what differs between two results of the same documents, and what made it differ."""
    from planextract.report.commands import write_change_report

    _finish(write_change_report(old, new, folder, fail_on or [], accept, write_accept, inputs or []), as_json)


def compare_command(
    old: Annotated[Path, typer.Argument(help="Earlier year: output folder or document.", show_default=False)],
    new: Annotated[Path, typer.Argument(help="Later year: output folder or document.", show_default=False)],
    folder: Annotated[
        Path | None,
        typer.Option(
            "-o", "--output", help="Folder to put comparison/ into; else the later output.", show_default=False
        ),
    ] = None,
    inputs: _Inputs = None,
    as_json: _Json = False,
) -> None:
    """Compare one year's plan with the next: kept, reworded, new, dropped, split, merged; what moved."""
    from planextract.report.commands import write_year_report

    _finish(write_year_report(old, new, folder, inputs or []), as_json)


def _finish(written: Written, as_json: bool) -> None:
    if as_json:
        figures = {
            "verdict": written.verdict,
            "holds": written.holds,
            "report": str(written.page),
            "files": [str(path) for path in written.files],
            **written.figures,
        }
        say_json(figures)
    else:
        say(written.verdict)
        say(Phrase("report: {page}", page=written.page))
    raise typer.Exit(EXIT_OK if written.holds else EXIT_GATE)
