"""``planextract compact``: a compacted copy of an output."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from planextract.cli.terminal import say
from planextract.errors import UsageError
from planextract.phrases import Phrase


def compact_command(
    output: Annotated[str, typer.Argument(help="Output of a run: folder or address.", show_default=False)],
    to: Annotated[
        Path | None, typer.Option("--to", help="Folder to write.", show_default="compact inside the output")
    ] = None,
    partition: Annotated[
        str, typer.Option("--partition", help="Hive partitions: region, year or region,year.", show_default="none")
    ] = "",
    file_mb: Annotated[int, typer.Option("--file-mb", min=1, help="Size of a file, as held in memory, in MB.")] = 128,
) -> None:
    """Merge the parts of all documents into a few sorted Parquet files a table, with statistics.

    The parts stay; the copy is made anew each time and takes the place of the last one in one step.
    """
    from planextract.write.compact import compact_output
    from planextract.write.store import is_url

    if to is None and is_url(output):
        raise UsageError(
            "compact.no_target",
            "an output at an address needs a folder for its copy",
            file=output,
            advice="Give --to FOLDER.",
        )
    target = to or Path(output) / "compact"
    keys = [key.strip() for key in partition.split(",") if key.strip()]
    summary = compact_output(output, target, keys, file_mb << 20)
    say(
        Phrase(
            "{documents} document{s}: {rows} rows in {files} files, {before:.1f} MB → {after:.1f} MB",
            documents=summary.documents,
            s="s" * (summary.documents != 1),
            rows=sum(summary.rows.values()),
            files=sum(summary.files.values()),
            before=summary.bytes_before / 1e6,
            after=summary.bytes_after / 1e6,
        )
    )
    say(Phrase("copy: {target}", target=target))
