"""``planextract track``: what became of a plan, by published reports."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from planextract.cli.terminal import say


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

    What is sure goes into the progress log beside the output, and by the next run into the table progress; what is
    doubtful onto the review page.
    """
    from planextract.track.command import track_progress

    summary = track_progress(output, reports, folder, is_trial=dry_run)
    for one in summary.tracked:
        wrong = [total for total in one.totals if not total.holds]
        say(
            f"{one.reading.name}: {len(one.links)} of {len(summary.wanted)} measures told of, "
            f"{len(one.doubtful)} doubtful, {len(one.unlinked)} in no plan; "
            f"{len(one.totals)} totals, {len(wrong)} of them do not hold"
        )
    if summary.written:
        say(f"{summary.written} reports written; they are in the tables after the next run")
    if any(one.doubtful for one in summary.tracked):
        say("doubtful ones are on the review page after the next run, and taken once they are accepted there")
    say(f"page: {summary.page}")
