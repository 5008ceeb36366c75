"""Commit a document whole or not at all.

Parts are staged, flushed to the disk and renamed one by one; the part of ``documents`` goes last and is what
makes the document exist. When a document is replaced, its older version is set aside, that marker first, and put
back if anything fails. A document that stands there with the same bytes, all of its parts, is left alone: the bytes
follow from input and versions, so that a process given up for dead which commits late does no harm.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from datetime import date
from itertools import chain
from pathlib import Path

from planextract.errors import OutputError, PlanExtractError
from planextract.phrases import encode_phrase
from planextract.write.constraints import check_rows
from planextract.write.contract import BY_NAME, DOCUMENT_TABLES
from planextract.write.nested import make_json
from planextract.write.parts import BODIES, JSON_PART, MARKER_TABLE, hash_bytes, part_name
from planextract.write.records import Row
from planextract.write.rows import Rows, merge_agency_rows
from planextract.write.store import Store, output_errors

READINGS = ".readings"


def part_names(doc_id: str) -> tuple[str, ...]:
    """Return the names of all files of a document, the marker first: the order to take them away."""
    return tuple(part_name(name, doc_id) for name in (*(table.name for table in DOCUMENT_TABLES), JSON_PART, BODIES))


def bodies_name(doc_id: str) -> str:
    """Return the name of the record of bodies that a document names and the dictionary's files do not hold."""
    return part_name(BODIES, doc_id)


def quarantine_name(doc_id: str) -> str:
    """Return the name of a document's quarantine record."""
    return f"quarantine/{doc_id}.json"


def reading_name(doc_id: str) -> str:
    """Return the name of a document's stored reading."""
    return f"{READINGS}/{doc_id}"


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

    def commit_document(self, rows: Rows) -> str:
        """Check one document's rows against the contract and commit them; return the SHA-256 of the marker.

        Raises:
            InternalError: If the rows break the contract.
        """
        from planextract.write.arrow import write_parquet  # heavy, and a run that finds nothing new writes nothing

        document = rows["documents"][0]
        doc_id = str(document["doc_id"])
        bodies = self.new_bodies(rows)
        check_rows(
            {**rows, "agencies": merge_agency_rows(self._agencies, bodies)},
            DOCUMENT_TABLES,
            str(document["source_path"]),
        )
        with self._staged() as staging:
            for table in DOCUMENT_TABLES[1:]:
                write_parquet(table, rows[table.name], staging / f"{table.name}.parquet")
            with (staging / "document.json").open("w", encoding="utf-8") as stream:
                stream.writelines(make_json(rows))
            (staging / "bodies.json").write_text(format_bodies(bodies), encoding="utf-8")
            marker, *parts = part_names(doc_id)
            listed = [
                {"table": name.partition("/")[0], "sha256": _hash_file(staging / _staged_name(name))} for name in parts
            ]
            write_parquet(BY_NAME[MARKER_TABLE], [{**document, "parts": listed}], staging / _staged_name(marker))
            marker_sha256 = _hash_file(staging / _staged_name(marker))
            files = [(staging / _staged_name(name), name) for name in (*parts, marker)]
            if all(self._stands_there(staged, name) for staged, name in reversed(files)):
                self.store.remove([quarantine_name(doc_id)])
            else:
                self._publish(files, doc_id)
            return marker_sha256

    def new_bodies(self, rows: Rows) -> tuple[Row, ...]:
        """Return the bodies that a document names and the dictionary's files do not hold, or not with their code."""
        return tuple(row for row in rows.get("agencies", ()) if row.get("uscc") or row["agency_id"] not in self._known)

    def quarantine(self, doc_id: str, source_path: str, error: PlanExtractError, attempts: Sequence[str] = ()) -> None:
        """Record an input that could not be extracted, and withdraw what an earlier run made of it.

        Args:
            doc_id: The document.
            source_path: Its name in outputs.
            error: Why.
            attempts: What became of each attempt, where there were several.
        """
        record: dict[str, object] = {
            "doc_id": doc_id,
            "source_path": source_path,
            "code": error.code,
            "cause": error.cause,
            "page": error.page,
            "advice": error.advice,
            **({"attempts": list(attempts)} if attempts else {}),
            "said": {"cause": encode_phrase(error.cause), "advice": encode_phrase(error.advice)},
        }
        with self._staged() as staging:
            staged = staging / "record"
            staged.write_text(_to_json(record), encoding="utf-8")
            self._publish([(staged, quarantine_name(doc_id))], doc_id)

    def write_agencies(self, known: Mapping[str, Sequence[Row]] | None = None) -> str:
        """Write the dictionary as used: its files' entries, and the bodies that documents name by grammar.

        Args:
            known: Bodies of documents whose records need not be read, by document.

        Returns:
            The SHA-256 of its bytes.
        """
        from planextract.write.arrow import write_parquet

        known = known or {}
        names = sorted(name.removesuffix(".json") for name in self.store.list_stamps(BODIES))
        bodies = [
            known[doc_id] if doc_id in known else read_bodies(self.store.read(bodies_name(doc_id))) for doc_id in names
        ]
        rows = merge_agency_rows(self._agencies, chain.from_iterable(bodies))
        with self._staged() as staging:
            staged = staging / "agencies.parquet"
            write_parquet(BY_NAME["agencies"], rows, staged)
            if self.store.read("agencies.parquet") != staged.read_bytes():
                sha256 = _hash_file(staged)
                self.store.publish([(staged, "agencies.parquet")])
                return sha256
            return _hash_file(staged)

    def write_reading(self, name: str, data: bytes) -> None:
        """Keep a document as read; a torn one is told by its check sum, so nothing waits for the disk."""
        with self._staged() as staging:
            staged = staging / "reading"
            staged.write_bytes(data)
            self.store.publish([(staged, name)], is_durable=False)

    def write_json(self, name: str, content: object) -> None:
        """Write a file of JSON."""
        self.write_text(name, _to_json(content))

    def write_text(self, name: str, text: str) -> None:
        """Write a file of text."""
        with self._staged() as staging:
            staged = staging / "record"
            staged.write_text(text, encoding="utf-8")
            self.store.publish([(staged, name)])

    def _check_lock(self) -> None:
        if self._run_id is not None:
            self.store.check_lock(self._run_id)

    def _publish(self, files: Sequence[tuple[Path, str]], doc_id: str) -> None:
        """Put a document's files in the place of its older version; if that fails, the older version stays."""
        marker, *parts = part_names(doc_id)
        replaces = (marker, quarantine_name(doc_id), *parts)
        self._check_lock()
        try:
            self.store.publish(files, replaces=replaces)
        except BaseException:
            with suppress(PlanExtractError, OSError):
                self._check_lock()  # the document may be another run's by now
                self.store.put_back(replaces)
            raise

    def _stands_there(self, staged: Path, name: str) -> bool:
        """Tell whether the output has a file with the bytes of a staged one."""
        there = None
        with suppress(OutputError):  # what nobody can read is put in place anew
            there = self.store.read(name)
        return there == staged.read_bytes()

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


def _hash_file(path: Path) -> str:
    return hash_bytes(path.read_bytes())


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


def _to_json(content: object) -> str:
    return json.dumps(content, ensure_ascii=False, indent=1) + "\n"
