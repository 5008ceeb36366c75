"""Prepared forms of dictionary files, in the user's cache folder: what is slow to read is read once on a machine.

A prepared form says by hash what it was made from, the code that made it included, so that one that is out of date is
never used. It is written whole or not at all, and checked when it is read. Where the folder cannot be written, or a
file in it is damaged, everything is made anew: that takes longer and gives the same.
"""

from __future__ import annotations

import contextlib
import hashlib
import mmap
import os
import sys
import tempfile
import zlib
from functools import lru_cache
from pathlib import Path

_MAGIC = b"planextract prepared form 1\n"
_SUM_BYTES = 4
_HEAD_BYTES = 64  # arrays behind it begin at a multiple of their numbers' size


@lru_cache(maxsize=8)
def _hash_code(path: str) -> bytes:
    return hashlib.sha256(Path(path).read_bytes()).digest()


def hash_made_from(content: bytes, code: str) -> bytes:
    """Return the hash that tells what is made from a content by the code in a file (its ``__file__``); 32 bytes."""
    return hashlib.sha256(_MAGIC + sys.byteorder.encode() + _hash_code(code) + content).digest()


def read_cached(name: str, made_from: bytes) -> memoryview | None:
    """Return a prepared form, as shared memory that is read when it is used; None if there is none of this making.

    Args:
        name: File name.
        made_from: What :func:`hash_made_from` gave for what it must be made from.
    """
    folder = _find_folder()
    if folder is None:
        return None
    try:
        with (folder / name).open("rb") as stream:
            data = memoryview(mmap.mmap(stream.fileno(), 0, access=mmap.ACCESS_READ))
    except (OSError, ValueError):  # none there; an empty file
        return None
    content = data[_HEAD_BYTES:]
    return content if bytes(data[:_HEAD_BYTES]) == _make_head(made_from, content) else None


def write_cached(name: str, made_from: bytes, content: bytes) -> None:
    """Keep a prepared form in place of one of another making; a folder that cannot be written is no error."""
    folder = _find_folder()
    if folder is None:
        return
    with contextlib.suppress(OSError):
        folder.mkdir(parents=True, exist_ok=True)
        descriptor, written = tempfile.mkstemp(dir=folder, prefix=f".{name}-")
        try:
            with os.fdopen(descriptor, "wb") as stream:
                stream.write(_make_head(made_from, memoryview(content)))
                stream.write(content)
            Path(written).replace(folder / name)
        finally:
            Path(written).unlink(missing_ok=True)


def _make_head(made_from: bytes, content: memoryview) -> bytes:
    head = made_from + zlib.crc32(content).to_bytes(_SUM_BYTES, "little") + _MAGIC
    return head.ljust(_HEAD_BYTES, b"\0")


def _find_folder() -> Path | None:
    """Return the folder for prepared forms by the system's custom, or None where the user has no home."""
    if sys.platform == "win32":
        base = os.environ.get("LOCALAPPDATA")
    else:
        base = os.environ.get("XDG_CACHE_HOME")
    try:
        home = Path.home()
    except RuntimeError:
        return Path(base) / "planextract" if base else None
    custom = {"darwin": home / "Library" / "Caches", "win32": home / "AppData" / "Local"}
    return (Path(base) if base else custom.get(sys.platform, home / ".cache")) / "planextract"
