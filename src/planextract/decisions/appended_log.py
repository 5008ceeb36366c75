"""A log to which several processes append whole lines, one at a time, and which nobody rewrites.

Two writers cannot lose each other's lines: an appender takes a lock, writes its lines in one call and flushes them to
the disk. A process killed in the middle leaves a torn last line, which was never acknowledged; readers pass it over,
and the next appender starts on a fresh line.
"""

from __future__ import annotations

import codecs
import errno
import json
import os
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, TypeVar

from planextract.errors import ConfigError, OutputError
from planextract.phrases import Phrase

Record = TypeVar("Record")


@dataclass(frozen=True, slots=True, kw_only=True)
class AppendedLog:
    """A log in a file. ``code`` and ``advice`` are those of the error about a log that cannot be read."""

    path: Path
    max_bytes: int
    code: str
    advice: str

    def read(self) -> bytes:
        """Return its bytes; none if it does not exist.

        Raises:
            ConfigError: If it cannot be read or is too large.
        """
        try:
            if not self.path.exists():
                return b""
            size = self.path.stat().st_size
            if size <= self.max_bytes:
                return self.path.read_bytes()
            cause = Phrase("the log has more than {limit:.0f} MB", limit=self.max_bytes / 1e6)
        except OSError as exc:
            if exc.errno == errno.ENAMETOOLONG:
                return b""  # there can be none beside an output of so long a name
            cause = Phrase("the log cannot be read: {reason}", reason=exc.strerror)
        raise ConfigError(self.code, cause, file=str(self.path), advice=self.advice)

    def append(self, make_lines: Callable[[bytes], Sequence[str]]) -> None:
        """Append lines, all or none, on the disk when this returns.

        Args:
            make_lines: Is given what the log holds, while nobody else can write, and returns the lines.

        Raises:
            OutputError: If it cannot be written.
        """
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            with self.path.open("a+b", buffering=0) as stream, _locked(stream):
                content = _read_all(stream)
                lines = make_lines(content)
                if lines:
                    is_torn = bool(content) and not content.endswith(b"\n")
                    text = "".join(f"{line}\n" for line in lines)
                    _write_whole(stream, (b"\n" if is_torn else b"") + text.encode("utf-8", "replace"))
                    os.fsync(stream.fileno())
        except OSError as exc:
            raise OutputError(
                "decisions.not_written",
                Phrase("the decision cannot be written: {reason}", reason=exc.strerror),
                file=str(self.path),
                advice="Free some space, change permissions, or name another log.",
            ) from exc


def read_lines(
    content: bytes, parse: Callable[[object, int], Record]
) -> tuple[list[Record], tuple[int, ...], tuple[str, ...]]:
    """Read the lines of a log that holds an object of JSON a line.

    Args:
        content: The log.
        parse: Makes a record of what a line holds, given its number; ConfigError if it is none.

    Returns:
        The records in order; the numbers of lines that are no JSON, torn by a kill or marks of a merge; and why other
        lines are passed over.
    """
    records: list[Record] = []
    unreadable: list[int] = []
    problems: list[str] = []
    for number, line in number_lines(content):
        try:
            data = json.loads(line.decode("utf-8"))
        except (ValueError, RecursionError):
            unreadable.append(number)
            continue
        try:
            records.append(parse(data, number))
        except ConfigError as exc:
            problems.append(exc.cause)
    return records, tuple(unreadable), tuple(problems)


def number_lines(content: bytes) -> Iterator[tuple[int, bytes]]:
    """Yield the lines of a log that are not blank, with their numbers from 1."""
    lines = content.removeprefix(codecs.BOM_UTF8).split(b"\n")  # an editor may have put the mark there
    return ((number, line) for number, line in enumerate(lines, start=1) if line.strip())


def _read_all(stream: BinaryIO) -> bytes:
    """Return all bytes of an unbuffered stream; the position is then at its end."""
    stream.seek(0)
    parts = []
    while part := stream.read(1 << 20):
        parts.append(part)
    return b"".join(parts)


def _write_whole(stream: BinaryIO, data: bytes) -> None:
    """Write all bytes to an unbuffered stream, which may take them in parts."""
    view = memoryview(data)
    while view:
        view = view[stream.write(view) or 0 :]


@contextmanager
def _locked(stream: BinaryIO) -> Iterator[None]:
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
