"""What a blank agency cell means, rule by rule."""

from __future__ import annotations

from typing import Any

import pytest

from planextract.compose.blank_cells import PrintedCell, RowContext, SettledCells, settle_cells
from planextract.model.decision import Bound, BoundBlank
from planextract.model.plan import AgencyCell, CellStatus
from planextract.model.roles import Role
from tests.builders import FakeNames

LEAD, OWNER, SUPPORT = Role.LEAD, Role.RESPONSIBLE, Role.SUPPORT
NAMES = FakeNames("区教委", "区财政局", "区城管委")


def _printed(role: Role, text: str = "", *, is_merged: bool = False) -> PrintedCell:
    return PrintedCell(role=role, label=role.value, text=text, cell_ids=(f"own-{role.value}",), is_merged=is_merged)


def _above(role: Role, text: str, status: CellStatus = "listed") -> AgencyCell:
    return AgencyCell(role=role, label=role.value, status=status, text=text, cell_ids=(f"above-{role.value}",))


def _settle(
    *printed: PrintedCell, above: tuple[AgencyCell, ...] = (), bound: Bound | None = None, **given: Any
) -> SettledCells:
    fields = {"is_structure_known": False, "prints_none": False, "plan_no": 1, "task_no": 2, "page": 3, **given}
    context = RowContext(above={cell.role: cell for cell in above}, measure_text="建设公园。", **fields)
    return settle_cells(printed, context, NAMES, bound or Bound())


def _states(settled: SettledCells) -> list[tuple[str, str]]:
    return [(cell.status, cell.text) for cell in settled.cells]


def _codes(settled: SettledCells) -> list[str]:
    return [finding.code for finding in settled.findings]


ABOVE = (_above(OWNER, "区教委"), _above(SUPPORT, "区财政局"))


def test_what_is_printed_stands() -> None:
    settled = _settle(_printed(OWNER, "区城管委"), _printed(SUPPORT, "—"), above=ABOVE)
    assert _states(settled) == [("listed", "区城管委"), ("none", "")]
    assert settled.findings == () and settled.decided == {}


def test_a_blank_owner_and_what_is_blank_with_it_are_taken_from_above() -> None:
    settled = _settle(_printed(OWNER), _printed(SUPPORT), above=ABOVE)
    assert _states(settled) == [("inherited", "区教委"), ("inherited", "区财政局")]
    assert settled.cells[0].cell_ids == ("above-responsible", "own-responsible")


def test_columns_in_another_order_follow_the_owner_as_well() -> None:
    settled = _settle(_printed(SUPPORT), _printed(OWNER), above=ABOVE)
    assert _states(settled) == [("inherited", "区财政局"), ("inherited", "区教委")]


def test_a_column_blank_beside_a_printed_owner_stays_blank() -> None:
    assert _states(_settle(_printed(OWNER, "区城管委"), _printed(SUPPORT), above=ABOVE))[1] == ("blank", "")


def test_a_column_that_the_table_never_leaves_blank_is_the_rest_of_a_merged_one() -> None:
    settled = _settle(_printed(OWNER, "区城管委"), _printed(SUPPORT), above=ABOVE, never_blank=frozenset({SUPPORT}))
    assert _states(settled)[1] == ("inherited", "区财政局")


def test_nothing_is_inherited_that_gives_one_body_two_roles() -> None:
    settled = _settle(_printed(OWNER), _printed(SUPPORT, "区教委"), above=ABOVE)
    assert _states(settled) == [("blank", ""), ("listed", "区教委")]
    assert _codes(settled) == ["repair.inheritance_conflict"]
    assert "区教委 already has another role" in settled.findings[0].message and settled.findings[0].page == 3


def test_where_the_format_tells_merged_cells_only_those_are_inherited() -> None:
    settled = _settle(_printed(OWNER), _printed(SUPPORT, is_merged=True), above=ABOVE, is_structure_known=True)
    assert _states(settled) == [("blank", ""), ("inherited", "区财政局")]
    assert _codes(settled) == ["repair.no_owner"]


@pytest.mark.parametrize("above", [(), (_above(OWNER, "", "blank"),)], ids=["nothing above", "blank above"])
@pytest.mark.parametrize("is_merged", [False, True])
def test_nothing_comes_from_a_blank_cell_above(above: tuple[AgencyCell, ...], is_merged: bool) -> None:
    settled = _settle(_printed(OWNER, is_merged=is_merged), above=above)
    assert _states(settled) == [("blank", "")]
    assert _codes(settled) == ([] if is_merged else ["repair.no_owner"])


def test_a_none_mark_above_is_inherited_too() -> None:
    settled = _settle(_printed(OWNER), _printed(SUPPORT), above=(ABOVE[0], _above(SUPPORT, "", "none")))
    assert _states(settled)[1] == ("inherited", "")


def test_where_dashes_are_printed_a_blank_cell_is_told() -> None:
    settled = _settle(_printed(OWNER, "区城管委"), _printed(SUPPORT), above=ABOVE, prints_none=True)
    assert _states(settled)[1] == ("blank", "") and _codes(settled) == ["repair.blank_cell"]
    assert "(above: 区财政局)" in settled.findings[0].message
    alone = _settle(_printed(OWNER, "区城管委"), _printed(SUPPORT), prints_none=True)
    assert "above" not in alone.findings[0].message


def _said(**fields: Any) -> Bound:
    given = {"decision_id": "d1", "role": OWNER, "inherits": True, "cell_id": "own-responsible", **fields}
    return Bound(blanks=(BoundBlank(**given),))


def test_a_person_decides_on_a_blank_cell() -> None:
    yes = _settle(_printed(OWNER), above=ABOVE, bound=_said(), is_structure_known=True)
    assert _states(yes) == [("inherited", "区教委")] and yes.decided == {OWNER: "d1"}
    no = _settle(_printed(OWNER), _printed(SUPPORT), above=ABOVE, bound=_said(inherits=False))
    assert _states(no) == [("blank", ""), ("blank", "")] and no.findings == ()
    nothing = _settle(_printed(OWNER), bound=_said())
    assert _states(nothing) == [("blank", "")]
    printed = _settle(_printed(OWNER, "区城管委"), above=ABOVE, bound=_said())
    assert _states(printed) == [("listed", "区城管委")] and printed.decided == {}
