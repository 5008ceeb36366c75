"""Room 6: is the result whole and sound?

In: the finished extraction. Out: findings; :func:`check_conservation` raises where a character was lost,
which fails the document before anything of it is written.
"""

from planextract.check.conservation import check_conservation
from planextract.check.plans import check_plans, rate_measures
from planextract.check.privacy import withhold_persons

__all__ = ["check_conservation", "check_plans", "rate_measures", "withhold_persons"]
