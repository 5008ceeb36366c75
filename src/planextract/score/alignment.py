"""Which task and which measure of one result is which of another?

Both results are of the same plan: gold and output, an earlier run and a later one. Tasks are assigned by
number and name, measures inside assigned tasks by text; what is left is looked for in the other tasks of the
plan, since a wrong page break can move a measure to its neighbour. For the next year's plan see
:mod:`planextract.score.years`.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TypeVar

from planextract.model.result import ResultDocument, ResultMeasure, ResultPlan, ResultTask
from planextract.score.assignment import assign
from planextract.text.characters import fold
from planextract.text.similarity import lcs_similarity

_T = TypeVar("_T")
_MIN_PLAN, _MIN_TASK, _MIN_MEASURE = 0.3, 0.4, 0.5
_NUMBER, _NAME, _CONTENT = 0.4, 0.4, 0.2
_ORDER = 0.02  # of two measures with the same words, the one in the same place


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanPair:
    """A plan of the first result and its counterpart; one of them is None where there is none."""

    first: ResultPlan | None
    second: ResultPlan | None


@dataclass(frozen=True, slots=True, kw_only=True)
class TaskPair:
    """A task and its counterpart."""

    first: ResultTask | None
    second: ResultTask | None


@dataclass(frozen=True, slots=True, kw_only=True)
class MeasurePair:
    """A measure and its counterpart, each with its task."""

    first: ResultMeasure | None
    second: ResultMeasure | None
    first_task: ResultTask | None
    second_task: ResultTask | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Alignment:
    """Everything of two results, paired; first in the order of the first result, then what only the second has."""

    plans: tuple[PlanPair, ...]
    tasks: tuple[TaskPair, ...]
    measures: tuple[MeasurePair, ...]


def align_documents(first: ResultDocument, second: ResultDocument) -> Alignment:
    """Pair plans, tasks and measures of two results of one document."""
    plans = _pair_plans(first.plans, second.plans)
    tasks: list[TaskPair] = []
    measures: list[MeasurePair] = []
    for pair in plans:
        if pair.first is None or pair.second is None:
            one_sided = _one_sided_tasks(pair)
            tasks.extend(one_sided)
            measures.extend(_one_sided_measures(one_sided))
            continue
        task_pairs = _pair_tasks(pair.first.tasks, pair.second.tasks)
        tasks.extend(task_pairs)
        measures.extend(_pair_measures(task_pairs))
    return Alignment(plans=plans, tasks=tuple(tasks), measures=tuple(measures))


def _pair_plans(first: Sequence[ResultPlan], second: Sequence[ResultPlan]) -> tuple[PlanPair, ...]:
    candidates = {}
    for i, one in enumerate(first):
        for j, other in enumerate(second):
            score = 0.8 * lcs_similarity(fold(one.title), fold(other.title)) + 0.2 * (one.plan_no == other.plan_no)
            if score >= _MIN_PLAN or len(first) == len(second) == 1:
                candidates[i, j] = score + 1e-6
    return tuple(PlanPair(first=a, second=b) for a, b in _merge(first, second, assign(candidates)))


def _pair_tasks(first: Sequence[ResultTask], second: Sequence[ResultTask]) -> list[TaskPair]:
    names = [fold(task.label) for task in first], [fold(task.label) for task in second]
    texts = [_start(task) for task in first], [_start(task) for task in second]
    candidates = {}
    for i, one in enumerate(first):
        for j, other in enumerate(second):
            same_number = one.task_no == other.task_no
            name = 1.0 if names[0][i] == names[1][j] else lcs_similarity(names[0][i], names[1][j])
            if not same_number and name < _MIN_MEASURE:
                continue
            content = lcs_similarity(texts[0][i], texts[1][j])
            score = _NUMBER * same_number + _NAME * name + _CONTENT * content
            if score >= _MIN_TASK:
                candidates[i, j] = score
    return [TaskPair(first=a, second=b) for a, b in _merge(first, second, assign(candidates))]


def _start(task: ResultTask) -> str:
    return fold(task.measures[0].text)[:80] if task.measures else ""


@dataclass(frozen=True, slots=True)
class _Placed:
    """A measure with its task."""

    task: ResultTask
    measure: ResultMeasure
    text: str


def _place(task: ResultTask | None) -> list[_Placed]:
    return [] if task is None else [_Placed(task, m, fold(m.text)) for m in task.measures]


def _pair_measures(tasks: Iterable[TaskPair]) -> list[MeasurePair]:
    pairs: list[tuple[_Placed | None, _Placed | None]] = []
    for pair in tasks:
        first, second = _place(pair.first), _place(pair.second)
        pairs.extend(_merge(first, second, assign(_rate(first, second, in_task=True))))
    left = [a for a, b in pairs if a is not None and b is None]
    right = [b for a, b in pairs if b is not None and a is None]
    moved = {id(left[i]): right[j] for i, j in assign(_rate(left, right, in_task=False))}
    taken = {id(item) for item in moved.values()}
    out = []
    for one, other in pairs:
        if one is None and other is not None and id(other) in taken:
            continue
        found = moved.get(id(one), other) if one is not None else other
        out.append(
            MeasurePair(
                first=one.measure if one else None,
                second=found.measure if found else None,
                first_task=one.task if one else None,
                second_task=found.task if found else None,
            )
        )
    return out


def _rate(first: Sequence[_Placed], second: Sequence[_Placed], *, in_task: bool) -> dict[tuple[int, int], float]:
    candidates = {}
    for i, one in enumerate(first):
        for j, other in enumerate(second):
            score = 1.0 if one.text == other.text else lcs_similarity(one.text, other.text)
            if score >= _MIN_MEASURE:
                candidates[i, j] = score + _ORDER * (in_task and one.measure.seq == other.measure.seq)
    return candidates


def _merge(
    first: Sequence[_T], second: Sequence[_T], chosen: Iterable[tuple[int, int]]
) -> list[tuple[_T | None, _T | None]]:
    partner = dict(list(chosen))
    taken = set(partner.values())
    merged: list[tuple[_T | None, _T | None]] = [
        (item, second[partner[i]] if i in partner else None) for i, item in enumerate(first)
    ]
    merged.extend((None, item) for j, item in enumerate(second) if j not in taken)
    return merged


def _one_sided_tasks(pair: PlanPair) -> list[TaskPair]:
    if pair.first is not None:
        return [TaskPair(first=task, second=None) for task in pair.first.tasks]
    return [TaskPair(first=None, second=task) for task in (pair.second.tasks if pair.second else ())]


def _one_sided_measures(tasks: Iterable[TaskPair]) -> list[MeasurePair]:
    out = []
    for pair in tasks:
        for m in pair.first.measures if pair.first else ():
            out.append(MeasurePair(first=m, second=None, first_task=pair.first, second_task=None))
        for m in pair.second.measures if pair.second else ():
            out.append(MeasurePair(first=None, second=m, first_task=None, second_task=pair.second))
    return out
