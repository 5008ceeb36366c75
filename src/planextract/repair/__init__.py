"""Room 3: from stitched rows to tasks and measures.

In: a whole table. Out: tasks with whole measures; for every blank cell one of three states (inherited
from a merged cell above, explicitly none, really blank); each change recorded. Before that, misread characters
of scanned cells.
"""

from planextract.repair.glyphs import repair_glyphs, widen_columns
from planextract.repair.tasks import RepairedTable, repair_table

__all__ = ["RepairedTable", "repair_glyphs", "repair_table", "widen_columns"]
