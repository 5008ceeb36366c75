"""docs/tables.md, derived from the contract."""

from __future__ import annotations

from planextract.version import SCHEMA_VERSION
from planextract.write.contract import TABLES
from planextract.write.report_tables import REPORT_TABLES
from planextract.write.table_spec import ColumnSpec, TableSpec


def make_tables_page() -> str:
    """Return the page that describes every table, as Markdown."""
    parts = [
        "# Tables",
        f"Output contract, version {SCHEMA_VERSION}. This page is made by `planextract schema --format markdown`.",
        "Boxes are PDF points, origin at the page's top left. Pages and lines count from 1.",
        *(_describe_table(table) for table in TABLES),
        "# Tables of reports",
        "Written by `planextract score`, `diff` and `compare`, where their reports are.",
        *(_describe_table(table) for table in REPORT_TABLES),
    ]
    return "\n\n".join(parts) + "\n"


def _describe_table(table: TableSpec) -> str:
    lines = [f"## {table.name}", "", f"{table.description}.", ""]
    if table.key:
        lines += [f"Key: {', '.join(f'`{name}`' for name in table.key)}.", ""]
    lines += ["| column | type | null | meaning |", "|---|---|---|---|"]
    lines += [_describe_column(column) for column in table.columns]
    return "\n".join(lines)


def _describe_column(column: ColumnSpec) -> str:
    meaning = column.description + (f" [{column.unit}]" if column.unit else "")
    if column.choices:
        meaning += ": " + " ".join(f"`{choice}`" for choice in column.choices)
    return f"| `{column.name}` | {column.type} | {'yes' if column.nullable else ''} | {meaning} |"
