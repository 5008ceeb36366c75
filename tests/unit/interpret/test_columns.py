"""Columns without a role of their own: nodes, targets, progress, leaders."""

from __future__ import annotations

from datetime import date

import pytest

from planextract.dictionaries import load_dictionaries
from planextract.interpret.columns import _read_state, read_columns
from planextract.model.plan import Deadline, Measure, OtherValue


@pytest.fixture(scope="module")
def books():
    return load_dictionaries(None)


def read(books, *others, text="新增公办学位。"):
    measure = Measure(
        seq=1,
        text=text,
        raw_text=text,
        pages=(1,),
        cell_ids=(),
        agency_cells=(),
        deadline=Deadline(raw_text=None, kind="none"),
        deadline_status=None,
        row_score=1.0,
        others=tuple(
            OtherValue(label=label, text=value, kind=kind, is_private=kind == "person") for label, kind, value in others
        ),
    )
    return read_columns(measure, 2023, books.deadlines, books.units, "0" * 16)


def test_quarters_are_nodes(books):
    measure = read(
        books,
        ("一季度", "milestone", "完成选址"),
        ("四季度目标", "milestone", "主体完工"),
        ("二季度", "milestone", "——"),
    )
    assert [(n.label, n.text, n.due_start, n.due_end) for n in measure.milestones] == [
        ("一季度", "完成选址", date(2023, 1, 1), date(2023, 3, 31)),
        ("四季度目标", "主体完工", date(2023, 10, 1), date(2023, 12, 31)),
    ]


def test_nodes_of_one_cell_are_told_by_their_periods(books):
    measure = read(books, ("阶段目标", "milestone", "3月底前：完成招标；6月底前：开工建设；12月：完工"))
    assert [(n.label, n.text, n.due_end) for n in measure.milestones] == [
        ("3月底前", "完成招标；", date(2023, 3, 31)),
        ("6月底前", "开工建设；", date(2023, 6, 30)),
        ("12月", "完工", date(2023, 12, 31)),
    ]


def test_a_node_that_names_no_period_is_kept_as_printed(books):
    measure = read(books, ("进度计划", "milestone", "按计划推进"), ("阶段目标", "milestone", "6月底前完成选址"))
    assert [(n.label, n.text, n.due_end) for n in measure.milestones] == [
        ("进度计划", "按计划推进", None),
        ("6月底前", "完成选址", date(2023, 6, 30)),
    ]


def test_value_unit_and_indicator_are_one_target(books):
    measure = read(books, ("指标名称", "indicator", "绿化覆盖率"), ("单位", "unit", "%"), ("目标值", "value", "42.5"))
    target = measure.targets[-1]
    assert (target.indicator, target.value, target.unit, target.role) == ("绿化覆盖率", 42.5, "%", "target")
    assert (target.span_start, target.span_end) == (0, 0)


@pytest.mark.parametrize(
    ("label", "text", "status", "ratio"),
    [
        ("完成情况", "已完成", "done", None),
        ("完成情况", "完成80%", "other", 0.8),
        ("当前进度", "95%", "other", 0.95),
        ("进展情况", "正常推进", "on_schedule", None),
        ("进展情况", "6.2%", "other", None),
        ("进展情况", "工程滞后，正在赶工，预计年底建成投用。", "behind", None),
        ("进展情况", "全区召开部署会，印发方案，已组织三轮检查。", None, None),
    ],
)
def test_progress_is_kept_and_its_state_read(books, label, text, status, ratio):
    (progress,) = read(books, (label, "progress", text)).progress
    assert (progress.text, progress.status, progress.ratio) == (text, status, ratio)


def test_progress_is_no_target(books):
    assert read(books, ("完成情况", "progress", "新增学位1200个")).targets == ()


def test_problems_and_next_steps_are_told_apart(books):
    (progress,) = read(
        books,
        ("进展情况", "progress", "已开工"),
        ("存在问题", "progress", "资金不足"),
        ("下步措施", "progress", "申请专项"),
    ).progress
    assert (progress.text, progress.problem, progress.next_step) == ("已开工", "资金不足", "申请专项")


def test_leaders_are_named_and_telephones_are_not(books):
    measure = read(books, ("分管县领导", "person", "张三、李四"), ("联系电话", "person", "0835-5222222"))
    assert [(leader.role_label, leader.name) for leader in measure.leaders] == [
        ("分管县领导", "张三"),
        ("分管县领导", "李四"),
    ]


@pytest.mark.parametrize(
    ("text", "ratio", "state"),
    [
        ("", None, None),
        ("甲", None, "other"),  # one character is a state of another kind
        ("甲" * 12, None, "other"),
        ("甲" * 13, None, None),
        ("已完成", None, "done"),
        ("已完成", 1.0, "done"),
        ("已完成", 0.99, "other"),
    ],
)
def test_a_short_text_is_a_state_and_a_share_below_the_whole_is_not_done(text, ratio, state):
    assert _read_state(text, ratio) == state
