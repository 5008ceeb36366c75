"""Plans in prose, whole: what each line of a text becomes, with what is printed beside it."""

from __future__ import annotations

import pytest

from planextract.dictionaries import load_dictionaries
from planextract.label.prose import ProseRow, find_prose_plan

from ...builders import make_lines

WORDS = load_dictionaries().columns


def draw(row: ProseRow) -> str:
    """A row: ``role=text …``, what is left out but words and marks of owners, and how it stands."""
    parts = [f"{role}={text}" for role, text in row.cells]
    parts += [f"{reason}:{text}" for reason, text in row.spare if reason != "prose_mark"]
    parts += [f"shared={text}" for _, text in (row.shared.cells if row.shared else ())]
    parts += ["section"] if row.is_section and not any(part.startswith("section=") for part in parts) else []
    parts += ["inner"] if not row.opens_task else []
    return " ".join(parts).replace("\n", "/")


def read(text: str) -> list[str] | None:
    """The lines before the plan, its rows, the lines behind it; lines and rows a string each."""
    plan = find_prose_plan(make_lines(text), WORDS)
    if plan is None:
        return None
    before, after = ([f"< {line.raw_text}" for line in lines] for lines in (plan.before, plan.after))
    return [*before, *map(draw, plan.rows), *after]


CASES = [
    pytest.param(
        (
            "2023年工作要点\n"
            "一、重点任务\n"
            "1.完成造林2万亩，推进城乡融合。（市林业局牵头）\n"
            "（责任领导：张三）\n"
            "97.推进甲。（责任单位：市财政局）\n"
            "98.推进乙。（责任单位：市财政局）"
        ),
        [
            "< 2023年工作要点",
            "section=一、重点任务",
            "task_no=1. measure=完成造林2万亩，推进城乡融合。 lead=市林业局 personal:张三",
            "task_no=97. measure=推进甲。 responsible=市财政局",
            "task_no=98. measure=推进乙。 responsible=市财政局",
        ],
        id="owners on the next line",
    ),
    pytest.param(
        (
            "2023年工作要点\n"
            "1.完成造林2万亩。（市林业局牵头）- 完成修路三条工作。（市交通局牵头）\n"
            "97.推进甲。（责任单位：市财政局）\n"
            "98.推进乙。（责任单位：市财政局）"
        ),
        [
            "< 2023年工作要点",
            "task_no=1. measure=完成造林2万亩。 lead=市林业局",
            "measure=完成修路三条工作。 lead=市交通局 inner",
            "task_no=97. measure=推进甲。 responsible=市财政局",
            "task_no=98. measure=推进乙。 responsible=市财政局",
        ],
        id="a bullet behind owners",
    ),
    pytest.param(
        (
            "2023年工作要点\n"
            "1.完成造林2万亩。（市林业局牵头）（2）完成修路三条工作。（市交通局牵头）\n"
            "97.推进甲。（责任单位：市财政局）\n"
            "98.推进乙。（责任单位：市财政局）"
        ),
        [
            "< 2023年工作要点",
            "task_no=1. measure=完成造林2万亩。 lead=市林业局",
            "measure=完成修路三条工作。 lead=市交通局 inner",
            "task_no=97. measure=推进甲。 responsible=市财政局",
            "task_no=98. measure=推进乙。 responsible=市财政局",
        ],
        id="a number in brackets behind owners",
    ),
    pytest.param(
        (
            "2023年工作要点\n"
            "1.完成造林2万亩。（市林业局牵头）2.完成修路三条工作。（市交通局牵头）\n"
            "97.推进甲。（责任单位：市财政局）\n"
            "98.推进乙。（责任单位：市财政局）"
        ),
        [
            "< 2023年工作要点",
            "task_no=1. measure=完成造林2万亩。 lead=市林业局",
            "task_no=2. measure=完成修路三条工作。 lead=市交通局",
            "task_no=97. measure=推进甲。 responsible=市财政局",
            "task_no=98. measure=推进乙。 responsible=市财政局",
        ],
        id="the next number behind owners",
    ),
    pytest.param(
        (
            "2023年工作要点\n"
            "1.完成造林2万亩。（市林业局牵头）7.完成修路三条工作。（市交通局牵头）\n"
            "97.推进甲。（责任单位：市财政局）\n"
            "98.推进乙。（责任单位：市财政局）"
        ),
        [
            "< 2023年工作要点",
            "task_no=1. measure=完成造林2万亩。 lead=市林业局",
            "measure=7.完成修路三条工作。 lead=市交通局 inner",
            "task_no=97. measure=推进甲。 responsible=市财政局",
            "task_no=98. measure=推进乙。 responsible=市财政局",
        ],
        id="any other number behind owners",
    ),
    pytest.param(
        (
            "2023年工作要点\n"
            "1.完成造林2万亩。（市林业局牵头）短文\n"
            "说明文字在下面一段。\n"
            "97.推进甲。（责任单位：市财政局）\n"
            "98.推进乙。（责任单位：市财政局）"
        ),
        [
            "< 2023年工作要点",
            "task_no=1. measure=完成造林2万亩。 lead=市林业局",
            "prose_text:短文",
            "prose_text:说明文字在下面一段。",
            "task_no=97. measure=推进甲。 responsible=市财政局",
            "task_no=98. measure=推进乙。 responsible=市财政局",
        ],
        id="words and a paragraph behind owners",
    ),
    pytest.param(
        (
            "2023年工作要点\n"
            "1.完成造林2万亩。（市林业局牵头）后面还有一句话没有主体\n"
            "说明文字在下面一段。\n"
            "97.推进甲。（责任单位：市财政局）\n"
            "98.推进乙。（责任单位：市财政局）"
        ),
        [
            "< 2023年工作要点",
            "task_no=1. measure=完成造林2万亩。 lead=市林业局",
            "measure=后面还有一句话没有主体 inner",
            "prose_text:说明文字在下面一段。",
            "task_no=97. measure=推进甲。 responsible=市财政局",
            "task_no=98. measure=推进乙。 responsible=市财政局",
        ],
        id="a text that nobody owns behind owners",
    ),
    pytest.param(
        (
            "2023年工作要点\n"
            "1.工作任务：造林\n"
            "工作措施：完成造林2万亩。\n"
            "责任单位：市林业局\n"
            "97.推进甲。（责任单位：市财政局）\n"
            "98.推进乙。（责任单位：市财政局）"
        ),
        [
            "< 2023年工作要点",
            "task_no=1. task_name=造林 measure=完成造林2万亩。 responsible=市林业局",
            "task_no=97. measure=推进甲。 responsible=市财政局",
            "task_no=98. measure=推进乙。 responsible=市财政局",
        ],
        id="labelled lines",
    ),
    pytest.param(
        (
            "2023年工作要点\n"
            "1.造林\n"
            "工作措施：完成造林2万亩。\n"
            "工作措施：再造林。\n"
            "责任单位：市林业局\n"
            "97.推进甲。（责任单位：市财政局）\n"
            "98.推进乙。（责任单位：市财政局）"
        ),
        [
            "< 2023年工作要点",
            "task_no=1. task_name=造林 measure=完成造林2万亩。/再造林。 responsible=市林业局",
            "task_no=97. measure=推进甲。 responsible=市财政局",
            "task_no=98. measure=推进乙。 responsible=市财政局",
        ],
        id="a name above labelled lines",
    ),
    pytest.param(
        (
            "2023年工作要点\n"
            "1.工作任务：完成造林2万亩。\n"
            "责任单位：市林业局\n"
            "97.推进甲。（责任单位：市财政局）\n"
            "98.推进乙。（责任单位：市财政局）"
        ),
        [
            "< 2023年工作要点",
            "task_no=1. measure=完成造林2万亩。 responsible=市林业局",
            "task_no=97. measure=推进甲。 responsible=市财政局",
            "task_no=98. measure=推进乙。 responsible=市财政局",
        ],
        id="a label of tasks alone",
    ),
    pytest.param(
        (
            "2023年工作要点\n"
            "一、加强造林\n"
            "完成造林2万亩，推进工作。（市林业局牵头）\n"
            "完成修路三条，推进工作。（市交通局牵头）\n"
            "97.推进甲。（责任单位：市财政局）\n"
            "98.推进乙。（责任单位：市财政局）"
        ),
        [
            "< 2023年工作要点",
            "section=一、加强造林",
            "measure=完成造林2万亩，推进工作。 lead=市林业局",
            "measure=完成修路三条，推进工作。 lead=市交通局 inner",
            "task_no=97. measure=推进甲。 responsible=市财政局",
            "task_no=98. measure=推进乙。 responsible=市财政局",
        ],
        id="a chapter with paragraphs",
    ),
    pytest.param(
        (
            "2023年工作要点\n"
            "一、加强造林\n"
            "引言一段文字在这里介绍。\n"
            "完成造林2万亩，推进工作。（市林业局牵头）\n"
            "完成修路三条，推进工作。（市交通局牵头）\n"
            "97.推进甲。（责任单位：市财政局）\n"
            "98.推进乙。（责任单位：市财政局）"
        ),
        [
            "< 2023年工作要点",
            "section=一、加强造林",
            "prose_text:引言一段文字在这里介绍。",
            "measure=完成造林2万亩，推进工作。 lead=市林业局",
            "measure=完成修路三条，推进工作。 lead=市交通局 inner",
            "task_no=97. measure=推进甲。 responsible=市财政局",
            "task_no=98. measure=推进乙。 responsible=市财政局",
        ],
        id="a chapter with an introduction",
    ),
    pytest.param(
        (
            "2023年工作要点\n"
            "1.加强造林\n"
            "完成造林2万亩，推进工作。（市林业局牵头）\n"
            "97.推进甲。（责任单位：市财政局）\n"
            "98.推进乙。（责任单位：市财政局）"
        ),
        [
            "< 2023年工作要点",
            "task_no=1. task_name=加强造林 measure=完成造林2万亩，推进工作。 lead=市林业局",
            "task_no=97. measure=推进甲。 responsible=市财政局",
            "task_no=98. measure=推进乙。 responsible=市财政局",
        ],
        id="a number whose line names the paragraph below",
    ),
    pytest.param(
        ("2023年工作要点\n一、市林业局\n1.造林2万亩。\n2.育苗3万株。\n二、市交通局（2项）\n1.修路3条。\n2.修桥2座。"),
        [
            "< 2023年工作要点",
            "",
            "task_no=1. measure=造林2万亩。 shared=市林业局",
            "task_no=2. measure=育苗3万株。 shared=市林业局",
            "",
            "task_no=1. measure=修路3条。 shared=市交通局",
            "task_no=2. measure=修桥2座。 shared=市交通局",
        ],
        id="headings that are bodies",
    ),
    pytest.param(
        ("2023年工作要点\n一、市林业局\n1.负责造林。\n2.负责育苗。\n二、市交通局\n1.负责修路3条。\n2.修桥2座。"),
        None,
        id="headings that are bodies with duties",
    ),
    pytest.param(
        (
            "2023年工作要点\n"
            "（一）加强造林（责任单位：市林业局）\n"
            "1.造林2万亩。\n"
            "2.育苗3万株。\n"
            "（二）加强道路（责任单位：市交通局；责任人：李四）\n"
            "1.修路3条。\n"
            "2.修桥2座。"
        ),
        [
            "< 2023年工作要点",
            "section=（一）加强造林",
            "task_no=1. measure=造林2万亩。 shared=市林业局",
            "task_no=2. measure=育苗3万株。 shared=市林业局",
            "section=（二）加强道路 personal:李四",
            "task_no=1. measure=修路3条。 shared=市交通局",
            "task_no=2. measure=修桥2座。 shared=市交通局",
        ],
        id="headings that close with owners",
    ),
    pytest.param(
        (
            "2023年工作要点\n"
            "1.加强造林工作（市林业局牵头）\n"
            "完成造林2万亩。\n"
            "2.加强道路建设（市交通局牵头）\n"
            "完成修路三条。\n"
            "说明\n"
            "3.加强教育（市教育局牵头）\n"
            "新建学校三所。"
        ),
        [
            "< 2023年工作要点",
            "task_no=1. task_name=加强造林工作 measure=完成造林2万亩。 lead=市林业局",
            "task_no=2. task_name=加强道路建设 measure=完成修路三条。 lead=市交通局",
            "prose_text:说明",
            "task_no=3. task_name=加强教育 measure=新建学校三所。 lead=市教育局",
        ],
        id="lines that name what stands below them",
    ),
    pytest.param(
        ("2023年工作要点\n1.加强造林工作（市林业局牵头）\n短文。\n2.加强道路建设（市交通局牵头）\n完成修路三条。"),
        [
            "< 2023年工作要点",
            "task_no=1. measure=加强造林工作 lead=市林业局",
            "task_no=2. measure=加强道路建设 lead=市交通局",
            "< 完成修路三条。",
        ],
        id="lines that name what stands below them, one alone",
    ),
    pytest.param(
        (
            "2023年工作要点\n"
            "1.加强造林\n"
            "(1)完成造林2万亩。\n"
            "(2)完成育苗3万株。\n"
            "责任单位：市林业局\n"
            "2.加强道路\n"
            "(1)完成修路三条。\n"
            "(2)完成修桥两座。\n"
            "责任单位：市交通局"
        ),
        [
            "< 2023年工作要点",
            "task_no=1. task_name=加强造林 measure=(1)完成造林2万亩。/(2)完成育苗3万株。 responsible=市林业局",
            "task_no=2. task_name=加强道路 measure=(1)完成修路三条。/(2)完成修桥两座。 responsible=市交通局",
        ],
        id="owners below the last of several",
    ),
    pytest.param(
        (
            "2023年工作要点\n"
            "1.加强造林（责任单位：市林业局）\n"
            "(1)完成造林2万亩。\n"
            "(2)完成育苗3万株。\n"
            "2.加强道路（责任单位：市交通局）\n"
            "(1)完成修路三条。（责任单位：市公路局）\n"
            "(2)完成修桥两座。"
        ),
        [
            "< 2023年工作要点",
            "task_no=1. measure=加强造林 responsible=市林业局",
            "prose_text:(1)完成造林2万亩。",
            "prose_text:(2)完成育苗3万株。",
            "task_no=2. measure=加强道路 responsible=市交通局",
            "task_no=(1) measure=完成修路三条。 responsible=市公路局",
            "task_no=(2) measure=完成修桥两座。",
        ],
        id="owners above several",
    ),
    pytest.param(
        (
            "2023年工作要点\n"
            "1.完成造林2万亩。\n"
            "2.完成育苗。（市林业局）\n"
            "3.完成修路。（市交通局）\n"
            "4.完成修桥。（市交通局）\n"
            "5.完成绿道。\n"
            "6.其他工作。"
        ),
        [
            "< 2023年工作要点",
            "task_no=1. measure=完成造林2万亩。",
            "task_no=2. measure=完成育苗。 responsible=市林业局",
            "task_no=3. measure=完成修路。 responsible=市交通局",
            "task_no=4. measure=完成修桥。 responsible=市交通局",
            "task_no=5. measure=完成绿道。",
            "task_no=6. measure=其他工作。",
        ],
        id="neighbours without owners",
    ),
    pytest.param(
        (
            "2023年工作要点\n"
            "1.完成造林2万亩。\n"
            "2.完成育苗。（市林业局）\n"
            "3.完成修路。\n"
            "4.完成修桥。（市交通局）\n"
            "5.完成绿道。\n"
            "6.其他工作。"
        ),
        None,
        id="few owners",
    ),
    pytest.param(
        (
            "2023年工作要点\n"
            "完成造林2万亩，推进城乡融合。（市林业局牵头）\n"
            "完成修路三条，推进工作。（市交通局牵头）\n"
            "以上。"
        ),
        [
            "< 2023年工作要点",
            "measure=完成造林2万亩，推进城乡融合。 lead=市林业局 inner",
            "measure=完成修路三条，推进工作。 lead=市交通局 inner",
        ],
        id="paragraphs without numbers",
    ),
    pytest.param(
        (
            "关于印发方案的通知\n"
            "各单位：\n"
            "现印发给你们。\n"
            "工作任务：造林\n"
            "工作措施：完成造林2万亩。\n"
            "责任单位：市林业局\n"
            "工作任务：修路\n"
            "工作措施：完成修路三条。\n"
            "责任单位：市交通局"
        ),
        [
            "< 关于印发方案的通知",
            "< 各单位：",
            "< 现印发给你们。",
            "task_name=造林 measure=完成造林2万亩。 responsible=市林业局 inner",
            "task_name=修路 measure=完成修路三条。 responsible=市交通局 inner",
        ],
        id="cards below a letter",
    ),
    pytest.param(
        (
            "2023年工作要点\n"
            "引言文字在这里。\n"
            "◆ 湿地保护\n"
            "保护湿地三处，完成修复工作。（市林业局牵头）\n"
            "◆ 道路建设\n"
            "完成修路三条，推进工作。（市交通局牵头）"
        ),
        [
            "< 2023年工作要点",
            "< 引言文字在这里。",
            "task_name=湿地保护 measure=保护湿地三处，完成修复工作。 lead=市林业局 inner",
            "task_name=道路建设 measure=完成修路三条，推进工作。 lead=市交通局 inner",
        ],
        id="lines with marks",
    ),
    pytest.param(
        (
            "2023年工作要点\n"
            "1.完成造林。（市林业局牵头）\n"
            "2.完成修路。（市交通局牵头）\n"
            "\n"
            "某市人民政府办公室\n"
            "2023年3月1日"
        ),
        [
            "< 2023年工作要点",
            "task_no=1. measure=完成造林。 lead=市林业局",
            "task_no=2. measure=完成修路。 lead=市交通局",
            "< 某市人民政府办公室",
            "< 2023年3月1日",
        ],
        id="a signature",
    ),
    pytest.param(
        (
            "2023年工作要点\n"
            "一、品牌赛事（区文体局牵头）\n"
            "1.举办马拉松。（区文体局）\n"
            "2.举办篮球赛。（区文体局）\n"
            "二、场馆建设\n"
            "3.新建场馆。（区住建局）"
        ),
        [
            "< 2023年工作要点",
            "section=一、品牌赛事 prose_text:（区文体局牵头）",
            "task_no=1. measure=举办马拉松。 responsible=区文体局",
            "task_no=2. measure=举办篮球赛。 responsible=区文体局",
            "section=二、场馆建设",
            "task_no=3. measure=新建场馆。 responsible=区住建局",
        ],
        id="a chapter with owners of its own",
    ),
    pytest.param(
        (
            "2023年工作要点\n"
            "一、品牌赛事。举办活动（区文体局牵头）\n"
            "1.举办马拉松。（区文体局）\n"
            "2.举办篮球赛。（区文体局）"
        ),
        [
            "< 2023年工作要点",
            "task_no=一、 measure=品牌赛事。举办活动 lead=区文体局",
            "task_no=1. measure=举办马拉松。 responsible=区文体局",
            "task_no=2. measure=举办篮球赛。 responsible=区文体局",
        ],
        id="a chapter that is a measure",
    ),
    pytest.param(
        (
            "某县2023年民生实事\n"
            "（一）新建幼儿园2所，新增学位540个。\n"
            "具体内容如下。\n"
            "（二）为6000名老年人免费体检。\n"
            "（三）改造老旧小区15个。\n"
            "扫码关注"
        ),
        [
            "< 某县2023年民生实事",
            "task_no=（一） measure=新建幼儿园2所，新增学位540个。/具体内容如下。",
            "task_no=（二） measure=为6000名老年人免费体检。",
            "task_no=（三） measure=改造老旧小区15个。",
            "< 扫码关注",
        ],
        id="a list without owners",
    ),
    pytest.param(
        ("某县2023年民生实事\n(1)新建幼儿园2所，新增学位540个。(2)为6000名老年人免费体检。(3)改造老旧小区15个。"),
        [
            "< 某县2023年民生实事",
            "task_no=(1) measure=新建幼儿园2所，新增学位540个。",
            "task_no=(2) measure=为6000名老年人免费体检。",
            "task_no=(3) measure=改造老旧小区15个。",
        ],
        id="a list in one line",
    ),
    pytest.param(
        (
            "某县2023年民生实事\n"
            "一、教育\n"
            "1.新建幼儿园2所，新增学位540个。\n"
            "2.为6000名老年人免费体检。\n"
            "二、住房\n"
            "3.改造老旧小区15个。"
        ),
        [
            "< 某县2023年民生实事",
            "section=一、教育",
            "task_no=1. measure=新建幼儿园2所，新增学位540个。",
            "task_no=2. measure=为6000名老年人免费体检。",
            "section=二、住房",
            "task_no=3. measure=改造老旧小区15个。",
        ],
        id="a list below chapters",
    ),
    pytest.param(("某县2023年民生实事\n1.幼儿园。\n2.体检。\n3.改造。"), None, id="a list of words"),
    pytest.param(
        ("某县2023年民生实事\n1.新建幼儿园哪些？\n2.为6000名老年人免费体检。\n3.改造老旧小区15个。"),
        None,
        id="a list of questions",
    ),
    pytest.param(
        (
            "某县2023年民生实事\n"
            "1.新建幼儿园。\n"
            "(1)新建幼儿园2所。\n"
            "(2)新增学位540个。\n"
            "2.为6000名老年人免费体检。\n"
            "3.改造老旧小区15个。"
        ),
        [
            "< 某县2023年民生实事",
            "task_no=1. task_name=新建幼儿园 measure=(1)新建幼儿园2所。/(2)新增学位540个。",
            "task_no=2. measure=为6000名老年人免费体检。",
            "task_no=3. measure=改造老旧小区15个。",
        ],
        id="a list with deeper items",
    ),
    pytest.param(
        (
            "2023年工作要点\n"
            "1.完成造林。（责任单位：市林业局、市生态\n"
            "环境局，市财政局；市教育局）\n"
            "2.完成修路。（牵头单位：市交通局\n"
            "市公路局）"
        ),
        [
            "< 2023年工作要点",
            "task_no=1. measure=完成造林。 responsible=市林业局、市生态环境局，市财政局；市教育局",
            "task_no=2. measure=完成修路。 lead=市交通局/市公路局",
        ],
        id="names whose line breaks",
    ),
    pytest.param(
        ("2023年工作要点\n1.完成造林。（市林业局牵头）（责任单位：市财政局、市林业局）\n2.完成修路。（市交通局牵头）"),
        [
            "< 2023年工作要点",
            "task_no=1. measure=完成造林。 lead=市林业局 responsible=市财政局、市林业局",
            "task_no=2. measure=完成修路。 lead=市交通局",
        ],
        id="owners twice",
    ),
    pytest.param(
        (
            "2023年工作要点\n"
            "1.优化布局。（1）加快搬迁改造项目。（市工信局牵头）（2）推进升级改造项目。（市科技局牵头）\n"
            "2.调整结构。淘汰落后产能项目。（市工信局牵头）"
        ),
        [
            "< 2023年工作要点",
            "task_no=1. task_name=优化布局 measure=加快搬迁改造项目。 lead=市工信局",
            "measure=推进升级改造项目。 lead=市科技局 inner",
            "task_no=2. task_name=调整结构 measure=淘汰落后产能项目。 lead=市工信局",
        ],
        id="a number below a name",
    ),
    pytest.param(
        (
            "2023年工作要点\n"
            "第一章 总则\n"
            "一、重点\n"
            "（一）造林\n"
            "1.完成造林2万亩。（市林业局牵头）\n"
            "2.完成育苗3万株。（市林业局牵头）\n"
            "（二）道路\n"
            "1.完成修路三条。（市交通局牵头）"
        ),
        [
            "< 2023年工作要点",
            "section=第一章 总则",
            "section=一、重点",
            "section=（一）造林",
            "task_no=1. measure=完成造林2万亩。 lead=市林业局",
            "task_no=2. measure=完成育苗3万株。 lead=市林业局",
            "section=（二）道路",
            "task_no=1. measure=完成修路三条。 lead=市交通局",
        ],
        id="chapters within a part",
    ),
    pytest.param(
        (
            "2023年工作要点\n"
            "1.完成造林，推进城\n"
            "某市要点\n"
            "乡融合。（市林业局牵头）\n"
            "某市要点\n"
            "2.完成修路。（市交通局牵头）\n"
            "某市要点\n"
            "3.完成修桥。（市交通局牵头）"
        ),
        [
            "< 2023年工作要点",
            "task_no=1. measure=完成造林，推进城/乡融合。 lead=市林业局",
            "task_no=2. measure=完成修路。 lead=市交通局",
            "task_no=3. measure=完成修桥。 lead=市交通局",
            "running_head:某市要点",
            "running_head:某市要点",
            "running_head:某市要点",
        ],
        id="a running head",
    ),
]


@pytest.mark.parametrize(("text", "rows"), CASES)
def test_every_line_of_a_plan_in_prose_is_a_row_of_its_kind(text: str, rows: list[str] | None) -> None:
    assert read(text) == rows
