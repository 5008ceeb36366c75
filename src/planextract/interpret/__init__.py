"""Room: from words to values.

In: texts of measures and of the notice. Out: deadlines with kind and dates, quantities with comparator,
value and unit, the notice's fields. Nothing here knows today's date: a missing year is the plan's.
"""

from planextract.interpret.deadlines import parse_deadline
from planextract.interpret.document import close_notice, open_notice
from planextract.interpret.measures import interpret_plans, reads_deadline
from planextract.interpret.targets import find_targets

__all__ = ["close_notice", "find_targets", "interpret_plans", "open_notice", "parse_deadline", "reads_deadline"]
