"""``planextract review``: the local page on which people decide what is doubtful."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from planextract.cli.logs import DEFAULT_AGENCY_LOG, AgencyDecisions, Decisions, OldReviewLog, choose_logs
from planextract.cli.open_command import DEFAULT_FOLDER
from planextract.cli.terminal import say
from planextract.phrases import Phrase


def review_command(
    output: Annotated[Path, typer.Argument(help="Output folder of planextract run.")] = Path("output"),
    inputs: Annotated[
        list[Path] | None,
        typer.Option(
            "--inputs", help="Folder of the inputs, to show their pages; may be repeated.", show_default=False
        ),
    ] = None,
    decisions: Decisions = None,
    agency_decisions: AgencyDecisions = None,
    review_log: OldReviewLog = None,
    port: Annotated[
        int, typer.Option("--port", help="Port on this machine; 0 takes a free one.", min=0, max=65535)
    ] = 0,
    export_gold: Annotated[
        Path | None,
        typer.Option(
            "--export-gold", help="Write reviewed documents as gold into this folder, and end.", show_default=False
        ),
    ] = None,
    no_browser: Annotated[bool, typer.Option("--no-browser", help="Only print the address.")] = False,
) -> None:
    """Open the review page: doubtful cells, page breaks and agencies beside their page.

    It can be reached from this machine only, with the address printed here. Decisions are appended to the
    log beside the output, and replayed by the next planextract run.
    """
    from planextract.decisions.log import log_path
    from planextract.desk.serve import DeskOptions, make_given, serve_desk

    logs = choose_logs(decisions, agency_decisions, review_log)
    log, agency_log = logs.people or log_path(output), logs.names or DEFAULT_AGENCY_LOG

    def tell(address: str) -> None:
        say(Phrase("review page: {address}", address=address))
        say(Phrase("decisions:   {log}; on agencies: {agency_log}", log=log, agency_log=agency_log))
        say(Phrase("Ctrl+C ends it; nothing is lost."))

    if export_gold is not None:
        _export(output, log, agency_log, export_gold)
        return
    options = DeskOptions(
        folder=DEFAULT_FOLDER, port=port, opens_browser=not no_browser, begins_with_review=True, say=tell
    )
    serve_desk(make_given(output, log, agency_log, tuple(inputs or ())), None, options)


def _export(output: Path, log: Path, agency_log: Path, target: Path) -> None:
    from planextract.review.page.export import export_gold
    from planextract.review.page.session import Session

    session = Session(output, log, agency_log, ())
    written, left = export_gold(session, target)
    session.close()
    for path, count in left:
        say(Phrase("not exported: {path}: {count} left to check or to replay", path=path, count=count), err=True)
    say(
        Phrase(
            "{count} document{s} exported as gold: {target}",
            count=len(written),
            s="s" * (len(written) != 1),
            target=target,
        )
    )
