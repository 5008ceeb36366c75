"""What planextract makes of damaged documents (:mod:`.damaged_documents`): the samples of the calibration."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass

import numpy as np
from rapidfuzz import fuzz, process
from rapidfuzz.distance import Levenshtein

from planextract.check.confidence import survey
from planextract.check.looks import asks_for_a_look
from planextract.dictionaries import load_dictionaries
from planextract.errors import PlanExtractError
from planextract.interpret import parse_deadline
from planextract.model.plan import Extraction, Measure, Task
from planextract.text.characters import without_spaces

from .damaged_documents import STRATA, Job, Made, Wanted, extract, make_document, measures_of, names_of, tidy

_DRIFT = 0.3  # points of similarity a place: of two measures with the same words the nearer one is meant
_NEAR = 0.02
_EMPTY = frozenset({"none", "blank"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Value:
    """A value of a measure: which, its signs, what was stated, whether it is exact.

    ``is_near`` if it is, or is a text with so few wrong characters that it says the same.
    """

    name: str
    signs: dict[str, float]
    confidence: float
    is_exact: bool
    is_near: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Sample:
    """A measure of a damaged document; ``warnings`` are the codes of the open findings on it that are more than notes."""

    job: Job
    medium: str
    values: tuple[Value, ...]
    confidence: float
    needs_review: bool
    warnings: tuple[str, ...] = ()

    @property
    def is_flagged(self) -> bool:
        """Whether a finding asks for a look, however sure the values are."""
        return asks_for_a_look(self.warnings)

    @property
    def stratum(self) -> str:
        """What the document counts as."""
        return STRATA[self.job.form]

    @property
    def is_exact(self) -> bool:
        """Whether every value is."""
        return all(value.is_exact for value in self.values)


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """What became of a document: its samples, the measures that are in none of them, whether it failed."""

    job: Job
    samples: tuple[Sample, ...] = ()
    lost: int = 0
    has_failed: bool = False


def read_all(jobs: Sequence[Job], processes: int = 2) -> list[Reading]:
    """Make and read all documents, in order."""
    if processes < 2:
        return [read_job(job) for job in jobs]
    with ProcessPoolExecutor(processes) as pool:
        return list(pool.map(read_job, jobs, chunksize=4))


def read_job(job: Job) -> Reading:
    """Make one document, damage it, read it and compare it with its truth."""
    made = make_document(job)
    try:
        extraction = extract(made.data, made.name)
    except PlanExtractError:
        return Reading(job=job, lost=len(made.wanted), has_failed=True)
    found = measures_of(extraction)
    nearest = _align(
        [tidy(m.text) if made.is_prose else m.text for _, _, m in found], [w.texts[0] for w in made.wanted]
    )
    surveyed = {p.measure_id: (p, d, s) for p, d, s in survey(extraction, load_dictionaries().words)}
    samples = []
    for place, (measure_id, task, measure) in enumerate(found):
        where, document, signs = surveyed[measure_id]
        samples.append(
            Sample(
                job=job,
                medium=document.medium,
                confidence=measure.confidence,
                needs_review=measure.needs_review,
                warnings=tuple(sorted(where.warnings)),
                values=tuple(_compare(made, extraction, task, measure, made.wanted[nearest[place]], signs)),
            )
        )
    return Reading(job=job, samples=tuple(samples), lost=len(set(range(len(made.wanted))) - set(nearest)))


def _align(found: list[str], wanted: list[str]) -> list[int]:
    """Return for each text found the one that it is nearest to; order decides between equals."""
    scores = process.cdist(found, wanted, scorer=fuzz.ratio).astype(float)
    here = np.arange(len(found))[:, None] * (len(wanted) / max(1, len(found)))
    scores -= _DRIFT * np.minimum(50.0, np.abs(here - np.arange(len(wanted))[None, :]))
    return [int(place) for place in scores.argmax(axis=1)]


def _compare(
    made: Made, extraction: Extraction, task: Task, measure: Measure, wanted: Wanted, signs: dict[str, dict[str, float]]
) -> Iterator[Value]:
    """Yield each value: exact if number and name, every character, the dates, or the bodies and their state are right."""
    stated = dict(measure.value_confidences)
    for name, found in signs.items():
        is_near = False
        if name == "task":
            if not wanted.tasks:
                continue
            is_exact = _is_task(task, wanted)
        elif name == "text":
            texts = _wordings(task, measure, is_prose=made.is_prose)
            is_exact = not texts.isdisjoint(wanted.texts)
            is_near = any(_is_near(text, other) for text in texts for other in wanted.texts)
        elif name == "deadline":
            is_exact = _is_deadline(extraction.notice.plan_year, measure, wanted)
        else:
            is_exact = _has_bodies(measure, name, wanted, made)
        yield Value(
            name=name, signs=found, confidence=stated.get(name, 1.0), is_exact=is_exact, is_near=is_exact or is_near
        )


def _is_task(task: Task, wanted: Wanted) -> bool:
    name = without_spaces(task.name)
    return any(name == other and number in (None, task.task_no) for number, other in wanted.tasks)


def _wordings(task: Task, measure: Measure, *, is_prose: bool) -> frozenset[str]:
    """Return a text as it may be told; in prose the task's name may open it."""
    if not is_prose:
        return frozenset({without_spaces(measure.text)})
    name = task.name or ""
    return frozenset({tidy(measure.text), tidy(name + measure.text), tidy(f"{name}。{measure.text}")})


def _is_near(text: str, other: str) -> bool:
    return Levenshtein.distance(text, other) <= max(2, _NEAR * len(other))


def _is_deadline(year: int | None, measure: Measure, wanted: Wanted) -> bool:
    truth = parse_deadline(wanted.deadline, year, load_dictionaries().deadlines)
    got = measure.deadline
    return (got.kind, got.start, got.end) == (truth.kind, truth.start, truth.end)


def _has_bodies(measure: Measure, name: str, wanted: Wanted, made: Made) -> bool:
    found = names_of(measure, name, printed=made.by_print)
    if made.is_prose:
        return tuple(map(tidy, found)) == wanted.bodies.get(name, (None, ()))[1]
    status = next(cell.status for cell in measure.agency_cells if cell.role == name)
    wanted_status, bodies = wanted.bodies.get(name, ("missing", ()))
    is_same = status == wanted_status or _EMPTY.isdisjoint({status, str(wanted_status)})
    return is_same and found == bodies


def samples_of(readings: Iterable[Reading]) -> list[Sample]:
    """Return all measures of some documents."""
    return [sample for reading in readings for sample in reading.samples]
