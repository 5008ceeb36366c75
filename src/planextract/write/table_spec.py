"""What a table of the contract is made of: columns, keys, types."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class ColumnSpec:
    """A column. ``type`` is one of the names in :data:`TYPES`; ``choices`` lists the allowed values, if closed.

    ``of`` is where the value comes from: a path in the record of the table's row (``deadline.raw_text``;
    ``match.entry?.name`` is null where there is no entry). Empty: an attribute of the column's own name, or what
    ``rows.py`` adds, such as ids.
    """

    name: str
    type: str
    description: str
    nullable: bool = True
    unit: str = ""
    choices: tuple[str, ...] = ()
    of: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ForeignKey:
    """Values of ``columns`` must stand in ``references`` of ``table``, unless null."""

    columns: tuple[str, ...]
    table: str
    references: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class TableSpec:
    """A table: columns in order, unique key, references, the field of the nested JSON it stands under."""

    name: str
    description: str
    columns: tuple[ColumnSpec, ...]
    key: tuple[str, ...] = ()
    foreign_keys: tuple[ForeignKey, ...] = ()


# The records that list<…> columns hold: fields in order, each with its scalar type.
STRUCTS: dict[str, tuple[tuple[str, str], ...]] = {
    "attachment": (("no", "int16"), ("title", "string")),
    "labelled": (("label", "string"), ("text", "string")),
    "plan_column": (("role", "string"), ("label", "string"), ("withheld", "bool")),
    "file": (("name", "string"), ("sha256", "string"), ("role", "string")),
    "part": (("table", "string"), ("sha256", "string")),
    "box": (("page", "int32"), ("x0", "float32"), ("top", "float32"), ("x1", "float32"), ("bottom", "float32")),
}
SCALARS = ("string", "int16", "int32", "int64", "float32", "float64", "bool", "date")
TYPES = (*SCALARS, "list<string>", "list<int32>", *(f"list<{name}>" for name in STRUCTS))


def required(
    name: str, type_: str, description: str, unit: str = "", choices: tuple[str, ...] = (), of: str = ""
) -> ColumnSpec:
    """Return a column that is never null."""
    return ColumnSpec(name=name, type=type_, description=description, nullable=False, unit=unit, choices=choices, of=of)


def optional(
    name: str, type_: str, description: str, unit: str = "", choices: tuple[str, ...] = (), of: str = ""
) -> ColumnSpec:
    """Return a column that may be null."""
    return ColumnSpec(name=name, type=type_, description=description, unit=unit, choices=choices, of=of)


def foreign_key(column: str, table: str, reference: str | None = None) -> ForeignKey:
    """Return a column whose values are keys of another table."""
    return ForeignKey(columns=(column,), table=table, references=(reference or column,))
