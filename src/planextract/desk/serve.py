"""Serve the page on the loopback until it is interrupted."""

from __future__ import annotations

import secrets
import shutil
import socket
import tempfile
import webbrowser
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from planextract.desk.jobs import Jobs
from planextract.desk.shelf import BadName, Place, Shelf, iterate_readable
from planextract.errors import UsageError
from planextract.phrases import Phrase
from planextract.review.page.inputs import find_given, find_input_folders
from planextract.write.read_back import read_manifest

_HOST = "127.0.0.1"
GIVEN = "given"


@dataclass(frozen=True, slots=True, kw_only=True)
class DeskOptions:
    """How the page is served.

    Attributes:
        folder: Where dropped files, their outputs and decisions are kept.
        port: Port on the loopback; 0 for any free one.
        opens_browser: Open the page in the user's browser.
        begins_with_review: ``/`` is the review page of the given output.
        say: Tells the user the address, which holds the session's secret.
    """

    folder: Path
    port: int
    opens_browser: bool
    begins_with_review: bool
    say: Callable[[str], None]


def serve_desk(given: Place | None, documents: Path | None, options: DeskOptions) -> None:
    """Serve the page.

    Args:
        given: An output to show.
        documents: A document, or a folder of documents, to read at once.
        options: How it is served.

    Raises:
        UsageError: If the extra is not installed, the port is taken, or nothing readable was named.
        OutputError: If the given output or the folder cannot be used.
        ConfigError: If a log is not understood.
    """
    try:
        import uvicorn

        from planextract.desk.app import Desk
        from planextract.desk.reviews import Reviews
        from planextract.desk.upload_protocol import UploadProtocol
    except ImportError as exc:
        raise UsageError(
            "review.not_installed",
            Phrase("the page needs the package '{name}'", name=exc.name),
            advice="Install it: pip install 'planextract[review]'.",
        ) from exc
    aside = Path(tempfile.mkdtemp(prefix="planextract-"))
    shelf, jobs, token = Shelf(options.folder), Jobs(aside), secrets.token_urlsafe(24)
    reviews = Reviews(token, GIVEN if options.begins_with_review else "")
    listener = None
    try:
        if given is not None and options.begins_with_review:
            reviews.open_app(given)
        listener = _listen(options.port)
        first = _find_first(given, documents, shelf, jobs, options)
        port = listener.getsockname()[1]
        desk = Desk(shelf, given, jobs, reviews, token, aside)
        app = desk.make_app(frozenset({f"{_HOST}:{port}", f"localhost:{port}"}), first)
        config = uvicorn.Config(
            app,
            log_level="warning",
            access_log=False,
            server_header=False,
            date_header=False,
            lifespan="off",
            ws="none",
            limit_concurrency=256,
            timeout_keep_alive=30,
            timeout_graceful_shutdown=2,
            h11_max_incomplete_event_size=32_768,
            http=UploadProtocol,
            loop="asyncio",
            proxy_headers=False,
        )
        address = f"http://{_HOST}:{port}/?token={token}"
        options.say(address)
        if options.opens_browser:
            webbrowser.open(address)
        uvicorn.Server(config).run(sockets=[listener])
    finally:
        jobs.close()
        reviews.close()
        if listener is not None:
            listener.close()
        shutil.rmtree(aside, ignore_errors=True)


def make_given(output: Path, log: Path, names: Path, inputs: Sequence[Path]) -> Place:
    """Return an output as an entry of the page.

    A run can be asked for only if it would be the last run again: the same inputs are there, and neither settings
    nor dictionaries of the user's own were used.

    Raises:
        UsageError: If a given folder of inputs does not exist.
        OutputError: If the folder is no output.
    """
    folders = find_input_folders(output, inputs)
    manifest = read_manifest(output)
    again = tuple(inputs) or find_given(output)
    return Place(
        key=GIVEN,
        inputs=folders,
        again=again if _is_plain(manifest, names) else (),
        output=output,
        log=log,
        names=names,
    )


def _is_plain(manifest: dict[str, object], names: Path) -> bool:
    from planextract.run.versions import find_versions
    from planextract.run.vocabularies import load_vocabularies
    from planextract.settings import parse_settings

    versions = {load_vocabularies(None, log).version for log in (None, names)}
    settings = find_versions(parse_settings("", ""), "").settings
    return manifest.get("dictionary_version") in versions and manifest.get("settings_version") == settings


def _find_first(given: Place | None, documents: Path | None, shelf: Shelf, jobs: Jobs, options: DeskOptions) -> str:
    """Return where the page begins; a named document is read as if it had been dropped."""
    if given is not None:
        return "" if options.begins_with_review else f"/d/{GIVEN}/"
    if documents is None:
        return "/start"
    place = shelf.add()
    copied = 0
    for path in iterate_readable(documents):
        try:
            shutil.copyfile(path, shelf.choose_path(place, path.name))
        except BadName:
            continue
        copied += 1
    if not copied:
        raise UsageError(
            "run.no_inputs",
            "there is no document that can be read",
            file=str(documents),
            advice="Name a PDF, Word, Excel, text or HTML file, or a folder of them.",
        )
    jobs.start(place)
    return f"/d/{place.key}/"


def _listen(port: int) -> socket.socket:
    try:
        return socket.create_server((_HOST, port))
    except OSError as exc:
        raise UsageError(
            "review.port_taken",
            Phrase("port {port} cannot be used: {reason}", port=port, reason=exc.strerror),
            advice="Choose another one with --port, or none.",
        ) from exc
