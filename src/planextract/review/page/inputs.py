"""Where may the inputs of an output be?"""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

from planextract.errors import UsageError


def find_input_folders(output: Path, given: Sequence[Path]) -> tuple[Path, ...]:
    """Return the places to look for inputs: those given, else what the manifest names and the usual ones.

    A file is shown only if its bytes are those of the run, so a wrong guess shows nothing.

    Raises:
        UsageError: If a given folder does not exist.
    """
    for place in given:
        if not place.exists():
            raise UsageError("run.no_such_path", "there is no such file or folder", file=str(place))
    if given:
        return tuple(given)
    near = (Path.cwd(), output.resolve().parent)
    named = [base / name for base in near for name in (*_read_given(output), "raw", "")]
    return tuple(dict.fromkeys(place for place in named if place.exists()))


def _read_given(output: Path) -> tuple[str, ...]:
    """Return what the last run was told to read, as far as its manifest says so."""
    try:
        manifest = json.loads((output / "manifest.json").read_text(encoding="utf-8"))
        given = manifest.get("given", [])
    except (OSError, ValueError, AttributeError):
        return ()
    is_safe = isinstance(given, list) and all(isinstance(name, str) and ".." not in Path(name).parts for name in given)
    return tuple(given) if is_safe else ()


def find_given(output: Path) -> tuple[Path, ...]:
    """Return what the last run was told to read, where all of it stands; else nothing."""
    named = _read_given(output)
    for base in (Path.cwd(), output.resolve().parent):
        found = tuple(base / name for name in named)
        if found and all(place.exists() for place in found):
            return found
    return ()
