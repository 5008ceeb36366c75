"""Cell by cell: what each column should say and what it says."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from planextract.model.result import ResultMeasure, ResultTask
from planextract.model.roles import AGENCY_COLUMNS, Role
from planextract.score.alignment import Alignment, MeasurePair, TaskPair
from planextract.score.rates import Rate
from planextract.score.tables import agency_text
from planextract.text.characters import without_spaces
from planextract.text.similarity import edit_distance

TASK_COLUMNS = ("section", "task_no", "task_name")
MEASURE_COLUMNS = ("measure", "deadline", "deadline_value", *AGENCY_COLUMNS, "pages")
TEXT_COLUMNS = frozenset(role.value for role in Role if role is not Role.OTHER)


@dataclass(frozen=True, slots=True, kw_only=True)
class CellScore:
    """One cell compared. A text is None where the row itself is missing or invented.

    Attributes:
        cluster: The task it belongs to, as ``plan/number``: what a bootstrap draws.
        key: Where it is, for people: ``plan/number/seq``.
        errors: Wrong characters: the edit distance, or the length of what is missing or invented.
    """

    column: str
    cluster: str
    key: str
    wanted: str | None
    found: str | None
    is_right: bool
    errors: int
    measure_id: str | None
    task_id: str | None
    page: int | None
    confidence: float | None = None

    @property
    def rate(self) -> Rate:
        """The cell as counts; an empty cell counts only where the other side says something."""
        return Rate(
            right=float(self.is_right and bool(self.wanted)),
            wanted=float(bool(self.wanted)),
            found=float(bool(self.found)),
        )

    @property
    def characters(self) -> Rate:
        """Wrong characters (``right``) of wanted ones: the counts of a CER."""
        return Rate(right=self.errors, wanted=len(without_spaces(self.wanted or "")))


def is_same_text(first: str | None, second: str | None) -> bool:
    """Tell whether two cells print the same characters, white space aside."""
    return without_spaces(first or "") == without_spaces(second or "")


def compare_tasks(alignment: Alignment, plan_of: Mapping[str, int]) -> Iterator[CellScore]:
    """Compare number, name and section of each task; ``plan_of`` gives the plan's number by task id."""
    for pair in alignment.tasks:
        shown = pair.first or pair.second
        if shown is None:
            continue
        key = f"{plan_of[shown.task_id]}/{shown.task_no}"
        for column in TASK_COLUMNS:
            wanted, found = (_task_text(task, column) for task in (pair.first, pair.second))
            yield _score(column, key, key, wanted, found, _Place.of_task(pair))


def compare_measures(
    alignment: Alignment, plan_of: Mapping[str, int], roles: Sequence[str], page_shift: int
) -> Iterator[tuple[MeasurePair, tuple[CellScore, ...]]]:
    """Compare each measure with its counterpart.

    Args:
        alignment: Gold first, output second.
        plan_of: The plan's number by task id.
        roles: Agency columns of the plan.
        page_shift: What must be added to gold's pages to get the output's.
    """
    columns = [c for c in MEASURE_COLUMNS if c not in AGENCY_COLUMNS or c in roles]
    for pair in alignment.measures:
        measure, task = pair.first or pair.second, pair.first_task or pair.second_task
        if measure is None or task is None:
            continue
        cluster = f"{plan_of[task.task_id]}/{task.task_no}"
        key = f"{cluster}/{measure.seq}"
        place = _Place.of_measure(pair)
        scores = []
        for column in columns:
            wanted = _measure_text(pair.first, column, page_shift)
            found = _measure_text(pair.second, column, 0)
            scores.append(_score(column, cluster, key, wanted, found, place))
        yield pair, tuple(scores)


@dataclass(frozen=True, slots=True)
class _Place:
    """Where a person would look in the output."""

    measure_id: str | None
    task_id: str | None
    page: int | None
    confidence: float | None

    @staticmethod
    def of_task(pair: TaskPair) -> _Place:
        found = pair.second
        page = found.first_page if found else pair.first.first_page if pair.first else None
        return _Place(None, found.task_id if found else None, page or None, None)

    @staticmethod
    def of_measure(pair: MeasurePair) -> _Place:
        found, task = pair.second, pair.second_task
        pages = found.pages if found else pair.first.pages if pair.first else ()
        return _Place(
            found.measure_id if found else None,
            task.task_id if task else None,
            pages[0] if pages else None,
            found.confidence if found else None,
        )


def _score(column: str, cluster: str, key: str, wanted: str | None, found: str | None, place: _Place) -> CellScore:
    both = wanted is not None and found is not None
    is_right = both and is_same_text(wanted, found)
    errors = 0 if is_right else edit_distance(without_spaces(wanted or ""), without_spaces(found or ""))
    return CellScore(
        column=column,
        cluster=cluster,
        key=key,
        wanted=wanted,
        found=found,
        is_right=is_right,
        errors=errors,
        measure_id=place.measure_id,
        task_id=place.task_id,
        page=place.page,
        confidence=place.confidence,
    )


def _task_text(task: ResultTask | None, column: str) -> str | None:
    if task is None:
        return None
    return {"section": task.section, "task_no": str(task.task_no), "task_name": task.name}[column]


def _measure_text(measure: ResultMeasure | None, column: str, page_shift: int) -> str | None:
    if measure is None:
        return None
    if column == "measure":
        return measure.text
    if column == "deadline":
        return measure.deadline_raw or ""
    if column == "deadline_value":
        return deadline_value(measure)
    if column == "pages":
        return ",".join(str(page + page_shift) for page in measure.pages)
    return agency_text(measure, column)


def deadline_value(measure: ResultMeasure) -> str:
    """Return a deadline as understood, in one line: ``by 2021-12-31``, ``window 2021-06-01…2021-09-30``."""
    if measure.deadline_kind == "none":
        return ""
    days = "…".join(day.isoformat() for day in (measure.deadline_start, measure.deadline_end) if day is not None)
    return f"{measure.deadline_kind} {days}".strip()
