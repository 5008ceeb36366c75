"""``planextract view`` and ``explain``: read a plan as a person does, and see why a row is what it is."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from planextract.cli.language import Language, current_language
from planextract.cli.terminal import say
from planextract.phrases import Phrase, plural


def view_command(
    output: Annotated[Path, typer.Argument(help="Output folder of a run.", show_default=False)],
    path: Annotated[
        Path | None,
        typer.Option("-o", "--output", help="HTML file to write; else reports/plan.html.", show_default=False),
    ] = None,
    inputs: Annotated[
        list[Path] | None,
        typer.Option("--inputs", help="Where the input PDFs are, for page crops; may be repeated.", show_default=False),
    ] = None,
    picture_mb: Annotated[
        float, typer.Option("--pictures", min=0, max=100, help="Most megabytes of page crops in the file.")
    ] = 2.5,
) -> None:
    """Write one page to read: the plan as printed, by body, by deadline, each row with its reasons; needs no server."""
    from planextract.report.view.command import write_view

    made = write_view(output, path, inputs or [], max_picture_bytes=int(picture_mb * 1_000_000))
    say(
        Phrase(
            "{documents} document{s}, {measures} measure{measure_s}: {path}",
            documents=made.documents,
            s=plural(made.documents),
            measures=made.measures,
            measure_s=plural(made.measures),
            path=made.path,
        )
    )


def explain_command(
    output: Annotated[Path, typer.Argument(help="Output folder of a run.", show_default=False)],
    measure: Annotated[
        str, typer.Argument(help="Measure: its id, or the end of it (1/3/2: plan, task, measure).", show_default=False)
    ],
) -> None:
    """Explain one row: from the printed cells over joins, corrections, names and deadline to how sure it is."""
    from planextract.report.view.command import explain_row

    lang = current_language()
    text, steps = explain_row(output, measure, lang.value)
    say(text)
    say()
    last = ""
    for step, sentence in steps:
        shown = step if step != last else ""
        say(shown.ljust(5, "\u3000") + sentence if lang is Language.zh else shown.ljust(15) + sentence)
        last = step
