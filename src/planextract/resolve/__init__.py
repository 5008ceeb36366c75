"""Room: link every agency name to a dictionary entry, or say that nobody can.

Order: exact → alias → guarded rule → unresolved with ranked suggestions. No similarity alone accepts a
name: true variants reach down to a ratio of 47 and wrong ones up to 91, so no threshold separates them.
"""

from planextract.resolve.build import build_matcher, match_names, prepare_names
from planextract.resolve.link import link_plans
from planextract.resolve.matcher import AgencyMatcher
from planextract.resolve.plan_regions import match_names_of_plans
from planextract.resolve.publisher import find_publisher

__all__ = [
    "AgencyMatcher",
    "build_matcher",
    "find_publisher",
    "link_plans",
    "match_names",
    "match_names_of_plans",
    "prepare_names",
]
