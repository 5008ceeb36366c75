"""Door to the dictionary files: finds, reads and checks them, once, and hands over model objects.

Files live in the repository's ``dictionaries/`` folder and inside the installed package. A folder
given by the user is read after them; its agencies, header wordings, words of deadlines and units are added to ours.
A file that says ``draft: true`` is a proposal and is passed over.
"""

from __future__ import annotations

import hashlib
from dataclasses import replace
from functools import lru_cache
from pathlib import Path

from planextract.dictionaries.agencies import load_agencies
from planextract.dictionaries.agency_words import load_agency_words
from planextract.dictionaries.confidence import load_confidence
from planextract.dictionaries.files import find_builtin_folder, is_draft
from planextract.dictionaries.national import NATIONAL_FILES, NationalTables
from planextract.dictionaries.ocr_confusions import load_ocr_confusions
from planextract.dictionaries.prose import load_prose
from planextract.dictionaries.template import load_template
from planextract.dictionaries.vocabulary import (
    load_columns,
    load_deadlines,
    load_metadata_labels,
    load_quantity_words,
    load_regions,
    load_units,
)
from planextract.dictionaries.words import JiebaWordBook
from planextract.model.vocabulary import Dictionaries

__all__ = ["find_drafts", "forget_dictionaries", "load_dictionaries"]

_FILES = (
    "columns.yaml",
    "deadlines.yaml",
    "units.yaml",
    "targets.yaml",
    "notice.yaml",
    "regions.csv",
    "agency_words.yaml",
    "glyphs.txt",
    "streets.csv",
    "agency_template.yaml",
    "ocr_confusions.yaml",
    "confidence.yaml",
    "prose.yaml",
)

_OWN_FILES = ("columns.yaml", "deadlines.yaml", "units.yaml")


def find_drafts(folder: Path) -> tuple[Path, ...]:
    """Return the files of a user's folder that are drafts: nothing in them is used yet."""
    files = [*(folder / name for name in _OWN_FILES), *sorted((folder / "agencies").glob("*.yaml"))]
    return tuple(path for path in files if path.is_file() and is_draft(path))


def load_dictionaries(extra: Path | tuple[Path, ...] | None = None) -> Dictionaries:
    """Load all dictionaries, the user's own after the built-in ones; what was loaded is kept.

    Args:
        extra: Folder with the user's own dictionaries, or several, which add up.

    Raises:
        ConfigError: If a file is missing, malformed or ambiguous; the message names file and entry.
    """
    return _load((extra,) if isinstance(extra, Path) else extra or ())


def forget_dictionaries() -> None:
    """Have the next call read the files again: they may have been changed."""
    _load.cache_clear()


@lru_cache(maxsize=4)
def _load(own_folders: tuple[Path, ...]) -> Dictionaries:
    folder = find_builtin_folder()
    agency_files = sorted((folder / "agencies").glob("*.yaml"))
    for own_folder in own_folders:
        agency_files += [path for path in sorted((own_folder / "agencies").glob("*.yaml")) if not is_draft(path)]
    own = _find_own(folder, own_folders)
    own_files = [path for files in own.values() for path in files]
    paths = [folder / name for name in _FILES]
    digest = hashlib.sha256()
    national = folder / "national"
    for path in [*paths, *agency_files, *own_files, *(national / name for name in NATIONAL_FILES)]:
        digest.update(path.name.encode() + b"\0" + path.read_bytes().replace(b"\r\n", b"\n") + b"\0")
    (
        columns,
        deadlines,
        units,
        targets,
        notice,
        regions,
        agency_words,
        glyphs,
        streets,
        template,
        confusions,
        confidence,
        prose,
    ) = paths
    tables = NationalTables(national)
    known_words = load_agency_words(agency_words, glyphs, streets, load_template(template))
    return Dictionaries(
        version=digest.hexdigest()[:16],
        columns=load_columns(columns, own.get(columns.name, ()), load_prose(prose)),
        deadlines=load_deadlines(deadlines, own.get(deadlines.name, ())),
        units=load_units(units, load_quantity_words(targets), own.get(units.name, ())),
        regions=replace(
            load_regions(regions), former=tables.former_regions, simplified=str.maketrans(dict(known_words.simplified))
        ),
        agencies=load_agencies(tuple(agency_files)),
        words=JiebaWordBook(),
        metadata_labels=load_metadata_labels(notice),
        agency_words=known_words,
        confidence=load_confidence(confidence),
        ocr_confusions=load_ocr_confusions(confusions),
        national=tables,
    )


def _find_own(builtin: Path, folders: tuple[Path, ...]) -> dict[str, tuple[Path, ...]]:
    """Return the user's own vocabularies by name; our own folder, given once more, adds nothing."""
    kept = [folder for folder in folders if folder.resolve() != builtin.resolve()]
    found = {name: tuple(folder / name for folder in kept if _is_used(folder / name)) for name in _OWN_FILES}
    return {name: paths for name, paths in found.items() if paths}


def _is_used(path: Path) -> bool:
    return path.is_file() and not is_draft(path)
