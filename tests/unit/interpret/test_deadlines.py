from datetime import date

import pytest

from planextract.interpret import parse_deadline
from planextract.interpret.deadlines import _read_season, _spell_out_ranges

from ...builders import make_deadline_words

WORDS = make_deadline_words()


def read(text, year=2021):
    return parse_deadline(text, year, WORDS)


def day(text):
    return date.fromisoformat(text) if text else None


@pytest.mark.parametrize(
    ("text", "end"),
    [
        ("年底前", "2021-12-31"),
        ("年内", "2021-12-31"),
        ("2021年年底前", "2021-12-31"),
        ("2022年底前", "2022-12-31"),
        ("6月底前", "2021-06-30"),
        ("6月底", "2021-06-30"),
        ("2 月底前", "2021-02-28"),
        ("9月中旬前", "2021-09-20"),
        ("12月31日前", "2021-12-31"),
        ("2021-06-30前", "2021-06-30"),
        ("12月31日24时前", "2021-12-31"),
        ("二〇二一年十二月底前", "2021-12-31"),
        ("2021 年 6 月底前", "2021-06-30"),
        ("２０２１年６月底前", "2021-06-30"),
        ("次年3月底前", "2022-03-31"),
        ("一季度末", "2021-03-31"),
        ("上半年完成", "2021-06-30"),
        ("“十四五”末", "2025-12-31"),
        ("“十四五”时期末", "2025-12-31"),
        ("供暖季前(11月15日前)", "2021-11-15"),
        ("供暖季前（11月15日前）", "2021-11-15"),
    ],
)
def test_by_a_day(text, end):
    deadline = read(text)
    assert (deadline.kind, deadline.start, deadline.end) == ("by", None, day(end))
    assert deadline.raw_text == text


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        ("6-9月", "2021-06-01", "2021-09-30"),
        ("6至9月", "2021-06-01", "2021-09-30"),
        ("夏季（6-9月）", "2021-06-01", "2021-09-30"),
        ("5月1日-10月31日", "2021-05-01", "2021-10-31"),
        ("11月15日至次年3月15日", "2021-11-15", "2022-03-15"),
        ("11月至3月", "2021-11-01", "2022-03-31"),
        ("2020年10月—2021年3月", "2020-10-01", "2021-03-31"),
        ("2021-2023年", "2021-01-01", "2023-12-31"),
        ("上半年", "2021-01-01", "2021-06-30"),
        ("第三季度", "2021-07-01", "2021-09-30"),
        ("全年", "2021-01-01", "2021-12-31"),
        ("2021年", "2021-01-01", "2021-12-31"),
        ("6月上旬", "2021-06-01", "2021-06-10"),
        ("“十四五”期间", "2021-01-01", "2025-12-31"),
        ("十三五期间", "2016-01-01", "2020-12-31"),
        ("即日起至12月底", None, "2021-12-31"),
        ("即日起至12月31日", None, "2021-12-31"),
    ],
)
def test_windows(text, start, end):
    deadline = read(text)
    assert (deadline.kind, deadline.start, deadline.end) == ("window", day(start), day(end))


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("长期实施", "ongoing"),
        ("常态化", "ongoing"),
        ("常态化推进", "ongoing"),
        ("立即", "ongoing"),
        ("即日起", "ongoing"),
        ("10月1日起", "ongoing"),
        ("每季度", "recurring"),
        ("每年6月底前", "recurring"),
        ("定期", "recurring"),
        ("1个月内", "relative"),
        ("收到通知后10个工作日内", "relative"),
        ("半年内", "relative"),
        ("2年内", "relative"),
        ("汛期前", "event"),
        ("春节前", "event"),
        ("按计划", "event"),
        ("6月30日", "on"),
        ("---", "none"),
        ("—", "none"),
        ("", "none"),
        (None, "none"),
    ],
)
def test_kinds(text, kind):
    assert read(text).kind == kind


@pytest.mark.parametrize(
    "text",
    [
        "随便什么",
        "abc",
        "?？",
        "尽快",
        "13月底前",
        "2月30日前",
        "13月1日",
        "9999年底前",
        "20211年底前",
        "0000年底前",
        "22年底前",
        "1月1日至2月30日",
        "年",
        "月底前" * 400,
        "9" * 5000,
        "九" * 5000 + "年",
    ],
    ids=lambda text: text[:12],
)
def test_garbage_is_unparsed(text):
    deadline = read(text)
    assert (deadline.kind, deadline.start, deadline.end, deadline.raw_text) == ("unparsed", None, None, text)


@pytest.mark.parametrize(
    ("text", "flags"),
    [
        ("2025年前", ("ambiguous",)),
        ("6月前", ("ambiguous",)),
        ("6月底前", ()),
        ("年底前", ()),
        ("供暖季前(11月15日前)", ("event",)),
        ("即日起至12月底", ("from_now",)),
        ("立即", ("immediate",)),
        ("按计划", ("undated",)),
        ("6月底前，12月底前", ("multiple",)),
        ("6月底前，6月底前", ()),
    ],
)
def test_flags(text, flags):
    assert read(text).flags == flags


@pytest.mark.parametrize(
    ("text", "end"),
    [
        pytest.param("6月底前，12月底前", "2021-12-31", id="the last date counts"),
        pytest.param("12月底前；6月底前", "2021-12-31", id="whatever the order"),
        pytest.param("年底前完成80%，2022年底前全部完成", "2022-12-31", id="over two years"),
        pytest.param("持续推进，年底前取得成效", "2021-12-31", id="a date wins over none"),
        pytest.param("甲：6月底前\n乙：9月底前", "2021-09-30", id="on two lines"),
    ],
)
def test_several_in_one_cell(text, end):
    assert read(text).end == day(end)


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        pytest.param("2024", "2024-01-01", "2024-12-31", id="a bare year"),
        pytest.param("2023-2025", "2023-01-01", "2025-12-31", id="bare years"),
    ],
)
def test_a_cell_that_prints_years_alone(text, start, end):
    deadline = read(text)
    assert (deadline.kind, deadline.start, deadline.end) == ("window", day(start), day(end))


def test_without_the_plans_year_nothing_is_guessed():
    deadline = read("年底前", None)
    assert (deadline.kind, deadline.start, deadline.end, deadline.flags) == ("by", None, None, ("no_year",))
    assert read("全年", None).kind == "window"
    assert read("另行通知", None).kind == "unparsed"
    assert read("2021年底前", None).end == date(2021, 12, 31)


@pytest.mark.parametrize(
    ("text", "year", "end"),
    [
        pytest.param("2月底前", 2024, "2024-02-29", id="leap year"),
        pytest.param("2021年11月至2月底", 2024, "2022-02-28", id="from a leap year's plan into another year"),
        pytest.param("2023年11月至2月底", 2021, "2024-02-29", id="into a leap year"),
        pytest.param("2月29日前", 2024, "2024-02-29", id="leap day"),
    ],
)
def test_the_end_of_february(text, year, end):
    assert read(text, year).end == day(end)


@pytest.mark.parametrize("text", ["年内持续推进", "2021年全年持续推进", "年内常态化推进"])
def test_work_that_goes_on_through_the_year_is_a_window(text):
    deadline = read(text)
    assert (deadline.kind, deadline.start, deadline.end) == ("window", day("2021-01-01"), day("2021-12-31"))


@pytest.mark.parametrize(
    ("text", "kind", "end"),
    [
        ("2022年3月至2021年6月", "unparsed", None),
        ("2021年11月至3月", "window", "2022-03-31"),
        ("2021年11月至2022年3月", "window", "2022-03-31"),
    ],
)
def test_an_end_with_a_year_of_its_own_keeps_it(text, kind, end):
    found = read(text)
    assert (found.kind, found.end) == (kind, day(end))


@pytest.mark.parametrize(("year", "is_read"), [(1899, False), (1900, True), (2200, True), (2201, False)])
def test_a_season_is_of_a_year_between_1900_and_2200(year, is_read):
    words = make_deadline_words()
    season = next(iter(words.seasons))
    assert (_read_season(f"{year}年{season}", None, words) is not None) is is_read


@pytest.mark.parametrize(
    ("text", "spelt_out"),
    [("6月1-15日", "6月1日-6月15日"), ("2021-2023年", "2021年-2023年"), ("6-9月", "6月-9月"), ("6月底前", "6月底前")],
)
def test_both_ends_of_a_range_have_their_word(text, spelt_out):
    assert _spell_out_ranges(text) == spelt_out
