"""Lines → a stream of cells: what divides them, and how far a divider tells where a row ends.

However a table was saved, copied or crawled, its header is printed in order and so are its cells. What differs is the
divider, and what a divider says of rows and cells. So each cell carries three weights, natural logarithms: that it
opens a row, that it is the next cell of its row, that it is the rest of the cell before.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from planextract.label.text_tables.wrapped import join_wrapped
from planextract.model.source import SourceText
from planextract.text.characters import display_width
from planextract.text.sentences import is_finished

NEVER = -1e6
Divider = Literal["tab", "pipe", "pipe_stream", "blanks", "blank", "comma", "line"]
_TWO_BLANKS = re.compile(r"[ \u00a0\u3000]{2,}|\u3000")
_ONE_BLANK = re.compile(r"[ \u00a0\u3000]")
BAR = re.compile(r"[|｜]")
_BLANK = " \t\u00a0\u3000"
_WRAPPED = 3.0  # weight of a line behind a full one being its rest
_MIN_WRAP, _MIN_FULL, _LEAST_FULL = 20, 3, 0.08  # columns of a terminal; full lines, and their share
_PIECE = re.compile(r'[ \t]*"((?:[^"]|"")*)"[ \t]*(?=[,，]|$)|([^,，]*)')
_NARROW_PIECE = re.compile(r'[ \t]*"((?:[^"]|"")*)"[ \t]*(?=,|$)|([^,]*)')
_QUOTED = re.compile(r'"(?:[^"]|"")*"')


@dataclass(frozen=True, slots=True, kw_only=True)
class Token:
    """A cell, or a part of one, as the dividers cut it.

    Attributes:
        text: As printed, white space around it aside; may hold line feeds. "" is a cell that is printed blank.
        line: Place among the lines given, from 0, of its first character.
        last_line: Place of its last character.
        start: Weight of: it opens a row.
        stay: Weight of: it is the next cell of the row.
        join: Weight of: it is the rest of the cell before.
    """

    text: str
    line: int
    last_line: int
    start: float
    stay: float
    join: float


def split_line(text: str, divider: Divider) -> list[str]:
    """Cut one line at its dividers; the bars at both ends of a pipe row divide nothing."""
    if divider == "tab":
        return [part.strip(_BLANK) for part in text.split("\t")]
    if divider in ("pipe", "pipe_stream"):
        parts = [part.strip(_BLANK) for part in BAR.split(text.strip(_BLANK))]
        if len(parts) > 1 and not parts[0]:
            parts = parts[1:]
        return parts[:-1] if len(parts) > 1 and not parts[-1] else parts
    if divider == "blanks":
        return [part for part in _TWO_BLANKS.split(text.strip(_BLANK)) if part]
    if divider == "blank":
        return [part.strip(_BLANK) for part in _ONE_BLANK.split(text.strip(_BLANK))]
    if divider == "comma":
        return [part for _, part in split_commas(text)[:-1]]
    return [text.strip(_BLANK)]


def split_commas(text: str) -> list[tuple[str, str]]:
    """Cut a line at its commas, those in straight quotes aside; each cell with what is printed before it.

    Where most commas of a line are those of a program (,), the others (，) are of its text. The last one is no cell:
    it holds what is printed behind the last cell.
    """
    bare = _QUOTED.sub("", text)
    piece = _NARROW_PIECE if bare.count(",") > bare.count("，") else _PIECE
    found: list[tuple[str, str]] = []
    place = end = 0
    while place <= len(text):
        match = piece.match(text, place)
        if match is None:
            break
        group = 1 if match.group(1) is not None else 2
        part = match.group(group).strip(_BLANK)
        start = text.index(part, match.start(group))
        found.append((text[end:start], part))
        end, place = start + len(part), match.end() + 1
    return [*found, (text[end:], "")]


def cut_tokens(lines: Sequence[SourceText], divider: Divider) -> list[Token]:
    """Cut the lines of a table, header left out, into a stream of cells."""
    if divider == "pipe_stream":
        return list(_cut_pipe_stream(lines))
    if divider == "line":
        return list(_cut_lines(lines))
    if divider == "blanks":
        return list(_cut_at_blanks(lines))
    return list(_cut_rows(lines, divider))


def _cut_rows(lines: Sequence[SourceText], divider: Divider) -> Iterator[Token]:
    """A row a line; a line without a divider may be the rest of the cell before it."""
    joins = {"blank": -1.5, "comma": -0.5}.get(divider, NEVER)
    for place, line in enumerate(lines):
        parts = split_line(line.raw_text, divider)
        filled = max((index for index, part in enumerate(parts) if part), default=0)
        for index, part in enumerate(parts):
            if index > filled:  # blank cells at the end fill up a row that was moved to the left
                yield Token(text="", line=place, last_line=place, start=NEVER, stay=0.0, join=-0.3)
            elif index == 0:
                yield Token(text=part, line=place, last_line=place, start=0.0, stay=-6.0, join=-4.0)
            else:
                yield Token(
                    text=part, line=place, last_line=place, start=NEVER, stay=0.0, join=joins if part else NEVER
                )


def _cut_at_blanks(lines: Sequence[SourceText]) -> Iterator[Token]:
    """A row a line, its cells laid out by blanks; a cell may go on below itself."""
    for row in join_wrapped(lines):
        for index, cell in enumerate(row):
            start, stay, join = (0.0, -6.0, -4.0) if index == 0 else (NEVER, 0.0, -4.0)
            yield Token(text=cell.text, line=cell.line, last_line=cell.last_line, start=start, stay=stay, join=join)


def _cut_lines(lines: Sequence[SourceText]) -> Iterator[Token]:
    """A cell a line. Where blank lines part some lines and not others, a line without one goes on with a cell.

    So does a line behind a full one, where the text was wrapped at one width.
    """
    wrapped = _find_wrapped(lines)
    apart = sum(line.starts_paragraph for line in lines[1:])
    is_mixed = 0.2 * len(lines) < apart < 0.95 * (len(lines) - 1)
    for place, line in enumerate(lines):
        near = -1.5 if is_mixed and not line.starts_paragraph else 0.0
        join = -1.0 if not is_mixed else 0.5 if not line.starts_paragraph else -2.0
        if place in wrapped:
            near, join = near - _WRAPPED, join + _WRAPPED
        yield Token(text=line.raw_text.strip(_BLANK), line=place, last_line=place, start=near, stay=near, join=join)


def _find_wrapped(lines: Sequence[SourceText]) -> frozenset[int]:
    """Return the lines behind a full one that ends no sentence.

    A text is wrapped if several lines, none like another, are as wide as the widest and end no sentence: not a few by
    chance in a long table, nor one list of bodies that is printed again.
    """
    texts = [line.raw_text.strip(_BLANK) for line in lines]
    widths = [display_width(text) for text in texts]
    widest = max(widths, default=0)
    full = [place for place, width in enumerate(widths) if width > widest - 2]
    open_ended = [place for place in full if not is_finished(texts[place])]
    count = len({texts[place] for place in open_ended})
    is_wrapped = count >= max(_MIN_FULL, _LEAST_FULL * len(lines)) and 2 * len(open_ended) >= len(full)
    return frozenset(place + 1 for place in open_ended) if is_wrapped and widest >= _MIN_WRAP else frozenset()


def _cut_pipe_stream(lines: Sequence[SourceText]) -> Iterator[Token]:
    """A cell ends with a bar, wherever the line ends: lines between two bars are one cell."""
    text, first, last, opens = "", 0, 0, False
    for place, line in enumerate(lines):
        parts = BAR.split(line.raw_text)
        if len(parts) > 1 and not parts[0].strip(_BLANK) and not text and any(part.strip(_BLANK) for part in parts):
            parts, opens = parts[1:], True  # the bar in front of a row
        for index, part in enumerate(parts):
            stripped = part.strip(_BLANK)
            if stripped:
                first = first if text else place
                text, last = (f"{text}\n{stripped}" if text else stripped), place
            if index < len(parts) - 1:
                start, stay = (1.0, -3.0) if opens else (0.0, 0.0)
                yield Token(
                    text=text,
                    line=first if text else place,
                    last_line=place,
                    start=start,
                    stay=stay,
                    join=NEVER if text else -0.3,
                )
                text, opens = "", False
    lines_left = text.split("\n") if text else []
    for index, rest in enumerate(lines_left):  # no bar closes them: the last cell of a copy cut short, or text behind
        place = last - len(lines_left) + 1 + index
        yield Token(text=rest, line=place, last_line=place, start=0.0, stay=-1.0, join=NEVER)
