"""What is odd about each value of a measure: one thing made odd in a sound plan, and the signs that show it."""

from __future__ import annotations

import pytest

from planextract.check.contexts import find_other_wordings
from planextract.check.measure_places import find_places
from planextract.check.signs import find_near_ragged, find_signs, survey_document
from planextract.dictionaries import load_dictionaries
from tests.builders import make_plan_text
from tests.unit.check.test_persons_and_checks import extract

WORDS = load_dictionaries().words


def signs(*rows: str) -> list[str]:
    """Signs above 0 of the second measure's values, those of the whole row behind ``row``; and of the row behind it."""
    extraction = extract(make_plan_text(*rows))
    places = find_places(extraction)
    document = survey_document(extraction, places, WORDS)
    near = find_near_ragged(places, document)
    found: list[str] = []
    for place in places[1:3]:
        values = {
            value: {name: round(sign, 2) for name, sign in own.items() if sign}
            for value, own in find_signs(place, document, near, WORDS).items()
        }
        shared = {name: sign for name, sign in values["text"].items() if all(name in own for own in values.values())}
        parts = {"row": shared} | {
            value: {name: sign for name, sign in own.items() if name not in shared} for value, own in values.items()
        }
        found += [
            f"{place.measure_id.split('/', 1)[1]} {value}: "
            + " ".join(name if "odd_" in name else f"{name}={sign:g}" for name, sign in own.items())
            for value, own in parts.items()
            if own and (place is places[1] or value == "row")
        ]
    return found


REST = (
    "4\t社区服务工程\t新建站点四处，服务居民五千户。\t年底前\t区教委\t区财政局",
    "5\t水务提升工程\t清洗管网六里，检修泵站七座。\t年底前\t区教委\t区财政局",
    "6\t安全管理工程\t检查企业八家，整改隐患九项。\t年底前\t区教委\t区财政局",
)
FIRST = "1\t绿化美化工程\t建设公园三处，改造绿地五片。\t年底前\t区教委\t区财政局"
THIRD = "3\t校园提升工程\t新建学校两所，改造操场五处。\t6月底前\t区教委\t区财政局"


@pytest.mark.parametrize(
    ("row", "found"),
    [
        (
            "2\t道路改造工程\t改造道路三条，修缮桥梁两座。\t年底前\t区教委\t---",
            ["1/2/1 text: long=0.04", "1/2/1 support: dash=1"],
        ),
        (
            "2\t道路改造工程\t改造道路三条，修缮桥梁两座。\t随便\t区教委\t---",
            [
                "1/2/1 row: damage=0.5 any_damage=1",
                "1/2/1 text: long=0.04 long_in_damaged=0.02",
                "1/2/1 deadline: unparsed=1 rare_wording=1",
                "1/2/1 responsible: many_in_damaged=0.05",
                "1/2/1 support: dash=1",
                "1/3/1 row: damage=0.5 any_damage=1",
            ],
        ),
        (
            "2\t道路改造工程\t改造道路三条，修缮\t年底前\t区教委\t---",
            [
                "1/2/1 row: unfinished=0.5 damage=0.5 any_damage=1",
                "1/2/1 text: long=0.02 long_in_damaged=0.01",
                "1/2/1 responsible: many_in_damaged=0.05",
                "1/2/1 support: dash=1",
                "1/3/1 row: after_unfinished=0.5 damage=0.5 any_damage=1",
            ],
        ),
        (
            "2\t道路改造工程\t，改造道路三条（含桥梁。\t年底前\t区教委\t---",
            [
                "1/2/1 row: starts_inside=1",
                "1/2/1 text: odd_characters odd_among_repeated long=0.03 open_bracket=1",
                "1/2/1 support: dash=1",
            ],
        ),
        (
            "2\t道路改造工程\t改造道路三条，修缮桥梁两座。\t年底前\t区甲乙丙\t---",
            [
                "1/2/1 row: damage=0.5 any_damage=1",
                "1/2/1 text: long=0.04 long_in_damaged=0.02",
                "1/2/1 responsible: unresolved=0.73 unknown_bodies=1 no_ending=1 many_in_damaged=0.05",
                "1/2/1 support: dash=1",
                "1/3/1 row: damage=0.5 any_damage=1",
            ],
        ),
        (
            "2\t道路改造工程\t改造道路三条，修缮桥梁两座。\t年底前\t区甲乙丙、区丁戊己\t---",
            [
                "1/2/1 row: damage=0.5 any_damage=1",
                "1/2/1 text: long=0.04 long_in_damaged=0.02",
                "1/2/1 responsible: unresolved=0.5 more_unresolved=0.5 unknown_bodies=1 no_ending=1 many_in_damaged=0.1",
                "1/2/1 support: dash=1",
                "1/3/1 row: damage=0.5 any_damage=1",
            ],
        ),
        (
            "2\t道路改造工程\t改造道路三条，修缮桥梁两座。\t年底前\t甲\t---",
            [
                "1/2/1 row: damage=0.5 any_damage=1",
                "1/2/1 text: long=0.04 long_in_damaged=0.02",
                "1/2/1 responsible: unresolved=0.73 unknown_bodies=1 no_ending=1 no_name=1 many_in_damaged=0.05",
                "1/2/1 support: dash=1",
                "1/3/1 row: damage=0.5 any_damage=1",
            ],
        ),
        (
            "2\t道路改造工程\t改造道路三条，修缮桥梁两座。\t年底前\t\t---",
            ["1/2/1 text: long=0.04", "1/2/1 responsible: blank=1", "1/2/1 support: dash=1"],
        ),
        (
            "2\t道路改造工程\t改造道路三条，修缮桥梁两座。\t\t区教委\t---",
            ["1/2/1 text: long=0.04", "1/2/1 deadline: blank=1", "1/2/1 support: dash=1"],
        ),
        (
            "2\t道路改造工程\t改造道路三条，修缮桥梁两座。\t---\t区教委\t---",
            ["1/2/1 text: long=0.04", "1/2/1 deadline: dash=1 rare_wording=1", "1/2/1 support: dash=1"],
        ),
        (
            "5\t道路改造工程\t改造道路三条，修缮桥梁两座。\t年底前\t区教委\t---",
            [
                "1/5/1 row: doubtful_row=0.08 number_jumps=1",
                "1/5/1 text: long=0.04",
                "1/5/1 support: dash=1",
                "1/3/1 row: doubtful_row=0.08 number_jumps=1",
            ],
        ),
        (
            "2\t道路改造工程\t改造道路域三条，修缮桥桥梁两座。\t年底前\t区教委\t---",
            [
                "1/2/1 text: odd_characters more_odd_characters odd_among_repeated long=0.04 doubled=1",
                "1/2/1 support: dash=1",
            ],
        ),
        (
            "2\t道路改造工程\t改造道路※三条。\t年底前\t区教委\t---",
            ["1/2/1 text: long=0.02 strange=1", "1/2/1 support: dash=1"],
        ),
        (
            "2\t道路改造工程\t改造道路三条，修缮桥梁两座。\t年底前\t区教委\t区教委",
            ["1/2/1 text: long=0.04", "1/2/1 responsible: two_roles=1", "1/2/1 support: two_roles=1"],
        ),
        (
            "2\t道路改造工程\t短。\t年底前\t区教委\t---",
            ["1/2/1 row: odd_length", "1/2/1 text: long=0.01", "1/2/1 support: dash=1"],
        ),
        (
            "\t\t改造道路三条，修缮桥梁两座。\t年底前\t区教委\t---",
            [
                "1/1/2 task: further_measure=1",
                "1/1/2 text: long=0.04",
                "1/1/2 support: dash=1",
                "1/3/1 row: doubtful_row=0.08 number_jumps=1",
            ],
        ),
        ("2\t\t改造道路三条，修缮桥梁两座。\t年底前\t区教委\t---", ["1/2/1 text: long=0.04", "1/2/1 support: dash=1"]),
        (
            "2\t道路改造工程\t2022年6月底前改造道路三条。\t年底前\t区教委\t---",
            ["1/2/1 text: long=0.04", "1/2/1 deadline: text_says_other=1", "1/2/1 support: dash=1"],
        ),
        (
            "2\t道路改造工程\t改造道路三条，修缮桥梁两座。\t年底前\t区科学技木和信息化局\t---",
            [
                "1/2/1 row: damage=0.5 any_damage=1",
                "1/2/1 text: long=0.04 long_in_damaged=0.02",
                "1/2/1 responsible: by_rule=1 many_in_damaged=0.05",
                "1/2/1 support: dash=1",
                "1/3/1 row: damage=0.5 any_damage=1",
            ],
        ),
        (
            "2\t绿化美化工程\t改造道路三条，修缮桥梁两座。\t年底前\t区教委\t---",
            ["1/2/1 task: name_again=1", "1/2/1 text: long=0.04", "1/2/1 support: dash=1"],
        ),
        (
            "2\t道路道路道路道路道路道路道路道路道路道路道路道路道路道路道路道路道路道路道路道路道路\t改造道路三条，修缮桥梁两座。\t年底前\t区教委\t---",
            ["1/2/1 row: odd_name", "1/2/1 text: long=0.04", "1/2/1 support: dash=1"],
        ),
        (
            "2\t道路道路道路道路道路道路道路道路道路道路道路道路道路道路道路道路道路道路道路道路\t改造道路三条，修缮桥梁两座。\t年底前\t区教委\t---",
            ["1/2/1 text: long=0.04", "1/2/1 support: dash=1"],
        ),
        (
            "2\t道路改造工程\t改造道路三条，修缮桥梁两座。\t年底前\t区教育局县财政局甲\t---",
            [
                "1/2/1 row: damage=0.5 any_damage=1",
                "1/2/1 text: long=0.04 long_in_damaged=0.02",
                "1/2/1 responsible: unresolved=0.75 unknown_bodies=1 no_ending=1 many_in_damaged=0.1",
                "1/2/1 support: dash=1",
                "1/3/1 row: damage=0.5 any_damage=1",
            ],
        ),
        (
            "2\t道路改造工程\t改造道路三条，修缮桥梁两座。\t年底前\t某某某某某某某某某某某某局\t---",
            [
                "1/2/1 row: damage=0.5 any_damage=1",
                "1/2/1 text: long=0.04 long_in_damaged=0.02",
                "1/2/1 responsible: unresolved=0.73 unknown_bodies=1 long_name=1 many_in_damaged=0.05",
                "1/2/1 support: dash=1",
                "1/3/1 row: damage=0.5 any_damage=1",
            ],
        ),
        (
            "2\t道路改造工程\t改造道路三条改造道路三条改造道路三条改造道路三条改造道路三条改造道路三条改造道路三条改造道路三条改造道路三条改造道路三条改造道路三条改造道路三条改造道路三条改造道路三条改造道路三条改造道路三条改造道路三条改造道路三条改造道路三条改造道路三条改造道路三条改造道路三条改造道路三条改造道路三条改造道路三条改造道路三条改造道路三条改造道路三条改造道路三条改造道路三条改造道路三条改造道路三条改造道路三条改造道路三条改造道路三条改造道路三条改造道路三条改造道路三条改造道路三条改造道路三条改造道路三条改造道路三条改造道路三条改造道路三条改造道路三条改造道路三条改造道路三条改造道路三条改造道路三条改造道路三条改造道路三条改造道路三条改造道路三条改造道路三条改造道路三条改造道路三条改造道路三条改造道路三条改造道路三条改造道路三条改造道路三条改造道路三条改造道路三条改造道路三条改造道路三条改造道路三条改造道路三条。\t年底前\t区教委\t---",
            ["1/2/1 text: long=1", "1/2/1 support: dash=1"],
        ),
    ],
)
def test_what_is_odd_in_a_row_shows_in_its_signs(row: str, found: list[str]) -> None:
    assert signs(FIRST, row, THIRD, *REST) == found


@pytest.mark.parametrize(
    ("texts", "found"),
    [
        (
            ["推进老旧小区综合整治一", "推进老旧小区综合整治二", "推进老日小区综合整治三"],
            {"推进老日小区综合整治三": 0.5},
        ),
        (
            ["推进老旧小区综合整治一", "推进老旧小区综合整治二", "推进老旧小区综合整治四", "推进老日小区综合整治三"],
            {"推进老日小区综合整治三": 1.0},
        ),
        (["推进老旧小区综合整治一", "推进老旧小区综合整治二", "推进老小区综合整治三"], {"推进老小区综合整治三": 0.5}),
        (
            ["推进老旧小区综合整治一", "推进老旧小区综合整治二", "推进老旧旧小区综合整治三"],
            {"推进老旧旧小区综合整治三": 0.5},
        ),
        (["推进三个小区综合整治一", "推进三个小区综合整治二", "推进五个小区综合整治三"], {}),
        (
            ["推进老旧小区，综合整治一", "推进老旧小区，综合整治二", "推进老旧小区综合整治三"],
            {"推进老旧小区综合整治三": 0.5},
        ),
        (["推进老旧小区一", "推进老旧小区二", "推进老日小区三"], {}),
        (["进老旧小区一", "进老旧小区二", "进老日小区三"], {}),
        (["完成老旧小区改造工作", "完成老旧小区改造工程"], {}),
        (["甲乙丙丁戊己庚"], {}),
        ([], {}),
    ],
)
def test_a_place_is_worded_otherwise_elsewhere(texts: list[str], found: dict[str, float]) -> None:
    assert {text: round(sure, 3) for text, sure in find_other_wordings(texts).items()} == found
