"""Bodies of every region by grammar: what is found, what only suggested, and that a level word is one place."""

from __future__ import annotations

from datetime import date

import pytest

from planextract.dictionaries import load_dictionaries
from planextract.resolve import build_matcher
from planextract.resolve.generated import GeneratedBodies
from planextract.resolve.group_terms import group_grammar
from planextract.resolve.places import tier_of
from planextract.resolve.settings import ResolveSettings
from planextract.text.characters import fold

D = load_dictionaries()
DAY = date(2022, 4, 1)


def bodies(code: str, day: date | None = DAY, *, is_central: bool = False) -> GeneratedBodies:
    return GeneratedBodies(D.national, D.regions, D.regions.by_code.get(code), day, is_central=is_central)


def full_name(code: str, text: str, day: date | None = DAY, *, is_central: bool = False) -> str | None:
    found = bodies(code, day, is_central=is_central).find(fold(text))
    return found.entry.full_name if found and found.entry else None


@pytest.mark.parametrize(
    ("code", "text", "official"),
    [
        ("210304", "区发改局", "辽宁省鞍山市立山区发展和改革局"),
        ("210304", "区市场局", "辽宁省鞍山市立山区市场监督管理局"),
        ("341602", "区卫健委", "安徽省亳州市谯城区卫生健康委员会"),
        ("500154", "区经济信息委", "重庆市开州区经济和信息化委员会"),
        ("330000", "省经信厅", "浙江省经济和信息化厅"),
        ("330327", "县水利局", "浙江省温州市苍南县水利局"),
        ("330327", "市财政局", "浙江省温州市财政局"),
        ("330327", "浙江省财政厅", "浙江省财政厅"),
        ("442000", "团市委", "共青团广东省中山市委员会"),
        ("442000", "市委宣传部", "中共广东省中山市委员会宣传部"),
        ("442000", "市中级法院", "广东省中山市中级人民法院"),
        ("640000", "自治区党委组织部", "中共宁夏回族自治区委员会组织部"),
        ("640000", "自治区党委", "中共宁夏回族自治区委员会"),
        ("220000", "省市场监管厅", "吉林省市场监督管理厅"),
        ("320300", "市地方金融监管局", "江苏省徐州市地方金融监督管理局"),
        ("370200", "市文旅局", "山东省青岛市文化和旅游局"),
        ("341602", "区疾控中心", "安徽省亳州市谯城区疾病预防控制中心"),
        ("310000", "闵行区政府", "上海市闵行区人民政府"),
        ("440100", "越秀区", "广东省广州市越秀区人民政府"),
        ("440104", "市场监管总局", "国家市场监督管理总局"),
        ("330000", "杭州市人民政府", "浙江省杭州市人民政府"),
        ("320100", "市公安局鼓楼分局", "江苏省南京市公安局鼓楼分局"),
        ("320404", "五星街道", "江苏省常州市钟楼区五星街道办事处"),
        ("330327", "凤阳乡政府", "浙江省温州市苍南县凤阳畲族乡人民政府"),
        ("330000", "浙江金融监管局", "国家金融监督管理总局浙江监管局"),
        ("310000", "上海海关", "中华人民共和国上海海关"),
        ("330327", "国家发展改革委", "中华人民共和国国家发展和改革委员会"),
        ("422800", "州林业局", "湖北省恩施土家族苗族自治州林业局"),
        ("150622", "旗财政局", "内蒙古自治区鄂尔多斯市准格尔旗财政局"),
        ("440300", "市住建局", "广东省深圳市住房和建设局"),
        ("411200", "市人防办", "河南省三门峡市人民防空办公室"),
    ],
)
def test_a_body_is_found_by_place_and_wording(code, text, official):
    day = date(2024, 4, 1)
    assert full_name(code, text, day) == official


@pytest.mark.parametrize(
    ("code", "text"),
    [
        ("210304", "区发改中心"),
        ("210304", "区财政分局"),
        ("210304", "区财政大队"),
        ("210304", "县财政局"),
        ("210304", "区某某局"),
        ("340000", "鼓楼区财政局"),
        ("210304", "统计局"),
        ("210304", "国资委"),
        ("130100", "开发区管委会"),
        ("330327", "县教体局"),
        ("330381", "市中级人民法院"),
        ("210304", "区民宗办公室"),
        ("370104", "槐荫公安分局"),
        ("410500", "市文旅局"),
    ],
)
def test_what_the_grammar_cannot_tell_is_no_body(code, text):
    assert full_name(code, text) is None


def test_a_bare_name_is_central_only_in_a_central_document():
    assert full_name("", "统计局", is_central=True) == "国家统计局"
    assert full_name("210300", "统计局") is None


def test_days_decide_and_successors_take_over():
    assert full_name("411200", "市环保局", date(2018, 4, 1)) == "河南省三门峡市环境保护局"
    assert full_name("411200", "市环保局", date(2022, 4, 1)) == "河南省三门峡市生态环境局"
    assert full_name("411200", "市生态环境局", date(2016, 4, 1)) is None
    assert full_name("", "农业部", date(2017, 4, 1), is_central=True) == "中华人民共和国农业部"
    assert full_name("", "农业部", date(2020, 4, 1), is_central=True) == "中华人民共和国农业农村部"


COUNTY_CITIES = tuple(
    (city, D.regions.by_code[city.chain[1]])
    for city in D.regions.by_code.values()
    if len(city.chain) == 3 and city.name.endswith("市") and D.regions.by_code[city.chain[1]].name.endswith("市")
)


@pytest.mark.slow
def test_in_a_county_level_city_a_level_word_is_the_citys_own_and_never_the_one_above():
    stems = sorted(
        {
            w[1:]
            for form in D.national.forms
            if form.is_sure and set(form.tiers) & {"C", "D"}
            for w in form.wordings
            if w.startswith("~")
        }
    )
    assert len(COUNTY_CITIES) > 250
    linked = asked = 0
    for number, (city, above) in enumerate(COUNTY_CITIES):
        found = bodies(city.code)
        for stem in stems[number % 7 :: 7]:
            own, upper = found.find(f"市{stem}"), found.find(f"{above.name}{stem}")
            assert own is None or own.entry is None or own.entry.region in (city.code, "")
            assert upper is None or upper.entry is None or upper.entry.region == above.code
            asked += 1
            linked += bool(own and own.entry)
    assert linked > 0.5 * asked


def test_every_wording_names_one_body_of_a_region_on_a_day():
    for code in ("110105", "120114", "310115", "330381", "440303", "500101", "130108", "650100", "460100", "210000"):
        found = bodies(code)
        region = D.regions.by_code[code]
        tier = tier_of(code, region.name, len(region.chain))
        owners: dict[str, str] = {}
        for form in D.national.forms:
            for wording in form.wordings if tier in form.tiers else ():
                result = found.find(wording.replace("~", region.name).replace("^", region.name[:-1]))
                if result and result.entry and result.entry.region == code:
                    assert owners.setdefault(wording, result.entry.agency_id) == result.entry.agency_id


def test_ids_are_the_codes_of_the_bodies_own_regions():
    found = bodies("330381")
    assert found.find("市财政局").entry.agency_id == "330381-finance"
    assert found.find("温州市财政局").entry.agency_id == "330300-finance"
    assert found.find("省财政厅").entry.agency_id == "330000-finance"
    assert found.find("财政部").entry.agency_id == "000000-mof"


def test_a_name_in_traditional_characters_is_looked_up_in_simplified_ones():
    found = build_matcher(
        D.agencies,
        D.regions,
        None,
        date(2017, 4, 6),
        ResolveSettings(),
        D.agency_words,
        D.words,
        national=D.national,
        is_central=True,
    ).match("食品藥品監管總局")
    assert found.entry.full_name == "国家食品药品监督管理总局"
    assert "食品药品监管总局" in found.reason


def test_damage_is_repaired_only_where_no_other_body_is_near():
    lishan = matcher("210304")
    assert lishan.match("区市场监督菅理局").entry.agency_id == "210304-market-regulation"
    assert lishan.match("区市场监督菅理局").kind == "rule"
    for printed in ("区金融服务中", "区政服务中心", "区工去和商务局", "区财局"):
        assert lishan.match(printed).entry is None


def test_names_are_found_in_running_text_and_glued_in_cells():
    text = "由市发展改革委牵头，市财政局配合，全市各县区要落实"
    found = matcher("330300").find_names(text)
    assert [text[a:b] for a, b in found] == ["市发展改革委", "市财政局"]


def test_a_field_before_departments_is_no_ministry():
    text = "生态环境部门会同财政部门开展检查，生态环境部另有规定的除外"
    names = matcher("330300")
    assert [text[a:b] for a, b in names.find_names(text)] == ["生态环境部"]
    assert all(mention.raw_text != "财政部" for mention in names.find_mentions(text))


def matcher(code: str, day: date | None = DAY):
    return build_matcher(
        D.agencies,
        D.regions,
        D.regions.by_code.get(code),
        day,
        ResolveSettings(),
        D.agency_words,
        D.words,
        national=D.national,
    )


def test_the_matcher_says_that_a_body_was_found_by_grammar():
    match = matcher("210304").match("区发改局")
    assert (match.kind, match.entry.agency_id, match.score) == ("generated", "210304-development-reform", 0.95)
    assert matcher("210304").match("财政局").entry.full_name == "辽宁省鞍山市立山区财政局"


def test_a_regions_own_dictionary_comes_first():
    xicheng = matcher("110102", date(2021, 3, 11))
    assert xicheng.match("区财政局").kind == "exact"
    assert xicheng.match("区教体局").entry is None
    assert xicheng.match("区数据局").entry is None


GRAMMAR = group_grammar(D.national.group_words)


@pytest.mark.parametrize(
    "text",
    [
        "各区政府",
        "各县（市、区）人民政府",
        "各乡镇（街道）人民政府（办事处）",
        "市直有关部门",
        "市各委、办、局",
        "县属各单位",
        "各有关单位",
        "相关部门",
        "各镇、街",
        "各开发区管委会",
        "区直各办、局",
        "省人民政府各工作部门、各直属机构",
        "市安委会成员单位",
        "各地、各部门",
        "驻区部队",
        "各人民团体",
        "属地政府",
    ],
)
def test_terms_for_several_bodies_follow_a_grammar(text):
    assert GRAMMAR.is_term(fold(text))


@pytest.mark.parametrize(
    ("text", "is_one"),
    [
        ("各区、县民政局", True),
        ("各县（市、区）民政局", True),
        ("各街道、县民政局", False),
        ("各功能区、县卫健委", False),
    ],
)
def test_divisions_have_bureaus_together_towns_and_zones_have_none(text, is_one):
    assert GRAMMAR.is_term(fold(text)) is is_one


@pytest.mark.parametrize(
    "text",
    ["区财政局", "市政府", "县委", "市直机关工委", "区政府办公室", "各类产品", "有关规定", "市属国资", "街道", "区"],
)
def test_a_name_of_one_body_is_no_such_term(text):
    assert not GRAMMAR.is_term(fold(text))


@pytest.mark.parametrize(
    ("cell", "names"),
    [
        ("区直各委、办、局，区财政局", ["区直各委、办、局", "区财政局"]),
        ("各乡镇党委、政府", ["各乡镇党委、政府"]),
        ("各镇、街，区教委", ["各镇、街", "区教委"]),
        ("各县、自治县、区（市）人民政府", ["各县、自治县、区（市）人民政府"]),
        ("各委、\n局", ["各委、局"]),
        ("各委、办、局\n区财政局", ["各委、办、局", "区财政局"]),
        ("各有关部门、区财政局", ["各有关部门", "区财政局"]),
        ("区财政局、各乡\n镇政府", ["区财政局", "各乡镇政府"]),
        ("各县区，市财政局", ["各县区", "市财政局"]),
        ("各区、市财政局", ["各区", "市财政局"]),
    ],
)
def test_a_term_for_several_bodies_is_not_cut_at_the_marks_inside_it(cell, names):
    assert list(matcher("341602").split_cell(cell)) == names


@pytest.mark.parametrize(
    ("text", "is_term"),
    [
        ("各县(市、区)人民政府", True),
        ("各县(、市)人民政府", False),  # a list neither begins nor ends with a join
        ("各县(市、)人民政府", False),
        ("各乡镇、街道办事处", True),
        ("各乡镇街道", True),
        ("各、乡镇", False),
    ],
)
def test_lists_in_terms_for_several_bodies(text: str, *, is_term: bool) -> None:
    assert GRAMMAR.is_term(text) is is_term
