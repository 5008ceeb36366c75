"""The readings of all items → the rows of a plan: sections, measures, and what is put aside.

Rules, in the order in which they hold:

* An item whose owners stand behind its last sub-item, below all of them, is one measure; so is an item whose
  sub-items name nobody while it does.
* An item without owners above deeper ones is a section.
* The plan reaches from the first item with owners to the last; items of the same list at its ends belong to it.
* Between them, an item of a style that names owners elsewhere is a measure without any; other text is left out,
  with a finding.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from planextract.label.prose.evidence import THRESHOLD, Verdict, weigh_plan
from planextract.label.prose.heading_owners import share_headings, share_owned_headings
from planextract.label.prose.inline import cut_below_bodies, cut_inline
from planextract.label.prose.outline import Numbering, Outline, join_items, make_outline
from planextract.label.prose.ownerless import find_ownerless, has_task_title
from planextract.label.prose.owners_above import put_owners_below
from planextract.label.prose.rows import ProseRow, rows_of
from planextract.label.prose.stretches import (
    Reading,
    find_below,
    find_heading_line,
    find_name_end,
    has_bodies,
    read_item,
    take_below,
)
from planextract.label.prose.tail import closes_items, leave_footer, split_tail
from planextract.label.prose.wording import Wording, wording_of
from planextract.model.roles import AGENCY_ROLES, Role
from planextract.model.source import SourceText
from planextract.model.vocabulary import ColumnVocabulary

_MAX_LINE, _MAX_TEXT = 200_000, 2_000_000
_MAX_SECTION = 80
_NAME_SHARE = 0.6
_MARKS = tuple("◆■●▪★◎◇□▲")  # of a line that names what stands below it
_MIN_SENTENCES = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class ProsePlan:
    """The lines before the plan, its rows, how many measures name a body, and the lines behind it."""

    before: tuple[SourceText, ...]
    rows: tuple[ProseRow, ...]
    owned: int
    after: tuple[SourceText, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ProseSearch:
    """What was found: a plan, or none and why."""

    plan: ProsePlan | None
    verdict: Verdict


def find_prose_plan(lines: Sequence[SourceText], vocabulary: ColumnVocabulary) -> ProsePlan | None:
    """Read lines as a plan in prose, or return None if they are none."""
    return search_prose(lines, vocabulary).plan


def search_prose(lines: Sequence[SourceText], vocabulary: ColumnVocabulary) -> ProseSearch:
    """Read lines as a plan in prose and say what speaks for one and against."""
    too_long = (
        any(len(line.raw_text) > _MAX_LINE for line in lines) or sum(len(line.raw_text) for line in lines) > _MAX_TEXT
    )
    if too_long or not lines:
        return ProseSearch(plan=None, verdict=Verdict())
    wording = wording_of(vocabulary)
    lines = cut_below_bodies(put_owners_below(lines, wording), wording)
    outline = make_outline(lines, wording)
    found = _search(lines, outline, wording, sentences=False)
    if found.plan is None and found.verdict.owned < _MIN_SENTENCES:
        other = _search(lines, outline, wording, sentences=True)
        if other.plan is not None and other.plan.owned >= _MIN_SENTENCES and _is_dense(other.plan):
            return other
    if found.plan is None or not _is_dense(found.plan):
        cut = _search_cut(lines, wording)
        if cut.plan is not None and (found.plan is None or cut.plan.owned >= found.plan.owned):
            return cut
    if found.plan is None and not found.verdict.owned:
        return _search_ownerless(lines, wording) or found
    return found


def _search_cut(lines: Sequence[SourceText], wording: Wording) -> ProseSearch:
    """Read lines that hold many numbers, one item a number; no plan if none does, or what is found is no sure one."""
    cut = cut_inline(lines, wording)
    if cut != list(lines):
        found = _search(cut, make_outline(cut, wording), wording, sentences=False)
        if found.plan is not None and _is_dense(found.plan):
            return found
    return ProseSearch(plan=None, verdict=Verdict())


def _search_ownerless(lines: Sequence[SourceText], wording: Wording) -> ProseSearch | None:
    """Read a numbered list below a title of tasks as a plan that names nobody."""
    listed = find_ownerless(lines, wording)
    if listed is None:
        return None
    numbering = Numbering()
    readings = [read_item(item, wording, numbering) for item in listed.outline.items]
    verdict = Verdict(score=THRESHOLD, reasons=(("list_below_a_title_of_tasks", THRESHOLD),))
    first = listed.first
    while first > 0 and _is_heading(readings, first - 1):
        first -= 1
    plan = _build(readings, listed.outline, first, listed.last, wording, listed.style)
    return ProseSearch(plan=plan, verdict=verdict)


def _search(lines: Sequence[SourceText], outline: Outline, wording: Wording, *, sentences: bool) -> ProseSearch:
    readings = _read_all(outline, wording, sentences=sentences)
    first, last = _find_ends(readings, wording)
    verdict = weigh_plan(lines, readings, first, wording)
    if first is None or not verdict.is_plan:
        return ProseSearch(plan=None, verdict=verdict)
    return ProseSearch(plan=_build(readings, outline, first, last, wording), verdict=verdict)


def _is_dense(plan: ProsePlan) -> bool:
    """Tell whether nearly all measures of a plan name a body, and all are numbered tasks."""
    measures = [row for row in plan.rows if any(role is Role.MEASURE for role, _ in row.cells)]
    numbered = [row for row in measures if any(role is Role.TASK_NO for role, _ in row.cells)]
    return plan.owned >= 0.8 * len(measures) and len(numbered) >= 0.8 * len(measures)


def _read_all(outline: Outline, wording: Wording, *, sentences: bool) -> list[Reading]:
    numbering = Numbering()
    readings = [read_item(item, wording, numbering, sentences=sentences) for item in outline.items]
    leave_footer(readings, wording)
    share_headings(readings, wording)
    share_owned_headings(readings, wording)
    groups = list(_groups(readings))
    readings = _merge_groups(readings, groups, wording) if groups else readings
    _take_below(readings)
    return readings


def _take_below(readings: Sequence[Reading]) -> None:
    """Read the sentences below lines that close with a bracket of owners as the measures that these lines name.

    Where most items are made so; else what stands below owners belongs to nobody.
    """
    owned = sum(reading.is_owned for reading in readings)
    found = [(reading, span) for reading in readings if (span := find_below(reading)) is not None]
    if len(found) > 1 and len(found) >= _NAME_SHARE * owned:
        for reading, span in found:
            take_below(reading, span)


def _children(readings: Sequence[Reading], place: int) -> int:
    """Return the place behind the last item that is deeper than the one at ``place``."""
    depth, end = readings[place].item.depth, place + 1
    while end < len(readings) and readings[end].item.depth > depth:
        end += 1
    return end


def _groups(readings: Sequence[Reading]) -> Iterator[tuple[int, int]]:
    """Yield items with sub-items of one depth that name one group of owners together: above them, or below them all."""
    for place, reading in enumerate(readings):
        end = _children(readings, place)
        inner = readings[place + 1 : end]
        if (
            reading.names_owner is not None
            or not inner
            or reading.item.opener is None
            or len({item.item.depth for item in inner}) != 1
        ):
            continue
        owned = [item.is_owned for item in inner]
        below = inner[-1].stretches[-1] if inner[-1].stretches else None
        own_below = not reading.is_owned and len(inner) > 1 and owned.count(True) == 1 and owned[-1]
        is_alone = below is not None and (below.on_lines or not any(high > low for low, high in below.spans))
        is_below = own_below and is_alone and len(inner[-1].stretches) == 1
        if is_below or (reading.is_owned and not any(owned) and inner[0].item.opener is not None):
            yield place, end


def _merge_groups(readings: list[Reading], groups: list[tuple[int, int]], wording: Wording) -> list[Reading]:
    """Make one item of each group, unless other items of the same kind name owners for their sub-items one by one."""
    inner_styles = Counter(r.style for r in readings if r.is_owned)
    merged: list[Reading] = []
    place = 0
    by_start = dict(groups)
    while place < len(readings):
        end = by_start.get(place)
        grouped = sum(1 for p, _ in groups if not readings[p].is_owned)
        is_below = end is not None and not readings[place].is_owned
        if end is None or (is_below and inner_styles[readings[place + 1].style] > grouped):
            merged.append(readings[place])
            place += 1
            continue
        item = join_items([reading.item for reading in readings[place:end]])
        merged.append(read_item(item, wording, Numbering()))
        place = end
    return merged


def _find_ends(readings: Sequence[Reading], wording: Wording) -> tuple[int | None, int]:
    """Return the places of the plan's first and last item: those with owners, and their neighbours in the list.

    A few items with owners have neighbours only below a title of tasks (2022年民生实事).
    """
    owned = [place for place, reading in enumerate(readings) if reading.is_owned]
    if len(owned) > 1 and readings[owned[0]].item.opener is None:
        owned = owned[1:]  # labels in the page's metadata, above the first number
    if not owned:
        return None, -1
    first, last = owned[0], owned[-1]
    styles = Counter(readings[p].style for p in owned)
    all_styles = Counter(r.style for r in readings[first : last + 1])
    is_dense = len(owned) > 2 and all(2 * styles[s] > all_styles[s] for s in styles)
    if is_dense or (len(owned) < _MIN_SENTENCES and has_task_title(readings[:first], wording)):
        while first > 0 and _is_sibling(readings[first - 1], readings[first]):
            first -= 1
        while last + 1 < len(readings) and _is_sibling(readings[last], readings[last + 1]):
            last += 1
    while first > 0 and _is_heading(readings, first - 1):
        first -= 1
    return first, last


def _is_sibling(before: Reading, after: Reading) -> bool:
    """Tell whether two items follow each other in one list of numbers below the chapters."""
    a, b = before.item.opener, after.item.opener
    if a is None or b is None or a.style != b.style or a.rank < 2 or a.value is None or b.value is None:
        return False
    return b.value == a.value + 1 and before.item.depth == after.item.depth


def _is_heading(readings: Sequence[Reading], place: int) -> bool:
    """Tell whether an item is the heading of deeper ones: it has a number, is short, and names nobody.

    A chapter's heading may name bodies in a bracket (一、品牌赛事（区文体局牵头）) where the items below name theirs.
    """
    reading = readings[place]
    if reading.item.opener is None or reading.item.opener.rank > 5:
        return False
    follows = place + 1 < len(readings) and readings[place + 1].item.depth > reading.item.depth
    first = reading.flat.split("\n", 1)[0]
    if not follows or len(first) > _MAX_SECTION:
        return False
    return not reading.is_owned or _is_owned_heading(readings, place)


def _is_owned_heading(readings: Sequence[Reading], place: int) -> bool:
    reading = readings[place]
    below = readings[place + 1 : _children(readings, place)]
    is_line = len(reading.stretches) == 1 and len(reading.item.lines) == 1 and not reading.stretches[0].on_lines
    is_title = is_line and not any("。" in reading.flat[low:high] for low, high in reading.stretches[0].spans)
    rank = reading.item.opener.rank if reading.item.opener else 9
    return is_title and rank <= 1 and sum(item.is_owned for item in below) > len(below) // 2


def _build(
    readings: list[Reading], outline: Outline, first: int, last: int, wording: Wording, style: str = ""
) -> ProsePlan:
    """Build the rows; ``style`` is that of a list whose items name nobody."""
    names = _names_items(readings[first : last + 1])
    styles = {style} if style else {r.style for r in readings[first : last + 1] if r.is_owned}
    before = [line for reading in readings[:first] for line in reading.item.lines]
    rows: list[ProseRow] = []
    head = readings[first]
    skip = 0
    if head.item.opener is None and len(head.item.lines) > 1:
        skip = _find_front(head, wording)  # a text without numbers: what stands above the first measure's paragraph
        before.extend(head.item.lines[:skip])
    if skip:
        head = read_item(head.item.cut(skip), wording, Numbering())
    back: list[SourceText] = []
    for place in range(first, last + 1):
        reading = head if place == first else readings[place]
        if place == last:
            reading, back = split_tail(reading, closes=closes_items(readings[first:last]))
        rows.extend(rows_of(reading, _is_heading(readings, place), styles, wording, names))
    after = [line for reading in readings[last + 1 :] for line in reading.item.lines]
    for line, reason in outline.furniture:
        rows.append(ProseRow(page=line.page, line=line.line, cells=(), spare=((reason, line.raw_text),)))
    owned = sum(row.shared is not None or any(role in AGENCY_ROLES for role, _ in row.cells) for row in rows)
    return ProsePlan(before=tuple(before), rows=tuple(rows), owned=owned, after=(*back, *after))


def _find_front(reading: Reading, wording: Wording) -> int:
    """Return how many lines stand above the paragraph that the first owners close, or above the first card."""
    stretch = next((s for s in reading.stretches if has_bodies(s.owners)), None)
    if stretch is None or not stretch.spans:
        return 0
    low, high = stretch.spans[-1]
    cards = (
        place for place, at in enumerate(reading.starts) if at < high and wording.find_card(reading.flat, at, high)
    )
    if (card := next(cards, None)) is not None:
        return card
    if stretch.name is not None:
        return reading.find_line(stretch.name[0])
    start = max(reading.text.rfind("\n", low, high) + 1, low)
    before = reading.find_line(start) - 1
    is_marked = before > 0 and reading.item.lines[before].raw_text.lstrip()[:1] in _MARKS
    return before if is_marked else before + 1


def _names_items(readings: Sequence[Reading]) -> bool:
    """Tell whether the items of this plan open with a short sentence that names them: most of them do."""
    found = [
        find_name_end(reading, reading.stretches[0]) is not None
        for reading in readings
        if reading.item.opener is not None and reading.is_owned and find_heading_line(reading) is None
    ]
    return bool(found) and sum(found) >= _NAME_SHARE * len(found)
