"""``planextract status``: how far is a run, what is in quarantine and why."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Annotated

import typer

from planextract.cli.terminal import say, say_json
from planextract.errors import EXIT_OUTPUT
from planextract.phrases import Phrase, plural

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
                "{documents} document{s}: {damaged} file{damaged_s} damaged, {strays} stray{strays_s}",
                documents=found.documents,
                s=plural(found.documents),
                damaged=len(found.damaged),
                damaged_s=plural(len(found.damaged)),
                strays=len(found.strays),
                strays_s=plural(len(found.strays)),
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


_STATES = {
    "done": Phrase("done"),
    "stopped": Phrase("stopped"),
    "running": Phrase("running"),
    "broken off": Phrase("broken off"),
}


_NAMED = 3


def _describe(status: OutputStatus) -> Iterator[Phrase]:
    counts = status.count()
    yield Phrase(
        "state: {state}{holder}{next}",
        state=_STATES.get(status.state, status.state),
        holder=f" ({status.holder})" if status.holder else "",
        next=Phrase(": the next run of the same command completes it") if status.state == "broken off" else "",
    )
    if status.under_way_total:
        yield _describe_progress(status)
    elif status.finished_at:
        yield Phrase("last run ended: {time}", time=status.finished_at)
    same = counts["duplicate"]
    yield Phrase(
        "documents: {committed} committed, {quarantined} quarantined{same}",
        committed=counts["committed"],
        quarantined=counts["quarantined"],
        same=Phrase(", {count} the same as another", count=same) if same else "",
    )
    for code, names in status.list_reasons().items():
        more = f" +{len(names) - _NAMED}" if len(names) > _NAMED else ""
        yield Phrase(
            "  {code}: {number}: {names}", code=code, number=len(names), names=", ".join(names[:_NAMED]) + more
        )
    slowest = [entry for entry in status.find_slowest() if entry.seconds > 0]
    if slowest:
        yield Phrase("slowest: {names}", names=", ".join(f"{e.source_path} {e.seconds:.1f} s" for e in slowest))


def _describe_progress(status: OutputStatus) -> Phrase:
    from planextract.cli.progress import format_seconds

    rate = ""
    if status.state == "running" and status.documents_a_second:
        left = format_seconds(status.seconds_left or 0)
        rate = Phrase(", {rate:.1f}/s, at most {left} left", rate=status.documents_a_second, left=left)
    return Phrase(
        "this run: {done} of {total} inputs worked on{rate}",
        done=status.under_way_done,
        total=status.under_way_total,
        rate=rate,
    )
