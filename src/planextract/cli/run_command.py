"""``planextract run``: inputs in, output folder out."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from planextract.errors import ConfigError

if TYPE_CHECKING:
    from planextract.run.runs import RunSummary


def run_command(
    inputs: Annotated[list[Path], typer.Argument(help="Documents and folders of documents.", show_default=False)],
    output: Annotated[Path, typer.Option("-o", "--output", help="Output folder; made if needed.")] = Path("output"),
    settings: Annotated[
        Path | None,
        typer.Option("--settings", help="Settings file (TOML); docs/settings.md.", show_default=False),
    ] = None,
    dictionaries: Annotated[
        Path | None,
        typer.Option("--dictionaries", help="Folder with your own dictionaries, read after ours.", show_default=False),
    ] = None,
    region: Annotated[
        str | None,
        typer.Option(
            "--region",
            help="GB/T 2260 code or full name, if the documents do not say it.",
            show_default=False,
        ),
    ] = None,
    reader: Annotated[
        str | None,
        typer.Option("--reader", help="Reader of PDFs: auto, pdfium, pdfplumber or camelot.", show_default="auto"),
    ] = None,
    verify: Annotated[
        bool, typer.Option("--verify", help="Cross-read every PDF page with the other readers; slow.")
    ] = False,
    review_log: Annotated[
        Path | None,
        typer.Option(
            "--review-log", help="Decisions of the review page to replay.", show_default="OUTPUT.decisions.jsonl"
        ),
    ] = None,
    decisions: Annotated[
        Path,
        typer.Option("--decisions", help="Log of decisions on agency names (planextract agencies), replayed."),
    ] = Path("agency-decisions.jsonl"),
    as_json: Annotated[bool, typer.Option("--json", help="Print the summary as JSON on stdout.")] = False,
    quiet: Annotated[bool, typer.Option("-q", "--quiet", help="Print errors only.")] = False,
) -> None:
    """Extract documents into tables (Parquet and JSON).

    Every document is committed whole or not at all; one that cannot be extracted is quarantined with the
    reason and the others go on.
    """
    from planextract.run.runs import run_inputs
    from planextract.settings import choose_reader, parse_settings

    try:
        text = settings.read_text(encoding="utf-8") if settings else ""
    except (OSError, UnicodeDecodeError) as exc:
        raise ConfigError("settings.unreadable", f"the settings cannot be read: {exc}", file=str(settings)) from exc
    parsed = parse_settings(text, str(settings or ""), region=region)
    parsed = choose_reader(parsed, reader, verify=verify)
    with _ProgressBar(is_shown=not quiet and not as_json and sys.stderr.isatty()) as bar:
        summary = run_inputs(inputs, output, parsed, bar, dictionaries, decisions, review_log)
    for result in summary.failed:
        if result.error is not None:
            typer.echo(f"quarantined: {result.error.message}", err=True)
    if summary.unreadable_lines:
        lines = ", ".join(map(str, summary.unreadable_lines[:5]))
        typer.echo(f"warning: the decisions log has unreadable lines, which were passed over: {lines}", err=True)
    if as_json:
        typer.echo(json.dumps(_to_json(summary), ensure_ascii=False, indent=1))
    elif not quiet:
        _print_summary(summary)
    raise typer.Exit(summary.exit_code)


class _ProgressBar:
    """A bar on stderr; silent when nobody looks."""

    def __init__(self, *, is_shown: bool) -> None:
        from rich.console import Console
        from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

        self._bar = Progress(
            TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn(),
            console=Console(stderr=True), transient=True, disable=not is_shown,
        )  # fmt: skip
        self._task = self._bar.add_task("reading", total=None)

    def __enter__(self) -> _ProgressBar:
        self._bar.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._bar.stop()

    def start(self, total: int) -> None:
        self._bar.update(self._task, total=total)

    def advance(self, name: str) -> None:
        self._bar.update(self._task, advance=1, description=name[-40:].replace("[", "\\["))


def _to_json(summary: RunSummary) -> dict[str, object]:
    return {
        "output": str(summary.output),
        "documents": sum(1 for r in summary.results if r.error is None and r.same_as is None),
        "quarantined": [
            {"source_path": r.name, "doc_id": r.doc_id, "code": r.error.code, "message": r.error.message}
            for r in summary.failed
            if r.error is not None
        ],
        **{name: summary.total(name) for name in _COUNTS},
        "passed_over": list(summary.passed_over),
        "seconds": round(summary.seconds, 3),
    }


_COUNTS = ("plans", "tasks", "measures", "responsibilities", "unresolved", "needs_review", "findings", "stale")


def _print_summary(summary: RunSummary) -> None:
    from rich.console import Console

    done = [r for r in summary.results if r.error is None and r.same_as is None]
    duplicates = [r for r in summary.results if r.same_as is not None]
    lines = [
        f"{len(done)} document{'s' * (len(done) != 1)} in {summary.seconds:.1f} s: "
        f"{summary.total('plans')} plans, {summary.total('tasks')} tasks, {summary.total('measures')} measures",
        f"agencies: {summary.total('responsibilities')} named, {summary.total('unresolved')} unresolved",
        f"to check: {summary.total('needs_review')} measures, {summary.total('findings')} findings",
    ]
    if summary.decisions:
        lines.append(f"decisions: {summary.decisions} replayed, {summary.total('stale')} stale")
    if summary.failed:
        lines.append(f"quarantined: {len(summary.failed)} (see {summary.output / 'quarantine'})")
    if duplicates:
        lines.append(f"same bytes as another input: {', '.join(r.name for r in duplicates[:5])}")
    if summary.passed_over:
        lines.append(f"passed over, not a document: {', '.join(summary.passed_over[:5])}")
    lines.append(f"output: {summary.output}")
    console = Console(highlight=False, soft_wrap=True)
    for line in lines:
        console.print(line, markup=False)
