"""A protocol of the review server with an end to its patience: a request is there whole in time, or its line is cut."""

from __future__ import annotations

import asyncio
from typing import Any

import h11
from uvicorn.protocols.http.h11_impl import H11Protocol

REQUEST_SECONDS = 10.0
"""Time from the first moment to the last byte of a request: the page's own are small and come from this machine."""


class PatientProtocol(H11Protocol):
    """Closes a connection whose request is not whole after :data:`REQUEST_SECONDS`.

    uvicorn limits how long an idle connection is kept, not how long a request may take to come: a few dozen
    half-sent ones would fill the server.
    """

    _deadline: asyncio.TimerHandle | None = None

    def connection_made(self, transport: Any) -> None:  # noqa: ANN401  (as uvicorn declares it)
        """Begin to wait."""
        super().connection_made(transport)
        self._watch()

    def data_received(self, data: bytes) -> None:
        """Take data; stop waiting when the request is whole."""
        super().data_received(data)
        self._watch()

    def connection_lost(self, exc: Exception | None) -> None:
        """Stop waiting."""
        self._stop()
        super().connection_lost(exc)

    def _watch(self) -> None:
        is_coming = self.conn.their_state in (h11.IDLE, h11.SEND_BODY)
        if not is_coming:
            self._stop()
        elif self._deadline is None:
            self._deadline = self.loop.call_later(REQUEST_SECONDS, self._give_up)

    def _stop(self) -> None:
        if self._deadline is not None:
            self._deadline.cancel()
            self._deadline = None

    def _give_up(self) -> None:
        self._deadline = None
        if self.conn.their_state in (h11.IDLE, h11.SEND_BODY) and not self.transport.is_closing():
            self.transport.close()
