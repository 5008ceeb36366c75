"""Settings of the room."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class ResolveSettings:
    """How agency names are resolved.

    Attributes:
        margin: What a rule's best candidate must be ahead of the next one, 0 to 1.
        suggestions: How many ranked suggestions an unresolved name gets.
    """

    margin: float = 0.05
    suggestions: int = 3
