"""Lines of a text → items: a numbered line with the lines below it, in the order and depth of their numbers.

A number counts where it goes on: 三、 behind 二、, 4. behind 3. also over headings. One that does not, in a line that
goes on with the sentence of the line before, is a figure at the start of a wrapped line.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from planextract.label.prose.openers import Opener, find_opener
from planextract.label.prose.owners_above import find_owner_lines
from planextract.label.prose.wording import Wording
from planextract.model.source import SourceText
from planextract.text.markers import is_page_number
from planextract.text.sentences import is_finished

_MAX_STEP = 3
_MAX_HEAD, _MIN_REPEATS = 40, 3
_FULL, _MIN_FULL, _MIN_WIDTH, _MAX_WIDTH = 0.88, 4, 12, 70  # shares and counts of lines, characters
_MAX_TITLE_LINE, _LABEL_REACH = 15, 8
_INDENT = 10.0  # points: half of the two characters that a paragraph's first line stands in, in small print
_CLOSED = ("）", ")", "〕", "】")
_DATE_ENDS = ("前", "内", "底", "末", "日", "年", "完成", "推进")
_DATE_IN_FIGURES = re.compile(r"\d{4}([-/.])\d{1,2}\1\d{1,2}$")
_UNFINISHED = "、，,（(〔：:"
_DIGITS = re.compile(r"\d+")
_DATE_LINE = re.compile(
    r"[\d年月日:/.\s\-〔〕\[\]号]+|.{1,12}[〔\[(]?[12]\d{3}[〕\])]?\d{1,5}号|.*\d{4}年\d{1,2}月\d{1,2}日.*"
)


@dataclass(slots=True)
class Item:
    """A numbered line and what stands below it up to the next number; an item without a number is a paragraph.

    ``wraps`` are the places in ``lines`` that go on with the line before: they were wrapped, or a page cut them.
    """

    lines: list[SourceText] = field(default_factory=list)
    opener: Opener | None = None
    depth: int = 0
    wraps: set[int] = field(default_factory=set)

    @property
    def style(self) -> str:
        """The style of its number, or nothing."""
        return self.opener.style if self.opener else ""

    @property
    def text(self) -> str:
        """The item's lines, a line feed between those that are not one paragraph."""
        parts: list[str] = []
        for place, line in enumerate(self.lines):
            parts.append(self._mark(place) + line.raw_text)
        return "".join(parts)

    def starts(self) -> list[int]:
        """Return where each line starts in the text."""
        found, size = [], 0
        for place, line in enumerate(self.lines):
            size += len(self._mark(place))
            found.append(size)
            size += len(line.raw_text)
        return found

    def _mark(self, place: int) -> str:
        if place == 0:
            return ""
        if place not in self.wraps:
            return "\n"
        sides = self.lines[place - 1].raw_text[-1:] + self.lines[place].raw_text[:1]
        return " " if sides.isascii() and sides.isalpha() else ""

    def cut(self, start: int, end: int | None = None) -> Item:
        """Return an item of some of the lines; one that starts further down has no number."""
        stop = len(self.lines) if end is None else end
        return Item(
            lines=self.lines[start:stop],
            opener=None if start else self.opener,
            depth=self.depth,
            wraps={place - start for place in self.wraps if start < place < stop},
        )


def join_items(items: Sequence[Item]) -> Item:
    """Make one item of several: the number of the first, all lines."""
    joined = Item(opener=items[0].opener, depth=items[0].depth)
    for item in items:
        joined.wraps |= {place + len(joined.lines) for place in item.wraps}
        joined.lines += item.lines
    return joined


@dataclass(frozen=True, slots=True, kw_only=True)
class Outline:
    """Items in order, and the lines that belong to the page and not to the text, with the reason."""

    items: tuple[Item, ...]
    furniture: tuple[tuple[SourceText, str], ...]


class Numbering:
    """Follows the numbers of a text: which one is open at each rank, and how far each style has counted."""

    def __init__(self) -> None:
        self._open: list[tuple[str, int, int]] = []  # style, rank, value
        self._last: dict[str, int] = {}

    def goes_on(self, opener: Opener, *, after_stop: bool) -> bool:
        """Tell whether a number is the next one of its style, or starts to count; behind a full stop any may start."""
        if opener.style == "spaced":
            return self.is_next(opener)  # a figure and a blank open many lines that are no items
        if opener.value == 1:
            return True
        if opener.value is None or opener.style not in self._last:
            return after_stop
        return 0 < opener.value - self._last[opener.style] <= _MAX_STEP

    def is_next(self, opener: Opener) -> bool:
        """Tell whether a number is exactly the one behind the last of its style."""
        return opener.value is not None and opener.value == self._last.get(opener.style, 0) + 1

    def enter(self, opener: Opener) -> int:
        """Open an item; return its depth."""
        styles = [style for style, _, _ in self._open]
        if opener.style in styles:
            self._close(styles.index(opener.style))
        else:
            deeper = next((i for i, (_, rank, _) in enumerate(self._open) if rank > opener.rank), len(self._open))
            self._close(deeper)
        value = opener.value or 0
        self._open.append((opener.style, opener.rank, value))
        self._last[opener.style] = value
        return len(self._open) - 1

    def _close(self, place: int) -> None:
        """Forget what is deeper; only 1. and （一） count on through a whole text."""
        for style, _, _ in self._open[place:]:
            if style not in ("number", "section", "named"):
                self._last.pop(style, None)
        del self._open[place:]


def make_outline(lines: Sequence[SourceText], wording: Wording) -> Outline:
    """Part lines into items."""
    kept, furniture, cut = _drop_furniture(lines, wording)
    wrapping = _Wrapping(kept, cut, wording)
    items: list[Item] = []
    numbering = Numbering()
    bodies = find_body_lines(kept, wording) | find_owner_lines(kept, wording)
    for place, line in enumerate(kept):
        opener = find_opener(wording.flatten(line.raw_text))
        if place in bodies:
            opener = Opener(style="body", rank=1, value=1, start=0, stop=0, end=0)
        before = items[-1].lines[-1].raw_text if items else ""
        after_stop = place == 0 or is_finished(before) or not wrapping.is_full(place - 1)
        is_loose = opener is not None and opener.style == "spaced"  # a figure and a blank: only where it counts on
        if opener is not None and (
            numbering.goes_on(opener, after_stop=after_stop)
            or (
                not is_loose
                and (
                    is_finished(before)
                    or (after_stop and _is_heading_of(items, opener))
                    or _ends_in_owners(before, wording)
                )
            )
        ):
            items.append(Item(lines=[line], opener=opener, depth=numbering.enter(opener)))
        elif not items:
            items.append(Item(lines=[line]))
        else:
            if wrapping.goes_on(place):
                items[-1].wraps.add(len(items[-1].lines))
            items[-1].lines.append(line)
    return Outline(items=tuple(items), furniture=tuple(furniture))


def find_body_lines(lines: Sequence[SourceText], wording: Wording) -> frozenset[int]:
    """Return the lines without a number that name bodies alone and stand above a list each; two at least."""
    found = set()
    for place, (line, following) in enumerate(pairwise(lines)):
        opener = find_opener(wording.flatten(following.raw_text))
        if opener is not None and opener.value == 1 and opener.rank > 1 and _names_bodies(line.raw_text, wording):
            found.add(place)
    return frozenset(found) if len(found) > 1 else frozenset()


def _names_bodies(text: str, wording: Wording) -> bool:
    flat = wording.flatten(text).strip().rstrip(":。 ")
    if not flat or find_opener(flat) or next(wording.find_labels(flat + ":", 0, len(flat) + 1), None):
        return False
    names = [flat[low:high] for low, high in wording.tokens(flat, 0, len(flat))]
    return bool(names) and all(map(wording.is_body, names))


def _is_heading_of(items: Sequence[Item], opener: Opener) -> bool:
    """Tell whether the last item is one numbered line of a higher rank: the heading of a list that begins anywhere."""
    above = items[-1].opener if items and len(items[-1].lines) == 1 else None
    return above is not None and above.rank < opener.rank


def _ends_in_owners(line: str, wording: Wording) -> bool:
    """Tell whether owners end a line, so that any number behind it opens an item: some are left out, or used again."""
    flat = wording.flatten(line)
    return line.rstrip().endswith(_CLOSED) or next(wording.find_labels(flat, 0, len(flat)), None) is not None


class _Wrapping:
    """Tells which lines go on with the sentence of the line before.

    A text is wrapped if many of its lines are nearly as long as the longest; then a full line without an end of a
    sentence goes on. In any text a line goes on behind a page break or a running head, if the line before is no title
    and it is not indented.
    """

    def __init__(self, lines: Sequence[SourceText], cut: frozenset[int], wording: Wording) -> None:
        pages = {p for p in range(1, len(lines)) if lines[p].page != lines[p - 1].page}
        self._lines, self._cut, self._wording = lines, cut | pages, wording
        self._margins: dict[int, float] = {}  # where text begins on each page that has places
        for line in lines:
            if line.bbox is not None:
                self._margins[line.page] = min(line.bbox.x0, self._margins.get(line.page, line.bbox.x0))
        sizes = sorted(len(line.raw_text) for line in lines)
        width = sizes[min(len(sizes) - 1, int(0.95 * len(sizes)))] if sizes else 0
        full = sum(size >= _FULL * width for size in sizes)
        is_wrapped = _MIN_WIDTH <= width <= _MAX_WIDTH and full >= max(_MIN_FULL, len(sizes) // 5)
        self._full = _FULL * width if is_wrapped else float("inf")

    def is_full(self, place: int) -> bool:
        """Tell whether a line of a wrapped text reaches its right edge."""
        return len(self._lines[place].raw_text) >= self._full

    def goes_on(self, place: int) -> bool:
        """Tell whether the line at ``place`` goes on with the one before."""
        before, line = self._lines[place - 1], self._lines[place]
        is_cut = place in self._cut and len(before.raw_text) > _MAX_TITLE_LINE and not self._is_indented(line)
        is_full = self.is_full(place - 1)
        ends = is_finished(before.raw_text) and not before.raw_text.endswith(("；", ";"))
        if not (is_cut or is_full) or ends or (line.starts_paragraph and place not in self._cut):
            return False
        flat = self._wording.flatten(line.raw_text)
        if self._wording.find_card(flat, 0, len(flat)) or self._wording.find_bare_label(flat, 0, len(flat)):
            return False
        if flat[:1] in "、,;" and is_full:
            return True  # no line opens with the mark of a list but one that was wrapped in front of it
        first = next(self._wording.find_labels(flat, 0, len(flat)), None)
        if first is None or first.start > 0 or before.raw_text[-1] in _UNFINISHED:
            return not self._closes_names(before.raw_text, flat)
        tail = self._wording.flatten(before.raw_text)[-_LABEL_REACH:]
        joined = f"{tail}\n{flat}"
        found = self._wording.find_labels(joined, 0, len(tail) + 1 + first.end)
        # A sign of a place alone (…文明城区|责任科室：) is no half of a label whose rest is one by itself.
        return any(label.start < len(tail) - 1 and len(tail) < label.word[1] for label in found)

    def _is_indented(self, line: SourceText) -> bool:
        return line.bbox is not None and line.bbox.x0 - self._margins[line.page] > _INDENT

    def _closes_names(self, before: str, line: str) -> bool:
        """Tell whether a line of labels ends with a whole name and the next one lists none."""
        flat = self._wording.flatten(before)
        labels = list(self._wording.find_labels(flat, 0, len(flat)))
        if not labels:
            return False
        value = flat[labels[-1].end :].rstrip()
        is_whole_date = value.endswith(_DATE_ENDS) or _DATE_IN_FIGURES.search(value) is not None
        if labels[-1].label.kind == "deadline" and is_whole_date and self._wording.is_deadline(value):
            return not self._wording.ends_date(line)
        if flat[: labels[0].start].strip(" -*·•"):
            return False
        names = [flat[low:high] for low, high in self._wording.tokens(flat, labels[-1].end, len(flat))]
        behind = [line[low:high] for low, high in self._wording.tokens(line, 0, len(line))]
        is_whole = bool(names) and self._wording.is_body(names[-1]) and flat[-1] not in "、,"
        return is_whole and not all(self._wording.is_body(name) for name in behind)


def _drop_furniture(
    lines: Sequence[SourceText], wording: Wording
) -> tuple[list[SourceText], list[tuple[SourceText, str]], frozenset[int]]:
    """Set page numbers and running heads aside: a short line that is printed again and again, figures aside.

    Returns:
        The lines that are left, those that are not with the reason, and the places behind them.
    """
    keys = [_DIGITS.sub("0", "".join(line.raw_text.split())) for line in lines]
    counts = Counter(keys)
    kept: list[SourceText] = []
    furniture: list[tuple[SourceText, str]] = []
    cut: set[int] = set()
    numbers = [is_page_number(line.raw_text) for line in lines]
    for place, (line, key) in enumerate(zip(lines, keys, strict=True)):
        beside = any(numbers[max(0, place - 1) : place + 2])
        if numbers[place]:
            reason = "page_number"
        elif counts[key] >= (_MIN_REPEATS - beside) and _is_running_head(line.raw_text, wording):
            reason = "running_head"
        else:
            kept.append(line)
            continue
        furniture.append((line, reason))
        cut.add(len(kept))
    return kept, furniture, frozenset(cut - {0})


def _is_running_head(text: str, wording: Wording) -> bool:
    flat = wording.flatten(text)
    if _DATE_LINE.fullmatch(flat.strip()) or wording.is_deadline(flat):
        return False
    if (
        len(text) > _MAX_HEAD
        or is_finished(text)
        or text.rstrip().endswith((")", "）", "〕", "】", "、", "，", ":", "："))
    ):
        return False
    if next(wording.find_labels(flat + ":", 0, len(flat) + 1), None) or wording.find_bare_label(flat, 0, len(flat)):
        return False
    return find_opener(flat) is None and not all(
        wording.is_body(flat[a:b]) for a, b in wording.tokens(flat, 0, len(flat))
    )
