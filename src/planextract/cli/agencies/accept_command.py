"""``planextract agencies accept``: say which body a form means."""

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


def accept_command(
    form: Annotated[str, typer.Argument(help="Form as printed.", show_default=False)],
    body: Annotated[str, typer.Argument(help="Name or id of the body that it means.", show_default=False)],
    output: Output = Path("output"),
    region: ForRegion = None,
    variants: Variants = False,
    note: Note = "",
    decisions: Decisions = DEFAULT_LOG,
    dictionaries: OwnDictionaries = None,
) -> None:
    """Say which body a form means."""
    NamesDesk(output, decisions, dictionaries).decide(form, "accept", region, variants=variants, agency=body, note=note)
