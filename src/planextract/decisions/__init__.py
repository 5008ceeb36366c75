"""Door to people's decisions: overrides beside an input, the log beside an output, the log on agency names.

``plan.txt`` is overruled by ``plan.txt.overrides.yaml`` (written by hand, docs/overrides.md) and by
``output.decisions.jsonl`` (written by the review page, docs/decisions.md). Every entry is checked when it is
read; one that matches nothing becomes a finding ``decisions.stale``. Decisions on agency names, of the review page
and of ``planextract agencies``, are in one log of their own, described in docs/agencies.md.
"""

from planextract.decisions.agency_log import (
    DECIDED,
    DECISIONS_FILE,
    JudgementLog,
    append_judgements,
    load_judgements,
    with_judgements,
)
from planextract.decisions.log import LOG_SUFFIX, LogContent, append_decisions, log_path, read_log
from planextract.decisions.overrides import OVERRIDES_SUFFIX, parse_overrides
from planextract.decisions.which_log import Logs, sort_logs, tell_log

__all__ = [
    "DECIDED",
    "DECISIONS_FILE",
    "LOG_SUFFIX",
    "OVERRIDES_SUFFIX",
    "JudgementLog",
    "LogContent",
    "Logs",
    "append_decisions",
    "append_judgements",
    "load_judgements",
    "log_path",
    "parse_overrides",
    "read_log",
    "sort_logs",
    "tell_log",
    "with_judgements",
]
