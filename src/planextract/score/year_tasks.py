"""Tasks of two years that belong together, by the measures that do."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from planextract.model.result import ResultDocument, ResultPlan, ResultTask
from planextract.score.assignment import assign
from planextract.score.year_links import LinkKind, YearLink, make_relative, mask, name_similarity
from planextract.text.characters import fold

_Tasks = list[tuple[ResultPlan, ResultTask]]
_LIKE_NAMES = 0.8  # from which on names alone make two tasks one


def link_tasks(
    old: ResultDocument,
    new: ResultDocument,
    plans: set[tuple[int, int]],
    links: Sequence[YearLink],
    years: tuple[int | None, int | None],
) -> Iterator[YearLink]:
    """Link tasks by name and by the measures they share; measures decide where the name does not."""
    first, second = ([(plan, task) for plan in document.plans for task in plan.tasks] for document in (old, new))
    shared = _count_shared(first, second, links)
    names = [
        [mask(make_relative(task.label, year)) for _, task in items]
        for items, year in ((first, years[0]), (second, years[1]))
    ]
    pairs = _pair_tasks(first, second, plans, shared, names)
    for i, item in enumerate(first):
        whole = [j for j in range(len(second)) if (i, j) in shared]
        if i in pairs and names[0][i] == names[1][pairs[i]]:
            yield _task_link("kept", item, second[pairs[i]], "same name")
        elif i in pairs:
            yield _task_link("reworded", item, second[pairs[i]], "other name, the same measures")
        elif whole:
            yield _task_link("merged", item, second[whole[0]], "its measures went into this task")
        else:
            yield _task_link("dropped", item, None, "no measure of it is in the new plan")
    taken = set(pairs.values())
    for j, item in enumerate(second):
        source = [i for i in range(len(first)) if (i, j) in shared]
        if j not in taken and source:
            yield _task_link("split", first[source[0]], item, "its measures came from this task")
        elif j not in taken:
            yield _task_link("new", None, item, "no measure of it was in the old plan")


def _count_shared(first: _Tasks, second: _Tasks, links: Sequence[YearLink]) -> Counter[tuple[int, int]]:
    """Count the linked measures of each old and each new task."""
    home = {
        m.measure_id: index for items in (first, second) for index, (_, task) in enumerate(items) for m in task.measures
    }
    return Counter((home[link.old_id], home[link.new_id]) for link in links if link.old_id and link.new_id)


def _pair_tasks(
    first: _Tasks,
    second: _Tasks,
    plans: set[tuple[int, int]],
    shared: Mapping[tuple[int, int], int],
    names: Sequence[Sequence[str]],
) -> dict[int, int]:
    """Return the new task of each old one, by the best assignment of all."""
    candidates = {}
    for i, (plan, task) in enumerate(first):
        for j, (other_plan, other) in enumerate(second):
            same_plan = (plan.plan_no, other_plan.plan_no) in plans
            common = 2 * shared.get((i, j), 0) / max(1, len(task.measures) + len(other.measures))
            name = name_similarity(names[0][i], names[1][j]) if same_plan else 0.0
            if common > 0 or name >= _LIKE_NAMES:
                candidates[i, j] = 0.5 * name + common
    return dict(assign(candidates).keys())


def _task_link(
    kind: LinkKind, old: tuple[ResultPlan, ResultTask] | None, new: tuple[ResultPlan, ResultTask] | None, reason: str
) -> YearLink:
    return YearLink(
        kind=kind,
        old_id=old[1].task_id if old else None,
        new_id=new[1].task_id if new else None,
        old_key=f"{old[0].plan_no}/{old[1].task_no}" if old else None,
        new_key=f"{new[0].plan_no}/{new[1].task_no}" if new else None,
        similarity=round(name_similarity(fold(old[1].label), fold(new[1].label)), 4) if old and new else None,
        reasons=(reason,),
    )
