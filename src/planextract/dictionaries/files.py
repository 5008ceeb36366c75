"""Where dictionary files are, and YAML read safely with clear errors."""

from __future__ import annotations

import contextlib
import io
import pickle
from collections.abc import Callable, Sequence
from functools import cache
from pathlib import Path
from typing import Any, NoReturn

from planextract.dictionaries.cache import hash_made_from, read_cached, write_cached
from planextract.errors import ConfigError, InternalError
from planextract.phrases import Phrase

_LOADER = str(Path(__file__).with_name("yaml_loader.py"))


@cache
def find_builtin_folder() -> Path:
    """Return the folder of the built-in dictionaries: in the package, or in the source tree."""
    package = Path(__file__).resolve().parent
    for folder in (package / "data", package.parents[2] / "dictionaries"):
        if (folder / "columns.yaml").is_file():
            return folder
    raise InternalError("dictionaries.missing", "the built-in dictionaries are not installed")


def read_yaml(path: Path) -> dict[str, object]:
    """Read a YAML file whose top is a mapping.

    Raises:
        ConfigError: If it cannot be read or is no mapping.
    """
    try:
        content = path.read_bytes()
        data = _parse_builtin(path, content) if _is_builtin(path) else _parse(content)
    except (OSError, ValueError) as exc:
        reason = " ".join(str(exc).split())
        raise ConfigError(
            "dictionary.unreadable", Phrase("cannot be read: {reason}", reason=reason), file=str(path)
        ) from exc
    if not isinstance(data, dict) or not all(isinstance(key, str) for key in data):
        fail(path, "the top of the file must be a mapping with text keys")
    return data


def _is_builtin(path: Path) -> bool:
    return find_builtin_folder() in path.parents


def _parse(content: bytes) -> object:
    from planextract.dictionaries.yaml_loader import parse_yaml  # its parser takes as long to load as all our files

    return parse_yaml(content.decode("utf-8"))


def _parse_builtin(path: Path, content: bytes) -> object:
    return make_once(f"{path.stem}.yaml", content, _LOADER, lambda: _parse(content))


def make_once(name: str, content: bytes, code: str, make: Callable[[], object]) -> Any:  # noqa: ANN401
    """Return what is made of one of our own files, made once on a machine.

    Args:
        name: File name of the prepared form.
        content: What it is made of.
        code: File of the code that makes it.
        make: Makes lists, mappings, sets, texts, numbers and days, and nothing else.
    """
    made_from = hash_made_from(content, code)
    prepared = read_cached(name, made_from)
    if prepared is not None:
        with contextlib.suppress(pickle.UnpicklingError):
            return _PlainUnpickler(io.BytesIO(prepared)).load()
    data = make()
    write_cached(name, made_from, pickle.dumps(data))
    return data


class _PlainUnpickler(pickle.Unpickler):
    """Reads lists, mappings, texts, numbers and days, as YAML of the safe kind gives them, and nothing else."""

    def find_class(self, module: str, name: str) -> object:
        if (module, name) != ("datetime", "date"):
            raise pickle.UnpicklingError(f"a prepared dictionary holds {module}.{name}")
        return super().find_class(module, name)


def is_draft(path: Path) -> bool:
    """Tell a file that says ``draft: true`` at its top: a proposal, not used before a person took that line out."""
    return read_yaml(path).get("draft") is True


def read_with_own(path: Path, own: Sequence[Path]) -> tuple[Path, dict[str, object]]:
    """Read a built-in file and the user's own files of the same name, whose words are added to ours in order.

    Returns:
        The file to name in errors (ours is known to be right), and the content of both.

    Raises:
        ConfigError: If a file cannot be read, or the own one has a part that ours does not have.
    """
    data = read_yaml(path)
    for file in own:
        extra = {key: value for key, value in read_yaml(file).items() if key != "draft"}
        path, data = file, _add(file, data, extra, "")
    return path, data


def _add(path: Path, ours: dict[str, object], own: dict[str, object], place: str) -> dict[str, object]:
    merged = dict(ours)
    for key, value in own.items():
        name = f"{place}{key}"
        known = ours.get(key)
        if isinstance(known, dict) and isinstance(value, dict):
            is_open = bool(known) and not any(isinstance(item, list | dict) for item in known.values())
            merged[key] = {**known, **value} if is_open else _add(path, known, value, f"{name}.")
        elif isinstance(known, list) and isinstance(value, list):
            merged[key] = [*known, *value]
        else:
            fail(
                path,
                Phrase("'{name}' is no part of this dictionary, or not written as in ours", name=name),
                Phrase("Its parts are {names}.", names=", ".join(sorted(map(str, ours)))),
            )
    return merged


def fail(path: Path, cause: str, advice: str = "") -> NoReturn:
    """Raise a ConfigError about a dictionary file."""
    raise ConfigError("dictionary.invalid", cause, file=str(path), advice=advice)


def read_strings(path: Path, value: object, what: str) -> tuple[str, ...]:
    """Check a list of non-empty texts."""
    if value is None:
        return ()
    if not isinstance(value, list) or not all(isinstance(item, str) and item.strip() for item in value):
        fail(path, Phrase("{what} must be a list of texts", what=what))
    return tuple(value)
