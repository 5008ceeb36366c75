"""The folder of the page: for each drop its files, the output of their run, and the log of its decisions."""

from __future__ import annotations

import json
import re
import secrets
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from planextract.decisions.log import log_path
from planextract.desk.options import RunOptions, read_options
from planextract.errors import OutputError
from planextract.phrases import Phrase
from planextract.read.detect_format import READABLE_SUFFIXES

MAX_FILE_BYTES = 200_000_000
MAX_FILES = 200
TAKEN_SUFFIXES = (*READABLE_SUFFIXES, ".zip")
_PICTURES = frozenset({".png", ".jpg", ".jpeg", ".tif", ".tiff"})
MAX_DROP_BYTES = 2_000_000_000
_MAX_NAME_BYTES = 180
_ID = re.compile(r"[0-9a-f]{12}")
_FORBIDDEN = frozenset('<>:"/\\|?*')
_RESERVED = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)(\.|$)", re.IGNORECASE)


class BadName(ValueError):  # noqa: N818
    """A file that is not taken; the argument is the key of the reason among the page's words."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where one entry of the page stands on disk.

    Attributes:
        key: Its id, part of the page's addresses; ``given`` for an output named on the command line.
        inputs: What a run read, for its pages.
        again: What a run is given to read them again; empty if that is not known for certain.
        output: The output folder.
        log: Decisions of people.
        names: Decisions on names of agencies.
        kept: File of the options that a person gave; None if none can be given.
    """

    key: str
    inputs: tuple[Path, ...]
    again: tuple[Path, ...]
    output: Path
    log: Path
    names: Path
    kept: Path | None = None

    @property
    def options(self) -> RunOptions:
        """What a person said about the files."""
        return read_options(self.kept) if self.kept else RunOptions()

    def find_arguments(self) -> list[str]:
        """Return what a run is told: what to read, and what a person said of it."""
        options = self.options
        if options.as_one:
            return [*map(str, self.again), *options.find_arguments()]
        return [*self._find_inputs(), *options.find_arguments()]

    def _find_inputs(self) -> list[str]:
        """Return what a run is told to read: an archive dropped alone, or pictures alone, are one document."""
        folder = self.again[0] if len(self.again) == 1 else None
        if folder is not None and folder.name == "input" and folder.is_dir():
            dropped = sorted(path for path in folder.iterdir() if not path.name.endswith(".part"))
            endings = {path.suffix.lower() for path in dropped}
            if len(dropped) == 1 and endings == {".zip"}:
                return [str(dropped[0]), "--as-one"]
            if len(dropped) > 1 and endings <= _PICTURES:
                return [str(folder), "--as-one"]
            return [str(folder), *(str(path) for path in dropped if path.suffix.lower() == ".zip")]
        return [str(path) for path in self.again]

    @property
    def is_read(self) -> bool:
        """Tell whether a run has committed something here."""
        return (self.output / "manifest.json").is_file()


class Shelf:
    """The entries of a folder, newest first.

    Args:
        folder: Made when the first file is kept.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder.absolute()

    def add(self) -> Place:
        """Make an entry without files.

        Raises:
            OutputError: If the folder cannot be written.
        """
        key = secrets.token_hex(6)
        try:
            (self.folder / key / "input").mkdir(parents=True)
        except OSError as exc:
            raise OutputError(
                "write.failed",
                Phrase("the folder cannot be written: {reason}", reason=exc.strerror),
                file=str(self.folder),
                advice="Name another one with --folder.",
            ) from exc
        return self._place(key)

    def find(self, key: str) -> Place | None:
        """Return an entry; None if there is none with this id."""
        if not _ID.fullmatch(key) or not (self.folder / key / "input").is_dir():
            return None
        return self._place(key)

    def list_places(self) -> list[Place]:
        """Return all entries, the last made first."""
        try:
            found = [path for path in self.folder.iterdir() if _ID.fullmatch(path.name) and (path / "input").is_dir()]
        except OSError:
            return []
        found.sort(key=lambda path: (path.stat().st_mtime_ns, path.name), reverse=True)
        return [self._place(path.name) for path in found]

    def choose_path(self, place: Place, name: str) -> Path:
        """Return where a sent file is kept: under its own name, made safe; a number is added to one taken.

        Raises:
            BadName: If its ending is of no kind of document, or there are too many files.
        """
        safe = clean_name(name)
        folder = self.folder / place.key / "input"
        kept = {path.name for path in folder.iterdir()}
        if len(kept) >= MAX_FILES:
            raise BadName("too_many")
        stem, dot, ending = safe.rpartition(".")
        number = 1
        while safe in kept or safe + ".part" in kept:
            number += 1
            safe = f"{stem}-{number}{dot}{ending}"
        return folder / safe

    def _place(self, key: str) -> Place:
        output = self.folder / key / "output"
        return Place(
            key=key,
            inputs=(self.folder / key / "input",),
            again=(self.folder / key / "input",),
            output=output,
            log=log_path(output),
            names=self.folder / "agency-decisions.jsonl",
            kept=self.folder / key / "options.json",
        )


def clean_name(name: str) -> str:
    """Return the last part of a name as every file system takes it.

    >>> clean_name("../../etc/2021 任务分解.PDF")
    '2021 任务分解.PDF'

    Raises:
        BadName: If nothing is left of it, or no document ends so.
    """
    last = PurePosixPath(unicodedata.normalize("NFC", name).replace("\\", "/")).name
    kept = "".join(char for char in last if char not in _FORBIDDEN and char.isprintable()).strip(" .")
    stem, dot, ending = kept.rpartition(".")
    if not stem.strip(" .") or (dot + ending).lower() not in TAKEN_SUFFIXES:
        raise BadName("bad_type")
    if _RESERVED.match(kept):
        stem = "_" + stem
    while len(stem.encode()) > _MAX_NAME_BYTES:
        stem = stem[:-1]
    return f"{stem}{dot}{ending}"


def iterate_readable(path: Path) -> Iterator[Path]:
    """Give a file, or the documents in a folder, by name."""
    if path.is_file():
        yield path
    elif path.is_dir():
        yield from sorted(p for p in path.rglob("*") if p.suffix.lower() in TAKEN_SUFFIXES and p.is_file())


def read_sources(output: Path) -> list[str]:
    """Return the names of the committed inputs, as the manifest gives them; empty if it cannot be read."""
    try:
        manifest = json.loads((output / "manifest.json").read_text(encoding="utf-8"))
        return [str(row["source_path"]) for row in manifest["inputs"] if row["status"] == "committed"]
    except (OSError, ValueError, KeyError, TypeError):
        return []
