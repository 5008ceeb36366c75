"""Year over year on small plans."""

from __future__ import annotations

from datetime import date

import pytest

from planextract.model.agency import AgencyEntry
from planextract.score.pairing import pair_same, pair_years
from planextract.score.year_links import make_relative
from planextract.score.years import compare_years

from .results import make_agency, make_document, make_measure, make_target

A = "2021年底前，完成市级下达的推广新能源汽车任务，更新公交车200辆。"
B = "加强施工工地扬尘管控，落实“六个百分之百”要求。"
C = "开展餐饮油烟专项执法检查，督促企业定期清洗净化设备。"


def old(*measures):
    return make_document(("任务", list(measures)), doc_id="a" * 16, year=2021)


def new(*measures):
    return make_document(("任务", list(measures)), doc_id="b" * 16, year=2022)


def next_year(text, **fields):
    return make_measure(text, **{"end": date(2022, 12, 31), **fields})


def links(first, second, bodies=()):
    made = compare_years(first, second, bodies)
    return [(link.kind, link.old_key, link.new_key) for link in made.measures]


def shifts(first, second, bodies=()):
    return [(s.aspect, s.direction, s.before, s.after, s.amount) for s in compare_years(first, second, bodies).shifts]


def test_years_move_on_and_nothing_else_is_nothing():
    first, second = old(make_measure(A)), new(next_year(A.replace("2021", "2022")))
    assert links(first, second) == [("kept", "1/1/1", "1/1/1")]
    assert shifts(first, second) == []


@pytest.mark.parametrize(
    ("text", "wanted"), [("2021年底", "Y+0年底"), ("到2025年", "到2025年"), ("2020年", "Y-1年"), ("12021年", "12021年")]
)
def test_only_years_near_the_plan_are_relative(text, wanted):
    assert make_relative(text, 2021) == wanted
    assert make_relative(text, None) == text


def test_new_dropped_and_reworded():
    first = old(make_measure(A), make_measure(B))
    second = new(next_year(B.replace("落实", "严格落实")), next_year(C))
    assert links(first, second) == [("dropped", "1/1/1", None), ("reworded", "1/1/2", "1/1/1"), ("new", None, "1/1/2")]


def test_a_split_and_a_merger():
    one = make_measure(B + C)
    parts = [make_measure(B), make_measure(C)]
    assert links(old(one), new(*parts)) == [("split", "1/1/1", "1/1/1"), ("split", "1/1/1", "1/1/2")]
    assert links(old(*parts), new(one)) == [("merged", "1/1/1", "1/1/1"), ("merged", "1/1/2", "1/1/1")]


@pytest.mark.parametrize(
    ("before", "after", "wanted"),
    [
        (date(2021, 12, 31), date(2022, 12, 31), []),
        (date(2021, 12, 31), date(2022, 9, 30), [("earlier", -92)]),
        (date(2021, 6, 30), date(2022, 12, 31), [("later", 184)]),
        (date(2021, 12, 31), date(2021, 12, 31), [("earlier", -365)]),
        (None, date(2022, 12, 31), [("kind", None)]),
    ],
)
def test_deadlines_slip_within_their_year(before, after, wanted):
    found = shifts(old(make_measure(B, end=before)), new(make_measure(B, end=after)))
    assert [(direction, amount) for _, direction, _, _, amount in found] == wanted


def test_a_raised_target_keeps_the_words():
    first = old(make_measure("覆盖率达到80%。", targets=(make_target(80),)))
    second = new(next_year("覆盖率达到90%。", targets=(make_target(90),)))
    assert links(first, second) == [("kept", "1/1/1", "1/1/1")]
    assert shifts(first, second) == [("target", "raised", "覆盖率 ≥ 80 %", "覆盖率 ≥ 90 %", 10)]


def test_targets_added_removed_and_turned():
    first = old(make_measure(B, targets=(make_target(80), make_target(3, "工地", "个"))))
    second = new(next_year(B, targets=(make_target(80, comparator="~"), make_target(5, "检查", "次"))))
    assert [(d, b, a) for _, d, b, a, _ in shifts(first, second)] == [
        ("comparator", "覆盖率 ≥ 80 %", "覆盖率 ~ 80 %"),
        ("removed", "工地 ≥ 3 个", None),
        ("added", None, "检查 ≥ 5 次"),
    ]


def body(agency_id, successor=None):
    return AgencyEntry(
        agency_id=agency_id,
        name=agency_id,
        full_name=agency_id,
        kind="agency",
        level="区",
        region="110102",
        successor_id=successor,
    )


def test_a_successor_takes_over_and_nobody_is_added_or_removed():
    first = old(make_measure(B, agencies="区环保局"))
    second = new(next_year(B, agencies="区生态环境局"))
    bodies = [body("区环保局", "区生态环境局"), body("区生态环境局")]
    assert shifts(first, second, bodies) == [("body", "renamed", "区环保局", "区生态环境局", None)]
    assert [d for _, d, *_ in shifts(first, second)] == ["removed", "added"]
    loop = [body("区环保局", "区生态环境局"), body("区生态环境局", "区环保局")]
    assert len(shifts(first, second, loop)) <= 2  # a circle in the dictionary ends


def test_bodies_come_go_and_change_their_role():
    first = old(make_measure(B, agencies="区教委 区财政局 区商务局/support", statuses={"support": "listed"}))
    second = new(next_year(B, agencies="区教委 区商务局 区民政局/support", statuses={"support": "listed"}))
    assert shifts(first, second) == [
        ("body", "removed", "区财政局", None, None),
        ("body", "role", "区商务局 (support)", "区商务局 (responsible)", None),
        ("body", "added", None, "区民政局", None),
    ]


def test_an_unresolved_name_is_itself():
    first = old(make_measure(B, agencies=""))
    second = new(next_year(B, agencies=""))
    assert shifts(first, second) == []
    first = old(make_measure(B, agencies="?某中心"))
    assert shifts(first, new(next_year(B, agencies="?某中心"))) == []
    assert make_agency("?某中心").name is None


def test_same_words_twice_go_by_their_task():
    same = "完成本市下达的减排目标要求。"
    first = make_document(("甲类减排", [make_measure(same)]), ("乙类减排", [make_measure(same)]), doc_id="a" * 16)
    second = make_document(("乙类减排", [next_year(same)]), ("甲类减排", [next_year(same)]), doc_id="b" * 16, year=2022)
    assert links(first, second) == [("kept", "1/1/1", "1/2/1"), ("kept", "1/2/1", "1/1/1")]


def test_documents_are_paired():
    a21, b21 = old(make_measure(A)), make_document(("x", []), doc_id="c" * 16, year=2021)
    a22 = new(make_measure(A))
    assert pair_years([a21], [a22]) == [(a21, a22)]
    assert (b21, None) in pair_years([a21, b21], [a22, a21])
    assert pair_same([a21, b21], [b21]) == [(a21, None), (b21, b21)]
