"""Pages that lost their line breaks: a line that holds many items is cut in front of each number that goes on.

Legal databases and crawled copies print a whole notice as one paragraph. A number opens an item there if it stands
behind a blank or a full stop and is 1, or the next one of its style; behind a heading, which ends without a stop, if it
is in brackets: 一、提高时效性和精准性（一）研究制定…. A page cut out of a text begins with any number that the next one
follows, and a chapter behind a full stop closes what stands before it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from planextract.label.prose.openers import find_opener
from planextract.label.prose.outline import find_body_lines
from planextract.label.prose.wording import Wording
from planextract.model.source import SourceText

_LONG = 120  # characters of a line that may hold several items
_BEHIND = re.compile(
    r"(?:(?<=[。；;：:）)])|\s{1,8})(?=[一二三四五六七八九十（(\d])|(?=[（(][一二三四五六七八九十]{1,3}[）)])"
)
_LISTED = re.compile(r"(?<=[；;。])\s*(\d{1,2})[.．、](?!\d)")
_STYLES = ("chapter", "section", "number")
_STOP = re.compile(r"[。；;！？]")
_LONGEST_HEADING = 60


def cut_inline(lines: Sequence[SourceText], wording: Wording) -> list[SourceText]:
    """Return the lines, long ones cut into one line an item; the same lines if none is."""
    return [part for line in lines for part in _cut(line, wording)]


def cut_below_bodies(lines: Sequence[SourceText], wording: Wording) -> list[SourceText]:
    """Return the lines, one that holds a list (1.…；2.…) right below a line of bodies as one line an item."""
    bodies = find_body_lines(lines, wording)
    parts: list[SourceText] = []
    for place, line in enumerate(lines):
        if place - 1 in bodies:
            parts += _cut_list(line)
        else:
            parts.append(line)
    return parts


def _cut_list(line: SourceText) -> Iterator[SourceText]:
    places = [0]
    for match in _LISTED.finditer(line.raw_text):
        if int(match.group(1)) == len(places) + 1:
            places.append(match.start(1))
    for number, (low, high) in enumerate(pairwise([*places, len(line.raw_text)])):
        text = line.raw_text[low:high].rstrip()
        yield replace(line, raw_text=text, starts_paragraph=number > 0 or line.starts_paragraph)


def _cut(line: SourceText, wording: Wording) -> Iterator[SourceText]:
    if len(line.raw_text) < _LONG:
        yield line
        return
    flat = wording.flatten(line.raw_text)
    last: dict[str, int] = {}
    places = [0]
    found = list(_find_numbers(line.raw_text, flat))
    for number, (place, style, value) in enumerate(found):
        is_free = _stands_free(flat, place)
        is_next = value in (1, last.get(style, 0) + 1)
        begins = style not in last and is_free and (style, value + 1) in {(s, v) for _, s, v in found[number + 1 :]}
        is_chapter = style == _STYLES[0] and style not in last and len(places) > 1 and _ends_sentence(flat, place)
        if place == 0 or begins or is_chapter or (is_next and (is_free or _ends_heading(flat, places[-1], place))):
            last[style] = value
            places.append(place)
    for number, (low, high) in enumerate(pairwise([*dict.fromkeys(places), len(line.raw_text)])):
        text = line.raw_text[low:high].rstrip()
        if text:
            yield replace(line, raw_text=text, starts_paragraph=number > 0 or line.starts_paragraph)


def _find_numbers(text: str, flat: str) -> Iterator[tuple[int, str, int]]:
    """Yield place, style and value of what may be the number of an item."""
    for place in (0, *(match.end() for match in _BEHIND.finditer(text))):
        opener = find_opener(flat, place)
        if opener is not None and opener.style in _STYLES and opener.start == place and opener.value is not None:
            yield place, opener.style, opener.value


def _ends_sentence(flat: str, place: int) -> bool:
    """Tell whether a full stop and a blank stand before a place."""
    return flat[place - 1].isspace() and flat[:place].rstrip().endswith("。")


def _stands_free(flat: str, place: int) -> bool:
    """Tell whether a blank, a stop or a closed bracket stands before a place."""
    return flat[place - 1].isspace() or flat[place - 1] in "。;:)"


def _ends_heading(flat: str, start: int, place: int) -> bool:
    """Tell whether what stands between two numbers reads as a heading: it opens with one, is short and no sentence."""
    is_short = 0 < place - start <= _LONGEST_HEADING and _STOP.search(flat, start, place) is None
    return is_short and find_opener(flat, start) is not None
