"""The ledger notices whatever a room loses or doubles, column by column; a document that breaks it is not written."""

from dataclasses import replace

import pytest

import planextract.compose.tasks as composing
from planextract.check import check_conservation
from planextract.dictionaries import load_dictionaries
from planextract.errors import InternalError
from planextract.model.decision import Overrides
from planextract.model.plan import Milestone, OtherValue
from planextract.pipeline import extract_document
from planextract.read import read_document
from planextract.settings import Settings

HEADER = "序号\t重点任务\t工作措施\t完成时限\t主责单位\t备注"
TEXT = f"""某区2022年行动计划

{HEADER}
一、空气质量
1\t扬尘管控\t开展工地扬尘整治。\t6月底前\t区教委\t市级任务
二、绿色交通
2\t绿色出行\t建设自行车道三条。\t年底前\t区教委、区财政局\t---

{HEADER}
2\t绿色出行\t调整公交线路五条。\t年底前\t区财政局\t续建
三、水环境
3\t河道治理\t清理河道两处。\t长期\t区教委\t区级任务
"""


def extract(text=TEXT):
    source = read_document(text.encode(), "plan.txt", Settings().read)
    return extract_document(source, load_dictionaries(), Overrides(), Settings()), source.printed


def change(extraction, *, task=None, measure=None):
    """Return the extraction with one task, or one measure of it, put in place of another."""
    plan = extraction.plans[0]
    first = plan.tasks[0]
    changed = (
        replace(first, **task)
        if task
        else replace(first, measures=(replace(first.measures[0], **measure), *first.measures[1:]))
    )
    return replace(extraction, plans=(replace(plan, tasks=(changed, *plan.tasks[1:])),))


def test_a_sound_document_balances():
    check_conservation(*extract())


@pytest.mark.parametrize(
    ("what", "changes"),
    [
        pytest.param("the measures", {"measure": {"text": "开展工地扬尘"}}, id="part of a measure"),
        pytest.param("the deadlines", {"measure": {"deadline_status": "blank"}}, id="a deadline"),
        pytest.param(
            "the columns without a role", {"measure": {"others": ()}}, id="a value of a column without a role"
        ),
        pytest.param("the responsible agencies", {"measure": {"responsibilities": ()}}, id="a body"),
        pytest.param("the tasks' names", {"task": {"name": "扬尘"}}, id="part of a name"),
        pytest.param("the tasks' names", {"task": {"name": "扬尘管控管控"}}, id="part of a name twice"),
        pytest.param("the tasks' numbers", {"task": {"task_no": 7, "task_no_printed": None}}, id="a number"),
        pytest.param(
            "the sections", {"task": {"section_no": None, "section_title": None, "section_path": ()}}, id="a heading"
        ),
    ],
)
def test_what_is_lost_or_doubled_is_named(what, changes):
    extraction, printed = extract()
    with pytest.raises(InternalError, match=what):
        check_conservation(change(extraction, **changes), printed)


def test_a_value_printed_twice_is_doubled():
    extraction, printed = extract()
    twice = (OtherValue(label="备注", text="市级任务"), OtherValue(label="备注", text="市级任务"))
    with pytest.raises(InternalError, match="doubled"):
        check_conservation(change(extraction, measure={"others": twice}), printed)


def test_a_node_may_say_what_a_column_prints_instead_of_it_or_beside_it():
    extraction, printed = extract()
    node = (Milestone(label="备注", text="市级任务"),)
    check_conservation(change(extraction, measure={"others": (), "milestones": node}), printed)
    check_conservation(change(extraction, measure={"milestones": node}), printed)


@pytest.mark.parametrize(
    ("function", "answer"),
    [
        pytest.param("_settle_deadline", (None, None), id="deadlines"),
        pytest.param("_read_others", (), id="columns without a role"),
        pytest.param("_note_variants", None, id="another wording of a name"),
        pytest.param("_enter_section", None, id="headings"),
    ],
)
def test_a_room_that_loses_a_column_fails_the_document(monkeypatch, function, answer):
    monkeypatch.setattr(composing, function, lambda *_: answer)
    with pytest.raises(InternalError, match="does not balance"):
        extract(TEXT.replace("2\t绿色出行\t调整", "2\t绿色出行改善\t调整"))


def test_a_heading_without_a_task_is_a_finding():
    extraction, _ = extract(TEXT + "四、土壤\t\t\t\t\t\n")
    assert [f.message for f in extraction.findings if f.code == "repair.empty_section"] == [
        "no task stands below the heading '四、土壤'"
    ]


def test_the_number_as_printed_and_the_headings_above_are_kept():
    extraction, _ = extract(TEXT.replace("3\t河道", "（三）\t河道").replace("三、水环境", "三、水环境\n（一）地表水"))
    task = extraction.plans[0].tasks[-1]
    assert (task.task_no, task.task_no_printed) == (3, "（三）")
    assert task.section_path == ("三、水环境", "（一）地表水")


SECTION_HEADER = "类别\t序号\t重点任务\t工作措施\t完成时限\t主责单位"


@pytest.mark.parametrize(
    ("rows", "number", "path"),
    [
        pytest.param(
            ["大气\t\t扬尘管控\t开展整治，\t年底前\t区教委", f"\n{SECTION_HEADER}", "\tx\t\t加强巡查。\t\t"],
            "x",
            ("大气",),
            id="the first number cell stands in the cut row and cannot be read",
        ),
        pytest.param(
            ["大气\tx\t扬尘管控\t开展整治，\t年底前\t区教委", f"\n{SECTION_HEADER}", "\t4\t扬尘管控\t加强巡查。\t\t"],
            "x\n4",
            ("大气",),
            id="another number in the cut row",
        ),
        pytest.param(
            [
                "大气污染防治\t1\t扬尘管控\t开展整治，\t年底前\t区教委",
                f"\n{SECTION_HEADER}",
                "大气污染防冶\t1\t扬尘管控\t加强巡查。\t\t",
            ],
            "1",
            ("大气污染防治", "大气污染防冶"),
            id="another wording of the section in the cut row",
        ),
    ],
)
def test_what_a_cut_row_prints_in_other_words_is_kept(rows, number, path):
    extraction, _ = extract("\n".join(["某区2022年行动计划", "", SECTION_HEADER, *rows, ""]))
    task = extraction.plans[0].tasks[0]
    assert (task.task_no_printed, task.section_path) == (number, path)


def test_a_number_below_a_section_row_that_spans_it_stays_in_its_task():
    html = "<table><tr><th>序号<th>重点任务<th>工作措施<th>完成时限<th>主责单位" + (
        "<tr><td rowspan=2>加强巡查。<tr><td>加强巡查。<tr><td>加强巡查。<td>加强巡查。</table>"
    )
    extraction, _ = extract(f"计划\n{html}")
    assert [task.task_no_printed for task in extraction.plans[0].tasks] == ["加强巡查。"]
