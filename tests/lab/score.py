"""Compare what planextract reads with the truth; every difference is one readable line."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache

from planextract.dictionaries import load_dictionaries
from planextract.errors import PlanExtractError
from planextract.model.decision import Overrides
from planextract.model.plan import Extraction, Measure, Task
from planextract.model.source import SourceDocument, SourceTable, SourceText
from planextract.model.vocabulary import Dictionaries
from planextract.pipeline import extract_document
from planextract.read.pdf.document import read_pdf
from planextract.settings import Settings
from tests.lab.bench.score import tidy_grid
from tests.lab.model import LabMeasure, LabPlan, LabTask
from tests.lab.truth import GridCell, Truth

_PHONE = "010-"


@lru_cache(maxsize=1)
def _load_dictionaries() -> Dictionaries:
    return load_dictionaries()


@dataclass(slots=True)
class Score:
    """Counts of one document or of many, and its differences as (kind, page, message)."""

    documents: int = 0
    cells: int = 0
    cells_exact: int = 0
    measures: int = 0
    measures_exact: int = 0
    boundaries: int = 0
    boundaries_exact: int = 0
    agencies: int = 0
    agencies_linked: int = 0
    characters: int = 0
    characters_lost: int = 0
    false_joins: int = 0
    failed: int = 0
    faultless: int = 0
    differences: list[tuple[str, int | None, str]] = field(default_factory=list)

    def add(self, other: Score) -> None:
        """Add the counts of another score."""
        for name in self.__slots__:
            if name != "differences":
                setattr(self, name, getattr(self, name) + getattr(other, name))


def score_pdf(pdf: bytes, plan: LabPlan, truth: Truth, settings: Settings | None = None) -> Score:
    """Read a PDF with planextract and compare everything."""
    settings = settings or Settings()
    score = Score(documents=1)
    name = f"{plan.seed}.pdf"
    try:
        source = read_pdf(pdf, name, settings.read)
        _score_source(score, source, truth)
        extraction = extract_document(source, _load_dictionaries(), Overrides(), settings)
        _score_extraction(score, extraction, plan, truth)
    except PlanExtractError as error:
        score.failed = 1
        score.differences.append(("failed", None, str(error)))
        score.cells = score.cells or sum(len(grid) for grids in truth.grids.values() for grid in grids)
        score.measures = sum(len(task.measures) for tasks in plan.tasks for task in tasks)
        score.boundaries = len(truth.boundaries)
    return score


def _score_source(score: Score, source: SourceDocument, truth: Truth) -> None:
    grids: dict[int, list[list[GridCell]]] = {}
    texts: dict[int, list[str]] = {}
    for block in source.blocks:
        if isinstance(block, SourceTable):
            cells = [(c.row, c.col, c.row_span, c.col_span, "".join(c.raw_text.split())) for c in block.cells]
            grids.setdefault(block.page, []).append(tidy_grid(cells))
            texts.setdefault(block.page, []).extend(cell.raw_text for cell in block.cells)
        elif isinstance(block, SourceText):
            texts.setdefault(block.page, []).append(block.raw_text)
    for page, wanted in truth.grids.items():
        read = grids.get(page, [])
        if len(read) != len(wanted):
            score.differences.append(("cells", page, f"{len(read)} tables, not {len(wanted)}"))
        for index, grid in enumerate(wanted):
            found = set(read[index]) if index < len(read) else set()
            score.cells += len(grid)
            score.cells_exact += sum(cell in found for cell in grid)
            missed = [cell for cell in grid if cell not in found]
            for cell in missed[:3]:
                near = next((c for c in found if c[:2] == cell[:2]), None)
                score.differences.append(("cells", page, f"{_show(cell)} ≠ {_show(near)}"))
    for page, text in truth.page_texts.items():
        read_text = Counter("".join("".join(texts.get(page, [])).split()))
        lost = Counter(text) - read_text
        score.characters += len(text)
        score.characters_lost += lost.total()
        if lost:
            score.differences.append(("characters", page, f"lost: {''.join(sorted(lost.elements()))[:40]}"))


def _show(cell: GridCell | None) -> str:
    if cell is None:
        return "nothing"
    row, col, row_span, col_span, text = cell
    span = f" {row_span}×{col_span}" if (row_span, col_span) != (1, 1) else ""
    return f"r{row}c{col}{span} {text if len(text) < 40 else text[:20] + '…' + text[-20:]!r}"


def _score_extraction(score: Score, extraction: Extraction, plan: LabPlan, truth: Truth) -> None:
    if len(extraction.plans) != len(plan.tasks):
        score.differences.append(("plans", None, f"{len(extraction.plans)} plans, not {len(plan.tasks)}"))
    for number, tasks in enumerate(plan.tasks, start=1):
        read = extraction.plans[number - 1].tasks if number <= len(extraction.plans) else ()
        _score_tasks(score, number, read, tasks, plan, truth)
        if any(_PHONE in measure.text for task in read for measure in task.measures):
            score.false_joins += 1
            score.differences.append(("false_join", None, f"plan {number} holds rows of another table"))
    _score_boundaries(score, extraction, truth)


def _score_tasks(
    score: Score, number: int, read: tuple[Task, ...], tasks: tuple[LabTask, ...], plan: LabPlan, truth: Truth
) -> None:
    """Compare measure by measure; each measure of the truth is looked for by the text that it starts with."""
    got = [(task, measure) for task in read for measure in task.measures]
    wanted = [(task, measure) for task in tasks for measure in task.measures]
    if len(got) != len(wanted):
        score.differences.append(("measures", None, f"plan {number}: {len(got)} measures, not {len(wanted)}"))
    places: dict[str, list[int]] = {}
    for index, (_, measure) in enumerate(got):
        places.setdefault(measure.text[:12], []).append(index)
    for order, (task, want) in enumerate(wanted):
        pages = truth.measure_pages[number, want.row]
        score.measures += 1
        near = sorted(places.get(want.text[:12], []), key=lambda i: (got[i][1].text != want.text, abs(i - order)))
        if not near:
            score.differences.append(("measures", pages[0], f"{number}/{task.task_no}: lost: {want.text[:30]}"))
            continue
        found_task, found = got[near[0]]
        problems = [*_compare_task(found_task, task), *_compare_measure(found, want, pages)]
        problems += _compare_names(score, found, plan)
        score.measures_exact += not problems
        where = f"{number}/{task.task_no}"
        score.differences.extend(("measures", pages[0], f"{where}: {problem}") for problem in problems)


def _compare_task(found: Task, want: LabTask) -> Iterator[str]:
    for name in ("task_no", "name", "section_no", "section_title"):
        got, wanted = getattr(found, name), getattr(want, name)
        if got != wanted:
            yield f"{name} {got!r} ≠ {wanted!r}"


def _compare_measure(found: Measure, want: LabMeasure, pages: tuple[int, ...]) -> Iterator[str]:
    if found.text != want.text:
        yield f"text {_differ(found.text, want.text)}"
    if found.pages != pages:
        yield f"pages {found.pages} ≠ {pages}"
    for role, value in want.values.items():
        if role == "deadline":
            got = (found.deadline_status, found.deadline.raw_text)
            wanted = (value.status, value.texts[0] if value.texts else None)
            if got != wanted:
                yield f"deadline {got} ≠ {wanted}"
            continue
        cell = next((cell for cell in found.agency_cells if cell.role == role), None)
        if cell is None or cell.status != value.status:
            yield f"{role} is {cell.status if cell else 'missing'}, not {value.status}"
        names = tuple(item.raw_text for item in found.responsibilities if item.role == role)
        if names != value.texts:
            yield f"{role} {'、'.join(names)} ≠ {'、'.join(value.texts)}"


def _compare_names(score: Score, found: Measure, plan: LabPlan) -> Iterator[str]:
    for item in found.responsibilities:
        score.agencies += 1
        entry = item.match.entry
        if entry is not None and entry.name == plan.canonical.get(item.raw_text):
            score.agencies_linked += 1
        elif entry is not None:
            yield f"{item.raw_text} was linked to {entry.name}"


def _differ(got: str, wanted: str) -> str:
    """Show two texts around their first difference."""
    at = next((i for i, (a, b) in enumerate(zip(got, wanted, strict=False)) if a != b), min(len(got), len(wanted)))
    low = max(0, at - 8)
    return f"at {at}: {got[low : at + 12]!r} ≠ {wanted[low : at + 12]!r} ({len(got)} and {len(wanted)} characters)"


def _score_boundaries(score: Score, extraction: Extraction, truth: Truth) -> None:
    read = list(extraction.boundaries)
    for boundary in truth.boundaries:
        score.boundaries += 1
        place = (boundary.page_before, boundary.page_after)
        index = next((i for i, b in enumerate(read) if (b.page_before, b.page_after) == place), None)
        got = read.pop(index) if index is not None else None
        if got is not None and (got.decision, got.row_decision) == (boundary.decision, boundary.row_decision):
            score.boundaries_exact += 1
            continue
        shown = f"{got.decision}/{got.row_decision} {got.score:.2f} {'; '.join(got.reasons)[:160]}" if got else "none"
        score.differences.append(
            ("boundaries", boundary.page_after, f"{place}: {shown} ≠ {boundary.decision}/{boundary.row_decision}")
        )
        if got is not None and boundary.decision == "separate" and got.decision == "joined":
            score.false_joins += 1
    score.differences.extend(
        ("boundaries", b.page_after, f"({b.page_before}, {b.page_after}): {b.decision}/{b.row_decision} is none")
        for b in read
    )
