"""Where dictionary files are, and YAML read safely with clear errors."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import NoReturn

import yaml

from planextract.errors import ConfigError, InternalError
from planextract.phrases import Phrase


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
        reason = " ".join(str(exc).split())
        raise ConfigError(
            "dictionary.unreadable", Phrase("cannot be read: {reason}", reason=reason), file=str(path)
        ) from exc
    if not isinstance(data, dict) or not all(isinstance(key, str) for key in data):
        fail(path, "the top of the file must be a mapping with text keys")
    return data


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


_TEXT, _LIST, _MAPPING = (f"tag:yaml.org,2002:{kind}" for kind in ("str", "seq", "map"))


class _Loader(getattr(yaml, "CSafeLoader", yaml.SafeLoader)):  # type: ignore[misc]
    """Safe YAML that refuses a key written twice."""

    def construct_document(self, node: yaml.Node) -> object:
        """Build the document: texts, lists and mappings directly, which are all but a few values of a dictionary."""
        return self._build(node, {})

    def _build(self, node: yaml.Node, built: dict[yaml.Node, object]) -> object:
        if node.tag == _TEXT and isinstance(node, yaml.ScalarNode):
            return node.value
        if node not in built:
            if node.tag == _LIST and isinstance(node, yaml.SequenceNode):
                items: list[object] = []
                built[node] = items  # before its items: an alias may stand inside what it names
                items.extend(self._build(item, built) for item in node.value)
            elif node.tag == _MAPPING and isinstance(node, yaml.MappingNode):
                self._build_mapping(node, built)
            else:
                built[node] = self.construct_object(node, deep=True)
        return built[node]

    def _build_mapping(self, node: yaml.MappingNode, built: dict[yaml.Node, object]) -> None:
        mapping: dict[object, object] = {}
        built[node] = mapping
        for key_node, value_node in node.value:
            key = self._build(key_node, built)
            if isinstance(key, list | dict):
                raise yaml.constructor.ConstructorError(None, None, "found unhashable key", key_node.start_mark)
            if key in mapping:
                cause = f"key {key!r} is written twice"
                raise yaml.constructor.ConstructorError(None, None, cause, key_node.start_mark)
            mapping[key] = self._build(value_node, built)
