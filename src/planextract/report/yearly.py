"""Data of the year-over-year report."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from planextract.errors import InternalError
from planextract.model.result import ResultDocument, ResultMeasure, ResultPlan, ResultTask
from planextract.phrases import Phrase, join_phrases
from planextract.report.charts import StackChart, draw_stack
from planextract.report.evidence import Evidence, EvidenceMaker
from planextract.report.items import SEVERAL, Facet, Item, Tile, describe_place, make_facets, make_segments
from planextract.report.page import find_word, make_anchor, make_label
from planextract.score.shifts import Shift, is_stricter
from planextract.score.year_links import LINK_KINDS, YearLink
from planextract.score.years import YearComparison, find_year

_TONES = {"kept": "t1", "reworded": "t3", "new": "good", "dropped": "bad", "split": "t5", "merged": "t4"}
_WITH_EVIDENCE = 150
_SHOWN = 3000
_MAX_SLIP_DAYS = 366.0


@dataclass(frozen=True, slots=True, kw_only=True)
class ShiftLine:
    """A change of value, ready to be shown. ``offset`` is −100 … 100 for a deadline's slip within a year."""

    shift: Shift
    anchor: str
    task: str
    tone: str
    offset: float = 0.0
    unit: str


@dataclass(frozen=True, slots=True, kw_only=True)
class BodyLoad:
    """How many measures a body leads or is responsible for, and supports, in each year."""

    name: str
    old_own: int
    new_own: int
    old_support: int
    new_support: int


@dataclass(frozen=True, slots=True, kw_only=True)
class YearPart:
    """One pair of documents."""

    old_title: str
    new_title: str
    old_year: int | None
    new_year: int | None
    old_count: int
    new_count: int
    chart: StackChart
    tasks: tuple[tuple[YearLink, str, str], ...]
    deadlines: tuple[ShiftLine, ...]
    targets: tuple[ShiftLine, ...]
    bodies: tuple[ShiftLine, ...]
    loads: tuple[BodyLoad, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class YearReport:
    """Everything the page shows."""

    title: str
    subtitle: str
    verdict: str
    tone: str
    tiles: tuple[Tile, ...]
    parts: tuple[YearPart, ...]
    items: tuple[Item, ...]
    left_out: int
    facets: tuple[Facet, ...]
    alone: tuple[str, ...]


def build_year_report(
    comparisons: Sequence[YearComparison], alone: Sequence[str], maker: EvidenceMaker, title: str
) -> YearReport:
    """Gather what the page shows.

    Args:
        comparisons: One a pair of documents.
        alone: Documents without a counterpart, named.
        maker: Makes printed rows and crops.
        title: Heading.
    """
    counts: Counter[str] = Counter(link.kind for c in comparisons for link in _wholes(c.measures))
    shifts: Counter[str] = Counter(shift.aspect for c in comparisons for shift in c.shifts)
    items = [item for c in comparisons for item in _make_items(c, maker)]
    first = comparisons[0] if comparisons else None
    subtitle = f"{find_year(first.old) or '?'} → {find_year(first.new) or '?'}" if first else ""
    return YearReport(
        title=title,
        subtitle=subtitle,
        tone="",
        verdict=join_phrases(
            " ", [part for part in (warn_of_strangers(comparisons), _verdict(counts, shifts)) if part]
        ),
        tiles=tuple(_tiles(counts, shifts)),
        parts=tuple(_make_part(c) for c in comparisons),
        items=tuple(items[:_SHOWN]),
        left_out=max(0, len(items) - _SHOWN),
        alone=tuple(alone),
        facets=make_facets(
            items[:_SHOWN],
            (("state", "state"), ("kind", "kind"), ("value", "value changed"), ("plan", "plan")),
            {"state": "changed"},
        ),
    )


def warn_of_strangers(comparisons: Sequence[YearComparison]) -> str:
    """Return a sentence on plans of different regions; empty if there are none, or a region is not known."""
    pairs = [(c.old, c.new) for c in comparisons if c.old.region and c.new.region and c.old.region != c.new.region]
    if not pairs:
        return ""
    old, new = ((document.issuer or document.region) for document in pairs[0])
    return Phrase(
        "These are plans of different regions ({old}; {new}): what follows compares strangers.", old=old, new=new
    )


def _wholes(links: Sequence[YearLink]) -> list[YearLink]:
    """Return links with each split or merged group once."""
    seen: set[int] = set()
    out = []
    for link in links:
        if link.group is None:
            out.append(link)
        elif link.group not in seen:
            seen.add(link.group)
            out.append(link)
    return out


def _verdict(counts: Counter[str], shifts: Counter[str]) -> str:
    named = [Phrase("{count} {kind}", count=counts[kind], kind=find_word(kind)) for kind in LINK_KINDS if counts[kind]]
    aspects = (("deadline", Phrase("deadlines")), ("target", Phrase("targets")), ("body", Phrase("responsible bodies")))
    changed = [Phrase("{count} {kind}", count=shifts[a], kind=label) for a, label in aspects if shifts[a]]
    if not named:
        return Phrase("There is nothing to compare.")
    said = Phrase("Of the measures {counts}.", counts=join_phrases(", ", named))
    if not changed:
        return said
    more = Phrase("Changed on those that stayed: {counts}.", counts=join_phrases(", ", changed))
    return join_phrases(" ", [said, more])


def _tiles(counts: Counter[str], shifts: Counter[str]) -> list[Tile]:
    tiles = [Tile(label=find_word(kind), value=str(counts[kind]), tone="") for kind in LINK_KINDS if counts[kind]]
    tiles += [
        Tile(label=label, value=str(shifts[aspect]))
        for aspect, label in (
            ("deadline", Phrase("deadlines moved")),
            ("target", Phrase("targets changed")),
            ("body", Phrase("bodies changed")),
        )
    ]
    return tiles


def _make_part(comparison: YearComparison) -> YearPart:
    old, new = comparison.old, comparison.new
    measures = Counter(link.kind for link in _wholes(comparison.measures))
    names = {task.task_id: task.label for d in (old, new) for plan in d.plans for task in plan.tasks}
    home = _homes(new)
    lines = [_shift_line(shift, home) for shift in comparison.shifts]
    return YearPart(
        old_title=old.title or old.source_path,
        new_title=new.title or new.source_path,
        old_year=find_year(old),
        new_year=find_year(new),
        old_count=sum(p.measure_count for p in old.plans),
        new_count=sum(p.measure_count for p in new.plans),
        chart=draw_stack(
            [(find_word(kind), float(measures[kind]), _TONES[kind]) for kind in LINK_KINDS], Phrase("measures")
        ),
        tasks=tuple(
            (link, names.get(link.old_id or "", ""), names.get(link.new_id or "", ""))
            for link in comparison.tasks
            if link.kind != "kept"
        ),
        deadlines=tuple(line for line in lines if line.shift.aspect == "deadline"),
        targets=tuple(line for line in lines if line.shift.aspect == "target"),
        bodies=tuple(line for line in lines if line.shift.aspect == "body"),
        loads=tuple(_loads(old, new)),
    )


_Place = tuple[ResultPlan, ResultTask, ResultMeasure]
_Home = dict[str, _Place]


def _homes(document: ResultDocument) -> _Home:
    return {measure.measure_id: (plan, task, measure) for plan, task, measure in document.iterate_measures()}


def name_difference(unit: str | None) -> str:
    """Return the unit of a difference: shares differ by percentage points.

    >>> name_difference("%"), name_difference("家"), name_difference(None)
    ('个百分点', '家', '')
    """
    return "个百分点" if unit in ("%", "％") else unit or ""


def _shift_line(shift: Shift, home: _Home) -> ShiftLine:
    _, task, _ = home[shift.new_measure_id]
    tones = {"later": "bad", "earlier": "good", "removed": "bad", "added": "good"}
    slip = (shift.amount or 0.0) if shift.aspect == "deadline" else 0.0
    return ShiftLine(
        shift=shift,
        anchor=_anchor(shift.old_measure_id, shift.new_measure_id),
        task=task.label,
        tone=("good" if is_stricter(shift) else "warn")
        if shift.direction in ("raised", "lowered")
        else tones.get(shift.direction, "t3"),
        unit=name_difference(shift.unit),
        offset=round(100 * max(-1.0, min(1.0, slip / _MAX_SLIP_DAYS)), 2),
    )


def _loads(old: ResultDocument, new: ResultDocument) -> list[BodyLoad]:
    """Return the bodies whose number of measures changed most."""
    counts: dict[str, list[int]] = {}
    for side, document in enumerate((old, new)):
        for _, _, measure in document.iterate_measures():
            for name, role in {(a.name or a.raw_text, a.role == "support") for a in measure.agencies}:
                counts.setdefault(name, [0, 0, 0, 0])[side + 2 * role] += 1
    made = [BodyLoad(name=n, old_own=c[0], new_own=c[1], old_support=c[2], new_support=c[3]) for n, c in counts.items()]
    made.sort(
        key=lambda b: (-abs(b.new_own - b.old_own) - 0.5 * abs(b.new_support - b.old_support), -b.new_own, b.name)
    )
    return made[:16]


def _anchor(old_id: str | None, new_id: str | None) -> str:
    return f"link-{make_anchor(old_id or 'none')}-{make_anchor(new_id or 'none')}"


def _make_items(comparison: YearComparison, maker: EvidenceMaker) -> list[Item]:
    old, new = _homes(comparison.old), _homes(comparison.new)
    by_pair: dict[tuple[str, str], list[Shift]] = {}
    for shift in comparison.shifts:
        by_pair.setdefault((shift.old_measure_id, shift.new_measure_id), []).append(shift)
    items = []
    left = _WITH_EVIDENCE
    for link in comparison.measures:
        first, second = old.get(link.old_id or ""), new.get(link.new_id or "")
        shifts = by_pair.get((link.old_id or "", link.new_id or ""), [])
        shown = second or first
        if shown is None:
            continue
        evidence = None
        if left > 0 and (link.kind != "kept" or shifts):
            left -= 1
            document = comparison.new if second else comparison.old
            evidence = maker.show_measure(document, shown[2].measure_id, "measure")
        items.append(_make_item(link, first, second, shifts, evidence, comparison))
    return items


def _make_item(
    link: YearLink,
    first: _Place | None,
    second: _Place | None,
    shifts: Sequence[Shift],
    evidence: Evidence | None,
    comparison: YearComparison,
) -> Item:
    shown = second or first
    if shown is None:
        raise InternalError("report.empty_link", "a link without a measure")
    plan, task, measure = shown
    before, after = (side[2].text if side else None for side in (first, second))
    key = (
        link.old_key
        if link.old_key and link.old_key == link.new_key
        else f"{link.old_key or '–'} → {link.new_key or '–'}"
    )
    page = measure.pages[0] if measure.pages else None
    values = tuple(sorted({shift.aspect for shift in shifts})) or ("none",)
    year = find_year(comparison.new if second else comparison.old)
    notes = [*link.reasons, *(_describe_shift(shift) for shift in shifts)]
    document = comparison.new if second else comparison.old
    return Item(
        anchor=_anchor(link.old_id, link.new_id),
        key=key,
        kind=link.kind,
        tone=_TONES[link.kind],
        column="measure",
        task=task.label,
        document=document.source_path,
        where=Phrase("{place} of {year}", place=describe_place(page), year=year) if year else describe_place(page),
        segments=make_segments(before, after),
        evidence=evidence,
        notes=tuple(notes),
        chips=(
            *(
                (Phrase("{share:.0%} alike", share=link.similarity),)
                if link.similarity is not None and link.kind != "kept"
                else ()
            ),
            *((Phrase("moved"),) if link.is_moved else ()),
            *((Phrase("group {number}", number=link.group),) if link.group else ()),
        ),
        facets=(
            ("state", "same" if link.kind == "kept" and not shifts else "changed"),
            ("kind", link.kind),
            ("plan", plan.title),
            ("value", SEVERAL.join(values)),
        ),
    )


def _describe_shift(shift: Shift) -> str:
    unit = find_word("days") if shift.aspect == "deadline" else name_difference(shift.unit)
    amount: str = ""
    if shift.amount:
        amount = Phrase(" by {amount:g} {unit}", amount=abs(shift.amount), unit=unit)
    return Phrase(
        "{aspect} {direction}{amount}{role}: {change}",
        aspect=find_word(shift.aspect),
        direction=find_word("other role" if shift.direction == "role" else shift.direction),
        amount=amount,
        role=f" ({make_label(shift.role)})" if shift.role else "",
        change=" → ".join(part for part in (shift.before, shift.after) if part),
    )
