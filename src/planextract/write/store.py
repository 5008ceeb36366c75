"""Where an output lives: a folder of this machine, or objects of a store (S3 and others) behind one protocol.

What every store promises: a file is there whole or not at all; :meth:`Store.publish` makes its files visible
in the order given, the last one (the marker) only when all others are safe on the disk; one run at a time holds
the lock, and a process of a run that lost it publishes nothing any more.
"""

from __future__ import annotations

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
from planextract.write.lock import LOCK_NAME, check_holder, describe_holder, locked_error

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

    def read(self, name: str) -> bytes | None:
        """Return a file's bytes, None if there is none."""
        ...

    def exists(self, name: str) -> bool:
        """Tell whether there is such a file."""
        ...

    def staging(self) -> Path:
        """Return this process's own folder for files to publish; made when first asked for."""
        ...

    def publish(self, files: Sequence[tuple[Path, str]], *, is_durable: bool = True) -> None:
        """Move staged files to their names, in order, the last one when the others are safe."""
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
        self._owner = os.getpid()
        self._flushers: ThreadPoolExecutor | None = None
        self._lock_file: int | None = None

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

    def publish(self, files: Sequence[tuple[Path, str]], *, is_durable: bool = True) -> None:
        """Flush all files, rename all but the last, flush their folders, rename the last."""
        with output_errors(self.location):
            if is_durable:
                self._flush([staged for staged, _ in files])
            folders = {(self.path / name).parent for _, name in files}
            for folder in folders:
                folder.mkdir(parents=True, exist_ok=True)
            *others, (marker, marker_name) = files
            for staged, name in others:
                staged.replace(self.path / name)
            if is_durable and others:
                self._flush(list({(self.path / name).parent for _, name in others}))
            marker.replace(self.path / marker_name)
            if is_durable:
                self._flush([(self.path / marker_name).parent])

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
                raise OutputError("write.not_a_folder", "the output must be a folder", file=self.location,
                                  advice="Choose another folder with -o.")  # fmt: skip
            self.path.mkdir(parents=True, exist_ok=True)
            path = self.path / LOCK_NAME
            while self._lock_file is None:
                file = os.open(path, os.O_RDWR | os.O_CREAT | getattr(os, "O_CLOEXEC", 0), 0o644)
                if not _try_lock(file):
                    os.close(file)
                    raise locked_error(self.location, self.read(LOCK_NAME))
                if _is_same_file(file, path):
                    self._lock_file = file
                else:  # the run before removed it in this moment
                    os.close(file)
            os.ftruncate(self._lock_file, 0)
            os.pwrite(self._lock_file, describe_holder(run_id), 0)
            self._remove_staging()

    def is_locked(self) -> bool:
        """Tell whether a run holds the folder, by trying."""
        try:
            file = os.open(self.path / LOCK_NAME, os.O_RDWR)
        except OSError:
            return False
        try:
            return not _try_lock(file)
        finally:
            os.close(file)

    def check_lock(self, run_id: str) -> None:
        """Refuse to publish for a run that ended: another one may write here by now."""
        if self._lock_file is not None:
            return  # held by this very process, which must not open the file again: closing it would give it free
        check_holder(self.location, self.read(LOCK_NAME), run_id)

    def unlock(self) -> None:
        """Remove the lock file while it is still held."""
        if self._lock_file is not None:
            self._remove_staging()
            with suppress(OSError):
                (self.path / LOCK_NAME).unlink()
            os.close(self._lock_file)
            self._lock_file = None

    def close(self) -> None:
        """Remove this process's staging folder."""
        if self._staging is not None and self._owner == os.getpid():
            shutil.rmtree(self._staging, ignore_errors=True)
            self._staging = None
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
    return f"{stat.st_mtime_ns}-{stat.st_size}"


def _try_lock(file: int) -> bool:
    try:
        import fcntl
    except ImportError:  # Windows
        import msvcrt

        try:
            msvcrt.locking(file, msvcrt.LK_NBLCK, 1)  # type: ignore[attr-defined]
        except OSError:
            return False
        return True
    try:
        fcntl.lockf(file, fcntl.LOCK_EX | fcntl.LOCK_NB)  # of this process only: forked workers do not hold it
    except OSError:
        return False
    return True


def _is_same_file(file: int, path: Path) -> bool:
    try:
        return os.path.samestat(os.fstat(file), path.stat())
    except FileNotFoundError:
        return False


def make_run_id() -> str:
    """Return a name for this run that no other has."""
    return uuid.uuid4().hex[:16]


@contextmanager
def output_errors(location: str) -> Iterator[None]:
    """Turn errors of the file system into ours."""
    try:
        yield
    except PermissionError as exc:
        raise OutputError("write.no_permission", "the output folder cannot be written: no permission", file=location,
                          advice="Choose another folder with -o or change its permissions.") from exc  # fmt: skip
    except (FileExistsError, NotADirectoryError, IsADirectoryError) as exc:
        raise OutputError(
            "write.not_a_folder", "something else stands where a folder or file is needed",
            file=str(exc.filename or location), advice="Choose another folder with -o.",
        ) from exc  # fmt: skip
    except OSError as exc:
        cause = f"writing failed: {exc.strerror or exc}"
        raise OutputError("write.failed", cause, file=location,
                          advice="Free some space or choose another folder, then run again; no half part stays.",
                          ) from exc  # fmt: skip
