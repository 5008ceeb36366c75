"""A person's decisions that overrule ours, replayed on every run."""

from __future__ import annotations

from dataclasses import dataclass

from planextract.model.table import JoinDecision, Role, RowDecision


@dataclass(frozen=True, slots=True, kw_only=True)
class BoundaryOverride:
    """Force what happens between two pages: the join, what the first row is, or both."""

    page_before: int
    page_after: int
    decision: JoinDecision | None = None
    row_decision: RowDecision | None = None
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class InheritanceOverride:
    """Force or forbid that a blank cell takes over the cell above.

    The measure is named by its plan, task and the beginning of its text, which survive a re-run.
    """

    plan_no: int
    task_no: int
    measure_starts: str
    role: Role
    inherits: bool
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Overrides:
    """All overrides of one document; ``file`` is shown in messages."""

    file: str = ""
    boundaries: tuple[BoundaryOverride, ...] = ()
    inheritances: tuple[InheritanceOverride, ...] = ()

    def find_boundary(self, page_before: int, page_after: int) -> BoundaryOverride | None:
        """Return the override between two pages, if any."""
        for override in self.boundaries:
            if (override.page_before, override.page_after) == (page_before, page_after):
                return override
        return None
