"""Runs for the page: each a child process of ``planextract run``, watched through its event log."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import tempfile
import threading
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from planextract.desk.shelf import Place
from planextract.phrases import Phrase
from planextract.wording.tell import tell

_BETWEEN_SECONDS = 0.5
_PATIENCE_SECONDS = 5
_MAX_SHOWN = 600


@dataclass(frozen=True, slots=True, kw_only=True)
class JobState:
    """How far a run is.

    ``state`` is ``running``, ``done``, ``failed`` or ``cancelled``; ``page`` of ``pages`` is the page read last.
    """

    state: str
    documents: int = 0
    total: int = 0
    page: int = 0
    pages: int = 0
    troubles: tuple[str, ...] = ()


class Standby:
    """A child that has everything loaded and waits to be told what to run.

    Args:
        aside: Folder for its event log.
    """

    def __init__(self, aside: Path) -> None:
        self.events = Path(tempfile.mkstemp(prefix="run-", suffix=".jsonl", dir=aside)[1])
        self.errors = self.events.with_suffix(".err")
        with self.errors.open("wb") as errors:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "planextract.cli.standby"],
                stdin=subprocess.PIPE,
                stdout=subprocess.DEVNULL,
                stderr=errors,
                env={**os.environ, "PYTHONIOENCODING": "utf-8"},
                start_new_session=True,
            )

    def run(self, arguments: Sequence[str]) -> None:
        """Let it be ``planextract`` with some arguments."""
        if self.process.stdin is not None:
            with suppress(OSError), self.process.stdin as told:
                told.write(json.dumps(arguments).encode() + b"\n")

    def close(self) -> None:
        """End it before it was told anything."""
        self.process.kill()
        self.process.wait()
        if self.process.stdin is not None:
            self.process.stdin.close()


class Job:
    """One run as a child process.

    Args:
        place: What to run.
        child: The process that becomes the run.
        language: ``en`` or ``zh``: what it complains in.
    """

    def __init__(self, place: Place, child: Standby, language: str) -> None:
        self._place, self._process, self._language = place, child.process, language
        self._events, self._errors = child.events, child.errors
        self._is_cancelled = False
        child.run(
            [
                "run",
                *place.find_arguments(),
                "-o",
                str(place.output),
                *(["--decisions", str(place.log)] if place.log.is_file() else []),
                "--agency-decisions",
                str(place.names),
                "--log-json",
                str(self._events),
                "--quiet",
                "--retry",
                "--lang",
                language,
            ]
        )

    @property
    def is_running(self) -> bool:
        """Tell whether it goes on."""
        return self._process.poll() is None

    def look(self) -> JobState:
        """Return how far it is."""
        code = self._process.poll()
        state = "running" if code is None else "cancelled" if self._is_cancelled else "done" if code == 0 else "failed"
        events = self._read_events()
        started: dict[str, Any] = next((event for event in events if event.get("event") == "run_started"), {})
        last: dict[str, Any] = next((event for event in reversed(events) if event.get("event") == "page_read"), {})
        finished = sum(
            event.get("event") in ("document_committed", "document_quarantined", "document_unchanged")
            for event in events
        )
        return JobState(
            state=state,
            documents=finished,
            total=_number(started.get("inputs")),
            page=_number(last.get("page")),
            pages=_number(last.get("pages")),
            troubles=self._read_troubles() if state == "failed" else (),
        )

    def cancel(self) -> None:
        """Stop it: what is committed stays, as after a second ctrl-C; a child that does not end is killed."""
        if not self.is_running:
            return
        self._is_cancelled = True
        for patience in (_BETWEEN_SECONDS, _PATIENCE_SECONDS):
            with suppress(OSError):
                self._process.send_signal(signal.SIGINT if os.name == "posix" else signal.SIGTERM)
            with suppress(subprocess.TimeoutExpired):
                self._process.wait(patience)
                return
        self._kill()

    def _kill(self) -> None:
        with suppress(OSError):
            if os.name == "posix":
                os.killpg(self._process.pid, signal.SIGKILL)
            else:
                self._process.kill()
        self._process.wait()

    def _read_events(self) -> list[dict[str, Any]]:
        events = []
        with suppress(OSError):
            for line in self._events.read_text(encoding="utf-8").splitlines():
                with suppress(ValueError):
                    events.append(json.loads(line))
        return [event for event in events if isinstance(event, dict)]

    def _read_troubles(self) -> tuple[str, ...]:
        """Return what the run complained of, without the paths of this machine."""
        text = self._errors.read_text(encoding="utf-8", errors="replace") if self._errors.is_file() else ""
        folder = str(self._place.output.parent)
        complaints = (Phrase("quarantined: {message}", message=""), Phrase("error: {message}", message=""))
        heads = [tell(complaint, self._language) for complaint in complaints]
        said = [
            line.removeprefix(head).replace(folder + os.sep, "").replace(folder, "")[:_MAX_SHOWN]
            for line in text.splitlines()
            for head in heads
            if line.startswith(head)
        ]
        return tuple(said[:20])


class Jobs:
    """The runs of a server, one at a time for each entry; the next one's process is always there before it is asked.

    Args:
        aside: Folder for event logs.
    """

    def __init__(self, aside: Path) -> None:
        self._aside, self._jobs, self._lock = aside, dict[str, Job](), threading.Lock()
        self._next: Standby | None = Standby(aside)
        self._is_closed = False

    def start(self, place: Place, language: str = "en") -> bool:
        """Start a run that complains in a language; False if one of this entry goes on."""
        with self._lock:
            job = self._jobs.get(place.key)
            if job is not None and job.is_running:
                return False
            child, self._next = self._next, None
            if child is None or child.process.poll() is not None:
                child = Standby(self._aside)
            self._jobs[place.key] = Job(place, child, language)
        threading.Thread(target=self._prepare_next, args=(child,), daemon=True).start()
        return True

    def _prepare_next(self, child: Standby) -> None:
        """Make the next process when a run has ended: while it goes on, it needs the machine for itself."""
        child.process.wait()
        with self._lock:
            if self._next is None and not self._is_closed:
                self._next = Standby(self._aside)

    def look(self, key: str) -> JobState | None:
        """Return the state of an entry's last run; None if this server started none."""
        job = self._jobs.get(key)
        return None if job is None else job.look()

    def is_running(self, key: str) -> bool:
        """Tell whether an entry's run goes on."""
        job = self._jobs.get(key)
        return job is not None and job.is_running

    def cancel(self, key: str) -> None:
        """Stop an entry's run."""
        job = self._jobs.get(key)
        if job is not None:
            job.cancel()

    def close(self) -> None:
        """Stop all."""
        with self._lock:
            self._is_closed = True
            if self._next is not None:
                self._next.close()
        for job in self._jobs.values():
            job.cancel()


def _number(value: object) -> int:
    return value if isinstance(value, int) else 0
