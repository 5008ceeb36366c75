"""Pages that lost their line breaks: a line that holds many items is cut in front of each number that goes on.

Legal databases and crawled copies print a whole notice as one paragraph. A number opens an item there if it stands
behind a blank or a full stop and is 1, or the next one of its style; behind a heading, which ends without a stop, if it
is in brackets: 一、提高时效性和精准性（一）研究制定….
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from planextract.label.prose.outline import find_opener
from planextract.label.prose.wording import Wording
from planextract.model.source import SourceText

_LONG = 120  # characters of a line that may hold several items
_BEHIND = re.compile(
    r"(?:(?<=[。；;：:）)])|\s{1,8})(?=[一二三四五六七八九十（(\d])|(?=[（(][一二三四五六七八九十]{1,3}[）)])"
)
_STYLES = ("chapter", "section", "number")
_STOP = re.compile(r"[。；;！？]")
_LONGEST_HEADING = 60


def cut_inline(lines: Sequence[SourceText], wording: Wording) -> list[SourceText]:
    """Return the lines, long ones cut into one line an item; the same lines if none is."""
    return [part for line in lines for part in _cut(line, wording)]


def _cut(line: SourceText, wording: Wording) -> Iterator[SourceText]:
    if len(line.raw_text) < _LONG:
        yield line
        return
    flat = wording.flatten(line.raw_text)
    last: dict[str, int] = {}
    places = [0]
    for place in (0, *(match.end() for match in _BEHIND.finditer(line.raw_text))):
        opener = find_opener(flat, place)
        if opener is None or opener.style not in _STYLES or opener.start != place or opener.value is None:
            continue
        is_next = opener.value in (1, last.get(opener.style, 0) + 1)
        if place == 0 or (is_next and (_stands_free(flat, place) or _ends_heading(flat, places[-1], place))):
            last[opener.style] = opener.value
            places.append(place)
    for number, (low, high) in enumerate(pairwise([*dict.fromkeys(places), len(line.raw_text)])):
        text = line.raw_text[low:high].rstrip()
        if text:
            yield replace(line, raw_text=text, starts_paragraph=number > 0 or line.starts_paragraph)


def _stands_free(flat: str, place: int) -> bool:
    """Tell whether a blank, a stop or a closed bracket stands before a place."""
    return flat[place - 1].isspace() or flat[place - 1] in "。;:)"


def _ends_heading(flat: str, start: int, place: int) -> bool:
    """Tell whether what stands between two numbers reads as a heading: it opens with one, is short and no sentence."""
    is_short = 0 < place - start <= _LONGEST_HEADING and _STOP.search(flat, start, place) is None
    return is_short and find_opener(flat, start) is not None
