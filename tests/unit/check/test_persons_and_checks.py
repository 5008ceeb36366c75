from collections import Counter

import pytest

from planextract.dictionaries import load_dictionaries
from planextract.model.decision import Overrides
from planextract.pipeline import extract_document
from planextract.read import read_document
from planextract.settings import Settings, parse_settings
from planextract.text.characters import without_spaces

from ...builders import make_plan_text

HEADER = "序号\t重点任务\t工作措施\t完成时限\t主责单位\t责任人\t联系电话"


def extract(text, settings=None):
    source = read_document(text.encode(), "plan.txt", Settings().read)
    return extract_document(source, load_dictionaries(), Overrides(), settings or Settings())


def plan(*measures):
    rows = [f"{n}\t任务{n}\t{text}\t{deadline}\t区教委\t---" for n, (text, deadline) in enumerate(measures, start=1)]
    return extract(make_plan_text(*rows))


PEOPLE = make_plan_text("1\t任务\t完成工作。\t年底前\t区教委\t张三丰\t13800000000", header=HEADER)


def printed(extraction):
    return [c.raw_text for c in extraction.cells] + [d.raw_text for d in extraction.discards]


def test_people_are_withheld():
    extraction = extract(PEOPLE)
    everything = repr(extraction)
    assert "张三丰" not in everything and "13800000000" not in everything
    assert extraction.plans[0].tasks[0].measures[0].others == ()
    assert "check.personal_data" in {finding.code for finding in extraction.findings}


def test_withheld_characters_still_count():
    assert len(without_spaces("".join(printed(extract(PEOPLE))))) == len(without_spaces(PEOPLE))


def test_people_are_kept_when_asked_for():
    extraction = extract(PEOPLE, parse_settings("keep_persons = true", "settings.toml"))
    assert Counter(without_spaces("".join(printed(extraction)))) == Counter(without_spaces(PEOPLE))
    assert [value.text for value in extraction.plans[0].tasks[0].measures[0].others] == ["张三丰", "13800000000"]


@pytest.mark.parametrize(
    ("text", "deadline", "severity"),
    [
        pytest.param("2022年6月底前完成。", "年底前", "warning", id="later than the column"),
        pytest.param("6月底前完成方案。", "年底前", "info", id="a step before it"),
        pytest.param("年底前完成。", "年底前", None, id="the same"),
        pytest.param("2015年底前建成的项目全部复核。", "年底前", None, id="history"),
    ],
)
def test_deadlines_in_the_text(text, deadline, severity):
    found = [f.severity for f in plan((text, deadline)).findings if f.code == "check.deadline_in_text"]
    assert found == ([severity] if severity else [])


def test_targets_that_exclude_each_other():
    codes = [f.code for f in plan(("覆盖率达到90%，覆盖率控制在80%以内。", "年底前")).findings]
    assert "check.targets_disagree" in codes


def test_a_sound_measure_is_sure_and_an_odd_one_is_not():
    extraction = plan(("完成全部改造工作。", "年底前"), ("完成全部改造工作，并", "随便"), ("完成绿化工作。", "年底前"))
    sound, odd, _ = (measure for task in extraction.plans[0].tasks for measure in task.measures)
    assert sound.confidence > 0.7 and not sound.needs_review
    assert odd.confidence < 0.3 and odd.needs_review
    assert any(doubt.startswith("deadline: the deadline was not understood") for doubt in odd.doubts)
    assert dict(odd.value_confidences)["deadline"] < 0.2 < 0.7 < dict(sound.value_confidences)["deadline"]
