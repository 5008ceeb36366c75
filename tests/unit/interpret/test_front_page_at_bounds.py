"""Lines around a notice's title, each by its form: what is a title, an issuer, a number, the site's."""

from __future__ import annotations

import pytest

from planextract.dictionaries import load_dictionaries
from planextract.interpret import front_page
from planextract.interpret.headings import split_headings
from planextract.interpret.indicators import name_before, name_behind
from planextract.model.source import SourceText

WORDS = load_dictionaries().units.words


@pytest.mark.parametrize(
    ("lines", "found"),
    [
        (["关于印发《甲方案》", "的通知"], "关于印发《甲方案》的通知"),
        (["关于印发", "《甲", "方案》", "乙", "的通知"], "关于印发《甲方案》乙的通知"),
        (["关于印发", "《甲", "方案》", "乙", "丙", "的通知"], None),
        (["《关于某事的通知》解读"], None),
        (["附件关于某事的通知"], None),
        (
            [
                "关于某事如何办理的通知 现现现现现现现现现现现现现现现现现现现现现现现现现现现现现现现现现现现现现现现现现现现现现现现现现现现现现现现现现现现现现"
            ],
            "关于某事如何办理的通知",
        ),
        (
            [
                "关于某事如何办理的通知 现现现现现现现现现现现现现现现现现现现现现现现现现现现现现现现现现现现现现现现现现现现现现现现现现现现现现现现现现现现现"
            ],
            "关于某事如何办理的通知",
        ),
        (["某市人民政府", "某市发改委", "关于某事的通知"], "某市人民政府某市发改委关于某事的通知"),
        (["某市人民政府", "首页导航", "关于某事的通知"], "关于某事的通知"),
        (["关于某事：", "的通知"], None),
        (
            [
                "关于某某某某某某某某某某某某某某某某某某某某某某某某某某某某某某某某某某某某某某某某某某某某某某某某某某某某某某某某某某某某某某某某某某某某某某某某某某某某某某某某某某某某某某某某某某某某某某某某某某某某某某某某某某某某某某某某某某某某某某某某某某某某某某某某某某某某某某某某某某某某某某某某某某某某某某某某某某某某某某某某某某某某某某某某某某某某某某某某某某某某某某某某某某某某某某某某某某某的通知"
            ],
            "关于某某某某某某某某某某某某某某某某某某某某某某某某某某某某某某某某某某某某某某某某某某某某某某某某某某某某某某某某某某某某某某某某某某某某某某某某某某某某某某某某某某某某某某某某某某某某某某某某某某某某某某某某某某某某某某某某某某某某某某某某某某某某某某某某某某某某某某某某某某某某某某某某某某某某某某某某某某某某某某某某某某某某某某某某某某某某某某某某某某某某某某某某某某某某某某某某某某某的通知",
        ),
        (
            [
                "关于某某某某某某某某某某某某某某某某某某某某某某某某某某某某某某某某某某某某某某某某某某某某某某某某某某某某某某某某某某某某某某某某某某某某某某某某某某某某某某某某某某某某某某某某某某某某某某某某某某某某某某某某某某某某某某某某某某某某某某某某某某某某某某某某某某某某某某某某某某某某某某某某某某某某某某某某某某某某某某某某某某某某某某某某某某某某某某某某某某某某某某某某某某某某某某某某某某某某的通知"
            ],
            None,
        ),
        (["关于《甲的通知", "乙》的通知"], "关于《甲的通知乙》的通知"),
        (["现将关于某事予以说明。", "关于某事的通知"], "关于某事的通知"),
    ],
)
def test_a_title_runs_over_lines_to_its_end(lines: list[str], found: str | None) -> None:
    assert front_page.find_title(lines) == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("首页 > 正文", True),
        ("• 目录", True),
        ("您的位置：首页", True),
        ("字体：大", True),
        ("格式：pdf", True),
        ("a.docx", True),
        ("浏览次数 5", True),
        ("»正文", True),
        ("2021年任务", False),
        ("一、首页", False),
    ],
)
def test_a_line_of_the_site_is_told_by_its_marks(text: str, found: bool) -> None:
    assert front_page.is_site_line(text) is found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("来源：某局", True),
        ("发布时间：2021", True),
        ("2021-01-10 来源：某局", True),
        ("作者：张", True),
        ("索引号：1", True),
        ("日期：1", True),
        ("关于来源：某", False),
        ("发布单位：甲", False),
    ],
)
def test_a_line_of_date_and_source_is_told_by_its_labels(text: str, found: bool) -> None:
    assert front_page.is_published_line(text) is found


@pytest.mark.parametrize(
    ("own", "named", "plans", "found"),
    [
        ("2021年任务表", None, (), "2021年任务表"),
        ("首页", "某局任务表", (), "某局任务表"),
        (None, None, ("甲", "2021年任务表"), "2021年任务表"),
        ("【政务公开】2021年任务表", "2021年任务表", (), "2021年任务表"),
        ("【政务公开】关于任务表", "关于任务表", (), "【政务公开】关于任务表"),
        ("某局2021年任务表", "关于任务表", (), "某局2021年任务表"),
        ("一、任务清单", None, ("任务",), None),
        ("任务", None, (), None),
        ("任务清单表", None, (), "任务清单表"),
        ("某政〔2021〕1号某市关于印发方案的通知", None, (), "某市关于印发方案的通知"),
        ("某政〔2021〕1号任务一二三", None, (), "某政〔2021〕1号任务一二三"),
        ("《关于任务》", None, (), "《关于任务》"),
        ("《关于任务分解》", None, (), "《关于任务分解》"),
    ],
)
def test_a_title_is_the_notices_own_or_the_pages_or_a_plans(
    own: str | None, named: str | None, plans: tuple[str, ...], found: str | None
) -> None:
    assert front_page.choose_title(own, named, plans) == found


@pytest.mark.parametrize(
    ("title", "found"),
    [
        ("【政务公开】关于印发方案的通知", "关于印发方案的通知"),
        ("【政务公开】方案", "【政务公开】方案"),
        ("【政】关于印发某方案的通知", "【政】关于印发某方案的通知"),
    ],
)
def test_a_sites_tag_is_no_part_of_a_title(title: str, found: str) -> None:
    assert front_page.drop_site_tag(title) == found


@pytest.mark.parametrize(
    ("flat", "title", "found"),
    [
        ("附件1", "2021年任务表", True),
        ("一、任务", "2021年任务表", True),
        ("一、任务表", "2021年任务表", False),
        ("项目一", "2021年任务表", True),
        ("为了推进，特制定", "2021年工作方案", True),
        ("为了推进，特制定", "2021年工作任务", False),
        ("为了推进", "2021年工作方案", False),
        ("附件1", "《2021年任务表", False),
        ("附件1", "首页", False),
    ],
)
def test_a_text_begins_below_a_whole_title(flat: str, title: str, found: bool) -> None:
    assert front_page.starts_body(flat, title) is found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("某市人民政府", True),
        ("政府", True),
        ("局", False),
        ("某某某某某某某某某某某某某某某某某某某某某某某某某某某某政府", True),
        ("某某某某某某某某某某某某某某某某某某某某某某某某某某某某某政府", False),
        ("某市，政府", False),
        ("某2政府", False),
        ("某公司", False),
    ],
)
def test_an_office_is_told_by_its_end(text: str, found: bool) -> None:
    assert front_page.is_office(text) is found


@pytest.mark.parametrize(
    ("lines", "found"),
    [
        (["文号：某政〔2021〕1号"], "某政〔2021〕1号"),
        (["（某政〔2021〕1号）"], "某政〔2021〕1号"),
        (["某政[2021]1号"], "某政[2021]1号"),
        (["某政（2021）第1号"], "某政（2021）第1号"),
        (["根据 某政〔2021〕1号，制定。"], None),
        (["某政〔2021〕1号某政〔2022〕2号"], "某政〔2021〕1号"),
        (["某政〔3021〕1号"], None),
        (["《某通知》某政〔2021〕1号"], None),
        (["《某通知》 某政〔2021〕1号", "某政〔2022〕2号"], "某政〔2022〕2号"),
    ],
)
def test_a_number_stands_first_or_in_a_field(lines: list[str], found: str | None) -> None:
    assert front_page.find_doc_number(lines) == found


@pytest.mark.parametrize(
    ("number", "lines", "issued", "found"),
    [
        (None, ["2019年", "2021年度"], None, 2021),
        ("某政〔2020〕1号", ["2021年"], None, 2020),
        (None, ["20215年"], None, None),
        (None, ["13.2021"], None, 2021),
        (None, ["甲"], "1998-1", 1998),
        (None, ["甲"], "1978-1", None),
        (None, ["2019年"], "2022-1", 2019),
    ],
)
def test_the_year_is_that_of_the_number_or_the_latest(
    number: str | None, lines: list[str], issued: str | None, found: int | None
) -> None:
    assert front_page.find_year(number, lines, issued) == found


@pytest.mark.parametrize(
    ("lines", "found"),
    [
        (["2021年任务汇总", "来源：某局"], "2021年任务汇总"),
        (["来源：某局"], None),
        (["2021年任务汇", "", "来源：某局"], "2021年任务汇"),
        (["2021年任务", "来源：某局"], None),
        (
            [
                "任任任任任任任任任任任任任任任任任任任任任任任任任任任任任任任任任任任任任任任任任任任任任任任任任任任任任任任任任任任任任任任任任任任任任任任任任任任任任任任任任任任任任任任任任任任任任任任任任任任任任任任任任任任任任任任任任任任任任任任任任任任任任任任任任任任任任任任任任任任任任任任任任任任任任任任任任任任任任任任任任任任任任任任任任任任任任任任任任任任任任任任任任任任任任任任任任任任任任任任任",
                "来源：某局",
            ],
            "任任任任任任任任任任任任任任任任任任任任任任任任任任任任任任任任任任任任任任任任任任任任任任任任任任任任任任任任任任任任任任任任任任任任任任任任任任任任任任任任任任任任任任任任任任任任任任任任任任任任任任任任任任任任任任任任任任任任任任任任任任任任任任任任任任任任任任任任任任任任任任任任任任任任任任任任任任任任任任任任任任任任任任任任任任任任任任任任任任任任任任任任任任任任任任任任任任任任任任任任",
        ),
        (
            [
                "任任任任任任任任任任任任任任任任任任任任任任任任任任任任任任任任任任任任任任任任任任任任任任任任任任任任任任任任任任任任任任任任任任任任任任任任任任任任任任任任任任任任任任任任任任任任任任任任任任任任任任任任任任任任任任任任任任任任任任任任任任任任任任任任任任任任任任任任任任任任任任任任任任任任任任任任任任任任任任任任任任任任任任任任任任任任任任任任任任任任任任任任任任任任任任任任任任任任任任任任任",
                "来源：某局",
            ],
            None,
        ),
        (["2021年任务：汇总表", "来源：某局"], None),
        (["2021年任务汇总表。", "来源：某局"], None),
        (["某市生态环境委员会", "来源：某局"], None),
    ],
)
def test_the_line_above_date_and_source_is_the_title(lines: list[str], found: str | None) -> None:
    assert front_page.find_heading(lines) == found


def lines(*texts: str) -> list[SourceText]:
    """Lines of text; ``¶`` opens a paragraph."""
    return [
        SourceText(page=1, raw_text=text.lstrip("¶"), line=at, starts_paragraph=text.startswith("¶"))
        for at, text in enumerate(texts)
    ]


def heading(*texts: str) -> str:
    """What is left for the notice; the number; the title."""
    rest, found = split_headings(lines(*texts))
    return f"{'/'.join(line.raw_text for line in rest)}|{found.attachment_no}|{found.title}"


@pytest.mark.parametrize(
    ("texts", "found"),
    [
        (("正文。", "附件2", "甲任务", "分解表"), "正文。|2|甲任务分解表"),
        (("正文。", "附件2", "甲任务", "说明文字。", "乙"), "正文。/说明文字。/乙|2|甲任务"),
        (("附件", "单位：万元", "甲任务表"), "|None|甲任务表"),
        (("附件2：甲任务表",), "|None|甲任务表"),
        (("正文。", "甲任务", "分解表"), "正文。|None|甲任务分解表"),
        (("正文。", "甲", "乙", "丙", "丁"), "正文。/甲|None|乙丙丁"),
        (("正文。", "¶甲任务", "¶分解表"), "正文。/甲任务|None|分解表"),
        (("正文。", "甲任务表", "单位：万元"), "正文。/单位：万元|None|甲任务表"),
        (("单位：万元",), "|None|单位：万元"),
        (("2021年1月5日", "甲任务表"), "2021年1月5日|None|甲任务表"),
        (("〔2021〕5号", "甲任务表"), "〔2021〕5号|None|甲任务表"),
        (("一、任务", "甲任务"), "一、任务|None|甲任务"),
        (("一、任务表",), "|None|一、任务表"),
        (("（此件公开发布）", "甲任务表"), "（此件公开发布）|None|甲任务表"),
        (("项目一", "甲任务"), "项目一|None|甲任务"),
        (("续表", "甲任务"), "续表|None|甲任务"),
        ((">首页", "甲任务"), ">首页|None|甲任务"),
        (
            (
                "甲甲甲甲甲甲甲甲甲甲甲甲甲甲甲甲甲甲甲甲甲甲甲甲甲甲甲甲甲甲甲甲甲甲甲甲甲甲甲甲甲甲甲甲甲甲甲甲甲甲甲甲甲甲甲甲甲甲甲甲",
            ),
            "|None|甲甲甲甲甲甲甲甲甲甲甲甲甲甲甲甲甲甲甲甲甲甲甲甲甲甲甲甲甲甲甲甲甲甲甲甲甲甲甲甲甲甲甲甲甲甲甲甲甲甲甲甲甲甲甲甲甲甲甲甲",
        ),
        (
            (
                "甲甲甲甲甲甲甲甲甲甲甲甲甲甲甲甲甲甲甲甲甲甲甲甲甲甲甲甲甲甲甲甲甲甲甲甲甲甲甲甲甲甲甲甲甲甲甲甲甲甲甲甲甲甲甲甲甲甲甲甲甲",
            ),
            "甲甲甲甲甲甲甲甲甲甲甲甲甲甲甲甲甲甲甲甲甲甲甲甲甲甲甲甲甲甲甲甲甲甲甲甲甲甲甲甲甲甲甲甲甲甲甲甲甲甲甲甲甲甲甲甲甲甲甲甲甲|None|",
        ),
        (("甲任务：",), "甲任务：|None|"),
        (("甲任务，",), "甲任务，|None|"),
        (("关于某事的通知", "甲任务表"), "关于某事的通知|None|甲任务表"),
        (("某局关于促进", "乙业发展的意见"), "|None|某局关于促进乙业发展的意见"),
        (("某局促进", "乙业发展的意见"), "|None|某局促进乙业发展的意见"),
        (("某市2021年工作方案", "市2021年工作方案"), "某市2021年工作方案|None|市2021年工作方案"),
        (("某市2021年工作方案", "2021年任务方案"), "|None|某市2021年工作方案2021年任务方案"),
        (
            ("关于印发《甲乙丙丁工作方案》的通知", "甲乙丙丁工作方案", "正文。"),
            "关于印发《甲乙丙丁工作方案》的通知/正文。|None|甲乙丙丁工作方案",
        ),
        (
            ("关于印发《甲乙丙丁工作方案》的通知", "甲乙丙丁", "工作方案", "正文。"),
            "关于印发《甲乙丙丁工作方案》的通知/正文。|None|甲乙丙丁工作方案",
        ),
        (
            ("关于印发《甲工作方案》的通知", "甲工作方案", "正文。"),
            "关于印发《甲工作方案》的通知/甲工作方案/正文。|None|",
        ),
        (
            ("关于印发《甲乙工作方案》的通知", "甲乙工作方案", "正文。"),
            "关于印发《甲乙工作方案》的通知/正文。|None|甲乙工作方案",
        ),
        (("甲乙丙丁工作方案", "甲乙丙丁工作方案", "正文。"), "甲乙丙丁工作方案/甲乙丙丁工作方案/正文。|None|"),
        (("正文。", "附件：甲任务表"), "正文。|None|甲任务表"),
        (("1", "附件3", "2", "甲"), "1|3|甲"),
    ],
)
def test_the_title_of_a_plan_is_parted_from_the_notice(texts: tuple[str, ...], found: str) -> None:
    assert heading(*texts) == found


@pytest.mark.parametrize(
    ("text", "keeps_verbs", "found"),
    [
        ("各街道对垃圾分类覆盖率", False, "垃圾分类覆盖率"),
        ("到2025年底前污水处理率", False, "污水处理率"),
        ("再生水利用率", False, "再生水利用率"),
        ("全年推广电动车", False, "电动车"),
        ("全年推广电动车", True, "全年推广电动车"),
        ("全年抽检覆盖率", True, "全年抽检覆盖率"),
        ("新增贷款", True, "贷款"),
        ("新增和更新的车辆", True, "新增和更新的车辆"),
        ("建园率", True, "建园率"),
        ("新建公园", False, "公园"),
        ("办理案件", False, "办理案件"),
        ("覆盖率同比", False, "覆盖率"),
        ("覆盖率比2015年", False, "覆盖率"),
        ("覆盖率均应", False, "覆盖率"),
        ("公园（一期）公园面积", False, "公园面积"),
        ("公", False, ""),
        ("新建", False, ""),
        ("对口支援企业", False, "对口支援企业"),
        ("、和企业", False, "企业"),
        ("的企业", False, "企业"),
    ],
)
def test_what_a_figure_is_about_stands_before_it(text: str, keeps_verbs: bool, found: str) -> None:
    assert name_before(text, WORDS, keeps_verbs=keeps_verbs) == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("人行天桥。", "人行天桥"),
        ("的绿地，", "绿地"),
        ("（二期）绿地", ""),
        ("企业改造工程", "企业改造工程"),
        ("改造企业污染治理设施", "企业污染治理设施"),
        ("改造企业治理", "企业治理"),
        ("整治任务", "整治任务"),
        ("全面完成", ""),
        ("企业全面完成", "企业"),
        ("企业的基础上", "企业"),
        ("企业、学校", "企业"),
        ("企业达到5家", "企业"),
        ("企", ""),
        ("“甲”企业", "“甲”企业"),
        ("“甲企业", "甲企业"),
        ("绿地（二期）", "绿地"),
        ("绿地）工程", "绿地"),
    ],
)
def test_or_behind_it(text: str, found: str) -> None:
    assert name_behind(text, WORDS) == found
