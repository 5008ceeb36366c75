"""Lines of a text → items: a numbered line with the lines below it, in the order and depth of their numbers.

A number counts where it goes on: 三、 behind 二、, 4. behind 3. also over headings. One that does not, in a line that
goes on with the sentence of the line before, is a figure at the start of a wrapped line.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from planextract.label.prose.wording import Wording
from planextract.model.source import SourceText
from planextract.text.markers import is_page_number
from planextract.text.numerals import CHINESE_NUMBER, parse_number
from planextract.text.sentences import is_finished

_LEAD = r"[\s#>*\-•●◆■▪◎★·]*"
_CIRCLED = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳"
_STYLES: tuple[tuple[str, int, re.Pattern[str]], ...] = (
    ("part", 0, re.compile(rf"{_LEAD}(第({CHINESE_NUMBER})[章节篇编部](?:分)?)[、:\s]*")),
    ("chapter", 1, re.compile(rf"{_LEAD}(({CHINESE_NUMBER})[、.,]|({CHINESE_NUMBER}) {{1,4}}(?=\S))\s*")),
    ("section", 2, re.compile(rf"{_LEAD}([(]\s*({CHINESE_NUMBER})\s*[)])[、.,]?\s*")),
    ("dotted", 4, re.compile(rf"{_LEAD}((\d{{1,3}}(?:[.\-]\d{{1,3}}){{1,3}}))[.、,\s]\s*(?![\d%])")),
    ("number", 3, re.compile(rf"{_LEAD}((\d{{1,3}})\s*[.、,])\s*(?!\d)")),
    ("named", 3, re.compile(rf"{_LEAD}((?:任务|项目|事项|措施|实事)\s*(\d{{1,3}}|{CHINESE_NUMBER}))\s*[:、.]\s*")),
    ("bracketed", 5, re.compile(rf"{_LEAD}([(]\s*(\d{{1,3}})\s*[)])[、.,]?\s*")),
    ("half", 6, re.compile(rf"{_LEAD}((\d{{1,3}})\))[、.,]?\s*")),
    ("circled", 7, re.compile(rf"{_LEAD}(([{_CIRCLED}]))[、.,]?\s*")),
)  # fmt: skip
_MAX_STEP = 3
_MAX_HEAD, _MIN_REPEATS = 40, 3
_DIGITS = re.compile(r"\d+")
_DATE_LINE = re.compile(
    r"[\d年月日:/.\s\-〔〕\[\]号]+|.{1,12}[〔\[(]?[12]\d{3}[〕\])]?\d{1,5}号|.*\d{4}年\d{1,2}月\d{1,2}日.*"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Opener:
    """The number that a stretch starts with: its style and rank, its value, the printed number, where the text starts.

    ``value`` is None for a number of several parts (1.2).
    """

    style: str
    rank: int
    value: int | None
    start: int
    stop: int
    end: int


@dataclass(slots=True)
class Item:
    """A numbered line and what stands below it up to the next number; an item without a number is a paragraph."""

    lines: list[SourceText] = field(default_factory=list)
    opener: Opener | None = None
    depth: int = 0

    @property
    def text(self) -> str:
        """The item's lines, a line feed between them."""
        return "\n".join(line.raw_text for line in self.lines)


@dataclass(frozen=True, slots=True, kw_only=True)
class Outline:
    """Items in order, and the lines that belong to the page and not to the text, with the reason."""

    items: tuple[Item, ...]
    furniture: tuple[tuple[SourceText, str], ...]


def find_opener(flat: str, start: int = 0, end: int | None = None) -> Opener | None:
    """Return the number that a stretch of flattened text opens with, or None."""
    for style, rank, pattern in _STYLES:
        match = pattern.match(flat, start, len(flat) if end is None else end)
        if match is None:
            continue
        printed = next(group for group in match.groups()[1:] if group is not None)
        value = (
            _CIRCLED.index(printed) + 1 if style == "circled" else None if style == "dotted" else parse_number(printed)
        )
        return Opener(style=style, rank=rank, value=value, start=match.start(1), stop=match.end(1), end=match.end())
    return None


class Numbering:
    """Follows the numbers of a text: which one is open at each rank, and how far each style has counted."""

    def __init__(self) -> None:
        self._open: list[tuple[str, int, int]] = []  # style, rank, value
        self._last: dict[str, int] = {}

    def goes_on(self, opener: Opener) -> bool:
        """Tell whether a number is the next one of its style, or starts to count."""
        if opener.value is None or opener.value == 1 or opener.style not in self._last:
            return True
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
    kept, furniture = _drop_furniture(lines, wording)
    items: list[Item] = []
    numbering = Numbering()
    for line in kept:
        flat = wording.flatten(line.raw_text)
        opener = find_opener(flat)
        before = items[-1].lines[-1].raw_text if items else ""
        if opener is not None and (numbering.goes_on(opener) or not before or is_finished(before)):
            items.append(Item(lines=[line], opener=opener, depth=numbering.enter(opener)))
        elif not items:
            items.append(Item(lines=[line]))
        else:
            items[-1].lines.append(line)
    return Outline(items=tuple(items), furniture=tuple(furniture))


def _drop_furniture(
    lines: Sequence[SourceText], wording: Wording
) -> tuple[list[SourceText], list[tuple[SourceText, str]]]:
    """Set page numbers and running heads aside: a short line that is printed again and again, figures aside."""
    keys = [_DIGITS.sub("0", "".join(line.raw_text.split())) for line in lines]
    counts = Counter(keys)
    kept: list[SourceText] = []
    furniture: list[tuple[SourceText, str]] = []
    for line, key in zip(lines, keys, strict=True):
        if is_page_number(line.raw_text):
            furniture.append((line, "page_number"))
        elif counts[key] >= _MIN_REPEATS and _is_running_head(line.raw_text, wording):
            furniture.append((line, "running_head"))
        else:
            kept.append(line)
    return kept, furniture


def _is_running_head(text: str, wording: Wording) -> bool:
    flat = wording.flatten(text)
    if _DATE_LINE.fullmatch(flat.strip()):
        return False
    if (
        len(text) > _MAX_HEAD
        or is_finished(text)
        or text.rstrip().endswith((")", "）", "〕", "】", "、", "，", ":", "："))
    ):
        return False
    if next(wording.find_labels(flat, 0, len(flat)), None) or wording.find_bare_label(flat, 0, len(flat)):
        return False
    return find_opener(flat) is None and not all(
        wording.is_body(flat[a:b]) for a, b in wording.tokens(flat, 0, len(flat))
    )
