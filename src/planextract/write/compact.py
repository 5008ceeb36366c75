"""Many small parts → a few sorted files of a useful size, as data sets that Arrow, DuckDB and Spark read.

The parts stay what they are: the truth, and what the next run replaces one by one. A compacted copy is made anew
each time, beside them, and takes the place of the last one in one step.
"""

from __future__ import annotations

import shutil
from collections import defaultdict
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from planextract.errors import OutputError, UsageError
from planextract.phrases import Phrase
from planextract.write.contract import BY_NAME, DOCUMENT_TABLES, LATER_COLUMNS
from planextract.write.parts import MARKER_TABLE, PartReader, make_schema, open_parts
from planextract.write.store import flush_files, output_errors
from planextract.write.table_spec import TableSpec

PARTITION_KEYS = ("region", "year")
_UNKNOWN = "unknown"
_ROW_GROUP_BYTES = 16 << 20


@dataclass(frozen=True, slots=True, kw_only=True)
class CompactSummary:
    """What compacting made: files and rows by table, and bytes before and after."""

    documents: int
    files: dict[str, int]
    rows: dict[str, int]
    bytes_before: int
    bytes_after: int


@dataclass(frozen=True, slots=True, kw_only=True)
class _Document:
    """What decides where a document goes."""

    doc_id: str
    region: str
    year: str
    is_older: bool

    def partition(self, keys: Sequence[str]) -> tuple[str, ...]:
        values = {"region": self.region, "year": self.year}
        return tuple(f"{key}={values[key]}" for key in keys)


def compact_output(
    output: str | Path, target: Path, partition_by: Sequence[str] = (), file_bytes: int = 128 << 20
) -> CompactSummary:
    """Copy all committed documents into a few Parquet files a table.

    Rows are sorted by region, year and document, then as printed; files hold statistics and a page index, so
    that a reader skips what a filter on doc_id (or, with partitions, region and year) leaves out.

    Args:
        output: Output of a run: folder or URL.
        target: Folder to write; a compacted copy that stands there is replaced.
        partition_by: Hive partitions: ``region``, ``year`` or both, in this order of folders.
        file_bytes: Size of a file before the next one is begun, as held in memory.

    Raises:
        UsageError: If there is no such partition key.
        OutputError: If the output holds no document, a part cannot be read, or the target cannot be written.
    """
    for key in partition_by:
        if key not in PARTITION_KEYS:
            raise UsageError(
                "compact.no_such_key",
                Phrase("there is no partition by '{key}'", key=key),
                advice=Phrase("Partitions are {partition_keys}.", partition_keys=", ".join(PARTITION_KEYS)),
            )
    parts = open_parts(output)
    documents = _find_documents(parts)
    _refuse_foreign(target)
    staged = target.with_name(f".{target.name}-staging")
    with output_errors(str(target)), _removed_on_error(staged):
        shutil.rmtree(staged, ignore_errors=True)
        staged.mkdir(parents=True)
        is_older = any(document.is_older for document in documents)
        writers = {
            table.name: _TableWriter(table, staged / table.name, file_bytes, is_older=is_older)
            for table in DOCUMENT_TABLES
        }
        before = 0
        for partition, group in _group(documents, partition_by):
            for table in DOCUMENT_TABLES:
                for document in group:
                    part = parts.read(table, document.doc_id)
                    before += parts.size
                    writers[table.name].add(part, partition)
                writers[table.name].end_file()
        agencies = parts.store.read("agencies.parquet")
        if agencies is not None:
            parts.read_agencies()  # whole, and of this contract
            (staged / "agencies.parquet").write_bytes(agencies)
        (staged / _MARK).write_text("compacted copy of a planextract output; made anew by planextract compact\n")
        _replace_folder(staged, target)
    return CompactSummary(
        documents=len(documents),
        files={name: writer.files for name, writer in writers.items()},
        rows={name: writer.rows for name, writer in writers.items()},
        bytes_before=before,
        bytes_after=sum(path.stat().st_size for path in target.rglob("*.parquet")),
    )


_MARK = ".compacted"


class _TableWriter:
    """Writes a table's rows into files of a useful size."""

    def __init__(self, table: TableSpec, folder: Path, file_bytes: int, *, is_older: bool) -> None:
        self.files = self.rows = 0
        self._schema = make_schema(table)
        for place, item in enumerate(self._schema):
            if is_older and item.name in LATER_COLUMNS.get(table.name, ()):
                self._schema = self._schema.set(place, item.with_nullable(True))
        self._table = table
        self._folder = folder
        self._file_bytes = file_bytes
        self._waiting: list[Any] = []
        self._waiting_bytes = self._written_bytes = 0
        self._writer: Any = None
        self._numbers: dict[tuple[str, ...], int] = defaultdict(int)

    def add(self, part: Any, partition: tuple[str, ...]) -> None:  # noqa: ANN401  (pyarrow has no types)
        """Add a document's part; rows are written in groups of a useful size."""
        table = part.cast(self._schema)
        self._open(partition)
        self.rows += table.num_rows
        self._waiting.append(table)
        self._waiting_bytes += table.nbytes
        if self._waiting_bytes >= min(_ROW_GROUP_BYTES, self._file_bytes):
            self._write_group()
            if self._written_bytes >= self._file_bytes:
                self.end_file()

    def end_file(self) -> None:
        """Finish the file that is being written."""
        self._write_group()
        if self._writer is not None:
            self._writer.close()
            self._writer, self._written_bytes = None, 0

    def _open(self, partition: tuple[str, ...]) -> None:
        import pyarrow.parquet as pq

        if self._writer is None:
            folder = self._folder.joinpath(*partition)
            folder.mkdir(parents=True, exist_ok=True)
            path = folder / f"part-{self._numbers[partition]:05}.parquet"
            self._numbers[partition] += 1
            self.files += 1
            self._writer = pq.ParquetWriter(
                path, self._schema, compression="zstd", version="2.6", write_statistics=True, write_page_index=True
            )

    def _write_group(self) -> None:
        import pyarrow as pa

        if self._writer is not None and self._waiting:
            table = pa.concat_tables(self._waiting)
            self._writer.write_table(table, row_group_size=max(table.num_rows, 1))
            self._written_bytes += self._waiting_bytes
            self._waiting, self._waiting_bytes = [], 0


def _find_documents(parts: PartReader) -> list[_Document]:
    """Return the committed documents by region, year and id."""
    found = []
    for doc_id in parts.find_documents():
        marker = parts.read(BY_NAME[MARKER_TABLE], doc_id, ("doc_id", "region", "plan_year", "parts"))
        row = marker.to_pylist()[0]
        year = _UNKNOWN if row["plan_year"] is None else str(row["plan_year"])
        found.append(
            _Document(doc_id=doc_id, region=row["region"] or _UNKNOWN, year=year, is_older=row["parts"] is None)
        )
    return sorted(found, key=lambda document: (document.region, document.year, document.doc_id))


def _group(documents: Sequence[_Document], keys: Sequence[str]) -> Iterator[tuple[tuple[str, ...], list[_Document]]]:
    groups: dict[tuple[str, ...], list[_Document]] = defaultdict(list)
    for document in documents:
        groups[document.partition(keys)].append(document)
    yield from sorted(groups.items())


@contextmanager
def _removed_on_error(folder: Path) -> Iterator[None]:
    try:
        yield
    except BaseException:
        shutil.rmtree(folder, ignore_errors=True)
        raise


def _refuse_foreign(target: Path) -> None:
    """Refuse to replace a folder that compacting did not make."""
    if target.exists() and not (target / _MARK).is_file() and (not target.is_dir() or any(target.iterdir())):
        raise OutputError(
            "write.not_a_folder",
            "there is something else at the target",
            file=str(target),
            advice="Choose another folder with --to.",
        )


def _replace_folder(staged: Path, target: Path) -> None:
    """Put a folder in another one's place; the old one is removed when the new one stands there."""
    flush_files([path for path in staged.rglob("*") if path.is_file()])
    old = target.with_name(f".{target.name}-old")
    shutil.rmtree(old, ignore_errors=True)
    if target.exists():
        target.rename(old)
    staged.rename(target)
    shutil.rmtree(old, ignore_errors=True)
