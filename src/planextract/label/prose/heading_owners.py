"""Headings that are bodies: 一、区发改局 above a list of tasks names who owns each of them.

Lists of duties look the same (（一）市发改局 1.负责拟订…), and so do reports of what was done. So the title must be one of
a plan and of nothing else, the headings of one style bodies nearly all, and the items tasks: with a figure or a day,
and not opened by words of duty.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from planextract.label.prose.stretches import Reading, SharedOwner
from planextract.label.prose.wording import Span, Wording, trim

_MIN_HEADINGS, _MIN_TASKS = 2, 3
_SHARE, _MAX_DUTIES, _MIN_FIGURES = 0.8, 0.2, 0.4
_MAX_TITLE = 60


def share_headings(readings: Sequence[Reading], wording: Wording) -> None:
    """Give the items below headings that are bodies their owner, if the text is a list of tasks by body."""
    found = dict(_find_headings(readings, wording))
    styles = Counter(readings[place].style for place in found)
    if not found:
        return
    style = styles.most_common(1)[0][0]
    places = [place for place in found if readings[place].style == style]
    between = [r for r in readings[places[0] : places[-1] + 1] if r.style == style]
    tasks = [task for place in places for task in _below(readings, place)]
    is_list = len(places) >= _MIN_HEADINGS and len(tasks) >= _MIN_TASKS and len(places) >= _SHARE * len(between)
    if not is_list or not _are_tasks(tasks, wording) or not _has_title(readings[: places[0]], wording):
        return
    for place in places:
        reading, (low, high) = readings[place], found[place]
        line = reading.item.lines[0]
        shared = SharedOwner(text=reading.text[low:high], span=(low, high), line=line.line)
        reading.names_owner = shared
        for task in _below(readings, place):
            task.shared = shared


def _find_headings(readings: Sequence[Reading], wording: Wording) -> Iterator[tuple[int, Span]]:
    for place, reading in enumerate(readings):
        opener = reading.item.opener
        if opener is None or reading.is_owned or "\n" in reading.text.strip():
            continue
        low, high = trim(reading.flat, opener.end, len(reading.flat))
        while high > low and reading.flat[high - 1] in ":。":
            high -= 1
        names = [reading.flat[a:b] for a, b in wording.tokens(reading.flat, low, high)]
        below = list(_below(readings, place))
        if names and all(map(wording.is_body, names)) and below and not any(task.is_owned for task in below):
            yield place, (low, high)


def _below(readings: Sequence[Reading], place: int) -> Iterator[Reading]:
    for reading in readings[place + 1 :]:
        if reading.item.depth <= readings[place].item.depth:
            return
        yield reading


def _are_tasks(tasks: Sequence[Reading], wording: Wording) -> bool:
    texts = [task.flat[task.item.opener.end if task.item.opener else 0 :] for task in tasks]
    duties = sum(text.startswith(wording.words.duty_starts) for text in texts)
    figures = sum(any(map(str.isdigit, text)) for text in texts)
    return duties <= _MAX_DUTIES * len(texts) and figures >= _MIN_FIGURES * len(texts)


def _has_title(front: Sequence[Reading], wording: Wording) -> bool:
    """Tell whether the last title above the list is one of a plan, and none speaks of duties or of what was done."""
    lines = [line.strip() for reading in front for line in reading.flat.split("\n")]
    titles = [line for line in lines if 3 < len(line) <= _MAX_TITLE and line[-1] not in "。;:,"]
    tells = any(wording.is_other_title(line) or wording.is_told(line) for line in titles)
    return not tells and any(map(wording.is_plan_title, titles))
