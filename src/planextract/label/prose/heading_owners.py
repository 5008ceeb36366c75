"""Headings that are bodies: 一、区发改局 above a list of tasks names who owns each of them.

Lists of duties look the same (（一）市发改局 1.负责拟订…), and so do reports of what was done. So the title must be
one of a plan and of nothing else, the headings of one style bodies nearly all, and the items tasks: with a figure or
a day, and not opened by words of duty. A heading may also say what its body does (一、区发改局牵头工作（8项）), or
close with owners: （一）依法决策（责任单位：区司法局）.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from planextract.label.prose.cells import cell_text, with_separators
from planextract.label.prose.owners import Owners
from planextract.label.prose.stretches import Reading, SharedOwner, has_bodies
from planextract.label.prose.wording import Span, Wording, trim
from planextract.model.roles import Role

_MIN_HEADINGS, _MIN_TASKS = 2, 3
_SHARE, _MAX_DUTIES, _MIN_FIGURES = 0.8, 0.2, 0.4
_MAX_TITLE = 60
_SAYS_ROLE = re.compile(
    r"(?P<verb>牵头|负责|承办|主办|承担)(?:负责|承办|办理|落实|推进|实施|完成|组织)?的?(?:主要|重点|各项|有关|相关)*"
    r"(?:工作|任务|事项|项目|目标|清单){0,3}$"
)
_COUNTED = re.compile(r"\s*\((?:共|计)?\s*\d{1,3}\s*[项件条个]\)\s*[:。]?$")


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
    says_roles = all(found[place].verb for place in places)
    is_list = len(tasks) >= _MIN_TASKS and len(places) >= _SHARE * len(between)
    is_list &= len(places) >= _MIN_HEADINGS or says_roles
    if not is_list or not _are_tasks(tasks, wording) or not _has_title(readings[: places[0]], wording):
        return
    for place in places:
        reading, (low, high) = readings[place], found[place].span
        role = wording.words.verbs.get(found[place].verb, Role.RESPONSIBLE)
        labels = ((role, found[place].verb),) if found[place].verb else ()
        cells = ((role, reading.text[low:high]),)
        line = reading.item.lines[0].line
        _share(readings, place, SharedOwner(cells=cells, taken=((low, high),), line=line, labels=labels))


def share_owned_headings(readings: Sequence[Reading], wording: Wording) -> None:
    """Give the items below headings that close with owners these owners.

    Where most of what names owners is such a heading, and no item below one names any.
    """
    places = [place for place, reading in enumerate(readings) if _is_owned_title(readings, place)]
    if len(places) < _MIN_HEADINGS or len(places) < _SHARE * sum(reading.is_owned for reading in readings):
        return
    for place in places:
        reading = readings[place]
        stretch, owners = reading.stretches[0], reading.stretches[0].owners or Owners()
        shared = SharedOwner(
            cells=tuple(
                (role, cell_text(reading, role, sorted(spans), wording)) for role, spans in owners.spans.items()
            ),
            taken=tuple(span for role, spans in owners.spans.items() for span in with_separators(reading, role, spans)),
            line=reading.item.lines[0].line,
            title=stretch.spans[0] if stretch.spans[0][0] < stretch.spans[0][1] else None,
            private=tuple(owners.private),
            labels=tuple(owners.labels.items()),
        )
        _share(readings, place, shared)


def _share(readings: Sequence[Reading], place: int, shared: SharedOwner) -> None:
    readings[place].names_owner = shared
    for task in _below(readings, place):
        task.shared = shared


def _is_owned_title(readings: Sequence[Reading], place: int) -> bool:
    reading = readings[place]
    stretch = reading.stretches[0] if len(reading.stretches) == 1 else None
    if stretch is None or reading.item.opener is None or not has_bodies(stretch.owners) or len(stretch.spans) != 1:
        return False
    low, high = stretch.spans[0]
    below = list(_below(readings, place))
    is_whole = not reading.flat[stretch.end :].split("\n", 1)[0].strip()  # a paragraph below may lead to its items
    is_named = low < high or reading.style == "body"
    is_title = is_named and high - low <= _MAX_TITLE and {"。", ";", ":", ","}.isdisjoint(reading.flat[low:high])
    return is_whole and is_title and bool(below) and not any(task.is_owned for task in below)


@dataclass(frozen=True, slots=True)
class _Named:
    """The bodies of a heading, and the verb behind them that says their role, "" if none does."""

    span: Span
    verb: str


def _find_headings(readings: Sequence[Reading], wording: Wording) -> Iterator[tuple[int, _Named]]:
    for place, reading in enumerate(readings):
        opener = reading.item.opener
        if opener is None or reading.is_owned or "\n" in reading.text.strip():
            continue
        low, high = trim(reading.flat, opener.end, len(reading.flat))
        counted = _COUNTED.search(reading.flat, low, high)  # 县住建局（3项）
        high = counted.start() if counted else high
        while high > low and reading.flat[high - 1] in ":。":
            high -= 1
        said = _SAYS_ROLE.search(reading.flat, low, high)
        low, high = trim(reading.flat, low + reading.flat.startswith("由", low), said.start() if said else high)
        names = [reading.flat[a:b] for a, b in wording.tokens(reading.flat, low, high)]
        below = list(_below(readings, place))
        if names and all(map(wording.is_body, names)) and below and not any(task.is_owned for task in below):
            yield place, _Named((low, high), said["verb"] if said else "")


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
