"""Commit a document whole or not at all.

Parts are written to a staging folder inside the output, flushed to the disk and renamed one by one; the
part of ``documents`` goes last and is what makes the document exist. When a document is replaced, that
marker is taken away first.
"""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from planextract.errors import OutputError, PlanExtractError
from planextract.write.arrow import write_parquet
from planextract.write.constraints import check_rows
from planextract.write.contract import BY_NAME, DOCUMENT_TABLES
from planextract.write.nested import make_json
from planextract.write.rows import Row, Rows

_MARKER = "documents"


class OutputFolder:
    """An output folder that documents are committed to.

    Raises:
        OutputError: From any method, if the folder cannot be written; nothing half-written stays.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        with _output_errors(path):
            if path.exists() and not path.is_dir():
                raise OutputError("write.not_a_folder", "the output must be a folder", file=str(path),
                                  advice="Choose another folder with -o.")  # fmt: skip
            path.mkdir(parents=True, exist_ok=True)
            self._staging = path / f".staging-{os.getpid()}"
            shutil.rmtree(self._staging, ignore_errors=True)
            self._staging.mkdir()

    def close(self) -> None:
        """Remove the staging folder."""
        shutil.rmtree(self._staging, ignore_errors=True)

    def commit_document(self, rows: Rows, agencies: list[Row]) -> None:
        """Check one document's rows against the contract and commit them.

        Raises:
            InternalError: If the rows break the contract.
        """
        document = rows["documents"][0]
        doc_id = str(document["doc_id"])
        check_rows({**rows, "agencies": agencies}, DOCUMENT_TABLES, str(document["source_path"]))
        with _output_errors(self.path), self._clean_on_failure():
            for table in DOCUMENT_TABLES:
                write_parquet(table, rows[table.name], self._staging / f"{table.name}.parquet")
            with (self._staging / "document.json").open("w", encoding="utf-8") as stream:
                stream.writelines(make_json(rows))
            for part in self._staging.iterdir():
                _flush(part)
            self._withdraw(doc_id)
            (self.path / "quarantine" / f"{doc_id}.json").unlink(missing_ok=True)
            with self._withdraw_on_failure(doc_id):
                self._publish(self._staging / "document.json", self.path / "json" / f"{doc_id}.json")
                for table in reversed(DOCUMENT_TABLES):
                    self._publish(self._staging / f"{table.name}.parquet", self.path / table.name / f"{doc_id}.parquet")

    def quarantine(self, doc_id: str, source_path: str, error: PlanExtractError) -> None:
        """Record an input that could not be extracted, and withdraw what an earlier run made of it."""
        record: dict[str, object] = {
            "doc_id": doc_id, "source_path": source_path, "code": error.code, "cause": error.cause,
            "page": error.page, "advice": error.advice,
        }  # fmt: skip
        with _output_errors(self.path):
            self._withdraw(doc_id)
            self._write_json(self.path / "quarantine" / f"{doc_id}.json", record)

    def write_agencies(self, rows: list[Row]) -> None:
        """Write the dictionary as used."""
        with _output_errors(self.path), self._clean_on_failure():
            staged = self._staging / "agencies.parquet"
            write_parquet(BY_NAME["agencies"], rows, staged)
            self._publish(staged, self.path / "agencies.parquet")

    def write_manifest(self, manifest: dict[str, object]) -> None:
        """Write manifest.json: the only file that holds times."""
        with _output_errors(self.path):
            self._write_json(self.path / "manifest.json", manifest)

    def _write_json(self, target: Path, content: dict[str, object]) -> None:
        with self._clean_on_failure():
            staged = self._staging / "record.json"
            staged.write_text(json.dumps(content, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
            self._publish(staged, target)

    def _publish(self, staged: Path, target: Path) -> None:
        target.parent.mkdir(parents=True, exist_ok=True)
        _flush(staged)
        staged.replace(target)

    def _withdraw(self, doc_id: str) -> None:
        """Take a document away, its marker first."""
        (self.path / _MARKER / f"{doc_id}.parquet").unlink(missing_ok=True)
        for table in DOCUMENT_TABLES:
            (self.path / table.name / f"{doc_id}.parquet").unlink(missing_ok=True)
        (self.path / "json" / f"{doc_id}.json").unlink(missing_ok=True)

    @contextmanager
    def _withdraw_on_failure(self, doc_id: str) -> Iterator[None]:
        """Take the parts away that were published before one could not be."""
        try:
            yield
        except BaseException:
            with suppress(OSError):
                self._withdraw(doc_id)
            raise

    @contextmanager
    def _clean_on_failure(self) -> Iterator[None]:
        try:
            yield
        except BaseException:
            for part in self._staging.glob("*"):
                part.unlink(missing_ok=True)
            raise


def _flush(path: Path) -> None:
    with path.open("rb") as stream:
        os.fsync(stream.fileno())


@contextmanager
def _output_errors(path: Path) -> Iterator[None]:
    """Turn errors of the file system into ours."""
    try:
        yield
    except PermissionError as exc:
        raise OutputError("write.no_permission", "the output folder cannot be written: no permission", file=str(path),
                          advice="Choose another folder with -o or change its permissions.") from exc  # fmt: skip
    except FileExistsError as exc:
        raise OutputError(
            "write.not_a_folder",
            "a file stands where a folder is needed",
            file=str(exc.filename or path),
            advice="Choose another folder with -o.",
        ) from exc
    except OSError as exc:
        cause = f"writing failed: {exc.strerror or exc}"
        raise OutputError("write.failed", cause, file=str(path),
                          advice="Free some space or choose another folder, then run again; no half part stays.",
                          ) from exc  # fmt: skip
