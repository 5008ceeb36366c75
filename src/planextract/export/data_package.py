"""``datapackage.json`` (Frictionless Data Package 1.0): types, keys and descriptions, derived from the contract."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Literal

from planextract.version import SCHEMA_VERSION, __version__
from planextract.write.table_spec import ColumnSpec, ForeignKey, TableSpec

_Json = dict[str, object]
_TYPES = {
    "string": "string",
    "int16": "integer",
    "int32": "integer",
    "int64": "integer",
    "float32": "number",
    "float64": "number",
    "bool": "boolean",
    "date": "date",
}


def make_package(
    tables: Sequence[TableSpec],
    kind: Literal["csv", "jsonl"],
    keys: Mapping[str, Sequence[ForeignKey]],
    *,
    is_guarded: bool,
) -> _Json:
    """Return the description of an export.

    Args:
        tables: Tables in the package.
        kind: Ending of their files.
        keys: By table, the references that hold in the package.
        is_guarded: Whether text that looks like a formula has an apostrophe in front.
    """
    return {
        "profile": "tabular-data-package" if kind == "csv" else "data-package",
        "name": "planextract-export",
        "title": "Action plans as tables",
        "description": f"Tables of planextract {__version__}, output contract version {SCHEMA_VERSION}. "
        "Lists are JSON arrays; dates are YYYY-MM-DD; in CSV a null is an empty field."
        + (" Text that a spreadsheet would take for a formula has an apostrophe (') in front." if is_guarded else ""),
        "planextract": {"version": __version__, "schema_version": SCHEMA_VERSION, "formula_guard": is_guarded},
        "resources": [_make_resource(table, kind, keys.get(table.name, ())) for table in tables],
    }


def _make_resource(table: TableSpec, kind: Literal["csv", "jsonl"], keys: Sequence[ForeignKey]) -> _Json:
    resource: _Json = {
        "name": table.name,
        "path": f"{table.name}.{kind}",
        "title": table.name,
        "description": table.description,
        "encoding": "utf-8",
    }
    if kind == "csv":
        resource |= {
            "profile": "tabular-data-resource",
            "format": "csv",
            "mediatype": "text/csv",
            "dialect": {
                "delimiter": ",",
                "lineTerminator": "\r\n",
                "quoteChar": '"',
                "doubleQuote": True,
                "skipInitialSpace": False,
                "header": True,
                "caseSensitiveHeader": True,
            },
        }
    else:
        resource |= {"format": "jsonl", "mediatype": "application/jsonl"}
    schema: _Json = {"fields": [_make_field(column, kind) for column in table.columns], "missingValues": [""]}
    if table.key:
        schema["primaryKey"] = list(table.key)
    if keys:
        schema["foreignKeys"] = [
            {
                "fields": key.columns[0],
                "reference": {"resource": "" if key.table == table.name else key.table, "fields": key.references[0]},
            }
            for key in keys
        ]
    resource["schema"] = schema
    return resource


def _make_field(column: ColumnSpec, kind: Literal["csv", "jsonl"]) -> _Json:
    type_ = _TYPES.get(column.type, "array")
    description = column.description + (f" [{column.unit}]" if column.unit else "")
    field: _Json = {"name": column.name, "type": type_, "description": description}
    constraints: _Json = {}
    if not column.nullable and type_ == "string":
        field["missingValues"] = []  # an empty text is a text
    if not column.nullable and (type_ != "string" or column.choices):
        constraints["required"] = True
    if column.choices:
        constraints["enum"] = list(column.choices)
    if constraints:
        field["constraints"] = constraints
    return field
