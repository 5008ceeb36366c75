"""The tables of the contract that say how a document was read: cells, boundaries, repairs, discards, findings."""

from __future__ import annotations

from planextract.model.roles import Role
from planextract.write.table_spec import TableSpec, foreign_key, optional, required

DOC = required("doc_id", "string", "Document: first 16 hex digits of the SHA-256 of its bytes")
DECISION = optional(
    "decision_id", "string", "Line of the decisions log, or entry of the override file (overrides/…), that decided it"
)
PAGE = "Page, from 1; a text input's pages are counted by its header rows"

TRAIL_TABLES: tuple[TableSpec, ...] = (
    TableSpec(
        name="cells",
        description="One row a printed cell, before stitching; repeated headers are discards",
        key=("cell_id",),
        foreign_keys=(foreign_key("doc_id", "documents"), foreign_key("measure_id", "measures"), foreign_key("task_id", "tasks")),
        columns=(
            DOC,
            required("cell_id", "string", "<doc_id>/p<page>t<table_no>r<row>c<col>"),
            required("page", "int32", PAGE),
            required("table_no", "int32", "Number of the fragment in the document, from 1"),
            required("row", "int32", "Grid row of its top left corner, from 0"),
            required("col", "int32", "Grid column of its top left corner, from 0"),
            required("row_span", "int32", "Rows it covers"),
            required("col_span", "int32", "Columns it covers"),
            required("column", "string", "Canonical role of its column", choices=(
                *(role.value for role in Role if role is not Role.OTHER), "header", "other")),
            required("text_raw", "string", "Text as printed", of="raw_text"),
            required("text", "string", "Text with OCR mark-up resolved"),
            optional("x0", "float32", "Left edge", unit="pt from the page's left", of="bbox?.x0"),
            optional("top", "float32", "Upper edge", unit="pt from the page's top", of="bbox?.top"),
            optional("x1", "float32", "Right edge", unit="pt from the page's left", of="bbox?.x1"),
            optional("bottom", "float32", "Lower edge", unit="pt from the page's top", of="bbox?.bottom"),
            optional("line", "int32", "Line of a text input, from 1"),
            required("confidence", "float32", "How sure its text was read right", unit="probability 0–1"),
            optional("measure_id", "string", "Measure that it went into; of several, the first"),
            optional("task_id", "string", "Task that it belongs to"),
        ),
    ),
    TableSpec(
        name="boundaries",
        description="One row a pair of neighbouring table fragments",
        foreign_keys=(foreign_key("doc_id", "documents"),),
        columns=(
            DOC,
            required("page_before", "int32", "Page of the fragment before"),
            required("page_after", "int32", "Page of the fragment after"),
            required("decision", "string", "Whether the table goes on", choices=("joined", "separate")),
            optional("row_decision", "string", "What the first row is; null if separate", choices=(
                "cut_row", "new_measure", "new_task", "new_section")),
            required("score", "float32", "Posterior probability of the choice", unit="probability 0–1"),
            required("reasons", "list<string>", "Evidence with its weight, strongest first"),
            optional("runner_up", "string", "Next best choice"),
            required("overridden", "bool", "Decided by a person"),
            optional("table_before", "int32", "Fragment before, as table_no of its cells"),
            optional("table_after", "int32", "Fragment after, as table_no of its cells"),
            DECISION,
        ),
    ),
    TableSpec(
        name="repairs",
        description="One row a change made to what was printed",
        key=("repair_id",),
        foreign_keys=(foreign_key("doc_id", "documents"), foreign_key("cell_id", "cells"), foreign_key("measure_id", "measures")),
        columns=(
            DOC,
            required("repair_id", "string", "<doc_id>/r<number>"),
            required("stage", "string", "Room that made it"),
            required("rule", "string", "Rule that made it"),
            optional("cell_id", "string", "Cell"),
            optional("measure_id", "string", "Measure"),
            required("before", "string", "Before; ‖ marks a page break"),
            required("after", "string", "After"),
            required("confidence", "float32", "How sure the change is right", unit="probability 0–1"),
            DECISION,
            optional("split_at", "int32", "Where a text was divided in two: characters of `before`"),
        ),
    ),
    TableSpec(
        name="discards",
        description="One row a run of printed characters that is in no cell: notice text, repeated headers, mark-up",
        foreign_keys=(foreign_key("doc_id", "documents"),),
        columns=(
            DOC,
            required("page", "int32", PAGE),
            required("reason", "string", "Why; field:… names the column of documents or plans that holds the text"),
            required("text", "string", "Text as printed", of="raw_text"),
        ),
    ),
    TableSpec(
        name="findings",
        description="One row a thing that a person should look at; docs/findings.md explains the codes",
        foreign_keys=(foreign_key("doc_id", "documents"), foreign_key("cell_id", "cells"), foreign_key("measure_id", "measures")),
        columns=(
            DOC,
            required("code", "string", "What kind of finding"),
            required("severity", "string", "How bad", choices=("error", "warning", "info")),
            required("message", "string", "What was found"),
            optional("page", "int32", PAGE),
            optional("cell_id", "string", "Cell"),
            optional("measure_id", "string", "Measure"),
            optional("decision_id", "string", "Line of the decisions log that settled it; null while it is open"),
            optional("message_zh", "string", "What was found, in Chinese"),
        ),
    ),
)  # fmt: skip  # a column of the contract a line
