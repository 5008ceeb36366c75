"""The output contract, version 1: every table, column, key and reference, once.

The Arrow schemas, the JSON Schema of the nested document and docs/tables.md are derived from here;
so are the not-null, unique-key and foreign-key checks that run before a document is committed.
"""

from __future__ import annotations

from dataclasses import dataclass

from planextract.model.roles import AGENCY_COLUMNS, AGENCY_ROLES, ROLES, Role, status_column

CONFIDENT_VALUES = {
    "task": "number and name of its task are right",
    "text": "every character of the text is right",
    "deadline": "the deadline's dates are right; null where the plan has no such column",
    **{role: f"the {role} bodies are right, all of them and no other; null likewise" for role in AGENCY_COLUMNS},
}


@dataclass(frozen=True, slots=True, kw_only=True)
class ColumnSpec:
    """A column. ``type`` is one of the names in :data:`TYPES`; ``choices`` lists the allowed values, if closed.

    ``of`` is where the value comes from: a path in the record of the table's row (``deadline.raw_text``;
    ``match.entry?.name`` is null where there is no entry). Empty: an attribute of the column's own name, or what
    ``rows.py`` adds, such as ids.
    """

    name: str
    type: str
    description: str
    nullable: bool = True
    unit: str = ""
    choices: tuple[str, ...] = ()
    of: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ForeignKey:
    """Values of ``columns`` must stand in ``references`` of ``table``, unless null."""

    columns: tuple[str, ...]
    table: str
    references: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class TableSpec:
    """A table: columns in order, unique key, references, the field of the nested JSON it stands under."""

    name: str
    description: str
    columns: tuple[ColumnSpec, ...]
    key: tuple[str, ...] = ()
    foreign_keys: tuple[ForeignKey, ...] = ()


# The records that list<…> columns hold: fields in order, each with its scalar type.
STRUCTS: dict[str, tuple[tuple[str, str], ...]] = {
    "attachment": (("no", "int16"), ("title", "string")),
    "labelled": (("label", "string"), ("text", "string")),
    "plan_column": (("role", "string"), ("label", "string"), ("withheld", "bool")),
    "file": (("name", "string"), ("sha256", "string"), ("role", "string")),
    "part": (("table", "string"), ("sha256", "string")),
    "box": (("page", "int32"), ("x0", "float32"), ("top", "float32"), ("x1", "float32"), ("bottom", "float32")),
}
SCALARS = ("string", "int16", "int32", "int64", "float32", "float64", "bool", "date")
TYPES = (*SCALARS, "list<string>", "list<int32>", *(f"list<{name}>" for name in STRUCTS))

STATUSES = ("listed", "none", "inherited", "blank")
DEADLINE_KINDS = ("by", "on", "window", "ongoing", "recurring", "relative", "event", "unparsed", "none")
AGENCY_KINDS = ("agency", "group", "company", "street", "other")
MATCHES = ("exact", "alias", "generated", "rule", "fuzzy", "unresolved")
PROGRESS_STATUSES = ("done", "ahead", "on_schedule", "behind", "not_due", "dropped", "other")


def _req(
    name: str, type_: str, description: str, unit: str = "", choices: tuple[str, ...] = (), of: str = ""
) -> ColumnSpec:
    return ColumnSpec(name=name, type=type_, description=description, nullable=False, unit=unit, choices=choices, of=of)


def _opt(
    name: str, type_: str, description: str, unit: str = "", choices: tuple[str, ...] = (), of: str = ""
) -> ColumnSpec:
    return ColumnSpec(name=name, type=type_, description=description, unit=unit, choices=choices, of=of)


def _fk(column: str, table: str, reference: str | None = None) -> ForeignKey:
    return ForeignKey(columns=(column,), table=table, references=(reference or column,))


_DOC = _req("doc_id", "string", "Document: first 16 hex digits of the SHA-256 of its bytes")
_DECISION = _opt(
    "decision_id", "string", "Line of the decisions log, or entry of the override file (overrides/…), that decided it"
)
_PAGE = "Page, from 1; a text input's pages are counted by its header rows"
_STATUS = "cell: listed, none = an explicit dash, inherited = a merged cell above, blank; null where the plan has no such column"

TABLES: tuple[TableSpec, ...] = (
    TableSpec(
        name="documents",
        description="One row a notice, with its fields by GB/T 9704",
        key=("doc_id",),
        columns=(
            _DOC,
            _req("source_path", "string", "Path of the input below the folder it was given in"),
            _req("media_type", "string", "Media type found by content"),
            _req("reader", "string", "Reader used: text, html, pdf, scan, docx, xlsx, office, ofd; or the parser whose result was read"),
            _req("layout", "string", "How the plans are laid out: table, or prose = measures with their agencies in the text",
                 choices=("table", "prose")),
            _req("page_count", "int32", "Pages"),
            _opt("title", "string", "Title of the notice (标题)", of="notice.title"),
            _opt("issuer", "string", "Issuing body as printed (发文机关)", of="notice.issuer"),
            _opt("doc_number", "string", "Document number as printed (发文字号)", of="notice.doc_number"),
            _opt("issued_on", "date", "Date of signing (成文日期)", of="notice.issued_on"),
            _opt("printed_on", "date", "Date of printing (印发日期)", of="notice.printed_on"),
            _opt("plan_year", "int16", "Year that the plan is for", of="notice.plan_year"),
            _opt("region", "string", "GB/T 2260 code of the issuing region", of="notice.region"),
            _opt("region_name", "string", "Full name of the issuing region", of="notice.region_name"),
            _req("addressees", "list<string>", "Addressees (主送机关), in order", of="notice.addressees"),
            _opt("cc", "string", "Copies to (抄送), one printed group a line", of="notice.cc"),
            _opt("body_text", "string", "Body, one paragraph a line; paragraphs cut by a page are whole again",
                 of="notice.body_text"),
            _req("attachments", "list<attachment>", "The notice's own list of attachments", of="notice.attachments"),
            _opt("access_note", "string", "Note on publication (附注)", of="notice.access_note"),
            _req("issuers", "list<string>", "Each issuing body, in order", of="notice.issuers"),
            _opt("signed_by", "string", "Signatory (签发人)", of="notice.signed_by"),
            _opt("index_no", "string", "Index number of the web page's metadata block (索引号)", of="notice.index_no"),
            _opt("validity", "string", "Validity that the metadata block prints (有效性)", of="notice.validity"),
            _opt("published_on", "date", "Date of publication that the metadata block prints (发布日期)",
                 of="notice.published_on"),
            _req("metadata", "list<labelled>", "The metadata block of a web page, as printed", of="notice.metadata"),
            _req("schema_version", "int16", "Version of this contract"),
            _req("pipeline_version", "string", "Version of planextract"),
            _req("dictionary_version", "string", "Hash of the dictionaries' content"),
            _req("character_count", "int64", "Characters read, white space aside: cells and discards hold as many"),
            _req("code_version", "string", "Hash of planextract's source files"),
            _req("settings_version", "string", "Hash of the settings"),
            _opt("overrides_version", "string", "Hash of the override file; null if there is none"),
            _opt("files", "list<file>", "Files that the document was read from, where its attachments lie in files of their own: "
                 "name, SHA-256, role (notice, attachment, page)"),
            _opt("file_pages", "list<int32>", "First page of each of `files`, in their order: the pages run on over them",
                 of="file_pages"),
            _opt("parts", "list<part>", "Every other part of the document and its JSON with the SHA-256 of its bytes"),
        ),
    ),
    TableSpec(
        name="plans",
        description="One row an attachment that holds a task table",
        key=("plan_id",),
        foreign_keys=(_fk("doc_id", "documents"),),
        columns=(
            _req("plan_id", "string", "<doc_id>/<plan_no>"),
            _DOC,
            _req("plan_no", "int16", "Number of the plan in its document, from 1"),
            _opt("attachment_no", "int16", "Number of the attachment as printed"),
            _req("title", "string", "Title of the plan"),
            _req("first_page", "int32", "First page of its table"),
            _req("last_page", "int32", "Last page of its table"),
            _req("task_count", "int32", "Tasks"),
            _req("measure_count", "int32", "Measures"),
            _opt("columns", "list<plan_column>", "Columns in printed order: role, label as printed, withheld = it names people "
                 "whose names are kept out"),
        ),
    ),
    TableSpec(
        name="tasks",
        description="One row a numbered task (重点任务)",
        key=("task_id",),
        foreign_keys=(_fk("plan_id", "plans"), _fk("doc_id", "documents")),
        columns=(
            _req("task_id", "string", "<plan_id>/<task_no>; a number used again gets ~2, ~3"),
            _req("plan_id", "string", "Plan"),
            _DOC,
            _opt("section_no", "string", "Number of the section as printed (一, 二 …)"),
            _opt("section_title", "string", "Title of the section"),
            _req("task_no", "int32", "Number of the task (序号)"),
            _opt("name", "string", "Name of the task as first printed, OCR spaces removed; null where none is printed"),
            _req("name_variants", "list<string>", "Other wordings of the name after page breaks"),
            _req("first_page", "int32", "First page"),
            _req("last_page", "int32", "Last page"),
            _opt("task_no_printed", "string", "Number as printed: （一）, ①, 3-2; null where none is printed"),
            _opt("section_path", "list<string>", "Headings above the task as printed, the highest first"),
        ),
    ),
    TableSpec(
        name="measures",
        description="One row a measure (工作措施): cut rows are whole, merged cells carried over",
        key=("measure_id",),
        foreign_keys=(_fk("task_id", "tasks"), _fk("plan_id", "plans"), _fk("doc_id", "documents")),
        columns=(
            _req("measure_id", "string", "<task_id>/<seq>"),
            _req("task_id", "string", "Task"),
            _req("plan_id", "string", "Plan"),
            _DOC,
            _req("seq", "int16", "Order in the task, from 1"),
            _req("text", "string", "Text: paragraphs joined by a line feed, OCR mark-up resolved"),
            _req("text_raw", "string", "Text as printed, one printed piece a line", of="raw_text"),
            _opt("deadline_raw", "string", "Deadline as printed (完成时限)", of="deadline.raw_text"),
            _req("deadline_kind", "string", "Kind of the deadline", choices=DEADLINE_KINDS, of="deadline.kind"),
            _opt("deadline_start", "date", "First day, of windows and of ongoing measures that name one",
                 of="deadline.start"),
            _opt("deadline_end", "date", "Last day, inclusive: 年底前 ends on 31 December", of="deadline.end"),
            _opt("deadline_precision", "string", "What the words name: day, decade, month, quarter, half, year, five_years",
                 of="deadline.precision"),
            _req("deadline_flags", "list<string>", "What is doubtful: ambiguous, multiple, event, immediate, undated, from_now",
                 of="deadline.flags"),
            _opt("deadline_status", "string", f"State of the deadline {_STATUS}", choices=STATUSES),
            *(_opt(status_column(role), "string", f"State of the {role} {_STATUS}", choices=STATUSES)
              for role in AGENCY_COLUMNS),
            _req("cell_ids", "list<string>", "Cells whose text went into the row, by column, then page"),
            _req("pages", "list<int32>", "All pages on which a part of the row is printed"),
            _req("other_values", "list<labelled>", "Values of columns without a role of their own, with their labels",
                 of="others"),
            _req("confidence", "float32", "How sure this row is right, in all its values", unit="probability 0–1"),
            _req("needs_review", "bool", "A person should look at it"),
            *(_opt(f"confidence_{name}", "float32", f"How sure {what}", unit="probability 0–1")
              for name, what in CONFIDENT_VALUES.items()),
            _req("doubts", "list<string>", "Why the confidences are not higher: value, reason, what it takes off the log odds"),
        ),
    ),
    TableSpec(
        name="responsibilities",
        description="One row an agency named in a responsibility cell",
        key=("measure_id", "role", "seq"),
        foreign_keys=(
            _fk("measure_id", "measures"), _fk("task_id", "tasks"), _fk("plan_id", "plans"),
            _fk("doc_id", "documents"), _fk("agency_id", "agencies"),
        ),
        columns=(
            _req("measure_id", "string", "Measure"),
            _req("role", "string", ", ".join(f"{role} = {ROLES[role].wordings}" for role in AGENCY_ROLES), choices=AGENCY_COLUMNS),
            _req("role_label", "string", "Header of the column as printed"),
            _req("seq", "int16", "Order in the cell, from 1"),
            _req("agency_raw", "string", "Name as printed, line wraps joined", of="raw_text"),
            _opt("agency", "string", "Canonical name; null when unresolved", of="match.entry?.name"),
            _opt("agency_id", "string", "Dictionary entry; null when unresolved", of="match.entry?.agency_id"),
            _opt("agency_kind", "string", "Kind of the body", choices=AGENCY_KINDS, of="match.entry?.kind"),
            _req("match", "string", "How it was linked", choices=MATCHES, of="match.kind"),
            _req("score", "float32", "1 for exact and alias, the rule's confidence, or the best similarity if unresolved", unit="0–1",
                 of="match.score"),
            _opt("runner_up", "string", "Next best body, or the best suggestion if unresolved", of="match.runner_up"),
            _opt("runner_up_score", "float32", "Similarity of the runner-up", unit="0–1", of="match.runner_up_score"),
            _req("inherited", "bool", "From a merged cell above", of="is_inherited"),
            _req("match_reason", "string", "Why it was linked, or why not", of="match.reason"),
            _opt("qualifier", "string", "What stands around the name in the cell: （牵头）, 等, 牵头单位："),
            _opt("agency_lineage_id", "string", "Shared by a body and those it came from: id of the last successor",
                 of="match.entry?.lineage_id"),
            _req("agency_label", "string", "Canonical name, else the name as printed, cleaned: never null", of="label"),
            _opt("body_region", "string", "GB/T 2260 code of the body's own region", of="match.entry?.region"),
            _opt("body_level", "string", "Level of the body: 国家, 省, 市, 县, 街道, 企业 …", of="match.entry?.level"),
            _opt("lead_by_note", "bool", "A note of the document says that the first one listed leads; the role stays as printed"),
            _opt("by_note", "bool", "Declared once for many measures, not printed in this one's row"),
            _opt("match_rule", "string", "Rule that linked it (docs/agencies.md), or what a person did: decided, ignored", of="match.rule"),
            _DOC,
            _req("task_id", "string", "Task"),
            _req("plan_id", "string", "Plan"),
        ),
    ),
    TableSpec(
        name="targets",
        description="One row a quantity in a measure's text",
        key=("measure_id", "seq"),
        foreign_keys=(_fk("measure_id", "measures"), _fk("doc_id", "documents")),
        columns=(
            _req("measure_id", "string", "Measure"),
            _req("seq", "int16", "Order in the text, from 1"),
            _req("text", "string", "The words, comparator included"),
            _req("span_start", "int32", "Start in measures.text", unit="characters, from 0"),
            _req("span_end", "int32", "End in measures.text, exclusive", unit="characters, from 0"),
            _req("comparator", "string", "How the value is meant", choices=(">=", "<=", ">", "<", "=", "~", "increase", "decrease")),
            _req("value", "float64", "Value, 万/亿 multiplied out", unit="column unit"),
            _opt("value_high", "float64", "Upper end of a range", unit="column unit"),
            _req("unit", "string", "Unit as plans write it, without 万/亿"),
            _opt("unit_pint", "string", "The unit in pint's spelling"),
            _req("indicator", "string", "What the quantity is about"),
            _req("role", "string", "target = a commitment, qualifier = it only describes", choices=("target", "qualifier")),
            _DOC,
        ),
    ),
    TableSpec(
        name="mentions",
        description="One row an agency named inside a measure's text, or referred to by its field",
        key=("measure_id", "seq"),
        foreign_keys=(_fk("measure_id", "measures"), _fk("doc_id", "documents"), _fk("agency_id", "agencies")),
        columns=(
            _req("measure_id", "string", "Measure"),
            _req("seq", "int16", "Order in the text, from 1"),
            _req("span_start", "int32", "Start in measures.text", unit="characters, from 0"),
            _req("span_end", "int32", "End in measures.text, exclusive", unit="characters, from 0"),
            _req("agency_raw", "string", "Name as printed", of="raw_text"),
            _opt("agency", "string", "Canonical name", of="match.entry?.name"),
            _opt("agency_id", "string", "Dictionary entry", of="match.entry?.agency_id"),
            _req("kind", "string", "name, or reference = the body is meant by its field (生态环境等部门)", choices=("name", "reference")),
            _req("has_duty", "bool", "The text gives it a duty: it is the subject of its clause"),
            _DOC,
        ),
    ),
    TableSpec(
        name="milestones",
        description="One row a node of a measure: what is to be reached by a quarter, a month or a half-year",
        key=("milestone_id",),
        foreign_keys=(_fk("measure_id", "measures"), _fk("doc_id", "documents")),
        columns=(
            _req("milestone_id", "string", "<measure_id>/m<seq>"),
            _req("measure_id", "string", "Measure"),
            _req("seq", "int16", "Order in the row, from 1"),
            _req("label", "string", "Node as printed: 一季度, 6月底"),
            _req("text", "string", "What is to be reached"),
            _opt("due_start", "date", "First day of the node's period"),
            _opt("due_end", "date", "Last day of the node's period, inclusive"),
            _DOC,
        ),
    ),
    TableSpec(
        name="progress",
        description="One row what became of a measure or of one of its targets",
        key=("progress_id",),
        foreign_keys=(_fk("measure_id", "measures"), _fk("doc_id", "documents")),
        columns=(
            _req("progress_id", "string", "<measure_id>/p<seq>"),
            _req("measure_id", "string", "Measure"),
            _opt("target_seq", "int16", "Target of the measure; null for the measure as a whole"),
            _opt("as_of", "date", "Day that it tells of"),
            _opt("period", "string", "Period as printed: 1—6月, 三季度"),
            _opt("status_printed", "string", "State as printed"),
            _opt("status", "string", "State", choices=PROGRESS_STATUSES),
            _opt("value", "float64", "Value reached", unit="column unit"),
            _opt("unit", "string", "Unit of the value"),
            _opt("ratio", "float64", "Share of the target that is reached", unit="0–1, above 1 if exceeded"),
            _opt("expected_ratio", "float64", "Share that the calendar expects (序时进度)", unit="0–1"),
            _opt("text", "string", "Progress as printed or reported"),
            _opt("problem", "string", "Problems (存在问题)"),
            _opt("next_step", "string", "Next steps (下步措施)"),
            _opt("boxes", "list<box>", "Where it is printed"),
            _opt("source_doc_id", "string", "Document that tells of it; the plan's own where its columns do"),
            _opt("score", "float32", "How sure the link is", unit="probability 0–1"),
            _opt("reasons", "list<string>", "Why it was linked"),
            _DOC,
        ),
    ),
    TableSpec(
        name="leaders",
        description="One row a leader that a plan names for a task or measure; names are withheld unless persons are kept",
        foreign_keys=(_fk("measure_id", "measures"), _fk("task_id", "tasks"), _fk("doc_id", "documents")),
        columns=(
            _opt("measure_id", "string", "Measure; null if the whole task is led"),
            _opt("task_id", "string", "Task; null if only the measure is led"),
            _req("role_label", "string", "Label as printed: 牵头领导, 责任人"),
            _opt("name", "string", "Name; null if withheld"),
            _req("withheld", "bool", "The name is kept out of the output"),
            _opt("post", "string", "Post as printed"),
            _DOC,
        ),
    ),
    TableSpec(
        name="cells",
        description="One row a printed cell, before stitching; repeated headers are discards",
        key=("cell_id",),
        foreign_keys=(_fk("doc_id", "documents"), _fk("measure_id", "measures"), _fk("task_id", "tasks")),
        columns=(
            _DOC,
            _req("cell_id", "string", "<doc_id>/p<page>t<table_no>r<row>c<col>"),
            _req("page", "int32", _PAGE),
            _req("table_no", "int32", "Number of the fragment in the document, from 1"),
            _req("row", "int32", "Grid row of its top left corner, from 0"),
            _req("col", "int32", "Grid column of its top left corner, from 0"),
            _req("row_span", "int32", "Rows it covers"),
            _req("col_span", "int32", "Columns it covers"),
            _req("column", "string", "Canonical role of its column", choices=(
                *(role.value for role in Role if role is not Role.OTHER), "header", "other")),
            _req("text_raw", "string", "Text as printed", of="raw_text"),
            _req("text", "string", "Text with OCR mark-up resolved"),
            _opt("x0", "float32", "Left edge", unit="pt from the page's left", of="bbox?.x0"),
            _opt("top", "float32", "Upper edge", unit="pt from the page's top", of="bbox?.top"),
            _opt("x1", "float32", "Right edge", unit="pt from the page's left", of="bbox?.x1"),
            _opt("bottom", "float32", "Lower edge", unit="pt from the page's top", of="bbox?.bottom"),
            _opt("line", "int32", "Line of a text input, from 1"),
            _req("confidence", "float32", "How sure its text was read right", unit="probability 0–1"),
            _opt("measure_id", "string", "Measure that it went into; of several, the first"),
            _opt("task_id", "string", "Task that it belongs to"),
        ),
    ),
    TableSpec(
        name="boundaries",
        description="One row a pair of neighbouring table fragments",
        foreign_keys=(_fk("doc_id", "documents"),),
        columns=(
            _DOC,
            _req("page_before", "int32", "Page of the fragment before"),
            _req("page_after", "int32", "Page of the fragment after"),
            _req("decision", "string", "Whether the table goes on", choices=("joined", "separate")),
            _opt("row_decision", "string", "What the first row is; null if separate", choices=(
                "cut_row", "new_measure", "new_task", "new_section")),
            _req("score", "float32", "Posterior probability of the choice", unit="probability 0–1"),
            _req("reasons", "list<string>", "Evidence with its weight, strongest first"),
            _opt("runner_up", "string", "Next best choice"),
            _req("overridden", "bool", "Decided by a person"),
            _opt("table_before", "int32", "Fragment before, as table_no of its cells"),
            _opt("table_after", "int32", "Fragment after, as table_no of its cells"),
            _DECISION,
        ),
    ),
    TableSpec(
        name="repairs",
        description="One row a change made to what was printed",
        key=("repair_id",),
        foreign_keys=(_fk("doc_id", "documents"), _fk("cell_id", "cells"), _fk("measure_id", "measures")),
        columns=(
            _DOC,
            _req("repair_id", "string", "<doc_id>/r<number>"),
            _req("stage", "string", "Room that made it"),
            _req("rule", "string", "Rule that made it"),
            _opt("cell_id", "string", "Cell"),
            _opt("measure_id", "string", "Measure"),
            _req("before", "string", "Before; ‖ marks a page break"),
            _req("after", "string", "After"),
            _req("confidence", "float32", "How sure the change is right", unit="probability 0–1"),
            _DECISION,
            _opt("split_at", "int32", "Where a text was divided in two: characters of `before`"),
        ),
    ),
    TableSpec(
        name="discards",
        description="One row a run of printed characters that is in no cell: notice text, repeated headers, mark-up",
        foreign_keys=(_fk("doc_id", "documents"),),
        columns=(
            _DOC,
            _req("page", "int32", _PAGE),
            _req("reason", "string", "Why; field:… names the column of documents or plans that holds the text"),
            _req("text", "string", "Text as printed", of="raw_text"),
        ),
    ),
    TableSpec(
        name="findings",
        description="One row a thing that a person should look at; docs/findings.md explains the codes",
        foreign_keys=(_fk("doc_id", "documents"), _fk("cell_id", "cells"), _fk("measure_id", "measures")),
        columns=(
            _DOC,
            _req("code", "string", "What kind of finding"),
            _req("severity", "string", "How bad", choices=("error", "warning", "info")),
            _req("message", "string", "What was found"),
            _opt("page", "int32", _PAGE),
            _opt("cell_id", "string", "Cell"),
            _opt("measure_id", "string", "Measure"),
            _opt("decision_id", "string", "Line of the decisions log that settled it; null while it is open"),
        ),
    ),
    TableSpec(
        name="agencies",
        description="The dictionary of bodies as it was used in this run",
        key=("agency_id",),
        foreign_keys=(_fk("successor_id", "agencies", "agency_id"),),
        columns=(
            _req("agency_id", "string", "Stable id"),
            _req("name", "string", "Canonical name: the short form that plans print"),
            _req("full_name", "string", "Official name"),
            _req("kind", "string", "Kind of the body", choices=AGENCY_KINDS),
            _req("level", "string", "国家, 市, 区, 街道, 企业"),
            _req("region", "string", "GB/T 2260 code"),
            _req("aliases", "list<string>", "Other exact wordings"),
            _req("members", "list<string>", "Ids of a group's members"),
            _opt("valid_from", "date", "First day of the body"),
            _opt("valid_to", "date", "Last day of the body"),
            _opt("successor_id", "string", "Body that took over"),
            _opt("parent_id", "string", "Body it belongs to"),
            _req("lineage_id", "string", "Shared by a body and those it came from: id of the last successor"),
            _req("source", "string", "Where the entry comes from"),
            _opt("uscc", "string", "Unified social credit code (GB 32100), where a page's 索引号 prints it"),
        ),
    ),
)  # fmt: skip  # a column of the contract a line

BY_NAME: dict[str, TableSpec] = {table.name: table for table in TABLES}
DOCUMENT_TABLES: tuple[TableSpec, ...] = tuple(table for table in TABLES if table.name != "agencies")

# What outputs of the first round of this contract do not have: read as null (or as a table without rows) from them.
LATER_TABLES = frozenset({"milestones", "progress", "leaders"})
LATER_COLUMNS: dict[str, frozenset[str]] = {
    "documents": frozenset({"files", "file_pages", "parts"}),
    "plans": frozenset({"columns"}),
    "tasks": frozenset({"task_no_printed", "section_path"}),
    "responsibilities": frozenset(
        {"agency_label", "body_region", "body_level", "lead_by_note", "by_note", "match_rule"}
    ),
    "agencies": frozenset({"uscc"}),
    "repairs": frozenset({"split_at"}),
}
