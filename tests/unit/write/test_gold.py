from __future__ import annotations

from datetime import date

import pytest
import yaml

from planextract.errors import ConfigError
from planextract.report.gates import make_accept_file, parse_accepted, parse_floors
from planextract.write.gold import parse_gold

GOLD = {
    "document": {"title": "某通知", "plan_year": 2021, "issued_on": date(2021, 3, 11), "body": ["一", "二"]},
    "plans": [
        {
            "plan_no": 1,
            "title": "计划",
            "tasks": [
                {
                    "task_no": 3,
                    "name": "扬尘管控",
                    "section_no": "一",
                    "section_title": "目标",
                    "measures": [
                        {
                            "seq": 1,
                            "text": "加强管控。",
                            "pages": [1, 2],
                            "deadline_raw": "年底前",
                            "deadline": {"kind": "by", "start": None, "end": date(2021, 12, 31)},
                            "responsible": {
                                "status": "listed",
                                "agencies": [{"raw": "区教委", "name": "区教委", "inherited": False}],
                            },
                            "support": {"status": "none", "agencies": []},
                        }
                    ],
                }
            ],
        }
    ],
    "boundaries": [{"page_before": 1, "page_after": 2, "decision": "joined", "row_decision": "cut_row"}],
    "targets": {
        "1/3/1": [{"text": "10%", "comparator": "=", "value": 10, "value_high": None, "unit": "%", "role": "target"}]
    },
}


def parse(data) -> object:
    return parse_gold(yaml.safe_dump(data, allow_unicode=True), "gold.yaml")


def test_a_gold_file_becomes_a_result():
    document = parse(GOLD)
    (plan, task, measure), *_ = document.iterate_measures()
    assert (document.doc_id, document.title, document.body_text) == ("gold.yaml", "某通知", "一\n二")
    assert (plan.plan_no, task.section, measure.measure_id, measure.pages) == (1, "一、目标", "1/3/1", (1, 2))
    assert (measure.deadline_end, measure.status_of("responsible"), measure.status_of("lead")) == (
        date(2021, 12, 31),
        "listed",
        None,
    )
    assert [a.raw_text for a in measure.agencies] == ["区教委"]
    assert measure.targets[0].value == 10
    assert document.boundaries[0].row_decision == "cut_row"


def test_without_targets_they_are_unknown_and_not_none_at_all():
    document = parse({k: v for k, v in GOLD.items() if k != "targets"})
    assert next(document.iterate_measures())[2].targets is None


def test_targets_may_stand_beside_it():
    text = yaml.safe_dump({k: v for k, v in GOLD.items() if k != "targets"}, allow_unicode=True)
    document = parse_gold(text, "gold.yaml", yaml.safe_dump(GOLD["targets"], allow_unicode=True))
    assert next(document.iterate_measures())[2].targets[0].value == 10


def edited(path: str, value):
    data = yaml.safe_load(yaml.safe_dump(GOLD, allow_unicode=True))
    node = data
    *steps, last = path.split("/")
    for step in steps:
        node = node[int(step)] if step.isdecimal() else node[step]
    node[last] = value
    return data


@pytest.mark.parametrize(
    ("path", "value", "message"),
    [
        ("document/titel", "x", "unknown key 'titel'"),
        ("document/title", 5, "'title' must be a text"),
        ("document/issued_on", "2021", "'issued_on' must be a date"),
        ("plans", "x", "'plans' must be a list"),
        ("plans/0/plan_no", "1", r"plans\[1\]: 'plan_no' must be a whole number"),
        ("plans/0/tasks/0/measures/0/pages", ["1"], "'pages' must be a list of page numbers"),
        ("plans/0/tasks/0/measures/0/support", {"status": "maybe"}, "'status' must be one of"),
        ("plans/0/tasks/0/measures/0/support", [], "must be a mapping"),
        ("boundaries/0/decision", "perhaps", "'decision' must be joined or separate"),
        ("targets", {"9/9/9": []}, "there is no measure '9/9/9'"),
    ],
)
def test_what_is_wrong_is_named(path, value, message):
    with pytest.raises(ConfigError, match=message):
        parse(edited(path, value))


@pytest.mark.parametrize("text", ["", "- 1", "{", "a: &a [*a]", "[" * 5000])
def test_what_is_no_gold_is_refused(text):
    with pytest.raises(ConfigError):
        parse_gold(text, "gold.yaml")


def test_a_number_used_twice_needs_a_key():
    twice = edited("plans/0/title", "计划")
    twice["plans"][0]["tasks"].append(dict(twice["plans"][0]["tasks"][0]))
    with pytest.raises(ConfigError, match="stands twice"):
        parse(twice)
    twice["plans"][0]["tasks"][1]["key"] = "3~2"
    assert [task.task_id for task in parse(twice).plans[0].tasks] == ["1/3", "1/3~2"]


def test_floors():
    assert parse_floors('{"_why": "x", "row_f1": 1, "cer": 0.5}', "f.json") == {"row_f1": 1.0, "cer": 0.5}
    for bad in ("", "[]", '{"a": true}', '{"a": "1"}', '{"a": NaN}'):
        with pytest.raises(ConfigError):
            parse_floors(bad, "f.json")


def test_the_accept_file_reads_what_it_writes():
    changes = {"0123456789ab": 'a "note": with # signs', "ba9876543210": "中文"}
    assert parse_accepted(make_accept_file(changes), "a.yaml") == changes
    assert parse_accepted(make_accept_file({}), "a.yaml") == parse_accepted("", "a.yaml") == {}
    for bad in ("accepted: 5", "x: []", "accepted: [{id: 5}]", "accepted: [{id: 'xyz'}]", "{"):
        with pytest.raises(ConfigError):
            parse_accepted(bad, "a.yaml")
