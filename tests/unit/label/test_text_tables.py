"""Tables in plain lines of text: one recogniser, whatever divides the cells."""

from __future__ import annotations

import re
from collections import Counter

import pytest

from planextract.dictionaries import load_dictionaries
from planextract.label.headers import match_header
from planextract.label.text_tables import find_text_tables
from planextract.label.text_tables.fits import Clues
from planextract.model.roles import Role
from planextract.model.source import SourceMarkup, SourceTable, SourceText

HEADER = ("序号", "重点任务", "工作措施", "完成时限", "责任单位")
ROWS = (
    ("1", "供水保障", "完成县城北区供水管网改造12公里。", "年底前", "县水务局"),
    ("2", "教育服务", "新增公办幼儿园学位450个。", "8月底前", "县教育局"),
    ("3", "交通出行", "建成农村公路联网工程28公里。", "全年", "县交通运输局"),
)
DEADLINE = re.compile(r"年底前|\d+月底前|全年|持续推进")


@pytest.fixture(scope="module")
def vocabulary():
    return load_dictionaries(None).columns


def as_lines(text):
    lines, blank = [], True
    for number, line in enumerate(text.split("\n"), start=1):
        if line.strip():
            indent = len(line) - len(line.lstrip())
            lines.append(SourceText(page=0, raw_text=line.strip(), line=number, starts_paragraph=blank, indent=indent))
        blank = not line.strip()
    return lines


def find(text, vocabulary):
    return find_text_tables(as_lines(text), vocabulary, lambda value: DEADLINE.fullmatch(value) is not None)


def draw(table):
    grid = [["" for _ in range(table.col_count)] for _ in range(table.row_count)]
    for cell in table.cells:
        grid[cell.row][cell.col] = cell.raw_text.replace("\n", "/")
    return [tuple(row) for row in grid]


def one_table(text, vocabulary):
    found = find(text, vocabulary)
    tables = [block for block in found.blocks if isinstance(block, SourceTable)]
    assert len(tables) == 1, found
    return tables[0]


FORMS = {
    "pipes": lambda row: " | ".join(row) + " |",
    "outer pipes": lambda row: "| " + " | ".join(row) + " |",
    "full-width pipes": " ｜ ".join,
    "tabs": "\t".join,
    "two blanks": "   ".join,
    "one blank": " ".join,
    "full-width commas": "，".join,
    "commas": ",".join,
    "commas and quotes": lambda row: ",".join(f'"{cell}"' for cell in row),
    "a cell a line": "\n".join,
    "a cell a line, blank lines between": lambda row: "\n\n".join(row) + "\n",
    "a cell a line with a bar": lambda row: "\n".join(f"{cell} |" for cell in row),
    "a bar on a line of its own": lambda row: "\n".join(f"{cell}\n|" for cell in row),
}


@pytest.mark.parametrize("form", FORMS)
def test_whatever_divides_the_cells_the_rows_are_the_same(form, vocabulary):
    text = "\n".join(FORMS[form](row) for row in (HEADER, *ROWS))
    assert draw(one_table(f"县2023年重点任务分解表\n\n{text}\n\n分享到：", vocabulary)) == [HEADER, *ROWS]


@pytest.mark.parametrize("form", FORMS)
def test_no_character_is_lost_or_doubled(form, vocabulary):
    text = "前言。\n" + "\n".join(FORMS[form](row) for row in (HEADER, *ROWS)) + "\n\n备注：下同。\n分享到："
    blocks = find(text, vocabulary).blocks
    kept = [cell.raw_text for block in blocks if isinstance(block, SourceTable) for cell in block.cells]
    kept += [block.raw_text for block in blocks if isinstance(block, SourceText | SourceMarkup)]
    assert Counter("".join("".join(kept).split())) == Counter("".join(text.split()))


def test_several_agencies_are_several_lines(vocabulary):
    text = "\n".join(
        [
            *HEADER,
            "1",
            "供水",
            "完成管网改造。",
            "年底前",
            "县水务局",
            "县住建局",
            "2",
            "教育",
            "新增学位。",
            "8月底前",
            "县教育局",
        ]
    )
    assert [row[4] for row in draw(one_table(text, vocabulary))[1:]] == ["县水务局/县住建局", "县教育局"]


def test_a_merged_cell_that_is_left_out_leaves_its_column_blank(vocabulary):
    text = "\n".join([*HEADER, *ROWS[0], "对老旧小区供水设施逐一排查登记，建立台账。", "9月底前", *ROWS[1]])
    rows = draw(one_table(text, vocabulary))
    assert rows[2] == ("", "", "对老旧小区供水设施逐一排查登记，建立台账。", "9月底前", "")
    assert rows[3] == ROWS[1]


def test_a_row_moved_to_the_left_is_moved_back(vocabulary):
    text = "工作任务 | 具体要求 | 责任部门 |\n一、健全制度。 | 1.制定管理办法并组织培训。 | 财务科 |\n2.公开年度目录。 | 各科室 | |"
    assert draw(one_table(text, vocabulary))[2] == ("", "2.公开年度目录。", "各科室")


@pytest.mark.parametrize("last", ["6月底前", "2024年10月底前", "考核指标"])
def test_the_last_cells_above_a_header_that_stands_again_are_no_labels(last, vocabulary):
    """A day may name a column of milestones, and a cell may be worded as a label is; the header begins as before."""
    cells = [*HEADER, *ROWS[0], *ROWS[1][:3], "县教育局", last, *HEADER, *ROWS[2]]
    tables = [block for block in find("\n".join(cells), vocabulary).blocks if isinstance(block, SourceTable)]
    assert [draw(table)[0] for table in tables] == [HEADER] * 2


def test_numbers_without_a_label_get_a_column(vocabulary):
    cells = [
        "工作任务",
        "具体要求",
        "责任科室",
        "时限要求",
        "健全机制",
        "1",
        "制定管理办法并组织培训，按月通报。",
        "办公室",
        "年底前",
        "主动公开",
        "2",
        "公开年度目录，及时更新内容。",
        "各科室",
        "持续推进",
        "3",
        "按季度开展检查，督促整改到位。",
        "办公室",
        "持续推进",
    ]
    table = one_table("\n|\n".join(cells) + "\n|", vocabulary)
    assert [row[1] for row in draw(table)[1:]] == ["1", "2", "3"]
    assert {cell.raw_text: cell.col_span for cell in table.cells if cell.row == 0}["具体要求"] == 2


def test_a_label_above_others_is_a_first_level(vocabulary):
    labels = ["序号", "工作任务", "责任单位", "完成时限", "牵头单位", "配合单位"]
    rows = [
        "1",
        "完成供水管网改造12公里。",
        "县水务局",
        "县住建局",
        "年底前",
        "2",
        "新增公办幼儿园学位450个。",
        "县教育局",
        "县财政局",
        "8月底前",
    ]
    table = one_table("\n".join([*labels, *rows]), vocabulary)
    assert draw(table)[2] == ("1", "完成供水管网改造12公里。", "县水务局", "县住建局", "年底前")


def test_headings_stand_across_the_table(vocabulary):
    text = "\n".join([*HEADER, "一、民生", *ROWS[0], "二、交通", *ROWS[1]])
    spans = [cell for cell in one_table(text, vocabulary).cells if cell.col_span == 5]
    assert [cell.raw_text for cell in spans] == ["一、民生", "二、交通"]


def test_page_numbers_between_rows_are_furniture(vocabulary):
    text = "\n".join([*HEADER, *ROWS[0], "- 3 -", *ROWS[1]])
    found = find(text, vocabulary)
    assert [b.raw_text for b in found.blocks if isinstance(b, SourceMarkup)] == ["- 3 -"]


def test_text_behind_the_table_stays_text(vocabulary):
    tail = ["备注：排名第一的单位为牵头单位", "主办：某某市人民政府办公室", "扫一扫在手机打开当前页"]
    found = find("\n".join([*HEADER, *(cell for row in ROWS for cell in row), *tail]), vocabulary)
    assert [b.raw_text for b in found.blocks if isinstance(b, SourceText)] == tail


def test_a_header_above_nothing_is_no_table_and_is_said(vocabulary):
    found = find("工作任务 |\n工作要求 |\n牵头单位 |\n责任单位 |\n|\n|\n|\n|", vocabulary)
    assert not [b for b in found.blocks if isinstance(b, SourceTable)]
    assert found.rejected[0].labels == ("工作任务", "工作要求", "牵头单位", "责任单位")
    assert found.rejected[0].is_empty


@pytest.mark.parametrize(
    "text",
    [
        "序号 | 项目名称 | 提升平台 |\n1 | 服务标题 | 加强平台建设 |\n2 | 台账 | 健全评估 |",
        "工作任务和责任单位如下：\n一、加强管理。\n二、责任单位要落实。",
        "责任单位\n县水务局\n县教育局\n县财政局",
        "时间   地点   人员\n9:00   会议室   全体人员",
    ],
)
def test_what_is_no_plan_stays_text(text, vocabulary):
    assert not [b for b in find(text, vocabulary).blocks if isinstance(b, SourceTable)]


BOX = """
┌──┬────────┬────┐
│序号│工作任务        │责任单位│
├──┼────────┼────┤
│1   │完成供水管网改造│县水务局│
│    │12公里。        │        │
│    ├────────┤        │
│    │排查供水设施。  │        │
├──┼────────┼────┤
│2   │新增学位450个。 │县教育局│
└──┴────────┴────┘
"""


def test_a_drawn_table_shows_its_merged_cells(vocabulary):
    table = one_table(BOX, vocabulary)
    assert draw(table) == [
        ("序号", "工作任务", "责任单位"),
        ("1", "完成供水管网改造/12公里。", "县水务局"),
        ("", "排查供水设施。", ""),
        ("2", "新增学位450个。", "县教育局"),
    ]
    assert {(cell.row, cell.col, cell.row_span) for cell in table.cells if cell.row_span > 1} == {(1, 0, 2), (1, 2, 2)}
    assert table.has_spans
    (wrapped,) = [cell for cell in table.cells if cell.raw_text.startswith("完成供水")]
    assert wrapped.paragraphs == ("完成供水管网改造12公里。",)


def test_a_table_drawn_with_ascii_signs(vocabulary):
    text = (
        "+----+------------------+----------+\n| 序号 | 工作任务 | 责任单位 |\n+----+------------------+----------+\n"
    )
    text += "| 1 | 完成供水管网改造。 | 县水务局 |\n+----+------------------+----------+"
    assert draw(one_table(text, vocabulary))[1] == ("1", "完成供水管网改造。", "县水务局")


def test_doubt_is_a_score_below_one(vocabulary):
    sure = one_table("\n".join(cell for row in (HEADER, *ROWS) for cell in row), vocabulary)
    assert min(sure.row_scores) > 0.9
    labels = ["序号", "工作任务", "牵头单位", "配合单位"]
    rows = [
        "1",
        "完成供水管网改造。",
        "县水务局",
        "县住建局",
        "县财政局",
        "2",
        "新增公办学位。",
        "县教育局",
        "县财政局",
    ]
    doubtful = one_table("\n".join([*labels, *rows]), vocabulary)
    assert doubtful.row_scores[1] < 0.8


def test_a_last_name_with_a_full_stop_is_a_body(vocabulary):
    labels = ["序号", "重点工作任务", "主要责任单位", "协同配合单位"]
    rows = ["1", "建立重点项目库，按月更新数据。", "区教育局", "区投资促进中心。"]
    assert draw(one_table("\n\n".join([*labels, *rows]), vocabulary))[1][3] == "区投资促进中心。"


def test_a_text_that_begins_on_the_last_line_is_kept_once(vocabulary):
    text = "".join(f"{cell} |\n" for cell in ("序号", "主要任务", "责任单位", "1", "推动历史遗留问题解决。"))
    text += "区水务局 | 备注：本表由区政府办公室\n负责解释 |"
    found = find(text, vocabulary)
    kept = [block.raw_text for block in found.blocks if isinstance(block, SourceText)]
    assert "".join(kept).replace("\n", "") == "备注：本表由区政府办公室负责解释"


def test_labels_below_another_stand_beside_a_hidden_number(vocabulary):
    labels = ["主要任务", "具体工作内容", "完成时限", "责任分工", "责任部门", "配合部门"]
    rows = [
        "1",
        "提升基础教育",
        "按季度报送数据。",
        "年底前",
        "区信访办",
        "区审计局",
        "2",
        "提升就业服务",
        "打造示范样板。",
        "上半年",
        "区妇联",
        "区教委",
    ]
    places = {cell.raw_text: (cell.row, cell.col) for cell in one_table("\n".join([*labels, *rows]), vocabulary).cells}
    assert (places["责任分工"], places["责任部门"], places["配合部门"]) == ((0, 4), (1, 4), (1, 5))


@pytest.mark.parametrize(
    ("text", "share"),
    [("椿树街道办事处", 1.0), ("某某委员会", 1.0), ("某某消防支队", 1.0), ("某某处", 0.6), ("推进街道办事处", 0.0)],
)
def test_a_weak_ending_inside_a_strong_one_tells_a_body(text, share, vocabulary):
    assert Clues(vocabulary=vocabulary, is_deadline=bool).body_share(text) == pytest.approx(share)


def test_words_for_what_is_done_side_by_side_name_measures(vocabulary):
    labels = ("序号", "内容与要求", "进展情况", "责任单位")
    rows = (
        ("1", "确保粮食产量稳定在30万吨以上。", "播种已完成。", "市农业农村局"),
        ("2", "新建改建公园5个。", "3个已开工。", "市城管局"),
    )
    text = "\n\n".join("\n\n".join(row) for row in (labels, *rows))
    [table] = [block for block in find(text, vocabulary).blocks if isinstance(block, SourceTable)]
    assert [cell.raw_text for cell in table.cells if cell.row == 1] == list(rows[0])


def test_an_unlisted_label_above_that_of_numbers_is_the_first_column(vocabulary):
    labels = ("考核项目", "序号", "考核内容", "责任部门")
    rows = (("农业高质高效", "1", "粮食播种面积", "县农业农村局"), ("", "2", "新建高标准农田", "县农业农村局"))
    cells = [*labels, *(cell for row in rows for cell in row if cell)]
    text = "2021年某县乡村振兴任务清单\n\n" + "\n\n".join(cells)
    [table] = [block for block in find(text, vocabulary).blocks if isinstance(block, SourceTable)]
    assert [cell.raw_text for cell in table.cells if cell.row == 0] == list(labels)
    columns = match_header([list(labels)], vocabulary).columns
    assert [column.role for column in columns] == [Role.SECTION, Role.TASK_NO, Role.MEASURE, Role.RESPONSIBLE]
