"""Read the small files that say what is good enough: score floors and accepted changes."""

from __future__ import annotations

import json
import math
import re
from collections.abc import Mapping
from typing import NoReturn

import yaml

from planextract.errors import ConfigError
from planextract.phrases import Phrase

_CHANGE_ID = re.compile(r"[0-9a-f]{12}")


def parse_floors(text: str, file: str) -> dict[str, float]:
    """Read floors: a JSON object of metric names and numbers; for error metrics the number is a ceiling.

    Raises:
        ConfigError: If the text is something else.
    """
    try:
        data = json.loads(text)
    except (ValueError, RecursionError) as exc:
        _fail(file, Phrase("this is no valid JSON: {reason}", reason=str(exc)))
    if not isinstance(data, dict):
        _fail(file, 'the file must hold an object like {"row_f1": 0.99}')
    floors: dict[str, float] = {}
    for name, value in data.items():
        if name.startswith("_"):
            continue  # a remark
        if isinstance(value, bool) or not isinstance(value, int | float) or not math.isfinite(value):
            _fail(file, Phrase("the floor of '{name}' must be a number, not {value!r}", name=name, value=value))
        floors[name] = float(value)
    return floors


def parse_accepted(text: str, file: str) -> dict[str, str]:
    """Read accepted changes: a YAML list of ``id`` and ``note``; returns notes by id.

    Raises:
        ConfigError: If the text is something else.
    """
    try:
        data = yaml.safe_load(text)
    except (yaml.YAMLError, RecursionError, ValueError) as exc:
        _fail(file, Phrase("this is no valid YAML: {reason}", reason=" ".join(str(exc).split())))
    if data is None:
        return {}
    entries = data.get("accepted") if isinstance(data, dict) else None
    if not isinstance(entries, list):
        _fail(file, "the file must hold a list 'accepted'")
    accepted: dict[str, str] = {}
    for entry in entries:
        if not isinstance(entry, dict) or not isinstance(entry.get("id"), str) or not _CHANGE_ID.fullmatch(entry["id"]):
            _fail(file, Phrase("each entry needs an 'id' of 12 hex digits in quotes: {entry!r}", entry=entry))
        accepted[entry["id"]] = str(entry.get("note") or "")
    return accepted


def make_accept_file(changes: Mapping[str, str]) -> str:
    """Return an accept file for changes: what each one is, by its id; a person deletes what must not be."""
    lines = [
        "# Changes that a person has looked at and accepted; `planextract diff --accept` leaves them out of its gates.",
        "accepted:" if changes else "accepted: []",
    ]
    lines += [f"- {{id: '{key}', note: {json.dumps(note, ensure_ascii=False)}}}" for key, note in changes.items()]
    return "\n".join(lines) + "\n"


def _fail(file: str, cause: str) -> NoReturn:
    raise ConfigError("decisions.invalid_gate", cause, file=file, advice="docs/reports.md shows the format.")
