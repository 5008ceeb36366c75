"""The result: documents, plans, tasks, measures and what is known of each. See CONTRACT for the meaning."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

from planextract.model.agency import AgencyEntry, AgencyMatch
from planextract.model.promises import check_order, check_probability, check_span
from planextract.model.record import Discard, Finding, Repair
from planextract.model.roles import ROLES, Role
from planextract.model.source import BBox, DocumentFile, SourceText
from planextract.model.table import Boundary, Cell, Layout

DeadlineKind = Literal["by", "on", "window", "ongoing", "recurring", "relative", "event", "unparsed", "none"]
CellStatus = Literal["listed", "none", "inherited", "blank"]
ProgressStatus = Literal["done", "ahead", "on_schedule", "behind", "not_due", "dropped", "other"]
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

    def __post_init__(self) -> None:
        check_order(self.start, self.end, "a deadline")


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

    ``qualifier`` is what stands around the name: （牵头）, 等. ``lead_by_note``: a note says that the first one listed
    leads, and this is it; ``by_note``: declared once for many measures, not printed with this one. ``left_out`` is
    what the cell prints with the name that is not of it (牵头, 等部门); ``cell_role`` the role of the cell, where a
    verb gave the name another one.
    """

    role: Role
    role_label: str
    seq: int
    raw_text: str
    match: AgencyMatch
    is_inherited: bool
    qualifier: str | None = None
    lead_by_note: bool = False
    by_note: bool = False
    left_out: str = ""
    cell_role: Role | None = None

    @property
    def label(self) -> str:
        """The body's canonical name, else the name as printed: what people are shown."""
        return self.match.entry.name if self.match.entry is not None else self.raw_text


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
class Milestone:
    """A node of a measure: what is to be reached by the end of a period. Dates are inclusive."""

    label: str
    text: str
    due_start: date | None = None
    due_end: date | None = None

    def __post_init__(self) -> None:
        check_order(self.due_start, self.due_end, "a node")


@dataclass(frozen=True, slots=True, kw_only=True)
class Progress:
    """What became of a measure, or of its target ``target_seq``; docs/tables.md says what each field means."""

    target_seq: int | None = None
    as_of: date | None = None
    period: str | None = None
    status_printed: str | None = None
    status: ProgressStatus | None = None
    value: float | None = None
    unit: str | None = None
    ratio: float | None = None
    expected_ratio: float | None = None
    text: str | None = None
    problem: str | None = None
    next_step: str | None = None
    boxes: tuple[tuple[int, BBox], ...] = ()
    source_doc_id: str | None = None
    score: float | None = None
    reasons: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if self.score is not None:
            check_probability(self.score, "the score of a report on progress")


@dataclass(frozen=True, slots=True, kw_only=True)
class Leader:
    """A person whom the plan names as leader (牵头领导, 责任人); ``name`` is None once it is withheld."""

    role_label: str
    name: str | None
    post: str | None = None
    withheld: bool = False


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
    milestones: tuple[Milestone, ...] = ()
    progress: tuple[Progress, ...] = ()
    leaders: tuple[Leader, ...] = ()
    confidence: float = 1.0
    value_confidences: tuple[tuple[str, float], ...] = ()
    doubts: tuple[str, ...] = ()
    needs_review: bool = False

    def __post_init__(self) -> None:
        check_probability(self.row_score, "the score of a row")
        check_probability(self.confidence, "the confidence of a measure")
        for name, value in self.value_confidences:
            check_probability(value, f"the confidence of a measure's {name}")
        for target in self.targets:
            check_span(target.span_start, target.span_end, self.text, "a quantity in a text")
        for mention in self.mentions:
            check_span(mention.span_start, mention.span_end, self.text, "a body in a text")


@dataclass(frozen=True, slots=True, kw_only=True)
class OtherValue:
    """A value of a column that has no role of its own (备注, 任务来源 …); ``kind`` is what the column holds."""

    label: str
    text: str
    is_private: bool = False
    kind: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Task:
    """A numbered task. ``key`` is the last part of its id: the number, made unique if it repeats.

    ``copy`` counts the tasks of the plan that have its number so far, from 1.

    ``name`` is empty where none is printed; ``task_no_printed`` the number as printed (（一）, ①, 3-2);
    ``section_path`` the headings above, the highest first.
    """

    key: str
    task_no: int
    name: str
    name_variants: tuple[str, ...]
    section_no: str | None
    section_title: str | None
    pages: tuple[int, ...]
    cell_ids: tuple[str, ...]
    measures: tuple[Measure, ...]
    task_no_printed: str | None = None
    section_path: tuple[str, ...] = ()
    leaders: tuple[Leader, ...] = ()
    copy: int = 1

    @property
    def label(self) -> str:
        """What a task is called where it must be told from others: its name, else its first measure's text."""
        return self.name or (self.measures[0].text if self.measures else "")


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanColumn:
    """A column of a plan in printed order; ``withheld`` if its cells name people (``is_private``) and are kept out."""

    role: Role
    label: str
    is_private: bool = False
    withheld: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanHeading:
    """What stands above a plan's table: number of the attachment, title, and the lines both came from."""

    attachment_no: int | None
    title: str
    lines: tuple[SourceText, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """One attachment that holds a task table."""

    plan_no: int
    attachment_no: int | None
    title: str
    first_page: int
    last_page: int
    tasks: tuple[Task, ...]
    columns: tuple[PlanColumn, ...] = ()

    def label_of(self, role: Role) -> str:
        """Return how the plan itself calls a column; the usual label where it prints none."""
        return next((c.label for c in self.columns if c.role is role and c.label), ROLES[role].chinese)


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
    publisher: str | None = None
    signed_by: str | None = None
    index_no: str | None = None
    validity: str | None = None
    published_on: date | None = None
    metadata: tuple[OtherValue, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Extraction:
    """Everything found in one document.

    ``character_count`` is what the reader read, white space aside; ``overrides_version`` the hash of the override
    file, None if there is none; ``files`` where the document was read from several files; ``publisher`` the body whose
    code its index number begins with.
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
    files: tuple[DocumentFile, ...] = ()
    publisher: AgencyEntry | None = None

    @property
    def file_pages(self) -> tuple[int, ...]:
        """First page of each of the document's files."""
        return tuple(file.first_page for file in self.files)

    def task_id(self, plan: Plan, task: Task) -> str:
        """Return ``<doc_id>/<plan_no>/<task>``."""
        return f"{self.doc_id}/{plan.plan_no}/{task.key}"
