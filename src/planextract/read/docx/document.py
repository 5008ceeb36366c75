"""Read a Word document into blocks."""

from __future__ import annotations

import hashlib

from planextract.errors import InputError
from planextract.model.source import ReadNote, SourceDocument
from planextract.phrases import Phrase
from planextract.read.archive import Archive
from planextract.read.docx.body import BodyReader, has_rendered_pages
from planextract.read.docx.numbering import Numbering
from planextract.read.docx.package import load_parts
from planextract.read.docx.text import count_changes, iter_printed
from planextract.read.flow import Aside, FlowBlock, make_blocks
from planextract.read.xml_tree import Element, child, children, descendants, get
from planextract.settings import ReadSettings
from planextract.text.characters import without_spaces

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def read_docx(data: bytes, name: str, settings: ReadSettings, archive: Archive | None = None) -> SourceDocument:
    """Read a Word document.

    Tracked changes are accepted: the text is the one that is printed when the author agrees to all of them.
    Automatic numbers are part of the text. Headers and footers are set aside; notes follow the body.

    Args:
        data: The file's bytes.
        name: The file's name as outputs show it.
        settings: Limits.
        archive: The container, if it was opened already.

    Raises:
        InputError: If the file is damaged, unsafe or breaks a limit.
    """
    parts = load_parts(archive or Archive(data, name, settings), name)
    body = child(parts.main, "body")
    if body is None:
        raise InputError(
            "read.damaged",
            "the Word document has no body",
            file=name,
            advice="Open and save it again with another program, or get it anew.",
        )
    numbering = Numbering(parts.numbering, parts.styles)
    has_pages = has_rendered_pages(parts.main)
    reader = BodyReader(numbering, name, settings, has_pages=has_pages)
    flow = reader.read(body)
    printed = list(iter_printed(body))
    for note in _iter_notes(parts.notes):
        flow.extend(reader.read(note))
        printed.extend(iter_printed(note))
    for part in parts.running:
        flow.extend(_running_head(part))
        printed.extend(iter_printed(part))
    blocks = make_blocks(flow, name, settings)
    return SourceDocument(
        doc_id=hashlib.sha256(data).hexdigest()[:16],
        source_path=name,
        media_type=MEDIA_TYPE,
        reader="docx",
        page_count=reader.page,
        blocks=blocks,
        printed=without_spaces("".join([*printed, *numbering.labels])),
        pages_by_header=not has_pages,
        notes=_make_notes(parts.main),
    )


def _iter_notes(parts: tuple[Element, ...]) -> list[Element]:
    """Return the footnotes and endnotes; the marks that only draw a line are no notes."""
    return [
        note
        for part in parts
        for tag in ("footnote", "endnote")
        for note in children(part, tag)
        if get(note, "type") in ("", "normal")
    ]


def _running_head(part: Element) -> list[FlowBlock]:
    text = " ".join(iter_printed(part)).strip()
    return [Aside(text=text, reason="running_head")] if text else []


def _make_notes(main: Element) -> tuple[ReadNote, ...]:
    notes = []
    changes = count_changes(main)
    if changes:
        message = Phrase("the document has {changes} tracked changes; they were read as accepted", changes=changes)
        notes.append(ReadNote.of("read.tracked_changes", message))
    if next(descendants(main, "altChunk"), None) is not None:
        embedded = "the document embeds another file, which was not read; open it in Word and save it once"
        notes.append(ReadNote.of("read.embedded_file", embedded))
    return tuple(notes)
