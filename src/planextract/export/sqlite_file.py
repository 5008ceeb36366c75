"""An SQLite file: tables with keys, lists as JSON text, views; made with the standard library."""

from __future__ import annotations

import sqlite3
from datetime import date
from pathlib import Path
from typing import Any

from planextract.export.database import FACTS, in_order, make_table_sql, make_views
from planextract.export.registry import WriteOptions, Written
from planextract.export.source import ExportSource, find_holding_keys
from planextract.export.target import APPLICATION_ID
from planextract.export.values import to_json
from planextract.write.table_spec import TYPES, TableSpec

_TYPES = {
    **dict.fromkeys(TYPES, "TEXT"),
    "int16": "INTEGER",
    "int32": "INTEGER",
    "int64": "INTEGER",
    "float32": "REAL",
    "float64": "REAL",
    "bool": "INTEGER",
}
_LIST = "(SELECT json_group_array(v) FROM (SELECT {value} AS v FROM {table} WHERE {where} ORDER BY {order}))"


def write_sqlite(source: ExportSource, path: Path, options: WriteOptions) -> Written:
    """Write the tables into a new SQLite file."""
    rows: dict[str, int] = {}
    connection = sqlite3.connect(path, isolation_level=None)
    try:
        connection.execute("PRAGMA journal_mode = OFF")  # the file is put in place when it is whole
        connection.execute("PRAGMA foreign_keys = OFF")  # every reference was checked before
        connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
        connection.execute("BEGIN")
        for table in in_order(source.tables):
            connection.execute(make_table_sql(table, _TYPES, find_holding_keys(source, table)))
            rows[table.name] = _fill(connection, source, table)
            for key in table.foreign_keys:
                name = f"{table.name}_{key.columns[0]}"
                connection.execute(f'CREATE INDEX {name} ON {table.name} ("{key.columns[0]}")')
        connection.execute("CREATE TABLE export (name TEXT PRIMARY KEY, value TEXT NOT NULL)")
        connection.executemany("INSERT INTO export VALUES (?, ?)", FACTS)
        for view in make_views(_LIST, source.tables, "substr(m.deadline_end, 1, 7)"):
            connection.execute(f"CREATE VIEW {view.name} AS -- {view.description}\n{view.query}")
        connection.execute("COMMIT")
    finally:
        connection.close()
    return Written(rows={table.name: rows[table.name] for table in source.tables})


def _fill(connection: sqlite3.Connection, source: ExportSource, table: TableSpec) -> int:
    names = [column.name for column in table.columns]
    marks = ", ".join("?" * len(names))
    statement = f"INSERT INTO {table.name} VALUES ({marks})"
    count = 0
    for row in source.read_rows(table):
        connection.execute(statement, [_to_value(row[name]) for name in names])
        count += 1
    return count


def _to_value(value: Any) -> str | int | float | None:  # noqa: ANN401  (a value of any column)
    if isinstance(value, list):
        return to_json(value)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, bool):
        return int(value)
    plain: str | int | float | None = value
    return plain
