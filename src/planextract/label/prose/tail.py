"""The end of a plan in prose: what a notice closes with and a site prints below it is no measure."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from planextract.label.prose.stretches import Reading, Stretch, has_bodies
from planextract.label.prose.wording import Wording
from planextract.model.source import SourceText
from planextract.text.sentences import is_finished

_MIN_OWNED = 3
# What a notice closes with, where a page lost the line break in front of it.
_CLOSES = re.compile(
    r"各(?:地|级|部门|单位|有关|相关|责任|成员|县|市|区|乡|镇|街道)|(?:以上|上述)|本(?:方案|意见|通知|措施|计划)|附件|"
    r"(?:国务院|[省市区县])(?:人民)?(?:政府)?办公[厅室]|[(](?:此件|本文)"
)


def leave_footer(readings: Sequence[Reading], wording: Wording) -> None:
    """Drop what a site prints below a plan (主办：县政府 承办：县政府办): labels of organisers that it alone has."""
    owned = [(r, place) for r in readings for place, s in enumerate(r.stretches) if has_bodies(s.owners)]
    if len(owned) <= _MIN_OWNED:
        return
    labels = [set(o.labels.values()) if (o := r.stretches[place].owners) else set() for r, place in owned]
    reading, place = owned[-1]
    stretch = reading.stretches[place]
    is_footer = labels[-1] <= set(wording.words.weak) and labels[-1].isdisjoint(set().union(*labels[:-1]))
    if is_footer and place > 0 and "\n" in reading.text[stretch.start : stretch.end].rstrip():
        del reading.stretches[place:]


def split_tail(last: Reading, *, closes: bool) -> tuple[Reading, list[SourceText]]:
    """Part the lines below the last owners from the item: they belong to the notice.

    ``closes`` if owners close all other items: then a text behind the last ones may close the notice.
    """
    if (
        len(last.stretches) > 1
        and closes
        and last.stretches[-1].owners is None
        and _CLOSES.match(last.flat, last.stretches[-1].spans[0][0])
    ):
        return _split_line(last, last.stretches.pop())
    end = max((stretch.end for stretch in last.stretches), default=len(last.text))
    if not any(
        has_bodies(stretch.owners) for stretch in last.stretches
    ):  # the last of a list names nobody: what does not end as a sentence below it is the page's
        end = _end_of_sentences(last)
    count = last.find_line(end - 1) + 1
    back = last.item.lines[count:]
    if not back:
        return last, []
    item = last.item.cut(0, count)
    text = item.text
    return replace(last, item=item, text=text, flat=last.flat[: len(text)]), back


def _split_line(last: Reading, closing: Stretch) -> tuple[Reading, list[SourceText]]:
    """Part what closes the notice from the line that the last owners stand in."""
    start = closing.spans[0][0]
    place = last.find_line(start)
    line, at = last.item.lines[place], start - last.starts[place]
    kept = last.item.cut(0, place + 1)
    kept.lines[-1] = replace(line, raw_text=line.raw_text[:at].rstrip())
    text = kept.text
    back = [replace(line, raw_text=line.raw_text[at:]), *last.item.lines[place + 1 :]]
    return replace(last, item=kept, text=text, flat=last.flat[: len(text)]), back


def closes_items(readings: Sequence[Reading]) -> bool:
    """Tell whether owners close each of some items that name any."""
    owned = [reading for reading in readings if reading.is_owned and reading.stretches]
    return len(owned) > 1 and all(has_bodies(reading.stretches[-1].owners) for reading in owned)


def _end_of_sentences(reading: Reading) -> int:
    """Return where the first paragraph ends, and those behind it that end as sentences do."""
    lines = reading.text.split("\n")
    end = len(lines[0])
    for line in lines[1:]:
        if not is_finished(line) or not any(map(str.isalnum, line)):
            break
        end += 1 + len(line)
    for stretch in reading.stretches:
        stretch.spans = [(low, min(high, end)) for low, high in stretch.spans if low < end]
        stretch.end = min(stretch.end, end)
    return end
