"""Room: rows become tasks and measures.

In: a whole table. Out: tasks with whole measures; for every blank cell one of three states (inherited
from a merged cell above, explicitly none, really blank); each change recorded.
"""

from planextract.compose.plans import compose_plans

__all__ = ["compose_plans"]
