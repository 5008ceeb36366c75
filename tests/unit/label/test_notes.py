import pytest

import planextract
from planextract.dictionaries import load_dictionaries
from planextract.label.notes import find_notes

from ...builders import make_lines

COLUMNS = load_dictionaries().columns
PLAN = """某市2023年实施方案
{front}
1.完成造林2万亩。（责任单位：市林业局、市财政局）{inside}
2.完成改造任务。（责任单位：市工信局、各县区）
3.不再新建锅炉。（牵头单位：市生态环境局；责任单位：市水利局、市公安局）
"""


def extract(tmp_path, front="", inside=""):
    path = tmp_path / "plan.txt"
    path.write_text(PLAN.format(front=front, inside=inside), encoding="utf-8")
    extraction = planextract.extract_file(path)
    return [measure.responsibilities for task in extraction.plans[0].tasks for measure in task.measures], extraction


@pytest.mark.parametrize(
    "text",
    [
        "责任单位中排在第一位的部门为牵头部门，下同。",
        "列第一位的责任单位为牵头单位。",
        "（财政部负责。列第一位者为牵头单位，下同）",
        "排名第一的单位为牵头单位",
    ],
)
def test_the_first_one_leads(text):
    (note,) = find_notes(make_lines(text), (), COLUMNS)
    assert note.kind == "first_leads" and note.text in text


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("以下各项均需各县区落实，不再列出。", "各县区"),
        ("以下各项任务均需各县、区人民政府（管委会）落实，不再列出。", "各县、区人民政府（管委会）"),
        ("各项任务均由各街道配合，不再逐一列出", "各街道"),
    ],
)
def test_a_declared_owner(text, names):
    (note,) = find_notes(make_lines(text), (), COLUMNS)
    assert (note.kind, note.names) == ("default_owner", names)


@pytest.mark.parametrize("text", ["各单位要高度重视，落实责任。", "牵头单位要列出清单，不再重复。", ""])
def test_ordinary_sentences_are_no_notes(text):
    assert find_notes(make_lines(text), (), COLUMNS) == ()


def test_a_note_marks_the_first_body_where_none_leads(tmp_path):
    measures, extraction = extract(tmp_path, front="列第一位的责任单位为牵头单位。")
    assert [[r.lead_by_note for r in found] for found in measures] == [[True, False], [True, False], [False] * 3]
    assert all(r.role == "responsible" for found in measures[:2] for r in found)
    assert sum(repair.rule == "lead_by_note" for repair in extraction.repairs) == 2


def test_a_declared_owner_is_added_where_it_is_not_named(tmp_path):
    measures, extraction = extract(tmp_path, front="以下各项均需各县区落实，不再列出。")
    assert [[r.raw_text for r in found if r.by_note] for found in measures] == [["各县区"], [], ["各县区"]]
    assert all(r.is_inherited for found in measures for r in found if r.by_note)
    assert {r.before for r in extraction.repairs if r.rule == "owner_by_note"} == {"以下各项均需各县区落实，不再列出"}
