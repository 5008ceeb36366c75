"""Settings of the room."""

from __future__ import annotations

from dataclasses import dataclass

from planextract.model.bounds import bounded, check_bounds


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
