"""``planextract agencies new``: add a body."""

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


def new_command(
    form: Annotated[str, typer.Argument(help="Form as printed.", show_default=False)],
    name: Annotated[str, typer.Option("--name", help="Its canonical name; the form if not given.")] = "",
    kind: Annotated[str, typer.Option("--kind", help="agency, group, company, street or other.")] = "agency",
    agency_id: Annotated[str, typer.Option("--id", help="Its id; made from region and name if not given.")] = "",
    output: Output = Path("output"),
    region: ForRegion = None,
    variants: Variants = False,
    note: Note = "",
    decisions: Decisions = DEFAULT_LOG,
    dictionaries: OwnDictionaries = None,
) -> None:
    """Add a body that the dictionary lacks."""
    desk = NamesDesk(output, decisions, dictionaries)
    desk.decide(form, "new", region, variants=variants, agency=agency_id, name=name or form, kind=kind, note=note)
