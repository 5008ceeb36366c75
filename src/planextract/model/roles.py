"""The canonical roles of columns, one row a role: every other list of roles is derived from here.

To add a role: a member of :class:`Role` and its row in ``ROLES``, its wordings in ``dictionaries/columns.yaml``. A
role of bodies is known everywhere then: its columns in the contract, gold, scores, reports, page, workbook and views.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Final


class Role(StrEnum):
    """Canonical role of a column, in the order in which plans print them."""

    TASK_NO = "task_no"
    TASK_NAME = "task_name"
    MEASURE = "measure"
    DEADLINE = "deadline"
    LEAD = "lead"
    RESPONSIBLE = "responsible"
    SUPPORT = "support"
    SECTION = "section"
    OTHER = "other"


@dataclass(frozen=True, slots=True, kw_only=True)
class RoleSpec:
    """What is to be known of a role.

    Attributes:
        english: What people call the column.
        chinese: The same; a plan's own printed label goes before it.
        wordings: Usual wordings in print, for documentation.
        is_agency: Its cells list bodies, each with a row of ``responsibilities``; it has a status and a confidence.
        is_single_line: Lines of its cells are wrapped text, never paragraphs.
        width: Characters that its column takes in a workbook; None takes what the page leaves.
    """

    english: str
    chinese: str
    wordings: str = ""
    is_agency: bool = False
    is_single_line: bool = False
    width: float | None = None


def _of_bodies(english: str, chinese: str, wordings: str) -> RoleSpec:
    return RoleSpec(english=english, chinese=chinese, wordings=wordings, is_agency=True, width=24.0)


ROLES: Final = {
    Role.TASK_NO: RoleSpec(english="No.", chinese="序号", is_single_line=True, width=6.0),
    Role.TASK_NAME: RoleSpec(english="Task", chinese="重点任务", is_single_line=True, width=20.0),
    Role.MEASURE: RoleSpec(english="Measure", chinese="工作措施"),
    Role.DEADLINE: RoleSpec(english="Deadline", chinese="完成时限", is_single_line=True, width=13.0),
    Role.LEAD: RoleSpec(english="Lead", chinese="牵头单位", wordings="牵头", is_agency=True, width=24.0),
    Role.RESPONSIBLE: RoleSpec(
        english="Responsible", chinese="责任单位", wordings="主责/责任", is_agency=True, width=24.0
    ),
    Role.SUPPORT: RoleSpec(english="Support", chinese="配合单位", wordings="协办/配合", is_agency=True, width=24.0),
    Role.SECTION: RoleSpec(english="Section", chinese="章节", is_single_line=True, width=13.0),
    Role.OTHER: RoleSpec(english="Other", chinese="其他", width=14.0),
}

AGENCY_ROLES: Final = tuple(role for role in Role if ROLES[role].is_agency)
AGENCY_COLUMNS: Final = tuple(role.value for role in AGENCY_ROLES)


def status_column(role: str) -> str:
    """Return the column of ``measures`` that says in what state a role's cell is: of bodies, or the deadline's.

    >>> status_column(Role.LEAD)
    'lead_status'
    """
    return f"{role}_status"
