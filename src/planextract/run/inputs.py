"""Which files does the user mean?"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from planextract.decisions import LOG_SUFFIX, OVERRIDES_SUFFIX
from planextract.errors import InputError, UsageError
from planextract.read import READABLE_SUFFIXES


@dataclass(frozen=True, slots=True, kw_only=True)
class InputFile:
    """A file to extract: where it is, and the name that outputs show (relative, forward slashes)."""

    path: Path
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundInputs:
    """Files to extract, in a stable order, and files of folders that no reader takes."""

    files: tuple[InputFile, ...]
    passed_over: tuple[str, ...]


def find_inputs(paths: Sequence[Path]) -> FoundInputs:
    """Expand files and folders.

    A file named by the user is taken whatever its suffix. Folders are searched all the way down for the
    readable suffixes; hidden files and override files are no inputs.

    Raises:
        UsageError: If a path does not exist or nothing readable was found.
    """
    files: dict[Path, InputFile] = {}
    passed_over: list[str] = []
    for path in paths:
        if not _exists(path):
            raise UsageError("run.no_such_path", "there is no such file or folder", file=str(path),
                             advice="Check the path; quote names with spaces.")  # fmt: skip
        if not path.is_dir():
            files.setdefault(path.resolve(), InputFile(path=path, name=_shown(path.name)))
            continue
        for found in sorted(path.rglob("*")):
            name = found.relative_to(path).as_posix()
            if any(part.startswith(".") for part in found.relative_to(path).parts) or not found.is_file():
                continue
            if name.endswith((OVERRIDES_SUFFIX, LOG_SUFFIX)) or _is_manifest(found):
                continue
            if found.suffix.lower() in READABLE_SUFFIXES:
                files.setdefault(found.resolve(), InputFile(path=found, name=_shown(name)))
            else:
                passed_over.append(_shown(name))
    if not files:
        shown = ", ".join(str(path) for path in paths)
        raise UsageError("run.no_inputs", f"no readable document was found in {shown}",
                         advice=f"Readable in folders: {', '.join(READABLE_SUFFIXES)}.")  # fmt: skip
    return FoundInputs(files=tuple(files.values()), passed_over=tuple(passed_over))


def _exists(path: Path) -> bool:
    try:
        return path.exists()
    except (OSError, ValueError):  # a name too long, or with a null character
        return False


def _shown(name: str) -> str:
    """Return a name as UTF-8 can write it: bytes of a name in another encoding become �."""
    return name.encode("utf-8", "surrogateescape").decode("utf-8", "replace")


def _is_manifest(path: Path) -> bool:
    return path.name == "manifest.json"


def read_bytes(file: InputFile, max_bytes: int) -> bytes:
    """Read a file's bytes.

    Raises:
        InputError: If it cannot be read or is larger than the limit.
    """
    try:
        with file.path.open("rb") as stream:
            data = stream.read(max_bytes + 1)
    except PermissionError as exc:
        raise InputError("read.no_permission", "no permission to read the file", file=file.name,
                         advice="Change its permissions.") from exc  # fmt: skip
    except OSError as exc:
        raise InputError("read.unreadable", f"the file cannot be read: {exc.strerror}", file=file.name,
                         advice="Check the disk or copy the file elsewhere.") from exc  # fmt: skip
    if len(data) > max_bytes:
        cause = f"the file has more than the limit of {max_bytes / 1e6:.0f} MB"
        raise InputError("read.too_large", cause, file=file.name, advice="Raise read.max_file_bytes in the settings.")
    return data
