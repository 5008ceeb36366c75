"""The region of a document: today's divisions, those of its year, and the short name that opens a title."""

from __future__ import annotations

import pytest

from planextract.dictionaries import load_dictionaries
from planextract.interpret.regions import find_region

REGIONS = load_dictionaries().regions


@pytest.mark.parametrize(
    ("named", "year", "full_name"),
    [
        ("密云县人民政府", 2014, "北京市密云县"),
        ("德安县人民政府办公室关于印发重点工作任务分解的通知", 2014, "江西省九江市德安县"),
        ("铜陵市郊区2020年重点工作任务分解表", 2020, "安徽省铜陵市郊区"),
        ("杭州市下城区人民政府", 2019, "浙江省杭州市下城区"),
        ("下城区人民政府办公室", 2019, "浙江省杭州市下城区"),
        ("莱芜市人民政府", 2017, "山东省莱芜市"),
        ("济南市莱芜区人民政府", 2020, "山东省济南市莱芜区"),
        ("北京市西城区人民政府", 2014, "北京市西城区"),
        ("陕西《政府工作报告》部门分工确定", None, "陕西省"),
        ("泰州关于印发优化营商环境行动方案的通知", None, "江苏省泰州市"),
        ("吉林市人民政府", 2020, "吉林省吉林市"),
        ("恩施州人民政府办公室", 2020, "湖北省恩施土家族苗族自治州"),
        ("湖南省湘西自治州人民政府", 2020, "湖南省湘西土家族苗族自治州"),
        ("天祝县2023年为民办实事方案", 2023, "甘肃省武威市天祝藏族自治县"),
        ("伊犁州党委关于印发要点的通知", 2023, "新疆维吾尔自治区伊犁哈萨克自治州"),
        ("甘南县人民政府", 2020, "黑龙江省齐齐哈尔市甘南县"),
        ("密云县人民政府", 2020, None),
        ("鼓楼区人民政府", 2020, None),
        ("关于印发工作方案的通知", 2020, None),
    ],
)
def test_the_region_is_that_of_the_year(named, year, full_name):
    found = find_region([named], [], REGIONS, year)
    assert (found.full_name if found else None) == full_name


def test_what_stands_at_the_head_tells_the_region_where_no_title_does():
    lines = ["印发《潮州市打赢蓝天保卫战实施方案》。", "落实《广东省人民政府关于印发的通知》"]
    assert find_region([], lines, REGIONS, None).full_name == "广东省潮州市"


@pytest.mark.parametrize(
    ("line", "full_name"),
    [
        ("为稳定经济增长，结合淮安实际，制定如下实施细则。", "江苏省淮安市"),
        ("现结合绍兴市上虞区的实际，制定本方案。", "浙江省绍兴市上虞区"),
        ("结合我市实际，制定本方案。", None),
        ("结合工作实际，制定本方案。", None),
    ],
)
def test_whose_state_of_things_a_notice_fits_is_its_region(line, full_name):
    found = find_region([], [line], REGIONS, None)
    assert (found.full_name if found else None) == full_name


def test_a_division_of_the_past_has_its_chain_of_today():
    region = REGIONS.find("110228")
    assert region.chain == ("110228", "110000")
    assert REGIONS.with_region(region).level_word("110228") == "县"
