"""Pages copied by machines print how a character is read behind it: 責(zé)任單位. That is mark-up, not text.

Only where a document has several; a bracket with letters elsewhere is the author's.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from planextract.model.source import SourceBlock, SourceDocument, SourceMarkup, SourceTable, SourceText

_TONES = "āáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜ"
_READING = re.compile(rf"(?<=[\u4e00-\u9fff])[（(][a-zü]{{0,4}}[{_TONES}][a-zü]{{0,4}}[)）]")
_LEAST = 3


def put_readings_aside(source: SourceDocument) -> SourceDocument:
    """Return a document whose lines and cells have no readings; they follow as mark-up."""
    printed = sum(len(_READING.findall(text)) for text in _texts(source))
    if printed < _LEAST:
        return source
    blocks: list[SourceBlock] = []
    aside: list[SourceMarkup] = []
    for block in source.blocks:
        if isinstance(block, SourceText):
            aside += (SourceMarkup(page=block.page, raw_text=text, line=block.line) for text in _found(block.raw_text))
            blocks.append(replace(block, raw_text=_READING.sub("", block.raw_text)))
        elif isinstance(block, SourceTable):
            for cell in block.cells:
                aside += (SourceMarkup(page=block.page, raw_text=text) for text in _found(cell.raw_text))
            cells = (
                replace(cell, raw_text=_READING.sub("", cell.raw_text), paragraphs=None)
                if _READING.search(cell.raw_text)
                else cell
                for cell in block.cells
            )
            blocks.append(replace(block, cells=tuple(cells)))
        else:
            blocks.append(block)
    return replace(source, blocks=(*blocks, *aside))


def _found(text: str) -> Iterator[str]:
    return (match.group() for match in _READING.finditer(text))


def _texts(source: SourceDocument) -> Iterator[str]:
    for block in source.blocks:
        if isinstance(block, SourceText):
            yield block.raw_text
        elif isinstance(block, SourceTable):
            yield from (cell.raw_text for cell in block.cells)
