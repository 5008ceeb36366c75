"""Where dictionary files are, and YAML read safely with clear errors."""

from __future__ import annotations

from pathlib import Path
from typing import NoReturn

import yaml

from planextract.errors import ConfigError, InternalError


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
        data = yaml.load(path.read_bytes().decode("utf-8"), Loader=_Loader)
    except (OSError, UnicodeDecodeError, yaml.YAMLError, RecursionError) as exc:
        cause = " ".join(str(exc).split())
        raise ConfigError("dictionary.unreadable", f"cannot be read: {cause}", file=str(path)) from exc
    if not isinstance(data, dict) or not all(isinstance(key, str) for key in data):
        fail(path, "the top of the file must be a mapping with text keys")
    return data


def fail(path: Path, cause: str, advice: str = "") -> NoReturn:
    """Raise a ConfigError about a dictionary file."""
    raise ConfigError("dictionary.invalid", cause, file=str(path), advice=advice)


def read_strings(path: Path, value: object, what: str) -> tuple[str, ...]:
    """Check a list of non-empty texts."""
    if value is None:
        return ()
    if not isinstance(value, list) or not all(isinstance(item, str) and item.strip() for item in value):
        fail(path, f"{what} must be a list of texts")
    return tuple(value)


class _Loader(getattr(yaml, "CSafeLoader", yaml.SafeLoader)):  # type: ignore[misc]
    """Safe YAML that refuses a key written twice."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[object, object]:
        """Build a mapping; a repeated key is an error."""
        seen: set[object] = set()
        for key_node, _ in node.value:
            key = self.construct_object(key_node, deep=True)
            if key in seen:
                raise yaml.constructor.ConstructorError(
                    None, None, f"key {key!r} is written twice", key_node.start_mark
                )
            seen.add(key)
        result: dict[object, object] = super().construct_mapping(node, deep=deep)
        return result
