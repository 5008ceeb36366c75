"""Old Word, Excel, WPS and RTF documents, converted by LibreOffice: in a profile of its own, within a time limit.

The document is hostile until proven otherwise. LibreOffice runs below a process that ends it with all it started,
with a home, a profile and a working folder that are thrown away; its settings forbid macros, updating of links and
every connection; where the system allows it, it gets no network at all. What it writes is read as any other .docx or
.xlsx is.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import tempfile
from dataclasses import replace
from pathlib import Path

from planextract.errors import InputError
from planextract.model.source import SourceDocument
from planextract.phrases import Phrase
from planextract.read.docx.document import read_docx
from planextract.read.helpers import run_program
from planextract.read.programs import find_office
from planextract.read.xlsx.document import read_xlsx
from planextract.settings import ReadSettings

_MEDIA_TYPES = {
    ".doc": "application/msword",
    ".rtf": "application/rtf",
    ".xml": "application/xml",
    ".odt": "application/vnd.oasis.opendocument.text",
    ".xls": "application/vnd.ms-excel",
    ".xls.xml": "application/vnd.ms-excel",
    ".ods": "application/vnd.oasis.opendocument.spreadsheet",
    ".xlsb": "application/vnd.ms-excel.sheet.binary.macroEnabled.12",
}
_SHEETS = frozenset({".xls", ".xls.xml", ".ods", ".xlsb"})
_SCRIPTING, _INTERNET = "org.openoffice.Office.Common/Security/Scripting", "org.openoffice.Inet/Settings"
_PROFILE = (
    (_SCRIPTING, "DisableMacrosExecution", "true"),
    (_SCRIPTING, "MacroSecurityLevel", "3"),
    (_SCRIPTING, "BlockUntrustedRefererLinks", "true"),
    ("org.openoffice.Office.Writer/Content/Update", "Link", "0"),
    ("org.openoffice.Office.Common/Misc", "FirstRun", "false"),
    ("org.openoffice.Office.Calc/Content/Update", "Link", "1"),  # never
    (_INTERNET, "ooInetProxyType", "2"),  # a proxy that nobody answers at: no document can call out
    (_INTERNET, "ooInetHTTPProxyName", "127.0.0.1"),
    (_INTERNET, "ooInetHTTPProxyPort", "9"),
    (_INTERNET, "ooInetHTTPSProxyName", "127.0.0.1"),
    (_INTERNET, "ooInetHTTPSProxyPort", "9"),
)
_PROBE_BYTES = 1 << 20
_HIDDEN_STREAMS = ("EncryptedPackage", "EncryptionInfo")
_WORD_STREAM, _EXCEL_STREAMS, _SLIDES_STREAM = "WordDocument", ("Workbook", "Book"), "PowerPoint Document"


def read_office(data: bytes, name: str, settings: ReadSettings, suffix: str) -> SourceDocument:
    """Convert a document to .docx, a workbook to .xlsx, and read that.

    Args:
        data: The file's bytes.
        name: The file's name as outputs show it.
        settings: Limits; ``convert_seconds`` is the time that LibreOffice gets.
        suffix: ``.doc``, ``.rtf``, ``.odt`` or ``.xml``; ``.xls``, ``.xls.xml``, ``.xlsb`` or ``.ods``; by content.

    Raises:
        InputError: If LibreOffice is missing, fails or takes too long, or its result cannot be read.
    """
    converted = convert_document(data, name, settings, suffix)
    read = read_xlsx if suffix in _SHEETS else read_docx
    try:
        document = read(converted, name, settings)
    except InputError as exc:
        if exc.code != "read.damaged":
            raise
        raise _failed(name) from exc
    return replace(
        document, doc_id=hashlib.sha256(data).hexdigest()[:16], media_type=_MEDIA_TYPES[suffix], reader="office"
    )


def judge_compound_file(data: bytes, name: str) -> str:
    """Look into an OLE2 file for what it is, ``.doc`` or ``.xls``; stream names stand in its directory as UTF-16.

    Raises:
        InputError: If it is encrypted, or a presentation.
    """
    if any(_has_stream(data, stream) for stream in _HIDDEN_STREAMS):
        raise InputError(
            "read.encrypted",
            "the document is protected by a password",
            file=name,
            advice="Save it without protection, then run again.",
        )
    if _has_stream(data, _WORD_STREAM):
        return ".doc"
    if any(_has_stream(data, stream) for stream in _EXCEL_STREAMS):
        return ".xls"
    if _has_stream(data, _SLIDES_STREAM):
        raise InputError(
            "read.unsupported",
            "this is a presentation, which this version does not read",
            file=name,
            advice="Save the plan as Word, Excel, PDF or HTML.",
        )
    return ".doc"


def _has_stream(data: bytes, stream: str) -> bool:
    return (stream + "\0").encode("utf-16-le") in data


def convert_document(data: bytes, name: str, settings: ReadSettings, suffix: str) -> bytes:
    """Return a document as .docx, or a workbook as .xlsx, converted by LibreOffice.

    Raises:
        InputError: If LibreOffice is missing, fails, takes too long or writes more than ``max_file_bytes``.
    """
    program = find_office()
    if program is None:
        raise InputError(
            "read.needs_libreoffice",
            "old Word, Excel, WPS and RTF files are read with LibreOffice, which is not installed",
            file=name,
            advice="Install it (Debian: apt install libreoffice-writer-nogui libreoffice-calc-nogui), "
            "or save the file as .docx or .xlsx.",
        )
    with tempfile.TemporaryDirectory(prefix="planextract-") as folder:
        place = Path(folder)
        profile, output = place / "profile", place / "output"
        for part in (profile / "user", output, place / "home"):
            part.mkdir(parents=True)
        (profile / "user" / "registrymodifications.xcu").write_text(_make_profile(), encoding="utf-8")
        source = place / f"input{suffix}"
        source.write_bytes(data)
        target = "xlsx:Calc MS Excel 2007 XML" if suffix in _SHEETS else "docx:MS Word 2007 XML"
        command = [
            *_without_network(),
            program,
            f"-env:UserInstallation={profile.as_uri()}",
            "--headless",
            "--norestore",
            "--nologo",
            "--nolockcheck",
            "--nodefault",
            "--convert-to",
            target,
            "--outdir",
            str(output),
            str(source),
        ]
        _run(command, place, name, settings.convert_seconds)
        result = next(iter(sorted(output.iterdir())), output / "nothing")
        if not result.is_file():
            _probe_disk(place, len(data))
            raise _failed(name)
        if result.stat().st_size > settings.max_file_bytes:
            raise InputError(
                "read.too_large",
                "the converted document is larger than the limit",
                file=name,
                advice="Raise read.max_file_bytes in the settings.",
            )
        return result.read_bytes()


def _make_profile() -> str:
    items = "".join(
        f'<item oor:path="/{path}"><prop oor:name="{name}" oor:op="fuse"><value>{value}</value></prop></item>\n'
        for path, name, value in _PROFILE
    )
    spaces = 'xmlns:oor="http://openoffice.org/2001/registry" xmlns:xs="http://www.w3.org/2001/XMLSchema"'
    return f'<?xml version="1.0" encoding="UTF-8"?>\n<oor:items {spaces}>\n{items}</oor:items>\n'


def _without_network() -> list[str]:
    """Return the words before a command that take the network from it, where the system lets us."""
    unshare = shutil.which("unshare")
    if unshare is None or not hasattr(os, "geteuid"):
        return []
    words = [unshare, "--net"] if os.geteuid() == 0 else [unshare, "--user", "--map-root-user", "--net"]
    try:
        return words if run_program([*words, "true"], 10) is not None else []
    except subprocess.TimeoutExpired:
        return []


def _run(command: list[str], place: Path, name: str, seconds: int) -> None:
    environment = {
        "PATH": os.environ.get("PATH", "/usr/bin:/bin"),
        "HOME": str(place / "home"),
        "TMPDIR": str(place),
        "LANG": "C.UTF-8",
        "LC_ALL": "C.UTF-8",
        "SAL_USE_VCLPLUGIN": "svp",
    }
    try:
        run_program(command, seconds, place=place, environment=environment)
    except subprocess.TimeoutExpired as exc:
        cause = Phrase("LibreOffice did not convert it within {seconds} seconds", seconds=seconds)
        advice = "Raise read.convert_seconds in the settings, or save it as .docx or .xlsx."
        raise InputError("read.convert_timeout", cause, file=name, advice=advice) from exc


def _probe_disk(place: Path, size: int) -> None:
    """Write as much as a conversion may need: LibreOffice does not say that the disk is full.

    Raises:
        OSError: If the disk is full or fails.
    """
    probe = place / "probe"
    with probe.open("wb") as stream:
        for _ in range(max(size, _PROBE_BYTES) // _PROBE_BYTES):
            stream.write(bytes(_PROBE_BYTES))
    probe.unlink()


def _failed(name: str) -> InputError:
    return InputError(
        "read.convert_failed",
        "LibreOffice cannot convert this document",
        file=name,
        advice="Open it in Office or WPS and save it as .docx or .xlsx.",
    )
