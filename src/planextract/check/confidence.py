"""How sure a measure is right: a logistic model of what is odd about it.

The weights were fitted by ``python -m tests.benchmark.calibration fit`` on damaged texts (seeds of their own)
and are checked on other seeds; the reliability table stands in tests/benchmark/README.md. A measure needs
review where a finding asks for it or its probability is low.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from planextract.model.plan import Extraction, Measure, Plan
from planextract.model.record import Finding
from planextract.model.table import Role
from planextract.text.sentences import is_finished

BIAS = 6.01
WEIGHTS: dict[str, float] = {
    "doubtful_row": -1.71, "unresolved": -9.63, "by_rule": -0.99, "deadline_unparsed": -6.68, "deadline_blank": -5.13,
    "other_blank": -1.72, "ragged": -6.74, "near_ragged": -2.31, "unfinished": -6.46, "odd_name": -6.93,
    "odd_plan": -1.23, "odd_start": -0.84, "column_missing": -4.73, "number_given": -5.09, "numbers_lost": -7.12,
}  # fmt: skip
FEATURES = tuple(WEIGHTS)
REVIEW_BELOW = 0.85
_LONG_NAME = 40


@dataclass(frozen=True, slots=True, kw_only=True)
class Surroundings:
    """What is known of a measure beyond its own values: findings on it, its task, its plan, its neighbours."""

    task_name: str
    codes: frozenset[str]
    has_warning: bool
    is_odd_plan: bool
    is_odd_start: bool
    is_column_missing: bool
    is_number_given: bool
    are_numbers_lost: bool
    is_near_ragged: bool
    trust_in_names: float


def survey(extraction: Extraction) -> Iterator[tuple[str, Measure, Surroundings]]:
    """Yield each measure with its id and its surroundings, in printed order."""
    by_measure: dict[str, list[Finding]] = {}
    for finding in extraction.findings:
        if finding.measure_id is not None and finding.decision_id is None:  # what a person settled counts no more
            by_measure.setdefault(finding.measure_id, []).append(finding)
    trust = _trust_in_names(extraction)
    numbered = {cell.cell_id for cell in extraction.cells if cell.column == Role.TASK_NO and cell.text}
    unnumbered = {
        plan.plan_no for plan in extraction.plans if all(numbered.isdisjoint(task.cell_ids) for task in plan.tasks)
    }
    usual = _find_usual_columns(extraction)
    listed = {plan.attachment_no for plan in extraction.plans if plan.attachment_no is not None}
    ids = [
        (f"{extraction.task_id(plan, task)}/{measure.seq}", plan, index, task, measure)
        for plan in extraction.plans
        for index, task in enumerate(plan.tasks)
        for measure in task.measures
    ]
    ragged = {place for place, item in enumerate(ids) if _has(by_measure, item[0], "read.ragged_row")}
    for place, (measure_id, plan, index, task, measure) in enumerate(ids):
        findings = by_measure.get(measure_id, [])
        yield (
            measure_id,
            measure,
            Surroundings(
                task_name=task.name, codes=frozenset(finding.code for finding in findings),
                has_warning=any(f.severity != "info" for f in findings),
                is_odd_plan=_is_odd(plan, extraction, bool(listed)),
                is_odd_start=index == 0 and _is_odd(plan, extraction, bool(listed)),
                is_column_missing=not usual <= _columns_of(measure),
                is_number_given=bool(numbered) and numbered.isdisjoint(task.cell_ids),
                are_numbers_lost=bool(numbered) and plan.plan_no in unnumbered,
                is_near_ragged=bool({place - 1, place + 1} & ragged),
                trust_in_names=trust,
            ),
        )  # fmt: skip


def _trust_in_names(extraction: Extraction) -> float:
    """Return how much an unresolved name says: nothing where the dictionary lacks a third of the document's bodies."""
    kinds = [
        item.match.kind
        for plan in extraction.plans
        for task in plan.tasks
        for measure in task.measures
        for item in measure.responsibilities
    ]
    share = kinds.count("unresolved") / len(kinds) if kinds else 0.0
    return max(0.0, 1.0 - 3.0 * share)


def _columns_of(measure: Measure) -> frozenset[str]:
    """Return the columns that the table of a measure has."""
    names = {str(cell.role) for cell in measure.agency_cells}
    return frozenset(names | ({"deadline"} if measure.deadline_status is not None else set()))


def _find_usual_columns(extraction: Extraction) -> frozenset[str]:
    """Return the columns that more than half of a document's measures have: where one lacks, a header was lost."""
    counts: Counter[str] = Counter()
    total = 0
    for plan in extraction.plans:
        for task in plan.tasks:
            for measure in task.measures:
                counts.update(_columns_of(measure))
                total += 1
    return frozenset(name for name, count in counts.items() if 2 * count > total)


def _has(by_measure: dict[str, list[Finding]], measure_id: str, code: str) -> bool:
    return any(finding.code == code for finding in by_measure.get(measure_id, ()))


def _is_odd(plan: Plan, extraction: Extraction, has_listed: bool) -> bool:
    """Tell whether a plan has no heading of its own though others have, or repeats another's: a table was parted."""
    titles = [other.title for other in extraction.plans]
    return (has_listed and plan.attachment_no is None) or (len(titles) > 1 and titles.count(plan.title) > 1)


def describe(measure: Measure, around: Surroundings) -> dict[str, float]:
    """Return the value of each feature of a measure; 0 where nothing is odd."""
    items = [item for item in measure.responsibilities if not item.is_inherited]
    others = [cell.status for cell in measure.agency_cells[1:]]
    return {
        "doubtful_row": min(1.0, 4.0 * max(0.0, 0.97 - measure.row_score)),
        "unresolved": min(2, sum(item.match.kind == "unresolved" for item in items)) * around.trust_in_names,
        "by_rule": float(min(2, sum(item.match.kind == "rule" for item in items))),
        "deadline_unparsed": float(measure.deadline.kind == "unparsed"),
        "deadline_blank": float(measure.deadline_status == "blank"),
        "other_blank": float("blank" in others),
        "ragged": float("read.ragged_row" in around.codes),
        "near_ragged": float(around.is_near_ragged),
        "unfinished": float(not is_finished(measure.text)),
        "odd_name": float(len(around.task_name) > _LONG_NAME or not around.task_name),
        "odd_plan": float(around.is_odd_plan),
        "odd_start": float(around.is_odd_start),
        "column_missing": float(around.is_column_missing),
        "number_given": float(around.is_number_given and not around.are_numbers_lost),
        "numbers_lost": float(around.are_numbers_lost),
    }


def probability(features: dict[str, float]) -> float:
    """Return the probability that a measure with these features is right in all its values."""
    total = BIAS + sum(WEIGHTS[name] * value for name, value in features.items())
    return 1.0 / (1.0 + math.exp(-total))
