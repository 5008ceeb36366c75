"""Who holds an output: what a lock says, for every store."""

from __future__ import annotations

import json
import os
import socket
from contextlib import suppress

from planextract.errors import OutputError
from planextract.phrases import Phrase

LOCK_NAME = ".lock"


def describe_holder(run_id: str) -> bytes:
    """Return what a lock says about its holder."""
    return json.dumps({"run_id": run_id, "host": socket.gethostname(), "process": os.getpid()}).encode()


def read_holder(lock: bytes | None) -> dict[str, object]:
    """Return who holds a lock; empty if nobody can say."""
    with suppress(ValueError):
        holder = json.loads(lock or b"{}")
        if isinstance(holder, dict):
            return holder
    return {}


def check_holder(location: str, lock: bytes | None, run_id: str) -> None:
    """Raise an OutputError unless a lock names the run."""
    if read_holder(lock).get("run_id") != run_id:
        raise OutputError(
            "write.superseded",
            "this run does not hold the output any more",
            file=location,
            advice="Another run took it over; run again when that one is done.",
        )


def locked_error(location: str, lock: bytes | None) -> OutputError:
    """Return the error for an output that another run writes."""
    holder = read_holder(lock)
    who = (
        Phrase(" (process {process} on {host})", process=holder.get("process", "?"), host=holder.get("host", "?"))
        if holder
        else ""
    )
    return OutputError(
        "write.locked",
        Phrase("another run is writing this output{who}", who=who),
        file=location,
        advice="Wait until it is done, or choose another folder with -o.",
    )
