"""Results to report on: an output folder, or a document that is extracted on the spot."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from planextract.dictionaries import load_dictionaries
from planextract.errors import ConfigError, OutputError, UsageError
from planextract.model.agency import AgencyEntry
from planextract.model.result import ResultDocument
from planextract.model.vocabulary import Dictionaries
from planextract.phrases import Phrase
from planextract.run.extract import extract_input, find_document
from planextract.run.versions import find_versions
from planextract.settings import Settings
from planextract.write.gold import parse_gold
from planextract.write.read_back import (
    find_documents,
    iterate_results,
    make_body,
    make_result,
    read_bodies,
    read_manifest,
    read_quarantine,
)
from planextract.write.records import Row
from planextract.write.rows import make_agency_rows, make_rows

_TARGETS = "targets.yaml"


@dataclass(frozen=True, slots=True, kw_only=True)
class ResultSource:
    """Where results come from. ``label`` is how the user named it."""

    path: Path
    label: str
    is_folder: bool
    bodies: tuple[AgencyEntry, ...]
    manifest: Mapping[str, Any]
    quarantined: tuple[Mapping[str, Any], ...]
    extracted: tuple[ResultDocument, ...] = ()

    def iterate(self) -> Iterator[ResultDocument]:
        """Yield the documents; those of a folder are read one at a time."""
        if self.is_folder:
            yield from iterate_results(self.path)
        else:
            yield from self.extracted

    @property
    def report_folder(self) -> Path:
        """Where reports on it go unless the user says otherwise."""
        return self.path / "reports" if self.is_folder else Path("reports")

    def find_inputs(self, given: Sequence[Path]) -> tuple[Path, ...]:
        """Return where the inputs may be: what the user gives, else what the run was given, here or beside."""
        if given:
            return tuple(given)
        if not self.is_folder:
            return (self.path,)
        named = [str(name) for name in self.manifest.get("given", []) if isinstance(name, str)]
        safe = [Path(name) for name in named if not Path(name).is_absolute() and ".." not in Path(name).parts]
        return tuple(path for path in safe if path.exists())


def open_source(path: Path) -> ResultSource:
    """Open an output folder, or extract a document with the built-in dictionaries.

    Raises:
        UsageError: If there is nothing at the path.
        OutputError: If the folder holds no committed document.
        InputError: If the document cannot be extracted.
    """
    if path.is_dir():
        find_documents(path)
        return ResultSource(
            path=path,
            label=path.name or str(path),
            is_folder=True,
            bodies=read_bodies(path),
            manifest=read_manifest(path),
            quarantined=read_quarantine(path),
        )
    if not path.is_file():
        raise UsageError("report.no_such_path", "there is no such output folder or document", file=str(path))
    settings, dictionaries = Settings(), load_dictionaries()
    extraction = extract_input(find_document(path), dictionaries, settings)
    versions = find_versions(settings, dictionaries.version)
    rows = make_rows(extraction, versions.dictionary, versions.code, versions.settings)
    return ResultSource(
        path=path,
        label=path.name,
        is_folder=False,
        manifest={},
        quarantined=(),
        extracted=(make_result(rows),),
        bodies=tuple(make_body(row) for row in _all_bodies(dictionaries, rows["agencies"])),
    )


def _all_bodies(dictionaries: Dictionaries, used: list[Row]) -> list[Row]:
    """Return the dictionary's entries, and the bodies that the document names by grammar."""
    known = make_agency_rows(dictionaries.agencies)
    ids = {row["agency_id"] for row in known}
    return [*known, *(row for row in used if row["agency_id"] not in ids)]


def read_gold(path: Path) -> tuple[ResultDocument, ...]:
    """Read gold: a file, a folder of ``*.yaml`` files, or an output folder that somebody has checked.

    Raises:
        UsageError: If there is nothing at the path.
        ConfigError: If a file is not understood.
    """
    if path.is_dir():
        if (path / "documents").is_dir():
            return tuple(iterate_results(path))
        files = [file for file in sorted(path.glob("*.yaml")) if file.name != _TARGETS]
        if not files:
            raise UsageError(
                "score.no_gold",
                "there is no gold file (*.yaml) and no output in this folder",
                file=str(path),
                advice="docs/gold.md shows the format.",
            )
    elif path.is_file():
        files = [path]
    else:
        raise UsageError("score.no_gold", "there is no such gold file or folder", file=str(path))
    return tuple(_read_gold_file(file) for file in files)


def _read_gold_file(path: Path) -> ResultDocument:
    """Read a gold file; one called gold.yaml together with the targets.yaml beside it."""
    targets = path.with_name(_TARGETS)
    has_targets = path.name == "gold.yaml" and targets.is_file()
    return parse_gold(read_text(path), path.name, read_text(targets) if has_targets else None)


def read_text(path: Path) -> str:
    """Read a small text file of the user.

    Raises:
        ConfigError: If it cannot be read or is no UTF-8.
    """
    try:
        return path.read_bytes().decode("utf-8-sig")
    except (OSError, UnicodeDecodeError) as exc:
        raise ConfigError(
            "report.unreadable",
            Phrase("the file cannot be read: {reason}", reason=str(exc)),
            file=str(path),
            advice="Save it as UTF-8 text.",
        ) from exc


def write_file(path: Path, content: str) -> None:
    """Write a report's file whole or not at all.

    Raises:
        OutputError: If it cannot be written.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        staged = path.with_name(f".{path.name}.part")
        staged.write_text(content, encoding="utf-8", errors="replace", newline="\n")
        staged.replace(path)
    except OSError as exc:
        raise OutputError(
            "report.unwritable",
            Phrase("the report cannot be written: {reason}", reason=exc.strerror or exc),
            file=str(path),
            advice="Choose another folder with -o.",
        ) from exc
