"""``planextract status``: how far is a run, what is in quarantine and why."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from planextract.cli.terminal import say, say_json
from planextract.errors import EXIT_OUTPUT
from planextract.phrases import Phrase

if TYPE_CHECKING:
    from planextract.run.status import OutputStatus


def status_command(
    output: Annotated[str, typer.Argument(help="Output of a run: folder or address.", show_default=False)],
    as_json: Annotated[bool, typer.Option("--json", help="Print the state as JSON.")] = False,
    verify: Annotated[
        bool, typer.Option("--verify", help="Compare every file with the hashes that were committed with it.")
    ] = False,
) -> None:
    """Show the state of an output: running, done or broken off, what is in quarantine, what took longest.

    Reads the manifest and the journal only; it is safe beside a run under way. With --verify every file is read:
    what is damaged or missing, and what belongs to no document; exit code 4 if anything is damaged.
    """
    from planextract.run.status import find_status

    if verify:
        _verify(output, as_json=as_json)
        return
    status = find_status(output)
    if as_json:
        say_json(_to_json(status))
        return
    for line in _describe(status):
        say(line)


def _verify(output: str, *, as_json: bool) -> None:
    from planextract.run.verify import verify_output

    found = verify_output(output)
    if as_json:
        damaged = [{"name": item.name, "cause": item.cause} for item in found.damaged]
        say_json({"documents": found.documents, "damaged": damaged, "strays": list(found.strays)})
    else:
        for item in found.damaged:
            say(Phrase("damaged: {name}: {cause}", name=item.name, cause=item.cause))
        for name in found.strays:
            say(Phrase("stray: {name}: it belongs to no document; delete it", name=name))
        say(
            Phrase(
                "{documents} documents: {damaged} files damaged, {strays} strays",
                documents=found.documents,
                damaged=len(found.damaged),
                strays=len(found.strays),
            )
        )
        if found.damaged:
            say(
                Phrase(
                    "the cure: planextract run INPUT -o {output} --again; it makes what is damaged anew", output=output
                )
            )
    if found.damaged:
        raise typer.Exit(EXIT_OUTPUT)


def _to_json(status: OutputStatus) -> dict[str, object]:
    return {
        "state": status.state,
        "holder": status.holder or None,
        "finished_at": status.finished_at,
        **status.count(),
        "reasons": status.count_reasons(),
        "under_way_done": status.under_way_done,
        "under_way_total": status.under_way_total,
        "documents_a_second": status.documents_a_second,
        "seconds_left": status.seconds_left,
        "slowest": [
            {"source_path": e.source_path, "seconds": e.seconds, "pages": e.pages} for e in status.find_slowest()
        ],
    }


def _describe(status: OutputStatus) -> list[str]:
    from planextract.cli.progress import format_seconds

    counts = status.count()
    lines = [f"state: {status.state}" + (f" ({status.holder})" if status.holder else "")]
    if status.state == "broken off":
        lines[0] += ": the next run of the same command completes it"
    if status.under_way_total:
        line = f"this run: {status.under_way_done} of {status.under_way_total} inputs worked on"
        if status.state == "running" and status.documents_a_second:
            line += f", {status.documents_a_second:.1f}/s, at most {format_seconds(status.seconds_left or 0)} left"
        lines.append(line)
    elif status.finished_at:
        lines.append(f"last run ended: {status.finished_at}")
    lines.append(
        f"documents: {counts['committed']} committed, {counts['quarantined']} quarantined"
        + (f", {counts['duplicate']} the same as another" if counts["duplicate"] else "")
    )
    for code, number in status.count_reasons().items():
        lines.append(f"  {code}: {number}")
    slowest = [entry for entry in status.find_slowest() if entry.seconds > 0]
    if slowest:
        lines.append("slowest: " + ", ".join(f"{e.source_path} {e.seconds:.1f} s" for e in slowest))
    return lines
