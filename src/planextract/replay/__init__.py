"""Bring a person's decisions back to where they belong in this reading of the document.

In: the labelled document and the decisions that hold. Out: the document with its edited cells, and
overrides bound to rows and fragments for the rooms behind. Decisions that find no place are findings
``decisions.stale``, never guesses.
"""

from planextract.replay.bind import Bound, bind_decisions
from planextract.replay.settle import record_agencies, settle_findings

__all__ = ["Bound", "bind_decisions", "record_agencies", "settle_findings"]
