"""``planextract agencies export``: the queue as CSV, or the whole national tables."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from planextract.cli.agencies.desk import DEFAULT_LOG, Decisions, NamesDesk, Output, OwnDictionaries
from planextract.cli.terminal import say
from planextract.errors import OutputError
from planextract.phrases import Phrase


def export_command(
    file: Annotated[Path, typer.Argument(help="CSV to write (UTF-8; Excel reads it).", show_default=False)],
    output: Output = Path("output"),
    decisions: Decisions = DEFAULT_LOG,
    dictionaries: OwnDictionaries = None,
    whole: Annotated[bool, typer.Option("--all", help="Write the national tables: CSV or JSON.")] = False,
) -> None:
    """Write the queue as CSV; fill in the column 'decision' (accept, new, ignore) and import it."""
    if whole:
        _export_national(file)
        return
    from planextract.review.open_names import write_queue_csv

    desk = NamesDesk(output, decisions, dictionaries, needs_output=True)
    try:
        file.write_bytes(b"\xef\xbb\xbf" + write_queue_csv(desk.clusters).encode("utf-8"))
    except OSError as exc:
        raise OutputError(
            "agencies.not_written", Phrase("the file cannot be written: {reason}", reason=exc.strerror), file=str(file)
        ) from exc
    say(
        Phrase(
            "{forms} forms in {clusters} clusters written to {file}",
            forms=sum(len(c.forms) for c in desk.clusters),
            clusters=len(desk.clusters),
            file=file,
        )
    )


def _export_national(file: Path) -> None:
    from planextract.dictionaries.files import find_builtin_folder
    from planextract.dictionaries.national import NationalTables
    from planextract.dictionaries.national_export import format_national

    as_json = file.suffix.lower() == ".json"
    text = format_national(NationalTables(find_builtin_folder() / "national"), as_json=as_json)
    try:
        file.write_bytes((b"" if as_json else b"\xef\xbb\xbf") + text.encode("utf-8"))
    except OSError as exc:
        raise OutputError(
            "agencies.not_written", Phrase("the file cannot be written: {reason}", reason=exc.strerror), file=str(file)
        ) from exc
    say(Phrase("forms of functions, central bodies and zones written to {file}", file=file))
