"""The one door through which committed parts are read back: by their bytes, version, columns and types.

The marker (a document's part of ``documents``) lists every other part with the SHA-256 of its bytes. A part that is
damaged, missing, another document's or of another contract is refused with what cures it; a column that a later
version added reads as null where an earlier version wrote the part; a column that nobody knows is kept.
"""

from __future__ import annotations

import hashlib
import io
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from planextract.errors import OutputError
from planextract.phrases import Phrase
from planextract.version import SCHEMA_VERSION
from planextract.write.contract import BY_NAME, LATER_COLUMNS, LATER_TABLES
from planextract.write.store import Store, open_store
from planextract.write.table_spec import TableSpec

MARKER_TABLE = "documents"
JSON_PART = "json"
BODIES = ".bodies"
_VERSION_KEY = b"planextract.contract_version"
_CURE = "Run planextract again on its input: it makes what is damaged anew."


def part_name(table: str, doc_id: str) -> str:
    """Return where a document's part of a table stands.

    ``json`` is the nested tree, ``.bodies`` the record of bodies that the document names and no dictionary file holds.
    """
    return f"{table}/{doc_id}.{'json' if table in (JSON_PART, BODIES) else 'parquet'}"


def hash_bytes(data: bytes) -> str:
    """Return the SHA-256 of bytes in hex digits."""
    return hashlib.sha256(data).hexdigest()


@dataclass(slots=True)
class PartReader:
    """Reads the parts of an output.

    Attributes:
        store: The output.
        unknown: Columns of parts that the contract does not have, as ``table.column``.
        size: Bytes of the part that was read last.
    """

    store: Store
    unknown: set[str] = field(default_factory=set)
    size: int = 0
    _hashes: dict[str, dict[str, str] | None] = field(default_factory=dict, repr=False)

    def find_documents(self) -> tuple[str, ...]:
        """Return the ids of the committed documents, sorted.

        Raises:
            OutputError: If there is none.
        """
        names = self.store.list_stamps(MARKER_TABLE)
        found = sorted(name.removesuffix(".parquet") for name in names if name.endswith(".parquet"))
        if not found:
            raise OutputError(
                "load.empty",
                "no committed document is in this output",
                file=self.store.location,
                advice="Run 'planextract run INPUT -o OUTPUT' first.",
            )
        return tuple(found)

    def read(
        self, table: TableSpec, doc_id: str, columns: Sequence[str] | None = None, *, keeps_unknown: bool = False
    ) -> Any:  # noqa: ANN401  (pyarrow has no types)
        """Return a document's part of a table as an Arrow table.

        Args:
            table: The table.
            doc_id: The document.
            columns: Columns wanted, in this order; all of the contract's if not given.
            keeps_unknown: Keep columns behind the contract's that it does not have.

        Raises:
            OutputError: If the part is missing or damaged, or another document's, or of another contract.
        """
        name = part_name(table.name, doc_id)
        data = self.read_bytes(table, doc_id)
        if data is None:
            return _choose(table, columns).empty_table()
        part = self._parse(data, table, name, columns, keeps_unknown=keeps_unknown)
        if table.name == MARKER_TABLE and part.num_rows != 1:
            raise _damaged(name, "it holds no document")
        if "doc_id" in part.schema.names and set(part.column("doc_id").to_pylist()) - {doc_id}:
            raise _damaged(name, "it is another document's")
        return part

    def read_bytes(self, table: TableSpec, doc_id: str) -> bytes | None:
        """Return the bytes of a part; None if it is older than its table.

        Raises:
            OutputError: If it is missing, or its bytes are not those that the marker lists.
        """
        name = part_name(table.name, doc_id)
        data = self.store.read(name)
        self.size = len(data or b"")
        if table.name == MARKER_TABLE:
            if data is None:
                raise _damaged(name, "it is missing")
            return data
        size, listed = self.size, self._listed(doc_id)
        self.size = size
        if data is None and listed is None and table.name in LATER_TABLES:
            return None
        if data is None:
            raise _damaged(name, "it is missing")
        if listed is not None and listed.get(table.name) != hash_bytes(data):
            raise _damaged(name, "its bytes are not those that were committed")
        return data

    def read_agencies(self, columns: Sequence[str] | None = None) -> Any:  # noqa: ANN401
        """Return the dictionary as it was used; all columns unless some are wanted.

        Raises:
            OutputError: If it is missing, damaged or of another contract.
        """
        data = self.store.read("agencies.parquet")
        if data is None:
            raise _damaged("agencies.parquet", "it is missing")
        return self._parse(data, BY_NAME["agencies"], "agencies.parquet", columns)

    def _listed(self, doc_id: str) -> dict[str, str] | None:
        """Return the hashes that a document's marker lists, by table; None if it was written without."""
        if doc_id not in self._hashes:
            marker = self.read(BY_NAME[MARKER_TABLE], doc_id, ("doc_id", "parts"))
            listed = marker.column("parts").to_pylist()[0]
            found = None if listed is None else {item["table"]: item["sha256"] for item in listed}
            self._hashes[doc_id] = found
        return self._hashes[doc_id]

    def _parse(
        self,
        data: bytes,
        table: TableSpec,
        name: str,
        columns: Sequence[str] | None = None,
        *,
        keeps_unknown: bool = False,
    ) -> Any:  # noqa: ANN401
        import pyarrow as pa
        import pyarrow.parquet as pq

        schema = _choose(table, columns)
        try:
            # Not read_table: it imports pyarrow.dataset, which takes longer than all the reading.
            file = pq.ParquetFile(io.BytesIO(data), pre_buffer=False, page_checksum_verification=True)
            there = file.schema_arrow
            unknown = [item for item in there.names if item not in make_schema(table).names]
            wanted = [item for item in there.names if item in schema.names or (keeps_unknown and item in unknown)]
            found = file.read(wanted, use_threads=False)  # small, and a thread that starts at exit aborts
        except (pa.ArrowException, OSError, ValueError, KeyError) as exc:
            raise _damaged(name, Phrase("{reason}", reason=" ".join(str(exc).split())[:200])) from exc
        _check_version(there.metadata, name)
        self.unknown.update(f"{table.name}.{item}" for item in unknown)
        return _fit(found, schema, LATER_COLUMNS.get(table.name, frozenset()), name)


def _choose(table: TableSpec, columns: Sequence[str] | None) -> Any:  # noqa: ANN401
    import pyarrow as pa

    schema = make_schema(table)
    return schema if columns is None else pa.schema([schema.field(name) for name in columns], schema.metadata)


def _fit(found: Any, schema: Any, later: frozenset[str], name: str) -> Any:  # noqa: ANN401
    """Return a part with the wanted columns in their order, then what else was read."""
    import pyarrow as pa

    columns, fields = [], []
    for item in schema:
        if item.name in found.schema.names:
            column = found.column(item.name)
            if column.type != item.type:
                raise _damaged(
                    name,
                    Phrase(
                        "its column '{name}' is {given} instead of {wanted}",
                        name=item.name,
                        given=column.type,
                        wanted=item.type,
                    ),
                )
        elif item.name in later:
            column, item = pa.nulls(found.num_rows, item.type), item.with_nullable(True)  # noqa: PLW2901
        else:
            raise _damaged(name, Phrase("it has no column '{name}'", name=item.name))
        columns.append(column)
        fields.append(item)
    more = [item for item in found.schema if item.name not in schema.names]
    return pa.Table.from_arrays(
        [*columns, *(found.column(item.name) for item in more)], schema=pa.schema([*fields, *more], schema.metadata)
    )


def make_schema(table: TableSpec) -> Any:  # noqa: ANN401
    """Return a table's Arrow schema; pyarrow is loaded with the first part, not with this module."""
    from planextract.write import arrow

    return arrow.make_schema(table)


def open_parts(output: str | Path) -> PartReader:
    """Open an output (folder or address) for reading."""
    return PartReader(open_store(output))


def _check_version(metadata: dict[bytes, bytes] | None, name: str) -> None:
    version = (metadata or {}).get(_VERSION_KEY)
    if version is None:
        raise _damaged(name, "it is no part of a planextract output")
    if version != str(SCHEMA_VERSION).encode():
        raise OutputError(
            "load.other_contract",
            file=name,
            cause=Phrase(
                "its tables are of version {version}, and this planextract reads version {schema_version}",
                version=version.decode("ascii", "replace")[:20],
                schema_version=SCHEMA_VERSION,
            ),
            advice="Use the planextract that wrote it, or run this one again on its input.",
        )


def _damaged(name: str, cause: str) -> OutputError:
    return OutputError(
        "load.unreadable", Phrase("this part cannot be used: {cause}", cause=cause), file=name, advice=_CURE
    )
