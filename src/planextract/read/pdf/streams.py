"""How large are a PDF's compressed streams when unpacked? Looked at before pdfium unpacks them all in memory."""

from __future__ import annotations

import re
import zlib

from planextract.errors import InputError
from planextract.phrases import Phrase
from planextract.settings import ReadSettings

_CHUNK_BYTES = 1 << 20
_FEED_BYTES = 1 << 18  # packed bytes at a time: what is left of them is copied at each step
_DEFLATE_EXPANDS = 1_032  # no deflate stream gives more than so many bytes for one
_STREAM = re.compile(rb"stream\r?\n")
_DICTIONARY_BYTES = 1_000
_SMALL_BYTES = 8_192  # packed once, such a stream gives 8 MB at most, and pdfium unpacks one after the other
_TWICE = re.compile(rb"/Filter\s*\[(?:\s*/(?:FlateDecode|Fl|LZWDecode|LZW)\b){2}")


def check_streams(data: bytes, name: str, settings: ReadSettings) -> None:
    """Refuse a PDF whose streams unpack to more than the limits.

    A small file cannot break them unless it is packed twice, and is not looked into: reading stays fast.

    Args:
        data: The file's bytes.
        name: For messages.
        settings: ``max_unpacked_bytes`` for all streams together; ``max_expansion`` bytes for one.

    Raises:
        InputError: If a limit is broken.
    """
    if _TWICE.search(data) is None and (
        len(data) * _DEFLATE_EXPANDS <= settings.max_unpacked_bytes and settings.max_expansion >= _DEFLATE_EXPANDS
    ):
        return
    total = 0
    bound, streams = _list_streams(data)
    for rounds, packed in sorted(streams, key=lambda stream: (-stream[0], -len(stream[1]))):
        if rounds == 1 and total + bound <= settings.max_unpacked_bytes and settings.max_expansion >= _DEFLATE_EXPANDS:
            return  # what is left cannot break a limit
        bound -= len(packed) * _DEFLATE_EXPANDS if rounds == 1 else 0
        allowed = min(settings.max_unpacked_bytes - total, settings.max_expansion * max(len(packed), 1_000))
        size = _measure(packed, rounds, allowed)
        total += size
        if size > allowed:
            raise InputError(
                "read.unpacks_too_large",
                Phrase("its streams unpack to more than {limit:.0f} MB", limit=(total - 1) / 1e6),
                file=name,
                advice="Raise read.max_unpacked_bytes or read.max_expansion in the settings if you trust the file.",
            )


def _list_streams(data: bytes) -> tuple[int, list[tuple[int, memoryview]]]:
    """Return the packed streams with how often they are packed, and to how much those packed once can unpack at most.

    Small ones packed once are left out.
    """
    found: list[tuple[int, memoryview]] = []
    bound, end = 0, -1
    has_twice = _TWICE.search(data) is not None
    for start in _STREAM.finditer(data):
        if end < start.end():  # each end is looked for once, however many streams claim to begin before it
            end = data.find(b"endstream", start.end())
            end = end if end >= 0 else len(data)
        if not has_twice and end - start.end() < _SMALL_BYTES:
            continue
        before = data[max(0, start.start() - _DICTIONARY_BYTES) : start.start()]
        dictionary = before[before.rfind(b"obj") + 1 :]
        rounds = 2 if _TWICE.search(dictionary) else 1
        if rounds == 1 and not re.search(rb"/(?:FlateDecode|Fl)\b", dictionary):
            continue
        packed = memoryview(data)[start.end() : end]
        if rounds == 2 or len(packed) >= _SMALL_BYTES:
            found.append((rounds, packed))
            bound += len(packed) * _DEFLATE_EXPANDS if rounds == 1 else 0
    return bound, found


def _measure(packed: bytes | memoryview, rounds: int, allowed: int) -> int:
    """Return how many bytes a stream unpacks to, counting no further than just above what is allowed.

    What stands behind the end of the packed data (a line end, garbage) is not looked at.
    """
    stages = [zlib.decompressobj() for _ in range(rounds)]
    size = 0
    try:
        for start in range(0, len(packed), _FEED_BYTES):
            size += _feed(stages, packed[start : start + _FEED_BYTES], allowed - size)
            if size > allowed or stages[0].eof:
                break
    except zlib.error:
        return size  # damaged: what there is of it is all that a reader gets
    return size


def _feed(stages: list[zlib._Decompress], packed: bytes | memoryview, allowed: int) -> int:
    """Unpack a piece through all stages; return how many bytes the last one gives."""
    size = 0
    while len(packed) and size <= allowed and not stages[0].eof:
        piece = stages[0].decompress(packed, _CHUNK_BYTES)
        size += len(piece) if len(stages) == 1 else _feed(stages[1:], piece, allowed - size)
        packed = stages[0].unconsumed_tail
    return size
