"""``planextract agencies ignore``: say that a form is no body."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from planextract.cli.agencies.desk import (
    DEFAULT_LOG,
    Decisions,
    ForRegion,
    NamesDesk,
    Note,
    Output,
    OwnDictionaries,
    Variants,
)


def ignore_command(
    form: Annotated[str, typer.Argument(help="Form as printed.", show_default=False)],
    output: Output = Path("output"),
    region: ForRegion = None,
    variants: Variants = False,
    note: Note = "",
    decisions: Decisions = DEFAULT_LOG,
    dictionaries: OwnDictionaries = None,
) -> None:
    """Say that a form is no body; it stays unresolved and is not asked for again."""
    NamesDesk(output, decisions, dictionaries).decide(form, "ignore", region, variants=variants, note=note)
