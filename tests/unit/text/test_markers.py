import time

import pytest

from planextract.text.markers import is_continuation_mark, is_none_mark, is_page_number, parse_section, parse_task_no


@pytest.mark.parametrize(
    "text", ["---", "-", "—", "——", "— —", "－", "/", "\\", "无", "暂无", "不涉及", "...", "***", "＿"]
)
def test_none_marks(text):
    assert is_none_mark(text)


@pytest.mark.parametrize("text", ["", "  ", "区教委", "无线电局", "-1", "6-9月", "-" * 13])
def test_no_none_marks(text):
    assert not is_none_mark(text)


@pytest.mark.parametrize(
    ("text", "section"),
    [
        pytest.param("一、空气质量目标", ("一", "空气质量目标", 1), id="first level"),
        pytest.param("十二、 保障措施", ("十二", "保障措施", 1), id="two numerals, a space"),
        pytest.param("三.移动源", ("三", "移动源", 1), id="dot"),
        pytest.param("（一）扬尘管控", ("一", "扬尘管控", 2), id="second level"),
        pytest.param("(二)扬尘", ("二", "扬尘", 2), id="half-width brackets"),
        pytest.param("第一部分 总体要求", ("一", "总体要求", 1), id="part"),
        pytest.param("第三章水环境", ("三", "水环境", 1), id="chapter"),
        pytest.param("1.目标", None, id="a digit opens an item, no section"),
        pytest.param("一、", None, id="no title"),
        pytest.param("一二三", None, id="no mark"),
        pytest.param("", None, id="empty"),
    ],
)
def test_parse_section(text, section):
    assert parse_section(text) == section


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("3", 3),
        (" 3 ", 3),
        ("3.", 3),
        ("3、", 3),
        ("（3）", 3),
        ("３", 3),
        ("三", 3),
        ("二十一", 21),
        ("第3项", 3),
        ("12", 12),
    ],
)
def test_task_numbers(text, number):
    assert parse_task_no(text) == number


@pytest.mark.parametrize("text", ["", "目标", "3-5", "12345", "3项目", "一、目标", "---", "3.5"])
def test_no_task_numbers(text):
    assert parse_task_no(text) is None


@pytest.mark.parametrize("text", ["12", "- 12 -", "— 12 —", "第12页", "第 12 页 共 30 页", "12/30", "·3·"])
def test_page_numbers(text):
    assert is_page_number(text)


@pytest.mark.parametrize("text", ["", "12345", "12条", "附件1", "2021年", "-"])
def test_no_page_numbers(text):
    assert not is_page_number(text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [("续表", True), ("（续）", True), ("续表1", True), ("接上页", True), ("续建工程", False), ("", False)],
)
def test_continuation_marks(text, expected):
    assert is_continuation_mark(text) is expected


def test_a_page_number_is_refused_in_no_time():
    start = time.perf_counter()
    assert not is_page_number("-" + " " * 1_000_000 + "x")
    assert time.perf_counter() - start < 0.5
