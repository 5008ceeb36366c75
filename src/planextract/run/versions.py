"""What a run works with, as hashes: they tell later why a result differs."""

from __future__ import annotations

import hashlib
import json
import os
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from planextract.settings import Settings


@dataclass(frozen=True, slots=True, kw_only=True)
class RunVersions:
    """What a run works with, as hashes of 16 hex digits: a change of any can change a result."""

    dictionary: str
    code: str
    settings: str


def find_versions(settings: Settings, dictionary_version: str) -> RunVersions:
    """Return the versions of everything but the input that a result depends on, 16 hex digits each."""
    values = {group: value for group, value in settings.to_dict().items() if group != "run"}
    return RunVersions(dictionary=dictionary_version, code=_hash_code(), settings=_hash_values(values))


def hash_reading(settings: Settings, versions: RunVersions) -> str:
    """Return the version of what a document as read depends on besides its input."""
    return _hash_values([settings.to_dict()["read"], versions.code])


def _hash_values(values: object) -> str:
    return hash_text(json.dumps(values, sort_keys=True, ensure_ascii=False, default=str))


def hash_text(text: str) -> str:
    """Return the first 16 hex digits of the SHA-256 of a text, whatever its line ends."""
    return hashlib.sha256(text.replace("\r\n", "\n").encode("utf-8", "replace")).hexdigest()[:16]


_VERSION = re.compile(r"^Version: *(.*?)\s*$", re.MULTILINE)
# What shows results cannot change them.
_SHOWING = frozenset({"api.py", "cli", "desk", "figures.py", "report", "review", "score"})


BUILT_ON = (
    "camelot-py",
    "jieba",
    "lxml",
    "numpy",
    "onnxruntime",
    "opencv-python",
    "opencv-python-headless",
    "pdfminer.six",
    "pdfplumber",
    "pillow",
    "pyarrow",
    "pypdfium2",
    "pyyaml",
    "rapidfuzz",
    "rapidocr",
)
"""Packages that a result may depend on: all that the rooms and doors import (a test compares), with the models in
their wheels. Programs of the system are told by :mod:`planextract.read.programs`."""


def _find_version(name: str) -> str:
    """Return the version of an installed package, "" if it is not there; only that line of its metadata is read."""
    from importlib.metadata import PackageNotFoundError, distribution

    try:
        metadata = distribution(name).read_text("METADATA") or ""
    except PackageNotFoundError:
        return ""
    found = _VERSION.search(metadata)
    return found[1] if found else ""


def _find_sources(root: Path) -> Iterator[str]:
    """Yield the names of the source files that can change a result, from the package's folder on."""
    for folder, below, files in os.walk(root):
        place = "" if (at := os.path.relpath(folder, root)) == os.curdir else f"{at.replace(os.sep, '/')}/"
        hidden = _SHOWING if not place else ()
        below[:] = [name for name in below if name not in hidden and name != "__pycache__"]
        yield from (place + name for name in files if name.endswith(".py") and name not in hidden)


@lru_cache(maxsize=1)
def _hash_code() -> str:
    """Hash the package's own source files and the versions of what it is built on.

    A version number stays while code is being changed; another version of a reader reads otherwise.
    """
    root = Path(__file__).resolve().parents[1]
    digest = hashlib.sha256()
    for name in BUILT_ON:
        digest.update(f"{name}={_find_version(name)}\0".encode())
    for name in sorted(_find_sources(root)):
        digest.update(name.encode() + b"\0" + (root / name).read_bytes().replace(b"\r\n", b"\n") + b"\0")
    return digest.hexdigest()[:16]
