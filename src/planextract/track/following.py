"""Paragraphs that name a measure without saying 完成情况：: what follows the measure's words tells of it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from planextract.text.characters import without_spaces
from planextract.track.matching import Link, Wanted
from planextract.track.reading import ProgressItem

_MOST_LINES = 8
_MIN_SURE = 0.66


def settle_items(
    items: Sequence[ProgressItem], links: Iterable[Link], wanted: Sequence[Wanted]
) -> tuple[dict[int, ProgressItem], list[ProgressItem]]:
    """Give paragraphs that name a measure what is said of it.

    Returns:
        The linked items by position, each with what it tells; and all items that tell of something, linked or not.
    """
    linked = {link.item: link for link in links if link.score >= _MIN_SURE or not items[link.item].is_open}
    settled: dict[int, ProgressItem] = {}
    taken: set[int] = set()
    for place, link in sorted(linked.items()):
        item = items[place]
        if not item.is_open:
            settled[place] = item
            continue
        rest = _rest_of_line(item.texts[0], wanted[link.measure].measure.text)
        following, used = ("", set()) if rest else _lines_below(items, place, set(linked))
        taken |= used
        if rest or following:
            settled[place] = replace(item, progress=rest or following, is_open=False)
    has_items = any(item.texts and not item.is_open for item in items)
    told: list[ProgressItem] = []
    for place, item in enumerate(items):
        if place in settled:
            told.append(settled[place])
        elif place not in taken and item.texts and not item.is_open:
            told.append(item)
        elif place not in taken and item.texts and item.number is not None and not has_items:
            following, used = _lines_below(items, place, set(linked))
            taken |= used
            if following:
                told.append(replace(item, progress=following, is_open=False))
    return settled, told


def _rest_of_line(line: str, measure: str) -> str:
    """Return what a line says behind a measure's words; "" if it does not print them, or nothing behind."""
    plain, wanted = without_spaces(line), without_spaces(measure)
    place = plain.find(wanted)
    if place < 0:
        return ""
    return plain[place + len(wanted) :].lstrip("，。；、:：")


def _lines_below(items: Sequence[ProgressItem], place: int, linked: set[int]) -> tuple[str, set[int]]:
    """Return the lines below up to the next item, and which they are."""
    lines: list[str] = []
    used: set[int] = set()
    for index in range(place + 1, min(place + 1 + _MOST_LINES, len(items))):
        item = items[index]
        if index in linked or item.number is not None or (item.texts and not item.is_open):
            break
        lines.append(item.progress or (item.texts[0] if item.texts else ""))
        used.add(index)
    return "\n".join(line for line in lines if line), used
