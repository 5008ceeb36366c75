"""An item's text → stretches: what one group of owners answers for, in order."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field

from planextract.label.prose.openers import Opener, find_opener
from planextract.label.prose.outline import Item, Numbering
from planextract.label.prose.owners import Owners
from planextract.label.prose.regions import Region, RegionFinder
from planextract.label.prose.wording import Span, Wording, trim
from planextract.model.roles import AGENCY_ROLES, Role
from planextract.text.sentences import is_finished

_MIN_TEXT = 6
_BULLET = re.compile(r"[-*•●·>]+ +|[•●]+")
_MARKED_LINE = re.compile(r"[◆■●▪★◎◇□▲]\s*([^\n。;:,]{2,30})\n(?=[^\n]{6})")
_INLINE_STYLES = ("bracketed", "half", "circled", "number", "section", "named")


@dataclass(slots=True)
class Stretch:
    """The text of one measure: its spans, its owners, and what it prints in front.

    ``start`` and ``end`` hold it whole; ``opener`` is the number it starts with and ``name`` the label line or
    heading line that names it. ``opens_task`` if the number is of the item's own list.
    """

    start: int
    end: int
    spans: list[Span]
    owners: Owners | None = None
    opener: Opener | None = None
    opens_task: bool = False
    name: Span | None = None
    on_lines: bool = False


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class SharedOwner:
    """What a heading says for all items below it: its owners, each cell by role; ``title`` is what else it prints.

    ``taken`` are the places of the cells in the heading's text, ``private`` those of people.
    """

    cells: tuple[tuple[Role, str], ...]
    taken: tuple[Span, ...]
    line: int | None
    title: Span | None = None
    private: tuple[Span, ...] = ()
    labels: tuple[tuple[Role, str], ...] = ()


@dataclass(slots=True)
class Reading:
    """An item with its stretches; ``heading`` is a first line that names what stands below it.

    ``names_owner`` if it is a heading that is a body, ``shared`` if it stands below one.
    """

    item: Item
    text: str
    flat: str
    stretches: list[Stretch] = field(default_factory=list)
    heading: Span | None = None
    names_owner: SharedOwner | None = None
    shared: SharedOwner | None = None
    starts: list[int] = field(init=False)

    def __post_init__(self) -> None:
        """Look once where the lines start: an item may have thousands."""
        self.starts = self.item.starts()

    def find_line(self, place: int) -> int:
        """Return which of the item's lines a place of its text is in."""
        return max(0, bisect_right(self.starts, place) - 1)

    @property
    def style(self) -> str:
        """The style of its number, or nothing."""
        return self.item.opener.style if self.item.opener else ""

    @property
    def is_owned(self) -> bool:
        """Whether a body answers for any of it."""
        return self.shared is not None or any(has_bodies(s.owners) for s in self.stretches)


def read_item(item: Item, wording: Wording, numbering: Numbering, *, sentences: bool = False) -> Reading:
    """Read an item's stretches; ``numbering`` follows the numbers that stand inside lines.

    With ``sentences`` a paragraph's last sentence may name the owners: 由市林业局牵头，市财政局配合。
    """
    finder = RegionFinder(item.text, wording, sentences=sentences)
    reading = Reading(item=item, text=finder.text, flat=finder.flat)
    start = item.opener.end if item.opener else 0
    if item.opener is not None:
        numbering.enter(item.opener)
    regions = finder.find(start)
    position, holes, pending = start, list[Region](), Owners()
    for region in regions:
        if not region.owners.has_bodies:
            holes.append(region)
            pending.merge(region.owners)
            continue
        pending.merge(region.owners)
        for_text = list(_text_spans(reading, position, region.start, holes))
        is_empty = not any(high > low for low, high in for_text)
        if is_empty and reading.stretches and reading.stretches[-1].owners is not None:
            reading.stretches[-1].owners.merge(pending)
            reading.stretches[-1].end = region.end
        else:
            reading.stretches.append(
                Stretch(start=position, end=region.end, spans=for_text, owners=pending, on_lines=region.on_lines)
            )
        position, holes, pending = region.end, [], Owners()
    _add_rest(reading, position, holes, pending, wording)
    for place, stretch in enumerate(reading.stretches):
        _read_front(reading, stretch, item.opener if place == 0 else None, numbering, wording)
    return reading


def _text_spans(reading: Reading, start: int, end: int, holes: list[Region]) -> Iterator[Span]:
    position = start
    for hole in holes:
        yield trim(reading.flat, position, max(position, hole.start))
        position = hole.end
    yield trim(reading.flat, position, max(position, end))


def _add_rest(reading: Reading, position: int, holes: list[Region], pending: Owners, wording: Wording) -> None:
    """Add what stands behind the last owners: a stretch of its own on the same line, else no measure's text."""
    end = len(reading.text)
    spans = [span for span in _text_spans(reading, position, end, holes) if span[1] > span[0]]
    size = sum(high - low for low, high in spans)
    if reading.stretches and size < _MIN_TEXT:
        reading.stretches[-1].end = end
        if reading.stretches[-1].owners is not None:
            reading.stretches[-1].owners.merge(pending)
        return
    if reading.stretches and spans:
        first = spans[0][0]
        wraps = {reading.starts[place] for place in reading.item.wraps}
        if "\n" in reading.text[position:first] or reading.text[position - 1] == "\n" or first in wraps:
            return  # a paragraph below the owners that nobody owns
        line_end = reading.text.find("\n", first)
        low, high = trim(reading.flat, first, end if line_end < 0 else line_end)
        if high - low < _MIN_TEXT:
            return  # the rest of a bracket, and a paragraph below it
        reading.stretches.append(Stretch(start=position, end=high, spans=[(low, high)], owners=None))
        return
    reading.stretches.append(
        Stretch(start=position, end=end, spans=spans, owners=pending if pending.spans or pending.private else None)
    )


def _read_front(reading: Reading, stretch: Stretch, own: Opener | None, numbering: Numbering, wording: Wording) -> None:
    """Read the number, the name and the labels that a stretch starts with."""
    stretch.opener, stretch.opens_task = own, own is not None
    if not stretch.spans:
        return
    _read_cards(reading, stretch, wording)
    low, high = stretch.spans[0]
    marked = _MARKED_LINE.match(reading.flat, low, high) if own is None and stretch.name is None else None
    if marked is not None:
        stretch.name, stretch.spans[0] = marked.span(1), trim(reading.flat, marked.end(), high)
        return
    if own is None:
        low = skip_bullet(reading.flat, low, high)
        stretch.spans[0] = low, high
        opener = find_opener(reading.flat, low, high)
        if opener is not None and opener.start - low <= 2 and opener.style in _INLINE_STYLES:
            is_same = reading.item.opener is None or opener.style == reading.item.opener.style
            stretch.opens_task = (
                is_same and numbering.is_next(opener) and opener.style not in ("bracketed", "half", "circled")
            )
            if stretch.opens_task:
                numbering.enter(opener)
            if stretch.opens_task or opener.style in ("bracketed", "half", "circled"):
                stretch.opener = opener
                stretch.spans[0] = trim(reading.flat, opener.end, high)


def skip_bullet(flat: str, low: int, high: int) -> int:
    """Return where a text begins behind the sign of an item without a number: ●, •, -."""
    bullet = _BULLET.match(flat, low, high)
    return bullet.end() if bullet is not None else low


def _read_cards(reading: Reading, stretch: Stretch, wording: Wording) -> None:
    """Take labelled lines apart: 工作任务：name, 工作措施：text. Lines below a label belong to it."""
    found: list[tuple[Role, Span, int]] = []
    for low, high in stretch.spans:
        place = low
        while place < high:
            card = wording.find_card(reading.flat, place, high)
            if card is not None:
                found.append(card)
            line_end = reading.flat.find("\n", place, high)
            place = high if line_end < 0 else line_end + 1
    if not found or len(stretch.spans) != 1:
        return
    low, high = stretch.spans[0]
    parts: list[tuple[Role | None, Span]] = []
    first = found[0][1][0]
    if first > low and (front := trim(reading.flat, low, _line_start(reading.flat, first)))[1] > front[0]:
        parts.append((None, front))
    for place, (role, _, begin) in enumerate(found):
        stop = _line_start(reading.flat, found[place + 1][1][0]) if place + 1 < len(found) else high
        parts.append((role, trim(reading.flat, begin, max(begin, stop))))
    texts = [span for role, span in parts if role is Role.MEASURE]
    if texts and parts[0][0] is None and (title := _title_line(reading, parts[0][1])) is not None:
        # （一）title, 目标任务：…, 工作措施：…
        rest = trim(reading.flat, title[1], parts[0][1][1])
        parts[0] = (None, title)
        texts = [span for span in (rest, *(span for _, span in parts[1:])) if span[0] < span[1]]
    others = [span for _, span in parts if span not in texts]
    if not texts:
        stretch.spans = others[-1:]
        others = others[:-1]
    else:
        stretch.spans = texts
    if others:
        stretch.name = others[-1]


def _title_line(reading: Reading, front: Span) -> Span | None:
    """Return the first line of what stands before a card's labels if it is a title and no sentence, or None."""
    low, high = front
    end = reading.flat.find("\n", low, high)
    title = trim(reading.flat, low, high if end < 0 else end)
    return None if end >= 0 and is_finished(reading.flat[slice(*title)]) else title


def _line_start(flat: str, place: int) -> int:
    return flat.rfind("\n", 0, place) + 1


_NAME_STOP = re.compile(r"[。!?]")
_MAX_NAME, _MAX_HEADING_NAME = 32, 45


def find_name_end(reading: Reading, stretch: Stretch) -> int | None:
    """Return where the first sentence of a stretch ends, if it is short enough for a name and text follows."""
    if not stretch.spans:
        return None
    low, high = stretch.spans[0]
    match = _NAME_STOP.search(reading.flat, low, high)
    if match is None or not 1 < match.start() - low <= _MAX_NAME or high - match.end() < _MIN_TEXT:
        return None
    return None if re.search(r"[,;:\d\n]", reading.flat[low : match.start()]) else match.start()


def find_heading_line(reading: Reading) -> Span | None:
    """Return the first line of an item if it only names the paragraphs below it, or None."""
    stretch = reading.stretches[0] if reading.stretches else None
    if stretch is None or not stretch.spans or stretch.opener is None or stretch.name is not None:
        return None
    low, high = stretch.spans[0]
    end = reading.flat.find("\n", low, high)
    if end < 0:
        return None
    low, stop = trim(reading.flat, low, end)
    line = reading.flat[low:stop]
    below = reading.flat[end + 1 :].split("\n", 1)[0]
    is_short = len(below) > stop - low + 3 or any(line.starts_paragraph for line in reading.item.lines[1:2])
    is_name = line.endswith("。") and not re.search(r"[,;:\d]", line)
    closed = is_name or (is_short and not line.endswith("。") and not line.endswith((",", "、", ":", ";")))
    if not closed or len(line) > _MAX_HEADING_NAME or "。" in line[:-1] or high - end < _MIN_TEXT:
        return None
    return (low, stop)


def find_below(reading: Reading) -> Span | None:
    """Return the sentences below a first line that only names them and closes with its owners' bracket, or None."""
    stretch = reading.stretches[0] if len(reading.stretches) == 1 else None
    if stretch is None or stretch.opener is None or stretch.on_lines or len(stretch.spans) != 1 or not reading.is_owned:
        return None
    low, high = stretch.spans[0]
    first_end = reading.flat.find("\n", low)
    if first_end < stretch.end - 1 or high - low > _MAX_HEADING_NAME or re.search(r"[。;].", reading.flat[low:high]):
        return None
    start, end = trim(reading.flat, first_end, len(reading.flat))
    stop = start
    for line in reading.flat[start:end].split("\n"):
        if not is_finished(line):
            break
        stop += len(line) + 1
    start, stop = trim(reading.flat, start, min(stop, end))
    return (start, stop) if stop - start >= _MIN_TEXT else None


def take_below(reading: Reading, span: Span) -> None:
    """Make the sentences below a first line its measure, and the line their name."""
    stretch = reading.stretches[0]
    low, high = stretch.spans[0]
    name = (low, high - reading.flat[low:high].endswith("。"))
    stretch.name, stretch.spans, stretch.end = name, [span], span[1]


def has_bodies(owners: Owners | None) -> bool:
    """Tell whether owners name a body."""
    return owners is not None and any(role in AGENCY_ROLES for role in owners.spans)
