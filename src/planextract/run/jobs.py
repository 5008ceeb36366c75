"""What travels between a run and its workers: small, and safe to send to another process or machine."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from planextract.errors import PlanExtractError
from planextract.model.decision import Decision
from planextract.model.progress_report import ProgressReport
from planextract.run.inputs import InputFile
from planextract.run.versions import RunVersions
from planextract.settings import Settings
from planextract.write.records import Row


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkContext:
    """What all jobs of a run share."""

    output: str
    settings: Settings
    extra_dictionaries: Path | tuple[Path, ...] | None
    versions: RunVersions
    run_id: str
    decisions: Path | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    """One document to extract and commit.

    Attributes:
        number: Position among the run's inputs.
        doc_id: First 16 hex digits of ``sha256``.
        sha256: Hash of the bytes that are to be read.
        file: Where it is.
        overrides: Bytes of its override file.
        recognised: Bytes of the file with its recognised text, of a scan that has one beside it.
        decisions: What people decided on it on the review page.
        reports: What was reported on its measures.
        lost_pages: Pages (from 1) to leave out: a reader died or hung on them.
        errors: Why earlier attempts failed; the job runs in degraded mode if there are any.
    """

    number: int
    doc_id: str
    sha256: str
    file: InputFile
    overrides: bytes | None = None
    recognised: bytes | None = None
    decisions: tuple[Decision, ...] = ()
    reports: tuple[ProgressReport, ...] = ()
    lost_pages: tuple[int, ...] = ()
    errors: tuple[PlanExtractError, ...] = ()

    @property
    def is_degraded(self) -> bool:
        """Whether this is the retry: the plain reader only, page by page."""
        return bool(self.errors)


@dataclass(frozen=True, slots=True, kw_only=True)
class Counts:
    """What is in a committed document."""

    plans: int = 0
    tasks: int = 0
    measures: int = 0
    responsibilities: int = 0
    unresolved: int = 0
    needs_review: int = 0
    findings: int = 0
    stale: int = 0
    withheld: int = 0  # 1 if names of people were withheld


@dataclass(frozen=True, slots=True, kw_only=True)
class Reply:
    """What became of a job: committed, or an error.

    Attributes:
        job: The job as it was last tried.
        counts: Of a committed document.
        error: Why it was not committed.
        seconds: Wall-clock time of all attempts.
        read_seconds: Of them, reading the input; 0 if its stored reading was taken.
        pages: Pages read.
        overrides_version: Hash of its override file.
        reader: Which reader read it; None if it was not read.
        marker_sha256: Hash of the marker that was committed; it lists the hashes of all other parts.
        bodies: Rows of the bodies that it names and the dictionary's files do not hold.
    """

    job: Job
    counts: Counts = Counts()
    error: PlanExtractError | None = None
    seconds: float = 0.0
    read_seconds: float = 0.0
    pages: int = 0
    overrides_version: str | None = None
    reader: str | None = None
    marker_sha256: str | None = None
    bodies: tuple[Row, ...] = ()


class Observer(Protocol):
    """Is told how an engine goes on."""

    def tick(self) -> None:
        """Is called several times a second, also when nothing happens."""
        ...

    def report_page(self, job: Job, page_number: int, page_count: int) -> None:
        """Say that a page is being read."""
        ...

    def report_retry(self, job: Job, error: PlanExtractError) -> None:
        """Say that an attempt failed and the job is tried again."""
        ...


class Engine(Protocol):
    """Runs jobs somewhere and hands back one reply each, in any order."""

    def run(self, jobs: Iterator[Job], observer: Observer) -> Iterator[Reply]:
        """Yield replies until all jobs are done, or those under way if :meth:`drain` was called."""
        ...

    def drain(self) -> None:
        """Take no further job; finish those under way."""
        ...

    def close(self) -> None:
        """End all workers."""
        ...
