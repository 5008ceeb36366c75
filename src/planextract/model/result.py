"""A result as its tables say it: of a run, or of a gold file that people made.

What scores, reports and comparisons work on. Unlike :mod:`planextract.model.plan` these records hold what
was published, ids included, and no trace of how it came about. Where a gold file is silent, a field has its
default.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date

from planextract.model.record import Discard, Finding, Repair
from planextract.model.source import BBox, DocumentFile
from planextract.model.table import Boundary


@dataclass(frozen=True, slots=True, kw_only=True)
class ResultAgency:
    """One agency in a responsibility cell; ``name`` is the canonical name, None when unresolved."""

    role: str
    role_label: str
    seq: int
    raw_text: str
    name: str | None
    agency_id: str | None = None
    match: str = ""
    match_reason: str = ""
    match_rule: str | None = None
    score: float | None = None
    runner_up: str | None = None
    is_inherited: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ResultTarget:
    """A quantity in a measure's text."""

    text: str
    comparator: str
    value: float
    value_high: float | None
    unit: str
    indicator: str
    role: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ResultMeasure:
    """One measure.

    ``targets`` is None where nobody said what they are (a gold file without them); ``statuses`` is the state of each
    agency cell by role, without those that the plan has no column for.
    """

    measure_id: str
    seq: int
    text: str
    text_raw: str = ""
    deadline_raw: str | None = None
    deadline_kind: str = "none"
    deadline_start: date | None = None
    deadline_end: date | None = None
    deadline_status: str | None = None
    statuses: Mapping[str, str] = field(default_factory=dict)
    pages: tuple[int, ...] = ()
    cell_ids: tuple[str, ...] = ()
    agencies: tuple[ResultAgency, ...] = ()
    targets: tuple[ResultTarget, ...] | None = None
    confidence: float = 1.0
    needs_review: bool = False
    doubts: tuple[str, ...] = ()

    def status_of(self, role: str) -> str | None:
        """Return the state of a role's cell; None where the plan has no such column."""
        return self.statuses.get(role)

    def agencies_of(self, role: str) -> tuple[ResultAgency, ...]:
        """Return the agencies of one cell, in printed order."""
        return tuple(item for item in self.agencies if item.role == role)


@dataclass(frozen=True, slots=True, kw_only=True)
class ResultTask:
    """A numbered task with its measures."""

    task_id: str
    task_no: int
    name: str
    name_variants: tuple[str, ...] = ()
    section_no: str | None = None
    section_title: str | None = None
    first_page: int = 0
    last_page: int = 0
    measures: tuple[ResultMeasure, ...] = ()

    @property
    def section(self) -> str:
        """The section as printed: number and title."""
        return "、".join(part for part in (self.section_no, self.section_title) if part)

    @property
    def label(self) -> str:
        """What a task is called where it must be told from others: its name, else its first measure's text."""
        return self.name or (self.measures[0].text if self.measures else "")


@dataclass(frozen=True, slots=True, kw_only=True)
class ResultColumn:
    """A column of a plan in printed order; ``withheld`` if it names people whose names are kept out."""

    role: str
    label: str
    withheld: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ResultPlan:
    """One attachment that holds a task table."""

    plan_id: str
    plan_no: int
    attachment_no: int | None
    title: str
    first_page: int = 0
    last_page: int = 0
    columns: tuple[ResultColumn, ...] = ()
    tasks: tuple[ResultTask, ...] = ()

    @property
    def measure_count(self) -> int:
        """Measures of all tasks."""
        return sum(len(task.measures) for task in self.tasks)


@dataclass(frozen=True, slots=True, kw_only=True)
class ResultCell:
    """A printed cell before stitching; ``bbox`` in points from the page's top left, where known."""

    cell_id: str
    page: int
    table_no: int
    row: int
    col: int
    row_span: int
    col_span: int
    column: str
    text_raw: str
    text: str
    bbox: BBox | None
    line: int | None
    confidence: float
    measure_id: str | None
    task_id: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ResultVersions:
    """What a document's result was made with; empty where an older run did not record it."""

    pipeline: str = ""
    code: str = ""
    dictionary: str = ""
    settings: str = ""
    overrides: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ResultDocument:
    """Everything published of one document. ``character_count`` is what the reader read, white space aside."""

    doc_id: str
    source_path: str
    media_type: str = ""
    reader: str = ""
    page_count: int = 0
    character_count: int | None = None
    title: str | None = None
    issuer: str | None = None
    doc_number: str | None = None
    issued_on: date | None = None
    printed_on: date | None = None
    plan_year: int | None = None
    region: str | None = None
    addressees: tuple[str, ...] = ()
    cc: str | None = None
    body_text: str | None = None
    versions: ResultVersions = field(default_factory=ResultVersions)
    files: tuple[DocumentFile, ...] = ()
    plans: tuple[ResultPlan, ...] = ()
    cells: tuple[ResultCell, ...] = ()
    boundaries: tuple[Boundary, ...] = ()
    repairs: tuple[Repair, ...] = ()
    discards: tuple[Discard, ...] = ()
    findings: tuple[Finding, ...] = ()

    def iterate_measures(self) -> Iterator[tuple[ResultPlan, ResultTask, ResultMeasure]]:
        """Yield every measure with its task and plan, in printed order."""
        for plan in self.plans:
            for task in plan.tasks:
                for measure in task.measures:
                    yield plan, task, measure
