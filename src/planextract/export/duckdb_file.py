"""A DuckDB file: tables with keys, lists as lists, descriptions as comments, views."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from planextract.export.database import FACTS, in_order, make_table_sql, make_views
from planextract.export.registry import WriteOptions, Written
from planextract.export.source import ExportSource, find_holding_keys
from planextract.write.table_spec import STRUCTS, TableSpec

if TYPE_CHECKING:
    import duckdb

_TYPES = {
    "string": "VARCHAR",
    "int16": "SMALLINT",
    "int32": "INTEGER",
    "int64": "BIGINT",
    "float32": "FLOAT",
    "float64": "DOUBLE",
    "bool": "BOOLEAN",
    "date": "DATE",
    "list<string>": "VARCHAR[]",
    "list<int32>": "INTEGER[]",
}
for _name, _fields in STRUCTS.items():
    _TYPES[f"list<{_name}>"] = "STRUCT(" + ", ".join(f'"{field}" {_TYPES[kind]}' for field, kind in _fields) + ")[]"
_BLOCK_BYTES = 16_384  # the smallest: a plan has many columns of few rows, each in blocks of its own
_LIST = "coalesce((SELECT list({value} ORDER BY {order}) FROM {table} WHERE {where}), [])"


def write_duckdb(source: ExportSource, path: Path, options: WriteOptions) -> Written:
    """Write the tables into a new DuckDB file."""
    import duckdb

    rows: dict[str, int] = {}
    with duckdb.connect(str(path), config={"threads": 1, "default_block_size": str(_BLOCK_BYTES)}) as connection:
        connection.execute("BEGIN")
        for table in in_order(source.tables):
            # A reference of a table to itself is checked row by row, before the row that it names is there.
            keys = [key for key in find_holding_keys(source, table) if key.table != table.name]
            connection.execute(make_table_sql(table, _TYPES, keys))
            _comment(connection, table)
            rows[table.name] = _fill(connection, source, table)
        connection.execute("CREATE TABLE export (name VARCHAR PRIMARY KEY, value VARCHAR NOT NULL)")
        connection.executemany("INSERT INTO export VALUES (?, ?)", FACTS)
        for view in make_views(_LIST, source.tables, "strftime(m.deadline_end, '%Y-%m')"):
            connection.execute(f"CREATE VIEW {view.name} AS {view.query}")
            connection.execute(f"COMMENT ON VIEW {view.name} IS {_quote(view.description)}")
        connection.execute("COMMIT")
        connection.execute("CHECKPOINT")
    return Written(rows={table.name: rows[table.name] for table in source.tables})


def _comment(connection: duckdb.DuckDBPyConnection, table: TableSpec) -> None:
    connection.execute(f"COMMENT ON TABLE {table.name} IS {_quote(table.description)}")
    for column in table.columns:
        text = column.description + (f" [{column.unit}]" if column.unit else "")
        connection.execute(f'COMMENT ON COLUMN {table.name}."{column.name}" IS {_quote(text)}')


def _fill(connection: duckdb.DuckDBPyConnection, source: ExportSource, table: TableSpec) -> int:
    import pyarrow as pa

    count = 0
    waiting: list[object] = []
    for part in source.read_parts(table):
        waiting.append(part)
        count += part.num_rows
    if waiting:
        connection.register("part", pa.concat_tables(waiting))
        names = ", ".join(f'"{column.name}"' for column in table.columns)
        connection.execute(f"INSERT INTO {table.name} SELECT {names} FROM part")
        connection.unregister("part")
    return count


def _quote(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"
