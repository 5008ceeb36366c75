"""Bounds beside defaults: a setting says what it may be where it says what it is."""

from __future__ import annotations

import math
from dataclasses import field, fields
from typing import Any

from planextract.errors import ConfigError
from planextract.phrases import Phrase


def bounded(default: float, least: float, most: float) -> Any:  # noqa: ANN401  (as dataclasses.field)
    """Return a field with a default and the least and the greatest value allowed."""
    return field(default=default, metadata={"least": least, "most": most})


def check_bounds(settings: Any) -> None:  # noqa: ANN401  (any dataclass)
    """Check every bounded field of a group of settings.

    Raises:
        ConfigError: If a value is no number or out of its bounds.
    """
    for item in fields(settings):
        if "least" not in item.metadata:
            continue
        value, least, most = getattr(settings, item.name), item.metadata["least"], item.metadata["most"]
        if not math.isfinite(value) or not least <= value <= most:
            raise ConfigError(
                "settings.out_of_range",
                Phrase(
                    "'{name}' is {value}; it must be from {least} to {most}",
                    name=item.name,
                    value=value,
                    least=least,
                    most=most,
                ),
                advice="docs/settings.md lists the keys and their bounds.",
            )
