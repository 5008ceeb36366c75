"""Dates, spans and figures at the bounds of each rule: the first and last that count, and those that are none."""

from __future__ import annotations

from datetime import date

import pytest

from planextract.dictionaries import load_dictionaries
from planextract.interpret import find_targets, parse_deadline
from planextract.interpret.dates import find_periods
from planextract.interpret.deadlines import _window, _with_year
from planextract.interpret.properties import _parse_date
from tests.builders import make_deadline_words, make_units

WORDS, UNITS = make_deadline_words(), make_units()


def spans(text: str, year: int | None = 2021) -> list[tuple[str, str, str]]:
    return [(p.first.isoformat(), p.last.isoformat(), p.precision) for p in find_periods(text, year, {})]


@pytest.mark.parametrize(
    ("text", "span"),
    [
        ("1900年", ("1900-01-01", "1900-12-31", "year")),
        ("2200年", ("2200-01-01", "2200-12-31", "year")),
        ("1899年", None),
        ("2201年", None),
        ("2021-01", ("2021-01-01", "2021-01-31", "month")),
        ("2021-12", ("2021-12-01", "2021-12-31", "month")),
        ("2021-02-28", ("2021-02-28", "2021-02-28", "day")),
        ("2020-02-29", ("2020-02-29", "2020-02-29", "day")),
        ("1月1日", ("2021-01-01", "2021-01-01", "day")),
        ("12月31日", ("2021-12-31", "2021-12-31", "day")),
        ("4月初", ("2021-04-01", "2021-04-10", "decade")),
        ("4月上旬", ("2021-04-01", "2021-04-10", "decade")),
        ("4月中旬", ("2021-04-11", "2021-04-20", "decade")),
        ("4月下旬", ("2021-04-21", "2021-04-30", "decade")),
        ("2月下旬", ("2021-02-21", "2021-02-28", "decade")),
        ("一季度", ("2021-01-01", "2021-03-31", "quarter")),
        ("第四季度", ("2021-10-01", "2021-12-31", "quarter")),
        ("2季度末", ("2021-04-01", "2021-06-30", "quarter")),
        ("上半年", ("2021-01-01", "2021-06-30", "half")),
        ("下半年", ("2021-07-01", "2021-12-31", "half")),
        ("2021年年中", ("2021-01-01", "2021-06-30", "half")),
        ("明年", ("2022-01-01", "2022-12-31", "year")),
    ],
)
def test_a_period_begins_and_ends_with_its_first_and_last_day(text: str, span: tuple[str, str, str] | None) -> None:
    assert spans(text)[:1] == ([span] if span else [])


def test_a_day_that_no_month_has_is_no_period() -> None:
    for text in ("2021-02-29", "2021-13", "2021-00-10", "2021-04-31", "2021-04-00"):
        assert not any(precision == "day" for *_, precision in spans(text)), text


@pytest.mark.parametrize(
    ("first", "last", "window"),
    [
        ("3月", "6月", ("2021-03-01", "2021-06-30")),
        ("11月", "2月", ("2021-11-01", "2022-02-28")),
        ("2019年11月", "2月", ("2019-11-01", "2020-02-29")),
        ("2022年3月", "2020年6月", None),
    ],
)
def test_a_window_reaches_over_the_turn_of_the_year(first: str, last: str, window: tuple[str, str] | None) -> None:
    (start,), (end,) = find_periods(first, 2021, {}), find_periods(last, 2021, {})
    found = _window(start, end)
    if window is None:
        assert (found.kind, found.start, found.end) == ("unparsed", None, None)
    else:
        assert (found.kind, found.start.isoformat(), found.end.isoformat()) == ("window", *window)


@pytest.mark.parametrize(
    ("day", "year", "other"),
    [
        ((2020, 2, 29), 2021, (2021, 2, 28)),
        ((2021, 2, 28), 2020, (2020, 2, 29)),
        ((2020, 2, 27), 2021, (2021, 2, 27)),
        ((2021, 3, 28), 2020, (2020, 3, 28)),
    ],
)
def test_the_end_of_february_is_its_end_in_any_year(day: tuple, year: int, other: tuple) -> None:
    assert _with_year(date(*day), year) == date(*other)


@pytest.mark.parametrize(
    ("text", "kind", "start", "end", "flags"),
    [
        ("即日起至6月30日", "window", None, "2021-06-30", ("from_now",)),
        ("从现在起到6月底", "window", None, "2021-06-30", ("from_now",)),
        ("2020-2021年秋冬季", "window", "2020-10-01", "2021-03-31", ()),
        ("2021年秋冬季", "window", "2021-10-01", "2022-03-31", ()),
        ("1899年秋冬季", None, None, None, None),
        ("6月完成", "by", None, "2021-06-30", ()),
        ("6月", "window", "2021-06-01", "2021-06-30", ()),
        ("6月30日", "on", "2021-06-30", "2021-06-30", ()),
        ("6月起", "ongoing", "2021-06-01", None, ()),
        ("2021年持续推进", "window", "2021-01-01", "2021-12-31", ()),
        ("2021年供暖季", "event", None, None, ()),
        ("收到文件后10个工作日内", "relative", None, None, ()),
        ("每季度", "recurring", None, None, ()),
        ("长期", "ongoing", None, None, ()),
        ("汛期", "event", None, None, ()),
        ("立即", "ongoing", None, None, ("immediate",)),
        ("按计划", "event", None, None, ("undated",)),
    ],
)
def test_each_kind_of_deadline(
    text: str, kind: str | None, start: str | None, end: str | None, flags: tuple | None
) -> None:
    found = parse_deadline(text, 2021, WORDS)
    if kind is None:
        assert (found.start, found.end) == (None, None)
        return
    shown = (found.kind, found.start and found.start.isoformat(), found.end and found.end.isoformat(), found.flags)
    assert shown == (kind, start, end, flags)


@pytest.mark.parametrize(
    ("text", "day"),
    [("2021年6月30日", date(2021, 6, 30)), ("2021-06-30", date(2021, 6, 30)), ("2021-02-30", None), ("六月", None)],
)
def test_a_site_states_a_day_or_none(text: str, day: date | None) -> None:
    assert _parse_date(text) == day


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("5个月内完成", []),
        ("6月5日前建成3座", [3.0]),
        ("建成3座", [3.0]),
        ("第3座", []),
        ("5部门联合", []),
        ("新增10～20个", [10.0]),
        ("投资1,200万元", [12_000_000.0]),
        ("共3百万元", [3_000_000.0]),
    ],
)
def test_a_figure_is_an_amount_where_its_unit_is_no_date_and_no_name(text: str, found: list[float]) -> None:
    assert [target.value for target in find_targets(text, UNITS) if target.unit not in ("month", "个月", "部")] == found


REAL = load_dictionaries().units


@pytest.mark.parametrize(
    ("text", "units"),
    [
        ("占10分之一", []),
        ("查处5起", ["起"]),
        ("查处5起案件", ["起"]),
        ("配备5部", ["部"]),
        ("5部门联合", []),
        ("5部委联合", []),
        ("5个月", []),
        ("5个季度", []),
        ("5个", ["个"]),
        ("8月5日", []),
        ("8月5天", []),
        ("5天", ["天"]),
    ],
)
def test_a_figure_before_a_word_that_goes_on_otherwise_is_no_amount(text: str, units: list[str]) -> None:
    assert [target.unit for target in find_targets(text, REAL) if target.unit != "个月"] == units
