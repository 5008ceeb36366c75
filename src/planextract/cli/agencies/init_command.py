"""``planextract agencies init``: a new region's dictionary."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from planextract.cli.terminal import say
from planextract.errors import UsageError
from planextract.phrases import Phrase


def init_command(
    region: Annotated[str, typer.Option("--region", help="GB/T 2260 code or name.", show_default=False)],
    folder: Annotated[Path, typer.Option("--folder", help="Your dictionaries' folder.")] = Path("my-dictionaries"),
    force: Annotated[bool, typer.Option("--force", help="Write a template file anew.")] = False,
) -> None:
    """Write a new region's dictionary from the national template."""
    from planextract.dictionaries import load_dictionaries
    from planextract.dictionaries.new_region import write_region

    regions = load_dictionaries().regions
    found = regions.find_all(region)
    if len(found) != 1:
        names = "、".join(f"{r.code} {r.full_name}" for r in found[:8])
        cause = (
            Phrase("'{region}' names several regions: {names}", region=region, names=names)
            if found
            else Phrase("there is no region '{region}'", region=region)
        )
        raise UsageError("agencies.no_such_region", cause, advice="Give its GB/T 2260 code or its full name.")
    path, count = write_region(found[0], regions, folder, replaces=force)
    say(Phrase("{count} bodies of {full_name} written to {path}", count=count, full_name=found[0].full_name, path=path))
    say(Phrase("check it, then: planextract run … --dictionaries {folder}", folder=folder))
