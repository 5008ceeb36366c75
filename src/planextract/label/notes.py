"""What a document says once for many measures: that the first body listed leads, that a body owns them all.

Such a sentence stands anywhere: in the notice, above the table, in a measure's bracket. It is kept with its words;
what it means for each measure is settled when names are linked.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from planextract.label.prose.wording import Wording, wording_of
from planextract.model.record import Discard
from planextract.model.roles import Role
from planextract.model.source import SourceText
from planextract.model.table import Cell, Fragment, Note
from planextract.model.vocabulary import ColumnVocabulary
from planextract.text.markers import LEAD_MARKS

_SENTENCE = re.compile(r"[^。；;！!\n]+")
# 加*号为牵头部门, 标★的单位牵头
_MARKED = re.compile(
    rf"[带加标注打有画][{LEAD_MARKS}]号?(?:标记|标注|标识)?(?:的|者)?(?:责任)?(?:单位|部门)?(?:为|是|系|表示)?(?:该项|本项)?(?:任务)?的?牵头"
)
_MAX_TEXT = 20_000
_MAX_NAMES = 40


def find_notes(
    blocks: Iterable[Fragment | SourceText], discards: Iterable[Discard], vocabulary: ColumnVocabulary
) -> tuple[Note, ...]:
    """Find the sentences that are said once for many measures, in the order of the document.

    A note that stands in a measure's own row holds from there on, any other for the whole document.
    """
    wording = wording_of(vocabulary)
    found: list[Note] = []
    for text, page in _texts(blocks, discards):
        for note in _read(text[:_MAX_TEXT], page, wording):
            if all((note.kind, note.names) != (other.kind, other.names) for other in found):
                found.append(note)
    return tuple(found)


def _texts(blocks: Iterable[Fragment | SourceText], discards: Iterable[Discard]) -> Iterator[tuple[str, int]]:
    for block in blocks:
        if isinstance(block, SourceText):
            yield block.raw_text, block.page
            continue
        for cell in (*block.header_cells, *(c for row in block.rows for c in row.cells if isinstance(c, Cell))):
            yield cell.text, block.page
    for discard in discards:
        yield discard.raw_text, discard.page


def _read(text: str, page: int, wording: Wording) -> Iterator[Note]:
    flat = wording.flatten(text)
    if (marked := _MARKED.search(flat)) is not None:
        yield Note(kind="marked_leads", text=text[marked.start() : marked.end()], page=page)
    if not wording.is_declaration(flat):
        return
    for match in _SENTENCE.finditer(flat):
        sentence = match.group()
        if any(pattern.search(sentence) for pattern in wording.words.first_leads):
            yield Note(kind="first_leads", text=text[match.start() : match.end()].strip(), page=page)
        default = wording.default_owner.search(sentence)
        if default is not None and len(default.group("names")) <= _MAX_NAMES:
            low = match.start() + default.start("names")
            yield Note(
                kind="default_owner",
                text=text[match.start() : match.end()].strip(),
                page=page,
                role=wording.words.verbs.get(default.group("verb"), Role.RESPONSIBLE),
                label=default.group("verb"),
                names=text[low : low + len(default.group("names"))],
            )
