"""Extract one file, with its overrides."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from planextract.decisions import OVERRIDES_SUFFIX, LogContent, parse_overrides
from planextract.decisions.records import format_decision
from planextract.dictionaries import load_dictionaries
from planextract.errors import ConfigError, InternalError, PlanExtractError, UsageError
from planextract.model.decision import Overrides
from planextract.model.plan import Extraction
from planextract.model.vocabulary import Dictionaries
from planextract.pipeline import extract_document
from planextract.read import read_document
from planextract.run.inputs import InputFile, read_bytes
from planextract.run.versions import hash_text
from planextract.settings import Settings


def extract_path(path: str | Path, *, region: str | None = None) -> Extraction:
    """Extract one file with the built-in dictionaries; see :func:`planextract.extract_file`."""
    place = Path(path)
    if not place.is_file():
        raise UsageError("run.no_such_path", "there is no such file", file=str(place))
    return extract_input(InputFile(path=place, name=place.name), load_dictionaries(), Settings(region=region))


def extract_input(
    file: InputFile, dictionaries: Dictionaries, settings: Settings, data: bytes | None = None,
    decisions: LogContent | None = None, known: frozenset[str] = frozenset(),
) -> Extraction:  # fmt: skip
    """Read, extract and check one input.

    Args:
        file: The input.
        dictionaries: Loaded dictionaries.
        settings: Settings of the run.
        data: The file's bytes, if they were read already.
        decisions: The decisions log of the output.
        known: Ids of all documents of the run: a decision on one of them is on no other.

    Raises:
        PlanExtractError: Of whatever kind; unforeseen errors become an InternalError that names the place.
    """
    try:
        content = read_bytes(file, settings.read.max_file_bytes) if data is None else data
        source = read_document(content, file.name, settings.read)
        overrides, overrides_version = _read_overrides(file)
        if decisions is not None:
            own = decisions.for_document(source.doc_id, file.name, known)
            overrides = replace(overrides, decisions=own)
            if own:
                said = "\n".join([overrides_version or "", *map(format_decision, own)])
                overrides_version = hash_text(said)
        extraction = extract_document(source, dictionaries, overrides, settings)
        return replace(extraction, overrides_version=overrides_version)
    except PlanExtractError as exc:
        if exc.file:
            raise
        raise type(exc)(exc.code, exc.cause, file=file.name, advice=exc.advice, page=exc.page) from exc
    except (Exception, RecursionError) as exc:
        raise explain_unforeseen(file.name, exc) from exc


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


def _read_overrides(file: InputFile) -> tuple[Overrides, str | None]:
    """Return the overrides beside an input and the hash of their file."""
    path = file.path.with_name(file.path.name + OVERRIDES_SUFFIX)
    if not path.is_file():
        return Overrides(), None
    try:
        text = path.read_bytes().decode("utf-8")
    except (OSError, UnicodeDecodeError) as exc:
        raise ConfigError("decisions.invalid", f"the override file cannot be read: {exc}", file=path.name,
                          advice="Save it as UTF-8 text.") from exc  # fmt: skip
    return parse_overrides(text, path.name), hash_text(text)
