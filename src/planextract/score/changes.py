"""What differs between two results of the same document, and what made it differ.

The old result comes first. Changes are keyed by plan, task and measure, not by position: a row that moved is
one change, not two hundred.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from planextract.model.result import ResultDocument, ResultMeasure, ResultTarget
from planextract.model.roles import AGENCY_COLUMNS
from planextract.score.alignment import Alignment, MeasurePair, align_documents
from planextract.score.causes import explain, find_causes
from planextract.score.cells import deadline_value, is_same_text
from planextract.score.differences import BodyChange, Change, ChangeKind, DocumentDiff
from planextract.score.parts import find_page_shift
from planextract.score.tables import agency_text
from planextract.text.characters import fold

_FIELDS = ("title", "issuer", "doc_number", "issued_on", "printed_on", "plan_year", "region", "cc", "body_text")


def compare_results(
    old: ResultDocument | None, new: ResultDocument | None, bodies: Sequence[BodyChange]
) -> DocumentDiff:
    """Compare two results of one document and name the cause of each change."""
    causes = find_causes(old, new)
    if old is None or new is None:
        document = old or new
        if document is None:
            return DocumentDiff(old=None, new=None, changes=(), causes=())
        kind: ChangeKind = "removed" if new is None else "added"
        title = document.title or document.source_path
        pair = _Docs(old, new)
        change = pair.make(kind, "notice", "document", title if new is None else None, title if old is None else None)
        return DocumentDiff(old=old, new=new, changes=(replace(change, causes=("input",)),), causes=("input",))
    pair = _Docs(old, new)
    alignment = align_documents(old, new)
    found = [
        *_compare_fields(pair),
        *_compare_plans(pair, alignment),
        *_compare_tasks(pair, alignment),
        *_compare_measures(pair, alignment),
        *_compare_boundaries(pair, alignment),
    ]
    explained = tuple(explain(change, old, new, causes, bodies) for change in found)
    return DocumentDiff(old=old, new=new, changes=explained, causes=causes)


@dataclass(frozen=True, slots=True)
class _Docs:
    """Two results of one document."""

    old: ResultDocument | None
    new: ResultDocument | None

    def make(
        self,
        kind: ChangeKind,
        key: str,
        column: str,
        before: str | None,
        after: str | None,
        first: ResultMeasure | None = None,
        second: ResultMeasure | None = None,
    ) -> Change:
        shown = self.new or self.old
        path = shown.source_path if shown else ""
        text = "\0".join((kind, path, key, column, before or "", after or ""))
        return Change(
            change_id=hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()[:12],
            kind=kind,
            source_path=path,
            old_doc_id=self.old.doc_id if self.old else None,
            new_doc_id=self.new.doc_id if self.new else None,
            key=key,
            column=column,
            before=before,
            after=after,
            old_measure_id=first.measure_id if first else None,
            new_measure_id=second.measure_id if second else None,
            old_page=first.pages[0] if first and first.pages else None,
            new_page=second.pages[0] if second and second.pages else None,
        )


def _compare_fields(pair: _Docs) -> Iterator[Change]:
    for name in _FIELDS:
        before, after = (str(getattr(d, name)) if getattr(d, name) is not None else None for d in (pair.old, pair.new))
        if not is_same_text(before, after):
            yield pair.make("text", "notice", name, before, after)


def _compare_plans(pair: _Docs, alignment: Alignment) -> Iterator[Change]:
    for plans in alignment.plans:
        first, second = plans.first, plans.second
        if first is None or second is None:
            shown = first or second
            if shown is not None:
                kind: ChangeKind = "removed" if second is None else "added"
                titles = (shown.title, None) if second is None else (None, shown.title)
                yield pair.make(kind, f"plan {shown.plan_no}", "plan", *titles)
        elif not is_same_text(first.title, second.title):
            yield pair.make("text", f"plan {second.plan_no}", "plan_title", first.title, second.title)


def _plan_numbers(*documents: ResultDocument | None) -> Mapping[str, int]:
    return {task.task_id: plan.plan_no for d in documents if d for plan in d.plans for task in plan.tasks}


def _compare_tasks(pair: _Docs, alignment: Alignment) -> Iterator[Change]:
    plan_of = _plan_numbers(pair.old, pair.new)
    for tasks in alignment.tasks:
        first, second = tasks.first, tasks.second
        shown = second or first
        if shown is None:
            continue
        key = f"{plan_of[shown.task_id]}/{shown.task_no}"
        if first is None or second is None:
            kind: ChangeKind = "removed" if second is None else "added"
            yield pair.make(kind, key, "task", first.label if first else None, second.label if second else None)
            continue
        if first.task_no != second.task_no:
            yield pair.make("value", key, "task_no", str(first.task_no), str(second.task_no))
        if not is_same_text(first.name, second.name):
            yield pair.make("text", key, "task_name", first.name, second.name)
        if not is_same_text(first.section, second.section):
            yield pair.make("text", key, "section", first.section, second.section)


@dataclass(frozen=True, slots=True)
class _Group:
    """One measure here that is several there; ``texts`` of the several, in order."""

    one: ResultMeasure
    many: tuple[ResultMeasure, ...]


def _find_groups(ones: Sequence[ResultMeasure], manies: Sequence[ResultMeasure]) -> list[_Group]:
    """Find measures whose text is that of two or more neighbouring ones of the other side, put together."""
    texts = [fold(m.text) for m in manies]
    known = set(texts)
    groups = []
    for one in ones:
        wanted = fold(one.text)
        if wanted in known:
            continue
        for start in range(len(texts)):
            joined, end = "", start
            while end < len(texts) and len(joined) < len(wanted) and wanted.startswith(joined + texts[end]):
                joined += texts[end]
                end += 1
            if joined == wanted and end - start > 1:
                groups.append(_Group(one, tuple(manies[start:end])))
                break
    return groups


def _compare_measures(pair: _Docs, alignment: Alignment) -> Iterator[Change]:
    plan_of = _plan_numbers(pair.old, pair.new)
    in_plans: dict[tuple[str, int], list[ResultMeasure]] = {}
    for side, document in (("old", pair.old), ("new", pair.new)):
        for plan, _, measure in document.iterate_measures() if document else ():
            in_plans.setdefault((side, plan.plan_no), []).append(measure)
    handled: set[str] = set()
    task_of = {
        m.measure_id: task
        for document in (pair.old, pair.new)
        if document
        for _, task, m in document.iterate_measures()
    }

    def key_of(measure: ResultMeasure) -> str:
        task = task_of[measure.measure_id]
        return f"{plan_of[task.task_id]}/{task.task_no}/{measure.seq}"

    numbers = sorted({number for _, number in in_plans})
    for number in numbers:
        old, new = in_plans.get(("old", number), []), in_plans.get(("new", number), [])
        for group in _find_groups(old, new):
            handled.update([group.one.measure_id, *(m.measure_id for m in group.many)])
            after = "\n".join(m.text for m in group.many)
            yield pair.make("split", key_of(group.one), "measure", group.one.text, after, group.one, group.many[0])
        for group in _find_groups(new, old):
            if group.one.measure_id in handled and pair.old is not pair.new:
                continue
            handled.update([group.one.measure_id, *(m.measure_id for m in group.many)])
            before = "\n".join(m.text for m in group.many)
            yield pair.make("joined", key_of(group.one), "measure", before, group.one.text, group.many[0], group.one)
    shift = find_page_shift(alignment.measures)
    for measures in alignment.measures:
        sides = (measures.first, measures.second)
        if any(m is not None and m.measure_id in handled for m in sides):
            continue
        yield from _compare_pair(pair, measures, key_of, shift)


def _compare_pair(
    pair: _Docs, measures: MeasurePair, key_of: Callable[[ResultMeasure], str], shift: int
) -> Iterator[Change]:
    first, second = measures.first, measures.second
    shown = second or first
    if shown is None:
        return
    key = key_of(shown)
    if first is None or second is None:
        kind: ChangeKind = "removed" if second is None else "added"
        yield pair.make(kind, key, "row", first.text if first else None, second.text if second else None, first, second)
        return
    if _is_moved(measures):
        yield pair.make("moved", key, "row", key_of(first), key_of(second), first, second)
    if not is_same_text(first.text, second.text):
        yield pair.make("text", key, "measure", first.text, second.text, first, second)
    if not is_same_text(first.deadline_raw, second.deadline_raw):
        yield pair.make("text", key, "deadline", first.deadline_raw, second.deadline_raw, first, second)
    before, after = deadline_value(first), deadline_value(second)
    if before != after:
        yield pair.make("value", key, "deadline_value", before, after, first, second)
    for role in AGENCY_COLUMNS:
        yield from _compare_role(pair, key, role, first, second)
    yield from _compare_targets(pair, key, first, second)
    pages = [",".join(str(page + add) for page in m.pages) for m, add in ((first, shift), (second, 0))]
    if pages[0] != pages[1]:
        yield pair.make("value", key, "pages", pages[0], pages[1], first, second)


def _is_moved(measures: MeasurePair) -> bool:
    first, second = measures.first_task, measures.second_task
    return bool(first and second and first.task_no != second.task_no and fold(first.label) != fold(second.label))


def _compare_role(pair: _Docs, key: str, role: str, first: ResultMeasure, second: ResultMeasure) -> Iterator[Change]:
    before, after = agency_text(first, role), agency_text(second, role)
    if not is_same_text(before, after):
        yield pair.make("text", key, role, before, after, first, second)
    old_status, new_status = first.status_of(role), second.status_of(role)
    if old_status != new_status:
        yield pair.make("value", key, f"{role}_status", old_status, new_status, first, second)
    links = {item.raw_text: item for item in first.agencies_of(role)}
    for item in second.agencies_of(role):
        was = links.get(item.raw_text)
        if was is not None and (was.agency_id, was.name) != (item.agency_id, item.name):
            texts = [
                f"{i.raw_text} → {i.name or 'unresolved'}" + (f" ({i.match})" if i.name else "") for i in (was, item)
            ]
            yield pair.make("relinked", key, role, texts[0], texts[1], first, second)


def _compare_targets(pair: _Docs, key: str, first: ResultMeasure, second: ResultMeasure) -> Iterator[Change]:
    if first.targets is None or second.targets is None:
        return
    before, after = ("; ".join(draw_target(t) for t in m.targets or ()) for m in (first, second))
    if before != after:
        yield pair.make("value", key, "targets", before, after, first, second)


def draw_target(target: ResultTarget) -> str:
    """Return a quantity in one line."""
    high = f"…{target.value_high:g}" if target.value_high is not None else ""
    return f"{target.indicator} {target.comparator} {target.value:g}{high} {target.unit} ({target.role})".strip()


def _compare_boundaries(pair: _Docs, alignment: Alignment) -> Iterator[Change]:
    if pair.old is None or pair.new is None:
        return
    shift = find_page_shift(alignment.measures)
    new = {(b.page_before, b.page_after): b for b in pair.new.boundaries}
    for old in pair.old.boundaries:
        found = new.get((old.page_before + shift, old.page_after + shift))
        if found is None:
            continue
        before, after = (f"{b.decision} {b.row_decision or ''}".strip() for b in (old, found))
        if before != after:
            yield pair.make("value", f"pages {found.page_before}–{found.page_after}", "boundary", before, after)
