"""What is written down of a cell that inherits, and what headings stay above a row."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest

from planextract.compose.tasks import _Heading, _leave_headings, _record_inheritance
from planextract.model.roles import Role


def agencies(role: Role, status: str, *cell_ids: str) -> Any:
    return SimpleNamespace(role=role, status=status, text="区教委", cell_ids=cell_ids)


def test_what_inherits_or_was_told_to_is_a_repair_and_nothing_else() -> None:
    work: Any = SimpleNamespace(repairs=[])
    cells = [
        agencies(Role.LEAD, "inherited", "c1", "c2"),
        agencies(Role.RESPONSIBLE, "listed", "c3"),
        agencies(Role.SUPPORT, "none"),
    ]
    _record_inheritance(work, "m", SimpleNamespace(score=0.9), cells, {Role.SUPPORT: "d7"})
    assert [(r.rule, r.cell_id, r.decision_id, r.after, r.confidence) for r in work.repairs] == [
        ("inherit_cell", "c2", None, "区教委", 0.9),
        ("override_inheritance", None, "d7", "区教委", 0.9),
    ]


@pytest.mark.parametrize(("level", "left", "said"), [(4, [1, 2, 3], 0), (3, [1, 2], 1), (2, [1], 1), (1, [], 1)])
def test_headings_from_a_level_down_are_left_and_one_without_a_row_is_said(
    level: int, left: list[int], said: int
) -> None:
    headings = [_Heading(1, "一、甲", 1, "a"), _Heading(2, "（一）乙", 1, "b"), _Heading(3, "丙", 2, "c")]
    headings[0].has_rows = headings[1].has_rows = True
    work: Any = SimpleNamespace(section=SimpleNamespace(headings=headings), findings=[])
    _leave_headings(work, level)
    assert [heading.level for heading in headings] == left
    assert [(f.code, f.page, f.cell_id) for f in work.findings] == [("repair.empty_section", 2, "c")] * said


def test_a_heading_of_no_text_is_left_without_a_word() -> None:
    work: Any = SimpleNamespace(section=SimpleNamespace(headings=[_Heading(1, "", 1, "a")]), findings=[])
    _leave_headings(work, 1)
    assert (work.section.headings, work.findings) == ([], [])
