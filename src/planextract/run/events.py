"""A structured log: one JSON object a line, with time and event; for programs that watch a run."""

from __future__ import annotations

import json
import sys
from datetime import UTC, datetime
from pathlib import Path

from planextract.errors import OutputError
from planextract.phrases import Phrase
from planextract.text.display import escape_json


class EventLog:
    """Writes events as JSON lines.

    Args:
        target: File to append to, ``-`` for stderr, None for nowhere.
    """

    def __init__(self, target: str | None) -> None:
        self._target = target

    def write(self, event: str, **values: object) -> None:
        """Write one event; values that are None are left out.

        Raises:
            OutputError: If the file cannot be written.
        """
        if self._target is None:
            return
        kept = {name: value for name, value in values.items() if value is not None}
        now = datetime.now(UTC).isoformat(timespec="milliseconds")
        line = json.dumps({"time": now, "event": event, **kept}, ensure_ascii=False, default=str)
        if self._target == "-":
            print(escape_json(line), file=sys.stderr, flush=True)  # noqa: T201  (this is the log that was asked for)
            return
        try:
            with Path(self._target).open("a", encoding="utf-8") as stream:
                stream.write(line + "\n")
        except OSError as exc:
            raise OutputError(
                "write.failed",
                Phrase("the log cannot be written: {reason}", reason=exc.strerror),
                file=self._target,
                advice="Choose another file for --log-json.",
            ) from exc
