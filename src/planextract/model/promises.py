"""What records promise of their values; a broken promise is a defect of planextract, never of a document."""

from __future__ import annotations

from datetime import date

from planextract.errors import InternalError

_ROUNDING = 1e-9  # what adding up probabilities may leave over


def check_probability(value: float, what: str) -> None:
    """Check that a value is a probability, 0 to 1.

    Raises:
        InternalError: If it is none; NaN is none.
    """
    if not -_ROUNDING <= value <= 1.0 + _ROUNDING:
        raise InternalError("model.probability", f"{what} is no probability: {value}")


def check_span(start: int, end: int, text: str, what: str) -> None:
    """Check that ``text[start:end]`` lies inside the text.

    Raises:
        InternalError: If it does not.
    """
    if not 0 <= start <= end <= len(text):
        raise InternalError("model.span", f"{what} lies outside its text of {len(text)} characters: {start}–{end}")


def check_order(start: date | None, end: date | None, what: str) -> None:
    """Check that a period does not end before it starts; open ends are no periods.

    Raises:
        InternalError: If it does.
    """
    if start is not None and end is not None and end < start:
        raise InternalError("model.dates", f"{what} ends before it starts: {start} – {end}")
