import pytest

from planextract.interpret.front_page import (
    choose_title,
    find_doc_number,
    find_heading,
    find_issuer,
    find_title,
    find_year,
    is_time_line,
)


@pytest.mark.parametrize(
    ("lines", "title"),
    [
        (["首页", "关于印发《甲方案》的通知"], "关于印发《甲方案》的通知"),
        (["某市人民政府办公室", "关于印发某某", "工作要点的通知"], "某市人民政府办公室关于印发某某工作要点的通知"),
        (["某市政府关于优化环境的实施意见（某政〔2017〕1号）"], "某市政府关于优化环境的实施意见（某政〔2017〕1号）"),
        (["國務院辦公廳關於印發2017年工作安排的通知"], "國務院辦公廳關於印發2017年工作安排的通知"),
        (["关于某事，现通知如下。"], None),
        ([], None),
    ],
)
def test_title(lines, title):
    assert find_title(lines) == title


@pytest.mark.parametrize(
    ("lines", "number"),
    [
        (["国发〔2020〕6号"], "国发〔2020〕6号"),
        (["某政办〔2023〕1 号"], "某政办〔2023〕1号"),
        (["发布机构 某办 文    号 某政办〔2023〕1号"], "某政办〔2023〕1号"),
        (["关于某事的通知 (某府〔2021〕22号)"], "某府〔2021〕22号"),
        (["國辦發〔2017〕28號"], "國辦發〔2017〕28號"),
        (["落实《某省的通知》（某府〔2018〕128号），制定本方案。"], None),
        (["按照《某省的通知》(某府〔2018〕128号)"], None),
        (["某省人民政府 关于明确重点工作 责任单位的通知 某政〔2023〕5号 现将任务予以分解。"], "某政〔2023〕5号"),
    ],
)
def test_number(lines, number):
    assert find_doc_number(lines) == number


def test_issuer_and_year():
    assert find_issuer("国务院关于某事的意见") == "国务院"
    assert find_issuer("某市2020年关于某事的意见") is None
    assert find_year("池政〔2017〕101号", ["2018年1月26日"]) == 2017
    assert find_year(None, ["13.03.2015  07:51", "落实2014年工作"]) == 2015
    assert find_year(None, ["没有年份"]) is None
    assert find_year(None, ["没有年份"], "2021年03月06日") == 2021
    assert is_time_line("13.03.2015  07:51") and not is_time_line("2015年工作要点")


@pytest.mark.parametrize(
    ("lines", "title"),
    [
        (
            ["某市人民政府", "首页  >  政务公开 > 正文", "2021年度绩效任务完成情况汇总表", "", "日期: 2022-01-10"],
            "2021年度绩效任务完成情况汇总表",
        ),
        (["2021年度任务表已经公布。", "来源：某局"], None),
        (["某市生态环境保护委员会办公室", "发布时间：2022-01-10"], None),
        (["首页 > 正文 > 重点工作任务", "来源：某局"], None),
    ],
)
def test_heading_above_the_sites_line_of_date(lines, title):
    assert find_heading(lines) == title


@pytest.mark.parametrize(
    ("own", "title"),
    [
        ("某政办规[2023]4号某市人民政府办公厅关于印发某措施的通知", "某市人民政府办公厅关于印发某措施的通知"),
        ("《关于稳定经济增长的具体实施细则》", "关于稳定经济增长的具体实施细则"),
        ("《某市政府工作报告》重点任务分工", "《某市政府工作报告》重点任务分工"),
    ],
)
def test_the_number_before_a_title_and_marks_around_it_are_no_part_of_it(own, title):
    assert choose_title(own, None, ()) == title
