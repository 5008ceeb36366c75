"""Forms of plans in prose, read whole: rows as ``number|name|text|lead|responsible|support|deadline``."""

from __future__ import annotations

from pathlib import Path

import pytest

import planextract
from planextract.extracted import ExtractedDocument
from planextract.model.roles import Role

TITLE = "某区2023年民生实事任务分解"


def read(folder: Path, text: str) -> ExtractedDocument:
    path = folder / "plan.txt"
    path.write_text(text, encoding="utf-8")
    return planextract.extract_file(path)


def rows(folder: Path, *lines: str) -> list[str]:
    return [
        "|".join(
            (
                (task.task_no_printed or "") if place == 0 else "",
                task.name or "",
                measure.text.replace("\n", "⏎"),
                *(
                    "、".join(item.raw_text for item in measure.responsibilities if item.role is role)
                    for role in (Role.LEAD, Role.RESPONSIBLE, Role.SUPPORT)
                ),
                measure.deadline.raw_text or "",
            )
        )
        for plan in read(folder, "\n".join(lines)).plans
        for task in plan.tasks
        for place, measure in enumerate(task.measures)
    ]


@pytest.mark.parametrize(
    ("lines", "wanted"),
    [
        pytest.param(
            ("责任单位：区教育局", "1.新建幼儿园3所。", "2.扩建小学2所。", "责任单位：区民政局", "3.建成养老院1家。"),
            ["1.||新建幼儿园3所。||区教育局||", "2.||扩建小学2所。||区教育局||", "3.||建成养老院1家。||区民政局||"],
            id="owners above several items",
        ),
        pytest.param(
            ("1.新建幼儿园3所。", "责任单位：区教育局", "2.扩建小学2所。", "责任单位：区民政局", "3.建成养老院1家。"),
            ["1.||新建幼儿园3所。||区教育局||", "2.||扩建小学2所。||区民政局||", "3.||建成养老院1家。||||"],
            id="owners below, the last left out",
        ),
        pytest.param(
            ("1.新建食堂10家。", "2.新增车位2000个。（责任单位：区住建局）", "3.改造公厕50座。"),
            ["1.||新建食堂10家。||||", "2.||新增车位2000个。||区住建局||", "3.||改造公厕50座。||||"],
            id="one owner in a short list",
        ),
        pytest.param(
            ("1.开展督查。（区政府督查室、区住建局，各街道办事处）", "2.改造公厕50座。（责任单位：区城管局）"),
            ["1.||开展督查。||区政府督查室、区住建局、各街道办事处||", "2.||改造公厕50座。||区城管局||"],
            id="an unknown body in a mere list",
        ),
        pytest.param(
            (
                "1.新建食堂10家",
                "主管区长：张某",
                "主责单位：区民政局",
                "2.新增车位80个",
                "主管区长：李某",
                "主责单位：区住建局",
            ),
            ["1.||新建食堂10家||区民政局||", "2.||新增车位80个||区住建局||"],
            id="leaders by their post",
        ),
        pytest.param(
            (
                "1.放宽准入。（负责部门：商务部、财政部等部门；适用范围：甲试验区，乙试验区）",
                "2.下放权限。（负责部门：商务部）",
            ),
            ["1.||放宽准入。||商务部、财政部||", "2.||下放权限。||商务部||"],
            id="another label behind the owners",
        ),
        pytest.param(
            (
                "（一）养老保险。",
                "1.目标任务。为58万名老人发放养老金。",
                "2.资金筹措。共9.5亿元。",
                "3.责任单位。牵头单位：区人社局；配合单位：区财政局。",
                "（二）残疾人补贴。",
                "1.目标任务。为6万人发放补贴。",
                "2.资金筹措。共8.6亿元。",
                "3.责任单位。牵头单位：区民政局；配合单位：区残联。",
            ),
            [
                "（一）|养老保险|1.目标任务。为58万名老人发放养老金。⏎2.资金筹措。共9.5亿元。|区人社局||区财政局|",
                "（二）|残疾人补贴|1.目标任务。为6万人发放补贴。⏎2.资金筹措。共8.6亿元。|区民政局||区残联|",
            ],
            id="a label that is an item of its own",
        ),
        pytest.param(
            (
                "（一）拆除违建。（责任单位：区城管局；完成时限：10月底前）",
                "1.全面摸排；",
                "2.拆除2万平方米。",
                "（二）规范早市。（责任单位：区商务局；完成时限：9月底前）",
                "1.设点5处；",
                "2.取缔12处。",
            ),
            [
                "（一）|拆除违建|1.全面摸排；⏎2.拆除2万平方米。||区城管局||10月底前",
                "（二）|规范早市|1.设点5处；⏎2.取缔12处。||区商务局||9月底前",
            ],
            id="steps below a line that closes with its owners",
        ),
        pytest.param(
            (
                "问题一：责任制不落实。",
                "整改措施：每季度研究1次。",
                "责任单位：区教育局",
                "问题二：资金管理不规范。",
                "整改措施：清退资金3万元。",
                "责任单位：区财政局",
            ),
            [
                "问题一|责任制不落实。|每季度研究1次。||区教育局||",
                "问题二|资金管理不规范。|清退资金3万元。||区财政局||",
            ],
            id="problems and what mends them",
        ),
        pytest.param(
            ("重点工作1：创建文明城区", "责任科室：党建办", "重点工作2：处置闲置土地", "责任科室：土地整备中心"),
            ["重点工作1||创建文明城区||党建办||", "重点工作2||处置闲置土地||土地整备中心||"],
            id="a place's sign above a label",
        ),
    ],
)
def test_forms(tmp_path: Path, lines: tuple[str, ...], wanted: list[str]) -> None:
    assert rows(tmp_path, TITLE, *lines) == wanted


def test_what_closes_a_page_without_line_breaks_is_no_measure(tmp_path: Path) -> None:
    deed = "建立工作机制，定期调度推进，确保取得实效。（区发改局牵头，各街道负责）"
    items = "".join(f"（{sign}）完成第{sign}项改革任务。{deed}" for sign in "一二三")
    text = f"现提出2023年任务分工如下。一、提高效率{items}各部门要高度重视，抓好落实，有关情况及时报告区政府。"
    assert [row.split("|")[0] for row in rows(tmp_path, text)] == ["（一）", "（二）", "（三）"]


def test_what_a_site_prints_below_is_no_measure(tmp_path: Path) -> None:
    items = [line for n in range(1, 5) for line in (f"{n}.完成第{n}项改造工程", f"责任单位：区第{n}中心")]
    found = rows(tmp_path, TITLE, *items, "下一篇：没有了", "主办：某区人民政府 承办：区政府办")
    assert [row.split("|")[0] for row in found] == ["1.", "2.", "3.", "4."]


def test_a_notice_that_is_its_own_plan_is_signed_below_it(tmp_path: Path) -> None:
    lines = (
        "一、清理审批事项。（由省编办负责）",
        "二、建设政务大厅。（由省政府办公厅负责）",
        "三、完善评价机制。（由省编办负责）",
    )
    notice = read(
        tmp_path, "\n".join(("关于政务服务重点任务分工的通知", *lines, "某省人民政府办公厅", "2016年6月6日"))
    ).notice
    assert (str(notice.issued_on), notice.issuer) == ("2016-06-06", "某省人民政府办公厅")


def test_readings_behind_characters_hide_no_label_and_stay_as_printed(tmp_path: Path) -> None:
    lines = (
        "1.統(tǒng)一標準。(責(zé)任單位:市數(shù)據(jù)局)",
        "2.修訂目錄。(市財政局負(fù)責(zé))",
        "3.監(jiān)管上線。(市數(shù)據(jù)局牽頭)",
    )
    found = [row.split("|", 2)[2] for row in rows(tmp_path, "某市2023年重點任務(wù)分工", *lines)]
    assert found == [
        "統(tǒng)一標準。||市數(shù)據(jù)局||",
        "修訂目錄。||市財政局||",
        "監(jiān)管上線。|市數(shù)據(jù)局|||",
    ]
