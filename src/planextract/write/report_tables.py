"""Tables that scores and comparisons write, described like those of the contract."""

from __future__ import annotations

from planextract.write.table_spec import TableSpec, optional, required

_KINDS = ("added", "removed", "text", "value", "relinked", "split", "joined", "moved")
_LINKS = ("kept", "reworded", "new", "dropped", "split", "merged")

_LINK_COLUMNS = (
    required("old_doc_id", "string", "Document of the earlier year"),
    required("new_doc_id", "string", "Document of the later year"),
    required("kind", "string", "kept = the same words, years and figures aside", choices=_LINKS),
    optional("group_no", "int32", "Same number for the links of one split or merger"),
    optional("similarity", "float64", "Of the two texts, years made relative", "0–1"),
    required("reasons", "list<string>", "Why they belong together"),
)

REPORT_TABLES: tuple[TableSpec, ...] = (
    TableSpec(
        name="score_metrics",
        description="`planextract score`: one row a figure (reports/score_metrics.parquet)",
        key=("scope", "name"),
        columns=(
            required("scope", "string", "all, column:<column> or stratum:<stratum>"),
            required("name", "string", "Metric; docs/reports.md explains each"),
            required("value", "float64", "Value"),
            optional("low", "float64", "Lower end of the 95 % interval"),
            optional("high", "float64", "Upper end of the 95 % interval"),
            required("count", "int64", "What it rests on"),
            required("unit", "string", "Unit of the count"),
            required("is_error", "bool", "Less is better"),
        ),
    ),
    TableSpec(
        name="score_cells",
        description="`planextract score`: one row a cell compared (reports/score_cells.parquet)",
        columns=(
            required("doc_id", "string", "Document of the output"),
            required("key", "string", "plan/task/seq, plan/task or notice"),
            required("column", "string", "Column or field"),
            optional("wanted", "string", "What gold says; null if gold has no such row"),
            optional("found", "string", "What the output says; null if it has no such row"),
            required("is_right", "bool", "The same characters, white space aside"),
            required("errors", "int32", "Wrong characters: the edit distance"),
            optional("measure_id", "string", "Measure of the output"),
            optional("page", "int32", "Page to look at"),
            optional("confidence", "float64", "Confidence of the row", "probability 0–1"),
        ),
    ),
    TableSpec(
        name="changes",
        description="`planextract diff`: one row a change (reports/changes.parquet)",
        key=(),
        columns=(
            required("change_id", "string", "Stable id: the same change has it in every run"),
            required("kind", "string", "What kind of change", choices=_KINDS),
            required("source_path", "string", "Document"),
            optional("old_doc_id", "string", "Document of the earlier run"),
            optional("new_doc_id", "string", "Document of the later run"),
            required("key", "string", "plan/task/seq, plan/task, plan, pages or notice"),
            required("column", "string", "Column or field"),
            optional("before", "string", "Before; null if there was nothing"),
            optional("after", "string", "After; null if there is nothing"),
            optional("old_measure_id", "string", "Measure of the earlier run"),
            optional("new_measure_id", "string", "Measure of the later run"),
            required(
                "causes",
                "list<string>",
                "What may have made it, likeliest first; one where it is sure: input, code, "
                "settings, dictionary, overrides, unknown",
            ),
            required("detail", "string", "Why that cause"),
            required("accepted", "bool", "A person accepted it"),
        ),
    ),
    TableSpec(
        name="comparison_tasks",
        description="`planextract compare`: one row a task or pair of tasks (comparison/tasks.parquet)",
        columns=(
            *_LINK_COLUMNS,
            optional("old_task_id", "string", "Task of the earlier year"),
            optional("new_task_id", "string", "Task of the later year"),
        ),
    ),
    TableSpec(
        name="comparison_measures",
        description="`planextract compare`: one row a measure or pair of measures (comparison/measures.parquet)",
        columns=(
            *_LINK_COLUMNS,
            optional("old_measure_id", "string", "Measure of the earlier year"),
            optional("new_measure_id", "string", "Measure of the later year"),
            required("moved", "bool", "It stands in another task"),
            optional("old_text", "string", "Text in the earlier year"),
            optional("new_text", "string", "Text in the later year"),
        ),
    ),
    TableSpec(
        name="comparison_shifts",
        description="`planextract compare`: one row a changed deadline, target or body (comparison/shifts.parquet)",
        columns=(
            required("old_measure_id", "string", "Measure of the earlier year"),
            required("new_measure_id", "string", "Measure of the later year"),
            required("aspect", "string", "What changed", choices=("deadline", "target", "body")),
            required(
                "direction",
                "string",
                "deadline: earlier, later, kind; target: raised, lowered, comparator, added, "
                "removed; body: added, removed, renamed (its successor took over), role",
            ),
            optional("before", "string", "In the earlier year"),
            optional("after", "string", "In the later year"),
            optional("amount", "float64", "Days beyond the step from year to year, or difference of the value"),
            optional("unit", "string", "Unit of the amount"),
            optional("role", "string", "Role of the body"),
        ),
    ),
)
REPORT_BY_NAME: dict[str, TableSpec] = {table.name: table for table in REPORT_TABLES}
