"""Room: put right what cells say, by evidence and by people.

In: the labelled document and the decisions that hold. Out: the document with misread characters of scans put right
(:mod:`.glyphs`) and people's edits made, and the other decisions bound to rows and fragments for the rooms behind.
Decisions that find no place are findings ``decisions.stale``, never guesses.
"""

from planextract.correct.decisions import bind_decisions
from planextract.correct.glyphs import choose_columns, repair_glyphs, widen_columns

__all__ = ["bind_decisions", "choose_columns", "repair_glyphs", "widen_columns"]
