"""Progress of a run on stderr: a line that moves where somebody looks, a line now and then where a file listens."""

from __future__ import annotations

import time

from planextract.cli.terminal import open_console
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
        parts = [f"{self._done}/{self._total} documents"]
        if self._fresh:
            parts.append(f"{self._fresh} unchanged")
        if self._failed:
            parts.append(f"{self._failed} quarantined")
        if self._work_started is not None and self._done > self._fresh:
            seconds = max(time.monotonic() - self._work_started, 1e-3)
            rate = (self._done - self._fresh) / seconds
            parts.append(f"{rate:.1f} documents/s")
            if self._pages:
                parts.append(f"{self._pages} pages, {self._pages / seconds:.0f}/s")
            parts.append(f"{format_seconds((self._total - self._done) / rate)} left")
        if self._is_draining:
            parts.append("stopping: finishing what is under way; ctrl-C again stops at once")
        return " · ".join(parts)

    def _render(self) -> object:
        from rich.console import Group
        from rich.progress_bar import ProgressBar as Bar
        from rich.text import Text

        bar = Bar(total=max(self._total, 1), completed=self._done, width=40)
        return Group(bar, Text(self.describe()), Text(self._at[-70:], style="dim"))


def format_seconds(seconds: float) -> str:
    """Return a duration as people say it."""
    if seconds < 90:
        return f"{seconds:.0f} s"
    if seconds < 5400:
        return f"{seconds / 60:.0f} min"
    return f"{seconds / 3600:.1f} h"
