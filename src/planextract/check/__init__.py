"""Room: is the result whole and sound?

In: the finished extraction. Out: findings; :func:`check_conservation` raises where a character was lost,
which fails the document before anything of it is written.
"""

from planextract.check.confidence import rate_measures
from planextract.check.conservation import check_conservation
from planextract.check.plans import check_plans
from planextract.check.privacy import withhold_persons
from planextract.check.settled import settle_findings

__all__ = ["check_conservation", "check_plans", "rate_measures", "settle_findings", "withhold_persons"]
