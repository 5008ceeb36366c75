"""The programs of the system that a reading may come from, and which versions of them are installed."""

from __future__ import annotations

import shutil
import subprocess
from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path

from planextract.read.helpers import run_program
from planextract.settings import OcrChoice

_OFFICE = frozenset({"office"})
_PICTURES = frozenset({"pdf", "ofd", "scan"})
_OFFICE_NAMES = ("soffice", "libreoffice")
_OFFICE_PLACES = (
    "/usr/bin/soffice",
    "/usr/lib/libreoffice/program/soffice",
    "/opt/libreoffice/program/soffice",
    "/Applications/LibreOffice.app/Contents/MacOS/soffice",
)


def find_office() -> str | None:
    """Return the LibreOffice program of this system, or None."""
    for name in _OFFICE_NAMES:
        found = shutil.which(name)
        if found is not None:
            return found
    return next((place for place in _OFFICE_PLACES if Path(place).is_file()), None)


def describe_programs(reader: str | None, ocr: OcrChoice) -> str:
    """Return which programs stand behind what a reader reads, with their versions.

    Args:
        reader: Name of the reader as ``documents.reader`` has it; None where nobody got so far as to know: all of them.
        ocr: The engine that the settings choose; Tesseract is asked only where it would read.

    Returns:
        A text that changes when a program comes, goes or is replaced; "" if the reader needs none.
    """
    parts = []
    readers = frozenset((reader or "").split("+"))  # a document of several files has several
    if reader is None or readers & _OFFICE:
        parts.append(f"libreoffice={_describe_office()}")
    if (reader is None or readers & _PICTURES) and _reads_with_tesseract(ocr):
        parts.append(f"tesseract={_describe_tesseract()}")
    return ";".join(parts)


def _reads_with_tesseract(ocr: OcrChoice) -> bool:
    has_model = find_spec("onnxruntime") is not None and find_spec("rapidocr") is not None
    return ocr == "tesseract" or (ocr == "auto" and not has_model)


@lru_cache(maxsize=1)
def _describe_office() -> str:
    """Return LibreOffice's build, from the file beside its program: starting it would take a second."""
    program = find_office()
    if program is None:
        return ""
    place = Path(program).resolve()
    for name in ("versionrc", "../Resources/versionrc"):
        try:
            lines = (place.parent / name).read_text(encoding="utf-8", errors="replace").splitlines()
        except OSError:
            continue
        return ",".join(line for line in lines if line.startswith(("buildid=", "AboutBoxVersion=")))
    return _stamp(place)


@lru_cache(maxsize=1)
def _describe_tesseract() -> str:
    """Return Tesseract's version and the size of its model of simplified Chinese."""
    program = shutil.which("tesseract")
    if program is None:
        return ""
    try:
        version = run_program([program, "--version"], 20)
        listed = run_program([program, "--list-langs"], 20)
    except (subprocess.TimeoutExpired, OSError):
        return _stamp(Path(program))
    folder = (listed or b"").decode("utf-8", "replace").partition('"')[2].partition('"')[0]
    model = Path(folder or ".", "chi_sim.traineddata")
    first = (version or b"").decode("utf-8", "replace").partition("\n")[0].strip()
    return f"{first or _stamp(Path(program))},{model.stat().st_size if model.is_file() else 0}"


def _stamp(path: Path) -> str:
    try:
        found = path.stat()
    except OSError:
        return ""
    return f"{found.st_size}-{found.st_mtime_ns}"
