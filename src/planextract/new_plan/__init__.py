"""The path of a new plan: what of it is unknown, drafts of what would make it known, and the decisions that are left.

Nothing here makes anything active: drafts say ``draft: true`` and are passed over by every run until a person took
that line out; names are decided with ``planextract agencies``, rows with ``planextract review``.
"""

from __future__ import annotations

from planextract.new_plan.command import Intake, take_in

__all__ = ["Intake", "take_in"]
