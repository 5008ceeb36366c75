"""The two logs of decisions on the command line: of people, and on agency names."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from planextract.cli.terminal import say
from planextract.phrases import Phrase

if TYPE_CHECKING:
    from planextract.decisions import Logs

DEFAULT_AGENCY_LOG = Path("agency-decisions.jsonl")
Decisions = Annotated[
    Path | None,
    typer.Option("--decisions", help="Log of people's decisions (review).", show_default="OUTPUT.decisions.jsonl"),
]
AgencyDecisions = Annotated[
    Path | None,
    typer.Option(
        "--agency-decisions", help="Log of decisions on agency names (agencies).", show_default=str(DEFAULT_AGENCY_LOG)
    ),
]
OldReviewLog = Annotated[Path | None, typer.Option("--review-log", hidden=True)]


def choose_logs(decisions: Path | None, agency_decisions: Path | None, review_log: Path | None) -> Logs:
    """Return the logs by what they hold, and say so where an option took the other one's, or is an old one."""
    from planextract.decisions import sort_logs

    logs = sort_logs(decisions, agency_decisions, review_log)
    for notice in logs.notices:
        say(Phrase("note: {notice}", notice=notice), err=True)
    return logs
