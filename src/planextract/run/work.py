"""What a worker does with one job: read (or take the stored reading), extract, commit."""

from __future__ import annotations

import hashlib
import time
from dataclasses import replace

from planextract.errors import PlanExtractError
from planextract.model.plan import Extraction
from planextract.model.record import Finding
from planextract.model.source import SourceDocument
from planextract.phrases import Phrase
from planextract.read.programs import describe_programs
from planextract.read.stored import decode_source, encode_source
from planextract.read.uncollected import uncollected
from planextract.read.watch import Watch, watching
from planextract.run.bundles import read_input
from planextract.run.extract import extract_source, naming_errors
from planextract.run.jobs import Counts, Job, Reply, WorkContext
from planextract.run.versions import hash_reading
from planextract.run.vocabularies import load_vocabularies
from planextract.settings import Settings
from planextract.wording.looks import share_left
from planextract.write.commit import OutputFolder, reading_name
from planextract.write.rows import make_agency_rows, make_rows
from planextract.write.store import open_store


class Workshop:
    """Everything that a worker keeps between jobs."""

    def __init__(self, context: WorkContext) -> None:
        self._context = context
        self._dictionaries = load_vocabularies(context.extra_dictionaries, context.decisions)
        self._store = open_store(context.output)
        self._output = OutputFolder(self._store, make_agency_rows(self._dictionaries.agencies), context.run_id)
        self._reading_version = hash_reading(context.settings, context.versions)

    def do(self, job: Job, watch: Watch) -> Reply:
        """Extract and commit a document; errors of whatever kind are in the reply.

        Raises:
            OutputError: If the output cannot be written: the run must stop.
        """
        began = time.perf_counter()
        counted = _PageCount(watch)
        reply = Reply(job=job)
        try:
            with naming_errors(job.file.name), uncollected():
                source, read_seconds = self._read(job, counted)
                settings, versions = self._context.settings, self._context.versions
                extraction = extract_source(
                    source, job.overrides, job.file, self._dictionaries, settings, job.decisions, job.reports
                )
                if job.is_degraded:
                    extraction = replace(extraction, findings=(*extraction.findings, _note_degraded(job)))
                rows = make_rows(extraction, versions.dictionary, versions.code, versions.settings)
                marker_sha256 = self._output.commit_document(rows)
                reply = Reply(
                    job=job,
                    counts=count_rows(extraction),
                    read_seconds=read_seconds,
                    overrides_version=extraction.overrides_version,
                    bodies=self._output.new_bodies(rows),
                    reader=source.reader,
                    marker_sha256=marker_sha256,
                )
        except PlanExtractError as exc:
            reply = Reply(job=job, error=exc)
        return replace(reply, seconds=time.perf_counter() - began, pages=counted.pages)

    @property
    def scratch(self) -> str | None:
        """Folder for temporary files, below the output; None where the output is no folder of this machine."""
        return self._store.scratch()

    def close(self) -> None:
        """Remove staged files."""
        self._store.close()

    def _read(self, job: Job, watch: Watch) -> tuple[SourceDocument, float]:
        """Return the document as read and the seconds that reading the input took, 0 if it was stored."""
        name, version = reading_name(job.doc_id), self._reading_version
        if job.recognised is not None:
            version += hashlib.sha256(job.recognised).hexdigest()[:16]
        is_kept = self._context.settings.run.keep_readings and not job.is_degraded
        if is_kept and (stored := self._store.read(name)) is not None:
            source = decode_source(stored, lambda reader: self._stamp_reading(version, reader))
            if source is not None and source.doc_id == job.doc_id:
                return replace(source, source_path=job.file.name), 0.0
        began = time.perf_counter()
        source = self._read_input(job, watch)
        seconds = time.perf_counter() - began
        if is_kept:
            self._output.write_reading(name, encode_source(source, self._stamp_reading(version, source.reader)))
        return source, seconds

    def _stamp_reading(self, version: str, reader: str) -> str:
        """Return the version of a reading: of what all share, and of the programs that this reader uses."""
        programs = describe_programs(reader, self._context.settings.read.ocr)
        return version + programs

    def _read_input(self, job: Job, watch: Watch) -> SourceDocument:
        settings = _degrade(self._context.settings) if job.is_degraded else self._context.settings
        with watching(watch):
            return read_input(job.file, settings.read, job.recognised, job.sha256)


class _PageCount:
    """Counts the pages that are read, on their way to another watch."""

    def __init__(self, watch: Watch) -> None:
        self.pages = 0
        self._watch = watch

    def begin_page(self, page_number: int, page_count: int) -> bool:
        self.pages += 1
        return self._watch.begin_page(page_number, page_count)


def _degrade(settings: Settings) -> Settings:
    """Return settings with the plain reader only."""
    return replace(settings, read=replace(settings.read, reader="pdfium", verify=False))


def _note_degraded(job: Job) -> Finding:
    message = Phrase("read in degraded mode, without second readers: {cause}", cause=job.errors[0].cause)
    return Finding.of("run.degraded", message)


def count_rows(extraction: Extraction) -> Counts:
    """Count what a document holds."""
    tasks = [task for plan in extraction.plans for task in plan.tasks]
    measures = [measure for task in tasks for measure in task.measures]
    responsibilities = [item for measure in measures for item in measure.responsibilities]
    return Counts(
        plans=len(extraction.plans),
        tasks=len(tasks),
        measures=len(measures),
        responsibilities=len(responsibilities),
        unresolved=sum(item.match.kind == "unresolved" for item in responsibilities),
        needs_review=sum(measure.needs_review for measure in measures),
        findings=sum(f.severity != "info" and f.decision_id is None for f in extraction.findings),
        stale=sum(finding.code == "decisions.stale" for finding in extraction.findings),
        left=share_left((m.needs_review, m.confidence, len(m.value_confidences)) for m in measures),
        withheld=int(any(finding.code == "check.personal_data" for finding in extraction.findings)),
    )
