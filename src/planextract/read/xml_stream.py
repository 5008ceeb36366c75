"""XML parts too large for a tree, read event by event without trusting them.

The same promises as :mod:`planextract.read.xml_tree`: a document type declaration is refused, so that there are no
entities; nothing outside is opened; a text has a limit. No tree is built, so that depth costs nothing. The events are
expat's: on the sheet of a workbook with 1,600,000 cells they take a third of the time of lxml's ``iterparse``.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import IO
from xml.parsers import expat

from planextract.errors import InputError
from planextract.phrases import Phrase

MAX_TEXT = 10_000_000  # characters of one text: as libxml2 has it
_LARGE = 16_384  # a piece of a long text; shorter ones are not counted

Start = Callable[[str, dict[str, str]], None]
End = Callable[[str], None]


class _UnsafeError(Exception):
    """The part declares a document type."""


class _EndlessError(Exception):
    """A text is longer than any cell's."""


def read_events(stream: IO[bytes], start: Start, end: End, text: Callable[[str], object], name: str, part: str) -> None:
    """Read one part.

    Args:
        stream: The part's bytes.
        start: Is told of each element and its attributes, names as written: most producers write no prefix, and
            :func:`plain_tag` takes it away from those of the others. A call more for each element would cost a fifth.
        end: Is told of its end.
        text: Is told of characters, whole texts at a time where they are short.
        name: The file's name, for messages.
        part: The part's name, for messages.

    Raises:
        InputError: If it is no well-formed XML, declares a document type or holds an endless text.
    """
    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.buffer_size = 4 * _LARGE
    parser.StartDoctypeDeclHandler = _refuse
    size = 0

    def take(piece: str) -> None:
        nonlocal size
        if len(piece) > _LARGE:
            size += len(piece)
            if size > MAX_TEXT:
                raise _EndlessError
        text(piece)

    parser.StartElementHandler = start
    parser.EndElementHandler = end
    parser.CharacterDataHandler = take
    try:
        parser.ParseFile(stream)
    except expat.ExpatError as exc:
        raise InputError(
            "read.damaged",
            Phrase("its part '{part}' is no well-formed XML", part=part[:80]),
            file=name,
            advice="Open and save it again with another program, or get it anew.",
        ) from exc
    except _UnsafeError as exc:
        cause = Phrase("its part '{part}' declares a document type, as attacks do", part=part[:80])
        raise InputError(
            "read.unsafe_xml", cause, file=name, advice="Documents of this format have none; do not open it elsewhere."
        ) from exc
    except _EndlessError as exc:
        raise InputError(
            "read.too_much_text",
            Phrase("its part '{part}' holds a text without end", part=part[:80]),
            file=name,
            advice="Open and save it again with another program.",
        ) from exc


def plain_tag(tag: str) -> str:
    """Return an element's name without its namespace prefix.

    >>> plain_tag("x:row"), plain_tag("row")
    ('row', 'row')
    """
    return tag.rpartition(":")[2]


def _refuse(*_: object) -> None:
    raise _UnsafeError
