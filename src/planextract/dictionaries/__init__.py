"""Door to the dictionary files: finds, reads and checks them, once, and hands over model objects.

Files live in the repository's ``dictionaries/`` folder and inside the installed package. A folder
given by the user is read after them; its agencies are added to ours.
"""

from __future__ import annotations

import hashlib
from functools import lru_cache
from pathlib import Path

from planextract.dictionaries.agencies import load_agencies
from planextract.dictionaries.agency_words import load_agency_words
from planextract.dictionaries.confidence import load_confidence
from planextract.dictionaries.files import find_builtin_folder
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

__all__ = ["load_dictionaries"]

_FILES = (
    "columns.yaml", "deadlines.yaml", "units.yaml", "targets.yaml", "notice.yaml", "regions.csv", "agency_words.yaml",
    "glyphs.txt", "streets.csv", "agency_template.yaml", "confidence.yaml",
)  # fmt: skip


@lru_cache(maxsize=4)
def load_dictionaries(extra_folder: Path | None = None) -> Dictionaries:
    """Load all dictionaries, the user's own after the built-in ones.

    Raises:
        ConfigError: If a file is missing, malformed or ambiguous; the message names file and entry.
    """
    folder = find_builtin_folder()
    agency_files = sorted((folder / "agencies").glob("*.yaml"))
    if extra_folder is not None:
        agency_files += sorted((extra_folder / "agencies").glob("*.yaml"))
    paths = [folder / name for name in _FILES]
    digest = hashlib.sha256()
    for path in [*paths, *agency_files]:
        digest.update(path.name.encode() + b"\0" + path.read_bytes().replace(b"\r\n", b"\n") + b"\0")
    columns, deadlines, units, targets, notice, regions, agency_words, glyphs, streets, template, confidence = paths
    return Dictionaries(
        version=digest.hexdigest()[:16],
        columns=load_columns(columns),
        deadlines=load_deadlines(deadlines),
        units=load_units(units, load_quantity_words(targets)),
        regions=load_regions(regions),
        agencies=load_agencies(tuple(agency_files)),
        words=JiebaWordBook(),
        metadata_labels=load_metadata_labels(notice),
        agency_words=load_agency_words(agency_words, glyphs, streets, load_template(template)),
        confidence=load_confidence(confidence),
    )
