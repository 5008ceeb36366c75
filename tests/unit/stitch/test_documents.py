"""Fragments of a document put together: what each page break is taken for, what people said of it, what is noted."""

from __future__ import annotations

import pytest

from planextract.dictionaries import load_dictionaries
from planextract.label.document import label_document
from planextract.model.decision import Bound, BoundJoin, BoundRow
from planextract.model.source import SourceBlock, SourceCell, SourceDocument, SourceTable, SourceText
from planextract.stitch.settings import StitchSettings
from planextract.stitch.walk import stitch_document
from tests.builders import FakeNames, NoWords

WORDS = load_dictionaries().columns
NAMES = FakeNames("区教委", "区财政局", "区生态环境局", "区城市管理委")


def make_blocks(*texts: str, edges: bool = False) -> list[SourceBlock]:
    """Lines and tables, pages parted by ``---``; rows parted by ``/``, cells by ``|``; ``^`` goes on with the cell above."""
    page, blocks = 1, list[SourceBlock]()
    for text in texts:
        page += text == "---"
        if text == "---":
            continue
        if "|" not in text:
            blocks.append(SourceText(page=page, raw_text=text))
            continue
        rows = [line.split("|") for line in text.split("/")]
        cells = [
            SourceCell(
                row=row, col=col, raw_text=part.replace("↵", "\n"),
                row_span=1 + sum(all(r[col] == "^" for r in rows[row + 1 : low + 1]) for low in range(row + 1, len(rows))),
            )
            for row, line in enumerate(rows)
            for col, part in enumerate(line)
            if part != "^"
        ]  # fmt: skip
        blocks.append(
            SourceTable(
                page=page, row_count=len(rows), col_count=len(rows[0]), cells=tuple(cells), has_spans=True,
                edges=tuple(80.0 * col for col in range(len(rows[0]) + 1)) if edges else (),
            )
        )  # fmt: skip
    return blocks


def stitch(*texts: str, bound: Bound | None = None, edges: bool = False) -> list[str]:
    """Rows (``+`` opens a task, ``§`` is a section), page breaks, what is put aside, noted and repaired."""
    blocks = make_blocks(*texts, edges=edges)
    source = SourceDocument(
        doc_id="0" * 16,
        source_path="a.pdf",
        media_type="",
        reader="pdf",
        page_count=9,
        blocks=tuple(blocks),
        printed="",
    )
    document = label_document(source, WORDS)
    found = stitch_document(document, StitchSettings(), NoWords(), NAMES, bound or Bound())
    out: list[str] = []
    for table in found.tables:
        out.append(
            f"table {table.first_page}-{table.last_page} " + " ".join(line.raw_text for line in table.texts_before)
        )
        for row in table.rows:
            sign = "§" if row.kind == "section" else "+" if row.opens_task else " "
            texts = ["·".join(piece.text for piece in place).replace("\n", "↵") for place in row.pieces]
            merged = "".join("m" if is_merged else "" for is_merged in row.is_merged)
            out.append(
                f"{sign}{'|'.join(texts)} {row.score:.2f}{' ' + merged if merged else ''} p{','.join(map(str, row.pages))}"
            )
    for break_ in found.boundaries:
        out.append(
            f"> {break_.decision} {break_.row_decision} {break_.score:.2f} {break_.runner_up}"
            f"{' overridden' if break_.overridden else ''} {break_.decision_id or ''}".rstrip()
        )
        for side in (False, True):
            own = [reason for reason in break_.reasons if reason.startswith("table: ") is side]
            names = [reason.removeprefix("table: ").split(":")[0].split(" (")[0] for reason in own]
            out.append(f"{'>>' if side else '>'} {', '.join(names)}")
    out += [f"- {item.reason} {item.raw_text}" for item in found.trail.discards]
    out += [f"! {item.code}" for item in found.trail.findings]
    return [*out, *(f"~ {item.rule} {item.before} {item.decision_id or ''}".rstrip() for item in found.trail.repairs)]


@pytest.mark.parametrize(
    ("texts", "found"),
    [
        (
            (
                "序号|重点任务|工作措施|完成时限|责任单位/1|绿化|建设公园三处，改造绿地五片。|年底前|区教委/2|道路|改造道路三条。|6月底前|区财政局",
                "---",
                "3|学校|新建学校两所。|9月底前|区教委/4|桥梁|修建桥梁两座。|年底前|区教委",
            ),
            [
                "table 1-2 ",
                "+1|绿化|建设公园三处，改造绿地五片。|年底前|区教委 0.95 p1",
                "+2|道路|改造道路三条。|6月底前|区财政局 0.99 p1",
                "+3|学校|新建学校两所。|9月底前|区教委 0.99 p2",
                "+4|桥梁|修建桥梁两座。|年底前|区教委 0.99 p2",
                "> joined new_task 0.99 cut_row",
                "> task_no_next",
                ">> no_header, nothing_between, numbers_go_on",
            ],
        ),
        (
            (
                "序号|重点任务|工作措施|完成时限|责任单位/1|绿化|建设公园三处，改造绿地五片。|年底前|区教委/2|道路|改造道路三条。|6月底前|区财政局",
                "---",
                "序号|重点任务|工作措施|完成时限|责任单位/3|学校|新建学校两所。|9月底前|区教委/4|桥梁|修建桥梁两座。|年底前|区教委",
            ),
            [
                "table 1-2 ",
                "+1|绿化|建设公园三处，改造绿地五片。|年底前|区教委 0.95 p1",
                "+2|道路|改造道路三条。|6月底前|区财政局 0.99 p1",
                "+3|学校|新建学校两所。|9月底前|区教委 0.99 p2",
                "+4|桥梁|修建桥梁两座。|年底前|区教委 0.99 p2",
                "> joined new_task 0.99 cut_row",
                "> task_no_next",
                ">> nothing_between, numbers_go_on, same_header",
                "- repeated_header 序号\t重点任务\t工作措施\t完成时限\t责任单位",
            ],
        ),
        (
            (
                "附件1",
                "甲计划",
                "序号|重点任务|工作措施|完成时限|责任单位/1|绿化|建设公园三处，改造绿地五片。|年底前|区教委/2|道路|改造道路三条。|6月底前|区财政局",
                "---",
                "附件2",
                "乙计划",
                "序号|重点任务|工作措施|完成时限|责任单位/1|绿化|建设公园三处，改造绿地五片。|年底前|区教委/2|道路|改造道路三条。|6月底前|区财政局",
            ),
            [
                "table 1-1 附件1 甲计划",
                "+1|绿化|建设公园三处，改造绿地五片。|年底前|区教委 0.95 p1",
                "+2|道路|改造道路三条。|6月底前|区财政局 0.99 p1",
                "table 2-2 附件2 乙计划",
                "+1|绿化|建设公园三处，改造绿地五片。|年底前|区教委 0.95 p2",
                "+2|道路|改造道路三条。|6月底前|区财政局 0.99 p2",
                "> separate None 1.00 joined",
                "> attachment_heading, numbers_restart, same_header",
                ">> ",
            ],
        ),
        (
            (
                "序号|重点任务|工作措施|完成时限|责任单位/1|绿化|建设公园三处，改造绿地五片。|年底前|区教委/2|道路|改造道路三条。|6月底前|区财政局",
                "---",
                "说明文字在这里。",
                "序号|重点任务|工作措施|完成时限|责任单位/3|学校|新建学校两所。|9月底前|区教委/4|桥梁|修建桥梁两座。|年底前|区教委",
            ),
            [
                "table 1-2 ",
                "+1|绿化|建设公园三处，改造绿地五片。|年底前|区教委 0.95 p1",
                "+2|道路|改造道路三条。|6月底前|区财政局 0.99 p1",
                "+3|学校|新建学校两所。|9月底前|区教委 0.99 p2",
                "+4|桥梁|修建桥梁两座。|年底前|区教委 0.99 p2",
                "> joined new_task 0.97 cut_row",
                "> task_no_next",
                ">> numbers_go_on, text_between, same_header",
                "- repeated_header 序号\t重点任务\t工作措施\t完成时限\t责任单位",
                "- text_between_fragments 说明文字在这里。",
                "! stitch.text_between",
            ],
        ),
        (
            (
                "序号|重点任务|工作措施|完成时限|责任单位/1|绿化|建设公园三处，改造绿地五片。|年底前|区教委/2|道路|改造道路三条。|6月底前|区财政局",
                "---",
                "— 2 —",
                "续表",
                "序号|重点任务|工作措施|完成时限|责任单位/3|学校|新建学校两所。|9月底前|区教委/4|桥梁|修建桥梁两座。|年底前|区教委",
            ),
            [
                "table 1-2 ",
                "+1|绿化|建设公园三处，改造绿地五片。|年底前|区教委 0.95 p1",
                "+2|道路|改造道路三条。|6月底前|区财政局 0.99 p1",
                "+3|学校|新建学校两所。|9月底前|区教委 0.99 p2",
                "+4|桥梁|修建桥梁两座。|年底前|区教委 0.99 p2",
                "> joined new_task 0.99 cut_row",
                "> task_no_next",
                ">> continuation_mark, numbers_go_on, same_header",
                "- repeated_header 序号\t重点任务\t工作措施\t完成时限\t责任单位",
                "- page_furniture — 2 —",
                "- page_furniture 续表",
            ],
        ),
        (
            (
                "序号|重点任务|工作措施|完成时限|责任单位/1|绿化|建设公园三处，改造绿地五片。|年底前|区教委/2|道路|改造道路三条，修缮|6月底前|区财政局",
                "---",
                "||桥梁两座。||/3|学校|新建学校两所。|9月底前|区教委/4|桥梁|修建桥梁两座。|年底前|区教委",
            ),
            [
                "table 1-2 ",
                "+1|绿化|建设公园三处，改造绿地五片。|年底前|区教委 0.95 p1",
                "+2|道路|改造道路三条，修缮·桥梁两座。|6月底前|区财政局 0.99 p1,2",
                "+3|学校|新建学校两所。|9月底前|区教委 0.99 p2",
                "+4|桥梁|修建桥梁两座。|年底前|区教委 0.99 p2",
                "> joined cut_row 0.99 new_measure",
                "> text_unfinished, no_deadline, one_measure_each, no_bodies",
                ">> no_header, nothing_between, numbers_go_on",
                "~ join_cut_row 改造道路三条，修缮 ‖ 桥梁两座。",
            ],
        ),
        (
            (
                "序号|重点任务|工作措施|完成时限|责任单位/1|绿化|建设公园三处，改造绿地五片。|年底前|区教委/2|道路|改造道路三条，修缮|6月底前|区财政局",
                "---",
                "序号|重点任务|工作措施|完成时限|责任单位/||桥梁两座。||/3|学校|新建学校两所。|9月底前|区教委/4|桥梁|修建桥梁两座。|年底前|区教委",
            ),
            [
                "table 1-2 ",
                "+1|绿化|建设公园三处，改造绿地五片。|年底前|区教委 0.95 p1",
                "+2|道路|改造道路三条，修缮·桥梁两座。|6月底前|区财政局 0.99 p1,2",
                "+3|学校|新建学校两所。|9月底前|区教委 0.99 p2",
                "+4|桥梁|修建桥梁两座。|年底前|区教委 0.99 p2",
                "> joined cut_row 0.99 new_measure",
                "> text_unfinished, no_deadline, one_measure_each, no_bodies",
                ">> nothing_between, numbers_go_on, same_header",
                "- repeated_header 序号\t重点任务\t工作措施\t完成时限\t责任单位",
                "~ join_cut_row 改造道路三条，修缮 ‖ 桥梁两座。",
            ],
        ),
        (
            (
                "序号|重点任务|工作措施|完成时限|责任单位/1|绿化|建设公园三处，改造绿地五片。|年底前|区教委/2|道路|改造道路三条，修缮|6月底前|区生态",
                "---",
                "||桥梁两座。||环境局/3|学校|新建学校两所。|9月底前|区教委",
            ),
            [
                "table 1-2 ",
                "+1|绿化|建设公园三处，改造绿地五片。|年底前|区教委 0.95 p1",
                "+2|道路|改造道路三条，修缮·桥梁两座。|6月底前|区生态·环境局 0.99 p1,2",
                "+3|学校|新建学校两所。|9月底前|区教委 0.99 p2",
                "> joined cut_row 1.00 new_measure",
                "> agency_cell_cut, text_unfinished, no_deadline, own_bodies",
                ">> no_header, nothing_between, numbers_go_on",
                "~ join_cut_row 改造道路三条，修缮 ‖ 桥梁两座。",
                "~ join_cut_row 区生态 ‖ 环境局",
            ],
        ),
        (
            (
                "序号|重点任务|工作措施|完成时限|责任单位/1|绿化|建设公园三处，改造绿地五片。|年底前|区教委/2|道路|改造道路三条，修缮|6月底前|区财政局",
                "---",
                "||桥梁两座。新建广场四处。|年底前|区教委/3|学校|新建学校两所。|9月底前|区教委",
            ),
            [
                "table 1-2 ",
                "+1|绿化|建设公园三处，改造绿地五片。|年底前|区教委 0.95 p1",
                "+2|道路|改造道路三条，修缮·桥梁两座。|6月底前|区财政局 0.51 p1,2",
                " ||新建广场四处。|年底前|区教委 0.51 p2",
                "+3|学校|新建学校两所。|9月底前|区教委 0.99 p2",
                "> joined cut_row 0.51 new_measure",
                "> tail_and_new_measure, own_deadline, short_tail, text_unfinished, own_bodies",
                ">> no_header, nothing_between, numbers_go_on",
                "! stitch.doubtful_row",
                "~ split_tail 桥梁两座。新建广场四处。",
            ],
        ),
        (
            (
                "序号|重点任务|工作措施|完成时限|责任单位/1|绿化|建设公园三处，改造绿地五片。|年底前|区教委/2|道路|改造道路三条。|6月底前|区财政局",
                "---",
                "||新建广场四处。|年底前|区教委/3|学校|新建学校两所。|9月底前|区教委",
            ),
            [
                "table 1-2 ",
                "+1|绿化|建设公园三处，改造绿地五片。|年底前|区教委 0.95 p1",
                "+2|道路|改造道路三条。|6月底前|区财政局 0.99 p1",
                " ||新建广场四处。|年底前|区教委 1.00 p2",
                "+3|学校|新建学校两所。|9月底前|区教委 0.99 p2",
                "> joined new_measure 1.00 cut_row",
                "> own_deadline, text_finished, own_bodies",
                ">> no_header, nothing_between, numbers_go_on",
            ],
        ),
        (
            (
                "序号|重点任务|工作措施|完成时限|责任单位/1|绿化|建设公园三处，改造绿地五片。|年底前|区教委/2|道路|改造道路三条。|6月底前|区财政局",
                "---",
                "||||/3|学校|新建学校两所。|9月底前|区教委/4|桥梁|修建桥梁两座。|年底前|区教委",
            ),
            [
                "table 1-2 ",
                "+1|绿化|建设公园三处，改造绿地五片。|年底前|区教委 0.95 p1",
                "+2|道路|改造道路三条。|6月底前|区财政局 0.99 p1",
                "+3|学校|新建学校两所。|9月底前|区教委 0.99 p2",
                "+4|桥梁|修建桥梁两座。|年底前|区教委 0.99 p2",
                "> joined new_task 0.99 cut_row",
                "> task_no_next",
                ">> no_header, nothing_between, numbers_go_on",
            ],
        ),
        (
            (
                "序号|重点任务|工作措施|完成时限|责任单位/一、生态||||/1|绿化|建设公园三处，改造绿地五片。|年底前|区教委/二、交通||||/2|道路|改造道路三条。|6月底前|区财政局",
                "---",
                "二、交通||||/3|学校|新建学校两所。|9月底前|区教委/三、教育||||/4|桥梁|修建桥梁两座。|年底前|区教委",
            ),
            [
                "table 1-2 ",
                "§一、生态|||| 1.00 p1",
                "+1|绿化|建设公园三处，改造绿地五片。|年底前|区教委 0.95 p1",
                "§二、交通|||| 1.00 p1",
                "+2|道路|改造道路三条。|6月底前|区财政局 0.99 p1",
                "+3|学校|新建学校两所。|9月底前|区教委 0.99 p2",
                "§三、教育|||| 1.00 p2",
                "+4|桥梁|修建桥梁两座。|年底前|区教委 0.99 p2",
                "> joined new_task 0.99 cut_row",
                "> task_no_next",
                ">> no_header, nothing_between, numbers_go_on",
                "~ repeated_section 二、交通",
            ],
        ),
        (
            (
                "序号|重点任务|工作措施|完成时限|责任单位/1|绿化|建设公园三处，改造绿地五片。|年底前|区教委/||改造绿地。|年底前|区教委/2|道路|改造道路三条。|6月底前|区财政局/||||区教委",
                "---",
                "3|学校|新建学校两所。|9月底前|区教委",
            ),
            [
                "table 1-2 ",
                "+1|绿化|建设公园三处，改造绿地五片。|年底前|区教委 0.95 p1",
                " ||改造绿地。|年底前|区教委 1.00 p1",
                "+2|道路|改造道路三条。|6月底前|区财政局·区教委 0.81 p1",
                "+3|学校|新建学校两所。|9月底前|区教委 0.99 p2",
                "> joined new_task 0.99 cut_row",
                "> task_no_next",
                ">> no_header, nothing_between, numbers_go_on",
                "! stitch.joined_in_page",
                "~ join_cut_row 区财政局 ‖ 区教委",
            ],
        ),
        (
            (
                "序号|重点任务|工作措施|完成时限|责任单位/1|绿化|建设公园三处，改造绿地五片。|年底前|区教委/||||/2|道路|改造道路三条。|6月底前|区财政局",
                "---",
                "3|学校|新建学校两所。|9月底前|区教委",
            ),
            [
                "table 1-2 ",
                "+1|绿化|建设公园三处，改造绿地五片。|年底前|区教委 0.95 p1",
                "+2|道路|改造道路三条。|6月底前|区财政局 0.99 p1",
                "+3|学校|新建学校两所。|9月底前|区教委 0.99 p2",
                "> joined new_task 0.99 cut_row",
                "> task_no_next",
                ">> no_header, nothing_between, numbers_go_on",
            ],
        ),
        (
            (
                "序号|重点任务|工作措施|完成时限|责任单位/1|绿化|建设公园三处。|年底前|区教委/^|^|^|^|区财政局/2|道路|改造道路三条。|6月底前|区财政局",
                "---",
                "3|学校|新建学校两所。|9月底前|区教委",
            ),
            [
                "table 1-2 ",
                "+1|绿化|建设公园三处。|年底前|区教委·区财政局 0.95 p1",
                "+2|道路|改造道路三条。|6月底前|区财政局 0.99 p1",
                "+3|学校|新建学校两所。|9月底前|区教委 0.99 p2",
                "> joined new_task 0.99 cut_row",
                "> task_no_next",
                ">> no_header, nothing_between, numbers_go_on",
                "~ join_cut_row 区教委 ‖ 区财政局",
            ],
        ),
        (
            (
                "序号|重点任务|工作措施|完成时限|责任单位/1|绿化|建设公园三处。|年底前|区教委/^|^|^|6月底前|区财政局/2|道路|改造道路三条。|6月底前|区财政局",
                "---",
                "3|学校|新建学校两所。|9月底前|区教委",
            ),
            [
                "table 1-2 ",
                "+1|绿化|建设公园三处。|年底前·6月底前|区教委·区财政局 0.50 p1",
                "+2|道路|改造道路三条。|6月底前|区财政局 0.99 p1",
                "+3|学校|新建学校两所。|9月底前|区教委 0.99 p2",
                "> joined new_task 0.99 cut_row",
                "> task_no_next",
                ">> no_header, nothing_between, numbers_go_on",
                "! stitch.joined_in_page",
                "~ join_cut_row 年底前 ‖ 6月底前",
                "~ join_cut_row 区教委 ‖ 区财政局",
            ],
        ),
        (
            (
                "序号|重点任务|工作措施|完成时限|责任单位/1|绿化|建设公园三处，改造绿地五片。|年底前|区教委/2|道路改|改造道路三条。|6月底前|区财政局",
                "---",
                "|造工程|||/3|学校|新建学校两所。|9月底前|区教委",
            ),
            [
                "table 1-2 ",
                "+1|绿化|建设公园三处，改造绿地五片。|年底前|区教委 0.95 p1",
                "+2|道路改·造工程|改造道路三条。|6月底前|区财政局 0.99 p1,2",
                "+3|学校|新建学校两所。|9月底前|区教委 0.99 p2",
                "> joined cut_row 1.00 new_task",
                "> no_measure_text, name_without_number, no_deadline",
                ">> no_header, nothing_between, numbers_go_on",
                "~ join_cut_row 道路改 ‖ 造工程",
            ],
        ),
        (
            (
                "序号|重点任务|工作措施|完成时限|责任单位/1|绿化|建设公园三处，改造绿地五片。|年底前|区教委/2|道路|改造道路三条。|6月底前|区财政局",
                "---",
                "2|道路|修缮桥梁。|年底前|区教委/3|学校|新建学校两所。|9月底前|区教委",
            ),
            [
                "table 1-2 ",
                "+1|绿化|建设公园三处，改造绿地五片。|年底前|区教委 0.95 p1",
                "+2|道路|改造道路三条。|6月底前|区财政局 0.99 p1",
                " 2|道路|修缮桥梁。|年底前|区教委 1.00 p2",
                "+3|学校|新建学校两所。|9月底前|区教委 0.99 p2",
                "> joined new_measure 1.00 cut_row",
                "> own_deadline, text_finished, own_bodies",
                ">> no_header, nothing_between, numbers_go_on",
            ],
        ),
        (
            (
                "序号|重点任务|工作措施|完成时限|责任单位/1|绿化|建设公园三处，改造绿地五片。|年底前|区教委/2|道路|改造道路三条。|6月底前|区财政局",
                "---",
                "2|绿化|修缮桥梁。|年底前|区教委/3|学校|新建学校两所。|9月底前|区教委",
            ),
            [
                "table 1-2 ",
                "+1|绿化|建设公园三处，改造绿地五片。|年底前|区教委 0.95 p1",
                "+2|道路|改造道路三条。|6月底前|区财政局 0.99 p1",
                "+2|绿化|修缮桥梁。|年底前|区教委 0.95 p2",
                "+3|学校|新建学校两所。|9月底前|区教委 0.99 p2",
                "> joined new_task 0.95 cut_row",
                "> task_no_other",
                ">> no_header, nothing_between, numbers_go_on",
            ],
        ),
        (
            (
                "序号|重点任务|工作措施|完成时限|责任单位/1|绿化|建设公园三处，改造绿地五片。|年底前|区教委/2|道路|改造道路三条。|6月底前|区财政局",
                "---",
                "5|绿化|修缮桥梁。|年底前|区教委/3|学校|新建学校两所。|9月底前|区教委",
            ),
            [
                "table 1-2 ",
                "+1|绿化|建设公园三处，改造绿地五片。|年底前|区教委 0.95 p1",
                "+2|道路|改造道路三条。|6月底前|区财政局 0.99 p1",
                "+5|绿化|修缮桥梁。|年底前|区教委 0.95 p2",
                "+3|学校|新建学校两所。|9月底前|区教委 0.95 p2",
                "> joined new_task 0.95 cut_row",
                "> task_no_other",
                ">> no_header, nothing_between, numbers_jump",
            ],
        ),
        (
            (
                "序号|重点任务|工作措施|完成时限|责任单位/1|绿化|建设公园三处，改造绿地五片。|年底前|区教委/2|道路|改造道路三条|6月底前|区财政局",
                "---",
                "3|学校|新建学校两所。|9月底前|区教委",
            ),
            [
                "table 1-2 ",
                "+1|绿化|建设公园三处，改造绿地五片。|年底前|区教委 0.95 p1",
                "+2|道路|改造道路三条|6月底前|区财政局 0.99 p1",
                "+3|学校|新建学校两所。|9月底前|区教委 0.84 p2",
                "> joined new_task 0.84 cut_row",
                "> task_no_next",
                ">> no_header, nothing_between, numbers_go_on",
                "! stitch.doubtful_row",
            ],
        ),
        (
            (
                "序号|重点任务|工作措施|完成时限|责任单位/1|绿化|建设公园三处，改造绿地五片。|年底前|区教委/2|道路|改造道路三条。|6月底前|区财政局",
                "序号|重点任务|工作措施|完成时限|责任单位/3|学校|新建学校两所。|9月底前|区教委/4|桥梁|修建桥梁两座。|年底前|区教委",
            ),
            [
                "table 1-1 ",
                "+1|绿化|建设公园三处，改造绿地五片。|年底前|区教委 0.95 p1",
                "+2|道路|改造道路三条。|6月底前|区财政局 0.99 p1",
                "+3|学校|新建学校两所。|9月底前|区教委 0.99 p1",
                "+4|桥梁|修建桥梁两座。|年底前|区教委 0.99 p1",
                "> joined new_task 0.99 cut_row",
                "> task_no_next",
                ">> same_page, nothing_between, numbers_go_on, same_header",
                "- repeated_header 序号\t重点任务\t工作措施\t完成时限\t责任单位",
            ],
        ),
        (
            (
                "序号|重点任务|工作措施|完成时限|责任单位/1|绿化|建设公园三处，改造绿地五片。|年底前|区教委/2|道路|改造道路三条。|6月底前|区财政局",
                "---",
                "甲任务清单",
                "序号|重点任务|工作措施|完成时限|责任单位/3|学校|新建学校两所。|9月底前|区教委/4|桥梁|修建桥梁两座。|年底前|区教委",
            ),
            [
                "table 1-2 ",
                "+1|绿化|建设公园三处，改造绿地五片。|年底前|区教委 0.95 p1",
                "+2|道路|改造道路三条。|6月底前|区财政局 0.99 p1",
                "+3|学校|新建学校两所。|9月底前|区教委 0.99 p2",
                "+4|桥梁|修建桥梁两座。|年底前|区教委 0.99 p2",
                "> joined new_task 0.80 cut_row",
                "> task_no_next",
                ">> title_between, numbers_go_on, same_header",
                "- repeated_header 序号\t重点任务\t工作措施\t完成时限\t责任单位",
                "- text_between_fragments 甲任务清单",
                "! stitch.text_between",
                "! stitch.doubtful_join",
            ],
        ),
        (
            (
                "序号|重点任务|工作措施|完成时限|责任单位/1|绿化|建设公园三处，改造绿地五片。|年底前|区教委/2|道路|改造道路三条。|6月底前|区财政局",
                "---",
                "序号|工作措施|完成时限|责任单位/3|新建学校两所。|9月底前|区教委",
            ),
            [
                "table 1-2 ",
                "+1|绿化|建设公园三处，改造绿地五片。|年底前|区教委 0.95 p1",
                "+2|道路|改造道路三条。|6月底前|区财政局 0.99 p1",
                "+3||新建学校两所。|9月底前|区教委 0.99 p2",
                "> joined new_task 0.99 cut_row",
                "> task_no_next",
                ">> nothing_between, numbers_go_on, fewer_columns",
                "- repeated_header 序号\t工作措施\t完成时限\t责任单位",
            ],
        ),
        (
            (
                "序号|重点任务|工作措施|完成时限|责任单位/1|绿化|建设公园三处，改造绿地五片。|年底前|区教委/2|道路|改造道路三条。|6月底前|区财政局",
                "---",
                "序号|重点任务|责任单位|工作措施|完成时限/3|学校|区教委|新建学校两所。|9月底前",
            ),
            [
                "table 1-2 ",
                "+1|绿化|建设公园三处，改造绿地五片。|年底前|区教委 0.95 p1",
                "+2|道路|改造道路三条。|6月底前|区财政局 0.99 p1",
                "+3|学校|新建学校两所。|9月底前|区教委 0.99 p2",
                "> joined new_task 0.99 cut_row",
                "> task_no_next",
                ">> nothing_between, numbers_go_on, fewer_columns",
                "- repeated_header 序号\t重点任务\t责任单位\t工作措施\t完成时限",
            ],
        ),
        (
            (
                "序号|重点任务|工作措施|完成时限|责任单位/1|绿化|建设公园三处，改造绿地五片。|年底前|区教委",
                "---",
                "序号|重点任务|工作措施|完成时限|责任单位",
                "---",
                "序号|重点任务|工作措施|完成时限|责任单位/3|学校|新建学校两所。|9月底前|区教委",
            ),
            [
                "table 1-3 ",
                "+1|绿化|建设公园三处，改造绿地五片。|年底前|区教委 0.95 p1",
                "+3|学校|新建学校两所。|9月底前|区教委 0.95 p3",
                "> joined new_task 1.00 None",
                "> empty_fragment",
                ">> nothing_between, same_header",
                "> joined new_task 0.95 cut_row",
                "> task_no_other",
                ">> nothing_between, same_header, numbers_jump",
                "- repeated_header 序号\t重点任务\t工作措施\t完成时限\t责任单位",
                "- repeated_header 序号\t重点任务\t工作措施\t完成时限\t责任单位",
            ],
        ),
    ],
)
def test_fragments_are_joined_and_rows_with_them(texts: tuple[str, ...], found: list[str]) -> None:
    assert stitch(*texts) == found


PAGES = (
    "序号|重点任务|工作措施|完成时限|责任单位/1|绿化|建设公园三处，改造绿地五片。|年底前|区教委/"
    "2|道路|改造道路三条，修缮|6月底前|区财政局",
    "---",
    "||桥梁两座。新建广场四处。||/3|学校|新建学校两所。|9月底前|区教委",
)


def decide(
    join: str = "", start: str = "", row: str = "", head_end: int | None = None, split_at: tuple[int, ...] = ()
) -> Bound:
    """What a person said of the break before table 2, and of its first row."""
    joins = {2: BoundJoin(decision_id="j", table_no=2, join=join or None, start=start or None)} if join or start else {}
    rows = {
        (2, 0): BoundRow(decision_id="r", table_no=2, row=0, start=row or None, head_end=head_end, split_at=split_at)
    }
    return Bound(joins=joins, rows=rows if row or split_at else {})


@pytest.mark.parametrize(
    ("join", "start", "row", "head_end", "split_at", "found"),
    [
        (
            "",
            "",
            "",
            None,
            (),
            [
                "table 1-2 ",
                "+1|绿化|建设公园三处，改造绿地五片。|年底前|区教委 0.95 p1",
                "+2|道路|改造道路三条，修缮·桥梁两座。新建广场四处。|6月底前|区财政局 0.99 p1,2",
                "+3|学校|新建学校两所。|9月底前|区教委 0.99 p2",
                "> joined cut_row 1.00 new_measure",
                "> short_tail, text_unfinished, no_deadline, no_bodies",
                ">> no_header, nothing_between, numbers_go_on",
                "~ join_cut_row 改造道路三条，修缮 ‖ 桥梁两座。新建广场四处。",
            ],
        ),
        (
            "separate",
            "",
            "",
            None,
            (),
            [
                "table 1-1 ",
                "+1|绿化|建设公园三处，改造绿地五片。|年底前|区教委 0.95 p1",
                "+2|道路|改造道路三条，修缮|6月底前|区财政局 0.99 p1",
                "table 2-2 ",
                "+||桥梁两座。新建广场四处。|| 0.95 p2",
                "+3|学校|新建学校两所。|9月底前|区教委 0.95 p2",
                "> separate None 1.00 separate overridden j",
                "> no_header, nothing_between, numbers_go_on",
                ">> ",
                "~ decide_join joined j",
            ],
        ),
        (
            "joined",
            "",
            "",
            None,
            (),
            [
                "table 1-2 ",
                "+1|绿化|建设公园三处，改造绿地五片。|年底前|区教委 0.95 p1",
                "+2|道路|改造道路三条，修缮·桥梁两座。新建广场四处。|6月底前|区财政局 0.99 p1,2",
                "+3|学校|新建学校两所。|9月底前|区教委 0.99 p2",
                "> joined cut_row 1.00 new_measure overridden j",
                "> short_tail, text_unfinished, no_deadline, no_bodies",
                ">> no_header, nothing_between, numbers_go_on",
                "~ confirm_join joined j",
                "~ join_cut_row 改造道路三条，修缮 ‖ 桥梁两座。新建广场四处。",
            ],
        ),
        (
            "",
            "new_measure",
            "",
            None,
            (),
            [
                "table 1-2 ",
                "+1|绿化|建设公园三处，改造绿地五片。|年底前|区教委 0.95 p1",
                "+2|道路|改造道路三条，修缮|6月底前|区财政局 0.99 p1",
                " ||桥梁两座。新建广场四处。|| 1.00 p2",
                "+3|学校|新建学校两所。|9月底前|区教委 0.99 p2",
                "> joined new_measure 1.00 cut_row overridden j",
                "> override, short_tail, text_unfinished, no_deadline, no_bodies",
                ">> no_header, nothing_between, numbers_go_on",
            ],
        ),
        (
            "",
            "cut_row",
            "",
            None,
            (),
            [
                "table 1-2 ",
                "+1|绿化|建设公园三处，改造绿地五片。|年底前|区教委 0.95 p1",
                "+2|道路|改造道路三条，修缮·桥梁两座。新建广场四处。|6月底前|区财政局 0.99 p1,2",
                "+3|学校|新建学校两所。|9月底前|区教委 0.99 p2",
                "> joined cut_row 1.00 new_measure overridden j",
                "> override, short_tail, text_unfinished, no_deadline, no_bodies",
                ">> no_header, nothing_between, numbers_go_on",
                "~ join_cut_row 改造道路三条，修缮 ‖ 桥梁两座。新建广场四处。",
            ],
        ),
        (
            "",
            "",
            "new_measure",
            None,
            (),
            [
                "table 1-2 ",
                "+1|绿化|建设公园三处，改造绿地五片。|年底前|区教委 0.95 p1",
                "+2|道路|改造道路三条，修缮|6月底前|区财政局 0.99 p1",
                " ||桥梁两座。新建广场四处。|| 1.00 p2",
                "+3|学校|新建学校两所。|9月底前|区教委 0.99 p2",
                "> joined new_measure 1.00 cut_row overridden r",
                "> decision, short_tail, text_unfinished, no_deadline, no_bodies",
                ">> no_header, nothing_between, numbers_go_on",
                "~ decide_row cut_row r",
            ],
        ),
        (
            "",
            "",
            "cut_row",
            None,
            (),
            [
                "table 1-2 ",
                "+1|绿化|建设公园三处，改造绿地五片。|年底前|区教委 0.95 p1",
                "+2|道路|改造道路三条，修缮·桥梁两座。新建广场四处。|6月底前|区财政局 0.99 p1,2",
                "+3|学校|新建学校两所。|9月底前|区教委 0.99 p2",
                "> joined cut_row 1.00 new_measure overridden r",
                "> decision, short_tail, text_unfinished, no_deadline, no_bodies",
                ">> no_header, nothing_between, numbers_go_on",
                "~ confirm_row cut_row r",
                "~ join_cut_row 改造道路三条，修缮 ‖ 桥梁两座。新建广场四处。",
            ],
        ),
        (
            "",
            "",
            "cut_row",
            5,
            (),
            [
                "table 1-2 ",
                "+1|绿化|建设公园三处，改造绿地五片。|年底前|区教委 0.95 p1",
                "+2|道路|改造道路三条，修缮·桥梁两座。|6月底前|区财政局 0.99 p1,2",
                " ||新建广场四处。|| 1.00 p2",
                "+3|学校|新建学校两所。|9月底前|区教委 0.99 p2",
                "> joined cut_row 1.00 new_measure overridden r",
                "> decision, short_tail, text_unfinished, no_deadline, no_bodies",
                ">> no_header, nothing_between, numbers_go_on",
                "~ decide_row cut_row r",
                "~ split_tail 桥梁两座。新建广场四处。",
            ],
        ),
        (
            "",
            "",
            "new_task",
            None,
            (),
            [
                "table 1-2 ",
                "+1|绿化|建设公园三处，改造绿地五片。|年底前|区教委 0.95 p1",
                "+2|道路|改造道路三条，修缮|6月底前|区财政局 0.99 p1",
                "+||桥梁两座。新建广场四处。|| 1.00 p2",
                "+3|学校|新建学校两所。|9月底前|区教委 0.95 p2",
                "> joined new_task 1.00 cut_row overridden r",
                "> decision, short_tail, text_unfinished, no_deadline, no_bodies",
                ">> no_header, nothing_between, numbers_go_on",
                "~ decide_row cut_row r",
            ],
        ),
        (
            "",
            "",
            "",
            None,
            (5,),
            [
                "table 1-2 ",
                "+1|绿化|建设公园三处，改造绿地五片。|年底前|区教委 0.95 p1",
                "+2|道路|改造道路三条，修缮·桥梁两座。|6月底前|区财政局 0.99 p1,2",
                " ||新建广场四处。|| 1.00 mmmm p2",
                "+3|学校|新建学校两所。|9月底前|区教委 0.99 p2",
                "> joined cut_row 1.00 new_measure",
                "> short_tail, text_unfinished, no_deadline, no_bodies",
                ">> no_header, nothing_between, numbers_go_on",
                "~ join_cut_row 改造道路三条，修缮 ‖ 桥梁两座。新建广场四处。",
                "~ split_row 桥梁两座。新建广场四处。 r",
            ],
        ),
        (
            "",
            "",
            "new_measure",
            None,
            (5,),
            [
                "table 1-2 ",
                "+1|绿化|建设公园三处，改造绿地五片。|年底前|区教委 0.95 p1",
                "+2|道路|改造道路三条，修缮|6月底前|区财政局 0.99 p1",
                " ||桥梁两座。|| 1.00 p2",
                " ||新建广场四处。|| 1.00 mmmm p2",
                "+3|学校|新建学校两所。|9月底前|区教委 0.99 p2",
                "> joined new_measure 1.00 cut_row overridden r",
                "> decision, short_tail, text_unfinished, no_deadline, no_bodies",
                ">> no_header, nothing_between, numbers_go_on",
                "~ decide_row cut_row r",
                "~ split_row 桥梁两座。新建广场四处。 r",
            ],
        ),
        (
            "separate",
            "",
            "new_measure",
            None,
            (),
            [
                "table 1-1 ",
                "+1|绿化|建设公园三处，改造绿地五片。|年底前|区教委 0.95 p1",
                "+2|道路|改造道路三条，修缮|6月底前|区财政局 0.99 p1",
                "table 2-2 ",
                "+||桥梁两座。新建广场四处。|| 1.00 p2",
                "+3|学校|新建学校两所。|9月底前|区教委 0.95 p2",
                "> separate None 1.00 separate overridden j",
                "> no_header, nothing_between, numbers_go_on",
                ">> ",
                "~ decide_join joined j",
                "~ decide_row new_task r",
            ],
        ),
    ],
)
def test_what_a_person_said_is_followed_and_noted(
    join: str, start: str, row: str, head_end: int | None, split_at: tuple[int, ...], found: list[str]
) -> None:
    assert stitch(*PAGES, bound=decide(join, start, row, head_end, split_at)) == found
