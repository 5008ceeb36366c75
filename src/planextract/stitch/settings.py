"""Settings of the room."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class StitchSettings:
    """Priors of the boundary decisions; the evidence is in ``stitch/``.

    Attributes:
        cut_row_prior: Probability that a row after a page break goes on with the row before.
        in_page_cut_prior: The same between two rows of one page, where only a damaged reading cuts.
        review_score: Decisions below this posterior probability are findings.
    """

    cut_row_prior: float = 0.35
    in_page_cut_prior: float = 0.01
    review_score: float = 0.9
