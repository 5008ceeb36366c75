"""The values of measures: deadlines, quantities."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date

from planextract.interpret.columns import read_columns
from planextract.interpret.deadlines import find_text_deadlines, parse_deadline
from planextract.interpret.targets import find_targets
from planextract.model.plan import Measure, Plan
from planextract.model.trail import Outcome
from planextract.model.vocabulary import DeadlineVocabulary, Dictionaries

_ANY_YEAR = 2000  # what a deadline is read with before the plan's year is known


def reads_deadline(vocabulary: DeadlineVocabulary) -> Callable[[str], bool]:
    """Return what tells whether a text is a deadline that can be read."""
    return lambda text: parse_deadline(text, _ANY_YEAR, vocabulary).kind != "unparsed"


def interpret_plans(
    plans: Sequence[Outcome[Plan]], year: int | None, books: Dictionaries, doc_id: str = ""
) -> tuple[Outcome[Plan], ...]:
    """Read the values of all measures.

    Args:
        plans: With measures as composed.
        year: Of the plan, for deadlines that print none.
        books: Set phrases of deadlines, units.
        doc_id: The document, whose columns of progress tell its own.
    """
    return tuple(plan.then(_interpret_plan(plan.value, year, books, doc_id)) for plan in plans)


def _interpret_plan(plan: Plan, year: int | None, books: Dictionaries, doc_id: str) -> Plan:
    return replace(
        plan,
        tasks=tuple(
            replace(task, measures=tuple(_interpret(measure, year, books, doc_id) for measure in task.measures))
            for task in plan.tasks
        ),
    )


def _interpret(measure: Measure, year: int | None, books: Dictionaries, doc_id: str) -> Measure:
    """Read the values of a measure; a plan without a column of deadlines may print them in the text."""
    deadline = parse_deadline(measure.deadline.raw_text, year, books.deadlines)
    in_text = find_text_deadlines(measure.text, year, books.deadlines)
    if measure.deadline_status is None and in_text:
        last = max(in_text, key=lambda found: found.end or date.min)
        deadline = replace(last, raw_text=None, flags=("from_text",) + (("multiple",) if len(in_text) > 1 else ()))
    read = replace(measure, deadline=deadline, text_deadlines=in_text, targets=find_targets(measure.text, books.units))
    return read_columns(read, year, books.deadlines, books.units, doc_id)
