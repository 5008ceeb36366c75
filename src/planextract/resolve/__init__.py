"""Room: link every agency name to a dictionary entry, or say that nobody can.

Order: exact → alias → guarded rule → unresolved with ranked suggestions. No similarity alone accepts a
name: true variants reach down to a ratio of 47 and wrong ones up to 91, so no threshold separates them.
"""

from planextract.resolve.build import build_matcher
from planextract.resolve.duties import DutyWords
from planextract.resolve.link import count_names, link_plan, record_agencies
from planextract.resolve.matcher import AgencyMatcher

__all__ = ["AgencyMatcher", "DutyWords", "build_matcher", "count_names", "link_plan", "record_agencies"]
