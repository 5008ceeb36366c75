"""Arrow schemas and Parquet bytes, derived from the contract."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from io import BytesIO
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from planextract.version import SCHEMA_VERSION
from planextract.write.arrays import make_array
from planextract.write.records import Row
from planextract.write.table_spec import STRUCTS, ColumnSpec, TableSpec


def _list_of(item: Any) -> Any:  # noqa: ANN401
    """Return a list type whose items are called as Parquet calls them."""
    return pa.list_(pa.field("element", item))


_SCALARS: dict[str, Any] = {
    "string": pa.string(),
    "int16": pa.int16(),
    "int32": pa.int32(),
    "int64": pa.int64(),
    "float32": pa.float32(),
    "float64": pa.float64(),
    "bool": pa.bool_(),
    "date": pa.date32(),
}
_TYPES: dict[str, Any] = {
    **_SCALARS,
    "list<string>": _list_of(pa.string()),
    "list<int32>": _list_of(pa.int32()),
    **{
        f"list<{name}>": _list_of(pa.struct([(field, _SCALARS[kind]) for field, kind in fields]))
        for name, fields in STRUCTS.items()
    },
}


@lru_cache(maxsize=64)
def make_schema(table: TableSpec) -> Any:  # noqa: ANN401  (pyarrow has no types)
    """Return the Arrow schema of a table, with descriptions, units and the contract's version, no clock."""
    metadata = {
        "planextract.contract_version": str(SCHEMA_VERSION),
        "planextract.table": table.name,
        "description": table.description,
    }
    return pa.schema([_make_field(column) for column in table.columns], metadata=metadata)


def _make_field(column: ColumnSpec) -> Any:  # noqa: ANN401
    metadata = {"description": column.description}
    if column.unit:
        metadata["unit"] = column.unit
    if column.choices:
        metadata["values"] = " ".join(column.choices)
    return pa.field(column.name, _TYPES[column.type], nullable=column.nullable, metadata=metadata)


def make_table(table: TableSpec, rows: Sequence[Row]) -> Any:  # noqa: ANN401
    """Return rows as an Arrow table with the full schema, also when there are none."""
    schema = make_schema(table)
    columns = [make_array([row[field.name] for row in rows], field.type) for field in schema]
    return pa.Table.from_arrays(columns, schema=schema)


def write_parquet(table: TableSpec, rows: Sequence[Row], path: Path) -> None:
    """Write rows as one Parquet file; the same rows give the same bytes."""
    path.write_bytes(_write(make_table(table, rows)) if rows else _write_empty(table))


@lru_cache(maxsize=64)
def _write_empty(table: TableSpec) -> bytes:
    """Return the file of a table without rows: many tables of most documents have none."""
    return _write(make_table(table, ()))


def _write(table: Any) -> bytes:  # noqa: ANN401
    stream = BytesIO()
    pq.write_table(table, stream, compression="zstd", version="2.6", store_schema=True, write_page_checksum=True)
    return stream.getvalue()
