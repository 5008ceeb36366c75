"""A place in a gold file: its values, checked, with errors that name the place."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any, NoReturn

from planextract.errors import ConfigError
from planextract.phrases import Phrase


class Node:
    """A mapping of the file with its place, for messages."""

    def __init__(self, data: object, place: str, file: str) -> None:
        self.place, self.file = place, file
        if not isinstance(data, dict) or not all(isinstance(key, str) for key in data):
            self.fail("must be a mapping with text keys")
        self.data: dict[str, Any] = data

    def fail(self, cause: str) -> NoReturn:
        """Raise the error of a gold file that is not understood here."""
        fail_gold(self.file, Phrase("{place}: {cause}", place=self.place, cause=cause))

    def has(self, key: str) -> bool:
        """Tell whether a key is given and not null."""
        return self.data.get(key) is not None

    def check_keys(self, known: set[str]) -> None:
        """Refuse keys that nobody reads."""
        unknown = sorted(set(self.data) - known)
        if unknown:
            self.fail(
                Phrase("unknown key '{unknown}'; known are {names}", unknown=unknown[0], names=", ".join(sorted(known)))
            )

    def node(self, key: str) -> Node:
        """Return the mapping below a key."""
        return Node(self.data.get(key), f"{self.place} / {key}", self.file)

    def nodes(self, key: str) -> list[Node]:
        """Return the mappings in the list below a key."""
        value = self.data.get(key) or []
        if not isinstance(value, list):
            self.fail(Phrase("'{key}' must be a list", key=key))
        return [Node(item, f"{self.place} / {key}[{number}]", self.file) for number, item in enumerate(value, 1)]

    def mapping(self, key: str) -> Mapping[str, Any]:
        """Return the mapping below a key as it is, which must be there."""
        value = self.data[key]
        if not isinstance(value, dict):
            self.fail(Phrase("'{key}' must be a mapping", key=key))
        return {str(name): item for name, item in value.items()}

    def text(self, key: str) -> str | None:
        """Return the text below a key, or None."""
        value = self.data.get(key)
        if value is not None and not isinstance(value, str):
            self.fail(Phrase("'{key}' must be a text, not {value!r}; put it in quotes", key=key, value=value))
        return value

    def required_text(self, key: str) -> str:
        """Return the text below a key, which must be there."""
        value = self.text(key)
        if value is None:
            self.fail(Phrase("'{key}' is missing", key=key))
        return value

    def texts(self, key: str) -> tuple[str, ...]:
        """Return the texts in the list below a key; empty if there is none."""
        value = self.data.get(key) or []
        if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
            self.fail(Phrase("'{key}' must be a list of texts", key=key))
        return tuple(value)

    def number(self, key: str) -> int:
        """Return the whole number below a key, which must be there."""
        value = self.data.get(key)
        if type(value) is not int:
            self.fail(Phrase("'{key}' must be a whole number, not {value!r}", key=key, value=value))
        return value

    def page(self, key: str) -> int:
        """Return the page below a key, from 1."""
        return self.number(key) if self.has(key) else 0

    def day(self, key: str) -> date | None:
        """Return the day below a key, or None."""
        value = self.data.get(key)
        if value is not None and type(value) is not date:
            self.fail(Phrase("'{key}' must be a date like 2021-12-31, not {value!r}", key=key, value=value))
        return value


def fail_gold(file: str, cause: str) -> NoReturn:
    """Raise the error of a gold file."""
    raise ConfigError("decisions.invalid_gold", cause, file=file, advice="docs/gold.md shows the format.")
