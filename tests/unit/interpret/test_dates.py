from datetime import date

import pytest

from planextract.interpret.dates import find_periods, fold_dates, has_impossible_date


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("二〇二一年 十二月前", "2021年12月前"),
        ("三月十一日", "3月11日"),
        ("十个工作日内", "10个工作日内"),
        ("一季度", "一季度"),
        ("２０２１年", "2021年"),
        ("六月底", "6月底"),
    ],
)
def test_fold_dates(text, folded):
    assert fold_dates(text) == folded


@pytest.mark.parametrize("text", ["2月30日", "13月1日", "4月31日前", "1899年底", "3021年", "12345年底"])
def test_impossible_dates(text):
    assert has_impossible_date(text)


@pytest.mark.parametrize("text", ["2月29日", "12月31日", "2021年", "2年内", "年底", "6月80%", ""])
def test_possible_dates(text):
    assert not has_impossible_date(text)


def test_periods_are_in_order_and_do_not_overlap():
    periods = find_periods("6月底前完成80%,12月底前完成", 2021, {})
    assert [(p.first, p.last) for p in periods] == [
        (date(2021, 6, 1), date(2021, 6, 30)),
        (date(2021, 12, 1), date(2021, 12, 31)),
    ]
    assert periods[0].end <= periods[1].start
