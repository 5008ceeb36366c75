import pytest

from planextract.dictionaries import load_dictionaries
from planextract.label.prose import find_prose_plan, split_attachments
from planextract.model.roles import Role
from planextract.text.characters import without_spaces

from ...builders import make_lines

WORDS = load_dictionaries().columns
FILLER = "\n".join(f"{number}.推进工作{number}。（责任单位：市发展改革委、市财政局）" for number in (97, 98, 99))


def read(text):
    """Rows of a text with three plain measures behind it, without those."""
    plan = find_prose_plan(make_lines(f"{text}\n{FILLER}"), WORDS)
    return [{str(role): cell for role, cell in row.cells} for row in plan.rows[:-3]]


@pytest.mark.parametrize(
    ("text", "cells"),
    [
        pytest.param(
            "1.完成造林2万亩。（牵头单位：市林业局；责任单位：各县区；11月底完成）",
            {"measure": "完成造林2万亩。", "lead": "市林业局", "responsible": "各县区"},
            id="labels in brackets",
        ),
        pytest.param(
            "1.完成造林2万亩。（市林业局牵头，市财政局、市水利局等配合，各县区负责落实）",
            {
                "measure": "完成造林2万亩。",
                "lead": "市林业局",
                "support": "市财政局、市水利局",
                "responsible": "各县区",
            },
            id="verbs in brackets",
        ),
        pytest.param(
            "1.完成造林2万亩。（市林业局指导，各县区政府负责落实）",
            {"measure": "完成造林2万亩。", "responsible": "各县区政府", "support": "市林业局"},
            id="a body that guides",
        ),
        pytest.param(
            "1.完成造林2万亩。（市林业局、市财政局等和各县区政府按职责分工负责）",
            {"measure": "完成造林2万亩。", "responsible": "市林业局、市财政局\n各县区政府"},
            id="others in the middle of a list",
        ),
        pytest.param(
            "1.完成造林2萬畝。（責任單位：市林業局、市財政局，排在首位的爲牽頭單位，下同）",
            {"measure": "完成造林2萬畝。", "responsible": "市林業局、市財政局"},
            id="traditional words said once for many",
        ),
        pytest.param(
            "1﹒完成造林2万亩。\n责任单位：市林业局",
            {"task_no": "1﹒", "measure": "完成造林2万亩。", "responsible": "市林业局"},
            id="a small stop behind the number",
        ),
        pytest.param(
            "1.完成造林2万亩。〔市林业局、各县（市、区）政府〕",
            {"measure": "完成造林2万亩。", "responsible": "市林业局、各县（市、区）政府"},
            id="names alone",
        ),
        pytest.param(
            "1.完成造林2万亩。\n责任单位：市林业局、各县区\n完成时限：11月底",
            {"measure": "完成造林2万亩。", "responsible": "市林业局、各县区", "deadline": "11月底"},
            id="lines of their own",
        ),
        pytest.param(
            "1.完成造林2万亩（市林业局牵头，6月底完成）。",
            {"measure": "完成造林2万亩", "lead": "市林业局", "deadline": "6月底完成"},
            id="a date behind a verb",
        ),
        pytest.param(
            "1.全年新增贷款100亿元（市金融办牵头，人行营管部、各银行机构配合）",
            {"measure": "全年新增贷款100亿元", "lead": "市金融办", "support": "人行营管部、各银行机构"},
            id="a verb behind a list that holds one name nobody knows",
        ),
        pytest.param(
            "1. 新建基站3000个。`责任单位：市工信局、市通发办`",
            {"measure": "新建基站3000个。", "responsible": "市工信局、市通发办"},
            id="owners as code in Markdown",
        ),
        pytest.param(
            "第一条　创建4A级景区1家。（责任部门：县文旅局、各乡镇）",
            {"measure": "创建4A级景区1家。", "responsible": "县文旅局、各乡镇"},
            id="an article",
        ),
        pytest.param(
            "01 新增规上企业100家 ｜ 责任单位：市工信局",
            {"measure": "新增规上企业100家", "responsible": "市工信局"},
            id="a number with a nought, and a bar before the owners",
        ),
    ],
)
def test_a_measure(text, cells):
    (row,) = read(text)
    assert {name: row[name] for name in cells} == cells
    assert set(row) == {"task_no", *cells, *({"deadline"} & set(row))}


def test_a_paragraph_with_two_owners_is_two_measures():
    first, second = read("1.完成改造任务。（市工信局牵头）不再新建锅炉项目。（市生态环境局牵头，市市场监管局参与）")
    assert (first["measure"], first["lead"]) == ("完成改造任务。", "市工信局")
    assert (second["measure"], second["lead"], second["support"]) == (
        "不再新建锅炉项目。",
        "市生态环境局",
        "市市场监管局",
    )


def test_headings_are_sections():
    assert read("二、重点任务\n（一）加快转型。\n1.完成造林。（市林业局牵头）")[:2] == [
        {"section": "二、重点任务"},
        {"section": "（一）加快转型"},
    ]


def test_people_are_apart():
    plan = find_prose_plan(make_lines(f"1.完成造林。（责任领导：张某某；牵头单位：市林业局）\n{FILLER}"), WORDS)
    assert ("personal", "张某某") in plan.rows[0].spare


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("各单位：\n请认真落实（此件公开发布）。", id="a notice"),
        pytest.param("1.加强领导（含乡镇）。\n2.落实责任（见附件）。\n3.强化督查（略）。", id="other brackets"),
        pytest.param(FILLER.split("\n")[0], id="one measure"),
        pytest.param("（" * 30_000, id="a hostile line", marks=pytest.mark.slow),
        pytest.param("", id="nothing"),
    ],
)
def test_what_is_no_plan(text):
    assert find_prose_plan(make_lines(text), WORDS) is None


def test_every_character_is_in_a_cell_or_apart():
    text = f"一、任务\n1.完成造林，2万亩。（市林业局牵头，以下均由各县落实。）\n说明文字。\n{FILLER}"
    plan = find_prose_plan(make_lines(text), WORDS)
    held = [cell for row in plan.rows for _, cell in row.cells] + [part for row in plan.rows for _, part in row.spare]
    lines = [line.raw_text for line in (*plan.before, *plan.after)]
    assert sorted(without_spaces("".join([*held, *lines]))) == sorted(without_spaces(text))


def test_attachments_are_plans_of_their_own():
    parts = list(split_attachments(make_lines("通知\n附件1\n甲方案\n附件 2\n乙方案")))
    assert [len(part) for part in parts] == [1, 2, 2]


ITEMS = "1.新建幼儿园2所，新增学位540个。\n2.为6000名老年人免费体检。\n3.改造老旧小区15个。"


@pytest.mark.parametrize(
    ("text", "count"),
    [
        pytest.param(f"某县2023年民生实事\n{ITEMS}", 3, id="a year"),
        pytest.param(f"全市三件实事\n{ITEMS}", 3, id="as many as it says"),
        pytest.param(f"某县二十件民生实事\n{ITEMS}", 3, id="cut off"),
        pytest.param(f"{ITEMS}\n某县3件民生实事", 3, id="title below"),
        pytest.param(f"某县2023年民生实事\n{ITEMS}\n1.还有什么建议？", 3, id="a question behind the list"),
        pytest.param(f"2023年某县三大民生实事出炉\n{ITEMS}", 3, id="told in the news"),
        pytest.param(f"{ITEMS}\n某县2023年重点任务", 0, id="no count in a title below"),
        pytest.param(f"某县2件民生实事\n{ITEMS}", 0, id="more than it says"),
        pytest.param(f"民生实事\n{ITEMS}", 0, id="neither year nor count"),
        pytest.param(f"关于做好2023年民生实事的通知\n{ITEMS}", 0, id="a notice"),
        pytest.param(f"公开征集\n2023年民生实事\n{ITEMS}", 0, id="asked for"),
        pytest.param(
            "某县2023年民生实事\n1、改造供水管网，年底前，县水务局\n2、新建幼儿园，年底前，县教育局\n3、建成农村公路，全年，县交通局",
            0,
            id="cells without a header",
        ),
        pytest.param(f"某县2023年民生实事\n{ITEMS.replace('2.', '4.')}", 0, id="a gap"),
    ],
)
def test_a_list_without_owners_is_a_plan_below_a_title_of_tasks(text, count):
    plan = find_prose_plan(make_lines(text), WORDS)
    assert (0 if plan is None else len([row for row in plan.rows if row.cells])) == count


def test_names_before_the_texts():
    plan = find_prose_plan(
        make_lines(
            "1.优化布局。加快重点企业搬迁改造（含乡镇）。（市工信局牵头）\n2.调整结构。淘汰落后产能。（市工信局牵头）\n"
            "3.提升效能。推广先进技术。（市科技局牵头）"
        ),
        WORDS,
    )
    rows = [{str(role): cell for role, cell in row.cells} for row in plan.rows]
    assert [row["task_name"] for row in rows] == ["优化布局", "调整结构", "提升效能"]
    assert rows[0]["measure"] == "加快重点企业搬迁改造（含乡镇）。"


def test_numbers_may_be_left_out_behind_owners_and_headings():
    plan = find_prose_plan(
        make_lines(
            "一、培养人才\n2.建设市级培训基地。（市教育局牵头）\n10.遴选青年人才。（市科技局牵头）\n"
            "四、加强保障\n40.落实专项资金。（市财政局牵头）"
        ),
        WORDS,
    )
    assert [dict(row.cells)[Role.TASK_NO] for row in plan.rows if Role.TASK_NO in dict(row.cells)] == [
        "2.",
        "10.",
        "40.",
    ]


def test_a_page_without_line_breaks_is_cut_at_headings_too():
    """A heading ends without a stop; the number behind it opens the first item all the same."""
    text = "".join(
        f"{numeral}、把{numeral}方面工作抓紧抓实抓到位（{numeral}）推进改革攻坚任务落地，形成一批可复制可推广的经验做法。（市发展改革委、市财政局按职责分工负责）"
        "具体措施：1．及时总结经验做法，完善工作机制，确保落实到位。（市财政局牵头）2．简化办事流程，压缩审批时限。（市税务局牵头）"
        for numeral in "一二三"
    )
    plan = find_prose_plan(make_lines(text), WORDS)
    numbers = [dict(row.cells)[Role.TASK_NO] for row in plan.rows if Role.TASK_NO in dict(row.cells)]
    assert numbers == ["（一）", "1．", "2．", "（二）", "1．", "2．", "（三）", "1．", "2．"]


def test_a_heading_in_brackets_names_no_owner():
    plan = find_prose_plan(make_lines(f"重点工作\n【工业强市】\n{FILLER}"), WORDS)
    assert not any("工业强市" in cell for row in plan.rows for role, cell in row.cells if role is Role.RESPONSIBLE)


def test_a_page_cut_out_of_a_text_begins_with_any_number():
    plan = find_prose_plan(
        make_lines(
            "[接上页] (十九)推进管理体制改革。依法扩大县级管理权限，减少层级，提高效率，增强基层公共服务能力(省委编办、省发展改革委牵头)。 "
            "(二十)推进事业单位改革。积极稳妥开展清理规范，优化资源配置，分批开展试点(省委编办、省财政厅等负责)。 "
            "三、加强组织领导 省级各有关部门要按照改革任务抓好落实。"
        ),
        WORDS,
    )
    rows = [{str(role): cell for role, cell in row.cells} for row in plan.rows]
    assert [(row["task_no"], row["task_name"]) for row in rows] == [
        ("(十九)", "推进管理体制改革"),
        ("(二十)", "推进事业单位改革"),
    ]


def test_one_measure_whose_bracket_says_who_leads_is_a_plan():
    bracket = "(市教育局、市财政局，排名第一位为牵头单位，下同)"
    text = "某市促进学前教育发展行动方案\n一、落实责任\n(一)健全机制。建立市县统筹、以县为主的管理体制。{}"
    assert find_prose_plan(make_lines(text.format(bracket)), WORDS) is not None
    assert find_prose_plan(make_lines(text.format("(市教育局、市财政局)")), WORDS) is None


def test_the_rest_of_a_broken_bracket_is_no_measure():
    text = "1.控制用水总量在30亿立方米以内。[市水务局牵头，各县（市）区政府负责落实。以下均需各县（市）区政府落实，不再列出）]\n严控地下水超"
    assert [row["measure"] for row in read(text)] == ["控制用水总量在30亿立方米以内。"]


def test_a_paragraph_may_stand_between_a_heading_with_owners_and_its_items():
    text = (
        "2025年推动高质量发展若干政策举措\n一、强化科技创新（区科技局牵头）\n加快培育新质生产力，投入强度达到2.95%。\n"
        "（一）加强平台建设。加快建设光电子研究院，做好成果转化。\n（二）培育创新主体。新认定高新技术企业30家以上。\n"
        "二、强化工业提质（区经信局牵头，区商务局配合）\n力争规上工业增加值增长6%。\n（三）加快技术改造。实施技改项目100项以上。"
    )
    rows = [{str(role): cell for role, cell in row.cells} for row in find_prose_plan(make_lines(text), WORDS).rows]
    tasks = [row for row in rows if "measure" in row]
    assert [row["task_name"] for row in tasks] == ["加强平台建设", "培育创新主体", "加快技术改造"]


@pytest.mark.parametrize("date", ["2024-06-30", "2024.6.30", "2024年6月30日", "年底前"])
def test_a_signature_below_the_last_deadline_is_no_part_of_it(date):
    numbers = range(1, 4)
    text = "\n".join(f"{n}. 建设管网{n}0公里; 责任单位: 省水利厅; 完成时限: {date}" for n in numbers)
    plan = find_prose_plan(make_lines(f"{text}\n浙江省发展和改革委员会\n2024年1月5日"), WORDS)
    assert [dict(row.cells)[Role.DEADLINE] for row in plan.rows] == [date] * 3
