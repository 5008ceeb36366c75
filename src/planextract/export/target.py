"""Where an export goes: staged beside its target, put in place whole, and never over something that is not ours."""

from __future__ import annotations

import json
import os
import shutil
import sqlite3
import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from planextract.errors import OutputError
from planextract.phrases import Phrase
from planextract.write.store import flush_files, output_errors

CREATOR = "planextract"
APPLICATION_ID = 0x504C4158  # "PLAX": SQLite's own field for whose file it is
PACKAGE_FILE = "datapackage.json"


def is_our_workbook(path: Path) -> bool:
    """Tell a workbook that nobody saved since we wrote it: a spreadsheet puts its user's name in."""
    try:
        with zipfile.ZipFile(path) as archive:
            if archive.getinfo("docProps/core.xml").file_size > 1 << 16:
                return False
            core = archive.read("docProps/core.xml").decode("utf-8", "replace")
    except (OSError, KeyError, ValueError, zipfile.BadZipFile, NotImplementedError):
        return False
    return f"<cp:lastModifiedBy>{CREATOR}</cp:lastModifiedBy>" in core


def is_our_sqlite(path: Path) -> bool:
    """Tell an SQLite file with our application id."""
    try:
        with path.open("rb") as stream:
            head = stream.read(100)
    except OSError:
        return False
    return head.startswith(b"SQLite format 3\0") and head[68:72] == APPLICATION_ID.to_bytes(4, "big")


def is_our_duckdb(path: Path) -> bool:
    """Tell a DuckDB file that holds our table of facts about the export."""
    import duckdb

    try:
        with duckdb.connect(str(path), read_only=True) as connection:
            row = connection.execute("SELECT count(*) FROM duckdb_tables() WHERE table_name = 'export'").fetchone()
    except (duckdb.Error, OSError):
        return False
    return row is not None and row[0] == 1


def is_our_text(path: Path) -> bool:
    """Tell a calendar or a file of chunks of ours by how it begins."""
    try:
        with path.open("rb") as stream:
            head = stream.read(200)
    except OSError:
        return False
    return b"PRODID:-//planextract//" in head or (head.startswith(b'{"id": "') and b'"text": "' in head)


def is_our_folder(path: Path) -> bool:
    """Tell a folder that holds nothing but a data package of ours."""
    if not path.is_dir():
        return False
    names = {item.name for item in path.iterdir()}
    try:
        package = json.loads((path / PACKAGE_FILE).read_text(encoding="utf-8"))
        listed = {str(resource["path"]) for resource in package["resources"]}
        return bool(package.get("planextract")) and names <= listed | {PACKAGE_FILE}
    except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return False


@contextmanager
def staged(target: Path, is_ours: Callable[[Path], bool], *, replaces: bool) -> Iterator[Path]:
    """Give a path beside the target to write to, and put what was written in the target's place at the end.

    Args:
        target: File or folder to write.
        is_ours: Tells whether what stands there is an export of ours.
        replaces: Replace a file that is not.

    Raises:
        OutputError: If something else stands there, or it cannot be written. Nothing is left half-written.
    """
    _refuse_foreign(target, is_ours, replaces=replaces)
    aside = target.with_name(f".{target.name}-{os.getpid()}-staging")
    try:
        with output_errors(str(target)):
            _remove(aside)
            target.parent.mkdir(parents=True, exist_ok=True)
            yield aside
            flush_files([path for path in (aside.rglob("*") if aside.is_dir() else [aside]) if path.is_file()])
            _put_in_place(aside, target)
    except sqlite3.Error as exc:
        raise OutputError(
            "write.failed", Phrase("cannot be written: {reason}", reason=str(exc)), file=str(target)
        ) from exc
    finally:
        _remove(aside)


def _refuse_foreign(target: Path, is_ours: Callable[[Path], bool], *, replaces: bool) -> None:
    if not target.exists() or (target.is_dir() and not any(target.iterdir()) and is_ours is is_our_folder):
        return
    wants_folder = is_ours is is_our_folder
    if (replaces and not target.is_dir() and not wants_folder) or (target.is_dir() == wants_folder and is_ours(target)):
        return
    advice = (
        "Choose another name with -o."
        if target.is_dir() or wants_folder
        else "Choose another name with -o, or replace it with --force."
    )
    raise OutputError(
        "export.not_ours",
        "something that is no unchanged export of planextract stands there",
        file=str(target),
        advice=advice,
    )


def _put_in_place(aside: Path, target: Path) -> None:
    if not aside.is_dir():
        aside.replace(target)
        return
    old = target.with_name(f".{target.name}-{os.getpid()}-old")
    _remove(old)
    if target.exists():
        target.rename(old)
    aside.rename(target)
    _remove(old)


def _remove(path: Path) -> None:
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path, ignore_errors=True)
    else:
        path.unlink(missing_ok=True)
