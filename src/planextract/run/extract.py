"""Extract one file, with its overrides."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from planextract.correct.progress import attach_progress
from planextract.decisions import OVERRIDES_SUFFIX, LogContent, parse_overrides
from planextract.decisions.progress_log import format_report
from planextract.decisions.records import format_decision
from planextract.errors import ConfigError, InputError, InternalError, PlanExtractError, UsageError, find_machine_fault
from planextract.model.decision import Decision, Overrides
from planextract.model.plan import Extraction
from planextract.model.progress_report import ProgressReport
from planextract.model.source import SourceDocument
from planextract.model.vocabulary import Dictionaries
from planextract.phrases import Phrase
from planextract.pipeline import extract_document
from planextract.read.uncollected import uncollected
from planextract.run.bundles import find_documents, read_input
from planextract.run.inputs import InputFile, read_overrides_file, read_recognised_file, refuse_web_address
from planextract.run.versions import hash_text
from planextract.settings import Settings, parse_settings


def extract_path(
    path: str | Path | Sequence[str | Path],
    dictionaries: Dictionaries,
    *,
    region: str | None = None,
    year: int | None = None,
) -> Extraction:
    """Extract one document; see :func:`planextract.extract_file`."""
    return extract_input(find_document(path), dictionaries, parse_settings("", "", region=region, year=year))


def find_document(path: str | Path | Sequence[str | Path]) -> InputFile:
    """Return the input that a file is, or that several files, a folder or an archive of files are together.

    Raises:
        UsageError: If there is no such file, or it is not clear which file is the notice.
    """
    places = [Path(path)] if isinstance(path, str | Path) else [Path(each) for each in path]
    for place in places:
        refuse_web_address(place)
    missing = next((place for place in places if not place.exists()), None)
    if missing is not None or not places:
        raise UsageError("run.no_such_path", "there is no such file", file=str(missing or ""))
    return find_documents(places, as_one=True).files[0]


def extract_input(
    file: InputFile,
    dictionaries: Dictionaries,
    settings: Settings,
    decisions: LogContent | None = None,
    known: frozenset[str] = frozenset(),
) -> Extraction:
    """Read, extract and check one input.

    Args:
        file: The input.
        dictionaries: Loaded dictionaries.
        settings: Settings of the run.
        decisions: The decisions log of the output.
        known: Ids of all documents of the run: a decision on one of them is on no other.

    Raises:
        PlanExtractError: Of whatever kind; unforeseen errors become an InternalError that names the place.
    """
    with naming_errors(file.name), uncollected():
        recognised = read_recognised_file(file, settings.read.max_file_bytes)
        source = read_input(file, settings.read, recognised)
        overrides = read_overrides_file(file)
        own = decisions.for_document(source.doc_id, file.name, known) if decisions is not None else ()
        return extract_source(source, overrides, file, dictionaries, settings, own)


def extract_source(
    source: SourceDocument,
    overrides: bytes | None,
    file: InputFile,
    dictionaries: Dictionaries,
    settings: Settings,
    decisions: tuple[Decision, ...] = (),
    reports: tuple[ProgressReport, ...] = (),
) -> Extraction:
    """Extract a document that was read already, with the bytes of its override file, decisions and reports on it."""
    parsed, version = _parse_overrides_file(overrides, file)
    if decisions:
        parsed = replace(parsed, decisions=decisions)
    if decisions or reports:
        said = (*map(format_decision, decisions), *map(format_report, reports))
        version = hash_text("\n".join([version or "", *said]))
    extraction = replace(extract_document(source, dictionaries, parsed, settings), overrides_version=version)
    return attach_progress(extraction, reports, decisions)


@contextmanager
def naming_errors(name: str) -> Iterator[None]:
    """Let every error name the file; what nobody foresaw becomes an InternalError that names the place."""
    try:
        yield
    except PlanExtractError as exc:
        if exc.file:
            raise
        raise type(exc)(exc.code, exc.cause, file=name, advice=exc.advice, page=exc.page) from exc
    except MemoryError as exc:
        raise InputError(
            "run.out_of_memory",
            "the document needs more memory than a document may use",
            file=name,
            advice="Raise run.max_memory_mb in the settings, or split the file.",
        ) from exc
    except (Exception, RecursionError) as exc:
        raise _explain(name, exc) from exc


def _explain(name: str, exc: BaseException) -> PlanExtractError:
    """Tell the machine's faults and missing packages from our own defects."""
    fault = find_machine_fault(exc)
    if fault is not None:
        return InputError(
            "run.machine_failed",
            Phrase("the machine failed: {reason}", reason=fault.strerror or fault),
            file=name,
            advice="Free disk space, memory or open files, then run again.",
        )
    if isinstance(exc, ImportError) and (exc.name or "").partition(".")[0] != "planextract":
        return InputError(
            "run.missing_extra",
            Phrase("it needs a package that does not load: {reason}", reason=str(exc)),
            file=name,
            advice="Install it: pip install 'planextract[all]'.",
        )
    return explain_unforeseen(name, exc)


def explain_unforeseen(name: str, exc: BaseException) -> InternalError:
    """Turn an error that nobody foresaw into one line that names the place."""
    place = exc.__traceback__
    where = ""
    while place is not None:
        where = f"{place.tb_frame.f_globals.get('__name__', '?')}:{place.tb_lineno}"
        place = place.tb_next
    cause = f"planextract failed with {type(exc).__name__} in {where}: {' '.join(str(exc).split())[:200]}"
    return InternalError(
        "internal.unforeseen", cause, file=name, advice="This is a defect; please report it with the file."
    )


def _parse_overrides_file(data: bytes | None, file: InputFile) -> tuple[Overrides, str | None]:
    """Return the overrides beside an input and the hash of their file."""
    if data is None:
        return Overrides(), None
    name = file.path.name + OVERRIDES_SUFFIX
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as exc:
        raise ConfigError(
            "decisions.invalid",
            Phrase("the override file cannot be read: {reason}", reason=str(exc)),
            file=name,
            advice="Save it as UTF-8 text.",
        ) from exc
    return parse_overrides(text, name), hash_text(text)
