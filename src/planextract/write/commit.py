"""Commit a document whole or not at all.

Parts are staged, flushed to the disk and renamed one by one; the part of ``documents`` goes last and is what
makes the document exist. When a document is replaced, that marker is taken away first. A document that stands
there with the same bytes is left alone: the bytes follow from input and versions, so that a process given up for
dead which commits late does no harm.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from datetime import date
from pathlib import Path

from planextract.errors import PlanExtractError
from planextract.write.constraints import check_rows
from planextract.write.contract import BY_NAME, DOCUMENT_TABLES
from planextract.write.nested import make_json
from planextract.write.records import Row
from planextract.write.rows import Rows
from planextract.write.store import Store, output_errors

MARKER_TABLE = "documents"
BODIES = ".bodies"


def part_names(doc_id: str) -> tuple[str, ...]:
    """Return the names of all files of a document, the marker first: the order to take them away."""
    tables = [f"{table.name}/{doc_id}.parquet" for table in DOCUMENT_TABLES if table.name != MARKER_TABLE]
    return (f"{MARKER_TABLE}/{doc_id}.parquet", *tables, f"json/{doc_id}.json", bodies_name(doc_id))


def bodies_name(doc_id: str) -> str:
    """Return the name of the record of bodies that a document names and the dictionary's files do not hold."""
    return f"{BODIES}/{doc_id}.json"


def quarantine_name(doc_id: str) -> str:
    """Return the name of a document's quarantine record."""
    return f"quarantine/{doc_id}.json"


class OutputFolder:
    """An output that documents are committed to.

    Args:
        store: Where it is.
        agencies: Rows of the dictionary, that the documents' rows refer to.
        run_id: Run that must hold the lock when something is published; None if nobody locks.

    Raises:
        OutputError: From any method, if it cannot be written; nothing half-written stays.
    """

    def __init__(self, store: Store, agencies: list[Row], run_id: str | None = None) -> None:
        self.store = store
        self._agencies = agencies
        self._known = frozenset(str(row["agency_id"]) for row in agencies)
        self._run_id = run_id

    def commit_document(self, rows: Rows) -> None:
        """Check one document's rows against the contract and commit them.

        Raises:
            InternalError: If the rows break the contract.
        """
        from planextract.write.arrow import write_parquet  # heavy, and a run that finds nothing new writes nothing

        document = rows["documents"][0]
        doc_id = str(document["doc_id"])
        bodies = self.new_bodies(rows)
        check_rows({**rows, "agencies": [*self._agencies, *bodies]}, DOCUMENT_TABLES, str(document["source_path"]))
        with self._staged() as staging:
            for table in DOCUMENT_TABLES:
                write_parquet(table, rows[table.name], staging / f"{table.name}.parquet")
            with (staging / "document.json").open("w", encoding="utf-8") as stream:
                stream.writelines(make_json(rows))
            (staging / "bodies.json").write_text(format_bodies(bodies), encoding="utf-8")
            marker, *parts = part_names(doc_id)
            there = self.store.read(marker)
            is_same = there == (staging / f"{MARKER_TABLE}.parquet").read_bytes()
            if is_same and all(self.store.exists(part) for part in parts):
                return  # a marker holds all versions that the parts follow from
            self._check_lock()
            self.store.remove([marker, quarantine_name(doc_id)] if there else [quarantine_name(doc_id)])
            files = [(staging / _staged_name(name), name) for name in (*parts, marker)]
            with self._withdraw_on_failure(doc_id):
                self.store.publish(files)

    def new_bodies(self, rows: Rows) -> tuple[Row, ...]:
        """Return the bodies that a document names and the dictionary's files do not hold."""
        return tuple(row for row in rows.get("agencies", ()) if row["agency_id"] not in self._known)

    def quarantine(self, doc_id: str, source_path: str, error: PlanExtractError, attempts: Sequence[str] = ()) -> None:
        """Record an input that could not be extracted, and withdraw what an earlier run made of it.

        Args:
            doc_id: The document.
            source_path: Its name in outputs.
            error: Why.
            attempts: What became of each attempt, where there were several.
        """
        record: dict[str, object] = {
            "doc_id": doc_id, "source_path": source_path, "code": error.code, "cause": error.cause,
            "page": error.page, "advice": error.advice, **({"attempts": list(attempts)} if attempts else {}),
        }  # fmt: skip
        self._check_lock()
        self.withdraw(doc_id)
        self.write_json(quarantine_name(doc_id), record)

    def withdraw(self, doc_id: str) -> None:
        """Take a document away, its marker first."""
        self.store.remove(part_names(doc_id))

    def write_agencies(self, known: Mapping[str, Sequence[Row]] | None = None) -> None:
        """Write the dictionary as used: its files' entries, and the bodies that documents name by grammar.

        Args:
            known: Bodies of documents whose records need not be read, by document.
        """
        from planextract.write.arrow import write_parquet

        known = known or {}
        rows = {str(row["agency_id"]): row for row in self._agencies}
        names = sorted(name.removesuffix(".json") for name in self.store.list_stamps(BODIES))
        for doc_id in names:
            there = known.get(doc_id)
            bodies = there if there is not None else read_bodies(self.store.read(bodies_name(doc_id)))
            for row in bodies:
                rows.setdefault(str(row["agency_id"]), row)
        with self._staged() as staging:
            staged = staging / "agencies.parquet"
            write_parquet(BY_NAME["agencies"], [rows[key] for key in sorted(rows)], staged)
            if self.store.read("agencies.parquet") != staged.read_bytes():
                self.store.publish([(staged, "agencies.parquet")])

    def write_json(self, name: str, content: object) -> None:
        """Write a file of JSON."""
        self.write_text(name, json.dumps(content, ensure_ascii=False, indent=1) + "\n")

    def write_text(self, name: str, text: str) -> None:
        """Write a file of text."""
        with self._staged() as staging:
            staged = staging / "record"
            staged.write_text(text, encoding="utf-8")
            self.store.publish([(staged, name)])

    def _check_lock(self) -> None:
        if self._run_id is not None:
            self.store.check_lock(self._run_id)

    @contextmanager
    def _withdraw_on_failure(self, doc_id: str) -> Iterator[None]:
        """Take the parts away that were published before one could not be."""
        try:
            yield
        except BaseException:
            with suppress(PlanExtractError, OSError):
                self._check_lock()  # the document may be another run's by now
                self.withdraw(doc_id)
            raise

    @contextmanager
    def _staged(self) -> Iterator[Path]:
        """Give the staging folder, and empty it when something fails or is left over."""
        with output_errors(self.store.location):
            staging = self.store.staging()
            try:
                yield staging
            finally:
                for part in staging.glob("*"):
                    part.unlink(missing_ok=True)


def format_bodies(rows: Sequence[Row]) -> str:
    """Return the record of a document's bodies as JSON."""
    return json.dumps(list(rows), ensure_ascii=False, default=str) + "\n"


def read_bodies(content: bytes | None) -> list[Row]:
    """Read a record of bodies; one that is torn or not there holds none."""
    try:
        rows = json.loads(content or b"[]")
    except ValueError:
        return []
    for row in rows:
        for key in ("valid_from", "valid_to"):
            row[key] = date.fromisoformat(row[key]) if row[key] else None
    return list(rows)


def _staged_name(name: str) -> str:
    folder, _, _ = name.partition("/")
    return {"json": "document.json", BODIES: "bodies.json"}.get(folder, f"{folder}.parquet")
