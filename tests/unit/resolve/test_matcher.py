"""Who is meant: what the rules accept, and above all what they must refuse."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from planextract.dictionaries import load_dictionaries
from planextract.dictionaries.new_region import write_region
from planextract.model.agency import AgencyEntry
from planextract.resolve import build_matcher
from planextract.resolve.cell_names import split_agency_cell
from planextract.resolve.settings import ResolveSettings

D = load_dictionaries()


def matcher(region="110102", day=date(2021, 3, 11), decided=None):
    place = D.regions.by_code[region]
    return build_matcher(D.agencies, D.regions, place, day, ResolveSettings(), D.agency_words, D.words, decided)


XICHENG = matcher()


@pytest.mark.parametrize(
    ("printed", "name", "rule"),
    [
        ("区住房城市建设委", "区住房城乡建设委", "near_core"),
        ("区城管管理委", "区城市管理委", "near_core"),
        ("区科技和信息化局", "区科学技术和信息化局", "abbreviation"),
        ("环雅丽都", "环雅丽都公司", "near_suffix"),
        ("区财财政局", "区财政局", "doubled"),
        ("区市场监菅局", "区市场监管局", "near_core"),
        ("西城区财政局", "区财政局", "same_core"),
        ("月坛街到办事处", "月坛街道办事处", "damaged_suffix"),
        ("西诚公安分局", "西城公安分局", "near_core"),
        ("币水务局", "市水务局", "near_level"),
        ("月坛街遣", "月坛街道办事处", "damaged_suffix"),
        ("区机关事务服务巾心", "区机关事务服务中心", "damaged_suffix"),
        ("宣房集囤", "宣房集团", "damaged_suffix"),
        ("区审计届", "区审计局", "damaged_suffix"),
    ],
)
def test_damage_is_repaired_with_its_reason(printed, name, rule):
    match = XICHENG.match(printed)
    assert match.entry is not None
    assert (match.entry.name, match.reason.partition(":")[0], match.kind) == (name, rule, "rule")


@pytest.mark.parametrize(
    "printed",
    [
        "区数据局",
        "区教体局",
        "区政数局",
        "区文化局",
        "区社会服务中心",
        "北京市排水集团二分公司",
        "东城交通支队",
        "天坛街道办事处",
        "广安门街道办事处",
        "海淀区财政局",
        "东城区财政局",
        "财政局",
        "区X政局",
        "区住房城乡建设局",
        "区生态环境部门",
        "各相关公司",
        "市数委",
        "区规划局",
        "市公安局东城分局",
        "X财政局",
        "区",
        "",
        "区局",
        "市规划自然资源委东城分局",
        "北京市排水集团分公司",
        "团候委",
        "区档案",
        "区审计馆",
        "区审计X",
        "宣房集体",
        "月坛公园",
        "区民教办",
        "区机务中心",
        "西城公安安局",
    ],
)
def test_what_may_be_another_body_is_refused(printed):
    assert XICHENG.match(printed).entry is None


def test_neighbours_are_never_confused():
    for name in (
        "区税务局",
        "区水务局",
        "市住房城乡建设委",
        "区住房城乡建设委",
        "市生态环境局",
        "区审计局",
        "区统计局",
    ):
        match = XICHENG.match(name)
        assert match.kind == "exact"
        assert match.entry.name == name


def test_a_body_resolves_to_the_one_of_the_day_and_shares_its_lineage():
    old, new = matcher(day=date(2018, 3, 1)).match("区环保局"), XICHENG.match("区生态环境局")
    assert (old.kind, old.entry.name) == ("exact", "区环保局")
    assert old.entry.lineage_id == new.entry.lineage_id == new.entry.agency_id
    late = XICHENG.match("区环保局")
    assert (late.kind, late.entry.name) == ("alias", "区生态环境局")
    assert "2018-12-31" in late.reason


def test_another_region_knows_none_of_ours():
    away = matcher("330106")
    assert [away.match(name).entry for name in ("区财政局", "西城公安分局", "月坛街道办事处")] == [None] * 3


def test_the_municipality_knows_no_district_body():
    assert matcher("110000").match("区财政局").entry is None


def test_a_common_form_is_no_misprint():
    assert XICHENG.with_document({"区城管管理委": 2, "区城市管理委": 61}).match("区城管管理委").entry is not None
    doubtful = XICHENG.with_document({"区城管管理委": 9, "区城市管理委": 1}).match("区城管管理委")
    assert doubtful.entry is None
    assert "9 times" in doubtful.reason


def test_a_decision_holds_in_its_region_only():
    decided = {("110102", "财政局"): "110102-finance-bureau", ("110102", "待定"): ""}
    assert matcher(decided=decided).match("财政局").entry.name == "区财政局"
    assert matcher(decided=decided).match("待定").reason == "ignored by decision"
    assert matcher("110000", decided=decided).match("财政局").entry is None


def test_suggestions_hold_the_true_body():
    for printed, name in (("区X政局", "区民政局"), ("财政局", "区财政局"), ("区住房城乡建设局", "区住房城乡建设委")):
        assert name in [entry.name for entry, _ in XICHENG.suggest(printed)]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (
            "生态环境、公安、城管执法等部门依据职责开展检查。",
            [("生态环境", "区生态环境局"), ("公安", "西城公安分局"), ("城管执法", "区城管执法局")],
        ),
        ("区交通委组织更新车辆。", [("区交通委", "区交通委")]),
        ("市场监管部门开展抽检。", [("市场监管", "区市场监管局")]),
        ("海淀区财政局开展检查。", []),
        ("市规划自然资源委东城分局牵头。", []),
        ("配合市有关部门研究。", [("市有关部门", None)]),
        ("交通、铁路等部门", [("交通", "区交通委"), ("铁路", None)]),
    ],
)
def test_mentions(text, found):
    mentions = XICHENG.find_mentions(text)
    assert all(text[m.span_start : m.span_end] == m.raw_text for m in mentions)
    kinds = [
        (m.raw_text, m.match.entry.name if m.match.entry and m.match.entry.kind != "group" else None) for m in mentions
    ]
    assert kinds == found


@pytest.mark.parametrize(
    ("text", "has_duty"),
    [
        ("区水务局开展治理。", True),
        ("由区水务局负责。", True),
        ("区水务局、区财政局等部门研究政策。", True),
        ("按照区水务局要求开展治理。", False),
        ("将结果向区水务局通报。", False),
        ("区水务局的数据", False),
    ],
)
def test_duties(text, has_duty):
    assert XICHENG.find_mentions(text)[0].has_duty is has_duty


@pytest.mark.parametrize("printed", ["区政府", "区人民政府", "西城区政府", "西城区人民政府"])
def test_the_own_government_is_one_body(printed):
    match = XICHENG.match(printed)
    assert match.entry is not None
    assert match.entry.agency_id == "110000-district-xicheng"


def test_a_document_never_backs_a_street_by_its_neighbour():
    entries = [
        AgencyEntry(agency_id=f"420106-{name}", name=name, full_name=name, kind="street", level="街道", region="420106")
        for name in ("中华路街道", "中南路街道")
    ]
    place = D.regions.by_code["420106"]
    wuchang = build_matcher(entries, D.regions, place, None, ResolveSettings(), D.agency_words, D.words)
    in_document = wuchang.with_document({entry.name: 6 for entry in entries})
    assert in_document.match("中教路街道").entry is None


def test_an_abbreviation_does_not_drop_half_of_a_name():
    entry = AgencyEntry(
        agency_id="1",
        name="区城市管理综合行政执法局",
        full_name="区城市管理综合行政执法局",
        kind="agency",
        level="区",
        region="110102",
    )
    words = replace(D.agency_words, decoys=())
    place = D.regions.by_code["110102"]
    alone = build_matcher([entry], D.regions, place, None, ResolveSettings(), words, D.words)
    assert alone.match("区城管理局").entry is None
    assert alone.match("区城管执法局").entry is not None


@pytest.mark.parametrize(
    ("cell", "names"),
    [
        ("区财政局、各乡、镇人民政府", ["区财政局", "各乡、镇人民政府"]),
        ("各街道、镇，区教委", ["各街道、镇", "区教委"]),
        ("各区、市财政局", ["各区", "市财政局"]),
        ("区环境卫生服务中心区财政局", ["区环境卫生服务中心", "区财政局"]),
        ("区某某服务中心区财政局", ["区某某服务中心", "区财政局"]),
    ],
)
def test_cells_are_cut_into_their_names(cell, names):
    assert [name.raw_text for name in split_agency_cell(cell, XICHENG)] == names


def test_a_new_region_of_beijing_has_one_id_for_its_government(tmp_path):
    dongcheng = D.regions.by_code["110101"]
    write_region(dongcheng, D.regions, tmp_path)
    both = load_dictionaries(tmp_path)
    found = build_matcher(
        both.agencies, both.regions, dongcheng, None, ResolveSettings(), both.agency_words, both.words
    )
    ids = {
        found.match(form).entry.agency_id for form in ("区政府", "东城区政府", "东城区人民政府", "北京市东城区人民政府")
    }
    assert ids == {"110000-district-dongcheng"}


@pytest.mark.parametrize(
    ("cell", "names"),
    [
        ("市直有关部门、高新区管委会", ["市直有关部门", "高新区管委会"]),
        ("各有关部门、单位", ["各有关部门、单位"]),
        ("各乡镇、街道办事处", ["各乡镇、街道办事处"]),
    ],
)
def test_a_term_that_is_whole_takes_no_further_body(cell, names):
    national = build_matcher(
        D.agencies,
        D.regions,
        D.regions.by_code["220600"],
        None,
        ResolveSettings(),
        D.agency_words,
        D.words,
        {},
        D.national,
    )
    assert [name.raw_text for name in national.split(cell)] == names
