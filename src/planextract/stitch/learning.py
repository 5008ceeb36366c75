"""What the page breaks of one document teach about its others: asked once all were looked at, for a second look."""

from __future__ import annotations

from collections.abc import Sequence

from planextract.model.table import Boundary
from planextract.stitch.growing_table import RowChoice
from planextract.stitch.likelihoods import CUT
from planextract.stitch.rates import CUT_UNFINISHED
from planextract.stitch.settings import StitchSettings

_SURE = 0.9
_DOUBTFUL = 0.97
_WEIGHT = 2.0  # the prior counts as much as this many boundaries
_UNFINISHED_WEIGHT = 4.0  # and the usual share of cuts inside a sentence as this many


def learn_prior(boundaries: Sequence[Boundary], settings: StitchSettings) -> float | None:
    """Learn from the choices in a document how often its page breaks cut a row.

    Rows that open no task are counted, each by its probability, not those a person decided: the sure ones alone are
    mostly cuts, which are told with more certainty than new rows. A producer that may cut rows does so at most
    breaks, one that may not never does.

    Returns:
        The prior for a second walk, between 0.1 and 0.9, or None if no choice is in doubt.
    """
    rows = [b for b in boundaries if b.row_decision in ("cut_row", "new_measure") and not b.overridden]
    if all(b.score < _SURE for b in rows) or all(b.score >= _DOUBTFUL for b in rows):
        return None
    cut = sum(b.score if b.row_decision == CUT else 1.0 - b.score for b in rows)
    prior = (cut + _WEIGHT * settings.cut_row_prior) / (len(rows) + _WEIGHT)
    return min(max(prior, 0.1), 0.9)


def learn_unfinished(choices: Sequence[RowChoice]) -> float:
    """Learn from a document's page breaks how many of its cut rows end above the cut inside a sentence.

    A printer that fills lines cuts between two sentences as often as a line happens to end there; one who types pages
    may do so on purpose. Each choice counts by the probability that it is a cut row, sure or not: to count the sure
    ones alone would leave out those that end a sentence.
    """
    unfinished, all_cut = _UNFINISHED_WEIGHT * CUT_UNFINISHED, _UNFINISHED_WEIGHT
    for choice in choices:
        cut = choice.score if choice.start == CUT else 1.0 - choice.score
        if not {"text_finished", "text_unfinished"}.isdisjoint(choice.seen):
            all_cut += cut
            unfinished += cut * ("text_unfinished" in choice.seen)
    return unfinished / all_cut
