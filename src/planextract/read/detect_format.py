"""What kind of file is this? Told by its first bytes and its characters, never by its name."""

from __future__ import annotations

import re
from typing import Literal

from planextract.errors import InputError
from planextract.phrases import Phrase
from planextract.text.characters import FREQUENT

READABLE_SUFFIXES = (
    ".txt",
    ".md",
    ".markdown",
    ".html",
    ".htm",
    ".tsv",
    ".csv",
    ".pdf",
    ".docx",
    ".docm",
    ".doc",
    ".wps",
    ".rtf",
    ".odt",
    ".xlsx",
    ".xlsm",
    ".xls",
    ".et",
    ".xlsb",
    ".ods",
    ".mhtml",
    ".mht",
    ".ofd",
    ".png",
    ".jpg",
    ".jpeg",
    ".tif",
    ".tiff",
    ".hocr",
)
"""Suffixes that a folder is searched for; a file named by the user is read whatever its suffix.

Results of other parsers (.json) and ALTO (.xml) are read by name only: a folder may hold many that are no plans.
"""

LAYER_SUFFIXES = (".hocr", ".alto.xml")
"""What stands behind the name of a scan, with or without its own suffix, in the name of its recognised text."""

Format = Literal[
    "pdf", "picture", "zip", "office", "rtf", "word_xml", "excel_xml", "mhtml", "html", "hocr", "alto", "json", "text"
]

PICTURE_MAGIC = (b"\x89PNG", b"\xff\xd8\xff", b"II*\0", b"MM\0*")
"""First bytes of PNG, JPEG and TIFF pictures."""

_MAGIC = (
    (b"PK\x03\x04", Phrase("a ZIP-based document")),
    (b"Rar!", Phrase("a RAR archive")),
    (b"7z\xbc\xaf", Phrase("a 7-Zip archive")),
    (b"\x1f\x8b", Phrase("a gzip archive")),
)
_PAGE = re.compile(
    r"(?:\s|<\?xml[^>]{0,200}\?>|<!--(?:[^-]|-(?!->)){0,4000}-->)*<(?:!doctype\s+html|html|head|body|meta)[\s>/:]",
    re.IGNORECASE,
)
_WORD_XML = re.compile(r"\s*<\?xml[^>]*\?>\s*(?:<\?mso-application[^>]*\?>\s*)?<(?:w:wordDocument|pkg:package)\b")
_EXCEL_XML = re.compile(r"\s*<\?xml[^>]*\?>\s*(?:<\?mso-application[^>]*\?>\s*)?<(?:ss:)?Workbook\b")
_OCR_PAGE = re.compile(r"class\s*=\s*[\"'](?:[^\"'>]*\s)?ocr_page[\s\"']", re.IGNORECASE)
_ALTO = re.compile(r"(?:<\?xml[^>]{0,200}\?>)?(?:\s|<!--(?:[^-]|-(?!->)){0,4000}-->)*<(?:[A-Za-z0-9]{1,20}:)?alto[\s>]")


def detect_format(data: bytes) -> Format:
    """Tell the format of a document by its content.

    ``zip`` and ``office`` (OLE2) are families; their readers look inside. What nothing else is said of is ``text``.
    """
    head = data[:1024]
    if head.startswith(PICTURE_MAGIC):
        return "picture"
    if head.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return "zip"  # before the PDF that a stored archive may start with: what a file is, its first bytes say
    if head.startswith(b"\xd0\xcf\x11\xe0"):
        return "office"
    if looks_like_pdf(data):
        return "pdf"
    start = head.lstrip(b"\xef\xbb\xbf \t\r\n")
    if start.startswith(b"{\\rtf"):
        return "rtf"
    from planextract.read.html.mhtml import is_mhtml

    if start[:1].isalpha() and is_mhtml(data):
        return "mhtml"
    text = _decode_head(data)
    if _WORD_XML.match(text):
        return "word_xml"
    if _EXCEL_XML.match(text):
        return "excel_xml"
    if _PAGE.match(text):
        return "hocr" if _OCR_PAGE.search(text) else "html"
    if _ALTO.match(text.lstrip()):
        return "alto"
    if start.startswith((b"{", b"[")) and _looks_like_json(text):
        return "json"
    return "text"


def looks_like_pdf(data: bytes) -> bool:
    """Tell whether a file is a PDF: by its mark at the start, or behind junk if there are objects too.

    Readers of PDF look for the mark in the first 1,024 bytes; a text may talk of it there.
    """
    place = data[:1024].find(b"%PDF-")
    return place == 0 or (place > 0 and b"endobj" in data)


def _decode_head(data: bytes) -> str:
    codec = "utf-16" if data.startswith((b"\xff\xfe", b"\xfe\xff")) else "latin-1"
    return data[:16_384].decode(codec, "replace").lstrip("\ufeff\xef\xbb\xbf")


def _looks_like_json(text: str) -> bool:
    """Tell JSON from a text that opens with a bracket: behind it stands a quoted key, an object or nothing."""
    return re.match(r"\s*[\[{]\s*(?:\"[^\"\n]{0,200}\"\s*:|[\[{]|[}\]])", text) is not None


_ALLOWED_CONTROLS = set("\t\n\r\f\v\x1a")
_CONTROL_SHARE = 0.002


def decode_text(data: bytes, name: str) -> tuple[str, str]:
    """Decode the bytes of a text document.

    Tries a byte order mark, UTF-8, then GB18030 (which holds GBK and GB2312).

    Returns:
        The text, its line ends untouched but without a byte order mark, and the encoding's name.

    Raises:
        InputError: If the file is empty, another format, or no text in these encodings.
    """
    if not data.strip():
        raise _empty(name)
    for magic, what in _MAGIC:
        if data.startswith(magic):
            raise InputError(
                "read.unsupported",
                Phrase("this is {what}, which this version does not read", what=what),
                file=name,
                advice="Give a PDF, Word, Excel, OFD or HTML file, or the recognised text (UTF-8 or GB18030).",
            )
    text, encoding = _decode(data, name)
    if not text.strip():
        raise _empty(name)
    controls = sum(1 for char in text[:100_000] if char < " " and char not in _ALLOWED_CONTROLS)
    if "\0" in text or controls > max(2, _CONTROL_SHARE * min(len(text), 100_000)):
        raise _not_text(name)
    return text, encoding


def _decode(data: bytes, name: str) -> tuple[str, str]:
    marks = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))
    for mark, encoding in marks:
        if data.startswith(mark):
            try:
                return data.decode(encoding), encoding
            except UnicodeDecodeError as exc:
                raise _not_text(name) from exc
    for encoding in ("utf-8", "gb18030"):
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if encoding == "utf-8" or _looks_chinese(text):
            return text, encoding
    raise _not_text(name)


def _looks_chinese(text: str) -> bool:
    """Tell real GB text from noise that GB18030 happens to accept: its characters are the common ones."""
    sample = [char for char in text[:20_000] if ord(char) > 127]
    common = sum(1 for char in sample if "\u4e00" <= char <= "\u9fa5" or char in "，。、；：（）《》“”—％…·！？〔〕")
    frequent = sum(1 for char in sample if char in FREQUENT)
    return bool(sample) and common >= 0.9 * len(sample) and frequent >= 0.03 * len(sample)


_TEXT_SUFFIXES = frozenset({".txt", ".md", ".markdown", ".html", ".htm", ".tsv", ".csv", ".mhtml", ".mht", ".hocr"})


def _empty(name: str) -> InputError:
    return InputError("read.empty", "the file is empty", file=name, advice="Check how it was saved or exported.")


def _not_text(name: str) -> InputError:
    ending = name[name.rfind(".") :].lower() if "." in name else ""
    if ending in READABLE_SUFFIXES and ending not in _TEXT_SUFFIXES:
        return InputError(
            "read.not_text",
            Phrase("this is named {ending}, but what is in it is neither that nor any other document", ending=ending),
            file=name,
            advice="Download or export it again: the file is damaged, or something else was saved under this name.",
        )
    return InputError(
        "read.not_text",
        "this is no text in UTF-8 or GB18030",
        file=name,
        advice="Save it as UTF-8 text, or name the file that the text was made from.",
    )
