import math
import time

import pytest

from planextract.dictionaries import load_dictionaries
from planextract.interpret import find_targets

from ...builders import make_units

UNITS = make_units()


def find(text):
    return find_targets(text, UNITS)


@pytest.mark.parametrize(
    ("text", "comparator", "value", "unit"),
    [
        ("新增绿地10公顷", "=", 10, "公顷"),
        ("完成改造1.5万平方米", "=", 15_000, "平方米"),
        ("完成1,200台改造", "=", 1_200, "台"),
        ("减排3.4万吨", "decrease", 34_000, "吨"),
        ("覆盖率达到90%以上", ">=", 90, "%"),
        ("不低于95%", ">=", 95, "%"),
        ("不超过5%", "<=", 5, "%"),
        ("控制在35微克/立方米左右", "~", 35, "微克/立方米"),
        ("下降2个百分点", "decrease", 2, "个百分点"),
        ("提高10%以上", "increase", 10, "%"),
        ("约3.4万吨", "~", 34_000, "吨"),
        ("完成30余家", "=", 30, "家"),
        ("退出后30名", ">", 30, "名"),
        ("进入前10名", "<=", 10, "名"),
        ("建成2个", "=", 2, "个"),
    ],
)
def test_one_target(text, comparator, value, unit):
    (target,) = find(text)
    assert (target.comparator, target.value, target.unit, target.role) == (comparator, value, unit, "target")


@pytest.mark.parametrize(
    "text",
    [
        "PM2.5浓度下降",
        "DB11/891-2020标准",
        "国六b标准",
        "2018年版",
        "第3个",
        "C2",
        "“十四五”期间",
        "10月5日",
        "3个工作",
        "没有数字",
        "",
    ],
)
def test_numbers_of_names_and_dates_are_no_quantities(text):
    assert find(text) == ()


@pytest.mark.parametrize("text", ["3个月内", "周边100米范围", "在3天内办结"])
def test_qualifiers(text):
    assert [target.role for target in find(text)] == ["qualifier"]


def test_a_range_has_two_values():
    (target,) = find("建成3-5个")
    assert (target.value, target.value_high) == (3, 5)


@pytest.mark.parametrize(
    ("text", "indicator"),
    [
        pytest.param("降尘量力争控制在5吨以内", "降尘量", id="before the comparator"),
        pytest.param("覆盖率达到90%以上", "覆盖率", id="comparators on both sides"),
        pytest.param("新增10公顷的绿地", "绿地", id="behind the quantity"),
        pytest.param("完成5家企业改造", "企业改造", id="behind a verb"),
    ],
)
def test_indicator(text, indicator):
    assert find(text)[0].indicator == indicator


def test_spans_point_to_the_words():
    text = "淘汰车辆200辆，覆盖率达到90%以上。"
    for target in find(text):
        assert text[target.span_start : target.span_end] == target.text


def test_no_value_is_infinite():
    assert all(math.isfinite(target.value) for target in find("9" * 400 + "吨，前" + "9" * 400 + "名"))


@pytest.mark.parametrize(
    "text",
    [
        "1" * 200_000,
        "1," * 100_000,
        "建设" * 100_000,
        "前" + "1" * 200_000,
        "A" + "1" * 200_000 + "吨",
        "完成1吨" * 2_000,
    ],
    ids=["digits", "commas", "no digits", "rank", "name", "many"],
)
def test_long_texts_take_linear_time(text):
    start = time.perf_counter()
    find(text)
    assert time.perf_counter() - start < 3


def test_a_unit_that_begins_another_word_is_none():
    units = load_dictionaries().units
    assert [t.text for t in find_targets("会同5部门和10部委增设电梯80部，全年接待游客1500万人次。", units)] == [
        "80部",
        "1500万人次",
    ]
    assert all(t.role == "target" for t in find_targets("增设电梯80部，全年接待游客1500万人次。", units))


@pytest.mark.parametrize(
    ("text", "targets"),
    [
        ("新建2座人行天桥。", ["2座"]),
        ("支持发展，全年引进企业10家，流转土地400亩。", ["10家", "400亩"]),
        ("新增车位1140个，充电桩685个。", ["1140个", "685个"]),
        ("审评时限为3周以内。", ["3周以内"]),
        ("全市16个街道。收到通知后3周内报送。共有2个问题。", []),
    ],
)
def test_figures_that_commit_without_a_known_verb(text, targets):
    units = load_dictionaries().units
    assert [t.text for t in find_targets(text, units) if t.role == "target"] == targets
