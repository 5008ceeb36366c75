"""Checks on rows before they are written: not null, allowed values, unique keys, foreign keys.

Arrow does not enforce ``nullable=False``; these checks do.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from planextract.errors import InternalError
from planextract.write.contract import TableSpec
from planextract.write.rows import Row


def check_rows(rows: Mapping[str, Sequence[Row]], tables: Sequence[TableSpec], source_path: str) -> None:
    """Check all tables of a document against the contract.

    Args:
        rows: Rows by table name, referenced tables included.
        tables: Tables to check.
        source_path: For the message.

    Raises:
        InternalError: On the first row that breaks the contract; the document is not written then.
    """
    for table in tables:
        for problem in _problems(table, rows):
            raise InternalError(
                "write.contract", f"table {table.name} breaks the contract: {problem}", file=source_path,
                advice="Nothing of this document was written. Please report it with the file.",
            )  # fmt: skip


def _problems(table: TableSpec, rows: Mapping[str, Sequence[Row]]) -> Iterator[str]:
    names = {column.name for column in table.columns}
    for row in rows[table.name]:
        if set(row) != names:
            yield f"columns differ: {sorted(set(row) ^ names)}"
        for column in table.columns:
            value = row[column.name]
            if value is None and not column.nullable:
                yield f"{column.name} is null in {_describe(table, row)}"
            if column.choices and value is not None and value not in column.choices:
                yield f"{column.name} has the unknown value {value!r}"
    yield from _repeated_keys(table, rows[table.name])
    for key in table.foreign_keys:
        if key.table not in rows:
            continue
        known = {tuple(row[name] for name in key.references) for row in rows[key.table]}
        for row in rows[table.name]:
            value = tuple(row[name] for name in key.columns)
            if None not in value and value not in known:
                yield f"{key.columns} {value} is not in {key.table}"


def _repeated_keys(table: TableSpec, rows: Sequence[Row]) -> Iterator[str]:
    if not table.key:
        return
    seen: set[tuple[object, ...]] = set()
    for row in rows:
        value = tuple(row[name] for name in table.key)
        if value in seen:
            yield f"key {table.key} {value} is used twice"
        seen.add(value)


def _describe(table: TableSpec, row: Row) -> str:
    return ", ".join(f"{name}={row[name]}" for name in table.key or ("doc_id",))
