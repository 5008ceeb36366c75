"""Prose that was wrapped at any width, wherever that cuts its words, reads as prose that was not."""

from __future__ import annotations

import pytest

from planextract.dictionaries import load_dictionaries
from planextract.label.prose.wording import wording_of
from planextract.model.decision import Overrides
from planextract.model.plan import Measure
from planextract.pipeline import extract_document
from planextract.read import read_document
from planextract.settings import Settings

Values = tuple[str, str | None, tuple[tuple[str, str, str], ...]]

DOCUMENTS = {
    "labels": """\
临江市2023年重点领域改革行动计划

1、加快建设三所学校，惠及居民一万人，年内全部建成投用并招生。

责任部门：市教育局、市住房和城乡建设局  协助单位：市商务局、市大数据中心、市直有关部门  时限要求：2023年12月底前

2、改造老旧小区十个，完善配套设施，年内完工并交付使用，提升居住品质。

责任部门：市住房和城乡建设局、市财政局，市国资委等有关部门和单位  时限要求：2023年12月底前

3、开展就业培训二十场次，惠及群众三千人，促进重点群体就业创业。

责任部门：市人力资源和社会保障局、市财政局  协助单位：市商务局、市大数据中心  时限要求：2023年11月底前
""",
    "verbs": """\
临江市2023年重点领域改革行动计划

1.加快建设三所学校，惠及居民一万人，年内全部建成投用并招生。

任务分工：市教育局、市人力资源和社会保障局牵头，市财政局、市税务局组织实施。

2.改造老旧小区十个，完善配套设施，年内完工并交付使用，提升居住品质。

任务分工：市住房和城乡建设局、市财政局、市数据局等有关部门和单位牵头；市政府办公室、各县（市、区）人民政府按职责分工配合。

3.开展就业培训二十场次，惠及群众三千人，促进重点群体就业创业。

任务分工：市人力资源和社会保障局牵头负责，市财政局、市教育局配合。
""",
    "bracket": """\
临江市2023年重点领域改革行动计划

1.加快建设三所学校，惠及居民一万人，年内全部建成投用并招生。（市教育局牵头，市财政局、市住房和城乡建设局配合，2023年12月底前完成）

2.改造老旧小区十个，完善配套设施，年内完工并交付使用，提升居住品质。（牵头单位：市住房和城乡建设局；配合单位：市财政局、市自然资源和规划局；完成时限：2023年10月底前）

3.开展就业培训二十场次，惠及群众三千人，促进重点群体就业创业。（责任单位：市人力资源和社会保障局、市财政局，各县（市、区）人民政府）
""",
    "cards": """\
临江市2023年重点工作责任清单

一、教育事业

（一）加快建设三所学校，惠及居民一万人，年内全部建成投用并招生。

牵头单位：市教育局

配合单位：市财政局、市住房和城乡建设局、市自然资源和规划局、各县（市、区）人民政府

完成时限：2023年12月底前

（二）改造老旧小区十个，完善配套设施，年内完工并交付使用，提升居住品质。

牵头单位：市住房和城乡建设局

配合单位：市财政局、市大数据中心、市政务服务管理局、国网临江供电公司

完成时限：2023年10月31日前

二、就业服务

（三）开展就业培训二十场次，惠及群众三千人，促进重点群体就业创业。

牵头单位：市人力资源和社会保障局

配合单位：市财政局、市教育局

完成时限：持续推进
""",
    "central": """\
国务院办公厅关于2023年重点工作分工的通知

（一）完善税收优惠政策，扩大享受范围，延长执行期限，减轻企业负担。（财政部、税务总局、工业和信息化部按职责分工负责）

（二）加强知识产权保护，建立快速协同保护机制，严厉打击侵权行为。（国家知识产权局牵头，市场监管总局、公安部、最高人民法院配合，2023年12月底前完成）

（三）优化外商投资环境，全面实施准入前国民待遇加负面清单管理制度。（国家发展改革委、商务部会同有关部门负责，各省级人民政府落实）
""",
    "square": """\
临江区2024年为民办实事项目分工

1.新建口袋公园十二个，总面积三万平方米，配套健身步道八公里。〔责任领导：张某某；责任单位：区园林绿化局、区财政局；完成时间：2024年9月底前〕

2.加装电梯五十部，惠及居民六百户，建立长效管理机制。〔责任领导：李某某；责任单位：区住房城乡建设委、各街道办事处；完成时间：2024年11月底前〕

3.建设社区食堂十五家，为老年人提供助餐服务二十万人次。〔责任领导：王某某；责任单位：区民政局、区商务局、各镇人民政府；完成时间：2024年12月底前〕
""",
}
# 商务部|会同有关部门: the verb between is taken for a part of the name behind it. The measure is marked.
MARKED = {("central", 45): 1}


def read(text: str) -> list[Measure]:
    settings = Settings()
    source = read_document(text.encode(), "plan.txt", settings.read)
    extraction = extract_document(source, load_dictionaries(), Overrides(), settings)
    return [measure for plan in extraction.plans for task in plan.tasks for measure in task.measures]


def values_of(measure: Measure) -> Values:
    bodies = tuple((str(item.role), item.role_label, item.raw_text) for item in measure.responsibilities)
    return measure.text, measure.deadline.raw_text, bodies


def wrap(text: str, width: int) -> str:
    lines = text.split("\n")
    return "\n".join("\n".join(line[at : at + width] for at in range(0, len(line), width)) for line in lines)


@pytest.mark.parametrize("name", DOCUMENTS)
def test_a_word_that_a_line_break_cuts_is_the_same_word(name: str) -> None:
    text = DOCUMENTS[name]
    whole = [values_of(measure) for measure in read(text)]
    assert len(whole) == 3
    for width in range(18, 64):
        found = read(wrap(text, width))
        assert len(found) == len(whole), width
        differs = [m for m, wanted in zip(found, whole, strict=True) if values_of(m) != wanted]
        assert all(measure.needs_review for measure in differs), width
        assert len(differs) <= MARKED.get((name, width), 0), [values_of(measure) for measure in differs]


@pytest.mark.parametrize(
    "mark", [pytest.param("\n— 2 —\n\n", id="a page's number"), pytest.param("\f", id="a form feed")]
)
@pytest.mark.parametrize("name", DOCUMENTS)
def test_a_page_may_end_behind_any_line(name: str, mark: str) -> None:
    whole = [values_of(measure) for measure in read(DOCUMENTS[name])]
    lines = wrap(DOCUMENTS[name], 30).split("\n")
    for at in range(3, len(lines) - 1):
        text = "\n".join(lines[:at]) + "\n" + mark + "\n".join(lines[at:])
        assert [values_of(measure) for measure in read(text)] == whole, lines[at - 1]


HEADER = ("序号", "重点任务", "工作措施", "完成时限", "牵头单位", "配合单位")
ROWS = (
    (
        "1",
        "新建改扩建学校三所",
        "加快建设三所学校，惠及居民一万人，年内全部建成投用并招生。",
        "2023年12月底前",
        "市教育局、市住房和城乡建设局",
        "市财政局、市自然资源和规划局",
    ),
    (
        "2",
        "改造老旧小区",
        "改造老旧小区十个，完善配套设施，年内完工并交付使用，提升居住品质。",
        "2023年10月31日前",
        "市住房和城乡建设局",
        "市财政局、市大数据中心、各县（市、区）人民政府",
    ),
    (
        "3",
        "开展就业培训",
        "开展就业培训二十场次，惠及群众三千人，促进重点群体就业创业。",
        "持续推进",
        "市人力资源和社会保障局",
        "市财政局、市教育局",
    ),
)


@pytest.mark.parametrize("width", range(15, 40))
def test_a_cell_a_line_is_whole_where_its_text_was_wrapped(width: int) -> None:
    title = "临江市2023年重点任务分解表\n\n"
    whole = read(title + "\n".join("\t".join(row) for row in (HEADER, *ROWS)))
    lines = "\n".join(wrap(cell, width) for row in (HEADER, *ROWS) for cell in row)
    assert [values_of(m) for m in read(title + lines)] == [values_of(m) for m in whole]


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("城市管理局、各县区\n负责单位:甲", "负责单位:"),
        ("财政局、各街道\n牵头责任\n单位:甲", "牵头责任\n单位:"),
        ("牵头\n责任单位:甲", "牵头\n责任单位:"),
        ("责任单\n位:甲", "责任单\n位:"),
        ("各县区牵头单位:甲", "各县区牵头单位:"),
    ],
)
def test_bodies_that_end_a_line_are_no_part_of_the_label_on_the_next(text: str, label: str) -> None:
    wording = wording_of(load_dictionaries().columns)
    assert [text[found.start : found.end] for found in wording.find_labels(text, 0, len(text))] == [label]


def test_a_text_that_ends_like_a_label_is_no_half_of_the_label_below() -> None:
    plan = "某市2024年重点任务分工方案\n\n" + "".join(
        f"{number}.加强第{number}片区巡查，由牵头单位定期调度，持续完善工作机制，压实各片区属地责任\n牵头责任部门：市财政局\n\n"
        for number in (1, 2, 3)
    )
    data = plan.encode()
    found = extract_document(
        read_document(data, "plan.txt", Settings().read), load_dictionaries(), Overrides(), Settings()
    )
    measures = [measure for task in found.plans[0].tasks for measure in task.measures]
    assert [[item.raw_text for item in measure.responsibilities] for measure in measures] == [["市财政局"]] * 3
    assert all(measure.text.endswith("属地责任") for measure in measures)
