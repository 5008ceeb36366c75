from dataclasses import replace
from datetime import date

import pytest

from planextract.interpret.centre import is_of_centre
from planextract.interpret.headings import split_headings
from planextract.interpret.notice import check_notice
from planextract.interpret.notice_dates import parse_date
from planextract.model.frame import Frame
from planextract.model.plan import Notice
from planextract.model.vocabulary import AgencyWords
from planextract.text.characters import without_spaces

from ...builders import make_lines, make_regions, read_notice

FULL = """
北京市西城区人民政府办公室文件

西政办发〔2021〕2号

北京市西城区人民政府办公室关于印发
《北京市西城区污染防治攻坚战2021年行动计划》
的通知

区政府各委、办、局，各街道办事处：

为持续改善环境质量，经区政府同意，现印发给你们。

一是要落实责任。深入打

好攻坚战，开好局。

附件：1.北京市西城区大气污染防治2021年行动计划

2. 北京市西城区水污染防治 2021 年行动计划

北京市西城区人民政府办公室

2021 年 3 月 11 日

（此件公开发布）
"""
BACK = """
抄送：区委办公室，区人大常委会办公室。
北京市西城区人民政府办公室 2021年3月12日印发
"""
SHORT = """
西城区教育委员会关于开展工作的通知
各学校：
请认真落实。
附件：西城区2021年任务分解表
西城区教育委员会
二〇二一年四月一日
"""


def read(front, back="", titles=("西城区大气污染防治2021年行动计划",)):
    return read_notice(make_lines(front), make_lines(back), titles, make_regions())


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("title", "北京市西城区人民政府办公室关于印发《北京市西城区污染防治攻坚战2021年行动计划》的通知"),
        ("issuer", "北京市西城区人民政府办公室"),
        ("doc_number", "西政办发〔2021〕2号"),
        ("addressees", ("区政府各委、办、局", "各街道办事处")),
        ("issued_on", date(2021, 3, 11)),
        ("printed_on", date(2021, 3, 12)),
        ("plan_year", 2021),
        ("region", "110102"),
        ("region_name", "北京市西城区"),
        ("access_note", "此件公开发布"),
        ("cc", "区委办公室，区人大常委会办公室。"),
        ("body_text", "为持续改善环境质量，经区政府同意，现印发给你们。\n一是要落实责任。深入打好攻坚战，开好局。"),
    ],
)
def test_a_full_notice(field, value):
    assert getattr(read(FULL, BACK).notice, field) == value


def test_the_list_of_attachments():
    found = [(item.no, item.title) for item in read(FULL).notice.attachments]
    assert found == [(1, "北京市西城区大气污染防治2021年行动计划"), (2, "北京市西城区水污染防治2021年行动计划")]


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("title", "西城区教育委员会关于开展工作的通知"),
        ("issuer", "西城区教育委员会"),
        ("addressees", ("各学校",)),
        ("issued_on", date(2021, 4, 1)),
        ("body_text", "请认真落实。"),
    ],
)
def test_a_short_notice_with_chinese_numerals(field, value):
    assert getattr(read(SHORT).notice, field) == value


def test_a_single_attachment_without_a_number():
    assert [(item.no, item.title) for item in read(SHORT).notice.attachments] == [(1, "西城区2021年任务分解表")]


@pytest.mark.parametrize(
    "number", ["西政办发〔2021〕2号", "西政办发[2021]2号", "西政办发（2021）12号", "西政办发〔2021〕第3号"]
)
def test_document_numbers(number):
    assert read(FULL.replace("西政办发〔2021〕2号", number)).notice.doc_number == number


def test_without_front_matter_the_plan_names_the_document():
    result = read("")
    assert (result.notice.title, result.notice.plan_year, result.lines) == (
        "西城区大气污染防治2021年行动计划",
        2021,
        (),
    )


def test_what_nobody_printed_is_a_finding():
    frame = Frame(doc_id="d", notice=read("", titles=("行动计划",)).notice, region=None, day=None, layout="prose")
    assert "interpret.no_region" not in {finding.code for finding in check_notice(replace(frame, is_central=True))}
    assert [finding.code for finding in check_notice(frame)] == ["interpret.no_year", "interpret.no_region"]


@pytest.mark.parametrize("text", [FULL, SHORT, "甲\n乙\n" * 40, "。\n）\n：\n", "附件：\n1.甲\n附件：乙"])
def test_every_line_becomes_one_discard(text):
    discards = read(text, BACK).lines
    assert "".join(without_spaces(d.raw_text) for d in discards) == without_spaces(text + BACK)


@pytest.mark.slow
def test_a_title_ends_some_time():
    assert len(read("\n".join(["关于某某的工作事项"] * 5000)).notice.title) < 300


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2021年3月11日", date(2021, 3, 11)),
        ("二〇二一年三月十一日", date(2021, 3, 11)),
        ("２０２１年３月１１日", date(2021, 3, 11)),
        ("于 2021 年 12 月 31 日印发", date(2021, 12, 31)),
        ("2021年2月30日", None),
        ("2021年13月1日", None),
        ("3月11日", None),
        ("", None),
    ],
)
def test_parse_date(text, day):
    assert parse_date(text) == day


@pytest.mark.parametrize(
    ("text", "number", "title", "rest"),
    [
        pytest.param("正文。\n附件 1\n\n大气计划", 1, "大气计划", 1, id="numbered"),
        pytest.param("正文。\n附件\n任务分解表", None, "任务分解表", 1, id="no number"),
        pytest.param("正文。\n附件２：\n水计划", 2, "水计划", 1, id="full-width and a colon"),
        pytest.param("正文。\n附件三\n水污染防治\n2021年计划", 3, "水污染防治2021年计划", 1, id="title on two lines"),
        pytest.param("附件 1\n甲计划\n- 3 -", 1, "甲计划", 0, id="a page number is no title"),
        pytest.param("正文。\n\n2021年重点任务", None, "2021年重点任务", 1, id="without the word attachment"),
        pytest.param("正文没有标题。", None, "", 1, id="no title"),
        pytest.param("附件" + "9" * 5000 + "\n甲", None, "甲", 1, id="a number that is none"),
        pytest.param("正文。\n\n[接上页]", None, "", 2, id="a page that goes on"),
        pytest.param(
            "甲县工作要点实施方案\n甲县2017年工作要点实施方案", None, "甲县2017年工作要点实施方案", 1, id="twice"
        ),
        pytest.param("首页\n\n> 公开 > 报告", None, "", 2, id="the way to the page"),
        pytest.param(
            "某市关于促进\n\n乙业发展的若干意见",
            None,
            "某市关于促进乙业发展的若干意见",
            0,
            id="a title in two paragraphs",
        ),
        pytest.param(
            "现将《贯彻〈甲计划〉实施方案》印发给你们。\n\n贯彻《甲\n\n计划》实施方案\n\n为做好工作，制定本方案。",
            None,
            "贯彻《甲计划》实施方案",
            2,
            id="an announced name on two lines",
        ),
        pytest.param("", None, "", 0, id="nothing"),
    ],
)
def test_headings(text, number, title, rest):
    lines, heading = split_headings(make_lines(text))
    assert (heading.attachment_no, heading.title, len(lines)) == (number, title, rest)


@pytest.mark.parametrize(
    ("region", "title", "line", "is_central"),
    [
        pytest.param(None, "国务院办公厅关于印发分工方案的通知", "", True, id="its title"),
        pytest.param(
            None, None, "各省、自治区、直辖市人民政府，国务院各部委：现提出以下意见。", True, id="its addressees"
        ),
        pytest.param(None, None, "各市、县人民政府，省政府各部门：", False, id="a province writes to cities"),
        pytest.param("中央", None, "", True, id="the settings say so"),
        pytest.param("110102", "国务院办公厅转发", "", False, id="the settings say otherwise"),
    ],
)
def test_a_document_of_the_centre(region, title, line, is_central):
    notice = Notice(title=title)
    assert is_of_centre(region, notice, [line], AgencyWords()) is is_central


def test_lines_of_the_site_are_no_part_of_a_title():
    front = (
        "某市实施方案.docx\n- 上传时间：2022-12-15\n2022年某市十大民生实事出炉\n信息发布者：某村\n"
        "2022-02-28 16:14:44 来源：某新闻网\n办一件实事，暖一片人心。"
    )
    assert read(front, titles=()).notice.title == "2022年某市十大民生实事出炉"
