"""Progress of a run on stderr: a line that moves where somebody looks, a line now and then where a file listens."""

from __future__ import annotations

import time

from planextract.cli.terminal import in_language, open_console
from planextract.phrases import Phrase
from planextract.run.account import DocumentResult

_REDRAW_SECONDS = 0.2
_RATE_SECONDS = 60.0


class ProgressBar:
    """A bar with documents, pages, rates and the time left; silent when nobody looks.

    It draws in the run's own thread: workers are forked from a process without others.
    """

    def __init__(self, *, is_shown: bool) -> None:
        self._is_shown = is_shown
        self._total = self._done = self._fresh = self._failed = self._pages = 0
        self._work_started: float | None = None
        self._drawn_at = 0.0
        self._at = ""
        self._is_draining = False
        self._live: object = None
        if is_shown:
            from rich.live import Live

            self._live = Live(console=open_console(err=True), auto_refresh=False, transient=True)

    def __enter__(self) -> ProgressBar:
        if self._live is not None:
            self._live.start()  # type: ignore[attr-defined]  # rich is imported only when it is shown
        return self

    def __exit__(self, *_: object) -> None:
        if self._live is not None:
            self._live.stop()  # type: ignore[attr-defined]

    def start(self, total: int) -> None:
        """Take the number of inputs."""
        self._total = total
        self.tick()

    def advance(self, result: DocumentResult) -> None:
        """Count an input that is done."""
        self._done += 1
        self._fresh += result.is_fresh
        self._failed += result.error is not None
        if not result.is_fresh and self._work_started is None:
            self._work_started = time.monotonic() - result.seconds
        self.tick()

    def read_page(self, name: str, page_number: int, page_count: int) -> None:
        """Show the page that is being read."""
        self._pages += 1
        self._at = f"{name} {page_number}/{page_count}"

    def tick(self) -> None:
        """Draw again, a few times a second."""
        now = time.monotonic()
        if self._live is None or now - self._drawn_at < _REDRAW_SECONDS:
            return
        self._drawn_at = now
        self._live.update(self._render(), refresh=True)  # type: ignore[attr-defined]

    def drain(self) -> None:
        """Say that ctrl-C was heard."""
        self._is_draining, self._drawn_at = True, 0.0
        self.tick()

    def describe(self) -> str:
        """Return the state of the run in one line."""
        parts = [Phrase("{done}/{total} documents", done=self._done, total=self._total)]
        if self._fresh:
            parts.append(Phrase("{count} unchanged", count=self._fresh))
        if self._failed:
            parts.append(Phrase("{count} quarantined", count=self._failed))
        if self._work_started is not None and self._done > self._fresh:
            seconds = max(time.monotonic() - self._work_started, 1e-3)
            rate = (self._done - self._fresh) / seconds
            parts.append(Phrase("{rate:.1f} documents/s", rate=rate))
            if self._pages:
                parts.append(Phrase("{pages} pages, {rate:.0f}/s", pages=self._pages, rate=self._pages / seconds))
            parts.append(Phrase("{time} left", time=format_seconds((self._total - self._done) / rate)))
        if self._is_draining:
            parts.append(Phrase("stopping: finishing what is under way; ctrl-C again stops at once"))
        return " · ".join(in_language(part) for part in parts)

    def _render(self) -> object:
        from rich.console import Group
        from rich.progress_bar import ProgressBar as Bar
        from rich.text import Text

        bar = Bar(total=max(self._total, 1), completed=self._done, width=40)
        return Group(bar, Text(self.describe()), Text(self._at[-70:], style="dim"))


def format_seconds(seconds: float) -> Phrase:
    """Return a duration as people say it."""
    if seconds < 90:
        return Phrase("{seconds:.0f} s", seconds=seconds)
    if seconds < 5400:
        return Phrase("{minutes:.0f} min", minutes=seconds / 60)
    return Phrase("{hours:.1f} h", hours=seconds / 3600)
