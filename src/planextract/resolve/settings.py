"""Settings of the room."""

from __future__ import annotations

from dataclasses import dataclass

from planextract.model.bounds import bounded, check_bounds


@dataclass(frozen=True, slots=True, kw_only=True)
class ResolveSettings:
    """How agency names are resolved.

    Attributes:
        margin: What a rule's best candidate must be ahead of the next one, 0 to 1.
        suggestions: How many ranked suggestions an unresolved name gets.
    """

    margin: float = bounded(0.05, 0.0, 1.0)
    suggestions: int = bounded(3, 0, 1000)

    def __post_init__(self) -> None:
        """Check the bounds."""
        check_bounds(self)
