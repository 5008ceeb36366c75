"""What kind of file is this? Told by its first bytes and its characters, never by its name."""

from __future__ import annotations

import re
from typing import Literal

from planextract.errors import InputError

READABLE_SUFFIXES = (
    ".txt", ".md", ".markdown", ".html", ".htm", ".tsv", ".pdf", ".docx", ".docm", ".doc", ".wps", ".rtf", ".odt",
    ".mhtml", ".mht", ".ofd", ".json",
)  # fmt: skip
"""Suffixes that a folder is searched for; a file named by the user is read whatever its suffix."""

Format = Literal["pdf", "zip", "office", "rtf", "word_xml", "mhtml", "html", "json", "text"]

_MAGIC = (
    (b"\x89PNG", "a PNG picture"),
    (b"\xff\xd8\xff", "a JPEG picture"),
    (b"II*\0", "a TIFF picture"),
    (b"MM\0*", "a TIFF picture"),
    (b"Rar!", "a RAR archive"),
    (b"7z\xbc\xaf", "a 7-Zip archive"),
    (b"\x1f\x8b", "a gzip archive"),
)
_PAGE = re.compile(
    r"(?:\s|<\?xml[^>]{0,200}\?>|<!--(?:[^-]|-(?!->)){0,4000}-->)*<(?:!doctype\s+html|html|head|body|meta)[\s>/:]",
    re.IGNORECASE,
)
_WORD_XML = re.compile(r"\s*<\?xml[^>]*\?>\s*(?:<\?mso-application[^>]*\?>\s*)?<(?:w:wordDocument|pkg:package)\b")


def detect_format(data: bytes) -> Format:
    """Tell the format of a document by its content.

    ``zip`` and ``office`` (OLE2) are families; their readers look inside. What nothing else is said of is ``text``.
    """
    head = data[:1024]
    if b"%PDF-" in head:
        return "pdf"
    if head.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return "zip"
    if head.startswith(b"\xd0\xcf\x11\xe0"):
        return "office"
    start = head.lstrip(b"\xef\xbb\xbf \t\r\n")
    if start.startswith(b"{\\rtf"):
        return "rtf"
    from planextract.read.html.mhtml import is_mhtml

    if start[:1].isalpha() and is_mhtml(data):
        return "mhtml"
    text = _decode_head(data)
    if _WORD_XML.match(text):
        return "word_xml"
    if _PAGE.match(text):
        return "html"
    if start.startswith((b"{", b"[")) and _looks_like_json(text):
        return "json"
    return "text"


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
                "read.unsupported", f"this is {what}, which this version does not read", file=name,
                advice="Give a PDF, Word, OFD or HTML file, or the recognised text (UTF-8 or GB18030).",
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
    frequent = sum(1 for char in sample if char in _FREQUENT)
    return bool(sample) and common >= 0.9 * len(sample) and frequent >= 0.03 * len(sample)


_FREQUENT = frozenset(
    "的一是在和了有人这中大为上个国我以要他时来用们生到作地于出就分对成会可主发年动同工也能下过子说产种面而方后多定行学法所民得经十三之进着等部度家电力里如水化高自二理起小物现实加量都两体制机当使点从业本去把性好应开它合还因由其些然前外天政四日那社义事平形相全表间样与关各重新线内数正心反你明看原又么利比或但质气第向道命此变条只没结解问意建月公无系军很情者最立代想已通并提直题党程展五果料象员革位入常文总次品式活设及管特件长求老头基资边流路级少图山统接知较将组见计别她手角期根论运农指几九区强放决西被干做必战先回则任取据处队南给色光门即保治北造百规热领七海口东导器压志世金增争济阶油思术极交受联什认六共权收证改清己美再采转更单风切打白教速花带安场身车例真务具万每目至达走积示议声报斗完类八离华名确才科张信马节话米整空元况今集温传土许步群广石记需段研界拉林律叫且究观越织装影算低持音众书布复容儿须际商非验连断深难近矿千周委素技备半办青省列习响约支般史感劳便团往酸历市克何除消构府称太准精值号率族维划选标写存候毛亲快效斯院查江型眼王按格养易置派层片始却专状育厂京识适属圆包火住调满县局照参红细引听该铁价严"
)


def _empty(name: str) -> InputError:
    return InputError("read.empty", "the file is empty", file=name, advice="Check how it was saved or exported.")


def _not_text(name: str) -> InputError:
    return InputError(
        "read.not_text", "this is no text in UTF-8 or GB18030", file=name,
        advice="Save it as UTF-8 text, or name the file that the text was made from.",
    )  # fmt: skip
