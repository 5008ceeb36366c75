"""An output in an object store (S3 and whatever else fsspec speaks to).

An object appears whole or not at all when its upload ends; there is no renaming and nothing to flush. The lock
is an object that its run renews; one that was not renewed for two minutes belongs to a run that died.
"""

from __future__ import annotations

import contextlib
import json
import shutil
import tempfile
import time
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

from planextract.errors import OutputError, UsageError
from planextract.phrases import Phrase
from planextract.write.lock import LOCK_NAME, check_holder, describe_holder, locked_error, read_holder

_RENEW_SECONDS = 30.0
_DEAD_SECONDS = 120.0
_NEEDS = {"s3": "s3", "s3a": "s3"}  # scheme → extra


def open_filesystem(url: str) -> tuple[Any, str]:
    """Return the file system of a URL and the path on it, without a slash at its end.

    Raises:
        UsageError: If the URL's kind is not known or what it needs is not installed.
    """
    scheme = url.partition("://")[0]
    try:
        import fsspec
    except ImportError as exc:
        raise _missing(url, scheme) from exc
    try:
        filesystem, path = fsspec.core.url_to_fs(url)
    except ImportError as exc:
        raise _missing(url, scheme) from exc
    except ValueError as exc:
        raise UsageError(
            "run.unknown_store",
            Phrase("no storage of the kind '{scheme}://' is known", scheme=scheme),
            file=url,
            advice="Use a folder or an address such as s3://bucket/folder.",
        ) from exc
    return filesystem, path.rstrip("/")


def _missing(url: str, scheme: str) -> UsageError:
    return UsageError(
        "run.missing_extra",
        Phrase("'{scheme}://' needs a package that is not installed", scheme=scheme),
        file=url,
        advice=Phrase("pip install 'planextract[{extra}]'.", extra=_NEEDS.get(scheme, "s3")),
    )


@contextlib.contextmanager
def remote_errors(location: str) -> Iterator[None]:
    """Turn errors of an object store into ours."""
    try:
        yield
    except (FileNotFoundError, OutputError):
        raise
    except PermissionError as exc:
        raise OutputError(
            "write.no_permission",
            Phrase("the store refuses access: {reason}", reason=_one_line(exc)),
            file=location,
            advice="Check the credentials and the bucket's policy.",
        ) from exc
    except Exception as exc:
        # Every driver has errors of its own; a run that cannot write must stop whatever they are called.
        raise OutputError(
            "write.failed",
            Phrase("the store failed: {reason}", reason=_one_line(exc)),
            file=location,
            advice="Check address and network, then run again; no half document stays.",
        ) from exc


def _one_line(exc: BaseException) -> str:
    return " ".join(f"{type(exc).__name__}: {exc}".split())[:300]


def stamp_of(info: dict[str, Any]) -> str:
    """Return what changes when an object is replaced."""
    mark = info.get("ETag") or info.get("etag") or info.get("md5Hash") or info.get("LastModified") or info.get("mtime")
    return f"{str(mark or info.get('created', '')).strip(chr(34))}-{info.get('size', 0)}"


class RemoteStore:
    """An output behind a URL.

    Raises:
        OutputError: From any method, if the store fails.
    """

    def __init__(self, url: str) -> None:
        self.location = url.rstrip("/")
        self._fs, self._root = open_filesystem(url)
        self._fs.use_listings_cache = False
        self._staging: Path | None = None
        self._pending: dict[str, list[str]] = {}
        self._parts = 0
        self._run_id: str | None = None
        self._renewed = 0.0

    def list_stamps(self, folder: str) -> dict[str, str]:
        """Return names with ETag (or time) and size."""
        with remote_errors(self.location):
            try:
                found = self._fs.ls(self._path(folder), detail=True, refresh=True)
            except (FileNotFoundError, NotADirectoryError):
                return {}
            return {info["name"].rsplit("/", 1)[-1]: stamp_of(info) for info in found if info["type"] == "file"}

    def stamp(self, name: str) -> str | None:
        """Return an object's ETag (or time) and size."""
        with remote_errors(self.location), contextlib.suppress(FileNotFoundError):
            return stamp_of(self._fs.info(self._path(name)))
        return None

    def stamps(self, names: Sequence[str]) -> list[str | None] | None:
        """Return None: each would be a request."""
        del names
        return None

    def read(self, name: str) -> bytes | None:
        """Return an object's bytes, None if there is none."""
        with remote_errors(self.location):
            try:
                data: bytes = self._fs.cat_file(self._path(name))
            except FileNotFoundError:
                return None
            return data

    def exists(self, name: str) -> bool:
        """Tell whether there is such an object."""
        with remote_errors(self.location):
            return bool(self._fs.exists(self._path(name)))

    def staging(self) -> Path:
        """Return a temporary folder of this machine."""
        if self._staging is None:
            self._staging = Path(tempfile.mkdtemp(prefix="planextract-"))
        return self._staging

    def scratch(self) -> str | None:
        """Return None: the store is no file system."""
        return None

    def publish(
        self, files: Sequence[tuple[Path, str]], *, is_durable: bool = True, replaces: Sequence[str] = ()
    ) -> None:
        """Take the older version's marker away, upload all but the last, then the last."""
        *others, (marker, marker_name) = files
        kept = {name for _, name in files}
        if replaces:
            self.remove([replaces[0], *(name for name in replaces[1:] if name not in kept)])
        with remote_errors(self.location):
            if others:
                self._fs.put([str(path) for path, _ in others], [self._path(name) for _, name in others])
            self._fs.put_file(str(marker), self._path(marker_name))

    def put_back(self, replaces: Sequence[str]) -> None:
        """Withdraw the document: objects that were replaced are gone, and the next run makes it again."""
        self.remove(replaces)

    def remove(self, names: Iterable[str]) -> None:
        """Remove objects, the first one before all others."""
        in_order = list(names)
        with remote_errors(self.location):
            for group in (in_order[:1], in_order[1:]):
                found = [path for name in group if self._fs.exists(path := self._path(name))]
                if found:
                    self._fs.rm(found)

    def append_log(self, name: str, line: str) -> None:
        """Collect lines; :meth:`renew` uploads them as one more object."""
        self._pending.setdefault(name, []).append(line)

    def read_log(self, name: str) -> str:
        """Return the lines of all objects of a log."""
        return "".join((self.read(f"{name}/{part}") or b"").decode("utf-8") for part in sorted(self.list_stamps(name)))

    def remove_log(self, name: str) -> None:
        """Remove all objects of a log."""
        self._pending.pop(name, None)
        with remote_errors(self.location):
            found = [self._path(f"{name}/{part}") for part in self.list_stamps(name)]
            if found:
                self._fs.rm(found)

    def lock(self, run_id: str) -> None:
        """Take the output, unless a run renewed its lock in the last two minutes."""
        with remote_errors(self.location):
            path = self._path(LOCK_NAME)
            if self.is_locked():
                raise locked_error(self.location, self.read(LOCK_NAME))
            self._write_lock(run_id)
            time.sleep(0.2)  # of two that took it in the same moment the later one has it
            lock = self._fs.cat_file(path)
            if read_holder(lock).get("run_id") != run_id:
                raise locked_error(self.location, lock)

    def is_locked(self) -> bool:
        """Tell whether a run renewed its lock in the last two minutes."""
        renewed = read_holder(self.read(LOCK_NAME)).get("renewed_at")
        return isinstance(renewed, int | float) and time.time() - renewed < _DEAD_SECONDS

    def check_lock(self, run_id: str) -> None:
        """Refuse to publish for a run that does not hold the lock any more."""
        check_holder(self.location, self.read(LOCK_NAME), run_id)

    def unlock(self) -> None:
        """Remove the lock, if it is still this run's."""
        if self._run_id is not None:
            with contextlib.suppress(OutputError):
                self.check_lock(self._run_id)
                self.remove([LOCK_NAME])
            self._run_id = None

    def close(self) -> None:
        """Remove the temporary folder."""
        if self._staging is not None:
            shutil.rmtree(self._staging, ignore_errors=True)
            self._staging = None

    def _write_lock(self, run_id: str) -> None:
        holder = {**read_holder(describe_holder(run_id)), "renewed_at": time.time()}
        self._fs.pipe_file(self._path(LOCK_NAME), json.dumps(holder).encode())
        self._run_id, self._renewed = run_id, time.monotonic()

    def renew(self) -> None:
        """Renew the lock and upload logs, twice a minute."""
        if self._run_id is None or time.monotonic() - self._renewed < _RENEW_SECONDS:
            return
        self.check_lock(self._run_id)
        with remote_errors(self.location):
            self._write_lock(self._run_id)
            for name, lines in self._pending.items():
                if lines:
                    self._parts += 1
                    body = "\n".join(lines) + "\n"
                    self._fs.pipe_file(self._path(f"{name}/{self._run_id}-{self._parts:06}"), body.encode())
            self._pending.clear()

    def _path(self, name: str) -> str:
        return f"{self._root}/{name}"
