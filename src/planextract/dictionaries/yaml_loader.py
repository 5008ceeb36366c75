"""Safe YAML for dictionaries: no key twice, and quick, for nearly all of a dictionary is texts, lists and mappings."""

from __future__ import annotations

import yaml


def parse_yaml(text: str) -> object:
    """Parse YAML of the safe kind.

    Raises:
        ValueError: If it is malformed or writes a key twice; the message names line and column.
    """
    try:
        return yaml.load(text, Loader=_Loader)
    except (yaml.YAMLError, RecursionError) as exc:
        raise ValueError(" ".join(str(exc).split())) from exc


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
