"""The reconciliation service on the loopback interface: nothing but this machine can reach it.

A page of the web could still make a browser ask (DNS rebinding, cross-site requests): a request whose
Host is not the loopback address is refused, and only pages that come from the loopback may read answers.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import ClassVar
from urllib.parse import parse_qs, unquote, urlsplit

from planextract.errors import OutputError
from planextract.model.vocabulary import Dictionaries
from planextract.phrases import Phrase
from planextract.review.reconcile import BadRequestError, Json, ReconciliationService
from planextract.text.small_int import parse_small_int

LOOPBACK = "127.0.0.1"
_MAX_BODY = 8_000_000
_DRAIN_BYTES = 80_000_000
_TIMEOUT_SECONDS = 20
_ORIGIN = re.compile(r"https?://(?:127\.0\.0\.1|localhost|\[::1\])(?::\d{1,5})?")


def make_server(dictionaries: Dictionaries, region: str, port: int) -> ThreadingHTTPServer:
    """Open the service; ``serve_forever`` of what is returned answers until it is shut down.

    Args:
        dictionaries: The dictionary with decisions in force.
        region: Code of the region whose names are asked for.
        port: TCP port; 0 takes a free one.

    Raises:
        OutputError: If the port cannot be opened.
    """
    try:
        server = ThreadingHTTPServer((LOOPBACK, port), _Handler)
    except OSError as exc:
        raise OutputError(
            "agencies.no_port",
            Phrase("port {port} cannot be opened: {reason}", port=port, reason=exc.strerror),
            advice="Choose another one with --port.",
        ) from exc
    bound = server.server_address[1]
    server.daemon_threads = True
    handler = type(
        "Handler",
        (_Handler,),
        {
            "service": ReconciliationService(dictionaries, region, f"http://{LOOPBACK}:{bound}"),
            "hosts": frozenset(f"{host}:{bound}" for host in (LOOPBACK, "localhost", "[::1]")),
        },
    )
    server.RequestHandlerClass = handler
    return server


class _Handler(BaseHTTPRequestHandler):
    service: ClassVar[ReconciliationService]
    hosts: ClassVar[frozenset[str]] = frozenset()
    timeout = _TIMEOUT_SECONDS
    server_version, sys_version = "planextract", ""
    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        """Answer a GET."""
        self._answer(urlsplit(self.path).query)

    def do_POST(self) -> None:
        """Answer a POST with form fields."""
        length = parse_small_int(self.headers.get("Content-Length", ""))
        if length is None or length > _MAX_BODY:
            self.close_connection = True
            self._drain(length or 0)
            self._send_json(413, {"error": "the body is larger than 8 MB or has no length"})
            return
        self._answer(self.rfile.read(length).decode("utf-8", "replace"))

    def _drain(self, length: int) -> None:
        """Read and drop a body that is refused: closing on unread bytes would reset the answer away."""
        left = min(length, _DRAIN_BYTES)
        while left > 0 and (part := self.rfile.read(min(left, 1 << 20))):
            left -= len(part)

    def do_OPTIONS(self) -> None:
        """Answer the preflight of a page of the loopback."""
        if self._is_refused():
            return
        self.send_response(204)
        self._send_cross_origin()
        self.send_header("Content-Length", "0")
        self.end_headers()

    def _is_refused(self) -> bool:
        if self.headers.get("Host", "") in self.hosts:
            return False
        self.close_connection = True
        self._send_json(403, {"error": "this service answers on the loopback address only"})
        return True

    def _answer(self, encoded: str) -> None:
        if self._is_refused():
            return
        try:
            fields = {key: values[0] for key, values in parse_qs(encoded, max_num_fields=20).items()}
            path = unquote(urlsplit(self.path).path).rstrip("/")
            answer = self._route(path, fields)
        except BadRequestError as exc:
            self._send_json(400, {"error": str(exc)})
            return
        except ValueError:
            self._send_json(400, {"error": "too many form fields"})
            return
        if answer is None:
            self._send_json(404, {"error": "there is nothing here"})
        elif isinstance(answer, str):
            self._send(200, "text/html; charset=utf-8", answer.encode())
        else:
            self._send_json(200, answer)

    def _route(self, path: str, fields: dict[str, str]) -> dict[str, Json] | str | None:
        service, prefix = self.service, fields.get("prefix", "")
        if path in ("", "/reconcile"):
            if "queries" in fields:
                return service.reconcile(fields["queries"])
            return service.extend(fields["extend"]) if "extend" in fields else service.manifest()
        if path.startswith("/entity/"):
            return service.page(path.removeprefix("/entity/"))
        cursor = parse_small_int(fields.get("cursor", "")) or 0
        routes: dict[str, Callable[[], dict[str, Json] | str | None]] = {
            "/suggest/entity": lambda: service.suggest_entities(prefix, cursor),
            "/suggest/type": lambda: service.suggest_types(prefix),
            "/suggest/property": lambda: service.suggest_properties(prefix),
            "/properties": service.properties,
            "/preview": lambda: service.page(fields.get("id", "")),
            "/flyout": lambda: service.flyout(fields.get("id", "")),
        }
        return routes[path]() if path in routes else None

    def _send_json(self, status: int, data: object) -> None:
        self._send(status, "application/json; charset=utf-8", json.dumps(data, ensure_ascii=False).encode())

    def _send(self, status: int, media_type: str, body: bytes) -> None:
        self.send_response(status)
        self.send_header("Content-Type", media_type)
        self.send_header("Content-Length", str(len(body)))
        self.send_header("X-Content-Type-Options", "nosniff")
        self.send_header("Content-Security-Policy", "default-src 'none'; style-src 'unsafe-inline'")
        self._send_cross_origin()
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)

    def _send_cross_origin(self) -> None:
        origin = self.headers.get("Origin", "")
        if _ORIGIN.fullmatch(origin):
            self.send_header("Access-Control-Allow-Origin", origin)
            self.send_header("Access-Control-Allow-Headers", "Content-Type")
            self.send_header("Vary", "Origin")

    def log_message(self, format: str, *args: object) -> None:
        """Keep the terminal quiet."""
