"""The web page inside a web archive (MHTML, as browsers and Word save it)."""

from __future__ import annotations

import base64
import binascii
import quopri
import re

from planextract.errors import InputError

_MAX_DEPTH = 8
_MAX_PARTS = 20_000
_HEADER_END = re.compile(rb"\r\n\r\n|\n\n|\r\r")
_FOLD = re.compile(rb"(?:\r\n|\n|\r)[ \t]+")
_PARAMETER = r"{}\s*=\s*(?:\"([^\"\r\n]{{1,200}})\"|([^\s;]{{1,200}}))"


def is_mhtml(data: bytes) -> bool:
    """Tell a web archive by its header: MIME fields before the first blank line."""
    head = data[:4096].lstrip()
    end = _HEADER_END.search(head)
    fields = _read_fields(head[: end.start()] if end else head)
    return "mime-version" in fields and fields.get("content-type", "").lower().startswith(("multipart/", "text/html"))


def find_page(data: bytes, name: str) -> tuple[bytes, str]:
    """Return the first web page of an archive and the charset its part declares ("" if none).

    Raises:
        InputError: If the archive holds no web page or is damaged.
    """
    found = _find(data.lstrip(), 0)
    if found is None:
        raise InputError(
            "read.damaged", "the web archive holds no web page", file=name, advice="Save the page again with a browser."
        )
    return found


def _find(part: bytes, depth: int) -> tuple[bytes, str] | None:
    end = _HEADER_END.search(part[:100_000])
    if end is None or depth > _MAX_DEPTH:
        return None
    fields, body = _read_fields(part[: end.start()]), part[end.end() :]
    kind = fields.get("content-type", "")
    if kind.lower().startswith("multipart/"):
        boundary = _parameter(kind, "boundary")
        if not boundary:
            return None
        pieces = body.split(b"--" + boundary.encode("ascii", "replace"), _MAX_PARTS)
        for piece in pieces[1:]:
            found = None if piece.startswith(b"--") else _find(piece.lstrip(b"\r\n"), depth + 1)
            if found is not None:
                return found
        return None
    if not kind.lower().startswith(("text/html", "application/xhtml")):
        return None
    return _decode_body(body, fields.get("content-transfer-encoding", "").lower()), _parameter(kind, "charset")


def _read_fields(head: bytes) -> dict[str, str]:
    fields: dict[str, str] = {}
    for line in _FOLD.sub(b" ", head).splitlines()[:200]:
        key, mark, value = line.partition(b":")
        if mark:
            fields.setdefault(key.strip().lower().decode("ascii", "replace"), value.strip().decode("latin-1"))
    return fields


def _parameter(field: str, key: str) -> str:
    match = re.search(_PARAMETER.format(key), field, re.IGNORECASE)
    return (match.group(1) or match.group(2)) if match else ""


def _decode_body(body: bytes, encoding: str) -> bytes:
    if encoding == "quoted-printable":
        return quopri.decodestring(body)
    if encoding == "base64":
        try:
            return base64.b64decode(b"".join(body.split()), validate=False)
        except binascii.Error:
            return b""
    return body
