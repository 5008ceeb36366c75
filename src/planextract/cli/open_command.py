"""``planextract open``: the local page for people."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from planextract.cli.terminal import say
from planextract.phrases import Phrase

DEFAULT_FOLDER = Path("planextract-files")


def open_command(
    place: Annotated[
        Path | None,
        typer.Argument(help="A document, a folder of documents, or the output of a run.", show_default=False),
    ] = None,
    folder: Annotated[
        Path, typer.Option("--folder", help="Where dropped files, their outputs and decisions are kept.")
    ] = DEFAULT_FOLDER,
    inputs: Annotated[
        list[Path] | None,
        typer.Option("--inputs", help="With an output: where its inputs are; may be repeated.", show_default=False),
    ] = None,
    port: Annotated[
        int, typer.Option("--port", help="Port on this machine; 0 takes a free one.", min=0, max=65535)
    ] = 0,
    no_browser: Annotated[bool, typer.Option("--no-browser", help="Only print the address.")] = False,
) -> None:
    """Open the page for people: drop documents, read the plan, correct it, run again, take it away.

    It can be reached from this machine only, with the address printed here. Files and results stay in one folder.
    """
    from planextract.cli.logs import DEFAULT_AGENCY_LOG
    from planextract.decisions.log import log_path
    from planextract.desk.serve import DeskOptions, make_given, serve_desk
    from planextract.errors import UsageError
    from planextract.run.inputs import refuse_web_address

    if place is not None:
        refuse_web_address(place)
    if place is not None and not place.exists():
        raise UsageError("run.no_such_path", "there is no such file or folder", file=str(place))
    is_output = place is not None and (place / "manifest.json").is_file()
    given = make_given(place, log_path(place), DEFAULT_AGENCY_LOG, inputs or ()) if is_output and place else None

    def tell(address: str) -> None:
        say(Phrase("page:  {address}", address=address))
        say(Phrase("files: {place}", place=folder if given is None else place))
        say(Phrase("Ctrl+C ends it; nothing is lost."))

    options = DeskOptions(folder=folder, port=port, opens_browser=not no_browser, begins_with_review=False, say=tell)
    serve_desk(given, None if is_output else place, options)
