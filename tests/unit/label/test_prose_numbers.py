"""Numbers that open items: their styles, how they count, which lines are wrapped, repeated or names of bodies."""

from __future__ import annotations

import pytest

from planextract.dictionaries import load_dictionaries
from planextract.label.prose import outline
from planextract.label.prose.inline import cut_below_bodies, cut_inline
from planextract.label.prose.openers import Opener, find_opener
from planextract.label.prose.outline import Numbering, make_outline
from planextract.label.prose.wording import wording_of
from planextract.model.source import BBox, SourceText

from ...builders import make_lines

WORDING = wording_of(load_dictionaries().columns)


@pytest.mark.parametrize(
    ("text", "style", "rank", "value", "printed", "rest"),
    [
        ("第三章 总则", "part", 0, 3, "第三章", "总则"),
        ("第二部分：任务", "part", 0, 2, "第二部分", "任务"),
        ("一、重点", "chapter", 1, 1, "一、", "重点"),
        ("一，重点", "chapter", 1, 1, "一，", "重点"),
        ("一    重点", "chapter", 1, 1, "一    ", "重点"),
        ("（ 二 ）、推进", "section", 2, 2, "（ 二 ）", "推进"),
        ("1.2.3、完成", "dotted", 4, None, "1.2.3", "完成"),
        ("1-2 完成", "dotted", 4, None, "1-2", "完成"),
        ("3. 完成", "number", 3, 3, "3.", "完成"),
        ("３．完成", "number", 3, 3, "３．", "完成"),
        ("3.2021年", "number", 3, 3, "3.", "2021年"),
        ("⒊完成", "number", 3, 3, "⒊", "完成"),
        ("⒛完成", "number", 3, 20, "⒛", "完成"),
        ("03 完成", "number", 3, 3, "03", "完成"),
        ("3    完成", "spaced", 3, 3, "3", "完成"),
        ("3 “双减”", "spaced", 3, 3, "3", "“双减”"),
        ("第三项：完成", "named", 3, 3, "第三项", "完成"),
        ("第 3 条 完成", "named", 3, 3, "第 3 条", "完成"),
        ("任务 3：完成", "named", 3, 3, "任务 3", "完成"),
        ("实事三、完成", "named", 3, 3, "实事三", "完成"),
        ("A.完成", "letter", 4, 1, "A", "完成"),
        ("Z) 完成", "letter", 4, 26, "Z", "完成"),
        ("（3）、完成", "bracketed", 5, 3, "（3）", "完成"),
        ("3）完成", "half", 6, 3, "3）", "完成"),
        ("①完成", "circled", 7, 1, "①", "完成"),
        ("⑳、完成", "circled", 7, 20, "⑳", "完成"),
        ("# 3.完成", "number", 3, 3, "3.", "完成"),
        ("◆ 一、完成", "chapter", 1, 1, "一、", "完成"),
    ],
)
def test_a_number_has_style_rank_and_value(
    text: str, style: str, rank: int, value: int | None, printed: str, rest: str
) -> None:
    found = find_opener(WORDING.flatten(text))
    assert found is not None
    assert (found.style, found.rank, found.value) == (style, rank, value)
    assert (text[found.start : found.stop], text[found.end :]) == (printed, rest)


@pytest.mark.parametrize(
    "text",
    ["一 ", "1.2完成", "1.2.5%", "3.21", "3 个", "3  年底", "3     完成", "第三项完成", "任务3完成", "C.E完成", "Ab",
     "1000.完成", "12．3万", "2.5微米"],
)  # fmt: skip
def test_what_only_looks_like_a_number_opens_nothing(text: str) -> None:
    assert find_opener(WORDING.flatten(text)) is None


def test_an_opener_may_stand_in_the_middle_of_a_text() -> None:
    found = find_opener("完成。2.推进", 3)
    assert found == Opener(style="number", rank=3, value=2, start=3, stop=5, end=5)
    assert find_opener("完成。2.推进", 3, 4) is None


# Counting


def opener(style: str, value: int | None, rank: int = 3) -> Opener:
    return Opener(style=style, rank=rank, value=value, start=0, stop=0, end=0)


@pytest.mark.parametrize(
    ("number", "after_stop", "goes_on"),
    [
        (opener("number", 4), False, False),
        (opener("number", 5), False, True),
        (opener("number", 7), False, True),
        (opener("number", 8), False, False),
        (opener("number", 8), True, False),
        (opener("number", 1), False, True),
        (opener("section", 3, 2), False, False),
        (opener("section", 3, 2), True, True),
        (opener("dotted", None, 4), False, False),
        (opener("dotted", None, 4), True, True),
        (opener("spaced", 1), False, True),
        (opener("spaced", 2), True, False),
    ],
)
def test_a_number_goes_on_by_three_at_most(number: Opener, after_stop: bool, goes_on: bool) -> None:
    numbering = Numbering()
    numbering.enter(opener("number", 4))
    assert numbering.goes_on(number, after_stop=after_stop) is goes_on


def test_depth_is_how_many_lists_are_open() -> None:
    numbering = Numbering()
    steps = [
        ("chapter", 1, 1, 0), ("section", 2, 1, 1), ("number", 3, 1, 2), ("bracketed", 5, 1, 3), ("number", 3, 2, 2),
        ("bracketed", 5, 1, 3), ("section", 2, 2, 1), ("chapter", 1, 2, 0), ("number", 3, 3, 1),
    ]  # fmt: skip
    for style, rank, value, depth in steps:
        assert numbering.enter(opener(style, value, rank)) == depth, style
    assert numbering.is_next(opener("number", 4)), "1. counts on through a whole text"
    assert numbering.is_next(opener("section", 3, 2)), "and （一） too"
    assert numbering.is_next(opener("bracketed", 1, 5)), "others begin again below each"
    assert not numbering.is_next(opener("bracketed", 2, 5))
    assert not numbering.is_next(opener("number", None))


# Lines into items


def items(text: str) -> list[str]:
    """Items as their texts; lines that are joined stand without a bar between them."""
    return [item.text.replace("\n", "|") for item in make_outline(make_lines(text), WORDING).items]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("前言\n1.造林。\n说明\n2.修路。", ["前言", "1.造林。|说明", "2.修路。"]),
        ("1.造林\n4.修路", ["1.造林", "4.修路"]),
        ("1.造林\n5.修路", ["1.造林|5.修路"]),
        ("1.造林。\n7.修路", ["1.造林。", "7.修路"]),
        ("1.造林（市林业局）\n9.修路", ["1.造林（市林业局）", "9.修路"]),
        ("1.造林\n责任单位：市林业局\n9.修路", ["1.造林|责任单位：市林业局", "9.修路"]),
        ("一、重点\n9.修路", ["一、重点", "9.修路"]),
        ("1 造林\n3 修路\n2 修桥", ["1 造林|3 修路", "2 修桥"]),
        ("市林业局\n1.造林。\n市交通局\n1.修路。", ["市林业局", "1.造林。", "市交通局", "1.修路。"]),
        ("市林业局\n1.造林。\n市交通局\n2.修路。", ["市林业局", "1.造林。|市交通局", "2.修路。"]),
        ("绿化局、某某\n1.造林。\n市交通局\n1.修路。", ["绿化局、某某", "1.造林。|市交通局", "1.修路。"]),
    ],
)
def test_a_number_opens_an_item(text: str, found: list[str]) -> None:
    assert items(text) == found


def test_lines_with_bodies_alone_are_headings_of_a_list() -> None:
    lines = make_lines(
        "市林业局：\n1.造林。\n（一）市交通局\n1.修路。\n责任单位\n1.修桥。\n市教育局、市财政局\n1.建校。"
    )
    assert outline.find_body_lines(lines, WORDING) == {0, 6}
    assert outline.find_body_lines(lines[:4], WORDING) == frozenset()
    found = make_outline(lines, WORDING).items
    assert [(item.style, item.depth) for item in found if item.style == "body"] == [("body", 0), ("body", 0)]


WIDE = "推进污染防治工作持续开展专项整治行动严格落实各项措施浓度"


def wrapping(*texts: str, pages: tuple[int, ...] = (), cut: tuple[int, ...] = (), x0: tuple[float, ...] = ()):
    lines = [
        SourceText(
            page=pages[place] if pages else 1,
            raw_text=text,
            line=place + 1,
            starts_paragraph=False,
            bbox=BBox(x0=x0[place], top=0, x1=x0[place] + 1, bottom=1) if x0 else None,
        )
        for place, text in enumerate(texts)
    ]
    return outline._Wrapping(lines, frozenset(cut), WORDING)


def test_a_full_line_of_a_wrapped_text_goes_on() -> None:
    assert wrapping(WIDE, WIDE, WIDE, WIDE, "落实").goes_on(4)
    assert not wrapping(WIDE, WIDE, WIDE, "落实").goes_on(3), "four full lines at least"
    assert not wrapping(WIDE, WIDE, WIDE, WIDE[:-1] + "。", "落实").goes_on(4), "a sentence ends"
    assert wrapping(WIDE, WIDE, WIDE, WIDE[:-1] + "；", "落实").goes_on(4)
    full = wrapping(WIDE, WIDE, WIDE, WIDE, WIDE[:25], WIDE[:24], "落实", "落实")
    assert [full.is_full(place) for place in (0, 4, 5, 6)] == [True, True, False, False]
    short, long = WIDE[:11], WIDE * 3
    assert not wrapping(short, short, short, short, "落实").goes_on(4), "no line is as short as that"
    assert wrapping(*[WIDE[:12]] * 4, "落实").goes_on(4)
    assert wrapping(*[long[:70]] * 4, "落实").goes_on(4)
    assert not wrapping(*[long[:71]] * 4, "落实").goes_on(4), "a paragraph a line"
    one_in_five = [*[WIDE] * 4, *["落实"] * 16]
    assert wrapping(*one_in_five).goes_on(4)
    assert not wrapping(*one_in_five, *["落实"] * 5).goes_on(4)


@pytest.mark.parametrize(
    ("before", "line", "goes_on"),
    [
        (WIDE, "，市财政局", True),
        (WIDE, "工作任务：修路", False),
        (WIDE, "责任单位 市林业局", False),
        (WIDE, "责任单位：市林业局", False),
        (WIDE[:-1] + "（", "责任单位：市林业局", True),
        (WIDE[:-3] + "（责任", "单位：市林业局", True),
        (WIDE[:-1] + "、", "责任单位：市林业局", True),
        ("责任单位：" + "市林业局、" * 4 + "市教局", "推进造林", False),
        ("责任单位：" + "市林业局、" * 4 + "市教局", "市财政局", True),
        ("责任单位：" + "市林业局、" * 4 + "市教", "育局", True),
        ("推进造林工作责任单位：" + "市林业局、" * 2 + "市教育局", "推进造林", True),
        ("完成时限：" + "2024年6月底前" * 2 + "完成时限：6月底前", "推进造林", False),
        ("完成时限：" + "2024年6月底前" * 2 + "完成时限：6月", "底前完成", True),
    ],
)
def test_labels_and_names_say_whether_a_full_line_goes_on(before: str, line: str, goes_on: bool) -> None:
    filler = "推" * len(before)
    assert wrapping(filler, filler, filler, before, line).goes_on(4) is goes_on


def test_a_line_goes_on_behind_a_page_break() -> None:
    head = "推进污染防治工作持续开展专项整治"
    assert len(head) == 16
    assert wrapping(head, "落实", pages=(1, 2)).goes_on(1)
    assert wrapping(head, "落实", cut=(1,)).goes_on(1)
    assert not wrapping(head, "落实").goes_on(1)
    assert not wrapping(head[:15], "落实", pages=(1, 2)).goes_on(1), "a title"
    assert wrapping(head, "落实", "甲", pages=(1, 2, 2), x0=(0, 10, 0)).goes_on(1)
    assert not wrapping(head, "落实", "甲", pages=(1, 2, 2), x0=(0, 10.5, 0)).goes_on(1), "indented"


def furniture(text: str) -> list[str]:
    return [f"{reason}:{line.raw_text}" for line, reason in make_outline(make_lines(text), WORDING).furniture]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("甲\n某市要点\n乙\n某市要点\n丙\n某市要点", ["running_head:某市要点"] * 3),
        ("甲\n某市要点\n乙\n某市要点\n丙", []),
        ("甲\n某市要点1\n乙\n某市要点2\n丙\n某市 要点33", ["running_head:某市要点1", "running_head:某市要点2", "running_head:某市 要点33"]),
        ("甲\n— 1 —\n某市要点\n乙\n— 2 —\n某市要点", ["page_number:— 1 —", "running_head:某市要点", "page_number:— 2 —", "running_head:某市要点"]),
        ("甲\n6月底前\n乙\n6月底前\n丙\n6月底前", []),
        ("甲\n市林业局\n乙\n市林业局\n丙\n市林业局", []),
        ("甲\n责任单位\n乙\n责任单位\n丙\n责任单位", []),
        ("甲\n1.造林\n乙\n1.造林\n丙\n1.造林", []),
        ("甲\n造林。\n乙\n造林。\n丙\n造林。", []),
        ("甲\n造林：\n乙\n造林：\n丙\n造林：", []),
        ("甲\n2024年1月5日\n乙\n2024年1月5日\n丙\n2024年1月5日", []),
        ("\n".join(["甲", "长" * 40] * 3), [f"running_head:{'长' * 40}"] * 3),
        ("\n".join(["甲", "长" * 41] * 3), []),
    ],
)  # fmt: skip
def test_a_short_line_that_comes_three_times_is_a_running_head(text: str, found: list[str]) -> None:
    assert [line for line in furniture(text) if not line.endswith(":甲")] == found


# Pages that lost their line breaks


def cut(text: str) -> list[str]:
    return [line.raw_text for line in cut_inline(make_lines(text), WORDING)]


FILL = "推进改革攻坚任务落地，形成一批可复制可推广的经验做法，确保落实到位"


def test_a_long_line_is_cut_in_front_of_its_numbers() -> None:
    one, two, three = (f"{n}.{FILL}。" for n in (1, 2, 3))
    text = "".join((f"一、重点任务。{FILL}。", one, two, three))
    assert len(text) >= 120
    assert cut(text) == [f"一、重点任务。{FILL}。", one, two, three]
    assert cut(one + two) == [one + two], "a short line is one"
    assert cut(f"{one}{two}{FILL}5.{FILL}。{FILL}") == [one, f"{two}{FILL}5.{FILL}。{FILL}"], "5. is not the next"
    headed = f"一、提高时效性和精准性（一）{FILL}。（二）{FILL}。{FILL}。{FILL}"
    assert cut(headed) == ["一、提高时效性和精准性", f"（一）{FILL}。", f"（二）{FILL}。{FILL}。{FILL}"]


def test_a_line_is_long_from_120_characters_on() -> None:
    text = f"1.{FILL}。2.{FILL}。3.{FILL}。".ljust(119, "完")
    assert len(text) == 119
    assert len(cut(text)) == 1
    assert len(cut(text + "完")) == 3


def test_a_page_cut_out_begins_with_any_number_that_the_next_one_follows() -> None:
    four, five = f"4.{FILL}。", f"5.{FILL}。{FILL}。"
    assert cut(f"接上页。{four}{five}{FILL}") == ["接上页。", four, f"{five}{FILL}"]
    assert cut(f"接上页。{four}{FILL}。{FILL}。{FILL}") == [f"接上页。{four}{FILL}。{FILL}。{FILL}"]
    chapter = f"五、加强领导。{FILL}"
    assert cut(f"{four}{five}{FILL}。 {chapter}") == [four, f"{five}{FILL}。", chapter]


def test_a_list_below_a_line_of_bodies_is_one_line_an_item() -> None:
    lines = make_lines("市林业局\n1.造林；2.育苗；3.护林。4.5亩\n市交通局\n1.修路；3.修桥\n造林\n1.甲；2.乙")
    assert [line.raw_text for line in cut_below_bodies(lines, WORDING)] == [
        "市林业局", "1.造林；", "2.育苗；", "3.护林。4.5亩", "市交通局", "1.修路；3.修桥", "造林", "1.甲；2.乙",
    ]  # fmt: skip
