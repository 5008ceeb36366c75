"""Serve the review page on the loopback until it is interrupted."""

from __future__ import annotations

import secrets
import shlex
import socket
import webbrowser
from collections.abc import Callable, Sequence
from pathlib import Path

from planextract.errors import UsageError
from planextract.review.page.session import Session

_HOST = "127.0.0.1"


def serve_review(
    output: Path,
    log: Path,
    agency_log: Path,
    folders: Sequence[Path],
    *,
    port: int,
    opens_browser: bool,
    say: Callable[[str], None],
) -> None:
    """Serve an output folder for review.

    Args:
        output: The output folder.
        log: The decisions log.
        agency_log: The log of decisions on agency names.
        folders: Where the inputs are.
        port: Port on the loopback; 0 for any free one.
        opens_browser: Open the page in the user's browser.
        say: Tells the user the address, which holds the session's secret.

    Raises:
        UsageError: If the extra is not installed or the port is taken.
        OutputError: If the folder is no output.
        ConfigError: If the log is not understood.
    """
    try:
        import uvicorn

        from planextract.review.page.app import make_app
        from planextract.review.page.patience import PatientProtocol
    except ImportError as exc:
        raise UsageError("review.not_installed", f"the review page needs the package '{exc.name}'",
                         advice="Install it: pip install 'planextract[review]'.") from exc  # fmt: skip
    session = Session(output, log, agency_log, folders)
    try:
        listener = socket.create_server((_HOST, port))
    except OSError as exc:
        raise UsageError("review.port_taken", f"port {port} cannot be used: {exc.strerror}",
                         advice="Choose another one with --port, or none.") from exc  # fmt: skip
    bound = listener.getsockname()[1]
    token = secrets.token_urlsafe(24)
    command = (
        f"planextract run {' '.join(shlex.quote(str(f)) for f in folders[:1]) or 'INPUT'} -o {shlex.quote(str(output))}"
    )
    app = make_app(session, token, frozenset({f"{_HOST}:{bound}", f"localhost:{bound}"}), command)
    config = uvicorn.Config(
        app, log_level="warning", access_log=False, server_header=False, date_header=False, lifespan="off",
        ws="none", limit_concurrency=256, timeout_keep_alive=30, timeout_graceful_shutdown=2,
        h11_max_incomplete_event_size=32_768, http=PatientProtocol, loop="asyncio", proxy_headers=False,
    )  # fmt: skip
    address = f"http://{_HOST}:{bound}/?token={token}"
    say(address)
    if opens_browser:
        webbrowser.open(address)
    try:
        uvicorn.Server(config).run(sockets=[listener])
    finally:
        session.close()
        listener.close()
