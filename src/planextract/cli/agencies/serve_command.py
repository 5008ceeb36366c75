"""``planextract agencies serve``: answer OpenRefine."""

from __future__ import annotations

from typing import Annotated

import typer

from planextract.cli.agencies.desk import DEFAULT_LOG, Decisions, NamesDesk, OwnDictionaries
from planextract.cli.terminal import say
from planextract.errors import UsageError
from planextract.phrases import Phrase


def serve_command(
    region: Annotated[str, typer.Option("--region", help="Region whose names are asked for.", show_default=False)],
    port: Annotated[int, typer.Option("--port", min=0, max=65535, help="Port; 0 takes a free one.")] = 8010,
    decisions: Decisions = DEFAULT_LOG,
    dictionaries: OwnDictionaries = None,
) -> None:
    """Answer OpenRefine on this machine (Reconciliation API 0.2); stop it with Ctrl+C."""
    from planextract.review.reconcile_server import LOOPBACK, make_server

    desk = NamesDesk(None, decisions, dictionaries)
    place = desk.dictionaries.regions.find(region)
    if place is None:
        raise UsageError(
            "agencies.no_such_region", Phrase("there is no region '{region}'", region=region), advice="Give its code."
        )
    server = make_server(desk.dictionaries, place.code, port)
    say(
        Phrase(
            "reconciliation service for {full_name}: http://{host}:{port}/",
            full_name=place.full_name,
            host=LOOPBACK,
            port=server.server_address[1],
        )
    )
    say(Phrase("in OpenRefine: Reconcile → Start reconciling → Add standard service; stop with Ctrl+C"))
    try:
        server.serve_forever()
    finally:
        server.server_close()
