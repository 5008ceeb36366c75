"""Open a page in the system's Chromium and watch it: console, errors, requests, dialogs."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.lab.by_chromium import find_chromium

ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-extensions",
]


class Watched:
    """A page and everything that it should not do."""

    def __init__(self, page) -> None:
        self.page = page
        self.noise: list[str] = []
        page.on("console", lambda message: self.noise.append(f"console {message.type}: {message.text}"))
        page.on("pageerror", lambda error: self.noise.append(f"error: {error}"))
        page.on("dialog", lambda dialog: (self.noise.append(f"dialog: {dialog.message}"), dialog.dismiss()))
        page.on("request", self._note_request)

    def _note_request(self, request) -> None:
        if not request.url.startswith(("data:", "file:")) or (
            request.url.startswith("file:") and request.resource_type != "document"
        ):
            self.noise.append(f"request: {request.url[:80]}")

    def open(self, path: Path, fragment: str = "") -> None:
        self.page.goto("about:blank")
        self.page.goto(path.as_uri() + fragment)


@contextmanager
def launch_browser() -> Iterator[object]:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=find_chromium(), args=ARGUMENTS)
        try:
            yield browser
        finally:
            browser.close()
