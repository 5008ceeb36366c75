"""A document as read, as bytes and back: what a changed dictionary needs, without reading the input again.

A check sum, a hash of the version, the reader's name, then JSON of positional lists behind zlib: nothing in it can
run, whoever wrote it. A list starts with 0 if it is a tuple, else with the number of its class.
"""

from __future__ import annotations

import hashlib
import json
import zlib
from collections.abc import Callable
from dataclasses import fields
from typing import Any

from planextract.model.source import (
    BBox,
    DocumentFile,
    ReadNote,
    SourceCell,
    SourceDocument,
    SourceMarkup,
    SourceProperty,
    SourceTable,
    SourceText,
)
from planextract.phrases import Phrase, decode_phrase, encode_phrase
from planextract.read.sheet_cells import PackedCells

_CLASSES: tuple[type[Any], ...] = (
    BBox,
    ReadNote,
    SourceCell,
    SourceDocument,
    SourceMarkup,
    SourceTable,
    SourceText,
    SourceProperty,
    DocumentFile,
)
_NUMBERS = {kind: number for number, kind in enumerate(_CLASSES, start=1)}
_NAMES = {kind: tuple(field.name for field in fields(kind)) for kind in _CLASSES}
_CHECK_BYTES = 16

_PLAIN = frozenset({str, int, float, bool, type(None)})


def is_whole(data: bytes) -> bool:
    """Tell whether the bytes of a stored reading are those that were written, of whatever version."""
    return hashlib.sha256(data[_CHECK_BYTES:]).digest()[:_CHECK_BYTES] == data[:_CHECK_BYTES]


def encode_source(source: SourceDocument, version: str) -> bytes:
    """Return a document as read as bytes; the same document gives the same bytes.

    Args:
        source: The document.
        version: What the reading depends on besides the input: code and settings.

    Raises:
        TypeError: If it holds a value that has no stored form.
    """
    body = zlib.compress(json.dumps(_encode(source), ensure_ascii=False, separators=(",", ":")).encode("utf-8"), 1)
    whole = b"\0".join((_hash_version(version), source.reader.encode("ascii"), body))
    return hashlib.sha256(whole).digest()[:_CHECK_BYTES] + whole


def decode_source(data: bytes, find_version: Callable[[str], str]) -> SourceDocument | None:
    """Return the document of :func:`encode_source`, None if the bytes are torn or of another version.

    Args:
        data: The bytes.
        find_version: Gives the version that a reading by a reader must have.
    """
    parts = data[_CHECK_BYTES:].split(b"\0", 2)
    if len(parts) != 3:
        return None
    version, reader, body = parts
    if version != _hash_version(find_version(reader.decode("ascii", "replace"))) or not is_whole(data):
        return None
    try:
        found = _decode(json.loads(zlib.decompress(body)))
    except (ValueError, TypeError, IndexError, KeyError, RecursionError, zlib.error):
        return None
    return found if isinstance(found, SourceDocument) else None


def _hash_version(version: str) -> bytes:
    return hashlib.sha256(version.encode()).hexdigest()[:16].encode()


def _encode(value: Any) -> Any:  # noqa: ANN401  (any field of the classes above)
    kind = type(value)
    if kind in _PLAIN:
        return value
    if kind is Phrase:
        return encode_phrase(value)
    number = _NUMBERS.get(kind)
    if number is not None:
        return [number, *[_encode(getattr(value, name)) for name in _NAMES[kind]]]
    if kind is tuple or kind is PackedCells:
        return [0, *map(_encode, value)]
    raise TypeError(f"{type(value)} has no stored form")


def _decode(value: Any) -> Any:  # noqa: ANN401
    if isinstance(value, dict):
        return decode_phrase(value)
    if not isinstance(value, list):
        return value
    number, *parts = value
    if number == 0:
        return tuple(map(_decode, parts))
    kind = _CLASSES[number - 1]
    return kind(**dict(zip(_NAMES[kind], map(_decode, parts), strict=True)))
