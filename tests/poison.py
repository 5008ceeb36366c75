"""A reader that hangs, eats memory, crashes or stumbles where a document tells it to: test double of hostile input.

A document that begins with ``%poison NAME`` does to the real worker process what its name says. Where processes
are forked, a patched reader works in the workers too.
"""

from __future__ import annotations

import ctypes
import os
import signal
import sys
import time
from collections.abc import Callable

from planextract.model.source import SourceDocument
from planextract.read.document import read_document as read_really
from planextract.read.watch import begin_page, note_lost_page
from planextract.settings import ReadSettings

MARK = b"%poison "


def _hang() -> None:
    time.sleep(3600)


def _compute() -> None:
    while True:
        pass


def _eat_memory() -> None:
    eaten = []
    while True:
        block = bytearray(16 << 20)
        block[::4096] = b"x" * len(block[::4096])
        eaten.append(block)
        time.sleep(0.005)


def _ask_for_too_much() -> None:
    bytearray(1 << 42)


def _segfault() -> None:
    ctypes.string_at(0)


def _abort() -> None:
    os.abort()


def _leave() -> None:
    os._exit(7)


def _stumble() -> None:
    raise RuntimeError("a reader's own defect")


def _be_killed() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


POISONS: dict[str, Callable[[], None]] = {
    "hang": _hang,
    "compute": _compute,
    "memory": _eat_memory,
    "too much": _ask_for_too_much,
    "segfault": _segfault,
    "abort": _abort,
    "leave": _leave,
    "stumble": _stumble,
    "killed": _be_killed,
}


def make_poison(name: str, more: str = "") -> str:
    """Return a document that does to its reader what the name says; ``page N`` crashes on page N of 5."""
    return f"{MARK.decode()}{name}\n{more}"


def read_document(data: bytes, name: str, settings: ReadSettings, recognised: bytes | None = None) -> SourceDocument:
    """Read a document as the real reader does, unless it is poisoned."""
    if not data.startswith(MARK):
        return read_really(data, name, settings, recognised)
    line, _, rest = data.partition(b"\n")
    what = line.removeprefix(MARK).decode()
    if what == "second reader":
        if settings.reader == "auto":
            _segfault()
    elif what.startswith("page "):
        bad = {int(number) for number in what.removeprefix("page ").split(",")}
        lost = []
        for page in range(1, 6):
            if not begin_page(page, 5):
                lost.append(page)
            elif page in bad:
                print(f"page {page} crashes", file=sys.stderr)
                _abort()
        source = read_really(rest, name, settings)
        from dataclasses import replace

        return replace(_named(source, data), notes=tuple(note_lost_page(page) for page in lost))
    else:
        POISONS[what]()
    return _named(read_really(rest, name, settings), data)


def _named(source: SourceDocument, data: bytes) -> SourceDocument:
    import hashlib
    from dataclasses import replace

    return replace(source, doc_id=hashlib.sha256(data).hexdigest()[:16])
