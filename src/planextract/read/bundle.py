"""A document in several files: a notice, its attachments, or its pages, read one after the other as one.

The blocks stand in the order of the files and the pages run on over them; a file without pages of its own (a web page,
a text) is one page.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from planextract.errors import InputError
from planextract.model.source import (
    DocumentFile,
    FileRole,
    ReadNote,
    SourceBlock,
    SourceCell,
    SourceDocument,
    SourceTable,
    SourceText,
)
from planextract.phrases import Phrase
from planextract.read.document import read_document
from planextract.read.watch import behind_pages
from planextract.settings import ReadSettings


@dataclass(frozen=True, slots=True, kw_only=True)
class BundleFile:
    """One file of a document: its name inside the bundle, and its bytes; ``recognised`` as for a file of its own."""

    name: str
    role: FileRole
    data: bytes = field(repr=False)
    recognised: bytes | None = field(default=None, repr=False)

    @property
    def identity(self) -> str:
        """What tells the file, with its recognised text, from any other; see :func:`hash_bundle`."""
        beside = None if self.recognised is None else hashlib.sha256(self.recognised).hexdigest()
        return identify_file(hashlib.sha256(self.data).hexdigest(), beside)


def identify_file(sha256: str, recognised: str | None) -> str:
    """Return the identity of a file of a bundle: its SHA-256, and that of its recognised text if it has one."""
    return sha256 if recognised is None else f"{sha256}+{recognised}"


def hash_bundle(files: Iterable[tuple[FileRole, str, str]]) -> str:
    """Return the SHA-256 of a document in several files: of each role, name and identity, in order.

    So it is the same whether the files lie in a folder or in an archive.
    """
    return hashlib.sha256("".join(f"{identity} {role} {name}\n" for role, name, identity in files).encode()).hexdigest()


def read_bundle(
    files: Sequence[BundleFile], name: str, settings: ReadSettings, left_out: Sequence[str] = ()
) -> SourceDocument:
    """Read files as one document.

    Args:
        files: At least one, in reading order.
        name: The document's path as the output will show it.
        settings: Limits, for each file and for all together.
        left_out: Names of files that lie beside them and are not read; a note names them.

    Raises:
        InputError: If a file cannot be read; it is named.
    """
    hashes = [hashlib.sha256(file.data).hexdigest() for file in files]
    read: list[SourceDocument] = []
    listed: list[DocumentFile] = []
    base, blocks, notes = 0, list[SourceBlock](), list[ReadNote]()
    for file, sha256 in zip(files, hashes, strict=True):
        shown = f"{name}/{file.name}" if file.name != name else name
        with behind_pages(base):
            found = read_document(file.data, shown, settings, file.recognised)
        starts = len(blocks)
        blocks.extend(_shift(block, base) for block in found.blocks)
        if len(blocks) > starts and isinstance(first := blocks[starts], SourceText):
            blocks[starts] = replace(first, starts_paragraph=True)
        notes.extend(replace(note, page=max(note.page or 1, 1) + base) for note in found.notes)
        listed.append(DocumentFile(name=file.name, sha256=sha256, role=file.role, first_page=base + 1))
        read.append(found)
        base += max(1, found.page_count, *(block.page for block in found.blocks))
        if base > settings.max_pages:
            raise InputError(
                "read.too_many_pages",
                Phrase("the files together have more than {max_pages} pages", max_pages=settings.max_pages),
                file=name,
                advice="Raise read.max_pages in the settings.",
            )
    if left_out:
        message = Phrase("these files beside the others were not read: {names}", names="、".join(left_out)[:300])
        notes.append(ReadNote.of("read.left_out_files", message))
    return SourceDocument(
        doc_id=hash_bundle((file.role, file.name, file.identity) for file in files)[:16],
        source_path=name,
        media_type="multipart/related",
        reader="+".join(dict.fromkeys(found.reader for found in read)),
        page_count=base,
        blocks=tuple(blocks),
        printed="".join(found.printed for found in read),
        notes=tuple(notes),
        properties=next((found.properties for found in read if found.properties), ()),
        files=tuple(listed),
    )


def _shift(block: SourceBlock, base: int) -> SourceBlock:
    """Move a block to its page of the whole document."""
    moved = replace(block, page=max(block.page, 1) + base)
    if not isinstance(moved, SourceTable) or all(cell.page is None for cell in moved.cells):
        return moved
    return replace(moved, cells=tuple(_shift_cell(cell, base) for cell in moved.cells))


def _shift_cell(cell: SourceCell, base: int) -> SourceCell:
    return cell if cell.page is None else replace(cell, page=cell.page + base)
