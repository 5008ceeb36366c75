"""What may reach the pages served here: this machine, this browser, this session, and nothing large.

A page of another site can make a browser send requests to the loopback, also under a foreign name that
resolves to it. So each request must carry a known ``Host`` and the session's cookie (``SameSite=Strict``), and
each change also the page's own ``Origin``, its token in a header, and JSON.
"""

from __future__ import annotations

import asyncio
import secrets
from collections.abc import Mapping
from contextlib import suppress
from http.cookies import CookieError, SimpleCookie
from urllib.parse import parse_qs

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from planextract.text.small_int import parse_small_int

MAX_BODY = 256_000
_DRAIN_BYTES = 80_000_000
_DRAIN_SECONDS = 5
_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; frame-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'; "
    "trusted-types planextract"
)
_HEADERS = {
    "content-security-policy": _POLICY,
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "referrer-policy": "no-referrer",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": "camera=(), geolocation=(), microphone=()",
}


class Guard:
    """Refuses what does not come from the page itself, as ASGI middleware.

    Args:
        app: The application behind.
        hosts: Allowed values of the ``Host`` header.
        token: The session's secret.
        uploads: Path that files are sent to, with the most bytes of one; they are passed on unread.
    """

    def __init__(self, app: ASGIApp, hosts: frozenset[str], token: str, uploads: tuple[str, int] | None = None) -> None:
        self._app, self._hosts, self._token, self._uploads = app, hosts, token, uploads
        port = next(iter(sorted(hosts))).rpartition(":")[2]
        self.cookie = f"planextract_review_{port}"

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, or answer it with a refusal."""
        if scope["type"] == "lifespan":
            await self._app(scope, receive, send)
            return
        if scope["type"] != "http":
            return
        headers = _read_headers(scope)
        if headers is None or headers.get("host") not in self._hosts:
            await _drain(receive)
            await _refuse(send, 421, "wrong host")
            return
        if scope["path"] == "/" and scope["method"] == "GET" and await self._log_in(scope, send):
            return
        problem = self._find_problem(scope, headers)
        if problem is not None:
            await _drain(receive)
            await _refuse(send, *problem)
            return
        if scope["method"] == "POST" and not self._is_upload(scope):
            body = await _read_body(receive)
            if body is None:
                await _drain(receive)
                await _refuse(send, 413, "too large")
                return
            receive = _replay(body, receive)
        await self._app(scope, receive, _with_headers(send))

    async def _log_in(self, scope: Scope, send: Send) -> bool:
        """Answer the address that the command printed: take the token out of it, into a cookie."""
        given = parse_qs(scope["query_string"].decode("latin-1")).get("token", [])
        if not given:
            return False
        if len(given) != 1 or not secrets.compare_digest(given[0].encode(), self._token.encode()):
            await _refuse(send, 403, "wrong token")
            return True
        cookie = f"{self.cookie}={self._token}; HttpOnly; SameSite=Strict; Path=/"
        await _answer(send, 303, b"", {"location": "/", "set-cookie": cookie})
        return True

    def _find_problem(self, scope: Scope, headers: Mapping[str, str]) -> tuple[int, str] | None:
        if scope["method"] not in ("GET", "POST"):
            return 405, "method not allowed"
        if headers.get("sec-fetch-site", "same-origin") not in ("same-origin", "none"):
            return 403, "foreign site"
        origin = headers.get("origin")
        if origin is not None and origin != f"http://{headers['host']}":
            return 403, "foreign origin"
        if not self._is_ours(_read_cookie(headers.get("cookie", ""), self.cookie)):
            return 403, "missing or wrong token; open the address that the command printed"
        if scope["method"] == "POST":
            if origin is None:
                return 403, "missing origin"
            if not self._is_ours(headers.get("x-review-token", "")):
                return 403, "missing or wrong token"
            return self._find_body_problem(scope, headers)
        return None

    def _find_body_problem(self, scope: Scope, headers: Mapping[str, str]) -> tuple[int, str] | None:
        is_upload = self._is_upload(scope)
        wanted = "application/octet-stream" if is_upload else "application/json"
        if headers.get("content-type", "").partition(";")[0].strip() != wanted:
            return 415, f"{wanted} is expected"
        limit = self._uploads[1] if is_upload and self._uploads else MAX_BODY
        length = parse_small_int(headers.get("content-length", "" if is_upload else "0"))
        if length is None or length > limit:
            return 413, "too large"
        return None

    def _is_upload(self, scope: Scope) -> bool:
        return self._uploads is not None and scope["path"] == self._uploads[0]

    def _is_ours(self, given: str) -> bool:
        return secrets.compare_digest(given.encode("utf-8", "replace"), self._token.encode())


def _read_headers(scope: Scope) -> dict[str, str] | None:
    """Return the headers by name; None if one that decides is given twice."""
    found: dict[str, str] = {}
    for raw_name, raw_value in scope["headers"]:
        name = raw_name.decode("latin-1").lower()
        if name in found and name in ("host", "origin", "x-review-token", "content-length", "content-type"):
            return None
        found[name] = raw_value.decode("latin-1")
    return found


def _read_cookie(header: str, name: str) -> str:
    try:
        morsel = SimpleCookie(header).get(name)
    except CookieError:
        return ""
    return morsel.value if morsel is not None else ""


async def _read_body(receive: Receive) -> bytes | None:
    """Return a request's body; None as soon as it is too large."""
    parts: list[bytes] = []
    size = 0
    while True:
        message = await receive()
        if message["type"] != "http.request":
            return None
        parts.append(message.get("body", b""))
        size += len(parts[-1])
        if size > MAX_BODY:
            return None
        if not message.get("more_body", False):
            return b"".join(parts)


async def _drain(receive: Receive) -> None:
    """Read and drop a request's body before it is refused.

    A connection that is closed while bytes of the request are unread is reset, and a reset throws away what the
    client has not yet read of the answer. Only so much is waited for: more comes from nobody who wants an answer.
    """
    size = 0
    with suppress(TimeoutError):
        async with asyncio.timeout(_DRAIN_SECONDS):
            while size <= _DRAIN_BYTES:
                message = await receive()
                size += len(message.get("body", b""))
                if message["type"] != "http.request" or not message.get("more_body", False):
                    return


def _replay(body: bytes, receive: Receive) -> Receive:
    is_given = False

    async def again() -> Message:
        nonlocal is_given
        if is_given:
            return await receive()
        is_given = True
        return {"type": "http.request", "body": body, "more_body": False}

    return again


def _with_headers(send: Send) -> Send:
    async def sending(message: Message) -> None:
        if message["type"] == "http.response.start":
            own = {name.lower() for name, _ in message["headers"]}
            extra = [(k.encode(), v.encode()) for k, v in _HEADERS.items() if k.encode() not in own]
            if b"cache-control" not in own:
                extra.append((b"cache-control", b"no-store"))
            message = {**message, "headers": [*message["headers"], *extra]}
        await send(message)

    return sending


async def _refuse(send: Send, status: int, reason: str) -> None:
    await _answer(send, status, f"refused: {reason}\n".encode(), {"content-type": "text/plain; charset=utf-8"})


async def _answer(send: Send, status: int, body: bytes, headers: Mapping[str, str]) -> None:
    pairs = [(k.encode(), v.encode()) for k, v in {**_HEADERS, **headers, "connection": "close"}.items()]
    pairs += [(b"content-length", str(len(body)).encode()), (b"cache-control", b"no-store")]
    await send({"type": "http.response.start", "status": status, "headers": pairs})
    await send({"type": "http.response.body", "body": body})
