"""Appending to a log that several processes write: one at a time, in whole lines."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import BinaryIO


def read_all(stream: BinaryIO) -> bytes:
    """Return all bytes of an unbuffered stream; the position is then at its end."""
    stream.seek(0)
    parts = []
    while part := stream.read(1 << 20):
        parts.append(part)
    return b"".join(parts)


def write_whole(stream: BinaryIO, data: bytes) -> None:
    """Write all bytes to an unbuffered stream, which may take them in parts."""
    view = memoryview(data)
    while view:
        view = view[stream.write(view) or 0 :]


@contextmanager
def locked(stream: BinaryIO) -> Iterator[None]:
    """Hold a log for this process alone."""
    try:
        import fcntl
    except ImportError:  # Windows: an append of one call is atomic enough there
        yield
        return
    fcntl.flock(stream.fileno(), fcntl.LOCK_EX)
    try:
        yield
    finally:
        fcntl.flock(stream.fileno(), fcntl.LOCK_UN)
