"""The review pages of the entries: opened when first asked for, kept until the server ends."""

from __future__ import annotations

import shlex
import threading

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response

from planextract.desk.shelf import Place
from planextract.review.page.app import Ways, make_review, show_static
from planextract.review.page.session import Session


class Reviews:
    """Review pages by entry.

    Args:
        token: The session's secret.
        root: Id of the entry whose review page is at ``/``; empty if none is.
    """

    def __init__(self, token: str, root: str) -> None:
        self._token, self._root = token, root
        self._open: dict[str, tuple[Session, Starlette]] = {}
        self._lock = threading.Lock()

    def address(self, place: Place) -> str:
        """Return where an entry's review page is."""
        return f"{self._base(place)}/"

    def is_open(self, place: Place) -> bool:
        """Tell whether an entry's review page was opened: it says itself when its output is gone."""
        return place.key in self._open

    def open_app(self, place: Place) -> Starlette:
        """Return an entry's review page.

        Raises:
            OutputError: If its output cannot be read.
            ConfigError: If its log is not understood.
        """
        with self._lock:
            if place.key not in self._open:
                session = Session(place.output, place.log, place.names, place.inputs)
                command = f"planextract run INPUT -o {shlex.quote(place.output.name)}"
                way = f"/d/{place.key}"
                ways = Ways(start="/start", plan=f"{way}/", apply=f"{way}/run" if place.again else "")
                self._open[place.key] = session, make_review(session, self._token, command, ways, self._base(place))
            return self._open[place.key][1]

    async def show_static(self, request: Request) -> Response:
        """Answer with a file of the review page's look."""
        return await show_static(request)

    def close(self) -> None:
        """Close what is open."""
        for session, _ in self._open.values():
            session.close()

    def _base(self, place: Place) -> str:
        return "" if place.key == self._root else f"/d/{place.key}/review"
