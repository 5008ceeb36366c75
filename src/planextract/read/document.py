"""Read one document from its bytes."""

from __future__ import annotations

import hashlib

from planextract.errors import InputError
from planextract.model.source import SourceDocument, SourceTable
from planextract.read.detect_format import PICTURE_MAGIC, decode_text
from planextract.read.text_blocks import split_blocks
from planextract.settings import ReadSettings
from planextract.text.characters import without_spaces


def read_document(data: bytes, name: str, settings: ReadSettings) -> SourceDocument:
    """Read a PDF, picture, text, Markdown or HTML document.

    Args:
        data: The file's bytes.
        name: The file's path as the output will show it: relative, with forward slashes.
        settings: Limits.

    Returns:
        Blocks in reading order; pages are still to be numbered by header rows.

    Raises:
        InputError: If the file is too large, empty, no text, or holds no table.
    """
    if len(data) > settings.max_file_bytes:
        limit = settings.max_file_bytes // 1_000_000
        cause = f"the file has {len(data) / 1e6:.0f} MB, more than the limit of {limit} MB"
        raise InputError("read.too_large", cause, file=name, advice="Raise read.max_file_bytes in the settings.")
    if data.startswith(b"%PDF-") or b"%PDF-" in data[:1024]:
        from planextract.read.pdf.document import read_pdf

        return read_pdf(data, name, settings)
    if data.startswith(PICTURE_MAGIC):
        from planextract.read.scan.document import read_picture

        return read_picture(data, name, settings)
    text, _ = decode_text(data, name)
    blocks, notes = split_blocks(text, name, settings)
    if not any(isinstance(block, SourceTable) for block in blocks):
        raise InputError(
            "read.no_table", "no table was found", file=name,
            advice="Tables must be tab-separated rows, Markdown pipe tables or HTML <table>s.",
        )  # fmt: skip
    is_html = text.lstrip()[:15].lower().startswith(("<!doctype", "<html"))
    is_markdown = name.lower().endswith((".md", ".markdown"))
    media_type = "text/html" if is_html else "text/markdown" if is_markdown else "text/plain"
    return SourceDocument(
        doc_id=hashlib.sha256(data).hexdigest()[:16],
        source_path=name,
        media_type=media_type,
        reader="html" if is_html else "text",
        page_count=0,
        blocks=blocks,
        printed=without_spaces(text),
        pages_by_header=True,
        notes=notes,
    )
