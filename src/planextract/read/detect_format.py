"""What kind of file is this? Told by its first bytes and its characters, never by its name alone."""

from __future__ import annotations

from planextract.errors import InputError
from planextract.text.characters import FREQUENT

_TEXT_SUFFIXES = (".txt", ".md", ".markdown", ".html", ".htm", ".tsv")
READABLE_SUFFIXES = (*_TEXT_SUFFIXES, ".pdf", ".png", ".jpg", ".jpeg", ".tif", ".tiff")
"""Suffixes that a folder is searched for; a file named by the user is read whatever its suffix."""

PICTURE_MAGIC = (b"\x89PNG", b"\xff\xd8\xff", b"II*\0", b"MM\0*")
"""First bytes of PNG, JPEG and TIFF pictures."""

_MAGIC = (
    (b"PK\x03\x04", "a ZIP-based document (docx, ofd, xlsx …)"),
    (b"\xd0\xcf\x11\xe0", "an old Word or WPS document"),
    (b"{\\rtf", "an RTF document"),
)
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
                "read.unsupported", f"this is {what}, which this version does not read", file=name,
                advice="Give the recognised text (UTF-8 or GB18030: tab-separated rows, Markdown or HTML tables).",
            )  # fmt: skip
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


def _empty(name: str) -> InputError:
    return InputError("read.empty", "the file is empty", file=name, advice="Check how it was saved or exported.")


def _not_text(name: str) -> InputError:
    return InputError(
        "read.not_text", "this is no text in UTF-8 or GB18030", file=name,
        advice="Save it as UTF-8 text, or name the file that the text was made from.",
    )  # fmt: skip
