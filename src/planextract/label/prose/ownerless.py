"""Lists without owners: numbered, below a title of tasks (2020年民生实事, 重点任务清单), a plan that names no body.

Nothing but the title tells such a list from an ordinary one. So it must end as a title of tasks does and say a year or
how many there are; the list must count from 1 without a gap, and no further than the title says. A title that stands
below the list must say exactly how many there are.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from planextract.label.prose.outline import Item, Outline, join_items, make_outline
from planextract.label.prose.stretches import Reading
from planextract.label.prose.wording import Wording
from planextract.model.source import SourceText
from planextract.text.numerals import parse_number
from planextract.text.sentences import is_finished

_MIN_ITEMS, _MIN_TEXT, _MAX_TITLE = 3, 8, 60
_OWNED_SHARE = 0.6
_TITLE_REACH, _TITLE_BELOW = 12, 3  # items or lines between a title and its list
_INLINE = re.compile(r"[(（]\s*(\d{1,2})\s*[)）]|(?:(?<=[。；;：:])|^)\s*(\d{1,2})\s*[.．、](?!\d)")
_BEHIND_TITLE = re.compile(r"(?:[(][^()]{1,20}[)]|[》\"”』*!\s]|(?:正式|新鲜)?(?:出炉|公布|发布|确定|揭晓|敲定))+$")
_YEAR = re.compile(r"(?:19|20)\d{2}年?|[一二]\s*[〇○零0-9一二三四五六七八九]{3}年")
_COUNT = re.compile(r"(\d{1,3}|[一二三四五六七八九十]{1,3})\s*(?:件|项|大)")


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnerlessList:
    """A list that a title makes a plan: the outline of the text, the places of its first and last item, its style."""

    outline: Outline
    first: int
    last: int
    style: str


def find_ownerless(lines: Sequence[SourceText], wording: Wording) -> OwnerlessList | None:
    """Return the list below a title of tasks, or None; items inside one line are cut apart."""
    outline = make_outline(list(_cut_lines(lines)), wording)
    found = _find_run(outline.items)
    if found is None:
        return None
    count = len(found)
    if count < _MIN_ITEMS or not _has_title(outline, found, wording):
        return None
    style = outline.items[found[0]].style
    items, first, last = _join_deeper(outline.items, found)
    texts = [item.text.rstrip() for item in items[first : last + 1] if item.style == style]
    if sum(map(len, texts)) < _MIN_TEXT * count or any(text.endswith(("：", ":", "？", "?")) for text in texts):
        return None
    if sum(_ends_in_body(text, wording) for text in texts) > _OWNED_SHARE * count:
        return None
    items = (*items[:last], *_cut_tail(items[last]), *items[last + 1 :])
    return OwnerlessList(outline=replace(outline, items=items), first=first, last=last, style=style)


def _ends_in_body(text: str, wording: Wording) -> bool:
    """Tell whether an item names a body behind its last comma: cells without a header, and a list that has owners."""
    flat = wording.flatten(text).rstrip("。; ")
    names = [flat[low:high] for low, high in wording.tokens(flat, 0, len(flat))]
    return len(names) > 1 and wording.is_body(names[-1])


def _cut_lines(lines: Sequence[SourceText]) -> Iterator[SourceText]:
    """Yield lines, one that holds a list (1)… (2)… (3)… as one line an item."""
    for line in lines:
        places, wanted = [], 1
        for match in _INLINE.finditer(line.raw_text):
            if int(match.group(1) or match.group(2)) == wanted:
                places.append(match.start())
                wanted += 1
        if len(places) < _MIN_ITEMS:
            yield line
            continue
        cuts = sorted({0, *places, len(line.raw_text)})
        for low, high in pairwise(cuts):
            yield replace(line, raw_text=line.raw_text[low:high])


def _find_run(items: Sequence[Item]) -> list[int] | None:
    """Return the places of the longest list of one style that counts from 1; of lists as long, the highest."""
    runs: dict[str, list[int]] = {}
    best: list[int] = []
    for place, item in enumerate(items):
        if item.opener is None or item.opener.value is None:
            continue
        run = runs.setdefault(item.opener.style, [])
        if item.opener.value == 1:
            run = runs[item.opener.style] = [place]
        elif run and item.opener.value == len(run) + 1:
            run.append(place)
        else:
            runs[item.opener.style] = []
        if len(run) > len(best):
            best = list(run)
    return best or None


def _has_title(outline: Outline, run: Sequence[int], wording: Wording) -> bool:
    """Tell whether a title near a list makes it one of tasks."""
    above = [line for item in outline.items[max(0, run[0] - _TITLE_REACH) : run[0]] for line in item.lines]
    below = outline.items[run[-1]].lines[1 : 1 + _TITLE_BELOW]
    titles = [(False, _title_of(line, wording)) for line in above] + [
        (True, _title_of(line, wording)) for line in below
    ]
    if any(wording.is_other_title(title) or wording.is_asked_for(title) for _, title in titles):
        return False
    for is_below, title in titles:
        if title.endswith(wording.words.ownerless_titles):
            counts = [parse_number(match.group(1)) for match in _COUNT.finditer(title)]
            if len(run) in counts or (not is_below and not counts and _YEAR.search(title)):
                return True
            if not is_below and any(count and count > len(run) for count in counts):
                return True
    return False


def has_task_title(front: Sequence[Reading], wording: Wording) -> bool:
    """Tell whether a line above a list is a title of tasks with its year or count."""
    titles = [_title_of(line, wording) for reading in front for line in reading.item.lines]
    named = [title for title in titles if title.endswith((*wording.words.ownerless_titles, "分解", "分工"))]
    return any(_YEAR.search(title) or _COUNT.search(title) for title in named)


def _title_of(line: SourceText, wording: Wording) -> str:
    """Return a line without what stands behind a title, "" if it is a sentence or too long for one."""
    flat = wording.flatten(line.raw_text).strip(" #*\t")
    return "" if len(flat) > _MAX_TITLE or is_finished(flat) else _BEHIND_TITLE.sub("", flat)


def _join_deeper(items: Sequence[Item], run: Sequence[int]) -> tuple[tuple[Item, ...], int, int]:
    """Make one item of each of the list's and what stands below it, up to a heading or the next."""
    members = set(run)
    depth = items[run[0]].depth
    joined: list[Item] = []
    group: list[Item] = []
    first = last = 0
    for place, item in enumerate(items):
        if group and (place in members or item.depth <= depth):
            joined.append(join_items(group))
            group = []
        if place in members:
            first = len(joined) if place == run[0] else first
            last = len(joined)
            group = [item]
        elif group:
            group.append(item)
        else:
            joined.append(item)
    if group:
        joined.append(join_items(group))
    return tuple(joined), first, last


def _cut_tail(item: Item) -> Iterator[Item]:
    """Yield the last item of a list, and apart from it the lines below that do not end as sentences do."""
    count = 1
    while count < len(item.lines):
        text = item.lines[count].raw_text
        if count not in item.wraps and not (is_finished(text) and any(map(str.isalnum, text))):
            break
        count += 1
    yield item.cut(0, count)
    if count < len(item.lines):
        yield item.cut(count)
