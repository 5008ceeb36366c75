"""From records to rows and back, as the contract says where each value comes from (``ColumnSpec.of``)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import MISSING, fields
from datetime import date
from functools import cache
from operator import attrgetter, itemgetter
from typing import Any, TypeVar

from planextract.write.contract import BY_NAME
from planextract.write.table_spec import STRUCTS

Value = str | int | float | bool | date | None | Sequence["Value"] | Mapping[str, "Value"]
Row = dict[str, Value]
_Reader = Callable[[Any], Any]
_R = TypeVar("_R")
_EMPTY = (MISSING, MISSING)


def flatten(table: str, record: object, **given: Value) -> Row:
    """Return the row of a record, columns in the contract's order.

    Args:
        table: Name of the table.
        record: Read by the path of each column (``ColumnSpec.of``).
        given: Columns that are not in the record, such as ids.

    Raises:
        AttributeError: If a column is neither given nor in the record.
        ValueError: If the contract lacks a column that is given.
    """
    names, read_plain, others, in_order = _find_readers(table, tuple(given))
    values = (*read_plain(record), *given.values(), *[read(record) for read in others])
    return dict(zip(names, in_order(values), strict=True))


@cache
def _find_readers(table: str, given: tuple[str, ...]) -> tuple[tuple[str, ...], _Reader, tuple[_Reader, ...], _Reader]:
    """Return a table's columns, one reader of all plain values, those of the others, and how to put all in order."""
    plain: dict[str, str] = {}
    others: dict[str, _Reader] = {}
    for column in BY_NAME[table].columns:
        path, struct = column.of or column.name, column.type.removeprefix("list<").removesuffix(">")
        if column.name in given:
            continue
        if struct in STRUCTS:
            others[column.name] = _read_structs(path, tuple(name for name, _ in STRUCTS[struct]))
        elif "?" in path:
            others[column.name] = _read_optional(path)
        else:
            plain[column.name] = path
    names = tuple(column.name for column in BY_NAME[table].columns)
    if not set(given) <= set(names):
        raise ValueError(f"table {table} has no column {', '.join(sorted(set(given) - set(names)))}")
    found = (*plain, *given, *others)
    return names, attrgetter(*plain.values()), tuple(others.values()), itemgetter(*map(found.index, names))


def _read_optional(path: str) -> _Reader:
    """Return a reader of ``a.b?.c``: null where ``a.b`` is None."""
    head, _, tail = path.partition("?.")
    get_head, get_tail = attrgetter(head), attrgetter(tail)
    return lambda record: None if (found := get_head(record)) is None else get_tail(found)


def _read_structs(path: str, names: tuple[str, ...]) -> _Reader:
    get, get_fields = attrgetter(path), attrgetter(*names)
    return lambda record: [dict(zip(names, get_fields(item), strict=True)) for item in get(record)]


def rebuild(kind: type[_R], table: str, row: Mapping[str, Any], **given: Any) -> _R:  # noqa: ANN401
    """Return a record of a row: each field from the column of its name, else from the one that is ``of`` it.

    A column that an older part lacks, or that is null, leaves the field at its default, if it has one.

    >>> from planextract.model.record import Discard
    >>> rebuild(Discard, "discards", {"doc_id": "1", "page": 2, "reason": "furniture", "text": "— 2 —"})
    Discard(page=2, reason='furniture', raw_text='— 2 —')
    """
    for name, column, has_default in _find_columns(kind, table):  # type: ignore[arg-type]
        if name in given:
            continue
        value = row.get(column)
        if value is not None or not has_default:
            given[name] = tuple(value) if isinstance(value, list) else value
    return kind(**given)


def rebuild_all(kind: type[_R], table: str, rows: Iterable[Mapping[str, Any]]) -> tuple[_R, ...]:
    """Return a record of each row."""
    return tuple(rebuild(kind, table, row) for row in rows)


@cache
def _find_columns(kind: Any, table: str) -> tuple[tuple[str, str, bool], ...]:  # noqa: ANN401
    """Return fields, their columns, and whether a field has a default; fields without a column are left out."""
    names = {column.name for column in BY_NAME[table].columns}
    by_path = {column.of.rpartition(".")[2]: column.name for column in BY_NAME[table].columns if column.of}
    found = ((field, field.name if field.name in names else by_path.get(field.name)) for field in fields(kind))
    return tuple(
        (field.name, column, (field.default, field.default_factory) != _EMPTY)
        for field, column in found
        if column is not None
    )


def columns_of(kind: type[object], table: str) -> frozenset[str]:
    """Return the columns of a table that its records are made of."""
    return frozenset(column for _, column, _ in _find_columns(kind, table))  # type: ignore[arg-type]
