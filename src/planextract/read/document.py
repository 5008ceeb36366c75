"""Read one document from its bytes."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from importlib import import_module
from typing import TYPE_CHECKING

from planextract.errors import InputError
from planextract.model.source import SourceDocument
from planextract.phrases import Phrase
from planextract.read.delimited import read_delimited
from planextract.read.detect_format import Format, decode_text, detect_format
from planextract.read.text_blocks import split_blocks
from planextract.read.uncollected import uncollected
from planextract.settings import ReadSettings
from planextract.text.characters import without_spaces

if TYPE_CHECKING:
    from planextract.read.archive import Archive


@uncollected()
def read_document(data: bytes, name: str, settings: ReadSettings, recognised: bytes | None = None) -> SourceDocument:
    """Read a document of any known format, picked by its content.

    Args:
        data: The file's bytes.
        name: The file's path as the output will show it: relative, with forward slashes.
        settings: Limits.
        recognised: Bytes of the hOCR or ALTO file beside a scan; of no use for other documents.

    Returns:
        Blocks in reading order; pages are still to be numbered by header rows.

    Raises:
        InputError: If the file is too large, empty, of no known format, damaged or protected.
    """
    if len(data) > settings.max_file_bytes:
        limit = settings.max_file_bytes // 1_000_000
        cause = Phrase(
            "the file has {size:.0f} MB, more than the limit of {limit} MB", size=len(data) / 1e6, limit=limit
        )
        raise InputError("read.too_large", cause, file=name, advice="Raise read.max_file_bytes in the settings.")
    kind = detect_format(data)
    if kind == "pdf":
        return _read_pdf(data, name, settings, recognised)
    if kind == "picture":
        return _read_picture(data, name, settings, recognised)
    if kind in _READERS:
        module, function, *suffix = _READERS[kind]
        read = getattr(import_module(f"planextract.read.{module}"), function)
        found: SourceDocument = read(data, name, settings, *suffix)
        return found
    return _CONTAINERS.get(kind, _read_text)(data, name, settings)


def _read_pdf(data: bytes, name: str, settings: ReadSettings, recognised: bytes | None) -> SourceDocument:
    from planextract.read.pdf.document import read_pdf
    from planextract.read.recognised.layers import load_layers

    return read_pdf(data, name, settings, load_layers(recognised, name, settings))


def _read_picture(data: bytes, name: str, settings: ReadSettings, recognised: bytes | None) -> SourceDocument:
    from planextract.read.recognised.layers import load_layers
    from planextract.read.scan.document import read_picture

    return read_picture(data, name, settings, layers=load_layers(recognised, name, settings))


def _read_zip(data: bytes, name: str, settings: ReadSettings) -> SourceDocument:
    """Read a document that is a ZIP container, told by the parts in it."""
    from planextract.read.archive import Archive

    archive = Archive(data, name, settings)
    names = archive.names
    if archive.find("OFD.xml") is not None:
        from planextract.read.ofd.document import read_ofd

        return read_ofd(data, name, settings, archive)
    if archive.find("[Content_Types].xml") is not None and any("word/" in member.lower() for member in names):
        from planextract.read.docx.document import read_docx

        return read_docx(data, name, settings, archive)
    if archive.find("[Content_Types].xml") is not None and any(
        member.lower().startswith("xl/") or member.lower() == "workbook.xml" for member in names
    ):
        return _read_workbook(data, name, settings, archive)
    kind = archive.read("mimetype")[:80] if "mimetype" in names else b""
    if kind.startswith(b"application/vnd.oasis.opendocument.text"):
        from planextract.read.office import read_office

        return read_office(data, name, settings, ".odt")
    if kind.startswith(b"application/vnd.oasis.opendocument.spreadsheet"):
        from planextract.read.office import read_office

        return read_office(data, name, settings, ".ods")
    what = next((what for folder, what in _ZIP_KINDS if any(n.startswith(folder) for n in names)), None)
    if what is not None:
        cause, advice = (
            Phrase("this is {what}, which this version does not read", what=what),
            "Give it as PDF, Word, Excel, HTML or text.",
        )
        raise InputError("read.unsupported", cause, file=name, advice=advice)
    shown = [member for _, member in archive.list_files()]
    if not shown:
        advice = "Check how it was saved or exported."
        raise InputError("read.empty", "the ZIP archive is empty", file=name, advice=advice)
    more = Phrase(" and {count} more", count=len(shown) - _SHOWN) if len(shown) > _SHOWN else ""
    raise InputError(
        "read.archive",
        Phrase(
            "this is a ZIP archive with {count} file{s}: {names}{more}",
            count=len(shown),
            s="s" * (len(shown) != 1),
            names="、".join(shown[:_SHOWN]),
            more=more,
        ),
        file=name,
        advice="If they are one document (a notice and its attachments, or pages), add --as-one; else unpack it first.",
    )


_SHOWN = 5
_ZIP_KINDS = (("ppt/", Phrase("a PowerPoint presentation")), ("META-INF/", Phrase("an OpenDocument file")))


def _read_workbook(data: bytes, name: str, settings: ReadSettings, archive: Archive) -> SourceDocument:
    """Read a workbook by its XML; the binary kind (.xlsb) is converted first."""
    if archive.find("xl/workbook.bin") is not None:
        from planextract.read.office import read_office

        return read_office(data, name, settings, ".xlsb")
    from planextract.read.xlsx.document import read_xlsx

    return read_xlsx(data, name, settings, archive)


def _read_office(data: bytes, name: str, settings: ReadSettings) -> SourceDocument:
    from planextract.read.office import judge_compound_file, read_office

    return read_office(data, name, settings, judge_compound_file(data, name))


# Readers by what the content is: module of this package, function, suffix for LibreOffice. Each is imported when it is
# needed, with the libraries behind it.
_READERS: dict[Format, tuple[str, ...]] = {
    "rtf": ("office", "read_office", ".rtf"),
    "word_xml": ("office", "read_office", ".xml"),
    "excel_xml": ("office", "read_office", ".xls.xml"),
    "html": ("html.document", "read_html"),
    "mhtml": ("html.document", "read_mhtml"),
    "json": ("parsers.document", "read_parser_result"),
    "hocr": ("recognised.document", "read_recognised"),
    "alto": ("recognised.document", "read_recognised"),
}
_CONTAINERS: dict[Format, Callable[[bytes, str, ReadSettings], SourceDocument]] = {
    "zip": _read_zip,
    "office": _read_office,
}


def _read_text(data: bytes, name: str, settings: ReadSettings) -> SourceDocument:
    text, _ = decode_text(data, name)
    if len(text) > settings.max_text_chars:
        cause = Phrase("the text has more than {max_text_chars} characters", max_text_chars=settings.max_text_chars)
        raise InputError("read.too_much_text", cause, file=name, advice="Raise read.max_text_chars in the settings.")
    table = read_delimited(data, text, name, settings)
    if table is not None:
        return table
    blocks, notes = split_blocks(text, name, settings)
    is_markdown = name.lower().endswith((".md", ".markdown"))
    return SourceDocument(
        doc_id=hashlib.sha256(data).hexdigest()[:16],
        source_path=name,
        media_type="text/markdown" if is_markdown else "text/plain",
        reader="text",
        page_count=0,
        blocks=blocks,
        printed=without_spaces(text),
        pages_by_header=True,
        notes=notes,
    )
