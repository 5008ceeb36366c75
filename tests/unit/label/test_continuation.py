"""Tables that go on without their header."""

from __future__ import annotations

import pytest

from planextract.dictionaries import load_dictionaries
from planextract.label.continuation import fits_short
from planextract.label.headers import SeenHeader
from planextract.label.parts import expand, find_parts
from planextract.model.roles import Role
from planextract.model.source import SourceCell, SourceTable
from planextract.model.table import Column

VOCABULARY = load_dictionaries().columns
_COLUMNS = tuple(
    Column(role=role, label=role.value) for role in (Role.TASK_NO, Role.TASK_NAME, Role.MEASURE, Role.DEADLINE)
)


@pytest.mark.parametrize(
    ("rows", "fits"),
    [
        pytest.param([["1", "治水", "整治河道"], ["", "", "清理垃圾"]], True, id="rows that reach the measures"),
        pytest.param([["1", "治水", "整治河道"], ["2", "治气"]], False, id="one row does not reach them"),
        pytest.param([["甲", "治水", "整治河道"]], False, id="no number where the numbers stand"),
        pytest.param([["1", "治水"]], False, id="no row reaches them"),
        pytest.param([], False, id="no rows"),
    ],
)
def test_rows_with_fewer_fields_fit_where_they_reach_the_measures(rows: list[list[str]], fits: bool) -> None:
    assert fits_short(rows, _COLUMNS) is fits


_PEOPLE = [("联系人名单", "", "", ""), ("姓名", "单位", "职务", "联系电话"), ("张伟", "区教委", "科长", "010-67702734")]


def _parts(rows: list[tuple[str, ...]]) -> list[tuple[int, int, bool]]:
    cells = tuple(SourceCell(row=y, col=x, raw_text=text) for y, row in enumerate(rows) for x, text in enumerate(row))
    table = SourceTable(page=1, row_count=len(rows), col_count=len(rows[0]), cells=cells, has_spans=True)
    parts = find_parts(expand(table), VOCABULARY, SeenHeader(), lambda: (), is_same_place=False)
    return [(part.start, part.end, part.header is not None) for part in parts]


def test_a_list_of_people_right_below_the_plan_is_a_table_of_its_own() -> None:
    plan = [("序号", "任务名称", "工作措施", "牵头单位"), ("1", "治水", "整治河道。", "区水务局")]
    assert _parts([*plan, *_PEOPLE]) == [(0, 2, True), (2, 3, False), (3, 5, False)]
    assert _parts([*plan, *_PEOPLE[1:]]) == [(0, 2, True), (2, 4, False)]


def test_a_row_above_a_repeated_header_is_no_upper_level_of_it() -> None:
    header = ("工作任务", "工作措施", "时间节点", "主办单位")
    rows = [header, ("治水", "整治河道。", "年底前", "区水务局"), ("治气", "更换锅炉", "全年", "区环境局"), header]
    assert _parts([*rows, ("治土", "修复地块", "全年", "区环境局")]) == [(0, 3, True), (3, 5, True)]
