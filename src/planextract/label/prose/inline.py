"""Pages that lost their line breaks: a line that holds many items is cut in front of each number that goes on.

Legal databases and crawled copies print a whole notice as one paragraph. A number opens an item there if it stands
behind a blank or a full stop and is 1, or the next one of its style.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from planextract.label.prose.outline import find_opener
from planextract.label.prose.wording import Wording
from planextract.model.source import SourceText

_LONG = 40  # characters of a line that may hold several items
_BEHIND = re.compile(r"(?:(?<=[。；;）)])|\s{1,8})(?=[一二三四五六七八九十（(\d])")
_STYLES = ("chapter", "section", "number")


def cut_inline(lines: Sequence[SourceText], wording: Wording) -> list[SourceText]:
    """Return the lines, long ones cut into one line an item; the same lines if none is."""
    return [part for line in lines for part in _cut(line, wording)]


def _cut(line: SourceText, wording: Wording) -> Iterator[SourceText]:
    flat = wording.flatten(line.raw_text)
    first = find_opener(flat)
    if len(flat) < _LONG and (first is None or first.value != 1):
        yield line
        return
    last = {first.style: first.value} if first is not None and first.value is not None else {}
    places = []
    for match in _BEHIND.finditer(line.raw_text):
        opener = find_opener(flat, match.end())
        if opener is None or opener.style not in _STYLES or opener.start != match.end() or opener.value is None:
            continue
        if opener.value == 1 or opener.value == last.get(opener.style, 0) + 1:
            last[opener.style] = opener.value
            places.append(match.end())
    for place, (low, high) in enumerate(pairwise([0, *places, len(line.raw_text)])):
        text = line.raw_text[low:high].rstrip()
        if text:
            yield replace(line, raw_text=text, starts_paragraph=place > 0 or line.starts_paragraph)
