"""Damaged documents with their truth, and what planextract makes of them: the samples of the calibration.

Three forms: ``text`` and ``pdf`` are plans of the lab (tests/lab), damaged before they are printed; ``real`` are the texts
of the real notice and of the further plans, whose undamaged reading is the truth. One document in seven names
another district, so that the dictionary lacks its bodies.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path

import numpy as np
from rapidfuzz import fuzz, process
from rapidfuzz.distance import Levenshtein

from planextract.check.confidence import survey
from planextract.dictionaries import load_dictionaries
from planextract.errors import PlanExtractError
from planextract.interpret import parse_deadline
from planextract.model.decision import Overrides
from planextract.model.plan import Extraction, Measure, Task
from planextract.pipeline import extract_document
from planextract.read import read_document
from planextract.settings import Settings
from planextract.text.characters import without_spaces
from tests.lab.damage import Rates, damage_plan, damage_text
from tests.lab.model import LabPlan, LabText
from tests.lab.options import draw_options
from tests.lab.plans import make_plan
from tests.lab.texts import draw_text_options, write_text
from tests.lab.typeset import typeset

ROOT = Path(__file__).parents[2]
REAL = (ROOT / "raw" / "xicheng-2021-action-plan.txt", *sorted((ROOT / "tests" / "golden").glob("plan-*/input.txt")))
_OTHER_DISTRICT = "青岚区"  # there is none: bodies of every real district are known by the national tables
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
    """A measure of a damaged document."""

    form: str
    seed: int
    values: tuple[Value, ...]
    confidence: float
    needs_review: bool

    @property
    def is_exact(self) -> bool:
        """Whether every value is."""
        return all(value.is_exact for value in self.values)


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """Truth of a measure: its task (no number where the plan prints none), its text without white space, the deadline as printed, bodies by role."""

    task: tuple[int | None, str]
    text: str
    deadline: str | None
    bodies: dict[str, tuple[str, tuple[str, ...]]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    """A document to make: form, seed, how hard it is damaged (0 not at all; 1 are the rates of ``Rates``)."""

    form: str
    seed: int
    level: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """What became of a document: its samples, the measures that are in none of them, whether it failed."""

    job: Job
    samples: tuple[Sample, ...] = ()
    lost: int = 0
    has_failed: bool = False


def draw_level(seed: int) -> float:
    """Draw how hard a document is damaged: one in four not at all, the others 3 % to five times the usual rates."""
    rng = random.Random(f"level {seed}")
    return 0.0 if rng.random() < 0.25 else float(0.03 * 166 ** rng.random())


def read_all(jobs: Sequence[Job], processes: int = 2) -> list[Reading]:
    """Make and read all documents, in order."""
    if processes < 2:
        return [read_job(job) for job in jobs]
    with ProcessPoolExecutor(processes) as pool:
        return list(pool.map(read_job, jobs, chunksize=4))


def read_job(job: Job) -> Reading:
    """Make one document, damage it, read it and compare it with its truth."""
    data, name, wanted = make_document(job)
    try:
        extraction = _extract(data, name)
    except PlanExtractError:
        return Reading(job=job, lost=len(wanted), has_failed=True)
    found = measures_of(extraction)
    nearest = _align([m.text for _, _, m in found], [w.text for w in wanted])
    signs = {p.measure_id: s for p, _, s in survey(extraction, load_dictionaries().words)}
    year = extraction.notice.plan_year
    samples = tuple(
        Sample(
            form=job.form,
            seed=job.seed,
            confidence=measure.confidence,
            needs_review=measure.needs_review,
            values=tuple(_compare(task, measure, wanted[nearest[place]], signs[measure_id], year)),
        )
        for place, (measure_id, task, measure) in enumerate(found)
    )
    return Reading(job=job, samples=samples, lost=len(set(range(len(wanted))) - set(nearest)))


def make_document(job: Job) -> tuple[bytes, str, list[Wanted]]:
    """Return a damaged document, its name and its truth."""
    rates = Rates().scale(job.level)
    if job.form == "real":
        text = _read_real(job.seed % len(REAL))
        return damage_text(text, job.seed, rates).encode(), "plan.txt", _truth_of_real(job.seed % len(REAL))
    is_text = job.form == "text"
    plan = make_plan(job.seed, draw_text_options(job.seed) if is_text else _draw_pdf_options(job.seed))
    knows_bodies = job.seed % 7 != 0
    wanted = list(_truth_of(plan, knows_bodies=knows_bodies))
    if not knows_bodies:
        plan = _move_away(plan)
    if is_text:
        return damage_text(write_text(plan), job.seed, rates).encode(), "plan.txt", wanted
    return typeset(damage_plan(plan, job.seed, rates), "reportlab"), "plan.pdf", wanted


def _draw_pdf_options(seed: int) -> object:
    options = draw_options(seed, "reportlab")
    return replace(options, other_table="none", task_count=min(options.task_count, 14), plan_count=1)


def _move_away(plan: LabPlan) -> LabPlan:
    return replace(
        plan,
        blocks=tuple(
            replace(block, text=block.text.replace("西城区", _OTHER_DISTRICT)) if isinstance(block, LabText) else block
            for block in plan.blocks
        ),
    )


def _truth_of(plan: LabPlan, *, knows_bodies: bool) -> Iterator[Wanted]:
    for tasks in plan.tasks:
        for task in tasks:
            for measure in task.measures:
                deadline = measure.values.get("deadline")
                yield Wanted(
                    task=(task.task_no if plan.options.layout != "unnumbered" else None, without_spaces(task.name)),
                    text=without_spaces(measure.text),
                    deadline=deadline.texts[0] if deadline and deadline.texts else None,
                    bodies={
                        role: (value.status, tuple(plan.canonical[t] if knows_bodies else t for t in value.texts))
                        for role, value in measure.values.items()
                        if role != "deadline"
                    },
                )


@lru_cache(maxsize=8)
def _read_real(index: int) -> str:
    return REAL[index].read_text(encoding="utf-8")


@lru_cache(maxsize=8)
def _truth_of_real(index: int) -> list[Wanted]:
    extraction = _extract(_read_real(index).encode(), "plan.txt")
    return [
        Wanted(
            task=(task.task_no, without_spaces(task.name)),
            text=without_spaces(measure.text),
            deadline=measure.deadline.raw_text,
            bodies={str(cell.role): (cell.status, _names(measure, str(cell.role))) for cell in measure.agency_cells},
        )
        for _, task, measure in measures_of(extraction)
    ]


def _extract(data: bytes, name: str) -> Extraction:
    settings = Settings()
    return extract_document(read_document(data, name, settings.read), load_dictionaries(), Overrides(), settings)


def measures_of(extraction: Extraction) -> list[tuple[str, Task, Measure]]:
    """Return every measure with its id and its task, in printed order."""
    return [
        (f"{extraction.task_id(plan, task)}/{measure.seq}", task, measure)
        for plan in extraction.plans
        for task in plan.tasks
        for measure in task.measures
    ]


def _align(found: list[str], wanted: list[str]) -> list[int]:
    """Return for each text found the one that it is nearest to; order decides between equals."""
    scores = process.cdist(found, wanted, scorer=fuzz.ratio).astype(float)
    here = np.arange(len(found))[:, None] * (len(wanted) / max(1, len(found)))
    scores -= _DRIFT * np.minimum(50.0, np.abs(here - np.arange(len(wanted))[None, :]))
    return [int(place) for place in scores.argmax(axis=1)]


def _names(measure: Measure, role: str) -> tuple[str, ...]:
    return tuple(
        item.match.entry.name if item.match.entry else item.raw_text
        for item in measure.responsibilities
        if item.role == role
    )


def _compare(
    task: Task, measure: Measure, wanted: Wanted, signs: dict[str, dict[str, float]], year: int | None
) -> Iterator[Value]:
    """Yield each value: exact if number and name, every character, the dates, or the bodies and their state are right."""
    words = load_dictionaries().deadlines
    stated = dict(measure.value_confidences)
    for name, found in signs.items():
        is_near = False
        if name == "task":
            number, wanted_name = wanted.task
            is_exact = without_spaces(task.name) == wanted_name and number in (None, task.task_no)
        elif name == "text":
            text = without_spaces(measure.text)
            is_exact = text == wanted.text
            is_near = Levenshtein.distance(text, wanted.text) <= max(2, _NEAR * len(wanted.text))
        elif name == "deadline":
            truth = parse_deadline(wanted.deadline, year, words)
            got = measure.deadline
            is_exact = (got.kind, got.start, got.end) == (truth.kind, truth.start, truth.end)
        else:
            status = next(cell.status for cell in measure.agency_cells if cell.role == name)
            wanted_status, bodies = wanted.bodies.get(name, ("missing", ()))
            is_same = status == wanted_status or _EMPTY.isdisjoint({status, wanted_status})
            is_exact = is_same and _names(measure, name) == bodies
        yield Value(
            name=name, signs=found, confidence=stated.get(name, 1.0), is_exact=is_exact, is_near=is_exact or is_near
        )
