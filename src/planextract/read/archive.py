"""ZIP containers (docx, ofd) read in memory, with limits: nothing is ever unpacked to disk.

A member is found by its own name only, so a path that climbs out of the container finds nothing. What a
directory claims of sizes is checked before a byte is unpacked, and unpacking stops at the claim.
"""

from __future__ import annotations

import io
import posixpath
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from typing import IO

from planextract.errors import InputError, PlanExtractError
from planextract.settings import ReadSettings

_METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
_ENCRYPTED = 0x1
_CHUNK = 1 << 20


class Archive:
    """An open container. Members are looked up by exact name, then without regard to case."""

    def __init__(self, data: bytes, name: str, settings: ReadSettings) -> None:
        """Open a container from its bytes.

        Raises:
            InputError: If it is damaged, protected, or larger unpacked than the limits allow.
        """
        self._name = name
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(data))
            members = [member for member in self._zip.infolist() if member.filename]
        except MemoryError:
            raise
        except Exception as exc:  # whatever a foreign parser of hostile bytes may raise
            raise self._damaged("the container is damaged") from exc
        if len(members) > settings.max_archive_members:
            raise self._bomb(f"the container has {len(members)} members")
        total = sum(member.file_size for member in members)
        if total > settings.max_unpacked_bytes:
            raise self._bomb(f"the container unpacks to {total / 1e6:.0f} MB")
        self._left = settings.max_unpacked_bytes
        self._members = {_clean(member.filename): member for member in reversed(members) if not member.is_dir()}
        self._folded = {path.casefold(): path for path in self._members}

    @property
    def names(self) -> tuple[str, ...]:
        """Names of all members, forward slashes, without a leading one; sorted."""
        return tuple(sorted(self._members))

    def find(self, path: str, base: str = "") -> str | None:
        """Return the member that a path means, or None.

        Args:
            path: Relative to ``base``, or from the container's root with a leading slash.
            base: Name of the member that the path is written in.
        """
        path = path.strip().replace("\\", "/")
        tries = [path.lstrip("/")]
        if not path.startswith("/"):
            tries.insert(0, posixpath.join(posixpath.dirname(base), path))
        for attempt in tries:
            clean = _clean(attempt)
            found = clean if clean in self._members else self._folded.get(clean.casefold())
            if found is not None:
                return found
        return None

    def read(self, path: str) -> bytes:
        """Unpack one member by its name.

        Raises:
            InputError: If it is missing, damaged, protected, or packed by an unusual method.
        """
        with self.stream(path) as stream:
            parts = []
            while chunk := stream.read(_CHUNK):
                parts.append(chunk)
        return b"".join(parts)

    @contextmanager
    def stream(self, path: str) -> Iterator[IO[bytes]]:
        """Open one member by its name, to be unpacked as it is read.

        Raises:
            InputError: If it is missing, protected or packed by an unusual method; while it is read, if it is damaged.
        """
        member = self._members.get(path)
        if member is None:
            raise self._damaged(f"its part '{path[:80]}' is missing")
        if member.flag_bits & _ENCRYPTED:
            raise InputError(
                "read.encrypted",
                "the document is protected by a password",
                file=self._name,
                advice="Save it without protection, then run again.",
            )
        if member.compress_type not in _METHODS:
            raise self._damaged(f"its part '{path[:80]}' is packed by a method that documents do not use")
        self._left -= member.file_size
        if self._left < 0:
            raise self._bomb("its parts, as they refer to each other, unpack without end")
        try:
            with self._zip.open(member) as stream:
                yield stream
        except (MemoryError, PlanExtractError):
            raise
        except Exception as exc:  # whatever a foreign parser of hostile bytes may raise
            raise self._damaged(f"its part '{path[:80]}' is damaged") from exc

    def _damaged(self, cause: str) -> InputError:
        return InputError(
            "read.damaged",
            cause,
            file=self._name,
            advice="Open and save it again with another program, or get it anew.",
        )

    def _bomb(self, cause: str) -> InputError:
        advice = "If you trust the file, raise read.max_unpacked_bytes or read.max_archive_members."
        return InputError("read.unpacks_too_large", cause + ", more than the limit", file=self._name, advice=advice)


def _clean(path: str) -> str:
    """Return a name as it is looked up: no backslashes, no dots, no leading slash; ``..`` stops at the root."""
    return posixpath.normpath("/" + path.replace("\\", "/")).lstrip("/")
