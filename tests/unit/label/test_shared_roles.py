"""Columns whose words leave their role open: names of works, years, progress that is planned."""

from __future__ import annotations

import pytest

from planextract.dictionaries import load_dictionaries
from planextract.label.headers import match_header
from planextract.label.roles_by_content import settle_goals
from planextract.model.roles import Role
from planextract.model.table import Column


def read(*rows: str) -> tuple[Column, ...]:
    """Read a header; a label that is merged over columns or rows stands at each of its places."""
    found = match_header([row.split() for row in rows], load_dictionaries().columns)
    assert found is not None
    return found.columns


@pytest.mark.parametrize(
    ("header", "role"),
    [
        ("序号 工程名称 建设内容 责任单位 完成时限", Role.TASK_NAME),
        ("工程名称 建设内容 责任单位 完成时限", Role.TASK_NAME),
        ("工程名称 序号 建设内容 责任单位 完成时限", Role.SECTION),
        ("序号 工程名称 重点任务 建设内容 责任单位 完成时限", Role.SECTION),
    ],
)
def test_the_name_of_the_work_is_the_task_where_no_other_column_is(header, role):
    column = next(column for column in read(header) if column.label == "工程名称")
    assert column.role is role


def test_a_category_is_no_name():
    assert read("序号 类别 工作措施 责任单位 完成时限")[1].role is Role.SECTION


def test_years_side_by_side_are_nodes():
    kinds = [column.kind for column in read("序号 主要任务 责任部门 2024年 2025年目标 2026年度任务")]
    assert kinds[3:] == ["milestone"] * 3


def test_a_year_alone_is_no_node():
    assert read("序号 主要任务 责任部门 2024年目标 完成时限")[3].kind == "goal"


def test_progress_below_a_plan_is_a_node():
    upper, lower = "序号 项目名称 建设内容 {0} {0} 责任单位", "序号 项目名称 建设内容 投资 形象进度 责任单位"
    assert read(upper.format("2024年计划"), lower)[4].kind == "milestone"
    assert read(upper.format("完成情况"), lower)[4].kind == "progress"


@pytest.mark.parametrize(
    ("goals", "roles"),
    [(["6", "42.5%"], [Role.MEASURE, Role.OTHER]), (["增长6%", "42.5%"], [Role.OTHER, Role.MEASURE])],
)
def test_figures_alone_say_nothing_of_what_is_to_be_done(goals, roles):
    columns = read("序号 指标名称 2024年目标 责任单位")
    texts = [["1", "2"], ["经济增速", "森林覆盖率"], goals, ["区发展改革局", "区林业局"]]
    settled = settle_goals(columns, texts, load_dictionaries().columns)
    assert [column.role for column in settled[1:3]] == roles
