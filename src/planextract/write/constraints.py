"""Checks on rows before they are written: not null, allowed values, number ranges, unique keys, foreign keys.

Arrow does not enforce ``nullable=False``; these checks do.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence

from planextract.errors import InternalError
from planextract.write.records import Row
from planextract.write.table_spec import TableSpec

_RANGES: dict[str, tuple[float, float]] = {
    "int16": (-(2**15), 2**15 - 1),
    "int32": (-(2**31), 2**31 - 1),
    "int64": (-(2**63), 2**63 - 1),
    "float32": (-3.4e38, 3.4e38),
    "float64": (-math.inf, math.inf),
}


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
                "write.contract",
                f"table {table.name} breaks the contract: {problem}",
                file=source_path,
                advice="Nothing of this document was written. Please report it with the file.",
            )


def _problems(table: TableSpec, rows: Mapping[str, Sequence[Row]]) -> Iterator[str]:
    names = {column.name for column in table.columns}
    ranges = {column.name: _RANGES[column.type] for column in table.columns if column.type in _RANGES}
    required = [column.name for column in table.columns if not column.nullable]
    choices = [(column.name, {None, *column.choices}) for column in table.columns if column.choices]
    for row in rows[table.name]:
        if row.keys() != names:
            yield f"columns differ: {sorted(row.keys() ^ names)}"
            continue
        for name in required:
            if row[name] is None:
                yield f"{name} is null in {_describe(table, row)}"
        for name, known in choices:
            if row[name] not in known:
                yield f"{name} has the unknown value {row[name]!r}"
        for name, (low, high) in ranges.items():
            number = row[name]
            if isinstance(number, int | float) and not (math.isfinite(number) and low <= number <= high):
                yield f"{name} has the value {number}, which is out of range, in {_describe(table, row)}"
    yield from _repeated_keys(table, rows[table.name])
    for key in table.foreign_keys:
        if key.table not in rows:
            continue
        existing = {tuple(row[name] for name in key.references) for row in rows[key.table]}
        for row in rows[table.name]:
            value = tuple(row[name] for name in key.columns)
            if None not in value and value not in existing:
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
