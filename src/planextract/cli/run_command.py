"""``planextract run``: inputs in, output folder out."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from planextract.cli.logs import DEFAULT_AGENCY_LOG, AgencyDecisions, Decisions, OldReviewLog, choose_logs
from planextract.cli.terminal import error_in_language, say, say_json
from planextract.errors import ConfigError
from planextract.phrases import Phrase, plural

if TYPE_CHECKING:
    from planextract.run.account import DocumentResult, RunSummary
    from planextract.settings import Settings


def run_command(
    inputs: Annotated[
        list[str], typer.Argument(help="Documents, folders of documents, or addresses (s3://…).", show_default=False)
    ],
    as_one: Annotated[
        bool,
        typer.Option(
            "--as-one",
            help="All inputs are one document: a notice and its attachments, or pages; also a folder or .zip.",
        ),
    ] = False,
    output: Annotated[
        str, typer.Option("-o", "--output", help="Output folder or address (s3://…); made if needed.")
    ] = "output",
    settings: Annotated[
        Path | None, typer.Option("--settings", help="Settings file (TOML); docs/settings.md.", show_default=False)
    ] = None,
    dictionaries: Annotated[
        list[Path] | None,
        typer.Option(
            "--dictionaries",
            help="Folder with your own dictionaries, read after ours; several add up.",
            show_default=False,
        ),
    ] = None,
    region: Annotated[
        str | None,
        typer.Option(
            "--region", help="GB/T 2260 code or full name, if the documents do not say it.", show_default=False
        ),
    ] = None,
    year: Annotated[
        int | None,
        typer.Option(
            "--year",
            min=1949,
            max=2100,
            help="Year of plans that print none (a page without its title).",
            show_default=False,
        ),
    ] = None,
    keep_persons: Annotated[
        bool,
        typer.Option("--keep-persons", help="Keep the names in columns of people (责任人, 牵头领导), else withheld."),
    ] = False,
    reader: Annotated[
        str | None,
        typer.Option("--reader", help="Reader of PDFs: auto, pdfium, pdfplumber or camelot.", show_default="auto"),
    ] = None,
    verify: Annotated[
        bool, typer.Option("--verify", help="Cross-read every PDF page with the other readers; slow.")
    ] = False,
    decisions: Decisions = None,
    agency_decisions: AgencyDecisions = None,
    review_log: OldReviewLog = None,
    engine: Annotated[
        str, typer.Option("--engine", help="local: worker processes; dask: a Dask cluster (extra 'dask').")
    ] = "local",
    scheduler: Annotated[
        str | None,
        typer.Option(
            "--scheduler", help="Address of a running Dask scheduler; else one is started here.", show_default=False
        ),
    ] = None,
    workers: Annotated[
        int | None, typer.Option("--workers", min=1, help="Worker processes.", show_default="one a core")
    ] = None,
    again: Annotated[bool, typer.Option("--again", help="Extract everything, also what is unchanged.")] = False,
    retry: Annotated[bool, typer.Option("--retry", help="Try again what is in quarantine.")] = False,
    prune: Annotated[
        bool, typer.Option("--prune", help="Remove documents from the output whose input is not given any more.")
    ] = False,
    log_json: Annotated[
        str | None,
        typer.Option("--log-json", help="Append events as JSON lines to a file; - is stderr.", show_default=False),
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print the summary as JSON on stdout.")] = False,
    quiet: Annotated[bool, typer.Option("-q", "--quiet", help="Print errors only.")] = False,
) -> None:
    """Extract documents into tables (Parquet and JSON).

    Every document is committed whole or not at all; one that cannot be extracted is quarantined with the
    reason and the others go on. What did not change since the last run is passed over. Ctrl-C finishes what is
    under way; a run that was stopped or killed is completed by the next one.
    """
    from planextract.cli.progress import ProgressBar
    from planextract.run.engines import choose_engine
    from planextract.run.events import EventLog
    from planextract.run.options import RunOptions
    from planextract.run.runs import run_inputs
    from planextract.settings import choose_reader

    logs = choose_logs(decisions, agency_decisions, review_log)
    parsed = choose_reader(_read_settings(settings, region, year), reader, verify=verify)
    parsed = replace(parsed, keep_persons=keep_persons or parsed.keep_persons)
    if workers is not None:
        parsed = replace(parsed, run=replace(parsed.run, workers=workers))
    options = RunOptions(
        engine=choose_engine(engine, scheduler),
        extra_dictionaries=tuple(dictionaries or ()) or None,
        decisions=logs.people,
        agency_decisions=(logs.names or DEFAULT_AGENCY_LOG).absolute(),
        again=again,
        retry=retry,
        prune=prune,
        as_one=as_one,
        log=EventLog(log_json),
    )
    with ProgressBar(is_shown=not quiet and not as_json and log_json != "-" and sys.stderr.isatty()) as bar:
        summary = run_inputs(inputs, output, parsed, bar, options)
    for result in summary.failed:
        if result.error is not None:
            say(Phrase("quarantined: {message}", message=error_in_language(result.error)), err=True)
    if dictionaries:
        from planextract.dictionaries import find_drafts

        for path in (path for folder in dictionaries for path in find_drafts(folder)):
            say(Phrase("note: {path} is a draft ('draft: true') and was not used", path=path), err=True)
    if summary.unreadable_lines:
        lines = ", ".join(map(str, summary.unreadable_lines[:5]))
        say(
            Phrase("warning: the decisions log has unreadable lines, which were passed over: {lines}", lines=lines),
            err=True,
        )
    for problem in summary.log_problems[:5]:
        say(Phrase("warning: a line of the log was passed over, the others hold: {problem}", problem=problem), err=True)
    if len(summary.log_problems) > 5:
        more = len(summary.log_problems) - 5
        say(Phrase("warning: so were {count} more; manifest.json lists them", count=more), err=True)
    for problem in summary.void_decisions[:5]:
        say(Phrase("warning: a decision on agency names was passed over: {problem}", problem=problem), err=True)
    if as_json:
        say_json(_to_json(summary))
    elif not quiet:
        _print_summary(summary)
    if summary.strays:
        say(
            Phrase(
                "note: {count} files in the output's folders belong to no document, and readers of a whole "
                "folder see them; delete them: {names}",
                count=len(summary.strays),
                names=", ".join(summary.strays[:5]),
            ),
            err=True,
        )
    if summary.not_done:
        say(
            Phrase(
                "stopped: {not_done} inputs are left; the same command goes on with them", not_done=summary.not_done
            ),
            err=True,
        )
    raise typer.Exit(summary.exit_code)


def _read_settings(path: Path | None, region: str | None, year: int | None) -> Settings:
    from planextract.settings import parse_settings

    try:
        text = path.read_text(encoding="utf-8") if path else ""
    except (OSError, UnicodeDecodeError) as exc:
        reason = (exc.strerror if isinstance(exc, OSError) else None) or str(exc)
        raise ConfigError(
            "settings.unreadable", Phrase("the settings cannot be read: {reason}", reason=reason), file=str(path)
        ) from exc
    return parse_settings(text, str(path or ""), region=region, year=year)


def _to_json(summary: RunSummary) -> dict[str, object]:
    return {
        "output": summary.output,
        "documents": sum(1 for r in summary.results if r.error is None and r.same_as is None),
        "quarantined": [
            {"source_path": r.name, "doc_id": r.doc_id, "code": r.error.code, "message": r.error.message}
            for r in summary.failed
            if r.error is not None
        ],
        **{name: summary.total(name) for name in _COUNTS},
        "unchanged": sum(result.is_fresh for result in summary.results),
        "not_done": summary.not_done,
        "leftovers": summary.leftovers,
        "pruned": summary.pruned,
        "strays": list(summary.strays),
        "passed_over": list(summary.passed_over),
        "log_problems": list(summary.log_problems),
        "seconds": round(summary.seconds, 3),
    }


_ASKING_SHOWN = 8
_COUNTS = ("plans", "tasks", "measures", "responsibilities", "unresolved", "needs_review", "findings", "stale")


def _print_summary(summary: RunSummary) -> None:
    for line in _describe(summary):
        say(line)


def _tell_what_to_look_at(done: Sequence[DocumentResult]) -> Iterator[Phrase]:
    """Yield what each document asks of a person; of many, those that ask the most."""
    from planextract.wording.looks import tell_looks

    asking = [r for r in done if r.counts.needs_review or len(done) == 1]
    for result in sorted(asking, key=lambda r: (-r.counts.needs_review, r.name))[:_ASKING_SHOWN]:
        looks = tell_looks(result.counts.needs_review, result.counts.left)
        yield Phrase("  {name}: {looks}", name=result.name, looks=looks)


def _describe_counts(summary: RunSummary, documents: int, fresh: int) -> Iterator[Phrase]:
    total = summary.total
    plans, tasks, measures = total("plans"), total("tasks"), total("measures")
    yield Phrase(
        "{count} document{s}{unchanged} in {seconds:.1f} s:"
        " {plans} plan{plan_s}, {tasks} task{task_s}, {measures} measure{measure_s}",
        count=documents,
        s=plural(documents),
        unchanged=Phrase(" ({count} unchanged)", count=fresh) if fresh else "",
        seconds=summary.seconds,
        plans=plans,
        plan_s=plural(plans),
        tasks=tasks,
        task_s=plural(tasks),
        measures=measures,
        measure_s=plural(measures),
    )
    named, unresolved = total("responsibilities"), total("unresolved")
    yield Phrase("agencies: {named} named, {unresolved} unresolved", named=named, unresolved=unresolved)
    rows, findings = total("needs_review"), total("findings")
    yield Phrase(
        "to check: {measures} measure{measure_s}, {findings} finding{finding_s}",
        measures=rows,
        measure_s=plural(rows),
        findings=findings,
        finding_s=plural(findings),
    )
    if withheld := total("withheld"):
        yield Phrase(
            "withheld: names of people in {count} document{s} (--keep-persons keeps them)",
            count=withheld,
            s=plural(withheld),
        )


def _describe(summary: RunSummary) -> Iterator[Phrase]:
    total = summary.total
    done = [r for r in summary.results if r.error is None and r.same_as is None]
    duplicates = [r for r in summary.results if r.same_as is not None]
    fresh = sum(result.is_fresh for result in done)
    if done or not summary.failed:
        yield from _describe_counts(summary, len(done), fresh)
        yield from _tell_what_to_look_at(done)
    if summary.decisions:
        stale = total("stale")
        yield Phrase("decisions: {decisions} replayed, {stale} stale", decisions=summary.decisions, stale=stale)
    if summary.failed:
        failed = len(summary.failed)
        yield Phrase("quarantined: {count} (see {output}/quarantine)", count=failed, output=summary.output)
    if duplicates:
        yield Phrase("same bytes as another input: {names}", names=", ".join(r.name for r in duplicates[:5]))
    if summary.passed_over:
        yield Phrase("passed over, not a document: {names}", names=", ".join(summary.passed_over[:5]))
    if summary.leftovers:
        yield Phrase(
            "from other inputs or older versions: documents that stay: {count} (--prune removes them)",
            count=summary.leftovers,
        )
    if summary.pruned:
        yield Phrase("pruned: {count} document{s} whose input is gone", count=summary.pruned, s=plural(summary.pruned))
    yield Phrase("output: {output}", output=summary.output)
