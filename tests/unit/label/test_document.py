"""Tables of a document, labelled whole: which are the plan's, which rows go on, what is left out and said."""

from __future__ import annotations

from dataclasses import replace

import pytest

from planextract.dictionaries import load_dictionaries
from planextract.errors import InputError
from planextract.label.document import label_document
from planextract.label.labelling import Labelling, is_same_place, stands_under
from planextract.model.finding_kinds import kind_of
from planextract.model.roles import Role
from planextract.model.source import SourceBlock, SourceCell, SourceDocument, SourceTable, SourceText
from planextract.model.table import Column, Fragment

WORDS = load_dictionaries().columns
METADATA = {"索引号": "index_no", "发布机构": "issuer", "发文日期": "issued_on"}


def block(text: str, page: int) -> SourceBlock:
    """A line, or a table of rows parted by ``/`` and cells by ``|``; ``>`` is part of the cell on its left."""
    if "|" not in text:
        return SourceText(page=page, raw_text=text)
    cells: list[SourceCell] = []
    rows = text.split("/")
    for row, line in enumerate(rows):
        for col, part in enumerate(line.split("|")):
            if part == ">":
                last = cells.pop()
                cells.append(SourceCell(row=row, col=last.col, raw_text=last.raw_text, col_span=last.col_span + 1))
            else:
                cells.append(SourceCell(row=row, col=col, raw_text=part.replace("↵", "\n")))
    width = max(line.count("|") for line in rows) + 1
    return SourceTable(page=page, row_count=len(rows), col_count=width, cells=tuple(cells), has_spans=True)


def label(*texts: str) -> list[str]:
    """Blocks, discards and findings of a document whose pages are parted by ``---``; or why it is refused."""
    page, blocks = 1, []
    for text in texts:
        page += text == "---"
        if text != "---":
            blocks.append(block(text, page))
    source = SourceDocument(
        doc_id="0" * 16, source_path="a.pdf", media_type="", reader="pdf", page_count=page, blocks=tuple(blocks),
        printed="",
    )  # fmt: skip
    try:
        found = label_document(source, WORDS, METADATA)
    except InputError as error:
        return [f"{error.code}: {error.cause}"]
    out: list[str] = []
    for part in found.blocks:
        out += draw(part) if isinstance(part, Fragment) else [f"{part.page} {part.raw_text}"]
    out += [f"- {item.reason} {item.page} {item.raw_text}" for item in found.trail.discards]
    return [*out, *(f"! {item.code} {item.page} {item.message}" for item in found.trail.findings)]


def draw(fragment: Fragment) -> list[str]:
    """A line for the columns, one a row."""
    head = f"{fragment.page} table {fragment.table_no}{' header' if fragment.has_header else ''}: "
    rows = [
        f" {row.row} {row.kind} " + "|".join("" if cell is None else cell.text.replace("\n", "↵") for cell in row.cells)
        for row in fragment.rows
    ]
    return [head + " ".join(column.role for column in fragment.columns), *rows]


@pytest.mark.parametrize(
    ("texts", "found"),
    [
        (
            (
                "序号|重点任务|工作措施|完成时限|责任单位/1|造林|植树造林两万亩。|年底前|市林业局/2|道路|新建道路三条。|6月底前|市交通局",
            ),
            [
                "1 table 1 header: task_no task_name measure deadline responsible",
                " 1 data 1|造林|植树造林两万亩。|年底前|市林业局",
                " 2 data 2|道路|新建道路三条。|6月底前|市交通局",
            ],
        ),
        (
            (
                "附件1",
                "某市行动计划",
                "序号|重点任务|工作措施|完成时限|责任单位/1|造林|植树造林两万亩。|年底前|市林业局",
                "---",
                "— 2 —",
                "2|道路|新建道路三条。|6月底前|市交通局/3|学校|新建学校两所。|9月底前|市教育局",
            ),
            [
                "1 附件1",
                "1 某市行动计划",
                "1 table 1 header: task_no task_name measure deadline responsible",
                " 1 data 1|造林|植树造林两万亩。|年底前|市林业局",
                "2 — 2 —",
                "2 table 2: task_no task_name measure deadline responsible",
                " 0 data 2|道路|新建道路三条。|6月底前|市交通局",
                " 1 data 3|学校|新建学校两所。|9月底前|市教育局",
            ],
        ),
        (
            (
                "序号|重点任务|工作措施|完成时限|责任单位/1|造林|植树造林两万亩。|年底前|市林业局",
                "---",
                "序号|重点任务|工作措施|完成时限|责任单位/2|道路|新建道路三条。|6月底前|市交通局",
            ),
            [
                "1 table 1 header: task_no task_name measure deadline responsible",
                " 1 data 1|造林|植树造林两万亩。|年底前|市林业局",
                "2 table 2 header: task_no task_name measure deadline responsible",
                " 1 data 2|道路|新建道路三条。|6月底前|市交通局",
            ],
        ),
        (
            (
                "序号|重点任务|工作措施|完成时限|责任单位/1|造林|植树造林两万亩。|年底前|市林业局",
                "---",
                "序号|重点任务|工作措旋|完成时眼|责任单位/2|道路|新建道路三条。|6月底前|市交通局",
            ),
            [
                "1 table 1 header: task_no task_name measure deadline responsible",
                " 1 data 1|造林|植树造林两万亩。|年底前|市林业局",
                "2 table 2 header: task_no task_name measure deadline responsible",
                " 1 data 2|道路|新建道路三条。|6月底前|市交通局",
                "! detect.damaged_header 2 column '工作措旋' was read as '工作措施'",
                "! detect.damaged_header 2 column '完成时眼' was read as '完成时限'",
            ],
        ),
        (
            (
                "序号|重点任务|工作措施|完成时限|责任单位/1|造林|植树造林两万亩。|年底前|市林业局",
                "---",
                "二、扬尘",
                "序号|重点任务|工作措施|完成时限|责任单位/2|道路|新建道路三条。|6月底前|市交通局",
            ),
            [
                "1 table 1 header: task_no task_name measure deadline responsible",
                " 1 data 1|造林|植树造林两万亩。|年底前|市林业局",
                "2 table 2 header: task_no task_name measure deadline responsible",
                " -1 section 二、扬尘|二、扬尘|二、扬尘|二、扬尘|二、扬尘",
                " 1 data 2|道路|新建道路三条。|6月底前|市交通局",
            ],
        ),
        (
            (
                "序号|重点任务|工作措施|完成时限|责任单位/1|造林|植树造林两万亩。|年底前|市林业局",
                "---",
                "二、扬尘",
                "说明文字。",
                "序号|重点任务|工作措施|完成时限|责任单位/2|道路|新建道路三条。|6月底前|市交通局",
            ),
            [
                "1 table 1 header: task_no task_name measure deadline responsible",
                " 1 data 1|造林|植树造林两万亩。|年底前|市林业局",
                "2 二、扬尘",
                "2 说明文字。",
                "2 table 2 header: task_no task_name measure deadline responsible",
                " 1 data 2|道路|新建道路三条。|6月底前|市交通局",
            ],
        ),
        (
            (
                "序号|重点任务|工作措施|完成时限|责任单位/1|造林|植树造林两万亩。|年底前|市林业局",
                "---",
                "||继续植树。||/序号|重点任务|工作措施|完成时限|责任单位/2|道路|新建道路三条。|6月底前|市交通局",
            ),
            [
                "1 table 1 header: task_no task_name measure deadline responsible",
                " 1 data 1|造林|植树造林两万亩。|年底前|市林业局",
                "2 继续植树。",
                "2 table 3 header: task_no task_name measure deadline responsible",
                " 2 data 2|道路|新建道路三条。|6月底前|市交通局",
            ],
        ),
        (
            ("某市行动计划|>|>|>|>/序号|重点任务|工作措施|完成时限|责任单位/1|造林|植树造林两万亩。|年底前|市林业局",),
            [
                "1 某市行动计划",
                "1 table 2 header: task_no task_name measure deadline responsible",
                " 2 data 1|造林|植树造林两万亩。|年底前|市林业局",
            ],
        ),
        (
            (
                "序号|重点任务|工作措施|完成时限|责任单位/1|造林|植树造林两万亩。|年底前|市林业局/注：数字为预计数。|>|>|>|>",
            ),
            [
                "1 table 1 header: task_no task_name measure deadline responsible",
                " 1 data 1|造林|植树造林两万亩。|年底前|市林业局",
                "1 注：数字为预计数。",
            ],
        ),
        (
            (
                "序号|重点任务|工作措施|完成时限|责任单位/1|造林|植树造林两万亩。|年底前|市林业局/合计|2项|||/2|道路|新建道路三条。|6月底前|市交通局",
            ),
            [
                "1 table 1 header: task_no task_name measure deadline responsible",
                " 1 data 1|造林|植树造林两万亩。|年底前|市林业局",
                " 3 data 2|道路|新建道路三条。|6月底前|市交通局",
                "1 合计",
                "1 2项",
            ],
        ),
        (
            (
                "序号|重点任务|工作措施|完成时限|责任单位/一、生态|>|>|>|>/1|造林|植树造林两万亩。|年底前|市林业局/二、交通|>|>|>|>/2|道路|新建道路三条。|6月底前|市交通局",
            ),
            [
                "1 table 1 header: task_no task_name measure deadline responsible",
                " 1 section 一、生态|一、生态|一、生态|一、生态|一、生态",
                " 2 data 1|造林|植树造林两万亩。|年底前|市林业局",
                " 3 section 二、交通|二、交通|二、交通|二、交通|二、交通",
                " 4 data 2|道路|新建道路三条。|6月底前|市交通局",
            ],
        ),
        (
            ("序号|重点任务|工作措施|完成时限|责任单位/一|生态建设|||/1|造林|植树造林两万亩。|年底前|市林业局",),
            [
                "1 table 1 header: task_no task_name measure deadline responsible",
                " 1 section 一|生态建设|||",
                " 2 data 1|造林|植树造林两万亩。|年底前|市林业局",
            ],
        ),
        (
            ("序号|工作措施|完成时限|责任单位/一|生态建设||/1|植树造林两万亩。|年底前|市林业局",),
            [
                "1 table 1 header: task_no measure deadline responsible",
                " 1 section 一|生态建设||",
                " 2 data 1|植树造林两万亩。|年底前|市林业局",
            ],
        ),
        (
            (
                "序号|重点任务|工作措施|完成时限|责任单位/1|造林|植树造林两万亩。|年底前|市林业局",
                "---",
                "姓名|单位|职务|电话|备注/张三|市林业局|局长|13800001111|无",
            ),
            [
                "1 table 1 header: task_no task_name measure deadline responsible",
                " 1 data 1|造林|植树造林两万亩。|年底前|市林业局",
                "- other_table 2 姓名",
                "- other_table 2 单位",
                "- other_table 2 职务",
                "- other_table 2 电话",
                "- other_table 2 备注",
                "- other_table 2 张三",
                "- other_table 2 市林业局",
                "- other_table 2 局长",
                "- personal 2 13800001111",
                "- other_table 2 无",
                "! detect.other_table 2 a table without a known header was left out: 姓名、单位、职务、电话、备注、张三",
            ],
        ),
        (
            ("序号|重点任务|工作措施|完成时限|责任单位/1|造林|植树造林两万亩。|年底前|市林业局", "甲|乙|丙/丁|戊|己"),
            [
                "1 table 1 header: task_no task_name measure deadline responsible",
                " 1 data 1|造林|植树造林两万亩。|年底前|市林业局",
                "- other_table 1 甲",
                "- other_table 1 乙",
                "- other_table 1 丙",
                "- other_table 1 丁",
                "- other_table 1 戊",
                "- other_table 1 己",
                "! detect.other_table 1 a table without a known header was left out: 甲、乙、丙、丁、戊、己",
            ],
        ),
        (
            (
                "序号|重点任务|工作措施|完成时限|责任单位/1|造林|植树造林两万亩。|年底前|市林业局",
                "---",
                "甲|乙|丙|丁|戊/丁|戊|己|庚|辛",
            ),
            [
                "1 table 1 header: task_no task_name measure deadline responsible",
                " 1 data 1|造林|植树造林两万亩。|年底前|市林业局",
                "- other_table 2 甲",
                "- other_table 2 乙",
                "- other_table 2 丙",
                "- other_table 2 丁",
                "- other_table 2 戊",
                "- other_table 2 丁",
                "- other_table 2 戊",
                "- other_table 2 己",
                "- other_table 2 庚",
                "- other_table 2 辛",
                "! detect.other_table 2 a table without a known header was left out: 甲、乙、丙、丁、戊、丁",
            ],
        ),
        (
            (
                "索引号：|000|发布机构：|某市/发文日期：||主题词：|甲",
                "序号|重点任务|工作措施|完成时限|责任单位/1|造林|植树造林两万亩。|年底前|市林业局",
            ),
            [
                "1 索引号：",
                "1 000",
                "1 发布机构：",
                "1 某市",
                "1 主题词：",
                "1 甲",
                "1 table 2 header: task_no task_name measure deadline responsible",
                " 1 data 1|造林|植树造林两万亩。|年底前|市林业局",
                "- field:metadata 1 发文日期：",
            ],
        ),
        (
            ("索引号：/|", "序号|重点任务|工作措施|完成时限|责任单位/1|造林|植树造林两万亩。|年底前|市林业局"),
            [
                "1 table 2 header: task_no task_name measure deadline responsible",
                " 1 data 1|造林|植树造林两万亩。|年底前|市林业局",
                "- other_table 1 索引号：",
                "! detect.other_table 1 a table without a known header was left out: 索引号：",
            ],
        ),
        (
            (
                "序号|重点任务|工作措施|完成时限|/1|造林|植树造林两万亩。|年底前|市林业局/2|道路|新建道路三条。|6月底前|市交通局",
            ),
            [
                "1 table 1 header: task_no task_name measure deadline responsible",
                " 1 data 1|造林|植树造林两万亩。|年底前|市林业局",
                " 2 data 2|道路|新建道路三条。|6月底前|市交通局",
                "! detect.unlabelled_column 1 column 5 has no label; it is read as 'responsible'",
            ],
        ),
        (
            (
                "|重点任务|工作措施|完成时限|责任单位/1|造林|植树造林两万亩。|年底前|市林业局/2|道路|新建道路三条。|6月底前|市交通局/3|学校|新建学校两所。|9月底前|市教育局",
            ),
            [
                "1 table 1 header: task_no task_name measure deadline responsible",
                " 1 data 1|造林|植树造林两万亩。|年底前|市林业局",
                " 2 data 2|道路|新建道路三条。|6月底前|市交通局",
                " 3 data 3|学校|新建学校两所。|9月底前|市教育局",
            ],
        ),
        (
            ("序号|重点任务|工作措施|完成时限|责任单位|责任人/1|造林|植树造林两万亩。|年底前|市林业局|张三",),
            [
                "1 table 1 header: task_no task_name measure deadline responsible other",
                " 1 data 1|造林|植树造林两万亩。|年底前|市林业局|张三",
            ],
        ),
        (
            (
                "序号|重点任务|工作措施|责任单位及责任人/1|造林|植树造林两万亩。|市林业局 张三/2|道路|新建道路三条。|市交通局 李四",
                "---",
                "3|学校|新建学校两所。|市教育局 王五",
            ),
            [
                "1 table 1 header: task_no task_name measure responsible other",
                " 1 data 1|造林|植树造林两万亩。|市林业局|张三",
                " 2 data 2|道路|新建道路三条。|市交通局|李四",
                "2 table 2: task_no task_name measure responsible other",
                " 0 data 3|学校|新建学校两所。|市教育局|王五",
            ],
        ),
        (
            (
                "序号|重点任务|工作措施|牵头单位|完成时限/1|造林|植树造林两万亩。|市林业局|年底前",
                "---",
                "序号|重点任务|工作措施|责任单位|完成时限/2|道路|新建道路三条。|市交通局|6月底前",
            ),
            [
                "1 table 1 header: task_no task_name measure lead deadline",
                " 1 data 1|造林|植树造林两万亩。|市林业局|年底前",
                "2 table 2 header: task_no task_name measure lead deadline",
                " 1 data 2|道路|新建道路三条。|市交通局|6月底前",
                "! detect.reworded_header 2 the header is worded otherwise on this page, and the table goes on: 序号、重点任务、工作措施、责任单位、完成时限 for 序号、重点任务、工作措施、牵头单位、完成时限",
            ],
        ),
        (
            ("甲|乙|丙/丁|戊|己",),
            [
                "detect.unknown_header: no table has a header that is known; of 1 tables, the one most like a plan's begins: 甲、乙、丙"
            ],
        ),
        (
            ("甲|乙/完成时限|配合单位", "无表"),
            [
                "detect.unknown_header: no table has a header that is known; of 1 tables, the one most like a plan's begins: 甲、乙; known are 完成时限、配合单位, but no column of tasks or measures"
            ],
        ),
        (
            ("没有表格的正文。",),
            [
                "read.no_table: no table with ruled or aligned columns was found on 1 pages, and no list of measures with their agencies"
            ],
        ),
        (
            ("附件：1.任务分解表.xlsx",),
            [
                "read.no_table: no table with ruled or aligned columns was found on 1 pages, and no list of measures with their agencies; it names an attachment: 任务分解表.xlsx"
            ],
        ),
        (
            ("某市政务服务事项清单", "序号|事项名称|办理时限|实施单位/1|办证|5个工作日|市公安局"),
            [
                "read.no_table: its title '某市政务服务事项清单' is one of a register of powers or services, and it holds no plan"
            ],
        ),
        (
            ("序号|重点任务|工作措施/1|造林|植树造林两万亩。", "---", "完成时限|责任单位/年底前|市林业局"),
            [
                "1 table 1 header: task_no task_name measure deadline responsible",
                " 1 data 1|造林|植树造林两万亩。|年底前|市林业局",
                "! detect.joined_halves 1 the right half of the table stands on page 2; both were joined row by row",
                "! detect.doubtful_halves 1 the two halves of the table have rows of other heights; compare this row with both pages",
            ],
        ),
        (
            (
                "重点任务|工作措施|责任单位/一、造林|1.植树造林。|市林业局/|2.育苗三万株。|市林业局/|3.护林防火。|市林业局",
            ),
            [
                "1 table 1 header: section task_no measure responsible",
                " 1 data 一、造林|1.|植树造林。|市林业局",
                " 2 data |2.|育苗三万株。|市林业局",
                " 3 data |3.|护林防火。|市林业局",
            ],
        ),
        (
            ("工作任务|具体要求|具体要求|责任科室/健全制度|1|制定办法。|办公室/|2|公开目录。|各科室",),
            [
                "1 table 1 header: task_name task_no measure responsible",
                " 1 data 健全制度|1|制定办法。|办公室",
                " 2 data |2|公开目录。|各科室",
            ],
        ),
        (
            ("序号|工作措施|完成时限|序号|工作措施|完成时限/1|种树|年底前|2|修路|6月底前",),
            [
                "1 table 1 header: task_no measure deadline",
                " 1 data 1|种树|年底前",
                "1 table 2 header: task_no measure deadline",
                " 1 data 2|修路|6月底前",
            ],
        ),
        (
            ("任务|新建幼儿园3所/牵头单位|县教育局/完成时限|9月底前",),
            ["1 table 1 header: measure lead deadline", " 1 data 新建幼儿园3所|县教育局|9月底前"],
        ),
        (
            (
                "序号|重点任务|工作措施|完成时限|责任单位/1|造林|植树造林两万亩。|年底前|市林业局",
                "---",
                "4|学校|新建学校。/5|桥梁|新建桥梁。",
            ),
            [
                "1 table 1 header: task_no task_name measure deadline responsible",
                " 1 data 1|造林|植树造林两万亩。|年底前|市林业局",
                "- other_table 2 4",
                "- other_table 2 学校",
                "- other_table 2 新建学校。",
                "- other_table 2 5",
                "- other_table 2 桥梁",
                "- other_table 2 新建桥梁。",
                "! detect.other_table 2 a table without a known header was left out: 4、学校、新建学校。、5、桥梁、新建桥梁。",
            ],
        ),
        (
            (
                "序号|重点任务|工作措施|完成时限|责任单位/1|造林|植树造林两万亩。|年底前|市林业局",
                "---",
                "2|道路|新建道路三条。|6月底前|市交通局|/3|学校|新建学校两所。|9月底前|市教育局|",
            ),
            [
                "1 table 1 header: task_no task_name measure deadline responsible",
                " 1 data 1|造林|植树造林两万亩。|年底前|市林业局",
                "2 table 2: task_no task_name measure deadline responsible",
                " 0 data 2|道路|新建道路三条。|6月底前|市交通局",
                " 1 data 3|学校|新建学校两所。|9月底前|市教育局",
            ],
        ),
        (
            (
                "序号|重点任务|工作措施|完成时限|责任单位/1|造林|植树造林两万亩。|年底前|市林业局",
                "---",
                "2|道路|新建道路三条。|6月底前|市交通局|甲/3|学校|新建学校两所。|9月底前|市教育局|乙",
            ),
            [
                "1 table 1 header: task_no task_name measure deadline responsible",
                " 1 data 1|造林|植树造林两万亩。|年底前|市林业局",
                "- other_table 2 2",
                "- other_table 2 道路",
                "- other_table 2 新建道路三条。",
                "- other_table 2 6月底前",
                "- other_table 2 市交通局",
                "- other_table 2 甲",
                "- other_table 2 3",
                "- other_table 2 学校",
                "- other_table 2 新建学校两所。",
                "- other_table 2 9月底前",
                "- other_table 2 市教育局",
                "- other_table 2 乙",
                "! detect.other_table 2 a table without a known header was left out: 2、道路、新建道路三条。、6月底前、市交通局、甲",
            ],
        ),
        (
            (
                "序号|重点任务|工作措施|完成时限|责任单位/1|造林|植树造林两万亩。|年底前|市林业局",
                "---",
                "甲乙|学校|新建。|市教育局|学校/丙丁|桥梁|新建。|市交通局|桥梁",
            ),
            [
                "1 table 1 header: task_no task_name measure deadline responsible",
                " 1 data 1|造林|植树造林两万亩。|年底前|市林业局",
                "- other_table 2 甲乙",
                "- other_table 2 学校",
                "- other_table 2 新建。",
                "- other_table 2 市教育局",
                "- other_table 2 学校",
                "- other_table 2 丙丁",
                "- other_table 2 桥梁",
                "- other_table 2 新建。",
                "- other_table 2 市交通局",
                "- other_table 2 桥梁",
                "! detect.other_table 2 a table without a known header was left out: 甲乙、学校、新建。、市教育局、学校、丙丁",
            ],
        ),
        (
            ("序号重点督办内容牵头单位完成情况", "1造林。市林业局已完成", "3修路。"),
            [
                "read.no_table: a table with the header 序号、重点督办内容、牵头单位、完成情况 was found, but its cells run together, and nothing printed says where each of them ends"
            ],
        ),
        (
            (
                "2024年工作要点",
                "1.完成造林。（市林业局牵头）",
                "说明文字在这里。",
                "2.完成修路。（市交通局牵头）",
                "3.完成修桥。（市交通局牵头）",
            ),
            [
                "1 2024年工作要点",
                "1 table 1 header: task_no measure lead",
                " 0 data 1.|完成造林。|市林业局",
                " 1 data 2.|完成修路。|市交通局",
                " 2 data 3.|完成修桥。|市交通局",
                "- prose_mark 1 （",
                "- prose_mark 1 牵头）",
                "- prose_text 1 说明文字在这里。",
                "- prose_mark 1 （",
                "- prose_mark 1 牵头）",
                "- prose_mark 1 （",
                "- prose_mark 1 牵头）",
                "! detect.text_left_out 1 a paragraph between measures names no agency and was left out: 说明文字在这里。",
            ],
        ),
        (
            (
                "2024年工作要点",
                "（一）加强造林（责任单位：市林业局）",
                "1.造林2万亩。",
                "2.育苗3万株。",
                "（二）加强道路（责任单位：市交通局）",
                "1.修路3条。",
                "---",
                "2.修桥2座。",
            ),
            [
                "1 2024年工作要点",
                "1 table 1 header: task_no measure responsible",
                " 0 section （一）加强造林|（一）加强造林|（一）加强造林",
                " 1 data 1.|造林2万亩。|市林业局",
                " 2 data 2.|育苗3万株。|市林业局",
                " 3 section （二）加强道路|（二）加强道路|（二）加强道路",
                " 4 data 1.|修路3条。|市交通局",
                "2 table 2 header: task_no measure responsible",
                " 0 data 2.|修桥2座。|市交通局",
                "- prose_mark 1 （责任单位：",
                "- prose_mark 1 ）",
                "- prose_mark 1 （责任单位：",
                "- prose_mark 1 ）",
            ],
        ),
        (
            ("序号|任务|责任单位|责任单位/1|造林|市林业局|市财政局",),
            [
                "1 table 1 header: task_no measure responsible other",
                " 1 data 1|造林|市林业局|市财政局",
                "! detect.repeated_role 1 another column has the role of column '责任单位'; it is kept as 'other'",
            ],
        ),
        (
            (
                "序号|重点任务|工作措施|完成时限|/1|造林|植树。|年底前|市林业局",
                "---",
                "序号|重点任务|工作措施|完成时限|/2|道路|修路。|年底前|修桥。",
            ),
            [
                "1 table 1 header: task_no task_name measure deadline responsible",
                " 1 data 1|造林|植树。|年底前|市林业局",
                "2 table 2 header: task_no task_name measure deadline responsible",
                " 1 data 2|道路|修路。|年底前|修桥。",
                "! detect.unlabelled_column 1 column 5 has no label; it is read as 'responsible'",
            ],
        ),
        (
            (
                "序号|重点任务|工作措施|完成时限|责任单位/1|造林|植树造林两万亩。|年底前|市林业局",
                "---",
                "二、扬尘",
                "（一）道路",
                "— 2 —",
                "序号|重点任务|工作措施|完成时限|责任单位/2|道路|新建道路三条。|6月底前|市交通局",
            ),
            [
                "1 table 1 header: task_no task_name measure deadline responsible",
                " 1 data 1|造林|植树造林两万亩。|年底前|市林业局",
                "2 — 2 —",
                "2 table 2 header: task_no task_name measure deadline responsible",
                " -2 section 二、扬尘|二、扬尘|二、扬尘|二、扬尘|二、扬尘",
                " -1 section （一）道路|（一）道路|（一）道路|（一）道路|（一）道路",
                " 1 data 2|道路|新建道路三条。|6月底前|市交通局",
            ],
        ),
        (
            (
                "序号|重点任务|工作措施|完成时限|责任单位/1|造林|植树造林两万亩。|年底前|市林业局",
                "---",
                "说明文字。",
                "（一）道路",
                "序号|重点任务|工作措施|完成时限|责任单位/2|道路|新建道路三条。|6月底前|市交通局",
            ),
            [
                "1 table 1 header: task_no task_name measure deadline responsible",
                " 1 data 1|造林|植树造林两万亩。|年底前|市林业局",
                "2 说明文字。",
                "2 table 2 header: task_no task_name measure deadline responsible",
                " -1 section （一）道路|（一）道路|（一）道路|（一）道路|（一）道路",
                " 1 data 2|道路|新建道路三条。|6月底前|市交通局",
            ],
        ),
        (
            (
                "某区县清单汇总",
                "某某服务事项清单",
                "甲",
                "乙",
                "序号|重点任务|工作措施|完成时限|责任单位/1|造林|植树造林两万亩。|年底前|市林业局",
            ),
            [
                "read.no_table: its title '某某服务事项清单' is one of a register of powers or services, and it holds no plan"
            ],
        ),
        (
            (
                "某某服务事项清单",
                "甲",
                "乙",
                "丙",
                "序号|重点任务|工作措施|完成时限|责任单位/1|造林|植树造林两万亩。|年底前|市林业局",
            ),
            [
                "1 某某服务事项清单",
                "1 甲",
                "1 乙",
                "1 丙",
                "1 table 1 header: task_no task_name measure deadline responsible",
                " 1 data 1|造林|植树造林两万亩。|年底前|市林业局",
            ],
        ),
    ],
)
def test_tables_are_labelled_and_what_is_none_of_the_plan_is_left_out(texts: tuple[str, ...], found: list[str]) -> None:
    assert label(*texts) == found


EDGES = (10.0, 60.0, 200.0, 300.0)
NUMBER, TEXT = SourceText(page=1, raw_text="— 2 —"), SourceText(page=1, raw_text="说明文字。")


def fragment(edges: tuple[float, ...] = EDGES) -> Fragment:
    columns = (Column(role=Role.TASK_NO, label="序号"),) * 3
    return Fragment(
        page=1, table_no=1, columns=columns, has_header=True, has_spans=True, header_cells=(), rows=(), edges=edges
    )


def ruled(*edges: float, width: int = 3) -> SourceTable:
    return SourceTable(page=2, row_count=1, col_count=width, cells=(), has_spans=True, edges=edges)


def test_a_table_in_the_column_lines_of_the_one_before_stands_in_its_place() -> None:
    def is_same(table: SourceTable, *blocks: Fragment | SourceText) -> bool:
        return is_same_place(table, Labelling(blocks=list(blocks)))

    moved = ruled(*(x + 30 for x in EDGES))
    assert is_same(moved, fragment()) and is_same(moved, TEXT, fragment(), NUMBER)
    assert not is_same(moved, fragment(), TEXT) and not is_same(moved, TEXT) and not is_same(moved)
    assert is_same(ruled(10, 64, 196, 300), fragment())
    assert not is_same(ruled(10, 64.5, 200, 300), fragment())
    assert not is_same(ruled(10, 60, 200), fragment()) and not is_same(ruled(), fragment(()))


def test_where_no_column_lines_are_known_as_many_columns_are_enough() -> None:
    def is_same(table: SourceTable, before: Fragment) -> bool:
        return is_same_place(table, Labelling(blocks=[before]), sees_edges=False)

    assert is_same(ruled(), fragment(()))
    assert not is_same(ruled(width=4), fragment(()))
    assert not is_same(ruled(*EDGES), fragment(())) and not is_same(ruled(), fragment())


def test_a_table_whose_last_columns_are_not_ruled_stands_under_the_one_before() -> None:
    def is_under(table: SourceTable, *blocks: Fragment | SourceText) -> bool:
        return stands_under(table, Labelling(blocks=list(blocks)))

    assert is_under(ruled(10, 60, 200), fragment()) and is_under(ruled(40, 94, 230), TEXT, fragment(), TEXT)
    assert not is_under(ruled(10, 64.5, 200), fragment())
    assert not is_under(ruled(*EDGES), fragment()) and not is_under(ruled(), fragment())
    assert not is_under(ruled(10, 60, 200), TEXT)


@pytest.mark.parametrize(
    ("between", "edges", "is_said"),
    [
        ((), (60.0, 300.0, 508.0), True),
        (("— 2 —",), (60.0, 300.0, 508.0), True),
        (("附件2",), (60.0, 300.0, 508.0), False),
        ((), (60.0, 300.0, 420.0), False),
        ((), (), False),
    ],
    ids=["the next page", "page number between", "a heading between", "not as wide", "no rules seen"],
)
def test_a_row_that_may_go_on_in_a_table_left_out_needs_a_look(
    between: tuple[str, ...], edges: tuple[float, ...], is_said: bool
) -> None:
    """A scan may show too few of the rules of the row's rest: what is left out is the plan's."""
    plan = block("序号|重点任务|工作措施|完成时限|责任单位/1|造林|植树造林两万亩，推进|年底前|市林业局", 1)
    rest = block("绿化八处。|市园林局", 2)
    assert isinstance(plan, SourceTable) and isinstance(rest, SourceTable)
    blocks = (
        replace(plan, edges=(55.0, 90.0, 200.0, 350.0, 420.0, 500.0)),
        *(SourceText(page=2, raw_text=text) for text in between),
        replace(rest, edges=edges),
    )
    source = SourceDocument(
        doc_id="0" * 16, source_path="a.pdf", media_type="", reader="pdf", page_count=2, blocks=blocks, printed=""
    )
    found = label_document(source, WORDS, METADATA)
    last = next(part for part in found.blocks if isinstance(part, Fragment)).rows[-1].cells[-1]
    assert last is not None
    said = [item for item in found.trail.findings if item.cell_id == last.cell_id]
    assert [item.code for item in said] == ["detect.other_table"] * is_said
    assert kind_of("detect.other_table").doubts_reading
