"""The older version of a document, set aside while its successor takes its place.

``.replaced-<doc_id>`` in the output holds it from the first rename to the last. When something fails it is put back;
when the process dies, the next holder of the lock puts it back (unless the successor is whole: then it is dropped).
A file's place and rank are in its name: ``<rank>@<folder>@<file>``, the marker first; it is put back last.
"""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

_PREFIX = ".replaced-"


def set_aside(output: Path, names: Sequence[str]) -> None:
    """Move those of a document's files that stand in the output aside, in order; the marker is the first.

    Raises:
        OSError: If one cannot be moved; :func:`put_back` undoes the others.
    """
    there = [(rank, name) for rank, name in enumerate(names) if (output / name).is_file()]
    aside = _folder(output, names)
    if aside.is_dir():  # an earlier failure that could not be undone either
        put_back(output, names)
    if there:
        aside.mkdir(exist_ok=True)
    for rank, name in there:
        (output / name).replace(aside / f"{rank:03}@{name.replace('/', '@')}")


def put_back(output: Path, names: Sequence[str]) -> None:
    """Move what is aside back to its place, the marker last.

    Raises:
        OSError: If that fails too; the next holder of the lock tries again.
    """
    _restore(output, _folder(output, names))


def drop(output: Path, names: Sequence[str]) -> None:
    """Delete what is aside: the successor is whole."""
    shutil.rmtree(_folder(output, names), ignore_errors=True)


def recover(output: Path) -> None:
    """Put back what killed processes left aside; only the holder of the lock may.

    Raises:
        OSError: If something cannot be put back.
    """
    for aside in sorted(output.glob(f"{_PREFIX}*")):
        doc_id = aside.name.removeprefix(_PREFIX)
        has_successor = any(
            (output / name).is_file() for name in (f"documents/{doc_id}.parquet", f"quarantine/{doc_id}.json")
        )
        if has_successor:
            shutil.rmtree(aside, ignore_errors=True)
        else:
            _restore(output, aside)


def _folder(output: Path, names: Sequence[str]) -> Path:
    return output / f"{_PREFIX}{Path(names[0]).stem}"


def _restore(output: Path, aside: Path) -> None:
    if not aside.is_dir():
        return
    for path in sorted(aside.iterdir(), reverse=True):
        name = path.name.partition("@")[2].replace("@", "/")
        path.replace(output / name)
    with suppress(OSError):
        aside.rmdir()
