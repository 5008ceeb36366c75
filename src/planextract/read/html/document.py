"""Read a web page or a web archive into blocks."""

from __future__ import annotations

import hashlib
import re

from planextract.model.source import ReadNote, SourceDocument
from planextract.phrases import Phrase
from planextract.read.budget import CellBudget
from planextract.read.flow import make_blocks
from planextract.read.html.flow import FlowBuilder
from planextract.read.html.furniture import map_page
from planextract.read.html.metadata import read_properties
from planextract.read.html.mhtml import find_page
from planextract.read.html.spreadsheet import cut_sheets, is_spreadsheet_page
from planextract.read.html.tree import iter_text, parse_html
from planextract.settings import ReadSettings
from planextract.text.characters import without_spaces

_CHARSET = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([A-Za-z0-9_:\-]{2,20})", re.IGNORECASE)
_DECLARED = re.compile(rb"<\?xml[^>]{0,100}?encoding\s*=\s*[\"']([A-Za-z0-9_:\-]{2,20})", re.IGNORECASE)
_CODECS = {
    "gbk": "gb18030",
    "gb2312": "gb18030",
    "gb18030": "gb18030",
    "gb_2312-80": "gb18030",
    "x-gbk": "gb18030",
    "big5": "big5hkscs",
    "big5-hkscs": "big5hkscs",
    "utf-8": "utf-8",
    "utf8": "utf-8",
    "utf-16": "utf-16",
    "utf-16le": "utf-16-le",
    "utf-16be": "utf-16-be",
}


def read_html(data: bytes, name: str, settings: ReadSettings, *, charset: str = "") -> SourceDocument:
    """Read a web page from its bytes.

    Args:
        data: The page.
        name: The file's name as outputs show it.
        settings: Limits.
        charset: What the transport said of its encoding, if anything.

    Raises:
        InputError: If it cannot be parsed or breaks a limit.
    """
    text, notes = decode_page(data, charset)
    root = parse_html(text, name, settings)
    body = next(root.iter("body"), root)
    page = map_page(body)
    flow = FlowBuilder(page.reason, CellBudget(settings.max_cells, name), name, settings.max_nesting).build(body)
    blocks = make_blocks(flow, name, settings)
    if is_spreadsheet_page(text, name):
        blocks = tuple(cut_sheets(blocks, name, settings.max_cells))
    return SourceDocument(
        doc_id=hashlib.sha256(data).hexdigest()[:16],
        source_path=name,
        media_type="text/html",
        reader="html",
        page_count=0,
        blocks=blocks,
        printed=without_spaces("".join(iter_text(body))),
        pages_by_header=True,
        notes=notes,
        properties=read_properties(root, page.metadata),
    )


def read_mhtml(data: bytes, name: str, settings: ReadSettings) -> SourceDocument:
    """Read a web archive: its first web page; pictures and style sheets are not looked at.

    Raises:
        InputError: If it holds no page, or the page cannot be read.
    """
    page, charset = find_page(data, name)
    document = read_html(page, name, settings, charset=charset)
    return SourceDocument(
        doc_id=hashlib.sha256(data).hexdigest()[:16],
        source_path=name,
        media_type="multipart/related",
        reader="html",
        page_count=0,
        blocks=document.blocks,
        printed=document.printed,
        pages_by_header=True,
        notes=document.notes,
        properties=document.properties,
    )


def decode_page(data: bytes, charset: str) -> tuple[str, tuple[ReadNote, ...]]:
    """Decode a page: by its byte order mark, as UTF-8 if it is that, else as declared, else as GB18030.

    Pages that say gb2312 and use characters of GBK are common, so all of the family are read as GB18030. A few
    broken bytes do not stop the reader; they become � and a note.
    """
    for mark, codec in ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16")):
        if data.startswith(mark):
            return _decode(data, codec)
    try:
        return data.decode("utf-8"), ()
    except UnicodeDecodeError:
        pass
    declared = _CHARSET.search(data[:8192]) or _DECLARED.search(data[:200])
    wanted = charset or (declared.group(1).decode("ascii") if declared else "")
    return _decode(data, _CODECS.get(wanted.strip().lower(), "gb18030"))


def _decode(data: bytes, codec: str) -> tuple[str, tuple[ReadNote, ...]]:
    try:
        return data.decode(codec), ()
    except UnicodeDecodeError:
        text = data.decode(codec, "replace")
    message = Phrase("{count} characters of the page could not be decoded", count=text.count(chr(65533)))
    return text, (ReadNote.of("read.bad_characters", message),)
