"""Room beside the others: measure one result against another – truth, an earlier run, the year before.

In: :mod:`planextract.model.result` records. Out: counts, metrics, changes; pure, with a fixed seed where
chance is used. Reading gold and writing reports is done elsewhere (``decisions``, ``report``).
"""

from planextract.score.document import DocumentScore, score_document
from planextract.score.summary import Metric, Score, summarize

__all__ = ["DocumentScore", "Metric", "Score", "score_document", "summarize"]
