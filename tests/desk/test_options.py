"""Region, year and "these files are one document" are said on the page, and reach the run."""

from __future__ import annotations

import pytest

import planextract
from planextract.desk.options import RunOptions, parse_options, suggest_regions

from .conftest import opening
from .test_open import RUN_MS, open_page, wait_for_plan

TABLE = (
    "工作任务分解表\n序号\t重点任务\t工作措施\t完成时限\t责任单位\n"
    "1\t改善环境\t新增绿地5公顷以上，推进老旧小区改造。\t6月底前\t区教育局\n"
    "2\t改善民生\t组织检查不少于20次。\t年底前\t区财政局\n"
)
NOTICE = (
    "成都市武侯区人民政府\n关于印发2024年工作计划的通知\n\n各街道办事处：\n    现将计划印发给你们。\n    附件：1.任务表\n\n"
    "成都市武侯区人民政府\n2024年3月1日\n"
)


@pytest.mark.parametrize(
    "data", [[], {"region": 5}, {"year": 12}, {"year": True}, {"as_one": "yes"}, {"region": "x" * 99}]
)
def test_what_is_no_option_is_refused(data):
    with pytest.raises(ValueError, match=r"must be|expected"):
        parse_options(data)


def test_a_region_is_never_taken_for_an_option():
    assert RunOptions(region=parse_options({"region": "--prune"}).region).find_arguments() == ["--region", "prune"]


def test_regions_are_suggested_by_any_part_of_their_name():
    assert suggest_regions("武侯") == ["四川省成都市武侯区"]
    assert suggest_regions("") == suggest_regions("没有这个地方") == []


def test_region_and_year_are_handed_to_the_run_and_kept(chromium, tmp_path):
    trouble = []
    (tmp_path / "计划.txt").write_text(TABLE, encoding="utf-8")
    with opening(tmp_path) as server:
        page = open_page(chromium, server, trouble, locale="zh-CN")
        page.click("#options summary")
        page.fill("[name=region]", "武侯")
        page.wait_for_selector("#regions option", state="attached")
        page.fill("[name=region]", page.get_attribute("#regions option", "value"))
        page.fill("[name=year]", "2024")
        page.set_input_files("#files", tmp_path / "计划.txt")
        wait_for_plan(page)
        (output,) = (tmp_path / "planextract-files").glob("*/output")
        tables = planextract.load(output)
        assert [str(day) for day in tables["measures"]["deadline_end"]] == ["2024-06-30", "2024-12-31"]
        assert tables["documents"]["region"].tolist() == ["510107"]

        page.click("#options summary")
        assert page.input_value("[name=region]") == "四川省成都市武侯区"
        page.fill("[name=year]", "2023")
        page.click("#options [type=submit]")
        frame = page.frame_locator("iframe.plan")
        frame.get_by_text("2023-06-30").first.wait_for(timeout=RUN_MS)
    assert trouble == []


def test_a_notice_and_its_attachment_are_asked_about(chromium, tmp_path):
    trouble = []
    (tmp_path / "附件1 任务表.txt").write_text(TABLE, encoding="utf-8")
    (tmp_path / "关于印发工作计划的通知.txt").write_text(NOTICE, encoding="utf-8")
    with opening(tmp_path) as server:
        page = open_page(chromium, server, trouble, locale="zh-CN")
        page.set_input_files("#files", sorted(tmp_path.glob("*.txt")))
        page.wait_for_selector("#ask:not([hidden])")
        page.click("#one")
        wait_for_plan(page)
        assert page.inner_text(".bar .name") == "关于印发工作计划的通知.txt +1"
        (output,) = (tmp_path / "planextract-files").glob("*/output")
        assert planextract.load(output)["documents"]["plan_year"].tolist() == [2024]
    assert trouble == []
