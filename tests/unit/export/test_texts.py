"""Sheet names, guarded cells, page breaks, the words of an agency cell."""

from __future__ import annotations

import pytest

from planextract.export.agency_text import print_agencies
from planextract.export.layout import find_page_starts
from planextract.export.sheet_names import SheetNames
from planextract.export.spreadsheet_text import cell_length, cut_text, guard, show_controls


@pytest.mark.parametrize(
    "text", ["=1+1", "+1+1", "-1+1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "＝1+1", "－1以下", "=HYPERLINK(…)"]
)
def test_what_a_spreadsheet_would_run_gets_an_apostrophe(text):
    assert guard(text) == f"'{text}"


@pytest.mark.parametrize(
    "text", ["", "=", "-", "--", "——", "－", "-5", "-5%", "+3.5", "年底前", "'=1", "1-2", "*", "—"]
)
def test_other_texts_stay(text):
    assert guard(text) == text


def test_control_characters_become_pictures():
    assert show_controls("a\x00b\x1f\x7f\uffff\r\n\tc") == "a␀b␟␡\ufffd␍\n\tc"


@pytest.mark.parametrize("text", ["x" * 32_767, "长" * 40_000, "𠮷" * 32_768, ""])
def test_cut_texts_fit_and_lose_nothing(text):
    pieces = cut_text(text)
    assert "".join(pieces) == text
    assert all(cell_length(piece) <= 32_767 for piece in pieces)


def test_sheet_names_follow_the_rules_and_differ():
    names = SheetNames()
    taken = [
        names.take(wanted)
        for wanted in ("a[b]:*?/\\c", "'x'", "History", "", "  ", "X", "计" * 40, "计" * 41, "𠮷" * 20)
    ]
    assert len({name.casefold() for name in taken}) == len(taken)
    for name in taken:
        assert 0 < cell_length(name) <= 31
        assert not set("[]:*?/\\") & set(name)
        assert name[0] != "'"
        assert name[-1] != "'"
        assert name.casefold() != "history"


def rows(*items):
    return [{"agency_raw": raw, "agency": name, "match": match} for raw, name, match in items]


def test_agencies_stand_as_printed_with_wrapped_names_whole_and_misprints_noted():
    found = print_agencies(
        rows(
            ("区住房城市建设委", "区住房城乡建设委", "rule"),
            ("区科学技术和信息化局", None, "unresolved"),
            ("其他成员单位", None, "unresolved"),
        ),
        ["区住房城市建设委\n区科学技术", "和信息化局\n及其他成员单位"],
    )
    assert found.text == "区住房城乡建设委\n区科学技术和信息化局\n及其他成员单位"
    assert found.note == "原文：区住房城市建设委"


def test_a_list_in_one_line_stays_in_one_line():
    found = print_agencies(
        rows(("市财政局", "市财政局", "exact"), ("市教委", None, "unresolved")), ["市财政局、市教委等"]
    )
    assert found.text == "市财政局、市教委等"


def test_names_that_are_not_printed_in_order_stand_one_a_line():
    assert print_agencies(rows(("甲", None, "exact"), ("乙", None, "exact")), ["乙甲"]).text == "甲\n乙"
    assert print_agencies(rows(("甲", None, "exact"), ("乙", None, "exact")), []).text == "甲\n乙"


def test_pages_break_between_blocks_unless_a_block_is_longer_than_a_page():
    heights = [40.0] * 6
    assert find_page_starts([0, 2, 4], [30.0] * 6, head_pt=10, top_pt=20, page_pt=110) == [2, 4]
    assert find_page_starts([0, 2, 4], heights, head_pt=10, top_pt=20, page_pt=110) == [2, 4]
    assert find_page_starts([0, 1, 2, 3], [30.0] * 4, head_pt=10, top_pt=20, page_pt=110) == [3]
    assert find_page_starts([0, 5], heights, head_pt=10, top_pt=20, page_pt=110) == []
