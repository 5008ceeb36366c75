"""What is the state of an output? Told from its manifest, its journal and its lock, without reading a table."""

from __future__ import annotations

import time
from collections import Counter
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from planextract.errors import OutputError
from planextract.run.journal import JOURNAL, MANIFEST, Entry, parse_entry, read_json, read_line
from planextract.write.lock import LOCK_NAME, read_holder
from planextract.write.store import Store, open_store


@dataclass(frozen=True, slots=True, kw_only=True)
class OutputStatus:
    """State of an output.

    Attributes:
        state: ``done``, ``stopped`` (asked to stop), ``running``, or ``broken off`` (killed; the next run goes on).
        holder: Who is writing, if it is running.
        finished_at: When the last run ended.
        entries: All inputs that are known, by source path.
        under_way_done: Inputs that the run under way (or broken off) has settled.
        under_way_total: Its inputs.
        documents_a_second: Its rate, None if unknown.
        agencies_sha256: Hash of the dictionary that the last run wrote, None if it does not say.
    """

    state: str
    holder: str
    finished_at: str | None
    entries: tuple[Entry, ...]
    under_way_done: int = 0
    under_way_total: int = 0
    documents_a_second: float | None = None
    agencies_sha256: str | None = None

    def count(self) -> dict[str, int]:
        """Count inputs by status."""
        found = Counter(entry.status for entry in self.entries)
        return {status: found[status] for status in ("committed", "quarantined", "duplicate")}

    def count_reasons(self) -> dict[str, int]:
        """Count quarantined inputs by reason, the most frequent first."""
        return dict(Counter(str(entry.code) for entry in self.entries if entry.status == "quarantined").most_common())

    def list_reasons(self) -> dict[str, list[str]]:
        """Return the names of quarantined inputs by reason, the most frequent reason first."""
        failed = [entry for entry in self.entries if entry.status == "quarantined"]
        return {
            code: sorted(entry.source_path for entry in failed if str(entry.code) == code)
            for code in self.count_reasons()
        }

    def find_slowest(self, count: int = 5) -> list[Entry]:
        """Return the inputs that took longest."""
        return sorted(self.entries, key=lambda entry: -entry.seconds)[:count]

    @property
    def seconds_left(self) -> float | None:
        """Time that the run under way still needs at its rate, None if unknown."""
        if self.state != "running" or not self.documents_a_second:
            return None
        return (self.under_way_total - self.under_way_done) / self.documents_a_second


def find_status(output: str | Path) -> OutputStatus:
    """Return the state of an output.

    Raises:
        OutputError: If there is none.
    """
    store = open_store(output)
    manifest, journal = read_json(store, MANIFEST), store.read_log(JOURNAL)
    if not manifest and not journal:
        raise OutputError(
            "load.empty",
            "no run has written here",
            file=str(output),
            advice="Run 'planextract run INPUT -o OUTPUT' first.",
        )
    listed = manifest.get("inputs")
    entries = {
        (e.source_path, e.doc_id): e
        for item in (listed if isinstance(listed, list) else [])
        if (e := parse_entry(item)) is not None
    }
    header: dict[str, object] = {}
    done: set[tuple[str, str]] = set()
    for line in journal.splitlines():
        data = read_line(line)
        if isinstance(data, dict) and "run_id" in data:
            header, done = data, set()
        elif (entry := parse_entry(data)) is not None:
            entries[entry.source_path, entry.doc_id] = entry
            done.add((entry.source_path, entry.doc_id))
    state, holder = _find_state(store, manifest, has_journal=bool(journal))
    inputs, since = header.get("inputs"), _seconds_since(header.get("started_at"))
    return OutputStatus(
        state=state,
        holder=holder,
        finished_at=manifest.get("finished_at"),
        entries=tuple(entries[name] for name in sorted(entries)),
        under_way_done=len(done),
        under_way_total=inputs if isinstance(inputs, int) else 0,
        documents_a_second=len(done) / since if since and done else None,
        agencies_sha256=None if journal else manifest.get("agencies_sha256"),
    )


def _find_state(store: Store, manifest: dict[str, object], *, has_journal: bool) -> tuple[str, str]:
    lock = read_holder(store.read(LOCK_NAME))
    if has_journal:
        if store.is_locked():
            return "running", f"process {lock.get('process', '?')} on {lock.get('host', '?')}"
        return "broken off", ""
    return ("stopped" if manifest.get("not_done") else "done"), ""


def _seconds_since(moment: object) -> float | None:
    try:
        return max(time.time() - datetime.fromisoformat(str(moment)).timestamp(), 1.0)
    except ValueError:
        return None
