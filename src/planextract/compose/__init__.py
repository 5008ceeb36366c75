"""Room: rows become tasks and measures.

In: a whole table. Out: tasks with whole measures; for every blank cell one of three states (inherited
from a merged cell above, explicitly none, really blank); each change recorded.
"""

from planextract.compose.tasks import RepairedTable, repair_table

__all__ = ["RepairedTable", "repair_table"]
