"""Where an output lives: a folder of this machine, or objects of a store (S3 and others) behind one protocol.

What every store promises: a file is there whole or not at all; :meth:`Store.publish` makes its files visible
in the order given, the last one (the marker) only when all others are safe on the disk; one run at a time holds
the lock, and a process of a run that lost it publishes nothing any more.
"""

from __future__ import annotations

import errno
import os
import shutil
import tempfile
import uuid
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Protocol

from planextract.errors import OutputError
from planextract.phrases import Phrase
from planextract.write.folder_lock import FolderLock, is_taken
from planextract.write.lock import LOCK_NAME, check_holder, describe_holder, locked_error
from planextract.write.set_aside import drop, put_back, recover, set_aside

STAGING_PREFIX = ".staging-"
_FLUSH_THREADS = 16  # flushes that run together share one commit of the file system's journal: 2 ms instead of 40


class Store(Protocol):
    """A place for an output. Names are relative, with forward slashes."""

    location: str

    def list_stamps(self, folder: str) -> dict[str, str]:
        """Return the files of a folder by name, with a stamp that changes when a file is replaced."""
        ...

    def stamp(self, name: str) -> str | None:
        """Return the stamp of one file, None if there is none."""
        ...

    def stamps(self, names: Sequence[str]) -> list[str | None] | None:
        """Return the stamps of files; None where only :meth:`list_stamps` tells without asking for each."""
        ...

    def read(self, name: str) -> bytes | None:
        """Return a file's bytes, None if there is none."""
        ...

    def exists(self, name: str) -> bool:
        """Tell whether there is such a file."""
        ...

    def staging(self) -> Path:
        """Return this process's own folder for files to publish; made when first asked for."""
        ...

    def scratch(self) -> str | None:
        """Return a folder for this process's temporary files that the next run removes, None to use the system's."""
        ...

    def publish(
        self, files: Sequence[tuple[Path, str]], *, is_durable: bool = True, replaces: Sequence[str] = ()
    ) -> None:
        """Move staged files to their names, in order, the last one when the others are safe.

        Args:
            files: Staged files and their names.
            is_durable: Flush them to the disk.
            replaces: All names of the document's older version, its marker first: they go when the staged files are
                safe, before the first of them gets its name. :meth:`put_back` undoes a publish that failed.
        """
        ...

    def put_back(self, replaces: Sequence[str]) -> None:
        """Take away what a publish that failed left, and put the older version back where the store can."""
        ...

    def remove(self, names: Iterable[str]) -> None:
        """Remove files, in order; those that do not exist are passed over."""
        ...

    def append_log(self, name: str, line: str) -> None:
        """Add a line to a log that one process writes; a store that cannot append uploads lines now and then."""
        ...

    def read_log(self, name: str) -> str:
        """Return a log's lines; the last one may be torn."""
        ...

    def remove_log(self, name: str) -> None:
        """Remove a log."""
        ...

    def renew(self) -> None:
        """Say now and then that the run still lives and holds the lock."""
        ...

    def lock(self, run_id: str) -> None:
        """Take the output for one run.

        Raises:
            OutputError: If another run holds it.
        """
        ...

    def is_locked(self) -> bool:
        """Tell whether a run holds the output now."""
        ...

    def check_lock(self, run_id: str) -> None:
        """Refuse to go on for a run that does not hold the lock any more."""
        ...

    def unlock(self) -> None:
        """Give the output free."""
        ...

    def close(self) -> None:
        """Remove this process's staged files."""
        ...


def open_store(location: str | Path) -> Store:
    """Return the store of a folder or URL; nothing is made yet.

    Raises:
        OutputError: If the URL's kind is not known or what it needs is not installed.
    """
    text = str(location)
    if is_url(text):
        from planextract.write.remote_store import RemoteStore

        return RemoteStore(text)
    return LocalStore(Path(location))


def is_url(location: str) -> bool:
    """Tell a URL such as ``s3://bucket/folder`` from a path."""
    scheme, separator, _ = location.partition("://")
    return bool(separator) and scheme.isalnum()


class LocalStore:
    """A folder of this machine (or of a shared file system).

    Raises:
        OutputError: From any method, if the folder cannot be written.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self.location = str(path)
        self._staging: Path | None = None
        self._scratch: Path | None = None
        self._owner = os.getpid()
        self._flushers: ThreadPoolExecutor | None = None
        self._lock = FolderLock(path / LOCK_NAME)
        self._placed: list[str] = []

    def list_stamps(self, folder: str) -> dict[str, str]:
        """Return names with modification time and size."""
        with (
            output_errors(self.location),
            suppress(FileNotFoundError, NotADirectoryError),
            os.scandir(self.path / folder) as entries,
        ):
            return {entry.name: _stamp(entry.stat()) for entry in entries if entry.is_file()}
        return {}

    def stamp(self, name: str) -> str | None:
        """Return a file's modification time and size."""
        with suppress(OSError):
            return _stamp((self.path / name).stat())
        return None

    def stamps(self, names: Sequence[str]) -> list[str | None] | None:
        """Return the stamps of files."""
        return [self.stamp(name) for name in names]

    def read(self, name: str) -> bytes | None:
        """Return a file's bytes, None if there is none."""
        with output_errors(self.location), suppress(FileNotFoundError, NotADirectoryError):
            return (self.path / name).read_bytes()
        return None

    def exists(self, name: str) -> bool:
        """Tell whether there is such a file."""
        return (self.path / name).is_file()

    def staging(self) -> Path:
        """Return this process's staging folder, inside the output: renaming must not cross file systems."""
        if self._staging is None or self._owner != os.getpid():
            self._owner, self._flushers = os.getpid(), None
            with output_errors(self.location):
                self.path.mkdir(parents=True, exist_ok=True)
                self._staging = Path(tempfile.mkdtemp(prefix=f"{STAGING_PREFIX}{os.getpid()}-", dir=self.path))
        return self._staging

    def scratch(self) -> str | None:
        """Return a folder beside the staging folder, removed with it."""
        if self._scratch is None or self._owner != os.getpid():
            self.staging()
            with output_errors(self.location):
                prefix = f"{STAGING_PREFIX}{os.getpid()}-tmp-"
                self._scratch = Path(tempfile.mkdtemp(prefix=prefix, dir=self.path.resolve()))
        return str(self._scratch)

    def publish(
        self, files: Sequence[tuple[Path, str]], *, is_durable: bool = True, replaces: Sequence[str] = ()
    ) -> None:
        """Flush all files, set the older version aside, rename all but the last, flush their folders, rename the last.

        A full or failing disk shows when the staged files are flushed: the older version still stands then.
        """
        self._placed = []
        with output_errors(self.location):
            if is_durable:
                self._flush([staged for staged, _ in files])
            for folder in {(self.path / name).parent for _, name in files}:
                folder.mkdir(parents=True, exist_ok=True)
            if replaces:
                set_aside(self.path, replaces)
            *others, marker = files
            self._place(others)
            if is_durable and others:
                self._flush(list({(self.path / name).parent for _, name in others}))
            self._place([marker])
            if is_durable:
                self._flush([(self.path / marker[1]).parent])
            if replaces:
                drop(self.path, replaces)

    def put_back(self, replaces: Sequence[str]) -> None:
        """Remove what was renamed so far, then put back what was set aside."""
        with output_errors(self.location):
            for name in reversed(self._placed):
                with suppress(OSError):
                    (self.path / name).unlink()
            put_back(self.path, replaces)

    def _place(self, files: Sequence[tuple[Path, str]]) -> None:
        for staged, name in files:
            staged.replace(self.path / name)
            self._placed.append(name)

    def remove(self, names: Iterable[str]) -> None:
        """Remove files, in order."""
        with output_errors(self.location):
            for name in names:
                with suppress(FileNotFoundError, NotADirectoryError):
                    (self.path / name).unlink()

    def append_log(self, name: str, line: str) -> None:
        """Add a line; one write call, so that a kill leaves a whole line or a torn last one."""
        with output_errors(self.location), (self.path / name).open("ab", buffering=0) as stream:
            stream.write((line + "\n").encode("utf-8"))

    def read_log(self, name: str) -> str:
        """Return a log's lines."""
        return (self.read(name) or b"").decode("utf-8", "replace")

    def remove_log(self, name: str) -> None:
        """Remove a log."""
        self.remove([name])

    def renew(self) -> None:
        """Do nothing: the system knows that the process lives."""

    def lock(self, run_id: str) -> None:
        """Take the folder; the system gives it free when the process ends, however it ends."""
        with output_errors(self.location):
            if self.path.exists() and not self.path.is_dir():
                raise OutputError(
                    "write.not_a_folder",
                    "the output must be a folder",
                    file=self.location,
                    advice="Choose another folder with -o.",
                )
            self.path.mkdir(parents=True, exist_ok=True)
            if not self._lock.take(describe_holder(run_id)):
                raise locked_error(self.location, self.read(LOCK_NAME))
            self._remove_staging()
            recover(self.path)

    def is_locked(self) -> bool:
        """Tell whether a run holds the folder, by trying."""
        return is_taken(self.path / LOCK_NAME)

    def check_lock(self, run_id: str) -> None:
        """Refuse to publish for a run that ended: another one may write here by now."""
        if not self._lock.is_held:
            check_holder(self.location, self.read(LOCK_NAME), run_id)

    def unlock(self) -> None:
        """Remove the lock file while it is still held."""
        if self._lock.is_held:
            self._remove_staging()
            self._lock.release()

    def close(self) -> None:
        """Remove this process's staging folder."""
        if self._owner == os.getpid():
            for folder in (self._staging, self._scratch):
                if folder is not None:
                    shutil.rmtree(folder, ignore_errors=True)
            self._staging = self._scratch = None
        if self._flushers is not None:
            self._flushers.shutdown()
            self._flushers = None

    def _remove_staging(self) -> None:
        """Remove what killed processes left; only the holder of the lock may."""
        for left in self.path.glob(f"{STAGING_PREFIX}*"):
            shutil.rmtree(left, ignore_errors=True)

    def _flush(self, paths: Sequence[Path]) -> None:
        if self._flushers is None or self._owner != os.getpid():
            self._owner = os.getpid()
            self._flushers = ThreadPoolExecutor(_FLUSH_THREADS)
        list(self._flushers.map(_flush_path, paths))


def flush_files(paths: Sequence[Path]) -> None:
    """Flush files to the disk, many at a time."""
    with ThreadPoolExecutor(_FLUSH_THREADS) as flushers:
        list(flushers.map(_flush_path, paths))


def _flush_path(path: Path) -> None:
    if os.name == "nt" and path.is_dir():
        return  # folders cannot be opened there; renaming is safe without
    file = os.open(path, os.O_RDONLY)
    try:
        os.fsync(file)
    finally:
        os.close(file)


def _stamp(stat: os.stat_result) -> str:
    """Return times of writing and of any change, and size: bytes do not change under an old time of change."""
    return f"{stat.st_mtime_ns}-{stat.st_ctime_ns}-{stat.st_size}"


def make_run_id() -> str:
    """Return a name for this run that no other has."""
    return uuid.uuid4().hex[:16]


@contextmanager
def output_errors(location: str) -> Iterator[None]:
    """Turn errors of the file system into ours."""
    try:
        yield
    except PermissionError as exc:
        raise OutputError(
            "write.no_permission",
            "no permission to read or write this in the output",
            file=str(exc.filename or location),
            advice="Choose another folder with -o or change its permissions.",
        ) from exc
    except (FileExistsError, NotADirectoryError, IsADirectoryError) as exc:
        raise OutputError(
            "write.not_a_folder",
            "something else stands where a folder or file is needed",
            file=str(exc.filename or location),
            advice="Choose another folder with -o.",
        ) from exc
    except OSError as exc:
        cause = Phrase("writing failed: {reason}", reason=exc.strerror or exc)
        is_lost = exc.errno in (errno.ENOENT, errno.EROFS, errno.EINVAL, errno.ENAMETOOLONG)
        raise OutputError(
            "write.failed",
            cause,
            file=location,
            advice="Choose another folder with -o."
            if is_lost
            else "Free some space or choose another folder, then run again; no half part stays.",
        ) from exc
