"""Where the attachments of a text start."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from planextract.model.source import SourceText

_ATTACHMENT = re.compile(r"附\s*件\s*[0-9０-９一二三四五六七八九十]{0,3}\s*[:：]?")


def split_attachments(lines: Sequence[SourceText]) -> Iterator[tuple[SourceText, ...]]:
    """Cut the lines of a document at the headings of its attachments."""
    start = 0
    for index, line in enumerate(lines):
        if index > start and _ATTACHMENT.fullmatch(line.raw_text.strip()):
            yield tuple(lines[start:index])
            start = index
    if start < len(lines):
        yield tuple(lines[start:])
