"""The tables to export: chosen documents of an output, read one part at a time."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from planextract.errors import UsageError
from planextract.phrases import Phrase
from planextract.write.contract import BY_NAME, TABLES
from planextract.write.parts import MARKER_TABLE, PartReader, open_parts
from planextract.write.table_spec import ForeignKey, TableSpec


@dataclass(frozen=True, slots=True, kw_only=True)
class ExportSource:
    """An output with the documents and tables that were asked for, in the contract's order."""

    parts: PartReader
    doc_ids: tuple[str, ...]
    tables: tuple[TableSpec, ...]
    _seen: dict[tuple[str, str], frozenset[object]] = field(default_factory=dict, repr=False, compare=False)

    def read_parts(self, table: TableSpec, columns: Sequence[str] | None = None) -> Iterator[Any]:
        """Yield a table's rows as Arrow tables with the contract's schema (or some columns), one a document, by id."""
        if table.name == "agencies":
            yield self.parts.read_agencies(columns)
            return
        for doc_id in self.doc_ids:
            yield self.parts.read(table, doc_id, columns)

    def read_rows(self, table: TableSpec) -> Iterator[dict[str, Any]]:
        """Yield a table's rows; float32 values as the shortest decimals that mean them (0.9972, not 0.99720001…)."""
        for part in self.read_parts(table):
            yield from _shorten_floats(part).to_pylist()

    def values_of(self, table: TableSpec, column: str) -> frozenset[object]:
        """Return the different values of a column, null aside; read once."""
        if (table.name, column) not in self._seen:
            needed = {key.columns[0] for key in table.foreign_keys} | {*table.key[:1], column}
            found: dict[str, set[object]] = {name: set() for name in needed}
            for part in self.read_parts(table, sorted(needed)):
                for name in needed:
                    found[name].update(part.column(name).unique().to_pylist())
            self._seen.update({(table.name, name): frozenset(values - {None}) for name, values in found.items()})
        return self._seen[table.name, column]

    def read_document(self, table: str, doc_id: str) -> list[dict[str, Any]]:
        """Return one document's rows of a table."""
        rows: list[dict[str, Any]] = self.parts.read(BY_NAME[table], doc_id).to_pylist()
        return rows


def open_source(output: str, documents: Sequence[str] = (), tables: Sequence[str] = ()) -> ExportSource:
    """Open an output for an export.

    Args:
        output: Folder or address that a run wrote.
        documents: Ids, beginnings of ids, paths or file names of the inputs; all documents if empty.
        tables: Names of tables; all if empty.

    Raises:
        UsageError: If there is no such table or document.
        OutputError: If the output holds no committed document.
    """
    for name in tables:
        if name not in BY_NAME:
            raise UsageError(
                "export.no_such_table",
                Phrase("there is no table '{name}'", name=name),
                advice=Phrase("Tables are {names}.", names=", ".join(BY_NAME)),
            )
    parts = open_parts(output)
    found = parts.find_documents()
    chosen = _choose(parts, found, documents) if documents else found
    return ExportSource(
        parts=parts, doc_ids=tuple(chosen), tables=tuple(t for t in TABLES if not tables or t.name in tables)
    )


def find_holding_keys(source: ExportSource, table: TableSpec) -> tuple[ForeignKey, ...]:
    """Return the references of a table that hold in this export: their table is exported and has every value."""
    exported = {item.name for item in source.tables}
    return tuple(key for key in table.foreign_keys if key.table in exported and _holds(source, table, key))


def _holds(source: ExportSource, table: TableSpec, key: ForeignKey) -> bool:
    known = source.values_of(BY_NAME[key.table], key.references[0])
    return source.values_of(table, key.columns[0]) <= known


def _choose(parts: PartReader, found: Sequence[str], wanted: Sequence[str]) -> list[str]:
    paths = {
        doc_id: str(parts.read(BY_NAME[MARKER_TABLE], doc_id).column("source_path")[0].as_py()) for doc_id in found
    }
    chosen: set[str] = set()
    for name in wanted:
        near = {
            doc_id
            for doc_id, path in paths.items()
            if name and (doc_id.startswith(name) or path == name or path.rsplit("/", 1)[-1] == name)
        }
        if not near:
            raise UsageError(
                "export.no_such_document",
                Phrase("no document of this output is '{name}'", name=name),
                file=parts.store.location,
                advice="Give its id, or the name of its file.",
            )
        chosen |= near
    return sorted(chosen)


def _shorten_floats(part: Any) -> Any:  # noqa: ANN401  (pyarrow has no types)
    import pyarrow as pa

    for index, item in enumerate(part.schema):
        if item.type == pa.float32():
            part = part.set_column(index, item.name, part.column(index).cast(pa.string()).cast(pa.float64()))
    return part
