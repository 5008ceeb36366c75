"""Text functions on text that nobody wrote by hand."""

from __future__ import annotations

from collections import Counter
from itertools import pairwise

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from planextract.interpret import find_targets, parse_deadline
from planextract.interpret.headings import split_headings
from planextract.resolve.cell_names import split_agency_cell
from planextract.text.characters import fold, remove_ocr_spaces
from planextract.text.markers import is_none_mark, is_page_number, parse_section, parse_task_no
from planextract.text.markup import tidy_list, tidy_prose
from planextract.text.numerals import parse_number
from planextract.text.sentences import find_open_brackets, is_finished, split_tail

from ..builders import FakeNames, make_deadline_words, make_lines, make_regions, make_units, read_notice

UNITS, WORDS, REGIONS = make_units(), make_deadline_words(), make_regions()
NAMES = FakeNames("区教委", "区财政局", "区科学技术和信息化局")

PROSE_PARTS = st.sampled_from(
    [
        "加强",
        "空气质量",
        "治理",
        "区教委",
        "2021",
        "年底前",
        "90%",
        "PM2.5",
        "VOCs",
        "㎡",
        "①",
        "1.",
        "（一）",
        "（",
        "）",
        "《",
        "》",
        "“",
        "”",
        "，",
        "、",
        "；",
        "：",
        "。",
        "！",
        "？",
        " ",
        "  ",
        "\n",
        "\u3000",
        "O₃",
        "m³",
        "⼯",
        "\u200b",
        "Wi",
        "Fi",
        "3、",
        "-",
        "—",
    ]
)
MARKUP_PARTS = st.sampled_from(
    [
        "<p>",
        "</p>",
        "<br>",
        "<b>",
        "</b>",
        "_{2.5}",
        " _{ 2 . 5 } ",
        "^{3}",
        "<sup>2</sup>",
        r"$\mathrm{PM}_{2.5}$",
        "&amp;",
        "&nbsp;",
    ]
)
PROSE = st.lists(PROSE_PARTS, max_size=25).map("".join)
MARKED = st.lists(PROSE_PARTS | MARKUP_PARTS, max_size=25).map("".join)
DATE_PARTS = st.sampled_from(
    [
        "年底",
        "前",
        "月",
        "日",
        "年",
        "2021",
        "2024",
        "9999",
        "12",
        "2",
        "29",
        "31",
        "6-9",
        "至",
        "-",
        "次年",
        "季度",
        "上半年",
        "初",
        "中旬",
        "（",
        "）",
        "即日起",
        "十四五",
        "末",
        "底",
        "，",
        "\n",
        "每",
        "长期",
        "汛期",
        "二〇二一",
        "十二",
        "起",
        "内",
        "个月",
        "完成",
        " ",
    ]
)
QUANTITY_PARTS = st.sampled_from(
    [
        "1",
        "12",
        "3.4",
        ",000",
        "万",
        "亿",
        "吨",
        "%",
        "个",
        "家",
        "名",
        "个月",
        "前",
        "后",
        "退出",
        "达到",
        "不低于",
        "以上",
        "左右",
        "-",
        "至",
        "新增",
        "完成",
        "绿地",
        "，",
        "。",
        "PM",
        "（",
        "）",
        "微克/立方米",
        "的",
        "内",
        "范围",
        "DB11/",
        "第",
        "余",
    ]
)

quick = settings(deadline=None, max_examples=200)


@quick
@given(st.text() | PROSE)
def test_fold_twice_is_fold_once(text):
    assert fold(fold(text)) == fold(text)


@quick
@given(st.text() | PROSE)
def test_spaces_are_removed_once(text):
    assert remove_ocr_spaces(remove_ocr_spaces(text)) == remove_ocr_spaces(text)


@quick
@given(PROSE)
def test_tidy_twice_is_tidy_once(text):
    once = tidy_prose(text)[0]
    assert tidy_prose(once)[0] == once


@quick
@given(
    st.lists(PROSE_PARTS | MARKUP_PARTS.filter(lambda part: "p>" not in part or "sup" in part), max_size=25).map(
        "".join
    )
)
def test_tidy_settles_marked_up_prose(text):
    once = tidy_prose(text)[0]
    assert tidy_prose(once)[0] == once


@quick
@given(MARKED)
def test_tidy_list_twice_is_once(text):
    once = tidy_list(text)[0]
    assert tidy_list(once)[0] == once


PLAIN = st.text(
    st.characters(exclude_categories=["Cs"], exclude_characters="<>&_^$\\{}\u200b\u200c\u200d\u2060\ufeff\u00ad")
)


@quick
@given(PLAIN)
def test_tidy_loses_no_character_but_spaces(text):
    for tidy in (tidy_prose, tidy_list):
        assert sum(Counter(tidy(text)[0].split()).values()) <= len(text)
        assert len("".join(tidy(text)[0].split())) == len("".join(text.split()))


@quick
@given(st.lists(PROSE_PARTS.filter(lambda part: part not in ("O₃", "⼯", "\u200b")), max_size=25).map("".join))
def test_tidy_keeps_every_character_of_prose(text):
    for tidy in (tidy_prose, tidy_list):
        assert "".join(tidy(text)[0].split()) == "".join(text.split())


@quick
@given(st.text() | MARKED)
def test_steps_form_a_chain(text):
    clean, steps = tidy_prose(text)
    texts = [text, *(step.after for step in steps)]
    assert [step.before for step in steps] == texts[:-1]
    assert texts[-1] == clean


@quick
@given(st.text() | st.lists(DATE_PARTS, max_size=14).map("".join), st.none() | st.integers(1990, 2100))
@example(text="年底至2000年", year=2002)
def test_any_deadline_is_read_or_unparsed(text, year):
    deadline = parse_deadline(text, year, WORDS)
    assert deadline.raw_text == (text or None)
    assert deadline.start is None or deadline.end is None or deadline.start <= deadline.end


@quick
@given(st.text() | st.lists(QUANTITY_PARTS, max_size=20).map("".join))
def test_targets_point_into_the_text(text):
    targets = find_targets(text, UNITS)
    for target in targets:
        assert text[target.span_start : target.span_end] == target.text
        assert target.text
    assert all(a.span_end <= b.span_start for a, b in pairwise(targets))


@quick
@given(st.text() | PROSE)
def test_small_questions_never_raise(text):
    for ask in (
        is_none_mark,
        is_page_number,
        parse_section,
        parse_task_no,
        parse_number,
        is_finished,
        find_open_brackets,
    ):
        ask(text)
    end = split_tail(text)
    assert end is None or 0 < end < len(text)


@quick
@given(
    st.text()
    | st.lists(st.sampled_from(["区教委", "区科学技术和", "信息化局", "某局", "\n", "、", "（", "）", "-"])).map(
        "".join
    )
)
def test_names_hold_the_characters_of_the_cell(text):
    clean = tidy_list(text)[0]
    names = "".join(name.raw_text for name in split_agency_cell(clean, NAMES))
    if not is_none_mark(clean.replace("\n", "")):
        wanted = Counter(char for char in clean if char not in "\n、，,；;。/／")
        assert Counter(char for char in names if char not in "、，,；;。/／") == wanted


@quick
@given(
    st.lists(
        MARKED
        | st.sampled_from(
            ["附件：1.甲", "2.乙", "附件 1", "各单位：", "西政办发〔2021〕2号", "2021年3月1日", "关于甲的通知"]
        )
    )
)
def test_a_notice_keeps_every_line(parts):
    lines = make_lines("\n".join(parts))
    rest, heading = split_headings(lines)
    # A heading may stand before other lines of the notice; each line is in one of the two.
    assert sorted((*rest, *heading.lines), key=lambda line: line.line) == list(lines)
    result = read_notice(rest, heading.lines, [heading.title], REGIONS)
    assert Counter(discard.raw_text for discard in result.lines) == Counter(line.raw_text for line in lines)


def write_chinese(number: int) -> str:
    digits, text, is_gap = "零一二三四五六七八九", "", False
    for power, unit in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit = number // power % 10
        if digit:
            text += ("零" if is_gap else "") + digits[digit] + unit
        is_gap = bool(text) and not digit
    return text.removeprefix("一") if 10 <= number < 20 else text


@pytest.mark.parametrize("thousand", range(10))
def test_every_number_to_9999_reads_back(thousand):
    for number in range(max(1, 1000 * thousand), 1000 * thousand + 1000):
        assert parse_number(write_chinese(number)) == number
        assert parse_number(str(number)) == number
