"""The document as one nested JSON tree, and its JSON Schema, derived from the contract."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from planextract.version import SCHEMA_VERSION
from planextract.write.contract import BY_NAME
from planextract.write.records import Row
from planextract.write.rows import Rows
from planextract.write.table_spec import STRUCTS, ColumnSpec

_CHILDREN: dict[str, tuple[tuple[str, str], ...]] = {
    "documents": (
        ("plans", "doc_id"),
        ("boundaries", "doc_id"),
        ("cells", "doc_id"),
        ("repairs", "doc_id"),
        ("discards", "doc_id"),
        ("findings", "doc_id"),
        ("leaders", "doc_id"),
    ),
    "plans": (("tasks", "plan_id"),),
    "tasks": (("measures", "task_id"),),
    "measures": (
        ("responsibilities", "measure_id"),
        ("targets", "measure_id"),
        ("mentions", "measure_id"),
        ("milestones", "measure_id"),
        ("progress", "measure_id"),
    ),
}
_JSON_TYPES: dict[str, dict[str, object]] = {
    "string": {"type": "string"},
    "int16": {"type": "integer"},
    "int32": {"type": "integer"},
    "int64": {"type": "integer"},
    "float32": {"type": "number"},
    "float64": {"type": "number"},
    "bool": {"type": "boolean"},
    "date": {"type": "string", "format": "date"},
    "list<string>": {"type": "array", "items": {"type": "string"}},
    "list<int32>": {"type": "array", "items": {"type": "integer"}},
}
for _name, _fields in STRUCTS.items():
    _item = {
        "type": "object",
        "required": [field for field, _ in _fields],
        "additionalProperties": False,
        "properties": {field: _JSON_TYPES[kind] for field, kind in _fields},
    }
    _JSON_TYPES[f"list<{_name}>"] = {"type": "array", "items": _item}


def make_json(rows: Rows) -> Iterator[str]:
    """Yield one document as JSON text, piece by piece: the documents row with all its tables nested below it."""
    groups: dict[tuple[str, str], dict[object, list[Row]]] = {}
    for children in _CHILDREN.values():
        for child, key in children:
            grouped = groups.setdefault((child, key), {})
            for row in rows[child]:
                grouped.setdefault(row[key], []).append(row)
    document = rows["documents"][0]
    yield _dump(document)[:-1]
    for child, key in _CHILDREN["documents"]:
        yield f', "{child}": ['
        for number, item in enumerate(groups[child, key].get(document[key], ())):
            yield (", " if number else "") + _dump(_nest(child, item, groups))
        yield "]"
    yield "}\n"


def _dump(tree: Mapping[str, object]) -> str:
    return _ENCODER.encode(tree)


def _nest(
    table: str, row: Row, groups: Mapping[tuple[str, str], Mapping[object, Sequence[Row]]]
) -> Mapping[str, object]:
    children = _CHILDREN.get(table, ())
    if not children:
        return row
    tree: dict[str, object] = dict(row)
    for child, key in children:
        found = groups[child, key].get(row[key], ())
        tree[child] = [_nest(child, item, groups) for item in found]
    return tree


def _encode(value: object) -> object:
    if isinstance(value, date):
        return value.isoformat()
    raise TypeError(f"{type(value)} has no JSON form")


def make_json_schema() -> dict[str, object]:
    """Return the JSON Schema (2020-12) of the nested document."""
    schema = _object_schema("documents")
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": f"planextract document, contract version {SCHEMA_VERSION}",
        **schema,
    }


def _object_schema(table: str) -> dict[str, object]:
    spec = BY_NAME[table]
    properties: dict[str, object] = {column.name: _column_schema(column) for column in spec.columns}
    for child, _ in _CHILDREN.get(table, ()):
        properties[child] = {"type": "array", "items": _object_schema(child)}
    return {
        "type": "object",
        "description": spec.description,
        "additionalProperties": False,
        "required": sorted(properties),
        "properties": properties,
    }


def _column_schema(column: ColumnSpec) -> dict[str, object]:
    schema = dict(_JSON_TYPES[column.type])
    if column.choices:
        schema["enum"] = [*column.choices, *([None] if column.nullable else [])]
    if column.nullable:
        schema["type"] = [schema["type"], "null"]
    schema["description"] = column.description + (f" [{column.unit}]" if column.unit else "")
    return schema


_ENCODER = json.JSONEncoder(ensure_ascii=False, default=_encode)
