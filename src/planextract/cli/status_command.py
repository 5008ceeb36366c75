"""``planextract status``: how far is a run, what is in quarantine and why."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from planextract.run.status import OutputStatus


def status_command(
    output: Annotated[str, typer.Argument(help="Output of a run: folder or address.", show_default=False)],
    as_json: Annotated[bool, typer.Option("--json", help="Print the state as JSON.")] = False,
) -> None:
    """Show the state of an output: running, done or broken off, what is in quarantine, what took longest.

    Reads the manifest and the journal only; it is safe beside a run under way.
    """
    from planextract.run.status import find_status

    status = find_status(output)
    if as_json:
        typer.echo(json.dumps(_to_json(status), ensure_ascii=False, indent=1))
        return
    for line in _describe(status):
        typer.echo(line)


def _to_json(status: OutputStatus) -> dict[str, object]:
    return {
        "state": status.state, "holder": status.holder or None, "finished_at": status.finished_at,
        **status.count(), "reasons": status.count_reasons(), "under_way_done": status.under_way_done,
        "under_way_total": status.under_way_total, "documents_a_second": status.documents_a_second,
        "seconds_left": status.seconds_left,
        "slowest": [{"source_path": e.source_path, "seconds": e.seconds, "pages": e.pages}
                    for e in status.find_slowest()],
    }  # fmt: skip


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
    lines.append(f"documents: {counts['committed']} committed, {counts['quarantined']} quarantined"
                 + (f", {counts['duplicate']} the same as another" if counts["duplicate"] else ""))  # fmt: skip
    for code, number in status.count_reasons().items():
        lines.append(f"  {code}: {number}")
    slowest = [entry for entry in status.find_slowest() if entry.seconds > 0]
    if slowest:
        lines.append("slowest: " + ", ".join(f"{e.source_path} {e.seconds:.1f} s" for e in slowest))
    return lines
