"""Which name can stand for which: shorter ones, and ones with one character wrong, judged without a dictionary's bodies."""

from __future__ import annotations

import pytest

from planextract.resolve.edits import find_edit
from tests.unit.resolve.test_matcher import XICHENG

KNOWN = XICHENG._known


def shortens(printed: str, known: str) -> str | None:
    """The rule and score by which a name shortens another, or None."""
    parse = KNOWN.parser.parse
    found = KNOWN.abbreviations.judge_abbreviation(parse(printed), parse(known))
    return found and f"{found.rule} {found.score:.2f}"


def lacks_ending(printed: str, known: str) -> str | None:
    parse = KNOWN.parser.parse
    found = KNOWN.abbreviations.judge_bare_stem(parse(printed), parse(known))
    return found and found.rule


def damages(printed: str, known: str, is_backed: bool = False) -> str | None:
    """The reason and score by which a name is another with one character wrong, or None."""
    parse = KNOWN.parser.parse
    found = KNOWN.judge.judge_edit(parse(printed), parse(known), is_backed=is_backed)
    return found and f"{found.rule} {found.score:.2f} {found.reason}"


@pytest.mark.parametrize(
    ("printed", "known", "found"),
    [
        ("区人社局", "区人力资源和社会保障局", "abbreviation 0.85"),
        ("区人保局", "区人力资源和社会保障局", "abbreviation 0.85"),
        ("区人力局", "区人力资源和社会保障局", None),
        ("区城管委", "区城市管理委", "abbreviation 0.88"),
        ("区城管局", "区城市管理委", None),
        ("区文化局", "区文化和旅游局", None),
        ("区文旅局", "区文化和旅游局", "abbreviation 0.86"),
        ("区旅游局", "区文化和旅游局", None),
        ("区民宗办", "区民族宗教办", "abbreviation 0.88"),
        ("区民教办", "区民族宗教办", None),
        ("区科信局", "区科学技术和信息化局", "abbreviation 0.85"),
        ("区科技信息局", "区科学技术和信息化局", "abbreviation 0.85"),
        ("区公交局", "区公安局公安交管局", None),
        ("区内管局", "区内外事务管理局", None),
        ("区事管局", "区内外事务管理局", None),
        ("区城管局", "区城市管理综合行政执法局", None),
        ("区城管执法局", "区城市管理综合行政执法局", "abbreviation 0.85"),
        ("区财局", "区财政局", None),
        ("区财政局", "区财政局", None),
        ("月坛街道", "月坛北街道", None),
        ("牛街回民街道", "牛街回族民俗街道", None),
        ("牛街回民公司", "牛街回族民俗公司", "abbreviation 0.88"),
        ("区园林局", "区园林绿化局", None),
        ("区体局", "区体育局", None),
        ("区房管局", "区房屋管理局", "abbreviation 0.88"),
        ("区退役局", "区退役军人事务局", None),
        ("区市监局", "区市场监督管理局", "abbreviation 0.85"),
    ],
)
def test_a_name_shortens_another_from_its_first_character_in_order(printed: str, known: str, found: str | None) -> None:
    assert shortens(printed, known) == found


@pytest.mark.parametrize(
    ("printed", "known", "found"),
    [
        ("区城市管理", "区城市管理委", "near_suffix"),
        ("区体育", "区体育局", None),
        ("区大数据", "区大数据局", "near_suffix"),
        ("月坛", "月坛街道", None),
        ("广安门外", "广安门外街道", None),
        ("环雅丽都", "环雅丽都公司", "near_suffix"),
        ("丽都", "丽都公司", None),
        ("环雅都", "环雅都公司", None),
        ("第二环卫", "第一环卫中心", None),
    ],
)
def test_a_name_without_its_ending_is_a_bodys_of_three_characters_at_least(
    printed: str, known: str, found: str | None
) -> None:
    assert lacks_ending(printed, known) == found


@pytest.mark.parametrize(
    ("printed", "known", "found"),
    [
        ("区财财政局", "区财政局", "doubled 0.98 财 is printed twice"),
        ("区二二中学", "区二中学", None),
        ("区东部管理局", "区西部管理局", None),
        ("区宣传部", "区委宣传部", "near_level 0.90 区委宣传部 without 委"),
        ("区娄宣传部", "区委宣传部", "near_level 0.94 区委宣传部 with 委 → 娄"),
        ("区要宣传部", "区委宣传部", "near_level 0.94 区委宣传部 with 委 → 要"),
        ("币水务局", "市水务局", "near_level 0.93 币 looks like 市 and no other level"),
        ("县水务局", "市水务局", None),
        ("区审计届", "区审计局", "damaged_suffix 0.90 the ending of 区审计局 is damaged: 局 → 届"),
        ("区审计", "区审计局", None),
        ("区体育中", "区体育中心", None),
        ("区体育心", "区体育中心", "damaged_suffix 0.88 the ending of 区体育中心 is damaged: 中 → ∅"),
        ("区体育巾心", "区体育中心", "damaged_suffix 0.90 the ending of 区体育中心 is damaged: 中 → 巾"),
        ("区档案", "区档案馆", None),
        ("月坛街遣", "月坛街道", "damaged_suffix 0.90 the ending of 月坛街道 is damaged: 道 → 遣"),
        ("月坛街", "月坛街道", "damaged_suffix 0.88 the ending of 月坛街道 is damaged: 道 → ∅"),
        ("区生态环竟局", "区生态环境局", "near_core 0.92 区生态环境局 with 境 → 竟"),
        ("区生态环局", "区生态环境局", "near_core 0.92 区生态环境局 with 境 → ∅"),
        ("区生态环境境局", "区生态环境局", "doubled 0.98 境 is printed twice"),
        ("区生态域环境局", "区生态环境局", None),
        ("区生态·环境局", "区生态环境局", "near_core 0.95 区生态环境局 with ∅ → ·"),
        ("区态生环境局", "区生态环境局", "near_core 0.92 区生态环境局 with 生态 → 态生"),
        ("区审汁局", "区审计局", "near_core 0.94 区审计局 with 计 → 汁 (they look alike)"),
        ("区审域局", "区审计局", None),
        ("区审局", "区审计局", None),
        ("区计局", "区审计局", None),
        ("区大数居局", "区大数据局", "near_core 0.92 区大数据局 with 据 → 居"),
        ("区大数局", "区大数据局", "near_core 0.90 区大数据局 with 据 → ∅"),
        ("区数据局", "区大数据局", None),
        ("区大数据中局", "区大数据局", None),
        ("区住房城市建设委", "区住房城乡建设委", "near_core 0.93 区住房城乡建设委 with 乡 → 市"),
        ("区生态环境管理局", "区生态环境局", None),
        ("区城市委", "区城市管理委", None),
        ("区统汁局", "区统计局", "near_core 0.94 区统计局 with 计 → 汁 (they look alike)"),
        ("区审计科", "区审计局", None),
        ("西诚公安分局", "西城公安分局", "near_core 0.94 西城公安分局 with 城 → 诚 (they look alike)"),
        ("东城公安分局", "西城公安分局", None),
        ("区生态环境", "区生态环境局", "near_suffix 0.88 the ending of 区生态环境局 is damaged: 局 → ∅"),
        ("区生态环境股", "区生态环境局", None),
        ("宣房集囤", "宣房集团", "damaged_suffix 0.90 the ending of 宣房集团 is damaged: 团 → 囤"),
        ("宣房团", "宣房集团", None),
        ("西诚区财政局", "西城区财政局", "near_level 0.92 诚 looks like 城 of 西城区"),
        ("两城区财政局", "西城区财政局", None),
        ("北朿市财政局", "北京市财政局", None),
        ("丽郁公司", "丽都公司", "near_core 0.94 丽都公司 with 都 → 郁 (they look alike)"),
        ("丽域公司", "丽都公司", None),
        ("月垣街道", "月坛街道", None),
        ("环雅丽域公司", "环雅丽都公司", "near_core 0.92 环雅丽都公司 with 都 → 域"),
        ("东京市财政局", "北京市财政局", None),
        ("西城财政局", "西城区财政局", "near_level 0.95 西城区财政局 without 区"),
        ("武畏区税务局", "武昌区税务局", "near_core 0.96 武昌区税务局 with 昌 → 畏 (they look alike)"),
    ],
)
def test_one_character_wrong_is_damage_by_its_place_and_kind(printed: str, known: str, found: str | None) -> None:
    assert damages(printed, known) == found


@pytest.mark.parametrize(
    ("printed", "known", "found"),
    [
        ("区大数域局", "区大数据局", "near_core 0.92 区大数据局 with 据 → 域"),
        ("区大局", "区大数据局", None),
        ("区生态环域局", "区生态环境局", "near_core 0.92 区生态环境局 with 境 → 域"),
        ("区审域局", "区审计局", None),
    ],
)
def test_a_wording_that_the_document_prints_far_more_often_backs_what_looks_like_it(
    printed: str, known: str, found: str | None
) -> None:
    assert damages(printed, known, is_backed=True) == found


def edit(printed: str, known: str) -> str | None:
    found = find_edit(printed, known)
    return found and f"{found.kind} {found.place} {found.old}>{found.new}"


@pytest.mark.parametrize(
    ("printed", "known", "found"),
    [
        ("甲丁丙", "甲乙丙", "substitute 1 乙>丁"),
        ("甲丙", "甲乙丙", "delete 1 乙>"),
        ("甲乙丁丙", "甲乙丙", "insert 2 >丁"),
        ("乙甲丙", "甲乙丙", "swap 0 甲乙>乙甲"),
        ("丙乙甲", "甲乙丙", None),
        ("甲", "甲乙丙", None),
        ("甲丁戊", "甲乙丙", None),
        ("甲丁", "甲乙丙", None),
        ("乙丙", "甲乙丙", "delete 0 甲>"),
        ("丁甲乙丙", "甲乙丙", "insert 0 >丁"),
        ("甲乙丙丙", "甲乙丙", "insert 3 >丙"),
        ("", "甲", "delete 0 甲>"),
        ("甲乙丁戊", "甲乙丙", None),
    ],
)
def test_an_edit_is_one_character_or_two_swapped(printed: str, known: str, found: str | None) -> None:
    assert edit(printed, known) == found
