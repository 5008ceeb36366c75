"""``planextract agencies review``: list names that nothing linked."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from planextract.cli.agencies.desk import DEFAULT_LOG, Decisions, NamesDesk, Output, OwnDictionaries
from planextract.cli.terminal import in_language, open_console, say, say_json
from planextract.phrases import Phrase

if TYPE_CHECKING:
    from planextract.review.open_names import Cluster


def review_command(
    output: Output = Path("output"),
    decisions: Decisions = DEFAULT_LOG,
    dictionaries: OwnDictionaries = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print the queue as JSON.")] = False,
) -> None:
    """List unresolved forms, alike ones together, with the top three candidates and where they occur."""
    desk = NamesDesk(output, decisions, dictionaries, needs_output=True)
    if as_json:
        say_json([_to_json(cluster) for cluster in desk.clusters])
        return
    if not desk.clusters:
        say(Phrase("nothing to review: every name is linked or decided on"))
        return
    _print_queue(desk.clusters)


def _to_json(cluster: Cluster) -> dict[str, object]:
    return {
        "cluster": cluster.number,
        "forms": [
            {
                "form": f.form,
                "region": f.region,
                "count": f.count,
                "reason": f.reason,
                "where": list(f.places),
                "candidates": [{"id": e.agency_id, "name": e.name, "score": s} for e, s in f.candidates],
            }
            for f in cluster.forms
        ],
    }


def _print_queue(clusters: tuple[Cluster, ...]) -> None:
    from rich.table import Table
    from rich.text import Text

    grid = Table(
        title=in_language(Phrase("{count} names to decide on", count=len(clusters))),
        title_justify="left",
        show_lines=True,
        header_style="bold",
    )
    grid.add_column("#", justify="right", no_wrap=True)
    grid.add_column(in_language(Phrase("form")), overflow="fold", min_width=12, ratio=3)
    grid.add_column(in_language(Phrase("count")), justify="right", no_wrap=True)
    grid.add_column(in_language(Phrase("candidates")), overflow="fold", min_width=18, ratio=4)
    grid.add_column(in_language(Phrase("why, and where")), overflow="fold", ratio=6)
    for cluster in clusters:
        for form in cluster.forms:
            first = form is cluster.forms[0]
            names = "\n".join(f"{e.name} {s:.2f}" for e, s in form.candidates)
            places = "\n".join((form.reason, *form.places[:3]))
            cells = (str(cluster.number) if first else "", form.form, str(form.count), names, places)
            grid.add_row(*(Text(cell) for cell in cells))
    console = open_console()
    console.print(grid)
    said = Phrase("decide: planextract agencies accept FORM BODY | new FORM | ignore FORM")
    console.print(in_language(said), markup=False)
