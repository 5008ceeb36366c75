"""``planextract new``: take in the next plan."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from planextract.cli.language import current_language
from planextract.cli.terminal import in_language, open_console
from planextract.phrases import Phrase

if TYPE_CHECKING:
    from planextract.new_plan import Intake


def new_command(
    plan: Annotated[str, typer.Argument(help="The new plan: a document, or a folder of them.", show_default=False)],
    folder: Annotated[Path, typer.Option("-o", "--output", help="Folder for all that is made of it.")] = Path(
        "new-plan"
    ),
    last: Annotated[
        list[Path] | None,
        typer.Option("--last", help="Output of last year's run, to compare with; may be repeated.", show_default=False),
    ] = None,
    region: Annotated[
        str | None,
        typer.Option(
            "--region", help="GB/T 2260 code or full name, if the notice does not say it.", show_default=False
        ),
    ] = None,
    use: Annotated[
        list[Path] | None,
        typer.Option("--use", help="Draft that you have checked: use it from now on.", show_default=False),
    ] = None,
) -> None:
    """Take in a new plan, of the next year or of a new city: what is unknown, drafts, decisions.

    Reads it, drafts dictionary entries for what no dictionary knows (headers, bodies, deadlines, units) with the
    places where it is printed, compares it with last year's plan, and leaves a short list of decisions with the
    command that settles each.
    Nothing is active before a person said so. The same command again shows what is left.
    """
    from planextract.cli.progress import ProgressBar
    from planextract.new_plan import take_in

    with ProgressBar(is_shown=sys.stderr.isatty()) as bar:
        done = take_in(
            plan, folder, bar, last=last or [], region=region, use=use or [], language=current_language().value
        )
    _print(done)
    raise typer.Exit(done.exit_code)


def _print(done: Intake) -> None:
    from rich.text import Text

    console = open_console(soft_wrap=True)
    for fact in done.facts:
        console.print(Text(_plain(fact)))
    for number, decision in enumerate(done.decisions, start=1):
        console.print()
        console.print(Text(f"{number}. {_plain(decision.title)}", style="bold"))
        console.print(Text(f"   {_plain(decision.why)}"))
        for command in decision.commands:
            mark = "$ " if command.startswith("planextract") else ""
            console.print(Text(f"   {mark}{_plain(command)}", style="cyan"))
    console.print()
    if done.decisions:
        console.print(Text(_plain(Phrase("afterwards: {command}", command=done.again))))
    else:
        console.print(_plain(Phrase("nothing is left to decide")))
    for path in done.files:
        console.print(Text(_plain(Phrase("see: {path}", path=path))))


def _plain(text: str) -> str:
    return "".join(char if char.isprintable() else " " for char in in_language(text))
