"""Door to people's decisions: the override file beside an input.

``plan.txt`` is overruled by ``plan.txt.overrides.yaml``; docs/overrides.md describes it. Every entry is
checked when it is read; one that matches nothing becomes a finding ``decisions.stale``.
"""

from planextract.decisions.overrides import OVERRIDES_SUFFIX, parse_overrides

__all__ = ["OVERRIDES_SUFFIX", "parse_overrides"]
