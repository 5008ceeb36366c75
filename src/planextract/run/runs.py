"""A run over many inputs: what is fresh is passed over, the rest is extracted, committed or quarantined on its own."""

from __future__ import annotations

import hashlib
import time
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import replace
from itertools import chain, islice
from pathlib import Path

from planextract.decisions import LogContent
from planextract.decisions.progress_log import ProgressLog, format_report, progress_path, read_progress
from planextract.decisions.records import format_decision
from planextract.dictionaries import forget_dictionaries
from planextract.errors import OutputError, PlanExtractError
from planextract.read.pdf.installed import check_readers
from planextract.run.account import DocumentResult, Progress, RunSummary
from planextract.run.bundles import find_documents, hash_document
from planextract.run.engines import open_engine
from planextract.run.inputs import (
    FoundInputs,
    InputFile,
    is_settled,
    read_overrides_file,
    read_recognised_file,
    stamp_input,
)
from planextract.run.interrupts import draining
from planextract.run.jobs import Engine, Job, Reply, WorkContext
from planextract.run.journal import JOURNAL, MANIFEST, Entry, Journal, make_key
from planextract.run.manifest import make_manifest, now
from planextract.run.options import RunOptions
from planextract.run.refusals import read_decisions, refuse_files_in_the_way, refuse_own_output
from planextract.run.versions import find_versions
from planextract.run.vocabularies import check_folders, check_region, load_vocabularies
from planextract.settings import Settings
from planextract.write.commit import OutputFolder, part_names, quarantine_name, reading_name
from planextract.write.parts import hash_bytes
from planextract.write.records import Row
from planextract.write.rows import make_agency_rows
from planextract.write.store import Store, is_url, make_run_id, open_store, output_errors

_MAX_ROUNDS = 3


def run_inputs(
    paths: Sequence[Path | str],
    output: Path | str,
    settings: Settings,
    progress: Progress,
    options: RunOptions | None = None,
) -> RunSummary:
    """Extract all inputs into an output folder.

    Args:
        paths: Files, folders and URLs.
        output: Folder or URL; made if it does not exist. Documents of earlier runs stay.
        settings: Settings of the run.
        progress: Is told how it goes on.
        options: How it is to be done.

    Raises:
        UsageError: If a path does not exist.
        ConfigError: If a dictionary is wrong.
        OutputError: If the output cannot be written, or another run writes it; committed documents stay.
    """
    options = options or RunOptions()
    started = time.perf_counter()
    inputs = find_documents(paths, as_one=options.as_one)
    with output_errors(str(output)):
        refuse_own_output(inputs, output)
        refuse_files_in_the_way(output)
    check_readers(settings.read)
    decided = read_decisions(options.decisions, output)
    told = ProgressLog() if is_url(str(output)) else read_progress(progress_path(Path(output)))
    if options.extra_dictionaries is not None:
        check_folders(options.extra_dictionaries)
        forget_dictionaries()
    load_vocabularies.cache_clear()  # a long-lived program may have changed the files since its last run
    dictionaries = load_vocabularies(options.extra_dictionaries, options.agency_decisions)
    check_region(settings.region, dictionaries.regions)
    context = WorkContext(
        output=str(output),
        settings=settings,
        extra_dictionaries=options.extra_dictionaries,
        versions=find_versions(settings, dictionaries.version),
        run_id=make_run_id(),
        decisions=options.agency_decisions,
    )
    store = open_store(output)
    try:
        store.lock(context.run_id)
        journal = Journal(store, settings)
        folder = OutputFolder(store, make_agency_rows(dictionaries.agencies), context.run_id)
        agencies_sha256 = _find_agencies(store, journal, dictionaries.version) or folder.write_agencies()
        run = _Run(context, inputs, journal, folder, progress, options, decided, told, agencies_sha256)
        run.work()
        return run.finish(paths, started)
    finally:
        store.close()
        store.unlock()


def _find_agencies(store: Store, journal: Journal, version: str) -> str | None:
    """Return the hash of the dictionary that stands in an output if it is the run's own and whole, else None."""
    known = journal.manifest.get("agencies_sha256")
    there = store.read("agencies.parquet") if journal.manifest.get("dictionary_version") == version else None
    return str(known) if there is not None and hash_bytes(there) == known else None


class _Run:
    """A run under way: plans jobs, takes replies, keeps the account."""

    def __init__(
        self,
        context: WorkContext,
        inputs: FoundInputs,
        journal: Journal,
        folder: OutputFolder,
        progress: Progress,
        options: RunOptions,
        decided: LogContent,
        told: ProgressLog,
        agencies_sha256: str,
    ) -> None:
        self._context = context
        self._inputs = inputs
        self._journal = journal
        self._folder = folder
        self._progress = progress
        self._options = options
        self._log = options.log
        self._results: dict[int, DocumentResult] = {}
        self._entries: dict[int, Entry] = {}
        self._seen: dict[str, str] = {}
        self._stamps: dict[int, str | None] = {}
        self._keys: dict[int, str] = {}
        self._replayed: dict[int, int] = {}
        self._decided = decided
        self._agencies_sha256 = agencies_sha256
        self._known = self._hash_all() if decided.decisions or told.reports else frozenset()
        self._told = told
        self._engine: Engine | None = None
        self._bodies: dict[str, Sequence[Row]] = {}
        self._is_draining = False
        self._versions = {
            "code": context.versions.code,
            "settings": context.versions.settings,
            "dictionary": context.versions.dictionary,
        }

    def work(self) -> None:
        """Settle every input, or those under way if the run is asked to stop."""
        total = len(self._inputs.files)
        self._progress.start(total)
        self._log.write("run_started", run_id=self._context.run_id, inputs=total, engine=self._options.engine.name)
        self._journal.begin({"run_id": self._context.run_id, "inputs": total, "started_at": now()})
        jobs: Iterator[Job] = self._plan(enumerate(self._inputs.files))
        with draining(self._drain):
            for _ in range(_MAX_ROUNDS):
                first = list(islice(jobs, 1))  # an engine is started for work only
                if not first or self._is_draining:
                    break
                self._do(chain(first, jobs))
                jobs = self._plan_lost()

    def finish(self, paths: Sequence[Path | str], started: float) -> RunSummary:
        """Prune if asked to, write the manifest, and return the account."""
        not_done = len(self._inputs.files) - len(self._results)
        leftovers = self._journal.find_leftovers(self._seen) if not not_done else []
        if self._options.prune and not not_done:
            for doc_id in leftovers:
                self._folder.store.remove((*part_names(doc_id), quarantine_name(doc_id), reading_name(doc_id)))
                self._log.write("document_pruned", doc_id=doc_id)
            self._journal.forget(leftovers)
        if self._bodies or (self._options.prune and not not_done and leftovers):
            self._agencies_sha256 = self._folder.write_agencies(self._bodies)
        numbers = sorted(self._results)
        summary = RunSummary(
            output=self._context.output,
            results=tuple(self._results[number] for number in numbers),
            decisions=sum(self._replayed.values()),
            unreadable_lines=self._decided.unreadable_lines,
            log_problems=(*self._decided.problems, *self._told.problems),
            void_decisions=load_vocabularies(self._context.extra_dictionaries, self._context.decisions).passed_over,
            passed_over=self._inputs.passed_over,
            strays=self._journal.find_strays(self._seen),
            seconds=time.perf_counter() - started,
            not_done=not_done,
            leftovers=0 if self._options.prune else len(leftovers),
            pruned=len(leftovers) if self._options.prune else 0,
        )
        entries = self._journal.restamp([self._entries[number] for number in numbers])
        entries += self._journal.others((entry.source_path, entry.doc_id) for entry in entries)
        self._folder.write_text(MANIFEST, make_manifest(summary, paths, self._context, entries, self._agencies_sha256))
        self._folder.store.remove_log(JOURNAL)
        self._log.write(
            "run_finished",
            run_id=self._context.run_id,
            done=len(numbers),
            not_done=not_done,
            quarantined=len(summary.failed),
            seconds=round(summary.seconds, 3),
        )
        return summary

    # Observer of the engine
    def tick(self) -> None:
        """Keep the lock and show progress."""
        self._folder.store.renew()
        self._progress.tick()

    def report_page(self, job: Job, page_number: int, page_count: int) -> None:
        """Hand on which page is being read."""
        self._log.write("page_read", source_path=job.file.name, page=page_number, pages=page_count)
        self._progress.read_page(job.file.name, page_number, page_count)

    def report_retry(self, job: Job, error: PlanExtractError) -> None:
        """Log an attempt that failed."""
        self._log.write(
            "attempt_failed",
            doc_id=job.doc_id,
            source_path=job.file.name,
            code=error.code,
            cause=error.cause,
            page=error.page,
            lost_pages=list(job.lost_pages),
        )

    def _do(self, jobs: Iterator[Job]) -> None:
        engine = open_engine(self._options.engine, self._context, self._inputs.files)
        self._engine = engine
        try:
            for reply in engine.run(jobs, self):
                self._settle(reply)
        finally:
            self._engine = None
            engine.close()

    def _drain(self) -> None:
        if self._engine is not None:
            self._engine.drain()
        self._is_draining = True
        self._progress.drain()

    def _plan(self, files: Iterator[tuple[int, InputFile]]) -> Iterator[Job]:
        """Yield a job for each input that is not fresh; settle the others."""
        for number, file in files:
            job = self._identify(number, file)
            if job is None:
                continue
            if job.doc_id in self._seen:
                self._settle_duplicate(job)
                continue
            self._seen[job.doc_id] = file.name
            entry = self._find_fresh(job)
            if entry is not None:
                self._settle_fresh(number, entry)
            else:
                yield job

    def _plan_lost(self) -> Iterator[Job]:
        """Yield jobs for documents whose marker is gone: a process given up for dead may have taken it away."""
        there = self._folder.store.list_stamps("documents")
        for number, result in list(self._results.items()):
            is_lost = result.error is None and result.same_as is None and f"{result.doc_id}.parquet" not in there
            if is_lost and not result.is_fresh:
                job = self._identify(number, self._inputs.files[number])
                if job is not None:
                    yield job

    def _identify(self, number: int, file: InputFile) -> Job | None:
        """Return the job of an input, its bytes hashed if they may be new; None if it cannot be read."""
        stamp = stamp_input(file)
        try:
            sha256 = self._journal.find_hash(file.name, stamp)
            if sha256 is None:
                sha256 = hash_document(file, self._context.settings.read)
            doc_id = sha256[:16]
            overrides = read_overrides_file(file)
            recognised = read_recognised_file(file, self._context.settings.read.max_file_bytes)
            decided = self._decided.for_document(doc_id, file.name, self._known)
            reports = self._told.for_document(doc_id, file.name, self._known)
        except PlanExtractError as exc:
            sha256 = hashlib.sha256(file.name.encode()).hexdigest()
            self._seen.setdefault(sha256[:16], file.name)
            self._stamps[number], self._keys[number] = None, ""
            self._settle(Reply(job=Job(number=number, doc_id=sha256[:16], sha256="", file=file), error=exc))
            return None
        self._stamps[number] = stamp if is_settled(stamp, file) else None
        self._replayed[number] = len(decided)
        beside, decisions = (overrides, recognised), (*map(format_decision, decided), *map(format_report, reports))
        self._keys[number] = make_key(sha256, file.name, beside, decisions, self._versions)
        return Job(
            number=number,
            doc_id=doc_id,
            sha256=sha256,
            file=file,
            overrides=overrides,
            recognised=recognised,
            decisions=decided,
            reports=reports,
        )

    def _hash_all(self) -> frozenset[str]:
        """Return the ids of all inputs: a decision on one of them is on no other."""
        found = set()
        for file in self._inputs.files:
            with suppress(PlanExtractError):
                known = self._journal.find_hash(file.name, stamp_input(file))
                found.add((known or hash_document(file, self._context.settings.read))[:16])
        return frozenset(found)

    def _find_fresh(self, job: Job) -> Entry | None:
        if self._options.again:
            return None
        entry = self._journal.find_fresh(job.doc_id, self._keys[job.number])
        return None if entry is not None and entry.status == "quarantined" and self._options.retry else entry

    def _settle(self, reply: Reply) -> None:
        """Take a reply: record it, quarantine what failed.

        Raises:
            OutputError: If the worker could not write: no document is to blame, and no other one can be written.
        """
        job, error = reply.job, reply.error
        unwritten = next((failure for failure in (error, *job.errors) if isinstance(failure, OutputError)), None)
        if unwritten is not None:
            raise unwritten
        attempts = tuple(f"{failure.code}: {failure.cause}" for failure in job.errors)
        if error is not None and job.errors:
            error, attempts = job.errors[0], (*attempts, f"{error.code}: {error.cause}")
        if error is not None:
            self._folder.quarantine(job.doc_id, job.file.name, error, attempts)
        entry = Entry(
            doc_id=job.doc_id,
            sha256=job.sha256 or None,
            source_path=job.file.name,
            overrides_version=reply.overrides_version,
            status="quarantined" if error else "committed",
            code=error.code if error else None,
            seconds=round(reply.seconds, 4),
            read_seconds=round(reply.read_seconds, 4),
            pages=reply.pages,
            key=self._keys[job.number],
            input_stamp=self._stamps[job.number],
            attempts=attempts,
            lost_pages=job.lost_pages,
            reader=reply.reader,
            marker_sha256=reply.marker_sha256,
            counts=reply.counts,
        )
        if error is None:
            self._bodies[job.doc_id] = reply.bodies
        self._note(job.number, self._journal.record(entry), error)

    def _settle_duplicate(self, job: Job) -> None:
        entry = Entry(
            doc_id=job.doc_id,
            sha256=job.sha256,
            source_path=job.file.name,
            status="duplicate",
            same_as=self._seen[job.doc_id],
            input_stamp=self._stamps[job.number],
        )
        known = self._journal.entries.get((entry.source_path, entry.doc_id))
        self._note(job.number, entry if known == entry else self._journal.record(entry), None)

    def _settle_fresh(self, number: int, entry: Entry) -> None:
        entry = replace(entry, input_stamp=self._stamps[number], source_path=self._inputs.files[number].name)
        self._note(number, entry, self._journal.read_error(entry), is_fresh=True)

    def _note(self, number: int, entry: Entry, error: PlanExtractError | None, *, is_fresh: bool = False) -> None:
        self._entries[number] = entry
        result = DocumentResult(
            doc_id=entry.doc_id,
            name=entry.source_path,
            seconds=0.0 if is_fresh else entry.seconds,
            counts=entry.counts,
            error=error,
            same_as=entry.same_as,
            is_fresh=is_fresh,
            pages=entry.pages,
        )
        self._results[number] = result
        self._progress.advance(result)
        if not is_fresh:
            self._log.write(
                f"document_{entry.status}",
                doc_id=entry.doc_id,
                source_path=entry.source_path,
                code=entry.code,
                seconds=entry.seconds,
                read_seconds=entry.read_seconds,
                pages=entry.pages,
                measures=entry.counts.measures,
                attempts=list(entry.attempts) or None,
            )
