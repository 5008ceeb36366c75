"""``planextract track``: what became of a plan, by published reports."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from planextract.cli.terminal import say
from planextract.phrases import Phrase


def track_command(
    output: Annotated[str, typer.Argument(help="Output of a run: the plan.", show_default=False)],
    reports: Annotated[list[Path], typer.Argument(help="Published reports, in any format.", show_default=False)],
    folder: Annotated[
        Path | None,
        typer.Option("-o", "--output", help="Folder of fulfilment.html; else OUTPUT/reports.", show_default=False),
    ] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Write the page only, no progress.")] = False,
) -> None:
    """Link published reports (完成情况, 进展情况) to a plan: by state, body, deadline; what is behind.

    What is sure goes into the progress log beside the output, and by the next run into the table progress.
    """
    from planextract.track.command import track_progress

    summary = track_progress(output, reports, folder, is_trial=dry_run)
    for one in summary.tracked:
        wrong = [total for total in one.totals if not total.holds]
        say(
            Phrase(
                "{name}: {told} of {wanted} measures told of, {doubtful} doubtful, {unlinked} in no plan; "
                "{totals} totals, {wrong} of them do not hold",
                name=one.reading.name,
                told=len(one.links),
                wanted=len(summary.wanted),
                doubtful=len(one.doubtful),
                unlinked=len(one.unlinked),
                totals=len(one.totals),
                wrong=len(wrong),
            )
        )
    if summary.written:
        say(Phrase("{written} reports written; they are in the tables after the next run", written=summary.written))
    if any(one.doubtful for one in summary.tracked):
        say(Phrase("after the next run the review page asks of the doubtful ones whether they are right"))
    say(Phrase("page: {page}", page=summary.page))
