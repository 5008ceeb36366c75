"""Room: from words to values.

In: texts of measures and of the notice. Out: deadlines with kind and dates, quantities with comparator,
value and unit, the notice's fields. Nothing here knows today's date: a missing year is the plan's.
"""

from planextract.interpret.deadlines import find_text_deadlines, parse_deadline
from planextract.interpret.headings import PlanHeading, split_headings
from planextract.interpret.notice import InterpretedNotice, interpret_notice
from planextract.interpret.properties import fill_notice
from planextract.interpret.targets import find_targets

__all__ = [
    "InterpretedNotice",
    "PlanHeading",
    "fill_notice",
    "find_targets",
    "find_text_deadlines",
    "interpret_notice",
    "parse_deadline",
    "split_headings",
]
