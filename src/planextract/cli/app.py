"""The command line: ``planextract run``, ``show``, ``review``, ``status``, ``compact``, ``schema`` and others."""

from __future__ import annotations

import sys
from typing import Annotated

import typer

from planextract.cli.agencies.app import agencies_app
from planextract.cli.compact_command import compact_command
from planextract.cli.doctor_command import doctor_command
from planextract.cli.export_command import export_command, import_command
from planextract.cli.language import (
    LangOption,
    Language,
    choose_language,
    current_language,
    example,
    find_language,
    with_language,
)
from planextract.cli.new_command import new_command
from planextract.cli.open_command import open_command
from planextract.cli.report_commands import compare_command, diff_command, report_command, score_command
from planextract.cli.review_command import review_command
from planextract.cli.run_command import run_command
from planextract.cli.schema_command import schema_command
from planextract.cli.show_command import show_command
from planextract.cli.status_command import status_command
from planextract.cli.terminal import guard_streams, say, say_error
from planextract.cli.track_command import track_command
from planextract.cli.view_commands import explain_command, view_command
from planextract.errors import EXIT_INTERRUPTED, PlanExtractError
from planextract.phrases import Phrase
from planextract.version import __version__

_HELP = """Turn Chinese government action-plan notices into tables that people can trust.

Reads a notice with its task tables, stitches tables continued over pages, repairs rows cut by page
breaks, links agencies to a dictionary, reads deadlines and quantities, and writes Parquet and JSON.
"""
_EPILOG = """Examples:

  planextract open                         a page to drop files on, read, correct, take away

  planextract run raw -o output            every document in a folder

  planextract run plan.txt -o out --json   one document, summary as JSON

  planextract new 2022.pdf -o plan-2022    the next plan: what is unknown, and what to decide

  planextract show plan.txt --task 3       look at one task in the terminal

  planextract view output                  one page to read: the plan, by body, by deadline

  planextract explain output 1/3/2         why a row is what it is

  planextract review output                decide what is doubtful, by the page

  planextract report output                can it be trusted, what to check

  planextract diff output-old output       what changed, and why

  planextract agencies review              names that nothing linked

  planextract export output                an Excel workbook; also csv, jsonl, duckdb, sqlite, ics

  planextract export output -f ledger      a sheet to report in (台账)

  planextract import output ledger.xlsx    take back what people filled in and corrected

  planextract track output report.docx     what became of it, by a published report

  planextract status output                how far a run is, what failed and why

  planextract doctor                       what works on this machine, what to install

  planextract schema                       the output tables, column by column

Exit codes: 0 done, 1 a floor or gate of a report is broken, 2 wrong usage, 3 some input was quarantined,
4 the output cannot be written, 5 a settings, dictionary or override file is wrong, 130 stopped before the end."""

app = typer.Typer(
    name="planextract",
    help=_HELP,
    epilog=_EPILOG,
    no_args_is_help=True,
    add_completion=True,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)
app.command("run", epilog=example("planextract run raw plan.md -o output"))(with_language(run_command))
app.command("new", epilog=example("planextract new 2022.pdf --last output-2021 -o plan-2022"))(
    with_language(new_command)
)
app.command("report", epilog=example("planextract report output --inputs raw"))(with_language(report_command))
app.command("score", epilog=example("planextract score output --gold gold.yaml --floors floors.json"))(
    with_language(score_command)
)
app.command("diff", epilog=example("planextract diff old new --fail-on removed --fail-on text:10"))(
    with_language(diff_command)
)
app.command("compare", epilog=example("planextract compare output-2021 output-2022"))(with_language(compare_command))
app.command(
    "show", epilog=example("planextract show plan.txt --plan 1 --task 11; planextract show plan.pdf --page 4 --draw")
)(with_language(show_command))
app.command("view", epilog=example("planextract view output --inputs raw -o plan.html"))(with_language(view_command))
app.command("explain", epilog=example("planextract explain output 1/3/2 --lang zh"))(with_language(explain_command))
app.command("open", epilog=example("planextract open plan.pdf"))(with_language(open_command))
app.command("review", epilog=example("planextract review output --inputs raw"))(with_language(review_command))
app.command("status", epilog=example("planextract status output"))(with_language(status_command))
app.command("compact", epilog=example("planextract compact output --partition region,year"))(
    with_language(compact_command)
)
app.command("export", epilog=example("planextract export output --format xlsx -o plan.xlsx"))(
    with_language(export_command)
)
app.command("import", epilog=example("planextract import output output-ledger.xlsx"))(with_language(import_command))
app.command("doctor", epilog=example("planextract doctor --lang zh"))(with_language(doctor_command))
app.command("track", epilog=example("planextract track output 完成情况.docx"))(with_language(track_command))
app.command("schema", epilog=example("planextract schema --format json-schema > document.schema.json"))(
    with_language(schema_command)
)


app.add_typer(agencies_app, name="agencies")


def _print_version(wanted: bool) -> None:
    if wanted:
        say(f"planextract {__version__}")
        raise typer.Exit


@app.callback()
def _main(
    version: Annotated[
        bool, typer.Option("--version", help="Show the version and exit.", callback=_print_version, is_eager=True)
    ] = False,
    lang: LangOption = None,
) -> None:
    """Carry the options that stand before a command."""
    if lang is not None:
        choose_language(lang)


def run_app() -> None:
    """Run the command line; errors become one line on stderr and an exit code, never a traceback."""
    guard_streams()
    choose_language(find_language(sys.argv[1:]))
    try:
        if current_language() is Language.zh:
            from planextract.cli.chinese import run_chinese

            sys.exit(run_chinese(app))
        app()
    except PlanExtractError as exc:
        say_error(exc)
        sys.exit(exc.exit_code)
    except KeyboardInterrupt:
        say(Phrase("interrupted; what was committed stays"), err=True)
        sys.exit(EXIT_INTERRUPTED)
    except BrokenPipeError:
        sys.stderr.close()
        sys.exit(0)
