"""Which files does the user mean, and what is in them?"""

from __future__ import annotations

import errno
import hashlib
import os
import re
import stat
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from pathlib import Path, PurePosixPath
from typing import Any, BinaryIO

from planextract.decisions import LOG_SUFFIX, OVERRIDES_SUFFIX
from planextract.errors import ConfigError, InputError, OutputError, PlanExtractError, UsageError, is_machine_fault
from planextract.model.source import FileRole
from planextract.phrases import Phrase
from planextract.read import LAYER_SUFFIXES, READABLE_SUFFIXES
from planextract.write.contract import TABLES
from planextract.write.store import is_url

BUNDLE_FILE = "bundle.yaml"
_SETTLED_SECONDS = 2.0  # a file written a moment ago may be written again without another time stamp
_CHUNK_BYTES = 1 << 20
_MANIFEST = "manifest.json"
_OUTPUT_PARTS = frozenset(
    {*(table.name for table in TABLES), "json", "reports", "quarantine", "agencies.parquet", "schema.json"}
)
_WEB = re.compile(r"(?:https?|ftps?):/", re.IGNORECASE)
_TEXT_SUFFIXES = frozenset({".txt", ".md", ".csv", ".htm", ".html"})
SCAN_SUFFIXES = frozenset({".pdf", ".png", ".jpg", ".jpeg", ".tif", ".tiff"})


@dataclass(frozen=True, slots=True, kw_only=True)
class InputFile:
    """A file to extract: where it is, and the name that outputs show (relative, forward slashes).

    ``url`` is None for a file of this machine; ``stamp`` changes when the file at a URL does. ``recognised`` is the
    file with its recognised text, for a scan that has one beside it.

    A document in several files (``run/bundles.py``) has them as ``members``, each with its ``role``, and
    ``left_out`` names what lies beside them and is not read; ``is_archive``: they are in this file. ``fault`` says why
    the files cannot be put together.
    """

    path: Path
    name: str
    url: str | None = None
    stamp: str | None = None
    recognised: InputFile | None = None
    members: tuple[InputFile, ...] = ()
    role: FileRole | None = None
    left_out: tuple[str, ...] = ()
    is_archive: bool = False
    fault: PlanExtractError | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundInputs:
    """Files to extract, in a stable order, files of folders that no reader takes, and lists of files that are one."""

    files: tuple[InputFile, ...]
    passed_over: tuple[str, ...]
    bundles: tuple[InputFile, ...] = ()


def is_text(file: InputFile) -> bool:
    """Tell whether a file is a text by its name, which may be wrong: good for a guess at what will be needed."""
    return not file.members and file.path.suffix.lower() in _TEXT_SUFFIXES


def find_inputs(paths: Sequence[Path | str]) -> FoundInputs:
    """Expand files, folders and URLs.

    A file named by the user is taken whatever its suffix. Folders are searched all the way down for the
    readable suffixes; hidden files and override files are no inputs.

    Raises:
        UsageError: If a path does not exist or nothing readable was found.
    """
    files: dict[object, InputFile] = {}
    passed_over: list[str] = []
    bundles: list[InputFile] = []
    for given in paths:
        refuse_web_address(given)
        if is_url(str(given)):
            _find_remote(str(given), files, passed_over, bundles)
            continue
        path = Path(given)
        if not _exists(path):
            raise _no_such_path(str(path))
        if not path.is_dir():
            if not path.is_file():
                raise UsageError(
                    "read.not_a_file",
                    "this is no regular file",
                    file=str(path),
                    advice="Save what it gives as a file first.",
                )
            files.setdefault(path.resolve(), InputFile(path=path, name=show_name(path.name)))
            continue
        outputs = _find_outputs(path)
        for found in sorted(path.rglob("*")):
            name = found.relative_to(path).as_posix()
            if not _may_be_input(name) or not found.is_file() or _is_output_file(found, outputs):
                continue
            if found.name == BUNDLE_FILE:
                bundles.append(InputFile(path=found, name=show_name(name)))
            elif found.suffix.lower() in READABLE_SUFFIXES:
                files.setdefault(found.resolve(), InputFile(path=found, name=show_name(name)))
            else:
                passed_over.append(show_name(name))
    found_files, used = _pair(list(files.values()))
    if not files:
        shown = ", ".join(str(path) for path in paths)
        raise UsageError(
            "run.no_inputs",
            Phrase("no readable document was found in {shown}{there}", shown=shown, there=_say_there(passed_over)),
            advice=Phrase("Readable in folders: {readable_suffixes}.", readable_suffixes=", ".join(READABLE_SUFFIXES)),
        )
    left = tuple(name for name in passed_over if name not in used)
    return FoundInputs(files=found_files, passed_over=left, bundles=tuple(bundles))


def _say_there(passed_over: Sequence[str]) -> str:
    """Return which other files stand there, by their endings."""
    endings = Counter(PurePosixPath(name).suffix.lower() or PurePosixPath(name).name for name in passed_over)
    kinds = ", ".join(f"{count} {ending}" for ending, count in endings.most_common(5))
    return Phrase("; there are only: {kinds}", kinds=kinds) if kinds else ""


def _pair(files: list[InputFile]) -> tuple[tuple[InputFile, ...], frozenset[str]]:
    """Give each scan the file with its recognised text that stands beside it, which is then no input of its own.

    Returns:
        The inputs, and the names of those files.
    """
    listed = {file.url or str(file.path): file for file in files}
    paired: dict[str, InputFile] = {}
    used: dict[str, InputFile] = {}
    for place, file in listed.items():
        own = file.path.suffix
        if own.lower() not in SCAN_SUFFIXES:
            continue
        for suffix in (*LAYER_SUFFIXES, *(own + suffix for suffix in LAYER_SUFFIXES)):
            beside = place.removesuffix(own) + suffix
            name = file.name.removesuffix(own) + suffix
            if beside not in listed and (file.url is not None or not Path(beside).is_file()):
                continue
            layer = listed.get(beside) or InputFile(path=Path(beside), name=name)
            paired[place], used[beside] = replace(file, recognised=layer), layer
            break
    kept = tuple(paired.get(place, file) for place, file in listed.items() if place not in used)
    return kept, frozenset(layer.name for layer in used.values())


def refuse_web_address(given: Path | str) -> None:
    """Refuse an address of the web, also one that became a path: nothing is ever fetched from there.

    Raises:
        UsageError: If it is one.
    """
    if _WEB.match(str(given)):
        cause = "this is an address on the web, and nothing is fetched from there"
        advice = "Download it first: save the page or the file, and name that."
        raise UsageError("run.web_address", cause, file=str(given), advice=advice)


def _no_such_path(path: str) -> UsageError:
    return UsageError(
        "run.no_such_path",
        "there is no such file or folder",
        file=path,
        advice="Check the path; quote names with spaces.",
    )


def _find_remote(url: str, files: dict[object, InputFile], passed_over: list[str], bundles: list[InputFile]) -> None:
    """Add the objects at or below a URL."""
    from planextract.write.remote_store import open_filesystem, remote_errors, stamp_of

    filesystem, root = open_filesystem(url)
    scheme = url.partition("://")[0]
    found: dict[str, dict[str, Any]] = {}
    with remote_errors(url), suppress(FileNotFoundError):
        found = filesystem.find(root, detail=True)
    if not found:
        raise _no_such_path(url)
    for path in sorted(found):
        name = path.rsplit("/", 1)[-1] if path == root else path.removeprefix(root).lstrip("/")
        is_named = path == root
        if not is_named and not _may_be_input(name):
            continue
        if is_named or Path(name).suffix.lower() in READABLE_SUFFIXES:
            place = f"{scheme}://{path}"
            file = InputFile(path=Path(name), name=show_name(name), url=place, stamp=stamp_of(found[path]))
            files.setdefault(place, file)
        elif Path(name).name == BUNDLE_FILE:
            bundles.append(InputFile(path=Path(name), name=show_name(name), url=f"{scheme}://{path}"))
        else:
            passed_over.append(show_name(name))


def _find_outputs(folder: Path) -> frozenset[Path]:
    """Return the folders at and below one that hold the output of a run: a manifest beside tables."""
    manifests = (found.parent for found in folder.rglob(_MANIFEST))
    return frozenset(place for place in manifests if (place / "documents").is_dir() and (place / "measures").is_dir())


def _is_output_file(path: Path, outputs: frozenset[Path]) -> bool:
    """Tell whether a run wrote a file: what stands in the folders that it makes in its output."""
    return any(place in path.parents and path.relative_to(place).parts[0] in _OUTPUT_PARTS for place in outputs)


def _may_be_input(name: str) -> bool:
    parts = name.split("/")
    return (
        not any(part.startswith(".") for part in parts)
        and not name.endswith((OVERRIDES_SUFFIX, LOG_SUFFIX))
        and parts[-1] != _MANIFEST
    )


def _exists(path: Path) -> bool:
    try:
        return path.exists()
    except (OSError, ValueError):  # a name too long, or with a null character
        return False


def show_name(name: str) -> str:
    """Return a name as UTF-8 can write it: bytes of a name in another encoding become �."""
    return name.encode("utf-8", "surrogateescape").decode("utf-8", "replace")


def is_settled(stamp: str | None, file: InputFile) -> bool:
    """Tell whether a file was written long enough ago for its time stamp to tell it from a later version."""
    if stamp is None or file.url is not None:
        return stamp is not None
    return time.time() - int(stamp.partition("-")[0]) / 1e9 > _SETTLED_SECONDS


def stamp_input(file: InputFile) -> str | None:
    """Return what changes when a file is written again, None if nobody can say."""
    if file.members:
        return _stamp_members(file.members)
    if file.fault is not None:
        return None
    beside = stamp_input(file.recognised) if file.recognised is not None else ""
    if file.url is not None or beside is None:
        return f"{file.stamp}{beside}" if file.stamp is not None and beside is not None else None
    try:
        found = file.path.stat()
    except OSError:
        return None
    return f"{found.st_mtime_ns}-{found.st_size}-{found.st_ino}{'-as-one' if file.is_archive else ''}{beside}"


def _stamp_members(members: Sequence[InputFile]) -> str | None:
    """Return the stamp of files that are one document; like a file's, it begins with the time of the last change."""
    stamps = [stamp_input(member) for member in members]
    if None in stamps:
        return None
    said = "".join(f"{member.role} {member.name} {stamp}\n" for member, stamp in zip(members, stamps, strict=True))
    times = [
        int(stamp.partition("-")[0]) for member, stamp in zip(members, stamps, strict=True) if stamp and not member.url
    ]
    return f"{max(times, default=0)}-{hashlib.sha256(said.encode()).hexdigest()}"


def read_bytes(file: InputFile, max_bytes: int) -> bytes:
    """Read a file's bytes.

    Raises:
        InputError: If it cannot be read or is larger than the limit.
    """
    with _opened(file) as stream:
        data = stream.read(max_bytes + 1)
    if len(data) > max_bytes:
        raise _too_large(file, max_bytes)
    return data


def read_recognised_file(file: InputFile, max_bytes: int) -> bytes | None:
    """Return the bytes of the recognised text beside a scan, None if there is none.

    Raises:
        InputError: If it cannot be read or is larger than the limit.
    """
    return None if file.recognised is None else read_bytes(file.recognised, max_bytes)


def hash_input(file: InputFile, max_bytes: int) -> str:
    """Return the SHA-256 of a file's bytes without keeping them.

    Raises:
        InputError: If it cannot be read or is larger than the limit.
    """
    digest, count = hashlib.sha256(), 0
    with _opened(file) as stream:
        while chunk := stream.read(_CHUNK_BYTES):
            count += len(chunk)
            if count > max_bytes:
                raise _too_large(file, max_bytes)
            digest.update(chunk)
    return digest.hexdigest()


def read_overrides_file(file: InputFile) -> bytes | None:
    """Return the bytes of the override file beside an input, None if there is none.

    Raises:
        ConfigError: If it cannot be read.
    """
    beside = InputFile(
        path=file.path.with_name(file.path.name + OVERRIDES_SUFFIX),
        name=file.path.name + OVERRIDES_SUFFIX,
        url=None if file.url is None else file.url + OVERRIDES_SUFFIX,
    )
    if beside.url is None and not beside.path.is_file():
        return None
    try:
        with _opened(beside) as stream:
            return stream.read()
    except InputError as exc:
        if beside.url is not None and exc.code == "read.missing":
            return None
        raise ConfigError(
            "decisions.invalid",
            Phrase("the override file cannot be read: {cause}", cause=exc.cause),
            file=beside.name,
            advice="Save it as UTF-8 text.",
        ) from exc


@contextmanager
def _opened(file: InputFile) -> Iterator[BinaryIO]:
    """Open a file; what goes wrong while it is open is ours to explain."""
    try:
        if file.url is not None:
            from planextract.write.remote_store import open_filesystem, remote_errors

            filesystem, path = open_filesystem(file.url)
            with remote_errors(file.url), filesystem.open(path, "rb") as stream:
                yield stream
            return
        with _open_regular(file) as stream:
            yield stream
    except FileNotFoundError as exc:
        raise InputError(
            "read.missing",
            "the file is not there any more",
            file=file.name,
            advice="On a cluster, all machines need the same path.",
        ) from exc
    except PermissionError as exc:
        raise InputError(
            "read.no_permission", "no permission to read the file", file=file.name, advice="Change its permissions."
        ) from exc
    except OSError as exc:
        if is_machine_fault(exc) and exc.errno != errno.EIO:
            raise InputError(
                "run.machine_failed",
                Phrase("the machine failed: {reason}", reason=exc.strerror),
                file=file.name,
                advice="Free memory or open files, then run again.",
            ) from exc
        raise InputError(
            "read.unreadable",
            Phrase("the file cannot be read: {reason}", reason=exc.strerror),
            file=file.name,
            advice="Check the disk or copy the file elsewhere.",
        ) from exc
    except OutputError as exc:
        raise InputError("read.unreadable", exc.cause, file=file.name, advice=exc.advice) from exc


def _open_regular(file: InputFile) -> BinaryIO:
    """Open a regular file; anything else (a pipe, a device) could hang, or have no end."""
    # Opening a pipe without O_NONBLOCK would wait for its other end; on a regular file it changes nothing.
    number = os.open(file.path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))
    if not stat.S_ISREG(os.fstat(number).st_mode):
        os.close(number)
        raise InputError(
            "read.not_a_file", "this is no regular file", file=file.name, advice="Save what it gives as a file first."
        )
    return os.fdopen(number, "rb")


def _too_large(file: InputFile, max_bytes: int) -> InputError:
    cause = Phrase("the file has more than the limit of {limit:.0f} MB", limit=max_bytes / 1e6)
    return InputError("read.too_large", cause, file=file.name, advice="Raise read.max_file_bytes in the settings.")
