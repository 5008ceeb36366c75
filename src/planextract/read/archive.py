"""ZIP containers (docx, ofd) read in memory, with limits: nothing is ever unpacked to disk.

A member is found by its own name only, so a path that climbs out of the container finds nothing. What a
directory claims of sizes is checked before a byte is unpacked, and unpacking stops at the claim.
"""

from __future__ import annotations

import hashlib
import io
import posixpath
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from typing import IO

from planextract.errors import InputError, PlanExtractError
from planextract.phrases import Phrase
from planextract.settings import ReadSettings

_METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
_ENCRYPTED, _UTF8 = 0x1, 0x800
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
            raise self._bomb(Phrase("the container has {count} members, more than the limit", count=len(members)))
        total = sum(member.file_size for member in members)
        if total > settings.max_unpacked_bytes:
            raise self._bomb(Phrase("the container unpacks to {size:.0f} MB, more than the limit", size=total / 1e6))
        self._left = settings.max_unpacked_bytes
        self._members = {_clean(member.filename): member for member in reversed(members) if not member.is_dir()}
        self._folded = {path.casefold(): path for path in self._members}

    @property
    def names(self) -> tuple[str, ...]:
        """Names of all members, forward slashes, without a leading one; sorted."""
        return tuple(sorted(self._members))

    def list_files(self) -> list[tuple[str, str]]:
        """Return each member's name, as :meth:`read` takes it, and as people see it; in the archive's order.

        Programs of Chinese Windows write names in GB18030 without saying so.

        Raises:
            InputError: If a name leads out of the archive, or two members have the same.
        """
        listed: dict[str, str] = {}
        for member in self._zip.infolist():
            if member.is_dir() or not member.filename:
                continue
            path = member.filename.replace("\\", "/")
            if path.startswith("/") or ".." in path.split("/") or ":" in path.split("/")[0]:
                raise self._bad_name(Phrase("its member '{path}' leads out of the archive", path=path[:80]))
            path = _clean(path)
            if path in listed:
                raise self._bad_name(Phrase("it holds two members '{path}'", path=path[:80]))
            listed[path] = path if member.flag_bits & _UTF8 else _decode_name(path)
        if len(set(listed.values())) < len(listed):
            raise self._bad_name("two of its members have the same name")
        return list(listed.items())

    def _bad_name(self, cause: str) -> InputError:
        return InputError(
            "read.bad_archive", cause, file=self._name, advice="Unpack it and give the folder, if you trust it."
        )

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
            raise self._damaged(Phrase("its part '{path}' is missing", path=path[:80]))
        if member.flag_bits & _ENCRYPTED:
            raise InputError(
                "read.encrypted",
                "the document is protected by a password",
                file=self._name,
                advice="Save it without protection, then run again.",
            )
        if member.compress_type not in _METHODS:
            raise self._damaged(
                Phrase("its part '{path}' is packed by a method that documents do not use", path=path[:80])
            )
        self._left -= member.file_size
        if self._left < 0:
            raise self._bomb("its parts, as they refer to each other, unpack without end, more than the limit")
        try:
            with self._zip.open(member) as stream:
                yield stream
        except (MemoryError, PlanExtractError):
            raise
        except Exception as exc:  # whatever a foreign parser of hostile bytes may raise
            raise self._damaged(Phrase("its part '{path}' is damaged", path=path[:80])) from exc

    def _damaged(self, cause: str) -> InputError:
        return InputError(
            "read.damaged",
            cause,
            file=self._name,
            advice="Open and save it again with another program, or get it anew.",
        )

    def _bomb(self, cause: str) -> InputError:
        advice = "If you trust the file, raise read.max_unpacked_bytes or read.max_archive_members."
        return InputError("read.unpacks_too_large", cause, file=self._name, advice=advice)


def find_in_archive(data: bytes, sha256: str, name: str, settings: ReadSettings) -> bytes | None:
    """Return the member of an archive of files whose SHA-256 begins so; None if there is none, or it is no archive."""
    if not data.startswith(b"PK"):
        return None
    try:
        archive = Archive(data, name, settings)
        if is_document(archive):
            return None
        members = (archive.read(path) for path in archive.names)
        return next((found for found in members if hashlib.sha256(found).hexdigest().startswith(sha256)), None)
    except InputError:
        return None


def is_document(archive: Archive) -> bool:
    """Tell whether a container is a document (Word, Excel, OFD, OpenDocument) and no archive of files."""
    return any(archive.find(name) is not None for name in ("OFD.xml", "[Content_Types].xml", "mimetype"))


def _decode_name(name: str) -> str:
    try:
        return name.encode("cp437").decode("gb18030")
    except (UnicodeEncodeError, UnicodeDecodeError):
        return name


def _clean(path: str) -> str:
    """Return a name as it is looked up: no backslashes, no dots, no leading slash; ``..`` stops at the root."""
    return posixpath.normpath("/" + path.replace("\\", "/")).lstrip("/")
