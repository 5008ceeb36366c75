"""Tasks of two years that belong together, by the measures that do."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from planextract.model.result import ResultDocument, ResultPlan, ResultTask
from planextract.score.assignment import assign
from planextract.score.year_links import LinkKind, YearLink, make_relative, mask, name_similarity
from planextract.text.characters import fold


def link_tasks(
    old: ResultDocument,
    new: ResultDocument,
    plans: set[tuple[int, int]],
    links: Sequence[YearLink],
    years: tuple[int | None, int | None],
) -> Iterator[YearLink]:
    """Link tasks by name and by the measures they share; measures decide where the name does not."""
    first = [(plan, task) for plan in old.plans for task in plan.tasks]
    second = [(plan, task) for plan in new.plans for task in plan.tasks]
    home = {
        m.measure_id: index for items in (first, second) for index, (_, task) in enumerate(items) for m in task.measures
    }
    shared: dict[tuple[int, int], int] = {}
    for link in links:
        if link.old_id and link.new_id:
            pair = (home[link.old_id], home[link.new_id])
            shared[pair] = shared.get(pair, 0) + 1
    names = [
        [mask(make_relative(task.name, year)) for _, task in items]
        for items, year in ((first, years[0]), (second, years[1]))
    ]
    candidates = {}
    for i, (plan, task) in enumerate(first):
        for j, (other_plan, other) in enumerate(second):
            same_plan = (plan.plan_no, other_plan.plan_no) in plans
            common = 2 * shared.get((i, j), 0) / max(1, len(task.measures) + len(other.measures))
            name = name_similarity(names[0][i], names[1][j]) if same_plan else 0.0
            if common > 0 or name >= 0.8:
                candidates[i, j] = 0.5 * name + common
    pairs = dict(assign(candidates).keys())
    taken = set(pairs.values())
    for i, (plan, task) in enumerate(first):
        key = f"{plan.plan_no}/{task.task_no}"
        if i in pairs:
            j = pairs[i]
            kept = names[0][i] == names[1][j]
            yield _task_link(
                "kept" if kept else "reworded",
                first[i],
                second[j],
                ("same name" if kept else "other name, the same measures",),
            )
            continue
        whole = [j for j in range(len(second)) if (i, j) in shared]
        if whole:
            yield _task_link("merged", first[i], second[whole[0]], ("its measures went into this task",))
        else:
            yield YearLink(
                kind="dropped",
                old_id=task.task_id,
                new_id=None,
                old_key=key,
                new_key=None,
                similarity=None,
                reasons=("no measure of it is in the new plan",),
            )
    for j, (plan, task) in enumerate(second):
        if j in taken:
            continue
        source = [i for i in range(len(first)) if (i, j) in shared]
        if source:
            yield _task_link("split", first[source[0]], second[j], ("its measures came from this task",))
        else:
            yield YearLink(
                kind="new",
                old_id=None,
                new_id=task.task_id,
                old_key=None,
                new_key=f"{plan.plan_no}/{task.task_no}",
                similarity=None,
                reasons=("no measure of it was in the old plan",),
            )


def _task_link(
    kind: LinkKind, a: tuple[ResultPlan, ResultTask], b: tuple[ResultPlan, ResultTask], reasons: tuple[str, ...]
) -> YearLink:
    return YearLink(
        kind=kind,
        old_id=a[1].task_id,
        new_id=b[1].task_id,
        old_key=f"{a[0].plan_no}/{a[1].task_no}",
        new_key=f"{b[0].plan_no}/{b[1].task_no}",
        similarity=round(name_similarity(fold(a[1].name), fold(b[1].name)), 4),
        reasons=reasons,
    )
