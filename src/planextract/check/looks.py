"""Which measures a person should look at: the one definition that all pages, sums and reports follow.

A measure needs a look if an open finding doubts how it was read, or if it is less sure than the model's
``review_below``. That is chosen on undamaged documents, so that few are (docs/benchmarks-confidence.md).
"""

from __future__ import annotations

from collections.abc import Iterable

from planextract.model.finding_kinds import kind_of


def asks_for_a_look(codes: Iterable[str]) -> bool:
    """Tell whether open findings on a measure ask for a look, however sure its values are.

    Those do that doubt how it was read. What a finding says of the plan itself (two deadlines, a body in two roles) or
    of the dictionary (a name it lacks) is no doubt that a look at the page could settle; as a sign it may still count.

    >>> asks_for_a_look(["check.two_roles"]), asks_for_a_look(["read.ragged_row"])
    (False, True)
    """
    return any(kind_of(code).doubts_reading for code in codes)


def needs_look(codes: Iterable[str], confidence: float, below: float, *, is_confirmed: bool = False) -> bool:
    """Tell whether a person should look at a measure.

    Args:
        codes: Its open findings that are more than notes.
        confidence: Of the whole row, 0–1.
        below: The model's ``review_below``.
        is_confirmed: Whether a person compared it with the page: then only an open finding asks.
    """
    return asks_for_a_look(codes) or (not is_confirmed and confidence < below)
