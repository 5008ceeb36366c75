"""The result: documents, plans, tasks, measures and what is known of each. See CONTRACT for the meaning."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

from planextract.model.agency import AgencyMatch
from planextract.model.record import Discard, Finding, Repair
from planextract.model.table import Boundary, Cell, Layout, Role

DeadlineKind = Literal["by", "on", "window", "ongoing", "recurring", "relative", "event", "unparsed", "none"]
CellStatus = Literal["listed", "none", "inherited", "blank"]
Comparator = Literal[">=", "<=", ">", "<", "=", "~", "increase", "decrease"]
COMPARATORS: tuple[Comparator, ...] = (">=", "<=", ">", "<", "=", "~", "increase", "decrease")


@dataclass(frozen=True, slots=True, kw_only=True)
class Deadline:
    """A deadline as printed and as understood. Dates are inclusive; ``flags`` name what is doubtful."""

    raw_text: str | None
    kind: DeadlineKind
    start: date | None = None
    end: date | None = None
    precision: str | None = None
    flags: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class AgencyCell:
    """One responsibility cell of a measure after repair: its state and its lines as printed."""

    role: Role
    label: str
    status: CellStatus
    text: str
    cell_ids: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Responsibility:
    """One agency named in a responsibility cell; ``seq`` is its order in the cell, from 1.

    ``qualifier`` is what stands around the name: （牵头）, 等.
    """

    role: Role
    role_label: str
    seq: int
    raw_text: str
    match: AgencyMatch
    is_inherited: bool
    qualifier: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """A quantity in a measure's text; the span is half-open and points into ``Measure.text``."""

    text: str
    span_start: int
    span_end: int
    comparator: Comparator
    value: float
    value_high: float | None
    unit: str
    unit_pint: str | None
    indicator: str
    role: Literal["target", "qualifier"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Mention:
    """A body that a measure's text names, or refers to by its field (生态环境等部门).

    The span is half-open and points into ``Measure.text``; ``has_duty`` if the body is the subject of its clause.
    """

    span_start: int
    span_end: int
    raw_text: str
    match: AgencyMatch
    kind: Literal["name", "reference"] = "name"
    has_duty: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Measure:
    """One measure of a task, whole again: the row that has its own deadline and its own bodies.

    ``value_confidences`` gives (value, probability that it is right) of task, text and those of deadline, lead,
    responsible and support that the plan has; ``doubts`` the reasons why they are not higher.
    """

    seq: int
    text: str
    raw_text: str
    pages: tuple[int, ...]
    cell_ids: tuple[str, ...]
    agency_cells: tuple[AgencyCell, ...]
    deadline: Deadline
    deadline_status: CellStatus | None
    row_score: float
    responsibilities: tuple[Responsibility, ...] = ()
    targets: tuple[Target, ...] = ()
    mentions: tuple[Mention, ...] = ()
    others: tuple[OtherValue, ...] = ()
    text_deadlines: tuple[Deadline, ...] = ()
    confidence: float = 1.0
    value_confidences: tuple[tuple[str, float], ...] = ()
    doubts: tuple[str, ...] = ()
    needs_review: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class OtherValue:
    """A value of a column that has no role of its own (备注, 任务来源 …)."""

    label: str
    text: str
    is_private: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Task:
    """A numbered task. ``key`` is the last part of its id: the number, made unique if it repeats."""

    key: str
    task_no: int
    name: str
    name_variants: tuple[str, ...]
    section_no: str | None
    section_title: str | None
    pages: tuple[int, ...]
    cell_ids: tuple[str, ...]
    measures: tuple[Measure, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """One attachment that holds a task table."""

    plan_no: int
    attachment_no: int | None
    title: str
    first_page: int
    last_page: int
    tasks: tuple[Task, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Attachment:
    """An entry of the notice's list of attachments."""

    no: int
    title: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Notice:
    """The fields of the notice by GB/T 9704; what the document does not print is null or empty."""

    title: str | None = None
    issuer: str | None = None
    doc_number: str | None = None
    issued_on: date | None = None
    printed_on: date | None = None
    plan_year: int | None = None
    region: str | None = None
    region_name: str | None = None
    addressees: tuple[str, ...] = ()
    cc: str | None = None
    body_text: str | None = None
    attachments: tuple[Attachment, ...] = ()
    access_note: str | None = None
    issuers: tuple[str, ...] = ()
    signed_by: str | None = None
    index_no: str | None = None
    validity: str | None = None
    published_on: date | None = None
    metadata: tuple[OtherValue, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Extraction:
    """Everything found in one document.

    ``character_count`` is what the reader read, white space aside; ``overrides_version`` the hash of the override
    file, None if there is none.
    """

    doc_id: str
    source_path: str
    media_type: str
    reader: str
    page_count: int
    notice: Notice
    plans: tuple[Plan, ...]
    cells: tuple[Cell, ...]
    boundaries: tuple[Boundary, ...]
    repairs: tuple[Repair, ...]
    discards: tuple[Discard, ...]
    findings: tuple[Finding, ...]
    character_count: int = 0
    overrides_version: str | None = None
    layout: Layout = "table"

    def task_id(self, plan: Plan, task: Task) -> str:
        """Return ``<doc_id>/<plan_no>/<task>``."""
        return f"{self.doc_id}/{plan.plan_no}/{task.key}"
