"""One year's plan against the next one's: what was kept, reworded, begun, dropped, split or merged.

Years are compared relative to the plan: 2021年底前 in the plan of 2021 and 2022年底前 in that of 2022 are the
same promise. Figures do not decide what is kept: a raised target is a change of value, not of words.

Measures are assigned one to one first (optimal, by similarity, with the task's name as context); what is left
may be a part of a measure that was split, or one of several that were merged.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from planextract.model.agency import AgencyEntry
from planextract.model.result import ResultDocument, ResultMeasure, ResultPlan, ResultTask
from planextract.phrases import Phrase
from planextract.score.assignment import assign
from planextract.score.shifts import Shift, compare_values
from planextract.score.year_links import _MIN_NAME, LinkKind, YearLink, make_relative, mask, name_similarity
from planextract.score.year_tasks import link_tasks
from planextract.text.similarity import lcs_similarity, make_shingles

# Measured on two hand-made years (tests/benchmark/xicheng-2022): unrelated measures of one plan stay below
# 0.5, reworded ones above 0.6. In the same task less is asked than elsewhere.
_MIN_SAME_TASK, _MIN_ELSEWHERE, _MIN_OTHER_PLAN = 0.5, 0.62, 0.8
_TASK_CONTEXT, _ORDER_CONTEXT = 0.1, 0.01
_MIN_PART, _MIN_PART_SAME_TASK, _MIN_COVERED, _MIN_GAIN = 0.6, 0.4, 0.6, 0.15


@dataclass(frozen=True, slots=True, kw_only=True)
class YearComparison:
    """Two years of one plan. ``shifts`` are changes of deadlines, targets and bodies on linked measures."""

    old: ResultDocument
    new: ResultDocument
    tasks: tuple[YearLink, ...]
    measures: tuple[YearLink, ...]
    shifts: tuple[Shift, ...]


@dataclass(frozen=True, slots=True)
class _Item:
    """A measure in its place, with its text made comparable."""

    plan: ResultPlan
    task: ResultTask
    measure: ResultMeasure
    words: str
    masked: str
    task_name: str

    @property
    def key(self) -> str:
        return f"{self.plan.plan_no}/{self.task.task_no}/{self.measure.seq}"


def compare_years(old: ResultDocument, new: ResultDocument, bodies: Sequence[AgencyEntry]) -> YearComparison:
    """Compare the plans of two years.

    Args:
        old: The earlier year.
        new: The later year.
        bodies: Dictionary entries of either run, for the lineage of renamed bodies.
    """
    years = (find_year(old), find_year(new))
    plans = _pair_plans(old.plans, new.plans, years)
    first, second = _items(old, years[0]), _items(new, years[1])
    pairs = _assign_items(first, second, plans)
    links, values = _make_links(first, second, pairs)
    shifts = [shift for a, b in values for shift in compare_values(a.measure, b.measure, (a.key, b.key), years, bodies)]
    return YearComparison(
        old=old,
        new=new,
        tasks=tuple(link_tasks(old, new, plans, links, years)),
        measures=tuple(_order(links, first, second)),
        shifts=tuple(shifts),
    )


def find_year(document: ResultDocument) -> int | None:
    """Return the year a plan is for; without one the year it was issued in."""
    return document.plan_year or (document.issued_on.year if document.issued_on else None)


def _items(document: ResultDocument, year: int | None) -> list[_Item]:
    out = []
    for plan, task, measure in document.iterate_measures():
        words = make_relative(measure.text, year)
        out.append(_Item(plan, task, measure, words, mask(words), mask(make_relative(task.label, year))))
    return out


def _pair_plans(
    old: Sequence[ResultPlan], new: Sequence[ResultPlan], years: tuple[int | None, int | None]
) -> set[tuple[int, int]]:
    """Return the plan numbers that belong together, by title with years made relative."""
    candidates = {}
    for one in old:
        for other in new:
            titles = make_relative(one.title, years[0]), make_relative(other.title, years[1])
            score = lcs_similarity(*titles) + 0.1 * (one.plan_no == other.plan_no)
            if score >= 0.6 or len(old) == len(new) == 1:
                candidates[one.plan_no, other.plan_no] = score + 1e-6
    return set(assign(candidates))


def _assign_items(first: list[_Item], second: list[_Item], plans: set[tuple[int, int]]) -> dict[tuple[int, int], float]:
    candidates = {}
    for i, a in enumerate(first):
        for j, b in enumerate(second):
            same_plan = (a.plan.plan_no, b.plan.plan_no) in plans
            name = name_similarity(a.task_name, b.task_name) if same_plan else 0.0
            needed = _MIN_OTHER_PLAN if not same_plan else _MIN_SAME_TASK if name >= 0.8 else _MIN_ELSEWHERE
            similarity = 1.0 if a.masked == b.masked else _bounded_similarity(a.masked, b.masked, needed)
            if similarity >= needed:
                order = _ORDER_CONTEXT * (a.measure.seq == b.measure.seq)
                candidates[i, j] = similarity + _TASK_CONTEXT * name + order
    return assign(candidates)


def _bounded_similarity(first: str, second: str, needed: float) -> float:
    """Return the similarity, or 0 where the lengths alone forbid it to reach what is needed."""
    shorter, longer = sorted((len(first), len(second)))
    if 2 * shorter < needed * (shorter + longer):
        return 0.0
    return lcs_similarity(first, second)


def _make_links(
    first: list[_Item], second: list[_Item], pairs: Mapping[tuple[int, int], float]
) -> tuple[list[YearLink], list[tuple[_Item, _Item]]]:
    """Return the links of measures, and the pairs whose values are to be compared."""
    partner = dict(pairs.keys())
    links: list[YearLink] = []
    values: list[tuple[_Item, _Item]] = []
    spare_new = [j for j in range(len(second)) if j not in set(partner.values())]
    spare_old = [i for i in range(len(first)) if i not in partner]
    group = 0
    in_group: set[tuple[str, int]] = set()
    splits = _find_parts(first, second, partner, spare_new)
    merges = _find_parts(second, first, {j: i for i, j in partner.items()}, spare_old)
    groups: tuple[tuple[LinkKind, dict[int, list[int]], bool], ...] = (
        ("split", splits, False),
        ("merged", merges, True),
    )
    for kind, found, flip in groups:
        for whole, parts in found.items():
            group += 1
            for part in parts:
                i, j = (part, whole) if flip else (whole, part)
                if ("old", i) in in_group and ("new", j) in in_group:
                    continue
                part_of = Phrase("part {number} of {count}", number=parts.index(part) + 1, count=len(parts))
                reasons = (part_of, _share_reason(first[i], second[j], flip))
                links.append(_link(kind, first[i], second[j], reasons, group))
            in_group.add(("new" if flip else "old", whole))
            in_group.update(("old" if flip else "new", part) for part in parts)
    for i, a in enumerate(first):
        match = partner.get(i)
        if ("old", i) in in_group or (match is not None and ("new", match) in in_group):
            continue
        if match is None:
            links.append(_link("dropped", a, None, ("nothing like it in the new plan",), None))
            continue
        b = second[match]
        same_words = a.masked == b.masked
        links.append(_link("kept" if same_words else "reworded", a, b, tuple(_reasons(a, b)), None))
        values.append((a, b))
    links.extend(
        _link("new", None, second[j], ("nothing like it in the old plan",), None)
        for j in spare_new
        if ("new", j) not in in_group
    )
    return links, values


def _reasons(a: _Item, b: _Item) -> Iterator[str]:
    if a.words == b.words:
        yield "the same words"
    elif a.masked == b.masked:
        yield "the same words, other figures"
    else:
        yield Phrase("{share:.0%} of the characters in the same order", share=lcs_similarity(a.words, b.words))
    if a.task_name == b.task_name:
        yield "same task"
    else:
        yield Phrase("task '{old}' → '{new}'", old=a.task.label, new=b.task.label)


def _share_reason(a: _Item, b: _Item, flip: bool) -> str:
    part, whole = (a, b) if flip else (b, a)
    mine = make_shingles(part.masked)
    share = len(mine & make_shingles(whole.masked)) / len(mine) if mine else 0.0
    return Phrase("{share:.0%} of the part's wording is in the whole", share=share)


def _find_parts(
    wholes: list[_Item], parts: list[_Item], partner: Mapping[int, int], spare: Sequence[int]
) -> dict[int, list[int]]:
    """Return wholes that fell into several parts: the assigned part first, then spare ones contained in them.

    A spare part counts if most of its four-character runs are in the whole; a whole is taken apart if its parts
    together cover most of it, and clearly more than the assigned one alone.
    """
    whole_runs = [make_shingles(item.masked) for item in wholes]
    part_runs = [make_shingles(item.masked) for item in parts]
    homes: dict[int, list[int]] = {}
    for j in spare:
        best, best_share, needed = -1, 0.0, _MIN_PART
        for i, runs in enumerate(whole_runs):
            share = len(part_runs[j] & runs) / len(part_runs[j]) if part_runs[j] else 0.0
            if share > best_share:
                best, best_share = i, share
                needed = _MIN_PART_SAME_TASK if wholes[i].task_name == parts[j].task_name else _MIN_PART
        if best_share >= needed:
            homes.setdefault(best, []).append(j)
    found = {}
    for i, extra in sorted(homes.items()):
        assigned = [partner[i]] if i in partner else []
        members = sorted({*assigned, *extra})
        if len(members) < 2 or not whole_runs[i]:
            continue
        covered = len(whole_runs[i] & frozenset().union(*(part_runs[j] for j in members))) / len(whole_runs[i])
        alone = max(len(whole_runs[i] & part_runs[j]) for j in members) / len(whole_runs[i])
        if covered >= _MIN_COVERED and covered - alone >= min(_MIN_GAIN, 0.5 * (1 - alone)) and covered > alone:
            found[i] = members
    return found


def _link(kind: LinkKind, a: _Item | None, b: _Item | None, reasons: tuple[str, ...], group: int | None) -> YearLink:
    return YearLink(
        kind=kind,
        old_id=a.measure.measure_id if a else None,
        new_id=b.measure.measure_id if b else None,
        old_key=a.key if a else None,
        new_key=b.key if b else None,
        similarity=round(lcs_similarity(a.words, b.words), 4) if a and b else None,
        reasons=reasons,
        group=group,
        is_moved=bool(a and b and name_similarity(a.task_name, b.task_name) < _MIN_NAME),
    )


def _order(links: list[YearLink], first: list[_Item], second: list[_Item]) -> list[YearLink]:
    """Sort links by the old plan's order; what is new stands where the new plan has it."""
    old_at = {item.measure.measure_id: i for i, item in enumerate(first)}
    new_at = {item.measure.measure_id: i for i, item in enumerate(second)}
    before: dict[int, int] = {}
    last = -1
    linked = {link.new_id: old_at[link.old_id] for link in links if link.old_id and link.new_id}
    for j, item in enumerate(second):
        last = max(last, linked.get(item.measure.measure_id, last))
        before[j] = last

    def place(link: YearLink) -> tuple[int, int, int]:
        j = new_at[link.new_id] if link.new_id else -1
        if link.old_id:
            return old_at[link.old_id], 0, j
        return before[j], 1, j

    return sorted(links, key=place)
