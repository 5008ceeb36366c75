"""The whole corridor on plans made by chance: it may refuse a document, it never breaks its own promises."""

from __future__ import annotations

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from planextract.errors import InternalError, PlanExtractError
from planextract.model.decision import Overrides
from planextract.pipeline import extract_document
from planextract.read import read_document
from planextract.settings import Settings
from planextract.write.constraints import check_rows
from planextract.write.contract import DOCUMENT_TABLES
from planextract.write.nested import make_json
from planextract.write.rows import make_agency_rows, make_rows

from ..builders import HEADER, make_dictionaries

DICTIONARIES, SETTINGS = make_dictionaries(), Settings()

SENTENCES = st.sampled_from(
    [
        "加强巡查。",
        "完成改造5家。",
        "推进治理，",
        "细颗粒物（PM _{2.5}",
        "）浓度下降。",
        "落实“一微克”行动。 各街道加强执法。",
        "区教委",
        "",
        "1.甲；2.乙。",
        "---",
    ]
)
NUMBERS = st.sampled_from(["", "", "1", "2", "3", "4", "一", "9999", "x", "（5）"])
TASKS = st.sampled_from(["", "水环境", "大气污染", "目标任务", "一、总体目标", "…"])
DEADLINES = st.sampled_from(["", "年底前", "6月底前", "长期实施", "2月30日", "随便", "---", "年底", "前"])
BODIES = st.sampled_from(
    [
        "",
        "---",
        "区教委",
        "区教委 区财政局",
        "区科学技术和\u3000信息化局",
        "区科学技术和",
        "信息化局",
        "某某公司",
        "、",
        "无",
        "（",
    ]
)
ROWS = st.tuples(NUMBERS, TASKS, SENTENCES, DEADLINES, BODIES, BODIES).map("\t".join)
SECTIONS = st.sampled_from(["一、空气质量\t\t\t\t\t", "\t二、水环境\t\t\t\t", "三、保障措施", "（一）扬尘\t\t\t\t\t"])
BREAKS = st.sampled_from(
    [
        HEADER,
        f"\n{HEADER}",
        f"\n- 3 -\n\n{HEADER}",
        f"\n附件 2\n\n水计划\n\n{HEADER}",
        "\n",
        "\n续表\n",
        "序号\t任务\t措施",
        "\n甲\t乙\n",
        f"\n一段文字。\n\n{HEADER}",
        "序号\t重点任务\t工作指施\t完成时限\t主责单位\t协办单位",
    ]
)
PLANS = st.lists(ROWS | ROWS | ROWS | SECTIONS | BREAKS, max_size=14).map(
    lambda lines: "\n".join(["西城区2021年行动计划", "", HEADER, *lines])
)

corridor = settings(deadline=None, max_examples=250, suppress_health_check=[HealthCheck.too_slow])


def extract(text):
    source = read_document(text.encode("utf-8"), "plan.txt", SETTINGS.read)
    return extract_document(source, DICTIONARIES, Overrides(), SETTINGS)


def extract_and_check(text):
    try:
        extraction = extract(text)
        rows = make_rows(extraction, "0" * 16)
        agencies = make_agency_rows(DICTIONARIES.agencies)
        check_rows({**rows, "agencies": agencies}, DOCUMENT_TABLES, "plan.txt")
        make_json(rows)
    except InternalError:
        raise
    except PlanExtractError:
        pass


@corridor
@given(PLANS)
def test_tab_separated_plans(text):
    extract_and_check(text)


SECTION_HEADER = "类别\t序号\t重点任务\t工作措施\t完成时限\t主责单位\t备注"
SECTION_TEXTS = st.sampled_from(["", "一、空气质量", "一、空气质星", "大气", "大气污染防治", "大气污染防冶", "水环境"])
SECTION_ROWS = st.tuples(SECTION_TEXTS, NUMBERS, TASKS, SENTENCES, DEADLINES, BODIES, SENTENCES).map("\t".join)


@corridor
@given(st.lists(SECTION_ROWS | SECTION_ROWS | SECTION_ROWS | st.just(f"\n{SECTION_HEADER}"), max_size=14))
def test_plans_with_a_column_of_sections_and_one_without_a_role(rows):
    extract_and_check("\n".join(["西城区2021年行动计划", "", SECTION_HEADER, *rows]))


HTML_CELLS = st.sampled_from(["<td>", "<td>", "<td rowspan=2>", "<td rowspan=3>"])
HTML_ROWS = st.lists(st.tuples(HTML_CELLS, SENTENCES | BODIES | NUMBERS).map("".join), min_size=1, max_size=7)
HTML_HEADER = "<tr>" + "".join(f"<th>{label}</th>" for label in HEADER.split("\t")) + "</tr>"


@corridor
@given(st.lists(st.lists(HTML_ROWS.map(lambda cells: "<tr>" + "".join(cells)), max_size=5), min_size=1, max_size=3))
def test_html_plans_with_spans(tables):
    extract_and_check("计划\n" + "\n".join(f"<table>{HTML_HEADER}{''.join(rows)}</table>" for rows in tables))


@corridor
@given(st.lists(st.lists(SENTENCES | BODIES | NUMBERS, min_size=1, max_size=8).map("|".join), max_size=8))
def test_markdown_plans(rows):
    extract_and_check("计划\n\n" + HEADER.replace("\t", "|") + "\n-|-|-|-|-|-\n" + "\n".join(rows))


@corridor
@given(PLANS)
def test_the_same_text_gives_the_same_result(text):
    def read_once():
        try:
            return extract(text)
        except PlanExtractError as exc:
            return exc.code

    assert read_once() == read_once()
