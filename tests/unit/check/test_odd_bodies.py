import pytest

from planextract import extract_file
from planextract.check.confidence import survey
from planextract.check.odd_bodies import find_odd_bodies
from planextract.dictionaries import load_dictionaries
from planextract.model.agency import AgencyMatch
from planextract.model.plan import Responsibility
from planextract.model.roles import Role

WORDS = load_dictionaries().words


def make_items(names, kind):
    match = AgencyMatch(kind=kind, entry=None, score=1.0, reason="")
    return [
        Responsibility(
            role=Role.LEAD, role_label="牵头单位", seq=number, raw_text=name, match=match, is_inherited=False
        )
        for number, name in enumerate(names, start=1)
    ]


@pytest.mark.parametrize(
    "name", ["市教育局", "区消防救援支队", "县人民医院", "临江海关", "市科学技术协会", "高新技术产业开发区"]
)
def test_a_whole_name_is_not_odd(name):
    assert find_odd_bodies(make_items([name], "unresolved"), WORDS) == {}


@pytest.mark.parametrize("name", ["市教肓局", "牛残街道办事处", "县组进部", "区教育届", "责任"])
def test_a_name_with_a_character_that_fits_no_word_is(name):
    assert 0 < find_odd_bodies(make_items([name], "unresolved"), WORDS)[name] <= 1


def test_a_name_without_an_ending_is_as_odd_as_can_be():
    assert find_odd_bodies(make_items(["市教育"], "unresolved"), WORDS) == {"市教育": 1.0}


def test_what_is_linked_is_never_odd_and_makes_its_pairs_familiar():
    odd = make_items(["区宓汭局"], "unresolved")
    assert find_odd_bodies(odd, WORDS)
    assert find_odd_bodies([*odd, *make_items(["市宓汭局"], "exact")], WORDS) == {}
    assert find_odd_bodies([*odd, *make_items(["县宓汭局"], "unresolved")], WORDS) == {}


PLAN = """\
北京市西城区2024年重点任务分解表

序号\t任务\t牵头单位
1\t新建改扩建学校三所。\t区教育局、NAME
2\t改造老旧小区十个。\t区住房城乡建设委、区财政局
3\t开展就业技能培训。\t区人力资源社会保障局、区财政局
4\t新建口袋公园五个。\t区园林绿化局、区水利局
"""


@pytest.mark.parametrize(("name", "is_sign"), [("区民情服务中心", False), ("区民惰服务中心", True)])
def test_a_body_of_its_own_is_no_sign_of_damage_and_an_odd_one_is(tmp_path, name, is_sign):
    path = tmp_path / "plan.txt"
    path.write_text(PLAN.replace("NAME", name), encoding="utf-8")
    result = extract_file(path)
    _, document, _ = next(survey(result, WORDS))
    assert (document.damage > 0, set(document.odd_bodies) == {name}) == (is_sign, is_sign)
