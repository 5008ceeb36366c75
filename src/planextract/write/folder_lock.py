"""The lock of a folder: one holder at a time, among processes, and among the threads of one process.

The lock belongs to an open file (``flock``), not to a process: a second attempt of the same process is refused like
any other, and reading or trying the lock file never gives it free. The system gives it free when the holder ends,
however it ends. A forked child would share the open file; it closes it as soon as it begins (``os.register_at_fork``).
"""

from __future__ import annotations

import os
import time
from contextlib import suppress
from pathlib import Path

_HELD: set[int] = set()
_TRIES, _PAUSE_SECONDS = 4, 0.05  # somebody who only asks whether a run holds the lock holds it for a moment


class FolderLock:
    """The lock file of one folder.

    Args:
        path: The lock file; made when the lock is taken, removed when it is given free.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self._file: int | None = None
        self._owner = 0

    @property
    def is_held(self) -> bool:
        """Whether this object took the lock, in this process."""
        return self._file is not None and self._owner == os.getpid()

    def take(self, holder: bytes) -> bool:
        """Take the lock and write who holds it; False if somebody else does.

        Raises:
            OSError: If the lock file cannot be made or written; the lock is free then.
        """
        for attempt in range(_TRIES):
            if attempt:
                time.sleep(_PAUSE_SECONDS)
            file = os.open(self.path, os.O_RDWR | os.O_CREAT | getattr(os, "O_CLOEXEC", 0), 0o644)
            if not _try_lock(file) or not _is_same_file(file, self.path):  # or its holder removed it in this moment
                os.close(file)
            else:
                self._file, self._owner = file, os.getpid()
                _HELD.add(file)
                try:
                    os.ftruncate(file, 0)
                    os.pwrite(file, holder, 0)
                except OSError:
                    self.release()
                    raise
                return True
        return False

    def release(self) -> None:
        """Remove the lock file while it is still held, and give it free."""
        if self._file is None or not self.is_held:
            return
        with suppress(OSError):
            self.path.unlink()
        _HELD.discard(self._file)
        os.close(self._file)
        self._file = None


def is_taken(path: Path) -> bool:
    """Tell whether somebody holds a lock file, by trying."""
    try:
        file = os.open(path, os.O_RDWR | getattr(os, "O_CLOEXEC", 0))
    except OSError:
        return False
    try:
        return not _try_lock(file)
    finally:
        os.close(file)


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
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True


def _is_same_file(file: int, path: Path) -> bool:
    try:
        return os.path.samestat(os.fstat(file), path.stat())
    except FileNotFoundError:
        return False


def _drop_inherited() -> None:
    """Close the parent's locks in a forked child; the parent keeps them."""
    for file in _HELD:
        with suppress(OSError):
            os.close(file)
    _HELD.clear()


if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_drop_inherited)
