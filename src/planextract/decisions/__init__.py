"""Door to people's decisions: the override file beside an input, and the log of decisions on agency names.

``plan.txt`` is overruled by ``plan.txt.overrides.yaml``; docs/overrides.md describes it. Every entry is
checked when it is read; one that matches nothing becomes a finding ``decisions.stale``. The log is
described in docs/agencies.md.
"""

from planextract.decisions.agencies import (
    DECIDED,
    DECISIONS_FILE,
    JudgementLog,
    append_judgements,
    load_judgements,
    with_judgements,
)
from planextract.decisions.overrides import OVERRIDES_SUFFIX, parse_overrides

__all__ = [
    "DECIDED",
    "DECISIONS_FILE",
    "OVERRIDES_SUFFIX",
    "JudgementLog",
    "append_judgements",
    "load_judgements",
    "parse_overrides",
    "with_judgements",
]
