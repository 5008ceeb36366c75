"""Lines of text outside tables: HTML tags between paragraphs are mark-up, not text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from planextract.model.source import SourceMarkup, SourceText

_BLOCK_TAG = re.compile(
    r"(<(?:!doctype|/?(?:html|head|body|title|meta|link|div|p|h[1-6]|center|section|article|header|footer|main)(?=[\s/>]))"
    r"[^<>]*>)",
    re.IGNORECASE,
)


def part_tags(block: SourceText) -> Iterator[SourceText | SourceMarkup]:
    """Yield the paragraphs of a line and the block tags around them, in order; a line without tags as it is."""
    if "<" not in block.raw_text:
        yield block
        return
    is_first = True
    for part in _BLOCK_TAG.split(block.raw_text):
        text = part.strip()
        if not text:
            continue
        if _BLOCK_TAG.fullmatch(text):
            yield SourceMarkup(page=block.page, raw_text=text, line=block.line)
        else:
            yield replace(block, raw_text=text, starts_paragraph=block.starts_paragraph or not is_first)
            is_first = False
