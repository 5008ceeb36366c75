"""Who answers for a measure, read in a bracket, behind labels, on lines: each rule at its bounds."""

from __future__ import annotations

import pytest

from planextract.dictionaries import load_dictionaries
from planextract.label.prose.owners import OwnerReader, Owners
from planextract.label.prose.regions import RegionFinder
from planextract.label.prose.wording import wording_of

WORDING = wording_of(load_dictionaries().columns)


def draw(text: str, owners: Owners | None) -> str | None:
    """Owners as ``role=names …``; people as ``people=``; the strength, if it is not 2, behind a star."""
    if owners is None:
        return None
    found = [f"{role}={'|'.join(text[low:high] for low, high in spans)}" for role, spans in owners.spans.items()]
    found += [f"people={text[low:high]}" for low, high in owners.private]
    return " ".join([*found, *([f"*{owners.strength}"] if owners.strength != 2 else [])]).replace("\n", "/")


def bracket(text: str, *, stands_alone: bool = True) -> str | None:
    reader = OwnerReader(text, WORDING.flatten(text), WORDING)
    return draw(text, reader.read_bracket(0, len(text), stands_alone=stands_alone))


def regions(text: str, *, sentences: bool = False, start: int = 0) -> list[tuple[str, str | None]]:
    found = RegionFinder(text, WORDING, sentences=sentences).find(start)
    return [(text[region.start : region.end].replace("\n", "/"), draw(text, region.owners)) for region in found]


# What stands in a bracket


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("牵头单位：市林业局；责任单位：各县区；11月底完成", "lead=市林业局 deadline=11月底完成 responsible=各县区"),
        ("牵头单位：市林业局牵头，市财政局配合", "lead=市林业局 support=市财政局"),
        ("责任单位：市林业局。其他", "responsible=市林业局"),
        ("责任单位：市林业局）", "responsible=市林业局"),
        ("责任单位：市林业局（", "responsible=市林业局"),
        ("责任单位：-市林业局", "responsible=市林业局"),
        ("责任单位：市林业局（市园林局）", "responsible=市林业局（市园林局）"),
        ("责任单位：", None),
        ("责任单位：；完成时限：6月底", "deadline=6月底 *0"),
        ("任务：甲，责任单位：市林业局", None),
        ("、责任单位：市林业局", "responsible=市林业局"),
        ("主办单位：市林业局", "responsible=市林业局 *0"),
        ("牵头负责部门：市林业局；协同配合单位：市财政局", "lead=市林业局 support=市财政局"),
        ("主要责任主体：市林业局", "responsible=市林业局"),
        ("责任领导：张三", "people=张三 *0"),
        ("责任单位及责任人：市林业局 张三", "responsible=市林业局 people=张三"),
        ("责任单位及责任人：市林业局、市财政局", "responsible=市林业局、市财政局"),
    ],
)  # fmt: skip
def test_a_label_opens_a_bracket_of_owners(text: str, found: str | None) -> None:
    assert bracket(text) == found
    assert bracket(text, stands_alone=False) == found, "a label needs no end of a sentence"


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("市林业局牵头", "lead=市林业局"),
        ("市林业局牵头，市财政局配合，6月底前", "lead=市林业局 support=市财政局 deadline=6月底前"),
        ("由市林业局牵头", "lead=市林业局"),
        ("市林业局牵头、负责", "lead=市林业局"),
        ("牵头、市林业局负责", None),
        ("市林业局牵头，并市财政局配合", "lead=市林业局 support=市财政局"),
        ("市林业局牵头，会同市财政局配合", "lead=市林业局 support=市财政局"),
        ("市林业局牵头，和市财政局、及市教育局配合", "lead=市林业局 support=市财政局、及市教育局"),
        ("市林业局牵头，以及各县政府、，配合", "lead=市林业局 support=各县政府"),
        ("市林业局牵头。6月底前", "lead=市林业局"),
        ("市林业局牵头。各县区落实，下同", "lead=市林业局"),
        ("市林业局牵头。其他材料见附件", None),
        ("甲乙丙丁牵头", None),
        ("市林业局、甲乙丙丁戊己庚辛壬癸牵头", "lead=市林业局、甲乙丙丁戊己庚辛壬癸"),
        ("市林业局、甲乙丙丁戊己庚辛壬癸子牵头", None),
        ("市林业局、甲乙牵头，看花", None),
        ("（（市林业局牵头，市财政局配合））", "lead=市林业局 support=市财政局"),
    ],
)
def test_verbs_say_who_leads_and_who_helps(text: str, found: str | None) -> None:
    assert bracket(text) == found
    assert bracket(text, stands_alone=False) == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("市林业局", "responsible=市林业局 *1"),
        ("（市林业局）", "responsible=市林业局 *1"),
        ("市林业局和市财政局", "responsible=市林业局和市财政局 *1"),
        ("市林业局，6月底前", "deadline=6月底前 responsible=市林业局 *1"),
        ("市教委等，市财政局", "responsible=市教委|市财政局 *1"),
        ("市林业局，6月底前，市财政局", "deadline=6月底前 responsible=市林业局|市财政局 *1"),
        ("市教育局、市财政局，列首位的牵头，下同", "responsible=市教育局、市财政局"),
        ("市林业局（列第一位者为牵头单位，下同）、市财政局", "responsible=市林业局|市财政局"),
        ("（市林业局）（市财政局）", None),
        ("市林业局、甲乙", None),
        ("含市林业局", None),
        ("6月底前", None),
        ("略", None),
    ],
)
def test_a_mere_list_counts_where_each_name_is_a_body_and_the_bracket_ends_its_sentence(
    text: str, found: str | None
) -> None:
    assert bracket(text) == found
    assert bracket(text, stands_alone=False) is None


def test_what_is_said_for_all_is_nobody_and_what_others_do_neither() -> None:
    text = "责任单位：市林业局、市财政局，列首位的为牵头单位，其他部门按职责分工负责"
    assert bracket(text) == "responsible=市林业局、市财政局"
    assert bracket("责任单位：市林业局、其他部门") == "responsible=市林业局、其他部门"


def test_the_first_label_of_a_role_is_kept_and_the_stronger_reading_counts() -> None:
    first, second = Owners(strength=1), Owners(strength=2)
    first.add("lead", (0, 2), "牵头单位")
    first.add("lead", (3, 3), "nothing")
    second.add("lead", (4, 6), "牵头")
    second.private.append((7, 9))
    first.merge(second)
    assert (first.spans, first.labels) == ({"lead": [(0, 2), (4, 6)]}, {"lead": "牵头单位"})
    assert (first.private, first.strength) == ([(7, 9)], 2)
    second.merge(Owners(strength=1))
    assert second.strength == 2


# Where a bracket is one of owners


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("1.造林。（责任单位：市林业局）", ["（责任单位：市林业局）"]),
        ("1.造林。（市林业局牵头", ["（市林业局牵头"]),
        ("1.造林。（市林业局牵头\n2.修路", ["（市林业局牵头"]),
        ("1.造林。（市林业局牵头，\n市财政局配合。修路", ["（市林业局牵头，/市财政局配合。"]),
        ("1.造林。（市林业局", []),
        ("造林。[市水务局牵头，各县政府负责。以下均需各县（市）区政府落实）]", ["[市水务局牵头，各县政府负责。"]),
        ("【工业强市】\n一", []),
        ("【责任单位：市林业局】", ["【责任单位：市林业局】"]),
        ("【市林业局】\n造林", []),
        ("造林。【市林业局】\n修路", ["【市林业局】"]),
        ("〔市林业局〕\n造林", ["〔市林业局〕"]),
        ("甲（市林业局）修路", []),
        ("甲（市林业局）。修路", ["（市林业局）。"]),
        ("甲（市林业局）；修路", ["（市林业局）；"]),
        ("甲（市林业局）\n修路", ["（市林业局）"]),
        ("甲（市林业局），", ["（市林业局）"]),
        ("甲。（市林业局）修路", ["（市林业局）"]),
        ("甲；（市林业局）修路", ["（市林业局）"]),
        ("甲，（市林业局）修路", []),
        ("甲（市林业局），修路。", []),
        ("甲。（市林业局牵头），市财政局配合）修路", ["（市林业局牵头），市财政局配合）"]),
        ("甲。（市林业局牵头），修路。（含路灯）", ["（市林业局牵头）"]),
        ("（含乡镇）造林。（市林业局）", ["（市林业局）"]),
        ("（甲（责任单位：市林业局）", ["（责任单位：市林业局）"]),
    ],
)  # fmt: skip
def test_brackets_that_name_owners_are_found(text: str, found: list[str]) -> None:
    assert [region for region, _ in regions(text)] == found


def test_a_bracket_is_read_up_to_seven_hundred_characters() -> None:
    names = "市林业局、" * 139
    for filler, count in (("甲乙丙", 1), ("甲乙丙丁", 0)):
        text = f"造林。（{names}{filler}局）"
        assert len(regions(text)) == count, len(text)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("造林。——市林业局", ["——市林业局"]),
        ("造林。——市林业局。", ["——市林业局。"]),
        ("造林。———市林业局 ；\n修路", ["———市林业局 ；"]),
        ("造林。——市林业局。其他", []),
        ("造林。——6月底前", []),
        ("造林。—市林业局", []),
    ],
)
def test_bodies_behind_a_dash_end_their_line(text: str, found: list[str]) -> None:
    assert [region for region, _ in regions(text)] == found


# Labels


@pytest.mark.parametrize(
    ("text", "region", "owners"),
    [
        ("造林。责任单位：市林业局。", "责任单位：市林业局。", "responsible=市林业局"),
        ("造林，牵头单位：市林业局", "牵头单位：市林业局", "lead=市林业局"),
        ("造林、牵头单位：市林业局", "牵头单位：市林业局", "lead=市林业局"),
        ("造林-牵头单位：市林业局", "牵头单位：市林业局", "lead=市林业局"),
        ("造林、完成时限：6月底", None, None),
        ("造林。完成时限：6月底", "完成时限：6月底", "deadline=6月底 *0"),
        ("造林牵头单位：市林业局", None, None),
        ("造林。责任单位：市林业局。力争完成目标", "责任单位：市林业局。", "responsible=市林业局"),
        ("造林。责任单位：市林业局。力争完成目", "责任单位：市林业局。力争完成目", "responsible=市林业局"),
        ("造林。责任单位：市林业局。各县落实，下同", "责任单位：市林业局。各县落实，下同", "responsible=市林业局"),
        ("造林。牵头领导：张三；牵头单位：市林业局", "牵头领导：张三；牵头单位：市林业局", "lead=市林业局 people=张三"),
        ("造林。牵头领导：张三", None, None),
        ("造林。牵头领导：张三\n牵头单位：市林业局", "牵头单位：市林业局", "lead=市林业局"),
        ("造林｜责任单位：市林业局", "｜责任单位：市林业局", "responsible=市林业局"),
        ("造林。**责任单位**：市林业局", "**责任单位**：市林业局", "responsible=市林业局"),
        ("造林\n- 责任单位：市林业局", "- 责任单位：市林业局", "responsible=市林业局"),
        ("造林\n工作任务：修路\n责任单位：市林业局", "责任单位：市林业局", "responsible=市林业局"),
    ],
)  # fmt: skip
def test_a_label_stands_behind_a_mark_or_opens_a_line(text: str, region: str | None, owners: str | None) -> None:
    assert regions(text) == ([(region, owners)] if region else [])


@pytest.mark.parametrize(
    ("below", "owners"),
    [
        ("责任单位：市林业局\n市财政局", "responsible=市林业局/市财政局"),
        ("责任单位：市林业局、\n市财政局", "responsible=市林业局、/市财政局"),
        ("责任单位：市林业局、\n市财政局牵头", "lead=市林业局、/市财政局"),
        ("责任单位：市林业局、\n修建道路", "responsible=市林业局"),
        ("责任单位：市林\n业局、市财政局", "responsible=市林/业局、市财政局"),
        ("责任单位：市林\n业局、修路", "responsible=市林"),
        ("责任单位：\n市林业局\n6月底前", "responsible=市林业局"),
        ("责任单位：市林业局（市财\n政局）", "responsible=市林业局（市财/政局）"),
        ("责任单位：市林业局\n（一）其他", "responsible=市林业局"),
        ("责任单位：市林业局\n说明文字", "responsible=市林业局"),
        ("责任单位：市林业局。\n市财政局", "responsible=市林业局"),
        ("责任单位：市林业局\n某市人民政府\n2024年1月5日", "responsible=市林业局"),
        ("责任单位：市林业局\n某市人民政府\n修路", "responsible=市林业局/某市人民政府"),
        ("责任单位：各县、各乡\n镇牵头", "lead=各县、各乡/镇"),
        ("责任单位 市林业局\n完成时限 6月底", "responsible=市林业局 deadline=6月底"),
        ("责任单位\n市林业局", "responsible=市林业局"),
        ("责任单位\n\n市林业局", None),
        ("责任单位\n其他说明", None),
        ("完成时限\n6月底前", "deadline=6月底前 *0"),
        ("完成时限：6月底\n责任单位：市林业局", "deadline=6月底 responsible=市林业局"),
        ("责任单位：市林业局\n完成时限：2024年6月\n底前", "responsible=市林业局 deadline=2024年6月/底前"),
        ("责任单位：市林业局\n完成时限：2024年6月\n修路", "responsible=市林业局 deadline=2024年6月"),
        (f"责任单位：\n{'市林业局、' * 23}市体育旅局", f"responsible={'市林业局、' * 23}市体育旅局"),
        (f"责任单位：\n{'市林业局、' * 23}市文体育旅局", "*0"),
    ],
)
def test_labels_on_lines_take_the_lines_that_their_lists_go_on_in(below: str, owners: str | None) -> None:
    found = regions(f"造林\n{below}")
    assert [said for _, said in found] == ([owners] if owners else [])


def test_a_card_ends_the_owners_of_the_one_before() -> None:
    text = "责任单位：市林业局\n工作任务：修路\n责任单位：市财政局"
    assert [said for _, said in regions(text)] == ["responsible=市林业局", "responsible=市财政局"]


def test_regions_with_nothing_between_them_are_one() -> None:
    assert regions("造林。（市林业局牵头）。（市财政局配合）") == [
        ("（市林业局牵头）。（市财政局配合）", "lead=市林业局 support=市财政局")
    ]
    assert len(regions("造林。（市林业局牵头）修路。（市财政局配合）")) == 2
    assert regions("（市林业局牵头）造林。（市财政局配合）", start=1) == [("（市财政局配合）", "support=市财政局")]


# Sentences


@pytest.mark.parametrize(
    ("text", "owners"),
    [
        ("造林。由市林业局牵头。", "lead=市林业局"),
        ("造林；由市林业局牵头", "lead=市林业局"),
        ("造林。由市林业局牵头，市财政局配合。6月底前完成。", "lead=市林业局 support=市财政局 deadline=6月底前完成"),
        ("造林。由市林业局牵头，修路。", None),
        ("造林。由市林业局牵头。其他说明。", None),
        ("造林，由市林业局牵头。", None),
        ("关于造林的问题，由市林业局负责落实", "responsible=市林业局"),
        ("关于造林。问题，由市林业局负责落实", None),
        ("造林的问题，由市林业局负责落实", None),
    ],
)
def test_a_last_sentence_may_name_the_owners(text: str, owners: str | None) -> None:
    assert [said for _, said in regions(text, sentences=True)] == ([owners] if owners else [])
    assert regions(text) == []
