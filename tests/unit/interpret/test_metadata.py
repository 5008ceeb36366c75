from datetime import date

import pytest

from planextract.dictionaries import load_dictionaries
from planextract.interpret.metadata import read_metadata

from ...builders import make_lines, make_regions, read_notice

LABELS = load_dictionaries().metadata_labels
BLOCK = """
索 引 号：11341602/202004-00328
发文字号：西政办发〔2021〕3号
成文日期：2021-03-11
有 效 性：有效
"""
NOTICE = """
西政办发〔2021〕2号
西城区人民政府关于印发计划的通知
各学校：
请认真落实。
西城区人民政府
2021年3月11日
"""


def read(text):
    return read_notice(make_lines(text), (), ["2021年计划"], make_regions(), LABELS)


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("索引号：A-1\n有效性：有效", id="a pair a line"),
        pytest.param("• 索引号:A-1\n• 信息有效性:有效", id="bullets"),
        pytest.param("索引号: | A-1 | 信息分类: | 通知 |\n有效性: | 有效 | 标题: |", id="a row of fields"),
        pytest.param("索引号：A-1 发布机构：某局\n有效性：有效 文号：", id="several on a line"),
        pytest.param("索引号\nA-1\n有效性\n有效", id="values on the next line"),
    ],
)
def test_forms(text):
    values = read_metadata(make_lines(text), LABELS).values
    assert (values["index_no"], values["validity"]) == ("A-1", "有效")


def test_one_label_is_no_block():
    assert read_metadata(make_lines("名称：某计划\n正文。"), LABELS).pairs == ()


def test_the_notice_wins_and_a_finding_says_so():
    result = read(BLOCK + NOTICE)
    assert (result.notice.doc_number, result.notice.index_no, result.notice.validity) == (
        "西政办发〔2021〕2号",
        "11341602/202004-00328",
        "有效",
    )
    assert [f.code for f in result.trail.findings].count("interpret.metadata_disagrees") == 1


def test_the_block_fills_what_the_notice_does_not_print():
    result = read(BLOCK + "\n各学校：\n请认真落实。")
    assert (result.notice.doc_number, result.notice.issued_on) == ("西政办发〔2021〕3号", date(2021, 3, 11))


@pytest.mark.parametrize(
    ("mark", "issuers"),
    [
        pytest.param("甲市发展改革委 甲市财政局 文件", ("甲市发展改革委", "甲市财政局"), id="on one line"),
        pytest.param("甲市发展改革委\n甲市财政局\n文件", ("甲市发展改革委", "甲市财政局"), id="a line each"),
        pytest.param("甲市发展改革委文件", ("甲市发展改革委",), id="one"),
    ],
)
def test_issuers(mark, issuers):
    assert read(f"{mark}\n甲发改〔2021〕2号\n关于印发计划的通知\n各单位：\n请落实。").notice.issuers == issuers


def test_issuers_who_sign():
    text = "关于印发计划的通知\n各单位：\n请落实。\n甲市委办公室 甲市人民政府办公室\n2021年3月1日"
    assert read(text).notice.issuers == ("甲市委办公室", "甲市人民政府办公室")


def test_a_signatory():
    assert (
        read("甲市人民政府文件\n甲政〔2021〕2号\n签发人：张某某\n关于计划的请示\n省政府：\n请批示。").notice.signed_by
        == "张某某"
    )


@pytest.mark.parametrize(
    "number", ["甲政〔2021〕2号", "甲政[2021]2号", "甲政【2021】2号", "甲政(2021)2号", "甲政﹝2021﹞第2号"]
)
def test_document_numbers(number):
    assert read(f"{number}\n关于印发计划的通知\n各单位：\n请落实。").notice.doc_number == number


@pytest.mark.parametrize(
    "text", ["二○○七年四月十三日", "二OO七年四月十三日", "2007年4月13日", "２００７年４月１３日", "2007 年 4 月 13 日"]
)
def test_old_numerals(text):
    assert read(f"关于印发计划的通知\n各单位：\n请落实。\n甲市人民政府\n{text}").notice.issued_on == date(2007, 4, 13)


@pytest.mark.parametrize("note", ["（此件公开发布）", "(此件主动公开)", "此件依申请公开"])
def test_access_notes(note):
    found = read(f"关于印发计划的通知\n各单位：\n请落实。\n2021年3月1日\n{note}").notice.access_note
    assert found == note.strip("（）()")


def test_a_sites_mark_above_the_title_is_none_of_it():
    block = "某区教育局\n索引号: A-1 有效性: 有效\n名称: 某区教育局2025年任务分解表 文号:\n发文日期: 2025-06-13\n"
    assert read(block + "某区教育局2025年任务分解表\n").notice.title == "某区教育局2025年任务分解表"
