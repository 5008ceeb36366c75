"""Settings of the room."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from planextract.model.bounds import bounded, check_bounds
from planextract.model.table import Boundary

_SURE = 0.9
_DOUBTFUL = 0.97
_WEIGHT = 2.0  # the prior counts as much as this many boundaries


@dataclass(frozen=True, slots=True, kw_only=True)
class StitchSettings:
    """Priors of the choices at boundaries; the evidence is in ``stitch/``.

    Attributes:
        cut_row_prior: Probability that a row after a page break goes on with the row before.
        in_page_cut_prior: The same between two rows of one page, where only a damaged reading cuts.
        review_score: Choices below this posterior probability are findings.
    """

    cut_row_prior: float = bounded(0.35, 0.001, 0.999)
    in_page_cut_prior: float = bounded(0.01, 0.001, 0.999)
    review_score: float = bounded(0.9, 0.0, 1.0)

    def __post_init__(self) -> None:
        """Check the bounds."""
        check_bounds(self)


def learn_prior(boundaries: Sequence[Boundary], settings: StitchSettings) -> float | None:
    """Learn from the sure choices in a document how often its page breaks cut a row.

    Rows that open no task are counted, not those a person decided. A producer that may cut rows does so at most
    breaks, one that may not never does.

    Returns:
        The prior for a second walk, between 0.1 and 0.9, or None if no choice is in doubt.
    """
    rows = [b for b in boundaries if b.row_decision in ("cut_row", "new_measure") and not b.overridden]
    sure = [b for b in rows if b.score >= _SURE]
    if not sure or all(b.score >= _DOUBTFUL for b in rows):
        return None
    cut = sum(b.row_decision == "cut_row" for b in sure)
    prior = (cut + _WEIGHT * settings.cut_row_prior) / (len(sure) + _WEIGHT)
    return min(max(prior, 0.1), 0.9)
