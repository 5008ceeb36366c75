"""A run over many inputs: each is committed or quarantined on its own."""

from __future__ import annotations

import hashlib
import platform
import time
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Protocol

from planextract.decisions import LogContent, load_judgements, log_path, read_log, with_judgements
from planextract.dictionaries import load_dictionaries
from planextract.errors import EXIT_INPUT, EXIT_OK, OutputError, PlanExtractError, UsageError
from planextract.model.plan import Extraction
from planextract.run.extract import explain_unforeseen, extract_input
from planextract.run.inputs import FoundInputs, InputFile, find_inputs, read_bytes
from planextract.run.versions import RunVersions, find_versions
from planextract.settings import Settings
from planextract.version import SCHEMA_VERSION, __version__
from planextract.write.commit import OutputFolder
from planextract.write.rows import Row, make_agency_rows, make_rows


class Progress(Protocol):
    """Is told how a run goes on."""

    def start(self, total: int) -> None:
        """Say how many inputs there are."""
        ...

    def advance(self, name: str) -> None:
        """Say that an input is done."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentResult:
    """What became of one input; ``error`` if it was quarantined, ``same_as`` if its bytes were seen before."""

    doc_id: str
    name: str
    seconds: float
    plans: int = 0
    tasks: int = 0
    measures: int = 0
    responsibilities: int = 0
    unresolved: int = 0
    needs_review: int = 0
    findings: int = 0
    stale: int = 0
    error: PlanExtractError | None = None
    same_as: str | None = None
    sha256: str | None = None
    overrides_version: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RunSummary:
    """The account of a run."""

    output: Path
    results: tuple[DocumentResult, ...]
    passed_over: tuple[str, ...]
    seconds: float
    decisions: int = 0
    unreadable_lines: tuple[int, ...] = ()

    @property
    def failed(self) -> tuple[DocumentResult, ...]:
        """Inputs that were quarantined."""
        return tuple(result for result in self.results if result.error is not None)

    @property
    def exit_code(self) -> int:
        """0 if every input was committed, 3 if work was lost."""
        return EXIT_INPUT if self.failed else EXIT_OK

    def total(self, field: str) -> int:
        """Add up a count over all documents."""
        return sum(int(getattr(result, field)) for result in self.results)


def run_inputs(
    paths: Sequence[Path],
    output: Path,
    settings: Settings,
    progress: Progress,
    extra_dictionaries: Path | None = None,
    decisions: Path | None = None,
    review_log: Path | None = None,
) -> RunSummary:
    """Extract all inputs into an output folder.

    Args:
        paths: Files and folders.
        output: Folder; made if it does not exist. Documents of earlier runs stay.
        settings: Settings of the run.
        progress: Is told how it goes on.
        extra_dictionaries: Folder with the user's own dictionaries.
        decisions: Log of decisions on agency names, replayed; a file that does not exist holds none.
        review_log: Log of the review page, replayed; without it the one beside the output, if there is one.

    Raises:
        UsageError: If a path does not exist.
        ConfigError: If a dictionary is wrong.
        OutputError: If the output cannot be written; documents committed before stay.
    """
    started = time.perf_counter()
    inputs = find_inputs(paths)
    _refuse_own_output(inputs, output)
    log = _read_decisions(review_log, output)
    known = frozenset(_identify(f, settings)[0] for f in inputs.files) if log.decisions else frozenset()
    dictionaries = load_dictionaries(extra_dictionaries)
    if decisions is not None:
        dictionaries = with_judgements(dictionaries, load_judgements(decisions))
    agencies = make_agency_rows(dictionaries.agencies)
    versions = find_versions(settings, dictionaries.version)
    folder = OutputFolder(output)
    try:
        folder.write_agencies(agencies)
        results: list[DocumentResult] = []
        seen: dict[str, str] = {}
        progress.start(len(inputs.files))
        for file in inputs.files:
            began = time.perf_counter()
            doc_id, data, error = _identify(file, settings)
            if doc_id in seen:
                results.append(DocumentResult(doc_id=doc_id, name=file.name, seconds=0.0, same_as=seen[doc_id]))
                progress.advance(file.name)
                continue
            seen[doc_id] = file.name
            try:
                if error is not None:
                    raise error
                extraction = extract_input(file, dictionaries, settings, data, log, known)
                _commit(folder, extraction, versions, agencies)
                counted = _count(extraction, file.name, time.perf_counter() - began)
                results.append(replace(counted, sha256=hashlib.sha256(data or b"").hexdigest()))
            except OutputError:
                raise
            except PlanExtractError as exc:
                folder.quarantine(doc_id, file.name, exc)
                seconds = time.perf_counter() - began
                results.append(DocumentResult(doc_id=doc_id, name=file.name, seconds=seconds, error=exc))
            progress.advance(file.name)
        summary = RunSummary(
            output=output, results=tuple(results), passed_over=inputs.passed_over,
            seconds=time.perf_counter() - started, decisions=len(log.standing), unreadable_lines=log.unreadable_lines,
        )  # fmt: skip
        folder.write_manifest(_make_manifest(summary, paths, settings, versions))
        return summary
    finally:
        folder.close()


def _read_decisions(path: Path | None, output: Path) -> LogContent:
    if path is not None and not path.is_file():
        raise UsageError("run.no_such_path", "there is no such decisions log", file=str(path))
    return read_log(path or log_path(output))


def _commit(folder: OutputFolder, extraction: Extraction, versions: RunVersions, agencies: list[Row]) -> None:
    try:
        folder.commit_document(make_rows(extraction, versions.dictionary, versions.code, versions.settings), agencies)
    except PlanExtractError:
        raise
    except Exception as exc:
        raise explain_unforeseen(extraction.source_path, exc) from exc


def _refuse_own_output(inputs: FoundInputs, output: Path) -> None:
    """Refuse an output folder that holds an input: a run would read what runs write."""
    for file in inputs.files:
        if output.resolve() in file.path.resolve().parents and (output / "documents").is_dir():
            raise OutputError("write.output_holds_input", f"the output folder holds the input {file.name}",
                              file=str(output), advice="Choose another folder with -o.")  # fmt: skip


def _identify(file: InputFile, settings: Settings) -> tuple[str, bytes | None, PlanExtractError | None]:
    try:
        data = read_bytes(file, settings.read.max_file_bytes)
    except PlanExtractError as exc:
        return hashlib.sha256(file.name.encode()).hexdigest()[:16], None, exc
    return hashlib.sha256(data).hexdigest()[:16], data, None


def _count(extraction: Extraction, name: str, seconds: float) -> DocumentResult:
    tasks = [task for plan in extraction.plans for task in plan.tasks]
    measures = [measure for task in tasks for measure in task.measures]
    responsibilities = [item for measure in measures for item in measure.responsibilities]
    return DocumentResult(
        doc_id=extraction.doc_id, name=name, seconds=seconds, plans=len(extraction.plans), tasks=len(tasks),
        measures=len(measures), responsibilities=len(responsibilities),
        unresolved=sum(item.match.kind == "unresolved" for item in responsibilities),
        needs_review=sum(measure.needs_review for measure in measures),
        findings=sum(f.severity != "info" and f.decision_id is None for f in extraction.findings),
        stale=sum(finding.code == "decisions.stale" for finding in extraction.findings),
        overrides_version=extraction.overrides_version,
    )  # fmt: skip


def _make_manifest(
    summary: RunSummary, paths: Sequence[Path], settings: Settings, versions: RunVersions
) -> dict[str, object]:
    import pyarrow as pa

    return {
        "planextract": __version__,
        "contract_version": SCHEMA_VERSION,
        "code_version": versions.code,
        "dictionary_version": versions.dictionary,
        "settings_version": versions.settings,
        "python": platform.python_version(),
        "pyarrow": pa.__version__,
        "finished_at": datetime.now(UTC).isoformat(timespec="seconds"),
        "seconds": round(summary.seconds, 3),
        "settings": settings.to_dict(),
        "given": [path.name if path.is_absolute() else path.as_posix() for path in paths],
        "inputs": [
            {
                "doc_id": result.doc_id,
                "sha256": result.sha256,
                "source_path": result.name,
                "overrides_version": result.overrides_version,
                "status": "quarantined" if result.error else "duplicate" if result.same_as else "committed",
                "same_as": result.same_as,
                "code": result.error.code if result.error else None,
                "seconds": round(result.seconds, 4),
            }
            for result in summary.results
        ],
        "passed_over": list(summary.passed_over),
        "decisions": summary.decisions,
    }
