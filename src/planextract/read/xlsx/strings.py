"""Shared strings and rich text: the text of a cell as printed, raised digits as such, phonetic guides left out."""

from __future__ import annotations

import re

from planextract.read.archive import Archive
from planextract.read.xml_stream import plain_tag, read_events
from planextract.text.markup import to_superscript

_ESCAPE = re.compile(r"_x([0-9A-Fa-f]{4})_")


class TextCollector:
    """Collects the text below one element (``si`` or ``is``): its own ``t`` or those of its runs."""

    __slots__ = ("_is_raised", "_is_struck", "_is_text", "_kept", "_parts", "_skips", "has_struck")

    def __init__(self) -> None:
        self.clear()

    def clear(self) -> None:
        """Begin another text."""
        self._parts: list[str] = []
        self._kept: list[str] = []
        self._is_text = self._is_raised = self._is_struck = self.has_struck = False
        self._skips = 0

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        """Take in the start of an element."""
        if tag == "t":
            self._is_text = not self._skips
        elif tag == "r":
            self._is_raised = self._is_struck = False
        elif tag == "vertAlign":
            self._is_raised = attributes.get("val") == "superscript"
        elif tag == "strike":
            self._is_struck = attributes.get("val", "1") not in ("0", "false")
            self.has_struck = self.has_struck or self._is_struck
        elif tag == "rPh":
            self._skips += 1
        elif ":" in tag:
            self.start(plain_tag(tag), attributes)

    def end(self, tag: str) -> None:
        """Take in its end."""
        if tag == "t":
            self._is_text = False
        elif tag == "rPh":
            self._skips -= 1
        elif ":" in tag:
            self.end(plain_tag(tag))

    def take(self, piece: str) -> None:
        """Take in characters."""
        if self._is_text:
            shown = to_superscript(piece) if self._is_raised and piece.strip() else piece
            self._parts.append(shown)
            if not self._is_struck:
                self._kept.append(shown)

    @property
    def text(self) -> str:
        """The text so far."""
        return decode_escapes("".join(self._parts))

    @property
    def kept(self) -> str:
        """The text so far without the runs that are struck through."""
        return decode_escapes("".join(self._kept))


def decode_escapes(text: str) -> str:
    r"""Return a text with ``_x000D_`` and the like as the characters that they stand for; line ends are line feeds.

    >>> decode_escapes("一_x000D_二_x005F_x000D_")
    '一\n二_x000D_'
    """
    if "_x" in text:
        text = _ESCAPE.sub(_decode, text)
    return text.replace("\r\n", "\n").replace("\r", "\n") if "\r" in text else text


def _decode(match: re.Match[str]) -> str:
    code = int(match.group(1), 16)
    if 0xD800 <= code < 0xE000:
        return match.group(0)
    return chr(code) if code >= 0x20 or code in (9, 10, 13) else ""


def read_shared_strings(archive: Archive, path: str, name: str, struck: dict[int, str] | None = None) -> list[str]:
    """Read all shared strings of a workbook, in order.

    ``struck`` is given, by their number, what is left of those of which a part is struck through.

    Raises:
        InputError: If the part is damaged or unsafe.
    """
    strings: list[str] = []
    parts: list[str] = []
    rich = TextCollector()
    is_rich = is_text = False

    def start(tag: str, attributes: dict[str, str]) -> None:
        nonlocal is_rich, is_text
        tag = plain_tag(tag) if ":" in tag else tag
        if tag == "t" and not is_rich:
            is_text = True
        elif is_rich or tag in ("r", "rPh"):
            is_rich = True
            rich.start(tag, attributes)
        elif tag == "si":
            parts.clear()

    def end(tag: str) -> None:
        nonlocal is_rich, is_text
        is_text = False
        tag = plain_tag(tag) if ":" in tag else tag
        if tag == "si":
            strings.append((decode_escapes("".join(parts)) + rich.text) if is_rich else decode_escapes("".join(parts)))
            if is_rich:
                if rich.has_struck and struck is not None:
                    struck[len(strings) - 1] = decode_escapes("".join(parts)) + rich.kept
                rich.clear()
                is_rich = False
        elif is_rich:
            rich.end(tag)

    def take(piece: str) -> None:
        if is_text:
            parts.append(piece)
        elif is_rich:
            rich.take(piece)

    with archive.stream(path) as stream:
        read_events(stream, start, end, take, name, path)
    return strings
