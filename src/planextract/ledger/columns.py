"""The columns of a ledger: what each is called, who owns its values, how wide it is printed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal

from planextract.model.roles import AGENCY_ROLES, ROLES, Role

Owner = Literal["plan", "derived", "people"]
STATUSES: Final = ("未启动", "推进中", "已完成", "逾期", "调整")
"""The list that 完成状态 offers."""

KEY = "key"
"""Id of the hidden column that names the measure."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LedgerColumn:
    """A column of a ledger.

    Attributes:
        id: Its name in the hidden row above the header, by which it is found again wherever a person moves it.
        label: What its header prints.
        owner: ``plan`` (a correction becomes a decision), ``derived`` (made of the plan's values; never taken back),
            ``people`` (what they report).
        role: Role of the plan's column that it shows, if it shows one.
        width: Characters.
    """

    id: str
    label: str
    owner: Owner
    width: float
    role: Role | None = None
    is_centered: bool = False
    is_date: bool = False


NUMBER = LedgerColumn(id="no", label="序号", owner="derived", width=7, is_centered=True)
SOURCE = LedgerColumn(id="source", label="任务来源", owner="derived", width=14)
CATEGORY = LedgerColumn(id="category", label="类别", owner="derived", width=14)
PART = LedgerColumn(id="part", label="承办身份", owner="derived", width=10, is_centered=True)
TASK = LedgerColumn(id="task", label="工作任务", owner="plan", width=16, role=Role.TASK_NAME)
MEASURE = LedgerColumn(id="measure", label="具体措施", owner="plan", width=44, role=Role.MEASURE)
TARGETS = LedgerColumn(id="targets", label="量化目标", owner="derived", width=16)
DEADLINE = LedgerColumn(id="deadline", label="完成时限", owner="plan", width=11, role=Role.DEADLINE, is_centered=True)
DUE = LedgerColumn(id="due", label="时限日期", owner="derived", width=11, is_centered=True, is_date=True)
NODES = LedgerColumn(id="nodes", label="节点", owner="derived", width=14)
PROGRESS = LedgerColumn(id="progress", label="本期进展", owner="people", width=28)
STATUS = LedgerColumn(id="status", label="完成状态", owner="people", width=10, is_centered=True)
PROBLEM = LedgerColumn(id="problem", label="存在问题", owner="people", width=16)
NEXT_STEP = LedgerColumn(id="next_step", label="下步措施", owner="people", width=16)
EVIDENCE = LedgerColumn(id="evidence", label="佐证", owner="people", width=12)
REPORTER = LedgerColumn(id="by", label="填报人", owner="people", width=9, is_centered=True)
REPORTED_ON = LedgerColumn(id="on", label="填报日期", owner="people", width=11, is_centered=True, is_date=True)

REPORTED: Final = (PROGRESS, STATUS, PROBLEM, NEXT_STEP, EVIDENCE, REPORTER, REPORTED_ON)
"""What people fill in."""


def agency_column(role: Role, label: str) -> LedgerColumn:
    """Return the column of a role's bodies, under the plan's own word for it if all plans agree on one."""
    return LedgerColumn(id=role.value, label=label or ROLES[role].chinese, owner="plan", width=18, role=role)


def make_columns(labels: dict[Role, str], *, has_part: bool, has_nodes: bool) -> tuple[LedgerColumn, ...]:
    """Return a ledger's columns in order.

    Args:
        labels: The roles of bodies that its plans have, each with the plans' common word for it or "".
        has_part: Whether the ledger is one body's, so that a row says what the body is in it.
        has_nodes: Whether any plan prints nodes.
    """
    return (
        NUMBER,
        SOURCE,
        CATEGORY,
        *([PART] if has_part else []),
        TASK,
        MEASURE,
        TARGETS,
        *(agency_column(role, labels[role]) for role in AGENCY_ROLES if role in labels),
        DEADLINE,
        DUE,
        *([NODES] if has_nodes else []),
        *REPORTED,
    )
