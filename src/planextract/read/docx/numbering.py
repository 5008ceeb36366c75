"""Automatic numbers of paragraphs: 序号 and headings that a Word file does not hold as text.

Numbers belong to lists (``w:num``), lists share the counters of their pattern (``w:abstractNum``). A paragraph
names its list itself or through its style. Counters of deeper levels start again under a higher one.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from planextract.read.docx.numerals import format_number
from planextract.read.xml_tree import Element, child, children, get

_PLACE = re.compile(r"%([1-9])")
_LEVELS = 9
_MAX_CHAIN = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class _Level:
    start: int = 1
    number_format: str = "decimal"
    text: str = ""
    is_legal: bool = False
    style: str = ""
    restarts: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class _List:
    pattern: str
    starts: dict[int, int]
    levels: dict[int, _Level]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Style:
    based_on: str
    list_id: str
    level: int | None


@dataclass(slots=True)
class _Counter:
    values: list[int | None] = field(default_factory=lambda: [None] * _LEVELS)


class Numbering:
    """Gives each numbered paragraph its label; paragraphs must come in the order of the document."""

    def __init__(self, numbering: Element | None, styles: Element | None) -> None:
        self.labels: list[str] = []
        self._patterns = {get(item, "abstractNumId"): _read_levels(item) for item in children(numbering, "abstractNum")}
        self._links = {
            get(item, "abstractNumId"): get(link, "val")
            for item in children(numbering, "abstractNum")
            if (link := child(item, "numStyleLink")) is not None
        }
        self._lists = {get(item, "numId"): _read_list(item) for item in children(numbering, "num")}
        self._styles = {get(item, "styleId"): _read_style(item) for item in children(styles, "style")}
        self._default = next(
            (
                get(item, "styleId")
                for item in children(styles, "style")
                if get(item, "type") == "paragraph" and get(item, "default") in ("1", "true", "on")
            ),
            "",
        )
        self._counters: dict[str, _Counter] = {}
        self._restarted: set[tuple[str, int]] = set()

    def label(self, paragraph: Element) -> str:
        """Return the number that Word prints before a paragraph, and count it; "" if it has none."""
        list_id, level = self._find_list(child(paragraph, "pPr"))
        known = self._lists.get(list_id)
        if known is None or list_id == "0" or not 0 <= level < _LEVELS:
            return ""
        pattern = self._follow_link(known.pattern)
        levels = {**self._patterns.get(pattern, {}), **known.levels}
        own = levels.get(level)
        if own is None:
            return ""
        self._count(list_id, known, pattern, level, levels)
        label = self._format(pattern, own, levels)
        if label:
            self.labels.append(label)
        return label

    def _find_list(self, properties: Element | None) -> tuple[str, int]:
        """Return list and level of a paragraph: its own, else its style's or that of a style below."""
        own = child(properties, "numPr")
        list_id = get(own_id, "val") if (own_id := child(own, "numId")) is not None else ""
        level = _number(child(own, "ilvl"))
        named = child(properties, "pStyle")
        style_id = get(named, "val") if named is not None else self._default
        style, first = self._styles.get(style_id), style_id
        for _ in range(_MAX_CHAIN):
            if style is None or list_id:
                break
            if style.list_id:
                list_id = style.list_id
                level = level if level is not None else style.level
                if level is None:
                    level = self._level_of_style(list_id, (first, style_id))
                break
            style_id = style.based_on
            style = self._styles.get(style_id)
        return list_id, level or 0

    def _level_of_style(self, list_id: str, styles: tuple[str, ...]) -> int | None:
        known = self._lists.get(list_id)
        levels = self._patterns.get(self._follow_link(known.pattern), {}) if known else {}
        return next((number for number, level in levels.items() if level.style and level.style in styles), None)

    def _follow_link(self, pattern: str) -> str:
        for _ in range(_MAX_CHAIN):
            style = self._styles.get(self._links.get(pattern, ""))
            known = self._lists.get(style.list_id) if style else None
            if known is None or known.pattern == pattern:
                break
            pattern = known.pattern
        return pattern

    def _count(self, list_id: str, known: _List, pattern: str, level: int, levels: dict[int, _Level]) -> None:
        values = self._counters.setdefault(pattern, _Counter()).values
        start = levels[level].start
        if level in known.starts and (list_id, level) not in self._restarted:
            self._restarted.add((list_id, level))
            start, values[level] = known.starts[level], None
        value = values[level]
        values[level] = start if value is None else value + 1
        for deeper in range(level + 1, _LEVELS):
            if deeper not in levels or levels[deeper].restarts:
                values[deeper] = None

    def _format(self, pattern: str, own: _Level, levels: dict[int, _Level]) -> str:
        if own.number_format == "bullet":
            return "".join("•" if "\ue000" <= char <= "\uf8ff" else char for char in own.text)
        values = self._counters[pattern].values

        def replace(match: re.Match[str]) -> str:
            place = int(match.group(1)) - 1
            level = levels.get(place, _Level())
            value = values[place]
            number = level.start if value is None else value
            return format_number(number, "decimal" if own.is_legal else level.number_format)

        return _PLACE.sub(replace, own.text)


def _number(element: Element | None) -> int | None:
    text = get(element, "val") if element is not None else ""
    return int(text[:9]) if text.isascii() and text[:9].isdigit() else None


def _is_on(element: Element | None) -> bool:
    return element is not None and get(element, "val", "1") not in ("0", "false", "off")


def _read_levels(parent: Element) -> dict[int, _Level]:
    levels: dict[int, _Level] = {}
    for item in children(parent, "lvl"):
        number = get(item, "ilvl")
        if not (number.isascii() and number.isdigit()) or int(number[:3]) >= _LEVELS:
            continue
        kind, text, style = child(item, "numFmt"), child(item, "lvlText"), child(item, "pStyle")
        start, restart = _number(child(item, "start")), _number(child(item, "lvlRestart"))
        levels[int(number)] = _Level(
            start=1 if start is None else start,
            number_format=get(kind, "val", "decimal") if kind is not None else "decimal",
            text=get(text, "val") if text is not None else "",
            is_legal=_is_on(child(item, "isLgl")),
            style=get(style, "val") if style is not None else "",
            restarts=restart != 0,
        )
    return levels


def _read_list(item: Element) -> _List:
    pattern = child(item, "abstractNumId")
    starts: dict[int, int] = {}
    levels: dict[int, _Level] = {}
    for override in children(item, "lvlOverride"):
        number, start = get(override, "ilvl"), _number(child(override, "startOverride"))
        if start is not None and number.isascii() and number.isdigit():
            starts[int(number[:3])] = start
        levels.update(_read_levels(override))
    return _List(pattern=get(pattern, "val") if pattern is not None else "", starts=starts, levels=levels)


def _read_style(item: Element) -> _Style:
    base, own = child(item, "basedOn"), child(item, "pPr", "numPr")
    list_id = child(own, "numId")
    return _Style(
        based_on=get(base, "val") if base is not None else "",
        list_id=get(list_id, "val") if list_id is not None else "",
        level=_number(child(own, "ilvl")),
    )
