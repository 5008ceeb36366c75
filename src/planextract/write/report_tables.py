"""Tables that scores and comparisons write, described like those of the contract."""

from __future__ import annotations

from planextract.write.contract import ColumnSpec, TableSpec

_KINDS = ("added", "removed", "text", "value", "relinked", "split", "joined", "moved")
_LINKS = ("kept", "reworded", "new", "dropped", "split", "merged")


def _req(name: str, type_: str, description: str, choices: tuple[str, ...] = ()) -> ColumnSpec:
    return ColumnSpec(name=name, type=type_, description=description, nullable=False, choices=choices)


def _opt(name: str, type_: str, description: str, unit: str = "") -> ColumnSpec:
    return ColumnSpec(name=name, type=type_, description=description, unit=unit)


_LINK_COLUMNS = (
    _req("old_doc_id", "string", "Document of the earlier year"),
    _req("new_doc_id", "string", "Document of the later year"),
    _req("kind", "string", "kept = the same words, years and figures aside", _LINKS),
    _opt("group_no", "int32", "Same number for the links of one split or merger"),
    _opt("similarity", "float64", "Of the two texts, years made relative", "0–1"),
    _req("reasons", "list<string>", "Why they belong together"),
)

REPORT_TABLES: tuple[TableSpec, ...] = (
    TableSpec(
        name="score_metrics",
        description="`planextract score`: one row a figure (reports/score_metrics.parquet)",
        key=("scope", "name"),
        columns=(
            _req("scope", "string", "all, column:<column> or stratum:<stratum>"),
            _req("name", "string", "Metric; docs/reports.md explains each"),
            _req("value", "float64", "Value"),
            _opt("low", "float64", "Lower end of the 95 % interval"),
            _opt("high", "float64", "Upper end of the 95 % interval"),
            _req("count", "int64", "What it rests on"),
            _req("unit", "string", "Unit of the count"),
            _req("is_error", "bool", "Less is better"),
        ),
    ),
    TableSpec(
        name="score_cells",
        description="`planextract score`: one row a cell compared (reports/score_cells.parquet)",
        columns=(
            _req("doc_id", "string", "Document of the output"),
            _req("key", "string", "plan/task/seq, plan/task or notice"),
            _req("column", "string", "Column or field"),
            _opt("wanted", "string", "What gold says; null if gold has no such row"),
            _opt("found", "string", "What the output says; null if it has no such row"),
            _req("is_right", "bool", "The same characters, white space aside"),
            _req("errors", "int32", "Wrong characters: the edit distance"),
            _opt("measure_id", "string", "Measure of the output"),
            _opt("page", "int32", "Page to look at"),
            _opt("confidence", "float64", "Confidence of the row", "probability 0–1"),
        ),
    ),
    TableSpec(
        name="changes",
        description="`planextract diff`: one row a change (reports/changes.parquet)",
        key=(),
        columns=(
            _req("change_id", "string", "Stable id: the same change has it in every run"),
            _req("kind", "string", "What kind of change", _KINDS),
            _req("source_path", "string", "Document"),
            _opt("old_doc_id", "string", "Document of the earlier run"),
            _opt("new_doc_id", "string", "Document of the later run"),
            _req("key", "string", "plan/task/seq, plan/task, plan, pages or notice"),
            _req("column", "string", "Column or field"),
            _opt("before", "string", "Before; null if there was nothing"),
            _opt("after", "string", "After; null if there is nothing"),
            _opt("old_measure_id", "string", "Measure of the earlier run"),
            _opt("new_measure_id", "string", "Measure of the later run"),
            _req(
                "causes",
                "list<string>",
                "What may have made it, likeliest first; one where it is sure: input, code, "
                "settings, dictionary, overrides, unknown",
            ),
            _req("detail", "string", "Why that cause"),
            _req("accepted", "bool", "A person accepted it"),
        ),
    ),
    TableSpec(
        name="comparison_tasks",
        description="`planextract compare`: one row a task or pair of tasks (comparison/tasks.parquet)",
        columns=(
            *_LINK_COLUMNS,
            _opt("old_task_id", "string", "Task of the earlier year"),
            _opt("new_task_id", "string", "Task of the later year"),
        ),
    ),
    TableSpec(
        name="comparison_measures",
        description="`planextract compare`: one row a measure or pair of measures (comparison/measures.parquet)",
        columns=(
            *_LINK_COLUMNS,
            _opt("old_measure_id", "string", "Measure of the earlier year"),
            _opt("new_measure_id", "string", "Measure of the later year"),
            _req("moved", "bool", "It stands in another task"),
            _opt("old_text", "string", "Text in the earlier year"),
            _opt("new_text", "string", "Text in the later year"),
        ),
    ),
    TableSpec(
        name="comparison_shifts",
        description="`planextract compare`: one row a changed deadline, target or body (comparison/shifts.parquet)",
        columns=(
            _req("old_measure_id", "string", "Measure of the earlier year"),
            _req("new_measure_id", "string", "Measure of the later year"),
            _req("aspect", "string", "What changed", ("deadline", "target", "body")),
            _req(
                "direction",
                "string",
                "deadline: earlier, later, kind; target: raised, lowered, comparator, added, "
                "removed; body: added, removed, renamed (its successor took over), role",
            ),
            _opt("before", "string", "In the earlier year"),
            _opt("after", "string", "In the later year"),
            _opt("amount", "float64", "Days beyond the step from year to year, or difference of the value"),
            _opt("unit", "string", "Unit of the amount"),
            _opt("role", "string", "Role of the body"),
        ),
    ),
)
REPORT_BY_NAME: dict[str, TableSpec] = {table.name: table for table in REPORT_TABLES}
