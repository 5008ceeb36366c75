"""``planextract agencies import``: decisions from a CSV."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from planextract.cli.agencies.desk import DEFAULT_LOG, Decisions, NamesDesk, Output, OwnDictionaries
from planextract.cli.terminal import say
from planextract.errors import ConfigError
from planextract.phrases import Phrase


def import_command(
    file: Annotated[Path, typer.Argument(help="CSV that export wrote, filled in.", show_default=False)],
    output: Output = Path("output"),
    decisions: Decisions = DEFAULT_LOG,
    dictionaries: OwnDictionaries = None,
) -> None:
    """Take decisions from a CSV: all of them, or none if one is wrong."""
    from planextract.decisions import JudgementLog, append_judgements, with_judgements
    from planextract.review.open_names import read_queue_csv

    try:
        text = file.read_bytes().decode("utf-8-sig")
    except (OSError, UnicodeDecodeError) as exc:
        raise ConfigError(
            "decisions.invalid",
            Phrase("the file cannot be read: {reason}", reason=str(exc)),
            file=str(file),
            advice="Save it as CSV UTF-8.",
        ) from exc
    desk = NamesDesk(output, decisions, dictionaries)
    made = read_queue_csv(text, str(file), desk.dictionaries, desk.clusters)
    with_judgements(desk.dictionaries, JudgementLog(str(file), (*desk.log.judgements, *made)), made)
    written = append_judgements(decisions, made)
    say(
        Phrase(
            "{count} decisions read, {written} new ones written to {decisions}; run again to use them",
            count=len(made),
            written=written,
            decisions=decisions,
        )
    )
