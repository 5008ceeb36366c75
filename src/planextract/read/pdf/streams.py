"""How large are a PDF's compressed streams when unpacked? Looked at before pdfium unpacks them all in memory."""

from __future__ import annotations

import re
import zlib

from planextract.errors import InputError
from planextract.settings import ReadSettings

_CHUNK_BYTES = 1 << 20
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
    for start in _STREAM.finditer(data):
        before = data[max(0, start.start() - _DICTIONARY_BYTES) : start.start()]
        dictionary = before[before.rfind(b"obj") + 1 :]
        rounds = 2 if _TWICE.search(dictionary) else 1
        if rounds == 1 and not re.search(rb"/(?:FlateDecode|Fl)\b", dictionary):
            continue
        end = data.find(b"endstream", start.end())
        packed = data[start.end() : end if end >= 0 else len(data)]
        if rounds == 1 and len(packed) < _SMALL_BYTES:
            continue
        allowed = min(settings.max_unpacked_bytes - total, settings.max_expansion * max(len(packed), 1_000))
        size = _measure(packed, rounds, allowed)
        total += size
        if size > allowed:
            raise InputError(
                "read.unpacks_too_large", f"its streams unpack to more than {(total - 1) / 1e6:.0f} MB", file=name,
                advice="Raise read.max_unpacked_bytes or read.max_expansion in the settings if you trust the file.",
            )  # fmt: skip


def _measure(packed: bytes, rounds: int, allowed: int) -> int:
    """Return how many bytes a stream unpacks to, counting no further than just above what is allowed."""
    stages = [zlib.decompressobj() for _ in range(rounds)]
    size = 0
    chunks = [packed]
    try:
        while chunks and size <= allowed:
            piece = stages[0].decompress(chunks.pop(), _CHUNK_BYTES)
            if stages[0].unconsumed_tail:
                chunks.append(stages[0].unconsumed_tail)
            size += len(piece) if rounds == 1 else _measure_rest(stages[1], piece, allowed - size)
    except zlib.error:
        return size  # damaged: what there is of it is all that a reader gets
    return size


def _measure_rest(stage: zlib._Decompress, packed: bytes, allowed: int) -> int:
    size = 0
    while packed and size <= allowed:
        size += len(stage.decompress(packed, _CHUNK_BYTES))
        packed = stage.unconsumed_tail
    return size
