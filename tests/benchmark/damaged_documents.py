"""Damaged documents of the calibration, with their truth, in every form that a plan is printed in.

``text`` (tabs), ``plain`` (copied from a page: any divider), ``pdf``, ``workbook``, ``prose`` and ``scan`` are plans of the
lab (tests/lab), damaged before they are printed (``prose`` behind it; ``scan`` by its scanner alone); ``real`` are the texts
of the real notice and of the further plans, whose undamaged reading is the truth. One document in
seven names another district, so that the dictionary lacks its bodies.
"""

from __future__ import annotations

import random
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path

from planextract.dictionaries import load_dictionaries
from planextract.model.decision import Overrides
from planextract.model.plan import Extraction, Measure, Task
from planextract.pipeline import extract_document
from planextract.read import read_document
from planextract.settings import Settings
from planextract.text.characters import without_spaces
from tests.lab.damage import Rates, damage_lines, damage_plan, damage_text
from tests.lab.model import LabPlan, LabText
from tests.lab.options import LabOptions, draw_options
from tests.lab.plain_forms import FORMS as PLAIN_FORMS
from tests.lab.plain_forms import draw_form_options, draw_noise, write_form
from tests.lab.plans import make_plan
from tests.lab.prose import Measure as ProseMeasure
from tests.lab.prose import make_prose
from tests.lab.scans import CONDITIONS, scan_pdf
from tests.lab.sheets import draw_traits, lay_out, write_openpyxl, write_xlsxwriter
from tests.lab.texts import draw_text_options, write_text
from tests.lab.typeset import typeset

ROOT = Path(__file__).parents[2]
REAL = (ROOT / "raw" / "xicheng-2021-action-plan.txt", *sorted((ROOT / "tests" / "golden").glob("plan-*/input.txt")))
# What a form is counted as; the last stratum, undamaged documents, lies across them.
STRATA = {
    "text": "text",
    "plain": "text",
    "pdf": "pdf",
    "scan": "scan",
    "workbook": "workbook",
    "prose": "prose",
    "real": "real",
}
_OTHER_DISTRICT = "青岚区"  # there is none: bodies of every real district are known by the national tables
_SCAN_DPI = 200.0
_SCAN_TASKS = 4
_HALF = str.maketrans("，；：（）！？％", ",;:()!?%")


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """Truth of a measure, without white space.

    Attributes:
        tasks: Number and name of its task, each wording that is right; no number where none is printed; empty if unknown.
        texts: Its text, each wording that is right.
        deadline: As printed.
        bodies: By role, the state of the cell (None if it is not known) and the names.
    """

    tasks: tuple[tuple[int | None, str], ...]
    texts: tuple[str, ...]
    deadline: str | None
    bodies: dict[str, tuple[str | None, tuple[str, ...]]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    """A document to make: form, seed, how hard it is damaged (0 not at all; 1 are the rates of ``Rates``)."""

    form: str
    seed: int
    level: float

    @property
    def is_undamaged(self) -> bool:
        """Whether nothing was done to it; a scan has always been scanned."""
        return self.level == 0 and self.form != "scan"


@dataclass(frozen=True, slots=True, kw_only=True)
class Made:
    """A damaged document: bytes, name and truth.

    ``by_print`` if bodies are compared as printed, not by what they are linked to; ``is_prose`` if marks are compared by
    their kind and the task's name may open the text.
    """

    data: bytes
    name: str
    wanted: tuple[Wanted, ...]
    by_print: bool = False
    is_prose: bool = False


def draw_level(seed: int) -> float:
    """Draw how hard a document is damaged: one in four not at all, the others 3 % to five times the usual rates."""
    rng = random.Random(f"level {seed}")
    return 0.0 if rng.random() < 0.25 else float(0.03 * 166 ** rng.random())


def tidy(text: str | None) -> str:
    """Return a text of prose without white space, the width of its marks and its last mark."""
    return re.sub(r"\s+", "", text or "").translate(_HALF).rstrip("。.;,")


def make_document(job: Job) -> Made:
    """Return a damaged document with its truth."""
    rates = Rates().scale(job.level)
    if job.form == "real":
        text = _read_real(job.seed % len(REAL))
        return Made(
            data=damage_text(text, job.seed, rates).encode(),
            name="plan.txt",
            wanted=_truth_of_real(job.seed % len(REAL)),
        )
    if job.form == "prose":
        prose = make_prose(job.seed)
        return Made(
            data=damage_lines(prose.text, job.seed, rates).encode(),
            name="plan.txt",
            wanted=tuple(map(_truth_of_prose, prose.measures)),
            by_print=True,
            is_prose=True,
        )
    plan = make_plan(job.seed, _draw_options(job))
    knows_bodies = job.seed % 7 != 0
    wanted = tuple(_truth_of(plan, knows_bodies=knows_bodies))
    data, name = _print_plan(job, plan if knows_bodies else _move_away(plan), rates)
    return Made(data=data, name=name, wanted=wanted, by_print=not knows_bodies)


def _draw_options(job: Job) -> LabOptions:
    if job.form == "text":
        return draw_text_options(job.seed)
    if job.form == "plain":
        return draw_form_options(job.seed, _plain_form(job.seed))
    options = draw_options(job.seed, "reportlab")
    if job.form == "workbook":
        return replace(options, task_count=min(options.task_count, 14))
    if job.form == "pdf":
        return replace(options, other_table="none", task_count=min(options.task_count, 14), plan_count=1)
    return replace(
        options,
        watermark=False,
        rotate=0,
        sideways=False,
        fake_bold="none",
        page="A4",
        font=("serif", "sans")[job.seed % 2],
        hidden_text=False,
        notice=False,
        plan_count=1,
        task_count=_SCAN_TASKS,
        other_table="none",
    )


def _plain_form(seed: int) -> str:
    return PLAIN_FORMS[seed % len(PLAIN_FORMS)]


def _print_plan(job: Job, plan: LabPlan, rates: Rates) -> tuple[bytes, str]:
    """Damage a plan and print it in its form."""
    if job.form == "text":
        return damage_text(write_text(plan), job.seed, rates).encode(), "plan.txt"
    if job.form == "scan":
        condition = CONDITIONS[sorted(CONDITIONS)[job.seed % len(CONDITIONS)]]
        return scan_pdf(typeset(plan, "reportlab"), condition, _SCAN_DPI, job.seed), "plan.pdf"
    damaged = damage_plan(plan, job.seed, rates)
    if job.form == "plain":
        return write_form(damaged, _plain_form(job.seed), draw_noise(job.seed)).encode(), "plan.txt"
    if job.form == "workbook":
        write = write_openpyxl if job.seed % 2 else write_xlsxwriter
        traits = draw_traits(job.seed)
        return write(lay_out(damaged, replace(traits, empty_rows=min(traits.empty_rows, 50)))), "plan.xlsx"
    return typeset(damaged, "reportlab"), "plan.pdf"


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
                number = task.task_no if plan.options.layout != "unnumbered" else None
                yield Wanted(
                    tasks=((number, without_spaces(task.name)),),
                    texts=(without_spaces(measure.text),),
                    deadline=deadline.texts[0] if deadline and deadline.texts else None,
                    bodies={
                        role: (value.status, tuple(plan.canonical[t] if knows_bodies else t for t in value.texts))
                        for role, value in measure.values.items()
                        if role != "deadline"
                    },
                )


def _truth_of_prose(measure: ProseMeasure) -> Wanted:
    """Names of tasks and states of cells are no truth of the lab's prose; a name may open the text or stand apart."""
    return Wanted(
        tasks=(),
        texts=tuple(dict.fromkeys((tidy(measure.text), tidy(f"{measure.name or ''}{measure.text}")))),
        deadline=measure.deadline,
        bodies={role: (None, tuple(map(tidy, names))) for role, names in measure.roles.items()},
    )


@lru_cache(maxsize=8)
def _read_real(index: int) -> str:
    return REAL[index].read_text(encoding="utf-8")


@lru_cache(maxsize=8)
def _truth_of_real(index: int) -> tuple[Wanted, ...]:
    extraction = extract(_read_real(index).encode(), "plan.txt")
    return tuple(
        Wanted(
            tasks=((task.task_no, without_spaces(task.name)),),
            texts=(without_spaces(measure.text),),
            deadline=measure.deadline.raw_text,
            bodies={str(cell.role): (cell.status, names_of(measure, str(cell.role))) for cell in measure.agency_cells},
        )
        for _, task, measure in measures_of(extraction)
    )


def extract(data: bytes, name: str) -> Extraction:
    """Extract a document with the built-in dictionaries and settings.

    Raises:
        PlanExtractError: If it cannot be read.
    """
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


def names_of(measure: Measure, role: str, *, printed: bool = False) -> tuple[str, ...]:
    """Return the bodies of a role: as printed, or by the name of the entry that they are linked to."""
    return tuple(
        item.match.entry.name if item.match.entry and not printed else item.raw_text
        for item in measure.responsibilities
        if item.role == role
    )
