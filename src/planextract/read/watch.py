"""Lets whoever runs a reader see which page it is at, and leave out a page that no reader survives."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from typing import Protocol

from planextract.model.source import ReadNote


class Watch(Protocol):
    """Is told of each page before it is read."""

    def begin_page(self, page_number: int, page_count: int) -> bool:
        """Say that a page (from 1) is next; return whether to read it."""
        ...


_current: ContextVar[Watch | None] = ContextVar("watch", default=None)


@contextmanager
def watching(watch: Watch) -> Iterator[None]:
    """Let a watch see what is read inside the block."""
    token = _current.set(watch)
    try:
        yield
    finally:
        _current.reset(token)


@contextmanager
def behind_pages(count: int) -> Iterator[None]:
    """Number the pages that are read inside the block as those behind ``count`` others of the document."""
    watch = _current.get()
    if watch is None:
        yield
        return
    with watching(_Behind(watch, count)):
        yield


@dataclass(frozen=True, slots=True)
class _Behind:
    watch: Watch
    count: int

    def begin_page(self, page_number: int, page_count: int) -> bool:
        return self.watch.begin_page(self.count + page_number, self.count + page_count)


def begin_page(page_number: int, page_count: int) -> bool:
    """Say that a page is next; return whether to read it. True if nobody watches."""
    watch = _current.get()
    return watch is None or watch.begin_page(page_number, page_count)


def note_lost_page(page_number: int) -> ReadNote:
    """Return the note on a page that was left out."""
    message = "the page was left out: reading it failed, and what stood on it is missing"
    return ReadNote.of("read.lost_page", message, page=page_number)
