"""Door to people's decisions: the override file beside an input, and the log beside an output folder.

``plan.txt`` is overruled by ``plan.txt.overrides.yaml`` (written by hand, docs/overrides.md) and by
``output.decisions.jsonl`` (written by the review page, docs/decisions.md). Every entry is checked when it is
read; one that matches nothing becomes a finding ``decisions.stale``.
"""

from planextract.decisions.log import LOG_SUFFIX, LogContent, append_decisions, log_path, read_log
from planextract.decisions.overrides import OVERRIDES_SUFFIX, parse_overrides

__all__ = [
    "LOG_SUFFIX", "OVERRIDES_SUFFIX", "LogContent", "append_decisions", "log_path", "parse_overrides", "read_log",
]  # fmt: skip
